// thread: a conversation that branches; each reply gets its effect and its reason.
import { activity, button, feedback, h, pressRow, sources } from "./shell.js";

const TONE = { yes: "right", partly: "near", no: "wrong" };
const node = (entry, id) => entry.nodes.find((one) => one.id === id);

/** The nodes and replies of a path: [{ node, pick }], the last without a pick. */
function walk(entry, path) {
  const steps = [{ node: entry.nodes[0] }];
  for (const id of path) {
    const last = steps.at(-1);
    last.pick = last.node.options.find((one) => one.id === id);
    steps.push({ node: node(entry, last.pick.next) });
  }
  return steps;
}

const ended = (entry, path) => walk(entry, path).at(-1).node.end !== undefined;

function bubble(who, text, own) {
  return h("li", { class: own ? "sl-say is-own" : "sl-say" }, who && h("b", {}, who), h("span", {}, text));
}

export default activity({
  done: (answer, entry) => answer.first !== null && ended(entry, answer.path),
  right: (entry, answer) => walk(entry, answer.first).every((one) => !one.pick || one.pick.works === "yes"),
  item(ctx, entry, answer) {
    const path = answer?.path ?? [];
    const steps = walk(entry, path);
    const here = steps.at(-1).node;
    const last = steps.at(-2)?.pick;
    const go = (to) => {
      const first = answer?.first ?? (ended(entry, to) ? to : null);
      ctx.record(entry.id, to.length ? { path: to, first } : null);
    };
    const log = h("ol", { class: "sl-chat", "aria-label": "The conversation so far" },
      steps.map((one) => [
        one.node.says.map((said, at) => bubble(one.node.says[at - 1]?.who === said.who ? "" : said.who, said.text)),
        one.pick && bubble("You", one.pick.text, true),
      ]));
    return h("div", { class: "sl-one", "data-start": "" },
      h("p", { class: "sl-scene" }, entry.scene), log,
      last && feedback(TONE[last.works], ctx.spec.works[last.works], [last.reason]),
      here.end
        ? h("div", { class: "sl-end" }, h("p", {}, here.end), sources(entry.refs, ctx.spec))
        : pressRow(here.ask ?? "What do you answer?", here.options, { wide: true, onPick: (id) => go([...path, id]) }),
      path.length ? h("p", { class: "sl-again" },
        button("Take the last reply back", () => go(path.slice(0, -1)), { name: "redo", "data-focus": "back" })) : undefined);
  },
  summary(ctx) {
    return h("p", {}, ctx.spec.after);
  },
});
