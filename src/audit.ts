// Counts what a manuscript cites and quotes, in its own tree, in the cited
// document and in what stands in the finished files: the proof that none was lost.

import { normalize } from "./conserve.js";
import type { Report } from "./diagnostic.js";
import {
  type Block,
  type Citation,
  type CitationItem,
  type Document,
  type Entry,
  type Name,
  nodesOf,
  type Reference,
  type ReferenceDate,
  toText,
  walk,
} from "./document.js";
import { findQuotations } from "./quotations.js";
import type { Written } from "./written.js";

/** How many of each kind were found. */
export interface Tally {
  /** Different works that are cited. */
  readonly works: number;
  readonly citations: number;
  /** Works in citations, each time that they are cited. */
  readonly items: number;
  /** Pages and other places in works. */
  readonly locators: number;
  /** Block quotations, and passages of five words and more in quotation marks. */
  readonly quotations: number;
  /** In the source: as typed. A note style makes one of each citation. */
  readonly notes: number;
  /** Entries of the list of references; a source has none. */
  readonly entries: number;
}

/** A style's counts. */
export interface Audit {
  readonly source: Tally;
  readonly document: Tally;
  readonly outputs: readonly { readonly format: string; readonly tally: Tally }[];
  /** The style has no place for locators, so that none are expected beyond the source. */
  readonly withoutLocators: boolean;
}

/** What the audit must know of a style. */
export interface AuditedStyle {
  readonly id: string;
  /** Its citations are the numbers of entries. */
  readonly isNumeric: boolean;
  /** Whether its citations print locators at all. */
  readonly printsLocators: boolean;
}

/** The kinds whose numbers must be those of the source. */
export const keptKinds = ["works", "citations", "items", "locators", "quotations"] as const;

/** The kinds whose numbers in the files must be those of the cited document. */
export const placedKinds = ["notes", "entries"] as const;

/**
 * Compares a manuscript's tree before citing (`source`) with the document that a
 * style made of it, and with what was read back from each file.
 *
 * Reports what the style does not print: a `citation-unprinted` for each work in
 * a citation that is not to be seen in it, a `locator-unprinted` for each place in
 * a work, or one for a style that prints none. Reports what a file has not of the
 * document's citations: a `locator-lost`, or a `citation-lost` for other words.
 * Lost words of the text, notes and entries are for `conserve` to report.
 *
 * A locator stands in print when its digits, roman numerals and words do; the
 * end of a range may be shortened (582–83). It is implied where a citation
 * repeats the place of the one before it (Ibid.). A work of several in one
 * citation is there when its author, title, year or label is.
 */
export function audit(
  source: Document,
  document: Document,
  outputs: readonly { readonly format: string; readonly written: Written }[],
  references: ReadonlyMap<string, Reference>,
  style: AuditedStyle,
  report: Report,
): Audit {
  const wanted = sourceCitations(source);
  const printed = citationsOf(document);
  const context: Context = { references, labels: labelsOf(document), style, report };
  if (!style.printsLocators && wanted.some(({ items }) => items.some(hasLocator))) {
    report({
      code: "locator-unprinted",
      message: `the style "${style.id}" prints no pages or other places in works`,
      hints: ["choose another style if a reader is to find the places that you cite"],
    });
  }
  const quotations = findQuotations(blocksOf(source)).map(({ pieces }) => pieces.map(normalize));
  const inDocument = count(wanted, pairTexts(printed), context, (citation, item, text) =>
    reportUnprinted(citation, item, text, context),
  );
  return {
    source: {
      works: new Set(wanted.flatMap(({ items }) => items.map(({ key }) => key))).size,
      citations: wanted.length,
      items: wanted.reduce((sum, { items }) => sum + items.length, 0),
      locators: wanted.reduce((sum, { items }) => sum + items.filter(hasLocator).length, 0),
      quotations: quotations.length,
      notes: countOf(source, "note"),
      entries: 0,
    },
    document: {
      ...inDocument,
      quotations: countQuotations(quotations, linesOf(blocksOf(document))),
      notes: countOf(document, "note"),
      entries: countOf(document, "entry"),
    },
    outputs: outputs.map(({ format, written }) => {
      const name = format.toUpperCase();
      const texts = align(printed, written.citations);
      reportChanged(printed, texts, name, report);
      const placed = printed.map((citation, index) => ({ citation, text: texts[index] ?? "" }));
      return {
        format,
        tally: {
          ...count(wanted, placed, context, () => {}),
          quotations: countQuotations(quotations, written.text),
          notes: written.notes,
          entries: written.entries,
        },
      };
    }),
    withoutLocators: !style.printsLocators,
  };
}

