// Counts the words, notes, citations and entries of a document again in what a
// writer really placed: nothing that the author wrote may be lost on the way.

import { listedCaptions } from "./captions.js";
import type { Diagnostic, Span } from "./diagnostic.js";
import {
  type Block,
  contentOf,
  contentsItems,
  type Document,
  type Equation,
  type Inline,
  type InlineEquation,
  walk,
} from "./document.js";
import { headingStyle } from "./template.js";
import type { Written } from "./written.js";

/** The formats whose outputs are checked. */
export type WrittenFormat = "docx" | "pdf";

/**
 * Compares a finished file with the document it was written from, and returns a
 * `text-lost` for each place where words are missing (at most ten) and for each
 * count of notes, citations, entries, images or formulas that differs.
 *
 * Text is compared as letters, digits and symbols in their order, without white
 * space, punctuation, capitals and ligatures, so that it does not matter where
 * lines were broken, hyphenated or spaced. The running text, the notes, the
 * captions of single images and, since figures and tables may move to the next page
 * of a PDF, those of figures and the tables that have captions are sequences of their
 * own; a line of the file continues one of them. Lines that continue none (heads, page
 * numbers) are passed over. The titles of the contents count once more, and the PDF
 * also draws the number of a note at its mark and before its text. A lost number cannot be told from the same number
 * drawn as the page's at that very place. A formula is no text in either file,
 * so that only the number of formulas can be compared.
 *
 * Takes time in proportion to the length of the text.
 */
export function conserve(
  document: Document,
  written: Written,
  format: WrittenFormat,
): Diagnostic[] {
  const expected = expectedText(document, format);
  const lines = written.text.map(normalize).filter(Boolean);
  const diagnostics: Diagnostic[] = [];
  if (!isWhole(expected, lines)) diagnostics.push(...describeLosses(expected, lines, format));

  const counts = {
    notes: 0,
    citations: 0,
    entries: 0,
    images: 0,
    equations: expected.equations,
  };
  for (const { children } of document.parts) {
    for (const node of walk(children)) {
      if (node.type === "note") counts.notes++;
      if (node.type === "citation") counts.citations++;
      if (node.type === "entry") counts.entries++;
      if (node.type === "figure") counts.images += node.images.length;
    }
  }
  for (const kind of ["notes", "citations", "entries", "images", "equations"] as const) {
    const placed = kind === "citations" ? written.citations.length : written[kind];
    if (placed === counts[kind]) continue;
    diagnostics.push({
      code: "text-lost",
      message: `the ${format.toUpperCase()} has ${placed} of ${counts[kind]} ${kind}`,
      hints: [ourFault],
    });
  }
  return diagnostics;
}

const ourFault = "this is a fault of reissue, not of the manuscript; please report it";

/** One of the sequences of text, with what is needed to name a place in it. */
interface Sequence {
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Where a page number may follow, in order: the ends of the titles in the contents. */
  readonly titleEnds: readonly number[];
}

/** Some text as the document has it, and where its normal form begins in the sequence. */
interface Piece {
  readonly start: number;
  readonly value: string;
  readonly span: Span | undefined;
}

interface Expected {
  /** The running text first. */
  readonly sequences: readonly Sequence[];
  readonly notes: Sequence;
  readonly equations: number;
}

// Letters, their marks, digits and symbols; not the selectors of a symbol's look.
const insignificant = /[^\p{L}\p{M}\p{N}\p{S}]+|[\uFE00-\uFE0F]/gu;

/** Of what normal forms and capitals are more than another letter, or depend on the letters around. */
const CHANGING = 0xffff;

// How common letters are compared, 0 where they are not: nearly all text consists of them and of
// what is between U+2010 and U+201F, hyphens, dashes and quotation marks.
const compared = Uint16Array.from({ length: 256 }, (_, code) => {
  const letter = String.fromCharCode(code);
  const capital = letter.toUpperCase();
  const isCommon = /^[\0-\x7f\xc0-\xff]$/.test(letter) && /^[\0-\xff]$/.test(capital);
  if (!isCommon) return CHANGING;
  return capital.replace(insignificant, "") ? capital.charCodeAt(0) : 0;
});
let room = Buffer.alloc(1024);

/** Returns the letters of a text that are compared; the same for `ﬁ` and `fi`, `ß` and `SS`, `¹²` and `12`. */
export function normalize(text: string): string {
  if (room.length < text.length) room = Buffer.alloc(2 * text.length);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const letter = code < 256 ? compared[code]! : isCommonSign(code) ? 0 : CHANGING;
    if (letter === CHANGING) {
      return text.normalize("NFKC").toUpperCase().replace(insignificant, "");
    }
    if (letter) room[length++] = letter;
  }
  return room.toString("latin1", 0, length);
}

