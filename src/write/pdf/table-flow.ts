// A table in the parts that pages take of it: whole rows as far as possible,
// rows that cells span together with them, and lines of rows that are too high.
// Nothing is ever left out: what a part does not hold, the next one begins with.

import { cellTop, innerRule, outerRule } from "../table-look.js";
import type { NoteRows } from "./notes.js";
import { TextLine } from "./paragraph.js";
import { heightFrom, type LaidCell, type TableLayout } from "./table-layout.js";
import type { Artifact, StructureNode } from "./tagger.js";
import { Piece } from "./text.js";

/** How much of a table is placed. */
export interface TablePlace {
  /** The first row of which something is left, and how many lines of its cells are placed. */
  readonly row: number;
  readonly placed: ReadonlyMap<LaidCell, number>;
}

/** What stands together on a page; places are below the part's top left corner, in points. */
export interface TablePart {
  readonly height: number;
  readonly lines: readonly PartLine[];
  readonly rules: readonly PartRule[];
  /** The rows that begin in it, with their cells. */
  readonly structure: readonly StructureNode[];
  readonly next: TablePlace;
}

interface PartLine {
  readonly line: TextLine;
  readonly x: number;
  readonly y: number;
  readonly cell: LaidCell;
}

interface PartRule {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly width: number;
}

/** Rows with more lines may be divided. */
const MOST_WHOLE_LINES = 6;

/** Lines of a paragraph that stay together where a row is divided. */
const FEWEST_LINES = 2;

/** A header that takes more of the page is not repeated. */
const MOST_HEADER_SHARE = 0.4;

/** A table on its way over pages. */
export class TableFlow {
  readonly layout: TableLayout;
  readonly start: TablePlace;
  /** The header as it stands above the first rows; absent where it is rows like others. */
  readonly header: TablePart | undefined;
  readonly #repeatedHeader: TablePart | undefined;
  readonly #rows: TableLayout["rows"];
  readonly #width: number;
  /** For each row the last one that cells span together with it. */
  readonly #bandEnds: readonly number[];
  /** Whether each row stays whole. */
  readonly areWhole: readonly boolean[];

  /** `pageHeight` is that of a page's text. */
  constructor(layout: TableLayout, pageHeight: number) {
    this.layout = layout;
    this.#rows = layout.rows;
    this.#width = layout.widths.reduce((sum, width) => sum + width, 0);
    this.#bandEnds = bandEnds(layout.rows);
    this.areWhole = layout.rows.map(isWhole);
    const { headerRows } = layout.node;
    const first: TablePlace = { row: 0, placed: new Map() };
    const header =
      headerRows > 0 && headerRows < this.#rows.length
        ? this.#partOf(first, 0, headerRows - 1)
        : undefined;
    const isRepeated = header && header.height <= pageHeight * MOST_HEADER_SHARE;
    this.header = isRepeated ? header : undefined;
    this.#repeatedHeader = isRepeated ? repeated(header) : undefined;
    this.start = isRepeated ? header.next : first;
  }

  /** Returns the header for a page that follows, where it is no part of the text. */
  repeatHeader(): TablePart | undefined {
    return this.#repeatedHeader && repeated(this.#repeatedHeader);
  }

  /** Whether nothing is left from a place on. */
  isDone({ row }: TablePlace): boolean {
    return row >= this.#rows.length;
  }

  /** The rows from a place on that stand together because cells span them. */
  whole(place: TablePlace): TablePart {
    return this.#partOf(place, place.row, this.#bandEnds[place.row]!);
  }

  /** Whether they are one row that stays whole. */
  isShort({ row }: TablePlace): boolean {
    return this.#bandEnds[row] === row && this.areWhole[row]!;
  }

  /** The least of rows that are divided which should stand at the foot of a page. */
  opening(place: TablePlace): TablePart {
    const { row } = place;
    if (this.areWhole[row]) return this.#partOf(place, row, row);
    return [...this.lines(place, Number.POSITIVE_INFINITY)].at(-1) ?? this.whole(place);
  }

