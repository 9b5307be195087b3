// The index of a work, made of the marks in its text: terms and sub-terms in
// alphabetical order, cross-references between them, and the pages where the
// marks stand (CMOS 18, chapter 15; NISO TR02).

import type { Report } from "./diagnostic.js";
import {
  type Block,
  type Document,
  headingName,
  type IndexItem,
  type IndexMark,
  mapBlocks,
  nodesOf,
} from "./document.js";
import { didYouMean } from "./nearest.js";

/**
 * Fills the section with the role `index` with the headings that the marks of a
 * document name. Terms are sorted letter by letter (CMOS 18, 15.58). Reports
 * ranges of pages that have no end or no beginning, and references to headings
 * that the index does not have. The pages are printed later, by `printIndexPages`.
 */
export function fillIndex(document: Document, report: Report): Document {
  const marks = marksOf(document);
  if (!marks.length) return document;
  const root = new Heading("");
  const open = new Map<string, IndexMark>();
  for (const mark of marks) addMark(root, mark, open, report);
  for (const { terms, span } of open.values()) {
    report({
      code: "index-range-open",
      message: `the pages of "${terms.join(", ")}" begin here, but do not end`,
      ...(span && { span }),
      hints: [`mark the end: []{.index term="${terms.join("!")}" range=end}`],
    });
  }
  reportUnknown(root, marks, report);
  const { compare } = new Intl.Collator(document.metadata.lang, { ignorePunctuation: true });
  const items = root.items(compare);
  const fill = (block: Block): Block =>
    block.type === "section" && block.role === "index" && !block.children.length
      ? { ...block, children: [{ type: "index", items }] }
      : block;
  return mapBlocks(document, (blocks) => blocks.map(fill));
}

const marksOf = (document: Document): IndexMark[] =>
  [...nodesOf(document)].filter((node) => node.type === "indexMark");

/** A heading in the making. */
class Heading {
  readonly term: string;
  readonly below = new Map<string, Heading>();
  readonly marks: IndexItem["marks"][number][] = [];
  readonly see = new Set<string>();
  readonly seeAlso = new Set<string>();

  constructor(term: string) {
    this.term = term;
  }

  find(terms: readonly string[]): Heading {
    let heading: Heading = this;
    for (const term of terms) {
      let next = heading.below.get(term);
      if (!next) {
        next = new Heading(term);
        heading.below.set(term, next);
      }
      heading = next;
    }
    return heading;
  }

  items(compare: (one: string, other: string) => number): IndexItem[] {
    return [...this.below.values()]
      .sort((one, other) => compare(one.term, other.term))
      .map((heading) => ({
        term: [{ type: "text", value: heading.term }],
        marks: heading.marks,
        ...(heading.see.size && { see: [...heading.see] }),
        ...(heading.seeAlso.size && { seeAlso: [...heading.seeAlso] }),
        items: heading.items(compare),
      }));
  }
}

const keyOf = (terms: readonly string[]): string => terms.join("\u0000");

function addMark(
  root: Heading,
  mark: IndexMark,
  open: Map<string, IndexMark>,
  report: Report,
): void {
  const { terms, range, see, seeAlso, id, span } = mark;
  const heading = root.find(terms);
  for (const other of seeAlso ?? []) heading.seeAlso.add(headingName(other));
  if (see) {
    // A heading that only sends on to another has no pages.
    for (const other of see) heading.see.add(headingName(other));
    return;
  }
  const key = keyOf(terms);
  if (range === "start") open.set(key, mark);
  else if (range === "end") {
    const start = open.get(key);
    open.delete(key);
    if (start) heading.marks.push([start.id, id]);
    else {
      report({
        code: "index-range-open",
        message: `the pages of "${terms.join(", ")}" end here, but do not begin`,
        ...(span && { span }),
        hints: [`mark the beginning: []{.index term="${terms.join("!")}" range=start}`],
      });
      heading.marks.push(id);
    }
  } else heading.marks.push(id);
}

function reportUnknown(root: Heading, marks: readonly IndexMark[], report: Report): void {
  const known = new Map<string, string>();
  const add = (heading: Heading, above: readonly string[]) => {
    for (const one of heading.below.values()) {
      const terms = [...above, one.term];
      known.set(headingName(terms), terms.join("!"));
      add(one, terms);
    }
  };
  add(root, []);
  for (const { terms, see = [], seeAlso = [], span } of marks) {
    for (const other of [...see, ...seeAlso]) {
      if (known.has(headingName(other))) continue;
      const typed = other.join("!");
      report({
        code: "index-see-undefined",
        message: `"${terms.join(", ")}" sends the reader to "${typed}", which the index does not have`,
        ...(span && { span }),
        hints: didYouMean(typed, known.values()),
      });
    }
  }
}
