// How long a work is, counted on the document that the writers print: a ledger
// by chapter and by kind of words, and the figure that a policy takes from it.

import type { Report, Span } from "./diagnostic.js";
import {
  type Block,
  type Citation,
  contentOf,
  type Document,
  hasHeading,
  type Inline,
  mapBlocks,
  mapInlines,
  type Note,
  type Part,
  type Section,
  type SectionRole,
  toText,
} from "./document.js";
import { isWrittenMatter } from "./matter.js";
import {
  defaultWordSettings,
  isSameInEveryStyle,
  type WordKind,
  type WordSettings,
  wordKinds,
} from "./word-policy.js";

/** Numbers of words by kind. */
export type WordCounts = Readonly<Record<WordKind, number>>;

/** The words of a chapter, or of something else that stands on pages of its own. */
export interface LedgerRow {
  readonly title: string;
  readonly place: WordPlace;
  readonly words: WordCounts;
}

/** Where words stand. */
export type WordPlace =
  | "chapter"
  | "abstract"
  | "front-matter"
  | "appendices"
  | "back-matter"
  | "references";

/** The words of a work, in the order of its pages. */
export type WordLedger = readonly LedgerRow[];

/**
 * Returns the words of every part of a cited document. Not counted are the
 * contents and the index, which repeat other words, formulas, and what writers
 * add: numbers of pages, headings and notes, running heads. The numbers of
 * captions count, as word processors count them.
 *
 * All kinds but `citations` and `references` have the same number of words in
 * every style, whether it cites in notes or in the text.
 */
export function wordLedger(document: Document): WordLedger {
  return document.parts.flatMap((part): LedgerRow[] => {
    const loose = part.children.filter(({ type }) => type !== "section");
    const rows: LedgerRow[] = loose.length
      ? [row(looseTitles[part.role], placeOf(part.role, undefined), loose)]
      : [];
    for (const block of part.children) {
      if (block.type !== "section") continue;
      rows.push(row(titleOf(block), placeOf(part.role, block.role), [block]));
    }
    return rows;
  });
}

