// Blocks become paragraphs. All formatting is in the paragraph styles; a
// paragraph adds to them only what depends on its place: its depth in lists
// and quotations, a new page, the space that a line of the title page asks for.

import { type IParagraphOptions, type Paragraph, Tab, TextRun, type XmlComponent } from "docx";
import type {
  Block,
  Document,
  Entry,
  Inline,
  List,
  ParagraphStyleName,
  Part,
  Section,
  TableColumn,
} from "../../document.js";
import { headingNumber } from "../../heading-number.js";
import { isRightToLeft } from "../../languages.js";
import {
  beginsPage,
  headingStyle,
  listIndent,
  type ParagraphStyle,
  type Template,
  thematicBreakText,
} from "../../template.js";
import { scaledSize } from "../table-look.js";
import { writeCaptionList, writeContents } from "./contents.js";
import { equationsJoin, writeEquation } from "./equations.js";
import { endField } from "./fields.js";
import { writeFigure } from "./figures.js";
import { headingStyleOf } from "./heading-numbering.js";
import { writeIndex } from "./index-fields.js";
import { bookmarked, writeInlines } from "./inlines.js";
import { textWidth, twips } from "./page.js";
import { deepestList, listNumbering, type Registry, type Story } from "./registry.js";
import {
  type BlockWriter,
  writeCode,
  writeDefinitions,
  writeEpigraph,
  writeVerse,
} from "./set-off.js";
import { lowParagraph, StretchMark } from "./stretches.js";
import { deepestLevel, paragraphStyleIds, smallTableStyleId } from "./styles.js";
import { spaceAroundTables, wouldJoin, writeTable } from "./tables.js";
import { paragraphOf } from "./xml.js";

/** Where blocks are written: what surrounds them. */
export interface Surroundings {
  readonly document: Document;
  readonly registry: Registry;
  readonly part: Part["role"];
  readonly story: Story;
  /** How many sections they are in. */
  readonly level: number;
  /** The style of paragraphs that name none. */
  readonly style: ParagraphStyleName;
  /** Indents in points besides those of the style, from lists and quotations around. */
  readonly left: number;
  readonly right: number;
  /** How many lists they are in. */
  readonly depth: number;
  /** Instead of that of the style, in the cells of a table. */
  readonly align?: TableColumn["align"];
  /** How much smaller the letters of a table are than its styles say. */
  readonly scale?: number;
  /** Whether each paragraph stays on the page of the next one. */
  readonly keepsNext?: boolean;
  /** Whether their pages lie on their side. */
  readonly isLandscape?: boolean;
  /** Their language, a BCP 47 tag, where that is not the document's. */
  readonly lang?: string | undefined;
}

/** What a paragraph has besides its style and its children. */
export interface Direct
  extends Pick<
    IParagraphOptions,
    "pageBreakBefore" | "numbering" | "keepNext" | "keepLines" | "alignment"
  > {
  /** Whether it follows a heading. */
  readonly first?: boolean;
  /** Whether it goes on with a sentence from above. */
  readonly continues?: boolean;
  /** Space above and below in points, instead of the style's. */
  readonly before?: number;
  readonly after?: number;
  /** Of the first line, in points, instead of the style's. */
  readonly indent?: number;
}

/**
 * Returns the paragraphs of a part, with marks where a Word section begins.
 * Notes, links and lists are entered in the registry, in reading order. Throws if
 * a note holds a note.
 */
export function writePart(
  { role, children }: Part,
  document: Document,
  registry: Registry,
): XmlComponent[] {
  return writeBlocks(children, {
    document,
    registry,
    part: role,
    story: "document",
    level: 0,
    style: role === "title-page" ? "title-page" : "body",
    left: 0,
    right: 0,
    depth: 0,
  });
}

/** `direct` is of the first block. */
function writeBlocks(
  blocks: readonly Block[],
  at: Surroundings,
  direct: Direct = {},
): XmlComponent[] {
  const { live } = at.registry;
  const start = live?.list ? blocks.indexOf(live.list[0]!) : -1;
  const write = (some: readonly Block[], from: number) =>
    some.flatMap((block, index) => {
      const place = from + index;
      const before = blocks[place - 1];
      const next = blocks[place + 1];
      const space = spaceAroundTables(before, block, next, at);
      return [
        ...(wouldJoin(before, block) || equationsJoin(before, block) ? [lowParagraph()] : []),
        ...writeBlock(block, at, { ...(place ? {} : direct), ...space }),
      ];
    });
  if (!live?.list || start < 0) return write(blocks, 0);
  const end = start + live.list.length;
  return [
    ...write(blocks.slice(0, start), 0),
    ...live.wrapList(write(blocks.slice(start, end), start)),
    ...write(blocks.slice(end), end),
  ];
}

