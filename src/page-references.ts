// References to pages, `[@fig:map]{.page}` and those of the index: printed when
// the pages are laid out, which may move them, so that they are laid out again.

import { type Document, type Inline, mapBlocks, mapInlines, nodesOf } from "./document.js";
import { hasIndex, printIndexPages } from "./index-pages.js";

/** Stands for the number of a page until it is known. */
export const PAGE_UNKNOWN = "00";

/** Whether a document refers to pages. */
export function refersToPages(document: Document): boolean {
  return hasIndex(document) || hasPageReferences(document);
}

function hasPageReferences(document: Document): boolean {
  for (const node of nodesOf(document)) {
    if (node.type === "crossReference" && node.page && node.number !== undefined) return true;
  }
  return false;
}

/**
 * Returns the document with its references to pages printed, if it has any;
 * `labels` are the printed numbers of pages by the ids of what stands on them.
 */
export function printPages(unprinted: Document, labels: ReadonlyMap<string, string>): Document {
  const document = printIndexPages(unprinted, labels);
  if (!hasPageReferences(document)) return document;
  const print = (inline: Inline): readonly Inline[] => {
    if (inline.type !== "crossReference" || !inline.page || inline.number === undefined) {
      return [inline];
    }
    const number = labels.get(inline.targets[0]!.id) || inline.number;
    const [printed] = inline.children;
    const lead = printed?.type === "text" ? printed.value.slice(0, -inline.number.length) : "";
    return [{ ...inline, number, children: [{ type: "text", value: lead + number }] }];
  };
  return mapBlocks(document, (blocks) => mapInlines(blocks, print));
}
