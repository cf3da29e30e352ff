/**
 * Lessons in JupyterLab: which notebooks start by themselves, running them, and coming back after
 * the kernel has restarted.
 *
 * A notebook starts by itself only if it lies in the course's own folder under the name it was
 * shipped with, and its code cells are word for word those that were shipped (shipped.json). Any
 * other notebook that calls itself a lesson gets a "Start lesson" button and runs nothing until it
 * is pressed: a file that somebody was sent must not run because it was looked at.
 */
import { guardKeys } from "./keys.js";
import { addStyles, isByHand, makePage } from "./page.js";

const WHY = {
  elsewhere: "Nothing has run yet: this notebook is not in the course's own folder. Start it if you trust where it came from.",
  edited: "Nothing has run yet: the code in this copy has been changed. Start it if you trust who changed it.",
  unlisted: "Nothing has run yet: the course's list of lessons could not be read. Start it when you are ready.",
  gone: "The lesson has lost its connection. Your answers are kept. Start it again when you are ready.",
  looping: "The lesson keeps losing its connection. Your answers are kept. Start it again when you are ready.",
  stopped: "Part of this lesson did not start. Your answers are kept. Press to try again.",
};
const AGAIN_AT_MOST = 3; // restarts answered by a new run ...
const WITHIN_MS = 60_000; // ... in this time; more, and the button asks first
const SETTLE_MS = 250; // time for JupyterLab's own "restart and run all" to begin

/**
 * Watch the notebooks of this JupyterLab.
 *
 * @param {object} lab app, tracker, base (address of this extension), CodeCell and config
 *     (JupyterLab's page configuration)
 */
export function follow(lab) {
  addStyles(lab.base);
  // Asked for once; a list that cannot be read is an empty answer, and nothing starts by itself.
  const shipped = fetch(new URL("./shipped.json", lab.base), { cache: "no-cache" })
    .then((reply) => (reply.ok ? reply.json() : null))
    .catch(() => null);
  const seen = new WeakSet();
  const meet = (panel) => {
    if (seen.has(panel)) return;
    seen.add(panel);
    void open(panel, lab, shipped).catch((error) => console.error("Second Look:", error));
  };
  lab.tracker.widgetAdded.connect((_, panel) => meet(panel));
  lab.tracker.forEach(meet);
}

/** The source of each code cell, in order. */
const codeOf = (panel) =>
  panel.content.widgets.filter((cell) => cell.model.type === "code").map((cell) => cell.model.sharedModel.getSource());

/** Why this notebook must not start by itself (a key of WHY), or null if it may. */
function objection(panel, course, shipped) {
  if (!shipped) return "unlisted";
  const { path } = panel.context;
  const name = path.slice(path.lastIndexOf("/") + 1);
  // An empty setting would mean "anywhere"; a course always has a folder.
  if (!course || path !== `${course}/${name}` || !Object.hasOwn(shipped, name)) return "elsewhere";
  const [found, expected] = [codeOf(panel), shipped[name]];
  return found.length === expected.length && found.every((code, i) => code === expected[i]) ? null : "edited";
}

/** Deal with a notebook that was just opened. */
async function open(panel, lab, shippedList) {
  await panel.context.ready;
  if (!panel.context.model.getMetadata("secondlook")) return;
  const stopGuarding = guardKeys(panel.content.node);
  panel.disposed.connect(stopGuarding);
  const page = makePage(panel, lab.app.shell, (cell) => runCell(lab.CodeCell, cell, panel.sessionContext));
  const lesson = new Run(panel, page, lab.CodeCell, lab.config.getOption("secondlookFirst"));
  const shipped = await shippedList;
  await panel.sessionContext.ready;
  await panel.revealed;
  if (panel.isDisposed) return;
  // Judged at the last moment, so that what is judged is what runs.
  const why = objection(panel, lab.config.getOption("secondlookCourse"), shipped);
  if (why) {
    page.offer(WHY[why], () => lesson.revive());
    return;
  }
  stayClean(panel.context.model);
  await lesson.run();
}

