// The bookmarks of a document. Their names are generated, never an author's
// words: Word allows 40 characters, letters, digits and underscores (ECMA-376-1,
// 17.13.6.2), and hides those that begin with an underscore.

import {
  type Block,
  contentsItems,
  type Document,
  type Entry,
  hasHeading,
  type Note,
  type Section,
  walk,
} from "../../document.js";

/** The bookmark names of a document, each kind counted from 1 in reading order. */
export interface Anchors {
  /** The bookmark that a link to an id leads to. */
  readonly targets: ReadonlyMap<string, string>;
  /** The bookmarks of a section, around its title; of an entry; of a note, around its mark. */
  readonly places: ReadonlyMap<Section | Entry | Note, readonly string[]>;
  /** That one of a section's bookmarks which the contents lead to. */
  readonly contents: ReadonlyMap<Section, string>;
}

/**
 * Names the bookmarks of a document: `_Ref000001` for every entry, `_Sec000001`
 * for sections and `_Note000001` for notes that a link aims at, `_Toc000001`
 * for sections in the contents. (Citations are counted as they are written.)
 */
export function nameAnchors(document: Document): Anchors {
  const linked = new Set<string>();
  let depth = 0;
  const nodes = () => walk(document.parts.flatMap(({ children }): readonly Block[] => children));
  for (const node of nodes()) {
    if (node.type === "link" && node.url.startsWith("#")) linked.add(node.url.slice(1));
    if (node.type === "contents") depth = Math.max(depth, node.depth);
  }

  const targets = new Map<string, string>();
  const places = new Map<Section | Entry | Note, string[]>();
  const counts = { _Note: 0, _Ref: 0, _Sec: 0 };
  const name = (node: Section | Entry | Note, id: string, prefix: keyof typeof counts) => {
    // Of several places with one id the first is meant.
    if (targets.has(id)) return;
    const bookmark = bookmarkName(prefix, ++counts[prefix]);
    targets.set(id, bookmark);
    places.set(node, [bookmark]);
  };
  for (const node of nodes()) {
    if (node.type === "entry") name(node, node.id, "_Ref");
    // A dedication, say, prints no heading that a bookmark could stand around.
    else if (node.type === "section" && hasHeading(node) && linked.has(node.id)) {
      name(node, node.id, "_Sec");
    } else if (node.type === "note" && linked.has(`note-${node.number}`)) {
      name(node, `note-${node.number}`, "_Note");
    }
  }
  const contents = new Map<Section, string>();
  for (const [index, { section }] of contentsItems(document, depth).entries()) {
    const bookmark = bookmarkName("_Toc", index + 1);
    contents.set(section, bookmark);
    places.set(section, [...(places.get(section) ?? []), bookmark]);
  }
  return { targets, places, contents };
}

/** Returns such as `_Cite000012`. */
export function bookmarkName(prefix: `_${string}`, number: number): string {
  return prefix + String(number).padStart(6, "0");
}
