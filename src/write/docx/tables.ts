// Tables as Word's own (ECMA-376-1, 17.4): a grid of fixed columns, as wide as
// the layout of the PDF has found them, so that both have the same lines; what
// that does not divide is not divided here either.

import type { XmlComponent } from "docx";
import { type Block, contentOf, type Table, type TableColumn, toText } from "../../document.js";
import { type GridCell, tableGrid } from "../../table-grid.js";
import { landscapePage } from "../../template.js";
import { cellSide, type TableLook, tableSpace } from "../table-look.js";
import type { Direct, Surroundings } from "./blocks.js";
import { textWidth, twips } from "./page.js";
import type { BlockWriter } from "./set-off.js";
import { element, xmlSafe } from "./xml.js";

/** The id of the table style, whose rules and cell margins all tables have. */
export const tableStyleId = "ScholarlyTable";

/**
 * Returns the caption of a table, the table, and its notes. A table within a cell
 * or a note is the paragraphs of its cells.
 */
export function writeTable(
  table: Table,
  at: Surroundings,
  direct: Direct,
  writer: BlockWriter,
): XmlComponent[] {
  const { registry, story } = at;
  if (story === "footnotes" || isInCell(at)) return writeFlat(table, at, direct, writer);
  const { page, styles } = registry.template;
  const outside: Surroundings = { ...at, left: 0, right: 0, depth: 0 };
  const { before, after } = styles.caption;
  const captionDirect: Direct = {
    ...direct,
    before: Math.max(after, direct.before ?? 0),
    after: before,
    keepNext: true,
  };
  const caption = table.caption.length
    ? [
        writer.paragraph(
          writer.runs(table.caption, "caption", outside),
          "caption",
          outside,
          captionDirect,
        ),
      ]
    : [];
  const look = registry.tables.get(table);
  const rows = table.header.length + table.rows.length;
  const written = rows
    ? [
        tableElement({
          table,
          look,
          room: textWidth(at.isLandscape ? landscapePage(page) : page),
          cell: (blocks, style, align, keepsNext) => {
            const scale = look && { scale: look.scale };
            const inside = { ...outside, style, align, ...scale, ...(keepsNext && { keepsNext }) };
            const content = blocks.length ? blocks : [emptyParagraph];
            return content.flatMap((block) => writer.block(block, inside, {}));
          },
        }),
      ]
    : [];
  const below: Surroundings = { ...outside, style: "source" };
  const isWhole = look?.isWhole ?? false;
  const notes = table.notes.flatMap((block, index) => {
    const keepsNext = isWhole && index < table.notes.length - 1;
    const keepLines = isWhole && block.type === "paragraph" && { keepLines: true };
    return writer.block(block, { ...below, ...(keepsNext && { keepsNext }) }, { ...keepLines });
  });
  return [...caption, ...written, ...notes];
}

const emptyParagraph: Block = { type: "paragraph", children: [] };

function isInCell({ style }: Surroundings): boolean {
  return style === "table" || style === "table-head";
}

function writeFlat(
  table: Table,
  at: Surroundings,
  direct: Direct,
  writer: BlockWriter,
): XmlComponent[] {
  return contentOf(table).flatMap(({ inlines, blocks }) => {
    const content =
      blocks ?? (inlines.length ? [{ type: "paragraph", children: inlines } as const] : []);
    return content.flatMap((block) => writer.block(block, at, direct));
  });
}

/**
 * Returns what is said of a block's space because of the blocks around it: tables
 * have none of their own in Word, so what stands around a bare one has it.
 */
export function spaceAroundTables(
  before: Block | undefined,
  block: Block,
  next: Block | undefined,
  at: Surroundings,
): Direct {
  if (at.story === "footnotes" || isInCell(at)) return {};
  const { styles } = at.registry.template;
  const style = styles[(block.type === "paragraph" && block.style) || at.style];
  const isBelow = before && isBareBelow(before) && !isBareAbove(block);
  const isAbove = next && isBareAbove(next) && block.type === "paragraph";
  return {
    ...(isBelow && { before: Math.max(tableSpace, style.before) }),
    ...(isAbove && { after: Math.max(tableSpace, style.after) }),
  };
}

/** Whether two blocks are tables that would become one, as those do that nothing stands between. */
export function wouldJoin(before: Block | undefined, block: Block): boolean {
  return before !== undefined && isBareBelow(before) && isBareAbove(block);
}

const isBareBelow = (block: Block): boolean => block.type === "table" && !block.notes.length;
const isBareAbove = (block: Block): boolean => block.type === "table" && !block.caption.length;

/** What a table needs of the writer of blocks. */
interface TableRequest {
  readonly table: Table;
  /** What the layout has found out; absent where there was none. */
  readonly look: TableLook | undefined;
  /** The length of a line of text around it, in twips. */
  readonly room: number;
  /** Returns the paragraphs of a cell. */
  readonly cell: (
    blocks: readonly Block[],
    style: "table" | "table-head",
    align: TableColumn["align"],
    keepsNext: boolean,
  ) => readonly XmlComponent[];
}

