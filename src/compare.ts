// How each sentence with a citation reads in several styles. Sentences are found
// in each style's own document and belong together by the citations in them.

import {
  type Block,
  type Citation,
  contentOf,
  type Document,
  type Inline,
  toText,
} from "./document.js";

/** The sentences of one place in the work, a reading for each document. */
export interface Passage {
  /** The title of the innermost section that it stands in. */
  readonly section: string;
  readonly readings: readonly Reading[];
}

/** A sentence as a style prints it; without inlines where the style cites nothing there. */
export interface Reading {
  /** With its citations, and notes in the places of their marks. */
  readonly inlines: readonly Inline[];
  readonly notes: readonly ReadNote[];
}

/** A note below a sentence. */
export interface ReadNote {
  readonly number: number;
  readonly inlines: readonly Inline[];
}

/**
 * Returns the sentences with citations, in the order of reading, each as it
 * stands in every one of some documents. The documents must be of one
 * manuscript; a sentence that a style divides is put together again.
 */
export function compare(documents: readonly Document[]): Passage[] {
  const { lang } = documents[0]!.metadata;
  const sentences = documents.map((document) => citingSentences(document, lang));
  const groups = new Groups();
  for (const { ids } of sentences.flat()) groups.join(ids);
  const rows = new Map<string, { section: string; readings: Inline[][] }>();
  for (const [index, ofDocument] of sentences.entries()) {
    for (const { ids, section, inlines } of ofDocument) {
      const group = groups.of(ids[0]!);
      let row = rows.get(group);
      if (!row) {
        row = { section, readings: documents.map(() => []) };
        rows.set(group, row);
      }
      const reading = row.readings[index]!;
      if (reading.length) reading.push({ type: "text", value: " " });
      reading.push(...inlines);
    }
  }
  return [...rows.values()].map(({ section, readings }) => ({
    section,
    readings: readings.map((inlines) => ({ inlines, notes: notesOf(inlines) })),
  }));
}

/** Citations that stand in one sentence in some style are one group. */
class Groups {
  readonly #parents = new Map<string, string>();

  join(ids: readonly string[]): void {
    const first = this.of(ids[0]!);
    for (const id of ids) this.#parents.set(this.of(id), first);
  }

  of(id: string): string {
    let root = id;
    for (let next = this.#parents.get(root); next !== undefined && next !== root; ) {
      root = next;
      next = this.#parents.get(root);
    }
    this.#parents.set(id, root);
    return root;
  }
}

interface CitingSentence {
  /** Names of the places of its citations, the same in every style. */
  readonly ids: readonly string[];
  readonly section: string;
  readonly inlines: readonly Inline[];
}

function citingSentences(document: Document, lang: string): CitingSentence[] {
  const segmenter = new Intl.Segmenter(lang, { granularity: "sentence" });
  const found: CitingSentence[] = [];
  const counts = new Map<string, number>();

  const idsOf = (inlines: readonly Inline[]): string[] =>
    citationsIn(inlines).flatMap(({ items, mode }) =>
      items.map(({ key, span }) => {
        if (span) return `${span.file}:${span.start}`;
        const number = (counts.get(key) ?? 0) + (mode === "rest" ? 0 : 1);
        counts.set(key, number);
        return `${key} ${number}`;
      }),
    );
  const read = (inlines: readonly Inline[], section: string): void => {
    for (const sentence of sentencesOf(inlines, segmenter)) {
      const ids = idsOf(sentence);
      if (ids.length) found.push({ ids, section, inlines: trimmed(sentence) });
    }
  };
  const visit = (blocks: readonly Block[], section: string): void => {
    for (const block of blocks) {
      if (block.type === "entry" || block.type === "index") continue;
      const within = block.type === "section" ? toText(block.title) : section;
      for (const { inlines, blocks } of contentOf(block)) {
        if (inlines) read(inlines, within);
        else visit(blocks, within);
      }
    }
  };
  for (const { children } of document.parts) visit(children, "");
  return found;
}

