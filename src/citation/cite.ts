// Prints the citations and the list of references of a document in a style.
// Notes must stand in their places and be numbered first: what a citation looks
// like depends on those before it.

import { distance } from "fastest-levenshtein";
import type { Report, Span } from "../diagnostic.js";
import {
  type Block,
  type Citation,
  type CitationItem,
  contentOf,
  type Document,
  type Entry,
  type Inline,
  mapBlocks,
  mapContent,
  type Name,
  type Note,
  type Reference,
  toText,
} from "../document.js";
import type { CslStyle, Style } from "../style.js";
import { placementOf } from "./csl-styles.js";
import { type CitationEngine, type Cluster, createEngine, type PrintedCitation } from "./engine.js";
import type { Placement } from "./place.js";
import { printUndefined } from "./print-undefined.js";
import { joinTexts } from "./runs.js";

/** A work that stands in the list without being cited, and where the author asked for it. */
export type UncitedWork = Pick<CitationItem, "key" | "span">;

/** A document whose citations are printed. */
export interface CitedDocument {
  readonly document: Document;
  /**
   * Returns some of the entries as a list of their own. They keep their ids,
   * numbers and years; a dash for the author stands only below that author.
   */
  readonly printList: (entries: readonly Entry[]) => Entry[];
}

/** Returns what `citeWithList` does, but for the lists of some entries. */
export function cite(
  document: Document,
  references: ReadonlyMap<string, Reference>,
  style: Style,
  report: Report,
  uncited: readonly UncitedWork[] = [],
): Document {
  return citeWithList(document, references, style, report, uncited).document;
}

/**
 * Returns the document with every citation printed and the list of references
 * in the section that has the role `bibliography`, if there is one. Citations
 * link to the entries of their works. `uncited` works stand in the list too.
 *
 * Reports keys that name no reference (all of them), works that the style leaves
 * out of its list or has no form for, and a style that does not work. For such keys
 * `?key?` is printed; what else could not be printed keeps its source text.
 */
export function citeWithList(
  document: Document,
  references: ReadonlyMap<string, Reference>,
  style: Style,
  report: Report,
  uncited: readonly UncitedWork[] = [],
): CitedDocument {
  const placement = placementOf(style);
  const context = { ...placement, named: style.csl.format !== "numeric" };
  const chapters = document.parts.flatMap(({ children }) => children);
  const found = chapters.flatMap((block, chapter) =>
    findInBlock(block, context, 0, true).map((one) => inChapter(one, chapter)),
  );
  const known = found.flatMap((one) => withKnownWorks(one, references, report) ?? []);
  const marked = (some: Document) =>
    found.some(({ citation }) => citation.items.some(({ key }) => !references.has(key)))
      ? printUndefined(some, references)
      : some;
  const uncitable: CitedDocument = {
    document: marked(document),
    printList: (entries) => [...entries],
  };
  const listedOnly = uncited.filter((item) =>
    reportUndefined({ items: [item] }, references, report),
  );
  const works = citedReferences(known, references);
  const uncitedKeys = new Set(listedOnly.map(({ key }) => key).filter((key) => !works.has(key)));
  for (const key of uncitedKeys) works.set(key, references.get(key)!);
  if (!works.size) return uncitable;

  let engine: CitationEngine;
  let printed: readonly PrintedCitation[];
  let listing: CitationEngine;
  let entries: ListedEntry[] | undefined;
  const clusters = known.flatMap((one) => one.cluster ?? []);
  try {
    engine = createEngine({ ...style, references: works, uncited: [...uncitedKeys] });
    printed = engine.printCitations(clusters);
    listing = style.listCsl ? listEngine(style.listCsl, style, works) : engine;
    entries = listEntries(listing);
  } catch (error) {
    report({
      code: "style-invalid",
      message: `the style "${style.id}" cannot be used: ${(error as Error).message}`,
    });
    return uncitable;
  }
  const links = new Map(entries?.flatMap((entry) => entry.keys.map((key) => [key, entry.id])));
  const outputs = new Map(clusters.map((cluster, index) => [cluster, printed[index]!]));
  const prints = new Map<Citation, Print>();
  for (const one of known) {
    prints.set(one.citation, print(one, outputs, engine, links, placement));
  }
  reportUnprinted(known, listedOnly, prints, entries && links, style, report);

  const rewrite = createRewriter(prints, placement, entries?.map(({ entry }) => entry) ?? []);
  return {
    document: marked(mapBlocks(document, (blocks) => blocks.map(rewrite))),
    printList: (some) => printSome(some, entries ?? [], listing),
  };
}

