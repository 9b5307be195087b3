// Paragraphs onto pages: no line of a paragraph is left alone, headings stay
// with what they head, and notes stand on the page of their mark.

import type { Table } from "../../document.js";
import { isTwoSided, landscapePage, type Template } from "../../template.js";
import type { TableLook } from "../table-look.js";
import { FlowContext, type FlowPage } from "./context.js";
import type { Definition, FlowNode, NoteNode, ParagraphNode, PartNode } from "./definition.js";
import { LayoutBuilder, PageElementWriter } from "./internals.js";
import { type Demand, drawNotes, layOutNote, type NoteRows, Notes } from "./notes.js";
import { breakParagraph, type TextLine } from "./paragraph.js";
import type { Node, Page, Sides } from "./pdfmake.js";
import type { TableNode } from "./table-definition.js";
import { TableFlow } from "./table-flow.js";
import { layOutTable } from "./table-layout.js";
import { openingOf, placeTable } from "./table-pages.js";
import type { Typesetter } from "./text.js";

/** Lines of a paragraph that stay together at its beginning (orphans) and at its end (widows). */
const FEWEST_LINES = 2;

/** Of headings that follow one another no more lines are looked at; they fill a page. */
const MOST_KEPT_LINES = 60;

/** How pages are bound, and where lines stand on them. */
export interface Imposition {
  /** Whether pages face one another: the left margin is that of the binding. */
  readonly isFacing: boolean;
  /** Whether odd numbers are those of right-hand pages, so that a number is never followed by one of its kind. */
  readonly isTwoSided: boolean;
  /** Whether sections that begin a page begin one on the right. */
  readonly beginsRight: boolean;
  /** The height of lines that stand on a grid, in points; absent where there is none. */
  readonly grid?: number;
  /** The pages that lie on their side; without it they have the margins of the others. */
  readonly landscape?: { readonly size: Page["pageSize"]; readonly margins: Sides };
}

/** Returns what a template says of that. */
export function impositionOf(template: Template): Imposition {
  const { leading } = template.styles.body;
  const landscape = landscapePage(template.page);
  return {
    landscape: { size: landscape, margins: landscape.margins },
    isFacing: template.page.facing,
    isTwoSided: isTwoSided(template),
    beginsRight: template.chaptersOn === "right",
    ...(template.lineGrid && "points" in leading && { grid: leading.points }),
  };
}

const singlePages: Imposition = { isFacing: false, isTwoSided: false, beginsRight: false };

const TOLERANCE = 1e-6;

/** Lays a definition out on pages; pdfmake's layout, with our paragraphs in it. */
export class FlowBuilder extends LayoutBuilder {
  readonly #context = new FlowContext();
  readonly #notes = new Notes(this.#context);
  readonly #typesetter: Typesetter;
  readonly #labels: ReadonlyMap<string, string>;
  readonly #imposition: Imposition;
  /** Lines that were made before their paragraph's turn came. */
  readonly #lines = new Map<ParagraphNode, TextLine[]>();
  readonly #tables = new Map<TableNode, TableFlow>();
  /** Whether the current page lies on its side. */
  #isLandscape = false;