function citationsIn(inlines: readonly Inline[]): Citation[] {
  return inlines.flatMap((inline): Citation[] => {
    if (inline.type === "citation") return [inline];
    if (inline.type === "note") return inline.children.flatMap(citationsInBlock);
    return "children" in inline ? citationsIn(inline.children) : [];
  });
}

function citationsInBlock(block: Block): Citation[] {
  return citationsIn(inlinesOf(block));
}

/** The inlines of a block of a note, without its structure. */
function inlinesOf(block: Block): readonly Inline[] {
  const value = block.type === "codeBlock" || block.type === "equation" ? block.value : "";
  return [
    ...contentOf(block).flatMap(({ inlines, blocks }) => inlines ?? blocks.flatMap(inlinesOf)),
    ...(value ? [{ type: "text" as const, value }] : []),
  ];
}

function notesOf(inlines: readonly Inline[]): ReadNote[] {
  return inlines.flatMap((inline): ReadNote[] => {
    if (inline.type === "note") {
      return [{ number: inline.number, inlines: trimmed(inline.children.flatMap(inlinesOf)) }];
    }
    return "children" in inline ? notesOf(inline.children) : [];
  });
}

// ---- sentences --------------------------------------------------------------------

/** Stand for a citation and the mark of a note; each is one letter long. */
const CITATION = "\uFFFC";
const NOTE = "\uFFFB";

function lettersOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "citation") return CITATION;
      if (inline.type === "note") return NOTE;
      if (inline.type === "break") return " ";
      if ("value" in inline) return inline.value;
      return "children" in inline ? lettersOf(inline.children) : "";
    })
    .join("");
}

/** Abbreviations that a sentence does not end with, and initials. */
const ABBREVIATION =
  /(?:^|[\s([“‘"'])(?:\p{Lu}|Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|Rev|Gen|Col|Sen|e\.g|i\.e|cf|ca|c|vs|viz|vol|no|nos|pp?|ch|ed|eds|fig|al|bzw|z\.B|d\.h|vgl|u\.a|usw|S|Nr|Bd|M|Mme|art)\.\s*$/u;

function sentencesOf(inlines: readonly Inline[], segmenter: Intl.Segmenter): Inline[][] {
  const letters = lettersOf(inlines);
  if (!letters.includes(CITATION) && !letters.includes(NOTE)) return [];
  const ends: number[] = [];
  for (const { segment, index } of segmenter.segment(letters)) {
    const before = letters.slice(0, index);
    // Marks behind the stop belong to the sentence before; so does a source alone.
    const marks = /^\uFFFB+/.exec(segment)?.[0].length ?? 0;
    const isAlone = /^[\s\uFFFB\uFFFC.()[\]]+$/.test(segment);
    if (index > 0 && (isAlone || ABBREVIATION.test(before))) ends.pop();
    else if (index > 0 && marks && ends.length) ends[ends.length - 1]! += marks;
    ends.push(index + segment.length);
  }
  let start = 0;
  return ends.map((end) => {
    const sentence = slice(inlines, start, end);
    start = end;
    return sentence;
  });
}

/** Returns the inlines between two places in their letters, divided where need be. */
function slice(inlines: readonly Inline[], from: number, to: number): Inline[] {
  const kept: Inline[] = [];
  let at = 0;
  for (const inline of inlines) {
    const start = at;
    at += lettersOf([inline]).length;
    if (at <= from || start >= to) continue;
    if (inline.type === "text" || inline.type === "inlineCode") {
      const value = inline.value.slice(Math.max(0, from - start), to - start);
      kept.push({ ...inline, value });
    } else if (inline.type === "citation" || inline.type === "note" || !("children" in inline)) {
      kept.push(inline);
    } else {
      kept.push({ ...inline, children: slice(inline.children, from - start, to - start) });
    }
  }
  return kept;
}

/** Without the spaces at the ends. */
function trimmed(inlines: readonly Inline[]): Inline[] {
  const copy = [...inlines];
  const first = copy[0];
  if (first?.type === "text") copy[0] = { ...first, value: first.value.trimStart() };
  const last = copy.at(-1);
  if (last?.type === "text") copy[copy.length - 1] = { ...last, value: last.value.trimEnd() };
  return copy.filter((inline) => inline.type !== "text" || inline.value);
}