// ---- finding citations, in reading order ---------------------------------------

/** A citation and what decides how it is printed. */
interface FoundCitation {
  readonly citation: Citation;
  /** What the engine prints of it; absent when only the author is named. */
  readonly cluster?: Cluster;
  /** It begins a note. */
  readonly beginsNote: boolean;
  /** Stands in brackets behind words: (a claim; Smith 2010). */
  readonly joinsWords: boolean;
}

/** What of a style decides the brackets around its citations. */
interface Context extends Placement {
  /** Its citations name authors or titles: without brackets, they can still be read. */
  readonly named: boolean;
}

function inChapter(found: FoundCitation, chapter: number): FoundCitation {
  return found.cluster ? { ...found, cluster: { ...found.cluster, chapter } } : found;
}

function findCitations(
  blocks: readonly Block[],
  placement: Context,
  note = 0,
  last = true,
): FoundCitation[] {
  return blocks.flatMap((block, index) =>
    findInBlock(block, placement, note, last && index === blocks.length - 1),
  );
}

function findInBlock(
  block: Block,
  placement: Context,
  note: number,
  last: boolean,
): FoundCitation[] {
  if (block.type === "entry") return [];
  // What is in a section stands in no note, whatever is around it.
  const inNote = block.type === "section" ? 0 : note;
  const content = contentOf(block);
  return content.flatMap(({ inlines, blocks }, at) => {
    const ends = at === content.length - 1 && (block.type === "section" || last);
    return inlines
      ? findInInlines(inlines, placement, inNote, block.type !== "section" && ends)
      : findCitations(blocks, placement, inNote, ends);
  });
}

function findInInlines(
  inlines: readonly Inline[],
  placement: Context,
  note: number,
  last: boolean,
): FoundCitation[] {
  const found: FoundCitation[] = [];
  // Letters before and behind each citation; the citations themselves count as one letter.
  const text = lettersOf(inlines);
  let offset = 0;
  const visit = (nodes: readonly Inline[]): void => {
    for (const node of nodes) {
      if (node.type === "citation") {
        const before = text.slice(0, offset);
        const after = text.slice(++offset);
        found.push(describe(node, { before, after, note, last }, placement));
      } else if (node.type === "note") {
        found.push(...findCitations(node.children, placement, node.number));
      } else if ("children" in node) visit(node.children);
      else offset += lettersOf([node]).length;
    }
  };
  visit(inlines);
  return found;
}

const LETTER = "\uFFFC";

function lettersOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "citation") return LETTER;
      if (inline.type === "text" || inline.type === "inlineCode") return inline.value;
      if (inline.type === "break") return " ";
      return inline.type === "note" || !("children" in inline) ? "" : lettersOf(inline.children);
    })
    .join("");
}

interface Surroundings {
  readonly before: string;
  readonly after: string;
  readonly note: number;
  /** The paragraph is the last of its note. */
  readonly last: boolean;
}

