// The document as pdfmake takes it: a tree of nodes. All text is in paragraphs
// of our own kind, in one list a part, each with its look spelled out, so that
// the layout knows nothing of templates.

import { listedCaptions } from "../../captions.js";
import type { Span } from "../../diagnostic.js";
import {
  type Block,
  type Citation,
  type Contents,
  contentOf,
  contentsItems,
  type Document,
  type Entry,
  type Equation,
  type Figure,
  type Index,
  type Inline,
  type InlineEquation,
  isBlock,
  type List,
  type Note,
  type ParagraphStyleName,
  type Part,
  type Section,
  type Table,
  toText,
  walk,
} from "../../document.js";
import type { Font } from "../../fonts.js";
import type { Formula } from "../../formula.js";
import { type HeadingNumber, headingNumber, numberAsText } from "../../heading-number.js";
import { isRightToLeft } from "../../languages.js";
import {
  beginsPage,
  contentsLevelStyle,
  fontOf,
  hasOldStyleNumerals,
  headingStyle,
  isHyphenated,
  type Leading,
  landscapePage,
  listIndent,
  listMarks,
  type ParagraphStyle,
  partNumbers,
  type Template,
  thematicBreakText,
} from "../../template.js";
import { figureRoom } from "../figure-look.js";
import { indexIndent, indexLines } from "../index-lines.js";
import { defineFigure, type FigureNode } from "./figure-definition.js";
import { formatNumber } from "./labels.js";
import type { PDFDocument } from "./pdfmake.js";
import {
  type Definer,
  defineCaptionedCode,
  defineDefinitions,
  defineEpigraph,
  defineVerse,
} from "./set-off-definition.js";
import { defineTable, paragraphsOf, type TableNode } from "./table-definition.js";
import type { Artifact, StructureNode } from "./tagger.js";

/** How some letters look, and what they belong to. */
export interface CharacterStyle {
  readonly family: Font;
  /** Whether its numerals are old-style ones, where the font has them. */
  readonly oldStyleNumerals?: boolean;
  /** Its language, a BCP 47 tag, where that is not the document's. */
  readonly lang?: string;
  readonly bold: boolean;
  readonly italic: boolean;
  /** In points; that of the line where the letters are raised or lowered. */
  readonly size: number;
  readonly capitals: boolean;
  readonly smallCaps: boolean;
  readonly script?: "superscript" | "subscript";
  /** An address, or `#` and the name of a place in the document. */
  readonly link?: string;
  readonly citation?: Citation;
  /** What they are part of, if that is not what the paragraph is. */
  readonly structure?: StructureNode | Artifact;
}

/** The text of a run that is a box: the object replacement character of Unicode. */
export const BOX_TEXT = "\ufffc";

/**
 * What stands in a line and is no text: a formula, an image. No line break
 * divides it, and the line is as high as it needs. Lengths are in points.
 *
 * What is said of it to those who do not see it stands in its structure, which
 * is the `structure` of its run's style: a `Figure` or `Formula` with `alt`, or
 * an artifact.
 */
export interface InlineBox {
  readonly width: number;
  /** How far it reaches above the base line and, as a positive number, below it. */
  readonly ascent: number;
  readonly descent: number;
  /** Whether it is read as text, so that a line of it alone is as high as others. */
  readonly isText?: boolean;
  /** What it costs to end a line behind it and before another box; absent where none may end. */
  readonly breakPenalty?: number;
  /** How much of its width is blank space at its end, which vanishes at the end of a line. */
  readonly trailing?: number;
  /**
   * Draws it, its left edge at `x` and its base line at `baseLine`, both from the
   * page's top left corner. The state of the graphics is saved and restored around it.
   */
  draw(pdf: PDFDocument, x: number, baseLine: number): void;
}

/** A formula in a run; its LaTeX is what is read for it. */
export interface RunFormula {
  readonly formula: Formula;
  readonly isDisplayed: boolean;
}

/** Letters of one look. `\n` in them is the end of a line. */
export interface Run {
  readonly text: string;
  /** What is drawn instead of its text, which is `BOX_TEXT`; it is read as no text. */
  readonly box?: InlineBox;
  /** A formula that becomes such boxes when it is measured; its text is `BOX_TEXT` too. */
  readonly formula?: RunFormula;
  readonly style: CharacterStyle;
  /** The note whose mark this is. */
  readonly note?: NoteNode;
  /** The name of the place where it stands, for links. */
  readonly anchor?: string;
  /** Where the letters were written. */
  readonly span?: Span;
}

