// Heads and feet: printed when all pages are laid out, for then it is known what
// stands on each. They are artifacts, no part of the text.

import { type Block, type Document, hasHeading } from "../../document.js";
import {
  type HeadCell,
  hasOldStyleNumerals,
  hasPageNumber,
  headCells,
  type PageNumbers as NumberPlace,
  type RunningHead,
  type Template,
} from "../../template.js";
import { headPieces, runningTitle, workFields } from "../running-heads.js";
import { artifactLine } from "./artifact-line.js";
import type { FlowPage } from "./context.js";
import { PageHeadPrinter } from "./page-heads.js";
import { findAnchors, type PageNumbers } from "./page-numbers.js";
import type { TextLine } from "./paragraph.js";
import type { Typesetter } from "./text.js";

/**
 * Prints the running heads of pages and their numbers, each in the head where
 * the template has it there, or else at the place of its own. A blank page has
 * neither, a page that a chapter begins only its number.
 */
export function printHeadsAndFeet(
  pages: readonly FlowPage[],
  document: Document,
  { labels }: PageNumbers,
  template: Template,
  typesetter: Typesetter,
): void {
  const work = workFields(document.metadata);
  const { heads } = template;
  const titles = template.runningHeads || heads ? runningTitles(pages, document) : [];
  const theirs = heads && new PageHeadPrinter(heads, document, template, pages.length, typesetter);
  for (const [index, page] of pages.entries()) {
    if (page.isBlank) continue;
    const number = labels[index]!;
    const head = theirs?.has("header", page) ? undefined : headOf(page, document, template);
    const noTitles = { chapter: "", section: "", chapterNumber: "", sectionNumber: "" };
    // The number of a page that shows none of ours is known to their fields.
    theirs?.print(page, { ...noTitles, ...titles[index], page: number || String(page.number) });
    const fields = { ...work, chapter: "", section: "", ...titles[index], page: number };
    const setter = new EdgeSetter(page, template, typesetter);
    if (head) {
      const cells = headCells.map((cell) => {
        const pieces = headPieces(head, cell, fields, template);
        const isNumber = pieces.every(({ field }) => field === "page");
        return { cell, text: pieces.map(({ text }) => text).join(""), isNumber };
      });
      setter.setHead(cells.filter(({ text }) => text));
    }
    const { place, align } = template.pageNumbers;
    const isTheirs = theirs && (theirs.has(place, page) || theirs.hasNumber(page));
    if (number && !isTheirs && !(head && hasPageNumber(head))) {
      setter.set(number, place, sideOf(align, page));
    }
  }
}

/** The running head of a page; a page that begins something has none, nor has the title page. */
function headOf(
  { opens, part, number }: FlowPage,
  { parts }: Document,
  { runningHeads }: Template,
): RunningHead | undefined {
  if (!runningHeads || opens || parts[part]?.role === "title-page") return undefined;
  return number % 2 ? runningHeads.odd : runningHeads.even;
}

function sideOf(align: NumberPlace["align"], { number }: FlowPage): HeadCell {
  if (align !== "outside") return align;
  return number % 2 ? "right" : "left";
}

/** What running heads call the chapter and the section of a page. */
interface Titles {
  readonly chapter: string;
  readonly section: string;
  readonly chapterNumber: string;
  readonly sectionNumber: string;
}

/**
 * Returns the titles of each page: of the first chapter or section that begins on
 * it, or else of the last one before it, as Word's `STYLEREF` finds them
 * (ECMA-376-1, 17.16.5.59). Sections are those of the same chapter.
 */
