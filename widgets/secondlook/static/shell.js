// What every activity shares: the frame, one item at a time, the answer store, feedback, help for
// screen readers. It stands in front of each kind's own file (see activities/base.py), so that a
// kind is only what makes it different.
import { STATUS, answerStore } from "./store.js";

/** A document-wide id. Each widget carries this file anew, so the count is kept on the page. */
export function uid(stem) {
  globalThis.__secondlookIds = (globalThis.__secondlookIds ?? 0) + 1;
  return `sl-${stem}-${globalThis.__secondlookIds}`;
}

/** Makes an element: h("p", { class: "x", on: { click } }, "text", otherNode). */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    } else if (name in node && typeof value === "boolean") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  // JupyterLab stops its shortcuts only for a focused element that itself carries this mark;
  // without it `x` on a button deletes the lesson's cell. The lab extension marks what others draw.
  if (/^(button|input|select|textarea|a|summary)$/.test(tag) || "tabindex" in props) {
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  node.append(...children.flat(3).filter((one) => one !== undefined && one !== null && one !== false));
  return node;
}

const STROKES = {
  check: "M4 12l5 6L20 6",
  ask: "M8 8a4 4 0 1 1 5 4c-1 .4-1 1.5-1 2.5M12 19h.01",
  right: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8 12.5l2.5 3L16 9",
  near: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M7.5 12c1.5-2 3-2 4.5 0s3 2 4.5 0",
  wrong: "M4 9h10a5 5 0 0 1 0 10H8M8 5L4 9l4 4",
  note: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v6M12 7.500h.01",
  heart: "M12 20s-7-4.6-7-10a4 4 0 0 1 7-2.600A4 4 0 0 1 19 10c0 5.4-7 10-7 10z",
  talk: "M4 5h16v11H9l-5 4z",
  share: "M4 13c1-5 5-7 9-7V2l7 7-7 7v-4c-4 0-7 0-9 1z",
  eye: "M2 12s4-7 10-7s10 7 10 7s-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
  play: "M7 4l13 8-13 8z",
  pause: "M8 5v14M16 5v14",
  next: "M6 5l9 7-9 7zM18 5v14",
  left: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  text: "M4 6h16M4 12h16M4 18h10",
  tab: "M4 9h11v11H4zM9 9V4h11v11h-5",
  search: "M10 4a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l6 6",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 4v15M6 13l6 6 6-6",
  redo: "M20 12a8 8 0 1 1-3-6.200M20 3v4h-4",
};
const SVG = "http://www.w3.org/2000/svg";

/** A line drawing from STROKES; it only repeats what words beside it say, so it is hidden. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["class", "sl-icon"]]) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}

export function button(label, onPress, { name, kind = "", ...props } = {}) {
  return h("button", { type: "button", class: `sl-btn ${kind}`, ...props, on: { click: onPress } },
    name && icon(name), h("span", {}, label));
}

/** Buttons of which one is pressed: pressing is the answer, by mouse, Enter or Space alike. */
export function pressRow(legend, options, { chosen, onPick, describe, wide = false }) {
  const row = h("div", { class: wide ? "sl-options wide" : "sl-options" });
  for (const one of options) {
    const pressed = one.id === chosen;
    row.append(h("button", {
      type: "button", class: "sl-opt", "aria-pressed": String(pressed), "data-option": one.id,
      on: { click: () => onPick(one.id) },
    }, describe?.(one, pressed), h("span", {}, one.label ?? one.text,
      one.hint && h("small", {}, one.hint))));
  }
  return h("fieldset", { class: "sl-set" }, h("legend", {}, legend), row);
}

/** Native radio buttons, for choices that are only sent together (a call and how sure). */
export function radioRow(legend, options, { chosen, onPick, disabled, compact = false, wide = false }) {
  const name = uid("radio");
  const row = h("div", { class: `sl-options${compact ? " compact" : ""}${wide ? " wide" : ""}` });
  for (const one of options) {
    const input = h("input", {
      type: "radio", name, value: one.id, "data-option": one.id, disabled: Boolean(disabled),
      on: { change: () => onPick(one.id) },
    });
    input.checked = one.id === chosen;
    row.append(h("label", { class: "sl-opt" }, input, one.icon && icon(one.icon),
      h("span", {}, one.label, one.hint && h("small", {}, one.hint))));
  }
  return h("fieldset", { class: "sl-set" }, h("legend", {}, legend), row);
}

