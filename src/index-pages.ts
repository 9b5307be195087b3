// The pages of an index, printed behind its headings when the pages are laid out.

import {
  type Block,
  type Document,
  type IndexItem,
  type Inline,
  mapBlocks,
  nodesOf,
  type Section,
  walk,
} from "./document.js";
import { term } from "./terms.js";

/** Whether a document has an index, whose pages are still to be printed. */
export function hasIndex({ parts }: Document): boolean {
  return parts.some(({ children }) => children.some(isIndex));
}

const isIndex = (block: Block): block is Section =>
  block.type === "section" && block.role === "index";

/**
 * Returns the document with the pages of its index printed behind the headings;
 * `labels` are the printed numbers of pages by the ids of the marks. Pages that
 * follow one another become a range, and a mark in a note is printed as `12n3`
 * (CMOS 18, 15.39), behind the others of its page. Each number is a link. A main
 * heading sends the reader on in a sentence of its own, one below it in parentheses.
 */
export function printIndexPages(document: Document, labels: ReadonlyMap<string, string>): Document {
  if (!hasIndex(document)) return document;
  const notes = notesOfMarks(document);
  const { lang } = document.metadata;
  const print = (item: IndexItem, isMain: boolean): IndexItem => ({
    ...item,
    locators: [...locatorsOf(item, labels, notes), ...sendOn(item, isMain, lang)],
    items: item.items.map((inner) => print(inner, false)),
  });
  const fill = (block: Block): Block =>
    block.type === "index"
      ? { ...block, items: block.items.map((item) => print(item, true)) }
      : block;
  return mapBlocks(document, (blocks) =>
    blocks.map((block) =>
      isIndex(block) ? { ...block, children: block.children.map(fill) } : block,
    ),
  );
}

/** The numbers of the notes that marks stand in, by the marks' ids. */
function notesOfMarks(document: Document): Map<string, number> {
  const notes = new Map<string, number>();
  for (const node of nodesOf(document)) {
    if (node.type !== "note") continue;
    for (const inner of walk(node.children)) {
      if (inner.type === "indexMark") notes.set(inner.id, node.number);
    }
  }
  return notes;
}

/** One page, or several that follow one another. */
interface Locator {
  readonly id: string;
  readonly from: string;
  to: string;
  readonly note?: number;
}

function locatorsOf(
  { marks }: IndexItem,
  labels: ReadonlyMap<string, string>,
  notes: ReadonlyMap<string, number>,
): Inline[] {
  const found: Locator[] = [];
  for (const mark of marks) {
    const [start, end] = typeof mark === "string" ? [mark, mark] : mark;
    const from = labels.get(start);
    if (from === undefined) continue;
    const note = notes.get(start);
    found.push({
      id: start,
      from,
      to: labels.get(end) ?? from,
      ...(note !== undefined && { note }),
    });
  }
  // A range is known at its end, and a figure may stand behind the text that follows it.
  const locators: Locator[] = [];
  for (const locator of found.sort(byPage)) addLocator(locators, locator);
  return locators.flatMap(({ id, from, to, note }): Inline[] => [
    { type: "text", value: ", " },
    {
      type: "link",
      url: `#${id}`,
      children: [
        {
          type: "text",
          value: from === to ? `${from}${note === undefined ? "" : `n${note}`}` : `${from}–${to}`,
        },
      ],
    },
  ]);
}

/** Returns where a heading sends the reader (CMOS 18, 15.17 and 15.18). */
function sendOn({ see = [], seeAlso = [] }: IndexItem, isMain: boolean, lang: string): Inline[] {
  const one = (word: "see" | "see-also", others: readonly string[]): Inline[] => {
    if (!others.length) return [];
    const name = term(word, lang);
    const words = isMain ? name.charAt(0).toLocaleUpperCase(lang) + name.slice(1) : name;
    return [
      { type: "text", value: isMain ? ". " : " (" },
      { type: "emphasis", children: [{ type: "text", value: words }] },
      { type: "text", value: ` ${others.join("; ")}${isMain ? "" : ")"}` },
    ];
  };
  return [...one("see", see), ...one("see-also", seeAlso)];
}

const isArabic = (page: string): boolean => /^\d+$/.test(page);

/** Pages by their numbers, behind the front matter's, which stay in order; on one page, notes last. */
function byPage(one: Locator, other: Locator): number {
  const order = Number(isArabic(one.from)) - Number(isArabic(other.from));
  if (order) return order;
  if (one.from === other.from) {
    return (one.note ?? 0) - (other.note ?? 0);
  }
  return isArabic(one.from) ? Number(one.from) - Number(other.from) : 0;
}

/**
 * Adds pages to those before: a page is printed once, the next one makes a range.
 * A note stands apart, but not within pages that are printed already.
 */
function addLocator(locators: Locator[], next: Locator): void {
  const last = locators.findLast(({ note }) => note === undefined);
  const latest = locators.at(-1);
  if (next.note !== undefined) {
    const isRepeated = latest?.from === next.from && latest.note === next.note;
    const isWithin = last && last.from !== last.to && holds(last, next.from);
    if (!isRepeated && !isWithin) locators.push({ ...next });
    return;
  }
  if (last && (holds(last, next.from) || (last === latest && isNext(last.to, next.from)))) {
    if (isArabic(next.to) && Number(next.to) > Number(last.to)) last.to = next.to;
    return;
  }
  locators.push({ ...next });
}

/** Whether a page is one of those that are printed. */
function holds({ from, to }: Locator, page: string): boolean {
  if (page === from || page === to) return true;
  const isBetween = Number(from) <= Number(page) && Number(page) <= Number(to);
  return isArabic(from) && isArabic(page) && isBetween;
}

const isNext = (one: string, other: string): boolean =>
  isArabic(one) && isArabic(other) && Number(other) === Number(one) + 1;
