// The fields that an entry of BibTeX has from other entries.

import type { Report } from "../diagnostic.js";
import type { BibtexEntry, BibtexField } from "./bibtex-entries.js";
import { didYouMean } from "./nearest.js";

const neverInherited = new Set(
  `ids crossref xref xdata entryset entrysubtype execute label options presort related
  relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey sortname sorttitle
  key doi eprint abstract annotation annote keywords file pages pagetotal shorttitle`.split(/\s+/),
);

const parts = new Set(
  "inbook incollection inproceedings inreference conference bookinbook suppbook suppcollection".split(
    " ",
  ),
);

/**
 * Returns the fields of an entry with those that it has from others: from its
 * `xdata` all, from its `crossref` as the appendix of the BibLaTeX manual says
 * ("Inheritance rules"), the title of a book becoming that of its chapter's book.
 */
export function inherit(
  entry: BibtexEntry,
  byKey: ReadonlyMap<string, BibtexEntry>,
  report: Report,
): ReadonlyMap<string, BibtexField> {
  const visit = (current: BibtexEntry, path: readonly string[]): Map<string, BibtexField> => {
    const fields = new Map(current.fields);
    for (const reference of ["xdata", "crossref"] as const) {
      const field = current.fields.get(reference);
      if (!field) continue;
      const keys = reference === "xdata" ? field.value.split(",") : [field.value];
      for (const key of keys.map((word) => word.trim()).filter(Boolean)) {
        const parent = byKey.get(key);
        const isCyclic = path.includes(key);
        if (!parent || isCyclic) {
          if (path.length === 1) {
            const names = [...byKey.keys()].filter((other) => other !== entry.key);
            report({
              code: "crossref-broken",
              message: isCyclic
                ? `the cross-references of "${entry.key}" lead back to itself`
                : `no entry has the key "${key.slice(0, 60)}", to which this one refers`,
              span: field.span,
              ...(!isCyclic && { hints: didYouMean(key, names) }),
            });
          }
          continue;
        }
        const inherited = visit(parent, [...path, key]);
        for (const [name, value] of reference === "xdata"
          ? inherited
          : renamed(inherited, parent, current)) {
          if (!fields.has(name) && !isOverruled(name, current)) fields.set(name, value);
        }
      }
    }
    return fields;
  };
  return visit(entry, [entry.key]);
}

/** A date of the parent says nothing if the child has one of its own. */
function isOverruled(name: string, { fields }: BibtexEntry): boolean {
  const dates = ["date", "year", "month", "day"];
  return dates.includes(name) && dates.some((other) => fields.has(other));
}

function renamed(
  fields: ReadonlyMap<string, BibtexField>,
  parent: BibtexEntry,
  child: BibtexEntry,
): Map<string, BibtexField> {
  const isPart = parts.has(child.type) && !parts.has(parent.type);
  const isIssue = parent.type === "periodical";
  const isVolume = parent.type.startsWith("mv");
  const prefix = isVolume ? "main" : isIssue ? "journal" : isPart ? "book" : "";
  const renames = new Map<string, string>();
  if (prefix) {
    for (const name of ["title", "subtitle", "titleaddon"]) renames.set(name, prefix + name);
  }
  const made = new Map<string, BibtexField>();
  for (const [name, field] of fields) {
    if (neverInherited.has(name)) continue;
    made.set(renames.get(name) ?? name, field);
  }
  // A parent that says what its parts must print of it knows best.
  const given = fields.get("booktitle");
  if (given && prefix === "book") made.set("booktitle", given);
  const author = fields.get("author");
  if (author && isPart && /^(mv)?book$/.test(parent.type)) {
    made.delete("author");
    made.set("bookauthor", author);
  }
  return made;
}
