// Punctuation that stands partly in the margin, so that the edges of justified
// lines look even: the lighter a sign, the more of it.

import type { Piece } from "./text.js";

/** Which part of a sign's width stands in the margin at the end of a line. */
const atEnd = new Map<string, number>([
  [".", 0.7],
  [",", 0.7],
  ["-", 0.6],
  ["\u2010", 0.6],
  [":", 0.5],
  [";", 0.5],
  ["’", 0.7],
  ["‘", 0.7],
  ["'", 0.7],
  ["”", 0.5],
  ["“", 0.5],
  ['"', 0.5],
  ["»", 0.4],
  ["›", 0.4],
  ["…", 0.2],
  ["–", 0.3],
  ["—", 0.2],
  ["!", 0.2],
  ["?", 0.15],
  [")", 0.15],
  ["]", 0.15],
]);

/** The same at its beginning. */
const atStart = new Map<string, number>([
  ["‘", 0.7],
  ["’", 0.7],
  ["‚", 0.7],
  ["'", 0.7],
  ["“", 0.5],
  ["„", 0.5],
  ['"', 0.5],
  ["«", 0.4],
  ["‹", 0.4],
  ["(", 0.15],
  ["[", 0.15],
]);

/** Returns how far the last sign of a line of pieces stands in the margin, in points. */
export function hangAtEnd(pieces: readonly Piece[]): number {
  for (let index = pieces.length - 1; index >= 0; index--) {
    const { text, spaces, look, box } = pieces[index]!;
    if (box) return 0;
    if (spaces === text.length) continue;
    const sign = text.charAt(text.length - spaces - 1);
    return hangOf(sign, atEnd, look);
  }
  return 0;
}

/** Returns how far the first sign of a line of pieces stands in the margin, in points. */
export function hangAtStart(pieces: readonly Piece[]): number {
  for (const { text, box, look } of pieces) {
    if (box) return 0;
    if (text) return hangOf(text.charAt(0), atStart, look);
  }
  return 0;
}

/** Returns how far a hyphen stands in the margin that only the end of the line brings. */
export function hangOfHyphen(look: Piece["look"]): number {
  return hangOf("-", atEnd, look);
}

/** Raised and lowered letters stay within the line. */
function hangOf(sign: string, parts: ReadonlyMap<string, number>, look: Piece["look"]): number {
  const part = look.rise === 0 ? parts.get(sign) : undefined;
  return part === undefined ? 0 : (part * look.face.advance(sign) * look.size) / 1000;
}
