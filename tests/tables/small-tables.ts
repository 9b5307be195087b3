// Short ways to write tables in tests.

import type { Block, Table, TableCell, TableRow } from "../../src/document.js";
import { paragraph, type Words } from "../docx/tree.js";

/** A cell with one paragraph, or an empty one. */
export function cell(words: Words, more: Partial<TableCell> = {}): TableCell {
  return { children: words.length ? [paragraph(words)] : [], columns: 1, rows: 1, ...more };
}

/** A cell of blocks. */
export function cellOf(...children: readonly Block[]): TableCell {
  return { children, columns: 1, rows: 1 };
}

export function row(...cells: readonly (TableCell | string)[]): TableRow {
  return { cells: cells.map((one) => (typeof one === "string" ? cell(one) : one)) };
}

/** A table whose columns are aligned at the left. */
export function table(
  columns: number,
  header: readonly TableRow[],
  rows: readonly TableRow[],
  more: Partial<Table> = {},
): Table {
  return {
    type: "table",
    columns: Array.from({ length: columns }, () => ({ align: "left" })),
    header,
    rows,
    caption: [],
    notes: [],
    ...more,
  };
}

/** So many words. */
export function words(count: number): string {
  const few = ["the", "alliance", "of", "Russia", "and", "Kazakhstan", "was", "uneasy"];
  return Array.from({ length: count }, (_, index) => few[index % few.length]).join(" ");
}
