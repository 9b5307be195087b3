// The remarks of a draft as notes in the margin, which readers of PDF open as
// Word opens its comments (ISO 32000-1, 12.5.6.4).

import type { Span } from "../../diagnostic.js";
import { Places, type Remarks } from "../remarks.js";
import type { FlowPage } from "./context.js";
import { TextLine } from "./paragraph.js";
import type { StructureNode } from "./tagger.js";

/** A note at its place on a page, in points from the top left corner. */
export interface StickyNote {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** What it is about. */
  readonly structure: StructureNode;
}

/** How wide and high the sign of a note is drawn, in points. */
export const STICKY_NOTE_SIZE = 18;

/** How far notes stand from the text, and from one that has the numbers of lines between. */
const DISTANCE = 14;
const NUMBERED_DISTANCE = 36;
const STEP = STICKY_NOTE_SIZE + 2;

/** A line of text on its page. */
interface Place {
  readonly page: FlowPage;
  readonly line: TextLine;
  readonly structure: StructureNode;
}

/**
 * Returns the notes of each page, beside the lines that they are about: in the wider
 * margin, side by side where a line has several. The pages must be complete.
 */
export function placeStickyNotes(
  pages: readonly FlowPage[],
  remarks: Remarks,
): ReadonlyMap<FlowPage, readonly StickyNote[]> {
  const places = new Places<Place>();
  const printed = new Map<Span, number>();
  for (const page of pages) addPage(page, places, printed);
  const found = places.find(remarks);
  const notes = new Map<FlowPage, StickyNote[]>();
  const taken = new Map<TextLine, number>();
  for (const { remark, place } of found) {
    const { page, line, structure } = place;
    const before = taken.get(line) ?? 0;
    taken.set(line, before + 1);
    const here = notes.get(page) ?? [];
    here.push({ ...cornerOf(page, line, before), text: remark.lines.join("\n"), structure });
    notes.set(page, here);
  }
  return notes;
}

/**
 * Adds the lines of a page, each with the part of its source that it prints. Of text
 * that was written together `printed` has how far it is printed.
 */
function addPage(page: FlowPage, places: Places<Place>, printed: Map<Span, number>): void {
  for (const { item } of page.items) {
    if (!(item instanceof TextLine)) continue;
    const { structure, entry, pageOf } = item.paragraph;
    // Lines of the contents repeat what stands in its own place.
    if ("kind" in structure || pageOf !== undefined) continue;
    const place: Place = { page, line: item, structure };
    places.add(place, undefined);
    if (entry) places.addWork(entry.key, place);
    for (const { span, look, source } of item.pieces) {
      for (const { key } of look.style.citation?.items ?? []) places.addWork(key, place);
      if (!span) continue;
      const from = printed.get(span) ?? span.start;
      places.add(place, { ...span, start: Math.min(from, Math.max(span.start, span.end - 1)) });
      printed.set(span, from + source.length);
    }
  }
}

/** Returns where a note stands beside a line that has so many already. */
function cornerOf({ pageSize, pageMargins }: FlowPage, line: TextLine, before: number) {
  const { left, right } = pageMargins;
  const isRight = right >= left;
  const distance = isRight ? DISTANCE : NUMBERED_DISTANCE;
  const room = Math.max(1, Math.floor(((isRight ? right : left) - distance) / STEP));
  const across = (before % room) * STEP;
  const x = isRight
    ? pageSize.width - right + distance + across
    : left - distance - STICKY_NOTE_SIZE - across;
  return { x: Math.max(0, x), y: line.y + Math.floor(before / room) * STEP };
}
