// The laws of a page, checked on the lines that the layout has placed.

import type { Template } from "../../src/template.js";
import type { FlowPage } from "../../src/write/pdf/context.js";
import type { Definition, NoteNode, ParagraphNode } from "../../src/write/pdf/definition.js";
import { TextLine } from "../../src/write/pdf/paragraph.js";
import { paragraphsOf } from "../../src/write/pdf/table-definition.js";
import { figureParagraphsOf, findFigureFaults, flows } from "./figure-laws.js";
import { dividedNotes, findTableFaults, isRepeated } from "./table-laws.js";
import { findWholeTableFaults, floatingParagraphs } from "./whole-table-laws.js";

const TOLERANCE = 0.01;

/** A line of the text or of a note, and its page from 0. */
interface PlacedLine {
  readonly line: TextLine;
  readonly page: number;
}

/** Returns what breaks a law, in words; nothing if all is well. */
export function findFaults(definition: Definition, pages: readonly FlowPage[]): string[] {
  const faults: string[] = [];
  const text: PlacedLine[] = [];
  const inFigures = figureParagraphsOf(definition);
  for (const [index, page] of pages.entries()) {
    const lines = linesOn(page);
    text.push(...lines.text.map((line) => ({ line, page: index })));
    faults.push(
      ...checkGeometry(page, lines, inFigures).map((fault) => `page ${index + 1}: ${fault}`),
    );
  }
  const floating = floatingParagraphs(definition, pages);
  faults.push(...checkText(definition, pages, text, new Set([...inFigures, ...floating])));
  faults.push(...checkNotes(definition, pages, text));
  faults.push(...checkCompany(text));
  faults.push(...findTableFaults(definition, pages));
  faults.push(...findFigureFaults(definition, pages));
  faults.push(...findWholeTableFaults(definition, pages));
  return faults;
}

/**
 * Returns what breaks a law of the two sides of leaves: numbers alternate, the
 * margin of the binding is at the left of odd pages and at the right of even ones,
 * chapters begin on the right where they must, blank pages hold nothing, and the
 * lines of the body stand on the grid if there is one.
 */
export function findSideFaults(pages: readonly FlowPage[], template: Template): string[] {
  const faults: string[] = [];
  const { page, chaptersOn, styles, lineGrid } = template;
  const inner = page.margins.left + page.gutter;
  const grid = lineGrid && "points" in styles.body.leading ? styles.body.leading.points : 0;
  for (const [index, { number, isBlank, items, pageSize, pageMargins }] of pages.entries()) {
    const name = `page ${index + 1}`;
    const isEven = number % 2 === 0;
    if (number !== index + 1) faults.push(`${name} is numbered ${number}`);
    if (isBlank && (items.length || !isEven || chaptersOn !== "right")) {
      faults.push(`${name} should not be blank`);
    }
    const isUpright = pageSize.width === page.width && page.width !== page.height;
    if (isUpright && pageMargins.left !== (page.facing && isEven ? page.margins.right : inner)) {
      faults.push(`${name} has the margins of the other side`);
    }
    for (const { item } of items) {
      if (!(item instanceof TextLine) || item.index) continue;
      const { beginsPage, leading } = item.paragraph;
      if (beginsPage && chaptersOn === "right" && isEven) {
        faults.push(`a chapter begins on the left, on ${name}`);
      }
      const isInNote = isNoteText(item.paragraph.structure);
      if (!grid || isInNote || !("points" in leading) || leading.points !== grid) continue;
      const lines = (item.y - pageMargins.top) / grid;
      if (Math.abs(lines - Math.round(lines)) > TOLERANCE) {
        faults.push(`“${wordsOf(item)}” on ${name} is off the grid`);
      }
    }
  }
  return faults;
}

function isNoteText(structure: ParagraphNode["structure"]): boolean {
  if ("kind" in structure) return false;
  return structure.type === "Note" || (structure.parent ? isNoteText(structure.parent) : false);
}

function linesOn({ items, notes }: FlowPage): { text: TextLine[]; notes: TextLine[] } {
  const inNotes = new Set(
    notes.flatMap(({ note, from, to }) => note.rows.slice(from, to).map(({ line }) => line)),
  );
  const lines = items.flatMap(({ item }) =>
    item instanceof TextLine && !isRepeated(item) ? item : [],
  );
  return {
    text: lines.filter((line) => !inNotes.has(line)),
    notes: lines.filter((line) => inNotes.has(line)),
  };
}