/** Returns a table without its caption and notes. */
function tableElement({ table, look, room, cell }: TableRequest): XmlComponent {
  const { columns, headerRows, rows } = tableGrid(table);
  const widths = look ? look.widths.map(twips) : evenWidths(columns, room);
  const written = coveredRows(rows).map((cells, row) => {
    const isHead = row < headerRows;
    const isWhole = look?.isWhole ?? false;
    // A row stays on the page of the next one if its paragraphs do (17.3.1.15), in
    // LibreOffice if the first one does; the last row stays with the notes below.
    const keepsNext = isWhole && (row < rows.length - 1 || table.notes.length > 0);
    return element("w:tr", {}, [
      ...rowProperties(isHead, isWhole || (look?.areWhole[row] ?? true)),
      ...cells.map((place) => {
        const { children, align = columns[place.column]!.align } = place.cell;
        const begins = place.row === row;
        const style = isHead ? "table-head" : "table";
        return element("w:tc", {}, [
          cellProperties(place, row, widths, headerRows),
          ...cell(begins ? children : [], style, align, keepsNext),
        ]);
      }),
    ]);
  });
  return element("w:tbl", {}, [
    tableProperties(table, widths, headerRows, look),
    element(
      "w:tblGrid",
      {},
      widths.map((width) => element("w:gridCol", { "w:w": width })),
    ),
    ...written,
  ]);
}

/** Returns the cells that stand in each row; those that span rows go on in the ones below. */
function coveredRows(rows: readonly (readonly GridCell[])[]): GridCell[][] {
  const covered = rows.map((): GridCell[] => []);
  for (const cell of rows.flat()) {
    for (const row of covered.slice(cell.row, cell.row + cell.rows)) row.push(cell);
  }
  for (const row of covered) row.sort((one, other) => one.column - other.column);
  return covered;
}

/** Without a layout columns have the shares that the author gives, or even ones. */
function evenWidths(columns: readonly TableColumn[], room: number): number[] {
  const given = columns.reduce((sum, { width = 0 }) => sum + width, 0);
  const without = columns.filter(({ width }) => width === undefined).length;
  const rest = without ? Math.max(0.1, 1 - given) / without : 0;
  const whole = Math.max(1, given + rest * without);
  return columns.map(({ width = rest }) => Math.floor((width / whole) * room));
}

function tableProperties(
  table: Table,
  widths: readonly number[],
  headerRows: number,
  look: TableLook | undefined,
): XmlComponent {
  const width = widths.reduce((sum, own) => sum + own, 0);
  const caption = xmlSafe(toText(table.caption)).trim();
  return element("w:tblPr", {}, [
    element("w:tblStyle", { "w:val": tableStyleId }),
    element("w:tblW", { "w:w": width, "w:type": "dxa" }),
    element("w:tblLayout", { "w:type": "fixed" }),
    ...(look && look.side !== cellSide
      ? [element("w:tblCellMar", {}, [margin("left", look.side), margin("right", look.side)])]
      : []),
    element("w:tblLook", {
      "w:val": headerRows === 1 ? "0620" : "0600",
      "w:firstRow": headerRows === 1 ? 1 : 0,
      "w:lastRow": 0,
      "w:firstColumn": 0,
      "w:lastColumn": 0,
      "w:noHBand": 1,
      "w:noVBand": 1,
    }),
    // What Word shows as the title of the table to those who do not see it.
    ...(caption ? [element("w:tblCaption", { "w:val": caption })] : []),
  ]);
}

function margin(side: "left" | "right", points: number): XmlComponent {
  return element(`w:${side}`, { "w:w": twips(points), "w:type": "dxa" });
}

function rowProperties(isHead: boolean, isWhole: boolean): XmlComponent[] {
  if (!isHead && !isWhole) return [];
  return [
    element("w:trPr", {}, [
      ...(isWhole ? [element("w:cantSplit")] : []),
      ...(isHead ? [element("w:tblHeader")] : []),
    ]),
  ];
}

function cellProperties(
  { cell, column, columns, row: first, rows }: GridCell,
  row: number,
  widths: readonly number[],
  headerRows: number,
): XmlComponent {
  const width = widths.slice(column, column + columns).reduce((sum, own) => sum + own, 0);
  const isHead = row < headerRows;
  // The table's style has the rule below the first row.
  const endsHeader = headerRows > 1 && row === headerRows - 1;
  const spansHead = row < headerRows - 1 && columns > 1 && rows === 1 && cell.children.length > 0;
  return element("w:tcPr", {}, [
    element("w:tcW", { "w:w": width, "w:type": "dxa" }),
    ...(columns > 1 ? [element("w:gridSpan", { "w:val": columns })] : []),
    ...(rows > 1
      ? [element("w:vMerge", row === first ? { "w:val": "restart" } : { "w:val": "continue" })]
      : []),
    ...(endsHeader || spansHead ? [innerRuleBelow()] : []),
    ...(isHead ? [element("w:vAlign", { "w:val": "bottom" })] : []),
  ]);
}

/** A rule of half a point. */
function innerRuleBelow(): XmlComponent {
  const line = { "w:val": "single", "w:sz": 4, "w:space": 0, "w:color": "auto" };
  return element("w:tcBorders", {}, [element("w:bottom", line)]);
}
