// Quotations in the text or as blocks: which of the two a style asks for by their
// length, what is on the wrong side of it, and how it is moved to the right one.

import type { Report, Span } from "./diagnostic.js";
import {
  type Block,
  type Blockquote,
  type Citation,
  type Document,
  type Inline,
  mapBlocks,
  mapInlines,
  type Note,
  type Paragraph,
} from "./document.js";
import { quotationMarks } from "./quotation-marks.js";
import { FEWEST_QUOTED_WORDS, findQuotations } from "./quotations.js";
import type { Style } from "./style.js";
import type { Template } from "./template.js";

/** From which length on quotations are blocks, and what else decides how they are set. */
export interface QuotationSetting {
  readonly rule: NonNullable<Style["quotations"]>;
  /** The style as diagnostics call it. */
  readonly title: string;
  readonly class: Style["csl"]["class"];
  /** How many characters a line of the body holds, about. */
  readonly lineLength: number;
}

/** How wide a letter of running text is on average, in ems: that of Times, with its spaces. */
const LETTER = 0.41;

/** Returns what a style asks of quotations, or undefined if it gives no length. */
export function quotationSetting(style: Style, template: Template): QuotationSetting | undefined {
  const { quotations: rule, title, csl } = style;
  if (!rule) return undefined;
  const { width, margins, gutter } = template.page;
  const measure = width - margins.left - margins.right - gutter;
  const lineLength = measure / (template.styles.body.size * LETTER);
  return { rule, title, class: csl.class, lineLength };
}

/** What is read of a quotation: its words, without sources and notes. */
interface Length {
  readonly words: number;
  readonly lines: number;
}

function lengthOf(text: string, { lineLength }: QuotationSetting): Length {
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return { words, lines: text.replace(/\s+/g, " ").trim().length / lineLength };
}

/**
 * Returns where a quotation belongs. Lines are known when pages are made, so that
 * one within half a line of the length may stand in either place.
 */
function placeOf(
  { words, lines }: Length,
  { rule }: QuotationSetting,
): "block" | "text" | "either" {
  const { blockFrom } = rule;
  if ("words" in blockFrom) return words >= blockFrom.words ? "block" : "text";
  const limit = blockFrom.lines - 1;
  if (lines > limit + 0.5) return "block";
  return lines < limit - 0.5 ? "text" : "either";
}

/** Returns the words of some inlines that are quoted: no sources, no notes. */
function quotedText(inlines: readonly Inline[]): string {
  return inlines
    .map((node) => {
      if (node.type === "citation" || node.type === "note" || node.type === "indexMark") return "";
      if (node.type === "break") return " ";
      return "value" in node ? node.value : quotedText(node.children);
    })
    .join("");
}

/** The inlines of a block quotation of one paragraph; others are blocks whatever their length. */
function onlyParagraph({ kind, children }: Blockquote): Paragraph | undefined {
  const [only, ...others] = children;
  return !kind && only?.type === "paragraph" && !others.length ? only : undefined;
}

/** The lines of a poem that are nothing but lines. */
function linesOfVerse({ kind, children }: Blockquote): readonly Paragraph[] | undefined {
  if (kind !== "verse") return undefined;
  const lines = children.filter((block) => block.type === "paragraph");
  return lines.length === children.length ? lines : undefined;
}

// ---- what is on the wrong side ------------------------------------------------

/**
 * Reports block quotations that are shorter than a style's blocks, and quotations
 * in the text that are longer. Epigraphs, notes, and blocks of several paragraphs
 * are passed over.
 */
