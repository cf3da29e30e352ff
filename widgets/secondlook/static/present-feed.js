// present: the toy feed, played by a class. Hands are raised for each move and the teacher presses
// the move; the hat beside the card shows what it did. The model is recommender.js.
import { mixedAs, react, startFeed } from "./recommender.js";

const SVG = "http://www.w3.org/2000/svg";

function node(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}

function heap(label) {
  const row = node("div", undefined, "bar thin");
  const svg = document.createElementNS(SVG, "svg");
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of [["viewBox", "0 0 100 1"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  rect.setAttribute("height", 1);
  svg.append(rect);
  const count = node("b");
  row.append(node("p", label), svg, count);
  return { row, set: (slips, most) => { rect.setAttribute("width", (100 * slips) / most); count.textContent = slips; } };
}

/** Makes a `[data-feed]` box playable. */
export function playFeed(box) {
  const plan = JSON.parse(box.dataset.feed);
  let feed = startFeed(plan.seed, plan.slips);
  const heaps = plan.topics.map((topic) => heap(topic.label));
  box.querySelector(".hat").append(...heaps.map((one) => one.row));
  const moves = box.querySelector(".moves");
  const state = box.querySelector(".state");
  const done = () => feed.shown.length - 1;
  const mixed = () => Math.floor(mixedAs(feed.slips) + 1e-9);
  const met = () => plan.goal > 0 && mixedAs(feed.slips) >= plan.goal;
  const over = () => done() >= plan.cards || met();

  function paint() {
    const topic = plan.topics[feed.card];
    box.querySelector(".topic").textContent = topic.label;
    box.querySelector(".headline").textContent = topic.lines[done() % topic.lines.length];
    const top = Math.max(10, ...feed.slips);
    heaps.forEach((one, at) => one.set(feed.slips[at], top));
    const goal = plan.goal ? ` Goal: ${plan.goal}.` : "";
    state.textContent = `Card ${Math.min(done() + 1, plan.cards)} of ${plan.cards}. As mixed as ${mixed()} of ${plan.topics.length} topics.${goal}`;
    if (over()) state.textContent = `${met() ? "Reached" : "Done"} after ${done()} cards: as mixed as ${mixed()} of ${plan.topics.length} topics.`;
    for (const button of moves.querySelectorAll("[data-move]")) button.disabled = over();
  }
  function press(label, run, move) {
    const button = node("button", label);
    button.type = "button";
    if (move) button.dataset.move = move;
    button.addEventListener("click", () => { run(); paint(); });
    return button;
  }
  moves.append(...plan.moves.map((one) => press(one.label, () => { feed = react(feed, one.id); }, one.id)));
  if (plan.habit.length) {
    moves.append(press(`${plan.user} goes on alone`, () => {
      while (!over()) feed = react(feed, plan.habit[feed.card]);
    }, "alone"));
  }
  moves.append(press("From the start", () => { feed = startFeed(plan.seed, plan.slips); }));
  paint();
}
