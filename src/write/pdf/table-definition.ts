// A table as the layout takes it: cells of paragraphs at their places, with
// what they are in the structure of the file.

import type { Block, Table, TableColumn } from "../../document.js";
import { type GridCell, tableGrid } from "../../table-grid.js";
import type { Template } from "../../template.js";
import { tableSpace } from "../table-look.js";
import type { FlowNode, ParagraphNode } from "./definition.js";
import { figureParagraphs, hasNotes } from "./figure-definition.js";
import type { StructureNode } from "./tagger.js";

/** A table between paragraphs. Lengths are in points. */
export interface TableNode {
  /** What it prints. */
  readonly table: Table;
  readonly columns: readonly TableColumn[];
  /** All rows, those of the header first. */
  readonly rows: readonly RowNode[];
  /** How many of them are repeated on each page. */
  readonly headerRows: number;
  /** The size of its text, of which it may become smaller. */
  readonly size: number;
  readonly before: number;
  readonly after: number;
  /** Its last row stays with what follows: its notes. */
  readonly keepWithNext: boolean;
  /** What stands before it in the flow, if it has a caption. */
  readonly caption?: ParagraphNode;
  /** What stands behind it in the flow. */
  readonly notes: readonly ParagraphNode[];
  readonly structure: StructureNode;
  /** Whether it may wait for the top of the next page, if it stays whole. */
  readonly floats: boolean;
  readonly beginsPage: boolean;
  /** Whether its pages lie on their side. */
  readonly isLandscape?: boolean;
}

export interface RowNode {
  readonly cells: readonly CellNode[];
  readonly structure: StructureNode;
}

export interface CellNode extends GridCell {
  readonly paragraphs: readonly ParagraphNode[];
  /** Its place in the structure; an empty cell has one too. */
  readonly structure: StructureNode;
  /** Cells of the header stand on its last line, as tables with long heads have them (CMOS 18, 3.62). */
  readonly isHead: boolean;
}

/** What a table needs of the definition of blocks. */
export interface TableContext {
  readonly template: Template;
  /** What it is in. */
  readonly parent: StructureNode;
  readonly size: number;
  readonly beginsPage: boolean;
  readonly isLandscape: boolean;
  /** Returns the paragraphs of a cell, of which there is one at least. */
  readonly cell: (
    blocks: readonly Block[],
    style: "table" | "table-head",
    align: TableColumn["align"],
    structure: StructureNode,
  ) => readonly ParagraphNode[];
  /** Returns the caption, which is in the table. */
  readonly caption: (table: StructureNode) => ParagraphNode;
  readonly notes: () => readonly ParagraphNode[];
}

/** Returns the caption of a table, the table, and its notes. */
export function defineTable(
  table: Table,
  context: TableContext,
): readonly (ParagraphNode | TableNode)[] {
  const structure: StructureNode = { type: "Table", parent: context.parent };
  const caption = table.caption.length ? context.caption(structure) : undefined;
  const notes = context.notes();
  const { columns, headerRows, rows } = tableGrid(table);
  const head: StructureNode = { type: "THead", parent: structure };
  const body: StructureNode = { type: "TBody", parent: structure };
  const defined = rows.map((cells, row): RowNode => {
    const isHead = row < headerRows;
    const parent: StructureNode = { type: "TR", parent: isHead ? head : body };
    return {
      structure: parent,
      cells: cells.map((cell) => defineCell(cell, columns, isHead, parent, context)),
    };
  });
  const inCells = defined.flatMap(({ cells }) => cells.flatMap(({ paragraphs }) => paragraphs));
  const node: TableNode = {
    table,
    columns,
    headerRows,
    rows: defined,
    size: context.size,
    before: caption ? 0 : tableSpace,
    after: notes.length ? 0 : tableSpace,
    keepWithNext: notes.length > 0,
    ...(caption && { caption }),
    notes,
    structure,
    floats: mayFloat(context.template, caption, [...inCells, ...notes]),
    beginsPage: context.beginsPage && !caption,
    ...(context.isLandscape && { isLandscape: true }),
  };
  return [...(caption ? [caption] : []), ...(rows.length ? [node] : []), ...notes];
}

/**
 * Whether a table may stand elsewhere than where it was written: as in LaTeX one
 * that is referred to by its caption, and no other, for the sentence before that
 * leads up to it. The numbers of its notes would no longer follow one another.
 */
function mayFloat(
  { figurePlacement }: Template,
  caption: ParagraphNode | undefined,
  others: readonly ParagraphNode[],
): boolean {
  return figurePlacement === "float" && caption !== undefined && !hasNotes([caption, ...others]);
}

function defineCell(
  place: GridCell,
  columns: readonly TableColumn[],
  isHead: boolean,
  parent: StructureNode,
  context: TableContext,
): CellNode {
  const { cell } = place;
  const isHeader = isHead || cell.isHeader === true;
  const structure: StructureNode = {
    type: isHeader ? "TH" : "TD",
    parent,
    ...(isHeader && { scope: isHead ? "Column" : "Row" }),
    ...(place.columns > 1 && { columns: place.columns }),
    ...(place.rows > 1 && { rows: place.rows }),
  };
  const align = cell.align ?? columns[place.column]!.align;
  const style = isHead ? "table-head" : "table";
  const paragraphs = context.cell(cell.children, style, align, structure);
  return { ...place, paragraphs, structure, isHead };
}

/**
 * Returns the paragraphs of some nodes. A table where none has room is the paragraphs
 * of its cells, and a figure those of its images and captions.
 */
export function paragraphsOf(nodes: readonly FlowNode[]): ParagraphNode[] {
  return nodes.flatMap((node) => {
    if ("imageRows" in node) return figureParagraphs(node);
    if (!("rows" in node)) return node;
    return node.rows.flatMap(({ cells }) => cells.flatMap(({ paragraphs }) => paragraphs));
  });
}
