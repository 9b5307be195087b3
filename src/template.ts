// What the writers must know about appearance. All lengths are in points
// (1/72 inch); each writer converts to its own unit.

import type { Span } from "./diagnostic.js";
import {
  type Block,
  type FigureImage,
  hasHeading,
  type ParagraphStyleName,
  type Part,
  type Section,
} from "./document.js";
import type { DeclaredEdition, PageMark } from "./edition.js";
import type { Font, Fonts } from "./fonts.js";
import type { MatterPlace } from "./matter.js";
import type { PageHeads } from "./page-heads.js";

/** How a kind of dissertation looks on the page: one source for DOCX and PDF. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly page: Page;
  readonly fonts: Fonts;
  /** The numerals of running text; those of headings, tables and code are lining always. */
  readonly numerals: "lining" | "old-style";
  /** Whether punctuation at the ends of justified lines stands in the margin, in the PDF. */
  readonly hangingPunctuation: boolean;
  /** Whether words are divided at line ends where running text is justified. */
  readonly hyphenate: boolean;
  /** Whether the first paragraph after a heading is indented as the others are. */
  readonly indentFirstParagraph: boolean;
  /** Whether chapters (sections of the first level) begin on a new page. */
  readonly chaptersOnNewPage: boolean;
  /** Whether they begin on any page or on right-hand ones alone, whose numbers are odd. */
  readonly chaptersOn: "any" | "right";
  readonly styles: Readonly<Record<ParagraphStyleName, ParagraphStyle>>;
  /** The lines of the title page, and logos between them, from top to bottom. */
  readonly titlePage: readonly (TitlePageLine | TitlePageLogo)[];
  /** What stands in the front matter, in order; each present only when it has content. */
  readonly frontMatter: readonly MatterPlace[];
  /** The same of what follows the chapters, the list of references among them. */
  readonly backMatter: readonly MatterPlace[];
  /** What a manuscript may declare without writing it, by the language's tag. */
  readonly declarations: ReadonlyMap<string, readonly Block[]>;
  /** The most words that an abstract may have, unless the manuscript says it. */
  readonly abstractWords?: number;
  /** How many levels of sections the contents list. */
  readonly contentsDepth: number;
  readonly headings: HeadingNumbers;
  readonly captions: Captions;
  /**
   * Whether a figure, or a short table with a caption, that has no room on its page
   * stands at the top of the next one, while the text behind it goes on. Only the PDF
   * can do so.
   */
  readonly figurePlacement: "float" | "in-place";
  readonly pageNumbers: PageNumbers;
  /** What stands above the text; absent where nothing but a page number does. */
  readonly runningHeads?: RunningHeads;
  /** The heads and feet of a university's document, in place of these; in the PDF alone. */
  readonly heads?: PageHeads;
  /** Of so many lines of the body one has its number in the margin, counted on each page. */
  readonly lineNumbers?: number;
  /** A word at the top of every page; that of an edition. */
  readonly mark?: PageMark;
  /** Whether the body's lines stand at the same heights on all pages of the PDF. */
  readonly lineGrid: boolean;
  /** The editions that the template declares or changes. */
  readonly editions?: readonly DeclaredEdition[];
  /** The path of a Word document whose look is taken over, and where it is named. */
  readonly referenceDocx?: { readonly value: string; readonly span: Span };
  /** Whether the references to the work itself are printed on a last page. */
  readonly citeThisWork: boolean;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly margins: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
  /** Added to the left margin for the binding. */
  readonly gutter: number;
  /** Whether pages face one another: on even pages the left margin, with the gutter, is at the right. */
  readonly facing: boolean;
  /** From the paper's edge to the header's top and to the footer's foot. */
  readonly header: number;
  readonly footer: number;
}

/** The smallest width and height that margins must leave for text, in points: an inch. */
export const LEAST_TEXT = 72;

/** Returns which of a page's sides the margins leave less than an inch of, if one. */
export function tooNarrow(page: Page): "width" | "height" | undefined {
  const { width, height, margins, gutter } = page;
  if (width - margins.left - margins.right - gutter < LEAST_TEXT) return "width";
  if (height - margins.top - margins.bottom < LEAST_TEXT) return "height";
  return undefined;
}

/** What Word calls a paragraph style. */
export interface ParagraphStyle {
  readonly size: number;
  readonly leading: Leading;
  readonly align: "left" | "right" | "center" | "justify";
  /** Of the first line, relative to `left`; negative for a hanging indent. */
  readonly indent: number;
  readonly left: number;
  readonly right: number;
  readonly before: number;
  readonly after: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly capitals: boolean;
}

/**
 * The distance from base line to base line: a multiple of the font's own line
 * height (what Word calls single, double…) or a fixed number of points.
 */
export type Leading = { readonly lines: number } | { readonly points: number };

