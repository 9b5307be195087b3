// Paragraphs onto pages: no line of a paragraph is left alone, headings stay
// with what they head, and notes stand on the page of their mark.

import type { Table } from "../../document.js";
import { isTwoSided, landscapePage, type Template } from "../../template.js";
import { floatSpace } from "../figure-look.js";
import { mostOfPageWhole, type TableLook } from "../table-look.js";
import { FlowContext, type FlowPage } from "./context.js";
import type { Definition, FlowNode, NoteNode, ParagraphNode, PartNode } from "./definition.js";
import { type FigureNode, figureParagraphs } from "./figure-definition.js";
import { type FigureLayout, layOutFigure } from "./figure-layout.js";
import { type Float, Floats } from "./floats.js";
import { LayoutBuilder, PageElementWriter } from "./internals.js";
import {
  type Demand,
  drawNotes,
  heightOfNotes,
  layOutNote,
  type NoteRows,
  Notes,
} from "./notes.js";
import { breakParagraph, type TextLine } from "./paragraph.js";
import type { Node, Page, Sides } from "./pdfmake.js";
import type { TableNode } from "./table-definition.js";
import { TableFlow } from "./table-flow.js";
import { layOutTable } from "./table-layout.js";
import { openingOf, placeTable, wholeOf } from "./table-pages.js";
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
  readonly #floats = new Floats(this.#context, this.#notes);
  readonly #typesetter: Typesetter;
  readonly #labels: ReadonlyMap<string, string>;
  readonly #imposition: Imposition;
  /** Lines that were made before their paragraph's turn came. */
  readonly #lines = new Map<ParagraphNode, TextLine[]>();
  readonly #tables = new Map<TableNode, TableFlow>();
  /** What tables that are never divided need, with their captions and notes. */
  readonly #wholes = new Map<TableNode, Demand | undefined>();
  readonly #figures = new Map<FigureNode, FigureLayout>();
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
    this.#flush();
    const pages = this.#context.pages as FlowPage[];
    for (const page of pages) drawNotes(page);
    return pages;
  }

  /** Whether a figure or a table stands elsewhere than where it was written. */
  get haveFloatsMoved(): boolean {
    return this.#floats.haveMoved;
  }

  /** What was found out of the tables of the definition, once it is laid out. */
  get tables(): ReadonlyMap<Table, TableLook> {
    const flows = [...this.#tables.values()];
    return new Map(
      flows.map(({ layout, areWhole }) => {
        const { node, widths, scale, side, isTooWide } = layout;
        const isWhole = this.#wholes.get(node) !== undefined;
        return [node.table, { isWhole, widths, scale, side, isTooWide, areWhole }];
      }),
    );
  }

  /** Each part begins a page. */
  override processSection(node: Node): void {
    const { part, section, start } = node as unknown as PartNode;
    const context = this.#context;
    if (context.pages.length) {
      this.#flush();
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
    this.#placeAll(stack as unknown as readonly FlowNode[]);
  }

  #placeAll(nodes: readonly FlowNode[]): void {
    let last: FlowNode | undefined;
    let next = 0;
    for (const [index, node] of nodes.entries()) {
      if (index < next) continue;
      const isTurned = (node.isLandscape ?? false) !== this.#isLandscape;
      if (isTurned) this.#turnPage();
      if (node.beginsPage) this.#beginPage();
      // Of the spaces that meet between paragraphs, the larger counts, as in Word.
      const below = node.beginsPage || isTurned ? 0 : (last?.after ?? 0);
      const space = Math.max(0, node.before - below);
      if (this.#mustPlaceFloats(nodes, index)) this.#flush();
      if ("imageRows" in node && this.#isTooHigh(node)) {
        this.#placeAll(figureParagraphs(node));
        last = node;
        continue;
      }
      const whole = this.#wholeAt(nodes, index);
      if (whole) next = index + whole.nodes.length;
      const float = whole ?? ("imageRows" in node ? this.#figureFloat(node) : undefined);
      if (float && this.#defers(float, space)) continue;
      last = nodes[Math.max(index, next - 1)]!;
      this.#context.moveDown(space);
      if (whole) this.#placeWhole(whole);
      else if ("imageRows" in node) this.#placeFigure(node);
      else this.#place(node, nodes, index);
      this.#context.moveDown(last.after);
    }
  }

  #place(node: TableNode | ParagraphNode, siblings: readonly FlowNode[], place: number): void {
    if ("rows" in node) this.#placeTable(node, siblings, place);
    else this.#placeParagraph(node, siblings, place);
  }

  /** Returns the table that begins at a place with its caption, or without, if it is never divided. */
  #wholeAt(siblings: readonly FlowNode[], place: number): WholeTable | undefined {
    const table = tableAt(siblings, place);
    if (!table) return undefined;
    if (!this.#wholes.has(table)) this.#wholes.set(table, this.#measureWhole(table));
    const demand = this.#wholes.get(table);
    if (!demand) return undefined;
    const nodes = withCompany(table);
    const structure = [table, ...table.notes].flatMap(({ structure: own }) =>
      "kind" in own ? [] : own,
    );
    return {
      kind: "table",
      nodes,
      ...demand,
      after: floatSpace,
      mayMove: table.floats,
      structure,
      place: () => this.#setWhole(nodes),
    };
  }

  /** Returns what a table needs with its caption and notes; nothing if it takes much of a page. */
  #measureWhole(table: TableNode): Demand | undefined {
    const { bottom, currentPage } = this.#context;
    const room = bottom - currentPage.pageMargins.top;
    const kept: SpacedLine[] = [];
    let above = 0;
    for (const node of withCompany(table)) {
      if (kept.length) above = Math.max(above, node.before);
      if ("rows" in node) {
        const own = wholeOf(this.#flowOf(node), room * mostOfPageWhole);
        if (!own) return undefined;
        kept.push({ line: { height: own.height, slack: 0, noteRows: own.notes }, above });
      } else {
        // How far it is to the grid shows only where the line is placed.
        if (this.#isOnGrid(node)) above += this.#imposition.grid ?? 0;
        for (const line of this.#linesOf(node)) {
          kept.push({ line, above });
          above = 0;
        }
      }
      above = node.after;
    }
    const whole = demandOf(kept);
    const isShort = whole.height <= room * mostOfPageWhole;
    return isShort && whole.height + heightOfNotes(whole.notes) <= room ? whole : undefined;
  }

  /** Below headings that leave too little of a page, it is divided after all. */
  #placeWhole({ nodes, height, notes }: WholeTable): void {
    if (
      this.#makeRoom([
        { height, notes },
        { height: 0, notes: [] },
      ]) < height
    ) {
      this.#setWhole(nodes);
    } else {
      this.#notes.keepRoom(this.#context.y + height, () => this.#setWhole(nodes));
    }
  }

  /** Sets a table with its caption and notes from the current place on. */
  #setWhole(nodes: WholeTable["nodes"]): void {
    for (const [index, node] of nodes.entries()) {
      const before = nodes[index - 1];
      if (before) this.#context.moveDown(Math.max(before.after, node.before));
      this.#place(node, nodes, index);
    }
  }

  #placeTable(table: TableNode, siblings: readonly FlowNode[], place: number): void {
    // No figure stands between the rows of a table.
    const here = () => [this.#context.page, this.#context.currentPage.items.length];
    let start = here();
    const hasBegun = () => here().some((value, index) => value !== start[index]);
    placeTable(this.#flowOf(table), {
      context: this.#context,
      notes: this.#notes,
      isFresh: () => this.#isFresh,
      moveToNextPage: () => {
        if (hasBegun()) this.writer.moveToNextPage();
        else {
          this.#moveToNextPage();
          start = here();
        }
      },
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

  /**
   * Whether figures and tables that wait must stand before a node: others of their kind
   * that do not, and a heading that nothing else follows.
   */
  #mustPlaceFloats(siblings: readonly FlowNode[], place: number): boolean {
    if (!this.#floats.areWaiting) return false;
    const node = siblings[place]!;
    if ("imageRows" in node) {
      return this.#floats.isWaiting("figure") && (!node.floats || this.#isTooHigh(node));
    }
    const table = tableAt(siblings, place);
    if (table) {
      const isNumbered = table.caption !== undefined && this.#floats.isWaiting("table");
      return isNumbered && !this.#wholeAt(siblings, place)?.mayMove;
    }
    return node.keepWithNext && !this.#hasTextBehind(siblings, place);
  }

  #layoutOf(figure: FigureNode): FigureLayout {
    let layout = this.#figures.get(figure);
    if (!layout) {
      layout = layOutFigure(figure, this.#context.availableWidth, (paragraph, width) =>
        this.#breakLines(paragraph, width),
      );
      this.#figures.set(figure, layout);
    }
    return layout;
  }

  /** Whether no page has room for a figure with its captions and their notes. */
  #isTooHigh(figure: FigureNode): boolean {
    const { bottom, currentPage } = this.#context;
    const { height, notes } = this.#layoutOf(figure);
    return height + heightOfNotes(notes) > bottom - currentPage.pageMargins.top;
  }

  /** Lets a figure or table wait if it may and has no room below a space. */
  #defers(float: Movable, space: number): boolean {
    if (!float.mayMove) return false;
    const height = space + float.height;
    const hasRoom = this.#context.isEmpty || this.#notes.fit({ height, notes: [] });
    if (hasRoom && !this.#floats.isWaiting(float.kind)) return false;
    this.#floats.defer(float);
    return true;
  }

  #figureFloat(figure: FigureNode): Movable {
    const { structure, floats } = figure;
    return {
      kind: "figure",
      height: this.#layoutOf(figure).height,
      after: floatSpace,
      mayMove: floats,
      structure: structure ? [structure] : [],
      place: () => this.#setFigure(figure),
    };
  }

  #placeFigure(figure: FigureNode): void {
    const { height, notes } = this.#layoutOf(figure);
    const rest = this.#makeRoom([{ height, notes }]) - height;
    this.#setFigure(figure);
    this.#notes.add(notes, rest);
  }

  #setFigure(figure: FigureNode): void {
    const context = this.#context;
    const { lines, height } = this.#layoutOf(figure);
    for (const { line, x, y } of lines) {
      line.x += context.x + x;
      line.y = context.y + y;
      context.currentPage.items.push({ type: "line", item: line });
    }
    context.currentPage.hasText = true;
    context.moveDown(height);
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
      const withEquation = this.#linesToEquation(paragraph, line.index, siblings[place + 1]);
      if (withEquation) demands.push(demandOf(withEquation));
      if (paragraph.keepWithNext) demands.push(demandOf(linesTogether(lines, line.index, true)));
      demands.push(demandOf(linesTogether(lines, line.index, false)));
      demands.push(demandOf([{ line, above: 0 }]));
      const rest = this.#makeRoom(demands) - line.height;
      context.place(line);
      this.#notes.add(line.noteRows, rest);
    }
    this.#lines.delete(paragraph);
  }

  /** The last lines of a paragraph with the formula below it, which begins no page. */
  #linesToEquation(
    paragraph: ParagraphNode,
    from: number,
    next: FlowNode | undefined,
  ): readonly SpacedLine[] | undefined {
    if (!next || !("isEquation" in next) || next.beginsPage) return undefined;
    if (isOnOtherPage(next, paragraph)) return undefined;
    const lines = this.#linesOf(paragraph);
    const last = lines.length < 2 * FEWEST_LINES ? 0 : lines.length - FEWEST_LINES;
    const [equation] = this.#linesOf(next);
    if (from !== last || !equation) return undefined;
    const above = Math.max(paragraph.after, next.before);
    return [...lines.slice(from).map((line) => ({ line, above: 0 })), { line: equation, above }];
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
        this.#moveToNextPage();
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
      if ("imageRows" in paragraph) {
        // Text takes the place of a figure that has no room here.
        if (paragraph.floats && this.#hasTextBehind(siblings, index)) continue;
        const { height, notes } = this.#layoutOf(paragraph);
        kept.push({ line: { height, slack: 0, noteRows: notes }, above });
        break;
      }
      const whole = isFirst ? undefined : this.#wholeAt(siblings, index);
      if (whole) {
        const last = index + whole.nodes.length - 1;
        if (whole.mayMove && this.#hasTextBehind(siblings, last)) {
          index = last;
          continue;
        }
        const { height, notes } = whole;
        kept.push({ line: { height, slack: 0, noteRows: notes }, above });
        break;
      }
      if ("rows" in paragraph) {
        const following = this.#following(paragraph, siblings, index);
        const { height, notes } = openingOf(this.#flowOf(paragraph), following);
        kept.push({ line: { height, slack: 0, noteRows: notes }, above });
        break;
      }
      // How far it is to the grid shows only where the line is placed.
      if (!isFirst && this.#isOnGrid(paragraph)) above += this.#imposition.grid ?? 0;
      const lines = this.#linesOf(paragraph).slice(isFirst ? from : 0);
      const withEquation = paragraph.keepWithNext
        ? undefined
        : this.#linesToEquation(paragraph, isFirst ? from : 0, siblings[index + 1]);
      const together = withEquation ?? linesTogether(lines, 0, paragraph.keepWithNext);
      const [first, ...rest] = together;
      kept.push({ ...first!, above }, ...rest);
      if (!paragraph.keepWithNext || kept.length > MOST_KEPT_LINES) break;
      above = paragraph.after;
    }
    return kept;
  }

  /**
   * Whether anything but headings and what may wait follows a node on its page, or on
   * those that it runs on to.
   */
  #hasTextBehind(siblings: readonly FlowNode[], place: number): boolean {
    for (let index = place + 1; index < siblings.length; index++) {
      const node = siblings[index]!;
      if (node.beginsPage || isOnOtherPage(node, siblings[place]!)) return false;
      if ("imageRows" in node) continue;
      const whole = this.#wholeAt(siblings, index);
      if (whole?.mayMove) index += whole.nodes.length - 1;
      else if (!("runs" in node) || !node.keepWithNext) return true;
    }
    return false;
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
    this.#flush();
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
    this.#flush();
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

  /** Gives notes that are pending, and figures that wait, pages of their own. */
  #flush(): void {
    while (this.#notes.arePending || this.#floats.areWaiting) this.#moveToNextPage();
  }

  #moveToNextPage(): void {
    this.writer.moveToNextPage();
    this.#floats.beginPage();
    this.#moveToGrid();
  }
}

/** What may wait, and whether it does so in this template. */
interface Movable extends Float {
  readonly mayMove: boolean;
}

/** A table that is never divided, with what it needs. */
interface WholeTable extends Movable, Demand {
  /** Its caption, itself and its notes, as they follow one another. */
  readonly nodes: readonly (ParagraphNode | TableNode)[];
}

/** Returns the table that begins at a place of the flow, which its caption does if it has one. */
function tableAt(siblings: readonly FlowNode[], place: number): TableNode | undefined {
  const node = siblings[place]!;
  const next = siblings[place + 1];
  if ("rows" in node) return node.caption ? undefined : node;
  return next && "rows" in next && next.caption === node ? next : undefined;
}

function withCompany(table: TableNode): readonly (ParagraphNode | TableNode)[] {
  const { caption, notes } = table;
  return [...(caption ? [caption] : []), table, ...notes];
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
      : index === count - FEWEST_LINES
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
