// The logo on the title page, of a template or a manuscript: an image, read and
// checked as those of figures are.

import type { Report, Span } from "../diagnostic.js";
import type { TitlePageLogo } from "../template.js";
import { length, located, map, optional, type Read, required, text } from "./fields.js";
import { readImageFile } from "./image.js";

/** A logo as it is asked for: `file` is relative to where it is named, `width` in points. */
interface LogoRequest {
  readonly file: { readonly value: string; readonly span: Span };
  readonly alt?: string;
  readonly width?: number;
}

const shape = { alt: optional(text), width: optional(length) };

/** A logo in a manuscript: `{ file: crest.png, alt: University of Example, width: 3cm }`. */
export const manuscriptLogo: Read<LogoRequest> = map({ file: required(located(text)), ...shape });

/** The same as a line of a template's title page: `{ logo: crest.png, width: 3cm }`. */
export const templateLogo: Read<{
  readonly logo: LogoRequest["file"];
  readonly alt?: string;
  readonly width?: number;
}> = map({ logo: required(located(text)), ...shape });

/**
 * Reads the image of a logo with `readBytes`, which reports what cannot be read.
 * Reports an `image-unreadable` at the name of the file, as for figures.
 */
export function readLogo(
  { file, alt, width }: LogoRequest,
  readBytes: (name: string, span: Span) => Uint8Array | undefined,
  report: Report,
): TitlePageLogo | undefined {
  const { value, span } = file;
  const image = readImageFile(value, span, () => readBytes(value, span), report);
  return (
    image && {
      image,
      ...(alt !== undefined && { alt }),
      ...(width && { width: { points: width } }),
      span,
    }
  );
}
