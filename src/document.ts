// The document tree: what readers make, stages rewrite and writers print.
//
// Names follow mdast where it has one, Pandoc where it does not (note,
// citation), and CSL for everything about references. A tree is never changed
// in place: a stage returns a new one.

import type { Span } from "./diagnostic.js";
import type { Formula } from "./formula.js";
import type { Image } from "./image.js";

/** A whole work, in the order in which its pages are bound. */
export interface Document {
  readonly metadata: Metadata;
  readonly parts: readonly Part[];
}

/** What is known of the work itself; the names are CSL's where CSL has one. */
export interface Metadata {
  readonly title: readonly Inline[];
  readonly subtitle?: readonly Inline[];
  readonly author: readonly Name[];
  /** The day, month or year of the work, as `[2019, 12, 13]`, `[2019, 12]` or `[2019]`. */
  readonly date?: readonly number[];
  /** A BCP 47 tag, such as `en-GB`. */
  readonly lang: string;
  readonly keywords: readonly string[];
  readonly institution?: string;
  readonly department?: string;
  readonly degree?: string;
  readonly supervisor?: readonly Name[];
  /** The number that stands for the author where the name must not: in blind editions. */
  readonly candidate?: string;
  /** The author's ORCID iD, `0000-0002-1825-0097`. */
  readonly orcid?: string;
  /**
   * How the work was published, as CSL variables: `container-title`, `URL`, `accessed`…
   * Its `title` is in sentence case, as those of all references are.
   */
  readonly published?: Reference;
}

/** A person or institution, as CSL-JSON has it. */
export interface Name {
  readonly family?: string;
  readonly given?: string;
  readonly "dropping-particle"?: string;
  readonly "non-dropping-particle"?: string;
  readonly suffix?: string;
  /** A name that is not taken apart, such as that of an institution. */
  readonly literal?: string;
}

/** A date, as CSL-JSON has it. */
export interface ReferenceDate {
  readonly "date-parts"?: readonly (readonly number[])[];
  readonly season?: number;
  readonly circa?: boolean;
  readonly literal?: string;
}

/** A work that may be cited: a CSL-JSON item, its variables by their CSL names. */
export interface Reference {
  readonly id: string;
  readonly type: string;
  readonly [variable: string]: string | number | readonly Name[] | ReferenceDate | undefined;
}

/** Where a node was written, for diagnostics; absent on what a stage made up. */
interface Node {
  readonly span?: Span;
}

/**
 * Consecutive pages that are numbered in one way: the title page, the front
 * matter, the body with all that follows it.
 */
export interface Part {
  readonly role: "title-page" | "front-matter" | "body";
  readonly children: readonly Block[];
}

export type Block =
  | Section
  | Paragraph
  | Blockquote
  | List
  | DefinitionList
  | CodeBlock
  | Figure
  | Table
  | Equation
  | Division
  | ThematicBreak
  | Contents
  | Entry
  | Index;

export type Inline =
  | Text
  | Emphasis
  | Strong
  | SmallCaps
  | Superscript
  | Subscript
  | InlineCode
  | Link
  | Foreign
  | InlineEquation
  | Break
  | Note
  | Citation
  | CrossReference
  | Label
  | Abbreviation
  | IndexMark;

/** A titled part of the work. Its level is its depth in the tree. */
export interface Section extends Node {
  readonly type: "section";
  /** What links and bookmarks aim at; unique in the document once assembled. */
  readonly id: string;
  readonly title: readonly Inline[];
  /** Absent on a chapter or a part of one; DPUB-ARIA's name without its `doc-` prefix where it has one. */
  readonly role?: SectionRole;
  /** Its printed number, such as `1`, `2.3`, `Chapter One` or `Appendix A`; absent until numbered, and where there is none. */
  readonly number?: string;
  /** The author does not want it numbered: `{.unnumbered}` or `{-}`. */
  readonly unnumbered?: boolean;
  /** Its title is known, but not printed, as that of a copyright page. */
  readonly untitled?: boolean;
  /** The contents do not list it. */
  readonly unlisted?: boolean;
  /** Its language where that is not the one around it: a BCP 47 tag. */
  readonly lang?: string;
  readonly children: readonly Block[];
}

