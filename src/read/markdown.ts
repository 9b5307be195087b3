// Markdown with Pandoc's citations and notes -> blocks and inlines. What the
// tree cannot hold is reported and its text kept: nothing is lost in silence.

import type {
  Definition,
  FootnoteDefinition,
  ListItem,
  Paragraph as MarkdownParagraph,
  Text as MarkdownText,
  Nodes,
  PhrasingContent,
  Root,
  RootContent,
} from "mdast";
import { fromMarkdown, type Options } from "mdast-util-from-markdown";
import type { Extension } from "micromark-util-types";
import type { Report, Span } from "../diagnostic.js";
import type {
  Block,
  Citation,
  CitationItem,
  Inline,
  Paragraph,
  Section,
  Text,
} from "../document.js";
import { toText } from "../document.js";
import { didYouMean, nearest } from "../nearest.js";
import { bareUrlFromMarkdown, bareUrlSyntax } from "./bare-url.js";
import { invalidCharacters, reportInvalidCharacter } from "./characters.js";
import {
  type CitationItemNode,
  type CitationNode,
  citationFromMarkdown,
  citationSyntax,
} from "./citation.js";
import { noteFromMarkdown, noteSyntax } from "./note.js";
import { escaped, smartPunctuation } from "./smart-punctuation.js";
import { superscriptFromMarkdown, superscriptSyntax } from "./superscript.js";
import { findExcess } from "./text-limits.js";
import { findUnsupported, isTable } from "./unsupported-syntax.js";

/** Markdown and where it stands: in a file of its own, or inside of YAML. */
export interface MarkdownSource {
  readonly file: string;
  readonly text: string;
  /** The language of the punctuation, a BCP 47 tag; English when absent. */
  readonly lang?: string;
  /** Returns the offset in the file of an offset in the text. */
  offset(at: number): number;
}

/**
 * Reads a text. Headings become sections that hold what follows them, by their
 * depth; levels may be skipped. Their ids are made of their titles and need not
 * be unique yet. Citations hold the text that was typed for them.
 *
 * Reports notes that are undefined, unused, defined or called twice, or within
 * notes; unsafe links; syntax that the tree has no place for; text that is
 * nested too deep or has paragraphs too long, and is then not taken apart.
 */
export function readMarkdown(source: MarkdownSource, report: Report): Block[] {
  const reading = begin(source, report);
  return reading ? readBlocks(reading) : [plainParagraph(source)];
}

/**
 * Reads a text of one paragraph, such as a title. What elsewhere begins a list
 * or heading is text here: `1. Introduction`.
 */
export function readInlines(source: MarkdownSource, report: Report): Inline[] {
  const text = source.text.trim().replace(/\s*\n\s*/g, (found) => " ".repeat(found.length));
  const lead = source.text.length - source.text.trimStart().length;
  const shifted = { ...source, text, offset: (at: number) => source.offset(at + lead) };
  const reading = begin(shifted, report, oneParagraph);
  if (!reading) return [plainText(source)];
  const inlines = reading.root.children.flatMap((node) =>
    node.type === "paragraph" ? readParagraph(node.children, reading) : [],
  );
  reportUnused(reading);
  return inlines;
}

interface Reading {
  readonly source: MarkdownSource;
  readonly report: Report;
  readonly root: Root;
  readonly notes: ReadonlyMap<string, FootnoteDefinition>;
  readonly links: ReadonlyMap<string, Definition>;
  /** The calls of notes so far, by label. */
  readonly called: Map<string, Span>;
  /** Those that may have been meant by calls of undefined ones. */
  readonly meant: Set<string>;
  /** Whether this is the text of a note. */
  readonly inNote: boolean;
}

const syntax = [...noteSyntax(), superscriptSyntax(), bareUrlSyntax()];

const nodes: Options = {
  mdastExtensions: [
    citationFromMarkdown(),
    noteFromMarkdown(),
    superscriptFromMarkdown(),
    bareUrlFromMarkdown(),
    {
      exit: {
        characterEscapeValue(token) {
          const text = this.stack.pop();
          if (text?.type === "text") text.value += escaped(this.sliceSerialize(token));
          if (text?.position) text.position.end = { ...token.end };
        },
      },
    },
  ],
};

/** What else begins a block is text in a paragraph that stands alone. */
const oneParagraph: Extension = {
  disable: {
    null: [
      "blockQuote",
      "codeFenced",
      "codeIndented",
      "definition",
      "gfmFootnoteDefinition",
      "headingAtx",
      "htmlFlow",
      "list",
      "setextUnderline",
      "thematicBreak",
    ],
  },
};

