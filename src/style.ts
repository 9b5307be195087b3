// A citation style: a CSL style and what a style manual asks beyond CSL.

/** What the word after `--style` means, resolved. */
export interface Style {
  /** The word itself, or the file's name without its ending; it names the outputs. */
  readonly id: string;
  readonly title: string;
  readonly csl: CslStyle;
  /** The heading of the list of references, if the profile gives one. */
  readonly listTitle?: string;
  /** The locale of the citations: a BCP 47 tag. */
  readonly locale: string;
  /** What the list of references is printed in, if not in the same style as the citations. */
  readonly listCsl?: CslStyle;
  /**
   * `style`: as the CSL style has it; `never`: short forms instead; `strict`:
   * only where the note before, in the same chapter, cites a single work.
   */
  readonly ibid: "style" | "never" | "strict";
  /** Whether a work is cited in full the first time in the work (default) or in each chapter. */
  readonly firstCitation?: "work" | "chapter";
  /** From which length on quotations are set off, if the manual says so. */
  readonly quotations?: QuotationRule;
}

/** From how many words, or lines of prose, and from how many lines of verse a quotation is a block. */
export interface QuotationRule {
  readonly blockFrom: { readonly words: number } | { readonly lines: number };
  readonly verseFrom?: number;
}

/** A CSL style, found and checked. */
export interface CslStyle {
  readonly id: string;
  readonly class: "note" | "in-text";
  readonly format: "note" | "author-date" | "author" | "numeric" | "label";
  readonly defaultLocale?: string;
  /** A fresh tree each time, for an engine changes what it is given. */
  readonly source: () => CslNode;
}

/** An element of a CSL style as citeproc-js takes it. */
export interface CslNode {
  readonly name: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly (CslNode | string)[];
}
