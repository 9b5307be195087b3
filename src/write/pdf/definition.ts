// The document as pdfmake takes it: a tree of nodes. All text is in paragraphs
// of our own kind, in one list a part, each with its look spelled out, so that
// the layout knows nothing of templates.

import type { Span } from "../../diagnostic.js";
import {
  type Block,
  type Citation,
  contentsItems,
  type Document,
  type Entry,
  type Inline,
  type List,
  type Note,
  type ParagraphStyleName,
  type Part,
  type Section,
  toText,
  walk,
} from "../../document.js";
import {
  beginsPage,
  contentsLevelStyle,
  type FontFamily,
  headingStyle,
  type Leading,
  listIndent,
  listMarks,
  type ParagraphStyle,
  type Template,
  thematicBreakText,
} from "../../template.js";
import { formatNumber } from "./labels.js";

/** How some letters look, and what they belong to. */
export interface CharacterStyle {
  readonly family: FontFamily;
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
}

/** Letters of one look. `\n` in them is the end of a line. */
export interface Run {
  readonly text: string;
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
}

/** A paragraph with its look spelled out. All lengths are in points. */
export interface ParagraphNode {
  /** pdfmake takes a node with a text for a leaf; ours is in the runs. */
  readonly text: "";
  readonly runs: readonly Run[];
  /** Gives an empty line its height. */
  readonly base: CharacterStyle;
  readonly align: ParagraphStyle["align"];
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
  /** The names of the place where it begins, for links. */
  readonly anchors: readonly string[];
  /** What the bookmarks of the file show of it, with its level from 1. */
  readonly bookmark?: { readonly title: string; readonly level: number };
  /** The section whose page number ends its last line, after a leader. */
  readonly pageOf?: string;
  /** The entry of the list of references that it prints. */
  readonly entry?: Entry;
}

/** What stands before the first line of a paragraph. */
export interface Mark {
  readonly runs: readonly Run[];
  /** Whether it is the document's own text, and not counted out by the writer. */
  readonly isText: boolean;
}

/** The pages of a part: a section of pdfmake. */
export interface PartNode {
  readonly section: { readonly stack: readonly ParagraphNode[] };
  /** Which part of the document it is, from 0. */
  readonly part: number;
}

/** The whole work. */
export interface Definition {
  readonly stack: readonly PartNode[];
}

/** Where blocks stand: what surrounds them. */
interface Surroundings {
  readonly document: Document;
  readonly template: Template;
  /** The names that links may aim at. */
  readonly targets: ReadonlySet<string>;
  readonly part: Part["role"];
  /** How many sections they are in. */
  readonly level: number;
  /** The style of paragraphs that name none. */
  readonly style: ParagraphStyleName;
  /** Indents besides those of the style, from lists and quotations around. */
  readonly left: number;
  readonly right: number;
  /** How many lists they are in. */
  readonly depth: number;
}

/** What a paragraph has besides its style and its runs. */
interface Direct {
  /** Whether it follows a heading. */
  readonly first?: boolean;
  readonly before?: number | undefined;
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
  const targets = linkTargets(document);
  const stack = document.parts.flatMap(({ role, children }, part) => {
    const paragraphs = defineBlocks(children, {
      document,
      template,
      targets,
      part: role,
      level: 0,
      style: role === "title-page" ? "title-page" : "body",
      left: 0,
      right: 0,
      depth: 0,
    });
    return paragraphs.length ? [{ section: { stack: paragraphs }, part }] : [];
  });
  return { stack };
}

/** Returns the names of all places that a link may aim at. */
function linkTargets({ parts }: Document): Set<string> {
  const targets = new Set<string>();
  for (const { children } of parts) {
    for (const node of walk(children)) {
      if (node.type === "section" || node.type === "entry") targets.add(node.id);
      if (node.type === "note") targets.add(`note-${node.number}`);
    }
  }
  return targets;
}

function defineBlocks(blocks: readonly Block[], at: Surroundings): ParagraphNode[] {
  return blocks.flatMap((block) => defineBlock(block, at, {}));
}

