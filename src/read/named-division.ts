// What divisions mean by their names: verse, epigraphs, figures and tables with a
// label, languages and landscape pages. The content of unknown ones is kept.

import type { PhrasingContent, RootContent } from "mdast";
import type { Block, Blockquote, Division, Figure, Inline, Paragraph } from "../document.js";
import { didYouMean } from "../nearest.js";
import { AttributeReader } from "./attributes.js";
import type { FencedDivisionNode } from "./division.js";
import { imagesOf, type MarkedImage, readFigure } from "./figure.js";
import { linesOf, type VerseLineNode } from "./line-block.js";
import { type Reading, spanBetween, spanOf, typed, withLead } from "./reading.js";
import { readTable } from "./table.js";

const names = ["landscape", "verse", "epigraph", "table-notes", "figure"] as const;

/** The space above a stanza that is not the first, in points. */
const STANZA = 8;

/** Whether a division is of one of some names: its first word, its classes or its label's prefix. */
function isNamed({ name, attributes }: FencedDivisionNode, ...wanted: readonly string[]): boolean {
  return (
    wanted.includes(name) ||
    Boolean(attributes?.list.some(({ kind, value }) => kind === "class" && wanted.includes(value)))
  );
}

const hasLabel = ({ attributes }: FencedDivisionNode, prefix: string): boolean =>
  Boolean(attributes?.list.some(({ kind, value }) => kind === "id" && value.startsWith(prefix)));

/** Whether a division may have sections in it, or rather they such divisions in them. */
export function isPlainDivision(node: FencedDivisionNode): boolean {
  return (
    !isNamed(node, "verse", "epigraph", "table-notes", "figure") &&
    !hasLabel(node, "fig:") &&
    !hasLabel(node, "tbl:")
  );
}

const readerOf = (node: FencedDivisionNode, reading: Reading): AttributeReader =>
  new AttributeReader(
    node.attributes,
    (node.position?.start.offset ?? 0) + node.attributesStart,
    reading,
  );

/** Reads a division that is not taken apart by headings. */
export function readNamedDivision(node: FencedDivisionNode, reading: Reading): Block[] {
  if (isNamed(node, "verse")) return readVerseDivision(node, reading);
  if (isNamed(node, "epigraph")) return readEpigraph(node, reading);
  if (isNamed(node, "figure") || hasLabel(node, "fig:")) return readFigureDivision(node, reading);
  if (hasLabel(node, "tbl:")) return readTableDivision(node, reading);
  return readPlainDivision(node, (some) => some.blocks(node.children, some), reading);
}

/** Reads a division of which nothing but its language and the format of its pages is known. */
export function readPlainDivision(
  node: FencedDivisionNode,
  content: (reading: Reading) => Block[],
  reading: Reading,
): Block[] {
  const attributes = readerOf(node, reading);
  const lang = attributes.language();
  const landscape = attributes.has("landscape") || node.name === "landscape";
  attributes.has("table-notes");
  reportUnknown(node, attributes, reading);
  attributes.reportOthers("such a block");
  const children = content(lang ? { ...reading, source: { ...reading.source, lang } } : reading);
  if ((!lang && !landscape) || !children.length) return children;
  const division: Division = {
    type: "division",
    ...(lang && { lang }),
    ...(landscape && { landscape }),
    children,
    span: spanOf(node, reading.source),
  };
  return [division];
}

function reportUnknown(
  node: FencedDivisionNode,
  attributes: AttributeReader,
  { report, source }: Reading,
): void {
  const unknown = [];
  if (node.name && !names.some((name) => name === node.name)) unknown.push(node.name);
  for (let name = attributes.otherClass(); name; name = attributes.otherClass()) unknown.push(name);
  for (const name of unknown) {
    report({
      code: "syntax-unsupported",
      message: `a block of the kind "${name}" is not printed as such; its text is kept`,
      span: spanOf(node, source),
      hints: didYouMean(name, names),
    });
  }
}

