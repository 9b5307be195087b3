// Where in a work a citation points to: `, pp. 33-35, 38 and passim` has the
// label page, the locator `33-35, 38` and the suffix ` and passim`. The grammar
// is Pandoc's (user's guide, "Citation syntax"), a little more generous.

import { type LocatorWords, locatorWords } from "./locator-words.js";

/** A locator, and the offset behind it in the text that it was read from. */
export interface Locator {
  /** A CSL 1.0.2 label. Absent when there is no locator. */
  readonly label?: string;
  /** As typed, but with single spaces, and `–` for `--`. */
  readonly locator?: string;
  readonly end: number;
}

/** Most locators are these; the patterns below take a while to compile. */
const plainPages = /^\s*,\s*(\d+(?:(?:--?|–)\d+)?)$/;

/** How a language names what locators count. */
interface Grammar {
  /** The label of each word, in lower case and without its stop. */
  readonly labels: ReadonlyMap<string, string>;
  /** Matches a label at a place: words stand before a space or digit, `p.` and `§` before anything. */
  readonly pattern: RegExp;
}

const grammars = new Map<string, Grammar>();

function grammarOf(lang: string): Grammar {
  const primary = lang.split("-")[0]!.toLowerCase();
  const known = grammars.get(primary);
  if (known) return known;
  const grammar = makeGrammar(locatorWords(primary));
  grammars.set(primary, grammar);
  return grammar;
}

function makeGrammar(words: LocatorWords): Grammar {
  const labels = new Map<string, string>();
  for (const [label, ...forms] of words) {
    for (const form of forms) {
      const plain = form.toLowerCase().replace(/\.$/, "");
      // A language's own word for a thing goes before the English one that looks like it.
      if (!labels.has(plain)) labels.set(plain, label);
    }
  }
  const forms = words.flatMap(([, ...all]) => all).sort((a, b) => b.length - a.length);
  const alternatives = forms.map((form) => {
    if (/^[§¶№]/.test(form)) return form;
    const escaped = form.replaceAll(".", "\\.");
    if (!form.endsWith(".")) return `${escaped}(?=[\\s\\d(\\[]|$)`;
    // Without its stop a lone letter would be any word; `p 3` is common enough.
    return /^(?!pp?\.)\p{L}\.$/u.test(form)
      ? escaped
      : `${escaped}|${escaped.slice(0, -2)}(?=\\s+[\\divxlc])${/^pp?\.$/.test(form) ? `|${escaped.slice(0, -2)}(?=\\d)` : ""}`;
  });
  return { labels, pattern: new RegExp(`(?:${alternatives.join("|")})`, "iuy") };
}

const roman = "(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})";

/** One page number or the like: `33`, `33-35`, `xiv--xv`, `3.2.1`, `34(1)(a)`, `A12`, `12ff.`, `[17]`. */
const wordPattern = new RegExp(
  `(?:${[
    `${roman}(?:\\s*(?:--?|[–‑])\\s*${roman})?(?![\\p{L}\\p{N}])`,
    // Any unit holds letters, digits, hyphens and colons; groups in brackets may follow it.
    "(?:[\\p{L}\\p{N}][\\p{L}\\p{N}:‑–'’/-]*|[([][^()[\\]\\s]{1,20}[)\\]])(?:\\.[\\p{L}\\p{N}][\\p{L}\\p{N}:‑–-]*|[([][^()[\\]\\s]{1,20}[)\\]]|[‑–-](?=[([\\p{N}]))*",
  ].join("|")})`,
  "iuy",
);

/** What may join two of them: a comma or nothing, and white space. */
const separatorPattern = /\s*,\s*|\s+/y;

const ordinalPattern = /^\d+(?:st|nd|rd|th)$/i;

/**
 * Reads the locator at the beginning of what follows a key: `, 12`, ` p. 3`,
 * `{ch. 3}`. Without a label word it is one of pages if it holds a digit, or if
 * nothing but roman numerals is there. `{}` says that there is no locator.
 * `lang`, a BCP 47 tag, adds that language's words to the English ones.
 */
