// Puts citations and note marks where a copy editor would: into notes behind the
// punctuation, or into parentheses before it. Only punctuation and spaces move;
// the words of the text stay as they are. The rules come from the Chicago Manual
// of Style, 17th edition (CMOS), and the Publication Manual of the APA, 7th (APA).

import {
  type Block,
  type Citation,
  type CitationItem,
  type Inline,
  mapContent,
  type Note,
  type NoteLabel,
  type Paragraph,
  type Text,
} from "../document.js";

/** What decides where citations and note marks stand. */
export interface Placement {
  /** `note`: citations become notes; `in-text`: notes that only cite become parentheses. */
  readonly class: "note" | "in-text";
  /** Full stops and commas go inside a closing quotation mark (American usage). */
  readonly punctuationInQuote: boolean;
  /** A BCP 47 tag: some languages put the mark before the punctuation. */
  readonly locale?: string;
  /** In-text citations are raised figures: `text.¹` */
  readonly superscript?: boolean;
}

/**
 * Returns the blocks with their citations and note marks in place.
 *
 * In note styles each citation in running text becomes a note, number 0, behind
 * the punctuation (CMOS 14.26); of one whose author is named in the sentence,
 * the author stays and the note follows the name, as in Pandoc. In other styles
 * a note that does nothing but cite becomes a parenthesis before the punctuation
 * (APA 8.11, CMOS 15.25), after a block quotation's (CMOS 13.70, APA 8.27).
 * Marks that would meet become one (CMOS 14.28). Citations within a note that
 * says more than its source stay there.
 */
export function placeCitations(blocks: readonly Block[], placement: Placement): Block[] {
  return blocks.map((block) => placeBlock(block, placement));
}

function placeBlock(block: Block, placement: Placement): Block {
  const inlines = (children: readonly Inline[]) => placeInlines(children, { ...placement });
  if (block.type === "entry") return block;
  return mapContent(block, {
    inlines,
    blocks: (blocks) =>
      block.type === "blockquote"
        ? placeInQuotation(blocks, placement)
        : placeCitations(blocks, placement),
  });
}

/** The source at the end of a block quotation stands behind its final stop. */
function placeInQuotation(blocks: readonly Block[], placement: Placement): Block[] {
  const joined = joinSource(blocks);
  const last = joined.at(-1);
  if (last?.type !== "paragraph") return placeCitations(joined, placement);
  return [
    ...placeCitations(joined.slice(0, -1), placement),
    { ...last, children: placeInlines(last.children, { ...placement, endsQuotation: true }) },
  ];
}

/** A source in a paragraph of its own belongs to the words that it is the source of. */
function joinSource(blocks: readonly Block[]): readonly Block[] {
  const [words, source] = blocks.slice(-2);
  if (words?.type !== "paragraph" || source?.type !== "paragraph") return blocks;
  if (!onlyCites(source.children)) return blocks;
  const children = [...words.children, { type: "text" as const, value: " " }, ...source.children];
  return [...blocks.slice(0, -2), { ...words, children }];
}

interface InlinePlacement extends Placement {
  readonly endsQuotation?: boolean;
  readonly inNote?: boolean;
}

/** Inlines laid out flat, so that punctuation can be moved across emphasis and quotation marks. */
type Token =
  | { readonly kind: "text"; value: string; readonly node: Text | undefined }
  | { readonly kind: "open" | "close"; readonly node: Container }
  | { readonly kind: "atom"; readonly node: Inline }
  | Mark;

/** Something that will be printed as a note mark or a parenthesis. */
interface Mark {
  readonly kind: "mark";
  /** What it cites; and the notes that say more than their source. */
  readonly citations: readonly Citation[];
  readonly notes: readonly Note[];
  /** Those of notes that do nothing but cite. */
  readonly labels: readonly NoteLabel[];
}

type Container = Extract<Inline, { children: readonly Inline[] }>;

