// From a project to the document that every writer prints: the one place that
// knows the order of the stages.

import { expandAbbreviations, printGlossary } from "./abbreviations.js";
import { assemble, reportMatter, withoutEmptySections } from "./assemble.js";
import { fillIndex } from "./book-index.js";
import { citeWithList } from "./citation/cite.js";
import { placementOf } from "./citation/csl-styles.js";
import { placeCitations } from "./citation/place.js";
import { reportIncomplete } from "./citation/required-fields.js";
import { markContinued } from "./continued-paragraphs.js";
import { checkAbstract, checkWordLimit, countWords, printWordCount } from "./count-words.js";
import { resolveCrossReferences } from "./cross-references.js";
import type { Report } from "./diagnostic.js";
import { type Document, mapBlocks, nodesOf, type Reference } from "./document.js";
import { lint } from "./lint.js";
import { arrangeLists, uncitedWorks } from "./lists.js";
import { parseFormulas } from "./maths/parse-formulas.js";
import { resolveNoteReferences } from "./note-references.js";
import { numberNotes } from "./number.js";
import { numberLabels } from "./number-labels.js";
import { reportPlaceholders } from "./placeholders.js";
import type { Project } from "./project.js";
import { lintQuotationLengths, quotationSetting, setQuotations } from "./quotation-setting.js";
import type { Style } from "./style.js";
import { term } from "./terms.js";
import { defaultWordSettings } from "./word-policy.js";

/** Returns the work as a style has it: put together, its notes numbered, its works cited. */
export function compile(project: Project, style: Style, report: Report): Document {
  const { manuscript, bibliography, template, annotations } = project;
  const bound = assemble(manuscript, template, listTitle(style, manuscript.metadata.lang));
  const { abbreviations = [], glossary = [] } = manuscript;
  const expanded = expandAbbreviations(printGlossary(bound, glossary), abbreviations, report);
  const unread = fillIndex(expanded, report);
  const unnumbered = parseFormulas(unread, report);
  const numbered = numberLabels(unnumbered, template, report);
  const resolved = resolveCrossReferences(numbered, template, report);
  const assembled = markContinued(withQuotations(resolved, project, style, report));
  reportMatter(manuscript, template, report);
  reportPlaceholders(assembled, report);
  const { references, spans } = bibliography;
  const settings = manuscript.lists;
  const uncited = settings ? uncitedWorks(settings, references) : [];
  lint(assembled, { references, spans, uncited: new Set(uncited.map(({ key }) => key)) }, report);
  reportIncomplete(listedWorks(assembled, references, uncited), spans, style, report);
  const counted = numberNotes(placeCitationsOf(assembled, style));
  const placed = resolveNoteReferences(counted, assembled, numbered.targets, template, report);
  const printed = annotations ? withoutAnnotations(references) : references;
  const { document, printList } = citeWithList(placed, printed, style, report, uncited);
  if (!settings) return withWordCount(withoutEmptySections(document), project, style, report);
  const request = { settings, references, spans, printList, ...(annotations && { annotations }) };
  const arranged = withoutEmptySections(arrangeLists(document, request, report));
  return withWordCount(arranged, project, style, report);
}

/**
 * Sets quotations as the style asks, if the manuscript wants that, and reports those
 * that are not; none where the author has said that they stay as they are written.
 */
function withQuotations(
  document: Document,
  { manuscript, template }: Project,
  style: Style,
  report: Report,
): Document {
  const setting = quotationSetting(style, template);
  if (!setting || manuscript.quotations === "as-written") return document;
  const set = manuscript.quotations === "as-style" ? setQuotations(document, setting) : document;
  lintQuotationLengths(set, setting, report);
  return set;
}

/** Prints the number of words, when all are there, where it is asked for, and checks the limits. */
function withWordCount(
  document: Document,
  { manuscript, template }: Project,
  style: Style,
  report: Report,
): Document {
  const settings = manuscript.words ?? defaultWordSettings;
  let counted: number | undefined;
  const words = () => (counted ??= countWords(document, settings));
  checkWordLimit(words, settings, style.id, report);
  const { abstractWords } = manuscript;
  const limit = abstractWords?.value ?? template.abstractWords;
  if (limit !== undefined) checkAbstract(document, limit, abstractWords?.span, report);
  return printWordCount(document, words);
}

/** The works that are cited or listed; what is only in the bibliography need not be complete. */
function listedWorks(
  document: Document,
  references: ReadonlyMap<string, Reference>,
  uncited: readonly { readonly key: string }[],
): Reference[] {
  const keys = new Set(uncited.map(({ key }) => key));
  for (const node of nodesOf(document)) {
    if (node.type === "citation") for (const { key } of node.items) keys.add(key);
  }
  return [...references.values()].filter(({ id }) => keys.has(id));
}

/** Annotations are printed by us: a style that prints them too would print them twice. */
function withoutAnnotations(references: ReadonlyMap<string, Reference>): Map<string, Reference> {
  return new Map([...references].map(([key, { annote, ...rest }]) => [key, rest as Reference]));
}

/** The profile's heading of the list, or what such a list is called in the language. */
function listTitle(style: Style, lang: string): string {
  return style.listTitle ?? term(style.csl.class === "note" ? "bibliography" : "references", lang);
}

function placeCitationsOf(document: Document, style: Style): Document {
  const placement = placementOf(style);
  return mapBlocks(document, (blocks) => placeCitations(blocks, placement));
}
