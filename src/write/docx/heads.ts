// The heads and feet of Word's sections. What they repeat of the text is in
// fields, which Word keeps up to date, with the result that they have now.

import {
  Footer,
  Header,
  type ISectionOptions,
  type Paragraph,
  Tab,
  TabStopType,
  TextRun,
  type XmlComponent,
} from "docx";
import { type Block, type Document, type Part, type Section, toText } from "../../document.js";
import {
  type HeadCell,
  hasPageNumber,
  headCells,
  headingStyle,
  landscapePage,
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
import { headingStyleOf, type NumberedHeadings } from "./heading-numbering.js";
import { textWidth } from "./page.js";
import { pageMark } from "./page-mark.js";
import type { Stretch } from "./stretches.js";
import { paragraphOf } from "./xml.js";

/** A Word section, as far as its heads depend on it. */
export interface HeadedSection {
  readonly part: Part;
  readonly stretch: Stretch;
  readonly form: NumberForm;
  readonly numbered: NumberedHeadings;
}

/** What stands in a head or foot, by its place; empty where it is blank. */
type Cells = ReadonlyMap<HeadCell, readonly XmlComponent[]>;

/** The heads, or the feet, of a Word section by their pages. */
type Edge = Readonly<Record<"default" | "even" | "first", Cells>>;

/** Whether the document has heads or feet of its own on even pages (17.10.1, `evenAndOddHeaders`). */
export function hasEvenHeads({ runningHeads, pageNumbers }: Template): boolean {
  return (
    (runningHeads !== undefined && differBySides(runningHeads)) || pageNumbers.align === "outside"
  );
}

/**
 * Whether a Word section has a head of its own on its first page (17.10.6,
 * `titlePg`): none where the others have running heads. Where it begins on the
 * right it has one in any case, or LibreOffice makes all its pages too long.
 */
export function hasFirstHead(section: HeadedSection, template: Template): boolean {
  const { part, stretch } = section;
  if (part.role === "title-page" || !stretch.opens) return false;
  return template.runningHeads !== undefined || beginsRight(section, template);
}

/** Whether a Word section begins on a right-hand page (17.18.77, `oddPage`). */
export function beginsRight({ stretch }: HeadedSection, { chaptersOn }: Template): boolean {
  return stretch.opens && stretch.chapter !== undefined && chaptersOn === "right";
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
  const mark = pageMark(document, template);
  const shown = { header: mark.length > 0, footer: false };
  return sections.map((section) => {
    const edgeOf = (place: "header" | "footer"): Edge | undefined => {
      const edge = contentOf(place, section, work, template);
      shown[place] ||= Object.values(edge).some(({ size }) => size > 0);
      return shown[place] ? edge : undefined;
    };
    const header = edgeOf("header");
    const footer = edgeOf("footer");
    const make = <T>(edge: Edge, of: (cells: Cells) => T) => ({
      default: of(edge.default),
      ...(hasEvenHeads(template) && { even: of(edge.even) }),
      ...(hasFirstHead(section, template) && { first: of(edge.first) }),
    });
    const lineOf = (cells: Cells, style: "Header" | "Footer") => ({
      children: [
        ...(style === "Header" ? mark : []),
        headLine(cells, style, section.stretch, template),
      ],
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

/**
 * Returns a head or foot: what stands alone is aligned; beside others it stands at
 * the stops that the styles have for the middle and the end of a line, or at its
 * own on pages that lie on their side. A stop that has nothing is taken away, for
 * what stands before it may reach beyond.
 */
function headLine(
  cells: Cells,
  style: "Header" | "Footer",
  { isLandscape }: Stretch,
  { page }: Template,
): Paragraph {
  const [only] = cells;
  if (!only || cells.size === 1) {
    return paragraphOf(only?.[1] ?? [], { style, ...(only && { alignment: only[0] }) });
  }
  const runs = headCells.flatMap((cell) => {
    const own = cells.get(cell);
    return own
      ? [...(cell === "left" ? [] : [new TextRun({ children: [new Tab()] })]), ...own]
      : [];
  });
  const upright = stopsOf(textWidth(page));
  const stops = isLandscape ? stopsOf(textWidth(landscapePage(page))) : upright;
  const tabStops = (["center", "right"] as const).flatMap((cell) => [
    ...(isLandscape || !cells.has(cell)
      ? [{ type: TabStopType.CLEAR, position: upright[cell] }]
      : []),
    ...(isLandscape && cells.has(cell) ? [{ type: cell, position: stops[cell] }] : []),
  ]);
  return paragraphOf(runs, { style, ...(tabStops.length && { tabStops }) });
}

/** The stops that the styles of heads and feet have on lines of so many twips. */
function stopsOf(width: number) {
  return { center: Math.round(width / 2), right: width };
}

const blank: Cells = new Map();

function contentOf(
  place: "header" | "footer",
  section: HeadedSection,
  work: Pick<HeadFields, "title" | "author">,
  template: Template,
): Edge {
  const { runningHeads, pageNumbers } = template;
  const { part, form } = section;
  const number = (isEven: boolean): Cells => {
    if (form === "none" || pageNumbers.place !== place) return blank;
    const { align } = pageNumbers;
    const side = align !== "outside" ? align : isEven ? "left" : "right";
    return new Map([[side, pageField()]]);
  };
  if (!runningHeads || part.role === "title-page") {
    return { default: number(false), even: number(true), first: number(false) };
  }
  const fields = { ...work, ...titlesOf(section), page: form === "none" ? "" : "1" };
  const page = (head: RunningHead, isEven: boolean) => {
    if (place === "header") return headOf(head, fields, section, template);
    return hasPageNumber(head) ? blank : number(isEven);
  };
  return {
    default: page(runningHeads.odd, false),
    even: page(runningHeads.even, true),
    // Word knows no first page of the one or the other side.
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
): Cells {
  const cells = new Map<HeadCell, readonly XmlComponent[]>();
  for (const cell of headCells) {
    const pieces = headPieces(head, cell, fields, template);
    const runs = pieces.flatMap((piece) => writePiece(piece, fields, section));
    if (runs.length) cells.set(cell, runs);
  }
  return cells;
}

/** Titles that are shown whole are fields; Word knows no way to shorten one. */
function writePiece(
  { text, field: name }: HeadPiece,
  fields: HeadFields,
  section: HeadedSection,
): readonly XmlComponent[] {
  if (name === "page") return pageField();
  const source = name === "chapter" || name === "section" ? sourceOf(name, section) : undefined;
  const isWhole = name && source && text === fields[name] && text === plain(source.section);
  return isWhole && source.style ? field(`STYLEREF ${source.style}`, text) : [new TextRun(text)];
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
 * (17.16.5.59) names the style of its heading.
 * Other styles of Word's own have other names in each of its languages, so that
 * the heading of the contents is named by none.
 */
export function sourceOf(
  name: "chapter" | "section",
  { part, stretch, numbered }: HeadedSection,
): { readonly section: Section; readonly style?: string } | undefined {
  const chapter = stretch.chapter ?? part.children.find(isSection);
  if (!chapter) return undefined;
  if (name === "section") {
    const inner = chapter.children.find(isSection);
    return inner && { section: inner, style: headingStyleOf(inner, 2, numbered).reference };
  }
  const style = headingStyle(chapter, 1, part.role);
  if (!style) return undefined;
  if (chapter.role === "toc") return { section: chapter };
  if (style === "front-heading") return { section: chapter, style: '"Front Heading"' };
  return { section: chapter, style: headingStyleOf(chapter, 1, numbered).reference };
}

function isSection(block: Block): block is Section {
  return block.type === "section";
}