function placeInlines(inlines: readonly Inline[], placement: InlinePlacement): Inline[] {
  const tokens = flatten(inlines, placement);
  if (!tokens.some(({ kind }) => kind === "mark" || kind === "atom")) return [...inlines];
  markClosingQuotes(tokens);
  separatePossessives(tokens, placement);
  if (placement.class === "in-text") joinNarratives(tokens);
  joinMarks(tokens);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind !== "mark") continue;
    dropBrackets(tokens, at);
    if (placement.class === "note") {
      at = placeMark(tokens, at, placement);
      while (absorb(tokens, at)) at = placeMark(tokens, at, placement);
      at = joinBefore(tokens, at);
    } else {
      at = placeInText(tokens, at, placement);
    }
  }
  return rebuild(tokens, placement);
}

// ---- laying out flat and building up again ----------------------------------

function flatten(inlines: readonly Inline[], placement: InlinePlacement): Token[] {
  return inlines.flatMap((inline) => flattenOne(inline, placement));
}

function flattenOne(node: Inline, placement: InlinePlacement): Token[] {
  switch (node.type) {
    case "text":
      return [{ kind: "text", value: node.value, node }];
    case "emphasis":
    case "strong":
    case "smallCaps":
    case "superscript":
    case "subscript":
    case "foreign":
    case "link":
      return [
        { kind: "open", node },
        ...flatten(node.children, placement),
        { kind: "close", node },
      ];
    case "inlineCode":
    case "inlineEquation":
    case "break":
    case "crossReference":
    case "label":
    case "abbreviation":
    case "indexMark":
      return [{ kind: "atom", node }];
    case "note":
      return [noteMark(node, placement)];
    case "citation":
      return citationTokens(node, placement);
  }
}

function noteMark(note: Note, placement: InlinePlacement): Mark {
  const [only] = note.children;
  if (note.children.length === 1 && only?.type === "paragraph" && onlyCites(only.children)) {
    const citations = citationsOf(only.children).map((citation) =>
      citation.mode === "narrative" ? { ...citation, mode: "parenthetical" as const } : citation,
    );
    return { kind: "mark", citations, notes: [], labels: note.labels ?? [] };
  }
  const children = note.children.map((block) => placeInNote(block, placement));
  return { kind: "mark", citations: [], notes: [{ ...note, children }], labels: [] };
}

/** In note styles the citations of a note stay as they were written. */
function placeInNote(block: Block, placement: InlinePlacement): Block {
  if (placement.class === "note") return block;
  if (block.type !== "paragraph") return placeBlock(block, placement);
  return { ...block, children: placeInlines(block.children, { ...placement, inNote: true }) };
}

function citationTokens(citation: Citation, placement: InlinePlacement): Token[] {
  switch (citation.mode) {
    case "parenthetical":
    case "rest":
      return [{ kind: "mark", citations: [citation], notes: [], labels: [] }];
    case "narrative":
      if (placement.class === "in-text") return [{ kind: "atom", node: citation }];
      return [
        { kind: "atom", node: { ...citation, mode: "author" } },
        { kind: "mark", citations: [{ ...citation, mode: "rest" }], notes: [], labels: [] },
      ];
    case "author":
      return [{ kind: "atom", node: citation }];
  }
}

/** Whether there are citations and, beside them, no word and no number. */
function onlyCites(inlines: readonly Inline[]): boolean {
  return citationsOf(inlines).length > 0 && !hasWords(inlines);
}

function hasWords(inlines: readonly Inline[]): boolean {
  return inlines.some((inline) => {
    if (inline.type === "text") return /[\p{L}\p{N}]/u.test(inline.value);
    if (inline.type === "citation" || inline.type === "break") return false;
    if (inline.type === "note") return true;
    return "children" in inline ? hasWords(inline.children) : inline.type !== "indexMark";
  });
}

function citationsOf(inlines: readonly Inline[]): Citation[] {
  return inlines.flatMap((inline): Citation[] => {
    if (inline.type === "citation") return [inline];
    if (inline.type === "note" || !("children" in inline)) return [];
    return citationsOf(inline.children);
  });
}

