// audit: a post and the eight rows of Post Check, one open to score at a time; then how far to trust it; then
// our scores beside the learner's, the widest differences first. There is no total.
import { CONFIDENCE, activity, button, feedback, h, icon, radioRow, sources, uid } from "./shell.js";
import { keptCard } from "./card.js";

const TRUST = { min: 0, max: 100, step: 5 };

/** Two dots, of which as many are filled as the score says; the number stands beside them. */
const dots = (score) => h("span", { class: "sl-pdots", "aria-hidden": "true" },
  [1, 2].map((one) => h("i", { class: score >= one ? "is-on" : "" })));
const badge = (score) => h("span", { class: "sl-score" }, dots(score), h("b", {}, String(score)));

const scoreOf = (entry, draft, row) => entry.given?.[row.id]?.score ?? draft.scores[row.id];
const openRows = (ctx, entry, draft) =>
  ctx.spec.rows.filter((row) => scoreOf(entry, draft, row) === undefined);

/** One row: a line with its score, and, when it is open, the question and the three levels. */
function line(ctx, entry, draft, row, at) {
  const given = entry.given?.[row.id];
  if (given) return done(entry, row, given, at);
  const score = scoreOf(entry, draft, row);
  const open = draft.open === row.id;
  const panel = uid("row");
  const toggle = () => {
    draft.open = open ? undefined : row.id;
    ctx.redraw();
  };
  const choose = (level) => {
    draft.scores[row.id] = level;
    const next = openRows(ctx, entry, draft)[0];
    draft.open = next?.id;
    ctx.redraw();
    const focus = next ? `row-${next.id}` : "lower";
    ctx.root.querySelector(`[data-focus="${focus}"]`)?.focus({ preventScroll: true });
    ctx.root.querySelector(`[data-focus="${focus}"]`)?.scrollIntoView({ block: "nearest" });
    ctx.say(`${row.label} ${level}. ${next ? `Next: ${next.label}` : "All rows scored. How far would you trust it?"}`);
  };
  const level = (words, value) => h("button", {
    type: "button", class: "sl-opt sl-level", "aria-pressed": String(score === value),
    "data-option": `${row.id}-${value}`, on: { click: () => choose(value) },
  }, badge(value), h("span", {}, words));
  return h("li", { class: `sl-prow${open ? " is-open" : ""}` },
    h("button", {
      type: "button", class: "sl-rowhead", "aria-expanded": String(open), "aria-controls": panel,
      "data-focus": `row-${row.id}`, on: { click: toggle },
    },
    h("span", { class: "sl-rowno", "aria-hidden": "true" }, String(at + 1)),
    h("span", { class: "sl-rowname" }, row.label),
    score === undefined ? h("span", { class: "sl-todo" }, "open") : badge(score)),
    h("div", { id: panel, hidden: !open }, open && [
      found(entry, row),
      h("fieldset", { class: "sl-set" }, h("legend", {}, row.question),
        h("div", { class: "sl-options wide" }, row.levels.map(level))),
    ]));
}

/** A row that is done for the learner: its reason is what there is to read, so it stands open. */
const done = (entry, row, given, at) => h("li", { class: "sl-prow is-given" },
  h("div", { class: "sl-rowhead" }, h("span", { class: "sl-rowno", "aria-hidden": "true" }, String(at + 1)),
    h("span", { class: "sl-rowname" }, row.label, h("small", {}, "done for you")), badge(given.score)),
  h("div", {}, found(entry, row), h("p", { class: "sl-levelsaid" }, row.levels[given.score]), h("p", {}, given.why)));

const found = (entry, row) => entry.found?.[row.id]
  && h("p", { class: "sl-found" }, h("b", {}, "What you find: "), entry.found[row.id]);

/** The slider from "not at all" to "fully"; it has no value until it is moved. */
function trustDial(draft, refresh) {
  const named = uid("trust");
  const said = h("output", { class: "sl-trustnow", for: `${named}-range`, "aria-hidden": "true" });
  const range = h("input", {
    type: "range", id: `${named}-range`, class: "sl-range", ...TRUST, "data-focus": "trust", "aria-labelledby": named,
    on: { input: () => set(Number(range.value)) },
  });
  const by = (turn, label, sign) => h("button", {
    type: "button", class: "sl-btn sl-round", "aria-label": label, "data-focus": turn < 0 ? "lower" : "higher",
    on: { click: () => set((draft.trust ?? 50) + turn * TRUST.step) },
  }, h("span", { "aria-hidden": "true" }, sign));
  const show = () => {
    const there = draft.trust !== undefined;
    range.value = draft.trust ?? 50;
    range.classList.toggle("is-open", !there);
    range.setAttribute("aria-valuetext", there ? `${draft.trust} of 100` : "not set yet");
    said.textContent = there ? String(draft.trust) : "–";
  };
  const set = (value) => {
    draft.trust = Math.min(TRUST.max, Math.max(TRUST.min, value));
    show();
    refresh();
  };
  show();
  return h("div", { class: "sl-guess", role: "group", "aria-labelledby": named },
    h("p", { id: named, class: "sl-step" }, "How far would you trust this post?"),
    h("div", { class: "sl-dialrow" }, by(-1, "Trust it less", "−"), said, by(1, "Trust it more", "+")),
    h("div", { class: "sl-rangerow" }, h("span", { "aria-hidden": "true" }, "not at all"), range,
      h("span", { "aria-hidden": "true" }, "fully")));
}

