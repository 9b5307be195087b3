// Lines that run both ways: Hebrew or Arabic among Latin letters, and the other
// way round, by Unicode's bidirectional algorithm (UAX 9; npm `bidi-js`).

import { createRequire } from "node:module";

/** The direction in which a paragraph runs as a whole. */
export type Direction = "ltr" | "rtl";

/** Letters of one level of embedding, or spaces: places in the paragraph's text. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/** The levels of embedding of a paragraph. */
export interface EmbeddingLevels {
  /** Returns the stretches between two places, in the order of reading. */
  stretches(from: number, to: number): Stretch[];
}

// The blocks of scripts that run from right to left, and what changes the direction.
const rightToLeft =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff]|[\ud802\ud803\ud83a\ud83b]/;

/** Whether letters of a level of embedding run from right to left. */
export function isRightToLeft(level: number | undefined): boolean {
  return level !== undefined && level % 2 === 1;
}

interface Bidi {
  getEmbeddingLevels(text: string, direction: Direction): { readonly levels: Uint8Array };
  getMirroredCharacter(character: string): string | null;
}

let loaded: Bidi | undefined;

function bidi(): Bidi {
  loaded ??= (createRequire(import.meta.url)("bidi-js") as () => Bidi)();
  return loaded;
}

/**
 * Returns the levels of a paragraph's text; `undefined` if all of it runs from
 * left to right, as most does.
 */
export function embeddingLevels(text: string, direction: Direction): EmbeddingLevels | undefined {
  if (direction === "ltr" && !rightToLeft.test(text)) return undefined;
  // Line ends within a paragraph begin no other one, which might run the other way.
  const { levels } = bidi().getEmbeddingLevels(text.replace(/[\n\u2029]/g, "\u2028"), direction);
  const isSpace = (at: number) => text[at] === " ";
  return {
    stretches(from, to) {
      const found: Stretch[] = [];
      for (let at = from; at < to; ) {
        const start = at;
        while (at < to && levels[at] === levels[start] && isSpace(at) === isSpace(start)) at++;
        found.push({ from: start, to: at, level: levels[start]! });
      }
      return found;
    },
  };
}

/** Returns a text with its brackets as they are drawn from right to left. */
export function mirrored(text: string): string {
  if (!/[^\p{L}\p{M}\s]/u.test(text)) return text;
  return Array.from(text, (letter) => bidi().getMirroredCharacter(letter) ?? letter).join("");
}

/**
 * Returns things in the order in which they stand from left to right on a line
 * (UAX 9, L2), with the spaces at the line's end at the level of the paragraph
 * (L1). `things` are in the order of reading.
 */
export function visualOrder<Thing>(
  things: readonly Thing[],
  direction: Direction,
  of: {
    readonly level: (thing: Thing) => number | undefined;
    readonly isSpace: (thing: Thing) => boolean;
  },
): readonly Thing[] {
  const base = direction === "rtl" ? 1 : 0;
  const levels = things.map((thing) => of.level(thing) ?? base);
  for (let index = things.length - 1; index >= 0 && of.isSpace(things[index]!); index--) {
    levels[index] = base;
  }
  const highest = Math.max(0, ...levels);
  if (highest === 0) return things;
  const order = things.map((_, index) => index);
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < order.length; start++) {
      let end = start;
      while (end < order.length && levels[order[end]!]! >= level) end++;
      if (end - start > 1) {
        order.splice(start, end - start, ...order.slice(start, end).reverse());
      }
      start = Math.max(start, end);
    }
  }
  return order.map((index) => things[index]!);
}
