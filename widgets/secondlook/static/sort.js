// sort: one card at a time goes into a bin; every bin says why a person would put it there. With a
// map the bins are the corners of a square, and what others did with the card is shown on it.
import { activity, feedback, h, icon, pressRow, sources } from "./shell.js";
import { avatar } from "./card.js";

const binOf = (ctx, id) => ctx.spec.bins.find((one) => one.id === id);

/** An invented person as a token: a letter on a shape. The name stands in words beside it. */
const token = (ctx, id) => {
  const at = ctx.spec.others.findIndex((one) => one.id === id);
  return h("i", { class: "sl-badge", "data-shape": at, "aria-hidden": "true" }, ctx.spec.others[at].name[0]);
};

function told(ctx, entry, answer) {
  const right = answer.bin === entry.answer;
  const { label } = binOf(ctx, answer.bin);
  const title = right
    ? `${ctx.spec.map ? "We put it there too" : "Yes"}: ${label}`
    : ctx.spec.map ? `Some would. We say: ${binOf(ctx, entry.answer).label}` : `Not quite: ${label}`;
  return feedback(right ? "right" : ctx.spec.map ? "near" : "wrong", title,
    [entry.feedback[answer.bin]], entry.others && others(ctx, entry), sources(entry.refs, ctx.spec));
}

const others = (ctx, entry) => h("ul", { class: "sl-others", "aria-label": "How others placed it" },
  ctx.spec.others.map(({ id, name }) => h("li", {}, token(ctx, id), h("span", {},
    h("b", {}, `${name}: ${binOf(ctx, entry.others[id].bin).label}. `), entry.others[id].why))));

/** The four bins as a square. The words at its edges repeat what each button says. */
function square(ctx, entry, answer) {
  const { rows, columns } = ctx.spec.map;
  const corner = (one) => {
    const pressed = one.id === answer?.bin;
    const here = answer && entry.others
      ? ctx.spec.others.filter(({ id }) => entry.others[id].bin === one.id) : [];
    return h("button", {
      type: "button", class: "sl-opt sl-corner", "aria-pressed": String(pressed), "data-option": one.id,
      on: { click: () => ctx.record(entry.id, { bin: one.id, first: answer?.first ?? one.id }) },
    }, h("span", {}, pressed && icon(one.id === entry.answer ? "right" : "near"), one.label,
      one.hint && h("small", {}, one.hint)),
    entry.before === one.id && h("span", { class: "sl-stood" }, "it stood here"),
    here.length > 0 && h("span", { class: "sl-tokens", "aria-hidden": "true" }, here.map(({ id }) => token(ctx, id))));
  };
  return h("fieldset", { class: "sl-set" }, h("legend", {}, "Where does it go?"),
    h("div", { class: "sl-map" },
      columns.map((one) => h("span", { class: "sl-edge", "aria-hidden": "true" }, one)),
      ctx.spec.bins.map((one, at) => [
        at % 2 === 0 && h("span", { class: "sl-edge is-row", "aria-hidden": "true" }, rows[at / 2]),
        corner(one)])));
}

/** A post in short: who says it and the words. */
const card = (entry) => h("blockquote", { class: "sl-mini" },
  h("p", { class: "sl-made" }, "invented post"),
  h("p", { class: "sl-minitext" }, entry.text),
  h("footer", { class: "sl-who" }, avatar({ handle: entry.who, name: entry.who.replace("@", "") }), h("b", {}, entry.who)));

/** What somebody said of the cards: `places` are corners, counted row by row. */
function habit({ rows, columns }, name, places) {
  const count = (label, on) => `“${label.toLowerCase()}” for ${places.filter(on).length} of ${places.length}`;
  return `${name} said ${count(rows[0], (at) => at < 2)} and ${count(columns[1], (at) => at % 2 === 1)}.`;
}

function mapped(ctx, done) {
  const spec = ctx.spec;
  const at = (bin) => spec.bins.findIndex((one) => one.id === bin);
  const chip = (entry) => h("li", {}, entry.title ?? entry.text,
    ctx.answer(entry.id).first !== entry.answer && h("small", {}, `We say: ${binOf(ctx, entry.answer).label}`));
  return h("div", { class: "sl-mapped" },
    h("div", { class: "sl-map is-result" }, spec.bins.map((one) => h("section", {},
      h("h5", {}, one.label, one.hint && h("small", {}, one.hint)),
      h("ul", {}, done.filter((entry) => ctx.answer(entry.id).first === one.id).map(chip))))),
    spec.others && done.length > 0 && h("ul", { class: "sl-others" }, spec.others.map(({ id, name }) =>
      h("li", {}, token(ctx, id), h("span", {}, habit(spec.map, name, done.map((entry) => at(entry.others[id].bin)))))),
    h("li", {}, icon("eye"), h("span", {}, habit(spec.map, "You", done.map((entry) => at(ctx.answer(entry.id).first)))))));
}

function binned(ctx, done) {
  const row = (entry) => {
    const { first } = ctx.answer(entry.id);
    const same = first === entry.answer;
    return h("li", {}, icon(same ? "right" : "wrong"), h("span", {}, entry.title ?? entry.text,
      h("small", {}, same ? "You said so too." : `You first said: ${binOf(ctx, first).label}.`)));
  };
  return ctx.spec.bins.map((one) => {
    const inside = done.filter((entry) => entry.answer === one.id);
    return inside.length > 0 && h("section", {}, h("h5", {}, one.label), h("ul", {}, inside.map(row)));
  }).filter(Boolean);
}

export default activity({
  right: (entry, answer) => answer.first === entry.answer,
  item(ctx, entry, answer) {
    const { map, bins } = ctx.spec;
    const goal = entry.goal && h("p", { class: "sl-goal" }, "Goal: ", h("b", {}, entry.goal));
    const pick = map ? square(ctx, entry, answer) : pressRow("Where does it go?", bins, {
      chosen: answer?.bin,
      describe: (one, pressed) => pressed && icon(one.id === entry.answer ? "right" : "wrong"),
      onPick: (id) => ctx.record(entry.id, { bin: id, first: answer?.first ?? id }),
    });
    const shown = entry.who ? card(entry) : h("blockquote", { class: "sl-line" }, entry.text);
    const said = answer && told(ctx, entry, answer);
    return entry.who
      ? h("div", { class: "sl-sort", "data-start": "" }, goal, h("div", { class: "sl-two" }, shown, h("div", {}, pick)), said)
      : h("div", { class: "sl-one sl-sort", "data-start": "" }, goal, shown, pick, said);
  },
  summary(ctx, done) {
    const agreed = done.filter((entry) => ctx.answer(entry.id).first === entry.answer).length;
    return h("div", { class: "sl-bins" },
      h("p", {}, `You and our reasons agreed on ${agreed} of ${done.length} at first sight.`),
      ctx.spec.map ? mapped(ctx, done) : binned(ctx, done),
      ctx.spec.after && h("p", {}, ctx.spec.after));
  },
});
