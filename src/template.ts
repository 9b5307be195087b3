// What the writers must know about appearance. All lengths are in points
// (1/72 inch); each writer converts to its own unit.

import type { ParagraphStyleName } from "./document.js";

/** How a kind of dissertation looks on the page: one source for DOCX and PDF. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly page: Page;
  readonly fonts: { readonly text: FontFamily; readonly code: FontFamily };
  /** Whether the first paragraph after a heading is indented as the others are. */
  readonly indentFirstParagraph: boolean;
  /** Whether chapters (sections of the first level) begin on a new page. */
  readonly chaptersOnNewPage: boolean;
  readonly styles: Readonly<Record<ParagraphStyleName, ParagraphStyle>>;
  /** The lines of the title page, from top to bottom. */
  readonly titlePage: readonly TitlePageLine[];
  /** What stands in the front matter, in order; each present only when it has content. */
  readonly frontMatter: readonly FrontMatterItem[];
  /** How many levels of sections the contents list. */
  readonly contentsDepth: number;
  readonly pageNumbers: PageNumbers;
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
  /** From the paper's edge to the header's top and to the footer's foot. */
  readonly header: number;
  readonly footer: number;
}

/** The shipped families: metric-compatible with the Word font of the same line. */
export type FontFamily = "times" | "courier";

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

export type FrontMatterItem = "abstract" | "acknowledgements" | "contents" | "dedication";

export interface PageNumbers {
  readonly place: "header" | "footer";
  readonly align: "left" | "right" | "center";
  readonly frontMatter: NumberForm;
  readonly body: NumberForm;
  /** Whether the title page counts as a page of the front matter, though it shows no number. */
  readonly countTitlePage: boolean;
}

export type NumberForm = "none" | "roman" | "arabic";
