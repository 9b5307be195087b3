// The heads and feet of Word's sections. What they repeat of the text is in
// fields, which Word keeps up to date, with the result that they have now.

import { Footer, Header, type ISectionOptions, Tab, TextRun, type XmlComponent } from "docx";
import { type Block, type Document, type Part, type Section, toText } from "../../document.js";
import {
  type HeadCell,
  hasPageNumber,
  headCells,
  headingStyle,
  type NumberForm,
  type RunningHead,
  type Template,
} from "../../template.js";
import {
  differBySides,
  type HeadFields,
  type HeadPiece,
  headPieces,
  runningTitle,
  workFields,
} from "../running-heads.js";
import { field } from "./fields.js";
import type { Stretch } from "./stretches.js";
import { paragraphOf } from "./xml.js";

/** A Word section, as far as its heads depend on it. */
export interface HeadedSection {
  readonly part: Part;
  readonly stretch: Stretch;
  readonly form: NumberForm;
}

/** The heads, or the feet, of a Word section by their pages; `undefined` where nothing stands. */
type Edge = Readonly<Record<"default" | "even" | "first", readonly XmlComponent[] | undefined>>;

/** Whether the document has heads or feet of its own on even pages (17.10.1, `evenAndOddHeaders`). */
export function hasEvenHeads({ runningHeads, pageNumbers }: Template): boolean {
  return (
    (runningHeads !== undefined && differBySides(runningHeads)) || pageNumbers.align === "outside"
  );
}

/** Whether a Word section has a first page without running head (17.10.6, `titlePg`). */
export function hasFirstHead({ part, stretch }: HeadedSection, template: Template): boolean {
  return template.runningHeads !== undefined && part.role !== "title-page" && stretch.opens;
}

/**
 * Returns the heads and feet of Word's sections, which are in the order of the
 * document. Each section has its own, for one without takes over those of the
 * section before (17.10.2); but none has any until something stands in one.
 */
export function headsAndFeet(
  sections: readonly HeadedSection[],
  document: Document,
  template: Template,
): Pick<ISectionOptions, "headers" | "footers">[] {
  const work = workFields(document.metadata);
  const shown = { header: false, footer: false };
  return sections.map((section) => {
    const edgeOf = (place: "header" | "footer"): Edge | undefined => {
      const edge = contentOf(place, section, work, template);
      shown[place] ||= Object.values(edge).some((content) => content !== undefined);
      return shown[place] ? edge : undefined;
    };
    const header = edgeOf("header");
    const footer = edgeOf("footer");
    const make = <T>(edge: Edge, of: (children: readonly XmlComponent[]) => T) => ({
      default: of(edge.default ?? []),
      ...(hasEvenHeads(template) && { even: of(edge.even ?? []) }),
      ...(hasFirstHead(section, template) && { first: of(edge.first ?? []) }),
    });
    return {
      ...(header && {
        headers: make(header, (children) => new Header(lineOf(children, "Header"))),
      }),
      ...(footer && {
        footers: make(footer, (children) => new Footer(lineOf(children, "Footer"))),
      }),
    };
  });
}

function lineOf(runs: readonly XmlComponent[], style: "Header" | "Footer") {
  return { children: [paragraphOf(runs, { style })] };
}

function contentOf(
  place: "header" | "footer",
  section: HeadedSection,
  work: Pick<HeadFields, "title" | "author">,
  template: Template,
): Edge {
  const { runningHeads, pageNumbers } = template;
  const { part, form } = section;
  const number = (isEven: boolean) => {
    if (form === "none" || pageNumbers.place !== place) return undefined;
    const { align } = pageNumbers;
    return cellsOf(
      new Map([[align !== "outside" ? align : isEven ? "left" : "right", pageField()]]),
    );
  };
  if (!runningHeads || part.role === "title-page") {
    return { default: number(false), even: number(true), first: undefined };
  }
  const fields = { ...work, ...titlesOf(section), page: form === "none" ? "" : "1" };
  const page = (head: RunningHead, isEven: boolean) => {
    const own = hasPageNumber(head) ? undefined : number(isEven);
    return place === "footer" ? own : (headOf(head, fields, section, template) ?? own);
  };
  return {
    default: page(runningHeads.odd, false),
    even: page(runningHeads.even, true),
    // A part's first page is counted from 1 most often, and chapters begin on the right.
    first: number(false),
  };
}

function pageField(): readonly XmlComponent[] {
  return field("PAGE", "1");
}

function headOf(
  head: RunningHead,
  fields: HeadFields,
  section: HeadedSection,
  template: Template,
): readonly XmlComponent[] | undefined {
  const cells = new Map<HeadCell, readonly XmlComponent[]>();
  for (const cell of headCells) {
    const pieces = headPieces(head, cell, fields, template);
    const runs = pieces.flatMap((piece) => writePiece(piece, fields, section));
    if (runs.length) cells.set(cell, runs);
  }
  return cells.size ? cellsOf(cells) : undefined;
}

/** The style Header has stops for what stands in the middle and at the right. */
function cellsOf(cells: ReadonlyMap<HeadCell, readonly XmlComponent[]>): XmlComponent[] {
  const last = headCells.findLastIndex((cell) => cells.has(cell));
  return headCells
    .slice(0, last + 1)
    .flatMap((cell, index) => [
      ...(index ? [new TextRun({ children: [new Tab()] })] : []),
      ...(cells.get(cell) ?? []),
    ]);
}

/** Titles that are shown whole are fields; Word knows no way to shorten one. */
function writePiece(
  { text, field: name }: HeadPiece,
  fields: HeadFields,
  section: HeadedSection,
): readonly XmlComponent[] {
  if (name === "page") return pageField();
  const source = name === "chapter" || name === "section" ? sourceOf(name, section) : undefined;
  const isWhole = source && name && text === fields[name] && text === plain(source.section);
  return isWhole ? field(`STYLEREF ${source.style}`, text) : [new TextRun(text)];
}

function plain({ title }: Section): string {
  return toText(title).replace(/\s+/g, " ").trim();
}

/** What Word calls the chapter and the section of the pages of a Word section. */
function titlesOf(section: HeadedSection): Pick<HeadFields, "chapter" | "section"> {
  const title = (name: "chapter" | "section") => {
    const source = sourceOf(name, section)?.section;
    return source ? runningTitle(source.title) : "";
  };
  return { chapter: title("chapter"), section: title("section") };
}

/**
 * Returns the section whose title a field repeats, and how `STYLEREF`
 * (17.16.5.59) names the style of its heading: Word's own headings by their
 * level, which every language of Word knows.
 */
function sourceOf(
  name: "chapter" | "section",
  { part, stretch }: HeadedSection,
): { readonly section: Section; readonly style: string } | undefined {
  const chapter = stretch.chapter ?? part.children.find(isSection);
  if (!chapter) return undefined;
  const inner = name === "section" ? chapter.children.find(isSection) : undefined;
  if (inner) return { section: inner, style: "2" };
  const style = headingStyle(chapter, 1, part.role);
  if (!style) return undefined;
  const front = chapter.role === "toc" ? '"TOC Heading"' : '"Front Heading"';
  return { section: chapter, style: style === "front-heading" ? front : "1" };
}

function isSection(block: Block): block is Section {
  return block.type === "section";
}
