// plan: step by step for an invented person; the card at the end reads the plan back.
import { activity, feedback, h, icon, pressRow, sources, uid } from "./shell.js";

const option = (entry, id) => entry.options.find((one) => one.id === id);
const parts = (line) => [
  line.phone && `call ${line.phone}`, line.text && `text ${line.text}`, line.web, line.hours,
].filter(Boolean).join(" · ");

/** The help lines of one country. What is chosen here stays on the page: it is nobody's answer. */
function finder(ctx, entry) {
  const draft = ctx.draft(`${entry.id}-country`, { code: "" });
  const name = uid("country");
  const { countries, directory, checked } = ctx.spec.help;
  const found = h("div", { class: "sl-lines", role: "status" });
  const fill = () => {
    const one = countries.find((country) => country.code === draft.code);
    found.replaceChildren(...(one
      ? [h("ul", {}, one.lines.map((line) => h("li", {}, h("b", {}, line.name), ` (${line.who_for}): ${parts(line)}`))),
        h("p", {}, `In danger now: call ${one.emergency ?? "your local emergency number"}.`)]
      : [h("p", {}, "Pick a country and see its lines. For any other: ", directory.web)]),
    h("p", { class: "sl-soft" }, `Numbers last checked on ${checked}.`));
  };
  const select = h("select", { id: name, "data-focus": "country", on: { change: () => {
    draft.code = select.value;
    fill();
  } } }, h("option", { value: "" }, "Choose a country"),
  countries.map((one) => h("option", { value: one.code }, one.country)));
  select.value = draft.code;
  fill();
  return h("div", { class: "sl-finder" }, h("label", { for: name }, "Help finder"), select, found);
}

export default activity({
  right: (entry, answer) => option(entry, answer.first).works,
  item(ctx, entry, answer) {
    const chosen = answer && option(entry, answer.choice);
    return h("div", { class: "sl-one", "data-start": "" },
      entry.finder && finder(ctx, entry),
      pressRow(entry.question, entry.options, {
        chosen: answer?.choice, wide: true,
        describe: (one, pressed) => pressed && icon(one.works ? "right" : "near"),
        onPick: (id) => ctx.record(entry.id, { choice: id, first: answer?.first ?? id }),
      }),
      chosen && feedback(chosen.works ? "right" : "near",
        chosen.works ? "That can go in the plan" : "Not the strongest step", [chosen.feedback],
        sources(entry.refs, ctx.spec)));
  },
  summary(ctx, done) {
    return h("div", { class: "sl-plan-card" }, h("h5", {}, ctx.spec.card),
      h("dl", {}, done.map((entry) => [
        h("dt", {}, entry.name), h("dd", {}, option(entry, ctx.answer(entry.id).choice).says)])),
      h("p", { class: "sl-soft" }, ctx.spec.after));
  },
});
