// The rows of a table that is written as data: CSV (RFC 4180), or YAML where
// cells may span others. What stands in the cells is not yet read.

import { CsvError, parse } from "csv-parse/sync";
import type { Report, Span } from "../diagnostic.js";
import type { TableCell, TableColumn } from "../document.js";
import {
  boolean,
  integer,
  list,
  map,
  oneOf,
  optional,
  type Read,
  required,
  scalar,
} from "./fields.js";
import { isEmpty, offsetMap, readYaml, type YamlNode, type YamlScalar } from "./yaml.js";

/** Data and where it stands: in a file of its own, or in a block of the text. */
export interface DataText {
  readonly file: string;
  readonly text: string;
  /** Returns the offset in the file of an offset in the text. */
  offset(at: number): number;
}

/** Text that is still to be read as Markdown. */
export interface CellText {
  readonly text: string;
  readonly span: Span;
  /** Returns the offset in the file of an offset in this text. */
  offset(at: number): number;
}

/** A cell whose text is still to be read. */
export interface DataCell extends CellText, Pick<TableCell, "columns" | "rows" | "align"> {
  readonly isHeader?: boolean;
}

export interface DataRow {
  readonly cells: readonly DataCell[];
  readonly span: Span;
}

/** What a text of data says of a table. */
export interface TableData {
  /** Those that it declares. */
  readonly columns?: readonly Partial<TableColumn>[];
  /** The rows that it declares as header; absent where it is up to others how many are. */
  readonly header?: readonly DataRow[];
  readonly rows: readonly DataRow[];
  readonly caption?: CellText;
  readonly notes?: readonly CellText[];
}

/** The most cells that a table may have. */
const MOST_CELLS = 100_000;

/** No cell spans more columns or rows. */
const MOST_SPANNED = 1000;

