// calibration: a guess first, then how sure the learner was beside how often that was right, over all
// lessons: counts, a small plot with its table, and both sides of the calls. No grade.
import { activity, button, feedback, h, icon, pressRow } from "./shell.js";
import { LEANS, chart, reading } from "./curve.js";

const current = (ctx) => {
  const counted = ctx.model.get("curve");
  return counted && "bins" in counted ? counted : ctx.spec.curve;
};

function result(ctx, entry, answer) {
  const curve = current(ctx);
  const drawn = curve.n >= curve.fewest;
  const guessed = entry.options.find((one) => one.id === answer.guess).text;
  return [
    feedback("note", LEANS[curve.lean],
      [reading(curve), drawn && `Your guess was: ${guessed}`, entry.feedback[curve.lean], drawn && curve.sides]),
    curve.n > 0 && chart(curve),
    button("Count again", () => {
      ctx.record(entry.id, answer);
    }, { name: "redo", "data-focus": "count" }),
  ].filter(Boolean);
}

export default activity({
  setup(ctx, root) {
    ctx.model.on("change:curve", () => {
      if (!root.isConnected) return;
      ctx.redraw();
      const said = root.querySelector(".sl-fb");
      if (said) ctx.say(said.innerText);
    });
  },
  item(ctx, entry, answer) {
    return h("div", { class: "sl-one", "data-start": "" },
      pressRow(entry.question, entry.options, {
        chosen: answer?.guess, wide: true, describe: (one, pressed) => pressed && icon("check"),
        onPick: (guess) => ctx.record(entry.id, { guess }),
      }),
      answer && result(ctx, entry, answer));
  },
});
