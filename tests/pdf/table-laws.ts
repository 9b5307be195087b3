// The laws of tables, checked on the lines that the layout has placed.

import type { FlowPage } from "../../src/write/pdf/context.js";
import type { Definition } from "../../src/write/pdf/definition.js";
import { TextLine } from "../../src/write/pdf/paragraph.js";
import type { TableNode } from "../../src/write/pdf/table-definition.js";
import type { LaidCell } from "../../src/write/pdf/table-layout.js";
import { cellTop } from "../../src/write/table-look.js";
import { lettersOf } from "./page-laws.js";

const TOLERANCE = 0.01;

interface PlacedLine {
  readonly line: TextLine;
  readonly page: number;
}

/** Whether a line is of a header that stands there once more. */
export function isRepeated({ paragraph: { structure } }: TextLine): boolean {
  return "kind" in structure && structure.kind === "Repetition";
}

/**
 * Returns what breaks a law of tables: every letter of every cell stands once and
 * in order, in its column and in no other line's place; pages follow one another;
 * a header is above the rows of each page.
 */
export function findTableFaults(definition: Definition, pages: readonly FlowPage[]): string[] {
  const faults: string[] = [];
  const lines = new Map<object, PlacedLine[]>();
  for (const [page, { items }] of pages.entries()) {
    const here = items.flatMap(({ item }) => (item instanceof TextLine ? item : []));
    for (const line of here) {
      if (!line.cell || isRepeated(line)) continue;
      const { node } = line.cell as LaidCell;
      lines.set(node, [...(lines.get(node) ?? []), { line, page }]);
    }
    faults.push(...checkPlaces(pages[page]!, here).map((fault) => `page ${page + 1}: ${fault}`));
  }
  for (const { section } of definition.stack) {
    for (const node of section.stack) {
      if (!("rows" in node)) continue;
      faults.push(...checkCells(node, lines, pages), ...checkHeader(node, lines, pages));
    }
  }
  return faults;
}

/** No line of a table stands in the margins, in the notes' room, or over another line. */
function checkPlaces(page: FlowPage, lines: readonly TextLine[]): string[] {
  const faults: string[] = [];
  const { pageSize, pageMargins, noteHeight } = page;
  const foot = pageSize.height - pageMargins.bottom - noteHeight;
  const isInText = ({ y }: TextLine) => y >= pageMargins.top - TOLERANCE && y < foot;
  for (const line of lines) {
    if (!line.cell) continue;
    const name = `the line “${wordsOf(line)}” of a cell`;
    const [left, right] = sidesOf(line);
    const bottom = line.y + line.height;
    if (line.y < pageMargins.top - TOLERANCE) faults.push(`${name} stands too high`);
    if (bottom > foot + TOLERANCE && lines.some((other) => isAbove(other, line))) {
      faults.push(`${name} stands too low`);
    }
    if (left < pageMargins.left - TOLERANCE) faults.push(`${name} stands in the left margin`);
    if (right > pageSize.width - pageMargins.right + 1) {
      faults.push(`${name} stands in the right margin`);
    }
    for (const other of lines) {
      if (other === line || !isInText(other)) continue;
      const [otherLeft, otherRight] = sidesOf(other);
      // Kerning may move letters apart, by which lines are not broken.
      const isBeside = otherLeft >= right - 1 || otherRight <= left + 1;
      const isApart =
        other.y + other.height - other.slack <= line.y + TOLERANCE ||
        bottom - line.slack <= other.y + TOLERANCE;
      if (!isBeside && !isApart) faults.push(`${name} overlaps “${wordsOf(other)}”`);
    }
  }
  return faults;
}

const isAbove = (other: TextLine, line: TextLine): boolean => other !== line && other.y < line.y;

function sidesOf(line: TextLine): readonly [left: number, right: number] {
  return [line.x + (line.pieces[0]?.x ?? 0), line.x + line.getWidth()];
}