/**
 * A shipped lesson is never written back: its outputs are drawn anew each time, the answers have
 * their own file, and a line changed under the hood is to be gone next time. So no autosave, and no
 * "leave this page?" on closing. Saving by hand still works.
 */
function stayClean(model) {
  const clean = () => {
    if (model.dirty) model.dirty = false;
  };
  model.stateChanged.connect((_, change) => {
    if (change.name === "dirty") clean();
  });
  clean();
}

/** One lesson's runs: the first, and those after a restart. */
class Run {
  /** @param {string} first code to run ahead of the cells, set by whoever serves the course; mostly "" */
  constructor(panel, page, CodeCell, first) {
    Object.assign(this, { panel, page, CodeCell, first, started: false, running: null, again: [], lost: false, voice: null });
    // JupyterLab would stop the learner with a dialog when a kernel dies. The lesson goes on
    // working and restarts by itself, so it says so in its bar instead. (Should this private flag
    // be renamed one day, the dialog is back and nothing else changes.)
    Object.defineProperty(panel, "_autorestarting", { get: () => this.started, set: () => {} });
    panel.sessionContext.statusChanged.connect((_, status) => this.onStatus(status));
    panel.sessionContext.iopubMessage.connect((_, message) => this.onMessage(message));
  }

  /** Run every code cell in order; a cell that fails does not stop the ones after it. */
  run() {
    this.running ??= this.runCells().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async runCells() {
    const { panel, page } = this;
    const { content, sessionContext } = panel;
    const release = this.started ? holdView(content) : null;
    this.started = true;
    this.lost = false;
    this.voice = null;
    page.withdraw();
    const { dataset } = panel.node;
    delete dataset.lessonReady;
    let ok = await this.runFirst();
    for (const cell of [...content.widgets]) {
      if (cell.isDisposed || cell.model.type !== "code" || this.lost || isByHand(cell.model)) continue;
      ok = (await runCell(this.CodeCell, cell, sessionContext)) && ok;
    }
    if (panel.isDisposed) return;
    if (release) release();
    else {
      content.activeCellIndex = 0;
      content.outerNode?.scrollTo?.(0, 0);
    }
    if (this.lost) return; // the restart that follows runs it again
    page.say("");
    dataset.lessonRuns = Number(dataset.lessonRuns ?? 0) + 1;
    dataset.lessonReady = ok ? "ok" : "error";
    if (!ok) page.offer(WHY.stopped, () => this.revive());
  }

  /** A page without a server has to fetch the learner's answers before the first cell asks for them. */
  async runFirst() {
    const kernel = this.first && this.panel.sessionContext.session?.kernel;
    if (!kernel) return true;
    try {
      const reply = await kernel.requestExecute({ code: this.first, silent: true }).done;
      return reply.content.status === "ok";
    } catch (error) {
      console.warn("Second Look: the answers could not be fetched:", error.message);
      return false;
    }
  }

  onStatus(status) {
    if (!this.started) return;
    if (status === "restarting" || status === "autorestarting") {
      this.lost = true;
      this.voice = null;
      this.page.say("Reconnecting. You can carry on.");
    } else if (status === "dead") {
      this.lost = true;
      this.page.say("");
      this.page.offer(WHY.gone, () => this.revive());
    } else if (status === "idle" && this.lost) {
      this.lost = false;
      void this.comeBack();
    }
  }

  /**
   * A kernel that another window restarted says nothing of it here. But each kernel process signs
   * with a session id of its own: a new signature means that it knows nothing of this lesson.
   */
  onMessage({ header, content }) {
    if (header.msg_type !== "status" || !["busy", "idle"].includes(content.execution_state)) return;
    if (this.running || !this.voice) this.voice = header.session;
    else if (!this.lost && header.session !== this.voice) {
      this.voice = null;
      void this.comeBack();
    }
  }

  /** The kernel is back and knows nothing of this lesson: run it again, but not for ever. */
  async comeBack() {
    await this.running;
    const now = Date.now();
    this.again = this.again.filter((time) => now - time < WITHIN_MS);
    if (this.again.length >= AGAIN_AT_MOST) {
      this.page.say("");
      this.page.offer(WHY.looping, () => this.revive());
      return;
    }
    this.again.push(now);
    await new Promise((done) => setTimeout(done, SETTLE_MS));
    const busy = this.panel.content.widgets.some((cell) => cell.model.executionState === "running");
    if (!busy) await this.run();
    else this.page.say("");
  }

  /** The learner asked for it: a fresh start, with a new kernel if there is none. */
  async revive() {
    this.again = [];
    this.page.withdraw();
    const { sessionContext, context } = this.panel;
    const kernel = sessionContext.session?.kernel;
    try {
      if (!kernel || kernel.status === "dead") {
        this.page.say("Reconnecting. You can carry on.");
        await sessionContext.changeKernel({ name: context.model.getMetadata("kernelspec")?.name ?? "python3" });
      }
      await this.run();
    } catch (error) {
      console.warn("Second Look: no kernel could be started:", error.message);
      this.page.say("");
      this.page.offer(WHY.gone, () => this.revive());
    }
  }
}

/** Run one cell; false if it failed or the kernel went away under it. */
async function runCell(CodeCell, cell, sessionContext) {
  try {
    const reply = await CodeCell.execute(cell, sessionContext);
    return !reply || reply.content.status === "ok";
  } catch (error) {
    console.warn("Second Look: a cell did not run:", error.message);
    return false;
  }
}

/**
 * Keep the page where the learner has it while its outputs are drawn again.
 *
 * @param {object} content the notebook widget
 * @returns {() => void} lets go, and puts back the scroll position and the focus
 */
function holdView(content) {
  const scroller = content.outerNode || content.node;
  const cells = content.widgets.map((cell) => cell.node);
  for (const node of cells) node.style.minHeight = `${node.offsetHeight}px`;
  const focus = placeOfFocus(content.node);
  // What the learner looks at stays where it is, whatever grows or shrinks above it: the cell they
  // are busy in, else the first one that begins in the window, else the one that fills it.
  const view = scroller.getBoundingClientRect();
  const boxes = new Map(cells.map((node) => [node, node.getBoundingClientRect()]));
  const inView = cells.filter((node) => boxes.get(node).bottom > view.top && boxes.get(node).top < view.bottom);
  const anchor =
    inView.find((node) => node.contains(document.activeElement)) ??
    inView.find((node) => boxes.get(node).top >= view.top) ??
    inView[0];
  let moved = false;
  const onMove = () => {
    moved = true;
  };
  const kinds = ["wheel", "touchmove", "keydown", "pointerdown"];
  for (const kind of kinds) scroller.addEventListener(kind, onMove, { passive: true });
  return () => {
    // Widgets draw a moment after their cell is done.
    setTimeout(() => {
      for (const node of cells) node.style.minHeight = "";
      for (const kind of kinds) scroller.removeEventListener(kind, onMove);
      if (!moved) {
        if (anchor) scroller.scrollTop += anchor.getBoundingClientRect().top - boxes.get(anchor).top;
        focus?.();
      }
    }, 400);
  };
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";

/** Remember which control of which activity has the focus; the answer puts it back there. */
function placeOfFocus(root) {
  const active = document.activeElement;
  const activity = active?.closest?.("[data-activity]");
  if (!activity || !root.contains(activity)) return null;
  const name = CSS.escape(activity.dataset.activity);
  const index = [...activity.querySelectorAll(FOCUSABLE)].indexOf(active);
  return () => {
    // The learner may have gone elsewhere by now: only a focus that was lost is given back.
    const now = document.activeElement;
    if (now && now !== document.body && root.contains(now) && now.closest("[data-activity]")) return;
    const again = root.querySelector(`[data-activity="${name}"]`);
    again?.querySelectorAll(FOCUSABLE)[index]?.focus({ preventScroll: true });
  };
}
