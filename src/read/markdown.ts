// Markdown with Pandoc's extensions -> sections, blocks and inlines. What the
// tree cannot hold is reported and its text kept: nothing is lost in silence.

import type { Definition, FootnoteDefinition, Nodes, Root, RootContent } from "mdast";
import { fromMarkdown, type Options } from "mdast-util-from-markdown";
import type { Extension } from "micromark-util-types";
import type { Report } from "../diagnostic.js";
import type { Block, Inline, Paragraph, Section, Text } from "../document.js";
import { toText } from "../document.js";
import { AttributeReader, attributeSyntax, attributesFromMarkdown } from "./attributes.js";
import { bareUrlFromMarkdown, bareUrlSyntax } from "./bare-url.js";
import { bracketedSpanFromMarkdown, bracketedSpanSyntax } from "./bracketed-span.js";
import { invalidCharacters, reportInvalidCharacter } from "./characters.js";
import { citationFromMarkdown, citationSyntax } from "./citation.js";
import { definitionListFromMarkdown, definitionListSyntax } from "./definition-list.js";
import {
  divisionFromMarkdown,
  divisionSyntax,
  type FencedDivisionNode,
  nestDivisions,
} from "./division.js";
import { imageFromMarkdown } from "./figure.js";
import { lineBlockFromMarkdown, lineBlockSyntax } from "./line-block.js";
import { readBlocks } from "./markdown-blocks.js";
import { readInlineNodes, readParagraph } from "./markdown-inlines.js";
import { mathFromMarkdown, mathSyntax } from "./math.js";
import { isPlainDivision, readPlainDivision } from "./named-division.js";
import { noteFromMarkdown, noteSyntax } from "./note.js";
import { type MarkdownSource, type Reading, spanBetween, spanOf } from "./reading.js";
import { escaped } from "./smart-punctuation.js";
import { superscriptFromMarkdown, superscriptSyntax } from "./superscript.js";
import { tableFromMarkdown, tableSyntax } from "./table.js";
import { findExcess } from "./text-limits.js";

export type { MarkdownSource } from "./reading.js";

/**
 * Reads a text. Headings become sections that hold what follows them, by their
 * depth; levels may be skipped. Their ids are the author's, or made of their
 * titles, and need not be unique yet. Citations hold the text that was typed for them.
 *
 * Reports notes that are undefined, unused, defined or called twice, or within
 * notes; unsafe links; images, tables and formulas in places that cannot have
 * them; attributes and syntax that the tree has no place for; text that is
 * nested too deep or has paragraphs too long, and is then not taken apart.
 */
export function readMarkdown(source: MarkdownSource, report: Report): Block[] {
  const parsed = parse(source, report);
  if (!parsed) return [plainParagraph(source)];
  const blocks = readSections(parsed.root.children, parsed.reading);
  reportUnused(parsed.reading);
  return blocks;
}

/**
 * Reads a text of one paragraph, such as a title. What elsewhere begins a list
 * or heading is text here: `1. Introduction`.
 */
export function readInlines(source: MarkdownSource, report: Report): Inline[] {
  const read = readLine(source, report, undefined);
  return read.nodes ? readParagraph(read.nodes, read.reading) : [plainText(source)];
}

/** What a title and the attributes behind it say of a section. */
export type Heading = Pick<Section, "id" | "title" | "role" | "unnumbered" | "lang">;

/** Reads the title of a section, `Method {#sec:method}`. */
export function readHeading(source: MarkdownSource, report: Report): Heading {
  const read = readLine(source, report, undefined);
  if (read.nodes) return headingOf(read.nodes, read.reading);
  const title = [plainText(source)];
  return { id: sectionId(title), title };
}

type Line =
  | { readonly nodes: Parameters<typeof readParagraph>[0]; readonly reading: Reading }
  | { readonly nodes?: undefined };

/** Reads one paragraph; within the text that it is an attribute of, notes are that text's. */
function readLine(given: MarkdownSource, report: Report, outer: Reading | undefined): Line {
  const text = given.text.trim().replace(/\s*\n\s*/g, (found) => " ".repeat(found.length));
  const lead = given.text.length - given.text.trimStart().length;
  const source = { ...given, text, offset: (at: number) => given.offset(at + lead) };
  const parsed = parse(source, report, oneParagraph);
  if (!parsed) return {};
  const nodes = parsed.root.children.flatMap((node) =>
    node.type === "paragraph" ? node.children : [],
  );
  const { notes, called, meant, inNote } = outer ?? parsed.reading;
  return { nodes, reading: { ...parsed.reading, notes, called, meant, inNote } };
}

