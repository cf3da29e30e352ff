// feed: an invented user and a toy recommender. The learner plays the user; the hat of slips that
// the next card is drawn from stands beside the card. recommender.js answers without a kernel.
import { activity, button, feedback, h, icon, pressRow, sources } from "./shell.js";
import { dial } from "./dial.js";
import { mixedAs, newHat, react, startFeed } from "./recommender.js";

const MOVES = {
  end: { code: "e", label: "Watch to the end", hint: "6 more slips", icon: "play" },
  half: { code: "h", label: "Watch half", hint: "2 more slips", icon: "pause" },
  swipe: { code: "s", label: "Swipe on", hint: "1 slip out", icon: "next" },
  like: { code: "l", label: "Watch and like", hint: "8 more slips", icon: "heart" },
  less: { code: "n", label: "Not interested", hint: "half the slips out", icon: "wrong" },
  find: { code: "f", label: "Search for something else", hint: "6 slips for the rarest topic", icon: "ask" },
};
const NAMED = Object.fromEntries(Object.entries(MOVES).map(([name, one]) => [one.code, name]));
const STEP = 140; // ms a card when the user goes on alone
const TENS = Array.from({ length: 11 }, (_, at) => at);
const TINTS = [18, 210, 262, 232, 330, 190, 38, 150];

/** Whole topics: a hat is "as mixed as 3" until it is as mixed as 4. */
const mixed = (slips) => Math.floor(mixedAs(slips) + 1e-9);
const replay = (seed, hat, codes) => [...codes].reduce((feed, code) => react(feed, NAMED[code]), startFeed(seed, hat));
const lastTen = (shown) => shown.slice(0, -1).slice(-10); // the card after the last move was never seen
const countOf = (shown, topic) => lastTen(shown).filter((one) => one === topic).length;
const topOf = (slips) => slips.indexOf(Math.max(...slips));
const placeOf = (spec, id) => spec.topics.findIndex((one) => one.id === id);

function badge(spec, topic) {
  return h("span", { class: "sl-topic", style: `--tint:${TINTS[topic % TINTS.length]}`, "aria-hidden": "true" },
    spec.topics[topic].label[0]);
}

/** The hat as bars, and how mixed it is in words and in blocks. `show` changes it in place. */
function hat(spec, goal) {
  const rows = spec.topics.map((one, topic) => {
    const count = h("b", {});
    const bar = h("i", {});
    const row = h("li", {}, badge(spec, topic), h("span", { class: "sl-hatname" }, one.label),
      h("span", { class: "sl-hatbar", "aria-hidden": "true" }, bar), count, h("span", { class: "sl-only" }, " slips"));
    return { row, count, bar };
  });
  const words = h("p", { class: "sl-mix" });
  const blocks = h("div", { class: "sl-mixblocks", "aria-hidden": "true" },
    spec.topics.map((_, at) => h("i", { class: goal === at + 1 ? "is-goal" : "" })));
  const node = h("div", { class: "sl-hat" }, h("h4", {}, "The hat"),
    h("ul", {}, rows.map((one) => one.row)), words, blocks);
  return {
    node,
    show({ slips, card }, over) {
      const most = Math.max(16, ...slips);
      rows.forEach(({ row, count, bar }, topic) => {
        count.textContent = slips[topic];
        bar.style.width = `${(100 * slips[topic]) / most}%`;
        row.classList.toggle("is-now", !over && topic === card);
      });
      const all = spec.topics.length;
      words.textContent = `As mixed as ${mixed(slips)} of ${all} topics.${goal ? ` The goal is ${goal}.` : ""}`;
      [...blocks.children].forEach((block, at) => block.classList.toggle("is-on", at < mixed(slips)));
    },
  };
}

/** The topics of all cards so far, in order. */
function trail(spec) {
  const row = h("div", { class: "sl-trail", role: "img" });
  return {
    node: row,
    show(shown) {
      row.replaceChildren(...shown.map((topic) => badge(spec, topic)));
      const top = shown.map((one) => shown.filter((other) => other === one).length);
      const most = shown[top.indexOf(Math.max(...top))];
      row.setAttribute("aria-label", `${shown.length} cards so far; most often ${spec.topics[most].label}.`);
    },
  };
}

function clip(spec) {
  const topic = h("span", { class: "sl-cliptopic" });
  const line = h("p", {});
  const place = h("span", {});
  const node = h("div", { class: "sl-clip" }, h("div", {}, topic, place), line);
  return {
    node,
    show({ card, shown }, cards) {
      const { label, lines } = spec.topics[card];
      const before = shown.filter((one) => one === card).length - 1;
      node.style.setProperty("--tint", TINTS[card % TINTS.length]);
      topic.textContent = label;
      line.textContent = lines[before % lines.length];
      place.textContent = `${shown.length} of ${cards}`;
    },
  };
}

