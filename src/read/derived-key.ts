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

/**
 * Returns a key made of the family name of the first author and the year,
 * `trenin2009`; of the first long word of the title where there is no author.
 * A key that is taken gets a letter: `trenin2009b`. It stays the same as long
 * as the work's place among those of the same author and year does.
 */
export function deriveKey(
  names: CslValue | undefined,
  title: string | undefined,
  year: string | undefined,
  isTaken: (key: string) => boolean,
): string {
  const [name] = Array.isArray(names) ? (names as readonly Readonly<Record<string, string>>[]) : [];
  const word =
    lettersOf(name?.family ?? "") ||
    lettersOf(
      (name?.literal ?? "").split(/[\s,]+/).find((part) => part.length > 3) ?? name?.literal ?? "",
    ) ||
    lettersOf(title?.replace(/<[^<>]*>/g, "").match(/[\p{L}\p{N}]{4,}/u)?.[0] ?? title ?? "") ||
    "work";
  const key = word + (year ?? "");
  if (!isTaken(key)) return key;
  for (let number = 1; ; number++) {
    const next = key + suffixOf(number);
    if (!isTaken(next)) return next;
  }
}

/** `b` for the second work of its kind, `z` for the 26th, then `ba`. */
function suffixOf(number: number): string {
  const letter = String.fromCharCode(97 + (number % 26));
  return number < 26 ? letter : suffixOf(Math.floor(number / 26)) + letter;
}

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[æđðıłøœßþ]/g, (letter) => plainLetters[letter]!)
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .normalize("NFC")
    .slice(0, 40);
}
