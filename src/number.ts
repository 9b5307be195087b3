// Numbers the notes of a work, in the order in which their marks are read.
// To be done when every note stands in its place, and before citing: note
// styles count all notes, also those that cite nothing.

import { type Block, type Document, type Inline, mapBlocks, mapInlines } from "./document.js";

/** Returns the document with its notes numbered from 1 through all its parts. */
export function numberNotes(document: Document): Document {
  let number = 0;
  return mapBlocks(document, (blocks) => blocks.map(numberBlock));

  // Section by section, so that a note in a title is counted before those below it.
  function numberBlock(block: Block): Block {
    return mapInlines([block], (inline: Inline): readonly Inline[] => {
      if (inline.type !== "note") return [inline];
      number++;
      return [{ ...inline, number }];
    })[0]!;
  }
}
