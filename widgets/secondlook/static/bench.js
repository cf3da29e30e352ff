// bench: published figures to look at. Python draws the chart beside these controls; answers and
// their feedback are given here, so they go on when Python is busy or gone.
import { activity, button, feedback, h, icon, pressRow, sources, uid } from "./shell.js";
import { dial } from "./dial.js";

const PATIENCE = 5000; // ms until a chart that does not come is called late

// What belongs to one bench on the page: unsent values and the chart that was asked for last.
const desks = new WeakMap();
const deskOf = (ctx) => {
  if (!desks.has(ctx)) desks.set(ctx, { drafts: {}, asked: "", number: 0, note: "" });
  return desks.get(ctx);
};
const draftOf = (ctx, entry, start) => (deskOf(ctx).drafts[entry.id] ??= start());

/** Asks Python for a chart, unless it is the one that stands there or is on its way. */
function askChart(ctx, entry, settings) {
  const desk = deskOf(ctx);
  const wanted = JSON.stringify([entry.id, settings]);
  const { view, settings: there } = ctx.model.get("drawn") ?? {};
  desk.asked ||= JSON.stringify([view, there]);
  if (wanted === desk.asked) return;
  desk.asked = wanted;
  clearTimeout(desk.soon);
  desk.soon = setTimeout(() => {
    desk.number = (ctx.model.get("ask")?.n ?? 0) + 1;
    clearTimeout(desk.late);
    desk.late = setTimeout(() => tell(ctx, "The chart needs the lesson to be awake, and it is not " +
      "answering. Your answers are kept. Run the lesson again to see the chart."), PATIENCE);
    try {
      ctx.model.set("ask", { n: desk.number, view: entry.id, settings });
      ctx.model.save_changes();
    } catch {
      // a dead kernel; the sentence above comes by itself
    }
  }, desk.number ? 120 : 0); // a slider moves many times a second
}

function tell(ctx, text) {
  const desk = deskOf(ctx);
  desk.note = text;
  const line = desk.root.querySelector(".sl-chartnote");
  if (line) line.textContent = text;
  if (text) ctx.say(text);
}

function setup(ctx, root) {
  const desk = deskOf(ctx);
  desk.root = root;
  const drawn = () => {
    const { n, reading } = ctx.model.get("drawn");
    if (n !== desk.number) return;
    clearTimeout(desk.late);
    const late = desk.note !== "";
    tell(ctx, "");
    if (late || desk.moved) ctx.say(reading);
    desk.moved = false;
    setTimeout(() => fit(root), 300); // the chart itself comes a moment after its receipt
  };
  ctx.model.on("change:drawn", drawn);
  new ResizeObserver(() => fit(root)).observe(root);
  new IntersectionObserver(() => fit(root)).observe(root);
}

/** JupyterLab fits a chart to its box only when the window changes size; the box also changes
 *  when the page settles, when a sidebar opens and when a cell scrolls into view. */
function fit(root) {
  const box = root.closest(".sl-bench")?.querySelector(".js-plotly-plot");
  const drawn = box?.querySelector(".main-svg");
  if (drawn && Math.abs(drawn.clientWidth - box.clientWidth) > 2) {
    requestAnimationFrame(() => globalThis.dispatchEvent(new Event("resize")));
  }
}

const PERCENTS = Array.from({ length: 101 }, (_, at) => at);
const plain = (value) => `${Math.round(value * 10) / 10}%`;

/** near, low or high: how a guess lies to the published value. */
const verdict = (guess, one, near) =>
  Math.abs(guess - one.value) <= near ? "near" : guess < one.value ? "low" : "high";

function predict(ctx, entry, answer) {
  const draft = draftOf(ctx, entry, () =>
    Object.fromEntries(entry.groups.map((one) => [one.id, 50])));
  const guess = answer?.guess ?? draft;
  askChart(ctx, entry, { guess, shown: Boolean(answer) });
  const all = answer && entry.groups.every((one) => verdict(guess[one.id], one, entry.near) === "near");
  return [
    entry.groups.map((one) => dial({
      label: one.label, text: one.label, id: one.id, values: PERCENTS, value: guess[one.id], unit: "%",
      disabled: Boolean(answer),
      onChange: (value) => {
        draft[one.id] = value;
        askChart(ctx, entry, { guess: { ...draft }, shown: false });
      },
    })),
    answer
      ? feedback(all ? "right" : "near", "What the study printed", [],
        h("ul", { class: "sl-said" }, entry.groups.map((one) => h("li", {},
          h("b", {}, `${one.label}: you ${guess[one.id]}%, study ${plain(one.value)}. `),
          one.feedback[verdict(guess[one.id], one, entry.near)]))),
        entry.after && h("p", {}, entry.after), sources(entry.refs, ctx.spec))
      : button("Show the published bars", () => ctx.record(entry.id, { guess: { ...draft } }),
        { kind: "is-main", name: "eye", "data-focus": "show" }),
  ];
}

