// Justified lines: boxes are measured as they are drawn, words divided where a
// line can end in them, and spaces made as wide as the line needs.

import { type Direction, visualOrder } from "./bidi.js";
import type { CharacterStyle } from "./definition.js";
import { hangAtEnd, hangAtStart, hangOfHyphen } from "./hanging.js";
import { ELASTICITY } from "./measured-text.js";
import {
  type Box,
  COMPOUND_PENALTY,
  type Cut,
  makeBox,
  type Piece,
  type Typesetter,
  trailingOf,
} from "./text.js";
import {
  breakOptimally,
  HYPHEN_PENALTY,
  type Item,
  type LineEnd,
  SHRINK,
  STRETCH,
} from "./total-fit.js";

/** What a justified paragraph is broken by. Lengths are in points. */
export interface Measure {
  /** The room in the first line and in the others. */
  readonly firstWidth: number;
  readonly width: number;
  /** Of the first line, relative to the others. */
  readonly indent: number;
  /** The look of the paragraph; words in another family, such as code, are not divided. */
  readonly base: CharacterStyle;
  /** Whether words may be divided. */
  readonly isHyphenated: boolean;
  /** Whether punctuation stands in the margins. */
  readonly hangsPunctuation: boolean;
}

/** The pieces of one line, and whether it ends the paragraph or stands before a forced break. */
export interface BrokenLine {
  readonly pieces: readonly Piece[];
  readonly isLast: boolean;
  /** How much of it stands in the margins, in points; absent where nothing does. */
  readonly lead?: number;
  readonly hang?: number;
}

// `and/or` is better not divided at all.
const SLASH_PENALTY = 150;

/** A last line should be longer than this, in multiples of the size of its letters. */
const RUNT = 3;

/** In multiples of the size of letters. */
const EMERGENCY_STRETCH = 3;

/** Returns the lines of a justified paragraph; no box may be wider than a line. */
export function breakJustified(
  boxes: readonly Box[],
  measure: Measure,
  typesetter: Typesetter,
): BrokenLine[] {
  const { firstWidth, width, indent, base, isHyphenated, hangsPunctuation } = measure;
  const lines: BrokenLine[] = [];
  const hyphenation = new Hyphenation(boxes, base, isHyphenated, typesetter);
  const runt = Math.min(width / 4, Math.max(RUNT * base.size, indent));
  for (let from = 0; from < boxes.length; ) {
    let to = from + 1;
    while (to < boxes.length && boxes[to - 1]!.end !== "newline") to++;
    const offset = from;
    const ends = breakOptimally({
      items: boxes.slice(from, to).map((box, index) => itemOf(box, hyphenation, offset + index)),
      divide: (item) => hyphenation.cuts(offset + item),
      hangs: hangsPunctuation,
      firstWidth: from === 0 ? firstWidth : width,
      width,
      runt,
      emergencyStretch: EMERGENCY_STRETCH * base.size,
    });
    let start: LineEnd | undefined;
    for (const [index, end] of ends.entries()) {
      const pieces = linePieces(boxes, hyphenation, offset, start, end, typesetter);
      const isLast = index === ends.length - 1;
      // The first line stands where its indent has it.
      const lead = hangsPunctuation && index > 0 ? hangAtStart(pieces) : 0;
      const hang = hangsPunctuation ? hangAtEnd(pieces) : 0;
      lines.push({ pieces, isLast, ...(lead && { lead }), ...(hang && { hang }) });
      start = end;
    }
    from = to;
  }
  if (lines.length === 0 || boxes.at(-1)?.end === "newline") {
    lines.push({ pieces: [], isLast: true });
  }
  return lines;
}

/**
 * Divides boxes that are wider than a line at the hyphens that they may have, so
 * that they need not be cut between any two letters.
 */
export function hyphenateWide(
  boxes: readonly Box[],
  room: number,
  base: CharacterStyle,
  typesetter: Typesetter,
): readonly Box[] {
  const isWide = (box: Box) => box.width - box.trailing > room;
  if (!boxes.some(isWide)) return boxes;
  const hyphenation = new Hyphenation(boxes, base, true, typesetter);
  return boxes.flatMap((box, index) => {
    if (!isWide(box)) return box;
    const cuts = hyphenation.cuts(index);
    return [...cuts, undefined].map((cut, part) => {
      const pieces = slicePieces(box, part ? cuts[part - 1] : undefined, cut);
      return makeBox(pieces, !cut ? box.end : cut.hyphen ? "hyphen" : undefined);
    });
  });
}