/** Cleans, checks and parses a text; undefined if it is too much for the parser. */
function begin(
  given: MarkdownSource,
  report: Report,
  ...extensions: Extension[]
): Reading | undefined {
  const source = withoutInvalidCharacters(given, report);
  const excess = findExcess(source.text);
  if (excess) {
    const { at, ...diagnostic } = excess;
    report({ ...diagnostic, span: spanBetween(source, at, at + 1) });
    return undefined;
  }
  const root = fromMarkdown(source.text, {
    ...nodes,
    extensions: [citationSyntax(source.lang), ...syntax, ...extensions],
  });
  const notes = new Map<string, FootnoteDefinition>();
  const links = new Map<string, Definition>();
  const collect = (node: Nodes) => {
    if (node.type === "footnoteDefinition") {
      if (notes.has(node.label ?? "")) {
        report({
          code: "note-duplicate",
          message: `the note "${node.label}" is defined twice`,
          span: spanOf(node, source),
        });
      } else notes.set(node.label ?? "", node);
    }
    if (node.type === "definition" && !links.has(node.identifier)) links.set(node.identifier, node);
    if ("children" in node) node.children.forEach(collect);
  };
  collect(root);
  return { source, report, root, notes, links, called: new Map(), meant: new Set(), inNote: false };
}

/** Takes out characters that cannot be printed, with an offset that knows of them. */
function withoutInvalidCharacters(source: MarkdownSource, report: Report): MarkdownSource {
  const places = invalidCharacters(source.text);
  if (!places.length) return source;
  let text = "";
  let from = 0;
  for (const at of places) {
    reportInvalidCharacter(source.text.charAt(at), spanBetween(source, at, at + 1), report);
    text += source.text.slice(from, at);
    from = at + 1;
  }
  text += source.text.slice(from);
  const offset = (at: number): number => {
    let shifted = at;
    for (const place of places) {
      if (place > shifted) break;
      shifted++;
    }
    return source.offset(shifted);
  };
  return { ...source, text, offset };
}

function spanBetween({ file, offset }: MarkdownSource, start: number, end: number): Span {
  return { file, start: offset(start), end: offset(end) };
}

function spanOf(node: { readonly position?: Nodes["position"] }, source: MarkdownSource): Span {
  const { start, end } = node.position!;
  return spanBetween(source, start.offset!, end.offset!);
}

const plainText = (source: MarkdownSource): Text => ({
  type: "text",
  value: source.text.replace(/\s+/g, " ").trim(),
});

const plainParagraph = (source: MarkdownSource): Paragraph => ({
  type: "paragraph",
  children: [plainText(source)],
});

interface OpenSection {
  readonly depth: number;
  readonly children: Block[];
}

function readBlocks(reading: Reading): Block[] {
  const top: Block[] = [];
  const open: OpenSection[] = [{ depth: 0, children: top }];
  for (const node of reading.root.children) {
    if (node.type !== "heading") {
      open.at(-1)!.children.push(...readBlock(node, reading));
      continue;
    }
    while (open.at(-1)!.depth >= node.depth) open.pop();
    const title = readParagraph(node.children, reading);
    const children: Block[] = [];
    const section: Section = {
      type: "section",
      id: sectionId(title),
      title,
      children,
      span: spanOf(node, reading.source),
    };
    open.at(-1)!.children.push(section);
    open.push({ depth: node.depth, children });
  }
  reportUnused(reading);
  return top;
}

/**
 * Returns the id that a title gives its section: `sec-` and its letters and
 * digits in lower case, with hyphens between words.
 */