/** Whether it is a hyphen, a dash or a quotation mark that no normal form changes. */
function isCommonSign(code: number): boolean {
  return (
    code === 0x2010 || code === 0x2013 || code === 0x2014 || (code >= 0x2018 && code <= 0x201f)
  );
}

/** Gathers the text that a file must show. */
function expectedText(document: Document, format: WrittenFormat): Expected {
  const body = collector();
  const notes = collector();
  const figures = collector();
  const images = collector();
  const tables = collector();
  let target = body;
  let equations = 0;
  let isInTable = false;

  const within = (other: typeof body, gather: () => void) => {
    const around = target;
    target = other;
    gather();
    target = around;
  };
  const equation = ({ formula, value }: Equation | InlineEquation, span: Span | undefined) => {
    if (formula) equations++;
    else target.add(value, span);
  };
  const inlines = (nodes: readonly Inline[], span: Span | undefined) => {
    for (const node of nodes) inline(node, node.span ?? span);
  };
  const inline = (node: Inline, span: Span | undefined): void => {
    switch (node.type) {
      case "text":
      case "inlineCode":
        target.add(node.value, span);
        break;
      case "break":
        break;
      case "note":
        if (format === "pdf") target.add(String(node.number), span);
        within(notes, () => {
          if (format === "pdf") target.add(String(node.number), span);
          blocks(node.children, span);
        });
        break;
      case "emphasis":
      case "strong":
      case "smallCaps":
      case "superscript":
      case "subscript":
      case "link":
      case "foreign":
      case "citation":
      case "crossReference":
      case "label":
      case "abbreviation":
        inlines(node.children, span);
        break;
      case "inlineEquation":
        equation(node, span);
        break;
      case "indexMark":
        break;
    }
  };
  const blocks = (nodes: readonly Block[], span: Span | undefined) => {
    for (const node of nodes) block(node, node.span ?? span);
  };
  const content = (node: Block, span: Span | undefined) => {
    for (const own of contentOf(node)) {
      if (own.inlines) inlines(own.inlines, span);
      else blocks(own.blocks, span);
    }
  };
  const block = (node: Block, span: Span | undefined): void => {
    switch (node.type) {
      case "section":
        if (headingStyle(node, 1, "body")) {
          // Word counts the numbers of headings itself.
          if (format === "pdf" && node.number !== undefined) target.add(node.number, span);
          inlines(node.title, span);
        }
        blocks(node.children, span);
        break;
      case "paragraph":
        inlines(node.children, span);
        break;
      case "blockquote":
        blocks(node.children, span);
        break;
      case "list":
        for (const item of node.items) blocks(item, span);
        break;
      case "codeBlock":
        if (node.caption) inlines(node.caption, span);
        target.add(node.value, span);
        break;
      case "equation":
        equation(node, span);
        if (node.label) inlines([node.label], span);
        break;
      case "figure": {
        const { caption, source = [] } = node;
        // The caption may stand above the images or below them.
        within(images, () => {
          for (const image of node.images) inlines(image.caption ?? [], image.span ?? span);
        });
        within(format === "pdf" ? figures : target, () => {
          inlines(caption, span);
          inlines(source, span);
        });
        break;
      }
      case "table": {
        const mayMove = format === "pdf" && target === body && !isInTable && node.caption.length;
        const around = isInTable;
        isInTable = true;
        within(mayMove ? tables : target, () => content(node, span));
        isInTable = around;
        break;
      }
      case "definitionList":
      case "division":
      case "index":
        content(node, span);
        break;
      case "thematicBreak":
        break;
      case "contents":
        if (node.of) {
          for (const { caption, block } of listedCaptions(document, node.of)) {
            inlines(withoutNotes(caption), block.span);
            target.endTitle();
          }
          break;
        }
        for (const { section } of contentsItems(document, node.depth)) {
          target.add(section.number ?? "", section.span);
          inlines(withoutNotes(section.title), section.span);
          target.endTitle();
        }
        break;
      case "entry":
        if (node.label) inlines(node.label, span);
        inlines(node.children, span);
        break;
    }
  };
  for (const part of document.parts) blocks(part.children, undefined);
  const ofNotes = notes.finish();
  const sequences = [body.finish(), ofNotes, figures.finish(), images.finish(), tables.finish()];
  return { sequences: sequences.filter(({ text }) => text), notes: ofNotes, equations };
}