function runningTitles(pages: readonly FlowPage[], { parts }: Document): Titles[] {
  const places = findAnchors(pages);
  const begun = new Map<number, Begun[]>();
  const visit = (blocks: readonly Block[], level: number) => {
    for (const block of blocks) {
      if (block.type !== "section") continue;
      const page = places.get(block.id);
      if (page !== undefined) {
        const title = hasHeading(block) ? runningTitle(block.title) : "";
        const others = begun.get(page) ?? [];
        begun.set(page, [...others, { level, title, number: block.number ?? "" }]);
      }
      if (level === 1) visit(block.children, 2);
    }
  };
  for (const { children } of parts) visit(children, 1);

  const none: Begun = { level: 0, title: "", number: "" };
  let chapter = none;
  let section = none;
  return pages.map((_, index) => {
    const here = begun.get(index) ?? [];
    const first = (level: number) => here.find((title) => title.level === level);
    const ofChapter = first(1) ?? chapter;
    const ofSection = first(2) ?? (first(1) === undefined ? section : none);
    for (const title of here) {
      if (title.level === 1) chapter = title;
      section = title.level === 1 ? none : title;
    }
    return {
      chapter: ofChapter.title,
      section: ofSection.title,
      chapterNumber: ofChapter.number,
      sectionNumber: ofSection.number,
    };
  });
}

/** A chapter or section that begins on a page. */
interface Begun {
  readonly level: number;
  readonly title: string;
  readonly number: string;
}

/** The least space between what stands side by side in a head, in ems. */
const GAP = 1;

interface Cell {
  readonly cell: HeadCell;
  readonly text: string;
  readonly isNumber: boolean;
}

/** Sets lines at the upper and lower edges of a page. */
class EdgeSetter {
  readonly #page: FlowPage;
  readonly #template: Template;
  readonly #typesetter: Typesetter;

  constructor(page: FlowPage, template: Template, typesetter: Typesetter) {
    this.#page = page;
    this.#template = template;
    this.#typesetter = typesetter;
  }

  /** Sets the cells of a running head side by side; what has no room beside the others is cut. */
  setHead(cells: readonly Cell[]): void {
    const gap = GAP * this.#template.styles.header.size;
    const widths = new Map(
      cells.map(({ cell, text }) => [cell, this.#line(text, "header").getWidth()]),
    );
    for (const { cell, text, isNumber } of cells) {
      let room = this.#width;
      for (const [other, width] of widths) {
        // What stands in the middle has as much on either side of it.
        if (other !== cell) room -= Math.min(width, this.#width / cells.length) + gap;
      }
      this.set(isNumber ? text : this.#cut(text, room), "header", cell);
    }
  }

  get #width(): number {
    const { pageSize, pageMargins } = this.#page;
    return pageSize.width - pageMargins.left - pageMargins.right;
  }

  #cut(text: string, room: number): string {
    let words = text.split(" ");
    let cut = text;
    while (words.length > 1 && this.#line(cut, "header").getWidth() > room) {
      words = words.slice(0, -1);
      cut = `${words.join(" ").replace(/[\s.,:;–—…-]+$/, "")}…`;
    }
    return cut;
  }

  /** Sets a line at the left, in the middle or at the right. */
  set(text: string, place: "header" | "footer", side: HeadCell): void {
    const { page } = this.#template;
    const { pageSize, pageMargins, items } = this.#page;
    const line = this.#line(text, place);
    const width = line.getWidth();
    const start = { left: 0, center: (this.#width - width) / 2, right: this.#width - width };
    line.x = pageMargins.left + start[side];
    line.y = place === "header" ? page.header : pageSize.height - page.footer - line.height;
    items.push({ type: "line", item: line });
  }

  /** Returns a line at the left edge; however long its text is, it is one line. */
  #line(text: string, place: "header" | "footer"): TextLine {
    const { styles, fonts } = this.#template;
    const { bold, italic, size, leading, capitals } = styles[place];
    const base = {
      family: fonts.text,
      bold,
      italic,
      size,
      capitals,
      smallCaps: false,
      ...(hasOldStyleNumerals(place, this.#template) && { oldStyleNumerals: true }),
    };
    const kind = place === "header" ? "Header" : "Footer";
    return artifactLine(text, base, kind, this.#typesetter, leading);
  }
}
