// The bookmarks of a document. Their names are generated, never an author's
// words: Word allows 40 characters, letters, digits and underscores (ECMA-376-1,
// 17.13.6.2), and hides those that begin with an underscore.

import { listedCaptions } from "../../captions.js";
import {
  contentsItems,
  type Document,
  type Entry,
  hasHeading,
  type IndexItem,
  type Label,
  type Note,
  nodesOf,
  type Section,
  toText,
  walk,
} from "../../document.js";

/** What bookmarks stand around. */
export type Anchored = Section | Entry | Note | Label;

/** The bookmark names of a document, each kind counted from 1 in reading order. */
export interface Anchors {
  /** The bookmark that a link to an id leads to. */
  readonly targets: ReadonlyMap<string, string>;
  /** The bookmarks of a section, around its title; of an entry; of a note, around its mark; of a label. */
  readonly places: ReadonlyMap<Anchored, readonly string[]>;
  /** That one of a section's bookmarks which the contents lead to. */
  readonly contents: ReadonlyMap<Section, string>;
  /** The sections, labels and notes that cross-references lead to, by id. */
  readonly referents: ReadonlyMap<string, Section | Label | Note>;
  /** The marks of the index between which a range of pages lies, each by the other's id. */
  readonly ranges: ReadonlyMap<string, string>;
  /** The bookmark around the number of a label, where a reference repeats that alone. */
  readonly numbers: ReadonlyMap<string, string>;
}

/**
 * Names the bookmarks of a document: `_Ref000001` for every entry, `_Sec000001`
 * for sections, `_Note000001` for notes and `_Label000001` for labels that a link
 * or cross-reference aims at, `_Number000001` for the numbers in them,
 * `_Toc000001` for sections in the contents, `_Index000001` for marks of the
 * index. (Citations are counted as they are written.)
 */
export function nameAnchors(document: Document): Anchors {
  const linked = new Set<string>();
  const numbered = new Map<string, Set<string>>();
  let depth = 0;
  const nodes = () => nodesOf(document);
  for (const node of nodes()) {
    if (node.type === "link" && node.url.startsWith("#")) linked.add(node.url.slice(1));
    if (node.type === "crossReference") {
      for (const { id } of node.targets) {
        linked.add(id);
        if (node.page || node.number === undefined) continue;
        const printed = numbered.get(id) ?? new Set<string>();
        numbered.set(id, printed.add(toText(node.children)));
      }
    }
    if (node.type !== "contents") continue;
    if (!node.of) depth = Math.max(depth, node.depth);
    else for (const { id } of listedCaptions(document, node.of)) linked.add(id);
  }

  const targets = new Map<string, string>();
  const places = new Map<Anchored, string[]>();
  const referents = new Map<string, Section | Label | Note>();
  const numbers = new Map<string, string>();
  const ranges = new Map<string, string>();
  const inNotes = new Set<string>();
  const counts = { _Index: 0, _Label: 0, _Note: 0, _Number: 0, _Ref: 0, _Sec: 0 };
  const next = (prefix: keyof typeof counts) => bookmarkName(prefix, ++counts[prefix]);
  const name = (node: Anchored, id: string, prefix: keyof typeof counts) => {
    // Of several places with one id the first is meant.
    if (targets.has(id)) return;
    const bookmark = next(prefix);
    targets.set(id, bookmark);
    places.set(node, [bookmark]);
    if (node.type === "entry") return;
    referents.set(id, node);
    if (node.type !== "label") return;
    // A reference that repeats the whole label needs no bookmark around the number.
    const label = toText(node.children);
    const repeats = [...(numbered.get(id) ?? [])].some((printed) => printed !== label);
    if (repeats && label.includes(node.number)) numbers.set(id, next("_Number"));
  };
  for (const node of nodes()) {
    if (node.type === "entry") name(node, node.id, "_Ref");
    // A dedication, say, prints no heading that a bookmark could stand around.
    else if (node.type === "section" && hasHeading(node) && linked.has(node.id)) {
      name(node, node.id, "_Sec");
    } else if (node.type === "note" && linked.has(`note-${node.number}`)) {
      name(node, `note-${node.number}`, "_Note");
    } else if (node.type === "label" && node.id !== undefined && linked.has(node.id)) {
      name(node, node.id, "_Label");
    } else if (node.type === "indexMark" && node.range !== "end") {
      targets.set(node.id, next("_Index"));
    } else if (node.type === "index") addRanges(node.items, inNotes, ranges);
    if (node.type !== "note") continue;
    for (const inner of walk(node.children)) if (inner.type === "indexMark") inNotes.add(inner.id);
  }
  const contents = new Map<Section, string>();
  for (const [index, { section }] of contentsItems(document, depth).entries()) {
    const bookmark = bookmarkName("_Toc", index + 1);
    contents.set(section, bookmark);
    places.set(section, [...(places.get(section) ?? []), bookmark]);
  }
  return { targets, places, contents, referents, ranges, numbers };
}

/** Adds the ranges of an index; a bookmark cannot reach from a note into the text. */
function addRanges(
  items: readonly IndexItem[],
  inNotes: ReadonlySet<string>,
  ranges: Map<string, string>,
): void {
  for (const { marks, items: below } of items) {
    for (const mark of marks) {
      if (typeof mark === "string") continue;
      const [from, to] = mark;
      if (inNotes.has(from) || inNotes.has(to)) continue;
      ranges.set(from, to);
      ranges.set(to, from);
    }
    addRanges(below, inNotes, ranges);
  }
}

/** Returns such as `_Cite000012`. */
export function bookmarkName(prefix: `_${string}`, number: number): string {
  return prefix + String(number).padStart(6, "0");
}