/** Every cell has its lines, in order, on pages that follow one another. */
function checkCells(
  table: TableNode,
  lines: ReadonlyMap<object, readonly PlacedLine[]>,
  pages: readonly FlowPage[],
): string[] {
  const faults: string[] = [];
  for (const cell of table.rows.flatMap(({ cells }) => cells)) {
    const own = lines.get(cell) ?? [];
    const wanted = cell.paragraphs.map(lettersOf).join("");
    const found = own.flatMap(({ line }) => line.pieces.map(({ source }) => source)).join("");
    if (found !== wanted) faults.push(`the cell “${wanted.slice(0, 40)}” was placed as “${found}”`);
    for (const [at, { line, page }] of own.entries()) {
      const before = own[at - 1];
      if (!before) continue;
      // A page that the end of a long note fills has no room for text.
      const between = pages.slice(before.page + 1, page);
      if (page < before.page || between.some(({ hasText }) => hasText)) {
        faults.push(`the cell “${wanted.slice(0, 40)}” passes over a page`);
      }
      if (page === before.page && line.y < before.line.y) {
        faults.push(`the cell “${wanted.slice(0, 40)}” is out of order`);
      }
    }
  }
  return faults;
}

/** A header that takes little of the page stands above the rows of each. */
function checkHeader(
  { rows, headerRows }: TableNode,
  lines: ReadonlyMap<object, readonly PlacedLine[]>,
  pages: readonly FlowPage[],
): string[] {
  if (!headerRows || headerRows === rows.length) return [];
  const linesOf = (some: typeof rows) =>
    some.flatMap(({ cells }) => cells.flatMap((cell) => lines.get(cell) ?? []));
  const head = linesOf(rows.slice(0, headerRows));
  const first = head[0]!.page;
  const top = Math.min(...head.map(({ line }) => line.y));
  const bottom = Math.max(...head.map(({ line }) => line.y + line.height));
  const { pageSize, pageMargins } = pages[first]!;
  const height = bottom - top + 4 * cellTop * headerRows;
  if (height > (pageSize.height - pageMargins.top - pageMargins.bottom) * 0.35) return [];
  const faults: string[] = [];
  const body = linesOf(rows.slice(headerRows));
  if (body[0]!.page !== first) faults.push("a header stands alone");
  for (const page of new Set(body.map((placed) => placed.page))) {
    if (page === first) continue;
    const highest = Math.min(
      ...body.filter((placed) => placed.page === page).map(({ line }) => line.y),
    );
    const again = pages[page]!.items.flatMap(({ item }) =>
      item instanceof TextLine && isRepeated(item) && item.y < highest ? item : [],
    );
    if (again.length !== head.length) faults.push(`page ${page + 1} lacks the header`);
  }
  return faults;
}

/** Returns the numbers of notes in cells of rows that stand on several pages, or span rows. */
export function dividedNotes(text: readonly PlacedLine[]): ReadonlySet<number> {
  const rows = new Map<string, PlacedLine[]>();
  const tables = new Map<object, number>();
  for (const placed of text) {
    if (!placed.line.cell) continue;
    const { node } = placed.line.cell as LaidCell;
    const table = node.structure.parent?.parent?.parent ?? node.structure;
    tables.set(table, tables.get(table) ?? tables.size);
    for (let row = node.row; row < node.row + node.rows; row++) {
      const key = `${tables.get(table)} ${row}`;
      rows.set(key, [...(rows.get(key) ?? []), placed]);
    }
  }
  const numbers = new Set<number>();
  for (const row of rows.values()) {
    const isDivided = new Set(row.map(({ page }) => page)).size > 1;
    const spans = row.some(({ line }) => (line.cell as LaidCell).node.rows > 1);
    if (!isDivided && !spans) continue;
    for (const { line } of row) for (const { number } of line.notes) numbers.add(number);
  }
  return numbers;
}

function wordsOf({ pieces }: TextLine): string {
  return pieces
    .map(({ source }) => source)
    .join("")
    .slice(0, 30);
}
