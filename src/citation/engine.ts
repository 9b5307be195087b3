// The one door to citeproc-js. References go in under safe ids and with limits
// on their length; what comes out is inlines. Its known faults are mended at
// run time here, its files stay as published.

import type { CslCitation, CslCitationItem, CslEngine, CslItem, CslProcessor } from "citeproc";
import csl from "citeproc";
import type { CitationItem, Inline, Name, Reference } from "../document.js";
import type { CslNode, CslStyle, Style } from "../style.js";
import { adaptTo } from "./adapt-item.js";
import { printBatch } from "./batch.js";
import { cslLocale } from "./csl-styles.js";
import { printableNames } from "./names.js";
import { applyPositions, type Positions, positionsOf } from "./positions.js";
import { pruneStyle } from "./prune-style.js";
import { straightenQuotes } from "./quotation-marks.js";
import {
  hideMarkup,
  plainText,
  RUNS,
  type Run,
  readRuns,
  registerRuns,
  toInlines,
  withoutMarks,
  writeAffix,
} from "./runs.js";
import { setTitleCase, titleCaseOf, useTitleCase } from "./title-case.js";

/** A citation as the engine is asked for it. */
export interface Cluster {
  readonly items: readonly CitationItem[];
  /** The number of the note that it stands in; 0 in running text. */
  readonly note: number;
  /** `style`: as the style has it; `none`: without brackets or final stop; `parentheses`: in them. */
  readonly wrap: "style" | "none" | "parentheses";
  /** The author stands in the sentence: the first work is printed without, and stays first. */
  readonly withoutAuthor: boolean;
  /** Which chapter it stands in, counted from 0, for styles that begin each anew. */
  readonly chapter?: number;
}

/** A citation in print. */
export interface PrintedCitation {
  /** Undefined when the style prints nothing for it. */
  readonly children?: readonly Inline[];
  /** The keys in the order in which the style prints them. */
  readonly keys: readonly string[];
}

/** An entry in print. */
export interface PrintedEntry {
  /** More than one only where a style prints parallel cases together. */
  readonly keys: readonly string[];
  readonly label?: readonly Inline[];
  readonly children: readonly Inline[];
}

/** A style at work on a set of references. */
export interface CitationEngine {
  /** Prints all citations of a document; to be called once, before the others. */
  printCitations(clusters: readonly Cluster[]): PrintedCitation[];
  /** Returns the author as a sentence names them: `Smith`, `Smith and Jones`, `Smith et al.` */
  printAuthor(key: string): Inline[];
  /**
   * Returns the list of references; undefined if the style has none. With `only`,
   * the list of those works alone, with the same numbers and years: what a dash
   * stands for (`subsequent-author-substitute`) depends on the entry before.
   */
  printList(only?: ReadonlySet<string>): PrintedEntry[] | undefined;
  /** What the style puts between the works of one citation: `; `. */
  readonly delimiter: string;
  /** Whether its list has a dash for an author whose works stand in a row. */
  readonly substitutesAuthors: boolean;
}

export interface EngineRequest {
  readonly csl: CslStyle;
  /** A BCP 47 tag; it overrules the style's own default. */
  readonly locale: string;
  readonly ibid: Style["ibid"];
  readonly firstCitation?: Style["firstCitation"];
  /** All works that will be cited, by key. */
  readonly references: ReadonlyMap<string, Reference>;
  /** Keys of works that stand in the list without being cited. */
  readonly uncited?: readonly string[];
}

/** What citeproc-js prints in place of a work for which a style has nothing. */
const UNPRINTED = /\[NO_PRINTED_FORM\]|\[CSL STYLE ERROR: [^\]]*\]/;

let isMended = false;

/** Returns citeproc-js with our output format and our corrections. */
export function loadCiteproc(): CslProcessor {
  if (isMended) return csl;
  isMended = true;
  registerRuns(csl);
  separateYears(csl);
  useQuickCase(csl);
  useLeanTokens(csl);
  useTitleCase(csl);
  csl.debug = () => {};
  return csl;
}

/**
 * Styles that set `after-collapse-delimiter` without a group delimiter put it
 * between the years of one author as well: (Smith 2000; 2013). CSL 1.0.2 gives
 * collapsed years a comma there ("cite grouping", default `, `).
 */
