// spot: a text in parts. The learner picks a marker and presses the parts it fits; each mark gets
// its own answer. With a single label a part is marked or left, and a button ends the search.
import { activity, button, feedback, h, icon, sources, uid } from "./shell.js";
import { keptCard } from "./card.js";

const NONE = "none"; // the id of "none of these" on screen; in an answer it is null
const mayBeNone = (entry) => entry.parts.some((part) => part.answer === null);
const isSingle = (ctx) => ctx.spec.labels.length === 1;
const isTimed = (entry) => entry.parts.some((part) => part.when);
const asMark = (id) => (id === NONE ? null : id);
const said = (part, mark) => part.feedback[mark ?? NONE];

/** The markers of an item, each with a letter and a shape of its own. */
function markers(ctx, entry) {
  const letters = new Set();
  const all = ctx.spec.labels.map((one, shape) => {
    const letter = [...one.label.toUpperCase()].find((sign) => /\p{L}/u.test(sign) && !letters.has(sign)) ?? "?";
    letters.add(letter);
    return { ...one, letter, shape };
  });
  if (mayBeNone(entry)) all.push({ id: NONE, label: "None of these", letter: "–", shape: NONE });
  return all;
}

const badge = (one) => h("span", { class: "sl-badge", "data-shape": one.shape, "aria-hidden": "true" }, one.letter);

function palette(ctx, entry, all, view) {
  const name = uid("marker");
  const row = h("div", { class: "sl-options sl-markers" }, all.map((one) => {
    const input = h("input", {
      type: "radio", name, value: one.id, "data-option": one.id,
      on: { change: () => (view.marker = one.id) },
    });
    input.checked = one.id === view.marker;
    return h("label", { class: "sl-opt" }, input, badge(one), h("span", {}, one.label),
      one.hint && h("small", {}, one.hint));
  }));
  return h("fieldset", { class: "sl-set" },
    h("legend", {}, "1. Your marker ", h("small", {}, `Keys 1 to ${all.length} switch it.`)), row);
}

/** The new answer after `part` got `mark`; `undefined` takes a mark away. */
function marked(answer, part, mark) {
  const marks = { ...answer?.marks };
  if (mark === undefined) delete marks[part.id];
  else marks[part.id] = mark;
  const first = { ...answer?.first };
  if (mark !== undefined && !(part.id in first)) first[part.id] = mark;
  return { marks, first };
}

/** A text whose first and last word never part from the badge and the icon beside them. */
function kept(words, before, after) {
  const all = words.split(" ");
  const stay = (...inside) => h("span", { class: "sl-stay" }, ...inside);
  if (all.length === 1) return [stay(before, words, after)];
  const middle = all.slice(1, -1).join(" ");
  return [stay(before, all[0]), middle ? ` ${middle} ` : " ", stay(all.at(-1), after)];
}

function text(ctx, entry, answer, all, view) {
  const press = (part) => {
    let mark = asMark(view.marker);
    if (isSingle(ctx)) {
      const over = finished(entry, answer);
      const on = answer?.marks[part.id];
      mark = on ? (over ? null : undefined) : ctx.spec.labels[0].id;
    }
    view.part = mark === undefined ? undefined : part.id;
    ctx.record(entry.id, marked(answer, part, mark));
    if (mark === undefined) ctx.say("Not marked.");
  };
  const timed = isTimed(entry);
  return h(timed ? "div" : "p", {
    class: timed ? "sl-parts is-timeline" : "sl-parts", role: "group",
    "aria-label": timed ? "The clip, moment by moment" : "The text, part by part",
  },
    entry.parts.flatMap((part) => {
      const has = answer !== undefined && part.id in answer.marks;
      const agreed = has && answer.marks[part.id] === part.answer;
      const quiet = isSingle(ctx) && agreed && part.answer === null; // left alone, and rightly so
      const mark = has && !quiet ? all.find((one) => one.id === (answer.marks[part.id] ?? NONE)) : undefined;
      const verdict = agreed ? ", we read it so too" : ", we read it differently";
      // A span, because a button cannot run on from one line into the next.
      const pressed = h("span", {
        role: "button", tabindex: "0", class: "sl-part", "data-focus": `part-${part.id}`,
        "data-shape": mark?.shape,
        "aria-label": `${timed ? `${part.when}: ` : ""}${part.text} ${mark ? `Marked as ${mark.label.toLowerCase()}${verdict}` : "Not marked"}`,
        on: {
          click: () => press(part),
          keydown: (event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            press(part);
          },
        },
      }, ...kept(part.text, mark && !isSingle(ctx) && badge(mark), mark && icon(agreed ? "right" : "wrong")));
      return timed
        ? [h("span", { class: "sl-when", "aria-hidden": "true" }, part.when), h("span", { class: "sl-moment" }, pressed)]
        : [pressed, " "];
    }));
}

