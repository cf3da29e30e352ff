// form: what an invented person typed; untick a field and see which places no longer get it. The
// map is drawn from what is ticked; feedback comes when the form is sent.
import { activity, button, feedback, h, icon, sources } from "./shell.js";

const needed = (entry) => entry.fields.filter((one) => one.needed);
const inOrder = (entry, kept) => entry.fields.filter((one) => kept.includes(one.id)).map((one) => one.id);
const same = (one, other) => one.length === other.length && one.every((id) => other.includes(id));
const count = (n) => (n === 1 ? "1 field" : `${n} fields`);

/** What a sent form comes to: "fewest", "more" than the result needs, or "missing" some of it. */
export function outcome(entry, kept) {
  if (!needed(entry).every((one) => kept.includes(one.id))) return "missing";
  return kept.length > needed(entry).length ? "more" : "fewest";
}

const TOLD = {
  fewest: ["right", "Sent, with nothing to spare"],
  more: ["near", "Sent, with more than it took"],
  missing: ["wrong", "Too little to get what was wanted"],
};

function row(ctx, entry, one, draft) {
  const on = draft.kept.includes(one.id);
  const input = h("input", {
    type: "checkbox", "data-option": one.id,
    on: {
      change: () => {
        draft.kept = inOrder(entry, on ? draft.kept.filter((id) => id !== one.id) : [...draft.kept, one.id]);
        ctx.redraw();
        const names = one.goes.map((id) => ctx.spec.places.find((place) => place.id === id).label).join(", ");
        ctx.say(on ? `${one.label}: left blank. No longer with: ${names}.` : `${one.label}: kept. Could go to: ${names}.`);
      },
    },
  });
  input.checked = on;
  return h("label", { class: on ? "sl-formrow" : "sl-formrow is-blank" }, input,
    h("span", {}, h("small", {}, one.label), on ? one.value : h("b", { class: "sl-ink" }, "left blank")));
}

/** Who could get what, place by place; the same in words for everybody. */
function map(ctx, entry, kept) {
  const lands = (place) => [
    ...(entry.always ?? []).filter((one) => one.goes.includes(place)).map((one) => h("li", { class: "is-always" }, one.label, h("small", {}, "always"))),
    ...entry.fields.filter((one) => kept.includes(one.id) && one.goes.includes(place)).map((one) => h("li", {}, one.label)),
  ];
  return h("table", { class: "sl-leaks" },
    h("caption", {}, "Where it could go"),
    h("tbody", {}, ctx.spec.places.map((place) => {
      const found = lands(place.id);
      return h("tr", { "data-place": place.id },
        h("th", { scope: "row" }, place.label, h("small", {}, place.hint)),
        h("td", {}, found.length ? h("ul", {}, found) : h("span", { class: "sl-none" }, icon("close"), "nothing")));
    })));
}

/** The map in one line, for a screen on which the form has pushed the map out of sight. */
const tally = (ctx, entry, kept) => h("p", { class: "sl-formtally", "aria-hidden": "true" }, ctx.spec.places.map((place) => {
  const lands = entry.fields.filter((one) => kept.includes(one.id) && one.goes.includes(place.id)).length;
  return h("span", {}, place.label, h("b", {}, String(lands)));
}));

/** Each field with its reason; what was done the other way comes first. */
function reasons(entry, kept) {
  const line = (one) => {
    const on = kept.includes(one.id);
    return h("li", { "data-agreed": String(on === one.needed) }, icon(on === one.needed ? "right" : "near"), h("span", {},
      h("b", {}, `${one.label}, ${on ? "kept" : "left blank"}. `),
      one.feedback[on ? "kept" : "blank"]));
  };
  const agreed = (one) => kept.includes(one.id) === one.needed;
  return h("div", { class: "sl-fields-told" }, h("h4", {}, "Field by field"),
    h("ul", {}, [...entry.fields.filter((one) => !agreed(one)), ...entry.fields.filter(agreed)].map(line)));
}

export default activity({
  right: (entry, answer) => outcome(entry, answer.first) === "fewest",
  item(ctx, entry, answer) {
    const draft = ctx.draft(entry.id, { kept: answer?.kept ?? entry.fields.map((one) => one.id) });
    const sent = answer && same(answer.kept, draft.kept);
    const [tone, title] = answer ? TOLD[outcome(entry, answer.kept)] : [];
    const form = h("fieldset", { class: "sl-form" },
      h("legend", {}, entry.name, h("small", {}, `invented form, filled in by ${ctx.spec.who}`)),
      entry.fields.map((one) => row(ctx, entry, one, draft)),
      h("p", { class: "sl-print" }, entry.print));
    return h("div", { class: "sl-forms", "data-start": "" },
      h("p", { class: "sl-scene" }, entry.scene),
      h("p", { class: "sl-wants" }, entry.wants),
      h("div", { class: "sl-formgrid" },
        h("div", {}, form, tally(ctx, entry, draft.kept)),
        h("div", {}, map(ctx, entry, draft.kept),
          h("p", { class: "sl-soft" }, `${draft.kept.length} of ${count(entry.fields.length)} kept.`))),
      !sent && button(answer ? "Send it again" : "Send the form", () => {
        ctx.record(entry.id, { kept: draft.kept, first: answer?.first ?? draft.kept });
      }, { kind: "is-main", name: "share", "data-focus": "check" }),
      sent && feedback(tone, title, [entry.feedback[outcome(entry, answer.kept)]], sources(entry.refs, ctx.spec)),
      sent && reasons(entry, answer.kept));
  },
  summary(ctx, done) {
    return h("div", { class: "sl-formsum" },
      h("ul", {}, done.map((entry) => h("li", {}, h("b", {}, `${entry.name}: `),
        `first sent with ${ctx.answer(entry.id).first.length} of ${count(entry.fields.length)}; ${needed(entry).length} would do.`))),
      h("p", {}, ctx.spec.after));
  },
});
