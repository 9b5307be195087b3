// What a supervisor would mark in the margin: mistakes that keep nothing from
// being written, but that an examiner would see.

import type { Report, Span } from "./diagnostic.js";
import {
  type Citation,
  type CitationItem,
  type Document,
  nodesOf,
  type Reference,
  type Text,
  toText,
} from "./document.js";
import { findQuotations } from "./quotations.js";

/** The references of a work and where their keys stand in the bibliography. */
export interface LintedReferences {
  readonly references: ReadonlyMap<string, Reference>;
  readonly spans: ReadonlyMap<string, Span>;
  /** Keys of works that stand in the list without being cited. */
  readonly uncited?: ReadonlySet<string>;
}

/**
 * Reports references that are never cited, marks of unfinished text, locators that lie outside the pages
 * of the article or chapter that they point into, and quotations from works with
 * pages whose citations name none.
 */
export function lint(
  document: Document,
  { references, spans, uncited }: LintedReferences,
  report: Report,
): void {
  const cited = new Set<string>();
  for (const node of nodesOf(document)) {
    if (node.type === "text") lintUnfinished(node, report);
    if (node.type !== "citation") continue;
    for (const { key } of node.items) cited.add(key);
    lintLocators(node, references, report);
  }
  lintQuotations(document.parts, references, report);
  for (const key of references.keys()) {
    if (cited.has(key) || uncited?.has(key)) continue;
    const span = spans.get(key);
    report({
      code: "reference-unused",
      message: `the reference "${key}" is never cited, so it is in no list`,
      ...(span && { span }),
      hints: ["cite it, take it out of the bibliography, or list it uncited: nocite"],
    });
  }
}

/** What authors leave for later; `TODO` is a word of Spanish and Portuguese too, which no colon follows. */
const unfinished = /\bTODO\b(?=\s*[:(\]])|\[TODO\b|\b(?:FIXME|TK TK)\b/g;

function lintUnfinished({ value, span }: Text, report: Report): void {
  for (const { 0: mark, index } of value.matchAll(unfinished)) {
    const start = (span?.start ?? 0) + index;
    const isExact = span && span.end - span.start === value.length;
    report({
      code: "text-unfinished",
      message: `the text says "${mark.replace("[", "")}": something is left to be done`,
      ...(span && { span: isExact ? { ...span, start, end: start + mark.length } : span }),
      hints: ["finish it and take the mark out"],
    });
  }
}

function lintLocators(
  citation: Citation,
  references: ReadonlyMap<string, Reference>,
  report: Report,
): void {
  for (const { key, label, locator, span } of citation.items) {
    if (label !== "page" || locator === undefined) continue;
    const pages = references.get(key)?.page;
    const range = pages === undefined ? undefined : pageRange(String(pages));
    if (!range) continue;
    const outside = [...locator.matchAll(/(?<![\p{L}\d])\d+(?![\p{L}\d])/gu)].find(
      ([digits], at) => {
        // The second half of a shortened range (582-83) says nothing by itself.
        if (at > 0 && digits.length < String(range.first).length) return false;
        return Number(digits) < range.first || Number(digits) > range.last;
      },
    );
    if (!outside) continue;
    report({
      code: "locator-outside",
      message: `page ${outside[0]} is outside the pages of "${key}" (${String(pages)})`,
      ...(span && { span }),
      hints: ["correct the page of the citation, or the pages of the reference"],
    });
  }
}

/** Works that are read page by page: a quotation from another type needs no place. */
const paged: ReadonlySet<string> = new Set([
  "article-journal",
  "book",
  "chapter",
  "classic",
  "paper-conference",
  "pamphlet",
  "periodical",
  "report",
  "thesis",
]);

function lintQuotations(
  parts: Document["parts"],
  references: ReadonlyMap<string, Reference>,
  report: Report,
): void {
  for (const { pieces, citation } of parts.flatMap((part) => findQuotations(part.children))) {
    const [item] = citation?.items ?? [];
    if (!item || citation!.items.some(hasPlace)) continue;
    const reference = references.get(item.key);
    if (!reference || !paged.has(reference.type) || isOnePage(reference)) continue;
    const span = item.span ?? citation!.span;
    const words = pieces.join(" … ").trim().split(/\s+/);
    const start = words.slice(0, 5).join(" ");
    report({
      code: "quotation-without-locator",
      message: `the quotation "${start}${words.length > 5 ? " …" : ""}" is cited without a page`,
      ...(span && { span }),
      hints: [`add the page: [@${item.key}, 12]`],
    });
  }
}

/** A suffix with a number is taken for a place that could not be read as a locator. */
function hasPlace({ locator, suffix = [] }: CitationItem): boolean {
  return locator !== undefined || /\d/.test(toText(suffix));
}

/** A work on a single page, or one that has no pages but an address, as pages of the web have. */
function isOnePage({ type, page, URL }: Reference): boolean {
  if (page !== undefined) return /^\s*\w+\s*$/.test(String(page));
  return URL !== undefined && type !== "book" && type !== "thesis";
}

/** Reads `59-67`, `59–67` or `582-83`; pages that are no single range are not judged. */
function pageRange(pages: string): { readonly first: number; readonly last: number } | undefined {
  const match = /^\s*(\d+)\s*[-–]+\s*(\d+)\s*$/.exec(pages);
  if (!match) return undefined;
  const [, first = "", last = ""] = match;
  const whole = first.slice(0, Math.max(0, first.length - last.length)) + last;
  return { first: Number(first), last: Number(whole) };
}
