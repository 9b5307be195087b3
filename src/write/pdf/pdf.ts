// The document as a PDF, laid out on pages. Laying out comes first, for the
// DOCX needs the page numbers too; writing draws what was laid out.

import { type Citation, type Document, nodesOf, type Table } from "../../document.js";
import { printPages, refersToPages } from "../../page-references.js";
import type { Template } from "../../template.js";
import type { Written } from "../../written.js";
import type { Remarks } from "../remarks.js";
import type { TableLook } from "../table-look.js";
import { FlowBuilder, impositionOf } from "./builder.js";
import type { FlowPage } from "./context.js";
import { type Definition, define } from "./definition.js";
import { fallbackFonts } from "./fonts.js";
import { hyphenatorOf } from "./hyphenation.js";
import { missingInDrawings } from "./image-box.js";
import { printLineNumbers } from "./line-numbers.js";
import { printPageMarks } from "./page-marks.js";
import { countPages, fillContents, findAnchors, type PageNumbers } from "./page-numbers.js";
import { FlowDocument } from "./printer.js";
import { FlowRenderer } from "./renderer.js";
import { printHeadsAndFeet } from "./running-heads.js";
import { findHeadObstacles, findObstacles, keptStandards, type Obstacle } from "./standards.js";
import { placeStickyNotes } from "./sticky-notes.js";
import { type MissingCharacter, Typesetter, type WideFormula } from "./text.js";

/** A document on its pages. */
export interface Pagination {
  readonly pageCount: number;
  /** The document with its references to pages printed. */
  readonly document: Document;
  /** The printed number of the page on which each section, entry and label stands, by its id. */
  readonly labels: ReadonlyMap<string, string>;
  /**
   * The same with all figures and tables where they were written: what a DOCX has,
   * since Word does not let them wait for the next page.
   */
  readonly inPlace: Pick<Pagination, "document" | "labels" | "tables">;
  /** The characters that no font has, each where it first comes; an empty square is drawn for them. */
  readonly missing: readonly MissingCharacter[];
  /** The formulas that were made smaller, for they were wider than their lines. */
  readonly tooWide: readonly WideFormula[];
  /** How wide the columns of each table are, and what else its layout has found out. */
  readonly tables: ReadonlyMap<Table, TableLook>;
  /** What keeps the file from the standards that it would else say it keeps. */
  readonly obstacles: readonly Obstacle[];
  /**
   * Draws the pages, and returns the file and what was drawn: `text` has a
   * string a line, in the order of drawing, with the marks and numbers of notes,
   * without heads and feet and the bullets and numbers of lists. `remarks` become
   * notes in the margin beside their places.
   */
  write(remarks?: Remarks): Promise<Written>;
}

/**
 * Lays a document out as a template has it.
 *
 * Lines and pages end where they do in LibreOffice's rendering of our DOCX, as
 * far as that keeps to the rules of a page: notes stand on the page of their
 * mark, at least two lines of a paragraph or a divided note stand together, and
 * a heading stands with the first lines of its text. Where pages face one another
 * or chapters begin on the right, numbers alternate between odd and even, and
 * blank pages stand where there would be two of a kind.
 */
