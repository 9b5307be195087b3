// How tables look in both writers: rules above, below the header and below, as
// scholarly tables have them (CMOS 18, 3.57; APA 7, 7.8), and space around cells.

/** Space at the left and right of a cell's text, in points. */
export const cellSide = 4;

/** The same in a table that is wider than its page. */
export const narrowSide = 1;

/** Space above and below it. */
export const cellTop = 2;

/** The width of the rules at the table's head and foot, and of those below header cells. */
export const outerRule = 1;
export const innerRule = 0.5;

/** Space between a table and the text around it, in points; below a caption that of its style. */
export const tableSpace = 12;

/**
 * Of the height of a page's text, what a table that is never divided may take with
 * its caption and its notes. The gap that it leaves where it cannot float is no larger.
 */
export const mostOfPageWhole = 0.5;

/** What the layout has found out of a table, for a writer that cannot measure text. */
export interface TableLook {
  /** Whether it stays on one page, with its caption and its notes. */
  readonly isWhole: boolean;
  /** The widths of its columns, in points. */
  readonly widths: readonly number[];
  /** How much smaller its letters are than the styles say; 1 where they are not. */
  readonly scale: number;
  /** Space at the left and right of each cell's text, in points. */
  readonly side: number;
  /** Whether it is wider than there is room, so that words may be cut. */
  readonly isTooWide: boolean;
  /** Whether each row, those of the header included, stays on one page. */
  readonly areWhole: readonly boolean[];
}

/** Returns the size of letters in a table that has been made smaller: half points, as Word counts. */
export function scaledSize(size: number, scale: number): number {
  return scale === 1 ? size : Math.max(1, Math.round(size * scale * 2) / 2);
}
