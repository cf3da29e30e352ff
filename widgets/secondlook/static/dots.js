// dots: a thousand people. Python has counted every setting the dials can reach (base_rate.py is
// the one model); here a setting is looked up and drawn, so it goes on without a kernel.
import { activity, button, feedback, h, icon, pressRow, sources } from "./shell.js";
import { dial } from "./dial.js";

const DRAWN = "http://www.w3.org/2000/svg";
const CELL = 10;
const ROUND = "M-3.7,0a3.7,3.7 0 1,0 7.4,0a3.7,3.7 0 1,0 -7.4,0Z";
const SPECK = "M-2.2,0a2.2,2.2 0 1,0 4.4,0a2.2,2.2 0 1,0 -4.4,0Z";
const DIAMOND = "M0,-4.7L4.7,0L0,4.7L-4.7,0Z";
const GROUPS = ["caught", "alarms", "missed", "cleared"]; // those who fit the list stand first
const SHAPES = { caught: DIAMOND, alarms: ROUND, missed: DIAMOND, cleared: SPECK };

function drawn(tag, attributes = {}) {
  const node = document.createElementNS(DRAWN, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** The counts of a setting, by name. */
function look(ctx, entry, { have, catches, wrongly }) {
  const row = entry.rows[`${have}|${catches}|${wrongly}`];
  return Object.fromEntries(ctx.spec.names.map((name, at) => [name, row[at]]));
}
const count = (value) => value.toLocaleString("en");
const told = (text, row) => text.replace(/\{([a-z_]+)\}/g, (_, name) => count(row[name]));

/** A thousand dots: `crowd` shows who has it, `split` who fits as well. Each group has its own
 *  place, shape and filling; the colour only repeats them. */
function picture(people) {
  const rows = matchMedia("(max-width: 640px)").matches ? 32 : 25;
  const wide = (Math.ceil(people / rows) + 2) * CELL + 6;
  const svg = drawn("svg", { viewBox: `-3 -3 ${wide} ${rows * CELL + 6}`, role: "img", class: "sl-dots" });
  const frame = drawn("rect", { class: "sl-fitframe", x: -2, y: -2, height: rows * CELL + 4, rx: 6 });
  const dots = Array.from({ length: people }, () => drawn("path"));
  svg.append(frame, ...dots);
  // Filled from the left, from top to bottom; the second block begins after an empty column.
  const place = (dot, at, from, group, kind = group) => {
    dot.setAttribute("d", SHAPES[group]);
    dot.setAttribute("class", `is-${kind}`);
    const x = (from + Math.floor(at / rows)) * CELL + CELL / 2;
    dot.style.transform = `translate(${x}px, ${(at % rows) * CELL + CELL / 2}px)`;
  };
  return {
    svg,
    crowd(row) {
      frame.style.display = "none";
      // Those who will stand together are taken from the same heap, so that each dot moves once.
      dots.forEach((dot, at) => place(dot, at, 0, at < row.have ? "missed" : "cleared"));
    },
    split(row) {
      const columns = Math.ceil(row.fit / rows);
      frame.style.display = "";
      frame.setAttribute("width", Math.max(1, columns) * CELL + 4);
      const heaps = { caught: [0, row.caught], missed: [row.caught, row.have],
        alarms: [row.have, row.have + row.alarms], cleared: [row.have + row.alarms, people] };
      const before = { caught: 0, alarms: row.caught, missed: 0, cleared: row.missed };
      for (const group of GROUPS) {
        const [from, to] = heaps[group];
        const start = group === "caught" || group === "alarms" ? 0 : columns + 1;
        for (let at = from; at < to; at += 1) place(dots[at], before[group] + at - from, start, group);
      }
    },
  };
}

function mark(group) {
  const svg = drawn("svg", { viewBox: "-6 -6 12 12", class: "sl-dotmark", "aria-hidden": "true" });
  svg.append(drawn("path", { d: SHAPES[group], class: `is-${group}` }));
  return svg;
}

/** The four groups as a table: the picture's text, and the key to its shapes. */
function fourGroups(words) {
  const cells = {};
  const cell = (name, marked) => h("td", {}, marked && mark(name), (cells[name] = h("span", {})));
  const table = h("table", { class: "sl-four" },
    h("caption", { class: "sl-only" }, "The four groups"),
    h("thead", {}, h("tr", {}, h("td", {}), [words.have, words.without, "in all"].map((one) =>
      h("th", { scope: "col" }, one)))),
    h("tbody", {},
      h("tr", {}, h("th", { scope: "row" }, words.fit), cell("caught", true), cell("alarms", true), cell("fit")),
      h("tr", {}, h("th", { scope: "row" }, words.unfit), cell("missed", true), cell("cleared", true), cell("unfit"))));
  return {
    table,
    show: (row) => Object.entries(cells).forEach(([name, node]) => (node.textContent = count(row[name]))),
  };
}

/** Picture, sentence and table of one setting. `show(setting)` changes all three. */
function board(ctx, entry, setting, { covered = false, run = false } = {}) {
  const { words } = entry;
  const first = look(ctx, entry, setting);
  const { svg, crowd, split } = picture(first.people);
  const says = h("p", { class: "sl-dotsays" });
  const four = fourGroups(words);
  const node = h("div", { class: "sl-board" }, says, svg,
    !covered && [h("p", { class: "sl-soft sl-framekey", "aria-hidden": "true" }, `In the frame: ${words.fit}`), four.table]);
  const show = (row) => {
    const sentence = told(words.reading, row);
    says.textContent = sentence;
    svg.setAttribute("aria-label", `A picture of ${count(row.people)} dots. ${sentence}`);
    four.show(row);
    split(row);
    return sentence;
  };
  if (covered) {
    crowd(first);
    says.replaceChildren(`${count(first.people)} ${words.people}. `, mark("missed"), ` ${count(first.have)} ${words.have}.`);
    svg.setAttribute("aria-label", `A picture of ${count(first.people)} dots. ${count(first.have)} of them ${words.have}.`);
  } else if (run) {
    crowd(first); // where they stood; then each walks to its group
    says.textContent = told(words.reading, first);
    requestAnimationFrame(() => {
      svg.getBoundingClientRect();
      svg.classList.add("is-moving");
      show(first);
      setTimeout(() => svg.classList.remove("is-moving"), 1000);
    });
  } else show(first);
  return { node, show: (next) => show(look(ctx, entry, next)) };
}

const sides = (left, ...right) =>
  h("div", { class: "sl-dotview" }, left, h("div", { class: "sl-dotside" }, right));

const PERCENTS = Array.from({ length: 101 }, (_, at) => at);
const offBy = (entry, guess) =>
  Math.abs(guess - entry.truth) <= entry.near ? "near" : guess < entry.truth ? "low" : "high";
const OFF = { near: "Close", low: "You guessed low", high: "You guessed high" };

function predict(ctx, entry, answer) {
  const draft = ctx.draft(entry.id, { guess: 50, fresh: !answer });
  const off = answer && offBy(entry, answer.guess);
  const run = Boolean(answer) && draft.fresh;
  if (answer) draft.fresh = false;
  return sides(board(ctx, entry, entry.setting, { covered: !answer, run }).node,
    h("p", { class: "sl-question" }, entry.question),
    answer
      ? feedback(off === "near" ? "right" : "note", OFF[off],
        [`You said ${answer.guess} in 100. ${entry.feedback[off]}`, entry.after], sources(entry.refs, ctx.spec))
      : [dial({
        label: "Your guess", id: "guess", values: PERCENTS, value: draft.guess, unit: "in 100",
        onChange: (value) => (draft.guess = value),
      }),
      button("Run it", () => ctx.record(entry.id, { guess: draft.guess }),
        { kind: "is-main", name: "eye", "data-focus": "run" })]);
}

/** The dials that turn, each changing `setting` in place and calling `moved`. */
const knobs = (entry, setting, moved) => Object.entries(entry.dials).map(([name, one]) => dial({
  label: one.label, text: one.label, id: name, values: one.values, value: setting[name], unit: one.unit,
  onChange: (value) => {
    setting[name] = value;
    moved();
  },
}));

/** Says what the dots show once a dial has come to rest. */
function later(ctx, say) {
  let soon;
  return () => {
    clearTimeout(soon);
    soon = setTimeout(say, 500);
  };
}

const nearGoal = (entry, value) => Math.sign(entry.order.indexOf(value) - entry.order.indexOf(entry.target));
const GOAL = { "-1": ["note", "Not yet", "short"], 0: ["right", "Right there", "hit"], 1: ["note", "Past it", "past"] };

function turn(ctx, entry, answer) {
  const draft = ctx.draft(entry.id, { ...entry.setting, ...(answer && { [entry.live]: answer.value }) });
  const { node, show } = board(ctx, entry, draft);
  const rest = later(ctx, () => ctx.say(show(draft)));
  const [tone, title, kind] = answer ? GOAL[nearGoal(entry, answer.value)] : [];
  return sides(node, h("p", { class: "sl-question" }, entry.question),
    knobs(entry, draft, () => {
      show(draft);
      rest();
    }),
    button(entry.button, () => ctx.record(entry.id, { value: draft[entry.live], first: answer?.first ?? draft[entry.live] }),
      { kind: "is-main", name: "check", "data-focus": "here" }),
    answer && feedback(tone, title, [
      `You stopped at ${answer.value} ${entry.dials[entry.live].unit}. ${entry.feedback[kind]}`,
      kind === "hit" && entry.after,
    ], sources(entry.refs, ctx.spec)));
}

function pick(ctx, entry, answer) {
  const chosen = answer?.choice[0];
  const one = entry.options.find((option) => option.id === chosen);
  return [
    pressRow(entry.question, entry.options, {
      chosen, wide: true,
      describe: (option, pressed) => pressed && icon(option.correct ? "right" : "wrong"),
      onPick: (id) => ctx.record(entry.id, { choice: [id], first: answer?.first ?? [id] }),
    }),
    one && feedback(one.correct ? "right" : "wrong", one.correct ? "Yes" : "Tempting, but no", [one.feedback],
      sources(entry.refs, ctx.spec)),
  ];
}

function explore(ctx, entry, answer) {
  const draft = ctx.draft(entry.id, { ...entry.setting });
  const { node, show } = board(ctx, entry, draft);
  const rest = later(ctx, () => ctx.say(show(draft)));
  const back = () => {
    Object.assign(draft, entry.setting);
    ctx.redraw();
    ctx.say(`The dials are back. ${show(draft)}`);
  };
  return sides(node, knobs(entry, draft, () => {
    show(draft);
    rest();
  }), button("Put the dials back", back, { name: "redo", "data-focus": "back" }), pick(ctx, entry, answer));
}

function compare(ctx, entry, answer) {
  const draft = ctx.draft(entry.id, { at: entry.settings[0].id });
  const setting = entry.settings.find((one) => one.id === draft.at);
  const switcher = pressRow(entry.switch, entry.settings.map((one) => ({ ...one, id: `set-${one.id}` })), {
    chosen: `set-${draft.at}`, wide: true,
    onPick: (id) => {
      draft.at = id.slice("set-".length);
      ctx.redraw();
      const now = entry.settings.find((one) => one.id === draft.at);
      ctx.say(told(entry.words.reading, look(ctx, entry, now)));
    },
  });
  return sides(board(ctx, entry, setting).node, switcher, pick(ctx, entry, answer));
}

const VIEWS = { predict, turn, explore, compare };

const isRight = (entry, answer) => ({
  predict: () => offBy(entry, answer.guess) === "near",
  turn: () => answer.first === entry.target,
})[entry.view]?.() ?? entry.options.find((one) => one.id === answer.first[0])?.correct === true;

const found = (entry, answer) => ({
  predict: () => `You said ${answer.guess}, the dots say ${entry.truth} in 100.`,
  turn: () => `Your first stop was ${answer.first}. It is half from ${entry.target} ${entry.dials[entry.live].unit}.`,
})[entry.view]?.() ?? entry.options.find((one) => one.correct).text;

export default activity({
  right: isRight,
  item: (ctx, entry, answer) => h("div", { class: "sl-one", "data-start": "" },
    entry.intro && h("p", { class: "sl-dotintro" }, entry.intro), VIEWS[entry.view](ctx, entry, answer)),
  summary: (ctx, done) => h("div", {}, h("p", {}, "What the dots said:"), h("ul", { class: "sl-guesses" },
    done.map((entry) => h("li", {}, entry.question, h("small", {}, found(entry, ctx.answer(entry.id))))))),
});
