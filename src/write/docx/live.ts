// Citations that another program goes on with: Zotero, or Word's own. What is
// printed stays as it is, as the result that the fields show until then.

import type { XmlComponent } from "docx";
import type { Diagnostic } from "../../diagnostic.js";
import {
  type Block,
  type Citation,
  type Document,
  type Entry,
  type Inline,
  nodesOf,
  type Reference,
  type Section,
  toText,
  walk,
} from "../../document.js";
import type { Style } from "../../style.js";
import type { Package } from "./finish.js";

/** Which program the citations are for, and what it must know of them. */
export interface LiveRequest {
  readonly kind: "zotero" | "word";
  /** The works by key; citations of others stay plain. */
  readonly references: ReadonlyMap<string, Reference>;
  readonly style: Style;
}

/** A citation where it is written. */
export interface LivePlace {
  /** The number of the note that it stands in; 0 in the text. */
  readonly note: number;
  /** Writes inlines as they would be without a field, links and all. */
  readonly plain: (nodes: readonly Inline[]) => XmlComponent[];
  /** Writes inlines as the result of a field: without links, which are fields themselves. */
  readonly result: (nodes: readonly Inline[]) => XmlComponent[];
}

/** How one program's fields are written into a document. */
export interface LiveFields {
  /** Returns a citation in print, as a field or with one in it. */
  readonly writeCitation: (citation: Citation, place: LivePlace) => XmlComponent[];
  /** The entries of the list that is a field; absent where the list stays plain. */
  readonly list?: readonly Entry[];
  /** The runs at the beginning of the first entry. */
  readonly beginList: () => XmlComponent[];
  /** Returns the paragraphs of the list with what stands around them. */
  readonly wrapList: (paragraphs: readonly XmlComponent[]) => XmlComponent[];
  /** Adds what the program keeps outside the text; to be called when all is written. */
  readonly addParts: (parts: Package) => void;
}

/**
 * Returns what the program will not do, a warning each: `citation-not-live` when
 * notes stay plain, `list-not-live` when the list does, `work-not-live` for works
 * that stand in the list but in no field.
 */
export function liveLimits(request: LiveRequest, document: Document): Diagnostic[] {
  const { kind, style } = request;
  const program = kind === "zotero" ? "Zotero" : "Word";
  const limits: Diagnostic[] = [];
  const citations = citationsOf(document);
  if (kind === "word" && style.csl.class === "note" && citations.length) {
    limits.push({
      code: "citation-not-live",
      message: `the citations of the style "${style.id}" stay plain text, for Word has no styles with notes`,
      hints: ["the works are in Word's list of sources; --live zotero makes fields in notes too"],
    });
  }
  const list = liveList(request, document);
  if (!list && holdsEntries(document)) {
    limits.push({
      code: "list-not-live",
      message: `the list of references stays plain text, for ${program} would print it as a single list in the style of the citations`,
      hints: ["divided and annotated lists, and those in a style of their own, cannot be fields"],
    });
  } else if (kind === "zotero" && list) {
    const lost = uncitedKeys(list, document);
    if (lost.length) {
      const [works, them] = lost.length === 1 ? ["a work", "it"] : [`${lost.length} works`, "them"];
      limits.push({
        code: "work-not-live",
        message: `Zotero will leave ${works} out of the list when it makes the list anew, for no citation field holds ${them}: ${shown(lost)}`,
        hints: [`import ${them} into Zotero, and add ${them} again with Add/Edit Bibliography`],
      });
    }
  }
  return limits;
}

const shown = (keys: readonly string[]): string =>
  keys.slice(0, 5).join(", ") + (keys.length > 5 ? "…" : "");

/** Returns the citations of a document, in reading order. */
function citationsOf(document: Document): Citation[] {
  return [...nodesOf(document)].filter((node): node is Citation => node.type === "citation");
}

/** Returns the keys of the works that are cited or listed, in reading order, each once. */
export function usedKeys(document: Document): readonly string[] {
  const keys = [...nodesOf(document)].flatMap((node) => {
    if (node.type === "citation") return node.items.map(({ key }) => key);
    return node.type === "entry" ? [node.key] : [];
  });
  return [...new Set(keys)];
}

/** Returns the keys of entries that no citation holds in a form that can be a field. */
export function uncitedKeys(entries: readonly Entry[], document: Document): readonly string[] {
  const fields = citationsOf(document).filter(isField);
  const cited = new Set(fields.flatMap(({ items }) => items.map(({ key }) => key)));
  return entries.map(({ key }) => key).filter((key) => !cited.has(key));
}

/**
 * Whether something of a citation is left for a field to print. The author in the
 * sentence is the sentence's own; a mark of a note can stand in no field.
 */
export function isField(citation: Citation): boolean {
  if (citation.mode === "author") return false;
  const [, rest] = splitAuthor(citation);
  return toText(rest).trim() !== "" && ![...walk(rest)].some(({ type }) => type === "note");
}

/** Returns the author in the sentence, with the space behind, and what follows. */
export function splitAuthor({
  children,
  authorEnd = 0,
}: Citation): readonly [author: readonly Inline[], rest: readonly Inline[]] {
  return authorEnd === 0 ? [[], children] : splitAt(children, authorEnd);
}

/**
 * Returns what a field is to hold, and the brackets around it that are ours: a
 * source within a sentence of a note, where a style with notes prints none.
 */
export function splitBrackets(
  nodes: readonly Inline[],
): readonly [open: readonly Inline[], inner: readonly Inline[], close: readonly Inline[]] {
  const text = toText(nodes);
  if (!/^\(.*\)$/s.test(text)) return [[], nodes, []];
  let depth = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")") depth--;
    if (depth === 0) return [[], nodes, []];
  }
  const [open, rest] = splitAt(nodes, 1);
  const [inner, close] = splitAt(rest, text.length - 2);
  return [open, inner, close];
}

/** Splits inlines where so many characters of their text are before. */
function splitAt(nodes: readonly Inline[], offset: number): [Inline[], Inline[]] {
  const before: Inline[] = [];
  const after: Inline[] = [];
  let left = offset;
  for (const node of nodes) {
    const length = toText([node]).length;
    if (length <= left) before.push(node);
    else if (left <= 0) after.push(node);
    else if (node.type === "text" || node.type === "inlineCode") {
      before.push({ ...node, value: node.value.slice(0, left) });
      after.push({ ...node, value: node.value.slice(left) });
    } else if ("children" in node && node.type !== "note") {
      const [head, tail] = splitAt(node.children, left);
      before.push({ ...node, children: head });
      after.push({ ...node, children: tail });
    }
    left -= length;
  }
  return [before, after];
}

/**
 * Returns the entries of the list of references if the list can be a field: they
 * stand in one row, and are printed in the style of the citations.
 */
export function liveList({ style }: LiveRequest, document: Document): readonly Entry[] | undefined {
  const list = bibliographyOf(document);
  const first = list?.children.findIndex(({ type }) => type === "entry") ?? -1;
  const row = list?.children.slice(Math.max(0, first)) ?? [];
  const entries = row.filter((block): block is Entry => block.type === "entry");
  const isRow = first >= 0 && entries.length === row.length;
  return isRow && style.listCsl === undefined ? entries : undefined;
}

function holdsEntries(document: Document): boolean {
  const list = bibliographyOf(document);
  return list !== undefined && [...walk(list.children)].some(({ type }) => type === "entry");
}

function bibliographyOf({ parts }: Document): Section | undefined {
  return parts
    .flatMap(({ children }): readonly Block[] => children)
    .find((block): block is Section => block.type === "section" && block.role === "bibliography");
}