/** Nothing overlaps, and nothing stands in the margins or in the notes' room. */
function checkGeometry(
  page: FlowPage,
  { text, notes }: { readonly text: readonly TextLine[]; readonly notes: readonly TextLine[] },
  inFigures: ReadonlySet<ParagraphNode>,
): string[] {
  const faults: string[] = [];
  const { pageSize, pageMargins, noteHeight } = page;
  const foot = pageSize.height - pageMargins.bottom;
  const right = pageSize.width - pageMargins.right;
  const check = (lines: readonly TextLine[], top: number, bottom: number, kind: string) => {
    let above = top;
    for (const line of lines) {
      const name = `${kind} “${wordsOf(line)}”`;
      if (line.y < above - TOLERANCE) faults.push(`${name} overlaps what is above`);
      above = line.y + line.height - line.slack;
      if (above > bottom + TOLERANCE) faults.push(`${name} ends ${above - bottom} pt too low`);
      const first = line.pieces[0];
      if (first && line.x + first.x < pageMargins.left - TOLERANCE) {
        faults.push(`${name} stands in the left margin`);
      }
      // Kerning may also move letters apart, by which lines are not broken.
      if (line.x + line.getWidth() > right + 1) faults.push(`${name} stands in the right margin`);
      if (!isFilled(line, right)) faults.push(`${name} is not justified`);
    }
  };
  const flowing = text.filter(({ cell, paragraph }) => !cell && !inFigures.has(paragraph));
  check(flowing, pageMargins.top, foot - noteHeight, "the line");
  check(notes, foot - noteHeight, foot, "the row");
  return faults;
}

/** Whether a line ends at the right edge, if it is one that must. */
function isFilled(line: TextLine, right: number): boolean {
  const { paragraph, index, count, pieces } = line;
  const hasGap = pieces.slice(0, -1).some(({ spaceWidth }) => spaceWidth > 0);
  const isBroken = pieces.at(-1)?.source.endsWith("\n");
  if (paragraph.align !== "justify" || index === count - 1 || isBroken || !hasGap) return true;
  return Math.abs(line.x + line.getWidth() - (right - paragraph.right)) < TOLERANCE;
}

/** Every line of every paragraph is there, in order, with all its letters. */
function checkText(
  definition: Definition,
  pages: readonly FlowPage[],
  text: readonly PlacedLine[],
  apart: ReadonlySet<ParagraphNode>,
): string[] {
  const faults: string[] = [];
  const paragraphs = definition.stack.flatMap(({ section }) =>
    paragraphsOf(
      section.stack.filter(
        (node) => !("rows" in node) && (!("imageRows" in node) || flows(node, pages)),
      ),
    ).filter((paragraph) => !apart.has(paragraph)),
  );
  const flowing = text.filter(({ line }) => !line.cell && !apart.has(line.paragraph));
  let at = 0;
  for (const paragraph of paragraphs) {
    const own: TextLine[] = [];
    while (flowing[at]?.line.paragraph === paragraph) own.push(flowing[at++]!.line);
    faults.push(...checkLetters(paragraph, own));
  }
  if (at !== flowing.length) faults.push(`${flowing.length - at} lines are out of order`);
  return faults;
}

/** Returns the letters of a paragraph; images and formulas have none. */
export function lettersOf({ runs, aside }: ParagraphNode): string {
  // The number of a formula stands in its last line.
  return [...runs, ...(aside ?? [])]
    .map(({ text, box, formula }) => (box || formula ? "" : text))
    .join("");
}

/** Returns what is wrong with the lines of a paragraph. */
export function checkLetters(paragraph: ParagraphNode, lines: readonly TextLine[]): string[] {
  const wanted = lettersOf(paragraph);
  const found = lines
    .flatMap(({ pieces }) => pieces)
    .map(({ source }) => source)
    .join("");
  const isOrdered = lines.every(({ index, count }, at) => index === at && count === lines.length);
  if (!isOrdered) return [`the lines of “${wanted.slice(0, 40)}” are not in order`];
  return found === wanted ? [] : [`“${wanted.slice(0, 40)}…” was placed as “${found}”`];
}