/** Returns the kinds of which a file or the document has not as many as it must. */
export function differences({ source, document, outputs, withoutLocators }: Audit): string[] {
  const kept = keptKinds.filter((kind) => !(kind === "locators" && withoutLocators));
  const places = [
    { format: "document", tally: document },
    ...outputs.map(({ format, tally }) => ({ format, tally })),
  ];
  return places.flatMap(({ format, tally }) => [
    ...kept.filter((kind) => tally[kind] !== source[kind]).map((kind) => `${format} ${kind}`),
    ...placedKinds
      .filter((kind) => tally[kind] !== document[kind])
      .map((kind) => `${format} ${kind}`),
  ]);
}

/** Returns an audit as it is given to programs: `{ source, document, docx, pdf }`. */
export function auditData({ source, document, outputs }: Audit): Record<string, Tally> {
  return {
    source,
    document,
    ...Object.fromEntries(outputs.map(({ format, tally }) => [format, tally])),
  };
}

interface Context {
  readonly references: ReadonlyMap<string, Reference>;
  /** What stands before a work in the list: `[12]`, `Smi00`. */
  readonly labels: ReadonlyMap<string, string>;
  readonly style: AuditedStyle;
  readonly report: Report;
}

const blocksOf = ({ parts }: Document): readonly Block[] =>
  parts.flatMap(({ children }) => children);

function citationsOf(document: Document): Citation[] {
  return [...nodesOf(document)].filter((node): node is Citation => node.type === "citation");
}

/** An author in the sentence and the rest in a note are one citation of the source. */
const sourceCitations = (source: Document): Citation[] =>
  citationsOf(source).filter(({ mode }) => mode !== "rest");

const hasLocator = ({ locator }: CitationItem): boolean => locator !== undefined;

function countOf(document: Document, type: "note" | "entry"): number {
  let found = 0;
  for (const node of nodesOf(document)) if (node.type === type) found++;
  return found;
}

function labelsOf(document: Document): ReadonlyMap<string, string> {
  const entries = [...nodesOf(document)].filter((node): node is Entry => {
    return node.type === "entry";
  });
  return new Map(
    entries.flatMap(({ key, label, children }) => {
      const text = label ? toText(label) : /^\W*\d+/.exec(toText(children))?.[0];
      return text ? [[key, text] as const] : [];
    }),
  );
}

// ---- which citation of a file is which of the document --------------------------------

/** A citation of the document and its words in some place. */
interface PlacedCitation {
  readonly citation: Citation;
  readonly text: string;
}

const pairTexts = (citations: readonly Citation[]): PlacedCitation[] =>
  citations.map((citation) => ({ citation, text: toText(citation.children) }));

/**
 * Returns the text that a file has for each citation of the document. If it has
 * not as many, those that are the same are paired, in order.
 */
function align(
  citations: readonly Citation[],
  texts: readonly string[],
): readonly (string | undefined)[] {
  if (citations.length === texts.length) return texts;
  const wanted = citations.map(({ children }) => normalize(toText(children)));
  const found = texts.map(normalize);
  const places = new Map<string, number[]>();
  for (const [index, text] of found.entries()) {
    const before = places.get(text);
    if (before) before.push(index);
    else places.set(text, [index]);
  }
  for (const indices of places.values()) indices.reverse();
  let at = 0;
  return wanted.map((text) => {
    const indices = places.get(text) ?? [];
    while (indices.length && indices.at(-1)! < at) indices.pop();
    const index = indices.pop();
    if (index === undefined) return undefined;
    at = index + 1;
    return texts[index];
  });
}