/** A note: paragraphs that go to the foot of the page that its mark is on. */
export interface NoteNode {
  readonly number: number;
  readonly paragraphs: readonly ParagraphNode[];
  /** Its place in the text, where it is read. */
  readonly structure: StructureNode;
}

/** A paragraph with its look spelled out. All lengths are in points. */
export interface ParagraphNode {
  /** pdfmake takes a node with a text for a leaf; ours is in the runs. */
  readonly text: "";
  readonly runs: readonly Run[];
  /** Gives an empty line its height. */
  readonly base: CharacterStyle;
  readonly align: ParagraphStyle["align"];
  /** Whether it runs from right to left; `left` and `right` then change places. */
  readonly isRightToLeft?: boolean;
  /** Whether punctuation at the ends of its lines stands in the margins, if it is justified. */
  readonly hangsPunctuation?: boolean;
  /** Whether words may be divided at its line ends. */
  readonly isHyphenated: boolean;
  readonly leading: Leading;
  /** Indents of all lines, and that of the first relative to them. */
  readonly left: number;
  readonly right: number;
  readonly indent: number;
  readonly before: number;
  readonly after: number;
  /** Stands before the first line, in its hanging indent: a bullet, a number, a label. */
  readonly mark?: Mark;
  /** Its lines stay together, with the first ones of the paragraph that follows. */
  readonly keepWithNext: boolean;
  readonly beginsPage: boolean;
  /** Whether its pages lie on their side. */
  readonly isLandscape?: boolean;
  /** The names of the place where it begins, for links. */
  readonly anchors: readonly string[];
  /** What the bookmarks of the file show of it, with its level from 1. */
  readonly bookmark?: { readonly title: string; readonly level: number };
  /** The section whose page number ends its last line, after a leader. */
  readonly pageOf?: string;
  /** The entry of the list of references that it prints. */
  readonly entry?: Entry;
  /** Whether it is a displayed formula, which is made to fit. */
  readonly isEquation?: boolean;
  /** Stands at the right edge of its last line: the number of a formula. */
  readonly aside?: readonly Run[];
  /** What it is in the structure of the file. */
  readonly structure: StructureNode | Artifact;
}

/** What stands before the first line of a paragraph. */
export interface Mark {
  readonly runs: readonly Run[];
  /** Whether it is the document's own text, and not counted out by the writer. */
  readonly isText: boolean;
}

/** What follows one another on pages. */
export type FlowNode = ParagraphNode | TableNode | FigureNode;

/** The pages of a part: a section of pdfmake. */
export interface PartNode {
  readonly section: { readonly stack: readonly FlowNode[] };
  /** Which part of the document it is, from 0. */
  readonly part: number;
  /** The number of its first page; absent where the count goes on. */
  readonly start?: number;
}

/** The whole work. */
export interface Definition {
  readonly stack: readonly PartNode[];
  /** What stands at the places that links aim at, in words, by the names of the places. */
  readonly places: ReadonlyMap<string, string>;
}

/** Where blocks stand: what surrounds them. */
export interface Surroundings {
  readonly document: Document;
  readonly template: Template;
  /** What stands at the places that links may aim at, by their names. */
  readonly places: ReadonlyMap<string, string>;
  readonly part: Part["role"];
  /** How many sections they are in. */
  readonly level: number;
  /** The style of paragraphs that name none. */
  readonly style: ParagraphStyleName;
  /** Indents besides those of the style, from lists and quotations around. */
  readonly left: number;
  readonly right: number;
  /** Instead of that of the style, in the cells of a table. */
  readonly align?: ParagraphStyle["align"];
  /** Whether their pages lie on their side. */
  readonly isLandscape?: boolean;
  /** How many lists they are in. */
  readonly depth: number;
  /** What they are part of. */
  readonly structure: StructureNode;
  /** How many sections with a heading they are in. */
  readonly headings: number;
  /** Their language, a BCP 47 tag. */
  readonly lang: string;
}

/** What a paragraph has besides its style and its runs. */
export interface Direct {
  /** Whether it follows a heading. */
  readonly first?: boolean;
  /** Whether it goes on with a sentence from above. */
  readonly continues?: boolean;
  readonly before?: number | undefined;
  readonly after?: number;
  readonly indent?: number;
  readonly beginsPage?: boolean;
  readonly anchors?: readonly string[];
  readonly mark?: Mark;
  readonly entry?: Entry;
}

/**
 * Returns the definition of a document in the look of a template. Parts without
 * content are left out. Throws if a note holds a note.
 */
