// Pages in Word's unit, the twip (1/20 point).

import type { Page } from "../../template.js";

/** Returns points as whole twips. */
export function twips(points: number): number {
  return Math.round(points * 20);
}

/** The length of a line of text, in twips. */
export function textWidth({ width, margins, gutter }: Page): number {
  return twips(width) - twips(margins.left) - twips(margins.right) - twips(gutter);
}
