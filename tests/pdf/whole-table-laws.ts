// The laws of short tables: each is on one page with its caption and notes, in order,
// never before its place and never past the beginning of a chapter.

import type { FlowPage } from "../../src/write/pdf/context.js";
import type { Definition, FlowNode, ParagraphNode } from "../../src/write/pdf/definition.js";
import { TextLine } from "../../src/write/pdf/paragraph.js";
import type { TableNode } from "../../src/write/pdf/table-definition.js";
import type { LaidCell } from "../../src/write/pdf/table-layout.js";
import { cellTop, innerRule, outerRule } from "../../src/write/table-look.js";
import { checkLetters } from "./page-laws.js";
import { isRepeated } from "./table-laws.js";

interface PlacedLine {
  readonly line: TextLine;
  readonly page: number;
}

/** A table with the lines that are placed of it, its caption and its notes. */
interface PlacedTable {
  readonly node: TableNode;
  readonly lines: readonly PlacedLine[];
}

/** Returns the captions and notes of tables that may float, and stand on one page. */
export function floatingParagraphs(
  definition: Definition,
  pages: readonly FlowPage[],
): ReadonlySet<ParagraphNode> {
  const lines = linesOn(pages);
  const nodes = definition.stack.flatMap(({ section }) => section.stack);
  return new Set(
    nodes.flatMap((node) => {
      if (!("rows" in node) || !node.floats) return [];
      return isDivided(linesOf(node, lines)) ? [] : companyOf(node);
    }),
  );
}

/** Returns what breaks a law, in words; nothing if all is well. */
export function findWholeTableFaults({ stack }: Definition, pages: readonly FlowPage[]): string[] {
  const faults: string[] = [];
  const lines = linesOn(pages);
  for (const { section } of stack) {
    let earliest = 0;
    let waiting: PlacedTable[] = [];
    for (const node of section.stack) {
      if ("imageRows" in node) continue;
      if ("rows" in node) {
        const table = { node, lines: linesOf(node, lines) };
        faults.push(...checkTable(table, pages, earliest));
        const last = waiting.at(-1);
        if (node.caption && last && pageOf(last) > pageOf(table)) {
          faults.push(`${nameOf(table)} is out of order`);
        }
        if (node.caption) waiting.push(table);
        continue;
      }
      const [first] = lines.get(node) ?? [];
      if (!first || isPartOfTable(node, section.stack)) continue;
      if (node.beginsPage) {
        const late = waiting.filter((table) => pageOf(table) >= first.page);
        faults.push(...late.map((table) => `${nameOf(table)} stands in the next chapter`));
        waiting = [];
      }
      earliest = first.page;
    }
  }
  return faults;
}

function checkTable(table: PlacedTable, pages: readonly FlowPage[], earliest: number): string[] {
  const faults: string[] = [];
  const { node, lines } = table;
  for (const paragraph of companyOf(node)) {
    const own = lines.filter(({ line }) => !line.cell && line.paragraph === paragraph);
    faults.push(
      ...checkLetters(
        paragraph,
        own.map(({ line }) => line),
      ),
    );
  }
  if (pageOf(table) < earliest) faults.push(`${nameOf(table)} stands before its place`);
  const first = pages[pageOf(table)]!;
  const { pageSize, pageMargins } = first;
  const room = pageSize.height - pageMargins.top - pageMargins.bottom;
  const height = mostHeight(table);
  const isShort = height <= room / 2 && height + noteHeight(table) <= room;
  if (isShort && isDivided(lines) && !isBelowHeadings(table, first)) {
    faults.push(`${nameOf(table)} is divided, though it fits half a page`);
  }
  return faults;
}

const companyOf = ({ caption, notes }: TableNode): readonly ParagraphNode[] => [
  ...(caption ? [caption] : []),
  ...notes,
];

function isPartOfTable(paragraph: ParagraphNode, nodes: readonly FlowNode[]): boolean {
  return nodes.some((node) => "rows" in node && companyOf(node).includes(paragraph));
}

/** The lines of each cell and of each paragraph that is in none, without repeated headers. */
function linesOn(pages: readonly FlowPage[]): ReadonlyMap<object, readonly PlacedLine[]> {
  const lines = new Map<object, PlacedLine[]>();
  for (const [page, { items }] of pages.entries()) {
    for (const { item } of items) {
      if (!(item instanceof TextLine) || isRepeated(item)) continue;
      const key = item.cell ? (item.cell as LaidCell).node : item.paragraph;
      lines.set(key, [...(lines.get(key) ?? []), { line: item, page }]);
    }
  }
  return lines;
}

function linesOf(
  node: TableNode,
  lines: ReadonlyMap<object, readonly PlacedLine[]>,
): readonly PlacedLine[] {
  const cells = node.rows.flatMap((row) => row.cells);
  return [...cells, ...companyOf(node)].flatMap((part) => lines.get(part) ?? []);
}

const isDivided = (lines: readonly PlacedLine[]): boolean =>
  lines.some(({ page }) => page !== lines[0]!.page);

const pageOf = ({ lines }: PlacedTable): number => Math.min(...lines.map(({ page }) => page));

/** No table is higher than this says: as if cells that span rows made one of them as high. */
function mostHeight({ node, lines }: PlacedTable): number {
  let height = 2 * outerRule + innerRule + node.before + node.after;
  for (const { cells } of node.rows) {
    const heights = cells.map((cell) => {
      const own = lines.filter(({ line }) => (line.cell as LaidCell | undefined)?.node === cell);
      const spaces = cell.paragraphs.reduce((sum, { before, after }) => sum + before + after, 0);
      return own.reduce((sum, { line }) => sum + line.height, spaces) + 2 * cellTop;
    });
    height += Math.max(0, ...heights);
  }
  for (const { before, after, leading } of companyOf(node)) {
    // Each of them may begin a line of the grid further down.
    height += before + after + ("points" in leading ? leading.points : 0);
  }
  const outside = lines.filter(({ line }) => !line.cell);
  return outside.reduce((sum, { line }) => sum + line.height, height);
}

/** The height of its footnotes, with the rule above them. */
function noteHeight({ lines }: PlacedTable): number {
  let height = 10;
  for (const { line } of lines) {
    for (const { rows, after } of line.noteRows) height += (rows.at(-1)?.bottom ?? 0) + after;
  }
  return height;
}

/** Whether it begins below nothing but headings: another page has no more room. */
function isBelowHeadings({ lines }: PlacedTable, { items }: FlowPage): boolean {
  const first = Math.min(
    ...lines
      .filter(({ line }) => items.some(({ item }) => item === line))
      .map(({ line }) => line.y),
  );
  const above = items.flatMap(({ item }) =>
    item instanceof TextLine && item.y < first ? item : [],
  );
  return above.length > 0 && above.every(({ paragraph }) => paragraph.keepWithNext);
}

const nameOf = ({ lines }: PlacedTable): string =>
  `the table “${lines[0]!.line.pieces
    .map(({ source }) => source)
    .join("")
    .slice(0, 30)}”`;