/** Words that lead to a source: what follows them is the source itself, not an aside. */
const SIGNAL =
  /(?:^|[\s(])(?:see|see also|also|cf\.?|compare|contrast|e\.g\.,?|i\.e\.,?|and|or|but|in|from|by|with|per|quoted in|cited in|as in|including|namely|viz\.|siehe|vgl\.|voir|cf|véase|vedi)\s*$/i;

function describe(
  citation: Citation,
  { before, after, note, last }: Surroundings,
  placement: Context,
): FoundCitation {
  const beginsNote = note > 0 && !/[\p{L}\p{N}\uFFFC]/u.test(before);
  const endsNote = note > 0 && last && !/[\p{L}\p{N}\uFFFC]/u.test(after);
  // At the beginning of a clause, or led to: a source, and not in brackets.
  const leads = /(?:^|[.;:,!?–—([]["”’'»]*)\s*$/.test(before) || SIGNAL.test(before);
  const inBrackets = placement.named && note === 0 && isWithinBrackets(before);
  const joinsWords = inBrackets && !leads && /\S\s*$/.test(before);
  const wrap = ((): Cluster["wrap"] => {
    if (citation.mode === "narrative" && placement.class === "note")
      return endsNote ? "style" : "none";
    if (citation.mode !== "parenthetical")
      return placement.class === "note" && !endsNote ? "none" : "style";
    if (placement.class === "note") {
      if (beginsNote || leads) return endsNote ? "style" : "none";
      return "parentheses";
    }
    if (note > 0 && placement.named) return beginsNote || leads ? "none" : "style";
    return inBrackets ? "none" : "style";
  })();
  const cluster: Cluster | undefined =
    citation.mode === "author"
      ? undefined
      : {
          items: citation.items,
          note,
          wrap,
          withoutAuthor:
            citation.mode === "rest" ||
            (citation.mode === "narrative" && placement.class === "in-text"),
        };
  return { citation, ...(cluster && { cluster }), beginsNote, joinsWords };
}

function isWithinBrackets(before: string): boolean {
  let depth = 0;
  for (const letter of before) {
    if (letter === "(") depth++;
    else if (letter === ")") depth = Math.max(0, depth - 1);
  }
  return depth > 0;
}

// ---- keys ---------------------------------------------------------------------------

/** Reports the keys of a citation that name nothing; returns whether all are known. */
function reportUndefined(
  { items }: { readonly items: readonly UncitedWork[] },
  references: ReadonlyMap<string, Reference>,
  report: Report,
): boolean {
  const unknown = items.filter(({ key }) => !references.has(key));
  for (const { key, span } of unknown) {
    const hints = nearReferences(key, references);
    report({
      code: "citation-undefined",
      message: `no reference has the key "${key}"`,
      ...(span && { span }),
      ...(hints.length && { hints }),
    });
  }
  return unknown.length === 0;
}

/** Returns a citation with the works that are known, if any is; reports the others. */
function withKnownWorks(
  found: FoundCitation,
  references: ReadonlyMap<string, Reference>,
  report: Report,
): FoundCitation | undefined {
  const { citation, cluster } = found;
  if (reportUndefined(citation, references, report)) return found;
  const items = citation.items.filter(({ key }) => references.has(key));
  return items.length && cluster ? { ...found, cluster: { ...cluster, items } } : undefined;
}

/** Returns the works that are printed for a citation. */
function worksOf({ citation, cluster }: FoundCitation): readonly CitationItem[] {
  return cluster?.items ?? citation.items;
}

/** Returns a question for each of the keys, at most two, that may have been meant. */
function nearReferences(key: string, references: ReadonlyMap<string, Reference>): string[] {
  const wanted = key.toLowerCase();
  const near: { name: string; edits: number }[] = [];
  for (const name of references.keys()) {
    const edits = distance(wanted, name.toLowerCase());
    if (edits <= Math.max(2, Math.floor(key.length / 4))) near.push({ name, edits });
  }
  near.sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1));
  return near.slice(0, 2).map(({ name }) => {
    const work = nameOfWork(references.get(name)!);
    return `did you mean "${name}"${work && ` (${work})`}?`;
  });
}

/** Returns author and title, as much as a hint has room for. */
function nameOfWork(reference: Reference): string {
  const names = (reference.author ?? reference.editor) as readonly Name[] | undefined;
  const name = names?.[0]?.literal ?? names?.[0]?.family;
  const title = typeof reference.title === "string" ? reference.title : undefined;
  const short = title && title.length > 50 ? `${title.slice(0, 49).trimEnd()}…` : title;
  return [name, short].filter(Boolean).join(", ");
}

/** The references that are cited, in the order of their first citation. */
function citedReferences(
  found: readonly FoundCitation[],
  references: ReadonlyMap<string, Reference>,
): Map<string, Reference> {
  const cited = new Map<string, Reference>();
  for (const one of found) {
    for (const { key } of worksOf(one)) cited.set(key, references.get(key)!);
  }
  return cited;
}

// ---- printing -------------------------------------------------------------------------

/** A citation in print; without children if the style has no form for it. */
interface Print {
  readonly children?: readonly Inline[];
  /** See the same of a citation. */
  readonly authorEnd?: number;
  readonly joinsWords: boolean;
}

function print(
  { citation, cluster, beginsNote, joinsWords }: FoundCitation,
  outputs: ReadonlyMap<Cluster, PrintedCitation>,
  engine: CitationEngine,
  links: ReadonlyMap<string, string>,
  placement: Placement,
): Print {
  const [item] = citation.items;
  const author = () => engine.printAuthor(item!.key);
  if (!cluster) {
    return { children: link(author(), links.get(item!.key)), joinsWords };
  }
  const output = outputs.get(cluster)!;
  const narrative = citation.mode === "narrative" && cluster.withoutAuthor;
  let children = output.children;
  if (children && placement.punctuationInQuote) children = quotePunctuation(children);
  if (children && placement.class === "note") {
    children = lowerIbid(beginsNote ? capitalize(children) : children, beginsNote);
  }
  if (children) children = linkWorks(children, output.keys, engine.delimiter, links, cluster);
  // Where a style has nothing to add to the name, such as MLA without a page.
  if (!children && citation.mode === "rest") children = [];
  let authorEnd: number | undefined;
  if (narrative) {
    // Where nothing but the author is to be printed, the name alone is the citation.
    const rest = children ?? [];
    const space: Inline[] =
      rest.length && !placement.superscript ? [{ type: "text", value: " " }] : [];
    const named = [...link(author(), links.get(item!.key)), ...space];
    authorEnd = toText(named).length;
    children = [...named, ...rest];
  }
  return {
    ...(children && { children: joinTexts(children) }),
    ...(authorEnd !== undefined && { authorEnd }),
    joinsWords,
  };
}

/** Links a citation to its entry; what is a link already (a URL) stays one. */
function link(children: readonly Inline[], id: string | undefined): Inline[] {
  if (id === undefined) return [...children];
  const linked: Inline[] = [];
  let run: Inline[] = [];
  const flush = () => {
    // A space between a link and the next one belongs to neither.
    const last = run.at(-1);
    const end = last?.type === "text" ? /\s*$/.exec(last.value)![0] : "";
    const text = trimEnd(run);
    const isRest = linked.at(-1)?.type === "crossReference";
    if (isRest && !/[\p{L}\p{N}]/u.test(toText(text))) linked.push(...text);
    else if (text.length) linked.push({ type: "link", url: `#${id}`, children: text });
    if (end) linked.push({ type: "text", value: end });
    run = [];
  };
  for (const child of children) {
    if (holdsLink(child)) {
      flush();
      linked.push(child);
    } else run.push(child);
  }
  flush();
  return linked;
}

function trimEnd(inlines: readonly Inline[]): Inline[] {
  const last = inlines.at(-1);
  if (last?.type !== "text") return [...inlines];
  const value = last.value.trimEnd();
  return [...inlines.slice(0, -1), ...(value ? [{ ...last, value }] : [])];
}

function holdsLink(inline: Inline): boolean {
  // A cross-reference leads to what it names.
  if (inline.type === "link" || inline.type === "note" || inline.type === "crossReference") {
    return true;
  }
  return "children" in inline && inline.children.some(holdsLink);
}

/** Links each work of a citation, if it can be told which part of it is which work. */
function linkWorks(
  children: readonly Inline[],
  keys: readonly string[],
  delimiter: string,
  links: ReadonlyMap<string, string>,
  { items }: Cluster,
): readonly Inline[] {
  const [only, second] = keys;
  if (only === undefined) return children;
  if (second === undefined) return link(children, links.get(only));
  const affixes = items.flatMap(({ prefix = [], suffix = [] }) => [...prefix, ...suffix]);
  if (!delimiter.trim() || toText(affixes).includes(delimiter.trim())) return children;
  const parts = split(children, delimiter);
  if (parts.length !== keys.length) return children;
  return parts.flatMap((part, index): Inline[] => {
    const [opening, work, closing] = unbracket(part, index === 0, index === parts.length - 1);
    return [
      ...(index ? [{ type: "text" as const, value: delimiter }] : []),
      ...opening,
      ...link(work, links.get(keys[index]!)),
      ...closing,
    ];
  });
}

/** Splits inlines where a delimiter stands in a text that is in no other inline. */
function split(children: readonly Inline[], delimiter: string): Inline[][] {
  const parts: Inline[][] = [[]];
  for (const child of children) {
    if (child.type !== "text") {
      parts.at(-1)!.push(child);
      continue;
    }
    for (const [index, value] of child.value.split(delimiter).entries()) {
      if (index) parts.push([]);
      if (value) parts.at(-1)!.push({ ...child, value });
    }
  }
  return parts;
}

/** The brackets around a citation of several works are part of no link. */
function unbracket(
  part: readonly Inline[],
  isFirst: boolean,
  isLast: boolean,
): [Inline[], Inline[], Inline[]] {
  const work = [...part];
  const opening: Inline[] = [];
  const closing: Inline[] = [];
  const first = work[0];
  if (isFirst && first?.type === "text" && /^[([]/.test(first.value)) {
    opening.push({ type: "text", value: first.value.slice(0, 1) });
    work[0] = { ...first, value: first.value.slice(1) };
  }
  const last = work.at(-1);
  if (isLast && last?.type === "text" && /[)\].]$/.test(last.value)) {
    closing.push({ type: "text", value: last.value.slice(-1) });
    work[work.length - 1] = { ...last, value: last.value.slice(0, -1) };
  }
  return [opening, work.filter((inline) => inline.type !== "text" || inline.value), closing];
}

/**
 * Puts commas and full stops inside the closing quotation mark before them, as
 * American usage has it. The style does so itself, but not before a suffix.
 */
function quotePunctuation(children: readonly Inline[]): Inline[] {
  const moved = joinTexts(children).map(
    (inline): Inline =>
      inline.type === "text"
        ? {
            ...inline,
            value: inline.value.replace(/([^.,;:!?…])(’?”)([.,])|([!?])(’?”)(,)/g, "$1$4$3$6$2$5"),
          }
        : inline,
  );
  for (const [index, inline] of moved.entries()) {
    const next = moved[index + 1];
    const stop = next?.type === "text" ? /^[.,]/.exec(next.value)?.[0] : undefined;
    const end = inline.type === "text" ? /[^.,;:!?…]’?”$/.test(inline.value) : false;
    if (!stop || !end || inline.type !== "text" || next?.type !== "text") continue;
    moved[index] = { ...inline, value: inline.value.replace(/’?”$/, `${stop}$&`) };
    moved[index + 1] = { ...next, value: next.value.slice(1) };
  }
  return moved;
}

/**
 * A note begins with a capital letter (CMOS 14.20, "See …"; names with particles,
 * 8.5). Not an address, nor `ibid`, which is small in the styles that print it so
 * (OSCOLA, 4th edition, 1.2.2).
 */
function capitalize(children: readonly Inline[]): Inline[] {
  let done = false;
  const visit = (nodes: readonly Inline[]): Inline[] =>
    nodes.map((node): Inline => {
      if (done) return node;
      if (node.type === "text") {
        const first = /[\p{L}\p{N}]/u.exec(node.value);
        if (!first) return node;
        done = true;
        const rest = node.value.slice(first.index);
        if (/^(?:https?:|www\.|doi:|ibid)/.test(rest)) return node;
        const letter = first[0];
        const value =
          node.value.slice(0, first.index) + letter.toUpperCase() + rest.slice(letter.length);
        return { ...node, value };
      }
      if (node.type === "note" || node.type === "citation" || !("children" in node)) return node;
      return { ...node, children: visit(node.children) };
    });
  return visit(children);
}

/** Ibid. has a capital only where a note begins (CMOS 14.34): "…, 5; ibid., 6". */
function lowerIbid(children: readonly Inline[], beginsNote: boolean): Inline[] {
  return children.map((child, index) => {
    if (child.type !== "text") return child;
    const value = child.value.replace(/(^|; )Ibid\b/g, (whole, before: string) =>
      before || (!index && !beginsNote) ? `${before}ibid` : whole,
    );
    return { ...child, value };
  });
}

// ---- the list -------------------------------------------------------------------------------

interface ListedEntry {
  readonly id: string;
  readonly keys: readonly string[];
  readonly entry: Entry;
}

/**
 * Returns an engine for a list in another style than the citations. Its works
 * are registered in the order of their first citation, and are all told apart.
 */
function listEngine(
  csl: CslStyle,
  { ibid, locale }: Style,
  references: ReadonlyMap<string, Reference>,
): CitationEngine {
  const engine = createEngine({ csl, locale, ibid, references, uncited: [...references.keys()] });
  engine.printCitations([]);
  return engine;
}

function listEntries(engine: CitationEngine): ListedEntry[] | undefined {
  return engine.printList()?.map(({ keys, label, children }, index) => {
    const id = `ref-${index + 1}`;
    const entry: Entry = { type: "entry", id, key: keys[0]!, ...(label && { label }), children };
    return { id, keys, entry };
  });
}

/** Prints some entries again where what stands above an entry matters to the style. */
function printSome(
  some: readonly Entry[],
  all: readonly ListedEntry[],
  engine: CitationEngine,
): Entry[] {
  const ids = new Set(some.map(({ id }) => id));
  const wanted = all.filter(({ id }) => ids.has(id));
  if (!engine.substitutesAuthors || wanted.length === all.length) {
    return wanted.map(({ entry }) => entry);
  }
  const keys = new Set(wanted.flatMap((entry) => entry.keys));
  const printed = new Map(engine.printList(keys)?.map((entry) => [entry.keys[0], entry]));
  return wanted.map(({ keys, entry }) => {
    const { children } = printed.get(keys[0]!) ?? entry;
    return { ...entry, children };
  });
}

/** Reports, once a work, what the style prints nothing for or leaves out of its list. */
function reportUnprinted(
  found: readonly FoundCitation[],
  uncited: readonly UncitedWork[],
  prints: ReadonlyMap<Citation, Print>,
  listed: ReadonlyMap<string, string> | undefined,
  style: Style,
  report: Report,
): void {
  const reported = new Set<string>();
  const warn = ({ key, span }: UncitedWork, message: string, hint: string) => {
    if (reported.has(key)) return;
    reported.add(key);
    const place: Span | undefined = span;
    report({ code: "reference-unprinted", message, ...(place && { span: place }), hints: [hint] });
  };
  const warnUnlisted = (item: UncitedWork) => {
    if (!listed || listed.has(item.key)) return;
    warn(
      item,
      `the style "${style.id}" leaves "${item.key}" out of the list of references`,
      "some styles list no works of this type, or none that lack a publisher and a URL",
    );
  };
  for (const one of found) {
    for (const item of worksOf(one)) {
      if (!prints.get(one.citation)!.children) {
        warn(
          item,
          `the style "${style.id}" prints nothing for "${item.key}"`,
          "give the reference an author, a title and a date",
        );
      } else warnUnlisted(item);
    }
  }
  for (const item of uncited) warnUnlisted(item);
}

// ---- the document with its citations printed ------------------------------------------------------

function createRewriter(
  prints: ReadonlyMap<Citation, Print>,
  placement: Placement,
  entries: readonly Entry[],
): (block: Block) => Block {
  let placed = false;

  function rewrite(block: Block): Block {
    if (block.type === "entry") return block;
    const isList = block.type === "section" && block.role === "bibliography" && !placed;
    if (isList) placed = true;
    return mapContent(block, {
      inlines: rewriteInlines,
      blocks: (blocks) => [...blocks.map(rewrite), ...(isList ? entries : [])],
    });
  }

  function rewriteInlines(inlines: readonly Inline[]): Inline[] {
    const written: Inline[] = [];
    for (const inline of inlines) {
      if (inline.type === "citation") writeCitation(inline, written);
      else if (inline.type === "note") written.push(rewriteNote(inline));
      else if (inline.type === "text") {
        const value = continueSentence(inline.value, written, placement);
        if (value) written.push(value === inline.value ? inline : { ...inline, value });
      } else if ("children" in inline) {
        written.push({ ...inline, children: rewriteInlines(inline.children) });
      } else written.push(inline);
    }
    return written;
  }

  function writeCitation(citation: Citation, written: Inline[]): void {
    const printed = prints.get(citation);
    if (!printed?.children) {
      written.push(citation);
      return;
    }
    const last = written.at(-1);
    if (!printed.children.length && last?.type === "text") {
      written[written.length - 1] = { ...last, value: last.value.trimEnd() };
      return;
    }
    if (printed.joinsWords && last?.type === "text") {
      const before = last.value.trimEnd();
      const joint = /[,;:]$/.test(before) ? " " : "; ";
      written[written.length - 1] = { ...last, value: before + joint };
    }
    const { children, authorEnd } = printed;
    written.push({ ...citation, children, ...(authorEnd !== undefined && { authorEnd }) });
  }

  function rewriteNote(note: Note): Note {
    const children = note.children.map(rewrite);
    const last = children.at(-1);
    if (last?.type !== "paragraph" || placement.class !== "note") return { ...note, children };
    const cited = last.children.some(({ type }) => type === "citation");
    const ended = /[.!?…]["”’'»)\]]*\s*$/.test(toText(last.children));
    if (!cited || ended || last.children.at(-1)?.type !== "citation") return { ...note, children };
    const stopped = {
      ...last,
      children: [...last.children, { type: "text" as const, value: "." }],
    };
    return { ...note, children: [...children.slice(0, -1), stopped] };
  }

  return rewrite;
}

/**
 * Returns what is left of a text behind a citation: a citation that ends in a stop
 * of its own (Ibid.) takes no second one, and in American usage stops and commas go
 * inside the quotation marks that it ends in.
 */
function continueSentence(value: string, before: Inline[], placement: Placement): string {
  const last = before.at(-1);
  if (last?.type !== "citation") return value;
  const printed = toText([last]);
  // Doe and others’ view: the plural has no second s.
  if (/\bothers$/.test(printed) && /^['’]s\b/.test(value)) return value[0] + value.slice(2);
  if (!/^[.,](?!\.)/.test(value)) return value;
  if (value.startsWith(".") && /\.["”’'»]*$/.test(printed)) return value.slice(1);
  if (!placement.punctuationInQuote || !/[^.,;:!?…]’?”$/.test(printed)) return value;
  before[before.length - 1] = { ...last, children: insertInQuote(last.children, value[0]!) };
  return value.slice(1);
}

function insertInQuote(inlines: readonly Inline[], stop: string): Inline[] {
  const last = inlines.at(-1);
  const rest = inlines.slice(0, -1);
  if (last?.type === "text") {
    return [...rest, { ...last, value: last.value.replace(/’?”$/, `${stop}$&`) }];
  }
  if (!last || last.type === "note" || !("children" in last)) return [...inlines];
  return [...rest, { ...last, children: insertInQuote(last.children, stop) }];
}
