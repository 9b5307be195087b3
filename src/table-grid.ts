// Where the cells of a table stand: cells that span others push those behind
// them on, as in HTML's forming of tables, but none ever covers another.

import type { Table, TableCell, TableColumn, TableRow } from "./document.js";

/** A cell at its place. Columns and rows are counted from 0. */
export interface GridCell {
  readonly cell: TableCell;
  readonly column: number;
  readonly row: number;
  /** How many columns and rows it covers, within its table and its part of that. */
  readonly columns: number;
  readonly rows: number;
}

/** A table in which every place of every row is covered by one cell. */
export interface TableGrid {
  readonly columns: readonly TableColumn[];
  /** How many of the rows are the header. */
  readonly headerRows: number;
  /** The cells that begin in each row, from the left. */
  readonly rows: readonly (readonly GridCell[])[];
}

/** No cell covers more columns or rows than this. */
const MOST_SPANNED = 1000;

const emptyCell: TableCell = { children: [], columns: 1, rows: 1 };

/**
 * Returns the places of a table's cells. A cell stands at the first place of its
 * row where it has room; rows that lack cells are filled up with empty ones, and
 * what stands beyond the last column gets columns of its own. A cell ends with
 * the header or the body that it begins in.
 */
export function tableGrid({ columns, header, rows }: Table): TableGrid {
  const head = placeRows(header, 0);
  const body = placeRows(rows, header.length);
  const count = Math.max(columns.length, head.width, body.width, 1);
  return {
    columns: Array.from({ length: count }, (_, index) => columns[index] ?? { align: "left" }),
    headerRows: header.length,
    rows: [...fill(head, count, 0), ...fill(body, count, header.length)],
  };
}

interface Placed {
  readonly rows: readonly GridCell[][];
  /** The columns that are taken in each row. */
  readonly taken: readonly ReadonlySet<number>[];
  readonly width: number;
}

/** `first` is the number of the first row in the table. */
function placeRows(rows: readonly TableRow[], first: number): Placed {
  const taken = rows.map(() => new Set<number>());
  let width = 0;
  const placed = rows.map(({ cells }, index) => {
    let from = 0;
    return cells.map((cell): GridCell => {
      const columns = within(cell.columns, MOST_SPANNED);
      const spanned = within(cell.rows, Math.min(MOST_SPANNED, rows.length - index));
      const column = firstRoom(taken.slice(index, index + spanned), from, columns);
      for (const row of taken.slice(index, index + spanned)) {
        for (let at = column; at < column + columns; at++) row.add(at);
      }
      from = column + columns;
      width = Math.max(width, from);
      return { cell, column, row: first + index, columns, rows: spanned };
    });
  });
  return { rows: placed, taken, width };
}

function within(count: number, most: number): number {
  return Math.max(1, Math.min(Math.floor(count) || 1, most));
}

function firstRoom(rows: readonly ReadonlySet<number>[], from: number, columns: number): number {
  for (let column = from; ; column++) {
    let free = 0;
    while (free < columns && rows.every((row) => !row.has(column + free))) free++;
    if (free === columns) return column;
    column += free;
  }
}

/** Fills the places that no cell covers. */
function fill({ rows, taken }: Placed, count: number, first: number): GridCell[][] {
  return rows.map((cells, index) => {
    const all = [...cells];
    for (let column = 0; column < count; column++) {
      if (taken[index]!.has(column)) continue;
      all.push({ cell: emptyCell, column, row: first + index, columns: 1, rows: 1 });
    }
    return all.sort((one, other) => one.column - other.column);
  });
}

/** Whether nothing says what the cells of a table are about; a single row says it by itself. */
export function isWithoutHeaders({ header, rows }: Table): boolean {
  if (header.length || rows.length < 2) return false;
  return !rows.some(({ cells }) => cells.some(({ isHeader }) => isHeader));
}
