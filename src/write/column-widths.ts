// How wide the columns of a table are, by their content and by what the author
// says of them: the automatic layout of CSS (CSS 2.2, 17.5.2.2; css-tables-3, 4),
// but that short columns are not broken for the sake of long ones.

/** What the content of a cell needs, in points, with the space around it. */
export interface CellWidths {
  readonly column: number;
  /** How many columns it covers. */
  readonly columns: number;
  /** Where nothing in it that stays together is cut. */
  readonly least: number;
  /** Where no line is broken. */
  readonly most: number;
}

export interface ColumnWidths {
  /** In points, whole twips, no wider together than there is room. */
  readonly widths: readonly number[];
  /** How wide the columns must be together for nothing in them to be cut. */
  readonly least: number;
}

/**
 * Returns the widths of columns. `shares` are those of the room that the author
 * gives to columns, `undefined` where it is up to the content; a column with a
 * share is wider only where its content needs it. Where there is not enough room
 * for what stays together, all columns are narrowed alike.
 */
export function columnWidths(
  shares: readonly (number | undefined)[],
  cells: readonly CellWidths[],
  room: number,
): ColumnWidths {
  const least = shares.map(() => 0);
  const most = shares.map(() => 0);
  const inOrder = [...cells].sort((one, other) => one.columns - other.columns);
  for (const cell of inOrder) widen(most, cell, Math.max(cell.least, cell.most), most);
  for (const cell of inOrder) {
    const gaps = most.map((width, column) => Math.max(0, width - least[column]!));
    widen(least, cell, cell.least, gaps);
  }
  const wanted = shares.map((share, column) =>
    share === undefined ? least[column]! : Math.max(share * room, least[column]!),
  );
  const preferred = shares.map((share, column) =>
    share === undefined ? Math.max(least[column]!, most[column]!) : wanted[column]!,
  );
  const guesses = [least, wanted, satisfied(wanted, preferred, room), preferred];
  return { widths: wholeTwips(shareOut(guesses, room), room), least: sum(least) };
}

/**
 * Returns widths with which columns that prefer less than their even part of the
 * room have what they prefer, as far as the others keep what they want.
 */
function satisfied(
  wanted: readonly number[],
  preferred: readonly number[],
  room: number,
): readonly number[] {
  const widths = [...wanted];
  let left = room;
  let needed = sum(wanted);
  const byWidth = preferred.map((width, column) => ({ width, column }));
  byWidth.sort((one, other) => one.width - other.width);
  for (const [index, { width, column }] of byWidth.entries()) {
    needed -= wanted[column]!;
    if (width > left / (byWidth.length - index) || left - width < needed) break;
    widths[column] = width;
    left -= width;
  }
  return widths;
}

/** Widens the columns that a cell covers, in proportion to some measures, until it has room. */
function widen(
  widths: number[],
  cell: CellWidths,
  needed: number,
  measures: readonly number[],
): void {
  const { column, columns } = cell;
  const missing = needed - sum(widths.slice(column, column + columns));
  if (missing <= 0) return;
  // The measures may be these widths, which change.
  const parts = measures.slice(column, column + columns);
  const whole = sum(parts);
  for (let at = column; at < column + columns; at++) {
    widths[at]! += missing * (whole > 0 ? parts[at - column]! / whole : 1 / columns);
  }
}

/** Returns the widest of the guesses that has room; what is left goes towards the next one. */
function shareOut(guesses: readonly (readonly number[])[], room: number): readonly number[] {
  let before: readonly number[] | undefined;
  for (const guess of guesses) {
    const width = sum(guess);
    if (width > room + 1e-6) {
      if (!before) return guess.map((own) => (own / width) * room);
      const used = sum(before);
      const part = (room - used) / (width - used);
      return guess.map((own, column) => before![column]! + (own - before![column]!) * part);
    }
    before = guess;
  }
  return before ?? [];
}

/** Moves the edges of columns to whole twips, in which Word counts. */
function wholeTwips(widths: readonly number[], room: number): number[] {
  const most = Math.floor(room * 20 + 1e-6);
  let edge = 0;
  let before = 0;
  return widths.map((width) => {
    edge += width;
    const at = Math.min(most, Math.ceil(edge * 20 - 1e-6));
    const own = (at - before) / 20;
    before = at;
    return own;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
