// Placed lines become the content of pages: one text object a line, one link a
// stretch of letters, and a record of what was really drawn.

import type { Citation, Entry } from "../../document.js";
import type { FlowPage } from "./context.js";
import type { NoteNode } from "./definition.js";
import { Renderer } from "./internals.js";
import { TextLine } from "./paragraph.js";
import type { Outline, PDFDocument } from "./pdfmake.js";
import { decimal } from "./shaper.js";
import type { Piece } from "./text.js";

/** What was drawn, recorded as it was. */
export interface Drawn {
  /** The letters of each line, as the document has them. */
  readonly text: readonly string[];
  readonly notes: number;
  /** The letters of each citation. */
  readonly citations: ReadonlyMap<Citation, string>;
  readonly entries: number;
}

/** Draws pages; pdfmake's renderer, which draws all but text. */
export class FlowRenderer extends Renderer {
  readonly #text: string[] = [];
  readonly #notes = new Set<NoteNode>();
  readonly #citations = new Map<Citation, string>();
  readonly #entries = new Set<Entry>();
  /** The open bookmarks, from the outermost in. */
  readonly #bookmarks: { readonly level: number; readonly outline: Outline }[] = [];
  /** The operators of the page that are not yet with pdfkit. */
  #operators: string[] = [];

  override renderPages(pages: readonly FlowPage[]): void {
    for (const { pageSize, items } of pages) {
      this.pdfDocument.addPage({ size: [pageSize.width, pageSize.height], margin: 0 });
      for (const { type, item } of items) {
        if (item instanceof TextLine) this.#drawLine(item);
        else if (type === "vector") {
          this.#flush();
          this.renderVector(item);
        }
      }
      this.#flush();
    }
  }

  /** What was drawn so far. */
  get drawn(): Drawn {
    return {
      text: this.#text,
      notes: this.#notes.size,
      citations: this.#citations,
      entries: this.#entries.size,
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
    const object = new TextObject(this.pdfDocument, line.x, baseLine);
    for (const piece of line.pieces) {
      if (piece.anchor !== undefined) {
        this.pdfDocument.addNamedDestination(piece.anchor, "XYZ", null, line.y, null);
      }
      object.add(piece);
    }
    this.#operators.push(...object.end());
    this.#drawLinks(line, baseLine);
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
    let text = "";
    for (const { source, look } of pieces) {
      text += source;
      const { citation } = look.style;
      if (citation) this.#citations.set(citation, (this.#citations.get(citation) ?? "") + source);
    }
    if (text) this.#text.push(text);
    if (paragraph.entry && index === count - 1) this.#entries.add(paragraph.entry);
    if (endsNote) this.#notes.add(endsNote);
  }

  #drawLinks(line: TextLine, baseLine: number): void {
    const { pieces, x } = line;
    for (let index = 0; index < pieces.length; index++) {
      const first = pieces[index]!;
      const { link } = first.look.style;
      if (link === undefined) continue;
      let last = first;
      while (pieces[index + 1]?.look.style.link === link) last = pieces[++index]!;
      const { face, size, rise } = first.look;
      const top = baseLine - rise - face.ascent * size;
      const height = (face.ascent + face.descent) * size;
      const width = last.x + last.width - last.spaceWidth - first.x;
      if (link.startsWith("#")) {
        this.pdfDocument.goTo(x + first.x, top, width, height, link.slice(1));
      } else {
        this.pdfDocument.link(x + first.x, top, width, height, link);
      }
    }
  }
}

/** The operators that draw the letters of one line (ISO 32000-1, 9.4). */
class TextObject {
  readonly #pdf: PDFDocument;
  readonly #x: number;
  readonly #y: number;
  readonly #operators: string[] = [];
  /** The operands of a `TJ` that is not yet written. */
  #operands = "";
  /** Where the next letter would be drawn. */
  #pen = 0;
  #font = "";
  #rise = 0;

  constructor(pdf: PDFDocument, x: number, y: number) {
    this.#pdf = pdf;
    this.#x = x;
    this.#y = y;
  }

  add(piece: Piece): void {
    const { text, look, x } = piece;
    if (!text) return;
    const { face, size, rise } = look;
    const { parts, width } = face.encode(text);
    if (this.#operators.length === 0) {
      this.#operators.push("BT", `1 0 0 -1 ${decimal(this.#x + x)} ${decimal(this.#y)} Tm`);
      this.#pen = x;
    }
    this.#setFont(face.embedded, size);
    this.#move(x, size);
    // What is drawn otherwise than it is written is read as it is written (14.9.4).
    const actual = piece.isReplaced ? piece.source : undefined;
    if (actual !== undefined) {
      this.#show();
      this.#operators.push(`/Span <</ActualText <${utf16(actual)}>>> BDC`);
    }
    for (const part of parts) {
      this.#setRise(rise + (part.rise * size) / 1000);
      this.#operands += part.operands;
    }
    this.#pen += (width * size) / 1000;
    if (actual === undefined) return;
    this.#show();
    this.#operators.push("EMC");
  }

  end(): string[] {
    if (this.#operators.length === 0) return [];
    this.#setRise(0);
    this.#show();
    this.#operators.push("ET");
    return this.#operators;
  }

  #setFont(font: Piece["look"]["face"]["embedded"], size: number): void {
    const name = `/${font.id} ${decimal(size)} Tf`;
    if (name === this.#font) return;
    this.#show();
    this.#pdf.page.fonts[font.id] ??= font.ref();
    this.#operators.push(name);
    this.#font = name;
  }

  #setRise(rise: number): void {
    if (rise === this.#rise) return;
    this.#show();
    this.#operators.push(`${decimal(rise)} Ts`);
    this.#rise = rise;
  }

  /** Moves the pen along the line; operands of `TJ` count backwards, in thousandths of an em. */
  #move(x: number, size: number): void {
    const distance = x - this.#pen;
    if (Math.abs(distance) < 0.002) return;
    this.#operands += ` ${decimal((-distance * 1000) / size)}`;
    this.#pen = x;
  }

  #show(): void {
    if (this.#operands) this.#operators.push(`[${this.#operands}] TJ`);
    this.#operands = "";
  }
}

/** Returns a text string in hexadecimal, with the mark of its byte order (7.9.2.2). */
function utf16(text: string): string {
  let hexadecimal = "feff";
  for (let index = 0; index < text.length; index++) {
    hexadecimal += text.charCodeAt(index).toString(16).padStart(4, "0");
  }
  return hexadecimal;
}