/** What the contents show of a title. */
function withoutNotes(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node): Inline[] =>
    node.type === "note"
      ? []
      : "children" in node
        ? [{ ...node, children: withoutNotes(node.children) }]
        : [node],
  );
}

function collector() {
  const texts: string[] = [];
  const pieces: Piece[] = [];
  const titleEnds: number[] = [];
  let length = 0;
  return {
    add(value: string, span: Span | undefined) {
      const text = normalize(value);
      if (!text) return;
      pieces.push({ start: length, value, span });
      texts.push(text);
      length += text.length;
    },
    endTitle: () => void titleEnds.push(length),
    finish: (): Sequence => ({ text: texts.join(""), pieces, titleEnds }),
  };
}

/** How far the sequences have been found, in characters. */
type Place = readonly number[];

// A line such as "12" may be a page number or the text's own; all readings are
// followed, the furthest first. Wrong ones do not get further and drop out.
const MOST_PLACES = 32;

/** Whether the lines, apart from additions, are the sequences to their ends. */
function isWhole({ sequences }: Expected, lines: readonly string[]): boolean {
  let places: Place[] = [sequences.map(() => 0)];
  for (const line of lines) {
    const next: Place[] = [];
    for (const place of places) {
      const before = next.length;
      for (const [index, sequence] of sequences.entries()) {
        for (const end of continuations(sequence, place[index]!, line)) {
          next.push(place.with(index, end));
        }
      }
      if (next.length === before || isPageNumber(line)) next.push(place);
    }
    places = next.length === 1 ? next : furthest(next);
  }
  return places.some((place) => sequences.every(({ text }, index) => place[index] === text.length));
}

function furthest(places: readonly Place[]): Place[] {
  const distinct = new Map<string, Place>();
  for (const place of places) distinct.set(place.join(" "), place);
  const sum = (place: Place) => place.reduce((all, at) => all + at, 0);
  return [...distinct.values()].sort((one, other) => sum(other) - sum(one)).slice(0, MOST_PLACES);
}

const pageNumber = /^(?:\d{1,6}|[IVXLCDM]{1,15})$/;

function isPageNumber(line: string): boolean {
  return pageNumber.test(line);
}

/** Where a sequence may stand after a line, if the line continues it at a place. */
function continuations({ text, titleEnds }: Sequence, at: number, line: string): number[] {
  const ends: number[] = [];
  // A page number that the next title's own number begins with is first taken for the page's.
  const titleEnd = nextTitleEnd(titleEnds, at);
  if (titleEnd !== undefined && titleEnd < at + line.length) {
    const title = line.slice(0, titleEnd - at);
    if (text.startsWith(title, at) && isPageNumber(line.slice(title.length))) ends.push(titleEnd);
  }
  if (text.startsWith(line, at)) ends.push(at + line.length);
  return ends;
}