export function lintQuotationLengths(
  { parts }: Document,
  setting: QuotationSetting,
  report: Report,
): void {
  const { title, rule } = setting;
  const { blockFrom, verseFrom } = rule;
  const limit = "words" in blockFrom ? `${blockFrom.words} words` : `${blockFrom.lines} lines`;
  const tell = (message: string, span: Span | undefined) =>
    report({
      code: "quotation-length",
      message,
      ...(span && { span }),
      hints: ['write "quotations: as-style" in the manuscript to set them so, or "as-written"'],
    });
  const visit = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.type === "section" || block.type === "division") {
        if (!("role" in block) || !isDisplay(block.role)) visit(block.children);
      }
      if (block.type !== "blockquote") continue;
      const paragraph = onlyParagraph(block);
      const lines = linesOfVerse(block);
      if (lines && verseFrom !== undefined && lines.length < verseFrom) {
        tell(
          `these lines of verse are a block; ${title} runs fewer than ${verseFrom} lines into the text`,
          block.span,
        );
      }
      if (!paragraph) continue;
      const length = lengthOf(quotedText(paragraph.children), setting);
      if (placeOf(length, setting) !== "text") continue;
      tell(
        `this block quotation has ${shown(length, setting)}; ${title} runs fewer than ${limit} into the text`,
        block.span,
      );
    }
  };
  for (const { children } of parts) {
    visit(children);
    const withoutNotes = mapInlines(children, (node) => (node.type === "note" ? [] : [node]));
    for (const { kind, pieces, span } of findQuotations(withoutNotes)) {
      if (kind === "block") continue;
      const text = pieces.join(" ").trim();
      const length = lengthOf(text, setting);
      if (placeOf(length, setting) !== "block") continue;
      const start = text.split(/\s+/).slice(0, 5).join(" ");
      tell(
        `the quotation "${start} …" has ${shown(length, setting)}; ${title} sets ${limit} or more off as a block`,
        span,
      );
    }
  }
}

const isDisplay = (role: string | undefined): boolean =>
  role === "epigraph" || role === "dedication";

function shown({ words, lines }: Length, { rule }: QuotationSetting): string {
  if ("words" in rule.blockFrom) return words === 1 ? "1 word" : `${words} words`;
  const count = Math.max(1, Math.round(lines));
  return count === 1 ? "about 1 line" : `about ${count} lines`;
}

// ---- setting them as the style asks -------------------------------------------

/**
 * Returns the document with its quotations where a style has them. A short block
 * joins the paragraph before it, in quotation marks; a long quotation in the text
 * becomes a block without them, when its sentence ends with it. Marks within
 * change between double and single. What cannot be moved stays as it is.
 */
export function setQuotations(document: Document, setting: QuotationSetting): Document {
  const { lang } = document.metadata;
  return mapBlocks(document, (blocks) => setBlocks(blocks, lang, setting));
}

function setBlocks(blocks: readonly Block[], lang: string, setting: QuotationSetting): Block[] {
  const set: Block[] = [];
  for (const block of blocks) {
    if (block.type === "section" || block.type === "division") {
      const children =
        "role" in block && isDisplay(block.role)
          ? block.children
          : setBlocks(block.children, block.lang ?? lang, setting);
      set.push({ ...block, children });
    } else if (block.type === "blockquote") {
      const words = runIn(block, lang, setting);
      const before = set.at(-1);
      if (!words) set.push(block);
      else if (before?.type === "paragraph" && !before.style) {
        const space = { type: "text", value: " " } as const;
        set[set.length - 1] = { ...before, children: [...before.children, space, ...words] };
      } else {
        set.push({ type: "paragraph", children: words, ...(block.span && { span: block.span }) });
      }
    } else if (block.type === "paragraph" && !block.style) {
      set.push(...setOff(block, lang, setting));
    } else set.push(block);
  }
  return set;
}

/** Returns a block quotation as part of a sentence, or undefined if it is to stay a block. */
function runIn(
  block: Blockquote,
  lang: string,
  setting: QuotationSetting,
): readonly Inline[] | undefined {
  const { verseFrom } = setting.rule;
  const lines = linesOfVerse(block);
  const paragraph = onlyParagraph(block);
  if (lines) {
    if (verseFrom === undefined || lines.length >= verseFrom) return undefined;
    return inMarks(joinLines(lines), lang, setting);
  }
  if (!paragraph) return undefined;
  const length = lengthOf(quotedText(paragraph.children), setting);
  return placeOf(length, setting) === "text"
    ? inMarks(paragraph.children, lang, setting)
    : undefined;
}

/** Lines of verse in running text are divided by a slash, stanzas by two. */
const joinLines = (lines: readonly Paragraph[]): readonly Inline[] =>
  lines.flatMap(({ children, before = 0 }, index): readonly Inline[] =>
    index ? [{ type: "text", value: before > 0 ? " // " : " / " }, ...children] : children,
  );

