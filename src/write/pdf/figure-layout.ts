// A figure as a block of lines: rows of images with their captions, all below one
// another, with the places of their lines from the block's top left corner.

import { imageGap } from "../figure-look.js";
import type { ParagraphNode } from "./definition.js";
import type { FigureNode, ImageColumn } from "./figure-definition.js";
import type { NoteRows } from "./notes.js";
import type { TextLine } from "./paragraph.js";

/** A figure that is laid out. Lengths are in points. */
export interface FigureLayout {
  readonly height: number;
  readonly lines: readonly FigureLine[];
  readonly notes: readonly NoteRows[];
}

interface FigureLine {
  readonly line: TextLine;
  readonly x: number;
  readonly y: number;
}

type BreakLines = (paragraph: ParagraphNode, width: number) => readonly TextLine[];

/** Lays a figure out. `width` is that of the lines around; captions have their own indents in it. */
export function layOutFigure(
  node: FigureNode,
  width: number,
  breakLines: BreakLines,
): FigureLayout {
  const block = new Block(breakLines);
  block.add(node.above, 0, width);
  for (const row of node.imageRows) block.addRow(row, node);
  block.add(node.below, 0, width);
  return block.finish();
}

class Block {
  readonly #breakLines: BreakLines;
  readonly #lines: FigureLine[] = [];
  #y = 0;
  /** The space below what was added last, which is not there yet. */
  #after: number | undefined;

  constructor(breakLines: BreakLines) {
    this.#breakLines = breakLines;
  }

  /** Adds paragraphs below all that is there; the larger of two spaces counts. */
  add(paragraphs: readonly ParagraphNode[], x: number, width: number): void {
    for (const paragraph of paragraphs) {
      if (this.#after !== undefined) this.#y += Math.max(this.#after, paragraph.before);
      for (const line of this.#breakLines(paragraph, width)) {
        this.#lines.push({ line, x, y: this.#y });
        this.#y += line.height;
      }
      this.#after = paragraph.after;
    }
  }

  /** Adds images side by side, their lower edges on one line. */
  addRow(columns: readonly ImageColumn[], { left, width, align }: FigureNode): void {
    const gaps = imageGap * (columns.length - 1);
    const used = columns.reduce((sum, column) => sum + column.width, gaps);
    let x = left + (align === "center" ? Math.max(0, width - used) / 2 : 0);
    const [first] = columns[0]!.paragraphs;
    if (this.#after !== undefined) this.#y += Math.max(this.#after, first!.before);
    const images = columns.map(({ paragraphs, width: own }) =>
      this.#breakLines(paragraphs[0]!, own),
    );
    const top = this.#y;
    const height = Math.max(...images.map(heightOf));
    let bottom = top + height;
    for (const [index, column] of columns.entries()) {
      let y = top + height - heightOf(images[index]!);
      for (const line of images[index]!) {
        this.#lines.push({ line, x, y });
        y += line.height;
      }
      this.#y = top + height;
      this.#after = column.paragraphs[0]!.after;
      this.add(column.paragraphs.slice(1), x, column.width);
      bottom = Math.max(bottom, this.#y);
      x += column.width + imageGap;
    }
    this.#y = bottom;
    this.#after = first!.after;
  }

  finish(): FigureLayout {
    const notes = this.#lines.flatMap(({ line }) => line.noteRows);
    return { height: this.#y, lines: this.#lines, notes };
  }
}

const heightOf = (lines: readonly TextLine[]): number =>
  lines.reduce((sum, { height }) => sum + height, 0);
