// A post as a phone-sized card: the clip as captioned beats with play, pause, next and a
// transcript; who says it; counts; comments. Everything is drawn, nothing is loaded.
import { button, h, icon, uid } from "./shell.js";

const BEAT_MS = 3200; // long enough to read 90 characters once at an easy pace

/** 412000 -> "412K": the way a feed prints it. The exact number is in the label. */
export const short = (n) =>
  n < 10_000 ? n.toLocaleString("en") : n < 1_000_000 ? `${Math.round(n / 1000)}K` : `${(n / 1e6).toFixed(1)}M`;

/** A number from a handle, so that a creator always wears the same colours. */
const hash = (text) => [...text].reduce((sum, one) => (sum * 31 + one.codePointAt(0)) >>> 0, 7);

export function avatar(creator) {
  const seed = hash(creator.handle);
  const colour = (turn) => `hsl(${(seed + turn) % 360} 62% 70%)`;
  return h("div", {
    class: "sl-ava", "aria-hidden": "true",
    style: `background:conic-gradient(from ${seed % 360}deg,${colour(0)},${colour(70)},${colour(190)},${colour(0)})`,
  }, creator.name[0]);
}

function counts(post) {
  const shown = [["heart", "likes"], ["talk", "comments"], ["share", "shares"]];
  return h("ul", { class: "sl-acts", "aria-label": "Counts" }, shown.map(([drawn, what]) =>
    h("li", {}, icon(drawn), h("span", { "aria-hidden": "true" }, short(post.counts[what])),
      h("span", { class: "sl-only" }, `${post.counts[what].toLocaleString("en")} ${what}`))));
}

/**
 * The card. Options: `counts: false` hides likes, comments and shares, `comments: false` the list of
 * comments; `made` is what the label says; `at` is the beat to begin with.
 */
export function postCard(post, options = {}) {
  const { creator } = post;
  const seed = hash(post.id);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let at = 0;
  let timer;

  const bars = h("div", { class: "sl-bars", "aria-hidden": "true" }, post.beats.map(() => h("i")));
  const beat = h("p", { class: "sl-beat", "aria-live": "off" });
  const playLabel = h("span", {}, "Play");
  const playIcon = h("span", { class: "sl-swap" }, icon("play"));
  const play = h("button", { type: "button", class: "sl-btn", "data-focus": `play-${post.id}`, on: { click: () => (timer ? pause() : run()) } }, playIcon, playLabel);
  const show = (to) => {
    at = to;
    beat.textContent = post.beats[at];
    [...bars.children].forEach((bar, index) => bar.classList.toggle("is-on", index <= at));
  };
  const pause = () => {
    clearInterval(timer);
    timer = undefined;
    playLabel.textContent = "Play";
    playIcon.replaceChildren(icon("play"));
  };
  const run = () => {
    if (at === post.beats.length - 1) show(0);
    playLabel.textContent = "Pause";
    playIcon.replaceChildren(icon("pause"));
    timer = setInterval(() => {
      if (!card.isConnected) pause();
      else if (at + 1 < post.beats.length) show(at + 1);
      if (at + 1 >= post.beats.length) pause();
    }, BEAT_MS);
  };
  const next = button("Next", () => {
    pause();
    show((at + 1) % post.beats.length);
    beat.setAttribute("aria-live", "polite"); // asked for by the learner, so read it out
  }, { name: "next", "data-focus": `beat-${post.id}` });

  const transcript = h("details", { class: "sl-more" },
    h("summary", {}, icon("text"), "Transcript"),
    h("ol", {}, post.beats.map((one) => h("li", {}, one))));
  const comments = h("details", { class: "sl-more" },
    h("summary", {}, icon("talk"), `Comments (${post.comments.length} shown)`),
    h("ul", {}, post.comments.map((one) => h("li", {}, h("b", {}, `@${one.who}`), " ", one.text))));

  const named = uid("card");
  const card = h("article", { class: "sl-post", "aria-labelledby": named, style: `--tint:${168 + (seed % 96)}` },
    bars, h("p", { class: "sl-made" }, options.made ?? "invented post"),
    h("div", { class: "sl-stage" }, beat, options.counts === false ? undefined : counts(post)),
    h("div", { class: "sl-postfoot" },
      h("div", { class: "sl-who" }, avatar(creator),
        h("div", {}, h("b", { id: named }, `@${creator.handle}`), h("span", {}, creator.role))),
      h("p", { class: "sl-cap" }, post.caption, " ",
        post.hashtags.map((tag) => h("span", { class: "sl-tag" }, `#${tag} `))),
      post.disclosure && h("p", { class: "sl-pill" }, post.disclosure)));
  show(Math.min(options.at ?? 0, post.beats.length - 1));
  if (!still) requestAnimationFrame(() => card.isConnected || pause());
  return h("div", { class: "sl-postbox" }, card,
    h("div", { class: "sl-ctl" }, play, next), transcript, options.comments === false ? "" : comments);
}

/** The card of an activity: the same one after every redraw, so that it goes on where it was. */
export const keptCard = (ctx, post, options) =>
  (ctx.draft(`card ${post.id} ${options?.counts ?? true}`).node ??= postCard(post, options));
