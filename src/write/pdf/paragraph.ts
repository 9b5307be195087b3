// Boxes become lines: broken where the next box no longer fits, as Word and
// LibreOffice break them, or over the whole paragraph where it is justified;
// with the heights that those programs give to lines.

import type { Leading } from "../../template.js";
import { heightsOfLetters, spacedHeight } from "../line-height.js";
import type { Direction } from "./bidi.js";
import type { Mark, NoteNode, ParagraphNode, Run } from "./definition.js";
import { fitFormulas } from "./formula-boxes.js";
import { Line } from "./internals.js";
import {
  type BrokenLine,
  breakJustified,
  hyphenateWide,
  inVisualOrder,
  justify,
} from "./justification.js";
import type { NoteRows } from "./notes.js";
import { type Box, type Look, makeBox, type Piece, type Typesetter } from "./text.js";

/** One line of a paragraph. Lengths are in points. */
export class TextLine extends Line {
  override x = 0;
  override y = 0;
  readonly pieces: readonly Piece[];
  readonly height: number;
  /** From its top to the base line. */
  readonly ascent: number;
  /** How much of its height is leading below the letters, which needs no room at a page's foot. */
  readonly slack: number;
  readonly paragraph: ParagraphNode;
  /** Which line of the paragraph it is, from 0, and of how many. */
  readonly index: number;
  readonly count: number;
  /** The notes whose marks are in it. */
  readonly notes: readonly NoteNode[];
  /** The same laid out, once they are. */
  noteRows: readonly NoteRows[] = [];
  /** The cell of a table that it is of: what is read in one go, on however many pages. */
  cell: object | undefined;
  /** The note that it is of. */
  ofNote: NoteNode | undefined;
  /** The note whose last line it is. */
  endsNote: NoteNode | undefined;

  constructor(
    pieces: readonly Piece[],
    metrics: LineMetrics,
    paragraph: ParagraphNode,
    index: number,
    count: number,
  ) {
    super(0);
    this.pieces = pieces;
    this.height = metrics.height;
    this.ascent = metrics.ascent;
    this.slack = metrics.slack;
    this.paragraph = paragraph;
    this.index = index;
    this.count = count;
    this.notes = notesOf(pieces);
  }

  override getHeight(): number {
    return this.height;
  }

  override getAscenderHeight(): number {
    return this.ascent;
  }

  override getWidth(): number {
    if (this.pieces.some(({ look }) => look.level)) {
      return Math.max(0, ...this.pieces.map(({ end }) => end));
    }
    return this.pieces.at(-1)?.end ?? 0;
  }

  override clone(): TextLine {
    return this.with([]);
  }

  /** Returns the line with more pieces at its end. */
  with(added: readonly Piece[]): TextLine {
    const line = Object.assign(Object.create(TextLine.prototype) as TextLine, this);
    return Object.assign(line, { pieces: [...this.pieces, ...added] });
  }
}

const noNotes: readonly NoteNode[] = [];

function notesOf(pieces: readonly Piece[]): readonly NoteNode[] {
  let notes: NoteNode[] | undefined;
  for (const { note } of pieces) {
    if (!note) continue;
    notes ??= [];
    notes.push(note);
  }
  return notes ?? noNotes;
}

/** The least gap between a title of the contents and its page number, in points. */
const LEADER_WIDTH = 6;

/** What a page number is taken for before it is known. */
const PAGE_NUMBER = "00";

/**
 * Returns the lines of a paragraph, `width` points being there for it and its
 * indents. `label` is the page number that will end its last line, if known.
 */
export function breakParagraph(
  paragraph: ParagraphNode,
  width: number,
  typesetter: Typesetter,
  label = PAGE_NUMBER,
): TextLine[] {
  const full = Math.max(1, width - paragraph.left - paragraph.right);
  const aside = paragraph.aside ? setAside(paragraph.aside, full, typesetter) : [];
  const room = aside.length ? aside[0]!.x - ASIDE_GAP : full;
  const fitted = fitFormulas(paragraph.runs, Math.max(1, room), typesetter);
  const set = fitted === paragraph.runs ? paragraph : { ...paragraph, runs: fitted };
  return breakFitted(set, paragraph, { full, room, aside }, typesetter, label);
}