function writeBlock(block: Block, at: Surroundings, direct: Direct): XmlComponent[] {
  switch (block.type) {
    case "section":
      return section(block, {
        ...at,
        level: at.level + 1,
        lang: languageIn(block.lang, at),
      });
    case "paragraph": {
      const { style = at.style, before = direct.before, children } = block;
      const own = {
        ...direct,
        ...(before !== undefined && { before }),
        ...(block.continues && { continues: true }),
      };
      return [paragraph(runs(children, style, at), style, at, own)];
    }
    case "blockquote":
      if (block.kind === "verse") return writeVerse(block, at, direct, writer);
      if (block.kind === "epigraph") return writeEpigraph(block, at, direct, writer);
      return blockquote(block.children, at, direct);
    case "list":
      return list(block, at, direct);
    case "codeBlock":
      return writeCode(block, at, direct, writer);
    case "equation":
      return writeEquation(block, at, direct, writer);
    case "division": {
      const inside = { ...at, lang: languageIn(block.lang, at) };
      if (!block.landscape || at.isLandscape || !canTurn(at)) {
        return writeBlocks(block.children, inside, direct);
      }
      return [
        new StretchMark({ isLandscape: true }),
        ...writeBlocks(block.children, { ...inside, isLandscape: true }, direct),
        new StretchMark({ isLandscape: false }),
      ];
    }
    case "definitionList":
      return writeDefinitions(block, at, direct, writer);
    case "index":
      return writeIndex(block, at, writer);
    case "figure":
      return writeFigure(block, at, direct, writer);
    case "table":
      return writeTable(block, at, direct, writer);
    case "thematicBreak":
      return [paragraph([new TextRun(thematicBreakText)], "thematic-break", at, direct)];
    case "contents":
      return block.of
        ? writeCaptionList(block.of, at.document, at.registry)
        : [writeContents(block, at.document, at.registry)];
    case "entry":
      return [entry(block, at)];
  }
}

const writer: BlockWriter = { block: writeBlock, runs, paragraph };

/** Whether pages may be turned there: not within notes and cells. */
function canTurn({ story, style }: Surroundings): boolean {
  return story === "document" && style !== "table" && style !== "table-head";
}

/** Returns the language of blocks that may have their own, if it is not the document's. */
function languageIn(lang: string | undefined, { document, lang: around }: Surroundings) {
  if (lang === undefined) return around;
  return lang === document.metadata.lang ? undefined : lang;
}

/** What a paragraph says of its direction (17.3.1.6): its left side is then at the right. */
function directionOf({ document, lang = document.metadata.lang }: Surroundings) {
  return isRightToLeft(lang) ? { bidirectional: true } : {};
}

function section(node: Section, at: Surroundings): XmlComponent[] {
  const { registry, part, level } = at;
  const { template } = registry;
  const inside: Surroundings = {
    ...at,
    style:
      node.role === "abstract" ? "abstract" : node.role === "dedication" ? "dedication" : at.style,
  };
  const [head, ...rest] = node.children;
  const style = headingStyle(node, level, part);
  const begins = beginsPage(node, level, part, template);
  const mark = begins && hasOwnStretch(part, template) ? [new StretchMark({ chapter: node })] : [];
  if (!style) {
    const pageBreakBefore = begins && !mark.length;
    return head
      ? [...mark, ...writeBlock(head, inside, { pageBreakBefore }), ...writeBlocks(rest, inside)]
      : [];
  }
  const words = bookmarked(node, runs(node.title, style, at), registry);
  const number = headingNumber(node.number, level, style, template);
  const title = number && "line" in number.gap ? [new TextRun({ break: 1 }), ...words] : words;
  const heading = paragraphOf(title, {
    style:
      node.role === "toc" || node.unlisted
        ? "TOCHeading"
        : style === "front-heading"
          ? paragraphStyleIds[style]
          : headingStyleOf(node, Math.min(level, deepestLevel), registry).id,
    ...directionOf(at),
  });
  return [...mark, heading, ...writeBlocks(node.children, inside, { first: true })];
}

/**
 * Whether what begins a page begins a Word section too: chapters do, so that
 * each can be given its own heads; the front matter where it has heads. Its
 * headings' style breaks the page otherwise.
 */
function hasOwnStretch(part: Part["role"], { runningHeads, chaptersOn }: Template): boolean {
  return part === "body" || runningHeads !== undefined || chaptersOn === "right";
}

/** Notes keep their own size and leading in quotations and lists. */
function blockquote(children: readonly Block[], at: Surroundings, direct: Direct): XmlComponent[] {
  const { quotation } = at.registry.template.styles;
  const nested = keepsStyle(at);
  const inside: Surroundings = {
    ...at,
    style: nested ? at.style : "quotation",
    left: at.left + (nested ? quotation.left : 0),
    right: at.right + (nested ? quotation.right : 0),
  };
  const [head, ...rest] = children;
  if (!head) return [];
  const { pageBreakBefore, before } = direct;
  const first = { pageBreakBefore, ...(before !== undefined && { before }) };
  return [...writeBlock(head, inside, first), ...writeBlocks(rest, inside)];
}

/** Whether lists and quotations within look like the text around them. */
function keepsStyle({ style }: Surroundings): boolean {
  return (
    style === "quotation" || style === "note" || style === "epigraph" || style === "definition"
  );
}