/** Reports the citations of which a file has other words than the document. */
function reportChanged(
  citations: readonly Citation[],
  texts: readonly (string | undefined)[],
  name: string,
  report: Report,
): void {
  for (const [index, citation] of citations.entries()) {
    const wanted = toText(citation.children);
    const text = texts[index];
    if (text !== undefined && normalize(text) === normalize(wanted)) continue;
    const item = citation.items.find(
      ({ locator }) =>
        text !== undefined &&
        locator !== undefined &&
        showsLocator(locator, wanted) &&
        !showsLocator(locator, text),
    );
    const span = item?.span ?? citation.span ?? citation.items[0]?.span;
    report({
      code: item ? "locator-lost" : "citation-lost",
      message: item
        ? `the ${name} lacks the locator "${item.locator}" in "${excerpt(text!)}"`
        : text === undefined
          ? `the ${name} lacks the citation "${excerpt(wanted)}"`
          : `the ${name} has "${excerpt(text)}" for the citation "${excerpt(wanted)}"`,
      ...(span && { span }),
      hints: ["this is a fault of reissue, not of the manuscript; please report it"],
    });
  }
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
}

// ---- works and locators ----------------------------------------------------------------

type Counted = Pick<Tally, "works" | "citations" | "items" | "locators">;

/** Counts the citations of the source of which nothing is missing in print. */
function count(
  wanted: readonly Citation[],
  placed: readonly PlacedCitation[],
  context: Context,
  lost: (citation: Citation, item: CitationItem, text: string | undefined) => void,
): Counted {
  const places = new Map<string, PlacedCitation[]>();
  const name = namer();
  for (const one of placed) {
    for (const item of one.citation.items) {
      // The two halves of a narrative citation share their items.
      const id = name(item, one.citation.mode === "rest");
      const before = places.get(id);
      if (before) before.push(one);
      else places.set(id, [one]);
    }
  }
  const works = new Set<string>();
  const tally = { works: 0, citations: 0, items: 0, locators: 0 };
  const nameWanted = namer();
  let before: CitationItem | undefined;
  for (const citation of wanted) {
    let isWhole = true;
    for (const item of citation.items) {
      const found = places.get(nameWanted(item, false)) ?? [];
      const isIbid = before?.key === item.key && citation.items[0] === item;
      const isRepeated =
        before?.key === item.key && before.locator === item.locator && before.label === item.label;
      before = item;
      if (!found.some((one) => showsWork(item, one, isIbid, context))) {
        isWhole = false;
        lost(citation, item, undefined);
        continue;
      }
      tally.items++;
      works.add(item.key);
      if (item.locator === undefined || !context.style.printsLocators) continue;
      const text = found.map((one) => one.text).join(" ");
      if (isRepeated || showsLocator(item.locator, text)) tally.locators++;
      else lost(citation, item, text);
    }
    if (isWhole) tally.citations++;
  }
  return { ...tally, works: works.size };
}

/** Names an item by its place in the manuscript, or by which citation of its work it is. */
function namer(): (item: CitationItem, again: boolean) => string {
  const counts = new Map<string, number>();
  return ({ key, span }, again) => {
    if (span) return `${span.file}:${span.start}`;
    const number = (counts.get(key) ?? 0) + (again ? 0 : 1);
    counts.set(key, number);
    return `${key} ${number}`;
  };
}

function reportUnprinted(
  { span: place }: Citation,
  { key, locator, span = place }: CitationItem,
  text: string | undefined,
  { style, report }: Context,
): void {
  report({
    code: text === undefined ? "citation-unprinted" : "locator-unprinted",
    message:
      text === undefined
        ? `the style "${style.id}" does not name "${key}" in this citation`
        : `the style "${style.id}" prints "${excerpt(text)}" here, without the locator "${locator}"`,
    ...(span && { span }),
    hints: ["compare the citation in another style: reissue audit --compare"],
  });
}