/** One line of the title page: text with `{{fields}}`, left out if one of them is unknown. */
export interface TitlePageLine {
  readonly text: string;
  readonly style: ParagraphStyleName;
  /** Blank space above, in points, instead of the style's own. */
  readonly before?: number;
}

/** A logo on the title page; in the middle, at the width that is asked for. */
export interface TitlePageLogo extends FigureImage {
  readonly span: Span;
}

/** What a line of the title page, and the text of front and back matter, may name between double braces. */
export const titlePageFields = [
  "author",
  "candidate",
  "date",
  "degree",
  "department",
  "institution",
  "orcid",
  "subtitle",
  "supervisor",
  "title",
  "words",
  "year",
] as const;

export type TitlePageField = (typeof titlePageFields)[number];

/** Whether a word is the name of such a field. */
export function isTitlePageField(word: string): word is TitlePageField {
  return (titlePageFields as readonly string[]).includes(word);
}

/**
 * The running heads of right-hand pages, whose numbers are odd, and of left-hand
 * ones; both alike where pages do not face one another. A page that a chapter
 * begins has none (CMOS 18, 1.10 to 1.16).
 */
export interface RunningHeads {
  readonly odd: RunningHead;
  readonly even: RunningHead;
}

/** What stands in a running head, by its place: text with `{{fields}}`. */
export type RunningHead = Readonly<Partial<Record<HeadCell, string>>>;

export const headCells = ["left", "center", "right"] as const;

export type HeadCell = (typeof headCells)[number];

/** What a running head may name between double braces. */
export const runningHeadFields = ["author", "chapter", "page", "section", "title"] as const;

export type RunningHeadField = (typeof runningHeadFields)[number];

/** Whether a word is the name of such a field. */
export function isRunningHeadField(word: string): word is RunningHeadField {
  return (runningHeadFields as readonly string[]).includes(word);
}

/** Whether a running head holds the page number, which then stands nowhere else on the page. */
export function hasPageNumber(head: RunningHead): boolean {
  return headCells.some((cell) => head[cell]?.includes("{{page}}"));
}

/** How headings are numbered. Appendices are lettered whether other headings have numbers or not. */
export interface HeadingNumbers {
  /** `decimal` is 1 and 1.1, `chapter` is Chapter 1 and 1.1, `chapter-words` Chapter One and 1.1. */
  readonly numbers: "none" | "decimal" | "chapter" | "chapter-words";
  /** How many levels have numbers. */
  readonly depth: number;
  /** What parts `Chapter One` and `Appendix A` from their titles: a full stop, a colon or a new line. */
  readonly separator: "period" | "colon" | "line";
}

/** How figures, tables, equations and code are numbered, and what their captions look like. */
export interface Captions {
  /**
   * `run-in` is `Figure 1. Caption` (Chicago 17, 3.14); `apa` has the label in bold
   * on a line of its own and the title in italics below it (APA 7, 7.10 and 7.24).
   */
  readonly form: "run-in" | "apa";
  /** Where the caption of a figure stands; that of a table stands above it. */
  readonly figure: "above" | "below";
  /** Counted through the work, or anew in each numbered chapter: 1.1, 1.2, 2.1. */
  readonly counted: "through" | "by-chapter";
  /** How running text has the word before the number: `figure 1` (Chicago) or `Figure 1` (APA). */
  readonly references: "lower" | "capital";
}

export interface PageNumbers {
  readonly place: "header" | "footer";
  /** `outside` is left on even pages and right on the others. */
  readonly align: "left" | "right" | "center" | "outside";
  readonly frontMatter: NumberForm;
  readonly body: NumberForm;
  /** Whether the title page counts as a page of the front matter. */
  readonly countTitlePage: boolean;
  /** Whether the title page also shows its number. */
  readonly showOnTitlePage: boolean;
}

export type NumberForm = "none" | "roman" | "arabic";

/** Returns a page that lies on its side, bound at its upper edge. */
export function landscapePage(page: Page): Page {
  const { width, height, margins, gutter } = page;
  const bound = margins.left + gutter;
  // Heads and feet have the room that they have on the other pages, if that leaves an inch of text.
  const top = Math.max(bound, margins.top);
  const bottom = Math.max(margins.right, margins.bottom);
  const fits = width - top - bottom >= 72;
  return {
    ...page,
    width: height,
    height: width,
    margins: {
      top: fits ? top : bound,
      bottom: fits ? bottom : margins.right,
      left: margins.bottom,
      right: margins.top,
    },
    gutter: 0,
  };
}

/** Whether pages are those of leaves with two sides, so that odd numbers are at the right. */
export function isTwoSided({ page, chaptersOn }: Template): boolean {
  return page.facing || chaptersOn === "right";
}

