// choose: a question and its options; every option has its own answer, right or wrong.
import { CONFIDENCE, activity, button, feedback, h, icon, pressRow, radioRow, sources } from "./shell.js";
import { keptCard } from "./card.js";

const picks = (answer) => answer?.choice ?? [];
const isRight = (entry, chosen) =>
  entry.options.every((one) => one.correct === chosen.includes(one.id));

function reasons(ctx, entry, chosen) {
  const right = isRight(entry, chosen);
  const some = chosen.some((id) => entry.options.find((one) => one.id === id)?.correct);
  const missed = entry.options.filter((one) => one.correct && !chosen.includes(one.id));
  const tone = right ? "right" : ctx.spec.multi && some ? "near" : "wrong";
  const title = { right: "Yes", near: "Part of it", wrong: "Tempting, but no" }[tone];
  const said = chosen.map((id) => entry.options.find((one) => one.id === id)?.feedback);
  return feedback(tone, title, said,
    ctx.spec.multi && missed.length
      ? h("p", {}, h("b", {}, "Also: "), missed.map((one) => one.feedback).join(" ")) : undefined,
    sources(entry.refs, ctx.spec));
}

/** One press, one answer; pressing another option shows what that one would have said. */
function practice(ctx, entry, answer) {
  const chosen = picks(answer)[0];
  const first = answer?.first?.[0] ?? chosen;
  return [
    pressRow(entry.question, entry.options, {
      chosen, wide: true,
      describe: (one, pressed) => pressed && icon(one.correct ? "right" : "wrong"),
      onPick: (id) => ctx.record(entry.id, { choice: [id], first: [first ?? id] }),
    }),
    chosen && reasons(ctx, entry, [chosen]),
  ];
}

/** Several right options, or one with a confidence: picked first, sent with one button. */
function considered(ctx, entry, answer) {
  const { multi, confidence } = ctx.spec;
  const draft = answer ?? ctx.draft(entry.id, { choice: [] });
  const sent = answer !== undefined;
  const choose = (id) => {
    if (sent) return;
    if (!multi) draft.choice = [id];
    else if (draft.choice.includes(id)) draft.choice = draft.choice.filter((one) => one !== id);
    else draft.choice = [...draft.choice, id];
    refresh();
  };
  const send = button("Check", () => {
    if (!ready()) return;
    ctx.forget(entry.id); // "start again" begins with an empty page
    ctx.record(entry.id, { choice: draft.choice, first: draft.choice, ...(confidence && { sure: draft.sure }) });
  }, { kind: "is-main", name: "check", "data-focus": "check" });
  const ready = () => draft.choice.length > 0 && (!confidence || draft.sure !== undefined);
  const refresh = () => send.setAttribute("aria-disabled", String(!ready()));
  refresh();
  const options = entry.options.map((one) => ({ ...one, label: one.text }));
  return [
    multi
      ? pressMany(entry, options, draft, choose, sent)
      : radioRow(entry.question, options, { chosen: draft.choice[0], onPick: choose, disabled: sent }),
    confidence && radioRow("How sure are you?", CONFIDENCE, {
      chosen: draft.sure && String(draft.sure), compact: true, disabled: sent,
      onPick: (id) => {
        draft.sure = Number(id);
        refresh();
      },
    }),
    sent ? reasons(ctx, entry, draft.choice) : send,
  ];
}

function pressMany(entry, options, draft, choose, sent) {
  const row = h("div", { class: "sl-options wide" }, options.map((one) => {
    const input = h("input", {
      type: "checkbox", "data-option": one.id, disabled: sent, on: { change: () => choose(one.id) },
    });
    input.checked = draft.choice.includes(one.id);
    return h("label", { class: "sl-opt" }, input, h("span", {}, one.label));
  }));
  return h("fieldset", { class: "sl-set" }, h("legend", {}, entry.question), row);
}

export default activity({
  right: (entry, answer) => isRight(entry, answer.first ?? answer.choice),
  item(ctx, entry, answer) {
    const { multi, confidence } = ctx.spec;
    const asked = (multi || confidence ? considered : practice)(ctx, entry, answer);
    const post = entry.post && ctx.spec.posts[entry.post];
    return h("div", { class: post ? "sl-two" : "sl-one", "data-start": "" },
      post && keptCard(ctx, post),
      h("div", {}, entry.quote && h("blockquote", { class: "sl-quote" }, entry.quote), ...asked));
  },
});