function defineBlock(block: Block, at: Surroundings, direct: Direct): ParagraphNode[] {
  switch (block.type) {
    case "section":
      return defineSection(block, { ...at, level: at.level + 1 });
    case "paragraph": {
      const { style = at.style, before = direct.before, children, span } = block;
      return [defineParagraph(children, style, at, { ...direct, before }, span)];
    }
    case "blockquote":
      return defineBlockquote(block.children, at, direct);
    case "list":
      return defineList(block, at, direct);
    case "codeBlock":
      return [defineCode(block.value, at, direct, block.span)];
    case "thematicBreak":
      return [defineText(thematicBreakText, "thematic-break", at, direct)];
    case "contents":
      return defineContents(block.depth, at);
    case "entry":
      return [defineEntry(block, at, direct)];
  }
}

function defineSection(section: Section, at: Surroundings): ParagraphNode[] {
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
  const [head, ...rest] = section.children;
  const begins = beginsPage(section, level, part, template);
  const style = headingStyle(section, level, part);
  if (!style) {
    if (!head) return [];
    const direct = { beginsPage: begins, anchors: [section.id] };
    return [...defineBlock(head, inside, direct), ...defineBlocks(rest, inside)];
  }
  const heading: ParagraphNode = {
    ...defineParagraph(
      section.title,
      style,
      at,
      { beginsPage: begins, anchors: [section.id] },
      section.span,
    ),
    keepWithNext: true,
    bookmark: { title: toText(section.title), level },
  };
  return [
    heading,
    ...(head ? defineBlock(head, inside, { first: true }) : []),
    ...defineBlocks(rest, inside),
  ];
}

/** Notes keep their own size and leading in quotations and lists. */
function defineBlockquote(
  children: readonly Block[],
  at: Surroundings,
  { beginsPage: begins, anchors, mark, indent }: Direct,
): ParagraphNode[] {
  const { quotation } = at.template.styles;
  const isNested = at.style === "quotation" || at.style === "note";
  const inside: Surroundings = {
    ...at,
    style: at.style === "note" ? "note" : "quotation",
    left: at.left + (isNested ? quotation.left : 0),
    right: at.right + (isNested ? quotation.right : 0),
  };
  const [head, ...rest] = children;
  if (!head) return [];
  const direct: Direct = {
    ...(begins && { beginsPage: begins }),
    ...(anchors && { anchors }),
    ...(mark && { mark }),
    ...(indent !== undefined && { indent }),
  };
  return [...defineBlock(head, inside, direct), ...defineBlocks(rest, inside)];
}

function defineList(list: List, at: Surroundings, direct: Direct): ParagraphNode[] {
  const style = at.style === "quotation" || at.style === "note" ? at.style : "list";
  const inside: Surroundings = {
    ...at,
    style,
    left: at.left + listIndent,
    depth: at.depth + 1,
  };
  const base = characterStyle(style, at);
  return list.items.flatMap((item, index) => {
    const begins = item[0]?.type === "paragraph";
    const head: Block = begins ? item[0]! : { type: "paragraph", children: [] };
    const mark = { runs: [{ text: listMark(list, index, at.depth), style: base }], isText: false };
    const first = index === 0 ? direct : {};
    return [
      ...defineBlock(head, inside, {
        indent: -listIndent,
        mark,
        ...(first.anchors && { anchors: first.anchors }),
        ...(first.beginsPage && { beginsPage: true }),
      }),
      ...(begins ? item.slice(1) : item).flatMap((block) =>
        defineBlock(block, inside, block.type === "paragraph" ? { indent: 0 } : {}),
      ),
    ];
  });
}

function listMark({ start }: List, index: number, depth: number): string {
  const { bullet, number } = listMarks(depth);
  return start === undefined ? bullet : `${formatNumber(start + index, number)}.`;
}

/** Tab stops in code are eight letters apart, as terminals have them. */
const TAB_STOP = 8;

function defineCode(
  value: string,
  at: Surroundings,
  direct: Direct,
  span: Span | undefined,
): ParagraphNode {
  const text = value
    .replace(/\r\n?/g, "\n")
    .replace(/\n$/, "")
    .split("\n")
    .map(expandTabs)
    .join("\n");
  const paragraph = defineText(text, "code", at, direct, span);
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
  const runs = label && defineInlines(label, characterStyle("entry", at), at, span);
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
  );
}