/** Steps of the width of letters. */
const EXPANSION_STEP = 0.001;

const TOLERANCE = 1e-6;

/**
 * Gives the pieces of a line their places: it begins at `left` and has `width`
 * points, which all lines but the last fill. What is too wide is never drawn
 * closer than spaces may shrink.
 */
export function justify(
  { pieces, isLast, lead = 0, hang = 0 }: BrokenLine,
  left: number,
  width: number,
  direction: Direction = "ltr",
): void {
  let letters = 0;
  let natural = 0;
  let gaps = 0;
  for (const piece of pieces) {
    const { letterWidth, width: own, trailing: space } = piece.measured;
    letters += letterWidth;
    natural += own;
    gaps += space;
  }
  const trailing = trailingOf(pieces);
  gaps -= trailing;
  const rest = width + lead + hang - (natural - trailing);
  const isSet = !isLast || rest < 0;
  const expansion = isSet ? expansionOf(letters, gaps, rest) : 0;
  const stretch = isSet && gaps > 0 ? Math.max(-SHRINK, (rest - letters * expansion) / gaps) : 0;
  let x = left - lead;
  for (const piece of inVisualOrder(pieces, direction)) {
    const { letterWidth, width: own, trailing: space } = piece.measured;
    piece.x = x;
    if (!piece.box) piece.expansion = 1 + expansion;
    x += own + letterWidth * expansion + space * stretch;
  }
}

/** Returns by how much the letters of a line become wider, as a part of their width. */
function expansionOf(letters: number, gaps: number, rest: number): number {
  const elastic = gaps + letters * ELASTICITY;
  if (!elastic) return 0;
  const ratio = Math.min(STRETCH, Math.max(-SHRINK, rest / elastic));
  // Rounded down, so that spaces need not shrink by more than they may.
  return Math.floor((ratio * ELASTICITY) / EXPANSION_STEP + TOLERANCE) * EXPANSION_STEP;
}

/**
 * Returns the pieces of a line as they follow one another, from the margin where
 * lines of the direction begin.
 */
export function inVisualOrder(pieces: readonly Piece[], direction: Direction): readonly Piece[] {
  if (direction === "ltr" && pieces.every(({ look }) => !look.level)) return pieces;
  const order = visualOrder(pieces, direction, {
    level: ({ look }) => look.level,
    isSpace: ({ text, measured }) => measured.spaces === text.length,
  });
  return direction === "rtl" ? [...order].reverse() : order;
}

function itemOf(box: Box, hyphenation: Hyphenation, index: number): Item {
  const [only] = box.pieces;
  // Most are words with a space behind.
  if (only && box.pieces.length === 1 && !box.end && isWord(only)) return only.measured;
  let width = 0;
  let space = 0;
  for (const { measured } of box.pieces) {
    width += measured.width;
    space += measured.space;
  }
  const last = lastCharacter(box);
  const isHyphen = box.end === "hyphen" || (last !== "" && /[-\u2010\u2013\u2014]/.test(last));
  const isSlash = last === "/" && !hyphenation.isAddress(index);
  // Addresses are divided before their signs (see `addressCuts`).
  const isSign = addressSign.test(last) && hyphenation.isAddress(index);
  const hyphenated = box.end === "hyphen" ? box.pieces.at(-1) : undefined;
  return {
    width,
    trailing: box.trailing,
    space,
    hyphen: hyphenWidth(hyphenated),
    penalty:
      box.pieces.at(-1)?.box?.breakPenalty ??
      (isHyphen ? HYPHEN_PENALTY : isSlash || isSign ? SLASH_PENALTY : 0),
    isHyphen,
    lead: hangAtStart(box.pieces),
    hang: hyphenated ? hangOfHyphen(hyphenated.look) : hangAtEnd(box.pieces),
  };
}