function separateYears(csl: CslProcessor): void {
  const original = csl.getSpliceDelimiter;
  csl.getSpliceDelimiter = function (lastLocator, lastCollapsed, position) {
    const delimiter = original.call(this, lastLocator, lastCollapsed, position);
    const { opt } = this.citation;
    if (
      opt["after-collapse-delimiter"] !== undefined &&
      opt.collapse === "year" &&
      this.tmp.have_collapsed &&
      !lastLocator &&
      !opt.cite_group_delimiter
    ) {
      this.tmp.splice_delimiter = ", ";
      return ", ";
    }
    return delimiter;
  };
}

/** Only these languages have upper and lower case of their own; the others need no locale. */
const OWN_CASE = /^(az|el|lt|tr)\b/i;

/** Changing case with a locale is slow in Node and is asked for with every word of a title. */
function useQuickCase(csl: CslProcessor): void {
  const { toLocaleLowerCase, toLocaleUpperCase } = csl;
  const ownCase = (engine: CslEngine) => OWN_CASE.test(engine.tmp.lang_array?.[0] ?? "");
  csl.toLocaleLowerCase = function (text) {
    return ownCase(this) ? toLocaleLowerCase.call(this, text) : text.toLowerCase();
  };
  csl.toLocaleUpperCase = function (text) {
    return ownCase(this) ? toLocaleUpperCase.call(this, text) : text.toUpperCase();
  };
}

/** The same as citeproc-js does with each element of a style, without making a function each time. */
function useLeanTokens(csl: CslProcessor): void {
  csl.tokenExec = function (token, item, citationItem) {
    let next = token.next;
    if (token.test) {
      const passed = token.test(item, citationItem);
      this.tmp.jump.replace(passed ? "succeed" : "fail");
      next = passed ? token.succeed : token.fail;
    }
    for (const exec of token.execs) {
      next = exec.call(token, this, item, citationItem) || next;
    }
    return next;
  };
}

/**
 * Returns a bare citeproc-js engine on items that have safe ids. Throws an
 * `Error` (citeproc-js throws strings) if the style cannot be used.
 */
export function openEngine(
  csl: CslStyle,
  locale: string,
  items: ReadonlyMap<string, CslItem>,
): CslEngine {
  const processor = loadCiteproc();
  const engine = calling(
    () =>
      new processor.Engine(
        {
          // False, not an error, makes citeproc-js fall back on en-US.
          retrieveLocale: (lang) => cslLocale(lang) ?? false,
          retrieveItem: (id) => items.get(id),
        },
        csl.source(),
        locale,
        true,
      ),
  );
  const extensions = engine.opt.development_extensions;
  // Off: what would read fields and labels into texts that the author meant as they stand.
  extensions.field_hack = false;
  extensions.locator_label_parse = false;
  extensions.locator_date_and_revision = false;
  extensions.wrap_url_and_doi = true;
  setTitleCase(engine, titleCaseOf(csl.id));
  engine.setOutputFormat(RUNS);
  return engine;
}

