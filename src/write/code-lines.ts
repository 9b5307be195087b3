// The lines of a block of code and their numbers, alike in both formats. A number
// is no part of the text: it is not copied with the code, and not counted.

import type { CodeBlock } from "../document.js";

/** A line of code, and its number where lines are numbered. */
export interface CodeLine {
  readonly text: string;
  readonly number?: number;
}

/** The space between a number and its line, in points. */
export const lineNumberGap = 8;

/** How wide a letter of a code font is, in ems: Courier's, and that of its like. */
const LETTER = 0.6;

/** Returns the lines of a block of code; one line end at its end is no line. */
export function codeLines({ value, firstLine }: CodeBlock): CodeLine[] {
  return value
    .replace(/\r\n?/g, "\n")
    .replace(/\n$/, "")
    .split("\n")
    .map((text, index) => ({
      text,
      ...(firstLine !== undefined && { number: firstLine + index }),
    }));
}

/** Returns how wide a number is in letters of a size, in points. */
export function lineNumberWidth(number: number, size: number): number {
  return String(number).length * LETTER * size;
}

/** Returns the room that the numbers of some lines need at the left of them, in points. */
export function lineNumberRoom(lines: readonly CodeLine[], size: number): number {
  const last = lines.at(-1)?.number;
  return last === undefined ? 0 : lineNumberWidth(last, size) + lineNumberGap;
}