export function sectionId(title: readonly Inline[]): string {
  const text = toText(title.filter(({ type }) => type !== "citation"));
  const words = text.normalize("NFC").toLowerCase().replace(/['’]/g, "");
  const slug = words.match(/[\p{L}\p{N}\p{M}]+/gu)?.join("-") ?? "";
  return `sec-${slug.slice(0, 80) || "untitled"}`;
}

function reportUnused({ notes, called, meant, source, report }: Reading): void {
  for (const [label, definition] of notes) {
    if (called.has(label) || meant.has(label)) continue;
    report({
      code: "note-unused",
      message: `the note "${label}" is never called`,
      span: spanOf(definition, source),
      hints: [`write [^${label}] where its mark belongs, or take it out`],
    });
  }
}

function readBlock(node: RootContent, reading: Reading): Block[] {
  const { source } = reading;
  const span = () => spanOf(node, source);
  switch (node.type) {
    case "paragraph": {
      reportUnsupportedParagraph(node, reading);
      return [{ type: "paragraph", children: readParagraph(node.children, reading), span: span() }];
    }
    case "heading":
      unsupported("a heading within a quotation, list or note", node, reading);
      return [
        {
          type: "paragraph",
          children: [{ type: "strong", children: readParagraph(node.children, reading) }],
          span: span(),
        },
      ];
    case "blockquote": {
      const children = node.children.flatMap((child) => readBlock(child, reading));
      return [{ type: "blockquote", children, span: span() }];
    }
    case "list":
      return [
        {
          type: "list",
          ...(node.ordered && { start: node.start ?? 1 }),
          tight: !node.spread && node.children.every(({ spread }) => !spread),
          items: node.children.map((item) => {
            reportTask(item, reading);
            return item.children.flatMap((child) => readBlock(child, reading));
          }),
          span: span(),
        },
      ];
    case "code":
      return [{ type: "codeBlock", value: node.value, span: span() }];
    case "thematicBreak":
      return [{ type: "thematicBreak", span: span() }];
    case "html":
      if (isComment(node.value)) return [];
      unsupported("HTML", node, reading);
      return [{ type: "paragraph", children: [{ type: "text", value: node.value }], span: span() }];
    case "definition":
    case "footnoteDefinition":
      return [];
    default:
      throw new Error(`no block is made of ${node.type}`);
  }
}

/** Returns one paragraph's inlines, its punctuation that of the language. */
function readParagraph(nodes: readonly PhrasingContent[], reading: Reading): Inline[] {
  const inlines = nodes.flatMap((node) => readInline(node, reading));
  return smartPunctuation(joinTexts(inlines), reading.source.lang ?? "en");
}

function joinTexts(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.type === "text" && last?.type === "text") {
      const span = last.span && inline.span && { ...last.span, end: inline.span.end };
      // What was between them, such as a comment, may have left a space on both sides.
      const more = last.value.endsWith(" ") ? inline.value.replace(/^ /, "") : inline.value;
      joined[joined.length - 1] = {
        ...last,
        value: last.value + more,
        ...(span && { span }),
      };
    } else joined.push(inline);
  }
  return joined;
}

function readInline(node: PhrasingContent, reading: Reading): Inline[] {
  const { source } = reading;
  const span = spanOf(node, source);
  const children = (nodes: readonly PhrasingContent[]) =>
    joinTexts(nodes.flatMap((child) => readInline(child, reading)));
  switch (node.type) {
    case "text": {
      reportUnsupportedText(node, reading);
      return [{ type: "text", value: node.value.replace(/[ \t\n]+/g, " "), span }];
    }
    case "emphasis":
    case "strong":
    case "superscript":
    case "subscript":
      return [{ type: node.type, children: children(node.children), span }];
    case "inlineCode":
      return [{ type: "inlineCode", value: node.value, span }];
    case "break":
      return [{ type: "break", span }];
    case "html":
      if (isComment(node.value)) return [];
      unsupported("HTML", node, reading);
      return [{ type: "text", value: node.value.replace(/\s+/g, " "), span }];
    case "image":
    case "imageReference":
      unsupported("an image", node, reading);
      return node.alt ? [{ type: "text", value: node.alt, span }] : [];
    case "link":
      return readLink(node.url, node.children, span, reading);
    case "linkReference": {
      const definition = reading.links.get(node.identifier);
      return definition
        ? readLink(definition.url, node.children, span, reading)
        : children(node.children);
    }
    case "footnoteReference":
      return readNoteCall(node.label ?? "", span, reading);
    case "inlineNote": {
      if (refuseNestedNote(span, reading)) return children(node.children);
      const inlines = readParagraph(node.children, { ...reading, inNote: true });
      return [
        {
          type: "note",
          number: 0,
          children: [{ type: "paragraph", children: inlines, span }],
          span,
        },
      ];
    }
    case "citation":
      return [readCitation(node, span, reading)];
    default:
      throw new Error(`no inline is made of ${node.type}`);
  }
}