function list(node: List, at: Surroundings, direct: Direct): XmlComponent[] {
  const level = Math.min(at.depth, deepestList);
  const numbering = { ...listNumbering(at.registry, node, level), level };
  const style = keepsStyle(at) ? at.style : "list";
  const inside: Surroundings = {
    ...at,
    style,
    left: at.left + listIndent,
    depth: at.depth + 1,
  };
  return node.items.flatMap((item, index) => {
    const begins = item[0]?.type === "paragraph";
    const head: Block = begins ? item[0]! : { type: "paragraph", children: [] };
    const rest = begins ? item.slice(1) : item;
    const { before } = index ? {} : direct;
    const space = before === undefined ? {} : { before };
    return [
      ...writeBlock(head, inside, { numbering, indent: -listIndent, ...space }),
      ...rest.flatMap((block) =>
        writeBlock(block, inside, block.type === "paragraph" ? { indent: 0 } : {}),
      ),
    ];
  });
}

function entry(node: Entry, at: Surroundings): Paragraph {
  const { label, children } = node;
  const content = [
    ...(label ? [...runs(label, "entry", at), new TextRun({ children: [new Tab()] })] : []),
    ...runs(children, "entry", at),
  ];
  const { live } = at.registry;
  const written = [
    ...(live?.list?.[0] === node ? live.beginList() : []),
    ...bookmarked(node, content, at.registry),
    ...(live?.list?.at(-1) === node ? [endField()] : []),
  ];
  return paragraph(written, "entry", at, {});
}

function runs(nodes: readonly Inline[], style: ParagraphStyleName, at: Surroundings) {
  return writeInlines(nodes, {
    registry: at.registry,
    story: at.story,
    paragraph: at.registry.template.styles[style],
    lang: at.lang,
    writeNote: (children) => note(children, at),
  });
}

/** Enters a footnote. docx puts its mark before the first paragraph's runs; a space follows it. */
function note(children: readonly Block[], at: Surroundings): void {
  const { notes } = at.registry;
  const index = notes.length;
  // The place is taken before the blocks are written, so that notes keep their order.
  notes.push([]);
  const { align: _, scale: __, keepsNext: ___, ...outside } = at;
  const inside: Surroundings = {
    ...outside,
    story: "footnotes",
    style: "note",
    level: 0,
    left: 0,
    right: 0,
    depth: 0,
  };
  const [head, ...rest] = children;
  const begins = head?.type === "paragraph";
  const space = new TextRun(" ");
  const first = paragraph(
    [space, ...(begins ? runs(head.children, "note", inside) : [])],
    "note",
    inside,
    {},
  );
  notes[index] = [first, ...writeBlocks(begins ? rest : children, inside)];
}

function paragraph(
  children: readonly XmlComponent[],
  style: ParagraphStyleName,
  at: Surroundings,
  { first = false, continues = false, before, after, indent, numbering, ...direct }: Direct,
): Paragraph {
  const { template } = at.registry;
  const look = template.styles[style];
  const isFirst = first && !template.indentFirstParagraph;
  const unindented = style === "body" && (isFirst || continues);
  return paragraphOf(children, {
    style: unindented ? "FirstParagraph" : styleId(style, at),
    ...directionOf(at),
    ...(at.align && at.align !== look.align && { alignment: at.align }),
    ...(at.keepsNext && { keepNext: true }),
    ...direct,
    ...(numbering && { numbering }),
    ...((before !== undefined || after !== undefined) && {
      spacing: {
        ...(before !== undefined && { before: twips(before) }),
        ...(after !== undefined && { after: twips(after) }),
      },
    }),
    ...indents(look, at, indent, numbering !== undefined),
  });
}

/** A table that has been made smaller has styles of its own, for letters of its size. */
function styleId(style: ParagraphStyleName, { scale = 1, registry }: Surroundings): string {
  if (scale === 1 || (style !== "table" && style !== "table-head")) return paragraphStyleIds[style];
  const size = scaledSize(registry.template.styles[style].size, scale);
  registry.smallTables.add(size);
  return smallTableStyleId(style, size);
}

/** The indents of a paragraph where its surroundings change those of its style or numbering. */
function indents(
  look: ParagraphStyle,
  { left, right, depth, registry }: Surroundings,
  indent: number | undefined,
  numbered: boolean,
): Pick<IParagraphOptions, "indent"> {
  const { page, styles } = registry.template;
  // However deep the nesting, an inch of line is left.
  const widest = Math.max(0, textWidth(page) / 20 - 72);
  const from = Math.min(look.left + left, widest);
  const to = Math.min(look.right + right, Math.max(0, widest - from));
  if (numbered) {
    const own = styles.list.left + listIndent * Math.min(depth, deepestList + 1);
    if (from === own && right === 0) return {};
    return {
      indent: {
        left: twips(from),
        hanging: twips(listIndent),
        ...(right > 0 && { right: twips(to) }),
      },
    };
  }
  if (left === 0 && right === 0) return {};
  return {
    indent: {
      left: twips(from),
      ...(right > 0 && { right: twips(to) }),
      ...(indent !== undefined &&
        (indent < 0 ? { hanging: twips(-indent) } : { firstLine: twips(indent) })),
    },
  };
}
