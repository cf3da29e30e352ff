// studio: a post to write as an invented person, and a check that reads along. What is typed stays in
// this browser (drafts.js, and keep.js if a box is ticked); Python gets truth values and counts. Typed text is only ever a text node.
import { activity, button, feedback, h, icon, pressRow, radioRow, sources, uid } from "./shell.js";
import { postCard } from "./card.js";
import { compiled, findings, finds } from "./wording.js";
import { blankPost, draftStore, isBlank, whenDraftsChange } from "./drafts.js";

const NAMES = {
  whole: "A whole post", wording: "Words that do no harm", sure: "As sure as the evidence",
  private: "Nobody's private details", source: "A source", money: "Who pays, said first", help: "Help in reach",
};
const READY = new WeakMap(); // the rules of a spec as regular expressions
const cap = (text) => text[0].toUpperCase() + text.slice(1);
const filled = (post) => post.beats.map((one) => one.trim()).filter(Boolean);
const texts = (post) => [...post.beats, post.caption, post.tags];

/** What a list of rules finds in a post: each wording once, with the places where it stands. */
function look(post, rules, check) {
  const found = new Map();
  texts(post).forEach((text, place) => {
    for (const { rule, matched } of findings(text, rules)) {
      const key = `${check}:${rule.id}:${matched.toLowerCase()}`;
      const one = found.get(key) ?? { key, matched, say: rule.say, block: check === "private" || rule.level === "block", places: [] };
      one.places.push(place);
      found.set(key, one);
    }
  });
  return [...found.values()];
}

/** A tie as creators.json has it ("paid by a tea brand") after a name. */
const tied = (name, ties) => `${name} ${ties.replace(/^(?=paid)/, "is ").replace(/^(?=one )/, "has ")}`;

/** Every check of a post: `{ id, ok, said, found }`; `found` are wordings to change or to keep. */
export function review(spec, brief, post) {
  if (!READY.has(spec)) {
    READY.set(spec, {
      wording: compiled(spec.wording.rules), sure: compiled(spec.overclaim), private: compiled(spec.private),
    });
  }
  const rules = READY.get(spec);
  const { limits } = spec;
  const worded = (id, fine, todo) => {
    const found = look(post, rules[id], id);
    const open = found.filter((one) => one.block || !post.kept.includes(one.key)).length;
    const kept = found.length - open;
    const what = open === 1 ? "1 wording above" : `${open} wordings above`;
    return { id, found, ok: open === 0, said: open ? `${what}. ${todo}` : kept ? `You looked at ${kept} and kept ${kept === 1 ? "it" : "them"}.` : fine };
  };
  const beats = filled(post).length;
  const whole = beats >= limits.fewest && post.caption.trim().length > 0;
  const source = brief.sources.find((one) => one.id === post.source);
  const { name, ties } = spec.people[post.person];
  const [first] = name.replace(/^Dr /, "").split(" ");
  const early = [post.beats[0], post.caption.slice(0, limits.early)].some((one) => finds(one, spec.disclosure));
  const late = texts(post).some((one) => finds(one, spec.disclosure));
  const crisis = texts(post).some((one) => finds(one, spec.wording.crisis));
  const needed = crisis || Boolean(brief.help);
  return [
    { id: "whole", ok: whole, found: [],
      said: whole ? "Beats and caption are there." : beats < limits.fewest ? `${beats} of ${limits.fewest} beats so far.` : "The caption is empty." },
    worded("wording", "Nothing on our list. A list cannot see meaning, so read it once more yourself.", "Say it another way."),
    worded("sure", "No loud words that we know of.", "Turn it down, or keep it if it says what you mean."),
    worded("private", "None that we can see.", "Take it out."),
    { id: "source", ok: Boolean(source?.good), found: [], said: source ? source.feedback : "Pick one under the caption." },
    { id: "money", ok: !ties || early, found: [],
      said: !ties ? `${first} has nothing to sell.` : early ? "Said where nobody can miss it."
        : late ? "It is there, but late. Put it in beat 1, or at the start of the caption."
          : `${tied(first, ties)}. Say so in beat 1, or at the start of the caption.` },
    { id: "help", ok: !needed || post.help, found: [], crisis,
      said: post.help ? "The help line is on the card." : crisis ? "This touches on a crisis. Put the help line on the card."
        : needed ? "A reader of this may want a person. Put the help line on the card." : "Not called for here." },
  ];
}

