// web: a small invented web to look things up in. What counts is where the learner goes: every move
// is kept, and the feedback speaks to the moves as well as to the finding.
import { activity, button, feedback, h, icon, pressRow, sources, uid } from "./shell.js";

const MOST_MOVES = 80; // as in web.py
const MOST_TABS = 8;
const LINK = /\[([^\]]+)\]\(([a-z0-9-]+)\)/;

// --- what stands where ---------------------------------------------------------------------------

const engineOf = (web) => Object.values(web.sites).find((one) => one.look === "search");

/** What the frame needs to know of a page, or of the results of a search. */
function placeOf(web, id) {
  const search = web.searches[id];
  const page = web.pages[id];
  const site = search ? engineOf(web) : web.sites[page.site];
  return {
    id, search, page, site,
    title: search ? `Results for “${search.query}”` : page.title,
    tab: search ? search.query : site.name,
    address: `${site.address}${search ? "/results" : page.path}`,
    screens: (search ?? page).screens,
  };
}

/** Text with its links: `[words](page-id)`. `go(page, inNewTab)` follows one. */
function linked(text, go) {
  const found = LINK.exec(text);
  if (!found) return [text];
  const [whole, words, to] = found;
  return [text.slice(0, found.index), link(words, to, go),
    ...linked(text.slice(found.index + whole.length), go)];
}

function link(words, to, go, focus = `go-${to}`) {
  const follow = (event) => {
    event.preventDefault();
    go(to, event.ctrlKey || event.metaKey || event.button === 1);
  };
  return h("span", { class: "sl-web-hop" },
    // No href: nothing here may leave the page. A link in a text wraps where a button cannot.
    h("a", {
      role: "link", tabindex: "0", "data-focus": focus,
      on: { click: follow, auxclick: follow, keydown: (event) => event.key === "Enter" && follow(event) },
    }, words),
    h("button", {
      type: "button", class: "sl-web-newtab", title: "Open in a new tab",
      "aria-label": `Open in a new tab: ${words}`, "data-focus": `${focus}-new`,
      on: { click: () => go(to, true) },
    }, icon("tab")));
}

const BLOCKS = {
  text: (one, go) => h("p", {}, linked(one.text, go)),
  head: (one) => h("h5", {}, one.text),
  list: (one, go) => h("ul", {}, one.items.map((text) => h("li", {}, linked(text, go)))),
  box: (one, go) => h("p", { class: "sl-web-promo" }, linked(one.text, go)),
  quote: (one, go) => h("blockquote", {}, linked(one.text, go), one.who && h("small", {}, one.who)),
  rows: (one, go) => h("dl", { class: "sl-web-rows" }, one.rows.map(([label, value]) =>
    h("div", {}, h("dt", {}, label), h("dd", {}, linked(value, go))))),
  post: (one, go) => h("div", { class: "sl-web-posted" }, h("b", {}, one.who), h("p", {}, linked(one.text, go))),
};

function result(web, one, go) {
  const { title, address, page } = placeOf(web, one.page);
  return h("li", {}, h("p", { class: "sl-web-where" }, one.paid && h("b", { class: "sl-web-paid" }, "Ad"), address),
    h("h5", {}, link(one.title ?? title, one.page, go)),
    h("p", {}, one.snippet ?? page.snippet));
}

/** One page as far as it has been read: its screens up to `shown`. */
function pageNode(ctx, place, shown, go, readOn) {
  const { web } = ctx.spec;
  const { site, page, search, screens } = place;
  const heading = h("h4", { tabindex: "-1", class: "sl-web-title" }, place.title);
  const parts = screens.slice(0, shown).map((screen, at) =>
    h(search ? "ul" : "div", { class: "sl-web-screen", "data-screen": String(at), tabindex: at ? "-1" : undefined },
      screen.map((one) => (search ? result(web, one, go) : BLOCKS[one.as](one, go)))));
  const rest = screens.length - shown;
  const node = h("div", { class: `sl-web-site look-${site.look}`, style: `--tint:${tint(site)}` },
    h("div", { class: "sl-web-sitehead" },
      h("span", { class: "sl-web-logo", "aria-hidden": "true" }, site.name.split(" ").slice(0, 2).map((one) => one[0])),
      h("div", {}, h("b", {}, site.name), site.tagline && h("span", {}, site.tagline))),
    h("div", { class: "sl-web-sitebody" }, heading,
      page?.byline && h("p", { class: "sl-web-byline" }, page.byline), parts,
      rest > 0
        ? button(search ? "More results" : "Read on", readOn, { name: "down", kind: "sl-web-more", "data-focus": "more" })
        : h("p", { class: "sl-web-end" }, search ? "No more results." : "End of the page."),
      !rest && page?.refs?.length && h("div", { class: "sl-web-real" }, h("b", {}, "This study is real."),
        sources(page.refs, ctx.spec))));
  return { node, heading };
}

const tint = (site) => site.tint ?? 220;

// --- the browser -----------------------------------------------------------------------------------

