// The list of abbreviations, as both writers set it: what is meant stands beside
// its short form.

import type { DefinitionItem, Inline } from "../document.js";

/** The width of the column of short forms, in points; Word's second tab stop. */
export const abbreviationWidth = 72;

/** Returns what an abbreviation means, which is one paragraph. */
export function firstParagraph(definitions: DefinitionItem["definitions"]): readonly Inline[] {
  const [first] = definitions[0] ?? [];
  if (first?.type !== "paragraph") throw new Error("an abbreviation has no meaning");
  return first.children;
}