export function define(document: Document, template: Template): Definition {
  const places = linkPlaces(document);
  const stack = document.parts.flatMap(({ role, children }, part) => {
    const paragraphs = defineBlocks(children, {
      document,
      template,
      places,
      part: role,
      level: 0,
      style: role === "title-page" ? "title-page" : "body",
      left: 0,
      right: 0,
      depth: 0,
      structure: { type: "Part" },
      headings: 0,
      lang: document.metadata.lang,
    });
    if (!paragraphs.length) return [];
    const { start } = partNumbers(document.parts, part, template);
    return [{ section: { stack: paragraphs }, part, ...(start !== undefined && { start }) }];
  });
  return { stack, places };
}

/** So many characters say what stands at a place. */
const LONGEST_SUMMARY = 160;

/** Returns all places that a link may aim at, with what is read there. */
function linkPlaces({ parts }: Document): Map<string, string> {
  const places = new Map<string, string>();
  for (const { children } of parts) {
    for (const node of walk(children)) {
      if (node.type === "section") {
        places.set(node.id, beginningOf(`${node.number ?? ""} ${toText(node.title)}`));
      } else if (node.type === "label" && node.id !== undefined) {
        places.set(node.id, beginningOf(toText(node.children)));
      }
      if (node.type === "entry") places.set(node.id, beginningOf(toText(node.children)));
      if (node.type === "indexMark") places.set(node.id, beginningOf(node.terms.join(", ")));
      if (node.type === "note") {
        const [head] = node.children;
        const text = head?.type === "paragraph" ? toText(head.children) : "";
        places.set(`note-${node.number}`, beginningOf(`${node.number} ${text}`));
      } else if (isBlock(node)) {
        for (const { inlines } of contentOf(node)) if (inlines) addMarks(inlines, places);
      } else if ("children" in node) addMarks(node.children, places);
    }
  }
  return places;
}

/** Adds the marks of notes that stand among some inlines, with the words before them. */
function addMarks(nodes: readonly Inline[], places: Map<string, string>): void {
  if (!nodes.some(({ type }) => type === "note")) return;
  let before = "";
  for (const node of nodes) {
    if (node.type === "note") places.set(`noteref-${node.number}`, endOf(before));
    else before = (before + toText([node])).slice(-2 * LONGEST_SUMMARY);
  }
}

function beginningOf(text: string): string {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  if (letters.length <= LONGEST_SUMMARY) return letters.join("");
  return `${letters
    .slice(0, LONGEST_SUMMARY)
    .join("")
    .replace(/\s+\S*$/, "")}…`;
}

function endOf(text: string): string {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  if (letters.length <= LONGEST_SUMMARY) return letters.join("");
  return `…${letters
    .slice(-LONGEST_SUMMARY)
    .join("")
    .replace(/^\S*\s+/, "")}`;
}

/** `first` is what the first paragraph of them has. */
function defineBlocks(blocks: readonly Block[], at: Surroundings, first: Direct = {}): FlowNode[] {
  const list = new EntryList(at);
  return blocks.flatMap((block, index) =>
    defineBlock(block, list.surroundings(block), index === 0 ? first : {}),
  );
}

/** Entries of a list of references that follow one another are the items of a list. */
class EntryList {
  readonly #at: Surroundings;
  #list: { -readonly [Key in keyof StructureNode]: StructureNode[Key] } | undefined;
  #body: StructureNode | undefined;

  constructor(at: Surroundings) {
    this.#at = at;
  }

  /** Returns what a block is in; what is said of an entry is part of its item. */
  surroundings(block: Block): Surroundings {
    if (block.type === "entry") {
      this.#list ??= { type: "L", parent: this.#at.structure, numbering: "None" };
      // Labels such as `[Doe99]` count nothing.
      if (/^\P{L}*\d\P{L}*$/u.test(toText(block.label ?? []))) this.#list.numbering = "Decimal";
      this.#body = { type: "LBody", parent: { type: "LI", parent: this.#list } };
    } else if (block.type !== "paragraph" || block.style !== "annotation") {
      this.#list = undefined;
      this.#body = undefined;
    }
    return this.#body ? { ...this.#at, structure: this.#body } : this.#at;
  }
}

