// The cells of a table become lines: first the columns get their widths, and a
// table that is too wide smaller letters, then the paragraphs are broken.

import { type CellWidths, columnWidths } from "../column-widths.js";
import { cellSide, cellTop, narrowSide, scaledSize } from "../table-look.js";
import type { CharacterStyle, ParagraphNode } from "./definition.js";
import type { TextLine } from "./paragraph.js";
import type { CellNode, TableNode } from "./table-definition.js";
import type { Typesetter } from "./text.js";

/** A line of a cell, with its place below the cell's first one in points. */
export interface CellLine {
  readonly line: TextLine;
  readonly top: number;
  readonly bottom: number;
}

/** A cell with its lines, of which there is one at least. */
export interface LaidCell {
  readonly node: CellNode;
  /** Where its text begins, from the table's left edge. */
  readonly x: number;
  readonly lines: readonly CellLine[];
  /** That of all its text. */
  readonly height: number;
}

/** A table in lines. */
export interface TableLayout {
  readonly node: TableNode;
  /** The widths of its columns in points. */
  readonly widths: readonly number[];
  /** How much smaller its letters have become; 1 where they have not. */
  readonly scale: number;
  /** Space at the left and right of each cell's text. */
  readonly side: number;
  /** Whether it is too wide all the same, so that words may be cut. */
  readonly isTooWide: boolean;
  /** The cells that begin in each row. */
  readonly rows: readonly (readonly LaidCell[])[];
}

/** Letters of tables become no smaller than this, in points. */
const LEAST_SIZE = 7;

/**
 * Returns a table in lines, `room` points being there for it. `breakLines`
 * returns the lines of a paragraph at a width.
 */
export function layOutTable(
  node: TableNode,
  room: number,
  typesetter: Typesetter,
  breakLines: (paragraph: ParagraphNode, width: number) => TextLine[],
): TableLayout {
  const shares = node.columns.map(({ width }) => width);
  const measure = (scale: number, side: number) =>
    columnWidths(shares, measureCells(node, scale, side, typesetter), room);
  let { widths, least } = measure(1, cellSide);
  let scale = 1;
  let side = cellSide;
  if (least > room) {
    for (const size of smallerSizes(node, least, room)) {
      scale = size / node.size;
      ({ widths, least } = measure(scale, side));
      if (least <= room) break;
    }
  }
  const isTooWide = least > room;
  if (isTooWide) {
    side = narrowSide;
    ({ widths } = measure(scale, side));
  }
  const edges = [0];
  for (const width of widths) edges.push(edges.at(-1)! + width);
  const rows = node.rows.map(({ cells }) =>
    cells.map((cell): LaidCell => {
      const left = edges[cell.column]!;
      const width = edges[cell.column + cell.columns]! - left - 2 * side;
      const lines: CellLine[] = [];
      let y = 0;
      let after = 0;
      for (const paragraph of cell.paragraphs) {
        y += Math.max(after, paragraph.before);
        for (const line of breakLines(scaled(paragraph, scale), Math.max(1, width))) {
          lines.push({ line, top: y, bottom: y + line.height });
          y += line.height;
        }
        after = paragraph.after;
      }
      return { node: cell, x: left + side, lines, height: y + after };
    }),
  );
  return { node, widths, scale, side, isTooWide, rows };
}

/** The sizes to try, from the one that should do down to the least. */
function smallerSizes({ size, columns }: TableNode, least: number, room: number): number[] {
  const spaces = 2 * cellSide * columns.length;
  const fitting = Math.floor((size * 2 * Math.max(0, room - spaces)) / (least - spaces)) / 2;
  const sizes: number[] = [];
  for (let next = Math.min(fitting, size - 0.5); next > LEAST_SIZE; next -= 0.5) sizes.push(next);
  return size > LEAST_SIZE ? [...sizes, LEAST_SIZE] : [];
}

function measureCells(
  node: TableNode,
  scale: number,
  side: number,
  typesetter: Typesetter,
): CellWidths[] {
  return node.rows.flatMap(({ cells }) =>
    cells.map(({ column, columns, paragraphs }): CellWidths => {
      let least = 0;
      let most = 0;
      for (const paragraph of paragraphs) {
        const own = contentWidths(scaled(paragraph, scale), typesetter);
        least = Math.max(least, own.least);
        most = Math.max(most, own.most);
      }
      return { column, columns, least: least + 2 * side, most: most + 2 * side };
    }),
  );
}

/** Other programs measure letters a little otherwise: lines that just fit would break there. */
const ALLOWANCE = 1;

/** Returns how wide a paragraph must be for nothing in it to be cut, and for no line to be broken. */
function contentWidths(
  { runs, left, right, indent }: ParagraphNode,
  typesetter: Typesetter,
): { readonly least: number; readonly most: number } {
  let least = 0;
  let most = 0;
  let line = 0;
  for (const { pieces, width, trailing, end } of typesetter.boxes(runs)) {
    const look = pieces.at(-1)?.look;
    // As much as is left for the slant of italics at the end of a line.
    const slant = look?.style.italic ? look.size / 8 : 0;
    least = Math.max(least, width - trailing + slant);
    most = Math.max(most, line + width - trailing + slant);
    line = end === "newline" ? 0 : line + width;
  }
  const indents = left + right + Math.max(0, indent) + (least ? ALLOWANCE : 0);
  return { least: least + indents, most: most + indents };
}

/** Returns a paragraph in smaller letters; formulas and images keep their size. */
function scaled(paragraph: ParagraphNode, scale: number): ParagraphNode {
  if (scale === 1) return paragraph;
  const styles = new Map<CharacterStyle, CharacterStyle>();
  const smaller = (style: CharacterStyle): CharacterStyle => {
    const known = styles.get(style) ?? { ...style, size: scaledSize(style.size, scale) };
    styles.set(style, known);
    return known;
  };
  const { mark } = paragraph;
  const scaledRuns = (runs: ParagraphNode["runs"]) =>
    runs.map((run) => ({ ...run, style: smaller(run.style) }));
  return {
    ...paragraph,
    base: smaller(paragraph.base),
    runs: scaledRuns(paragraph.runs),
    ...(mark && { mark: { ...mark, runs: scaledRuns(mark.runs) } }),
  };
}

/** The height that a cell needs from one of its lines on, with the space around it. */
export function heightFrom({ lines, height }: LaidCell, from: number): number {
  const first = lines[from];
  return first ? height - first.top + 2 * cellTop : 0;
}