  /** Returns those rows less one, two and so on, as far as they are lower than `room`, the most first. */
  *fewerRows(place: TablePlace, room: number): Generator<TablePart> {
    const { row } = place;
    const end = this.#bandEnds[row]!;
    const tops = rowTops(this.#cellsFrom(place, row, end), row, end);
    for (let last = end - 1; last >= row; last--) {
      if (tops[last + 1 - row]! <= room) yield this.#partOf(place, row, last);
    }
  }

  /**
   * Returns parts of the first row that are lower than `room`, the highest first.
   * Unless they may be `loose`, every cell has lines on both sides, and no line of
   * a paragraph stands alone.
   */
  *lines(place: TablePlace, room: number, loose = false): Generator<TablePart> {
    const cells = this.#cellsFrom(place, place.row, place.row);
    const heights = new Set<number>();
    for (const { lines, from } of cells) {
      const top = lines[from]?.top ?? 0;
      for (const { bottom } of lines.slice(from)) {
        if (bottom - top + 2 * cellTop > room) break;
        heights.add(bottom - top);
      }
    }
    const tried = new Set<string>();
    for (const height of [...heights].sort((one, other) => other - one)) {
      const to = cells.map((cell) => cutAt(cell, height, loose));
      if (to.some((at) => at === undefined)) continue;
      const part = this.#linesOf(place, cells, to as number[]);
      const key = to.join();
      if (part && !tried.has(key)) yield part;
      tried.add(key);
    }
  }

  /** Returns a part with one line: what a page takes on which nothing has room. */
  least(place: TablePlace): TablePart {
    const cells = this.#cellsFrom(place, place.row, place.row);
    const heights = cells.flatMap(({ lines, from }) => {
      const first = lines[from];
      return first ? [first.bottom - first.top] : [];
    });
    const height = Math.min(...heights);
    const to = cells.map((cell) => cutAt(cell, height, true)!);
    return this.#linesOf(place, cells, to) ?? this.whole(place);
  }

  /** The cells that stand in some rows, with what is left of them. */
  #cellsFrom({ row, placed }: TablePlace, first: number, last: number): OpenCell[] {
    const cells: OpenCell[] = [];
    for (const cell of placed.keys()) {
      const end = cell.node.row + cell.node.rows - 1;
      if (cell.node.row < row && end >= first) cells.push(this.#open(cell, placed, row));
    }
    for (let at = first; at <= last; at++) {
      for (const cell of this.#rows[at]!) cells.push(this.#open(cell, placed, row));
    }
    return cells;
  }

  #open(cell: LaidCell, placed: TablePlace["placed"], row: number): OpenCell {
    const { node, lines } = cell;
    return {
      cell,
      lines,
      from: placed.get(cell) ?? 0,
      row: Math.max(node.row, row),
      end: node.row + node.rows - 1,
    };
  }

  /** Returns rows as they stand one below the other. */
  #partOf(place: TablePlace, first: number, last: number): TablePart {
    const end = this.#bandEnds[last]!;
    const all = this.#cellsFrom(place, first, end);
    const tops = rowTops(all, first, end);
    const height = tops[last + 1 - first]!;
    const lines: PartLine[] = [];
    const placed = new Map(place.placed);
    for (const open of all) {
      if (open.row > last) continue;
      const { cell, from } = open;
      const below = tops[Math.min(open.end, last) + 1 - first]!;
      const own = open.end <= last ? heightFrom(cell, from) : 0;
      const shift = cell.node.isHead && own ? below - tops[open.row - first]! - own : 0;
      const top = tops[open.row - first]! + cellTop + shift;
      let at = from;
      for (; at < cell.lines.length; at++) {
        const line = cell.lines[at]!;
        const y = top + line.top - cell.lines[from]!.top;
        if (open.end > last && y + line.bottom - line.top > height) break;
        lines.push({ line: line.line, x: cell.x, y, cell });
      }
      placed.set(cell, at);
    }
    return this.#finish(place, { row: last + 1, placed }, lines, height, tops, first);
  }