  /** `labels` are the page numbers of sections, as far as they are known. */
  constructor(
    pageSize: Page["pageSize"],
    pageMargins: Sides,
    typesetter: Typesetter,
    labels: ReadonlyMap<string, string>,
    imposition: Imposition = singlePages,
  ) {
    super(pageSize, pageMargins, undefined);
    this.#typesetter = typesetter;
    this.#labels = labels;
    this.#imposition = imposition;
    this.#context.isFacing = imposition.isFacing;
    this.linearNodeList = [];
    this.writer = new PageElementWriter(this.#context);
    this.#context.onPage = (page) => this.#notes.beginPage(page);
  }

  /** Returns the pages of a definition, filled. May be called once. */
  layOut(definition: Definition): FlowPage[] {
    for (const part of definition.stack) this.processNode(part as unknown as Node);
    // A file has one page at least.
    if (!this.#context.pages.length) this.writer.addPage(this.pageSize, null, this.pageMargins);
    this.#flushNotes();
    const pages = this.#context.pages as FlowPage[];
    for (const page of pages) drawNotes(page);
    return pages;
  }

  /** What was found out of the tables of the definition, once it is laid out. */
  get tables(): ReadonlyMap<Table, TableLook> {
    const flows = [...this.#tables.values()];
    return new Map(
      flows.map(({ layout, areWhole }) => {
        const { node, widths, scale, side, isTooWide } = layout;
        return [node.table, { widths, scale, side, isTooWide, areWhole }];
      }),
    );
  }

  /** Each part begins a page. */
  override processSection(node: Node): void {
    const { part, section, start } = node as unknown as PartNode;
    const context = this.#context;
    if (context.pages.length) {
      this.#flushNotes();
      const last = context.currentPage.number;
      const isSameSide = start !== undefined && (start - last) % 2 === 0;
      if (this.#imposition.isTwoSided && isSameSide) this.#addBlankPage();
    }
    context.part = part;
    context.nextNumber = start ?? context.nextNumber;
    this.#addPage(section.stack[0]?.isLandscape ?? false);
    context.currentPage.opens = true;
    this.processNode(section as unknown as Node);
  }

  override processVerticalContainer({ stack = [] }: Node): void {
    const nodes = stack as unknown as readonly FlowNode[];
    for (const [index, node] of nodes.entries()) {
      const isTurned = (node.isLandscape ?? false) !== this.#isLandscape;
      if (isTurned) this.#turnPage();
      if (node.beginsPage) this.#beginPage();
      // Of the spaces that meet between paragraphs, the larger counts, as in Word.
      const below = node.beginsPage || isTurned ? 0 : (nodes[index - 1]?.after ?? 0);
      this.#context.moveDown(Math.max(0, node.before - below));
      if ("rows" in node) this.#placeTable(node, nodes, index);
      else this.#placeParagraph(node, nodes, index);
      this.#context.moveDown(node.after);
    }
  }

  #placeTable(table: TableNode, siblings: readonly FlowNode[], place: number): void {
    placeTable(this.#flowOf(table), {
      context: this.#context,
      notes: this.#notes,
      isFresh: () => this.#isFresh,
      moveToNextPage: () => this.writer.moveToNextPage(),
      following: this.#following(table, siblings, place),
    });
  }

  /** What must stand on the page of a table's last row: the beginning of its notes. */
  #following(table: TableNode, siblings: readonly FlowNode[], place: number): Demand {
    const next = siblings[place + 1];
    if (!table.keepWithNext || !next) return { height: 0, notes: [] };
    const { height, notes } = demandOf(this.#linesToKeep(siblings, place + 1, 0));
    return { height: Math.max(table.after, next.before) + height, notes };
  }

  #flowOf(table: TableNode): TableFlow {
    let flow = this.#tables.get(table);
    if (!flow) {
      const { availableWidth, currentPage } = this.#context;
      const { pageSize, pageMargins } = currentPage;
      const layout = layOutTable(table, availableWidth, this.#typesetter, (paragraph, width) =>
        this.#breakLines(paragraph, width),
      );
      flow = new TableFlow(layout, pageSize.height - pageMargins.top - pageMargins.bottom);
      this.#tables.set(table, flow);
    }
    return flow;
  }

  #placeParagraph(paragraph: ParagraphNode, siblings: readonly FlowNode[], place: number): void {
    const context = this.#context;
    if (this.#isOnGrid(paragraph)) this.#moveToGrid();
    const lines = this.#linesOf(paragraph);
    for (const line of lines) {
      const demands: Demand[] = [];
      if (paragraph.keepWithNext) {
        const kept = this.#linesToKeep(siblings, place, line.index);
        demands.push(demandOf(kept));
        if (kept.length > 1) demands.push(demandOf(kept.slice(0, -1)));
      }
      demands.push(demandOf(linesTogether(lines, line.index, paragraph.keepWithNext)));
      demands.push(demandOf([{ line, above: 0 }]));
      const rest = this.#makeRoom(demands) - line.height;
      context.place(line);
      this.#notes.add(line.noteRows, rest);
    }
    this.#lines.delete(paragraph);
  }

  /**
   * Moves on until the first of the demands that can be met is met, and returns
   * its height. Demands are lowered only where another page would have no more
   * room, and an empty page meets the last one in any case, so that nothing is
   * lost. Blank space above a paragraph is dropped where a page turns.
   */
  #makeRoom(demands: readonly Demand[]): number {
    const context = this.#context;
    let wanted = 0;
    for (;;) {
      const demand = demands[wanted]!;
      if (this.#notes.fit(demand)) return demand.height;
      const { currentPage, isEmpty } = context;
      if (isEmpty && context.y > currentPage.pageMargins.top) {
        context.y = currentPage.pageMargins.top;
      } else if (this.#isFresh && wanted < demands.length - 1) {
        wanted++;
      } else if (isEmpty && this.#isFresh) {
        return demand.height;
      } else {
        this.writer.moveToNextPage();
        wanted = 0;
      }
    }
  }

  /** Whether a new page would have no more room than this one: it holds headings at most. */
  get #isFresh(): boolean {
    const { currentPage } = this.#context;
    const isContinued = (currentPage.notes[0]?.from ?? 0) > 0;
    return !currentPage.hasText && !isContinued && !this.#notes.arePending;
  }

