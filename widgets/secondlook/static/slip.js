// The answer code of one test: large, in groups of four, to read out, copy, write down or scan.
import { button, h } from "./shell.js";

function render({ model, el }) {
  const told = h("p", { class: "sl-told", role: "status" });
  const code = h("p", { class: "sl-bigcode", translate: "no" });
  const picture = h("div", { class: "sl-qr" });
  const wait = h("p", { class: "sl-soft" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(model.get("code"));
      told.textContent = "Copied.";
    } catch {
      told.textContent = "This browser did not copy it. Press on the code, it is marked whole, and copy it by hand.";
    }
  };
  const shown = h("div", { class: "sl-slipgrid" },
    h("div", {}, h("p", { class: "sl-lead" }, "Your answer code for this test"), code,
      h("p", {}, "For when a file cannot travel. Read it out, write it down, or let your teacher scan it. No letter O, I, L or U is in it, so a 0 is a zero and a 1 is a one."),
      h("p", { class: "sl-soft" }, "It holds your made-up code and your answers to this test, and nothing else."),
      h("div", { class: "sl-row" }, button("Copy the code", copy, { "data-focus": "copy" })), told),
    picture);
  const draw = () => {
    const there = model.get("code");
    code.replaceChildren(...there.split(" ").flatMap((group, at) => [at ? " " : "", h("span", {}, group)]));
    picture.innerHTML = model.get("qr"); // drawn by the course itself, see slip.py
    wait.textContent = model.get("said");
    shown.hidden = !there;
    wait.hidden = Boolean(there);
    told.textContent = "";
  };
  el.replaceChildren(h("section", { class: "sl-page sl-slip", "aria-label": "Answer code" }, wait, shown));
  model.on("change:code change:said", draw);
  draw();
  return () => model.off("change:code change:said", draw);
}

export default { render };
