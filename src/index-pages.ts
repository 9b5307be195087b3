// The pages of an index, printed behind its headings when the pages are laid out.

import {
  type Block,
  type Document,
  type IndexItem,
  type Inline,
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
 * (CMOS 18, 15.39). Each number is a link.
 */
export function printIndexPages(document: Document, labels: ReadonlyMap<string, string>): Document {
  if (!hasIndex(document)) return document;
  const notes = notesOfMarks(document);
  const { lang } = document.metadata;
  const print = (item: IndexItem): IndexItem => ({
    ...item,
    locators: locatorsOf(item, labels, notes, lang),
    items: item.items.map(print),
  });
  const fill = (block: Block): Block =>
    block.type === "index" ? { ...block, items: block.items.map(print) } : block;
  return {
    ...document,
    parts: document.parts.map((part) => ({
      ...part,
      children: part.children.map((block) =>
        isIndex(block) ? { ...block, children: block.children.map(fill) } : block,
      ),
    })),
  };
}

/** The numbers of the notes that marks stand in, by the marks' ids. */
function notesOfMarks({ parts }: Document): Map<string, number> {
  const notes = new Map<string, number>();
  for (const node of walk(parts.flatMap(({ children }) => children))) {
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
  { marks, see = [], seeAlso = [] }: IndexItem,
  labels: ReadonlyMap<string, string>,
  notes: ReadonlyMap<string, number>,
  lang: string,
): Inline[] {
  const locators: Locator[] = [];
  for (const mark of marks) {
    const [start, end] = typeof mark === "string" ? [mark, mark] : mark;
    const from = labels.get(start);
    if (from === undefined) continue;
    const note = notes.get(start);
    addLocator(locators, {
      id: start,
      from,
      to: labels.get(end) ?? from,
      ...(note !== undefined && { note }),
    });
  }
  const printed = locators.flatMap(({ id, from, to, note }): Inline[] => [
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
  const sendOn = (word: "see" | "see-also", others: readonly string[]): Inline[] =>
    others.length
      ? [
          { type: "text", value: ". " },
          { type: "emphasis", children: [{ type: "text", value: term(word, lang) }] },
          { type: "text", value: ` ${others.join("; ")}` },
        ]
      : [];
  return [...printed, ...sendOn("see", see), ...sendOn("see-also", seeAlso)];
}

/** Adds pages to those before: the same page is printed once, the next one makes a range. */
function addLocator(locators: Locator[], next: Locator): void {
  const last = locators.at(-1);
  if (last && last.note === undefined && next.note === undefined) {
    if (next.from === last.to || isNext(last.to, next.from)) {
      last.to = next.to;
      return;
    }
  } else if (last && last.from === next.from && last.note === next.note) return;
  locators.push({ ...next });
}

const isNext = (one: string, other: string): boolean =>
  /^\d+$/.test(one) && /^\d+$/.test(other) && Number(other) === Number(one) + 1;