export async function paginate(document: Document, template: Template): Promise<Pagination> {
  const pdf = new FlowDocument(document);
  const typesetter = new Typesetter(
    (font, bold, italic, shaping) => pdf.face(font, bold, italic, shaping),
    template.hyphenate ? hyphenatorOf(document.metadata.lang) : undefined,
    [...template.fonts.fallback, ...fallbackFonts],
    document.metadata.lang,
  );
  const { printed, definition, layout } = layOutAll(document, template, typesetter);
  const { pages, numbers, labels, tables } = layout;
  // Asked for by the DOCX alone, so that a PDF of its own is laid out once.
  const layOutInPlace = (): Pagination["inPlace"] => {
    const still = layout.haveFloatsMoved
      ? layOutAll(document, { ...template, figurePlacement: "in-place" }, typesetter)
      : { printed, layout };
    const { labels, tables } = still.layout;
    return { document: still.printed, labels, tables };
  };
  printHeadsAndFeet(pages, document, numbers, template, typesetter);
  printLineNumbers(pages, document, template, typesetter);
  printPageMarks(pages, document, template, typesetter);

  const { heads } = template;
  const obstacles = [...findObstacles(printed), ...(heads ? findHeadObstacles(heads) : [])];
  let inPlace: Pagination["inPlace"] | undefined;
  let written: Promise<Written> | undefined;
  const write = async (remarks: Remarks | undefined): Promise<Written> => {
    const stickyNotes = remarks && placeStickyNotes(pages, remarks);
    const renderer = new FlowRenderer(pdf, definition.places, stickyNotes);
    renderer.renderPages(pages);
    const { drawn } = renderer;
    const bytes = await pdf.bytes(numbers.ranges, keptStandards(obstacles, Boolean(remarks)));
    return { bytes, ...drawn, citations: inReadingOrder(printed, drawn.citations) };
  };
  return {
    pageCount: pages.length,
    document: printed,
    labels,
    missing: [...typesetter.missing.values(), ...missingInDrawings(printed, pdf)],
    tooWide: [...typesetter.tooWide.values()],
    tables,
    obstacles,
    get inPlace() {
      inPlace ??= layOutInPlace();
      return inPlace;
    },
    // pdfkit gives a file away once.
    write: (remarks) => (written ??= write(remarks)),
  };
}

/** Notes are drawn below the text that they belong to: the tree tells where each stands. */
function inReadingOrder(
  document: Document,
  drawn: ReadonlyMap<Citation, string>,
): readonly string[] {
  const texts: string[] = [];
  for (const node of nodesOf(document)) {
    const text = node.type === "citation" ? drawn.get(node) : undefined;
    if (text !== undefined) texts.push(text);
  }
  return texts;
}

/** The pages of a document, and the numbers that they have. */
interface Layout {
  readonly pages: readonly FlowPage[];
  readonly numbers: PageNumbers;
  readonly labels: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<Table, TableLook>;
  readonly haveLabelsRoom: boolean;
  readonly haveFloatsMoved: boolean;
}

/** A document is laid out no more often than this for its references to pages. */
const MOST_ROUNDS = 4;

/** Lays a document out until the numbers of pages in it are those that it has. */
function layOutAll(
  document: Document,
  template: Template,
  typesetter: Typesetter,
): { readonly printed: Document; readonly definition: Definition; readonly layout: Layout } {
  let printed = document;
  let definition = define(printed, template);
  let layout = layOut(printed, definition, template, typesetter, new Map());
  let shown: ReadonlyMap<string, string> | undefined = refersToPages(document)
    ? new Map()
    : undefined;
  for (let round = 1; round < MOST_ROUNDS; round++) {
    const { labels, haveLabelsRoom } = layout;
    if (haveLabelsRoom && (!shown || isSame(shown, labels))) break;
    if (shown) {
      printed = printPages(document, labels);
      shown = labels;
      definition = define(printed, template);
    }
    // Page numbers may be wider than was thought: lines are broken for the real ones.
    layout = layOut(printed, definition, template, typesetter, labels);
  }
  return { printed, definition, layout };
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([id, label]) => other.get(id) === label);
}

/** Lays a definition out; `expected` are page numbers of sections, as far as they are known. */
function layOut(
  document: Document,
  definition: Definition,
  template: Template,
  typesetter: Typesetter,
  expected: ReadonlyMap<string, string>,
): Layout {
  const { page } = template;
  const margins = { ...page.margins, left: page.margins.left + page.gutter };
  const builder = new FlowBuilder(page, margins, typesetter, expected, impositionOf(template));
  const pages = builder.layOut(definition);
  const numbers = countPages(pages, document, template);
  const labels = new Map<string, string>();
  for (const [anchor, index] of findAnchors(pages)) labels.set(anchor, numbers.labels[index]!);
  const haveLabelsRoom = fillContents(pages, labels, typesetter);
  const { tables, haveFloatsMoved } = builder;
  return { pages, numbers, labels, tables, haveLabelsRoom, haveFloatsMoved };
}
