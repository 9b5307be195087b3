// Quotation marks within titles. A style prints those of its own locale, double
// and single by turns, but citeproc-js knows only straight marks for what they
// are when nothing stands around the title: “so” would stay American in a
// British list.

/** A single quotation, in whose marks an apostrophe does not count. */
const SINGLE = /(?<![\p{L}\p{N}])‘((?:[^‘’]|(?<=\p{L})’(?=\p{L}))+)’(?!\p{L})/gu;

/**
 * Returns a title with straight marks around its English quotations; apostrophes
 * and the marks of other languages stay.
 */
export function straightenQuotes(title: string): string {
  const open = title.match(/“/g)?.length ?? 0;
  const close = title.match(/”/g)?.length ?? 0;
  if (open !== close) return title;
  return title.replace(/[“”]/g, '"').replace(SINGLE, "'$1'");
}