/** Returns what divides the cells of each row: what most of them have between them. */
export function delimiterOf(text: string): string {
  const [line = ""] = text.trimStart().split("\n", 1);
  const plain = line.replace(/"[^"]*"/g, "");
  const count = (mark: string) => plain.split(mark).length;
  return [",", "\t", ";"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** Reads rows of comma-separated values; reports marks of quotation that are not closed. */
export function readCsvRows(
  data: DataText,
  delimiter: string,
  report: Report,
): TableData | undefined {
  const { file, text, offset } = data;
  const spanOf = (from: number, to: number): Span => ({
    file,
    start: offset(from),
    end: offset(to),
  });
  let records: readonly { readonly record: readonly string[]; readonly raw: string }[];
  try {
    records = parse(text, {
      delimiter,
      raw: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = Math.max(0, text.lastIndexOf('"'));
    report({
      code: "file-invalid",
      message: "the quotation marks of this data are not closed",
      span: spanOf(at, at + 1),
      hints: ['within quoted text a mark is written twice: ""'],
    });
    return undefined;
  }
  let at = 0;
  let cells = 0;
  const rows = records.map(({ record, raw }): DataRow => {
    const row = raw.replace(/\n+$/, "");
    const from = at + (row.length - row.trimStart().length);
    let next = at;
    at += raw.length;
    cells += record.length;
    return {
      span: spanOf(from, next + row.length),
      cells: record.map((value): DataCell => {
        // Within quotation marks one is written as two.
        const written = [value, value.replaceAll('"', '""')];
        const places = written.map((one) => text.indexOf(one, next));
        const start = Math.max(next, Math.min(...places.filter((place) => place >= next), at));
        next = start + value.length;
        return {
          text: value,
          span: spanOf(start, next),
          offset: (inner) => offset(start + inner),
          columns: 1,
          rows: 1,
        };
      }),
    };
  });
  return isTooLarge(cells, spanOf(0, 1), report) ? undefined : { rows };
}

/** Reads a list of rows, or a map with `rows`, `header`, `columns`, `caption` and `notes`. */
export function readYamlRows(data: DataText, report: Report): TableData | undefined {
  const { file, text } = data;
  const spanOf = ({ start, end }: Span): Span => ({
    file,
    start: data.offset(start),
    end: data.offset(end),
  });
  const reportThere: Report = ({ span, ...diagnostic }) =>
    report({ ...diagnostic, ...(span && { span: spanOf(span) }) });
  const root = readYaml({ file, text }, reportThere);
  if (!root) return undefined;
  const textOf = (node: YamlScalar): CellText => {
    const inFile = offsetMap(node, text);
    return {
      text: node.text,
      span: spanOf(node.span),
      offset: (at) => data.offset(inFile(at)),
    };
  };
  let count = 0;
  const cell: Read<DataCell> = (node, name, fail) => {
    count++;
    if (node.type === "scalar") return { ...textOf(node), ...single, ...(isEmpty(node) && none) };
    const fields = cellFields(node, name, fail);
    if (!fields) return undefined;
    const { text: words, columns = 1, rows = 1, align, header } = fields;
    return {
      ...(words ? textOf(words) : { text: "", span: spanOf(node.span), offset: () => 0 }),
      columns,
      rows,
      ...(align && { align }),
      ...(header && { isHeader: true }),
    };
  };
  const row: Read<DataRow> = (node, name, fail) => {
    const cells = list(cell)(node, name, fail);
    return cells && { cells, span: spanOf(node.span) };
  };
  const rows = list(row);
  const words: Read<CellText> = (node, name, fail) => {
    const found = scalar(node, name, fail);
    return found && textOf(found);
  };
  const notes: Read<readonly CellText[]> = (node, name, fail) =>
    node.type === "list" ? list(words)(node, name, fail) : one(words(node, name, fail));
  const tableData = map({
    columns: optional(list(column)),
    header: optional(rows),
    rows: required(rows),
    caption: optional(words),
    notes: optional(notes),
  });
  const read =
    root.type === "list"
      ? wrap(rows(root, "the table", reportThere))
      : tableData(root, "the table", reportThere);
  return read && isTooLarge(count, spanOf(root.span), report) ? undefined : read;
}

const single = { columns: 1, rows: 1 } as const;
const none = { text: "" } as const;
const alignments = oneOf(["left", "right", "center"]);

const cellFields = map({
  text: optional(scalar),
  columns: optional(integer(1, MOST_SPANNED)),
  rows: optional(integer(1, MOST_SPANNED)),
  align: optional(alignments),
  header: optional(boolean),
});

const columnFields = map({ align: optional(alignments), width: optional(percentage) });

/** Reads `right`, or `{ align: right, width: 20% }`. */
function column(node: YamlNode, name: string, report: Report): Partial<TableColumn> | undefined {
  if (node.type === "map") return columnFields(node, name, report);
  const align = alignments(node, name, report);
  return align && { align };
}

/** Reads a share of the line, `20%`, as one of 1. */
function percentage(node: YamlNode, name: string, report: Report): number | undefined {
  const found = scalar(node, name, report);
  if (!found) return undefined;
  const [, digits] = /^(\d{1,3}(?:\.\d{1,3})?)\s*%$/.exec(found.text) ?? [];
  const share = Number(digits) / 100;
  if (share > 0 && share <= 1) return share;
  report({
    code: "value-invalid",
    message: `"${name}" must be a share of the line, such as 20%`,
    span: node.span,
  });
  return undefined;
}

const wrap = (rows: readonly DataRow[] | undefined): TableData | undefined => rows && { rows };
const one = <T>(value: T | undefined): readonly T[] | undefined => (value ? [value] : undefined);

function isTooLarge(cells: number, span: Span, report: Report): boolean {
  if (cells <= MOST_CELLS) return false;
  report({
    code: "text-too-long",
    message: `the table has ${cells} cells; it may have ${MOST_CELLS}`,
    span: { ...span, end: span.start + 1 },
    hints: ["print the part of it that readers need"],
  });
  return true;
}
