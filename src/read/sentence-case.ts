// Title case of English titles -> sentence case, in which a bibliography is
// stored: no CSL style lowers a capital, but many make them. What stands
// between two marks of protection (braces, in BibTeX) is left as it was typed.

import { properNouns, properPhrases } from "./proper-nouns.js";

/** Stand around what keeps its case; private use characters that no reader lets through. */
export const PROTECT_START = "\ue000";
export const PROTECT_END = "\ue001";

/** Words that title case leaves small, so that they say nothing about a title's case. */
const smallWords = new Set(
  `a about above across after against along amid among amongst an and around as at because before
  behind below beneath beside between beyond but by circa concerning despite down during except for
  from if in inside into is like near nor of off on onto or out outside over past per since so than
  that the through throughout till to toward towards under until unto up upon versus via vis-à-vis vs
  when where whether which while with within without yet`.split(/\s+/),
);

/** Small words of other languages that are none in English: a title with one is not English. */
const foreignWords = new Set(
  `aux avec chez dans des du entre et les leur par pour sans sur une
  aus bei beim das dem den der durch ein eine einem einen einer für gegen im ist nach nicht oder über
  und vom vor wie zum zur zwischen auf
  del desde el entre hacia las los por según sobre una
  al alla che con degli dei del della delle dello gli nel nella nell' nelle sul sulla tra
  ao aos às das do dos em na nas nos pela pelo sobre uma
  aan bij een het naar niet tot uit van voor
  att av det efter eller för från i med mellan och og på som til till ved
  dla na od oraz pod przez się w we z ze`
    .split(/\s+/)
    .filter((word) => word.length > 2 || /[^a-z]/.test(word))
    // These are English too, or stand in names that English titles hold.
    .filter(
      (word) => !["con", "das", "den", "dos", "del", "per", "till", "van", "des"].includes(word),
    ),
);