/**
 * `dedication` and `epigraph` print no heading and are not in the contents;
 * `toc`, `list-of-figures` and `list-of-tables` hold contents, `index` the index.
 */
export type SectionRole =
  | "abbreviations"
  | "abstract"
  | "acknowledgments"
  | "appendix"
  | "bibliography"
  | "colophon"
  | "copyright"
  | "curriculum-vitae"
  | "declaration"
  | "dedication"
  | "embargo"
  | "epigraph"
  | "glossary"
  | "index"
  | "lay-summary"
  | "list-of-figures"
  | "list-of-tables"
  | "preface"
  | "toc";

export interface Paragraph extends Node {
  readonly type: "paragraph";
  /** Which of the template's paragraph styles it has; absent: that of its surroundings. */
  readonly style?: ParagraphStyleName;
  /** Blank space above in points, instead of the style's own (lines of the title page). */
  readonly before?: number;
  /** Goes on with a sentence that something set off has interrupted, and is not indented. */
  readonly continues?: boolean;
  readonly children: readonly Inline[];
}

/**
 * A quotation set off as a block. Of verse every line is a paragraph of the style
 * `verse`; a stanza's first line has space before it. The last paragraph of an
 * epigraph may be its source, of the style `source`.
 */
export interface Blockquote extends Node {
  readonly type: "blockquote";
  readonly kind?: "verse" | "epigraph";
  readonly children: readonly Block[];
}

export interface List extends Node {
  readonly type: "list";
  /** The number of the first item; absent on a list with bullets. */
  readonly start?: number;
  /** No blank lines between its items in the source. */
  readonly tight: boolean;
  readonly items: readonly (readonly Block[])[];
}

/** Terms with what they mean; abbreviations and the glossary are such lists. */
export interface DefinitionList extends Node {
  readonly type: "definitionList";
  readonly kind?: "abbreviations" | "glossary";
  readonly items: readonly DefinitionItem[];
}

export interface DefinitionItem {
  readonly term: readonly Inline[];
  readonly definitions: readonly (readonly Block[])[];
}

export interface CodeBlock extends Node {
  readonly type: "codeBlock";
  readonly value: string;
  readonly language?: string;
  /** The number of its first line, where lines are numbered. */
  readonly firstLine?: number;
  /** What cross-references aim at: `lst:parser`. */
  readonly id?: string;
  readonly caption?: readonly Inline[];
}

/** One or several images side by side, with a caption that they are never parted from. */
export interface Figure extends Node {
  readonly type: "figure";
  /** What cross-references aim at: `fig:map`. */
  readonly id?: string;
  readonly images: readonly FigureImage[];
  /** Begins with its label once numbered; empty on a figure without caption. */
  readonly caption: readonly Inline[];
  /** Whether the caption is read before the images, once numbered. */
  readonly captionAbove?: boolean;
  /** Where it comes from, a paragraph of its own below. */
  readonly source?: readonly Inline[];
}

export interface FigureImage {
  readonly image: Image;
  /** What is said of it to those who do not see it; empty where it is decoration. */
  readonly alt?: string;
  /** Of the text's width, as a share of 1, or in points; absent: its own, as far as it has room. */
  readonly width?: { readonly share: number } | { readonly points: number };
  /** That of one of several images; begins with its label, `(a)`, once numbered. */
  readonly caption?: readonly Inline[];
  readonly id?: string;
  readonly span?: Span;
}

/** A table. Cells that a cell above or before them spans are not in their rows. */
export interface Table extends Node {
  readonly type: "table";
  /** What cross-references aim at: `tbl:trade`. */
  readonly id?: string;
  readonly columns: readonly TableColumn[];
  /** The rows that are repeated on each page. */
  readonly header: readonly TableRow[];
  readonly rows: readonly TableRow[];
  /** Begins with its label once numbered; empty on a table without caption. */
  readonly caption: readonly Inline[];
  /** Stand below it, its source among them. */
  readonly notes: readonly Block[];
}

export interface TableColumn {
  readonly align: "left" | "right" | "center";
  /** Its share of the table's width, from 0 to 1; absent: by its content. */
  readonly width?: number;
}

export interface TableRow {
  readonly cells: readonly TableCell[];
  readonly span?: Span;
}

