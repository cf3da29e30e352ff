// reword: a dial from the strongest wording to the softest. As it turns, the evidence that the
// wording would need grows or shrinks; then the learner says which one to post.
import { activity, button, feedback, h, sources, uid } from "./shell.js";

function dial(ctx, entry, answer) {
  const { steps } = entry;
  const view = ctx.draft(entry.id, { at: Math.max(0, steps.findIndex((one) => one.id === answer?.step)) });
  const most = Math.max(...steps.map((one) => one.strength));
  const quote = h("blockquote", { class: "sl-line" });
  const needs = h("p", {});
  const blocks = h("div", { class: "sl-blocks", "aria-hidden": "true" },
    Array.from({ length: most }, () => h("i")));
  const name = uid("dial");
  const inputs = steps.map((one, index) => h("input", {
    type: "radio", name, value: one.id, "data-option": one.id, on: { change: () => turn(index) },
  }));
  const softer = button("Softer", () => turn(Math.min(steps.length - 1, view.at + 1)), { "data-focus": "softer" });
  const stronger = button("Stronger", () => turn(Math.max(0, view.at - 1)), { "data-focus": "stronger" });
  const show = () => {
    const one = steps[view.at];
    quote.textContent = one.text;
    needs.replaceChildren(h("b", {}, "It would need: "), one.evidence);
    [...blocks.children].forEach((block, index) => block.classList.toggle("is-on", index < one.strength));
    inputs.forEach((input, index) => (input.checked = index === view.at));
    stronger.setAttribute("aria-disabled", String(view.at === 0));
    softer.setAttribute("aria-disabled", String(view.at === steps.length - 1));
    const picked = answer?.step === one.id;
    post.setAttribute("aria-disabled", String(picked));
    post.querySelector("span").textContent = picked ? "You picked this one" : "This is the one I'd post";
    reply.replaceChildren(...(picked ? [told(ctx, entry, one)] : []));
  };
  const turn = (to) => {
    if (to === view.at) return;
    view.at = to;
    show();
    ctx.say(`${steps[to].text} It would need: ${steps[to].evidence}`);
  };
  const post = button("This is the one I'd post", () => {
    const { id } = steps[view.at];
    if (answer?.step !== id) ctx.record(entry.id, { step: id, first: answer?.first ?? id });
  }, { kind: "is-main", name: "check", "data-focus": "check" });
  const reply = h("div");
  const notches = h("div", { class: "sl-notches" }, steps.map((one, index) =>
    h("label", { class: "sl-notch" }, inputs[index],
      h("span", { class: "sl-weight", style: `--part:${one.strength / most}`, "aria-hidden": "true" }),
      h("span", { class: "sl-only" }, one.text))));
  show();
  return [
    h("div", { class: "sl-dial" },
      h("fieldset", { class: "sl-set" }, h("legend", {}, "How strong?"), stronger, notches, softer),
      h("div", { class: "sl-reading" }, quote, h("div", { class: "sl-needs" }, needs, blocks)),
      h("div", { class: "sl-decide" }, post)),
    reply,
  ];
}

/** Steps run from strong to soft: what comes after the last one that fits says too little. */
function fit(entry, one) {
  if (one.fits) return "fits";
  const last = entry.steps.findLastIndex((step) => step.fits);
  return entry.steps.indexOf(one) > last ? "less" : "more";
}
const TITLE = {
  fits: "This one fits what is known",
  more: "More than the evidence can carry",
  less: "Less than the evidence shows",
};
const SHORT = { fits: "fits what is known", more: "says more than is known", less: "says less than is known" };

const told = (ctx, entry, one) => feedback(one.fits ? "right" : "wrong", TITLE[fit(entry, one)], [one.feedback],
  h("p", {}, h("b", {}, "What is known: "), entry.known), sources(entry.refs, ctx.spec));

export default activity({
  right: (entry, answer) => entry.steps.find((one) => one.id === answer.first)?.fits,
  item: (ctx, entry, answer) => h("div", { class: "sl-one", "data-start": "" },
    h("p", { class: "sl-question" }, entry.question), dial(ctx, entry, answer)),
  summary(ctx, done) {
    return h("div", {}, h("p", {}, "Your wordings:"), h("ul", { class: "sl-guesses" }, done.map((entry) => {
      const one = entry.steps.find((step) => step.id === ctx.answer(entry.id).step);
      return h("li", {}, one.text, h("small", {}, SHORT[fit(entry, one)]));
    })));
  },
});
