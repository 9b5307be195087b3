// What a writer hands back: the file, and what can be read back out of it.

/** A finished file in memory, with what was really placed in it. */
export interface Written {
  readonly bytes: Uint8Array;
  /**
   * The text that the finished file shows, a string a paragraph or line, read
   * back from the file's own parts (DOCX) or recorded as it was drawn (PDF).
   */
  readonly text: readonly string[];
  /** How many notes and entries of the list were placed. */
  readonly notes: number;
  readonly entries: number;
  /** How many formulas, of which only their number can be compared; those of the contents too. */
  readonly equations: number;
  /** How many images. */
  readonly images: number;
  /** The text of each citation as it stands in the file, in the order of reading. */
  readonly citations: readonly string[];
}