function rebuild(tokens: readonly Token[], placement: InlinePlacement): Inline[] {
  const open: { readonly node: Container | undefined; readonly children: Inline[] }[] = [
    { node: undefined, children: [] },
  ];
  for (const token of tokens) {
    const { children } = open.at(-1)!;
    switch (token.kind) {
      case "text":
        addText(children, showClosingQuotes(token.value), token.node);
        break;
      case "atom":
        children.push(token.node);
        break;
      case "mark":
        children.push(...printMark(token, placement));
        break;
      case "open":
        open.push({ node: token.node, children: [] });
        break;
      case "close": {
        const { node, children: inner } = open.pop()!;
        // Emphasis of nothing but a citation is left without content.
        if (inner.length) open.at(-1)!.children.push({ ...node!, children: inner } as Inline);
        break;
      }
    }
  }
  return open[0]!.children;
}

function addText(children: Inline[], value: string, node: Text | undefined): void {
  if (!value) return;
  const last = children.at(-1);
  if (last?.type === "text" && !(node && last.span && node.span !== last.span)) {
    children[children.length - 1] = { ...last, value: last.value + value };
  } else {
    children.push(node ? { ...node, value } : { type: "text", value });
  }
}

function printMark(mark: Mark, placement: InlinePlacement): Inline[] {
  if (placement.class === "note") return [toNote(mark)];
  const [first, ...others] = mark.citations;
  const citation =
    first && others.length
      ? [{ ...first, items: [...first.items, ...others.flatMap(itemsToPrint)] }]
      : mark.citations;
  return [
    ...citation,
    ...(mark.notes.length ? [toNote({ ...mark, citations: [], labels: [] })] : []),
  ];
}

/** The author of the rest of a narrative citation has been named. */
function itemsToPrint({ items, mode }: Citation): readonly CitationItem[] {
  return items.map((item, index) =>
    mode === "rest" && !index ? { ...item, suppressAuthor: true } : item,
  );
}

/** Returns one note of all that a mark stands for: its sources, then what else is said. */
function toNote({ citations, notes, labels: ofSources }: Mark): Note {
  const [first, ...others] = notes;
  if (first && !others.length && !citations.length) return first;
  const sources = citations.flatMap((citation, index): Inline[] =>
    index ? [{ type: "text", value: "; " }, citation] : [citation],
  );
  const bodies = notes.map(({ children }) => children);
  const children = bodies.reduce<readonly Block[]>(
    (before, after) => joinBlocks(before, after),
    sources.length ? [{ type: "paragraph", children: sources }] : [],
  );
  const span = first?.span ?? citations[0]?.span;
  const labels = [...ofSources, ...notes.flatMap((note) => note.labels ?? [])];
  return {
    type: "note",
    number: 0,
    ...(labels.length && { labels }),
    ...(span && { span }),
    children,
  };
}

/** Joins two notes; the last sentence of the one and the first of the other share a paragraph. */
function joinBlocks(before: readonly Block[], after: readonly Block[]): readonly Block[] {
  const last = before.at(-1);
  const [first, ...rest] = after;
  if (last?.type !== "paragraph" || first?.type !== "paragraph") return [...before, ...after];
  const end = last.children.at(-1);
  const stopped = end?.type === "text" && /[.!?…]\P{L}*$/u.test(end.value);
  const joined: Paragraph = {
    ...last,
    children: [...last.children, { type: "text", value: stopped ? " " : ". " }, ...first.children],
  };
  return [...before.slice(0, -1), joined, ...rest];
}

// ---- quotation marks ---------------------------------------------------------

/** Closing quotation marks, while placing: apostrophes keep their own letter. */
const CLOSING = "”’»\"'“‘«";
const FIRST_CLOSING = 0xe0e0;
const C = "\uE0E0-\uE0E7";
const CLOSERS_AT_END = new RegExp(`[${C}]+$`);

function showClosingQuotes(text: string): string {
  return text.replace(
    /[\uE0E0-\uE0E7]/g,
    (letter) => CLOSING[letter.charCodeAt(0) - FIRST_CLOSING]!,
  );
}