const side = (left, ...right) => h("div", { class: "sl-feedview" }, h("div", {}, left), h("div", { class: "sl-feedside" }, right));

/** The feed while it is played. `ended(feed)` says when it is over, `finish` gets the codes. */
function stage(ctx, entry, draft, { cards, goal, ended, finish }) {
  const { spec } = ctx;
  const [card, bars, line] = [clip(spec), hat(spec, goal), trail(spec)];
  const show = () => {
    card.show(draft.feed, cards);
    bars.show(draft.feed);
    line.show(draft.feed.shown);
  };
  const go = (move, quiet) => {
    draft.feed = react(draft.feed, move);
    draft.codes += MOVES[move].code;
    if (ended(draft)) {
      finish(draft.codes);
      return false;
    }
    show();
    if (!quiet) ctx.say(`Card ${draft.feed.shown.length}: ${spec.topics[draft.feed.card].label}. As mixed as ${mixed(draft.feed.slips)} topics.`);
    return true;
  };
  const alone = () => {
    if (draft.alone) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const next = () => entry.habit[draft.feed.card];
    if (still) {
      while (go(next(), true));
      return;
    }
    draft.alone = true;
    auto.setAttribute("aria-disabled", "true");
    const clock = setInterval(() => {
      if (!node.isConnected || !go(next(), true)) clearInterval(clock);
    }, STEP);
  };
  const auto = entry.habit && button(`Let ${spec.user} go on like that`, alone, { name: "forward", "data-focus": "auto" });
  const press = entry.actions.map((name) => h("button", {
    type: "button", class: "sl-btn sl-move", "data-focus": `move-${name}`, on: { click: () => !draft.alone && go(name) },
  }, icon(MOVES[name].icon), h("span", {}, MOVES[name].label, h("small", {}, MOVES[name].hint))));
  const node = side([card.node, h("div", { class: "sl-moves", role: "group", "aria-label": `What ${spec.user} does` }, press), auto],
    bars.node, line.node);
  show();
  return node;
}

/** A feed that is over: its hat and its cards. */
function finished(ctx, feed, name) {
  const [bars, line] = [hat(ctx.spec), trail(ctx.spec)];
  bars.show(feed, true);
  line.show(feed.shown.slice(0, -1));
  return h("div", { class: "sl-finished" }, name && h("p", { class: "sl-runname" }, name), bars.node, line.node);
}

const told = (ctx, feed, before) => {
  const top = topOf(feed.slips);
  const seen = lastTen(feed.shown).length;
  return `The hat was as mixed as ${mixed(before)} topics. Now it is as mixed as ${mixed(feed.slips)}. `
    + `Most slips: ${ctx.spec.topics[top].label}, ${countOf(feed.shown, top)} of the last ${seen} cards.`;
};

const offBy = (entry, guess, count) => (Math.abs(guess - count) <= entry.near ? "near" : guess < count ? "low" : "high");
const OFF = { near: "Close", low: "You guessed low", high: "You guessed high" };

function play(ctx, entry, answer) {
  const { spec } = ctx;
  const start = newHat(spec.topics.length);
  const topic = placeOf(spec, entry.topic);
  if (answer) {
    const feed = replay(entry.seed, start, answer.moves);
    const count = topic >= 0 && countOf(feed.shown, topic);
    const off = topic >= 0 && offBy(entry, answer.guess, count);
    return side(finished(ctx, feed), feedback(off === "near" ? "right" : "note", off ? OFF[off] : "That was the feed", [
      off && `You guessed ${answer.guess} of the last ten. It was ${count}. ${entry.feedback[off]}`,
      told(ctx, feed, start), entry.after,
    ], sources(entry.refs, spec)));
  }
  const draft = ctx.draft(entry.id, { guess: 5, codes: "", feed: startFeed(entry.seed, start), on: topic < 0 });
  if (!draft.on) {
    return h("div", { class: "sl-before" }, h("p", { class: "sl-question" }, entry.question),
      dial({ label: "Your guess", id: "guess", values: TENS, value: draft.guess, unit: "of the last ten cards",
        onChange: (value) => (draft.guess = value) }),
      button("Start the feed", () => {
        draft.on = true;
        ctx.redraw();
      }, { kind: "is-main", name: "play", "data-focus": "start" }));
  }
  return stage(ctx, entry, draft, {
    cards: entry.cards,
    ended: ({ codes }) => codes.length === entry.cards,
    finish: (moves) => ctx.record(entry.id, topic < 0 ? { moves } : { moves, guess: draft.guess }),
  });
}

