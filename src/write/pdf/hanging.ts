// Punctuation that stands partly in the margin, so that the edges of justified
// lines look even: the lighter a sign, the more of it.

import type { Face } from "./shaper.js";
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
    const { text, measured, look, box } = pieces[index]!;
    if (box) return 0;
    // Raised and lowered letters stay within the line.
    if (measured.spaces < text.length) return look.rise === 0 ? measured.hang : 0;
  }
  return 0;
}

/** Returns how far the first sign of a line of pieces stands in the margin, in points. */
export function hangAtStart(pieces: readonly Piece[]): number {
  for (const { text, measured, look, box } of pieces) {
    if (box) return 0;
    if (text) return look.rise === 0 ? measured.lead : 0;
  }
  return 0;
}

/** Returns how far a hyphen stands in the margin that only the end of the line brings. */
export function hangOfHyphen({ face, size, rise }: Piece["look"]): number {
  return rise === 0 ? hangAtEndOf("-", face, size) : 0;
}

/** Returns how far a sign stands in the margin at the end of a line, in points. */
export function hangAtEndOf(sign: string, face: Face, size: number): number {
  return hangOf(sign, atEnd, face, size);
}

/** The same of one at the beginning. */
export function hangAtStartOf(sign: string, face: Face, size: number): number {
  return hangOf(sign, atStart, face, size);
}

function hangOf(sign: string, parts: ReadonlyMap<string, number>, face: Face, size: number) {
  const part = parts.get(sign);
  return part === undefined ? 0 : (part * face.advance(sign) * size) / 1000;
}