/** Whether the words of a citation are, or hold, those of a work. */
function showsWork(
  item: CitationItem,
  { citation, text }: PlacedCitation,
  isIbid: boolean,
  context: Context,
): boolean {
  // A citation that no style printed keeps its source.
  if (text.includes(`@${item.key}`)) return false;
  if (!normalize(text)) return false;
  if (citation.items.length < 2 || isIbid) return true;
  const label = context.labels.get(item.key);
  if (context.style.isNumeric) return label === undefined || showsNumber(label, text);
  const reference = context.references.get(item.key);
  const others = citation.items.filter(({ key }) => key !== item.key);
  const author = reference && normalize(firstName(reference));
  const sharesAuthor = others.some(({ key }) => {
    const other = context.references.get(key);
    return other && author !== undefined && normalize(firstName(other)) === author;
  });
  const traces = [...(reference ? tracesOf(reference, !sharesAuthor) : []), label ?? ""]
    .map(normalize)
    .filter(Boolean);
  const letters = normalize(text);
  return traces.length === 0 || traces.some((trace) => letters.includes(trace));
}

const nameVariables = ["author", "editor", "translator", "director", "composer", "recipient"];

function namesOf(reference: Reference): readonly Name[] {
  return nameVariables.flatMap((variable) => {
    const names = reference[variable];
    return Array.isArray(names) ? (names as readonly Name[]) : [];
  });
}

function firstName(reference: Reference): string {
  const [name] = namesOf(reference);
  return name?.literal ?? name?.family ?? name?.given ?? "";
}

/** What a citation may show of a work. */
function tracesOf(reference: Reference, withNames: boolean): string[] {
  const names = withNames
    ? namesOf(reference).map(({ literal, family, given }) => literal ?? family ?? given ?? "")
    : [];
  const texts = ["title", "title-short", "container-title", "number", "authority"].flatMap(
    (variable) => shortForms(reference[variable]),
  );
  const years = ["issued", "original-date"].map((variable) => {
    const date = reference[variable] as ReferenceDate | undefined;
    return date?.["date-parts"]?.[0]?.[0] ?? date?.literal;
  });
  return [...names, ...texts, ...years].flatMap((value) =>
    typeof value === "string" || typeof value === "number" ? [String(value)] : [],
  );
}

/** A title, and what short forms may leave of it: no subtitle, no article at the beginning. */
function shortForms(title: Reference[string]): string[] {
  if (typeof title !== "string" && typeof title !== "number") return [];
  const whole = String(title).replace(/<[^>]*>/g, "");
  const main = whole.split(/[:?!]|\s[–—]\s/)[0]!;
  const [article, ...rest] = main.split(/\s+/);
  return [whole, main, ...(article!.length <= 3 && rest.length ? [rest.join(" ")] : [])];
}

/** Whether a citation has the number of an entry, or a range that it lies in: 4 in [2–5]. */
function showsNumber(label: string, text: string): boolean {
  const number = Number(/\d+/.exec(label)?.[0]);
  return [...text.matchAll(/(\d+)(?:\s*[-–—]\s*(\d+))?/g)].some(
    ([, first, last = first]) => number >= Number(first) && number <= Number(last),
  );
}

/** Whether each number and word of a locator stands in a printed citation. */
export function showsLocator(locator: string, text: string): boolean {
  // Most locators are one page, which need not be taken apart.
  if (/^\d+$/.test(locator) && standsIn(text, locator)) return true;
  const tokens = tokensOf(text);
  let first: string | undefined;
  for (const { token, isRange } of tokensOf(locator)) {
    const isThere = isRange
      ? hasRangeEnd(first!, token, tokens)
      : tokens.some((other) => other.token.replace(pageLabel, "") === token);
    if (!isThere) return false;
    first = token;
  }
  return true;
}

/** Whether a number stands in a text, and is no part of a longer one. */
function standsIn(text: string, digits: string): boolean {
  for (let at = text.indexOf(digits); at >= 0; at = text.indexOf(digits, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + digits.length);
    if (!/\p{N}/u.test(around)) return true;
  }
  return false;
}

/** Some styles set a label and roman numerals without a space: 23(pxii). */
const pageLabel = /^PP?(?=[IVXLCDM]+$)/;