/** Returns the title of a section as its author knows it, without citations. */
function titleOf({ title }: Section): string {
  return textOf(title, () => {})
    .replaceAll(APART, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** How blocks that stand in no section are called. */
const looseTitles = {
  "title-page": "Title page",
  "front-matter": "Front matter",
  body: "Body",
} as const satisfies Readonly<Record<Part["role"], string>>;

function placeOf(part: Part["role"], role: SectionRole | undefined): WordPlace {
  switch (role) {
    case undefined:
      return part === "body" ? "chapter" : "front-matter";
    case "abstract":
      return "abstract";
    case "acknowledgments":
    case "copyright":
    case "declaration":
    case "dedication":
    case "embargo":
    case "epigraph":
    case "lay-summary":
    case "list-of-figures":
    case "list-of-tables":
    case "preface":
    case "toc":
      return "front-matter";
    case "abbreviations":
    case "glossary":
      return part === "body" ? "back-matter" : "front-matter";
    case "appendix":
      return "appendices";
    case "colophon":
    case "curriculum-vitae":
    case "index":
      return "back-matter";
    case "bibliography":
      return "references";
  }
}

/** Of which kinds the words of a place are. */
interface PlaceKinds {
  readonly text: WordKind;
  readonly quotation: WordKind;
  readonly heading: WordKind;
  readonly code: WordKind;
  readonly caption: WordKind;
  readonly table: WordKind;
  readonly note: WordKind;
  readonly citation: WordKind;
}

const allOf = (kind: WordKind): PlaceKinds => ({
  text: kind,
  quotation: kind,
  heading: kind,
  code: kind,
  caption: kind,
  table: kind,
  note: kind,
  citation: kind,
});

const apart = { note: "notes", citation: "citations" } as const;

const kindsOf: Readonly<Record<WordPlace, PlaceKinds>> = {
  chapter: {
    text: "body",
    quotation: "quotations",
    heading: "headings",
    code: "code",
    caption: "captions",
    table: "tables",
    ...apart,
  },
  abstract: { ...allOf("abstract"), heading: "front-matter", ...apart },
  "front-matter": { ...allOf("front-matter"), ...apart },
  appendices: { ...allOf("appendices"), ...apart },
  "back-matter": { ...allOf("back-matter"), ...apart },
  references: allOf("references"),
};

function row(title: string, place: WordPlace, blocks: readonly Block[]): LedgerRow {
  const words = noWords();
  countBlocks(blocks, kindsOf[place], words);
  return { title, place, words };
}

/** In a table, and in the notes below it, all is the table's but what is cited and noted. */
const inTableOf = ({ table, note, citation }: PlaceKinds): PlaceKinds => ({
  ...allOf(table),
  note,
  citation,
});

const noWords = () =>
  Object.fromEntries(wordKinds.map((kind) => [kind, 0])) as Record<WordKind, number>;

function countBlocks(
  blocks: readonly Block[],
  kinds: PlaceKinds,
  words: Record<WordKind, number>,
): void {
  for (const block of blocks) {
    switch (block.type) {
      case "section": {
        // A chapter may end with a list of its own.
        const ofSection = block.role === "bibliography" ? kindsOf.references : kinds;
        if (hasHeading(block)) {
          countInlines(block.title, ofSection.heading, ofSection, words);
        }
        countBlocks(block.children, ofSection, words);
        break;
      }
      case "paragraph":
        countInlines(block.children, kinds.text, kinds, words);
        break;
      case "blockquote":
        countBlocks(block.children, { ...kinds, text: kinds.quotation }, words);
        break;
      case "list":
        for (const item of block.items) countBlocks(item, kinds, words);
        break;
      case "codeBlock":
        words[kinds.code] += wordCount(block.value);
        if (block.caption) countInlines(block.caption, kinds.caption, kinds, words);
        break;
      case "entry":
        if (block.label) countInlines(block.label, kinds.text, kinds, words);
        countInlines(block.children, kinds.text, kinds, words);
        break;
      case "figure":
        for (const { inlines = [] } of contentOf(block)) {
          countInlines(inlines, kinds.caption, kinds, words);
        }
        break;
      case "table":
        countInlines(block.caption, kinds.caption, kinds, words);
        for (const { blocks: inTable } of contentOf(block)) {
          if (inTable) countBlocks(inTable, inTableOf(kinds), words);
        }
        break;
      case "definitionList":
      case "division":
        for (const { inlines, blocks: inner } of contentOf(block)) {
          if (inlines) countInlines(inlines, kinds.text, kinds, words);
          else countBlocks(inner, kinds, words);
        }
        break;
      case "equation":
      case "thematicBreak":
      case "contents":
      case "index":
        break;
    }
  }
}

/**
 * Counts the words of a paragraph. Notes and citations part the words beside
 * them, for which of the two they become depends on the style.
 */
function countInlines(
  inlines: readonly Inline[],
  kind: WordKind,
  kinds: PlaceKinds,
  words: Record<WordKind, number>,
): void {
  const text = textOf(inlines, (apart) => {
    if (apart.type === "citation") words[kinds.citation] += wordCount(toText(apart.children));
    else countBlocks(apart.children, { ...allOf(kinds.note), citation: kinds.citation }, words);
  });
  // The ending of a word that is cited behind it or in it, Smith’s, is no word of its own.
  const own = text.includes(APART) ? text.replace(/\uFFFC['’]s(?![\p{L}\p{N}])/gu, " ") : text;
  words[kind] += wordCount(own);
}

/** Stands for a note or a citation in the text around it. */
const APART = "\uFFFC";

/** Returns the text around notes and citations, which are handed out one by one. */
function textOf(inlines: readonly Inline[], visit: (apart: Note | Citation) => void): string {
  let text = "";
  for (const inline of inlines) {
    switch (inline.type) {
      case "text":
      case "inlineCode":
        text += inline.value;
        break;
      case "break":
        text += " ";
        break;
      case "note":
      case "citation":
        visit(inline);
        text += ` ${APART}`;
        break;
      case "emphasis":
      case "strong":
      case "smallCaps":
      case "superscript":
      case "subscript":
      case "link":
      case "foreign":
      case "crossReference":
      case "label":
      case "abbreviation":
        text += textOf(inline.children, visit);
        break;
      case "inlineEquation":
        text += " ";
        break;
      case "indexMark":
        break;
    }
  }
  return text;
}

/** A character of a script without spaces between words, or the first letter or digit of a run and its rest. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}][^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]*/gu;

/**
 * Returns the words of a text as word processors count them: runs of anything but
 * white space, and each Chinese or Japanese character. A hyphen, a dash or an
 * apostrophe joins; punctuation alone is no word; a number grouped with spaces,
 * `10 000`, is one.
 */
export function wordCount(text: string): number {
  const joined = /\d[\u00A0\u2009\u202F]\d/.test(text)
    ? text.replace(/(?<=\d)[\u00A0\u2009\u202F](?=\d{3}(?!\d))/g, "")
    : text;
  let words = 0;
  WORDS.lastIndex = 0;
  while (WORDS.test(joined)) words++;
  return words;
}

/** Returns all words of a row or, with `kinds`, those that count. */
export function rowWords({ place, words }: LedgerRow, kinds?: readonly WordKind[]): number {
  let sum = 0;
  for (const kind of wordKinds) if (!kinds || counts(kind, place, kinds)) sum += words[kind];
  return sum;
}

/** Notes and citations outside of the chapters count only if what they stand in does. */
function counts(kind: WordKind, place: WordPlace, kinds: readonly WordKind[]): boolean {
  if (!kinds.includes(kind)) return false;
  return (kind !== "notes" && kind !== "citations") || place === "chapter" || kinds.includes(place);
}

/** Returns the words of all rows, by kind. */
export function wordTotals(ledger: WordLedger): WordCounts {
  const totals = noWords();
  for (const { words } of ledger) for (const kind of wordKinds) totals[kind] += words[kind];
  return totals;
}

/** Returns the figure of a ledger by a policy. */
export function countedWords(ledger: WordLedger, { kinds }: WordSettings): number {
  return ledger.reduce((sum, row) => sum + rowWords(row, kinds), 0);
}

/** Returns how many words a cited document has by a policy, by default that of `text`. */
export function countWords(
  document: Document,
  settings: WordSettings = defaultWordSettings,
): number {
  return countedWords(wordLedger(document), settings);
}

/**
 * Reports a document that has more words than its limit and the tolerance allow.
 * `count` is asked for the words only if there is a limit.
 */
export function checkWordLimit(
  count: () => number,
  settings: WordSettings,
  style: string,
  report: Report,
): void {
  const { limit, tolerance, policy, kinds, span } = settings;
  if (limit === undefined) return;
  const words = count();
  if (words <= limit + tolerance) return;
  const number = (value: number) => value.toLocaleString("en");
  const counted = policy ? ` by the policy "${policy}"` : ` (${kinds.join(", ")})`;
  const inStyle = isSameInEveryStyle(kinds) ? "" : ` in the style "${style}"`;
  const tolerated = tolerance ? ` with its tolerance of ${number(tolerance)}` : "";
  report({
    code: "words-over-limit",
    message:
      `the work has ${number(words)} words${counted}${inStyle}, ` +
      `${number(words - limit - tolerance)} more than the limit of ${number(limit)}${tolerated}`,
    ...(span && { span }),
    hints: ["reissue count shows in which chapters they are"],
  });
}

/**
 * Reports an abstract that has more words than it may. Its heading, its notes
 * and what a style prints for citations do not count, so that the figure is the
 * same in every style. `span` is the place of the limit, if the manuscript has it.
 */
export function checkAbstract(
  document: Document,
  limit: number,
  span: Span | undefined,
  report: Report,
): void {
  const rows = wordLedger(document).filter(({ place }) => place === "abstract");
  const words = rows.reduce((sum, row) => sum + row.words.abstract, 0);
  if (words <= limit) return;
  const place = span ?? abstractSpan(document);
  const number = (value: number) => value.toLocaleString("en");
  report({
    code: "abstract-over-limit",
    message: `the abstract has ${number(words)} words, ${number(words - limit)} more than the limit of ${number(limit)}`,
    ...(place && { span: place }),
  });
}

function abstractSpan({ parts }: Document): Span | undefined {
  for (const block of parts.flatMap(({ children }) => children)) {
    if (block.type === "section" && block.role === "abstract") return block.children[0]?.span;
  }
  return undefined;
}

/** Returns a number of words as it is printed in a language: `80,000`. */
export function wordFigure(words: number, lang: string): string {
  const format = new Intl.NumberFormat(lang, { numberingSystem: "latn" });
  // Fonts that have a no-break space may lack the narrow one, which French groups with.
  return format.format(words).replaceAll("\u202F", "\u00A0");
}

/**
 * Returns the document with `{{words}}` on the title page, in the front matter
 * and in what the author wrote behind the chapters replaced by a figure, which
 * is written as the language of the work does. `words` is asked for it only there.
 */
export function printWordCount(document: Document, words: () => number): Document {
  const figure = () => wordFigure(words(), document.metadata.lang);
  const print = (inline: Inline): readonly Inline[] =>
    inline.type === "text" && inline.value.includes("{{")
      ? [{ ...inline, value: inline.value.replace(/\{\{\s*words\s*\}\}/g, figure) }]
      : [inline];
  return mapBlocks(document, (blocks, { role }) =>
    blocks.flatMap((block) => {
      const isMatter = block.type === "section" && isWrittenMatter(block.role);
      return role !== "body" || isMatter ? mapInlines([block], print) : [block];
    }),
  );
}
