// Citation keys for works whose file gives them none.

import type { CslValue } from "./csl-node.js";

/** Letters that have no accent to take off, as they are written without. */
const plainLetters: Readonly<Record<string, string>> = {
  æ: "ae",
  đ: "d",
  ð: "d",
  ı: "i",
  ł: "l",
  ø: "o",
  œ: "oe",
  ß: "ss",
  þ: "th",
};

/** Returns the key of a work with these names, title and year. */
export type DeriveKey = (
  names: CslValue | undefined,
  title: string | undefined,
  year: string | undefined,
) => string;

/**
 * Returns what makes keys of the family name of the first author and the year,
 * `trenin2009`; of the first long word of the title where there is no author. A
 * key that is taken gets a letter: `trenin2009b`. It stays the same as long as
 * the work's place among those of the same author and year does.
 */
export function keyDeriver(isTaken: (key: string) => boolean): DeriveKey {
  /** How many keys of each kind there are, so that a thousand of them stay cheap. */
  const made = new Map<string, number>();
  const used = new Set<string>();
  return (names, title, year) => {
    const base = wordOf(names, title) + (year ?? "");
    let number = made.get(base) ?? 0;
    let key = base + suffixOf(number++);
    while (used.has(key) || isTaken(key)) key = base + suffixOf(number++);
    made.set(base, number);
    used.add(key);
    return key;
  };
}

function wordOf(names: CslValue | undefined, title: string | undefined): string {
  const [name] = Array.isArray(names) ? (names as readonly Readonly<Record<string, string>>[]) : [];
  const literal = name?.literal ?? "";
  return (
    lettersOf(name?.family ?? "") ||
    lettersOf(literal.split(/[\s,]+/).find((part) => part.length > 3) ?? literal) ||
    lettersOf(title?.replace(/<[^<>]*>/g, "").match(/[\p{L}\p{N}]{4,}/u)?.[0] ?? title ?? "") ||
    "work"
  );
}

/** Nothing for the first work of its kind, `b` for the second, `z` for the 26th, then `ba`. */
function suffixOf(number: number): string {
  if (number === 0) return "";
  const letter = String.fromCharCode(97 + (number % 26));
  return number < 26 ? letter : suffixOf(Math.floor(number / 26)) + letter;
}

function lettersOf(text: string): string {
  return text
    .slice(0, 200)
    .toLowerCase()
    .replace(/[æđðıłøœßþ]/g, (letter) => plainLetters[letter]!)
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .normalize("NFC")
    .slice(0, 40);
}
