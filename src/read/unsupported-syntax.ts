// Markdown that other programs know and this one does not (yet): looked for in
// what has stayed plain text, so that an author is told.

/** A piece of such syntax: what it is, and where in the text. */
export interface Unsupported {
  readonly what: string;
  readonly index: number;
  readonly length: number;
}

const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    "a formula",
    /\$\$[^$]{1,2000}\$\$|(?<![\\$\p{L}\p{N}])\$(?=[^\s$])[^$\n]{0,200}?[^\s$\\]\$(?![\p{N}$])/gu,
  ],
  ["struck-out text", /~~(?=\S)[^~]{1,500}~~/g],
  ["a note that has no end", /(?<!\\)\^\[/g],
  ["an attribute in braces", /\{[#.][\p{L}\w-][^{}\n]{0,100}\}/gu],
  ["a block between colons", /^:{3,}.*$/gm],
];

/** Returns what a piece of text holds of such syntax; its offsets are the text's. */
export function findUnsupported(text: string): Unsupported[] {
  if (!/[$~^{:]/.test(text)) return [];
  return patterns.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({ what, index, length })),
  );
}

/** Whether a paragraph is a table of pipes: a line of dashes below a line with a pipe. */
export function isTable(text: string): boolean {
  const [head = "", rule = ""] = text.split("\n", 2);
  return head.includes("|") && /^[\s>]*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/.test(rule);
}