/** Reads lines that begin with a bar; a line of a bar alone, or a blank one, parts stanzas. */
export function readVerse(nodes: readonly RootContent[], reading: Reading): Blockquote {
  const lines: Paragraph[] = [];
  let before: VerseLineNode | undefined;
  let parted = false;
  for (const node of nodes) {
    if (node.type !== "verseLine") continue;
    if (before && node.position!.start.line > before.position!.end.line + 1) parted = true;
    before = node;
    const children = reading.paragraph(node.children, reading);
    if (!children.length) {
      parted = true;
      continue;
    }
    // One space belongs to the bar; more indent the line.
    const indent = /^\|[ \t]( *)/.exec(typed(node, reading))?.[1] ?? "";
    lines.push(
      verseLine(
        withLead("\u00a0".repeat(indent.length), children),
        parted && lines.length > 0,
        spanOf(node, reading.source),
      ),
    );
    parted = false;
  }
  const first = spanOf(nodes[0]!, reading.source);
  const last = spanOf(nodes.at(-1)!, reading.source);
  return {
    type: "blockquote",
    kind: "verse",
    children: lines,
    span: { ...first, end: last.end },
  };
}

const verseLine = (
  children: readonly Inline[],
  startsStanza: boolean,
  span: Paragraph["span"],
): Paragraph => ({
  type: "paragraph",
  style: "verse",
  ...(startsStanza && { before: STANZA }),
  children,
  ...(span && { span }),
});

/** Reads `::: verse`: each line of its paragraphs is a line of verse, each paragraph a stanza. */
function readVerseDivision(node: FencedDivisionNode, reading: Reading): Block[] {
  const attributes = readerOf(node, reading);
  attributes.has("verse");
  const inner = withLanguage(attributes, reading);
  const source = attributes.inlines("source");
  attributes.reportOthers("verse");
  const children: Block[] = [];
  let bars: RootContent[] = [];
  const flush = () => {
    if (bars.length) children.push(...readVerse(bars, inner).children);
    bars = [];
  };
  for (const child of node.children) {
    if (child.type === "verseLine") {
      bars.push(child);
      continue;
    }
    flush();
    if (child.type !== "paragraph") {
      children.push(...inner.blocks([child], inner));
      continue;
    }
    linesOf(child.children).forEach((line, index) => {
      const starts = index === 0 && children.length > 0;
      const inlines = inner.paragraph(line, inner);
      children.push(verseLine(inlines, starts, lineSpan(line, child, inner)));
    });
  }
  flush();
  const quoted: Block = {
    type: "blockquote",
    kind: "verse",
    children: [...children, ...sourceParagraph(source)],
    span: spanOf(node, reading.source),
  };
  return inLanguage([quoted], inner, reading);
}

function lineSpan(line: readonly PhrasingContent[], paragraph: RootContent, { source }: Reading) {
  const start = line[0]?.position?.start.offset ?? paragraph.position!.start.offset!;
  const end = line.at(-1)?.position?.end.offset ?? paragraph.position!.end.offset!;
  return spanBetween(source, start, end);
}

const sourceParagraph = (children: readonly Inline[] | undefined): Paragraph[] =>
  children?.length ? [{ type: "paragraph", style: "source", children }] : [];

function withLanguage(attributes: AttributeReader, reading: Reading): Reading {
  const lang = attributes.language();
  return lang ? { ...reading, source: { ...reading.source, lang } } : reading;
}

function inLanguage(children: Block[], inner: Reading, outer: Reading): Block[] {
  const { lang } = inner.source;
  if (inner === outer || !lang) return children;
  return [{ type: "division", lang, children }];
}

/**
 * Reads `::: epigraph`. Its last paragraph is its source if it begins with a dash
 * or is nothing but a citation; it may be given as `source="…"` too.
 */
function readEpigraph(node: FencedDivisionNode, reading: Reading): Block[] {
  const attributes = readerOf(node, reading);
  attributes.has("epigraph");
  const inner = withLanguage(attributes, reading);
  const source = attributes.inlines("source");
  attributes.reportOthers("an epigraph");
  const children = inner
    .blocks(node.children, inner)
    .map((block) =>
      block.type === "blockquote" && block.kind === "verse" ? inLines(block) : block,
    );
  const last = children.at(-1);
  if (!source && last?.type === "paragraph" && children.length > 1 && isSource(last)) {
    children[children.length - 1] = { ...last, style: "source" };
  }
  const quoted: Block = {
    type: "blockquote",
    kind: "epigraph",
    children: [...children, ...sourceParagraph(source)],
    span: spanOf(node, reading.source),
  };
  return inLanguage([quoted], inner, reading);
}