export interface TableCell {
  readonly children: readonly Block[];
  /** How many columns and rows it covers, from 1. */
  readonly columns: number;
  readonly rows: number;
  /** Instead of its column's. */
  readonly align?: TableColumn["align"];
  /** Whether it heads its row. */
  readonly isHeader?: boolean;
  readonly span?: Span;
}

/** A displayed formula, in LaTeX. */
export interface Equation extends Node {
  readonly type: "equation";
  readonly value: string;
  /** What cross-references aim at: `eq:growth`. */
  readonly id?: string;
  /** Its number in parentheses at the margin, once numbered. */
  readonly label?: Label;
  /** What its LaTeX says, once that is read. */
  readonly formula?: Formula;
}

/** Blocks that have something in common: a language, or pages turned on their side. */
export interface Division extends Node {
  readonly type: "division";
  /** A BCP 47 tag. */
  readonly lang?: string;
  /** Whether it stands on pages of its own in landscape format. */
  readonly landscape?: boolean;
  readonly children: readonly Block[];
}

export interface ThematicBreak extends Node {
  readonly type: "thematicBreak";
}

/** The place of the table of contents; writers fill it in with titles and pages. */
export interface Contents extends Node {
  readonly type: "contents";
  /** What it lists: absent, sections; otherwise what has such a label. */
  readonly of?: "figure" | "table";
  /** How many levels of sections it lists. */
  readonly depth: number;
}

/** The place of the index; writers fill in the pages. */
export interface Index extends Node {
  readonly type: "index";
  readonly items: readonly IndexItem[];
}

/** A heading of the index, with what stands below it. */
export interface IndexItem {
  readonly term: readonly Inline[];
  /** The ids of marks whose pages are printed, in reading order; a pair is a range of pages. */
  readonly marks: readonly (string | readonly [from: string, to: string])[];
  /** The headings that it refers to, instead of pages or besides them, as they are printed. */
  readonly see?: readonly string[];
  readonly seeAlso?: readonly string[];
  /** What is printed behind the term: pages, and where the reader is sent; once the pages are known. */
  readonly locators?: readonly Inline[];
  readonly items: readonly IndexItem[];
}

/** One printed entry of a list of references. */
export interface Entry extends Node {
  readonly type: "entry";
  /** `ref-` and the reference's number in the list: what citations link to. */
  readonly id: string;
  /** The key of the reference. */
  readonly key: string;
  /** The number or label in the left margin, in styles that have one: `[1]`. */
  readonly label?: readonly Inline[];
  readonly children: readonly Inline[];
}

export interface Text extends Node {
  readonly type: "text";
  readonly value: string;
}

/** Italics; within italics roman again, so writers toggle. */
export interface Emphasis extends Node {
  readonly type: "emphasis";
  readonly children: readonly Inline[];
}

export interface Strong extends Node {
  readonly type: "strong";
  readonly children: readonly Inline[];
}

export interface SmallCaps extends Node {
  readonly type: "smallCaps";
  readonly children: readonly Inline[];
}

export interface Superscript extends Node {
  readonly type: "superscript";
  readonly children: readonly Inline[];
}

export interface Subscript extends Node {
  readonly type: "subscript";
  readonly children: readonly Inline[];
}

export interface InlineCode extends Node {
  readonly type: "inlineCode";
  readonly value: string;
}

export interface Link extends Node {
  readonly type: "link";
  /** `http:`, `https:` or `mailto:`; or `#` and the id of a section, entry or note. */
  readonly url: string;
  readonly children: readonly Inline[];
}

/** Words in another language than those around them. */
export interface Foreign extends Node {
  readonly type: "foreign";
  /** A BCP 47 tag. */
  readonly lang: string;
  readonly children: readonly Inline[];
}

/** A formula in a line of text, in LaTeX. */
export interface InlineEquation extends Node {
  readonly type: "inlineEquation";
  readonly value: string;
  /** What its LaTeX says, once that is read. */
  readonly formula?: Formula;
}

/** A new line in the same paragraph. */
export interface Break extends Node {
  readonly type: "break";
}

/** A footnote, standing where its mark is printed. */
export interface Note extends Node {
  readonly type: "note";
  /** Counted from 1 through the work; 0 until numbered. Its id is `note-` and this. */
  readonly number: number;
  /** What cross-references aim at; several where notes have become one. */
  readonly labels?: readonly NoteLabel[];
  readonly children: readonly Block[];
}

