// judge: a post, a call and how sure, then the reason and the source. Both sides are counted.
import { CONFIDENCE, activity, button, feedback, h, radioRow } from "./shell.js";
import { keptCard, short } from "./card.js";
import { CALLS, TITLES, leaning, sideBars, tallied, twoSided, verdict } from "./verdict.js";

/** A first look: the post without its counts, and no verdict. It comes again later, with both. */
const isFirst = (entry) => entry.counts === false;
const firstOf = (ctx, entry) =>
  isFirst(entry) ? undefined : ctx.spec.items.find((one) => isFirst(one) && one.post === entry.post);
const callText = ({ call, sure }) => `${call === "trust" ? "trust" : "question"}, ${sure}% sure`;

const tally = (ctx) => tallied(ctx.spec.items
  .filter((entry) => !isFirst(entry) && ctx.answer(entry.id))
  .map((entry) => [ctx.spec.posts[entry.post], ctx.answer(entry.id)]));

const noted = (answer) => feedback("note", "Noted", [
  `You said: ${callText(answer)}. No verdict yet. This post comes back later with its likes, and then you get the reason.`]);

function reason(ctx, entry, answer) {
  const before = firstOf(ctx, entry);
  const earlier = before && ctx.answer(before.id);
  return verdict(ctx.spec, ctx.spec.posts[entry.post], answer,
    earlier && h("p", { class: "sl-soft" }, `Without the counts you said: ${callText(earlier)}.`));
}

function form(ctx, entry, answer) {
  const draft = answer ?? ctx.draft(entry.id);
  const ready = () => draft.call !== undefined && draft.sure !== undefined;
  const send = button("Check", () => {
    if (!ready()) {
      ctx.say(draft.call ? "Say how sure you are first." : "Make your call first.");
      return;
    }
    ctx.forget(entry.id);
    ctx.record(entry.id, { call: draft.call, sure: draft.sure });
  }, { kind: "is-main", name: "check", "data-focus": "check" });
  const refresh = () => send.setAttribute("aria-disabled", String(!ready()));
  refresh();
  const disabled = answer !== undefined;
  return [
    radioRow("1. Your call", CALLS, {
      chosen: draft.call, disabled,
      onPick: (id) => {
        draft.call = id;
        refresh();
      },
    }),
    radioRow("2. How sure are you?", CONFIDENCE, {
      chosen: draft.sure && String(draft.sure), compact: true, disabled,
      onPick: (id) => {
        draft.sure = Number(id);
        refresh();
      },
    }),
    !disabled && send,
  ].filter(Boolean);
}

/** From 0 (sure to question) to 100 (sure to trust). */
const trustOf = ({ call, sure }) => (call === "trust" ? sure : 100 - sure);

/** The learner's two looks at each post, where both are there. */
function pairs(ctx) {
  return ctx.spec.items.map((entry) => {
    const first = firstOf(ctx, entry);
    const [before, after] = [first && ctx.answer(first.id), ctx.answer(entry.id)];
    return before && after && { entry, before, after };
  }).filter(Boolean);
}

/** What happened between the two looks, in one sentence. */
export function shiftSentence(looks) {
  const turned = looks.filter(({ before, after }) => before.call !== after.call).length;
  const change = ({ before, after }) => Math.sign(trustOf(after) - trustOf(before));
  const calls = turned === 0 ? "You kept every call." : `You changed ${turned} of ${looks.length} calls.`;
  const ways = [[1, "went up on"], [-1, "went down on"], [0, "stayed put on"]]
    .map(([way, verb]) => [verb, looks.filter((one) => change(one) === way).length])
    .filter(([, count]) => count > 0)
    .map(([verb, count], at) => `${verb} ${count}${at ? "" : count === 1 ? " post" : " posts"}`);
  const last = ways.pop();
  return `${calls} Once you saw the likes, your trust ${ways.length ? `${ways.join(", ")} and ${last}` : last}.`;
}

const likesOf = (ctx, { entry }) => ctx.spec.posts[entry.post].counts.likes;

function twoLooks(ctx) {
  const looks = pairs(ctx).sort((one, other) => likesOf(ctx, other) - likesOf(ctx, one));
  if (!looks.length) return undefined;
  const row = ({ entry, before, after }) => {
    const post = ctx.spec.posts[entry.post];
    const [from, to] = [trustOf(before), trustOf(after)];
    return h("li", {},
      h("span", {}, h("b", {}, `@${post.creator.handle}`),
        h("small", {}, `${short(post.counts.likes)} likes, ${TITLES[post.label]}`)),
      h("span", { class: "sl-shift", "aria-hidden": "true", style: `--from:${from};--to:${to}` },
        h("i", { class: "is-way" }), h("i", { class: "is-from" }), h("i", { class: "is-to" })),
      h("span", { class: "sl-shifttold" }, `${from} `, h("span", { "aria-hidden": "true" }, "→"),
        h("span", { class: "sl-only" }, "then"), ` ${to}`));
  };
  return h("div", { class: "sl-shifts" },
    h("h5", {}, "Your trust before and after the likes"),
    h("p", {}, shiftSentence(looks)),
    h("ul", {}, looks.map(row)),
    h("p", { class: "sl-soft" }, "0 is sure to question, 100 is sure to trust. The open ring is your first look. "
      + "A handful of posts, and the second look always came second: if you moved, that does not show that "
      + "the likes did it."));
}

export { leaning, twoSided };

export default activity({
  item(ctx, entry, answer) {
    const post = ctx.spec.posts[entry.post];
    const bare = isFirst(entry);
    return h("div", { class: "sl-two sl-judge", "data-start": "" }, keptCard(ctx, post, { counts: !bare }),
      h("div", {}, bare && h("p", { class: "sl-look" }, "First look: the counts are covered."),
        firstOf(ctx, entry) && h("p", { class: "sl-look" }, "Second look: same post, counts on."),
        form(ctx, entry, answer), answer && (bare ? noted(answer) : reason(ctx, entry, answer))));
  },
  progress(ctx) {
    const { sound, unsound } = tally(ctx);
    return [
      sound.all && ["trusted ", h("b", {}, `${sound.good} of ${sound.all}`), " sound"],
      unsound.all && ["questioned ", h("b", {}, `${unsound.good} of ${unsound.all}`), " unsound"],
    ].filter(Boolean).flatMap((one, at) => (at ? [" · ", ...one] : one));
  },
  summary(ctx) {
    const sides = tally(ctx);
    return h("div", { class: "sl-tally" },
      h("p", {}, h("b", {}, twoSided(sides))),
      sideBars(sides),
      leaning(sides) && h("p", {}, leaning(sides)), twoLooks(ctx));
  },
});
