// assessment: a test. Twenty posts and twenty questions, answers that may change until "Done", and
// nothing about right and wrong before. The result is counted here, so that it needs no kernel.
import { CONFIDENCE, activity, button, feedback, h, icon, radioRow, sources } from "./shell.js";
import { keptCard } from "./card.js";
import { CALLS, isGood, leaning, sideBars, tallied, twoSided, verdict } from "./verdict.js";
import { LEANS, chart, counted, reading } from "./curve.js";

const FINISHED = "finished"; // as in forms.py
const isPost = (entry) => entry.part === "post";
const handedIn = (get) => get(FINISHED) !== undefined;
const isHit = (entry, answer) => (answer.call ?? answer.pick) === entry.right;

/** "Post 3 of 20", "Compared with what · question 2 of 4". */
function placeOf(spec, entry) {
  const same = spec.items.filter((one) => one.part === entry.part);
  const which = `${same.indexOf(entry) + 1} of ${same.length}`;
  return isPost(entry) ? `Post ${which}` : `${spec.parts[entry.part]} · question ${which}`;
}

// --- asking --------------------------------------------------------------------------------------

/** Both halves make the answer; either may change until the end. */
function askPost(ctx, entry, answer) {
  const draft = answer ? { ...answer } : ctx.draft(entry.id);
  const pick = (half) => (value) => {
    draft[half] = half === "sure" ? Number(value) : value;
    if (draft.call && draft.sure) ctx.record(entry.id, { call: draft.call, sure: draft.sure });
    else ctx.say(draft.call ? "Now say how sure you are." : "Now make your call.");
  };
  return [
    radioRow("1. Your call", CALLS, { chosen: draft.call, onPick: pick("call") }),
    radioRow("2. How sure are you?", CONFIDENCE, {
      chosen: draft.sure && String(draft.sure), compact: true, onPick: pick("sure"),
    }),
  ];
}

const askQuestion = (ctx, entry, answer) => radioRow(entry.question,
  entry.options.map((one) => ({ id: one.id, label: one.text })),
  { chosen: answer?.pick, wide: true, onPick: (pick) => ctx.record(entry.id, { pick }) });

const quoteOf = (entry) => entry.quote && h("blockquote", { class: "sl-quote" }, entry.quote);

function asked(ctx, entry, answer) {
  const place = h("p", { class: "sl-place" }, placeOf(ctx.spec, entry));
  if (isPost(entry)) {
    return h("div", { class: "sl-two sl-judge", "data-start": "" },
      keptCard(ctx, ctx.spec.posts[entry.post]), h("div", {}, place, askPost(ctx, entry, answer)));
  }
  return h("div", { class: "sl-one", "data-start": "" }, place, quoteOf(entry), askQuestion(ctx, entry, answer));
}

// --- telling, once it is handed in ---------------------------------------------------------------

const callOf = ({ call, sure }) => `You ${call === "trust" ? "trusted" : "questioned"} it, ${sure}% sure.`;

function toldPost(ctx, entry, answer) {
  const post = ctx.spec.posts[entry.post];
  return h("div", { class: "sl-two sl-judge", "data-start": "" }, keptCard(ctx, post),
    h("div", {}, h("p", { class: "sl-place" }, placeOf(ctx.spec, entry)),
      h("p", { class: "sl-yours" }, answer ? callOf(answer) : "You left this one open."),
      verdict(ctx.spec, post, answer)));
}

function toldQuestion(ctx, entry, answer) {
  const option = (id) => entry.options.find((one) => one.id === id);
  const best = option(entry.right);
  const hit = answer && isHit(entry, answer);
  const tone = !answer ? "note" : hit ? "right" : "wrong";
  const title = { note: "Left open", right: "Yes", wrong: "Tempting, but no" }[tone];
  return h("div", { class: "sl-one", "data-start": "" },
    h("p", { class: "sl-place" }, placeOf(ctx.spec, entry)), quoteOf(entry),
    h("p", { class: "sl-asked" }, entry.question),
    h("p", { class: "sl-yours" }, answer ? ["You picked: ", h("b", {}, option(answer.pick).text)] : "You left this one open."),
    feedback(tone, title, [answer && option(answer.pick).feedback],
      !hit && h("p", {}, h("b", {}, "We would pick: "), `${best.text} `), !hit && h("p", {}, best.feedback),
      sources(entry.refs, ctx.spec)));
}

const told = (ctx, entry, answer) => (isPost(entry) ? toldPost : toldQuestion)(ctx, entry, answer);