function isWord({ measured, look, box }: Piece): boolean {
  return measured.spaces > 0 && measured.letterWidth > 0 && look.rise === 0 && !box;
}

/** The last character of a box that has no space at its end. */
function lastCharacter({ pieces, trailing }: Box): string {
  if (trailing) return "";
  for (let index = pieces.length - 1; index >= 0; index--) {
    const { text } = pieces[index]!;
    if (text) return text.at(-1)!;
  }
  return "";
}

function hyphenWidth(piece: Piece | undefined): number {
  return piece ? (piece.look.face.advance("-") * piece.look.size) / 1000 : 0;
}

/** Returns the pieces between two line ends, with the hyphen that is shown only there. */
function linePieces(
  boxes: readonly Box[],
  hyphenation: Hyphenation,
  offset: number,
  start: LineEnd | undefined,
  end: LineEnd,
  typesetter: Typesetter,
): Piece[] {
  const cutOf = (place: LineEnd | undefined, index: number) =>
    place && offset + place.item === index && place.division !== undefined
      ? hyphenation.cuts(index)[place.division]
      : undefined;
  const from = start ? offset + start.item + (start.division === undefined ? 1 : 0) : offset;
  const to = offset + end.item;
  const pieces: Piece[] = [];
  for (let index = from; index <= to; index++) {
    const own = slicePieces(boxes[index]!, cutOf(start, index), cutOf(end, index));
    for (const piece of own) pieces.push(piece);
  }
  const last = pieces.at(-1);
  const cut = cutOf(end, to);
  const isEnd = to === boxes.length - 1;
  const hasHyphen = cut ? cut.hyphen > 0 : boxes[to]!.end === "hyphen" && !isEnd;
  if (last && hasHyphen) pieces.push(typesetter.piece("-", last.look.style, ""));
  return pieces;
}

/** Returns the pieces of a box behind a cut and up to another. */
function slicePieces(
  { pieces }: Box,
  from: Cut | undefined,
  to: Cut | undefined,
): readonly Piece[] {
  if (!from && !to) return pieces;
  const first = from?.piece ?? 0;
  const last = to?.piece ?? pieces.length - 1;
  return pieces.slice(first, last + 1).map((piece, index) => {
    const start = from && index === 0 ? from.at : 0;
    const end = to && first + index === last ? to.at : piece.text.length;
    return piece.slice(start, end);
  });
}

