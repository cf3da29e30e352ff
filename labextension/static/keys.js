/**
 * Whose key press is it? In JupyterLab a single letter is a command: `x` cuts the cell, `a` and `b`
 * insert one, the arrows move from cell to cell, even while a radio button in an output has the
 * focus. In a lesson the keys belong to the activity, and no key press takes the lesson apart.
 */

const OUTPUTS = ".jp-OutputArea, .sl-bar";
const EDITORS = ".jp-InputArea-editor, .cm-editor";
/** With Ctrl or Cmd, and nothing else: save, find, side bar. All other shortcuts wait for an editor. */
const KEPT_SHORTCUTS = new Set(["s", "f", "b"]);

/**
 * Give the keys of one lesson back to its activities.
 *
 * @param {HTMLElement} notebook the notebook's own node (`panel.content.node`)
 * @returns {() => void} undoes it
 */
export function guardKeys(notebook) {
  // JupyterLab leaves a key alone when the focused element itself carries this attribute (one on a
  // parent is not enough). Focus always comes before a key, so marking what receives it is enough,
  // also for controls that are added later or are out of the tab order, and nothing is scanned.
  const mark = ({ target }) => {
    if (target.closest?.(OUTPUTS) && !target.closest(EDITORS)) {
      target.setAttribute("data-lm-suppress-shortcuts", "true");
    }
  };

  // Otherwise the focus is on a cell or on the page itself. The event ends here, ahead of
  // JupyterLab's listener on the document; what the browser does by itself (scrolling, Tab,
  // selecting text) is not touched.
  const swallow = (event) => {
    const { target } = event;
    if (!notebook.contains(target) || target.closest(EDITORS)) return;
    if (target.hasAttribute("data-lm-suppress-shortcuts")) return;
    const accel = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (accel && KEPT_SHORTCUTS.has(event.key.toLowerCase())) return;
    event.stopImmediatePropagation();
  };

  // A double click on prose selects a word; JupyterLab would turn the prose into its source.
  const keepProse = (event) => {
    if (event.target.closest(".jp-RenderedMarkdown")) event.stopPropagation();
  };

  notebook.addEventListener("focusin", mark, true);
  notebook.addEventListener("dblclick", keepProse, true);
  window.addEventListener("keydown", swallow, true);
  return () => {
    notebook.removeEventListener("focusin", mark, true);
    notebook.removeEventListener("dblclick", keepProse, true);
    window.removeEventListener("keydown", swallow, true);
  };
}