  /**
   * The lines of a heading from one on, those of headings that follow it, and
   * the first ones of the text below.
   */
  #linesToKeep(siblings: readonly FlowNode[], place: number, from: number): SpacedLine[] {
    const kept: SpacedLine[] = [];
    let above = 0;
    for (let index = place; index < siblings.length; index++) {
      const paragraph = siblings[index]!;
      const isFirst = index === place;
      if (!isFirst && (paragraph.beginsPage || isOnOtherPage(paragraph, siblings[place]!))) break;
      if (!isFirst) above = Math.max(above, paragraph.before);
      if ("rows" in paragraph) {
        const following = this.#following(paragraph, siblings, index);
        const { height, notes } = openingOf(this.#flowOf(paragraph), following);
        kept.push({ line: { height, slack: 0, noteRows: notes }, above });
        break;
      }
      // How far it is to the grid shows only where the line is placed.
      if (!isFirst && this.#isOnGrid(paragraph)) above += this.#imposition.grid ?? 0;
      const lines = this.#linesOf(paragraph).slice(isFirst ? from : 0);
      const [first, ...rest] = linesTogether(lines, 0, paragraph.keepWithNext);
      kept.push({ ...first!, above }, ...rest);
      if (!paragraph.keepWithNext || kept.length > MOST_KEPT_LINES) break;
      above = paragraph.after;
    }
    return kept;
  }

  /** Whether the lines of a paragraph are those that the grid is made for. */
  #isOnGrid({ leading }: ParagraphNode): boolean {
    return "points" in leading && leading.points === this.#imposition.grid;
  }

  /** Moves down to where the next line of the grid begins. */
  #moveToGrid(): void {
    const { grid } = this.#imposition;
    const { y, currentPage } = this.#context;
    const lines = (y - currentPage.pageMargins.top) / (grid ?? 1);
    const missing = Math.ceil(lines - TOLERANCE) - lines;
    if (grid && missing > TOLERANCE) this.#context.moveDown(missing * grid);
  }

  #linesOf(paragraph: ParagraphNode): TextLine[] {
    let lines = this.#lines.get(paragraph);
    if (!lines) {
      lines = this.#breakLines(paragraph, this.#context.availableWidth);
      this.#lines.set(paragraph, lines);
    }
    return lines;
  }

  #breakLines(paragraph: ParagraphNode, width: number): TextLine[] {
    const label = paragraph.pageOf === undefined ? undefined : this.#labels.get(paragraph.pageOf);
    const lines = breakParagraph(paragraph, width, this.#typesetter, label);
    for (const line of lines) {
      if (line.notes.length) line.noteRows = line.notes.map((note) => this.#layOutNote(note));
    }
    return lines;
  }

  #layOutNote(note: NoteNode): NoteRows {
    return layOutNote(note, this.#context.availableWidth, this.#typesetter);
  }

  #beginPage(): void {
    this.#flushNotes();
    const { isEmpty, currentPage } = this.#context;
    if (!isEmpty || currentPage.notes.length) this.writer.moveToNextPage();
    const context = this.#context;
    if (this.#imposition.beginsRight && context.currentPage.number % 2 === 0) {
      context.currentPage.isBlank = true;
      context.currentPage.opens = false;
      this.writer.moveToNextPage();
    }
    context.currentPage.opens = true;
  }

  /** Goes on on a page that lies on its side, or on one that does so no longer. */
  #turnPage(): void {
    this.#flushNotes();
    this.#addPage(!this.#isLandscape);
  }

  #addPage(isLandscape: boolean): void {
    this.#isLandscape = isLandscape;
    const { width, height } = this.pageSize;
    const turned = { size: { width: height, height: width }, margins: this.pageMargins };
    const { size, margins } = isLandscape
      ? (this.#imposition.landscape ?? turned)
      : { size: this.pageSize, margins: this.pageMargins };
    this.writer.addPage(size, null, margins);
  }

  #addBlankPage(): void {
    this.writer.moveToNextPage();
    this.#context.currentPage.isBlank = true;
  }

  /** Gives notes that are pending pages of their own. */
  #flushNotes(): void {
    while (this.#notes.arePending) this.writer.moveToNextPage();
  }
}

/** Whether two nodes stand on pages of other formats. */
function isOnOtherPage(one: FlowNode, other: FlowNode): boolean {
  return (one.isLandscape ?? false) !== (other.isLandscape ?? false);
}

/** A line, or what stands together as one does, with the blank space above it. */
interface SpacedLine {
  readonly line: Pick<TextLine, "height" | "slack" | "noteRows">;
  readonly above: number;
}

/** The lines of a paragraph that must stand on one page with the given one, that one first. */
function linesTogether(
  lines: readonly TextLine[],
  index: number,
  isWhole: boolean,
): readonly SpacedLine[] {
  const count = lines.length;
  const together =
    index === 0
      ? isWhole || count < 2 * FEWEST_LINES
        ? count
        : FEWEST_LINES
      : !isWhole && index === count - FEWEST_LINES
        ? FEWEST_LINES
        : 1;
  return lines.slice(index, index + together).map((line) => ({ line, above: 0 }));
}

function demandOf(lines: readonly SpacedLine[]): Demand {
  let height = 0;
  for (const { line, above } of lines) height += above + line.height;
  return {
    height: height - lines.at(-1)!.line.slack,
    notes: lines.flatMap(({ line }) => line.noteRows),
  };
}