// A word whose look changes within it is not divided.
const partOfWord = /[\p{L}\p{M}\p{N}_@]$/u;
const partOfWordAhead = /^[\p{L}\p{M}\p{N}_@]/u;
const hyphen = /[-\u2010\u2011]$/;
const hyphenAhead = /^[-\u2010\u2011]/;
const addressSign = /^[~._?#%=&]$/;
const address = /:\/\/|^www\.|@|\w\.\w+\/|^10\.\d{4,}\//i;

/** Finds where the words of a paragraph may be divided, for those boxes that it is asked for. */
class Hyphenation {
  readonly #boxes: readonly Box[];
  readonly #base: CharacterStyle;
  readonly #isHyphenated: boolean;
  readonly #typesetter: Typesetter;
  readonly #cuts = new Map<number, readonly Cut[]>();
  #addresses: ReadonlySet<number> | undefined;

  /** Without `isHyphenated` only addresses are divided. */
  constructor(
    boxes: readonly Box[],
    base: CharacterStyle,
    isHyphenated: boolean,
    typesetter: Typesetter,
  ) {
    this.#boxes = boxes;
    this.#base = base;
    this.#isHyphenated = isHyphenated;
    this.#typesetter = typesetter;
  }

  /** Returns the places where a box may be divided, in ascending order. */
  cuts(index: number): readonly Cut[] {
    let cuts = this.#cuts.get(index);
    if (!cuts) {
      cuts = this.#findCuts(index);
      this.#cuts.set(index, cuts);
    }
    return cuts;
  }

  /** Whether a box is part of a web or mail address, or of a DOI. */
  isAddress(index: number): boolean {
    this.#addresses ??= findAddresses(this.#boxes);
    return this.#addresses.has(index);
  }

  #findCuts(index: number): readonly Cut[] {
    const box = this.#boxes[index]!;
    const before = this.#boxes[index - 1];
    if (this.isAddress(index)) return addressCuts(box);
    // Where the author has said how a word is divided, it is divided only so.
    if (!this.#isHyphenated || box.end === "hyphen" || before?.end === "hyphen") return [];
    const { pieces } = box;
    const [only] = pieces;
    if (only && pieces.length === 1 && (!before || before.trailing)) {
      // Most boxes are one word between spaces, which is divided alike wherever it stands.
      const words = this.#isDivisible(only) ? this.#typesetter.divisibleWords(only) : [];
      return words.length === 1 ? words[0]!.places : words.flatMap(({ places }) => places);
    }
    const cuts: Cut[] = [];
    let whole = 0;
    for (const { width } of pieces) whole += width;
    let width = 0;
    let space = 0;
    for (const [at, piece] of pieces.entries()) {
      const words = this.#isDivisible(piece) ? this.#typesetter.divisibleWords(piece) : [];
      for (const { start, end, places } of words) {
        const left = start > 0 ? "" : at > 0 ? textOf(pieces[at - 1]) : before && textOfBox(before);
        const right = end < piece.text.length ? "" : textOf(pieces[at + 1]);
        if ((left && partOfWord.test(left)) || (right && partOfWordAhead.test(right))) continue;
        const isPart = (left && hyphen.test(left)) || (right && hyphenAhead.test(right));
        for (const place of places) {
          cuts.push({
            ...place,
            piece: at,
            width: width + place.width,
            space: space + place.space,
            rest: whole - width - piece.width + place.rest,
            penalty: isPart ? COMPOUND_PENALTY : place.penalty,
          });
        }
      }
      width += piece.width;
      space += piece.measured.space;
    }
    return cuts;
  }

  #isDivisible({ look, isReplaced, source, text }: Piece): boolean {
    return (
      !isReplaced &&
      source.length === text.length &&
      look.rise === 0 &&
      look.style.family === this.#base.family
    );
  }
}

function textOf(piece: Piece | undefined): string {
  // The mark of a note is not part of the word that it follows.
  return piece && piece.look.rise === 0 ? piece.text : "";
}

function textOfBox({ pieces }: Box): string {
  return textOf(pieces.at(-1));
}

/**
 * Returns where an address may be divided besides behind its slashes: before its
 * other signs, and without a hyphen (Chicago 17, 7.46).
 */
function addressCuts({ pieces }: Box): Cut[] {
  const cuts: Cut[] = [];
  let whole = 0;
  for (const { width } of pieces) whole += width;
  let width = 0;
  let space = 0;
  for (const [index, piece] of pieces.entries()) {
    const { text, look, isReplaced, width: own } = piece;
    const signs = isReplaced
      ? []
      : text.matchAll(/(?<=[\p{L}\p{N}]{2})[~.,_?#%=&](?=[\p{L}\p{N}]{2})/gu);
    for (const { index: at } of signs) {
      const before = (look.face.width(text.slice(0, at)) * look.size) / 1000;
      cuts.push({
        piece: index,
        at,
        width: width + before,
        space: space + before * ELASTICITY,
        hyphen: 0,
        rest: whole - width - own + (look.face.width(text.slice(at)) * look.size) / 1000,
        penalty: HYPHEN_PENALTY,
      });
    }
    width += own;
    space += piece.measured.space;
  }
  return cuts;
}

/** Returns the boxes that are parts of addresses: what stands between two spaces is looked at whole. */
function findAddresses(boxes: readonly Box[]): Set<number> {
  const found = new Set<number>();
  const mayBeAddress = ({ text }: Piece) => /[/@]|www\./i.test(text);
  if (!boxes.some(({ pieces }) => pieces.some(mayBeAddress))) return found;
  let from = 0;
  let text = "";
  for (const [index, { pieces, trailing, end }] of boxes.entries()) {
    for (const piece of pieces) text += piece.text;
    if (!trailing && end !== "newline" && index < boxes.length - 1) continue;
    if (address.test(text)) for (let at = from; at <= index; at++) found.add(at);
    from = index + 1;
    text = "";
  }
  return found;
}