function form(ctx, entry) {
  const draft = ctx.draft(entry.id, { scores: {} });
  // The first row that is open to score stands open; a row that was closed by hand stays closed.
  if (!("open" in draft)) draft.open = openRows(ctx, entry, draft)[0]?.id;
  const missing = () => [
    openRows(ctx, entry, draft).length && `${openRows(ctx, entry, draft).length} rows`,
    draft.trust === undefined && "how far you trust it",
    draft.sure === undefined && "how sure you are",
  ].filter(Boolean);
  const send = button("See our scores", () => {
    if (missing().length) {
      ctx.say(`Still open: ${missing().join(", ")}.`);
      still.textContent = `Still open: ${missing().join(", ")}.`;
      return;
    }
    ctx.forget(entry.id);
    ctx.record(entry.id, { scores: draft.scores, trust: draft.trust, sure: draft.sure });
  }, { kind: "is-main", name: "check", "data-focus": "check" });
  const still = h("p", { class: "sl-soft" });
  const refresh = () => {
    send.setAttribute("aria-disabled", String(missing().length > 0));
    still.textContent = "";
  };
  refresh();
  return [
    h("ol", { class: "sl-audit-rows" }, ctx.spec.rows.map((row, at) => line(ctx, entry, draft, row, at))),
    trustDial(draft, refresh),
    radioRow("How sure are you of that number?", CONFIDENCE, {
      chosen: draft.sure && String(draft.sure), compact: true,
      onPick: (id) => {
        draft.sure = Number(id);
        refresh();
      },
    }),
    send, still,
  ];
}

/** How many rows the learner scored as we did, higher and lower. */
export function apart(entry, answer) {
  const count = { same: 0, kinder: 0, stricter: 0 };
  for (const [row, ours] of Object.entries(entry.ours)) {
    const gap = answer.scores[row] - ours.score;
    count[gap === 0 ? "same" : gap > 0 ? "kinder" : "stricter"] += 1;
  }
  return count;
}

/** Both directions in one sentence: kinder than us lets things ride, stricter throws things out. */
export function bothWays({ same, kinder, stricter }) {
  const all = same + kinder + stricter;
  if (same === all) return `You and we gave the same on all ${all} rows.`;
  const told = `You and we gave the same on ${same} of ${all} rows. You were kinder on ${kinder} and stricter on ${stricter}.`;
  if (kinder - stricter >= 3) return `${told} Where we differ, you are mostly the kinder one. That lets weak posts ride along.`;
  if (stricter - kinder >= 3) return `${told} Where we differ, you are mostly the stricter one. That throws good posts out with the weak ones.`;
  return told;
}

function compared(ctx, entry, answer, row) {
  const mine = answer.scores[row.id];
  const { score, feedback: why } = entry.ours[row.id];
  const gap = Math.abs(mine - score);
  const one = (who, value) => h("div", { class: "sl-said" }, h("span", {}, who), badge(value),
    h("span", {}, row.levels[value]));
  return h("li", { class: `sl-gap is-${gap}` }, h("h5", {}, row.label),
    gap ? [one("You", mine), one("We", score)] : one("Both", score), h("p", {}, why));
}

function trustScale(entry, answer) {
  const { low, high } = entry.trust;
  return h("div", {
    class: "sl-scale", role: "img",
    "aria-label": `Trust from 0 to 100. You said ${answer.trust}. We would land between ${low} and ${high}.`,
  },
  h("div", { class: "sl-pin is-you", style: `--at:${answer.trust}` }, h("span", {}, "You ", h("b", {}, String(answer.trust))), h("i")),
  h("div", { class: "sl-track" }, h("i", { class: "sl-near", style: `left:${low}%;right:${100 - high}%` })),
  h("div", { class: "sl-ends" }, h("span", {}, "not at all"), h("span", {}, `we: ${low} to ${high}`), h("span", {}, "fully")));
}

function result(ctx, entry, answer) {
  const post = ctx.spec.posts[entry.post];
  const scored = ctx.spec.rows.filter((row) => entry.ours[row.id]);
  const gap = (row) => Math.abs(answer.scores[row.id] - entry.ours[row.id].score);
  const list = (size) => scored.filter((row) => gap(row) === size).map((row) => compared(ctx, entry, answer, row));
  const group = (title, rows) => rows.length > 0 && h("section", { class: "sl-gaps" }, h("h4", {}, title), h("ul", {}, rows));
  const same = list(0);
  const { low, high } = entry.trust;
  const inside = answer.trust >= low && answer.trust <= high;
  return [
    feedback("note", `The post ${post.label === "sound" ? "holds up" : "needs a second look"}`,
      [bothWays(apart(entry, answer)), post.reason],
      h("p", {}, h("b", {}, inside ? "On trust we land in the same place. " : `On trust you said ${answer.trust}, we say ${low} to ${high}. `), entry.trust.feedback),
      sources([...new Set([...(entry.refs ?? []), ...post.refs])], ctx.spec)),
    trustScale(entry, answer),
    group("Two apart: start here", list(2)),
    group("One apart", list(1)),
    same.length > 0 && h("details", { class: "sl-more sl-gaps", open: same.length === scored.length },
      h("summary", { "data-focus": "same" }, icon("check"), `Where we agree (${same.length})`), h("ul", {}, same)),
    h("p", { class: "sl-soft" }, "No total, on purpose: a post can do well on seven rows and fail on the one that counts. "
      + "Where we differ, look at the reason. You may still be right."),
  ].filter(Boolean);
}

export default activity({
  setup(ctx, root) {
    ctx.root = root;
  },
  item(ctx, entry, answer) {
    const post = ctx.spec.posts[entry.post];
    return h("div", { class: "sl-two sl-audit", "data-start": "" }, keptCard(ctx, post),
      h("div", {}, answer ? result(ctx, entry, answer) : form(ctx, entry)));
  },
});
