// What is set off from running text, as the layout takes it: verse, epigraphs,
// definition lists, and code with a caption or numbered lines.

import type { Span } from "../../diagnostic.js";
import type {
  Block,
  Blockquote,
  CodeBlock,
  DefinitionList,
  Inline,
  ParagraphStyleName,
} from "../../document.js";
import type { ParagraphStyle } from "../../template.js";
import { abbreviationWidth, firstParagraph } from "../abbreviation-columns.js";
import { codeLines, lineNumberGap, lineNumberRoom, lineNumberWidth } from "../code-lines.js";
import { isSource, verseLines } from "../verse-lines.js";
import type { Direct, FlowNode, ParagraphNode, Surroundings } from "./definition.js";
import type { StructureNode } from "./tagger.js";

/** How blocks and paragraphs within are defined. */
export interface Definer {
  block(block: Block, at: Surroundings, direct: Direct): FlowNode[];
  paragraph(
    children: readonly Inline[],
    style: ParagraphStyleName,
    at: Surroundings,
    direct: Direct,
    span: Span | undefined,
    type?: StructureNode["type"],
  ): ParagraphNode;
  /** One paragraph of code, its lines divided by `\n`. */
  code(text: string, at: Surroundings, direct: Direct, span: Span | undefined): ParagraphNode;
  /** Whether what stands there looks like the text around it, as in notes and tables. */
  keepsStyle(at: Surroundings): boolean;
}

/** What the first block within another one takes over from it. */
const startOf = ({ beginsPage, anchors, mark }: Direct): Direct => ({
  ...(beginsPage && { beginsPage }),
  ...(anchors && { anchors }),
  ...(mark && { mark }),
});

/** Returns where paragraphs of a style of their own stand; in notes they are only indented. */
function setOff(
  name: "verse" | "epigraph" | "definition",
  at: Surroundings,
  definer: Definer,
): { readonly inside: Surroundings; readonly look: ParagraphStyle; readonly kept: boolean } {
  const look = at.template.styles[name];
  const kept = definer.keepsStyle(at);
  const inside: Surroundings = kept
    ? { ...at, left: at.left + look.left, right: at.right + look.right }
    : { ...at, style: name };
  return { inside, look, kept };
}

/** The source stands at the right, below what it is the source of. */
function sourceAt(inside: Surroundings, look: ParagraphStyle, kept: boolean): Surroundings {
  return {
    ...inside,
    align: "right",
    ...(!kept && { left: inside.left + look.left, right: inside.right + look.right }),
  };
}

/** Returns the lines of a poem; a line that runs over is indented further. */
export function defineVerse(
  quote: Blockquote,
  at: Surroundings,
  direct: Direct,
  definer: Definer,
): FlowNode[] {
  const { inside: around, look, kept } = setOff("verse", at, definer);
  const inside: Surroundings = {
    ...around,
    structure: { type: "BlockQuote", parent: at.structure },
  };
  return verseLines(quote).flatMap((line, index): FlowNode[] => {
    const { block, before, after, keepsNext } = line;
    const start = index === 0 ? startOf(direct) : {};
    if (block.type !== "paragraph") return definer.block(block, inside, start);
    const style = kept ? inside.style : (block.style ?? "verse");
    const place = line.isSource ? sourceAt(inside, look, kept) : inside;
    const own: Direct = {
      ...start,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      ...(kept && !line.isSource && { indent: look.indent }),
    };
    const node = definer.paragraph(block.children, style, place, own, block.span);
    return [{ ...node, keepWithNext: keepsNext }];
  });
}

/** Returns the paragraphs of an epigraph, its source at the right. */
export function defineEpigraph(
  { children }: Blockquote,
  at: Surroundings,
  direct: Direct,
  definer: Definer,
): FlowNode[] {
  const { inside: around, look, kept } = setOff("epigraph", at, definer);
  const structure: StructureNode = { type: "BlockQuote", parent: at.structure };
  const inside: Surroundings = { ...around, structure };
  return children.flatMap((block, index) => {
    const start = index === 0 ? startOf(direct) : {};
    const next = children[index + 1];
    if (isSource(block) && block.type === "paragraph") {
      const style = kept ? inside.style : "source";
      const place = sourceAt(inside, look, kept);
      return [definer.paragraph(block.children, style, place, start, block.span)];
    }
    const nodes = definer.block(block, inside, start);
    const last = nodes.at(-1);
    return next && isSource(next) && last && "runs" in last
      ? [...nodes.slice(0, -1), { ...last, keepWithNext: true, after: 0 }]
      : nodes;
  });
}

