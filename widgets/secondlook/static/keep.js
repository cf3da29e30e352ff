// Save my work, Load my work. The file goes from the kernel to the browser's downloads and back;
// nothing is sent anywhere else. What a learner typed is only put in if the box is ticked.
import { collectDrafts, moveDrafts, putDrafts } from "./drafts.js";
import { button, h, uid } from "./shell.js";

const LARGEST = 5_000_000;

function download(name, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function render({ model, el }) {
  const told = h("p", { class: "sl-told", role: "status" });
  const code = h("b", { class: "sl-code" });
  const say = (text) => (told.textContent = text);
  let silence;
  const ask = (message) => {
    clearTimeout(silence);
    silence = setTimeout(() => say("The lesson is not answering. Wait a moment, or reload the page, and press again."), 6000);
    try {
      model.send(message);
    } catch {
      say("The lesson is not running. Reload the page and press again. Your answers stay.");
    }
  };
  const pick = h("input", {
    type: "file", id: uid("file"), accept: ".json,.jsonl,.txt,application/json", class: "sl-only", tabindex: "-1",
    "aria-hidden": "true",
    on: {
      change: async () => {
        const [file] = pick.files;
        if (!file) return;
        if (file.size > LARGEST) say("That file is too large to be saved work from this course.");
        else ask({ do: "load", text: await file.text() });
        pick.value = "";
      },
    },
  });
  const page = h("div");
  page.innerHTML = model.get("page"); // written by the course itself, see keep.py
  for (const one of page.querySelectorAll("a, summary")) one.setAttribute("data-lm-suppress-shortcuts", "true");
  const texts = h("input", { type: "checkbox" });
  let learner = model.get("learner");
  const draw = () => {
    moveDrafts(learner, model.get("learner"));
    learner = model.get("learner");
    code.textContent = learner;
  };
  const receive = (message) => {
    clearTimeout(silence);
    if (message.do === "save") download(message.name, message.text);
    else if (message.do === "drafts") putDrafts(message.learner, message.drafts);
    else say(message.text);
  };
  const save = () => ask({ do: "save", texts: texts.checked, drafts: texts.checked ? collectDrafts(learner) : [] });
  el.replaceChildren(h("section", { class: "sl-page sl-keep", "aria-label": "Keep your work" }, page,
    h("div", { class: "sl-keepbox" },
      h("p", {}, "Your code: ", code, h("small", {}, "The only name this course knows you by. It was made up on this machine.")),
      h("div", { class: "sl-row" },
        button("Save my work", save, { kind: "is-main" }),
        button("Load my work", () => pick.click()),
        button("Give me another code", () => ask({ do: "new-code" }))),
      h("label", { class: "sl-opt sl-helpbox" }, texts, h("span", {}, "Also put in what I wrote myself",
        h("small", {}, "You only need this to go on with your drafts on another computer; a teacher does not need it."))),
      pick, told)));
  model.on("change:learner", draw);
  model.on("msg:custom", receive);
  draw();
  return () => {
    clearTimeout(silence);
    model.off("change:learner", draw);
    model.off("msg:custom", receive);
  };
}

export default { render };