function defineBlock(block: Block, at: Surroundings, direct: Direct): FlowNode[] {
  switch (block.type) {
    case "section":
      return defineSection(block, {
        ...at,
        level: at.level + 1,
        lang: block.lang ?? at.lang,
        structure: { type: "Sect", parent: at.structure, ...structureLanguage(block.lang, at) },
      });
    case "paragraph": {
      const { style = at.style, before = direct.before, children, span } = block;
      const own = { ...direct, before, ...(block.continues && { continues: true }) };
      return [defineParagraph(children, style, at, own, span)];
    }
    case "blockquote":
      if (block.kind === "verse") return defineVerse(block, at, direct, definer);
      if (block.kind === "epigraph") return defineEpigraph(block, at, direct, definer);
      return defineBlockquote(block.children, at, direct);
    case "list":
      return defineList(block, at, direct);
    case "codeBlock":
      return defineCaptionedCode(block, at, direct, definer);
    case "equation":
      return [defineEquation(block, at, direct)];
    case "division": {
      const { lang } = structureLanguage(block.lang, at);
      const inside: Surroundings = {
        ...at,
        ...(lang && { lang, structure: { type: "Div", parent: at.structure, lang } }),
        ...(block.landscape && { isLandscape: true }),
      };
      return defineBlocks(block.children, inside, direct);
    }
    case "definitionList":
      return defineDefinitions(block, at, direct, definer);
    case "figure":
      return [defineFigureBlock(block, at, direct)];
    case "index":
      return defineIndex(block, at);
    case "table":
      return defineTableBlock(block, at, direct);
    case "thematicBreak":
      return [defineText(thematicBreakText, "thematic-break", at, direct, ornament)];
    case "contents":
      return block.of ? defineCaptionList(block.of, at) : defineContents(block.depth, at);
    case "entry":
      return [defineEntry(block, at, direct)];
  }
}

function defineIndex(block: Index, at: Surroundings): ParagraphNode[] {
  const structure: StructureNode = { type: "Index", parent: at.structure };
  return indexLines(block, at.document.metadata.lang).map(({ children, depth, opensLetter }) => {
    const inside = { ...at, structure, left: at.left + depth * indexIndent };
    const space = opensLetter ? { before: at.template.styles.index.size } : {};
    return defineParagraph(children, "index", inside, space, block.span);
  });
}

const definer: Definer = {
  block: defineBlock,
  paragraph: defineParagraph,
  code: defineCode,
  keepsStyle,
};

/** What the structure says of a language, if that is not the one around it. */
function structureLanguage(lang: string | undefined, at: Surroundings): { lang?: string } {
  return lang === undefined || lang === at.lang ? {} : { lang };
}

function defineSection(section: Section, at: Surroundings): FlowNode[] {
  const { part, level, template } = at;
  const inside: Surroundings = {
    ...at,
    style:
      section.role === "abstract"
        ? "abstract"
        : section.role === "dedication"
          ? "dedication"
          : at.style,
  };
  const begins = beginsPage(section, level, part, template);
  const style = headingStyle(section, level, part);
  if (!style) {
    return defineBlocks(section.children, inside, { beginsPage: begins, anchors: [section.id] });
  }
  const headings = at.headings + 1;
  const number = headingNumber(section.number, level, style, template);
  const direct: Direct = { beginsPage: begins, anchors: [section.id] };
  const title = defineParagraph(section.title, style, at, direct, section.span, `H${headings}`);
  const words = (number ? numberAsText(number) : "") + toText(section.title);
  const heading: ParagraphNode = {
    ...withNumber(title, number, title.base),
    keepWithNext: true,
    bookmark: { title: words, level },
  };
  return [heading, ...defineBlocks(section.children, { ...inside, headings }, { first: true })];
}

/** Puts the number of a section before its title. */
function withNumber(
  paragraph: ParagraphNode,
  number: HeadingNumber | undefined,
  style: CharacterStyle,
): ParagraphNode {
  if (!number) return paragraph;
  const { text, gap } = number;
  if ("tab" in gap) {
    // The space parts number and title where the text is read.
    const mark: Mark = { runs: [{ text: `${text} `, style }], isText: true };
    return { ...paragraph, left: paragraph.left + gap.tab, indent: -gap.tab, mark };
  }
  const before: Run = { text: text + ("line" in gap ? "\n" : gap.text), style };
  return { ...paragraph, runs: [before, ...paragraph.runs] };
}

/** Notes keep their own size and leading in quotations and lists. */
function defineBlockquote(
  children: readonly Block[],
  at: Surroundings,
  { beginsPage: begins, anchors, mark, indent }: Direct,
): FlowNode[] {
  const { quotation } = at.template.styles;
  const isNested = isSetOff(at) || keepsStyle(at);
  const inside: Surroundings = {
    ...at,
    style: isNested ? at.style : "quotation",
    left: at.left + (isNested ? quotation.left : 0),
    right: at.right + (isNested ? quotation.right : 0),
    structure: { type: "BlockQuote", parent: at.structure },
  };
  const direct: Direct = {
    ...(begins && { beginsPage: begins }),
    ...(anchors && { anchors }),
    ...(mark && { mark }),
    ...(indent !== undefined && { indent }),
  };
  return defineBlocks(children, inside, direct);
}