/** The room that a paragraph has, and what stands at the right of its last line. */
interface Room {
  readonly full: number;
  /** That to the left of what stands at the right. */
  readonly room: number;
  readonly aside: readonly Piece[];
}

function breakFitted(
  paragraph: ParagraphNode,
  original: ParagraphNode,
  { full, room, aside }: Room,
  typesetter: Typesetter,
  label: string,
): TextLine[] {
  const { indent, align, mark, base } = paragraph;
  const direction = directionOf(paragraph);
  const markPieces = mark ? setMark(mark, indent, typesetter, direction) : [];
  const last = markPieces.at(-1);
  const start = last ? textStart(last.x + last.width, paragraph.left) : indent;
  // A page number ends its line at the right edge, behind a leader.
  const isJustified = align === "justify" && paragraph.pageOf === undefined;
  const lines = isJustified
    ? breakOverWhole(paragraph, full - start, full, typesetter)
    : breakLineByLine(paragraph, full - start, full, typesetter, label);
  return lines.map((line, index) => {
    const left = index === 0 ? start : 0;
    if (isJustified) justify(line, left, full - left, direction);
    else alignPieces(line.pieces, left, full - left, align, direction);
    const { pieces } = line;
    const marked = index === 0 && markPieces.length ? [...markPieces, ...pieces] : pieces;
    const set = aside.length && index === lines.length - 1 ? beside(marked, aside, room) : marked;
    const metrics = measureLine(set, typesetter.look(base), paragraph.leading);
    const placed = new TextLine(set, metrics, original, index, lines.length);
    placed.x = direction === "rtl" ? paragraph.right : paragraph.left;
    // What was set from the margin where lines begin, counts from the other one.
    if (direction === "rtl") for (const piece of set) piece.x = full - piece.x - piece.drawnWidth;
    return placed;
  });
}

/** The least distance between a formula and its number, in points. */
const ASIDE_GAP = 12;

/** Sets what stands at the right edge of a line that has `width` points. */
function setAside(runs: readonly Run[], width: number, typesetter: Typesetter): Piece[] {
  const pieces = typesetter.boxes(runs).flatMap((box) => box.pieces);
  let x = width;
  for (const piece of pieces) x -= piece.width;
  for (const piece of pieces) {
    piece.x = x;
    x += piece.width;
  }
  return pieces;
}

/** Adds pieces at the right of a line, from which the others move away if they must. */
function beside(pieces: readonly Piece[], aside: readonly Piece[], room: number): Piece[] {
  const last = pieces.at(-1);
  const over = last ? Math.max(0, last.x + last.width - room) : 0;
  for (const piece of pieces) piece.x -= over;
  return [...pieces, ...aside];
}

/** The contents run from left to right, as their page numbers stand at the right. */
function directionOf({ isRightToLeft, pageOf }: ParagraphNode): Direction {
  return isRightToLeft && pageOf === undefined ? "rtl" : "ltr";
}

function breakOverWhole(
  paragraph: ParagraphNode,
  first: number,
  width: number,
  typesetter: Typesetter,
): BrokenLine[] {
  const firstWidth = Math.max(1, first);
  const narrowest = Math.min(firstWidth, width);
  const { runs, base, indent, isHyphenated } = paragraph;
  const direction = directionOf(paragraph);
  const boxes = typesetter.boxes(runs, direction);
  const divided = isHyphenated ? hyphenateWide(boxes, narrowest, base, typesetter) : boxes;
  const hangsPunctuation = paragraph.hangsPunctuation === true && direction === "ltr";
  const measure = { firstWidth, width, indent, base, isHyphenated, hangsPunctuation };
  return breakJustified(splitWide(divided, firstWidth, width), measure, typesetter);
}