/** Opens a style for the given references. */
export function createEngine(request: EngineRequest): CitationEngine {
  const processor = loadCiteproc();
  const ids = new Map([...request.references.keys()].map((key, index) => [key, `k${index + 1}`]));
  const keys = new Map([...ids].map(([key, id]) => [id, key]));
  const adapt = adaptTo(request.csl);
  const items = new Map(
    [...request.references].map(([key, reference]) => {
      const id = ids.get(key)!;
      return [id, adapt(toItem(reference, id))];
    }),
  );
  // What is for other types of works costs time to compile and is never reached.
  const types = new Set([...items.values()].map(({ type }) => type));
  const source = () => pruneStyle(request.csl.source(), types);
  const engine = openEngine({ ...request.csl, source }, request.locale, items);
  let italicEtAl: boolean | undefined;
  const rulings = new Map<string, Ruling>();
  const opaque: Inline[] = [];
  const isNote = request.csl.class === "note";
  interceptPrinting(processor, engine, rulings, (id) => keys.get(id)!);

  const toCitation = (cluster: Cluster, positions: Positions, index: number): CslCitation => {
    const citationID = `c${index + 1}`;
    rulings.set(citationID, { wrap: cluster.wrap, positions });
    const citationItems = cluster.items.map((item) =>
      toCitationItem(item, ids.get(item.key)!, opaque),
    );
    const [first] = citationItems;
    const isLed = cluster.items.some(({ prefix }) => prefix?.length);
    // The title of a work without an author is named in the sentence, but a note needs it again.
    const named = isNote ? makersOf(request.references.get(cluster.items[0]!.key)!).length : 1;
    if (cluster.withoutAuthor && first && named) first["suppress-author"] = true;
    return {
      citationID,
      citationItems,
      properties: {
        noteIndex: isNote ? cluster.note : 0,
        // A single work is not worth the work of making sort keys.
        // "See A; but cf. B" is an order of the author's own.
        ...((cluster.withoutAuthor || citationItems.length === 1 || isLed) && { unsorted: true }),
      },
    };
  };

  return {
    delimiter: engine.citation.opt.layout_delimiter ?? "",
    substitutesAuthors: engine.bibliography.opt["subsequent-author-substitute"] !== undefined,
    printCitations(clusters) {
      const positions = positionsOf(clusters, request);
      const citations = clusters.map((cluster, index) =>
        toCitation(cluster, positions[index]!, index),
      );
      const uncited = (request.uncited ?? []).map((key) => ids.get(key)!);
      const outputs = calling(() => printBatch(processor, engine, citations, uncited));
      return citations.map((citation, index) => {
        const output = outputs[index]!;
        const printed = (citation.sortedItems ?? []).map(([item]) => keys.get(item.id)!);
        if (UNPRINTED.test(output) || !output) return { keys: printed };
        return { children: toInlines(readRuns(output), opaque), keys: printed };
      });
    },
    printAuthor(key) {
      italicEtAl ??= hasItalicEtAl(request.csl.source());
      return printAuthor(engine, ids.get(key)!, request.references.get(key)!, italicEtAl);
    },
    printList(only) {
      const { registry } = engine;
      const { getSortedIds } = registry;
      if (only) {
        registry.getSortedIds = () =>
          getSortedIds.call(registry).filter((id) => only.has(keys.get(id)!));
      }
      let list: ReturnType<CslEngine["makeBibliography"]>;
      try {
        list = calling(() => engine.makeBibliography());
      } finally {
        registry.getSortedIds = getSortedIds;
      }
      if (!list) return undefined;
      return readEntries(engine, list).flatMap(({ ids: printed, output }): PrintedEntry[] => {
        if (UNPRINTED.test(output)) return [];
        return [{ ...readEntry(output), keys: printed.map((id) => keys.get(id)!) }];
      });
    },
  };
}

/** What is decided for one citation. */
interface Ruling {
  readonly wrap: Cluster["wrap"];
  readonly positions: Positions;
}

/** Lets each citation have its own brackets, and its place in the order that the profile wants. */
function interceptPrinting(
  processor: CslProcessor,
  engine: CslEngine,
  rulings: ReadonlyMap<string, Ruling>,
  keyOf: (id: string) => string,
): void {
  const print = engine.process_CitationCluster;
  const layout = engine.citation.opt as { layout_prefix: string; layout_suffix: string };
  const { layout_prefix: prefix, layout_suffix: suffix } = layout;
  const isNote = engine.opt.xclass === "note";
  engine.process_CitationCluster = function (sorted, citation) {
    const ruling = rulings.get(citation.citationID);
    if (ruling) {
      const { noteIndex } = citation.properties;
      applyPositions(processor, sorted, ruling.positions, noteIndex, keyOf);
    }
    for (const [, item] of sorted) {
      const { position = 0 } = item;
      // The short form needs its author: without, there is no telling what "5." means.
      if (isNote && position !== processor.POSITION_FIRST && !item["author-only"])
        delete item["suppress-author"];
    }
    const wrap = ruling?.wrap ?? "none";
    layout.layout_prefix = wrap === "style" ? prefix : wrap === "parentheses" ? "(" : "";
    layout.layout_suffix = wrap === "style" ? suffix : wrap === "parentheses" ? ")" : "";
    try {
      return print.call(this, sorted, citation);
    } finally {
      layout.layout_prefix = prefix;
      layout.layout_suffix = suffix;
    }
  };
}

/** The variables that hold names of those who made a work, the first that is there counts. */
const MAKERS = ["author", "editor", "translator", "director", "composer", "interviewer"] as const;