  /** Returns some lines of a row; nothing where there are none, or where they are all. */
  #linesOf(
    place: TablePlace,
    cells: readonly OpenCell[],
    to: readonly number[],
  ): TablePart | undefined {
    const { row } = place;
    const lines: PartLine[] = [];
    const placed = new Map(place.placed);
    let height = 0;
    for (const [index, { cell, from }] of cells.entries()) {
      placed.set(cell, to[index]!);
      for (const { line, top, bottom } of cell.lines.slice(from, to[index])) {
        const y = cellTop + top - cell.lines[from]!.top;
        lines.push({ line, x: cell.x, y, cell });
        height = Math.max(height, y + bottom - top + cellTop);
      }
    }
    if (!lines.length) return undefined;
    const isWhole = cells.every(
      ({ end, lines: all }, index) => end > row || to[index]! >= all.length,
    );
    if (isWhole) return undefined;
    return this.#finish(place, { row, placed }, lines, height, [0], row);
  }

  /** Adds the rules, and what begins in a part. */
  #finish(
    place: TablePlace,
    next: TablePlace,
    lines: readonly PartLine[],
    height: number,
    tops: readonly number[],
    first: number,
  ): TablePart {
    const { headerRows } = this.layout.node;
    const isBegun = place.row > 0 || place.placed.size > 0;
    const rules: PartRule[] = [];
    const whole = { from: 0, to: this.#width };
    const above = isBegun ? 0 : outerRule;
    if (!isBegun) rules.push({ ...whole, y: 0, width: outerRule });
    let below = 0;
    if (this.isDone(next)) {
      below = outerRule;
      rules.push({ ...whole, y: above + height, width: outerRule });
    } else if (headerRows && next.row === headerRows && place.row < headerRows) {
      below = innerRule;
      rules.push({ ...whole, y: above + height, width: innerRule });
    }
    for (let row = first; row < Math.min(next.row, headerRows - 1); row++) {
      const y = above + (tops[row + 1 - first] ?? height);
      for (const { node } of this.#rows[row]!) {
        if (node.columns < 2 || node.rows > 1 || !node.cell.children.length) continue;
        rules.push({ ...this.#spanOf(node.column, node.columns), y, width: innerRule });
      }
    }
    const structure: StructureNode[] = [];
    for (let row = place.row; row <= Math.min(next.row, this.#rows.length - 1); row++) {
      const cells = this.#rows[row]!;
      if (cells.some((cell) => place.placed.has(cell))) continue;
      if (row === next.row && !cells.some((cell) => next.placed.has(cell))) continue;
      structure.push(
        this.layout.node.rows[row]!.structure,
        ...cells.map(({ node }) => node.structure),
      );
    }
    return {
      height: above + height + below,
      lines: lines.map((line) => ({ ...line, y: line.y + above })),
      rules,
      structure,
      next: { row: next.row, placed: openCells(next) },
    };
  }

  /** The rule below a cell of the header that stands over several columns is as wide as their text. */
  #spanOf(column: number, columns: number): { readonly from: number; readonly to: number } {
    const { widths, side } = this.layout;
    const sum = (some: readonly number[]) => some.reduce((total, width) => total + width, 0);
    const from = sum(widths.slice(0, column));
    return { from: from + side, to: from + sum(widths.slice(column, column + columns)) - side };
  }
}

/** A cell of which lines are left, or which has none but its place. */
interface OpenCell {
  readonly cell: LaidCell;
  readonly lines: LaidCell["lines"];
  /** The first line that is left. */
  readonly from: number;
  /** The first row in which it stands now, and its last one. */
  readonly row: number;
  readonly end: number;
}

/** The cells of a place that reach into its row. */
function openCells({ row, placed }: TablePlace): TablePlace["placed"] {
  return new Map([...placed].filter(([{ node }]) => node.row + node.rows > row));
}

/** Returns for each row the last one that cells span together with it, directly or by others. */
function bandEnds(rows: TableLayout["rows"]): number[] {
  const ends: number[] = [];
  for (let first = 0; first < rows.length; first = ends.length) {
    let end = first;
    for (let row = first; row <= end; row++) {
      for (const { node } of rows[row]!) end = Math.max(end, node.row + node.rows - 1);
    }
    for (let row = first; row <= end; row++) ends.push(end);
  }
  return ends;
}

/** Whether a row stays on one page: it is low, or holds notes, which would lose their order. */
function isWhole(cells: readonly LaidCell[]): boolean {
  const most = Math.max(0, ...cells.map(({ lines }) => lines.length));
  return most <= MOST_WHOLE_LINES || notesOf(cells.flatMap(({ lines }) => lines)).length > 0;
}

/** Returns where rows begin below the first of them, and where the last one ends. */
function rowTops(cells: readonly OpenCell[], first: number, last: number): number[] {
  const heights = Array.from({ length: last - first + 1 }, () => 0);
  const bySpan = [...cells].sort((one, other) => one.end - one.row - (other.end - other.row));
  for (const { cell, from, row, end } of bySpan) {
    let missing = heightFrom(cell, from);
    for (let at = row; at <= end; at++) missing -= heights[at - first] ?? 0;
    if (missing > 0) heights[Math.min(end, last) - first]! += missing;
  }
  const tops = [0];
  for (const height of heights) tops.push(tops.at(-1)! + height);
  return tops;
}

/** Returns how many lines of a cell stand above a height; nothing where it must not be cut there. */
function cutAt({ lines, from }: OpenCell, height: number, loose: boolean): number | undefined {
  let to = from;
  const top = lines[from]?.top ?? 0;
  while (to < lines.length && lines[to]!.bottom - top <= height + TOLERANCE) to++;
  if (loose || to === lines.length) return to;
  const least = Math.min(lines.length, from + FEWEST_LINES);
  for (; to >= least; to--) if (!isLonely(lines[to]!.line)) return to;
  return undefined;
}

const TOLERANCE = 1e-6;

/** Whether a line must not begin a part: one line of its paragraph would stand alone. */
function isLonely({ index, count }: TextLine): boolean {
  return index > 0 && (index < FEWEST_LINES || count - index < FEWEST_LINES);
}

/** Returns the notes whose marks stand in some lines, in their order. */
export function notesOf(lines: readonly { readonly line: TextLine }[]): NoteRows[] {
  return lines.flatMap(({ line }) => line.noteRows);
}

/** Repeated headers are made by the layout (ISO 32000-1, 14.8.2.2.2). */
const repetition: Artifact = { type: "Artifact", kind: "Repetition" };

/** Returns a header as it stands on another page: the same letters, which nothing aims at. */
function repeated({ height, lines, rules, next }: TablePart): TablePart {
  return {
    height,
    lines: lines.map((own) => ({ ...own, line: withoutMeaning(own.line) })),
    rules,
    structure: [],
    next,
  };
}

function withoutMeaning(line: TextLine): TextLine {
  const pieces = line.pieces.map((piece) => {
    const { link: _, citation: __, structure: ___, ...style } = piece.look.style;
    const look = { ...piece.look, style };
    const copy = Object.create(Piece.prototype) as Piece;
    return Object.assign(copy, piece, { look, note: undefined, anchor: undefined });
  });
  const { bookmark: _, ...paragraph } = line.paragraph;
  const plain = { ...paragraph, anchors: [], structure: repetition };
  const copy = Object.create(TextLine.prototype) as TextLine;
  return Object.assign(copy, line, { pieces, paragraph: plain, notes: [], noteRows: [] });
}
