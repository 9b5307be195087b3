// Cross-references, `@fig:map`, among what is typed like citations: those whose
// keys begin with one of pandoc-crossref's prefixes and a colon, or with `fn:`
// before the key of a note.

import type { PhrasingContent } from "mdast";
import type { Span } from "../diagnostic.js";
import type { CrossReference, Inline } from "../document.js";
import type { CitationItemNode, CitationNode } from "./citation.js";
import { type Reading, spanOf } from "./reading.js";

const labelPrefix = /^(?:[Ff]ig|[Tt]bl|[Ee]q|[Ss]ec|[Ll]st|[Ff]n):/;

/** Whether a key is that of a label, such as `fig:map` or `Sec:method`. */
export const isLabelKey = (key: string): boolean => labelPrefix.test(key);

/**
 * Returns the cross-reference that was typed like a citation, with the text
 * around it; undefined if it is a citation. Reports one that is both.
 */
export function readCrossReference(
  node: CitationNode,
  span: Span,
  reading: Reading,
): Inline[] | undefined {
  const labels = node.children.filter(({ key }) => isLabelKey(key));
  if (!labels.length) return undefined;
  const { report, source } = reading;
  const asTyped: Inline = { type: "text", value: node.value, span };
  if (labels.length < node.children.length) {
    report({
      code: "crossref-mixed",
      message: "a citation and a cross-reference stand in one pair of brackets",
      span,
      hints: ["put each into brackets of its own: [@smith2000] and [@fig:map]"],
    });
    return [asTyped];
  }
  const [first] = labels;
  const before = part(first!, "prefix");
  const behind = part(labels.at(-1)!, "suffix");
  const between = labels.some(
    (item, index) =>
      item.locator !== undefined ||
      (index > 0 && part(item, "prefix").length > 0) ||
      (index < labels.length - 1 && part(item, "suffix").length > 0),
  );
  if (between) {
    report({
      code: "syntax-unsupported",
      message: "a cross-reference has no pages and no words between its labels; its text is kept",
      span,
      hints: ["write the words outside of the brackets"],
    });
    return [asTyped];
  }
  const reference: CrossReference = {
    type: "crossReference",
    targets: labels.map((item) => {
      const key = item.children.find(({ role }) => role === "key");
      const id = labelId(item.key);
      const note = id.startsWith("fn:") ? reading.notes.get(id.slice(3)) : undefined;
      return {
        id,
        span: spanOf(key ?? item, source),
        ...(note && { definition: spanOf(note, source) }),
      };
    }),
    numberOnly: labels.some(({ suppressAuthor }) => suppressAuthor),
    capital: /^[A-Z]/.test(first!.key),
    children: [asTyped],
    span,
  };
  const text = (nodes: readonly PhrasingContent[]) => reading.inlines(nodes, reading);
  return [
    ...(before.length ? [...text(before), { type: "text", value: " " } as const] : []),
    reference,
    ...text(behind),
  ];
}

/** The label that a key aims at: its first letter may be a capital in the text. */
const labelId = (key: string): string => key.charAt(0).toLowerCase() + key.slice(1);

const part = (item: CitationItemNode, wanted: "prefix" | "suffix"): readonly PhrasingContent[] =>
  item.children.find(({ role }) => role === wanted)?.children ?? [];