/** The name of a note, which those of other texts of the manuscript may have too. */
export interface NoteLabel {
  /** `fn:` and the key that the note is called by: that of `[^aims]` is `fn:aims`. */
  readonly id: string;
  /** Where the note is defined, which tells it from others of its name. */
  readonly definition: Span;
}

/** A citation, which may be of several works: `[@smith2000; @jones2010, p. 30]`. */
export interface Citation extends Node {
  readonly type: "citation";
  /**
   * What of it is printed here. `narrative` is `@smith2000 [p. 3]`, the author
   * being part of the sentence. A note style prints that one in two places:
   * the `author` in the sentence and the `rest` in the note.
   */
  readonly mode: "parenthetical" | "narrative" | "author" | "rest";
  readonly items: readonly CitationItem[];
  /** Its printed form; until cited, the source text, so that any tree can be written. */
  readonly children: readonly Inline[];
  /**
   * How many characters of the printed form are the author in the sentence and the
   * space behind: on a narrative citation that stands in one place, such as Smith (2000).
   */
  readonly authorEnd?: number;
}

/** What labels number, as pandoc-crossref abbreviates it before the colon: `fig`, `tbl`, `eq`, `sec`, `lst`. */
export type LabelKind = "figure" | "table" | "equation" | "section" | "code";

/** `Figure 1.2` in a caption, `(3)` beside an equation: what cross-references aim at. */
export interface Label extends Node {
  readonly type: "label";
  readonly kind: LabelKind;
  /** That of what it labels, made up where the author gave none: lists of figures lead to it. */
  readonly id?: string;
  /** The number alone: `3`, `1.2`, `A.1`, `2a`. */
  readonly number: string;
  readonly children: readonly Inline[];
}

/**
 * A cross-reference: `@fig:map`, `[@fig:a; @fig:b]`, `[-@sec:method]`, `@fn:aims`.
 * As read it may have several targets and holds the source text; once resolved it
 * has one, and what is printed for it, which is a link.
 */
export interface CrossReference extends Node {
  readonly type: "crossReference";
  readonly targets: readonly CrossReferenceTarget[];
  /** Whether the number is printed without the word before it. */
  readonly numberOnly: boolean;
  /** Whether the word begins with a capital wherever it stands: `@Fig:map`. */
  readonly capital: boolean;
  /** Whether the page is printed instead: `[@fig:map]{.page}`. */
  readonly page?: boolean;
  /** What of its printed text is the number, once resolved; absent where a title is printed. */
  readonly number?: string;
  readonly children: readonly Inline[];
}

export interface CrossReferenceTarget {
  readonly id: string;
  readonly span?: Span;
  /** Where a note of this name is defined in the same text, which is then the one that is meant. */
  readonly definition?: Span;
}

/** An abbreviation; once expanded it holds what is printed here, in full or short. */
export interface Abbreviation extends Node {
  readonly type: "abbreviation";
  /** Its short form, as it is defined; with an `s` where several are meant. */
  readonly key: string;
  /** How it is printed, wherever it stands: `[CIS]{.abbr .full}`. */
  readonly form?: "full" | "short";
  readonly children: readonly Inline[];
}

/** A place that the index refers to. Nothing is printed for it. */
export interface IndexMark extends Node {
  readonly type: "indexMark";
  /** Unique in the document; `idx-` and a number. */
  readonly id: string;
  /** The heading of the index, and the ones below it. */
  readonly terms: readonly string[];
  /** Whether pages from here or up to here are meant. */
  readonly range?: "start" | "end";
  /** Where it sends the reader: headings, each with the ones below it. */
  readonly see?: readonly (readonly string[])[];
  readonly seeAlso?: readonly (readonly string[])[];
}

/** Returns a heading of the index as others refer to it: `gas: prices` stands below `gas`. */
export function headingName(terms: readonly string[]): string {
  return terms.join(": ");
}

/** The part of a citation that names a single work. */
export interface CitationItem {
  /** The key of the reference. */
  readonly key: string;
  /** `-@smith2000`: the author is named in the sentence already. */
  readonly suppressAuthor?: boolean;
  readonly prefix?: readonly Inline[];
  /** A CSL locator label, such as `page` or `chapter`. */
  readonly label?: string;
  readonly locator?: string;
  readonly suffix?: readonly Inline[];
  /** The place of the key, with its `@`. */
  readonly span?: Span;
}

