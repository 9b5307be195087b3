// The fields that an entry of BibTeX has from other entries.

import type { Report } from "../diagnostic.js";
import { didYouMean } from "../nearest.js";
import type { BibtexEntry, BibtexField } from "./bibtex-entries.js";

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

/** How many entries may inherit from each other in a row. */
const LONGEST_CHAIN = 50;

/** For so many wrong keys the right ones are looked for. */
const MOST_HINTS = 20;

/** Returns the fields of an entry, with those that it has from others. */
export type Inherit = (entry: BibtexEntry) => ReadonlyMap<string, BibtexField>;

/**
 * Returns what gives an entry the fields of others: from its `xdata` all, from
 * its `crossref` as the appendix of the BibLaTeX manual says ("Inheritance
 * rules"), the title of a book becoming that of its chapter's book. Keys that no
 * entry has and circles are reported, once each.
 */
export function inheritance(byKey: ReadonlyMap<string, BibtexEntry>, report: Report): Inherit {
  const done = new Map<BibtexEntry, ReadonlyMap<string, BibtexField>>();
  const open = new Set<BibtexEntry>();
  let wrong = 0;

  const broken = (message: string, { span }: BibtexField, hints: readonly string[] = []): void =>
    report({ code: "crossref-broken", message, span, hints });

  const parentOf = (key: string, field: BibtexField): BibtexEntry | undefined => {
    const parent = byKey.get(key);
    if (!parent) {
      const hints = ++wrong > MOST_HINTS ? [] : didYouMean(key, byKey.keys());
      broken(`no entry has the key "${key.slice(0, 60)}", to which this one refers`, field, hints);
    } else if (open.has(parent)) {
      broken(`the cross-references from "${key.slice(0, 60)}" lead back to it`, field);
    } else if (open.size >= LONGEST_CHAIN) {
      broken(`more than ${LONGEST_CHAIN} cross-references in a row`, field);
    } else return parent;
    return undefined;
  };

  const inherit: Inherit = (entry) => {
    const known = done.get(entry);
    if (known) return known;
    const fields = new Map(entry.fields);
    open.add(entry);
    for (const reference of ["xdata", "crossref"] as const) {
      const field = entry.fields.get(reference);
      const keys = (reference === "xdata" ? field?.value.split(",") : [field?.value ?? ""]) ?? [];
      for (const key of new Set(keys.map((word) => word.trim()))) {
        const parent = field && key ? parentOf(key, field) : undefined;
        if (!parent) continue;
        const all = inherit(parent);
        for (const [name, value] of reference === "xdata" ? all : renamed(all, parent, entry)) {
          if (!fields.has(name) && !isOverruled(name, entry)) fields.set(name, value);
        }
      }
    }
    open.delete(entry);
    done.set(entry, fields);
    return fields;
  };
  return inherit;
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