const readValue: Reading["value"] = (text, at, reading) => {
  const { source, report } = reading;
  const within = { ...source, text, offset: (inner: number) => source.offset(at + inner) };
  const read = readLine(within, report, reading);
  return read.nodes ? readParagraph(read.nodes, read.reading) : [plainText(within)];
};

/**
 * The syntax beyond CommonMark, and what a text has that holds any of it: parsing
 * takes a third longer with all of it. Where several begin with the same character,
 * the last is tried first.
 */
const syntax: readonly (readonly [sign: RegExp, ...extensions: readonly Extension[]])[] = [
  [/\|/, lineBlockSyntax()],
  [/\^/, ...noteSyntax()],
  [/[\^~]/, superscriptSyntax()],
  [/http/i, bareUrlSyntax()],
  [/\{/, attributeSyntax(), bracketedSpanSyntax()],
  [/\$/, ...mathSyntax()],
  [/:::/, divisionSyntax()],
  [/:[ \t]/, definitionListSyntax()],
  [/\||:-|-:/, tableSyntax()],
];

const nodes: Options = {
  mdastExtensions: [
    citationFromMarkdown(),
    noteFromMarkdown(),
    superscriptFromMarkdown(),
    bareUrlFromMarkdown(),
    attributesFromMarkdown(),
    bracketedSpanFromMarkdown(),
    mathFromMarkdown(),
    divisionFromMarkdown(),
    definitionListFromMarkdown(),
    lineBlockFromMarkdown(),
    tableFromMarkdown(),
    imageFromMarkdown(),
    {
      exit: {
        characterEscapeValue(token) {
          const text = this.stack.pop();
          if (text?.type === "text") text.value += escaped(this.sliceSerialize(token));
          if (text?.position) text.position.end = { ...token.end };
        },
      },
    },
  ],
};

/** What else begins a block is text in a paragraph that stands alone. */
const oneParagraph: Extension = {
  disable: {
    null: [
      "blockQuote",
      "codeFenced",
      "codeIndented",
      "definition",
      "definitionDescription",
      "displayedFormula",
      "divisionFence",
      "gfmFootnoteDefinition",
      "headingAtx",
      "htmlFlow",
      "list",
      "setextUnderline",
      "table",
      "thematicBreak",
      "verseLine",
    ],
  },
};

interface Parsed {
  readonly root: Root;
  readonly reading: Reading;
}

/** Cleans, checks and parses a text; undefined if it is too much for the parser. */
function parse(
  given: MarkdownSource,
  report: Report,
  ...extensions: Extension[]
): Parsed | undefined {
  const source = withoutInvalidCharacters(given, report);
  const excess = findExcess(source.text);
  if (excess) {
    const { at, ...diagnostic } = excess;
    report({ ...diagnostic, span: spanBetween(source, at, at + 1) });
    return undefined;
  }
  const root = fromMarkdown(source.text, {
    ...nodes,
    extensions: [
      ...(source.text.includes("@") ? [citationSyntax(source.lang)] : []),
      ...syntax.flatMap(([sign, ...some]) => (sign.test(source.text) ? some : [])),
      ...extensions,
    ],
  });
  const notes = new Map<string, FootnoteDefinition>();
  const links = new Map<string, Definition>();
  const collect = (node: Nodes) => {
    if (node.type === "footnoteDefinition") {
      if (notes.has(node.label ?? "")) {
        report({
          code: "note-duplicate",
          message: `the note "${node.label}" is defined twice`,
          span: spanOf(node, source),
        });
      } else notes.set(node.label ?? "", node);
    }
    if (node.type === "definition" && !links.has(node.identifier)) links.set(node.identifier, node);
    if ("children" in node) node.children.forEach(collect);
  };
  collect(root);
  const reading: Reading = {
    source,
    report,
    notes,
    links,
    called: new Map(),
    meant: new Set(),
    inNote: false,
    blocks: readBlocks,
    paragraph: readParagraph,
    inlines: readInlineNodes,
    value: readValue,
  };
  return { root, reading };
}

/** Takes out characters that cannot be printed, with an offset that knows of them. */
function withoutInvalidCharacters(source: MarkdownSource, report: Report): MarkdownSource {
  const places = invalidCharacters(source.text);
  if (!places.length) return source;
  let text = "";
  let from = 0;
  for (const at of places) {
    reportInvalidCharacter(source.text.charAt(at), spanBetween(source, at, at + 1), report);
    text += source.text.slice(from, at);
    from = at + 1;
  }
  text += source.text.slice(from);
  const offset = (at: number): number => {
    let shifted = at;
    for (const place of places) {
      if (place > shifted) break;
      shifted++;
    }
    return source.offset(shifted);
  };
  return { ...source, text, offset };
}

const plainText = (source: MarkdownSource): Text => ({
  type: "text",
  value: source.text.replace(/\s+/g, " ").trim(),
});

const plainParagraph = (source: MarkdownSource): Paragraph => ({
  type: "paragraph",
  children: [plainText(source)],
});

interface OpenSection {
  readonly depth: number;
  readonly children: Block[];
  readonly reading: Reading;
}

/**
 * Reads what stands in no other block. A division with headings in it does not
 * hold the sections: each part of it between headings is a division of its own.
 */
function readSections(all: readonly RootContent[], whole: Reading): Block[] {
  const top: Block[] = [];
  const open: OpenSection[] = [{ depth: 0, children: top, reading: whole }];

  const place = (nodes: readonly RootContent[], around: readonly FencedDivisionNode[]) => {
    let run: RootContent[] = [];
    const flush = () => {
      if (!run.length) return;
      const { children, reading } = open.at(-1)!;
      const read = around.reduceRight<(some: Reading) => Block[]>(
        (inner, division) => (some) => readPlainDivision(division, inner, some),
        (some) => readBlocks(run, some),
      );
      children.push(...read(reading));
      run = [];
    };
    for (const node of nestDivisions(nodes, whole)) {
      if (node.type === "heading") {
        flush();
        openSection(node, around);
      } else if (node.type === "fencedDivision" && hasHeadings(node) && isPlainDivision(node)) {
        flush();
        place(node.children, [...around, node]);
      } else run.push(node);
    }
    flush();
  };

  const openSection = (
    node: Extract<RootContent, { type: "heading" }>,
    around: readonly FencedDivisionNode[],
  ) => {
    while (open.at(-1)!.depth >= node.depth) open.pop();
    const { reading, children: siblings } = open.at(-1)!;
    const given = around
      .map((division) => division.attributes?.list.findLast(({ key }) => key === "lang")?.value)
      .findLast(Boolean);
    const heading = headingOf(node.children, reading);
    const lang = heading.lang ?? given;
    const children: Block[] = [];
    siblings.push({
      type: "section",
      ...heading,
      ...(lang && { lang }),
      children,
      span: spanOf(node, reading.source),
    });
    const within = lang ? { ...reading, source: { ...reading.source, lang } } : reading;
    open.push({ depth: node.depth, children, reading: within });
  };

  place(all, []);
  return top;
}

const hasHeadings = (node: FencedDivisionNode): boolean =>
  node.children.some(
    (child) => child.type === "heading" || (child.type === "fencedDivision" && hasHeadings(child)),
  );

/** Reads a title, and the attributes at its end. */
function headingOf(nodes: Parameters<typeof readParagraph>[0], reading: Reading): Heading {
  const last = nodes.at(-1);
  const list = last?.type === "attributeList" ? last : undefined;
  const attributes = new AttributeReader(
    list?.attributes,
    list?.position?.start.offset ?? 0,
    reading,
  );
  const id = attributes.id();
  const lang = attributes.language();
  const unnumbered = attributes.has("unnumbered");
  const appendix = attributes.has("appendix");
  attributes.reportOthers("a heading");
  const { source } = reading;
  const within = lang ? { ...reading, source: { ...source, lang } } : reading;
  const title = readParagraph(list ? nodes.slice(0, -1) : nodes, within);
  return {
    id: id ?? sectionId(title),
    title,
    ...(appendix && { role: "appendix" }),
    ...(unnumbered && { unnumbered }),
    ...(lang && { lang }),
  };
}

/**
 * Returns the id that a title gives its section: `sec-` and its letters and
 * digits in lower case, with hyphens between words.
 */
export function sectionId(title: readonly Inline[]): string {
  const text = toText(title.filter(({ type }) => type !== "citation"));
  const words = text.normalize("NFC").toLowerCase().replace(/['’]/g, "");
  const slug = words.match(/[\p{L}\p{N}\p{M}]+/gu)?.join("-") ?? "";
  return `sec-${slug.slice(0, 80) || "untitled"}`;
}

function reportUnused({ notes, called, meant, source, report }: Reading): void {
  for (const [label, definition] of notes) {
    if (called.has(label) || meant.has(label)) continue;
    report({
      code: "note-unused",
      message: `the note "${label}" is never called`,
      span: spanOf(definition, source),
      hints: [`write [^${label}] where its mark belongs, or take it out`],
    });
  }
}
