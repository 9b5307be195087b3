// Which works lack something that the chosen style would print of them.

import type { Report, Span } from "../diagnostic.js";
import type { Name, Reference } from "../document.js";
import type { Style } from "../style.js";
import { printedVariables } from "./csl-styles.js";
import { pruneStyle } from "./prune-style.js";

/** A cited work and the CSL variables that it lacks; `a or b` where either would do. */
export interface IncompleteReference {
  readonly key: string;
  readonly type: string;
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
 * Returns the works that lack a variable which their type needs and which the
 * style prints for that type, in the order given. A style that prints no places
 * of publication, such as APA's, misses none.
 */
export function incompleteReferences(
  references: Iterable<Reference>,
  style: Style,
): IncompleteReference[] {
  const printed = new Map<string, ReadonlySet<string>>();
  const isPrinted = (variable: string, type: string): boolean => {
    let variables = printed.get(type);
    if (!variables) {
      variables = variablesOfType(style, type);
      printed.set(type, variables);
    }
    return variables.has(variable);
  };
  return [...references].flatMap((reference) => {
    const { id: key, type } = reference;
    const fields = (Object.hasOwn(required, type) ? required[type]! : []).flatMap(
      (alternatives) => {
        if (alternatives.some((variable) => isPresent(reference[variable]))) return [];
        if (alternatives.includes("publisher") && isOwnPublisher(reference)) return [];
        const wanted = alternatives.filter((variable) => isPrinted(variable, type));
        return wanted.length ? [wanted.slice(0, 2).join(" or ")] : [];
      },
    );
    return fields.length ? [{ key, type, fields }] : [];
  });
}

/** The variables that a style may print for works of a type, wherever it does. */
function variablesOfType({ csl, listCsl = csl }: Style, type: string): ReadonlySet<string> {
  const types = new Set([type]);
  const citing = pruneStyle(csl.source(), types);
  const listing = listCsl === csl ? citing : pruneStyle(listCsl.source(), types);
  return new Set([
    ...printedVariables(citing, "citation"),
    ...printedVariables(listing, "bibliography"),
  ]);
}

/**
 * Reports a `reference-incomplete` for each work that lacks what the style
 * prints of its type, at the place of its id (`spans`).
 */
export function reportIncomplete(
  references: Iterable<Reference>,
  spans: ReadonlyMap<string, Span>,
  style: Style,
  report: Report,
): void {
  for (const { key, type, fields } of incompleteReferences(references, style)) {
    const span = spans.get(key);
    report({
      code: "reference-incomplete",
      message: `the reference "${key}" (${type}) lacks ${fields.join(", ")}`,
      ...(span && { span }),
      hints: [
        fields.length === 1
          ? `add ${fields[0]}, which the style prints for this type`
          : "add these fields, which the style prints for this type",
      ],
    });
  }
}

/** An institution publishes its reports itself, and is named once (APA 10.4, CMOS 14.84). */
function isOwnPublisher({ type, author }: Reference): boolean {
  if (type !== "report" || !Array.isArray(author)) return false;
  return (author as readonly Name[]).some(({ literal }) => literal !== undefined);
}

function isPresent(value: Reference[string]): boolean {
  if (value === undefined || value === "") return false;
  return !(Array.isArray(value) && value.length === 0);
}
