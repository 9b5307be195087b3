// Blocks of mdast -> blocks of the tree. Some are read together with those beside
// them: a term with its definitions, a table with its caption and notes, lines of verse.

import type {
  Code,
  ListItem,
  Paragraph as MarkdownParagraph,
  Table as MarkdownTable,
  PhrasingContent,
  RootContent,
} from "mdast";
import type { Block, DefinitionItem, DefinitionList, Equation, Table } from "../document.js";
import { type AttributeListNode, AttributeReader } from "./attributes.js";
import { readCodeBlock } from "./code-block.js";
import type { DefinitionDescriptionNode } from "./definition-list.js";
import { type FencedDivisionNode, nestDivisions } from "./division.js";
import { imagesOf, readFigure } from "./figure.js";
import type { DisplayedFormulaNode } from "./math.js";
import { readNamedDivision, readPlainDivision, readVerse } from "./named-division.js";
import { isComment, type Reading, spanOf, typed, unsupported, withLead } from "./reading.js";
import { readTable, type TableCaption } from "./table.js";
import { isTableData, readTableData } from "./table-data.js";

type DefinitionNode = DefinitionDescriptionNode;

/** Reads blocks that stand together; a heading among them makes no section. */
export function readBlocks(all: readonly RootContent[], reading: Reading): Block[] {
  const nodes = nestDivisions(all, reading).filter(
    (node) =>
      node.type !== "definition" &&
      node.type !== "footnoteDefinition" &&
      !(node.type === "html" && isComment(node.value)),
  );
  const blocks: Block[] = [];
  for (let at = 0; at < nodes.length; ) {
    const taken =
      takeTable(nodes, at, blocks, reading) ||
      takeDefinitions(nodes, at, blocks, reading) ||
      takeVerse(nodes, at, blocks, reading) ||
      takeNotes(nodes, at, blocks, reading);
    if (!taken) blocks.push(...readBlock(nodes[at]!, reading));
    at += taken || 1;
  }
  return blocks;
}

/** Each takes blocks from a place on, if they are its own, and returns how many. */
type Take = (
  nodes: readonly RootContent[],
  at: number,
  blocks: Block[],
  reading: Reading,
) => number;

const takeTable: Take = (nodes, at, blocks, reading) => {
  const node = nodes[at]!;
  const next = nodes[at + 1];
  if (node.type === "definitionDescription" && isTable(next)) {
    blocks.push(readAnyTable(next, captionOf(node), reading));
    return 2;
  }
  if (!isTable(node)) return 0;
  const caption = next?.type === "definitionDescription" ? captionOf(next) : undefined;
  blocks.push(readAnyTable(node, caption, reading));
  return caption ? 2 : 1;
};

const isTable = (node: RootContent | undefined): node is MarkdownTable | Code =>
  node?.type === "table" || (node?.type === "code" && isTableData(node));

const readAnyTable = (
  node: MarkdownTable | Code,
  caption: TableCaption | undefined,
  reading: Reading,
): Block =>
  node.type === "code" ? readTableData(node, caption, reading) : readTable(node, caption, reading);

/** Returns what a description says as the caption of a table. */
function captionOf(node: DefinitionNode): TableCaption | undefined {
  const [paragraph, ...others] = node.children;
  if (paragraph?.type !== "paragraph" || others.length) return undefined;
  const last = paragraph.children.at(-1);
  return last?.type === "attributeList"
    ? { nodes: paragraph.children.slice(0, -1), attributes: last }
    : { nodes: paragraph.children };
}

