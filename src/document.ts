// The document tree: what readers make, stages rewrite and writers print.
//
// Names follow mdast where it has one, Pandoc where it does not (note,
// citation), and CSL for everything about references. A tree is never changed
// in place: a stage returns a new one.

import type { Span } from "./diagnostic.js";

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
  | CodeBlock
  | ThematicBreak
  | Contents
  | Entry;

export type Inline =
  | Text
  | Emphasis
  | Strong
  | SmallCaps
  | Superscript
  | Subscript
  | InlineCode
  | Link
  | Break
  | Note
  | Citation;

/** A titled part of the work. Its level is its depth in the tree. */
export interface Section extends Node {
  readonly type: "section";
  /** What links and bookmarks aim at; unique in the document once assembled. */
  readonly id: string;
  readonly title: readonly Inline[];
  /** A DPUB-ARIA role without its `doc-` prefix; absent on a chapter or a part of one. */
  readonly role?: SectionRole;
  readonly children: readonly Block[];
}

/** `dedication` prints no heading and is not in the contents; `toc` holds the contents. */
export type SectionRole =
  | "abstract"
  | "acknowledgments"
  | "bibliography"
  | "colophon"
  | "dedication"
  | "toc";

export interface Paragraph extends Node {
  readonly type: "paragraph";
  /** Which of the template's paragraph styles it has; absent: that of its surroundings. */
  readonly style?: ParagraphStyleName;
  /** Blank space above in points, instead of the style's own (lines of the title page). */
  readonly before?: number;
  readonly children: readonly Inline[];
}

/** A quotation set off as a block. */
export interface Blockquote extends Node {
  readonly type: "blockquote";
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

export interface CodeBlock extends Node {
  readonly type: "codeBlock";
  readonly value: string;
}

export interface ThematicBreak extends Node {
  readonly type: "thematicBreak";
}

/** The place of the table of contents; writers fill it in with titles and pages. */
export interface Contents extends Node {
  readonly type: "contents";
  /** How many levels of sections it lists. */
  readonly depth: number;
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

/** A new line in the same paragraph. */
export interface Break extends Node {
  readonly type: "break";
}

/** A footnote, standing where its mark is printed. */
export interface Note extends Node {
  readonly type: "note";
  /** Counted from 1 through the work; 0 until numbered. Its id is `note-` and this. */
  readonly number: number;
  readonly children: readonly Block[];
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
  | "note"
  | "entry"
  | "annotation"
  | "contents-1"
  | "contents-2"
  | "contents-3"
  | "thematic-break"
  | "header"
  | "footer";

/** Yields every block and inline below the given ones, parents first, in reading order. */
export function* walk(nodes: readonly (Block | Inline)[]): Generator<Block | Inline> {
  for (const node of nodes) {
    yield node;
    if (node.type === "section") yield* walk(node.title);
    if (node.type === "list") for (const item of node.items) yield* walk(item);
    if (node.type === "entry" && node.label) yield* walk(node.label);
    if ("children" in node) yield* walk(node.children);
  }
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
  return blocks.map((block) => mapBlock(block, rewrite));
}

function mapBlock(block: Block, rewrite: (inline: Inline) => readonly Inline[]): Block {
  const inlines = (children: readonly Inline[]) => mapInline(children, rewrite);
  switch (block.type) {
    case "section":
      return {
        ...block,
        title: inlines(block.title),
        children: mapInlines(block.children, rewrite),
      };
    case "paragraph":
      return { ...block, children: inlines(block.children) };
    case "blockquote":
      return { ...block, children: mapInlines(block.children, rewrite) };
    case "list":
      return { ...block, items: block.items.map((item) => mapInlines(item, rewrite)) };
    case "entry":
      return {
        ...block,
        ...(block.label && { label: inlines(block.label) }),
        children: inlines(block.children),
      };
    case "codeBlock":
    case "thematicBreak":
    case "contents":
      return block;
  }
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
    if (node.type === "text" || node.type === "inlineCode") text += node.value;
    else if (node.type === "break") text += " ";
    else if (node.type !== "note") text += toText(node.children);
  }
  return text;
}

/** A section that the contents list, with its level from 1. */
export interface ContentsItem {
  readonly section: Section;
  readonly level: number;
}

/**
 * Returns the sections that a table of contents lists, in order: all down to
 * the given level, but for the contents themselves and a dedication.
 */
export function contentsItems(document: Document, depth: number): ContentsItem[] {
  const items: ContentsItem[] = [];
  const visit = (blocks: readonly Block[], level: number) => {
    for (const block of blocks) {
      if (block.type !== "section" || level > depth) continue;
      if (block.role !== "toc" && block.role !== "dedication")
        items.push({ section: block, level });
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
