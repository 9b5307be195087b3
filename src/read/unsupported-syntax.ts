// Markdown that other programs know and this one does not (yet): looked for in
// what has stayed plain text, so that an author is told.

/** A piece of such syntax: what it is, and where in the text. */
export interface Unsupported {
  readonly what: string;
  readonly index: number;
  readonly length: number;
}

const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a formula that has no end", /\$\$/g],
  ["struck-out text", /~~(?=\S)[^~]{1,500}~~/g],
  ["a note that has no end", /(?<!\\)\^\[/g],
  ["an attribute in braces", /\{[#.][\p{L}\w-][^{}\n]{0,100}\}/gu],
];

/** Returns what a piece of text holds of such syntax; its offsets are the text's. */
export function findUnsupported(text: string): Unsupported[] {
  if (!/[~^{$]/.test(text)) return [];
  return patterns.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({ what, index, length })),
  );
}
