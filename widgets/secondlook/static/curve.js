// How sure a learner was beside how often that was right: counting, a small plot, its table and its
// sentence, shared by the kinds that show it.
import { h } from "./shell.js";

const DRAWN = "http://www.w3.org/2000/svg";
const SIZE = { wide: 340, high: 300, left: 46, right: 14, top: 14, bottom: 42 };
const across = (sure) => SIZE.left + ((sure - 45) / 60) * (SIZE.wide - SIZE.left - SIZE.right);
const up = (right) => SIZE.high - SIZE.bottom - (right / 100) * (SIZE.high - SIZE.top - SIZE.bottom);
const binName = (bin) => (bin.low === 90 ? "90 to 100%" : `${bin.low}%`);
const shareOf = (bin) => Math.round((100 * bin.right) / bin.n);

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
    `At ${binName(bin)}, ${bin.right} of ${bin.n} right`).join(". ")}. The table beside it says the same.`);
  for (const at of [0, 50, 100]) {
    svg.append(shape("line", { x1: across(45), x2: across(105), y1: up(at), y2: up(at), class: "sl-gridline" }),
      shape("text", { x: across(45) - 6, y: up(at) + 4, "text-anchor": "end" }, `${at}%`));
  }
  for (const at of [50, 60, 70, 80, 90, 100]) {
    svg.append(shape("text", { x: across(at), y: up(0) + 18, "text-anchor": "middle" }, `${at}`));
  }
  svg.append(
    shape("text", { x: across(75), y: SIZE.high - 6, "text-anchor": "middle" }, "how sure you said you were (%)"),
    shape("line", { x1: across(50), x2: across(100), y1: up(50), y2: up(100), class: "sl-even" }));
  for (const bin of bins) {
    svg.append(shape("circle", { cx: across(bin.mean), cy: up(shareOf(bin)), r: 5 + 2.2 * Math.sqrt(bin.n), class: "sl-point" }),
      shape("text", { x: across(bin.mean), y: up(shareOf(bin)) + 4, "text-anchor": "middle", class: "sl-pointname" }, bin.n));
  }
  return svg;
}

const table = (curve) => h("table", { class: "sl-table" },
  h("caption", {}, "Answers by how sure you were"),
  h("thead", {}, h("tr", {}, ["how sure", "answers", "right"].map((one) => h("th", { scope: "col" }, one)))),
  h("tbody", {}, curve.bins.map((bin) => h("tr", {}, h("th", { scope: "row" }, binName(bin)),
    h("td", {}, String(bin.n)), h("td", {}, bin.n ? `${bin.right}` : "–")))));

export const LEANS = {
  over: "Surer than right", under: "Righter than sure", match: "About as sure as right", few: "Too few answers for a curve",
};

/** Counts first, then the average, in one sentence each. */
export function reading(curve) {
  const answers = curve.n === 1 ? "1 answer" : `${curve.n} answers`;
  if (!curve.n) return "There is no answer with a number on this computer yet.";
  if (curve.n < curve.fewest) return `There are ${answers} with a number so far. From ${curve.fewest} on we draw a curve.`;
  return `You were right on ${curve.right} of ${curve.n}. On average you said ${curve.mean}% and were right ${Math.round((100 * curve.right) / curve.n)}% of the time.`;
}

/** The plot, from `fewest` answers on, beside its table. */
export const chart = (curve) => h("div", { class: "sl-curvebox" },
  curve.n >= curve.fewest && h("figure", {}, plot(curve), h("figcaption", { class: "sl-soft" },
    "Up: how often right. On the dashed line, sure and right agree; a dot below it was surer than right. The number in a dot is how many answers.")),
  table(curve));

const BINS = [[50, 59], [60, 69], [70, 79], [80, 89], [90, 100]];
const meanOf = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/**
 * What `activities.calibration.curve` counts, for when no kernel answers; a test compares the two.
 *
 * @param {[number, boolean][]} pairs how sure (percent) and was it right
 * @param {{fewest: number, z: number}} rule answers that a curve needs; the z of Wilson's interval
 */
export function counted(pairs, { fewest, z }) {
  const n = pairs.length;
  const right = pairs.filter(([, good]) => good).length;
  const curve = { n, right, fewest, lean: "few", mean: null };
  curve.bins = BINS.map(([low, high]) => {
    const here = pairs.filter(([sure]) => sure >= low && sure <= high);
    return { low, high, n: here.length, right: here.filter(([, good]) => good).length,
      mean: here.length ? Math.round(meanOf(here.map(([sure]) => sure))) : null };
  });
  if (!n) return curve;
  const mean = meanOf(pairs.map(([sure]) => sure));
  curve.mean = Math.round(mean);
  if (n < fewest) return curve;
  const p = right / n;
  const middle = p + (z * z) / (2 * n);
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  const low = right === 0 ? 0 : (middle - reach) / scale;
  const high = right === n ? 1 : (middle + reach) / scale;
  curve.lean = mean / 100 > high ? "over" : mean / 100 < low ? "under" : "match";
  return curve;
}