const headings = ["heading-1", "heading-2", "heading-3", "heading-4"] as const;
const contents = ["contents-1", "contents-2", "contents-3"] as const;

/** Returns the font of a paragraph style. */
export function fontOf(name: ParagraphStyleName, { fonts }: Template): Font {
  if (name === "code") return fonts.code;
  return isHeading(name) ? fonts.headings : fonts.text;
}

function isHeading(name: ParagraphStyleName): boolean {
  return name === "title" || name === "front-heading" || name.startsWith("heading-");
}

const liningStyles: ReadonlySet<ParagraphStyleName> = new Set([
  "subtitle",
  "title-page",
  "code",
  "table",
  "table-head",
  "equation",
]);

/** Whether the numerals of a paragraph style are old-style ones, where its font has them. */
export function hasOldStyleNumerals(name: ParagraphStyleName, { numerals }: Template): boolean {
  return numerals === "old-style" && !isHeading(name) && !liningStyles.has(name);
}

/** The style of headings at a level from 1; below the fourth they look like those of the fourth. */
export function headingLevelStyle(level: number): ParagraphStyleName {
  return headings[Math.min(level, headings.length) - 1]!;
}

/** The style of the contents' lines for a level from 1; below the third they look like the third. */
export function contentsLevelStyle(level: number): ParagraphStyleName {
  return contents[Math.min(level, contents.length) - 1]!;
}

/** The paragraph style of a section's heading, or `undefined` where none is printed. */
export function headingStyle(
  section: Section,
  level: number,
  part: Part["role"],
): ParagraphStyleName | undefined {
  if (!hasHeading(section)) return undefined;
  return part === "front-matter" && level === 1 ? "front-heading" : headingLevelStyle(level);
}

const runningText: readonly ParagraphStyleName[] = [
  "body",
  "abstract",
  "quotation",
  "list",
  "note",
  "entry",
  "annotation",
];

/**
 * Whether words are divided at the line ends of a paragraph style: in running
 * text that is justified, if the template says so. Ragged lines and headings
 * have no need of it.
 */
export function isHyphenated(name: ParagraphStyleName, template: Template): boolean {
  return (
    template.hyphenate && runningText.includes(name) && template.styles[name].align === "justify"
  );
}

/**
 * Whether a section begins a page: all of the front matter does, the list of
 * references does (Turabian 9, A.2.3.5; APA 7, 2.12), chapters by the template.
 */
export function beginsPage(
  { role }: Section,
  level: number,
  part: Part["role"],
  template: Template,
): boolean {
  return (
    level === 1 && (part === "front-matter" || role !== undefined || template.chaptersOnNewPage)
  );
}

/**
 * The form of a part's page numbers and the number of its first page;
 * `undefined` where the count goes on from the part before. The count begins again where its form changes, so that a
 * paper numbered in arabic throughout is counted through.
 */
export function partNumbers(
  parts: readonly Part[],
  index: number,
  { pageNumbers }: Template,
): { readonly form: NumberForm; readonly start?: number } {
  const formOf = (part: Part | undefined): NumberForm | undefined =>
    part?.role === "body"
      ? pageNumbers.body
      : part?.role === "front-matter"
        ? pageNumbers.frontMatter
        : undefined;
  const form = formOf(parts[index]);
  if (form === undefined) {
    return { form: pageNumbers.showOnTitlePage ? pageNumbers.frontMatter : "none", start: 1 };
  }
  const before = parts[index - 1];
  if (!before) return { form, start: 1 };
  if (before.role === "title-page") {
    // The title page is a page of the front matter, whether there is more of that or not.
    return { form, start: pageNumbers.countTitlePage && form === pageNumbers.frontMatter ? 2 : 1 };
  }
  return formOf(before) === form ? { form } : { form, start: 1 };
}

/** How far each level of a list is indented, in points; its bullet or number hangs in that. */
export const listIndent = 24;

/** What stands before an item: a bullet, or its number in the form of the list's depth (from 0). */
export function listMarks(depth: number): {
  readonly bullet: string;
  readonly number: "decimal" | "lower-alpha" | "lower-roman";
} {
  const bullets = ["•", "–", "·"] as const;
  const numbers = ["decimal", "lower-alpha", "lower-roman"] as const;
  return { bullet: bullets[depth % 3]!, number: numbers[depth % 3]! };
}

/** The size of the numbers of lines, and how far they stand from the text, in points. */
export const lineNumberSize = 8;
export const lineNumberDistance = 14;

/** The size of the mark at the top of pages, in points. */
export const pageMarkSize = 14;

/** Returns how far the mark at the top of pages stands from the paper's edge: above the head. */
export function pageMarkTop({ header }: Page): number {
  return Math.max(9, header - 1.5 * pageMarkSize);
}

/** What is printed for a thematic break. */
export const thematicBreakText = "* * *";