function breakLineByLine(
  paragraph: ParagraphNode,
  first: number,
  width: number,
  typesetter: Typesetter,
  label: string,
): BrokenLine[] {
  const { runs, base, pageOf } = paragraph;
  const direction = directionOf(paragraph);
  const widthOf = (index: number) => (index === 0 ? Math.max(1, first) : width);
  const boxes = splitWide(typesetter.boxes(runs, direction), widthOf(0), width);
  const reserve = pageOf === undefined ? 0 : LEADER_WIDTH + typesetter.piece(label, base).width;
  const ranges = breakGreedily(boxes, widthOf, reserve);
  return ranges.map(([from, to], index) => ({
    pieces: linePieces(boxes, from, to, typesetter),
    isLast: index === ranges.length - 1,
  }));
}

/** Sets what stands before the first line, its beginning in the hanging indent. */
function setMark(
  { runs, isText }: Mark,
  indent: number,
  typesetter: Typesetter,
  direction: Direction,
): Piece[] {
  // The full stop stands behind the number, wherever that is.
  const drawn = (text: string) => (direction === "rtl" ? text.replace(/^(\w+)\.$/, ".$1") : text);
  const pieces = isText
    ? typesetter.boxes(runs).flatMap((box) => box.pieces)
    : runs.map(({ text, style }) => typesetter.piece(drawn(text), style, ""));
  let x = indent;
  for (const piece of pieces) {
    piece.x = x;
    x += piece.width;
  }
  return pieces;
}

/** Word's tab stops where a paragraph has none of its own. */
const DEFAULT_TAB_STOP = 36;

/** Where the text begins behind a mark: at the indent, or at the next tab stop if it is wider. */
function textStart(markEnd: number, left: number): number {
  if (markEnd < 0) return 0;
  return (Math.floor((left + markEnd) / DEFAULT_TAB_STOP) + 1) * DEFAULT_TAB_STOP - left;
}

/** Cuts boxes that are wider than a line, so that none of their letters is lost. */
function splitWide(boxes: readonly Box[], firstWidth: number, width: number): readonly Box[] {
  const narrowest = Math.min(firstWidth, width);
  const isWide = (box: Box, room: number) => box.width - box.trailing > room + TOLERANCE;
  if (!boxes.some((box) => isWide(box, narrowest))) return boxes;
  return boxes.flatMap((box, index) => {
    const room = index === 0 ? narrowest : width;
    return isWide(box, room) ? cutBox(box, room) : box;
  });
}

/** Cuts a box into parts of a width. */
function cutBox({ pieces, end }: Box, room: number): Box[] {
  const letters = pieces.flatMap(lettersOf);
  const cut: Box[] = [];
  let from = 0;
  let used = 0;
  for (const [index, { text, width }] of letters.entries()) {
    if (index > from && used + width > room && text !== " ") {
      cut.push(makeBox(piecesOf(letters.slice(from, index)), undefined));
      from = index;
      used = 0;
    }
    used += width;
  }
  cut.push(makeBox(piecesOf(letters.slice(from)), end));
  return cut;
}

interface Letter {
  readonly piece: Piece;
  /** Where it begins in the piece. */
  readonly at: number;
  readonly text: string;
  readonly width: number;
}

function lettersOf(piece: Piece): Letter[] {
  const { face, size } = piece.look;
  let at = 0;
  const letters = Array.from(piece.text, (text): Letter => {
    const width = piece.box ? piece.width : (face.advance(text) * size) / 1000;
    const letter = { piece, at, text, width };
    at += text.length;
    return letter;
  });
  // What draws nothing still has its place.
  return letters.length ? letters : [{ piece, at: 0, text: "", width: 0 }];
}

/** Joins letters to pieces again. */
function piecesOf(letters: readonly Letter[]): Piece[] {
  const pieces: Piece[] = [];
  for (let index = 0; index < letters.length; ) {
    const { piece, at } = letters[index]!;
    let end = at;
    for (; letters[index]?.piece === piece; index++) end += letters[index]!.text.length;
    pieces.push(piece.slice(at, end));
  }
  return pieces;
}

