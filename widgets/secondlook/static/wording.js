// The wording rules in the browser: the twin of `find` and `check_text` in safety.py, for text that
// somebody types. The rules themselves come from Python; nothing here knows a word of them.

// Markup that may stand inside a phrase, as in safety.py. The marks of a quotation are a comment like
// any other here and waive nothing: what a learner types is never a marked quotation.
const MARKUP = new RegExp([
  "(?<gone><!--.*?-->|</?(?:a|abbr|b|code|em|i|mark|q|s|small|span|strong|u)\\b[^<>]*>"
    + "|[*_`~]+|[\\u00ad\\u200b-\\u200d\\u2060\\ufeff])",
  "(?<space><[/!]?[A-Za-z][^<>]*>|[\\u2010\\u2011])",
  "(?<entity>&#?\\w+;)",
].join("|"), "gis");
const PLAIN = { "\u2018": "'", "\u2019": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " " };

/** "&eacute;" -> "é", by the browser's own table. Only ever one entity, and never put on the page. */
const decoded = (entity) => new DOMParser().parseFromString(entity, "text/html").documentElement.textContent;

/** The text without its markup (`strip`) or with it, and with plain quotes and spaces. */
function read(text, strip) {
  const bare = text.replace(MARKUP, (found, ...rest) => {
    const { space, entity } = rest.at(-1);
    if (!strip) return found;
    if (space) return "\u2010\u2011".includes(found) ? "-" : " ";
    return entity ? decoded(found) : "";
  });
  return bare.replace(/[\u2018\u2019\u00a0\u2009\u202f]/g, (one) => PLAIN[one]);
}

/** Rules as Python sends them, ready to use. */
export const compiled = (rules) =>
  rules.map((rule) => ({ ...rule, pattern: new RegExp(rule.regex, "giu") }));

/** What the rules find: `{ rule, matched }`, each wording once, as `check_text` has it. */
export function findings(text, rules) {
  const found = new Map();
  for (const version of [read(text, true), read(text, false)]) {
    for (const rule of rules) {
      for (const [matched] of version.matchAll(rule.pattern)) {
        found.set(`${rule.id} ${matched.toLowerCase()}`, { rule, matched });
      }
    }
  }
  return [...found.values()];
}

/** Whether one regular expression, as Python sends it, finds anything. */
export const finds = (text, regex) => findings(text, compiled([{ id: "one", regex }])).length > 0;
