// Where words may be divided, by the patterns of their language (npm `hyphen`,
// which has those of TeX). Nothing is loaded for a document that divides none.

import { createRequire } from "node:module";

/**
 * Returns where a word may be divided: numbers of letters before the break, in
 * ascending order. `lang` is its language if that is not the document's.
 */
export type Hyphenator = (word: string, lang?: string) => readonly number[];

/** The patterns of a language, and how many letters must stand after a break. */
interface Language {
  readonly patterns: string;
  readonly after: number;
}

const FEWEST_BEFORE = 2;
const FEWEST_AFTER = 2;

/** Shorter words are not divided. */
const SHORTEST_WORD = 5;

// Languages with patterns under their own subtag (BCP 47).
const plain = `af be bg ca cs cy da es et eu fi fur ga gl grc hr hsb hu hy ia id is it ka
  kmr la lt lv mk nb nl nn oc pl pms rm ro ru sk sl sq sv tk tr uk`;

// English is divided with three letters behind the hyphen at least, as its patterns
// assume; French and Portuguese typesetters keep to that too.
const languages = new Map<string, Language>([
  ...plain.split(/\s+/).map((tag): [string, Language] => [tag, language(tag)]),
  ["de", language("de-1996")],
  ["de-1901", language("de-1901")],
  ["de-ch-1901", language("de-ch-1901")],
  ["el", language("el-monoton")],
  ["en", language("en-us", 3)],
  ...["au", "gb", "hk", "ie", "in", "nz", "sg", "za"].map((region): [string, Language] => [
    `en-${region}`,
    language("en-gb", 3),
  ]),
  ["fr", language("fr", 3)],
  ["mn", language("mn-cyrl")],
  ["no", language("nb")],
  ["pt", language("pt", 3)],
  ["bs", language("sh-latn")],
  ["sr", language("sr-cyrl")],
  ["sr-latn", language("sh-latn")],
]);

function language(patterns: string, after = FEWEST_AFTER): Language {
  return { patterns, after };
}

/**
 * Returns what divides the words of a document in a language, and foreign words
 * in it by the patterns of theirs, which are loaded when one is met. Words of a
 * language without patterns are not divided.
 */
export function hyphenatorOf(lang: string): Hyphenator {
  const known = new Map<string, Hyphenator | undefined>();
  return (word, foreign = lang) => {
    if (!known.has(foreign)) known.set(foreign, hyphenatorFor(foreign));
    return known.get(foreign)?.(word) ?? [];
  };
}

/**
 * Returns what divides words of a language (a BCP 47 tag; of an unknown region
 * or variant the language itself), or `undefined` if there are no patterns.
 * Words in capitals are not divided. Reads the patterns from the installed package.
 */
export function hyphenatorFor(lang: string): Hyphenator | undefined {
  const found = findLanguage(lang.toLowerCase());
  if (!found) return undefined;
  const load = createRequire(import.meta.url);
  const createHyphenator = load("hyphen") as (
    patterns: unknown,
    options: object,
  ) => (text: string) => string;
  const divide = createHyphenator(load(`hyphen/patterns/${found.patterns}.js`), {
    hyphenChar: "\u00ad",
    html: false,
    minWordLength: SHORTEST_WORD,
  });
  const divided = new Map<string, readonly number[]>();
  return (word) => {
    let places = divided.get(word);
    if (!places) {
      places = isDivisible(word) ? breaksOf(divide(word), word.length - found.after) : [];
      divided.set(word, places);
    }
    return places;
  };
}

/** Looks a tag up, and what is left of it when its last subtags are taken off. */
function findLanguage(tag: string): Language | undefined {
  for (let end = tag.length; end > 0; end = tag.lastIndexOf("-", end - 1)) {
    const found = languages.get(tag.slice(0, end));
    if (found) return found;
  }
  return undefined;
}

/** The package counts letters in the small form of a word, which must be as long. */
function isDivisible(word: string): boolean {
  const small = word.toLowerCase();
  return (
    word.length >= SHORTEST_WORD && small.length === word.length && word !== word.toUpperCase()
  );
}

function breaksOf(divided: string, last: number): number[] {
  const places: number[] = [];
  let at = 0;
  for (const part of divided.split("\u00ad").slice(0, -1)) {
    at += part.length;
    if (at >= FEWEST_BEFORE && at <= last) places.push(at);
  }
  return places;
}
