// What is printed for works that are not in the bibliography: `?key?` in bold, so
// that nobody who reads a draft overlooks it.

import {
  type Citation,
  type CitationItem,
  type Document,
  type Inline,
  mapBlocks,
  mapInlines,
} from "../document.js";

/**
 * Returns the document with `?key?` printed in each citation for the keys that name
 * no reference, with the words and the locator around them. It stands behind
 * the works of the same citation that are known. To be done when these are printed.
 */
export function printUndefined(
  document: Document,
  references: ReadonlyMap<string, unknown>,
): Document {
  const isUndefined = ({ key }: CitationItem) => !references.has(key);
  const print = (inline: Inline): readonly Inline[] =>
    inline.type === "citation" && inline.items.some(isUndefined)
      ? [withMarks(inline, inline.items.filter(isUndefined))]
      : [inline];
  return mapBlocks(document, (blocks) => mapInlines(blocks, print));
}

const text = (value: string): Inline => ({ type: "text", value });

function withMarks(citation: Citation, unknown: readonly CitationItem[]): Citation {
  const marks = unknown.flatMap((item, index) => [
    ...(index ? [text("; ")] : []),
    ...markOf(item, citation.mode),
  ]);
  const { authorEnd: _, ...rest } = citation;
  if (unknown.length === citation.items.length) return { ...rest, children: marks };
  // In a note the known works may end in a full stop, which comes behind all.
  const known = withoutStop(citation.children);
  const stop = known === citation.children ? [] : [text(".")];
  return { ...citation, children: [...known, text("; "), ...marks, ...stop] };
}

/** Returns inlines without the full stop at their end; the same ones where there is none. */
function withoutStop(nodes: readonly Inline[]): readonly Inline[] {
  const last = nodes.at(-1);
  const before = nodes.slice(0, -1);
  if (last?.type === "text" && last.value.endsWith(".")) {
    return [...before, { ...last, value: last.value.slice(0, -1) }];
  }
  if (!last || last.type === "note" || !("children" in last)) return nodes;
  const children = withoutStop(last.children);
  return children === last.children ? nodes : [...before, { ...last, children }];
}

function markOf({ key, prefix, locator, suffix }: CitationItem, mode: Citation["mode"]): Inline[] {
  const mark: Inline = { type: "strong", children: [text(`?${key}?`)] };
  if (mode === "author") return [mark];
  return [
    ...(prefix?.length ? [...prefix, text(" ")] : []),
    mark,
    ...(locator === undefined ? [] : [text(`, ${locator}`)]),
    ...(suffix ?? []),
  ];
}