/** The frame with its tabs. It lives outside the redraw of the activity, so that it goes on. */
function makeBrowser(ctx, entry, draft) {
  const { web } = ctx.spec;
  const place = (id) => placeOf(web, id);
  const open = (id) => ({ id: uid("tab"), past: [], at: id, shown: { [id]: 1 } });
  draft.tabs = entry.start.map(open);
  let here = 0;
  const panelId = uid("panel");

  const list = h("div", { role: "tablist", "aria-label": "Tabs of the small web", class: "sl-web-tabs" });
  const panel = h("div", { role: "tabpanel", id: panelId, class: "sl-web-panel" });
  const address = h("span", { class: "sl-web-url" });
  const back = button("Back", () => goBack(), { name: "left", "data-focus": "web-back" });
  const close = button("Close tab", () => closeTab(here), { name: "close", "data-focus": "web-close" });
  const current = () => draft.tabs[here];
  const note = (verb, id) => {
    if (draft.moves.length < MOST_MOVES) draft.moves.push(`${verb} ${id}`);
  };

  function go(id, inNewTab) {
    if (inNewTab && draft.tabs.length >= MOST_TABS) {
      ctx.say(`${MOST_TABS} tabs are open. Close one first.`);
      full.hidden = false;
      return;
    }
    if (inNewTab) {
      draft.tabs.splice(here + 1, 0, open(id));
      here += 1;
    } else {
      current().past.push(current().at);
      current().at = id;
      current().shown[id] ??= 1;
    }
    note(inNewTab ? "new" : "open", id);
    arrive(inNewTab ? "New tab. " : "");
  }
  function goBack() {
    if (!current().past.length) return;
    current().at = current().past.pop();
    note("back", current().at);
    arrive("Back. ");
  }
  function closeTab(at) {
    if (draft.tabs.length < 2) return;
    const [closed] = draft.tabs.splice(at, 1);
    here = Math.min(at, draft.tabs.length - 1);
    note("close", closed.at);
    arrive("Tab closed. ");
  }
  function switchTo(at, keepFocus) {
    if (at !== here) note("switch", draft.tabs[at].at);
    here = at;
    draw();
    if (keepFocus) list.children[here].focus();
  }
  function readOn() {
    const { at, shown } = current();
    shown[at] += 1;
    note("more", at);
    draw();
    panel.querySelector(`[data-screen="${shown[at] - 1}"]`)?.focus({ preventScroll: true });
  }
  /** A new page has the focus on its title, as a new page of a real browser is read from its top. */
  function arrive(how) {
    const { heading } = draw();
    heading.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
    ctx.say(`${how}${place(current().at).title}. ${draft.tabs.length} ${draft.tabs.length > 1 ? "tabs" : "tab"} open.`);
  }

  function keys(event) {
    const last = draft.tabs.length - 1;
    const to = { ArrowRight: here < last ? here + 1 : 0, ArrowLeft: here ? here - 1 : last, Home: 0, End: last }[event.key];
    if (to !== undefined) switchTo(to, true);
    else if (event.key === "Delete" && last > 0) {
      closeTab(here);
      list.children[here].focus();
    } else return;
    event.preventDefault();
  }
  list.addEventListener("keydown", keys);

  /** Brings the chosen tab into the strip, which forgets how far it was scrolled at each redraw. */
  draft.reveal = () => {
    const { offsetLeft: left, offsetWidth: width } = list.children[here];
    if (left + width > list.scrollLeft + list.clientWidth) list.scrollLeft = left + width - list.clientWidth + 4;
    if (left < list.scrollLeft) list.scrollLeft = left - 4;
  };

  function draw() {
    const tab = current();
    const now = place(tab.at);
    list.replaceChildren(...draft.tabs.map((one, at) => {
      const { site, tab: label, title } = place(one.at);
      return h("button", {
        type: "button", role: "tab", id: one.id, class: "sl-web-tab", title, style: `--tint:${tint(site)}`,
        "aria-selected": String(at === here), "aria-controls": at === here ? panelId : undefined,
        tabindex: at === here ? "0" : "-1", "data-focus": at === here ? "web-tab" : `web-tab-${at}`,
        on: { click: () => switchTo(at, true) },
      }, h("i", { "aria-hidden": "true" }), h("span", {}, label));
    }));
    panel.setAttribute("aria-labelledby", tab.id);
    address.textContent = now.address;
    back.setAttribute("aria-disabled", String(!tab.past.length));
    close.setAttribute("aria-disabled", String(draft.tabs.length < 2));
    full.hidden = true;
    const page = pageNode(ctx, now, tab.shown[tab.at], go, readOn);
    panel.replaceChildren(page.node);
    draft.reveal();
    draft.onMove?.();
    return page;
  }

  const full = h("p", { class: "sl-web-full", hidden: true }, `${MOST_TABS} tabs are open. Close one first.`);
  const asked = entry.searches.length > 0 && h("div", { class: "sl-web-ask" },
    h("span", {}, icon("search"), "Search for"),
    entry.searches.map((id) => h("button", {
      type: "button", class: "sl-web-query", "data-focus": `search-${id}`, on: { click: () => go(id, true) },
    }, web.searches[id].query)));
  const node = h("div", { class: "sl-web-browser", role: "group", "aria-label": "A small invented web" },
    h("div", { class: "sl-web-top" }, list, h("span", { class: "sl-web-invented" }, "invented web")),
    h("div", { class: "sl-web-tools" }, back,
      h("p", { class: "sl-web-address" }, h("span", { class: "sl-only" }, "Address: "), address), close),
    asked, full, panel);
  draw();
  return node;
}

