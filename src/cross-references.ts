// Prints cross-references to all that has a label, but for notes. To be done when
// all that they may aim at is numbered.

import type { Report } from "./diagnostic.js";
import { type Document, nodesOf } from "./document.js";
import type { LabelTarget } from "./label-target.js";
import type { NumberedDocument } from "./number-labels.js";
import { type Context, printReferences, refersToNotes, suggestions } from "./print-references.js";
import type { Template } from "./template.js";

/**
 * Returns the document with its cross-references printed: each becomes text and
 * references to one target each, `figures 1–3 and 5`, `equation (2)`,
 * `Appendix A`. A word begins with a capital where the template or the author
 * wants it, and at a sentence's start. A section without a number is named by its
 * title. A reference to a page is filled in when the pages are known, and one to a
 * note is left for `resolveNoteReferences`.
 *
 * Reports references to what is not there, for which `?fig:x?` is printed in bold,
 * and figures, tables, equations and code with a label that neither a reference nor a
 * link aims at.
 */
export function resolveCrossReferences(
  { document, targets }: NumberedDocument,
  template: Template,
  report: Report,
): Document {
  const aimedAt = new Set<string>();
  const context: Context = {
    template,
    report,
    aimedAt,
    find: ({ id }) => targets.get(id),
    near: suggestions(targets.keys()),
    isNow: (reference) => !refersToNotes(reference),
  };
  const resolved = printReferences(document, context);
  for (const node of nodesOf(document)) {
    if (node.type === "link" && node.url.startsWith("#")) aimedAt.add(node.url.slice(1));
  }
  reportUnreferenced(targets, aimedAt, report);
  return resolved;
}

function reportUnreferenced(
  targets: ReadonlyMap<string, LabelTarget>,
  aimedAt: ReadonlySet<string>,
  report: Report,
): void {
  for (const { id, word, parent, span } of targets.values()) {
    if (word === "section" || word === "chapter" || word === "appendix" || word === "note")
      continue;
    if (parent !== undefined || aimedAt.has(id)) continue;
    report({
      code: "label-unreferenced",
      message: `the text never refers to ${articled[word]} "${id}"`,
      ...(span && { span }),
      hints: [`refer to it where it belongs: @${id}`],
    });
  }
}

const articled = {
  figure: "the figure",
  table: "the table",
  equation: "the equation",
  code: "the listing",
} as const;
