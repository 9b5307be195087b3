// Finds the words of others: block quotations, and passages in quotation marks.
// Short ones are as often scare quotes or titles, and are passed over.

import type { Span } from "./diagnostic.js";
import { type Block, type Citation, contentOf, type Inline, type Note } from "./document.js";

/** A quotation as it stands in the text. */
export interface Quotation {
  readonly kind: "block" | "marks";
  /** Its words, in pieces where a citation or the mark of a note comes between. */
  readonly pieces: readonly string[];
  /** The citation that stands directly behind it, or in the note that does. */
  readonly citation?: Citation;
  readonly span?: Span;
}

/** Words that a passage in quotation marks must have to count as a quotation. */
export const FEWEST_QUOTED_WORDS = 5;

/** Returns the quotations in some blocks and their notes, in the order of reading. */
export function findQuotations(blocks: readonly Block[]): Quotation[] {
  return blocks.flatMap(inBlock);
}

function inBlock(block: Block): Quotation[] {
  if (block.type === "entry" || block.type === "index") return [];
  if (block.type === "section") return findQuotations(block.children);
  if (block.type === "blockquote") {
    return [blockQuotation(block.children, block.span), ...notesIn(block.children)];
  }
  return contentOf(block).flatMap(({ inlines, blocks }) =>
    inlines ? inParagraph(inlines) : findQuotations(blocks),
  );
}

function blockQuotation(blocks: readonly Block[], span: Span | undefined): Quotation {
  const flat = blocks.flatMap((block) => {
    const text = flatten(inlinesOf(block));
    return [text.letters, ...text.marks.map((mark) => mark)];
  });
  const paragraphs = flat.filter((one): one is string => typeof one === "string");
  const last = flat.at(-1);
  const pieces = paragraphs.flatMap((letters) => letters.split(MARK)).filter(hasWords);
  const endsCited = /\uFFFC[\s.)\]]*$/.test(paragraphs.join("\n"));
  const citation = endsCited && typeof last === "object" ? citationOf(last) : undefined;
  return { kind: "block", pieces, ...(citation && { citation }), ...(span && { span }) };
}

function inlinesOf(block: Block): readonly Inline[] {
  return contentOf(block).flatMap(({ inlines, blocks }) => inlines ?? blocks.flatMap(inlinesOf));
}

/** Quotations in the notes of a block quotation; its own marks are quotations in quotations. */
function notesIn(blocks: readonly Block[]): Quotation[] {
  return blocks.flatMap((block) =>
    flatten(inlinesOf(block)).marks.flatMap((mark) =>
      mark.type === "note" ? findQuotations(mark.children) : [],
    ),
  );
}

/** The pairs of marks that are quotations in some language of CLDR's, double ones first. */
const pairs: readonly RegExp[] = [
  /“([^“”]*)”/g,
  /„([^„“”]*)[“”]/g,
  /«([^«»]*)»/g,
  // An apostrophe is no closing mark: a letter follows it.
  /(?<![\p{L}\p{N}])‘((?:[^‘’]|’(?=[\p{L}\p{N}]))*)’(?![\p{L}\p{N}])/gu,
  /‚([^‚‘’]*)[‘’]/g,
  /"([^"]*)"/g,
];

function inParagraph(inlines: readonly Inline[]): Quotation[] {
  const { letters, marks, spans } = flatten(inlines);
  const found: { start: number; end: number; quotation: Quotation }[] = [];
  for (const pattern of pairs) {
    for (const match of letters.matchAll(pattern)) {
      const words = match[1]!;
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      if (wordCount(words) < FEWEST_QUOTED_WORDS) continue;
      const behind = /^[.,;:!?…]*\s*\uFFFC/.test(letters.slice(end));
      const mark = behind ? marks[countMarks(letters.slice(0, end))] : undefined;
      const citation = mark && citationOf(mark);
      const span = spans.findLast(({ at }) => at <= start)?.span;
      const pieces = words.split(MARK).filter(hasWords);
      found.push({
        start,
        end,
        quotation: { kind: "marks", pieces, ...(citation && { citation }), ...(span && { span }) },
      });
    }
  }
  found.sort((one, other) => one.start - other.start);
  const inNotes = marks.flatMap((mark) =>
    mark.type === "note" ? findQuotations(mark.children) : [],
  );
  return [...found.map(({ quotation }) => quotation), ...inNotes];
}

/** Stands for a citation or the mark of a note. */
const MARK = "\uFFFC";

interface Flat {
  readonly letters: string;
  readonly marks: readonly (Citation | Note)[];
  /** Where the inlines that have places begin in the letters. */
  readonly spans: readonly { readonly at: number; readonly span: Span }[];
}

function flatten(inlines: readonly Inline[]): Flat {
  let letters = "";
  const marks: (Citation | Note)[] = [];
  const spans: { at: number; span: Span }[] = [];
  const visit = (nodes: readonly Inline[]): void => {
    for (const node of nodes) {
      if (node.span) spans.push({ at: letters.length, span: node.span });
      if (node.type === "citation" || node.type === "note") {
        letters += MARK;
        marks.push(node);
      } else if ("value" in node) letters += node.value.replaceAll(MARK, " ");
      else if (node.type === "break") letters += " ";
      else if ("children" in node) visit(node.children);
    }
  };
  visit(inlines);
  return { letters, marks, spans };
}

const countMarks = (letters: string): number => letters.split(MARK).length - 1;

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const wordCount = (text: string): number => text.split(/[\s\uFFFC]+/).filter(hasWords).length;

/** The citation itself, or the first in a note. */
function citationOf(mark: Citation | Note): Citation | undefined {
  if (mark.type === "citation") return mark;
  const flat = mark.children.flatMap((block) => flatten(inlinesOf(block)).marks);
  return flat.find((inner): inner is Citation => inner.type === "citation");
}