/** The paragraph styles of a template, one name for both writers. */
export type ParagraphStyleName =
  | "title"
  | "subtitle"
  | "title-page"
  | "heading-1"
  | "heading-2"
  | "heading-3"
  | "heading-4"
  | "front-heading"
  | "body"
  | "abstract"
  | "dedication"
  | "quotation"
  | "list"
  | "code"
  | "verse"
  | "epigraph"
  | "definition"
  | "caption"
  | "source"
  | "table"
  | "table-head"
  | "equation"
  | "note"
  | "entry"
  | "annotation"
  | "index"
  | "contents-1"
  | "contents-2"
  | "contents-3"
  | "thematic-break"
  | "header"
  | "footer";

/** Inlines, or blocks, that stand directly in a block. */
export type Content =
  | { readonly inlines: readonly Inline[]; readonly blocks?: undefined }
  | { readonly blocks: readonly Block[]; readonly inlines?: undefined };

/** What happens to the inlines and to the blocks that stand directly in a block. */
export interface ContentChange {
  inlines(inlines: readonly Inline[]): readonly Inline[];
  blocks(blocks: readonly Block[]): readonly Block[];
}

/** Returns what stands directly in a block, in the order of reading. */
export function contentOf(block: Block): readonly Content[] {
  // Most blocks are these two.
  if (block.type === "paragraph") return [{ inlines: block.children }];
  if (block.type === "section") return [{ inlines: block.title }, { blocks: block.children }];
  const content: Content[] = [];
  mapContent(block, {
    inlines(inlines) {
      content.push({ inlines });
      return inlines;
    },
    blocks(blocks) {
      content.push({ blocks });
      return blocks;
    },
  });
  return content;
}

/** Returns a block with what stands directly in it changed, in the order of reading. */
export function mapContent(block: Block, { inlines, blocks }: ContentChange): Block {
  const rows = (some: readonly TableRow[]) =>
    some.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => ({ ...cell, children: blocks(cell.children) })),
    }));
  switch (block.type) {
    case "section":
      return { ...block, title: inlines(block.title), children: blocks(block.children) };
    case "paragraph":
      return { ...block, children: inlines(block.children) };
    case "blockquote":
    case "division":
      return { ...block, children: blocks(block.children) };
    case "list":
      return { ...block, items: block.items.map((item) => blocks(item)) };
    case "definitionList":
      return {
        ...block,
        items: block.items.map(({ term, definitions }) => ({
          term: inlines(term),
          definitions: definitions.map((definition) => blocks(definition)),
        })),
      };
    case "entry":
      return {
        ...block,
        ...(block.label && { label: inlines(block.label) }),
        children: inlines(block.children),
      };
    case "codeBlock":
      return { ...block, ...(block.caption && { caption: inlines(block.caption) }) };
    case "figure": {
      const above = block.captionAbove ? inlines(block.caption) : undefined;
      const images = block.images.map((image) => ({
        ...image,
        ...(image.caption && { caption: inlines(image.caption) }),
      }));
      return {
        ...block,
        images,
        caption: above ?? inlines(block.caption),
        ...(block.source && { source: inlines(block.source) }),
      };
    }
    case "table":
      return {
        ...block,
        caption: inlines(block.caption),
        header: rows(block.header),
        rows: rows(block.rows),
        notes: blocks(block.notes),
      };
    case "index": {
      const items = (some: readonly IndexItem[]): IndexItem[] =>
        some.map((item) => ({
          ...item,
          term: inlines(item.term),
          ...(item.locators && { locators: inlines(item.locators) }),
          items: items(item.items),
        }));
      return { ...block, items: items(block.items) };
    }
    case "equation":
    case "thematicBreak":
    case "contents":
      return block;
  }
}

