// present: turns the slides of a lesson for a class with one projector. Everything is in the page;
// this shows one slide at a time, keeps what is typed, and listens to keyboard and clicker.
import { drawBefore, drawGuesses, drawTally, handsOf, most, running, typed } from "./present-votes.js";
import { playFeed } from "./present-feed.js";

const slides = [...document.querySelectorAll(".slide")];
const find = (selector) => document.querySelector(selector);
const dialogs = Object.fromEntries([...document.querySelectorAll("dialog")].map((one) => [one.dataset.dialog, one]));
const state = { at: 0, step: 0, votes: {}, trail: [], theme: "", clock: { of: "", left: 0, until: 0 }, ...kept() };

// --- what survives a reload -------------------------------------------------------------------

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(document.body.dataset.deck)) ?? {};
    return found.at < slides.length ? found : {};
  } catch {
    return {}; // no storage for a file on this browser: the lesson begins at its first slide
  }
}

function keep() {
  try {
    sessionStorage.setItem(document.body.dataset.deck, JSON.stringify(state));
  } catch {
    // As above: nothing is lost but the place after a reload.
  }
}

// --- one slide --------------------------------------------------------------------------------

const here = () => slides[state.at];
const asks = (slide) => slide.querySelector("[data-tally], [data-guesses]") !== null;
const steps = (slide) => Math.max(asks(slide) ? 1 : 0, ...[...slide.querySelectorAll("[data-step]")].map((one) => Number(one.dataset.step)));

function posts(activity) {
  return slides
    .filter((one, at) => one.dataset.activity === activity && at <= state.at)
    .map((one) => ({ label: one.dataset.judge, name: one.querySelector("[data-tally]").dataset.tally }));
}

/** Draws what the slide shows at this step; gives what a screen reader should hear of it. */
function paint() {
  const slide = here();
  const shown = state.step > 0;
  const said = [];
  slide.classList.toggle("revealed", shown);
  for (const one of slide.querySelectorAll("[data-step]")) one.toggleAttribute("hidden", Number(one.dataset.step) > state.step);
  for (const one of slide.querySelectorAll("[data-until]")) one.toggleAttribute("hidden", Number(one.dataset.until) <= state.step);
  for (const box of slide.querySelectorAll("[data-vote]")) {
    box.value = state.votes[box.dataset.vote]?.[box.dataset.at] ?? "";
    box.closest(".hands").hidden = shown;
  }
  for (const list of slide.querySelectorAll("[data-tally]")) said.push(drawTally(list, state.votes, shown));
  for (const box of slide.querySelectorAll("[data-guesses]")) said.push(drawGuesses(box, state.votes, shown));
  for (const line of slide.querySelectorAll("p[data-before]")) drawBefore(line, state.votes);
  for (const line of slide.querySelectorAll("[data-running]")) {
    line.textContent = running(posts(line.dataset.running), state.votes) || line.dataset.none || "";
    line.hidden = line.textContent === "";
  }
  said.unshift(slide.querySelector(".verdict")?.textContent);
  return shown ? said.filter(Boolean).join(". ") : "";
}

function show() {
  for (const one of slides) one.hidden = one !== here();
  const slide = here();
  const said = paint();
  find("[data-status]").textContent = said;
  find("[data-here]").textContent = slide.dataset.part;
  find("[data-total]").textContent = Number(slide.dataset.minutes) ? ` · ${slide.dataset.minutes} min` : "";
  const part = slides.filter((one) => one.dataset.part === slide.dataset.part && !("side" in one.dataset));
  const passed = part.filter((one) => Number(one.dataset.at) <= state.at).length;
  find("[data-place]").textContent = `${passed} / ${part.length}`;
  document.body.dataset.look = slide.className.split(" ")[1];
  setClock();
  slide.focus({ preventScroll: true });
  slide.scrollTop = 0;
  keep();
}

// --- from slide to slide ----------------------------------------------------------------------

const group = (at) => slides[at]?.dataset.group ?? "";
const beside = (at) => slides[at] && "side" in slides[at].dataset;

/** Where a slide leads: on, to what most hands were for, or past what only hands lead to. */
function next() {
  if (state.at + 1 >= slides.length) return state.at;
  if (group(state.at) && group(state.at + 1) === group(state.at)) return state.at + 1;
  const { leadsVote, leadsTo, leadsElse } = here().dataset;
  if (leadsVote !== undefined) {
    const best = most(handsOf(state.votes, leadsVote));
    const goes = best < 0 ? leadsElse : leadsTo.split(" ")[best];
    const at = slides.findIndex((one) => goes && one.dataset.group === goes);
    if (at >= 0) return at;
  }
  let at = state.at + 1;
  while (beside(at)) at += 1;
  return Math.min(at, slides.length - 1);
}

function go(at, { whole = false } = {}) {
  if (at === state.at || !slides[at]) return;
  state.trail = [...state.trail, state.at].slice(-400);
  state.at = at;
  state.step = whole ? steps(here()) : 0;
  show();
}

function on() {
  if (state.step < steps(here())) {
    state.step += 1;
    show();
  } else go(next());
}