/** Whether the last paragraph of an epigraph is its source. */
export function isSource({ children }: Paragraph): boolean {
  const [first] = children;
  if (first?.type === "text" && /^\s*[–—―]/.test(first.value)) return true;
  return first?.type === "citation" && children.length === 1;
}

/** Verse in an epigraph is one paragraph of the epigraph's, with its lines. */
function inLines({ children, span }: Blockquote): Block {
  const inlines = children.flatMap((line, index): Inline[] => {
    const content = line.type === "paragraph" ? line.children : [];
    return index ? [{ type: "break" }, ...content] : [...content];
  });
  return { type: "paragraph", children: inlines, ...(span && { span }) };
}

/** Reads several images with one label; the last paragraph without images is their caption. */
function readFigureDivision(node: FencedDivisionNode, reading: Reading): Block[] {
  const attributes = readerOf(node, reading);
  attributes.has("figure");
  const id = attributes.id();
  const from = attributes.inlines("source");
  attributes.reportOthers("a figure");
  const images: MarkedImage[] = [];
  const others: RootContent[] = [];
  for (const child of node.children) {
    const found = child.type === "paragraph" ? imagesOf(child) : undefined;
    if (found) images.push(...found);
    else others.push(child);
  }
  const last = others.at(-1);
  const { figure, captions } = images.length
    ? readFigure(images, reading)
    : { figure: undefined, captions: [] };
  if (!figure) {
    if (!images.length) {
      reading.report({
        code: "syntax-unsupported",
        message: "this figure has no image; its text is kept",
        span: spanOf(node, reading.source),
      });
    }
    return [...captions.map(paragraphOf), ...reading.blocks(others, reading)];
  }
  const caption =
    last?.type === "paragraph" ? reading.paragraph(last.children, reading) : undefined;
  const rest = caption ? others.slice(0, -1) : others;
  const source = from ?? figure.source;
  const whole: Figure = {
    ...(caption ? withSubcaption(figure) : figure),
    ...(id && { id }),
    ...(caption && { caption }),
    ...(source && { source }),
    span: spanOf(node, reading.source),
  };
  if (rest.length) {
    reading.report({
      code: "syntax-unsupported",
      message:
        "a figure holds images and one paragraph, its caption; what else stands here is set below it",
      span: spanOf(rest[0]!, reading.source),
    });
  }
  return [whole, ...captions.map(paragraphOf), ...reading.blocks(rest, reading)];
}

const paragraphOf = (children: readonly Inline[]): Block => ({ type: "paragraph", children });

/** The caption and label of the only image of a figure that has a caption of its own. */
function withSubcaption(figure: Figure): Figure {
  const [image, ...others] = figure.images;
  if (!image || others.length) return figure;
  const { caption, id } = figure;
  return {
    ...figure,
    images: [{ ...image, ...(caption.length && { caption }), ...(id && { id }) }],
    caption: [],
  };
}

/** Reads one table with a label around it; its last paragraph is its caption. */
function readTableDivision(node: FencedDivisionNode, reading: Reading): Block[] {
  const table = node.children.find(({ type }) => type === "table");
  const last = node.children.at(-1);
  if (table?.type !== "table" || last?.type !== "paragraph" || node.children.length !== 2) {
    return readPlainDivision(node, (some) => some.blocks(node.children, some), reading);
  }
  const { attributes } = node;
  const caption = {
    nodes: last.children,
    attributes: attributes && {
      type: "attributeList" as const,
      attributes,
      position: node.position && {
        ...node.position,
        start: {
          ...node.position.start,
          offset: node.position.start.offset! + node.attributesStart,
        },
      },
    },
  };
  return [readTable(table, caption, reading)];
}
