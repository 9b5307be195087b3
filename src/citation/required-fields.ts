// Which works lack something that the chosen style would print of them.

import type { Reference } from "../document.js";
import type { Style } from "../style.js";
import { printedVariables } from "./csl-styles.js";

/** A cited work and the CSL variables that it lacks; `a or b` where either would do. */
export interface IncompleteReference {
  readonly key: string;
  readonly fields: readonly string[];
}

/**
 * What a reader needs to find a work of each CSL type, as the manuals have it
 * (CMOS 17, chapter 14; APA 7, chapter 10). In each row one variable is enough.
 * An author is not among them: works may be anonymous.
 */
const required: Readonly<Record<string, readonly (readonly string[])[]>> = {
  article: [["title"], ["issued", "status"], ["DOI", "URL", "number", "publisher"]],
  "article-journal": [
    ["title"],
    ["container-title"],
    ["issued", "status"],
    ["volume", "issue", "DOI", "status"],
    ["page", "number", "DOI", "URL", "status"],
  ],
  "article-magazine": [["title"], ["container-title"], ["issued"]],
  "article-newspaper": [["title"], ["container-title"], ["issued"]],
  book: [["title"], ["publisher"], ["publisher-place"], ["issued", "status"]],
  chapter: [
    ["title"],
    ["container-title"],
    ["publisher"],
    ["publisher-place"],
    ["issued", "status"],
  ],
  entry: [["title"], ["container-title"]],
  "entry-dictionary": [["title"], ["container-title"]],
  "entry-encyclopedia": [["title"], ["container-title"]],
  legal_case: [["title"], ["issued"]],
  legislation: [["title"]],
  "paper-conference": [["title"], ["container-title", "event-title", "event"], ["issued"]],
  "post-weblog": [["title"], ["URL"], ["issued", "accessed"]],
  report: [["title"], ["publisher", "container-title", "collection-title"], ["issued", "status"]],
  thesis: [["title"], ["publisher"], ["issued"]],
  webpage: [["title"], ["URL"], ["issued", "accessed"]],
};

/**
 * Returns the cited works that lack a variable which their type needs and which
 * the style prints somewhere, in the order given. A style that prints no places
 * of publication, such as APA's, misses none.
 */
export function incompleteReferences(
  references: Iterable<Reference>,
  style: Style,
): IncompleteReference[] {
  const tree = style.csl.source();
  const printed = new Set([
    ...printedVariables(tree, "citation"),
    ...printedVariables(tree, "bibliography"),
  ]);
  return [...references].flatMap((reference) => {
    const fields = (required[reference.type] ?? []).flatMap((alternatives) => {
      const wanted = alternatives.filter((variable) => printed.has(variable));
      const present = alternatives.some((variable) => isPresent(reference[variable]));
      return wanted.length && !present ? [wanted.slice(0, 2).join(" or ")] : [];
    });
    return fields.length ? [{ key: reference.id, fields }] : [];
  });
}

function isPresent(value: Reference[string]): boolean {
  if (value === undefined || value === "") return false;
  return !(Array.isArray(value) && value.length === 0);
}
