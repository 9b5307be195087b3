// What labels stand at, as references to it must know it.

import type { Span } from "./diagnostic.js";
import type { Inline } from "./document.js";
import type { LabelWord } from "./label-words.js";

/** Something that cross-references and links may aim at. */
export interface LabelTarget {
  readonly id: string;
  readonly word: LabelWord;
  /** Absent on a section without one. */
  readonly number?: string;
  /** The title of a section. */
  readonly title?: readonly Inline[];
  /** What its number counts on from, and the how-manieth it is there: what ranges are made of. */
  readonly series?: string;
  readonly index?: number;
  /** Whether the word alone says which: of a sole appendix. */
  readonly isSole?: boolean;
  /** The figure that it is a part of. */
  readonly parent?: string;
  readonly span?: Span;
}
