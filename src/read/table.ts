// Tables: GFM's tables of pipes among the nodes of mdast, with the line `: Caption
// {#tbl:x}` beside them, as tables of the tree.

import type { TableRow as MarkdownRow, Table as MarkdownTable, PhrasingContent } from "mdast";
import type { CompileContext, Extension as FromMarkdown } from "mdast-util-from-markdown";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Extension, Token } from "micromark-util-types";
import type { Block, Inline, Table, TableCell, TableColumn, TableRow } from "../document.js";
import { type Attribute, type AttributeListNode, AttributeReader } from "./attributes.js";
import { type Placed, type Reading, spanOf } from "./reading.js";

/** The caption of a table, and what its attributes say of the table. */
export interface TableCaption {
  readonly nodes: readonly PhrasingContent[];
  readonly attributes?: AttributeListNode | undefined;
}

/** The most columns that a table may have. */
const MOST_COLUMNS = 100;

/** Returns the micromark extension for tables of pipes. */
export function tableSyntax(): Extension {
  return gfmTable();
}

/** Returns the extension that makes nodes of them. */
export function tableFromMarkdown(): FromMarkdown {
  let inTable = false;
  const cell = function (this: CompileContext, token: Token) {
    this.enter({ type: "tableCell", children: [] }, token);
  };
  const exit = function (this: CompileContext, token: Token) {
    this.exit(token);
  };
  return {
    enter: {
      table(token) {
        inTable = true;
        const align = (token._align ?? []).map((one) => (one === "none" ? null : one));
        this.enter({ type: "table", align, children: [] }, token);
      },
      tableRow(token) {
        this.enter({ type: "tableRow", children: [] }, token);
      },
      tableData: cell,
      tableHeader: cell,
    },
    exit: {
      table(token) {
        inTable = false;
        this.exit(token);
      },
      tableRow: exit,
      tableData: exit,
      tableHeader: exit,
      codeText(token) {
        const value = this.resume();
        const code = this.stack.at(-1);
        // A pipe in code is escaped in a table, since it would end the cell.
        if (code?.type === "inlineCode")
          code.value = inTable ? value.replaceAll("\\|", "|") : value;
        this.exit(token);
      },
    },
  };
}

/**
 * Reads a table of pipes. Its first row is its header unless it is empty. Reports
 * rows that have more or fewer cells than it; they are filled up, or widen the table.
 */
export function readTable(
  node: MarkdownTable,
  caption: TableCaption | undefined,
  reading: Reading,
): Table {
  const { source, report } = reading;
  const [head, ...body] = node.children;
  const wanted = node.align?.length ?? head?.children.length ?? 0;
  const most = Math.max(wanted, ...body.map(({ children }) => children.length));
  const count = Math.min(most, MOST_COLUMNS);
  for (const row of body) {
    const { length } = row.children;
    if (length === wanted) continue;
    report({
      code: "table-ragged",
      message: `this row has ${cells(length)}, but the table's head has ${wanted}`,
      span: spanOf(row, source),
      hints: ["a bar that belongs to the text is written \\|"],
    });
  }
  if (most > MOST_COLUMNS) {
    report({
      code: "table-ragged",
      message: `the table has ${most} columns; what stands behind column ${MOST_COLUMNS} is put into that`,
      span: spanOf(node, source),
    });
  }
  const columns = Array.from(
    { length: count },
    (_, at): TableColumn => ({
      align: node.align?.[at] ?? "left",
    }),
  );
  const rows = body.map((row) => readRow(row, count, reading));
  const header = head ? readRow(head, count, reading) : { cells: [] };
  const hasHeader = header.cells.some(({ children }) => children.length);
  return withCaption(
    {
      type: "table",
      columns,
      header: hasHeader ? [header] : [],
      rows,
      caption: [],
      notes: [],
      span: spanOf(node, source),
    },
    caption,
    node,
    reading,
  );
}

const cells = (count: number): string => (count === 1 ? "1 cell" : `${count} cells`);

function readRow(row: MarkdownRow, columns: number, reading: Reading): TableRow {
  const { source } = reading;
  const read = row.children.slice(0, columns).map((cell, at): TableCell => {
    // What is more than a table can have stands in its last cell.
    const more = at === columns - 1 ? row.children.slice(columns) : [];
    const children: PhrasingContent[] = [cell, ...more].flatMap((one) => one.children);
    const span = spanOf(cell, source);
    const paragraph: Block[] = children.length
      ? [{ type: "paragraph", children: reading.paragraph(children, reading), span }]
      : [];
    return { children: paragraph, columns: 1, rows: 1, span };
  });
  while (read.length < columns) read.push({ children: [], columns: 1, rows: 1 });
  return { cells: read, span: spanOf(row, source) };
}

/** Returns a table with its caption, its label, and what else the caption's attributes say. */
export function withCaption(
  table: Table,
  caption: TableCaption | undefined,
  node: Placed,
  reading: Reading,
): Table {
  if (!caption) return table;
  const inlines: Inline[] = reading.paragraph(caption.nodes, reading);
  const { attributes: list } = caption;
  const at = list?.position?.start.offset ?? node.position!.start.offset!;
  const attributes = new AttributeReader(list?.attributes, at, reading);
  const id = attributes.id();
  const found = attributes.pair("widths");
  const widths = found && readShares(found, table.columns.length, attributes);
  attributes.reportOthers("a table");
  return {
    ...table,
    ...(id && { id }),
    caption: inlines,
    columns: table.columns.map((column, index) => ({
      ...column,
      ...(widths && { width: widths[index]! }),
    })),
  };
}

/** Reads `widths="20 30 50"`: the columns' shares, whatever they add up to. */
export function readShares(
  found: Attribute,
  count: number,
  attributes: AttributeReader,
): readonly number[] | undefined {
  const words = found.value.split(/[\s,]+/).filter(Boolean);
  const widths = words.map((word) =>
    /^\d+(?:\.\d+)?%?$/.test(word) ? Number.parseFloat(word) : 0,
  );
  const sum = widths.reduce((total, width) => total + width, 0);
  if (widths.length === count && widths.every((width) => width > 0)) {
    return widths.map((width) => width / sum);
  }
  attributes.invalid(
    found,
    `these are no widths of ${count} columns`,
    `write a number for each column, such as ${Array(count).fill(10).join(" ")}`,
  );
  return undefined;
}