/** Every note begins on the page of its mark and goes on, whole, on those that follow. */
function checkNotes(
  definition: Definition,
  pages: readonly FlowPage[],
  text: readonly PlacedLine[],
): string[] {
  const faults: string[] = [];
  const slices = new Map<NoteNode, { page: number; from: number; to: number; count: number }[]>();
  let last = 0;
  // A row that is divided has its cells side by side, and so their notes.
  const divided = dividedNotes(text);
  for (const [page, { notes }] of pages.entries()) {
    for (const [place, { note, from, to }] of notes.entries()) {
      const { number } = note.note;
      const isFree = divided.has(number) && divided.has(last);
      if (number < last && !isFree) faults.push(`note ${number} stands behind note ${last}`);
      last = number;
      const parts = slices.get(note.note) ?? [];
      parts.push({ page, from, to, count: note.rows.length });
      slices.set(note.note, parts);
      if (from === 0) {
        faults.push(
          ...note.note.paragraphs.flatMap((paragraph) =>
            checkLetters(
              paragraph,
              note.rows.map(({ line }) => line).filter((line) => line.paragraph === paragraph),
            ),
          ),
        );
      }
      const isDivided = from > 0 || to < note.rows.length;
      // Rows are left alone only where no more than that has room on a page without text.
      const isAlone = to - from < 2 && notes.length > 1 && place < notes.length - 1;
      if (isDivided && isAlone) faults.push(`a row of note ${number} stands alone`);
    }
  }
  const marks = new Map<NoteNode, PlacedLine>();
  for (const placed of text) for (const note of placed.line.notes) marks.set(note, placed);
  for (const note of notesOf(definition)) {
    const mark = marks.get(note);
    const parts = slices.get(note);
    if (!mark || !parts) {
      faults.push(`note ${note.number} is lost`);
      continue;
    }
    const [first] = parts;
    if (first!.page !== mark.page && !isForced(mark, text)) {
      faults.push(`note ${note.number} begins on another page than its mark`);
    }
    let row = 0;
    for (const [index, { page, from, to }] of parts.entries()) {
      if (from !== row) faults.push(`note ${note.number} has a hole`);
      if (index && page !== parts[index - 1]!.page + 1) {
        faults.push(`note ${note.number} passes over a page`);
      }
      row = to;
    }
    if (row !== first!.count) faults.push(`note ${note.number} is not whole`);
  }
  return faults;
}

/**
 * Whether a mark stands in a line that has a page to itself and several notes,
 * of which the first may be longer than the page: the only case without a way.
 */
function isForced({ line, page }: PlacedLine, text: readonly PlacedLine[]): boolean {
  if (line.cell) {
    const onPage = text.filter((placed) => placed.page === page);
    const notes = onPage.flatMap((placed) => placed.line.notes);
    return notes.length > 1 && onPage[0]!.line.cell !== undefined;
  }
  return line.notes.length > 1 && text.find((placed) => placed.page === page)!.line === line;
}

/** No heading ends a page, and no line of a paragraph stands alone on one. */
function checkCompany(text: readonly PlacedLine[]): string[] {
  const faults: string[] = [];
  for (const [at, { line, page }] of text.entries()) {
    const next = text[at + 1];
    if (!next || next.page === page) continue;
    const isPageOfOneLine = text[at - 1]?.page !== page || text[at + 2]?.page !== next.page;
    const name = `“${wordsOf(line)}” on page ${page + 1}`;
    const { paragraph, index, count } = line;
    if (line.cell) continue;
    const isTurned = paragraph.isLandscape !== next.line.paragraph.isLandscape;
    const mayEnd = isTurned || next.line.paragraph.beginsPage || isAlone(text, at);
    if (paragraph.keepWithNext && !mayEnd) {
      faults.push(`the heading ${name} ends its page`);
    }
    if (count < 2 || index === count - 1 || isCrowded(text, at)) continue;
    if (isBelowHeadings(text, at)) continue;
    if (index === 0 && !isPageOfOneLine) faults.push(`${name} is an orphan`);
    if (index === count - 2 && !isPageOfOneLine) faults.push(`a widow follows ${name}`);
  }
  return faults;
}

/** Whether the page holds only headings, which have nowhere else to go. */
function isAlone(text: readonly PlacedLine[], at: number): boolean {
  const { page } = text[at]!;
  return text
    .filter((placed) => placed.page === page)
    .every(({ line }) => line.paragraph.keepWithNext);
}

/** Whether nothing but headings stands above a paragraph on its page: another has no more room. */
function isBelowHeadings(text: readonly PlacedLine[], at: number): boolean {
  const { line, page } = text[at]!;
  const above = text.slice(0, at).filter((placed) => placed.page === page);
  const others = above.filter((placed) => placed.line.paragraph !== line.paragraph);
  return others.length > 0 && others.every((placed) => placed.line.paragraph.keepWithNext);
}

/** Whether the notes of the lines around a break are too long for these lines to stand together. */
function isCrowded(text: readonly PlacedLine[], at: number): boolean {
  const rows = text.slice(at - 2, at + 4).flatMap(({ line }) => line.noteRows);
  return rows.some(({ rows: { length } }) => length > 12) && rows.length > 1;
}

function* notesOf({ stack }: Definition): Generator<NoteNode> {
  for (const { section } of stack) {
    for (const { runs } of paragraphsOf(section.stack)) {
      for (const { note } of runs) if (note) yield note;
    }
  }
}

function wordsOf({ pieces }: TextLine): string {
  return pieces
    .map(({ source }) => source)
    .join("")
    .slice(0, 30);
}
