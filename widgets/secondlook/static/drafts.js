// Drafts of the post studio, in the browser's own storage. Schools may block it; then the page's memory
// serves, and the studio says so. They leave it only with "Save my work", and only if the box is ticked.

const DRAFT_KEY = "secondlook-studio";
const DRAFTS_CHANGED = "secondlook-drafts";
// A learner who loads a file or takes another code goes on with the same drafts, under the new code.
const takenCodes = (globalThis.__secondlookCodes ??= new Map());
const codeNow = (learner) => {
  let now = learner;
  for (const seen = new Set(); takenCodes.has(now) && !seen.has(now); now = takenCodes.get(now)) seen.add(now);
  return now;
};

export const blankPost = (beats) => ({
  beats: Array.from({ length: beats }, () => ""), caption: "", tags: "", source: undefined, help: false, kept: [],
});
export const isBlank = (all) =>
  Object.values(all.posts).every((post) => !post.beats.some(Boolean) && !post.caption);

const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");

/** A post as it was kept, or nothing if it is not one (another version, or edited by hand). */
function revived(raw, { limits, people }) {
  if (!raw || !Array.isArray(raw.beats) || !Object.hasOwn(people, raw.person)) return undefined;
  const beats = raw.beats.slice(0, limits.most).map((one) => text(one, limits.beat));
  while (beats.length < limits.fewest) beats.push("");
  return {
    beats, caption: text(raw.caption, limits.caption), tags: text(raw.tags, 60), person: raw.person,
    source: typeof raw.source === "string" ? raw.source : undefined, help: raw.help === true,
    kept: Array.isArray(raw.kept) ? raw.kept.filter((one) => typeof one === "string") : [],
  };
}

function storedDrafts(key) {
  try {
    const raw = JSON.parse(localStorage.getItem(key) ?? "{}");
    return raw && typeof raw === "object" ? raw : {};
  } catch {
    return {};
  }
}

function draftKeys(learner) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${DRAFT_KEY}:${learner}:`));
  } catch {
    return [];
  }
}

/** Puts posts beside those that are there already; of two with one name, the first of them wins. */
function mergeDrafts(key, first, then) {
  try {
    localStorage.setItem(key, JSON.stringify({ ...then, ...first, posts: { ...then.posts, ...first.posts } }));
  } catch {
    // a browser that keeps nothing has none to lose
  }
}

/** What a learner has written in the studio, for "Save my work". A blank page is left out. */
export function collectDrafts(learner) {
  return draftKeys(learner).flatMap((key) => {
    const [, , lesson, ...activity] = key.split(":");
    return Object.entries(storedDrafts(key).posts ?? {})
      .filter(([, post]) => post?.caption || post?.tags || post?.beats?.some(Boolean))
      .map(([name, draft]) => ({
        lesson: Number(lesson), activity: activity.join(":"), item: `draft.${name.replace(" ", ".")}`, draft,
      }));
  });
}

/** Brings back what `collectDrafts` gave; it wins over a draft of the same job that is here. */
export function putDrafts(learner, drafts) {
  for (const { lesson, activity, item, draft } of drafts) {
    const name = item.replace(/^draft\./, "").replace(".", " ");
    const key = `${DRAFT_KEY}:${learner}:${lesson}:${activity}`;
    mergeDrafts(key, { posts: { [name]: draft } }, storedDrafts(key));
  }
  globalThis.dispatchEvent(new Event(DRAFTS_CHANGED));
}

/** Takes the drafts along to another code. One whose place is taken there stays where it is. */
export function moveDrafts(from, to) {
  if (from === to) return;
  takenCodes.delete(to);
  takenCodes.set(from, to);
  for (const key of draftKeys(from)) {
    const under = key.replace(`:${from}:`, `:${to}:`);
    const [here, there] = [storedDrafts(key), storedDrafts(under)];
    mergeDrafts(under, there, here);
    const left = Object.entries(here.posts ?? {}).filter(([name]) => there.posts?.[name]);
    if (left.length) localStorage.setItem(key, JSON.stringify({ posts: Object.fromEntries(left) }));
    else localStorage.removeItem(key);
  }
  globalThis.dispatchEvent(new Event(DRAFTS_CHANGED));
}

/** Calls `again` whenever drafts came in from elsewhere. */
export const whenDraftsChange = (again) => globalThis.addEventListener(DRAFTS_CHANGED, again);

/** Loads and keeps the drafts of one activity; `lasting` says whether they outlive the page. */
export function draftStore({ learner, lesson, id }) {
  const key = () => `${DRAFT_KEY}:${codeNow(learner)}:${lesson}:${id}`;
  let lasting = true;
  try {
    localStorage.setItem(`${DRAFT_KEY} try`, "1");
    localStorage.removeItem(`${DRAFT_KEY} try`);
  } catch {
    lasting = false;
  }
  return {
    get lasting() {
      return lasting;
    },
    load(briefs, spec) {
      const all = { posts: {} };
      const raw = storedDrafts(key());
      if (briefs.includes(raw.brief)) all.brief = raw.brief;
      if (["fresh", "repair"].includes(raw.start)) all.start = raw.start;
      for (const [name, one] of Object.entries(raw.posts ?? {})) {
        const post = briefs.includes(name.split(" ")[0]) && revived(one, spec);
        if (post) all.posts[name] = post;
      }
      return all;
    },
    keep(all) {
      try {
        if (Object.keys(all.posts).length) localStorage.setItem(key(), JSON.stringify(all));
        else localStorage.removeItem(key());
      } catch {
        lasting = false;
      }
    },
  };
}
