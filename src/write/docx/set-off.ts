// What is set off from running text, as Word's paragraphs: verse, epigraphs,
// definition lists, and code with a caption or numbered lines.

import {
  AlignmentType,
  LevelFormat,
  LevelSuffix,
  type Paragraph,
  Tab,
  TabStopType,
  TextRun,
  type XmlComponent,
} from "docx";
import type {
  Block,
  Blockquote,
  CodeBlock,
  DefinitionList,
  Inline,
  ParagraphStyleName,
} from "../../document.js";
import type { ParagraphStyle } from "../../template.js";
import { abbreviationWidth, firstParagraph } from "../abbreviation-columns.js";
import { codeLines, lineNumberGap, lineNumberRoom } from "../code-lines.js";
import { isSource, verseLines } from "../verse-lines.js";
import type { Direct, Surroundings } from "./blocks.js";
import { twips } from "./page.js";
import type { Registry } from "./registry.js";
import { codeTabStops, paragraphStyleIds } from "./styles.js";
import { element, paragraphOf, xmlSafe } from "./xml.js";

/** How blocks and paragraphs within are written. */
export interface BlockWriter {
  block(block: Block, at: Surroundings, direct: Direct): XmlComponent[];
  runs(nodes: readonly Inline[], style: ParagraphStyleName, at: Surroundings): XmlComponent[];
  paragraph(
    children: readonly XmlComponent[],
    style: ParagraphStyleName,
    at: Surroundings,
    direct: Direct,
  ): Paragraph;
}

const startOf = ({ pageBreakBefore }: Direct): Pick<Direct, "pageBreakBefore"> => ({
  ...(pageBreakBefore && { pageBreakBefore }),
});

/** Whether what stands there looks like the text around it, as in notes and tables. */
const keepsStyle = ({ style }: Surroundings): boolean =>
  style === "note" || style === "table" || style === "table-head" || style === "source";

/** Returns where paragraphs of a style of their own stand; in notes they are only indented. */
function setOff(
  name: "verse" | "epigraph" | "definition",
  at: Surroundings,
): { readonly inside: Surroundings; readonly look: ParagraphStyle; readonly kept: boolean } {
  const look = at.registry.template.styles[name];
  const kept = keepsStyle(at);
  const inside: Surroundings = kept
    ? { ...at, left: at.left + look.left, right: at.right + look.right }
    : { ...at, style: name };
  return { inside, look, kept };
}

/** The source stands at the right, below what it is the source of. */
function source(
  children: readonly Inline[],
  { inside, look, kept }: ReturnType<typeof setOff>,
  direct: Direct,
  writer: BlockWriter,
): Paragraph {
  const style = kept ? inside.style : "source";
  const place: Surroundings = kept
    ? inside
    : { ...inside, left: inside.left + look.left, right: inside.right + look.right };
  const alignment = AlignmentType.RIGHT;
  return writer.paragraph(writer.runs(children, style, place), style, place, {
    ...direct,
    alignment,
  });
}

/** Writes a paragraph for each line of a poem; a line that runs over is indented further. */
export function writeVerse(
  quote: Blockquote,
  at: Surroundings,
  direct: Direct,
  writer: BlockWriter,
): XmlComponent[] {
  const place = setOff("verse", at);
  const { inside, look, kept } = place;
  return verseLines(quote).flatMap((line, index): XmlComponent[] => {
    const { block, before, after, keepsNext } = line;
    const start = index === 0 ? startOf(direct) : {};
    if (block.type !== "paragraph") return writer.block(block, inside, start);
    const own: Direct = {
      ...start,
      ...(keepsNext && { keepNext: true }),
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    };
    if (line.isSource) return [source(block.children, place, own, writer)];
    const style = kept ? inside.style : (block.style ?? "verse");
    const runs = writer.runs(block.children, style, inside);
    return [
      writer.paragraph(runs, style, inside, { ...own, ...(kept && { indent: look.indent }) }),
    ];
  });
}

/** Writes the paragraphs of an epigraph, its source at the right. */
export function writeEpigraph(
  { children }: Blockquote,
  at: Surroundings,
  direct: Direct,
  writer: BlockWriter,
): XmlComponent[] {
  const place = setOff("epigraph", at);
  return children.flatMap((block, index): XmlComponent[] => {
    const start = index === 0 ? startOf(direct) : {};
    if (block.type === "paragraph" && isSource(block)) {
      return [source(block.children, place, start, writer)];
    }
    const next = children[index + 1];
    const before = next && isSource(next) ? { keepNext: true, after: 0 } : {};
    return writer.block(block, place.inside, { ...start, ...before });
  });
}

