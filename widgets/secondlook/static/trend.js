// trend: draw the line you expect, one handle a band, then see the published range of each band.
// The handles are upright sliders that stand on the chart itself, so drag, tap and arrow keys agree.
import { activity, button, feedback, h, sources, uid } from "./shell.js";

const MIDDLE = 50;
const SHAPES = {
  rises: "Your line climbs",
  falls: "Your line drops",
  level: "Your line is close to level",
  bends: "Your line bends",
};
const NAMESPACE = "http://www.w3.org/2000/svg";

/** How a line runs; the same as `trend.shape` in Python, and a test compares the two. */
export function shape(guess, slack) {
  const steps = guess.slice(1).map((one, at) => one - guess[at]);
  const change = guess.at(-1) - guess[0];
  if (Math.max(...guess) - Math.min(...guess) <= slack) return "level";
  if (change > slack && Math.min(...steps) >= -slack) return "rises";
  if (change < -slack && Math.max(...steps) <= slack) return "falls";
  return "bends";
}

/** The same words as `trend.range_of` in Python. */
const rangeOf = ({ from, to }) => {
  const [low, high] = [from, to].map((one) => String(Math.round(one)));
  return low === high ? low : `${low} to ${high}`;
};
const near = (value, { from, to }, slack) => value >= from - slack && value <= to + slack;

function draw(name, props) {
  const node = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(props)) node.setAttribute(key, value);
  return node;
}

/** The lines behind the handles: the learner's, and once it is asked for the published strip. */
function backdrop(entry, shown) {
  const { bands } = entry;
  const x = (at) => ((at + 0.5) * 100) / bands.length;
  const svg = draw("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" });
  for (const one of [0, 25, 50, 75, 100]) {
    svg.append(draw("path", { class: "sl-gridline", d: `M0 ${100 - one}H100` }));
  }
  if (shown) {
    const upper = bands.map((one, at) => `${x(at)},${100 - one.to}`);
    const lower = bands.map((one, at) => `${x(at)},${100 - one.from}`);
    svg.append(draw("polygon", { class: "sl-strip", points: [...upper, ...lower.reverse()].join(" ") }));
    bands.forEach((one, at) => svg.append(draw("path", {
      class: "sl-span", d: `M${x(at)} ${100 - one.from}V${100 - one.to}`,
    })));
  }
  const mine = draw("polyline", { class: "sl-mine" });
  svg.append(mine);
  return {
    svg,
    move: (guess) => mine.setAttribute("points",
      bands.map((one, at) => `${x(at)},${100 - (guess[one.id] ?? MIDDLE)}`).join(" ")),
  };
}

function plot(ctx, entry, answer) {
  const draft = answer?.guess ?? ctx.draft(entry.id);
  const locked = Boolean(answer);
  const { svg, move } = backdrop(entry, locked);
  const open = () => entry.bands.filter((one) => draft[one.id] === undefined).length;
  const lock = button("Lock in my line", () => {
    if (open()) {
      ctx.say(`${open()} of ${entry.bands.length} handles have not moved yet.`);
      return;
    }
    const guess = { ...draft };
    ctx.forget(entry.id);
    ctx.record(entry.id, { guess });
  }, { kind: "is-main", name: "eye", "data-focus": "check" });
  const refresh = () => {
    move(draft);
    lock.setAttribute("aria-disabled", String(open() > 0));
  };
  const columns = entry.bands.map((one) => {
    const label = uid("band");
    const range = h("input", {
      type: "range", class: "sl-upright", min: 0, max: 100, step: 1, disabled: locked,
      "aria-labelledby": label, "data-focus": `band-${one.id}`,
      on: { input: () => set(Number(range.value)) },
    });
    const number = h("input", {
      type: "number", class: "sl-mark", min: 0, max: 100, step: 1, inputmode: "numeric", disabled: locked,
      "aria-labelledby": label, "data-focus": `number-${one.id}`,
      on: { change: () => (number.value === "" ? show() : set(Number(number.value))) },
    });
    const show = () => {
      const value = draft[one.id];
      range.value = value ?? MIDDLE;
      range.classList.toggle("is-open", value === undefined);
      range.setAttribute("aria-valuetext", value === undefined ? "not set yet" : `${value} ${entry.axis}`);
      number.value = value ?? "";
    };
    const set = (value) => {
      draft[one.id] = Math.round(Math.min(100, Math.max(0, value)));
      show();
      refresh();
    };
    show();
    return h("div", { class: "sl-column" }, range, !locked && number,
      h("p", { id: label, class: "sl-bandname" }, h("b", {}, one.label), one.hint && h("small", {}, one.hint)),
      locked && h("p", { class: "sl-bandtold" }, `You ${draft[one.id]}`, h("br"), h("b", {}, rangeOf(one))));
  });
  refresh();
  return [
    h("figure", { class: "sl-plot" },
      h("figcaption", {}, h("span", {}, entry.axis),
        locked && h("span", { class: "sl-key" }, h("i", { class: "is-mine" }), "your line ",
          h("i", { class: "is-strip" }), "published range")),
      h("div", { class: "sl-plotarea" },
        h("div", { class: "sl-ticks", "aria-hidden": "true" }, [100, 75, 50, 25, 0].map((one) => h("span", {}, one))),
        h("div", { class: "sl-columns" }, svg, columns)),
      h("p", { class: "sl-across" }, entry.across)),
    !locked && lock,
  ];
}

function told(ctx, entry, { guess }) {
  const runs = shape(entry.bands.map((one) => guess[one.id]), entry.slack);
  const close = entry.bands.every((one) => near(guess[one.id], one, entry.slack));
  return feedback(close ? "right" : "note", SHAPES[runs], [entry.feedback[runs]],
    h("ul", { class: "sl-said" }, entry.bands.map((one) => h("li", {},
      h("b", {}, `${one.label}: `), `you ${guess[one.id]}, published ${rangeOf(one)}.`))),
    h("p", {}, entry.reveal), sources(entry.refs, ctx.spec));
}

export default activity({
  item: (ctx, entry, answer) => h("div", { class: "sl-one sl-trend", "data-start": "" },
    h("p", { class: "sl-question" }, entry.question), plot(ctx, entry, answer),
    answer && told(ctx, entry, answer)),
});
