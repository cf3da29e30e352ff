// look-up: somebody's profile, mock registers to search in, what the register says, what that tells.
// What is typed stays in the field. Which register was searched and which entry opened is kept.
import { activity, button, feedback, h, icon, pressRow, sources, uid } from "./shell.js";
import { avatar } from "./card.js";

const MOST_MOVES = 60;
const MARK = { active: ["A", 3], conditions: ["C", 2], lapsed: ["L", 1], none: ["–", "none"], other: ["?", 0] };
const wordsOf = (ctx, id) => ctx.spec.says.find((one) => one.id === id);

/** A status as a letter on a shape and in words. */
const status = (ctx, id) => h("span", { class: "sl-status" },
  h("i", { class: "sl-badge", "data-shape": MARK[id][1], "aria-hidden": "true" }, MARK[id][0]), wordsOf(ctx, id).label);

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = (text) => plain(text).split(/[^\p{L}]+/u).filter((one) => one && one !== "dr");

/** The entries whose name has a word that begins like each word typed. */
export function matches(register, typed) {
  const asked = words(typed);
  if (asked.join("").length < 2) return undefined;
  return register.entries.filter((entry) => {
    const has = words(entry.name);
    return asked.every((one) => has.some((word) => word.startsWith(one)));
  });
}

function details(ctx, entry) {
  const rows = [["Job", entry.profession], ["Place", entry.place], ["On the list since", entry.since],
    ["Until", entry.until], ["Conditions", entry.conditions]].filter(([, told]) => told);
  return h("dl", { class: "sl-entry" }, h("div", {}, h("dt", {}, "Status"), h("dd", {}, status(ctx, entry.status))),
    rows.map(([name, told]) => h("div", {}, h("dt", {}, name), h("dd", {}, told))));
}

/** The registers: one is open, a name is typed, entries are opened. Kept through redraws. */
function desk(ctx, item, work) {
  const { registers } = ctx.spec;
  let at = 0;
  let open;
  const field = uid("name");
  const tabs = h("div", { class: "sl-lists", role: "group", "aria-label": "Register" });
  const head = h("div");
  const found = h("div", { class: "sl-hits" });
  const input = h("input", {
    id: field, type: "text", class: "sl-search", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    "data-focus": `name-${item.id}`,
    // JupyterLab keeps a form in a notebook from being sent, so Enter is heard here.
    on: { keydown: (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      search();
    } },
  });
  const noted = (move) => {
    const first = work.moves.length === 0;
    if (work.moves.length < MOST_MOVES && work.moves.at(-1) !== move) work.moves.push(move);
    if (first && !ctx.answer(item.id)) ctx.redraw(); // the question appears
  };
  const search = () => {
    const register = registers[at];
    const entries = matches(register, input.value);
    open = undefined;
    if (!entries) {
      found.replaceChildren(h("p", { class: "sl-soft" }, "Type at least two letters of the name."));
      ctx.say(found.innerText);
      return;
    }
    list(entries);
    ctx.say(entries.length === 1 ? "1 entry" : `${entries.length || "No"} entries`);
    noted(register.id);
  };
  const list = (entries) => {
    if (!entries.length) {
      found.replaceChildren(h("p", {}, h("b", {}, "No entry by that name here."), " Other lists may have one."));
      return;
    }
    found.replaceChildren(h("ul", {}, entries.map((entry) => {
      const shown = entry.key === open;
      const row = h("button", {
        type: "button", class: "sl-opt", "aria-expanded": String(shown), "data-focus": `entry-${entry.key}`,
        on: { click: () => {
          open = shown ? undefined : entry.key;
          list(entries);
          found.querySelector(`[data-focus="entry-${entry.key}"]`).focus();
          if (open) {
            ctx.say(found.querySelector(".sl-entry").innerText);
            noted(`${registers[at].id}/${entry.key}`);
          }
        } },
      }, h("span", {}, entry.name, h("small", {}, `${entry.profession}, ${entry.place}`)), status(ctx, entry.status));
      return h("li", {}, row, shown && details(ctx, entry));
    })));
  };
  const pick = (to) => {
    at = to;
    open = undefined;
    tabs.replaceChildren(...registers.map((one, place) => h("button", {
      type: "button", class: "sl-list", "aria-pressed": String(place === at), "data-focus": `list-${one.id}`,
      on: { click: () => {
        pick(place);
        tabs.children[place].focus();
        if (input.value) search();
      } },
    }, one.country)));
    head.replaceChildren(h("p", { class: "sl-listname" }, registers[at].name),
      h("details", { class: "sl-more" }, h("summary", {}, icon("note"), "About such lists"), h("p", {}, registers[at].note)));
    found.replaceChildren();
  };
  pick(0);
  return h("div", { class: "sl-desk" }, tabs, h("div", { class: "sl-sheet" }, head,
    h("div", { class: "sl-searchrow" }, h("label", { for: field }, "Name", h("small", {}, "A few letters are enough.")), input,
    button("Search", search, { name: "search", kind: "is-main", "data-focus": `search-${item.id}` })), found));
}