function size(ctx, entry, answer) {
  const draft = draftOf(ctx, entry, () => ({ size: answer?.size ?? entry.start }));
  askChart(ctx, entry, { size: draft.size });
  const list = h("ul", { class: "sl-bands" });
  const told = () => list.replaceChildren(...entry.groups.map((one) => {
    const [share, low, high] = entry.bands[one.id][draft.size];
    return h("li", {}, h("b", {}, one.label), ` ${plain(share)}, band ${Math.round(low)}% to ${Math.round(high)}%`);
  }));
  told();
  const sizes = entry.sizes;
  const steps = (one) => sizes.indexOf(one) - sizes.indexOf(entry.target);
  const tone = answer && (steps(answer.size) === 0 ? "right" : Math.abs(steps(answer.size)) === 1 ? "near" : "wrong");
  const way = answer && (steps(answer.size) === 0 ? "near" : steps(answer.size) < 0 ? "low" : "high");
  return [
    dial({
      label: "Videos in each group", text: "If each group had been this many videos:", id: "size",
      values: sizes, value: draft.size, unit: "videos",
      onChange: (value) => {
        draft.size = value;
        deskOf(ctx).moved = true;
        told();
        askChart(ctx, entry, { size: value });
      },
    }),
    list,
    button("They part here", () => {
      ctx.record(entry.id, { size: draft.size, first: answer?.first ?? draft.size });
    }, { kind: "is-main", name: "check", "data-focus": "here" }),
    answer && feedback(tone, { right: "Yes", near: "Very nearly", wrong: "Not there yet" }[tone], [
      `You said ${answer.size} videos. ${entry.feedback[way]}`, way === "near" && entry.after,
    ], sources(entry.refs, ctx.spec)),
  ];
}

function filter(ctx, entry, draft) {
  const change = (value, input) => {
    const only = entry.values.filter((one) => (one === value ? input.checked : draft.only.includes(one)));
    if (only.length) {
      draft.only = only;
      deskOf(ctx).moved = true;
      askChart(ctx, entry, { ...draft });
    } else {
      input.checked = true;
      ctx.say("At least one stays on the chart.");
    }
  };
  return h("fieldset", { class: "sl-set" }, h("legend", {}, entry.filter.label),
    h("div", { class: "sl-options compact" }, entry.values.map((value) => {
      const input = h("input", {
        type: "checkbox", "data-option": `only-${value}`, on: { change: () => change(value, input) },
      });
      input.checked = draft.only.includes(value);
      return h("label", { class: "sl-opt" }, input, h("span", {}, value));
    })));
}

function bars(ctx, entry, answer) {
  const draft = draftOf(ctx, entry, () => ({ measure: entry.measures[0].id, only: [...entry.values] }));
  askChart(ctx, entry, { ...draft });
  const chosen = answer?.choice[0];
  const picked = entry.options.find((one) => one.id === chosen);
  return [
    entry.measures.length > 1 && pressRow("What the bars show",
      entry.measures.map((one) => ({ ...one, id: `measure-${one.id}` })), {
        chosen: `measure-${draft.measure}`,
        onPick: (id) => {
          draft.measure = id.slice("measure-".length);
          deskOf(ctx).moved = true;
          ctx.redraw();
        },
      }),
    entry.filter && filter(ctx, entry, draft),
    pressRow(entry.question, entry.options, {
      chosen, wide: true,
      describe: (one, pressed) => pressed && icon(one.correct ? "right" : "wrong"),
      onPick: (id) => ctx.record(entry.id, { choice: [id], first: answer?.first ?? [id] }),
    }),
    picked && feedback(picked.correct ? "right" : "wrong", picked.correct ? "Yes" : "Tempting, but no",
      [picked.feedback], sources(entry.refs, ctx.spec)),
  ];
}

const VIEWS = { predict, size, bars };

const isRight = (entry, answer) => ({
  predict: () => entry.groups.every((one) => verdict(answer.guess[one.id], one, entry.near) === "near"),
  size: () => answer.first === entry.target,
  bars: () => entry.options.find((one) => one.id === answer.first[0])?.correct === true,
})[entry.view]();

export default activity({
  setup,
  right: isRight,
  item(ctx, entry, answer) {
    const head = uid("view");
    return h("div", { class: "sl-view", "data-start": "", role: "group", "aria-labelledby": head },
      h("p", { class: "sl-viewhead", id: head }, entry.intro ?? entry.question),
      entry.intro && entry.view !== "bars" && h("p", {}, entry.question),
      VIEWS[entry.view](ctx, entry, answer),
      h("p", { class: "sl-chartnote sl-soft" }, deskOf(ctx).note));
  },
});