export const CONFIDENCE = [50, 60, 70, 80, 90, 100].map((one) => ({
  id: String(one), label: `${one}%`,
  hint: { 50: "a coin toss", 100: "certain" }[one],
}));

/** "Source: Cheng et al., 2025": opens the paper in a new tab, only when the learner asks. */
export function sources(refs, spec) {
  const known = (refs ?? []).map((key) => spec.references[key]).filter(Boolean);
  if (!known.length) return undefined;
  const line = h("p", { class: "sl-src" }, known.length > 1 ? "Sources: " : "Source: ");
  known.forEach((one, at) => line.append(at ? " · " : "", h("a", {
    href: one.url, target: "_blank", rel: "noopener noreferrer", title: one.title,
  }, one.short, h("span", { class: "sl-only" }, " (opens in a new tab)"))));
  return line;
}

/** The box that answers an answer. `tone` is told in words and shape, colour only repeats it. */
export function feedback(tone, title, paragraphs, ...more) {
  return h("div", { class: `sl-fb ${tone}`, "data-feedback": tone },
    // It can take the focus when the button that brought it is gone.
    h("h4", { tabindex: "-1" }, icon(tone), h("span", {}, title)),
    paragraphs.filter(Boolean).map((one) => h("p", {}, one)), ...more);
}

/**
 * A kind of activity. `kind` is { item(ctx, entry, answer) -> node, done?(answer, entry, spec) -> bool,
 * right?(entry, answer) -> bool, summary?(ctx, done) -> nodes, progress?(ctx) -> nodes for the
 * foot, setup?(ctx) }. A test, in which nothing is told before the end, adds closed?(get) -> bool, was
 * it handed in; last?(ctx) -> node, its own last page; and skip, what "Next" says before an answer.
 * The frame shows one item at a time, redraws it after each answer and keeps
 * the focus where the learner left it. `ctx.draft(id, blank)` keeps what is not yet an answer.
 */
