// Page numbers: counted when all pages are laid out, and filled in in the contents.

import type { Document } from "../../document.js";
import { partNumbers, type Template } from "../../template.js";
import type { FlowPage } from "./context.js";
import { formatNumber, type PageRange } from "./labels.js";
import { TextLine } from "./paragraph.js";
import type { Piece, Typesetter } from "./text.js";

/** The numbers of all pages. */
export interface PageNumbers {
  /** Those of all pages, in order; empty where none is printed. */
  readonly labels: readonly string[];
  readonly ranges: readonly PageRange[];
}

/** Returns the numbers of pages, each part's in its own form. */
export function countPages(
  pages: readonly FlowPage[],
  { parts }: Document,
  template: Template,
): PageNumbers {
  const labels: string[] = [];
  const ranges: PageRange[] = [];
  for (const [index, { part, number }] of pages.entries()) {
    const { form } = partNumbers(parts, part, template);
    const isFirst = index === 0 || pages[index - 1]!.part !== part;
    if (isFirst) ranges.push({ index, form, start: number });
    labels.push(formatNumber(number, form));
  }
  return { labels, ranges };
}

/** Where each name that links aim at stands: the index of the page. */
export function findAnchors(pages: readonly FlowPage[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [index, { items }] of pages.entries()) {
    for (const { item } of items) {
      if (!(item instanceof TextLine)) continue;
      const anchors = item.index === 0 ? item.paragraph.anchors : [];
      for (const anchor of anchors) if (!places.has(anchor)) places.set(anchor, index);
      for (const { anchor } of item.pieces) {
        if (anchor !== undefined && !places.has(anchor)) places.set(anchor, index);
      }
    }
  }
  return places;
}

/** Space between a leader and what stands before and behind it, in points. */
const LEADER_GAP = 4;
const LEADER = ". ";

/**
 * Ends the lines of the contents with a leader and the page number of their
 * section. Returns whether every number had room.
 */
export function fillContents(
  pages: readonly FlowPage[],
  labels: ReadonlyMap<string, string>,
  typesetter: Typesetter,
): boolean {
  let haveRoom = true;
  for (const { items, pageSize, pageMargins } of pages) {
    for (const [index, { type, item }] of items.entries()) {
      if (!(item instanceof TextLine) || item.index < item.count - 1) continue;
      const { pageOf, base, right } = item.paragraph;
      if (pageOf === undefined) continue;
      const label = typesetter.piece(labels.get(pageOf) ?? "", base);
      label.x = pageSize.width - pageMargins.right - right - item.x - label.width;
      haveRoom &&= label.x >= item.getWidth() + LEADER_GAP;
      const leader = setLeader(item, label.x, typesetter);
      items[index] = { type, item: item.with([leader, label]) };
    }
  }
  return haveRoom;
}

/**
 * Returns dots from the end of a line to a place on it, those of all lines on
 * one grid; a space where there is no room for any.
 */
function setLeader(line: TextLine, end: number, typesetter: Typesetter): Piece {
  const { base } = line.paragraph;
  const step = typesetter.piece(LEADER, base).width;
  const from = Math.ceil((line.x + line.getWidth() + LEADER_GAP) / step) * step - line.x;
  const count = Math.floor((end - LEADER_GAP - from) / step);
  const style = { ...base, structure: { type: "Artifact", kind: "Layout" } as const };
  const leader = typesetter.piece(count > 0 ? LEADER.repeat(count) : " ", style, " ");
  leader.x = count > 0 ? from : line.getWidth();
  return leader;
}
