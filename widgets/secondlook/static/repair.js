// repair: a clip of several lines. Pick a line, then keep it, swap it or cut it; the clip beside it
// changes as it goes, and when every line is done it is read back whole.
import { activity, button, feedback, h, icon, pressRow, sources, uid } from "./shell.js";

const KEEP = "keep";
const CUT = "cut";

/** All that can be done with a line, as `repair.choices` in Python has it. */
const choicesOf = (line) => [
  { ...line.keep, id: KEEP, label: "Keep it" },
  ...line.swaps.map((one) => ({ ...one, label: `Swap it: “${one.text}”` })),
  { ...line.cut, id: CUT, label: "Cut it" },
];
const chosenOf = (line, picked) => choicesOf(line).find((one) => one.id === picked[line.id]);
const allDone = (entry, picked) => entry.lines.every((line) => picked[line.id] !== undefined);
const fitting = (entry, picked) => entry.lines.filter((line) => chosenOf(line, picked)?.fits).length;
const DONE = { keep: "kept", swap: "swapped", cut: "cut" };
const doneTo = (choice) => ([KEEP, CUT].includes(choice.id) ? choice.id : "swap");

/** The clip as it reads now; a line that was cut is not there. */
function readBack(entry, picked) {
  const left = entry.lines.filter((line) => picked[line.id] !== CUT);
  return h("blockquote", {}, left.length ? left.map((line) =>
    h("p", {}, chosenOf(line, picked).text ?? line.text)) : h("p", {}, "Nothing is left of it."));
}

function lineButton(entry, line, at, { picked, here, onPick }) {
  const choice = chosenOf(line, picked);
  const did = choice && doneTo(choice);
  return h("li", {}, h("button", {
    type: "button", class: `sl-clipline ${did ? `is-${did}` : ""}`, "data-focus": `line-${line.id}`,
    "aria-current": here ? "true" : undefined, on: { click: onPick },
  },
  h("span", { class: "sl-lineno", "aria-hidden": "true" }, at + 1),
  h("span", { class: "sl-linetext" }, did === CUT ? h("s", {}, line.text) : choice?.text ?? line.text),
  did && h("span", { class: "sl-did" }, icon(choice.fits ? "right" : "wrong"), DONE[did],
    h("span", { class: "sl-only" }, choice.fits ? ", fits" : ", does not fit yet"))));
}

const TITLES = {
  [KEEP]: ["Worth keeping", "It can't stay like this"],
  swap: ["A good swap", "Not that wording"],
  [CUT]: ["A fair cut", "A pity to cut this"],
};

function mend(ctx, entry, answer) {
  const picked = answer?.lines ?? {};
  const first = answer?.first ?? {};
  const open = () => entry.lines.findIndex((line) => picked[line.id] === undefined);
  const view = ctx.draft(entry.id, { at: Math.max(0, open()) });
  const line = entry.lines[view.at];
  const choice = chosenOf(line, picked);
  const done = allDone(entry, picked);
  const look = (at) => {
    view.at = at;
    ctx.redraw();
    // The control that was pressed may be gone; what comes next has a heading of its own.
    document.getElementById(view.heading)?.focus({ preventScroll: false });
  };
  view.heading = uid("line");
  const pick = (id) => ctx.record(entry.id, {
    lines: { ...picked, [line.id]: id }, first: { [line.id]: id, ...first },
  });
  const next = open();
  return [
    h("div", { class: "sl-clip" },
      h("p", { class: "sl-clipname" }, icon("play"), done ? "The clip now" : "The clip so far"),
      h("ol", {}, entry.lines.map((one, at) => lineButton(entry, one, at, {
        picked, here: at === view.at, onPick: () => look(at),
      })))),
    h("div", { class: "sl-mend" },
      h("h4", { id: view.heading, tabindex: "-1" }, `Line ${view.at + 1} of ${entry.lines.length}`),
      h("blockquote", { class: "sl-quote" }, line.text),
      pressRow("What do you do with it?", choicesOf(line), {
        chosen: choice?.id, wide: true,
        describe: (one, pressed) => pressed && icon(one.fits ? "right" : "wrong"),
        onPick: pick,
      }),
      choice && feedback(choice.fits ? "right" : "wrong",
        TITLES[doneTo(choice)][choice.fits ? 0 : 1], [choice.feedback]),
      choice && next >= 0 && button("Next line", () => look(next),
        { name: "forward", kind: "is-main", "data-focus": "next-line" }),
      done && readAloud(ctx, entry, picked)),
  ];
}

function readAloud(ctx, entry, picked) {
  const good = fitting(entry, picked);
  const all = entry.lines.length;
  return h("div", { class: "sl-readback" },
    h("h4", {}, icon("talk"), h("span", {}, "Read it back")),
    readBack(entry, picked),
    h("p", {}, h("b", {}, good === all ? "Every line now fits what is known."
      : `${good} of ${all} lines fit what is known. You can go back to the others.`)),
    h("p", {}, h("b", {}, "What is known: "), entry.known), sources(entry.refs, ctx.spec));
}

export default activity({
  done: (answer, entry) => allDone(entry, answer.lines),
  right: (entry, answer) => fitting(entry, answer.first) === entry.lines.length,
  item: (ctx, entry, answer) => h("div", { class: "sl-repair", "data-start": "" },
    h("p", { class: "sl-question" }, entry.question),
    h("div", { class: "sl-repairtwo" }, mend(ctx, entry, answer))),
  summary(ctx, done) {
    return h("div", { class: "sl-readbacks" }, done.map((entry) => {
      const { lines, first } = ctx.answer(entry.id);
      const all = entry.lines.length;
      return h("section", {}, readBack(entry, lines),
        h("p", { class: "sl-soft" }, `${fitting(entry, lines)} of ${all} lines fit what is known; `
          + `${fitting(entry, first)} did at your first try.`));
    }));
  },
});
