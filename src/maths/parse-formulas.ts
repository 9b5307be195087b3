// The stage that reads the LaTeX of formulas: each becomes a formula that both
// writers print, or a diagnostic at its place. A work without formulas passes as it is.

import type { Report, Span } from "../diagnostic.js";
import {
  type Block,
  type ContentChange,
  type Document,
  type Equation,
  type Inline,
  type InlineEquation,
  mapBlocks,
  mapContent,
  nodesOf,
} from "../document.js";
import type { Formula } from "../formula.js";
import type { FormulaFault } from "./formula-fault.js";
import { FormulaReader } from "./read-formula.js";

type FormulaNode = Equation | InlineEquation;

/** The formulas of nodes that were read before: a work is compiled once a style. */
const known = new WeakMap<FormulaNode, Formula | FormulaFault>();

/**
 * Returns the document with the formula of every equation. Reports
 * `equation-invalid` where the LaTeX has a mistake; the node stays as it is.
 *
 * Macros are known from the formula that defines them on, in reading order. A
 * formula that only defines some prints nothing and is taken out, unless it has
 * a label.
 */
export function parseFormulas(document: Document, report: Report): Document {
  const nodes: FormulaNode[] = [];
  for (const node of nodesOf(document)) {
    if (isFormula(node)) nodes.push(node);
  }
  if (!nodes.length) return document;
  // One reader reads all, for macros come from the formulas before.
  if (!nodes.every((node) => known.has(node))) readAll(nodes);
  for (const node of nodes) {
    const read = known.get(node)!;
    if ("message" in read) reportFault(read, node, report);
  }
  return mapBlocks(document, change.blocks);
}

function readAll(nodes: readonly FormulaNode[]): void {
  const reader = new FormulaReader();
  for (const node of nodes) {
    known.set(node, reader.read(node.value, node.type === "equation"));
  }
}

function isFormula(node: Block | Inline): node is FormulaNode {
  return node.type === "equation" || node.type === "inlineEquation";
}

const change = {
  inlines: (inlines: readonly Inline[]): Inline[] => inlines.flatMap(withFormulas),
  blocks: (blocks: readonly Block[]): Block[] =>
    blocks.flatMap((block): Block[] =>
      block.type === "equation"
        ? withFormula(block, block.label !== undefined || block.id !== undefined)
        : [mapContent(block, change)],
    ),
} satisfies ContentChange;

function withFormulas(inline: Inline): Inline[] {
  if (inline.type === "inlineEquation") return withFormula(inline, false);
  if (inline.type === "note") return [{ ...inline, children: change.blocks(inline.children) }];
  if ("children" in inline) return [{ ...inline, children: change.inlines(inline.children) }];
  return [inline];
}

/** Returns a node with its formula; none where nothing is seen of it and nothing refers to it. */
function withFormula<Node extends FormulaNode>(node: Node, isKept: boolean): Node[] {
  const read = known.get(node)!;
  if ("message" in read) return [node];
  return read.isEmpty && !isKept ? [] : [{ ...node, formula: read }];
}

function reportFault(
  { message, place, hints }: FormulaFault,
  { value, span }: FormulaNode,
  report: Report,
): void {
  const at = span && spanOfPlace(span, value, place);
  const near = place && at === span ? ` (at "${around(value, place)}")` : "";
  report({
    code: "equation-invalid",
    message: `${message}${near}`,
    ...(at && { span: at }),
    ...(hints?.length && { hints }),
  });
}

/** Returns the span of a place in a formula: exact where the file has its LaTeX on one line. */
function spanOfPlace(
  span: Span,
  value: string,
  place: { readonly start: number; readonly end: number } | undefined,
): Span {
  // Between one dollar or two; with attributes or on several lines a formula is longer.
  const marks = span.end - span.start - value.length;
  if (!place || (marks !== 2 && marks !== 4)) return span;
  const start = span.start + marks / 2;
  return { ...span, start: start + place.start, end: start + place.end };
}

/** So much of a formula names a place in it, in characters on either side. */
const CONTEXT = 15;

function around(value: string, { start, end }: { start: number; end: number }): string {
  const from = Math.max(0, start - CONTEXT);
  const to = Math.min(value.length, end + CONTEXT);
  const shown = value.slice(from, to).replace(/\s+/g, " ");
  return `${from > 0 ? "…" : ""}${shown}${to < value.length ? "…" : ""}`;
}