const finished = (entry, answer) => entry.parts.every((part) => part.id in (answer?.marks ?? {}));

function told(ctx, entry, answer, all, view) {
  const part = entry.parts.find((one) => one.id === view.part);
  if (!part || !(part.id in answer.marks)) return undefined;
  const mark = answer.marks[part.id];
  const right = mark === part.answer;
  const label = all.find((one) => one.id === (mark ?? NONE)).label;
  return feedback(right ? "right" : "wrong", `${right ? "Yes" : "Not quite"}: ${label.toLowerCase()}`,
    [said(part, mark)], sources(entry.refs, ctx.spec));
}

/** One label: what was found, and what was walked past. */
function ending(ctx, entry, answer) {
  const [label] = ctx.spec.labels;
  const there = entry.parts.filter((part) => part.answer === label.id);
  const found = there.filter((part) => answer.marks[part.id] === label.id);
  const over = entry.parts.filter((part) => part.answer === null && answer.marks[part.id] === label.id);
  const missed = there.filter((part) => !found.includes(part));
  const line = (part) => h("p", {}, h("q", {}, part.text), " ", said(part, answer.marks[part.id]));
  const all = !missed.length && !over.length;
  return feedback(all ? "right" : "near", `You found ${found.length} of ${there.length}`, [],
    missed.length ? [h("p", {}, h("b", {}, "Walked past:")), missed.map(line)] : [],
    over.length ? [h("p", {}, h("b", {}, "Marked, and we would not:")), over.map(line)] : [],
    sources(entry.refs, ctx.spec));
}

export default activity({
  done: (answer, entry, spec) => spec.labels.length === 1
    ? finished(entry, answer) // "I have found them all" gives every part a mark or a plain no
    : entry.parts.every((part) => part.answer === null || part.id in answer.marks),
  item(ctx, entry, answer) {
    const all = markers(ctx, entry);
    const view = ctx.draft(entry.id, { marker: all[0].id });
    const single = isSingle(ctx);
    const over = single && finished(entry, answer);
    const count = entry.parts.filter((part) => answer && part.id in answer.marks).length;
    const post = entry.post && ctx.spec.posts[entry.post];
    const node = h("div", { class: "sl-spot" },
      single ? undefined : palette(ctx, entry, all, view),
      h("p", { class: "sl-step" }, single ? `Press each part that fits: ${ctx.spec.labels[0].label}`
        : "2. Press each part it fits", h("small", {}, single ? ctx.spec.labels[0].hint : `${count} of ${entry.parts.length} marked`)),
      h("div", { class: "sl-caption" }, h("p", { class: "sl-soft" }, entry.intro), text(ctx, entry, answer, all, view)),
      single && !over && button("I have found them all", () => {
        view.part = undefined;
        ctx.record(entry.id, entry.parts.reduce((sum, part) =>
          (part.id in (sum?.marks ?? {}) ? sum : marked(sum, part, null)), answer));
      }, { kind: "is-main", name: "check", "data-focus": "check" }),
      answer && (told(ctx, entry, answer, all, view) ?? (over ? ending(ctx, entry, answer) : undefined)));
    node.addEventListener("keydown", (event) => {
      const picked = single ? undefined : all[Number(event.key) - 1];
      if (!picked || event.ctrlKey || event.metaKey || event.altKey) return;
      view.marker = picked.id;
      for (const one of node.querySelectorAll(".sl-markers input")) one.checked = one.value === picked.id;
      ctx.say(`Marker: ${picked.label}`);
    });
    return h("div", { class: post ? "sl-two" : "sl-one", "data-start": "" }, post && keptCard(ctx, post), node);
  },
  summary(ctx, done) {
    const parts = done.flatMap((entry) => entry.parts.map((part) => [part, ctx.answer(entry.id).first[part.id]]));
    const seen = parts.filter(([, first]) => first !== undefined);
    const agreed = seen.filter(([part, first]) => part.answer === first).length;
    return h("p", {}, `At first sight, you and our reasons agreed on ${agreed} of ${seen.length} parts.`);
  },
});
