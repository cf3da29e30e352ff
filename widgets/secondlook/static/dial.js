// A number with three handles: a slider, two buttons, and typing.
import { h } from "./shell.js";

/** A number set by slider, by its two buttons or by typing; all three show the same value. */
export function dial({ label, text, id, values, value, disabled, unit, onChange }) {
  let at = values.indexOf(value);
  const spoken = () => `${values[at]} ${unit}`;
  const range = h("input", {
    type: "range", min: 0, max: values.length - 1, step: 1, "aria-label": label, disabled,
    "data-focus": `${id}-range`, on: { input: () => to(Number(range.value)) },
  });
  const typed = h("input", {
    type: "number", min: values[0], max: values.at(-1), step: "any", inputmode: "numeric",
    "aria-label": `${label}, typed`, disabled, "data-focus": `${id}-typed`, on: { change: () => near() },
  });
  const step = (name, by, sign) => h("button", {
    type: "button", class: "sl-btn sl-nudge", "aria-label": `${label}: ${name}`, disabled,
    "data-focus": `${id}-${name}`, on: { click: () => to(at + by) },
  }, h("span", { "aria-hidden": "true" }, sign));
  const less = step("less", -1, "−");
  const more = step("more", 1, "+");
  const show = () => {
    range.value = at;
    range.setAttribute("aria-valuetext", spoken());
    typed.value = values[at];
  };
  function to(where) {
    at = Math.min(values.length - 1, Math.max(0, where));
    show();
    onChange(values[at]);
  }
  // A typed number that is not on the scale goes to the nearest one that is.
  function near() {
    const wish = Number(typed.value);
    if (typed.value === "" || Number.isNaN(wish)) return show();
    const gaps = values.map((one) => Math.abs(one - wish));
    to(gaps.indexOf(Math.min(...gaps)));
  }
  show();
  return h("div", { class: "sl-knob", role: "group", "aria-label": label },
    text && h("p", { class: "sl-knoblabel" }, text),
    h("div", { class: "sl-knobrow" }, less, range, more, h("span", { class: "sl-typed" }, typed, ` ${unit}`)));
}
