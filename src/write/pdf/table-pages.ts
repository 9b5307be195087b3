// Tables onto pages: rows stay whole where they can, notes stand on the page of
// their row, and the header is above the rows of every page.

import type { FlowContext } from "./context.js";
import type { Demand, NoteRows, Notes } from "./notes.js";
import { notesOf, type TableFlow, type TablePart, type TablePlace } from "./table-flow.js";

/** The pages that a table is set on. */
export interface TablePages {
  readonly context: FlowContext;
  readonly notes: Notes;
  /** Whether a new page would have no more room than the current one. */
  isFresh(): boolean;
  moveToNextPage(): void;
  /** What must follow the last row on its page; nothing if that is up to no one. */
  readonly following: Demand;
}

const nothing: Demand = { height: 0, notes: [] };

/** Returns what must stand together where a table begins: its header with the first rows. */
export function openingOf(flow: TableFlow, following: Demand): Demand {
  const { header, start } = flow;
  if (flow.isDone(start)) return nothing;
  const rows = flow.isShort(start)
    ? together(demandOf(flow.whole(start)), companyOf(flow, start, following))
    : demandOf(flow.opening(start));
  return together(demandOf(header), rows);
}

/** Returns a table that is no higher than so many points as it stands on one page; nothing for others. */
export function wholeOf(flow: TableFlow, most: number): Demand | undefined {
  let whole = demandOf(flow.header);
  for (let place = flow.start; !flow.isDone(place); ) {
    const part = flow.whole(place);
    whole = together(whole, demandOf(part));
    if (whole.height > most) return undefined;
    place = part.next;
  }
  return whole;
}

/** Places a table from the current place on. */
export function placeTable(flow: TableFlow, pages: TablePages): void {
  let place = flow.start;
  let header = flow.header;
  let isDivided = false;
  while (!flow.isDone(place)) {
    const part: Fitting | undefined = isDivided ? undefined : nextPart(flow, place, header, pages);
    if (!part) {
      pages.moveToNextPage();
      header = place === flow.start ? flow.header : flow.repeatHeader();
      isDivided = false;
      continue;
    }
    const notes: NoteRows[] = [];
    for (const own of header ? [header, part.part] : [part.part]) {
      setPart(own, pages.context);
      notes.push(...notesOf(own.lines));
    }
    pages.notes.add(notes, part.rest);
    header = undefined;
    isDivided = part.part.next.row === place.row;
    place = part.part.next;
  }
}

/** A part that has room, and how much room must be left behind it. */
interface Fitting {
  readonly part: TablePart;
  readonly rest: number;
}

/**
 * Returns the most of a table that has room on the page, with its header; nothing
 * where it should rather go on to the next page.
 */
function nextPart(
  flow: TableFlow,
  place: TablePlace,
  header: TablePart | undefined,
  { context, notes, isFresh, following }: TablePages,
): Fitting | undefined {
  const head = demandOf(header);
  const fits = (part: TablePart, after: Demand = nothing): boolean =>
    notes.fit(together(together(head, demandOf(part)), after));
  const first = (parts: Iterable<TablePart>): Fitting | undefined => {
    for (const part of parts) if (fits(part)) return { part, rest: 0 };
    return undefined;
  };
  const { currentPage, isEmpty } = context;
  const { top } = currentPage.pageMargins;
  const room = () => context.availableHeight - head.height;
  const whole = flow.whole(place);
  const isShort = flow.isShort(place);
  const company = isShort || flow.isDone(whole.next) ? companyOf(flow, place, following) : nothing;
  const mayDivide = !flow.areWhole[place.row] || place.placed.size > 0 || !currentPage.hasText;
  const attempt = (): Fitting | undefined => {
    if (fits(whole, company)) return { part: whole, rest: company.height };
    return (
      first(flow.fewerRows(place, room())) ??
      (mayDivide ? first(flow.lines(place, room())) : undefined)
    );
  };
  const found = attempt();
  if (found) return found;
  if (isEmpty && context.y > top) {
    context.y = top;
    const again = attempt();
    if (again) return again;
  }
  if (!isFresh()) return undefined;
  return (
    first([whole]) ??
    first(flow.lines(place, room())) ??
    first(flow.lines(place, room(), true)) ??
    (isEmpty ? { part: flow.least(place), rest: 0 } : undefined)
  );
}

/**
 * What should stand on the page of a row: two rows stay together at the beginning
 * of a table and at its end, the last one with what follows the table.
 */
function companyOf(flow: TableFlow, place: TablePlace, following: Demand): Demand {
  const { next } = flow.whole(place);
  if (flow.isDone(next)) return following;
  if (!flow.isShort(next)) return nothing;
  const row = flow.whole(next);
  if (flow.isDone(row.next)) return together(demandOf(row), following);
  return place === flow.start ? demandOf(row) : nothing;
}

function demandOf(part: TablePart | undefined): Demand {
  return part ? { height: part.height, notes: notesOf(part.lines) } : nothing;
}

function together(one: Demand, other: Demand): Demand {
  if (other === nothing) return one;
  return { height: one.height + other.height, notes: [...one.notes, ...other.notes] };
}

/** Draws a part at the current place. */
function setPart(part: TablePart, context: FlowContext): void {
  const { x, y, currentPage } = context;
  const { items } = currentPage;
  items.push({ type: "structure", item: part.structure });
  for (const { line, cell, ...at } of part.lines) {
    line.x += x + at.x;
    line.y = y + at.y;
    line.cell = cell;
    items.push({ type: "line", item: line });
  }
  for (const { from, to, y: top, width } of part.rules) {
    const middle = y + top + width / 2;
    items.push({
      type: "vector",
      item: { type: "line", x1: x + from, x2: x + to, y1: middle, y2: middle, lineWidth: width },
    });
  }
  currentPage.hasText = true;
  context.moveDown(part.height);
}
