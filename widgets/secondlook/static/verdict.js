// What is said about calls on posts, shared by the kinds that ask for them: the reason behind one
// post, both sides in a sentence, and which way the calls lean.
import { feedback, h, sources } from "./shell.js";

export const CALLS = [
  { id: "trust", label: "I'd trust it", icon: "check" },
  { id: "question", label: "I'd question it", icon: "ask" },
];
export const TITLES = { sound: "this one holds up", unsound: "this one needs a second look" };
export const isGood = (post, answer) => (answer.call === "trust") === (post.label === "sound");
export const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** Why a post holds up or not, with its source. `answer` may be missing, `more` follows the reason. */
export function verdict(spec, post, answer, ...more) {
  const told = TITLES[post.label];
  const good = answer && isGood(post, answer);
  const title = !answer ? `Left open: ${told}` : good ? `Good call: ${told}` : capital(told);
  const leansOn = post.tactics.map((one) => spec.tactics[one]).filter(Boolean);
  return feedback(!answer ? "note" : good ? "right" : "wrong", title,
    [answer && post.feedback[answer.call], post.reason], ...more,
    post.fix && h("p", {}, h("b", {}, "What would make it fair: "), post.fix),
    leansOn.length ? h("p", {}, h("b", {}, "It leans on: "), `${leansOn.join("; ")}.`) : undefined,
    sources(post.refs, spec));
}

/** How many posts of each side were judged, and how many of them rightly, from [post, answer]. */
export function tallied(judged) {
  const sides = { sound: { good: 0, all: 0 }, unsound: { good: 0, all: 0 } };
  for (const [post, answer] of judged) {
    sides[post.label].all += 1;
    if (isGood(post, answer)) sides[post.label].good += 1;
  }
  return sides;
}

function clause(past, base, side, label, noun) {
  const { good, all } = side;
  if (all === 1) return `${good ? past : `did not ${base}`} the one ${label} post`;
  if (good === 0) return `${past} none of the ${all} ${label} ${noun}`;
  return `${past} ${good === all ? "all" : `${good} of`} ${all} ${label} ${noun}`;
}

/** The sentence of `scoring.two_sided`, word for word; a test compares the two. */
export function twoSided({ sound, unsound }) {
  const said = [
    sound.all && clause("trusted", "trust", sound, "sound", "posts"),
    unsound.all && clause("questioned", "question", unsound, "unsound", sound.all ? "ones" : "posts"),
  ].filter(Boolean);
  return said.length ? `You ${said.join(" and ")}.` : "You have not judged a post yet.";
}

/** Which way the calls lean, once there are posts of both sides to lean on. */
export function leaning({ sound, unsound }) {
  const all = sound.all + unsound.all;
  if (!sound.all || !unsound.all) return undefined;
  const trusted = (sound.good + unsound.all - unsound.good) / all;
  const both = all === 2 ? "both" : undefined;
  if (trusted <= 0.2) {
    const what = both ?? (trusted === 0 ? "every one" : "almost every one");
    return `You questioned ${what}. That stops the unsound ones, and the good ones with them.`;
  }
  if (trusted >= 0.8) {
    const what = both ?? (trusted === 1 ? "every one" : "almost every one");
    return `You trusted ${what}. That keeps the good ones, and lets the rest ride along.`;
  }
  return "You did not lean one way. You trusted some and questioned some, post by post.";
}

/** Both sides as rows of dots; the sentence beside them says the same. */
export function sideBars(sides) {
  const bar = ([label, verb]) => sides[label].all > 0 && h("div", { class: "sl-side" },
    h("span", {}, `${label} posts you ${verb}`),
    h("b", {}, `${sides[label].good} of ${sides[label].all}`),
    h("i", { class: "sl-pips", "aria-hidden": "true" }, Array.from({ length: sides[label].all },
      (_, index) => h("i", { class: index < sides[label].good ? "is-on" : "" }))));
  return h("div", { class: "sl-sides", "aria-hidden": "true" },
    [["sound", "trusted"], ["unsound", "questioned"]].map(bar).filter(Boolean));
}
