// The laws of figures: each is whole and on one page with its captions, in order,
// never before its place and never past the beginning of a chapter.

import type { FlowPage } from "../../src/write/pdf/context.js";
import type { Definition, FlowNode, ParagraphNode } from "../../src/write/pdf/definition.js";
import { type FigureNode, figureParagraphs } from "../../src/write/pdf/figure-definition.js";
import { TextLine } from "../../src/write/pdf/paragraph.js";
import { paragraphsOf } from "../../src/write/pdf/table-definition.js";

const TOLERANCE = 0.01;

/** The paragraphs of a figure that stands whole on a page. */
function paragraphsIn({ above, imageRows, below }: FigureNode): ParagraphNode[] {
  return [...above, ...imageRows.flat().flatMap(({ paragraphs }) => paragraphs), ...below];
}

/** Returns the paragraphs of figures that stand whole on a page, as nearly all do. */
export function figureParagraphsOf({ stack }: Definition): ReadonlySet<ParagraphNode> {
  const nodes = stack.flatMap(({ section }) => section.stack);
  return new Set(nodes.flatMap((node) => ("imageRows" in node ? paragraphsIn(node) : [])));
}

/** Whether a figure has too much text for a page, and flows over pages as text does. */
export function flows(node: FlowNode, pages: readonly FlowPage[]): boolean {
  if (!("imageRows" in node)) return false;
  const [first] = figureParagraphs(node);
  return pages.some(({ items }) =>
    items.some(({ item }) => item instanceof TextLine && item.paragraph === first),
  );
}

interface Place {
  readonly page: number;
  readonly lines: readonly TextLine[];
}

/** Returns what breaks a law, in words; nothing if all is well. */
export function findFigureFaults({ stack }: Definition, pages: readonly FlowPage[]): string[] {
  const faults: string[] = [];
  const places = placesOf(pages);
  for (const { section } of stack) {
    // No figure may stand before what was there before it, nor behind where a chapter begins.
    let earliest = 0;
    let waiting: { readonly name: string; readonly page: number }[] = [];
    for (const node of section.stack) {
      if ("rows" in node) continue;
      if ("imageRows" in node && !flows(node, pages)) {
        const name = `the figure “${node.figure.images[0]!.image.name}”`;
        const own = paragraphsIn(node).map((paragraph) => places.get(paragraph));
        const [first] = own;
        if (!first || own.some((place) => !place)) {
          faults.push(`${name} is lost`);
          continue;
        }
        if (own.some((place) => place!.page !== first.page)) faults.push(`${name} is divided`);
        if (first.page < earliest) faults.push(`${name} stands before its place`);
        earliest = node.floats ? earliest : first.page;
        if (waiting.some(({ page }) => page > first.page)) faults.push(`${name} is out of order`);
        waiting.push({ name, page: first.page });
        const lines = own.flatMap((place) => place!.lines);
        faults.push(...checkPlace(name, lines, pages[first.page]!));
        continue;
      }
      const [place] = paragraphsOf([node]).map((paragraph) => places.get(paragraph));
      if (!place) continue;
      if (node.beginsPage) {
        for (const { name, page } of waiting) {
          if (page >= place.page) faults.push(`${name} stands in the next chapter`);
        }
        waiting = [];
      }
      earliest = place.page;
    }
  }
  return faults;
}

/** Where paragraphs begin. */
function placesOf(pages: readonly FlowPage[]): Map<ParagraphNode, Place> {
  const places = new Map<ParagraphNode, { page: number; lines: TextLine[] }>();
  for (const [page, { items }] of pages.entries()) {
    for (const { item } of items) {
      if (!(item instanceof TextLine)) continue;
      const place = places.get(item.paragraph);
      if (!place) places.set(item.paragraph, { page, lines: [item] });
      else if (place.page === page) place.lines.push(item);
    }
  }
  return places;
}

/** A figure stands within the margins, and nothing else in its rectangle. */
function checkPlace(name: string, lines: readonly TextLine[], page: FlowPage): string[] {
  const faults: string[] = [];
  const { pageSize, pageMargins, noteHeight, items } = page;
  const top = Math.min(...lines.map(({ y }) => y));
  const bottom = Math.max(...lines.map(({ y, height, slack }) => y + height - slack));
  const foot = pageSize.height - pageMargins.bottom - noteHeight;
  if (lines.some(({ count, paragraph }) => count !== linesOf(lines, paragraph))) {
    faults.push(`${name} lacks lines`);
  }
  if (top < pageMargins.top - TOLERANCE || bottom > foot + TOLERANCE) {
    faults.push(`${name} stands in the upper or lower margin`);
  }
  for (const line of lines) {
    const left = line.x + (line.pieces[0]?.x ?? 0);
    if (left < pageMargins.left - TOLERANCE) faults.push(`${name} stands in the left margin`);
    if (line.x + line.getWidth() > pageSize.width - pageMargins.right + 1) {
      faults.push(`${name} stands in the right margin`);
    }
  }
  for (const { item } of items) {
    if (!(item instanceof TextLine) || lines.includes(item)) continue;
    const isBeside =
      item.y + item.height - item.slack > top + TOLERANCE && item.y < bottom - TOLERANCE;
    if (isBeside) faults.push(`${name} overlaps other text`);
  }
  return faults;
}

const linesOf = (lines: readonly TextLine[], of: ParagraphNode): number =>
  lines.filter(({ paragraph }) => paragraph === of).length;