function makersOf(reference: Reference): readonly Name[] {
  for (const variable of MAKERS) {
    const names = reference[variable];
    if (Array.isArray(names) && names.length) return names;
  }
  return [];
}

/** The author of a work, as the subject of a sentence. */
function printAuthor(engine: CslEngine, id: string, reference: Reference, italicEtAl: boolean) {
  const names = makersOf(reference);
  const output = printAlone(engine, { id, "author-only": true, position: 1 }, "author-only");
  if (!names.length) return printTitle(engine, id, reference, output);
  if (output === undefined) return [text(plainNames(engine, names))];
  // The Publication Manual of the APA, 8.17: "and" in the sentence, "&" in brackets.
  const isSymbol = !names.some(({ literal }) => literal?.includes("&"));
  const runs = readRuns(isSymbol ? output.replace(/ & /g, ` ${engine.getTerm("and")} `) : output);
  return italicEtAl ? italicizeEtAl(toInlines(runs), engine.getTerm("et-al")) : toInlines(runs);
}

/** A work without an author is named by its title, as the style prints it in notes or in brackets. */
function printTitle(
  engine: CslEngine,
  id: string,
  reference: Reference,
  author: string | undefined,
): Inline[] {
  const short = printAlone(engine, { id, position: 1 });
  const printed = short === undefined ? [] : toInlines(readRuns(short));
  if (engine.opt.xclass === "note" && author === undefined && printed.length) return printed;
  const title =
    author === undefined
      ? [text(withoutMarks(String(reference["title-short"] ?? reference.title ?? "")))]
      : toInlines(readRuns(author));
  // Alone it comes without the formatting that it has in a citation.
  const [open, close] = [engine.getTerm("open-quote"), engine.getTerm("close-quote")];
  const [first] = printed;
  if (first?.type === "text" && first.value.startsWith(open)) {
    return [text(open), ...title, text(close)];
  }
  const isBook = /^(book|motion_picture|periodical|report|thesis|webpage)$/.test(reference.type);
  if (first?.type === "emphasis" || isBook) return [{ type: "emphasis", children: title }];
  return [text(open), ...title, text(close)];
}

/** Prints one work out of the order of the document, without brackets; undefined if nothing. */
function printAlone(
  engine: CslEngine,
  item: CslCitationItem,
  mode?: "author-only",
): string | undefined {
  const output = calling(() =>
    engine.process_CitationCluster([[engine.retrieveItem(item.id), item]], {
      // No citation that others refer back to.
      citationID: "",
      citationItems: [],
      properties: { noteIndex: 0, ...(mode && { mode }) },
    }),
  );
  return output && !UNPRINTED.test(output) ? output : undefined;
}

const text = (value: string): Inline => ({ type: "text", value });

/** The names for styles that print none in citations, such as numeric ones. */
function plainNames(engine: CslEngine, names: readonly Name[]): string {
  const [first, second, third] = names.map((name) =>
    withoutMarks(
      name.literal ??
        [name["non-dropping-particle"], name.family ?? name.given].filter(Boolean).join(" "),
    ),
  );
  if (second === undefined) return first ?? "";
  const rest = third === undefined ? `${engine.getTerm("and")} ${second}` : engine.getTerm("et-al");
  return `${first} ${rest}`;
}

/** citeproc-js drops all formatting from an author in the sentence. */
function italicizeEtAl(author: readonly Inline[], etAl: string): Inline[] {
  const last = author.at(-1);
  if (last?.type !== "text" || !last.value.endsWith(` ${etAl}`)) return [...author];
  const start = { ...last, value: last.value.slice(0, -etAl.length) };
  return [...author.slice(0, -1), start, { type: "emphasis", children: [text(etAl)] }];
}

function hasItalicEtAl(node: CslNode): boolean {
  if (node.name === "et-al" && node.attrs["font-style"] === "italic") return true;
  return node.children.some((child) => typeof child === "object" && hasItalicEtAl(child));
}

/** Pairs the printed entries with the ids of their works. */
function readEntries(
  engine: CslEngine,
  [metadata, outputs]: [
    { entry_ids: readonly (readonly string[])[]; bibliography_errors: readonly unknown[] },
    string[],
  ],
): { ids: readonly string[]; output: string }[] {
  const { entry_ids: all } = metadata;
  if (all.length === outputs.length) {
    return outputs.map((output, index) => ({ ids: all[index]!, output }));
  }
  // Works that print nothing have an id there but no output: ask for each alone.
  return all.flatMap((ids) => {
    const one = calling(() =>
      engine.makeBibliography({ include: [{ field: "id", value: ids[0] }] }),
    );
    const output = one ? one[1][0] : undefined;
    return output === undefined ? [] : [{ ids, output }];
  });
}