const takeDefinitions: Take = (nodes, from, blocks, reading) => {
  const items: DefinitionItem[] = [];
  let at = from;
  for (;;) {
    const term = nodes[at];
    const first = nodes[at + 1];
    if (term?.type !== "paragraph" || first?.type !== "definitionDescription") break;
    if (isCaption(first, nodes[at + 2]) || typed(term, reading).includes("\n")) break;
    const definitions: Block[][] = [];
    for (at++; ; at++) {
      const description = nodes[at];
      if (description?.type !== "definitionDescription") break;
      if (definitions.length && isCaption(description, nodes[at + 1])) break;
      definitions.push(reading.blocks(description.children, reading));
    }
    items.push({ term: reading.paragraph(term.children, reading), definitions });
  }
  if (!items.length) return 0;
  const span = {
    ...spanOf(nodes[from]!, reading.source),
    end: spanOf(nodes[at - 1]!, reading.source).end,
  };
  blocks.push({ type: "definitionList", items, span } satisfies DefinitionList);
  return at - from;
};

/** Whether a description is the caption of the table below it: it names the table's label. */
const isCaption = (node: DefinitionNode, below: RootContent | undefined): boolean =>
  isTable(below) &&
  Boolean(
    captionOf(node)?.attributes?.attributes.list.some(
      ({ kind, value }) => kind === "id" && value.startsWith("tbl:"),
    ),
  );

const takeVerse: Take = (nodes, from, blocks, reading) => {
  let at = from;
  while (nodes[at]?.type === "verseLine") at++;
  if (at > from) blocks.push(readVerse(nodes.slice(from, at), reading));
  return at - from;
};

/** `::: table-notes` belongs to the table before it. */
const takeNotes: Take = (nodes, at, blocks, reading) => {
  const node = nodes[at]!;
  if (node.type !== "fencedDivision" || !isTableNotes(node)) return 0;
  const index = blocks.length - 1;
  const before = blocks[index];
  const table = before?.type === "division" ? before.children.at(-1) : before;
  const notes = readPlainDivision(node, (some) => some.blocks(node.children, some), reading);
  if (table?.type !== "table") {
    unsupported("a table's notes without a table before them", node, reading);
    blocks.push(...notes);
    return 1;
  }
  const noted: Table = { ...table, notes: [...table.notes, ...notes] };
  blocks[index] =
    before?.type === "division"
      ? { ...before, children: [...before.children.slice(0, -1), noted] }
      : noted;
  return 1;
};

const isTableNotes = ({ name, attributes }: FencedDivisionNode): boolean =>
  name === "table-notes" ||
  Boolean(attributes?.list.some(({ kind, value }) => kind === "class" && value === "table-notes"));

function readBlock(node: RootContent, reading: Reading): Block[] {
  const { source } = reading;
  const span = () => spanOf(node, source);
  switch (node.type) {
    case "paragraph":
      return readParagraphBlocks(node, reading);
    case "heading":
      unsupported("a heading within a quotation, list or note", node, reading);
      return [
        {
          type: "paragraph",
          children: [{ type: "strong", children: reading.paragraph(node.children, reading) }],
          span: span(),
        },
      ];
    case "blockquote": {
      const children = reading.blocks(node.children, reading);
      const [only, ...others] = children;
      if (only?.type === "blockquote" && only.kind === "verse" && !others.length) {
        return [{ ...only, span: span() }];
      }
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
            return reading.blocks(item.children, reading);
          }),
          span: span(),
        },
      ];
    case "code":
      return readCodeBlock(node, reading);
    case "displayedFormula":
      return [readEquation(node, reading)];
    case "fencedDivision":
      return readNamedDivision(node, reading);
    case "definitionDescription":
      return readLoneDescription(node, reading);
    case "thematicBreak":
      return [{ type: "thematicBreak", span: span() }];
    case "html":
      unsupported("HTML", node, reading);
      return [{ type: "paragraph", children: [{ type: "text", value: node.value }], span: span() }];
    default:
      throw new Error(`no block is made of ${node.type}`);
  }
}