/** Writes terms in bold, each with its definitions indented below it. */
export function writeDefinitions(
  { kind, items }: DefinitionList,
  at: Surroundings,
  direct: Direct,
  writer: BlockWriter,
): XmlComponent[] {
  if (kind === "abbreviations") return writeAbbreviations(items, at, writer);
  const { inside, kept } = setOff("definition", at);
  return items.flatMap(({ term, definitions }, index) => {
    const start = index === 0 ? startOf(direct) : {};
    const words: Inline[] = kept ? [{ type: "strong", children: term }] : [...term];
    const runs = writer.runs(words, inside.style, at);
    const head = kept
      ? writer.paragraph(runs, at.style, at, { ...start, keepNext: true, after: 0 })
      : paragraphOf(runs, {
          style: definitionTermId,
          ...start,
          ...(at.left > 0 && { indent: { left: twips(at.left) } }),
        });
    return [
      head,
      ...definitions.flatMap((blocks) =>
        blocks.flatMap((block) => writer.block(block, inside, {})),
      ),
    ];
  });
}

/** Writes abbreviations with what they mean beside them, in two columns. */
function writeAbbreviations(
  items: DefinitionList["items"],
  at: Surroundings,
  writer: BlockWriter,
): XmlComponent[] {
  const { left } = at.registry.template.styles.definition;
  const inside = { ...at, left: at.left + abbreviationWidth - left };
  return items.map(({ term, definitions }) => {
    const runs = [
      ...writer.runs([{ type: "strong", children: term }], "definition", at),
      new TextRun({ children: [new Tab()] }),
      ...writer.runs(firstParagraph(definitions), "definition", at),
    ];
    return writer.paragraph(runs, "definition", inside, { indent: -abbreviationWidth });
  });
}

/** The Word style of the terms of definition lists, which is that of definitions in bold. */
export const definitionTermId = "DefinitionTerm";

/** Writes code, its caption above it. Numbered lines are paragraphs of a numbered list. */
export function writeCode(
  block: CodeBlock,
  at: Surroundings,
  direct: Direct,
  writer: BlockWriter,
): XmlComponent[] {
  const { caption } = block;
  const { caption: look, code } = at.registry.template.styles;
  const written: XmlComponent[] = [];
  let first = direct;
  if (caption?.length) {
    const place = { ...at, left: at.left + code.left };
    const own = { before: look.after, after: look.before, keepNext: true, ...startOf(direct) };
    written.push(writer.paragraph(writer.runs(caption, "caption", place), "caption", place, own));
    first = { before: 0 };
  }
  const lines = codeLines(block);
  if (block.firstLine === undefined) {
    const runs = lines.flatMap(({ text }, index) => [
      ...(index ? [element("w:br")] : []),
      ...codeText(text),
    ]);
    const run = new TextRun({ children: runs as (string | Tab)[] });
    return [...written, writer.paragraph([run], "code", at, first)];
  }
  const room = lineNumberRoom(lines, code.size);
  const left = Math.max(room, code.left + at.left);
  const numbering = codeNumbering(at.registry, block.firstLine, left);
  // The stops of the style count from where code stands without numbers.
  const tabStops =
    left === code.left
      ? undefined
      : codeTabStops({ ...code, left }).map((position) => ({ type: TabStopType.LEFT, position }));
  lines.forEach(({ text }, index) => {
    const before = index === 0 ? first.before : 0;
    const isLast = index === lines.length - 1;
    const spacing = {
      ...(before !== undefined && { before: twips(before) }),
      ...(!isLast && { after: 0 }),
    };
    // Two lines stay together at both ends, as those of a paragraph do.
    const keepNext = lines.length > 1 && (index === 0 || index === lines.length - 2);
    written.push(
      paragraphOf(text ? [new TextRun({ children: codeText(text) })] : [], {
        style: paragraphStyleIds.code,
        numbering,
        ...(tabStops && { tabStops }),
        ...(index === 0 && startOf(first)),
        ...(keepNext && { keepNext }),
        ...(Object.keys(spacing).length && { spacing }),
      }),
    );
  });
  return written;
}

/** Spaces are kept, and tabs are tabs. */
const codeText = (line: string): (string | Tab)[] =>
  xmlSafe(line)
    .split(/(\t)/)
    .filter(Boolean)
    .map((piece) => (piece === "\t" ? new Tab() : piece));

/** A list whose numbers end at the left of the lines, as a program's editor shows them. */
function codeNumbering(registry: Registry, start: number, left: number) {
  const reference = `lines\ufffe${start}\ufffe${twips(left)}`;
  if (!registry.numberings.has(reference)) {
    registry.numberings.set(reference, [
      {
        level: 0,
        format: LevelFormat.DECIMAL,
        text: "%1",
        alignment: AlignmentType.RIGHT,
        suffix: LevelSuffix.TAB,
        start,
        style: {
          paragraph: { indent: { left: twips(left), hanging: twips(lineNumberGap) } },
        },
      },
    ]);
  }
  return { reference, instance: ++registry.lists, level: 0 };
}
