// What is wrong with an image's file, in words that follow its name.

/** Thrown by the readers of image formats: `is cut off`, with what to do about it. */
export class ImageError extends Error {
  readonly hints: readonly string[];

  constructor(message: string, hints: readonly string[] = []) {
    super(message);
    this.name = "ImageError";
    this.hints = hints;
  }
}

/** More would take gigabytes once unpacked; a page of A3 at 600 dots an inch has 70 million. */
const MOST_PIXELS = 80_000_000;

/** What LibreOffice and Word still take. */
const LONGEST_SIDE = 30_000;

/** Throws an `ImageError` for a size in pixels that is none, or too large to be printed. */
export function checkPixels(width: number, height: number): void {
  if (width === 0 || height === 0)
    throw new ImageError(`has no pixels: it is ${width} × ${height}`);
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE) {
    throw new ImageError(`is too large: ${width} × ${height} pixels`, [
      `save it smaller: at most ${MOST_PIXELS / 1_000_000} million pixels, ${LONGEST_SIDE} on a side; 300 an inch are enough for print`,
    ]);
  }
}

/** The hint for a file that is damaged. */
export const saveAgain = ["save it once more, or fetch it again from where it comes from"];