function readEntry(output: string): { label?: Inline[]; children: Inline[] } {
  const runs = readRuns(output.trim());
  const label = runs.find(
    (run): run is Run => typeof run === "object" && run.mark === "left-margin",
  );
  const children = trim(toInlines(runs.filter((run) => run !== label)));
  if (!label || !plainText(label).trim()) return { children };
  return { label: trim(toInlines([label])), children };
}

/** Takes blank space and line breaks off both ends. */
function trim(inlines: readonly Inline[]): Inline[] {
  const trimmed = [...inlines];
  while (trimmed[0]?.type === "break") trimmed.shift();
  const first = trimmed[0];
  if (first?.type === "text") trimmed[0] = { ...first, value: first.value.trimStart() };
  const last = trimmed.at(-1);
  if (last?.type === "text") trimmed[trimmed.length - 1] = { ...last, value: last.value.trimEnd() };
  return trimmed.filter((inline) => inline.type !== "text" || inline.value);
}

/** Calls citeproc-js, which throws strings. */
function calling<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new Error(String(error));
  }
}

function toCitationItem(item: CitationItem, id: string, opaque: Inline[]): CslCitationItem {
  const { label, locator, prefix, suffix, suppressAuthor } = item;
  return {
    id,
    ...(locator !== undefined && { locator: plainLocator(locator), label: label ?? "page" }),
    ...(prefix?.length && { prefix: writeAffix(prefix, opaque) }),
    ...(suffix?.length && { suffix: writeAffix(suffix, opaque) }),
    ...(suppressAuthor && { "suppress-author": true }),
  };
}

/** Returns a locator with plain hyphens in its ranges, which the style then makes its own. */
function plainLocator(locator: string): string {
  return withoutMarks(locator).replace(/(?<=\w)\s*(?:-{2,3}|[‐‑–-])\s*(?=\w)/g, "-");
}

/** The longest text of a field; beyond it citeproc-js takes seconds for one work. */
const LONGEST_FIELD = 20_000;

/** With more marks than this in one field, citeproc-js no longer pairs them in reasonable time. */
const MOST_MARKUP = 100;

/** How many names one work may have. */
const MOST_NAMES = 10_000;

const titles = new Set([
  "collection-title",
  "container-title",
  "container-title-short",
  "event-title",
  "original-title",
  "reviewed-title",
  "title",
  "title-short",
  "volume-title",
]);

/** Returns a reference as citeproc-js may safely see it: known shapes only, limited lengths. */
export function toItem(reference: Reference, id: string): CslItem {
  const item: Record<string, unknown> = Object.create(null);
  const isEnglish = /^(en\b|$)/i.test(String(reference.language ?? ""));
  for (const [variable, value] of Object.entries(reference)) {
    if (value === undefined || variable === "__proto__" || variable === "multi") continue;
    if (typeof value === "string") {
      const text = isEnglish && titles.has(variable) ? straightenQuotes(value) : value;
      item[variable] = safeText(text);
    } else if (typeof value === "number") {
      item[variable] = String(value);
    } else if (Array.isArray(value)) {
      item[variable] = printableNames((value as readonly Name[]).slice(0, MOST_NAMES)).map(
        safeFields,
      );
    } else if (typeof value === "object" && value !== null) {
      item[variable] = safeFields(value as object);
    }
  }
  return { ...item, id, type: String(reference.type) };
}

function safeText(text: string): string {
  const clean = withoutMarks(text);
  const short = clean.length > LONGEST_FIELD ? `${clean.slice(0, LONGEST_FIELD)}…` : clean;
  const marks = short.match(/[<>"'“”‘’«»]/g)?.length ?? 0;
  return marks > MOST_MARKUP ? hideMarkup(short) : short;
}

/** Names and dates: their texts made safe, the numbers of dates as they are. */
function safeFields(value: object): object {
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    if (name === "__proto__" || name === "multi") continue;
    fields[name] = typeof field === "string" ? safeText(field) : field;
  }
  return fields;
}
