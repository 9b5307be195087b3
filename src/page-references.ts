// References to pages, `[@fig:map]{.page}`: printed when the pages are laid out,
// which may move them, so that they are laid out again.

import { type Document, mapInlines, walk } from "./document.js";

/** Stands for the number of a page until it is known. */
export const PAGE_UNKNOWN = "00";

/** Whether a document refers to pages. */
export function refersToPages({ parts }: Document): boolean {
  for (const node of walk(parts.flatMap(({ children }) => children))) {
    if (node.type === "crossReference" && node.page && node.number !== undefined) return true;
  }
  return false;
}

/**
 * Returns the document with its references to pages printed, if it has any;
 * `labels` are the printed numbers of pages by the ids of what stands on them.
 */
export function printPages(document: Document, labels: ReadonlyMap<string, string>): Document {
  if (!refersToPages(document)) return document;
  return {
    ...document,
    parts: document.parts.map((part) => ({
      ...part,
      children: mapInlines(part.children, (inline) => {
        if (inline.type !== "crossReference" || !inline.page || inline.number === undefined) {
          return [inline];
        }
        const number = labels.get(inline.targets[0]!.id) || inline.number;
        const [printed] = inline.children;
        const lead = printed?.type === "text" ? printed.value.slice(0, -inline.number.length) : "";
        return [{ ...inline, number, children: [{ type: "text", value: lead + number }] }];
      }),
    })),
  };
}
