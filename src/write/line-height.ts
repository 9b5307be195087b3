// How high lines of text are: LibreOffice's rule, which Word's comes within a
// twip of. Where the two differ, the Word file says which height is meant.

/** What a font says of the height of its lines, in parts of an em (`hhea` in OpenType). */
export interface FontHeights {
  /** Above the base line, without the gap. */
  readonly ascent: number;
  /** Below the base line, as a positive number. */
  readonly descent: number;
  /** Blank space between lines, which both programs put above the letters. */
  readonly lineGap: number;
}

/** LibreOffice's reference device has 8640 dots an inch: six in a twip (1/20 point). */
const DOTS = 6;

/**
 * Returns how far letters of a size in points reach above and below the base line
 * of a single-spaced line, in points: whole twips each.
 *
 * Measured in LibreOffice 7.4 with Times New Roman, Arial and Courier New at all
 * half points from 4 to 49.5: each of the three lengths is rounded to a dot of the
 * device, then ascent, sum of ascent and descent, and gap are rounded to twips. Word
 * adds the three up first; so lines of 10 point Times are 11.55 points high there,
 * and 11.5 here.
 */
export function heightsOfLetters(
  { ascent, descent, lineGap }: FontHeights,
  size: number,
): { readonly above: number; readonly below: number } {
  const dots = size * 20 * DOTS;
  const up = Math.round(ascent * dots);
  const inAll = Math.round((up + Math.round(descent * dots)) / DOTS);
  const letters = Math.round(up / DOTS);
  const gap = Math.round(Math.round(lineGap * dots) / DOTS);
  return { above: (letters + gap) / 20, below: (inAll - letters) / 20 };
}

/** Returns the height in points of a line that is so many times as high as a single one. */
export function spacedHeight(single: number, lines: number): number {
  // A little more, or products that are whole but for their last binary digit are cut too.
  return Math.floor(single * 20 * lines + 1e-6) / 20;
}

/**
 * Returns the height in points that single-spaced lines have in LibreOffice if it
 * is more than in Word, by half a twip or more; `undefined` otherwise.
 */
export function higherThanInWord(font: FontHeights, size: number): number | undefined {
  const { above, below } = heightsOfLetters(font, size);
  const exact = (font.ascent + font.descent + font.lineGap) * size;
  return above + below - exact >= 0.5 / 20 ? above + below : undefined;
}
