// Letters as operators of a page: those of a line, or of words in a formula.

import type { PDFDocument } from "./pdfmake.js";
import { decimal, type Face } from "./shaper.js";
import type { Piece } from "./text.js";

/** The operators that draw the letters of one line (ISO 32000-1, 9.4). */
export class TextObject {
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
  #face: Face | undefined;
  /** How much wider than they are letters are drawn. */
  #expansion = 1;

  /** The line begins at `x`, and its base line is at `y`, from the page's top left corner. */
  constructor(pdf: PDFDocument, x: number, y: number) {
    this.#pdf = pdf;
    this.#x = x;
    this.#y = y;
  }

  /** Adds a piece, at its place in the line. */
  add(piece: Piece): void {
    const { text, look, x } = piece;
    if (!text) return;
    const { face, size, rise } = look;
    const { parts, width } = face.encode(text);
    if (this.#operators.length === 0) {
      const place = `${decimal(this.#x + x)} ${decimal(this.#y)}`;
      this.#expansion = piece.expansion;
      this.#operators.push("BT", `${decimal(piece.expansion)} 0 0 -1 ${place} Tm`);
      this.#pen = x;
    }
    this.#setFont(face.embedded, size);
    this.#face = face;
    this.#move(x, size);
    for (const part of parts) {
      this.#setRise(rise + (part.rise * size) / 1000);
      this.#operands += part.operands;
    }
    this.#pen += ((width * size) / 1000) * this.#expansion;
  }

  /** Draws a space behind the last letter. */
  addSpace(): void {
    if (this.#face)
      for (const { operands } of this.#face.encode(" ").parts) this.#operands += operands;
  }

  /** Returns the operators; nothing may be added behind. */
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
    this.#operands += ` ${decimal((-distance * 1000) / (size * this.#expansion))}`;
    this.#pen = x;
  }

  #show(): void {
    if (this.#operands) this.#operators.push(`[${this.#operands}] TJ`);
    this.#operands = "";
  }
}