/** One item as a line that opens. What is inside is made when it is first opened: 20 cards are many. */
function line(ctx, entry) {
  const answer = ctx.answer(entry.id);
  const [drawn, how] = !answer ? ["note", "left open"] : isHit(entry, answer) ? ["right", "as we would"] : ["wrong", "worth a second look"];
  const name = isPost(entry) ? `@${ctx.spec.posts[entry.post].creator.handle}` : entry.question;
  const inside = h("div", { class: "sl-inside" });
  const box = h("details", { class: "sl-more", "data-item": entry.id, on: {
    toggle: () => box.open && !inside.childElementCount && inside.append(told(ctx, entry, answer)),
  } }, h("summary", {}, icon(drawn), h("span", {}, name, h("small", {}, how))), inside);
  return box;
}

function partOf(ctx, part, heading) {
  const entries = ctx.spec.items.filter((one) => one.part === part);
  const hits = entries.filter((one) => ctx.answer(one.id) && isHit(one, ctx.answer(one.id))).length;
  return h("details", { class: "sl-more sl-testpart", "data-part": part },
    h("summary", {}, h("span", {}, heading), h("b", { class: "sl-hits-of" }, `${hits} of ${entries.length}`)),
    h("div", { class: "sl-lines-of" }, entries.map((entry) => line(ctx, entry))));
}

/** Both shares that were trusted, side by side: learning parts the two, suspicion lowers both. */
function trustedOfEach({ sound, unsound }) {
  const trusted = unsound.all - unsound.good;
  return `You trusted ${sound.good} of ${sound.all} sound and ${trusted} of ${unsound.all} unsound posts.`;
}

function result(ctx) {
  const { spec } = ctx;
  const posts = spec.items.filter((one) => isPost(one) && ctx.answer(one.id))
    .map((one) => [spec.posts[one.post], ctx.answer(one.id)]);
  const sides = tallied(posts);
  const curve = counted(posts.map(([post, answer]) => [answer.sure, isGood(post, answer)]), spec);
  const open = spec.items.filter((one) => !ctx.isDone(one)).length;
  const part = Object.entries(spec.parts);
  return h("div", { class: "sl-result" },
    h("div", { class: "sl-sum", "data-start": "" },
      h("h4", {}, "Handed in. Here is what you did"),
      h("div", { class: "sl-tally" }, h("p", { class: "sl-both" }, h("b", {}, trustedOfEach(sides))),
        sideBars(sides), h("p", {}, twoSided(sides)),
        leaning(sides) && h("p", {}, leaning(sides)),
        open > 0 && h("p", { class: "sl-soft" }, `You left ${open} open. That is allowed.`)),
      h("p", { class: "sl-soft" }, "This is not a grade. Your answers stay as they are.")),
    h("h4", {}, `How sure, and how right: ${LEANS[curve.lean].toLowerCase()}`),
    h("p", {}, reading(curve)),
    curve.n > 0 && chart(curve),
    h("h4", {}, "Every item, with the reason and where it comes from"),
    h("p", { class: "sl-soft" }, "Open a part, then an item. The number says how often you and our reasons agreed."),
    part.map(([key, heading]) => partOf(ctx, key, heading)));
}

/** The last page before the end: what is still open, and the one button that cannot be taken back. */
function handIn(ctx) {
  const { items } = ctx.spec;
  const open = items.filter((one) => !ctx.isDone(one));
  const finish = () => {
    ctx.record(FINISHED, { form: ctx.spec.form, edition: ctx.spec.edition });
    ctx.go(items.length);
    ctx.say(ctx.spec.said.done);
  };
  return h("div", { class: "sl-sum", "data-start": "" },
    h("h4", {}, open.length ? `${open.length} of ${items.length} still open` : `All ${items.length} answered`),
    h("p", {}, "Press Done when you are done. From then on your answers stay as they are, and you see what each post and each question was about, with the reason."),
    open.length > 0 && h("p", { class: "sl-soft" }, `Open: ${open.slice(0, 3).map((one) => placeOf(ctx.spec, one)).join(", ")}${open.length > 3 ? ` and ${open.length - 3} more` : ""}. You can leave them open, and nobody asks why.`),
    h("div", { class: "sl-row" },
      open.length > 0 && button("Go to the first open one", () => ctx.go(items.indexOf(open[0])), { "data-focus": "first-open" }),
      button(open.length ? `Done, and leave ${open.length} open` : "Done", finish, { kind: "is-main", name: "check", "data-focus": "done" })));
}

const kind = activity({
  skip: "Skip",
  closed: handedIn,
  item: (ctx, entry, answer) => (handedIn(ctx.answer) ? told : asked)(ctx, entry, answer),
  last: (ctx) => (handedIn(ctx.answer) ? result : handIn)(ctx),
});

/** "Load my work" may bring the other form along: then all is drawn anew. */
export { counted };

export default {
  render(view) {
    let stop = kind.render(view);
    const again = () => {
      stop();
      stop = kind.render(view);
    };
    view.model.on("change:spec", again);
    return () => {
      view.model.off("change:spec", again);
      stop();
    };
  },
};