/** Puts a quotation into marks; its stop goes behind its source. */
function inMarks(
  inlines: readonly Inline[],
  lang: string,
  setting: QuotationSetting,
): readonly Inline[] {
  const { words, source } = withoutSource(inlines);
  const [open, close] = quotationMarks(lang).double;
  const last = words.at(-1);
  const [stop = ""] = last?.type === "text" ? (/[.,;:]$/.exec(last.value) ?? []) : [];
  const isAsked = last?.type === "text" && /[!?…]$/.test(last.value);
  const kept = source.length && stop && last?.type === "text" ? withoutEnd(words, 1) : words;
  const ends = source.length && !(isAsked && setting.class === "note") ? "." : "";
  return [
    { type: "text", value: open },
    ...changeMarks(kept, lang, "inner"),
    { type: "text", value: close },
    ...(source.length ? [{ type: "text", value: " " } as const, ...source] : []),
    ...(ends ? [{ type: "text", value: ends } as const] : []),
  ];
}

type Source = Citation | Note;

const isSource = (node: Inline | undefined): node is Source =>
  node?.type === "citation" || node?.type === "note";

/** Parts a quotation from the source at its end, and from the full stop behind that. */
function withoutSource(inlines: readonly Inline[]): {
  readonly words: readonly Inline[];
  readonly source: readonly Source[];
} {
  let words = inlines;
  const source: Source[] = [];
  const last = words.at(-1);
  if (last?.type === "text" && /^\s*\.?\s*$/.test(last.value) && isSource(words.at(-2))) {
    words = words.slice(0, -1);
  }
  for (let node = words.at(-1); isSource(node); node = words.at(-1)) {
    source.unshift(node);
    words = trimmed(words.slice(0, -1));
  }
  return { words: trimmed(words), source };
}

/** Returns a paragraph with each long quotation in it as a block between its parts. */
function setOff(paragraph: Paragraph, lang: string, setting: QuotationSetting): Block[] {
  const { children, span } = paragraph;
  const flat = flatten(children);
  for (const { open, close, isDouble } of marksIn(flat, lang)) {
    const quoted = trimmed(slice(children, open + 1, close));
    const text = quotedText(quoted);
    if (placeOf(lengthOf(text, setting), setting) !== "block") continue;
    const behind = /^[.,;:]?/.exec(flat.slice(close + 1))![0];
    let at = close + 1 + behind.length;
    const gap = /^\s*/.exec(flat.slice(at))![0].length;
    const source = nodeAt(children, at + gap);
    if (isSource(source)) at += gap + 1;
    const second = isSource(source) ? /^[.,;:]?/.exec(flat.slice(at))![0] : "";
    at += second.length;
    const rest = flat.slice(at).trim();
    const isWhole = /[.!?…]$/.test(text.trim()) || behind === "." || second === "." || !rest;
    if (!isWhole || /[,;:]/.test(behind + second) || /^\p{Ll}/u.test(rest)) continue;
    const before = trimmed(slice(children, 0, open));
    const words = isDouble ? changeMarks(quoted, lang, "outer") : quoted;
    const stop = /[.!?…]$/.test(text.trim()) ? "" : ".";
    const block: Blockquote = {
      type: "blockquote",
      children: [
        {
          type: "paragraph",
          children: [
            ...words,
            ...(stop ? [{ type: "text", value: stop } as const] : []),
            ...(isSource(source) ? [{ type: "text", value: " " } as const, source] : []),
          ],
        },
      ],
      ...(span && { span }),
    };
    const after = trimmed(slice(children, at, flat.length));
    return [
      ...(before.length ? [{ ...paragraph, children: before }] : []),
      block,
      ...(after.length
        ? setOff({ type: "paragraph", children: after, ...(span && { span }) }, lang, setting)
        : []),
    ];
  }
  return [paragraph];
}

// ---- inlines as a row of characters -------------------------------------------

/** Stands for an inline that is no text. */
const OTHER = "\uFFFC";

