// The twin of recommender.py, move by move. That file is the truth and says why there are two;
// tests/browser/test_feed.py plays both and compares them.

const SLIPS = 4;
const MOST = 60;
const EXPLORE = 8;
const GAINS = { end: 6, half: 2, swipe: -1, like: 8 };
const FOUND = 6;
const WORD = 2 ** 32;

function mulberry32(state) {
  const next = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return [(mixed ^ (mixed >>> 14)) >>> 0, next];
}

const total = (slips) => slips.reduce((sum, one) => sum + one, 0);
const below = (number, most) => Math.floor((number * most) / WORD); // exact: far below 2 ** 53

function draw(slips, chance) {
  const [first, between] = mulberry32(chance);
  const [second, after] = mulberry32(between);
  if (below(first, EXPLORE) === 0) return [below(second, slips.length), after];
  let at = below(second, total(slips));
  let topic = 0;
  while (at >= slips[topic]) {
    at -= slips[topic];
    topic += 1;
  }
  return [topic, after];
}

export function startFeed(seed, slips) {
  const [card, chance] = draw(slips, seed | 0);
  return { slips: [...slips], card, chance, shown: [card] };
}

export const newHat = (topics) => Array(topics).fill(SLIPS);
const held = (count) => Math.min(MOST, Math.max(1, count));

function changed(slips, card, move) {
  const hat = [...slips];
  hat[card] = held(move === "less" ? Math.floor(hat[card] / 2) : hat[card] + GAINS[move === "find" ? "swipe" : move]);
  if (move === "find") {
    const rarest = hat.indexOf(Math.min(...hat));
    hat[rarest] = held(hat[rarest] + FOUND);
  }
  return hat;
}

export function react(feed, move) {
  const slips = changed(feed.slips, feed.card, move);
  const [card, chance] = draw(slips, feed.chance);
  return { slips, card, chance, shown: [...feed.shown, card] };
}

/** How many equal topics would be as mixed as this hat: two to the power of the entropy. */
export function mixedAs(slips) {
  const chances = slips.map((one) => 1 / (EXPLORE * slips.length) + ((1 - 1 / EXPLORE) * one) / total(slips));
  return 2 ** -chances.reduce((sum, one) => sum + one * Math.log2(one), 0);
}
