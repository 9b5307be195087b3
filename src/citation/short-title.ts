// The short title of a work whose data has none, for later notes.

/** An opening and a closing tag or quotation mark, which a title must not lose one of. */
const PAIRS: readonly (readonly [RegExp, RegExp])[] = [
  [/<[a-z]/g, /<\//g],
  [/“/g, /”/g],
  [/\(/g, /\)/g],
];

/**
 * Returns an English title without its initial article and, where more than four
 * words are left, without its subtitle (Chicago Manual, 17th edition, 14.33; 18th
 * edition, 13.36; MLA Handbook, 9th edition, 6.10). Which of the remaining words
 * could go is for the author to say, with `title-short`.
 */
export function shortTitle(title: string): string {
  const bare = title.replace(/^(?:a|an|the) (?=\S)/i, "");
  const words = bare
    .replace(/<[^>]*>/g, "")
    .trim()
    .split(/\s+/).length;
  const main = /^(.*?(?:[?!](?= )|(?=: )))/s.exec(bare)?.[1];
  const short = words > 4 && main && isWhole(main) ? main : bare;
  if (short === bare && !isWhole(bare)) return title;
  return short.replace(/^\p{Ll}(?!\p{Lu})/u, (letter) => letter.toUpperCase());
}

function isWhole(text: string): boolean {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return PAIRS.every(([open, close]) => count(open) === count(close)) && count(/"/g) % 2 === 0;
}
