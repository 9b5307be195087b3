// Placed lines become the content of pages: one text object a line, one link a
// stretch of letters, and a record of what was really drawn.

import type { Citation, Entry } from "../../document.js";
import type { FlowPage } from "./context.js";
import type { InlineBox, NoteNode } from "./definition.js";
import { DrawnText } from "./drawn-text.js";
import { Renderer } from "./internals.js";
import type { PackedDocument } from "./packed-document.js";
import { TextLine } from "./paragraph.js";
import type { Outline } from "./pdfmake.js";
import { decimal } from "./shaper.js";
import { STICKY_NOTE_SIZE, type StickyNote } from "./sticky-notes.js";
import {
  type Artifact,
  hexadecimal,
  type StructureElement,
  type StructureNode,
  Tagger,
  textString,
} from "./tagger.js";
import type { Piece } from "./text.js";
import { TextObject } from "./text-object.js";

/** What was drawn, recorded as it was. */
export interface Drawn {
  /** The letters of each line, as the document has them. */
  readonly text: readonly string[];
  readonly notes: number;
  /** The letters of each citation. */
  readonly citations: ReadonlyMap<Citation, string>;
  readonly entries: number;
  readonly equations: number;
  readonly images: number;
}

/** Flags of an annotation (table 165): it is printed, and neither grows nor turns with the page. */
const PRINTED = 4;
const PRINTED_AS_IT_IS = PRINTED + 8 + 16;

/** Draws pages; pdfmake's renderer, which draws all but text. */
export class FlowRenderer extends Renderer {
  readonly #text = new DrawnText();
  readonly #notes = new Set<NoteNode>();
  readonly #citations = new Map<Citation, string>();
  readonly #entries = new Set<Entry>();
  /** What boxes were drawn of; of a formula that is divided there are several. */
  readonly #images = new Set<InlineBox>();
  readonly #boxes = new Set<StructureNode>();
  /** The open bookmarks, from the outermost in. */
  readonly #bookmarks: { readonly level: number; readonly outline: Outline }[] = [];
  /** The operators of the page that are not yet with pdfkit. */
  #operators: string[] = [];
  readonly #pdf: PackedDocument;
  readonly #tagger: Tagger;
  readonly #places: ReadonlyMap<string, string>;
  readonly #stickyNotes: ReadonlyMap<FlowPage, readonly StickyNote[]>;

  /** `places` says what stands at the places that links aim at, by the names of the places. */
  constructor(
    pdf: PackedDocument,
    places: ReadonlyMap<string, string>,
    stickyNotes: ReadonlyMap<FlowPage, readonly StickyNote[]> = new Map(),
  ) {
    super(pdf);
    this.#pdf = pdf;
    this.#stickyNotes = stickyNotes;
    this.#tagger = new Tagger(pdf);
    this.#places = places;
  }