export function activity(kind) {
  const render = ({ model, el }) => {
    const spec = model.get("spec");
    const title = uid("title");
    const body = h("div", { class: "sl-body" });
    const steps = h("div", { class: "sl-steps", "aria-hidden": "true" });
    const nav = h("div", { class: "sl-nav" });
    const progress = h("p", { class: "sl-progress" });
    const saved = h("p", { class: "sl-saved" });
    const live = h("div", { class: "sl-only", role: "status" });
    const store = answerStore(model, spec, (status, problem) => {
      saved.textContent = problem ?? STATUS[status];
      saved.classList.toggle("is-problem", status === "problem" || status === "late");
      if (problem) ctx.say(problem);
    });
    const isDone = (entry) => {
      const answer = store.get(entry.id);
      return answer !== undefined && (kind.done?.(answer, entry, spec) ?? true);
    };
    const total = spec.items.length;
    const firstOpen = () => {
      if (kind.closed?.(store.get)) return total;
      const at = spec.items.findIndex((entry) => !isDone(entry));
      if (at >= 0) return at;
      return total > 1 || kind.summary || kind.last ? total : 0; // `total` is the page after the last item
    };
    let at = firstOpen();
    const drafts = new Map();

    const ctx = {
      spec, model,
      answer: store.get,
      draft(id, blank = {}) {
        if (!drafts.has(id)) drafts.set(id, blank);
        return drafts.get(id);
      },
      forget: (id) => drafts.delete(id),
      record(id, answer) {
        const before = spec.items.filter(isDone).length;
        store.record(id, answer);
        draw();
        const after = spec.items.filter(isDone).length;
        const said = body.querySelector(".sl-fb");
        said?.scrollIntoView({ block: "nearest" }); // on a phone it may be below the edge
        if (said) ctx.say(said.innerText);
        else if (after > before) ctx.say(`${after} of ${total} done`);
      },
      say(text) {
        live.textContent = "";
        requestAnimationFrame(() => (live.textContent = text));
      },
      redraw: () => draw(),
      go: (to) => go(to),
      isDone,
    };

    const go = (to) => {
      at = to;
      kind.leave?.(ctx);
      draw();
      const heading = body.querySelector("[data-start]") ?? body.firstElementChild;
      heading?.setAttribute("tabindex", "-1");
      heading?.setAttribute("data-lm-suppress-shortcuts", "true");
      heading?.focus({ preventScroll: true });
      root.scrollIntoView({ block: "nearest" });
    };

    const startAgain = () => {
      for (const entry of spec.items) if (store.get(entry.id)) store.record(entry.id, null);
      drafts.clear();
      go(0);
      ctx.say("Cleared. You are back at the start.");
    };

    function draw() {
      // The same control exists after the redraw; put the focus back on it.
      const active = body.contains(document.activeElement) ? document.activeElement : undefined;
      const option = active?.dataset?.option;
      const focus = active?.dataset?.focus;
      const entry = spec.items[at];
      body.replaceChildren(entry ? kind.item(ctx, entry, store.get(entry.id), at) : (kind.last?.(ctx) ?? summary()));
      if (active) {
        const find = focus ? `[data-focus="${focus}"]` : option && `[data-option="${option}"]`;
        const again = find && body.querySelector(`${find}:not(:disabled)`);
        (again ?? body.querySelector(".sl-fb")?.querySelector("h4"))?.focus?.({ preventScroll: true });
      }
      const done = spec.items.filter(isDone).length;
      steps.replaceChildren(...spec.items.map((one, index) =>
        h("i", { class: `${isDone(one) ? "is-done" : ""} ${index === at ? "is-here" : ""}` })));
      const more = kind.progress?.(ctx);
      progress.replaceChildren(h("b", {}, `${done} of ${total}`), " done", ...(more?.length ? [" · ", more].flat() : []));
      const many = total > 1;
      nav.replaceChildren(...[
        (many || !entry) && button("Back", () => go(at - 1), { name: "left", disabled: at === 0, "data-nav": "back" }),
        entry && many && h("span", { class: "sl-count" }, `${at + 1} of ${total}`),
        entry && (many || kind.summary) && button(nextLabel(entry), () => go(at + 1),
          { name: "forward", kind: isDone(entry) ? "is-main" : "", "data-nav": "next" }),
      ].filter(Boolean));
      nav.hidden = !nav.childElementCount;
    }

    const nextLabel = (entry) => {
      if (kind.skip && !isDone(entry) && !kind.closed?.(store.get)) return kind.skip;
      return at + 1 < total ? "Next" : "Finish";
    };

    const summary = () => {
      const done = spec.items.filter(isDone);
      const open = total - done.length;
      const right = kind.right && done.filter((entry) => kind.right(entry, store.get(entry.id))).length;
      return h("div", { class: "sl-sum", "data-start": "" },
        h("h4", {}, open ? `${open} still open` : "That is all of them"),
        kind.summary?.(ctx, done) ??
          (kind.right && h("p", {}, `You and our reasons agreed on ${right} of ${done.length}.`)),
        h("p", { class: "sl-soft" }, "Nothing here is graded. You can go back to any of them."),
        button("Start this one again", startAgain, { name: "redo", "data-nav": "again" }));
    };

    const root = h("section", {
      class: "sl", "data-activity": spec.id, "data-kind": spec.kind, "aria-labelledby": title,
    },
    h("header", { class: "sl-head" }, h("h3", { id: title }, spec.title),
      spec.ask && h("p", { class: "sl-ask" }, spec.ask)),
    total > 1 && steps, body, nav,
    h("footer", { class: "sl-foot" }, progress, saved), live);
    kind.setup?.(ctx, root);
    el.replaceChildren(root);
    draw();
    return store.start(() => {
      // Another window may have handed it in.
      at = kind.closed?.(store.get) ? total : Math.min(at, total);
      draw();
    });
  };
  return { render };
}