interface Token {
  readonly token: string;
  /** It follows a number and a dash. */
  readonly isRange: boolean;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  const plain = text.normalize("NFKC").toUpperCase();
  for (const match of plain.matchAll(/\p{N}+|[\p{L}\p{M}]+/gu)) {
    const between = plain.slice(end, match.index);
    const isRange =
      /^\s*[-‐-―−]+\s*$/.test(between) &&
      /^\d+$/.test(tokens.at(-1)?.token ?? "") &&
      /^\d+$/.test(match[0]);
    tokens.push({ token: match[0], isRange });
    end = match.index + match[0].length;
  }
  return tokens;
}

/** Whether a range ends as wanted, in full or shortened: 582–623, 582–83, 582–3. */
function hasRangeEnd(first: string, last: string, tokens: readonly Token[]): boolean {
  const whole = first.slice(0, Math.max(0, first.length - last.length)) + last;
  return tokens.some(
    ({ token, isRange }, at) => isRange && tokens[at - 1]!.token === first && whole.endsWith(token),
  );
}

// ---- quotations --------------------------------------------------------------------------

/** The text of a document in the lines that citations and notes divide it into. */
function linesOf(blocks: readonly Block[]): string[] {
  const lines: string[] = [""];
  for (const node of walk(blocks)) {
    if (node.type === "text" || node.type === "inlineCode") lines[lines.length - 1] += node.value;
    else if (node.type === "paragraph" || node.type === "citation" || node.type === "note")
      lines.push("");
  }
  return lines;
}

/** Counts the quotations (pieces in the letters that are compared) that some lines hold. */
function countQuotations(
  quotations: readonly (readonly string[])[],
  lines: readonly string[],
): number {
  const normal = lines.map(normalize).filter(Boolean);
  const all = normal.join("");
  const starts: number[] = [];
  let length = 0;
  for (const line of normal) {
    starts.push(length);
    length += line.length;
  }
  // Quotations come in order, so that most are found a little further on.
  let line = 0;
  let budget = 2_000_000;
  const has = (piece: string): boolean => {
    const from = starts[line] ?? 0;
    const near = all.slice(from, from + piece.length + NEAR).indexOf(piece);
    let found = line;
    if (near < 0) found += NEAR_LINES;
    else while (starts[found + 1]! <= from + near) found++;
    // One that is divided may stand before one of the same words that is not.
    const divided = findDivided(piece, normal, line, found);
    if (divided !== undefined || near >= 0) {
      line = divided ?? found;
      return true;
    }
    if (all.includes(piece)) return true;
    budget -= normal.length;
    return budget > 0 && findDivided(piece, normal, 0, normal.length) !== undefined;
  };
  return quotations.filter((pieces) => pieces.every(has)).length;
}

/** How many letters and lines ahead a quotation is looked for first. */
const NEAR = 50_000;
const NEAR_LINES = 700;

/**
 * Returns the line in which a text begins that has other lines in between: the
 * notes and numbers at the end of a page.
 */
function findDivided(
  text: string,
  lines: readonly string[],
  from: number,
  to: number,
): number | undefined {
  for (let start = from; start < Math.min(to, lines.length); start++) {
    const shown = overlap(lines[start]!, text);
    if (shown < FEWEST_LETTERS) continue;
    let rest = text.slice(shown);
    const last = Math.min(lines.length, start + MOST_LINES);
    for (let at = start + 1; rest && at < last; at++) {
      const next = lines[at]!;
      if (rest.startsWith(next)) rest = rest.slice(next.length);
      else if (next.startsWith(rest)) rest = "";
    }
    if (!rest) return start;
  }
  return undefined;
}

/** What of a text must stand before the end of a page to be taken for its beginning. */
const FEWEST_LETTERS = 2;

/** A quotation and the notes between its lines, at most. */
const MOST_LINES = 100;

/** How many letters at the end of a line are those that a text begins with. */
function overlap(line: string, text: string): number {
  const first = text[0]!;
  let at = line.indexOf(first, Math.max(0, line.length - text.length));
  while (at >= 0) {
    if (text.startsWith(line.slice(at))) return line.length - at;
    at = line.indexOf(first, at + 1);
  }
  return 0;
}