  /** Draws all pages of the file, and writes their structure. */
  override renderPages(pages: readonly FlowPage[]): void {
    for (const page of pages) {
      const { pageSize, items } = page;
      this.pdfDocument.addPage({ size: [pageSize.width, pageSize.height], margin: 0 });
      this.#tagger.beginPage();
      for (const { type, item } of items) {
        if (item instanceof TextLine) this.#drawLine(item);
        else if (type === "structure") {
          for (const node of item as readonly StructureNode[]) this.#tagger.place(node);
        } else if (type === "vector") {
          this.#operators.push(...this.#tagger.switchTo(rule));
          this.#flush();
          this.renderVector(item);
        }
      }
      this.#operators.push(...this.#tagger.end());
      this.#flush();
      for (const note of this.#stickyNotes.get(page) ?? []) this.#annotate(note);
    }
    this.#tagger.finish();
  }

  /** What was drawn so far. */
  get drawn(): Drawn {
    return {
      text: this.#text.lines(),
      notes: this.#notes.size,
      citations: this.#citations,
      entries: this.#entries.size,
      equations: [...this.#boxes].filter(({ type }) => type === "Formula").length,
      images: this.#images.size,
    };
  }

  #flush(): void {
    if (this.#operators.length) this.pdfDocument.addContent(this.#operators.join("\n"));
    this.#operators = [];
  }

  #drawLine(line: TextLine): void {
    this.#record(line);
    if (line.index === 0) this.#anchorParagraph(line);
    const baseLine = line.y + line.ascent;
    const linked = new Map<Piece, StructureElement>();
    const sequences = this.#sequencesOf(line);
    const addsSpace = line.index < line.count - 1 && (endsWithNewline(line) || endsTitle(line));
    for (const [index, { structure, link, pieces, actual }] of sequences.entries()) {
      const content = "kind" in structure ? structure : this.#tagger.elementOf(structure, link);
      if (actual !== undefined || !this.#tagger.isOpen(content)) {
        const text = actual === undefined ? undefined : hexadecimal(actual);
        this.#operators.push(...this.#tagger.switchTo(content, text));
      }
      const [first] = pieces;
      if (first?.box) {
        this.#drawBox(first, line.x + first.x, baseLine, structure);
        if (link !== undefined && !("kind" in content)) linked.set(first, content);
        continue;
      }
      const object = new TextObject(this.pdfDocument, line.x, baseLine);
      for (const piece of pieces) {
        object.add(piece);
        if (link !== undefined && !("kind" in content)) linked.set(piece, content);
        if (piece.note) this.#tagger.place(piece.note.structure);
      }
      // Words are parted by spaces, wherever they stand (ISO 32000-1, 14.8.2.5).
      const next = sequences[index + 1];
      if (next ? "kind" in next.structure : addsSpace) object.addSpace();
      this.#operators.push(...object.end());
      if (actual !== undefined) this.#operators.push(...this.#tagger.end());
    }
    if (linked.size) this.#drawLinks(line, baseLine, linked);
  }

  /** Adds a note to the page, as a text annotation (ISO 32000-1, 12.5.6.4). */
  #annotate({ x, y, text, structure }: StickyNote): void {
    const element = this.#tagger.annotationOf(structure);
    this.pdfDocument.note(x, y, STICKY_NOTE_SIZE, STICKY_NOTE_SIZE, text, {
      T: new String("reissue"),
      F: PRINTED_AS_IT_IS,
      StructParent: this.#tagger.annotationKey,
    });
    this.#tagger.addAnnotation(element);
  }