const bio = (one) => h("article", { class: "sl-bio" },
  h("p", { class: "sl-made" }, "invented profile"),
  h("div", { class: "sl-who" }, avatar({ ...one, name: one.name.replace(/^Dr /, "") }), h("div", {}, h("b", {}, one.name), h("span", {}, `@${one.handle}`))),
  h("p", { class: "sl-biotext" }, one.bio), h("p", { class: "sl-from" }, one.place));

function read(ctx, item, answer, work) {
  const { answer: key, feedback: told } = item.register;
  const right = answer?.says === key;
  return [
    pressRow("What does the register say?", ctx.spec.says, {
      chosen: answer?.says,
      describe: (one, pressed) => pressed && icon(one.id === key ? "right" : "wrong"),
      onPick: (id) => ctx.record(item.id, answer?.tells
        ? { ...answer, says: id }
        : { says: id, said: answer?.said ?? id, tells: null, told: null, moves: answer?.moves ?? [...work.moves] }),
    }),
    answer && (right && answer.tells
      ? h("p", { class: "sl-noted" }, icon("right"), h("span", {}, told[key]))
      : feedback(right ? "right" : "wrong", right ? `Yes: ${wordsOf(ctx, key).label}` : "Look again", [told[answer.says]])),
  ];
}

function meaning(ctx, item, answer) {
  const chosen = item.options.find((one) => one.id === answer.tells);
  return [
    pressRow(item.question, item.options, {
      chosen: answer.tells, wide: true,
      describe: (one, pressed) => pressed && icon(one.correct ? "right" : "wrong"),
      onPick: (id) => ctx.record(item.id, { ...answer, tells: id, told: answer.told ?? id }),
    }),
    chosen && feedback(chosen.correct ? "right" : "wrong", chosen.correct ? "Yes" : "Tempting, but no",
      [chosen.feedback], sources(item.refs, ctx.spec)),
  ];
}

const rightOption = (item) => item.options.find((one) => one.correct).id;

export default activity({
  done: (answer) => answer.tells !== null,
  right: (item, answer) => answer.said === item.register.answer && answer.told === rightOption(item),
  item(ctx, item, answer) {
    const work = ctx.draft(`desk ${item.id}`, { moves: [] });
    work.node ??= desk(ctx, item, work);
    const seen = answer || work.moves.length > 0;
    const asked = answer?.says === item.register.answer;
    return h("div", { class: "sl-lookup", "data-start": "" },
      h("div", { class: "sl-two" }, bio(ctx.spec.profiles[item.creator]), work.node),
      seen ? read(ctx, item, answer, work) : h("p", { class: "sl-soft" }, "Search first. Then say what you found."),
      asked && meaning(ctx, item, answer));
  },
  summary(ctx, done) {
    const row = (item) => {
      const { said, told } = ctx.answer(item.id);
      const same = said === item.register.answer && told === rightOption(item);
      return h("li", {}, icon(same ? "right" : "wrong"), h("span", {}, h("b", {}, ctx.spec.profiles[item.creator].name),
        h("small", {}, same ? "Read and weighed at first try." : "One more look was needed.")), status(ctx, item.register.answer));
    };
    const good = done.filter((item) => ctx.answer(item.id).said === item.register.answer).length;
    return h("div", { class: "sl-checked" },
      h("p", {}, `You read the register right at first try for ${good} of ${done.length}.`),
      h("ul", {}, done.map(row)));
  },
});
