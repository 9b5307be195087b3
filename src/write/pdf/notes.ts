// Notes at the foot of the page. They work like the insertions of TeX: a line
// is set only where its notes have room too, and the room that they take is no
// longer there for text. A note that is too long is divided.

import type { FlowContext, FlowPage } from "./context.js";
import type { NoteNode } from "./definition.js";
import { breakParagraph, type TextLine } from "./paragraph.js";
import type { Typesetter } from "./text.js";

/** A note that is laid out: its lines, with their places below its top in points. */
export interface NoteRows {
  readonly note: NoteNode;
  readonly rows: readonly NoteRow[];
  /** Blank space below it if another note follows on the page. */
  readonly after: number;
}

export interface NoteRow {
  readonly line: TextLine;
  readonly top: number;
  readonly bottom: number;
}

/** What must have room on a page: text of a height in points from here on, with its notes. */
export interface Demand {
  readonly height: number;
  readonly notes: readonly NoteRows[];
}

/**
 * The height of the rule above the notes with the space around it. LibreOffice
 * has a rule of half a point between two spaces of a millimetre and rounds up
 * to whole twips; Word's separator paragraph in our DOCX is about as high.
 */
const SEPARATOR = 6.25;
const RULE_OFFSET = 3.1;
const RULE_LENGTH = 144;
const RULE_WIDTH = 0.5;

/** Rows of a divided note on either page; notes of up to three rows stay whole, unlike LibreOffice's. */
const FEWEST_ROWS = 2;

/** How much of a page the end of a note that began before it may take. */
const CONTINUATION_SHARE = 0.8;

const TOLERANCE = 1e-6;

/** Returns a note's lines, `width` points wide. */
export function layOutNote(note: NoteNode, width: number, typesetter: Typesetter): NoteRows {
  const rows: NoteRow[] = [];
  let y = 0;
  let after = 0;
  for (const [index, paragraph] of note.paragraphs.entries()) {
    if (index) y += after + paragraph.before;
    for (const line of breakParagraph(paragraph, width, typesetter)) {
      line.ofNote = note;
      rows.push({ line, top: y, bottom: y + line.height - line.slack });
      y += line.height;
    }
    after = paragraph.after;
  }
  rows.at(-1)!.line.endsNote = note;
  return { note, rows, after };
}

/** Finds room for notes and puts them on pages. */
export class Notes {
  readonly #context: FlowContext;
  /** What is left of divided notes, and notes behind them, for the next page. */
  #pending: { readonly note: NoteRows; from: number }[] = [];
  /** Down to where the current page belongs to text that is being placed, and to no notes. */
  #textEnd = 0;

  constructor(context: FlowContext) {
    this.#context = context;
  }

  /** Whether notes wait for the next page. */
  get arePending(): boolean {
    return this.#pending.length > 0;
  }

  /** Whether text with its notes has room on the current page; only the last note may be divided. */
  fit({ height, notes }: Demand): boolean {
    const { bottom, currentPage, y } = this.#context;
    const text = y + height;
    let { noteHeight } = currentPage;
    if (text + noteHeight > bottom + TOLERANCE) return false;
    let above = currentPage.notes.at(-1)?.note;
    let isDivided = false;
    for (const note of notes) {
      if (isDivided || this.arePending) return false;
      const lead = above ? above.after : SEPARATOR;
      const rows = rowsThatFit(note, 0, bottom - text - noteHeight - lead);
      if (rows === 0) return false;
      isDivided = rows < note.rows.length;
      noteHeight += lead + heightOf(note, 0, rows);
      above = note;
    }
    return true;
  }

