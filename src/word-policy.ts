// What graduate offices count as the words of a dissertation: the kinds of words
// that a work has, and the policies that add some of them up.

import type { Span } from "./diagnostic.js";

/**
 * The kinds of words, in the order in which a ledger lists them; each word is of
 * one kind. All down to `tables` are those of the chapters, but for `notes` and
 * `citations`, which are counted apart wherever they stand. Formulas, the
 * contents and the index have no words.
 *
 * - `body`: running text and lists
 * - `quotations`: quotations that are set off as blocks
 * - `headings`: the titles of chapters and of their sections
 * - `notes`: what notes say beside their citations
 * - `citations`: what the style prints for a citation, in the text or in a note
 * - `code`: blocks of code
 * - `captions`: captions of figures, tables and code, with their numbers, and the
 *   sources of figures
 * - `tables`: the cells of tables and what stands below them
 * - `abstract`: the text of the abstract
 * - `front-matter`: title page, dedication, acknowledgements and all headings
 *   before the chapters
 * - `appendices`: all of the appendices, their headings, captions and tables too
 * - `back-matter`: what else follows the chapters, but for the list of references
 * - `references`: lists of references with their headings and annotations
 */
export const wordKinds = [
  "body",
  "quotations",
  "headings",
  "notes",
  "citations",
  "code",
  "captions",
  "tables",
  "abstract",
  "front-matter",
  "appendices",
  "back-matter",
  "references",
] as const;

export type WordKind = (typeof wordKinds)[number];

/** The policies that have a name, and the kinds of words that each counts. */
export const wordPolicies = {
  /** What the author wrote in the chapters, without notes: the same in every style. */
  text: ["body", "quotations", "headings"],
  /** The same with what the notes say beside their citations: the same in every style. */
  "text-and-notes": ["body", "quotations", "headings", "notes"],
  /** The text of the chapters with all that is printed in notes and parentheses: differs by style. */
  "text-notes-and-citations": ["body", "quotations", "headings", "notes", "citations"],
  /** The same with code, captions and tables: all that the chapters print. */
  chapters: ["body", "quotations", "headings", "notes", "citations", "code", "captions", "tables"],
  /** The whole work but for its list of references: differs by style. */
  "all-but-references": wordKinds.filter((kind) => kind !== "references"),
  /** Every word that is printed, but for the contents, which repeat headings: differs by style. */
  all: wordKinds,
} as const satisfies Readonly<Record<string, readonly WordKind[]>>;

export type WordPolicyName = keyof typeof wordPolicies;

/** What a manuscript asks of the count of its words. */
export interface WordSettings {
  /** The name of the policy; absent where the manuscript lists the kinds itself. */
  readonly policy?: WordPolicyName;
  /** The kinds of words that count. */
  readonly kinds: readonly WordKind[];
  /** The most words that the work may have. */
  readonly limit?: number;
  /** How many words above the limit are let pass; a share of it is rounded down. */
  readonly tolerance: number;
  /** The place of the limit. */
  readonly span?: Span;
}

/** How a work is counted whose manuscript does not say it. */
export const defaultWordSettings: WordSettings = {
  policy: "text",
  kinds: wordPolicies.text,
  tolerance: 0,
};

/** Whether words of such kinds are the same number in every style. */
export function isSameInEveryStyle(kinds: readonly WordKind[]): boolean {
  return !kinds.includes("citations") && !kinds.includes("references");
}

/** Stands for the figure of the policy on the title page and in the front matter. */
export const WORDS_FIELD = "{{words}}";
