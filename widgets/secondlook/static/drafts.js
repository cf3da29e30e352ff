// Drafts of the post studio, in the browser's own storage and nowhere else. Schools may block it; then
// the page's memory serves, and the studio says so.

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

/** Loads and keeps the drafts of one activity; `lasting` says whether they outlive the page. */
export function draftStore(key) {
  let lasting = true;
  try {
    localStorage.setItem(`${key} try`, "1");
    localStorage.removeItem(`${key} try`);
  } catch {
    lasting = false;
  }
  return {
    get lasting() {
      return lasting;
    },
    load(briefs, spec) {
      const all = { posts: {} };
      let raw;
      try {
        raw = JSON.parse(localStorage.getItem(key) ?? "{}");
      } catch {
        return all;
      }
      if (briefs.includes(raw?.brief)) all.brief = raw.brief;
      if (["fresh", "repair"].includes(raw?.start)) all.start = raw.start;
      for (const [name, one] of Object.entries(raw?.posts ?? {})) {
        const post = briefs.includes(name.split(" ")[0]) && revived(one, spec);
        if (post) all.posts[name] = post;
      }
      return all;
    },
    keep(all) {
      try {
        if (Object.keys(all.posts).length) localStorage.setItem(key, JSON.stringify(all));
        else localStorage.removeItem(key);
      } catch {
        lasting = false;
      }
    },
  };
}