/** A piece of a title: markup, or a word with the marks inside of it, or what is between words. */
const piece =
  /<\/?(?:i|b|sup|sub|span|sc)(?:\s[^<>]*)?>|[\p{L}\p{N}\p{M}\ue000\ue001](?:[\p{L}\p{N}\p{M}\ue000\ue001]|['’.](?=[\p{L}\p{N}\ue000\ue001]))*|[^\p{L}\p{N}\p{M}\ue000\ue001<]+|</gu;

/** A word made of a name: Americans, Eurasianism, Europeanisation. */
const derived = /^(.{4,}?)(?:s|isms?|ists?|i[sz](?:ed|ing|ation)|ness|olog(?:y|ical|ists?))$/;

interface Token {
  readonly text: string;
  readonly isWord: boolean;
  /** Some of it lies between marks of protection. */
  readonly isProtected: boolean;
  /** It is the first word of the title or of a subtitle. */
  readonly isFirst: boolean;
  /** A hyphen joins it to the word before. */
  readonly isJoined: boolean;
}

/**
 * Returns an English title in sentence case: capitals stay in the first word, in
 * that of a subtitle, in words with a capital inside (NATO, iPhone), in known
 * proper nouns and where they are protected. A title that is in sentence case
 * already keeps every letter, for its capitals are those of names. The marks of
 * protection are taken out, or become `<span class="nocase">` where a style that
 * makes title case would change what they hold.
 */
export function toSentenceCase(title: string): string {
  const tokens = tokenize(title);
  if (isShouted(tokens)) return unprotect(lower(tokens, true));
  return unprotect(isTitleCase(tokens) ? lower(tokens, false) : title);
}

/** Returns a title as it was typed, its protected parts marked for styles that change case. */
export function unprotect(title: string): string {
  if (!title.includes(PROTECT_START)) return title;
  let depth = 0;
  let held = "";
  let printed = "";
  for (const character of title) {
    if (character === PROTECT_START) {
      depth++;
    } else if (character === PROTECT_END) {
      depth = Math.max(0, depth - 1);
      if (depth === 0) {
        printed += needsSpan(held, printed) ? `<span class="nocase">${held}</span>` : held;
        held = "";
      }
    } else if (depth > 0) held += character;
    else printed += character;
  }
  return printed + held;
}

/** Whether the words of a title, small ones apart, are those of another language than English. */
export function isForeign(title: string): boolean {
  const words =
    title.replace(/<[^<>]*>|\ue000[^\ue001]*\ue001/g, " ").match(/[\p{L}\p{M}]+/gu) ?? [];
  const latin = words.filter((word) => /\p{Script=Latin}/u.test(word));
  return (
    latin.length < words.length / 2 ||
    words.some((word) => foreignWords.has(word)) ||
    /\bde l(?:a|os|as|['’])|\bet (?!al\b)/u.test(title)
  );
}

/** A style would make a capital of a small letter that begins a word here. */
function needsSpan(held: string, before: string): boolean {
  const joined = /[\p{L}\p{N}]$/u.test(before);
  return /(?:^|[^\p{L}\p{N}\p{M}'’])\p{Ll}/u.test(joined ? `A${held}` : held);
}

function tokenize(title: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  let first = true;
  let joined = false;
  for (const [text] of title.matchAll(piece)) {
    const bare = text.replace(/[\ue000\ue001]/g, "");
    const isWord = /[\p{L}\p{N}]/u.test(bare) && !text.startsWith("<");
    const isProtected = depth > 0 || text !== bare;
    for (const mark of text) {
      if (mark === PROTECT_START) depth++;
      else if (mark === PROTECT_END) depth = Math.max(0, depth - 1);
    }
    tokens.push({ text, isWord, isProtected, isFirst: isWord && first, isJoined: joined });
    if (isWord) {
      first = false;
      joined = false;
    } else if (!text.startsWith("<") && bare) {
      joined = /^[-‐‑]$/.test(bare);
      // A dash, and a full stop that is not an abbreviation's, may begin a subtitle.
      if (/[:?!](?!\p{L})|\s[–—]\s|—/u.test(bare)) first = true;
      else if (/^\.[\s”’"')]/.test(bare) && !isAbbreviation(tokens)) first = true;
    }
  }
  return tokens;
}

function isAbbreviation(tokens: readonly Token[]): boolean {
  const word = tokens.at(-2)?.text.toLowerCase() ?? "";
  return (
    word.length === 1 ||
    /\..$/u.test(word) ||
    /^(vs|vol|no|nos|dr|mr|mrs|st|ed|eds|pp|c|ca|v|jr|sr|ch|ser|pt|rev)$/.test(word)
  );
}

/** No word that title case would give a capital begins with a small letter. */
function isTitleCase(tokens: readonly Token[]): boolean {
  return !tokens.some(
    ({ text, isWord, isProtected, isFirst, isJoined }) =>
      isWord &&
      !isProtected &&
      !isFirst &&
      !isJoined &&
      text.length > 3 &&
      /^\p{Ll}+$/u.test(text) &&
      !smallWords.has(text),
  );
}

/** The whole title is in capitals. */
function isShouted(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ isWord, isProtected }) => isWord && !isProtected);
  return (
    words.filter(({ text }) => /^\p{Lu}{4,}$/u.test(text)).length > 1 &&
    !words.some(({ text }) => /\p{Ll}/u.test(text))
  );
}

function lower(tokens: readonly Token[], shouted: boolean): string {
  const names = namesAt(tokens);
  return tokens
    .map((token, at) => {
      const { text, isWord, isProtected, isFirst } = token;
      if (!isWord || isProtected) return text;
      const name = names.get(at);
      if (name !== undefined && (shouted || /^\p{Lu}/u.test(text))) return shouted ? name : text;
      if (shouted) {
        const small = text.toLowerCase();
        return isFirst ? small.replace(/^./u, (letter) => letter.toUpperCase()) : small;
      }
      if (isFirst || text === "I") return text;
      // A capital within, a digit, or a single letter (Plan B) is no title case.
      if (/^.+[\p{Lu}\p{N}]/u.test(text)) return text;
      if (text.length === 1 && text !== "A") return text;
      return text.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());
    })
    .join("");
}

/** Returns the proper nouns among the tokens, by their place, in the letters they are known in. */
function namesAt(tokens: readonly Token[]): Map<number, string> {
  const words = tokens.flatMap(({ text, isWord }, at) => (isWord ? [{ text, at }] : []));
  const names = new Map<number, string>();
  words.forEach(({ text, at }, index) => {
    const small = text.toLowerCase();
    const phrase = properPhrases()
      .get(small)
      ?.find((parts) =>
        parts.every((part, offset) => {
          const other = words[index + offset];
          return (
            other?.text.toLowerCase().replace(/['’]s?$/, "") ===
            part.toLowerCase().replace(/['’.]$/, "")
          );
        }),
      );
    phrase?.forEach((part, offset) => {
      names.set(words[index + offset]!.at, part);
    });
    if (names.has(at)) return;
    const [, stem = small, ending = ""] = /^(.*?)(['’]s?)?$/u.exec(small)!;
    const root = derived.exec(stem)?.[1];
    const noun = properNouns().get(stem);
    const source = root === undefined ? undefined : properNouns().get(root);
    if (noun !== undefined) names.set(at, noun + ending);
    else if (source !== undefined) names.set(at, source + small.slice(root!.length));
  });
  return names;
}
