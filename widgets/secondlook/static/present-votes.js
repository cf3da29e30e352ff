// present: the hands of a class, typed in, and what is drawn from them. Nothing is drawn before the
// answer is shown, so that the count of the first does not sway the last.

const sum = (hands) => hands.reduce((all, one) => all + one, 0);
const many = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** The numbers typed in for a question; an empty box is nobody. */
export const handsOf = (votes, name) => Array.from(votes[name] ?? [], (one) => one ?? 0);

/** What a box holds: a whole number, or nothing. */
export function typed(box) {
  const value = Math.floor(Number(box.value));
  return box.value === "" || !(value >= 0) ? null : Math.min(value, Number(box.max));
}

/** The place of the most hands, the first of them if there are several; -1 if nobody raised one. */
export const most = (hands) => (sum(hands) ? hands.indexOf(Math.max(...hands)) : -1);

/** Bars behind the options of a question, with their numbers; in words for a screen reader. */
export function drawTally(list, votes, shown) {
  const hands = handsOf(votes, list.dataset.tally);
  const all = sum(hands);
  const drawn = shown && all > 0;
  const said = [];
  for (const option of list.children) {
    const count = hands[Number(option.dataset.option)] ?? 0;
    const fill = option.querySelector(".fill");
    fill.toggleAttribute("hidden", !drawn);
    fill.firstElementChild.setAttribute("width", drawn ? (100 * count) / all : 0);
    const number = option.querySelector(".count");
    if (number) {
      number.hidden = !drawn;
      number.textContent = drawn ? many(count, "hand") : "";
    }
    const mark = option.querySelector(".mark")?.textContent;
    said.push([option.querySelector(".badge").textContent, drawn && many(count, "hand"), mark].filter(Boolean).join(", "));
  }
  return said.join(". ");
}

/** The class's own number for each row, as a mark on its scale. */
export function drawGuesses(box, votes, shown) {
  const guesses = votes[box.dataset.guesses] ?? [];
  const top = Number(box.dataset.top);
  const said = [];
  [...box.children].forEach((row, at) => {
    const guess = guesses[at] ?? null;
    const mark = row.querySelector(".guess");
    mark.toggleAttribute("hidden", guess === null);
    if (guess !== null) mark.setAttribute("x", Math.max(0, (100 * guess) / top - 0.4));
    if (shown) said.push(`${row.querySelector(".what").textContent}: ${row.querySelector(".published").textContent}`);
  });
  return said.join(". ");
}

/** "before the counts: 12 trust, 9 question", where the same post was met before. */
export function drawBefore(line, votes) {
  const hands = handsOf(votes, line.dataset.before);
  line.textContent = sum(hands) ? `Before you saw the counts: ${many(hands[0] ?? 0, "hand")} for trust, ${hands[1] ?? 0} for question.` : "";
}

/** Both sides of what most hands were for, over the posts of an activity up to this slide. */
export function running(posts, votes) {
  const counts = { sound: [0, 0], unsound: [0, 0] };
  for (const post of posts) {
    const [trust = 0, question = 0] = handsOf(votes, post.name);
    if (trust + question === 0) continue;
    counts[post.label][1] += 1;
    // As many hands for one as for the other is no call of the class, so it counts for neither.
    if (post.label === "sound" ? trust > question : question > trust) counts[post.label][0] += 1;
  }
  const [[trusted, sound], [questioned, unsound]] = [counts.sound, counts.unsound];
  const parts = [
    sound && `trusted ${trusted} of ${many(sound, "sound post")}`,
    unsound && `questioned ${questioned} of ${sound ? `${unsound} unsound ${unsound === 1 ? "one" : "ones"}` : many(unsound, "unsound post")}`,
  ].filter(Boolean);
  return parts.length ? `The class ${parts.join(" and ")}.` : "";
}