/** The post as plain text, to paste somewhere. It says that its author is made up. */
export function asText(spec, brief, post) {
  const { handle } = spec.people[post.person];
  return [...filled(post), "", post.caption.trim(), tagList(post, spec).map((one) => `#${one}`).join(" "),
    ...extras(spec, brief, post), `(Written in a lesson, as @${handle}, who is invented.)`]
    .filter((one, at) => one || at === filled(post).length).join("\n");
}
const tagList = (post, spec) =>
  (post.tags.match(/[\p{L}\p{N}_]+/gu) ?? []).slice(0, spec.limits.tags);
const extras = (spec, brief, post) => [
  brief.sources.find((one) => one.id === post.source && one.good)?.text.replace(/^/, "Source: "),
  post.help && `Need a person? ${spec.help.name}`,
].filter(Boolean);

function preview(ctx, brief, post, at) {
  const beats = filled(post);
  return postCard({
    id: `${ctx.spec.id}-${brief.id}`, creator: ctx.spec.people[post.person], comments: [],
    beats: beats.length ? beats : ["your first beat"], disclosure: null, hashtags: tagList(post, ctx.spec),
    caption: [post.caption.trim() || "your caption", ...extras(ctx.spec, brief, post)].join(" · "),
  }, { counts: false, comments: false, made: "your draft", at });
}

const checkLine = (check) => h("li", { class: `sl-check ${check.ok ? "is-ok" : "is-open"}`, "data-check": check.id },
  icon(check.ok ? "right" : "note"),
  h("p", {}, h("b", {}, NAMES[check.id]), h("span", { class: "sl-only" }, check.ok ? " passed." : " open."), " ", check.said));

/** Under the field it stands in: a wording, what to say instead, and, unless it harms, "Keep it". */
function flag(one, keep, post, place) {
  const kept = post.kept.includes(one.key);
  return h("li", { class: kept ? "is-kept" : "" }, h("q", {}, one.matched), " ", one.say, " ",
    !one.block && h("button", {
      type: "button", class: "sl-keepit", "aria-pressed": String(kept), "data-focus": `keep ${place} ${one.key}`,
      "aria-label": `Keep “${one.matched}”`, on: { click: () => keep(one.key) },
    }, kept ? "Kept" : "Keep it"));
}

const crisisNote = (spec) => h("p", { class: "sl-notice" },
  "If this is about somebody real, tell an adult you trust today. People to talk to, by country: ",
  h("a", { href: spec.help.web, target: "_blank", rel: "noopener noreferrer" }, spec.help.name),
  ", and the help block at the top of this lesson.");