const TOLERANCE = 1e-6;

/**
 * Returns the first box of each line and the one behind its last. A line takes
 * each box that fits; `reserve` is room that the last line must have left.
 */
function breakGreedily(
  boxes: readonly Box[],
  widthOf: (line: number) => number,
  reserve: number,
): (readonly [from: number, to: number])[] {
  const lines: [number, number][] = [];
  let from = 0;
  let used = 0;
  const endLine = (to: number) => {
    lines.push([from, to]);
    from = to;
    used = 0;
  };
  for (const [index, box] of boxes.entries()) {
    const needed = box.width - box.trailing + roomAtEnd(box);
    while (index > from && used + needed > widthOf(lines.length) + TOLERANCE) {
      endLine(wordStart(boxes, from, index));
      for (let moved = from; moved < index; moved++) used += boxes[moved]!.width;
    }
    used += box.width;
    if (box.end === "newline") endLine(index + 1);
  }
  if (from < boxes.length || lines.length === 0) lines.push([from, boxes.length]);
  used += joinLastWord(boxes, lines, widthOf(lines.length - 1));
  const trailing = boxes.at(-1)?.trailing ?? 0;
  if (reserve && used - trailing + reserve > widthOf(lines.length - 1)) {
    const [start] = lines.pop()!;
    const end = lastWord(boxes, start, widthOf(lines.length + 1) - reserve);
    lines.push([start, end], [end, boxes.length]);
  }
  return lines;
}

/** A rest of a word that is shorter, in multiples of the size of its letters, is no line. */
const SHORTEST_REST = 3;

/** What is longer, such as an address, would leave a hole in the line above. */
const LONGEST_JOINED = 10;

/**
 * Takes the beginning of a word to the last line where nothing but its short rest
 * stands: the number behind the dash of a range. Returns how much wider the line
 * becomes. The lines stay as many as they are in Word.
 */
function joinLastWord(
  boxes: readonly Box[],
  lines: [from: number, to: number][],
  room: number,
): number {
  const [last, above] = [lines.at(-1)!, lines.at(-2)];
  const size = boxes.at(-1)?.pieces.at(-1)?.look.size ?? 0;
  let width = 0;
  for (const { width: own, end } of boxes.slice(last[0])) {
    if (end === "newline") return 0;
    width += own;
    if (width >= SHORTEST_REST * size) return 0;
  }
  if (!above || boxes[last[0] - 1]!.trailing || boxes[last[0] - 1]!.end) return 0;
  let added = 0;
  for (let index = last[0] - 1; index > above[0]; index--) {
    added += boxes[index]!.width;
    if (!boxes[index - 1]!.trailing) continue;
    if (width + added > Math.min(room, LONGEST_JOINED * size)) return 0;
    above[1] = index;
    last[0] = index;
    return added;
  }
  return 0;
}

/**
 * Returns where the last word of a line begins that has more than one, for a page
 * number looks lost on a line of its own; the end of the line if the word is too wide.
 */
function lastWord(boxes: readonly Box[], start: number, room: number): number {
  let width = 0;
  for (let index = boxes.length - 1; index > start; index--) {
    width += boxes[index]!.width;
    if (boxes[index - 1]!.trailing) return width <= room ? index : boxes.length;
  }
  return boxes.length;
}

/** From so many letters on, with the space before it, LibreOffice divides a path behind a slash. */
const LONG_PATH = 66;

/**
 * Returns where a line ends that has room up to a box: there, or before the
 * whole word if it would be divided behind a slash. LibreOffice keeps `and/or`
 * and short addresses together so; Word breaks at no slash at all.
 */
function wordStart(boxes: readonly Box[], from: number, to: number): number {
  if (!boxes[to - 1]!.pieces.at(-1)?.source.endsWith("/")) return to;
  let length = 1;
  for (let index = to - 1; index >= from; index--) {
    const box = boxes[index]!;
    for (const { source } of box.pieces) length += source.length;
    if (length >= LONG_PATH) return to;
    if (index > from && boxes[index - 1]!.trailing > 0) return index;
  }
  return to;
}

