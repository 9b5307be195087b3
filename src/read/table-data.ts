// Tables that are written as data: in a fenced block of the class `table`, or in
// the file that the block names. What stands in their cells is Markdown.

import type { Code } from "mdast";
import type { Paragraph, Table, TableCell, TableColumn, TableRow } from "../document.js";
import { tableGrid } from "../table-grid.js";
import { type Attribute, AttributeReader, parseAttributes } from "./attributes.js";
import { type Reading, spanOf, typed } from "./reading.js";
import { readShares, type TableCaption, withCaption } from "./table.js";
import {
  type CellText,
  type DataRow,
  type DataText,
  delimiterOf,
  readCsvRows,
  readYamlRows,
  type TableData,
} from "./table-rows.js";

/** Whether a block of code is a table's data. */
export function isTableData({ lang, meta }: Code): boolean {
  const line = `${lang ?? ""} ${meta ?? ""}`;
  const attributes = parseAttributes(line, line.indexOf("{"));
  return Boolean(attributes?.list.some(({ kind, value }) => kind === "class" && value === "table"));
}

/**
 * Reads a table of CSV or YAML, the block's own or that of the file which it
 * names. Reports rows with more or fewer cells than the others: they are filled
 * up, or widen the table.
 */
export function readTableData(
  node: Code,
  caption: TableCaption | undefined,
  reading: Reading,
): Table {
  const { source } = reading;
  const span = spanOf(node, source);
  const [line = ""] = typed(node, reading).split("\n", 1);
  const brace = line.indexOf("{");
  const at = node.position!.start.offset! + brace;
  const attributes = new AttributeReader(parseAttributes(line, brace), at, reading);
  attributes.has("table");
  const id = attributes.id();
  const own = attributes.inlines("caption");
  const options = readOptions(attributes);
  attributes.reportOthers("a table");
  const text = options.file
    ? fileOf(options.file, node, attributes, reading)
    : blockOf(node, reading);
  // What is wrong with its data has been reported; its label and caption are there all the same.
  const data = (text && readData(text, options, reading)) ?? { rows: [] };
  const inside = { ...reading, source: { ...source, file: text?.file ?? source.file } };
  const bare: Table = {
    type: "table",
    ...splitRows(data, options, inside),
    columns: [],
    ...(id && { id }),
    caption: own ?? (data.caption ? readText(data.caption, inside)[0]?.children : undefined) ?? [],
    notes: [
      ...(data.notes ?? []).flatMap((note) => readText(note, inside)),
      ...(options.notes ? [{ type: "paragraph", children: options.notes } as const] : []),
    ],
    span,
  };
  reportRagged(bare, data, reading);
  const table = { ...bare, columns: columnsOf(bare, data, options, attributes) };
  return withCaption(table, caption, node, reading);
}

interface Options {
  readonly file: Attribute | undefined;
  readonly format: string | undefined;
  readonly delimiter: string | undefined;
  readonly headerRows: number | undefined;
  readonly headerColumns: number;
  readonly align: Attribute | undefined;
  readonly widths: Attribute | undefined;
  readonly notes: ReturnType<AttributeReader["inlines"]>;
}

function readOptions(attributes: AttributeReader): Options {
  const count = (key: string): number | undefined => {
    const found = attributes.pair(key);
    if (!found) return undefined;
    if (/^\d{1,3}$/.test(found.value)) return Number(found.value);
    attributes.invalid(found, `"${found.value}" is no number of ${key.replace("header-", "")}`);
    return undefined;
  };
  const file = attributes.pair("file");
  const named = attributes.pair("format");
  const format = named?.value.toLowerCase();
  if (named && format !== "csv" && format !== "yaml") {
    attributes.invalid(named, `a table's data is csv or yaml, not "${named.value}"`);
  }
  const mark = attributes.pair("delimiter");
  const delimiter = mark?.value.replace(/^(?:tab|\\t)$/, "\t");
  if (mark && delimiter?.length !== 1) {
    attributes.invalid(mark, "cells are divided by one character, such as ; or tab");
  }
  return {
    file,
    format,
    delimiter: delimiter?.length === 1 ? delimiter : undefined,
    headerRows: count("header-rows"),
    headerColumns: count("header-columns") ?? 0,
    align: attributes.pair("align"),
    widths: attributes.pair("widths"),
    notes: attributes.inlines("notes"),
  };
}

function fileOf(
  file: Attribute,
  node: Code,
  attributes: AttributeReader,
  { source, report }: Reading,
): DataText | undefined {
  if (node.value.trim()) {
    attributes.invalid(file, "this table has rows of its own and names a file besides");
    return undefined;
  }
  const { files } = source;
  if (!files) {
    report({
      code: "syntax-unsupported",
      message: "a table of a file cannot stand here",
      span: spanOf(node, source),
    });
    return undefined;
  }
  const found = files.readText(file.value, attributes.span());
  return found && { ...found, offset: (at) => at };
}

/** The text of a block, whose lines may stand deeper than those of the text. */
function blockOf(node: Code, reading: Reading): DataText {
  const { source } = reading;
  const from = node.position!.start.offset!;
  const outer = typed(node, reading).split("\n");
  const starts: { readonly inner: number; readonly outer: number }[] = [];
  let inner = 0;
  let place = from + outer[0]!.length + 1;
  for (const [index, line] of node.value.split("\n").entries()) {
    const whole = outer[index + 1] ?? "";
    starts.push({ inner, outer: place + Math.max(0, whole.length - line.length) });
    inner += line.length + 1;
    place += whole.length + 1;
  }
  return {
    file: source.file,
    text: node.value,
    offset: (at) => {
      const start = starts.findLast((line) => line.inner <= at) ?? starts[0]!;
      return source.offset(start.outer + at - start.inner);
    },
  };
}

