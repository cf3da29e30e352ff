// The learner's answers on their way to the journal. Imported by the shell only.

/** The learner's answers: on screen at once, in the journal when Python says so. */
export function answerStore(model, spec, onStatus) {
  const key = `secondlook:${spec.learner}:${spec.lesson}:${spec.id}`;
  const memory = (globalThis.__secondlookWaiting ??= new Map());
  // Answers that Python has not confirmed wait here; they outlive a dead kernel, a re-run and a
  // reload, and go when they are saved. Some schools block storage: then the page's memory serves.
  const load = () => {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? "{}");
    } catch {
      return memory.get(key) ?? {};
    }
  };
  const keep = (what) => {
    memory.set(key, what);
    try {
      if (Object.keys(what).length) sessionStorage.setItem(key, JSON.stringify(what));
      else sessionStorage.removeItem(key);
    } catch {
      // the memory copy above is enough for this page
    }
  };
  let waiting = load();
  let items = { ...model.get("state").items, ...waiting };
  let rev = model.get("state").rev ?? 0;
  let late;
  const send = () => {
    rev += 1;
    clearTimeout(late);
    late = setTimeout(() => onStatus("late"), 4000);
    try {
      model.set("state", { rev, items });
      model.save_changes();
    } catch {
      onStatus("late"); // the kernel is gone; what waits is sent when the lesson runs again
    }
  };
  const confirmed = () => {
    const saved = model.get("saved");
    if ((saved.rev ?? 0) < rev) return;
    clearTimeout(late);
    if (saved.problem) onStatus("problem", saved.problem);
    else {
      waiting = {};
      keep(waiting);
      onStatus(rev ? "saved" : "");
    }
  };
  return {
    get: (id) => items[id] ?? undefined,
    record(id, answer) {
      items = { ...items, [id]: answer };
      waiting = { ...waiting, [id]: answer };
      keep(waiting);
      onStatus(""); // "saved" is about the answer before this one
      send();
    },
    start(onChange) {
      const changed = () => {
        if (model.get("state").rev === rev) return; // our own message
        ({ rev } = model.get("state"));
        items = { ...model.get("state").items, ...waiting };
        onChange();
      };
      model.on("change:saved", confirmed);
      model.on("change:state", changed);
      if (Object.keys(waiting).length) send();
      return () => {
        clearTimeout(late);
        model.off("change:saved", confirmed);
        model.off("change:state", changed);
      };
    },
  };
}

/** What the foot of an activity says about the last answer. */
export const STATUS = {
  "": "",
  saved: "Saved on this computer.",
  late: "Not saved yet. Your answer stays here and is saved as soon as the lesson is awake again.",
};