export function readLocator(text: string, lang = "en"): Locator {
  if (!text) return { end: 0 };
  const pages = plainPages.exec(text);
  if (pages) return { label: "page", locator: pages[1]!.replace("--", "–"), end: text.length };
  const start = /^\s*,?\s*/.exec(text)![0].length;
  if (text[start] === "{") {
    const braced = readBraced(text, start, lang);
    if (braced) return braced;
  }
  const named = labelAt(text, start, lang);
  if (named) {
    const end =
      named.label === "sub-verbo" ? wordsEnd(text, named.end) : sequenceEnd(text, named.end, true);
    if (end !== undefined) return { label: named.label, ...slice(text, named.end, end) };
  }
  const end = sequenceEnd(text, start, false) ?? romansEnd(text, start);
  return end === undefined ? { end: 0 } : { label: "page", ...slice(text, start, end) };
}

function slice(text: string, start: number, end: number) {
  const locator = text.slice(start, end).trim().replace(/\s+/g, " ").replace(/--+/g, "–");
  return { locator: locator.replace(/"([^"]*)"/g, "“$1”"), end };
}

function labelAt(
  text: string,
  at: number,
  lang: string,
): { label: string; end: number } | undefined {
  const { labels, pattern } = grammarOf(lang);
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const label = labels.get(match[0].toLowerCase().replace(/\s+/g, " ").replace(/\.$/, ""));
  return label === undefined ? undefined : { label, end: at + match[0].length };
}

/** Reads `{chap. 3, second part}`: all between the braces is locator, whatever it is. */
function readBraced(text: string, start: number, lang: string): Locator | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) {
      const inner = text.slice(start + 1, at);
      if (!inner.trim()) return { end: at + 1 };
      const from = start + 1 + (inner.length - inner.trimStart().length);
      const named = labelAt(text, from, lang);
      const labelled = named && named.end < at && text.slice(named.end, at).trim();
      return {
        label: labelled ? named.label : "page",
        ...slice(text, labelled ? named.end : from, at),
        end: at + 1,
      };
    }
  }
  return undefined;
}

/** Returns where a sequence of locator words ends, or undefined if none begins there. */
function sequenceEnd(text: string, start: number, labelled: boolean): number | undefined {
  let at = start + /^\s*/.exec(text.slice(start))![0].length;
  let end: number | undefined;
  while (at < text.length) {
    wordPattern.lastIndex = at;
    const word = wordPattern.exec(text)?.[0];
    if (!word || !isLocatorWord(word, labelled)) break;
    end = at + word.length;
    end +=
      /^\s?ff?\.(?![\p{L}\p{N}])|^\s?ff?(?![\p{L}\p{N}.])/u.exec(text.slice(end))?.[0].length ?? 0;
    if (/\df?f$/.test(word) && text[end] === ".") end++;
    separatorPattern.lastIndex = end;
    const separator = separatorPattern.exec(text)?.[0];
    if (!separator) break;
    at = end + separator.length;
  }
  return end;
}

function isLocatorWord(word: string, labelled: boolean): boolean {
  if (ordinalPattern.test(word)) return labelled;
  if (/\p{N}/u.test(word)) return true;
  return labelled && (isRoman(word) || /^\p{Lu}$/u.test(word));
}

const romanPattern = new RegExp(`^${roman}(?:\\s*(?:--?|[–‑])\\s*${roman})?$`, "i");
const isRoman = (word: string): boolean => romanPattern.test(word);

/** Without a label, roman numerals count only when nothing else is there: `, xiv-xv`. */
function romansEnd(text: string, start: number): number | undefined {
  const rest = text.slice(start).trimEnd();
  const single = rest === rest.toLowerCase() || rest === rest.toUpperCase();
  const all = rest.split(/\s*,\s*/);
  return rest && rest !== "mix" && single && all.every(isRoman) ? start + rest.length : undefined;
}

/** A dictionary's headword: what is quoted, or all up to the next comma. */
function wordsEnd(text: string, start: number): number | undefined {
  const match = /^\s*(?:"[^"]+"|“[^”]+”|‘[^’]+’|[^,;]+)/.exec(text.slice(start));
  return match?.[0].trim() ? start + match[0].trimEnd().length : undefined;
}
