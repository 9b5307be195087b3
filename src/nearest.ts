// What a word with a slip of the hand was meant to be.

import { distance } from "fastest-levenshtein";

/** How many words are compared at most, and how long they may be. */
const MOST_WORDS = 20_000;
const LONGEST_WORD = 80;

/**
 * Returns a hint that names the words nearest to a wrong one, `did you mean
 * "title"?`, or none when nothing is near.
 */
export function didYouMean(wrong: string, words: Iterable<string>): string[] {
  const near = nearest(wrong, words);
  return near.length ? [`did you mean ${near.map((word) => `"${word}"`).join(" or ")}?`] : [];
}

/** How many letters differ; letters that changed places count as one slip. */
function slips(wrong: string, word: string): number {
  const far = distance(wrong, word);
  const sorted = (letters: string) => [...letters].sort().join("");
  return far === 2 && wrong.length === word.length && sorted(wrong) === sorted(word) ? 1 : far;
}

/** Returns at most three words that differ from a wrong one by a third of its letters or less (or by case). */
export function nearest(wrong: string, words: Iterable<string>): string[] {
  if (wrong.length > LONGEST_WORD) return [];
  const lower = wrong.toLowerCase();
  const limit = wrong.length < 3 ? 0 : Math.max(1, Math.floor(wrong.length / 3));
  const found: { readonly word: string; readonly far: number }[] = [];
  let compared = 0;
  for (const word of new Set(words)) {
    if (++compared > MOST_WORDS) break;
    if (Math.abs(word.length - wrong.length) > limit) continue;
    const far = slips(lower, word.toLowerCase());
    if (far <= limit) found.push({ word, far });
  }
  const best = Math.min(...found.map(({ far }) => far));
  return found
    .filter(({ far }) => far <= best + 1)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ word }) => word);
}