/** Whether quotations and lists look like the text around them: in notes and tables. */
function keepsStyle({ style }: Surroundings): boolean {
  return style === "note" || style === "table" || style === "table-head" || style === "source";
}

/** Whether lists within look like the text around them, and quotations are nested in it. */
function isSetOff({ style }: Surroundings): boolean {
  return style === "quotation" || style === "epigraph" || style === "definition";
}

function defineList(list: List, at: Surroundings, direct: Direct): FlowNode[] {
  const style = isSetOff(at) || keepsStyle(at) ? at.style : "list";
  const inside: Surroundings = {
    ...at,
    style,
    left: at.left + listIndent,
    depth: at.depth + 1,
  };
  const base = characterStyle(style, at);
  const structure: StructureNode = {
    type: "L",
    parent: at.structure,
    numbering: listNumbering(list, at.depth),
  };
  return list.items.flatMap((item, index) => {
    const begins = item[0]?.type === "paragraph";
    const head: Block = begins ? item[0]! : { type: "paragraph", children: [] };
    const parent: StructureNode = { type: "LI", parent: structure };
    const look: CharacterStyle = { ...base, structure: { type: "Lbl", parent } };
    const mark = { runs: [{ text: listMark(list, index, at.depth), style: look }], isText: false };
    const first = index === 0 ? direct : {};
    const within: Surroundings = { ...inside, structure: { type: "LBody", parent } };
    return [
      ...defineBlock(head, within, {
        indent: -listIndent,
        mark,
        ...(first.anchors && { anchors: first.anchors }),
        ...(first.beginsPage && { beginsPage: true }),
      }),
      ...(begins ? item.slice(1) : item).flatMap((block) =>
        defineBlock(block, within, block.type === "paragraph" ? { indent: 0 } : {}),
      ),
    ];
  });
}

function listNumbering({ start }: List, depth: number): StructureNode["numbering"] {
  if (start === undefined) return "Disc";
  switch (listMarks(depth).number) {
    case "decimal":
      return "Decimal";
    case "lower-alpha":
      return "LowerAlpha";
    case "lower-roman":
      return "LowerRoman";
  }
}

function listMark({ start }: List, index: number, depth: number): string {
  const { bullet, number } = listMarks(depth);
  return start === undefined ? bullet : `${formatNumber(start + index, number)}.`;
}

function defineFigureBlock(figure: Figure, at: Surroundings, direct: Direct): FigureNode {
  const { template } = at;
  const page = at.isLandscape ? landscapePage(template.page) : template.page;
  const { left, ...room } = figureRoom(page, at.left, at.right);
  return defineFigure(figure, {
    template,
    parent: at.structure,
    left,
    room,
    beginsPage: direct.beginsPage ?? false,
    isLandscape: at.isLandscape ?? false,
    anchors: direct.anchors ?? [],
    look: (style) => characterStyle(style, at),
    paragraph: (children, style, { align, inColumn, ...own }, type, parent, span) => {
      const inside = {
        ...at,
        ...(inColumn && { left: 0, right: 0 }),
        ...(align && { align }),
        structure: parent,
      };
      return defineParagraph(children, style, inside, own, span, type);
    },
  });
}

/** A table within a cell or a note is the paragraphs of its cells. */
function defineTableBlock(table: Table, at: Surroundings, direct: Direct): FlowNode[] {
  const { template } = at;
  const { caption, table: text } = template.styles;
  const captionDirect: Direct = { ...direct, before: caption.after, after: caption.before };
  return [
    ...defineTable(table, {
      template,
      parent: at.structure,
      size: text.size,
      beginsPage: direct.beginsPage ?? false,
      isLandscape: at.isLandscape ?? false,
      cell: (blocks, style, align, structure) => {
        const inside = { ...at, style, align, left: 0, right: 0, depth: 0, structure };
        const cell = blocks.length ? blocks : [{ type: "paragraph", children: [] } as const];
        return paragraphsOf(defineBlocks(cell, inside));
      },
      caption: (structure) => {
        const inside = { ...at, left: 0, right: 0, structure };
        const { span } = table;
        const node = defineParagraph(
          table.caption,
          "caption",
          inside,
          captionDirect,
          span,
          "Caption",
        );
        return { ...node, keepWithNext: true };
      },
      notes: () =>
        paragraphsOf(defineBlocks(table.notes, { ...at, style: "source", left: 0, right: 0 })),
    }),
  ];
}

/** What stands for a thematic break says nothing in words. */
const ornament: Artifact = { type: "Artifact", kind: "Layout" };

/** Tab stops in code are eight letters apart, as terminals have them. */
const TAB_STOP = 8;