/** Tells closing quotation marks from apostrophes and opening ones, through the whole paragraph. */
function markClosingQuotes(tokens: readonly Token[]): void {
  const text = tokens
    .map((token) => (token.kind === "text" ? token.value : token.kind === "atom" ? "\uFFFC" : ""))
    .join("");
  if (!/["'“”‘’«»„‚]/.test(text)) return;
  const closing = closingQuotes(text);
  let offset = 0;
  for (const token of tokens) {
    if (token.kind === "atom") offset++;
    if (token.kind !== "text") continue;
    const start = offset;
    offset += token.value.length;
    token.value = token.value.replace(/["'“”‘’«»]/g, (letter, at: number) =>
      closing.has(start + at)
        ? String.fromCharCode(FIRST_CLOSING + CLOSING.indexOf(letter))
        : letter,
    );
  }
}

/** Returns the offsets of the closing quotation marks of a text. */
function closingQuotes(text: string): ReadonlySet<number> {
  const closing = new Set<number>();
  /** For each quotation that is open, the marks that may close it. */
  const open: string[] = [];
  const close = (at: number): boolean => {
    const index = open.findLastIndex((marks) => marks.includes(text[at]!));
    if (index < 0) return false;
    open.length = index;
    closing.add(at);
    return true;
  };
  for (const { 0: letter, index: at } of text.matchAll(/["'“”‘’«»„‚]/g)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + 1] ?? " ";
    const opens = /[\s([{\u2013\u2014/“‘«„‚"]/.test(before) && /\S/.test(after);
    switch (letter) {
      case "„":
        open.push("“”");
        break;
      case "‚":
        open.push("‘’");
        break;
      case "“":
        if (!open.at(-1)?.includes("“") || opens) open.push("”");
        else close(at);
        break;
      case "‘":
        if (!open.at(-1)?.includes("‘") || opens) open.push("’");
        else close(at);
        break;
      case "”":
        if (!close(at) && opens) open.push("”");
        break;
      case "«":
        if (!open.at(-1)?.includes("«")) open.push("»");
        else close(at);
        break;
      case "»":
        if (!close(at)) open.push("«");
        break;
      case '"':
        if (!close(at)) open.push('"');
        break;
      case "'":
      case "’": {
        const within = /[\p{L}\p{N}]/u.test(after);
        if (letter === "'" && opens) open.push("'");
        else if (!within && !isPossessive(text, at)) close(at);
        break;
      }
    }
  }
  return closing;
}

/** Whether `’` after an s is that of "the states’ rights": a later one closes the quotation. */
function isPossessive(text: string, at: number): boolean {
  if (text[at - 1] !== "s" || !/^.\s\p{Ll}/u.test(text.slice(at, at + 3))) return false;
  const letter = text[at]!;
  const rest = text.slice(at + 1);
  const opening = rest.search(letter === "’" ? /‘/ : /\s'/);
  const next = rest.search(letter === "’" ? /’(?![\p{L}\p{N}])/u : /\S'(?![\p{L}\p{N}])/u);
  return next >= 0 && (opening < 0 || next < opening);
}

// ---- the text around a mark ------------------------------------------------------

/** A letter of a token. */
interface Position {
  readonly token: Extract<Token, { kind: "text" }>;
  readonly at: number;
}

const NEAR = 24;

/** Returns the last letters before a token, across emphasis; an atom counts as a letter. */
function lettersBefore(tokens: readonly Token[], index: number): { text: string; at: Position[] } {
  const at: (Position | undefined)[] = [];
  let text = "";
  for (let i = index - 1; i >= 0 && text.length < NEAR; i--) {
    const token = tokens[i]!;
    if (token.kind === "atom") {
      text = (token.node.type === "break" ? "\n" : "\uFFFC") + text;
      at.unshift(undefined);
      break;
    }
    if (token.kind !== "text") continue;
    const from = Math.max(0, token.value.length - NEAR);
    text = token.value.slice(from) + text;
    at.unshift(
      ...Array.from({ length: token.value.length - from }, (_, n) => ({ token, at: from + n })),
    );
  }
  return { text, at: at as Position[] };
}

/** Returns the first letters behind a token. */
function lettersAfter(tokens: readonly Token[], index: number): string {
  let text = "";
  for (let i = index + 1; i < tokens.length && text.length < NEAR; i++) {
    const token = tokens[i]!;
    if (token.kind === "atom") return `${text}${token.node.type === "break" ? "\n" : "\uFFFC"}`;
    if (token.kind === "text") text += token.value.slice(0, NEAR);
  }
  return text;
}

function removeAt({ token, at }: Position): void {
  token.value = token.value.slice(0, at) + token.value.slice(at + 1);
}

function insertAt({ token, at }: Position, text: string): void {
  token.value = token.value.slice(0, at) + text + token.value.slice(at);
}

/** Removes the blank space before a mark; returns what it was. */
function trimBefore(tokens: Token[], index: number): string {
  let space = "";
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i]!;
    if (token.kind === "atom" || token.kind === "mark") break;
    if (token.kind !== "text") continue;
    const trimmed = token.value.trimEnd();
    space = token.value.slice(trimmed.length) + space;
    token.value = trimmed;
    if (trimmed) break;
  }
  return space;
}

/** Takes the first letters behind a token away; it must be followed by as many. */
function takeAfter(tokens: Token[], index: number, count: number): void {
  let left = count;
  for (let i = index + 1; left > 0; i++) {
    const token = tokens[i]!;
    if (token.kind !== "text") continue;
    const taken = Math.min(left, token.value.length);
    token.value = token.value.slice(taken);
    left -= taken;
  }
}

// ---- marks that meet -----------------------------------------------------------------

/** What may lead to a source within its brackets: (see …), (cf. …). */
const SIGNAL_IN_BRACKETS = /\(\s*((?:see|cf\.|compare|e\.g\.,?)(?: also)?(?:,? e\.g\.,?)?)?\s*$/i;

/**
 * A citation in brackets that hold nothing else needs no brackets of the author's;
 * a "see" with it in them becomes its prefix.
 */
function dropBrackets(tokens: Token[], index: number): void {
  const mark = tokens[index] as Mark;
  const [citation, ...others] = mark.citations;
  const { text, at } = lettersBefore(tokens, index);
  const opening = SIGNAL_IN_BRACKETS.exec(text);
  const closing = /^\s*\)/.exec(lettersAfter(tokens, index));
  if (!opening || !closing || !citation || mark.notes.length) return;
  for (const position of at.slice(opening.index).reverse()) removeAt(position);
  takeAfter(tokens, index, closing[0].length);
  const signal = opening[1];
  const [item, ...items] = citation.items;
  if (signal === undefined || !item) return;
  const value = item.prefix?.length ? `${signal} ` : signal;
  const prefix: Inline[] = [{ type: "text", value }, ...(item.prefix ?? [])];
  const citations = [{ ...citation, items: [{ ...item, prefix }, ...items] }, ...others];
  tokens[index] = { ...mark, citations };
}

/** Joins marks with nothing but space between them. */
function joinMarks(tokens: Token[]): void {
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]!.kind === "mark") absorb(tokens, at);
  }
}

/** Joins to a mark those that follow with nothing but space between; returns whether there were any. */
function absorb(tokens: Token[], index: number): boolean {
  let joined = false;
  const isMark = tokens[index]?.kind === "mark";
  for (let next = index + 1; isMark; next++) {
    const token = tokens[next];
    if (token?.kind === "text" && !token.value.trim()) continue;
    if (token?.kind !== "mark") break;
    const mark = tokens[index] as Mark;
    tokens.splice(index, next - index + 1, {
      kind: "mark",
      citations: [...mark.citations, ...token.citations],
      notes: [...mark.notes, ...token.notes],
      labels: [...mark.labels, ...token.labels],
    });
    joined = true;
    next = index;
  }
  return joined;
}

/** Joins to a mark the one that it has come to stand beside; returns its index. */
function joinBefore(tokens: Token[], index: number): number {
  let before = index - 1;
  while (tokens[before]?.kind === "text" && !(tokens[before] as { value: string }).value.trim()) {
    before--;
  }
  return absorb(tokens, before) ? before : index;
}

// ---- authors in the sentence -------------------------------------------------------------

/** Smith’s (2010) argument, Smith’s¹ argument: what follows the name waits for its ending. */
function separatePossessives(tokens: Token[], placement: InlinePlacement): void {
  for (let at = 0; at < tokens.length; at++) {
    const author = tokens[at]!;
    if (author.kind !== "atom" || author.node.type !== "citation") continue;
    const split = placement.class === "note";
    if (split && tokens[at + 1]?.kind !== "mark") continue;
    const next = tokens[at + (split ? 2 : 1)];
    const ending = next?.kind === "text" && /^['’]s(?!\p{L})/u.exec(next.value)?.[0];
    if (!ending || next?.kind !== "text" || (author.node.mode === "author" && !split)) continue;
    next.value = next.value.slice(ending.length);
    const rest: Token = split
      ? tokens[at + 1]!
      : { kind: "mark", citations: [{ ...author.node, mode: "rest" }], notes: [], labels: [] };
    const name: Token = { kind: "atom", node: { ...author.node, mode: "author" } };
    tokens.splice(at, split ? 2 : 1, name, { kind: "text", value: ending, node: undefined }, rest);
    at += 2;
  }
}

/** Puts together again what a note style has taken apart: the author and the rest. */
function joinNarratives(tokens: Token[]): void {
  for (let at = 0; at < tokens.length; at++) {
    const author = tokens[at]!;
    if (author.kind !== "atom" || author.node.type !== "citation") continue;
    if (author.node.mode !== "author") continue;
    let next = at + 1;
    for (; next < tokens.length; next++) {
      const token = tokens[next]!;
      if (token.kind === "close") continue;
      if (token.kind !== "text" || !new RegExp(`^[.,;:!?…)\\]${C}]*$`).test(token.value)) break;
    }
    const mark = tokens[next];
    if (mark?.kind !== "mark" || mark.citations[0]?.mode !== "rest") continue;
    if (!sameItems(mark.citations[0], author.node)) continue;
    tokens[at] = { kind: "atom", node: { ...author.node, mode: "narrative" } };
    const citations = mark.citations.slice(1);
    if (citations.length || mark.notes.length) tokens[next] = { ...mark, citations };
    else tokens.splice(next, 1);
  }
}

function sameItems(a: Citation, b: Citation): boolean {
  return (
    a.items.length === b.items.length &&
    a.items.every(
      ({ key, locator }, at) => key === b.items[at]!.key && locator === b.items[at]!.locator,
    )
  );
}

// ---- note marks ------------------------------------------------------------------------------

/**
 * Where the mark stands to the punctuation: behind all of it but dashes (CMOS
 * 14.26, APA 2.13, Duden for whole sentences); before all of it in French
 * (Lexique des règles typographiques en usage à l’Imprimerie nationale); in
 * Polish and Russian before stops and commas, but behind ?, !, … and quotation marks.
 */
function markPlace(locale = "en"): "behind" | "before" | "between" {
  if (/^fr\b/i.test(locale)) return "before";
  return /^(pl|ru)\b/i.test(locale) ? "between" : "behind";
}

const STOPS = ".,;:!?…";

/** Moves a mark to its side of the punctuation; returns its new index. */
function placeMark(tokens: Token[], index: number, placement: InlinePlacement): number {
  const { text } = lettersBefore(tokens, index);
  if (!text.trim()) return index;
  trimBefore(tokens, index);
  const place = markPlace(placement.locale);
  if (place !== "behind") {
    const moved = moveBefore(tokens, index, place);
    if (place === "before") return moved;
    index = moved;
  }
  let run = punctuationRun(lettersAfter(tokens, index));
  if (place === "between") run = new RegExp(`^[?!…${C}]+`).exec(run)?.[0] ?? "";
  for (let at = index; ; ) {
    const next = tokens[at + 1];
    if (next?.kind === "close" || (next?.kind === "text" && !next.value)) {
      // The mark of italic words is roman, and so is the stop behind them.
      tokens.splice(at, 2, next, tokens[at]!);
      at++;
      continue;
    }
    const length = next?.kind === "text" ? Math.min(run.length, next.value.length) : 0;
    if (next?.kind !== "text" || !length) return at;
    next.value = next.value.slice(length);
    at = setBefore(tokens, at, run.slice(0, length), placement);
    run = run.slice(length);
  }
}

/**
 * Returns the punctuation at the start of a text that a mark stands behind. A
 * closing bracket belongs to it only when a whole sentence ends in it.
 */
function punctuationRun(text: string): string {
  return new RegExp(`^(?:[${STOPS}${C}]|(?<=[.!?…][${C}]*)[)\\]])+`).exec(text)?.[0] ?? "";
}

/** Sets punctuation before a mark, inside quotation marks if need be; returns the mark's new index. */
function setBefore(
  tokens: Token[],
  index: number,
  run: string,
  placement: InlinePlacement,
): number {
  const { text, at } = lettersBefore(tokens, index);
  const closers = CLOSERS_AT_END.exec(text)?.[0].length ?? 0;
  const inside = text.slice(0, text.length - closers);
  let rest = run;
  const ended = run.startsWith(".") ? /[.!?]$/ : run.startsWith(",") && closers ? /,$/ : /(?!)/;
  if (ended.test(inside)) {
    // “Like this.” followed by a stop of the sentence: one of them is enough.
    rest = run.slice(1);
  } else if (placement.punctuationInQuote && closers && /^[.,]/.test(run)) {
    insertAt(at[text.length - closers]!, run[0]!);
    rest = run.slice(1);
  }
  if (!rest) return index;
  tokens.splice(index, 0, { kind: "text", value: rest, node: undefined });
  return index + 1;
}

/** Moves a mark before the punctuation that it stands behind; returns its new index. */
function moveBefore(tokens: Token[], index: number, place: "before" | "between"): number {
  const { text, at } = lettersBefore(tokens, index);
  const pattern =
    place === "before" ? new RegExp(`(?:[\\s\\u00A0\\u202F]*[${STOPS}${C}])+$`) : /[.,;:]$/;
  const run = pattern.exec(text)?.[0] ?? "";
  const start = text.length - run.length;
  const ofWord =
    run === "." && (endsInAbbreviation(text) || !endsSentence(text, lettersAfter(tokens, index)));
  if (!run || !at[start] || ofWord) return index;
  return splitAt(tokens, index, at[start]!);
}

/** Moves a token to before a letter of an earlier text; returns its new index. */
function splitAt(tokens: Token[], index: number, { token, at }: Position): number {
  const mark = tokens.splice(index, 1)[0]!;
  const where = tokens.indexOf(token);
  const tail = token.value.slice(at);
  token.value = token.value.slice(0, at);
  tokens.splice(where + 1, 0, mark, { kind: "text", value: tail, node: undefined });
  return where + 1;
}

// ---- parentheses in the text --------------------------------------------------------------------

/** Puts a mark of an in-text style in its place; returns the index of its last token. */
function placeInText(tokens: Token[], index: number, placement: InlinePlacement): number {
  const mark = tokens[index] as Mark;
  if (!mark.citations.length) return placeMark(tokens, index, placement);
  let at = index;
  if (mark.notes.length) {
    tokens.splice(at, 1, { ...mark, notes: [] }, { ...mark, citations: [] });
  }
  if (placement.superscript) trimBefore(tokens, at);
  else at = joinBefore(tokens, placeParenthesis(tokens, at, placement));
  if (!mark.notes.length) return at;
  const note = tokens.findIndex((token) => token.kind === "mark" && token.notes === mark.notes);
  return placeMark(tokens, note, placement);
}

function placeParenthesis(tokens: Token[], index: number, placement: InlinePlacement): number {
  const space = trimBefore(tokens, index);
  while (tokens[index + 1]?.kind === "close") {
    tokens.splice(index, 2, tokens[index + 1]!, tokens[index]!);
    index++;
  }
  if (placement.endsQuotation && endsBlock(tokens, index)) {
    return spaced(tokens, placeAtEnd(tokens, index), space);
  }
  const after = lettersAfter(tokens, index);
  const quoted = new RegExp(`^([${STOPS}]*)([${C}]+)([${STOPS}]*)`).exec(after);
  if (quoted) {
    // “like this [@a].” is printed “like this” (A).
    const [whole, inside = "", closers = "", outside = ""] = quoted;
    takeAfter(tokens, index, whole.length);
    const stays = /[!?…]/.test(inside) ? inside : "";
    const ends = endsSentence(".", lettersAfter(tokens, index));
    const stop = outside || (stays ? (ends ? "." : "") : inside);
    tokens.splice(index, 0, { kind: "text", value: stays + closers, node: undefined });
    tokens.splice(index + 2, 0, { kind: "text", value: stop, node: undefined });
    return spaced(tokens, index + 1, space);
  }
  const { text, at } = lettersBefore(tokens, index);
  if (new RegExp(`^[${STOPS}]`).test(after)) {
    const inner = new RegExp(`[.,](?=[${C}]+$)`).exec(text);
    if (
      inner &&
      !/[.…]$/.test(text.slice(0, inner.index)) &&
      !endsInAbbreviation(text.slice(0, inner.index + 1))
    ) {
      removeAt(at[inner.index]!);
    }
    return spaced(tokens, index, space);
  }
  return moveStopBehind(tokens, index, space);
}

/** Puts a parenthesis that was written behind the punctuation before it. */
function moveStopBehind(tokens: Token[], index: number, space: string): number {
  const { text, at } = lettersBefore(tokens, index);
  const found = new RegExp(`([${STOPS}]+)([${C})\\]]*)$`).exec(text);
  const after = lettersAfter(tokens, index);
  if (!found || !at[found.index]) return spaced(tokens, index, space);
  const [, stops = "", closers = ""] = found;
  const ends = endsSentence(".", after);
  const last = found.index + stops.length - 1;
  const add = (stop: string, where: number) => {
    tokens.splice(where + 1, 0, { kind: "text", value: stop, node: undefined });
    return spaced(tokens, where, space);
  };
  if (/^[,;:]$/.test(stops)) {
    // (A claim; [@source]) leads to the source within brackets of the author's own.
    if (/^[)\]]/.test(after)) return spaced(tokens, index, space);
    removeAt(at[last]!);
    return add(stops, index);
  }
  if (!ends || /^(\.\.\.|…)$/.test(stops)) return spaced(tokens, index, space);
  if (/[)\]]$/.test(closers)) {
    // (A sentence in brackets.) has its source within them.
    if (/[!?]/.test(stops) || new RegExp(`[${C}]`).test(closers))
      return spaced(tokens, index, space);
    return spaced(tokens, splitAt(tokens, index, at[found.index]!), space);
  }
  if (/[!?]$/.test(stops)) {
    if (closers) return add(".", index);
    for (let n = 0; n < stops.length; n++) removeAt(at[found.index]!);
    return add(stops, index);
  }
  if (endsInAbbreviation(text.slice(0, last + 1))) return add(".", index);
  removeAt(at[last]!);
  return add(".", index);
}

/** Whether nothing but punctuation follows in the paragraph. */
function endsBlock(tokens: readonly Token[], index: number): boolean {
  return (
    new RegExp(`^[${STOPS}${C}\\s]*$`).test(lettersAfter(tokens, index)) &&
    tokens.slice(index + 1).every(({ kind }) => kind === "text" || kind === "close")
  );
}

function placeAtEnd(tokens: Token[], index: number): number {
  const after = lettersAfter(tokens, index);
  const { text } = lettersBefore(tokens, index);
  takeAfter(tokens, index, after.length);
  const doubled = /[.!?…]$/.test(text) && after.startsWith(".");
  const run = after.trimEnd().slice(doubled ? 1 : 0);
  if (!run) return index;
  tokens.splice(index, 0, { kind: "text", value: run, node: undefined });
  return index + 1;
}

/** Sees that one space stands before a parenthesis, unless something opens there. */
function spaced(tokens: Token[], index: number, space: string): number {
  const { text } = lettersBefore(tokens, index);
  if (!text || /[\s([{–—/“‘«„‚]$/.test(text)) return index;
  const blank = /[\u00A0\u202F]/.test(space) ? "\u00A0" : " ";
  tokens.splice(index, 0, { kind: "text", value: blank, node: undefined });
  return index + 1;
}

// ---- sentences ------------------------------------------------------------------------------------

/** Whether a stop followed by this text ends a sentence: nothing follows, or no small letter. */
function endsSentence(before: string, after: string): boolean {
  return /[.!?…]/.test(before) && /^(?:\s*$|\s+[^\s\p{Ll},;:.!?…–—-])/u.test(after);
}

/** Abbreviations whose stop is part of the word. */
function endsInAbbreviation(text: string): boolean {
  return /(?:^|[\s(.‘“«-])(?:\p{L}|al|etc|Co|Corp|Dr|ed|eds|Inc|Jr|Ltd|Mr|Mrs|No|no|pp|Prof|Sr|St|trans|vol|vols|vs)\.$/u.test(
    text,
  );
}