function defineContents(depth: number, at: Surroundings): ParagraphNode[] {
  return contentsItems(at.document, depth).map(({ section, level }) => {
    const name = contentsLevelStyle(level);
    const base = { ...characterStyle(name, at), link: `#${section.id}` };
    const title = defineInlines(withoutBreaks(section.title), base, at, section.span);
    // The line is one link; the title's own links, notes and citations are in its heading.
    const runs = title
      .filter(({ note }) => !note)
      .map(({ style: { citation: _, ...style }, ...run }): Run => {
        return { ...run, style: { ...style, link: base.link } };
      });
    return { ...layOut(runs, name, at, {}), base, pageOf: section.id };
  });
}

function withoutBreaks(nodes: readonly Inline[]): Inline[] {
  return nodes.map((node): Inline => {
    if (node.type === "break") return { type: "text", value: " " };
    if (node.type === "note" || !("children" in node)) return node;
    return { ...node, children: withoutBreaks(node.children) };
  });
}

function defineText(
  value: string,
  style: ParagraphStyleName,
  at: Surroundings,
  direct: Direct,
  span?: Span,
): ParagraphNode {
  const run = { text: value, style: characterStyle(style, at), ...(span && { span }) };
  return layOut([run], style, at, direct);
}

function defineParagraph(
  children: readonly Inline[],
  style: ParagraphStyleName,
  at: Surroundings,
  direct: Direct,
  span: Span | undefined,
): ParagraphNode {
  return layOut(defineInlines(children, characterStyle(style, at), at, span), style, at, direct);
}

/** Gives runs the look of a paragraph style at their place. */
function layOut(
  runs: readonly Run[],
  name: ParagraphStyleName,
  at: Surroundings,
  { first, before, indent, beginsPage: begins = false, anchors = [], mark, entry }: Direct,
): ParagraphNode {
  const { template } = at;
  const { page } = template;
  const style = template.styles[name];
  const isUnindented = first && name === "body" && !template.indentFirstParagraph;
  const { left: inner, right: outer } = page.margins;
  // However deep the nesting, an inch of line is left.
  const widest = Math.max(0, page.width - inner - outer - page.gutter - 72);
  const left = Math.min(style.left + at.left, widest);
  return {
    text: "",
    runs,
    base: characterStyle(name, at),
    align: style.align,
    leading: style.leading,
    left,
    right: Math.min(style.right + at.right, Math.max(0, widest - left)),
    indent: Math.max(-left, indent ?? (isUnindented ? 0 : style.indent)),
    before: before ?? style.before,
    after: style.after,
    keepWithNext: false,
    beginsPage: begins,
    anchors,
    ...(mark && { mark }),
    ...(entry && { entry }),
  };
}

function characterStyle(name: ParagraphStyleName, { template }: Surroundings): CharacterStyle {
  const { bold, italic, size, capitals } = template.styles[name];
  return { family: template.fonts.text, bold, italic, size, capitals, smallCaps: false };
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

/** Returns what a link may aim at; nothing that runs or reads files, and no place that is not there. */
function linkTarget(url: string, { targets }: Surroundings): string | undefined {
  if (url.startsWith("#")) return targets.has(url.slice(1)) ? url : undefined;
  return /^(?:https?:\/\/|mailto:)/i.test(url) ? url : undefined;
}

/** Returns the mark of a note, with the note. Mark and number are links to each other. */
function defineNote(note: Note, style: CharacterStyle, at: Surroundings): Run {
  const { number, children } = note;
  if (at.style === "note") throw new Error(`note ${number} holds a note, which has no place`);
  const inside: Surroundings = {
    ...at,
    style: "note",
    level: 0,
    left: 0,
    right: 0,
    depth: 0,
  };
  const text = String(number);
  const ownNumber: Run = {
    text,
    style: { ...characterStyle("note", at), script: "superscript", link: `#noteref-${number}` },
    anchor: `note-${number}`,
  };
  const space: Run = { text: " ", style: characterStyle("note", at) };
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
        ...defineBlocks(begins ? rest : children, inside),
      ],
    },
  };
}