const flatten = (inlines: readonly Inline[]): string =>
  inlines
    .map((node) => (node.type === "text" ? node.value.replaceAll(OTHER, " ") : OTHER))
    .join("");

/** Returns the inlines between two places of their row. */
function slice(inlines: readonly Inline[], from: number, to: number): Inline[] {
  let at = 0;
  return inlines.flatMap((node): Inline[] => {
    const start = at;
    at += node.type === "text" ? node.value.length : 1;
    if (at <= from || start >= to) return [];
    if (node.type !== "text") return [node];
    return [{ ...node, value: node.value.slice(Math.max(0, from - start), to - start) }];
  });
}

function nodeAt(inlines: readonly Inline[], place: number): Inline | undefined {
  return slice(inlines, place, place + 1)[0];
}

/** Returns inlines without white space at their ends. */
function trimmed(inlines: readonly Inline[]): readonly Inline[] {
  const flat = flatten(inlines);
  const start = flat.length - flat.trimStart().length;
  return slice(inlines, start, Math.max(start, flat.trimEnd().length));
}

const withoutEnd = (inlines: readonly Inline[], count: number): readonly Inline[] =>
  slice(inlines, 0, flatten(inlines).length - count);

interface MarkedPassage {
  readonly open: number;
  readonly close: number;
  /** Whether its marks are the language's first ones, so that those within are its second. */
  readonly isDouble: boolean;
}

/** An apostrophe is no closing mark: a letter follows it. */
const single = /(?<![\p{L}\p{N}])‘((?:[^‘’]|’(?=[\p{L}\p{N}]))*)’(?![\p{L}\p{N}])/gu;

/** Returns the passages in quotation marks that have the words of a quotation, in order. */
function marksIn(flat: string, lang: string): MarkedPassage[] {
  const [open, close] = quotationMarks(lang).double.map((mark) => mark.trim()) as [string, string];
  const double = new RegExp(`${open}([^${open}${close}]*)${close}`, "gu");
  const found = [...flat.matchAll(double)].map((match) => ({ match, isDouble: true }));
  const others = [...flat.matchAll(single)]
    .filter(({ index }) => !found.some(({ match }) => overlaps(match, index)))
    .map((match) => ({ match, isDouble: false }));
  return [...found, ...others]
    .filter(({ match }) => match[1]!.split(/\s+/).length >= FEWEST_QUOTED_WORDS)
    .map(({ match, isDouble }) => ({
      open: match.index,
      close: match.index + match[0].length - 1,
      isDouble,
    }))
    .sort((one, other) => one.open - other.open);
}

const overlaps = (match: RegExpExecArray, at: number): boolean =>
  at >= match.index && at < match.index + match[0].length;

/**
 * Returns words whose quotation marks are those within a quotation (`inner`), or
 * those of a quotation that stands for itself (`outer`); apostrophes stay.
 */
function changeMarks(
  inlines: readonly Inline[],
  lang: string,
  to: "inner" | "outer",
): readonly Inline[] {
  const marks = quotationMarks(lang);
  const [from, wanted] =
    to === "inner" ? [marks.double, marks.single] : [marks.single, marks.double];
  let depth = 0;
  const letter = (character: string, next: string): string => {
    if (character === from[0].trim() && (from[0] !== from[1] || depth === 0)) {
      depth++;
      return wanted[0].trim();
    }
    if (character !== from[1].trim() || depth === 0) return character;
    if (/[\p{L}\p{N}]/u.test(next)) return character;
    depth--;
    return wanted[1].trim();
  };
  const change = (nodes: readonly Inline[]): readonly Inline[] =>
    nodes.map((node): Inline => {
      if (node.type === "text") {
        const letters = [...node.value];
        const value = letters.map((one, at) => letter(one, letters[at + 1] ?? "")).join("");
        return { ...node, value };
      }
      const isAround = "children" in node && node.type !== "note" && !isPrinted(node);
      return isAround ? { ...node, children: change(node.children) } : node;
    });
  return change(inlines);
}

/** Whether what a node prints is not the author's words. */
const isPrinted = ({ type }: Inline): boolean =>
  type === "citation" || type === "crossReference" || type === "label";
