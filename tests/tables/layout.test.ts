// Where cells stand, and how wide columns are.

import { expect, test } from "vitest";
import { tableGrid } from "../../src/table-grid.js";
import { columnWidths } from "../../src/write/column-widths.js";
import { cell, row, table } from "./small-tables.js";

/** The rows of a grid: the letter of the cell that covers each place, `.` for empty ones. */
function drawn(...[columns, header, rows]: Parameters<typeof table>): string[] {
  const grid = tableGrid(table(columns, header, rows));
  const lines = grid.rows.map(() => Array<string>(grid.columns.length).fill(" "));
  for (const { cell: one, column, row: at, columns: wide, rows: high } of grid.rows.flat()) {
    const [block] = one.children;
    const [word] = block?.type === "paragraph" ? block.children : [];
    const letter = word?.type === "text" ? word.value : ".";
    for (const line of lines.slice(at, at + high)) line.fill(letter, column, column + wide);
  }
  return lines.map((line) => line.join(""));
}

test("cells that span others push those behind them on, and none covers another", () => {
  expect(
    drawn(
      3,
      [row(cell("a", { rows: 2 }), cell("b", { columns: 2 })), row("c", "d")],
      [row("e", cell("f", { rows: 2 }), "g"), row("h", "i"), row(cell("j", { columns: 2 }), "k")],
    ),
  ).toEqual(["abb", "acd", "efg", "hfi", "jjk"]);
  expect(drawn(2, [], [row(cell("a", { rows: 2 }), "b"), row(cell("c", { columns: 2 }))])).toEqual([
    "ab.",
    "acc",
  ]);
});

test("rows that lack cells are filled up, and spans end with the header, the body and the table", () => {
  expect(
    drawn(
      3,
      [row(cell("a", { rows: 9 }))],
      [row("b"), row("c", "d", "e", "f"), row(cell("g", { rows: 1e9 }))],
    ),
  ).toEqual(["a...", "b...", "cdef", "g..."]);
  expect(drawn(0, [], [])).toEqual([]);
});

const cellsOf = (...widths: readonly (readonly [least: number, most: number])[]) =>
  widths.map(([least, most], column) => ({ column, columns: 1, least, most }));

test("columns are as wide as their content where there is room", () => {
  const none = [undefined, undefined];
  expect(columnWidths(none, cellsOf([10, 50], [20, 100]), 400).widths).toEqual([50, 100]);
});

test("short columns are not broken for the sake of long ones", () => {
  const none = [undefined, undefined, undefined];
  const cells = cellsOf([20, 60], [30, 2000], [30, 1000]);
  const { widths } = columnWidths(none, cells, 400);
  expect(widths[0]).toBe(60);
  expect(widths[1]).toBeGreaterThan(widths[2]!);
  expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(400, 1);
});

test("shares of the author hold, but for words that would be cut", () => {
  const cells = cellsOf([10, 500], [10, 500], [10, 10]);
  expect(columnWidths([0.5, 0.25, 0.25], cells, 400).widths).toEqual([200, 100, 100]);
  expect(columnWidths([0.1, 0.9], cellsOf([80, 90], [10, 10]), 400).widths[0]).toBe(80);
});

test("what spans columns widens them in proportion, and too little room narrows all alike", () => {
  const cells = [...cellsOf([10, 30], [10, 10]), { column: 0, columns: 2, least: 80, most: 80 }];
  expect(columnWidths([undefined, undefined], cells, 400).widths).toEqual([60, 20]);
  expect(columnWidths([undefined, undefined], cellsOf([300, 300], [100, 100]), 200)).toEqual({
    widths: [150, 50],
    least: 400,
  });
});
