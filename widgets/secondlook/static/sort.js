// sort: one line at a time goes into a bin; every bin says why a person would put it there.
import { activity, feedback, h, icon, pressRow, sources } from "./shell.js";

const binOf = (ctx, id) => ctx.spec.bins.find((one) => one.id === id);

function told(ctx, entry, answer) {
  const right = answer.bin === entry.answer;
  const { label } = binOf(ctx, answer.bin);
  return feedback(right ? "right" : "wrong", right ? `Yes: ${label}` : `Not quite: ${label}`,
    [entry.feedback[answer.bin]], sources(entry.refs, ctx.spec));
}

export default activity({
  right: (entry, answer) => answer.first === entry.answer,
  item(ctx, entry, answer) {
    return h("div", { class: "sl-one sl-sort", "data-start": "" },
      h("blockquote", { class: "sl-line" }, entry.text),
      pressRow("Where does it go?", ctx.spec.bins, {
        chosen: answer?.bin,
        describe: (one, pressed) => pressed && icon(one.id === entry.answer ? "right" : "wrong"),
        onPick: (id) => ctx.record(entry.id, { bin: id, first: answer?.first ?? id }),
      }),
      answer && told(ctx, entry, answer));
  },
  summary(ctx, done) {
    const agreed = done.filter((entry) => ctx.answer(entry.id).first === entry.answer).length;
    const row = (entry) => {
      const { first } = ctx.answer(entry.id);
      const same = first === entry.answer;
      return h("li", {}, icon(same ? "right" : "wrong"), h("span", {}, entry.text,
        h("small", {}, same ? "You said so too." : `You first said: ${binOf(ctx, first).label}.`)));
    };
    return h("div", { class: "sl-bins" },
      h("p", {}, `You and our reasons agreed on ${agreed} of ${done.length} at first sight.`),
      ctx.spec.bins.map((one) => {
        const inside = done.filter((entry) => entry.answer === one.id);
        return inside.length > 0 && h("section", {}, h("h5", {}, one.label), h("ul", {}, inside.map(row)));
      }).filter(Boolean));
  },
});