/** Returns what a paragraph is: images alone, or text with the formulas displayed in it. */
function readParagraphBlocks(node: MarkdownParagraph, reading: Reading): Block[] {
  const span = spanOf(node, reading.source);
  const images = imagesOf(node);
  if (images) {
    const { figure, captions } = readFigure(images, reading);
    return [
      ...(figure ? [figure] : []),
      ...captions.flatMap((children): Block[] =>
        children.length ? [{ type: "paragraph", children, span }] : [],
      ),
    ];
  }
  const { text, figures } = withoutImages(node, reading);
  const blocks: Block[] = [];
  let run: PhrasingContent[] = [];
  const flush = () => {
    const children = reading.paragraph(run, reading);
    if (children.length) blocks.push({ type: "paragraph", children, span });
    run = [];
  };
  text.forEach((child, index) => {
    if (child.type === "displayedFormula") {
      flush();
      blocks.push(readEquation(child, reading));
      return;
    }
    const last = blocks.at(-1);
    if (
      child.type === "text" &&
      last?.type === "equation" &&
      text[index - 1]?.type === "displayedFormula"
    ) {
      // A sign of punctuation behind a formula is printed with it.
      const sign = /^[ \t]*([.,;:])(?=\s|$)/.exec(child.value);
      if (sign) blocks[blocks.length - 1] = { ...last, value: last.value + sign[1] };
      run.push(sign ? { ...child, value: child.value.slice(sign[0].length) } : child);
    } else run.push(child);
  });
  flush();
  return [...blocks, ...figures];
}

/** Takes images out of a line of text; each is a figure below the paragraph. */
function withoutImages(
  node: MarkdownParagraph,
  reading: Reading,
): { readonly text: readonly PhrasingContent[]; readonly figures: readonly Block[] } {
  const { source, report } = reading;
  const isImage = (child: PhrasingContent) =>
    child.type === "image" || child.type === "imageReference";
  if (!source.files || !node.children.some(isImage)) return { text: node.children, figures: [] };
  const text: PhrasingContent[] = [];
  const figures: Block[] = [];
  let before: PhrasingContent | undefined;
  node.children.forEach((child, index) => {
    if (child.type === "image" || child.type === "imageReference") {
      report({
        code: "syntax-unsupported",
        message: "an image in a line of text is set as a figure below the paragraph",
        span: spanOf(child, source),
        hints: ["put it into a paragraph of its own, with a blank line on both sides"],
      });
      const next = node.children[index + 1];
      const attributes: AttributeListNode | undefined =
        next?.type === "attributeList" ? next : undefined;
      const { figure, captions } = readFigure([{ node: child, attributes }], reading);
      if (figure) figures.push(figure);
      for (const children of captions) {
        if (children.length) figures.push({ type: "paragraph", children });
      }
    } else if (child.type !== "attributeList" || !before || !isImage(before)) text.push(child);
    before = child;
  });
  return { text, figures };
}

function readEquation(node: DisplayedFormulaNode, reading: Reading): Equation {
  const at = node.position!.start.offset! + node.attributesStart;
  const attributes = new AttributeReader(node.attributes, at, reading);
  const id = attributes.id();
  attributes.reportOthers("a formula");
  return {
    type: "equation",
    value: node.value,
    ...(id && { id }),
    span: spanOf(node, reading.source),
  };
}

/** A definition needs a term above it, on one line. */
function readLoneDescription(node: DefinitionNode, reading: Reading): Block[] {
  reading.report({
    code: "syntax-unsupported",
    message: "this definition has no term, and no table whose caption it is; its text is kept",
    span: spanOf(node, reading.source),
    hints: ["write the term on a line of its own above it"],
  });
  const [first, ...others] = reading.blocks(node.children, reading);
  return first?.type === "paragraph"
    ? [{ ...first, children: withLead(": ", first.children) }, ...others]
    : [{ type: "paragraph", children: withLead(":", []) }, ...(first ? [first] : []), ...others];
}

function reportTask(item: ListItem, reading: Reading): void {
  if (/^\S+\s+\[[ xX]\]\s/.test(typed(item, reading)))
    unsupported("a list of tasks", item, reading);
}