  /** Draws a box, which is marked already, and notes where it stands. */
  #drawBox(piece: Piece, x: number, line: number, structure: StructureNode | Artifact): void {
    const { box, look } = piece;
    const baseLine = line - look.rise;
    const isEdge = "kind" in structure && structure.kind !== "Layout";
    if (!box!.isText && !isEdge) this.#images.add(box!);
    this.#flush();
    this.pdfDocument.save();
    box!.draw(this.pdfDocument, x, baseLine);
    this.pdfDocument.restore();
    this.#operators.push(...this.#tagger.end());
    if ("kind" in structure) return;
    const { height } = this.pdfDocument.page;
    const bottom = height - baseLine - box!.descent;
    this.#tagger.enclose(structure, [x, bottom, x + box!.width, height - baseLine + box!.ascent]);
    this.#boxes.add(structure);
  }

  /**
   * Returns the pieces of a line that are marked together, in order: those of
   * one element, each box, and apart what is drawn otherwise than it is written. Marked
   * sequences are not nested, which some readers lose text by.
   */
  #sequencesOf(line: TextLine): Sequence[] {
    const sequences: Sequence[] = [];
    for (const piece of line.pieces) {
      if (piece.anchor !== undefined) {
        this.pdfDocument.addNamedDestination(piece.anchor, "XYZ", null, line.y, null);
      }
      if (!piece.text) continue;
      const { structure = line.paragraph.structure, link } = piece.look.style;
      const actual = "kind" in structure || piece.box ? undefined : actualText(piece);
      const last = sequences.at(-1);
      if (
        !piece.box &&
        !last?.pieces[0]?.box &&
        last?.structure === structure &&
        last.link === link &&
        (last.actual === undefined) === (actual === undefined)
      ) {
        last.pieces.push(piece);
        if (actual !== undefined) last.actual += actual;
      } else sequences.push({ structure, link, pieces: [piece], actual });
    }
    return sequences;
  }

  /** Names where a paragraph begins, and adds its bookmark. */
  #anchorParagraph({ paragraph, y }: TextLine): void {
    for (const anchor of paragraph.anchors) {
      this.pdfDocument.addNamedDestination(anchor, "XYZ", null, y, null);
    }
    if (!paragraph.bookmark) return;
    const { title, level } = paragraph.bookmark;
    while (this.#bookmarks.length && this.#bookmarks.at(-1)!.level >= level) this.#bookmarks.pop();
    const parent = this.#bookmarks.at(-1)?.outline ?? this.pdfDocument.outline;
    // pdfkit counts `left` from the right edge of the page.
    const left = this.pdfDocument.page.width;
    const outline = parent.addItem(title, { top: Math.max(0, y), left, expanded: level === 1 });
    this.#bookmarks.push({ level, outline });
  }

  #record(line: TextLine): void {
    const { pieces, paragraph, index, count, endsNote } = line;
    // Heads and feet are no part of the text, nor are the numbers of lines.
    const { structure } = paragraph;
    if ("kind" in structure && structure.kind !== "Layout") return;
    let text = "";
    for (const { source, look } of pieces) {
      text += source;
      const { citation } = look.style;
      if (citation) this.#citations.set(citation, (this.#citations.get(citation) ?? "") + source);
    }
    if (text) this.#text.add(line, text);
    if (paragraph.entry && index === count - 1) this.#entries.add(paragraph.entry);
    if (endsNote) this.#notes.add(endsNote);
  }

  /** Draws a link over each stretch of pieces that has one; `linked` are the elements of them. */
  #drawLinks(line: TextLine, baseLine: number, linked: ReadonlyMap<Piece, StructureElement>): void {
    const { pieces, x } = line;
    for (let index = 0; index < pieces.length; index++) {
      const first = pieces[index]!;
      const { link } = first.look.style;
      if (link === undefined) continue;
      let left = first.x;
      let right = first.end;
      let element = linked.get(first);
      while (pieces[index + 1]?.look.style.link === link) {
        const next = pieces[++index]!;
        left = Math.min(left, next.x);
        right = Math.max(right, next.end);
        element ??= linked.get(next);
      }
      // What draws nothing cannot be followed.
      if (!element) continue;
      const { face, size, rise } = first.look;
      const top = baseLine - rise - face.ascent * size;
      const height = (face.ascent + face.descent) * size;
      const place = link.startsWith("#") ? link.slice(1) : undefined;
      const action =
        place === undefined ? `/S/URI/URI${textString(link)}` : `/S/GoTo/D${textString(place)}`;
      const contents = (place !== undefined && this.#places.get(place)) || link;
      const bottom = this.pdfDocument.page.height - top - height;
      const corners = [x + left, bottom, x + right, bottom + height].map(decimal).join(" ");
      // pdfkit would need two objects and four times the time.
      const annotation = this.#pdf.ref();
      this.#pdf.page.annotations.push(annotation);
      this.#pdf.put(
        annotation,
        `<</Type/Annot/Subtype/Link/Rect[${corners}]/Border[0 0 0]/F ${PRINTED}` +
          `/A<<${action}>>/Contents${textString(contents)}/StructParent ${this.#tagger.annotationKey}>>`,
      );
      this.#tagger.addAnnotation(element);
    }
  }
}

/** Whether a title of the contents ends with the line, its page number being on the next. */
function endsTitle({ pieces, paragraph }: TextLine): boolean {
  if (paragraph.pageOf === undefined) return false;
  const title = paragraph.runs
    .map(({ text, box, formula }) => (box || formula ? "" : text))
    .join("");
  return title.endsWith(pieces.map(({ source }) => source).join(""));
}

/** Pieces of a line that are marked together. */
interface Sequence {
  readonly structure: StructureNode | Artifact;
  readonly link: string | undefined;
  readonly pieces: Piece[];
  /** What is to be read, if that is not what is drawn. */
  actual: string | undefined;
}

/**
 * Returns what is to be read where something else is drawn (ISO 32000-1,
 * 14.9.4): a hyphen that only the end of the line brought is a soft one
 * (14.8.2.2.3).
 */
function actualText({ source, text, look, isReplaced }: Piece): string | undefined {
  const { structure } = look.style;
  if (source === "" && text === "-" && structure?.type !== "Lbl") return "\u00ad";
  return isReplaced || privateLetters.test(text) ? source : undefined;
}

/** Letters whose fonts alone know what they mean, of which archives want it said (ISO 19005-2, 6.2.11.7.3). */
const privateLetters = /\p{Co}/u;

const rule: Artifact = { type: "Artifact", kind: "Layout" };

/** Whether the text itself ends the line. */
function endsWithNewline({ pieces }: TextLine): boolean {
  return /[\n\u000b\u000c\u0085\u2028\u2029]$/.test(pieces.at(-1)?.source ?? "");
}