function back() {
  if (state.step > 0) {
    state.step -= 1;
    show();
    return;
  }
  let at = state.trail.pop() ?? state.at - 1;
  while (at > 0 && state.trail.length === 0 && beside(at)) at -= 1;
  if (at < 0) return;
  state.at = at;
  state.step = steps(here());
  show();
}

/** The next or the last slide at which something new begins: a question, a post; or a part. */
function leap(way, begins = "[data-mark]") {
  let at = state.at + way;
  while (slides[at] && (beside(at) || !slides[at].matches(begins))) at += way;
  go(slides[at] ? at : way > 0 ? slides.length - 1 : 0);
}

// --- the clock --------------------------------------------------------------------------------

let ticking;
const left = () => (state.clock.until ? Math.max(0, Math.ceil((state.clock.until - Date.now()) / 1000)) : state.clock.left);
const clockText = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** A clock that stands still takes the time of the slide; one that runs goes on running. */
function setClock() {
  const { timer, part, minutes } = here().dataset;
  const of = timer ? `slide ${state.at}` : part;
  if (!state.clock.until && state.clock.of !== of) state.clock = { of, left: Number(timer ?? minutes * 60), until: 0 };
  tick();
}

function tick() {
  clearTimeout(ticking);
  const text = clockText(left());
  for (const one of document.querySelectorAll("[data-clock], [data-clock-small]")) one.textContent = text;
  document.body.classList.toggle("is-running", state.clock.until > 0);
  document.body.classList.toggle("is-over", left() === 0 && state.clock.until > 0);
  if (!state.clock.until) return;
  if (left() > 0) ticking = setTimeout(tick, 250);
  else find("[data-status]").textContent = "Time.";
}

function turnClock() {
  const seconds = left();
  if (state.clock.until) state.clock = { ...state.clock, left: seconds, until: 0, of: seconds ? state.clock.of : "" };
  else state.clock.until = Date.now() + seconds * 1000;
  setClock();
  keep();
}

// --- keys -------------------------------------------------------------------------------------

const open = () => Object.values(dialogs).find((one) => one.open);
const toggle = (name) => (dialogs[name].open ? dialogs[name].close() : dialogs[name].showModal());
const setTheme = (theme) => { document.documentElement.dataset.theme = state.theme = theme; };
const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark";
const DO = {
  on, back,
  down: () => leap(1),
  up: () => leap(-1),
  downPart: () => leap(1, ".is-part"),
  upPart: () => leap(-1, ".is-part"),
  home: () => go(0),
  end: () => go(slides.length - 1),
  dark: () => toggle("dark"),
  help: () => toggle("help"),
  keys: () => toggle("keys"),
  close: () => open()?.close(),
  timer: turnClock,
  light: () => { setTheme(isDark() ? "light" : "dark"); keep(); },
  full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.())?.catch(() => {}),
};
const KEYS = {
  ArrowRight: "on", PageDown: "on", " ": "on", Enter: "on", ArrowLeft: "back", PageUp: "back", ArrowDown: "down", ArrowUp: "up",
  Home: "home", End: "end", b: "dark", ".": "dark", h: "help", "?": "keys", t: "timer", f: "full", l: "light",
};
const IN_BOX = { PageDown: "on", PageUp: "back", ".": "dark", b: "dark" }; // a clicker sends these wherever the focus is
const boxes = () => [...here().querySelectorAll("[data-vote]")].filter((one) => !one.closest(".hands").hidden);

/** Enter in a box goes to the next one; from the last it shows the answer. */
function enter(box) {
  const after = boxes()[boxes().indexOf(box) + 1];
  if (after) after.focus();
  else on();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const box = event.target.matches("input") ? event.target : null;
  let run = event.shiftKey && /^Arrow(Up|Down)$/.test(key) ? `${KEYS[key]}Part` : KEYS[key];
  if (open()) {
    if (dialogs.dark.open && key !== "Tab") run = "close";
    else if (["on", "back"].includes(run) && key.length > 1 && key !== "Enter") run = "close";
    else if (DO[run] === undefined || dialogs[run] !== open()) return;
  } else if (box) {
    if (key === "Escape") here().focus();
    if (key === "Enter") enter(box);
    else if (!(run = IN_BOX[key])) return;
  } else if (/^\d$/.test(key)) {
    const empty = boxes().find((one) => one.value === "") ?? boxes()[0];
    if (!empty) return;
    empty.focus();
    empty.value = key;
    write(empty);
    run = undefined;
  } else if ((key === "Enter" || key === " ") && event.target.closest("button, a, summary")) return;
  else if (!run) return;
  event.preventDefault();
  if (!event.repeat || run === "on" || run === "back") DO[box && key === "Enter" ? "" : run]?.();
}

function write(box) {
  const { vote, at } = box.dataset;
  const hands = [...(state.votes[vote] ?? [])];
  hands[at] = typed(box);
  state.votes[vote] = Array.from(hands, (one) => one ?? null);
  paint();
  keep();
}

addEventListener("keydown", pressed);
addEventListener("input", (event) => event.target.matches("[data-vote]") && write(event.target));
addEventListener("click", (event) => {
  const name = event.target.closest("[data-do]")?.dataset.do;
  if (name) DO[name]();
});
for (const box of document.querySelectorAll("[data-feed]")) playFeed(box);
if (state.theme) setTheme(state.theme);
show();
