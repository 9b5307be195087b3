// The last step of a document that is to look like a reference document: its
// package is dressed, and put into the reference document's text if that asks for it.

import type { Document, Part } from "../../document.js";
import type { ReferenceDocx } from "../../reference-docx.js";
import type { Template } from "../../template.js";
import { descendants } from "../../xml-tree.js";
import type { Package } from "./finish.js";
import type { NumberedHeadings } from "./heading-numbering.js";
import { type Dress, dressPackage } from "./reference.js";
import { placeBody } from "./reference-body.js";
import { markEveryPage } from "./reference-marks.js";
import type { Stretch } from "./stretches.js";

/** What a document is dressed in, and what stands at the names in it. */
export interface Outfit {
  readonly reference: ReferenceDocx;
  /** What is printed for names in running text. */
  readonly texts: ReadonlyMap<string, string>;
  /** How many parts of the document stand at each name of blocks, in order; absent where none is named. */
  readonly groups?: readonly { readonly name: string; readonly parts: number }[];
}

/** What is known of a document that has been written. */
export interface WrittenDocument {
  readonly document: Document;
  readonly template: Template;
  readonly labels: ReadonlyMap<string, string>;
  readonly numbered: NumberedHeadings;
  /** The parts that have content, each with its Word sections. */
  readonly parts: readonly { readonly part: Part; readonly stretches: readonly Stretch[] }[];
}

/**
 * Dresses a package of ours in place. Returns what a reader of it must know: the
 * id of the style of entries, and how many formulas are not ours.
 */
export function wear(
  parts: Package,
  { reference, texts, groups }: Outfit,
  { document, template, labels, numbered, parts: written }: WrittenDocument,
): { readonly entryStyle: string; readonly otherEquations: number } {
  const dress: Dress = {
    reference,
    document,
    template,
    sections: written.flatMap(({ part, stretches }) =>
      stretches.map((stretch) => ({ part, stretch, numbered })),
    ),
    textOf: (name) => texts.get(name),
  };
  const dressed = dressPackage(parts, dress);
  if (!groups) {
    markEveryPage(parts, dressed.heads, dressed.parts);
    return { entryStyle: dressed.entryStyle, otherEquations: 0 };
  }
  let at = 0;
  let start: number | undefined;
  const placed = groups.map(({ name, parts: count }) => {
    const own = written.slice(at, at + count);
    at += count;
    if (name === "body") start = firstPage(own[0]?.part, labels);
    return { name, sections: own.reduce((sum, { stretches }) => sum + stretches.length, 0) };
  });
  placeBody(parts, dress, dressed, placed, start);
  markEveryPage(parts, dressed.heads, dressed.parts);
  const otherEquations = [...descendants(reference.document)].filter(
    ({ name }) => name === "m:oMath",
  ).length;
  return { entryStyle: dressed.entryStyle, otherEquations };
}

/** Returns the number of the page on which a part begins, in arabic numerals. */
function firstPage(
  part: Part | undefined,
  labels: ReadonlyMap<string, string>,
): number | undefined {
  const first = part?.children.find((block) => block.type === "section");
  const label = first?.type === "section" ? labels.get(first.id) : undefined;
  return label !== undefined && /^\d+$/.test(label) ? Number(label) : undefined;
}