function defineCode(
  value: string,
  at: Surroundings,
  direct: Direct,
  span: Span | undefined,
): ParagraphNode {
  const text = value.split("\n").map(expandTabs).join("\n");
  const structure: StructureNode = { type: "Code", parent: { type: "P", parent: at.structure } };
  const paragraph = defineText(text, "code", at, direct, structure, span);
  const style = { ...paragraph.base, family: at.template.fonts.code };
  return { ...paragraph, runs: paragraph.runs.map((run) => ({ ...run, style })), base: style };
}

function expandTabs(line: string): string {
  let expanded = "";
  for (const [index, piece] of line.split("\t").entries()) {
    if (index) expanded = expanded.padEnd((Math.floor(expanded.length / TAB_STOP) + 1) * TAB_STOP);
    expanded += piece;
  }
  return expanded;
}

function defineEntry(entry: Entry, at: Surroundings, direct: Direct): ParagraphNode {
  const { id, label, children, span } = entry;
  const labelled: StructureNode = { type: "Lbl", parent: at.structure.parent ?? at.structure };
  const look: CharacterStyle = { ...characterStyle("entry", at), structure: labelled };
  const runs = label && defineInlines(label, look, { ...at, structure: labelled }, span);
  return defineParagraph(
    children,
    "entry",
    at,
    {
      ...direct,
      anchors: [...(direct.anchors ?? []), id],
      ...(runs && { mark: { runs, isText: true } }),
      entry,
    },
    span,
    "BibEntry",
  );
}

function defineContents(depth: number, at: Surroundings): ParagraphNode[] {
  const items = new ContentsTree(at.structure);
  return contentsItems(at.document, depth).map(({ section, level }) => {
    const name = contentsLevelStyle(level);
    const { id, title, lang, span } = section;
    const number = headingNumber(section.number, level, name, at.template);
    const item = items.add(level);
    const line = defineContentsLine(id, title, name, item, at, { lang, span });
    return withNumber(line, number, line.base);
  });
}

/** Lists the captions of figures or tables, as the contents list titles. */
function defineCaptionList(of: NonNullable<Contents["of"]>, at: Surroundings): ParagraphNode[] {
  const items = new ContentsTree(at.structure);
  return listedCaptions(at.document, of).map(({ id, caption, block: { span } }) =>
    defineContentsLine(id, caption, "contents-1", items.add(1), at, { span }),
  );
}

/** Defines a line that ends with the page of what it leads to. */
function defineContentsLine(
  id: string,
  title: readonly Inline[],
  name: ParagraphStyleName,
  item: StructureNode,
  at: Surroundings,
  of: { readonly lang?: string | undefined; readonly span: Span | undefined },
): ParagraphNode {
  const base = { ...characterStyle(name, at), link: `#${id}` };
  const { lang } = structureLanguage(of.lang, at);
  const look: CharacterStyle = lang
    ? { ...base, lang, structure: { type: "Span", parent: item, lang } }
    : base;
  const within = { ...at, structure: item };
  // The line is one link; what is repeated in it has its own links, notes and places elsewhere.
  const runs = defineInlines(withoutBreaks(title), look, within, of.span)
    .filter(({ note }) => !note)
    .map(({ style: { citation: _, ...style }, anchor: __, ...run }): Run => {
      return { ...run, style: { ...style, link: base.link } };
    });
  return { ...layOut(runs, name, at, {}, item), base, pageOf: id };
}

/** The items of a table of contents, those of a section in the item of the section around it. */
class ContentsTree {
  readonly #around: StructureNode;
  /** The items whose sections are open, from the outermost in. */
  readonly #open: { readonly level: number; readonly list: StructureNode; item: StructureNode }[] =
    [];

  constructor(around: StructureNode) {
    this.#around = around;
  }