/** LibreOffice leaves so much of the line's height for the slant of italics at its end. */
const SLANT = 1 / 12;

/** What a box needs besides its width if a line ends with it. */
function roomAtEnd({ pieces, end }: Box): number {
  const last = pieces.at(-1);
  if (!last) return 0;
  const { face, size, style } = last.look;
  const hyphen = end === "hyphen" ? (face.advance("-") * size) / 1000 : 0;
  return hyphen + (style.italic ? (face.ascent + face.descent) * size * SLANT : 0);
}

/** Returns the pieces of a line, with the hyphen that is shown only at its end. */
function linePieces(
  boxes: readonly Box[],
  from: number,
  to: number,
  typesetter: Typesetter,
): Piece[] {
  const pieces = boxes.slice(from, to).flatMap((box) => box.pieces);
  const last = pieces.at(-1);
  if (last && boxes[to - 1]?.end === "hyphen" && to < boxes.length) {
    pieces.push(typesetter.piece("-", last.look.style, ""));
  }
  return pieces;
}

/** Gives pieces their places on a line that begins at `left` and has `width` points. */
function alignPieces(
  pieces: readonly Piece[],
  left: number,
  width: number,
  align: ParagraphNode["align"],
  direction: Direction,
): void {
  let natural = 0;
  for (const { width: own } of pieces) natural += own;
  const rest = width - (natural - (pieces.at(-1)?.spaceWidth ?? 0));
  let x = left + (align === "right" ? rest : align === "center" ? rest / 2 : 0);
  for (const piece of inVisualOrder(pieces, direction)) {
    piece.x = x;
    x += piece.width;
  }
}

interface LineMetrics {
  readonly height: number;
  readonly ascent: number;
  readonly slack: number;
}

/** LibreOffice's base line in a line of exact height. */
const EXACT_ASCENT = 0.8;

/**
 * Measures a line as LibreOffice does: heights of letters in whole twips, the
 * space of a multiple below them. Raised and lowered letters do not count. A line
 * grows where a box is higher, so that it never covers another line.
 */
function measureLine(pieces: readonly Piece[], base: Look, leading: Leading): LineMetrics {
  let boxAscent = 0;
  let boxDescent = 0;
  for (const { box, look } of pieces) {
    if (!box) continue;
    boxAscent = Math.max(boxAscent, wholeTwips(box.ascent + look.rise));
    boxDescent = Math.max(boxDescent, wholeTwips(box.descent - look.rise));
  }
  if ("points" in leading) {
    const above = leading.points * EXACT_ASCENT;
    const ascent = Math.max(above, boxAscent);
    return { height: ascent + Math.max(leading.points - above, boxDescent), ascent, slack: 0 };
  }
  let ascent = 0;
  let descent = 0;
  let last: Look | undefined;
  const include = (look: Look) => {
    if (look === last || look.rise || look.isFallback) return;
    last = look;
    const { above, below } = heightsOfLetters(look.face.heights, look.size);
    ascent = Math.max(ascent, above);
    descent = Math.max(descent, below);
  };
  for (const { text, look, box } of pieces) if (text && !box) include(look);
  // A line of images alone is as high as they are; of formulas as one of text at least.
  const isText = pieces.every(({ box }) => !box || box.isText);
  if (ascent === 0 && isText) include({ ...base, rise: 0 });
  const text = ascent + descent;
  ascent = Math.max(ascent, boxAscent);
  const natural = ascent + Math.max(descent, boxDescent);
  // The space of a multiple is that of the letters, however high a box is.
  const height = natural - text + spacedHeight(text, leading.lines);
  return height >= natural
    ? { height, ascent, slack: height - natural }
    : { height, ascent: ascent - (natural - height), slack: 0 };
}

function wholeTwips(points: number): number {
  return Math.round(points * 20) / 20;
}