function editor(ctx, entry, answer, all) {
  const { spec } = ctx;
  const brief = entry.briefs.find((one) => one.id === all.brief);
  const post = all.posts[`${brief.id} ${all.start}`] ??= {
    ...blankPost(spec.limits.fewest), person: brief.people[0],
    ...(all.start === "repair" && { beats: [...brief.weak.beats], caption: brief.weak.caption }),
  };
  let at = 0;
  const card = h("div", { class: "sl-draftcard" });
  const list = h("ul", { class: "sl-checks" });
  const crisis = h("div");
  const count = h("p", { class: "sl-passed" });
  const told = h("p", { class: "sl-told", role: "status" });
  const flags = texts(post).map(() => h("ul", { class: "sl-flags" }));
  let before;
  const run = () => {
    const checks = review(spec, brief, post);
    const active = document.activeElement?.dataset?.focus;
    const open = checks.filter((one) => !one.ok);
    list.replaceChildren(...checks.map(checkLine));
    const found = checks.flatMap((one) => one.found);
    flags.forEach((box, place) => box.replaceChildren(
      ...found.filter((one) => one.places.includes(place)).map((one) => flag(one, keep, post, place))));
    crisis.replaceChildren(...(checks.some((one) => one.crisis) ? [crisisNote(spec)] : []));
    count.replaceChildren(h("b", {}, `${checks.length - open.length} of ${checks.length}`), " checks passed");
    if (active?.startsWith("keep ")) ctx.root.querySelector(`[data-focus="${CSS.escape(active)}"]`)?.focus({ preventScroll: true });
    card.replaceChildren(preview(ctx, brief, post, at));
    const now = open.map((one) => NAMES[one.id]).join(", ");
    if (before !== undefined && now !== before) ctx.say(open.length ? `Still open: ${now}.` : "All checks passed.");
    before = now;
    return checks;
  };
  let timer;
  const changed = () => {
    ctx.drafts.keep(all);
    clearTimeout(timer);
    timer = setTimeout(run, 250);
  };
  const keep = (key) => {
    post.kept = post.kept.includes(key) ? post.kept.filter((one) => one !== key) : [...post.kept, key];
    ctx.drafts.keep(all);
    run();
  };
  const field = (label, place, props, get, set) => {
    const id = uid("field");
    flags[place].id = uid("flags");
    const left = h("span", { class: "sl-left", "aria-hidden": "true" });
    const input = h(props.rows ? "textarea" : "input", { id, autocomplete: "off", spellcheck: "true", "aria-describedby": flags[place].id, ...props,
      on: { input: () => {
        set(input.value);
        show();
        changed();
      } } });
    const show = () => (left.textContent = `${props.maxlength - input.value.length} left`);
    input.value = get();
    show();
    return h("div", { class: "sl-field" }, h("label", { for: id }, label), left, input, flags[place]);
  };
  const hints = ["the hook", "what is known", "the limit, or what to do"];
  const beats = h("div", { class: "sl-beats" }, post.beats.map((_, place) => field(
    [`Beat ${place + 1}`, hints[place] && h("small", {}, hints[place])],
    place, { type: "text", maxlength: spec.limits.beat, "data-focus": `text-${place}` }, () => post.beats[place], (value) => {
      post.beats[place] = value;
      at = filled({ beats: post.beats.slice(0, place) }).length;
    })));
  const resize = (by) => {
    if (by > 0) post.beats.push("");
    else post.beats.pop();
    ctx.drafts.keep(all);
    ctx.redraw();
  };
  const send = button(answer ? "I'm done again" : "I'm done", () => {
    clearTimeout(timer);
    const checks = run();
    const stops = checks.filter((one) => one.id === "whole" ? !one.ok : one.found.some((each) => each.block));
    if (stops.length) {
      told.textContent = `First: ${stops.map((one) => NAMES[one.id].toLowerCase()).join(", ")}. See the list.`;
      return;
    }
    const live = checks.flatMap((one) => one.found).map((one) => one.key);
    ctx.record(entry.id, {
      brief: brief.id, person: post.person, start: all.start,
      checks: Object.fromEntries(checks.map((one) => [one.id, one.ok])),
      kept: post.kept.filter((key) => live.includes(key)).length, beats: filled(post).length,
    });
  }, { kind: "is-main", name: "check", "data-focus": "check" });
  const copy = button("Copy my post", async () => {
    const text = asText(spec, brief, post);
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Copied. It says at the end that its author is invented.";
    } catch {
      told.replaceChildren("This browser does not let a page copy. Mark the text and copy it yourself: ",
        h("textarea", { class: "sl-copybox", rows: "6", readonly: true, "aria-label": "My post as text" }, text));
    }
  }, { name: "text", "data-focus": "copy" });
  const clear = button("Clear", () => {
    delete all.posts[`${brief.id} ${all.start}`];
    ctx.drafts.keep(all);
    ctx.redraw();
    ctx.say("Cleared. This draft is gone from this browser.");
  }, { name: "redo", "data-focus": "clear" });
  run();
  const pick = (what) => (id) => {
    post[what] = id;
    changed();
  };
  const help = h("input", { type: "checkbox", "data-option": "help", on: { change: () => {
    post.help = help.checked;
    changed();
  } } });
  help.checked = post.help;
  return h("div", { class: "sl-two sl-studio" },
    h("div", {},
      h("details", { class: "sl-more sl-known", open: true }, h("summary", { "data-focus": "known" }, icon("note"), "What is known"),
        h("ul", {}, brief.known.map((one) => h("li", {}, one)))),
      radioRow("You write as", brief.people.map((id) => ({
        id, label: spec.people[id].name, hint: [spec.people[id].role, spec.people[id].ties].filter(Boolean).join("; "),
      })), { chosen: post.person, onPick: pick("person") }),
      beats,
      h("div", { class: "sl-row sl-beatbar" },
        button("One more beat", () => resize(1), { disabled: post.beats.length >= spec.limits.most, "data-focus": "more-beats" }),
        button("One beat less", () => resize(-1), { disabled: post.beats.length <= spec.limits.fewest, "data-focus": "fewer-beats" })),
      field("Caption", post.beats.length, { rows: "4", maxlength: spec.limits.caption, "data-focus": "caption" }, () => post.caption, (value) => (post.caption = value)),
      field(["Hashtags", h("small", {}, `up to ${spec.limits.tags}`)], post.beats.length + 1, { type: "text", maxlength: 60, "data-focus": "tags" }, () => post.tags, (value) => (post.tags = value)),
      radioRow("Source you name", brief.sources.map((one) => ({ id: one.id, label: one.text })), { chosen: post.source, onPick: pick("source") }),
      h("label", { class: "sl-opt sl-helpbox" }, help, h("span", {}, "Put the help line on the card", h("small", {}, spec.help.name))),
      h("section", { class: "sl-live", "aria-label": "Live check" }, count, list, crisis),
      h("div", { class: "sl-row" }, send, copy, clear), told,
      answer && outcome(ctx, entry, answer),
      h("p", { class: "sl-soft" }, ctx.drafts.lasting
        ? "Your words stay in this browser, on this computer. Your saved work keeps only which checks passed, unless you tick the box there to put your words in. On a shared computer, press Clear when you are done."
        : "This browser keeps nothing, so your words are gone when you close the page. Copy your post first if you want it. Your saved work keeps only which checks passed.")),
    h("div", { class: "sl-stick" }, card));
}