function widen(ctx, entry, answer) {
  const fresh = () => ({ codes: "", feed: startFeed(entry.seed, entry.hat) });
  const draft = ctx.draft(entry.id, fresh());
  if (answer && !draft.again) {
    const feed = replay(entry.seed, entry.hat, answer.moves);
    const met = mixed(feed.slips) >= entry.goal;
    const kind = !met ? "never" : answer.moves.length <= entry.best + 1 ? "hit" : "slow";
    return side(finished(ctx, feed), feedback(kind === "hit" ? "right" : "note",
      { hit: "That was quick", slow: "You got there", never: "Out of cards" }[kind], [
        met && (answer.moves.length === entry.best
          ? `You needed ${entry.best} cards, the fewest we know of.`
          : `You needed ${answer.moves.length} cards. The fewest we know of is ${entry.best}.`),
        entry.feedback[kind], entry.after,
      ], sources(entry.refs, ctx.spec)),
    button("Try another way", () => {
      Object.assign(draft, fresh(), { again: true });
      ctx.redraw();
    }, { name: "redo", "data-focus": "retry" }));
  }
  return [h("p", { class: "sl-question" }, entry.question), stage(ctx, entry, draft, {
    cards: entry.most, goal: entry.goal,
    ended: ({ codes, feed }) => mixed(feed.slips) >= entry.goal || codes.length === entry.most,
    finish(moves) {
      draft.again = false;
      ctx.record(entry.id, { moves });
    },
  })];
}

function twins(ctx, entry, answer) {
  const draft = ctx.draft(entry.id, { ran: Boolean(answer) });
  const start = newHat(ctx.spec.topics.length);
  if (!draft.ran) {
    return h("div", { class: "sl-before" }, button("Run both feeds", () => {
      draft.ran = true;
      ctx.redraw();
    }, { kind: "is-main", name: "play", "data-focus": "start" }));
  }
  const runs = entry.seeds.map((seed, at) => {
    let feed = startFeed(seed, start);
    while (feed.shown.length <= entry.cards) feed = react(feed, entry.habit[feed.card]);
    return finished(ctx, feed, entry.names[at]);
  });
  const chosen = answer?.choice[0];
  const one = entry.options.find((option) => option.id === chosen);
  return [h("div", { class: "sl-twins" }, runs),
    pressRow(entry.question, entry.options, {
      chosen, wide: true, describe: (option, pressed) => pressed && icon(option.correct ? "right" : "wrong"),
      onPick: (id) => ctx.record(entry.id, { choice: [id], first: answer?.first ?? [id] }),
    }),
    one && feedback(one.correct ? "right" : "wrong", one.correct ? "Yes" : "Tempting, but no", [one.feedback],
      sources(entry.refs, ctx.spec))];
}

const VIEWS = { play, widen, twins };

/** One line of the comparison at the end. */
function line(ctx, entry) {
  const answer = ctx.answer(entry.id);
  const all = ctx.spec.topics.length;
  const row = (name, feed, before, cards) => {
    const top = topOf(feed.slips);
    return h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, `${mixed(before)} → ${mixed(feed.slips)}`),
      h("td", {}, badge(ctx.spec, top), ` ${ctx.spec.topics[top].label}`), h("td", {}, String(cards)));
  };
  if (entry.view === "twins") {
    return entry.seeds.map((seed, at) => {
      let feed = startFeed(seed, newHat(all));
      while (feed.shown.length <= entry.cards) feed = react(feed, entry.habit[feed.card]);
      return row(entry.names[at], feed, newHat(all), entry.cards);
    });
  }
  const before = entry.hat ?? newHat(all);
  return row(entry.name, replay(entry.seed, before, answer.moves), before, answer.moves.length);
}

export default activity({
  item: (ctx, entry, answer) => h("div", { class: "sl-one sl-feed", "data-start": "" },
    h("p", { class: "sl-runname" }, entry.name), h("p", { class: "sl-feedintro" }, entry.intro),
    VIEWS[entry.view](ctx, entry, answer)),
  summary: (ctx, done) => h("div", { class: "sl-scroll" }, h("table", { class: "sl-runs" },
    h("caption", {}, `${ctx.spec.user}'s feeds beside each other`),
    h("thead", {}, h("tr", {}, ["Feed", "As mixed as", "Most slips", "Cards"].map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, done.map((entry) => line(ctx, entry))))),
});
