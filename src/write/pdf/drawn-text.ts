// The letters that were drawn, in the order in which they are read: a cell that
// is divided goes on over pages, and so the notes of cells that stand side by side.

import type { TextLine } from "./paragraph.js";

/** Lines that are read one after the other. */
interface Strand {
  readonly lines: string[];
  /** The number of the note that they are of. */
  readonly note: number | undefined;
}

/** Gathers the letters of lines as they are drawn. */
export class DrawnText {
  readonly #strands: Strand[] = [];
  readonly #cells = new Map<object, Strand>();

  /** Adds the letters of a line, behind those of its cell if it is of one. */
  add({ cell, ofNote }: TextLine, letters: string): void {
    let strand = cell && this.#cells.get(cell);
    if (!strand) {
      strand = { lines: [], note: ofNote?.number };
      this.#strands.push(strand);
      if (cell) this.#cells.set(cell, strand);
    }
    strand.lines.push(letters);
  }

  /** Returns a string a line; notes that stand on earlier pages than those before them are put in order. */
  lines(): string[] {
    const inOrder = this.#strands
      .filter(({ note }) => note !== undefined)
      .sort((one, other) => one.note! - other.note!);
    let next = 0;
    return this.#strands.flatMap((strand) =>
      strand.note === undefined ? strand.lines : inOrder[next++]!.lines,
    );
  }
}