function outcome(ctx, entry, answer) {
  const brief = entry.briefs.find((one) => one.id === answer.brief);
  const open = Object.keys(NAMES).filter((id) => !answer.checks[id]);
  const all = Object.keys(NAMES).length;
  const { name } = ctx.spec.people[brief.ours.person];
  return feedback(open.length ? "near" : "right",
    open.length ? `${all - open.length} of ${all} checks passed` : `All ${all} checks passed`, [
      open.length ? `Still open: ${open.map((id) => NAMES[id].toLowerCase()).join(", ")}. Change it and press the button again, or leave it and say why in the talk.`
        : "The list is happy. A list sees words and no meaning, so read it once as somebody tired who scrolls at one in the morning.",
      answer.kept ? `You kept ${answer.kept} of the words we stopped at. That is your call; be ready to give the reason.` : undefined,
    ],
    h("details", { class: "sl-more" }, h("summary", { "data-focus": "ours" }, icon("eye"), `How we would say it, as ${name}`),
      h("ul", {}, brief.ours.beats.map((one) => h("li", {}, one)), h("li", {}, brief.ours.caption)), h("p", { class: "sl-pad" }, brief.ours.why)),
    sources(ctx.spec.claims[brief.claim].refs, ctx.spec));
}

export default activity({
  setup(ctx, root) {
    ctx.root = root;
    ctx.drafts = draftStore(ctx.spec);
    whenDraftsChange(() => {
      for (const entry of ctx.spec.items) ctx.forget(entry.id);
      ctx.redraw();
    });
  },
  item(ctx, entry, answer) {
    const all = ctx.draft(entry.id, ctx.drafts.load(entry.briefs.map((one) => one.id), ctx.spec));
    all.brief ??= answer?.brief;
    all.start ??= answer?.start;
    const choose = (what) => (id) => {
      all[what] = id;
      ctx.drafts.keep(all);
      ctx.redraw();
    };
    const ready = all.brief && all.start;
    const lost = answer && isBlank(all);
    return h("div", { class: "sl-one", "data-start": "" },
      pressRow("1. Pick a job", entry.briefs.map((one) => ({
        id: one.id, label: one.title,
        hint: `“${ctx.spec.claims[one.claim].claim}” ${cap(ctx.spec.claims[one.claim].verdict)}.`,
      })), { chosen: all.brief, onPick: choose("brief"), wide: true }),
      all.brief && pressRow("2. How do you start?", [
        { id: "fresh", label: "Write it fresh", hint: "an empty card" },
        { id: "repair", label: "Repair a weak one", hint: "somebody has overdone it" },
      ], { chosen: all.start, onPick: choose("start") }),
      lost && h("p", { class: "sl-notice" }, "You finished this before. Its words are not here: they stay in the browser where they were written, until somebody clears them."),
      ready && editor(ctx, entry, answer, all));
  },
});
