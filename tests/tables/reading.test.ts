// Tables that are written as data: what is read, and what is said of mistakes.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Diagnostic, locate } from "../../src/diagnostic.js";
import { readMarkdown } from "../../src/read/markdown.js";
import { createReader } from "../../src/source.js";
import { outline, sourceOf } from "../read/outline.js";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reissue-tables-"));
  writeFileSync(join(folder, "a.csv"), "Name;Sum\n*One*, two;1,5\n");
  writeFileSync(join(folder, "a.yaml"), 'rows:\n  - [A, B]\n  - [1, "a note[^n]"]\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Reads a text; each diagnostic with the text at its place. */
function read(text: string) {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const files = createReader({ root: folder, cwd: folder, report });
  const source = sourceOf(text);
  const blocks = readMarkdown({ ...source, files }, report);
  const said = diagnostics.map(({ code, message, span }) => {
    const whole = span && (span.file === source.file ? text : files.sources.get(span.file));
    const { line, column } = whole ? locate(whole, span!.start) : { line: 0, column: 0 };
    return `${line}:${column} ${code}: ${message}`;
  });
  return { outline: outline(blocks), said, blocks };
}

const fence = (attributes: string, ...lines: readonly string[]) =>
  [`\`\`\`{.table #tbl:a${attributes}}`, ...lines, "```"].join("\n");

test.each([
  [
    fence(' caption="Of *two*"', "Name,Sum", '"One, two",1.5', "Three,2"),
    'table(#tbl:a align=left,right caption("Of " emphasis("two")) [head: paragraph("Name") | paragraph("Sum")] [paragraph("One, two") | paragraph("1.5")] [paragraph("Three") | paragraph("2")])',
  ],
  [
    fence(' file="a.csv" align="left center" widths="30 70"'),
    'table(#tbl:a align=left0.3,center0.7 caption() [head: paragraph("Name") | paragraph("Sum")] [paragraph(emphasis("One") ", two") | paragraph("1,5")])',
  ],
  [
    `${fence(' file="a.yaml" header-rows="0"')}\n\n: Below\n\n[^n]: The note.`,
    'table(#tbl:a align=left,left caption("Below") [paragraph("A") | paragraph("B")] [paragraph("1") | paragraph("a note" note(paragraph("The note.")))])',
  ],
  [
    fence("", "- [A, B]", '- ["1", { text: "2", align: center }]'),
    'table(#tbl:a align=right,right caption() [head: paragraph("A") | paragraph("B")] [paragraph("1") | paragraph("2")])',
  ],
])("%s", (text, expected) => {
  expect(read(text)).toMatchObject({ outline: expected, said: [] });
});

test("cells of YAML span columns and rows, and head their rows", () => {
  const { blocks, said } = read(
    fence(
      "",
      "rows:",
      "  - [{ text: A, columns: 2 }, B]",
      "  - [{ text: c, rows: 2, header: true }, d, e]",
      "  - [f, g]",
    ),
  );
  expect(said).toEqual([]);
  expect(blocks).toMatchObject([
    {
      header: [{ cells: [{ columns: 2, rows: 1 }, { columns: 1 }] }],
      rows: [{ cells: [{ rows: 2, isHeader: true }, {}, {}] }, { cells: [{}, {}] }],
    },
  ]);
});

test.each([
  [
    "rows with other numbers of cells",
    fence("", "a,b,c", "1,2", "1,2,3,4", "1,2,3"),
    [
      "3:1 table-ragged: this row lacks a cell of the table's 3 columns",
      "4:1 table-ragged: this row reaches beyond the table's 3 columns",
    ],
  ],
  [
    "a cell that covers more rows than there are",
    fence("", "- [a, b]", "- [{ text: c, rows: 3 }, d]"),
    ["3:12 table-ragged: this cell covers 3 rows, of which there are only 1"],
  ],
  [
    "quotation marks that are not closed",
    fence("", "a,b", '"one,2'),
    ["3:1 file-invalid: the quotation marks of this data are not closed"],
  ],
  [
    "YAML that is none",
    fence("", "rows:", "  - [a, b"),
    [expect.stringMatching(/^3:.*yaml-invalid/)],
  ],
  [
    "a file that is missing",
    fence(' file="missing.csv"'),
    [expect.stringMatching(/^1:4 file-missing/)],
  ],
  [
    "a file outside",
    fence(' file="../../etc/passwd"'),
    [expect.stringMatching(/^1:4 file-outside/)],
  ],
  [
    "options of other tables",
    fence(
      ' align="left" widths="1 x" header-rows="many" format="xlsx" delimiter="ab" colour="red"',
      "a,b",
      "1,2",
    ),
    [
      expect.stringMatching(/value-invalid: a table's data is csv or yaml/),
      expect.stringMatching(/value-invalid: cells are divided by one character/),
      expect.stringMatching(/value-invalid: "many" is no number of rows/),
      expect.stringMatching(/syntax-unsupported: a table has no attribute "colour"/),
      expect.stringMatching(/value-invalid: these are no alignments of 2 columns/),
      expect.stringMatching(/value-invalid: these are no widths of 2 columns/),
    ],
  ],
  [
    "a mistake in a cell",
    fence("", "a,b", "one,*two* [link][nowhere]", 'x,"y ""[^none]"""'),
    [expect.stringMatching(/^4:.*note-undefined/)],
  ],
  [
    "a hundred columns and more",
    `${"| a ".repeat(120)}|\n${"|---".repeat(120)}|\n${"| 1 ".repeat(120)}|`,
    ["1:1 table-ragged: the table has 120 columns; what stands behind column 100 is put into that"],
  ],
])("%s: is reported at its place", (_, text, expected) => {
  expect(read(text).said).toEqual(expected);
});

test("rows that are ragged are kept whole", () => {
  const { outline: shown } = read(fence("", "a,b", "1", "1,2,three"));
  expect(shown).toContain('paragraph("three")');
});

test("more cells than a table may have are refused, and soon", () => {
  const line = "1,".repeat(500);
  const { said } = read(fence("", ...Array.from({ length: 250 }, () => line)));
  expect(said).toContainEqual(expect.stringMatching(/text-too-long: the table has \d+ cells/));
});