  /**
   * Puts the notes of a line that has just been placed on its page, leaving
   * `rest` points for text that must follow it there.
   */
  add(notes: readonly NoteRows[], rest: number): void {
    const { bottom, currentPage, y } = this.#context;
    for (const note of notes) {
      if (this.arePending) {
        this.#pending.push({ note, from: 0 });
        continue;
      }
      const text = Math.max(y + rest, this.#textEnd);
      const room = bottom - text - currentPage.noteHeight - lead(currentPage);
      const to = rowsThatFit(note, 0, room) || mostRows(note, 0, room);
      if (to) this.#put(currentPage, { note, from: 0, to });
      if (to < note.rows.length) this.#pending.push({ note, from: to });
    }
  }

  /** Leaves the current page down to `textEnd` to what `place` puts there. */
  keepRoom(textEnd: number, place: () => void): void {
    this.#textEnd = textEnd;
    place();
    this.#textEnd = 0;
  }

  /** Puts what is pending at the foot of a new page, up to a share of its height. */
  beginPage(page: FlowPage): void {
    const { pageSize, pageMargins } = page;
    const most = (pageSize.height - pageMargins.top - pageMargins.bottom) * CONTINUATION_SHARE;
    for (let next = this.#pending[0]; next; next = this.#pending[0]) {
      const { note, from } = next;
      const room = most - page.noteHeight - lead(page);
      let to = rowsThatFit(note, from, room);
      // A page that holds nothing else takes rows in any case, or there would be no end.
      if (to === from && !page.notes.length) to = Math.max(from + 1, mostRows(note, from, room));
      if (to === from) return;
      this.#put(page, { note, from, to });
      if (to < note.rows.length) {
        next.from = to;
        return;
      }
      this.#pending.shift();
    }
  }

  #put(page: FlowPage, slice: NoteSlice): void {
    page.noteHeight += lead(page) + heightOf(slice.note, slice.from, slice.to);
    page.notes.push(slice);
  }
}

type NoteSlice = FlowPage["notes"][number];

/** Blank space above the next note of a page. */
function lead({ notes }: FlowPage): number {
  const above = notes.at(-1)?.note;
  return above ? above.after : SEPARATOR;
}

/** Returns the height of notes that stand whole on a page, with the rule above them. */
export function heightOfNotes(notes: readonly NoteRows[]): number {
  let height = notes.length ? SEPARATOR : 0;
  for (const note of notes) height += heightOf(note, 0, note.rows.length) + note.after;
  return height;
}

function heightOf({ rows }: NoteRows, from: number, to: number): number {
  return rows[to - 1]!.bottom - rows[from]!.top;
}

/** Returns up to which row a note may stand where `room` points are left; `from` if it may not. */
function rowsThatFit(note: NoteRows, from: number, room: number): number {
  const count = note.rows.length;
  const to = mostRows(note, from, room);
  if (to === count) return count;
  if (count - from < 2 * FEWEST_ROWS) return from;
  const most = Math.min(to, count - FEWEST_ROWS);
  return most - from >= FEWEST_ROWS ? most : from;
}

/** Returns up to which row a note has room, wherever that divides it. */
function mostRows({ rows }: NoteRows, from: number, room: number): number {
  let to = from;
  while (to < rows.length && rows[to]!.bottom - rows[from]!.top <= room + TOLERANCE) to++;
  return to;
}

/** Draws the notes of a finished page: a rule, as wide as the text over the end of a note, and rows. */
export function drawNotes(page: FlowPage): void {
  const [first] = page.notes;
  if (!first) return;
  const { pageSize, pageMargins, items } = page;
  const width = pageSize.width - pageMargins.left - pageMargins.right;
  let y = pageSize.height - pageMargins.bottom - page.noteHeight;
  items.push({
    type: "vector",
    item: {
      type: "line",
      x1: pageMargins.left,
      x2: pageMargins.left + (first.from > 0 ? width : Math.min(width, RULE_LENGTH)),
      y1: y + RULE_OFFSET,
      y2: y + RULE_OFFSET,
      lineWidth: RULE_WIDTH,
    },
  });
  y += SEPARATOR;
  for (const { note, from, to } of page.notes) {
    const top = note.rows[from]!.top;
    for (const row of note.rows.slice(from, to)) {
      row.line.x += pageMargins.left;
      row.line.y = y + row.top - top;
      items.push({ type: "line", item: row.line });
    }
    y += heightOf(note, from, to) + note.after;
  }
}