function readData(
  text: DataText,
  { file, format, delimiter }: Options,
  { report }: Reading,
): TableData | undefined {
  const isYaml = format
    ? format === "yaml"
    : file
      ? /\.ya?ml$/i.test(file.value)
      : /^(?:#.*\n|\s*\n)*(?:-(?:\s|$)|(?:rows|header|columns|caption|notes):)/.test(text.text);
  if (isYaml) return readYamlRows(text, report);
  const isTabbed = /\.(?:tsv|tab)$/i.test(file?.value ?? "");
  return readCsvRows(text, delimiter ?? (isTabbed ? "\t" : delimiterOf(text.text)), report);
}

/** Reads the cells: those of the header, of which CSV has one row, and the others. */
function splitRows(
  data: TableData,
  { headerRows, headerColumns }: Options,
  reading: Reading,
): Pick<Table, "header" | "rows"> {
  const read = (rows: readonly DataRow[], heads: number) =>
    rows.map((row): TableRow => {
      let column = 0;
      return {
        span: row.span,
        cells: row.cells.map((cell): TableCell => {
          const { columns, rows: spanned, align, isHeader, span } = cell;
          const head = isHeader || column < heads;
          column += columns;
          return {
            children: readText(cell, reading),
            columns,
            rows: spanned,
            ...(align && { align }),
            ...(head && { isHeader: true }),
            span,
          };
        }),
      };
    });
  const header = data.header ?? data.rows.slice(0, headerRows ?? 1);
  const rows = data.header ? data.rows : data.rows.slice(header.length);
  return { header: read(header, 0), rows: read(rows, headerColumns) };
}

/** Reads the text of a cell: paragraphs, with blank lines between them. */
function readText({ text, offset }: CellText, reading: Reading): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let at = 0;
  for (const part of text.split(/(\n[ \t]*\n)/)) {
    const from = at;
    at += part.length;
    if (!part.trim()) continue;
    const source = { ...reading.source, offset };
    const children = reading.value(part, from, { ...reading, source });
    paragraphs.push({ type: "paragraph", children });
  }
  return paragraphs;
}

/** Reports rows that do not have as many cells as the first one, and cells that span too much. */
function reportRagged(table: Table, data: TableData, { report }: Reading): void {
  const rows = [...table.header, ...table.rows];
  const first = rows[0]?.cells.reduce((sum, { columns }) => sum + columns, 0) ?? 0;
  const wanted = data.columns?.length ?? first;
  const { rows: places } = tableGrid(table);
  for (const [index, { cells, span }] of rows.entries()) {
    const own = new Set(cells);
    const filled = places[index]!.filter(({ cell, column }) => !own.has(cell) && column < wanted);
    const beyond = places[index]!.filter(
      ({ cell, column, columns }) => own.has(cell) && column + columns > wanted,
    );
    const message = beyond.length
      ? `this row reaches beyond the table's ${columnsText(wanted)}`
      : `this row lacks ${filled.length === 1 ? "a cell" : `${filled.length} cells`} of the table's ${columnsText(wanted)}`;
    if (beyond.length || filled.length) {
      report({
        code: "table-ragged",
        message,
        ...(span && { span }),
        hints: ["text that holds the mark between cells stands in quotation marks"],
      });
    }
    const end = index < table.header.length ? table.header.length : rows.length;
    for (const cell of cells) {
      if (cell.rows <= end - index) continue;
      report({
        code: "table-ragged",
        message: `this cell covers ${cell.rows} rows, of which there are only ${end - index}`,
        ...(cell.span && { span: cell.span }),
      });
    }
  }
}

const columnsText = (count: number): string => (count === 1 ? "1 column" : `${count} columns`);

const alignments: Readonly<Record<string, TableColumn["align"]>> = {
  l: "left",
  left: "left",
  r: "right",
  right: "right",
  c: "center",
  center: "center",
  centre: "center",
};

/** Returns the columns; those that hold numbers alone are aligned at the right. */
function columnsOf(
  table: Table,
  { columns: declared = [] }: TableData,
  { align, widths }: Options,
  attributes: AttributeReader,
): TableColumn[] {
  const { columns, rows, headerRows } = tableGrid(table);
  const words = align?.value.split(/[\s,]+/).filter(Boolean) ?? [];
  const wanted = words.map((word) => alignments[word.toLowerCase()]);
  if (align && (wanted.includes(undefined) || wanted.length !== columns.length)) {
    attributes.invalid(
      align,
      `these are no alignments of ${columnsText(columns.length)}`,
      `write left, right or center for each: ${columns.map(() => "left").join(" ")}`,
    );
  }
  const shares = widths && readShares(widths, columns.length, attributes);
  const body = rows.slice(headerRows).flat();
  return columns.map((_, index): TableColumn => {
    const cells = body.filter(({ column }) => column === index);
    const width = shares?.[index] ?? declared[index]?.width;
    return {
      align:
        wanted[index] ??
        declared[index]?.align ??
        (cells.length && cells.every(isNumber) ? "right" : "left"),
      ...(width !== undefined && { width }),
    };
  });
}

const number = /^[-−–+±~<>≤≥]?\s?[$€£¥]?\d[\d.,’' \u00a0\u202f]*(?:\s?%)?\**$/;

function isNumber({ cell }: { readonly cell: TableCell }): boolean {
  return cell.children.every(
    (block) =>
      block.type === "paragraph" &&
      number.test(block.children.map((inline) => ("value" in inline ? inline.value : "")).join("")),
  );
}