  /** Returns the item of the next section, of a level from 1. */
  add(level: number): StructureNode {
    while (this.#open.length && this.#open.at(-1)!.level > level) this.#open.pop();
    let last = this.#open.at(-1);
    if (last?.level !== level) {
      const list: StructureNode = { type: "TOC", parent: last?.item ?? this.#around };
      last = { level, list, item: list };
      this.#open.push(last);
    }
    last.item = { type: "TOCI", parent: last.list };
    return last.item;
  }
}

function withoutBreaks(nodes: readonly Inline[]): Inline[] {
  return nodes.map((node): Inline => {
    if (node.type === "break") return { type: "text", value: " " };
    if (node.type === "note" || !("children" in node)) return node;
    return { ...node, children: withoutBreaks(node.children) };
  });
}

/** A displayed formula is one line, with its number at the end of it. */
function defineEquation(equation: Equation, at: Surroundings, direct: Direct): ParagraphNode {
  const { id, label, span } = equation;
  const structure: StructureNode = { type: "P", parent: at.structure };
  const style = characterStyle("equation", at);
  const run = defineFormula(equation, style, structure, span);
  const anchors = [...(direct.anchors ?? []), ...(id === undefined || label ? [] : [id])];
  return {
    ...layOut([run], "equation", at, { ...direct, anchors }, structure),
    isEquation: true,
    ...(label && { aside: defineInlines([label], style, { ...at, structure }, span) }),
  };
}

/** Returns the run of a formula; its LaTeX as it is where it could not be read. */
function defineFormula(
  { value, formula, type }: Equation | InlineEquation,
  style: CharacterStyle,
  structure: StructureNode,
  span: Span | undefined,
): Run {
  const place = span && { span };
  if (!formula) return { text: value, style, ...place };
  // What is no part of the text, such as a running head, has no parts that are.
  const own = style.structure ?? structure;
  const element: StructureNode | Artifact =
    "kind" in own ? own : { type: "Formula", parent: own, alt: value };
  return {
    text: BOX_TEXT,
    formula: { formula, isDisplayed: type === "equation" },
    style: { ...style, structure: element },
    ...place,
  };
}

function defineText(
  value: string,
  style: ParagraphStyleName,
  at: Surroundings,
  direct: Direct,
  structure: ParagraphNode["structure"],
  span?: Span,
): ParagraphNode {
  const run = { text: value, style: characterStyle(style, at), ...(span && { span }) };
  return layOut([run], style, at, direct, structure);
}

function defineParagraph(
  children: readonly Inline[],
  style: ParagraphStyleName,
  at: Surroundings,
  direct: Direct,
  span: Span | undefined,
  type: StructureNode["type"] = paragraphTypes[style] ?? "P",
): ParagraphNode {
  const structure: StructureNode = { type, parent: at.structure };
  const runs = defineInlines(children, characterStyle(style, at), { ...at, structure }, span);
  return layOut(runs, style, at, direct, structure);
}

const paragraphTypes: { readonly [Name in ParagraphStyleName]?: StructureNode["type"] } = {
  title: "Title",
  subtitle: "Subtitle",
};

/** Gives runs the look of a paragraph style at their place. */
function layOut(
  runs: readonly Run[],
  name: ParagraphStyleName,
  at: Surroundings,
  direct: Direct,
  structure: ParagraphNode["structure"],
): ParagraphNode {
  const { first, continues, before, after, indent, anchors = [], mark, entry } = direct;
  const { beginsPage: begins = false } = direct;
  const { template } = at;
  const { page } = template;
  const style = template.styles[name];
  const isFirst = first && !template.indentFirstParagraph;
  const isUnindented = name === "body" && (isFirst || continues);
  const { left: inner, right: outer } = page.margins;
  // However deep the nesting, an inch of line is left.
  const widest = Math.max(0, page.width - inner - outer - page.gutter - 72);
  const left = Math.min(style.left + at.left, widest);
  return {
    text: "",
    runs,
    base: characterStyle(name, at),
    align: at.align ?? style.align,
    ...(template.hangingPunctuation && { hangsPunctuation: true }),
    ...(isRightToLeft(at.lang) && { isRightToLeft: true }),
    ...(at.isLandscape && { isLandscape: true }),
    isHyphenated: isHyphenated(name, template),
    leading: style.leading,
    left,
    right: Math.min(style.right + at.right, Math.max(0, widest - left)),
    indent: Math.max(-left, indent ?? (isUnindented ? 0 : style.indent)),
    before: before ?? style.before,
    after: after ?? style.after,
    keepWithNext: false,
    beginsPage: begins,
    anchors,
    ...(mark && { mark }),
    ...(entry && { entry }),
    structure,
  };
}

function characterStyle(
  name: ParagraphStyleName,
  { template, document, lang }: Surroundings,
): CharacterStyle {
  const { bold, italic, size, capitals } = template.styles[name];
  return {
    family: fontOf(name, template),
    bold,
    italic,
    size,
    capitals,
    smallCaps: false,
    ...(hasOldStyleNumerals(name, template) && { oldStyleNumerals: true }),
    ...(lang !== document.metadata.lang && { lang }),
  };
}

/** Returns the runs of some inlines, in a look that they change: italics toggle. */
function defineInlines(
  nodes: readonly Inline[],
  style: CharacterStyle,
  at: Surroundings,
  span: Span | undefined,
): Run[] {
  return nodes.flatMap((node) => defineInline(node, style, at, node.span ?? span));
}

function defineInline(
  node: Inline,
  style: CharacterStyle,
  at: Surroundings,
  span: Span | undefined,
): Run[] {
  const inner = (children: readonly Inline[], change: Partial<CharacterStyle>) =>
    defineInlines(children, { ...style, ...change }, at, span);
  const run = (text: string, look: CharacterStyle): Run[] => [
    { text, style: look, ...(span && { span }) },
  ];
  switch (node.type) {
    case "text":
      // Line ends and tabs of the source are no more than spaces.
      return run(node.value.replace(/[\t\n\r]/g, " "), style);
    case "inlineCode":
      return run(node.value.replace(/[\t\n\r]/g, " "), {
        ...style,
        family: at.template.fonts.code,
      });
    case "inlineEquation":
      if (!node.formula) return defineInline({ ...node, type: "inlineCode" }, style, at, span);
      return [defineFormula(node, style, at.structure, span)];
    case "foreign":
      return inner(node.children, foreignStyle(node.lang, style, at));
    case "abbreviation":
      return inner(node.children, {});
    case "crossReference": {
      const link = style.link ?? linkTarget(`#${node.targets[0]?.id ?? ""}`, at);
      return inner(node.children, link === undefined ? {} : { link });
    }
    case "label": {
      const [first, ...rest] = inner(node.children, {});
      if (!first || node.id === undefined) return first ? [first, ...rest] : [];
      return [{ ...first, anchor: node.id }, ...rest];
    }
    case "indexMark":
      return [{ text: "", style, anchor: node.id }];
    case "emphasis":
      return inner(node.children, { italic: !style.italic });
    case "strong":
      return inner(node.children, { bold: true });
    case "smallCaps":
      return inner(node.children, { smallCaps: true });
    case "superscript":
    case "subscript":
      return inner(node.children, { script: node.type });
    case "break":
      return run("\n", style);
    case "link": {
      const link = style.link ?? linkTarget(node.url, at);
      return link === undefined ? inner(node.children, {}) : inner(node.children, { link });
    }
    case "note":
      return [defineNote(node, style, at)];
    case "citation": {
      const runs = inner(node.children, { citation: node });
      // A citation that prints nothing has its place all the same.
      return runs.length ? runs : run("", { ...style, citation: node });
    }
  }
}

/** Returns what is different about words in another language. */
function foreignStyle(
  lang: string,
  style: CharacterStyle,
  at: Surroundings,
): Partial<CharacterStyle> {
  const { structure: parent = at.structure } = style;
  if (lang === (style.lang ?? at.document.metadata.lang)) return {};
  return "kind" in parent ? { lang } : { lang, structure: { type: "Span", parent, lang } };
}

/** Returns what a link may aim at; nothing that runs or reads files, and no place that is not there. */
function linkTarget(url: string, { places }: Surroundings): string | undefined {
  if (url.startsWith("#")) return places.has(url.slice(1)) ? url : undefined;
  return /^(?:https?:\/\/|mailto:)/i.test(url) ? url : undefined;
}

/** Returns the mark of a note, with the note. Mark and number are links to each other. */
function defineNote(note: Note, style: CharacterStyle, at: Surroundings): Run {
  const { number, children } = note;
  if (at.style === "note") throw new Error(`note ${number} holds a note, which has no place`);
  // A heading is read without its notes, which follow it.
  const { structure: around } = at;
  const parent = /^H\d/.test(around.type) && around.parent ? around.parent : around;
  const structure: StructureNode = { type: "Note", parent };
  const { align: _, ...outside } = at;
  const inside: Surroundings = {
    ...outside,
    style: "note",
    level: 0,
    left: 0,
    right: 0,
    depth: 0,
    structure,
  };
  const text = String(number);
  const label: CharacterStyle = {
    ...characterStyle("note", at),
    structure: { type: "Lbl", parent: structure },
  };
  const ownNumber: Run = {
    text,
    style: { ...label, script: "superscript", link: `#noteref-${number}` },
    anchor: `note-${number}`,
  };
  const space: Run = { text: " ", style: label };
  const [head, ...rest] = children;
  const begins = head?.type === "paragraph";
  const first = defineParagraph(begins ? head.children : [], "note", inside, {}, head?.span);
  return {
    text,
    style: { ...style, italic: false, script: "superscript", link: `#note-${number}` },
    anchor: `noteref-${number}`,
    note: {
      number,
      paragraphs: [
        { ...first, runs: [ownNumber, space, ...first.runs] },
        ...paragraphsOf(defineBlocks(begins ? rest : children, inside)),
      ],
      structure,
    },
  };
}