/** Returns terms in bold, each with its definitions indented below it. */
export function defineDefinitions(
  { kind, items }: DefinitionList,
  at: Surroundings,
  direct: Direct,
  definer: Definer,
): FlowNode[] {
  if (kind === "abbreviations") return defineAbbreviations(items, at, definer);
  const { inside, look, kept } = setOff("definition", at, definer);
  const structure: StructureNode = { type: "L", parent: at.structure, numbering: "None" };
  return items.flatMap(({ term, definitions }, index) => {
    const item: StructureNode = { type: "LI", parent: structure };
    const start = index === 0 ? startOf(direct) : {};
    const bold: Inline[] = [{ type: "strong", children: term }];
    const flush = { ...inside, structure: item, left: at.left - (kept ? 0 : look.left) };
    const head = definer.paragraph(
      bold,
      inside.style,
      flush,
      { ...start, after: 0, indent: 0 },
      undefined,
      "Lbl",
    );
    const body: StructureNode = { type: "LBody", parent: item };
    return [
      { ...head, keepWithNext: true },
      ...definitions.flatMap((blocks) =>
        blocks.flatMap((block) => definer.block(block, { ...inside, structure: body }, {})),
      ),
    ];
  });
}

/** Returns abbreviations with what they mean beside them, in two columns. */
function defineAbbreviations(
  items: DefinitionList["items"],
  at: Surroundings,
  definer: Definer,
): FlowNode[] {
  const { left } = at.template.styles.definition;
  const structure: StructureNode = { type: "L", parent: at.structure, numbering: "None" };
  return items.map(({ term, definitions }) => {
    const item: StructureNode = { type: "LI", parent: structure };
    const inside = { ...at, left: at.left + abbreviationWidth - left };
    const label = { ...inside, structure: item };
    const bold: Inline[] = [{ type: "strong", children: term }];
    const { runs } = definer.paragraph(bold, "definition", label, {}, undefined, "Lbl");
    return definer.paragraph(
      firstParagraph(definitions),
      "definition",
      label,
      { indent: -abbreviationWidth, mark: { runs, isText: true } },
      undefined,
      "LBody",
    );
  });
}

/** Returns code with its caption above it; numbered lines are paragraphs of their own. */
export function defineCaptionedCode(
  block: CodeBlock,
  at: Surroundings,
  direct: Direct,
  definer: Definer,
): FlowNode[] {
  const { caption, id, span } = block;
  const { caption: look, code } = at.template.styles;
  const nodes: FlowNode[] = [];
  let first: Direct = { ...direct };
  if (id !== undefined && !caption?.length)
    first = { ...first, anchors: [...(first.anchors ?? []), id] };
  if (caption?.length) {
    const own: Direct = { ...direct, before: direct.before ?? look.after, after: look.before };
    const title = definer.paragraph(
      caption,
      "caption",
      { ...at, left: at.left + code.left },
      own,
      span,
    );
    nodes.push({ ...title, keepWithNext: true });
    first = { before: 0 };
  }
  const lines = codeLines(block);
  if (block.firstLine === undefined) {
    const text = lines.map((line) => line.text).join("\n");
    return [...nodes, definer.code(text, at, first, span)];
  }
  const room = lineNumberRoom(lines, code.size);
  const inside = { ...at, left: at.left + Math.max(0, room - code.left - at.left) };
  const structure: StructureNode = { type: "Code", parent: { type: "P", parent: at.structure } };
  lines.forEach(({ text, number = 0 }, index) => {
    const own: Direct = {
      ...(index === 0 ? first : { before: 0 }),
      ...(index < lines.length - 1 && { after: 0 }),
      indent: -(lineNumberWidth(number, code.size) + lineNumberGap),
    };
    const node = definer.code(text, inside, own, span);
    const { structure: _, ...look } = node.base;
    const style = { ...look, structure: { type: "Artifact", kind: "LineNumber" } as const };
    nodes.push({
      ...node,
      structure,
      mark: { runs: [{ text: String(number), style }], isText: false },
      // Two lines stay together at both ends, as those of a paragraph do.
      keepWithNext: lines.length > 1 && (index === 0 || index === lines.length - 2),
    });
  });
  return nodes;
}