/** The first end of a title after a place. */
function nextTitleEnd(titleEnds: readonly number[], at: number): number | undefined {
  let low = 0;
  let high = titleEnds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (titleEnds[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return titleEnds[low];
}

/** A stretch of a sequence that no line shows. */
interface Loss {
  readonly sequence: Sequence;
  readonly from: number;
  readonly to: number;
}

const MOST_LOSSES = 10;

/** More lines than a page has. */
const LINES_AHEAD = 80;

/** A sequence, and how far it has been found. */
interface Cursor {
  readonly sequence: Sequence;
  at: number;
}

/** Names what is missing. Only called when something is. */
function describeLosses(
  { sequences, notes }: Expected,
  lines: readonly string[],
  format: WrittenFormat,
): Diagnostic[] {
  const cursors: readonly Cursor[] = sequences.map((sequence) => ({ sequence, at: 0 }));
  const losses: Loss[] = [];
  // Searching ahead is paid from a budget, so that a file of rubbish takes no longer.
  const length = sequences.reduce((sum, { text }) => sum + text.length, 0);
  let budget = 20 * length + 100_000;

  const follows = (line: string): boolean => {
    for (const cursor of cursors) {
      const end = continuations(cursor.sequence, cursor.at, line)[0];
      if (end === undefined) continue;
      cursor.at = end;
      return true;
    }
    return false;
  };
  /** Finds where a sequence goes on with the rest of a line, and how much of it that shows. */
  const resume = (
    { text }: Sequence,
    rest: string,
    from: number,
  ): { to: number; length: number } | undefined => {
    for (const length of [rest.length, 24, 12, 6]) {
      if (length > rest.length || budget <= 0) continue;
      const to = text.indexOf(rest.slice(0, length), from);
      budget -= (to < 0 ? text.length : to) - from;
      // Some letters are found again anywhere, so they must be near.
      if (to >= 0 && (length >= 12 || to - from < 200)) return { to, length };
    }
    return undefined;
  };
  /** Whether a number is the text's own: then what comes next goes on behind it. */
  const ownNumber = ({ sequence: { text }, at }: Cursor, index: number): boolean => {
    const number = lines[index]!;
    if (!text.startsWith(number, at)) return false;
    for (const line of lines.slice(index + 1, index + LINES_AHEAD)) {
      const next = line.slice(0, 12);
      if (isPageNumber(next)) continue;
      if (text.startsWith(next, at + number.length)) return true;
      if (text.startsWith(next, at)) return false;
    }
    return at + number.length === text.length;
  };
  /** Whether what is left of a line is the page number behind a title. */
  const endsTitle = (rest: string): boolean =>
    isPageNumber(rest) &&
    cursors.some(({ sequence, at }) => nextTitleEnd(sequence.titleEnds, at - 1) === at);
  const findLosses = (line: string, index: number): void => {
    if (isPageNumber(line)) {
      const cursor = cursors.find((cursor) => ownNumber(cursor, index));
      if (cursor) cursor.at += line.length;
      return;
    }
    let rest = line;
    while (!follows(rest) && !endsTitle(rest) && losses.length < MOST_LOSSES) {
      let best: { cursor: Cursor; shown: number; to: number; evidence: number } | undefined;
      for (const cursor of cursors) {
        const shown = commonPrefix(rest, cursor.sequence.text, cursor.at);
        const found = resume(cursor.sequence, rest.slice(shown), cursor.at + shown);
        if (!found) continue;
        const evidence = shown + found.length;
        if (!best || evidence > best.evidence) best = { cursor, shown, to: found.to, evidence };
      }
      if (!best) return;
      const { cursor, shown, to } = best;
      const from = cursor.at + shown;
      if (to > from) losses.push({ sequence: cursor.sequence, from, to });
      cursor.at = to;
      rest = rest.slice(shown);
      // The beginning alone was shown: there is nothing to go on with.
      if (!rest) return;
    }
  };
  for (const [index, line] of lines.entries()) findLosses(line, index);
  for (const { sequence, at } of cursors) {
    if (at < sequence.text.length && losses.length < MOST_LOSSES) {
      losses.push({ sequence, from: at, to: sequence.text.length });
    }
  }
  const [body] = sequences;
  if (losses.length === 0 && body) {
    losses.push({ sequence: body, from: 0, to: body.text.length });
  }
  return losses.map((loss) => describeLoss(loss, loss.sequence === notes, format));
}

/** How many letters of a line a text has at a place. */
function commonPrefix(line: string, text: string, at: number): number {
  let length = 0;
  while (length < line.length && line[length] === text[at + length]) length++;
  return length;
}

const WORDS_SHOWN = 8;
const WORDS_BEFORE = 4;

function describeLoss(
  { sequence: { pieces }, from, to }: Loss,
  inNotes: boolean,
  format: WrittenFormat,
): Diagnostic {
  const before: string[] = [];
  const lost: string[] = [];
  let count = 0;
  let span: Span | undefined;
  for (let index = Math.max(0, pieceAt(pieces, from) - 4); index < pieces.length; index++) {
    const piece = pieces[index]!;
    let at = piece.start;
    if (at >= Math.max(to, from + 1)) break;
    for (const { 0: word } of piece.value.matchAll(/\S+/g)) {
      const end = at + normalize(word).length;
      if (end <= from) before.push(word);
      else if (at < Math.max(to, from + 1) && end > at) {
        span ??= piece.span;
        if (++count <= WORDS_SHOWN) lost.push(word);
      }
      at = end;
    }
  }
  const words = lost.join(" ") + (count > WORDS_SHOWN ? " …" : "");
  const after = before.length ? ` after "${before.slice(-WORDS_BEFORE).join(" ")}"` : "";
  return {
    code: "text-lost",
    message:
      `the ${format.toUpperCase()} lacks ${count === 1 ? "a word" : `${count} words`} of the ` +
      `${inNotes ? "notes" : "text"}: "${words}"${after}`,
    ...(span && { span }),
    hints: [ourFault],
  };
}

/** The index of the piece in which a place lies. */
function pieceAt(pieces: readonly Piece[], at: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.start > at) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}