// --- what the moves say ----------------------------------------------------------------------------

const VERB = {
  open: "opened", new: "new tab", switch: "went to the tab", close: "closed", back: "back to", more: "read on in",
};
const split = (move) => move.split(" ");

/** The first rule of a task that fits the moves. The last rule fits all of them. */
export function spoken(entry, moves, web) {
  const steps = moves.map(split);
  const site = (id) => web.pages[id]?.site ?? "the search engine";
  const home = new Set(entry.start.map(site));
  const seen = steps.filter(([verb]) => verb !== "more" && verb !== "close").map(([, id]) => id);
  const away = steps.findIndex(([verb, id]) => verb !== "more" && verb !== "close" && !entry.start.includes(id));
  const early = away < 0 ? steps : steps.slice(0, away);
  const facts = {
    none: () => steps.length === 0,
    left: (want) => want === seen.some((id) => !home.has(site(id))),
    read_on: (want) => want === early.some(([verb, id]) => verb === "more" && entry.start.includes(id)),
    opened: (ids) => ids.some((id) => seen.includes(id)),
    all: (ids) => ids.every((id) => seen.includes(id)),
    first: (ids) => ids.includes(seen.find((id) => !entry.start.includes(id))),
  };
  return entry.moves.find(({ when }) => Object.entries(when).every(([name, want]) => facts[name](want)));
}

function trail(ctx, entry, answer) {
  const { web } = ctx.spec;
  const name = (id) => {
    const { site, title, search } = placeOf(web, id);
    return search ? title : site.name;
  };
  const shown = answer.moves.slice(0, 12).map(split);
  const more = answer.moves.length - shown.length;
  return h("ol", { class: "sl-web-trail" },
    h("li", {}, h("small", {}, "start"), entry.start.map(name).join(" and ")),
    shown.map(([verb, id]) => h("li", {}, h("small", {}, VERB[verb]), name(id))),
    more > 0 && h("li", {}, h("small", {}, "and then"), `${more} more`));
}

const TITLE = {
  "true true": "Found, and checked",
  "true false": "Right, but you took the page's word for it",
  "false true": "Good moves. Look at what you found again",
  "false false": "Tempting. The answer is one look away",
};

function told(ctx, entry, answer) {
  const found = entry.options.find((one) => one.id === answer.finding);
  const rule = spoken(entry, answer.moves, ctx.spec.web);
  const tone = found.correct ? (rule.checked ? "right" : "near") : "wrong";
  return feedback(tone, TITLE[`${found.correct} ${rule.checked}`], [found.feedback],
    h("h5", {}, "Your moves"), trail(ctx, entry, answer), h("p", {}, rule.feedback),
    h("p", {}, h("b", {}, "A short way: "), entry.way), sources(entry.refs, ctx.spec));
}

const checked = (ctx, entry) => spoken(entry, ctx.answer(entry.id).moves, ctx.spec.web).checked;

export default activity({
  right: (entry, answer) => entry.options.find((one) => one.id === answer.first)?.correct,
  item(ctx, entry, answer) {
    const draft = ctx.draft(entry.id, { moves: [...(answer?.moves ?? [])] });
    draft.node ??= makeBrowser(ctx, entry, draft);
    const count = h("p", { class: "sl-web-movecount" });
    draft.onMove = () => {
      const made = draft.moves.length;
      count.textContent = made ? `${made} ${made > 1 ? "moves" : "move"} so far` : "No move yet";
    };
    draft.onMove();
    requestAnimationFrame(draft.reveal);
    return h("div", { class: "sl-one sl-web", "data-start": "" },
      h("p", { class: "sl-question" }, entry.task), draft.node, count,
      pressRow(entry.question, entry.options, {
        chosen: answer?.finding, wide: true,
        describe: (one, pressed) => pressed && icon(one.correct ? "right" : "wrong"),
        onPick: (id) => ctx.record(entry.id, {
          moves: [...draft.moves], tabs: draft.tabs.length, finding: id, first: answer?.first ?? id,
        }),
      }),
      answer && told(ctx, entry, answer));
  },
  summary(ctx, done) {
    const looked = done.filter((entry) => checked(ctx, entry)).length;
    const right = done.filter((entry) =>
      entry.options.find((one) => one.id === ctx.answer(entry.id).first)?.correct).length;
    return h("div", {},
      h("p", {}, `Tasks in which you looked it up somewhere else: ${looked} of ${done.length}. `
        + `Findings that we share at first sight: ${right} of ${done.length}.`),
      h("ul", { class: "sl-guesses" }, done.map((entry) => h("li", {}, entry.task,
        h("small", {}, checked(ctx, entry) ? "You looked it up elsewhere." : "You stayed, or stopped early.")))));
  },
});
