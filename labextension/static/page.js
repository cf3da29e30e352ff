/**
 * How a lesson looks in JupyterLab: one column of page, its code out of sight, a small bar at its
 * top, and the whole width on a phone. The rules themselves are in page.css.
 */

const NARROW = window.matchMedia("(max-width: 640px)");
const BY_HAND = "under-the-hood";

/**
 * Is this a cell that a learner runs, and may change? It waits for that: few look under the hood, and
 * the libraries it shows would be loaded for everybody.
 */
export const isByHand = (model) => model.type === "code" && (model.getMetadata("tags") || []).includes(BY_HAND);

/** Is this a cell whose code a learner does not need to see? */
const hidesCode = (model) =>
  model.type === "code" && Boolean(model.getMetadata("jupyter")?.source_hidden) && !isByHand(model);

/** Add the style sheet once. */
export function addStyles(base) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("./page.css", base).href;
  document.head.append(link);
}

/** A real button that stays out of the way of JupyterLab's own button styles. */
function button(label, className, press) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = `sl-bar-button ${className}`;
  node.textContent = label;
  node.addEventListener("click", press);
  return node;
}

/** The button of a cell that waits: on a phone nobody presses Shift and Enter. */
function runButton(cell, run) {
  const row = document.createElement("div");
  row.className = "sl-bar-runs";
  row.append(button("Run the code", "sl-bar-run", () => void run(cell)));
  return row;
}

/**
 * Turn one notebook panel into a page.
 *
 * @param {object} panel the notebook panel
 * @param {object} shell JupyterLab's shell; what it cannot do is left out
 * @param {(cell: object) => Promise<boolean>} run runs a cell that waits for its button
 * @returns {{say: (text: string) => void, offer: (why: string, press: () => void) => void,
 *            withdraw: () => void}} say something politely; offer the start button with a reason;
 *            take it away again
 */
export function makePage(panel, shell, run) {
  const { content } = panel;
  panel.node.classList.add("sl-lesson");

  // Which cells hide their code is settled when they appear: showing it must not change that.
  const hidden = new WeakSet();
  const dress = () => {
    for (const cell of content.widgets) {
      if (!hidden.has(cell.model) && hidesCode(cell.model)) hidden.add(cell.model);
      cell.node.classList.toggle("sl-code-hidden", hidden.has(cell.model));
      if (isByHand(cell.model) && !cell.node.querySelector(".sl-bar-run")) cell.node.append(runButton(cell, run));
    }
  };
  dress();
  content.model.cells.changed.connect(dress);

  const reason = document.createElement("p");
  reason.className = "sl-bar-reason";
  const status = document.createElement("p");
  status.className = "sl-bar-status";
  status.setAttribute("role", "status");
  const start = button("Start lesson", "sl-bar-start", () => onStart());
  let onStart = () => {};
  const code = button("Show the code", "sl-bar-code", () => showCode(!panel.node.classList.contains("sl-code-shown")));

  const showCode = (shown) => {
    panel.node.classList.toggle("sl-code-shown", shown);
    code.textContent = shown ? "Hide the code" : "Show the code";
    for (const cell of content.widgets) {
      if (!hidden.has(cell.model)) continue;
      cell.syncCollapse = false; // a look at the code is not a change of the notebook
      cell.inputHidden = !shown;
    }
    fit();
  };

  const bar = document.createElement("div");
  bar.className = "sl-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "This lesson");
  bar.append(reason, start, status, code);
  // The notebook answers any key outside its active cell by moving the focus there: Enter would
  // never reach the button.
  bar.addEventListener("keydown", (event) => event.stopPropagation());
  const withdraw = () => {
    bar.classList.remove("sl-bar-waiting");
    reason.textContent = "";
    start.hidden = true;
  };
  withdraw();
  // Inside the part that scrolls: the bar belongs to the page, not to the window.
  (content.outerNode || content.node).prepend(bar);

  // The tool bar (save, cut, run) belongs to those who look at the code. The menus stay.
  const fit = () => {
    panel.toolbar?.setHidden?.(!panel.node.classList.contains("sl-code-shown"));
    if (!panel.isDisposed) makeRoom(shell, NARROW.matches && panel.isVisible);
  };
  fit();
  void panel.revealed?.then(fit);
  NARROW.addEventListener("change", fit);
  panel.disposed.connect(() => {
    NARROW.removeEventListener("change", fit);
    makeRoom(shell, false);
  });

  return {
    say: (text) => {
      status.textContent = text;
    },
    offer: (why, press) => {
      reason.textContent = why;
      onStart = press;
      start.hidden = false;
      bar.classList.add("sl-bar-waiting");
    },
    withdraw,
  };
}

let sidesFolded = [];
let bottomFolded = [];

/** On a phone: fold the side bars and the status line away, and bring back what this folded. */
function makeRoom(shell, narrow) {
  if (!shell?.toggleSideTabBarVisibility || !shell.isSideTabBarVisible) return;
  if (narrow) {
    for (const side of ["left", "right"].filter((name) => shell.isSideTabBarVisible(name))) {
      shell[side === "left" ? "collapseLeft" : "collapseRight"]();
      shell.toggleSideTabBarVisibility(side);
      sidesFolded.push(side);
    }
    for (const line of [...shell.widgets("bottom")].filter((widget) => !widget.isHidden)) {
      line.hide();
      bottomFolded.push(line);
    }
    return;
  }
  for (const side of sidesFolded) {
    if (!shell.isSideTabBarVisible(side)) shell.toggleSideTabBarVisibility(side);
  }
  for (const line of bottomFolded) line.show();
  sidesFolded = [];
  bottomFolded = [];
}
