// calibration: a guess first, then how sure the learner was beside how often that was right, over all
// lessons: counts, a small plot with its table, and both sides of the calls. No grade.
import { activity, button, feedback, h, icon, pressRow } from "./shell.js";

const DRAWN = "http://www.w3.org/2000/svg";
const SIZE = { wide: 340, high: 300, left: 46, right: 14, top: 14, bottom: 42 };
const x = (sure) => SIZE.left + ((sure - 45) / 60) * (SIZE.wide - SIZE.left - SIZE.right);
const y = (share) => SIZE.high - SIZE.bottom - (share / 100) * (SIZE.high - SIZE.top - SIZE.bottom);
const name = (bin) => (bin.low === 90 ? "90 to 100%" : `${bin.low}%`);
const share = (bin) => Math.round((100 * bin.right) / bin.n);

function shape(tag, attributes, text) {
  const node = document.createElementNS(DRAWN, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

/** A dot a bin: across how sure, up how often right, larger for more answers. */
function plot(curve) {
  const svg = shape("svg", { viewBox: `0 0 ${SIZE.wide} ${SIZE.high}`, class: "sl-curve", role: "img" });
  const bins = curve.bins.filter((bin) => bin.n);
  svg.setAttribute("aria-label", `How sure against how often right. ${bins.map((bin) =>
    `At ${name(bin)}, ${bin.right} of ${bin.n} right`).join(". ")}. The table beside it says the same.`);
  for (const at of [0, 50, 100]) {
    svg.append(shape("line", { x1: x(45), x2: x(105), y1: y(at), y2: y(at), class: "sl-gridline" }),
      shape("text", { x: x(45) - 6, y: y(at) + 4, "text-anchor": "end" }, `${at}%`));
  }
  for (const at of [50, 60, 70, 80, 90, 100]) {
    svg.append(shape("text", { x: x(at), y: y(0) + 18, "text-anchor": "middle" }, `${at}`));
  }
  svg.append(
    shape("text", { x: x(75), y: SIZE.high - 6, "text-anchor": "middle" }, "how sure you said you were (%)"),
    shape("line", { x1: x(50), x2: x(100), y1: y(50), y2: y(100), class: "sl-even" }));
  for (const bin of bins) {
    svg.append(shape("circle", { cx: x(bin.mean), cy: y(share(bin)), r: 5 + 2.2 * Math.sqrt(bin.n), class: "sl-point" }),
      shape("text", { x: x(bin.mean), y: y(share(bin)) + 4, "text-anchor": "middle", class: "sl-pointname" }, bin.n));
  }
  return svg;
}

const table = (curve) => h("table", { class: "sl-table" },
  h("caption", {}, "Answers by how sure you were"),
  h("thead", {}, h("tr", {}, ["how sure", "answers", "right"].map((one) => h("th", { scope: "col" }, one)))),
  h("tbody", {}, curve.bins.map((bin) => h("tr", {}, h("th", { scope: "row" }, name(bin)),
    h("td", {}, String(bin.n)), h("td", {}, bin.n ? `${bin.right}` : "–")))));

const TITLE = {
  over: "Surer than right", under: "Righter than sure", match: "About as sure as right", few: "Too few answers for a curve",
};

/** Counts first, then the average, in one sentence each. */
export function reading(curve) {
  const answers = curve.n === 1 ? "1 answer" : `${curve.n} answers`;
  if (!curve.n) return "There is no answer with a number on this computer yet.";
  if (curve.n < curve.fewest) return `There are ${answers} with a number so far. From ${curve.fewest} on we draw a curve.`;
  return `You were right on ${curve.right} of ${curve.n}. On average you said ${curve.mean}% and were right ${Math.round((100 * curve.right) / curve.n)}% of the time.`;
}

const current = (ctx) => {
  const counted = ctx.model.get("curve");
  return counted && "bins" in counted ? counted : ctx.spec.curve;
};

function result(ctx, entry, answer) {
  const curve = current(ctx);
  const drawn = curve.n >= curve.fewest;
  const guessed = entry.options.find((one) => one.id === answer.guess).text;
  return [
    feedback("note", TITLE[curve.lean],
      [reading(curve), drawn && `Your guess was: ${guessed}`, entry.feedback[curve.lean], drawn && curve.sides]),
    curve.n > 0 && h("div", { class: "sl-curvebox" }, drawn && h("figure", {}, plot(curve),
      h("figcaption", { class: "sl-soft" }, "Up: how often right. On the dashed line, sure and right agree; a dot below it was surer than right. The number in a dot is how many answers.")), table(curve)),
    button("Count again", () => {
      ctx.record(entry.id, answer);
    }, { name: "redo", "data-focus": "count" }),
  ].filter(Boolean);
}

export default activity({
  setup(ctx, root) {
    ctx.model.on("change:curve", () => {
      if (!root.isConnected) return;
      ctx.redraw();
      const said = root.querySelector(".sl-fb");
      if (said) ctx.say(said.innerText);
    });
  },
  item(ctx, entry, answer) {
    return h("div", { class: "sl-one", "data-start": "" },
      pressRow(entry.question, entry.options, {
        chosen: answer?.guess, wide: true, describe: (one, pressed) => pressed && icon("check"),
        onPick: (guess) => ctx.record(entry.id, { guess }),
      }),
      answer && result(ctx, entry, answer));
  },
});
