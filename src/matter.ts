// Front and back matter: what may stand before and after the chapters, whether
// the author wrote it or a stage makes it.

import type { Span } from "./diagnostic.js";
import type { Block, Inline, SectionRole } from "./document.js";

/** The matter that the author writes as text. */
export const writtenMatter = [
  "abstract",
  "dedication",
  "acknowledgements",
  "colophon",
  "copyright",
  "curriculum-vitae",
  "declaration",
  "embargo",
  "epigraph",
  "lay-summary",
  "preface",
] as const;

export type WrittenMatter = (typeof writtenMatter)[number];

/** All that a template may give a place in the front or back matter. */
export const matterNames = [
  ...writtenMatter,
  "abbreviations",
  "appendices",
  "bibliography",
  "contents",
  "glossary",
  "index",
  "list-of-figures",
  "list-of-tables",
] as const;

export type MatterName = (typeof matterNames)[number];

/** What a template says of one piece of front or back matter. */
export interface MatterPlace {
  readonly name: MatterName;
  /** Its heading instead of the usual one in the manuscript's language. */
  readonly heading?: string;
  /** The contents do not list it. */
  readonly unlisted?: true;
}

/** A piece of matter as its author wrote it. */
export interface MatterText {
  /** Its heading instead of the template's. */
  readonly title?: readonly Inline[];
  readonly children: readonly Block[];
  readonly span: Span;
}

/** The rights in a work: its copyright page is made from them. */
export interface Copyright {
  /** The authors, if absent. */
  readonly holder?: string;
  /** That of the work's date, if absent. */
  readonly year?: number;
  /** The terms of use: `CC BY 4.0`, or any words. All rights are reserved if absent. */
  readonly licence?: string;
  readonly span?: Span;
}

/** Until when a work is not to be read, and why. */
export interface Embargo {
  readonly until: readonly number[];
  readonly reason?: string;
  readonly span?: Span;
}

/** All front and back matter of a manuscript. */
export interface Matter {
  readonly texts: ReadonlyMap<WrittenMatter, MatterText>;
  /** The rights that a copyright page is made from, where there is no text for one. */
  readonly copyright?: Copyright;
  /** The embargo that a statement is made from, where there is no text for one. */
  readonly embargo?: Embargo;
  /** Where the manuscript asks for the template's own declaration: `declaration: true`. */
  readonly usesDeclaration?: Span;
}

/** The matter of a manuscript that has none. */
export const noMatter: Matter = { texts: new Map() };

/** The role of the section that holds a piece of matter; appendices have one each. */
export const matterRoles: Readonly<Record<MatterName, SectionRole>> = {
  abbreviations: "abbreviations",
  abstract: "abstract",
  acknowledgements: "acknowledgments",
  appendices: "appendix",
  bibliography: "bibliography",
  colophon: "colophon",
  contents: "toc",
  copyright: "copyright",
  "curriculum-vitae": "curriculum-vitae",
  declaration: "declaration",
  dedication: "dedication",
  embargo: "embargo",
  epigraph: "epigraph",
  glossary: "glossary",
  index: "index",
  "lay-summary": "lay-summary",
  "list-of-figures": "list-of-figures",
  "list-of-tables": "list-of-tables",
  preface: "preface",
};

/** Whether a section is matter that the author wrote, in which `{{fields}}` are filled in. */
export function isWrittenMatter(role: SectionRole | undefined): boolean {
  return role !== undefined && writtenMatter.some((name) => matterRoles[name] === role);
}

/** The order of a template that says nothing of its front matter. */
export const usualFrontMatter: readonly MatterName[] = [
  "copyright",
  "embargo",
  "declaration",
  "dedication",
  "epigraph",
  "abstract",
  "lay-summary",
  "acknowledgements",
  "preface",
  "contents",
  "list-of-figures",
  "list-of-tables",
  "abbreviations",
];

/** The order of a template that says nothing of its back matter. */
export const usualBackMatter: readonly MatterName[] = [
  "appendices",
  "bibliography",
  "glossary",
  "index",
  "curriculum-vitae",
  "colophon",
];

/** An abbreviation as the manuscript defines it. */
export interface AbbreviationDefinition {
  readonly key: string;
  readonly full: readonly Inline[];
  /** What is abbreviated where several are meant; absent: with an `s` behind it. */
  readonly plural?: readonly Inline[];
  readonly span: Span;
}

/** A term of the glossary as the manuscript defines it. */
export interface GlossaryDefinition {
  readonly term: readonly Inline[];
  readonly children: readonly Block[];
  readonly span: Span;
}