/** Yields every block and inline below the given ones, parents first, in reading order. */
export function* walk(nodes: readonly (Block | Inline)[]): Generator<Block | Inline> {
  // The next node last. A generator for each level would take several times as long.
  const pending: (Block | Inline)[] = [];
  const add = (some: readonly (Block | Inline)[]) => {
    for (let index = some.length - 1; index >= 0; index--) pending.push(some[index]!);
  };
  add(nodes);
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    if (isBlock(node)) {
      if (node.type === "equation" && node.label) pending.push(node.label);
      const contents = contentOf(node);
      for (let index = contents.length - 1; index >= 0; index--) {
        const { inlines, blocks } = contents[index]!;
        add(inlines ?? blocks);
      }
    } else if ("children" in node) add(node.children);
  }
}

/** Yields every block and inline of a document, parents first, in reading order. */
export function nodesOf({ parts }: Document): Generator<Block | Inline> {
  return walk(parts.flatMap(({ children }) => children));
}

/** Returns a document with the blocks of each of its parts changed. */
export function mapBlocks(
  document: Document,
  change: (blocks: readonly Block[], part: Part) => readonly Block[],
): Document {
  const parts = document.parts.map((part) => ({ ...part, children: change(part.children, part) }));
  return { ...document, parts };
}

const inlineTypes: ReadonlySet<string> = new Set<Inline["type"]>([
  "text",
  "emphasis",
  "strong",
  "smallCaps",
  "superscript",
  "subscript",
  "inlineCode",
  "link",
  "foreign",
  "inlineEquation",
  "break",
  "note",
  "citation",
  "crossReference",
  "label",
  "abbreviation",
  "indexMark",
]);

/** Whether a node is a block. */
export function isBlock(node: Block | Inline): node is Block {
  return !inlineTypes.has(node.type);
}

/**
 * Returns the blocks with every inline replaced by what `rewrite` makes of it.
 * Children are rewritten before their parents; `rewrite` returns the nodes that
 * take the inline's place (none, itself, or several).
 */
export function mapInlines(
  blocks: readonly Block[],
  rewrite: (inline: Inline) => readonly Inline[],
): Block[] {
  const change: ContentChange = {
    inlines: (inlines) => mapInline(inlines, rewrite),
    blocks: (some) => some.map((block) => mapContent(block, change)),
  };
  return blocks.map((block) => mapContent(block, change));
}

function mapInline(
  nodes: readonly Inline[],
  rewrite: (inline: Inline) => readonly Inline[],
): Inline[] {
  return nodes.flatMap((node) => {
    if (node.type === "note") {
      return rewrite({ ...node, children: mapInlines(node.children, rewrite) });
    }
    if ("children" in node) {
      return rewrite({ ...node, children: mapInline(node.children, rewrite) });
    }
    return rewrite(node);
  });
}

/** Returns the letters of some inlines, without their notes; a break counts as a space. */
export function toText(nodes: readonly Inline[]): string {
  let text = "";
  for (const node of nodes) {
    if ("value" in node) text += node.value;
    else if (node.type === "break") text += " ";
    else if (node.type !== "note" && "children" in node) text += toText(node.children);
  }
  return text;
}

/** Whether the title of a section is printed. */
export function hasHeading({ role, untitled }: Section): boolean {
  return role !== "dedication" && role !== "epigraph" && !untitled;
}

/** A section that the contents list, with its level from 1. */
export interface ContentsItem {
  readonly section: Section;
  readonly level: number;
}

/**
 * Returns the sections that a table of contents lists, in order: all down to
 * the given level, but for the contents themselves and those without a heading
 * or a wish to be listed, with all that is in them.
 */
export function contentsItems(document: Document, depth: number): ContentsItem[] {
  const items: ContentsItem[] = [];
  const visit = (blocks: readonly Block[], level: number) => {
    for (const block of blocks) {
      if (block.type !== "section" || level > depth) continue;
      if (block.unlisted) continue;
      if (block.role !== "toc" && hasHeading(block)) items.push({ section: block, level });
      visit(block.children, level + 1);
    }
  };
  for (const part of document.parts) visit(part.children, 1);
  return items;
}

/** Returns a name as it is signed: `Ludwig van Beethoven`, `Martin Luther King Jr.` */
export function fullName(name: Name): string {
  if (name.literal) return name.literal;
  return [
    name.given,
    name["dropping-particle"],
    name["non-dropping-particle"],
    name.family,
    name.suffix,
  ]
    .filter(Boolean)
    .join(" ");
}