/** The addresses that a link may lead to. */
const safeUrl = /^(?:https?:\/\/|mailto:|#)/i;

function readLink(
  url: string,
  nodes: readonly PhrasingContent[],
  span: Span,
  reading: Reading,
): Inline[] {
  // A key in the text of a link is that text, and no citation.
  const children = joinTexts(
    nodes.flatMap((node): Inline[] =>
      node.type === "citation"
        ? [{ type: "text", value: node.value, span: spanOf(node, reading.source) }]
        : readInline(node, reading),
    ),
  );
  if (safeUrl.test(url)) return [{ type: "link", url, children, span }];
  reading.report({
    code: "link-unsafe",
    message: `a link cannot lead to "${url.slice(0, 60)}"; its text is kept`,
    span,
    hints: ["links lead to https://…, http://…, mailto:… or #section"],
  });
  return children;
}

function readNoteCall(label: string, span: Span, reading: Reading): Inline[] {
  const { notes, called, meant, report } = reading;
  const typed: Text = { type: "text", value: `[^${label}]`, span };
  const definition = notes.get(label);
  if (!definition) {
    const near = didYouMean(label, notes.keys());
    // A note that was meant is not unused as well.
    for (const name of nearest(label, notes.keys())) meant.add(name);
    report({
      code: "note-undefined",
      message: `no note is defined as "${label}"`,
      span,
      hints: near.length
        ? near
        : [`define it in the same text, on a line of its own: [^${label}]: …`],
    });
    return [typed];
  }
  if (refuseNestedNote(span, reading)) {
    called.set(label, span);
    return [typed];
  }
  if (called.has(label)) {
    report({
      code: "note-duplicate",
      message: `the note "${label}" is called twice`,
      span,
      hints: ["a note has one mark; write a second note, which may cite the same work"],
    });
    return [typed];
  }
  called.set(label, span);
  const inner = { ...reading, inNote: true };
  const children = definition.children.flatMap((child) => readBlock(child, inner));
  return [{ type: "note", number: 0, children, span }];
}

function refuseNestedNote(span: Span, { inNote, report }: Reading): boolean {
  if (!inNote) return false;
  report({
    code: "note-nested",
    message: "a note cannot stand within a note",
    span,
    hints: ["put its text into the outer note, in parentheses"],
  });
  return true;
}

function readCitation(node: CitationNode, span: Span, reading: Reading): Citation {
  return {
    type: "citation",
    mode: node.mode,
    items: node.children.map((item) => readCitationItem(item, reading)),
    children: [{ type: "text", value: node.value, span }],
    span,
  };
}

function readCitationItem(node: CitationItemNode, reading: Reading): CitationItem {
  const { key, suppressAuthor, label, locator } = node;
  const text = (wanted: "prefix" | "suffix"): Inline[] | undefined => {
    const part = node.children.find(({ role }) => role === wanted);
    return (
      part &&
      readParagraph(
        part.children.flatMap((child) => withoutCitation(child, reading)),
        reading,
      )
    );
  };
  const prefix = text("prefix");
  const suffix = text("suffix");
  const keyNode = node.children.find(({ role }) => role === "key");
  return {
    key,
    ...(suppressAuthor && { suppressAuthor }),
    ...(prefix && { prefix }),
    ...(locator !== undefined && { label, locator }),
    ...(suffix && { suffix }),
    span: spanOf(keyNode ?? node, reading.source),
  };
}

/** A second key within one item is text, since only a semicolon begins another work. */
function withoutCitation(node: PhrasingContent, reading: Reading): PhrasingContent[] {
  if (node.type !== "citation") return [node];
  reading.report({
    code: "syntax-unsupported",
    message: `"${node.value}" stands within the text about another work and is not cited`,
    span: spanOf(node, reading.source),
    hints: ["put a semicolon between works: [@a, 3; see also @b]"],
  });
  return [{ type: "text", value: node.value, ...(node.position && { position: node.position }) }];
}

const isComment = (html: string): boolean => /^<!--[\s\S]*-->\s*$/.test(html);

function unsupported(what: string, node: Nodes, { source, report }: Reading): void {
  report({
    code: "syntax-unsupported",
    message: `${what} is not printed as such; its text is kept`,
    span: spanOf(node, source),
  });
}

function reportTask(item: ListItem, reading: Reading): void {
  const { start, end } = item.position!;
  const typed = reading.source.text.slice(start.offset, end.offset);
  if (/^\S+\s+\[[ xX]\]\s/.test(typed)) unsupported("a list of tasks", item, reading);
}

function reportUnsupportedParagraph(node: MarkdownParagraph, reading: Reading): void {
  const { start, end } = node.position!;
  const typed = reading.source.text.slice(start.offset, end.offset);
  if (isTable(typed)) unsupported("a table", node, reading);
}

function reportUnsupportedText(node: MarkdownText, { source, report }: Reading): void {
  const { start, end } = node.position!;
  const typed = source.text.slice(start.offset, end.offset);
  for (const { what, index, length } of findUnsupported(typed)) {
    const at = start.offset! + index;
    report({
      code: "syntax-unsupported",
      message: `${what} is not printed as such; its text is kept`,
      span: spanBetween(source, at, at + length),
    });
  }
}
