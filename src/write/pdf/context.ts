// The place on a page where the next element goes, in pages that keep room for
// notes at their foot.

import { DocumentContext } from "./internals.js";
import type { NoteRows } from "./notes.js";
import type { TextLine } from "./paragraph.js";
import type { Page, Sides } from "./pdfmake.js";

/** A page with notes at its foot. Heights are in points. */
export interface FlowPage extends Page {
  /** Which part of the document it belongs to. */
  readonly part: number;
  /** Its number in the count of its part, from 1. */
  readonly number: number;
  /** Whether nothing stands on it, so that the next page is a right-hand one. */
  isBlank: boolean;
  /** Whether a part begins on it, or a section that begins a page. */
  opens: boolean;
  readonly notes: NoteSlice[];
  /** How much of the page the notes take, with the rule above them. */
  noteHeight: number;
  /** Whether text stands on it, notes and headings apart. */
  hasText: boolean;
}

/** Rows of a note that stand on one page. */
export interface NoteSlice {
  readonly note: NoteRows;
  readonly from: number;
  readonly to: number;
}

/**
 * pdfmake's context counts the height that is left. Here it follows from the
 * place, the margin and the notes, so that a note which is set while a line is
 * placed is seen by all that comes after.
 */
export class FlowContext extends DocumentContext {
  /** The part of the document whose pages are made. */
  part = 0;
  /** The number of the next page. */
  nextNumber = 1;
  /** Whether pages face one another: on even ones the margins change sides. */
  isFacing = false;
  onPage: (page: FlowPage) => void = () => {};
  #oddMargins: Sides = { left: 0, top: 0, right: 0, bottom: 0 };

  // @ts-expect-error: a plain field in pdfmake, which its constructor and methods set.
  override get availableHeight(): number {
    const page = this.currentPage;
    return page ? this.bottom - page.noteHeight - this.y : 0;
  }

  override set availableHeight(_height: number) {}

  /** The current page; there must be one once anything is placed. */
  get currentPage(): FlowPage {
    return this.getCurrentPage() as FlowPage;
  }

  /** The lower edge of the text area of the current page, notes included. */
  get bottom(): number {
    const { pageSize, pageMargins } = this.currentPage;
    return pageSize.height - pageMargins.bottom;
  }

  /** Whether nothing stands on the current page, notes apart. */
  get isEmpty(): boolean {
    return this.currentPage.items.every(({ type }) => type === "structure");
  }

  /** Puts a line on the current page. */
  place(line: TextLine): void {
    line.x += this.x;
    line.y = this.y;
    const page = this.currentPage;
    page.items.push({ type: "line", item: line });
    page.hasText ||= !line.paragraph.keepWithNext;
    this.moveDown(line.height);
  }

  override addPage(size: Page["pageSize"], margins?: Sides | null, properties?: object): Page {
    const number = this.nextNumber++;
    const page = this.isFacing
      ? this.#addFacingPage(size, margins ?? null, number, properties)
      : super.addPage(size, margins, properties);
    const flowPage: FlowPage = Object.assign(page, {
      part: this.part,
      number,
      isBlank: false,
      opens: false,
      notes: [],
      noteHeight: 0,
      hasText: false,
    });
    this.onPage(flowPage);
    return flowPage;
  }

  /** The margins given, or those of the page before, are an odd page's where they are new. */
  #addFacingPage(
    size: Page["pageSize"],
    margins: Sides | null,
    number: number,
    properties?: object,
  ): Page {
    if (margins) this.#oddMargins = margins;
    const odd = this.#oddMargins;
    const own = number % 2 ? odd : { ...odd, left: odd.right, right: odd.left };
    // What stands apart from the margin does so on the next page too.
    const apart = margins ? 0 : this.x - this.currentPage.pageMargins.left;
    const page = super.addPage(size, own, properties);
    this.x = own.left + apart;
    return page;
  }
}
