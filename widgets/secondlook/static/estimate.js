// estimate: a guess, locked in, then the published figure beside it on a scale.
import { activity, button, feedback, h, sources, uid } from "./shell.js";

const plain = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });
const withUnit = (value, { unit }) => plain(value) + (unit.length < 2 ? unit : ` ${unit}`);

/** The nearest number inside the range and on its steps. */
function snap(value, { min, max, step }) {
  const on = min + Math.round((Math.min(max, Math.max(min, value)) - min) / step) * step;
  return Number(Math.min(max, on).toFixed(6));
}

function controls(ctx, entry) {
  const draft = ctx.draft(entry.id);
  const { min, max, step, unit } = entry;
  const number = h("input", {
    type: "number", id: uid("guess"), class: "sl-number", min, max, step, inputmode: "decimal",
    "aria-describedby": uid("range"), "data-focus": "number",
    on: {
      input: () => {
        // What is half typed stays as it is; it only counts when it is in the range.
        const typed = number.value === "" ? NaN : Number(number.value);
        draft.value = typed >= min && typed <= max ? snap(typed, entry) : undefined;
        refresh(false);
      },
      change: () => {
        if (number.value !== "") set(Number(number.value));
      },
      keydown: (event) => {
        if (event.key === "Enter") lock.click();
      },
    },
  });
  const range = h("input", {
    type: "range", class: "sl-range", min, max, step, "aria-label": "Your guess, as a slider", "data-focus": "range",
    on: { input: () => set(Number(range.value)) },
  });
  const by = (turn, label, sign) => h("button", {
    type: "button", class: "sl-btn sl-round", "aria-label": label, "data-focus": label,
    on: { click: () => set((draft.value ?? middle) + turn * step) },
  }, h("span", { "aria-hidden": "true" }, sign));
  const lock = button("Lock in my guess", () => {
    if (draft.value === undefined) {
      ctx.say("Make a guess first.");
      return;
    }
    ctx.forget(entry.id);
    ctx.record(entry.id, { value: draft.value });
  }, { kind: "is-main", name: "check", "data-focus": "check" });
  const middle = snap((min + max) / 2, entry);
  const refresh = (write = true) => {
    const there = draft.value !== undefined;
    if (write) number.value = there ? draft.value : "";
    range.value = draft.value ?? middle;
    range.setAttribute("aria-valuetext", there ? withUnit(draft.value, entry) : "no guess yet");
    range.classList.toggle("is-open", !there);
    lock.setAttribute("aria-disabled", String(!there));
  };
  const set = (value) => {
    draft.value = snap(value, entry);
    refresh();
  };
  refresh();
  return [
    h("div", { class: "sl-guess" },
      h("label", { for: number.id }, "Your guess"),
      h("div", { class: "sl-dialrow" }, by(-1, "One step lower", "−"),
        h("span", { class: "sl-numberbox" }, number, unit && h("span", { "aria-hidden": "true" }, unit)),
        by(1, "One step higher", "+")),
      h("div", { class: "sl-rangerow" }, h("span", { "aria-hidden": "true" }, withUnit(min, entry)), range,
        h("span", { "aria-hidden": "true" }, withUnit(max, entry))),
      h("p", { class: "sl-only", id: number.getAttribute("aria-describedby") },
        `Between ${withUnit(min, entry)} and ${withUnit(max, entry)}.`)),
    lock,
  ];
}

function scale(entry, value) {
  const { min, max, truth, near } = entry;
  const at = (one) => (100 * (Math.min(max, Math.max(min, one)) - min)) / (max - min);
  const pin = (one, name, kind) => h("div", { class: `sl-pin ${kind}`, style: `--at:${at(one)}` },
    h("span", {}, `${name} `, h("b", {}, withUnit(one, entry))), h("i"));
  const band = `left:${at(truth - near)}%;right:${100 - at(truth + near)}%`;
  return h("div", {
    class: "sl-scale", role: "img",
    "aria-label": `A scale from ${withUnit(min, entry)} to ${withUnit(max, entry)}. `
      + `Your guess is ${withUnit(value, entry)}, the figure is ${withUnit(truth, entry)}.`,
  },
  pin(value, "You", "is-you"),
  h("div", { class: "sl-track" }, h("i", { class: "sl-near", style: band })),
  pin(truth, "Figure", "is-figure"),
  h("div", { class: "sl-ends" }, h("span", {}, withUnit(min, entry)), h("span", {}, withUnit(max, entry))));
}

const missBy = (entry, value) =>
  Math.abs(value - entry.truth) <= entry.near ? "near" : value < entry.truth ? "low" : "high";
const TITLE = { near: "Close", low: "You guessed low", high: "You guessed high" };

export default activity({
  item(ctx, entry, answer) {
    const miss = answer && missBy(entry, answer.value);
    return h("div", { class: "sl-one sl-estimate", "data-start": "" },
      h("p", { class: "sl-question" }, entry.question),
      answer ? [scale(entry, answer.value),
        feedback(miss === "near" ? "right" : "note", TITLE[miss],
          [entry.feedback[miss]], h("p", {}, h("b", {}, entry.reveal)), sources(entry.refs, ctx.spec))]
        : controls(ctx, entry));
  },
  summary(ctx, done) {
    const close = done.filter((entry) => missBy(entry, ctx.answer(entry.id).value) === "near").length;
    return h("div", {}, h("p", {}, `You came close on ${close} of ${done.length}.`),
      h("ul", { class: "sl-guesses" }, done.map((entry) => h("li", {}, entry.question,
        h("small", {}, `You ${withUnit(ctx.answer(entry.id).value, entry)}, figure ${withUnit(entry.truth, entry)}`)))));
  },
});
