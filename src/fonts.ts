// The fonts that a template may name: the shipped families, and the author's
// own files. Each writer knows them in its own way.

/**
 * The shipped families: `times` has the metrics of Times New Roman (Tinos),
 * `garamond` is a book face with small capitals and old-style figures (EB
 * Garamond), `arial` has the metrics of Arial (Arimo), `courier` those of
 * Courier New (Cousine).
 */
export const fontFamilies = ["times", "garamond", "arial", "courier"] as const;

export type FontFamily = (typeof fontFamilies)[number];

/** The cuts of a family. */
export type FontCut = "regular" | "italic" | "bold" | "boldItalic";

/** A font of the author's own: TrueType or OpenType files, which may be embedded. */
export interface OwnFont {
  /** Its name, as Word knows it. */
  readonly name: string;
  /** The files of its cuts; the regular one stands in for those that are missing. */
  readonly files: { readonly regular: Uint8Array } & {
    readonly [cut in Exclude<FontCut, "regular">]?: Uint8Array;
  };
}

export type Font = FontFamily | OwnFont;

/** The fonts of a template. */
export interface Fonts {
  readonly text: Font;
  readonly headings: Font;
  readonly code: Font;
  /** Where characters are looked for that these fonts lack, before the shipped ones. */
  readonly fallback: readonly OwnFont[];
}

/** Returns the nearest cut to a weight and slope that a font of the author's has. */
export function fileOf({ files }: OwnFont, bold: boolean, italic: boolean): Uint8Array {
  const { regular, italic: slanted, bold: heavy, boldItalic } = files;
  if (bold && italic) return boldItalic ?? heavy ?? slanted ?? regular;
  return (bold ? heavy : italic ? slanted : undefined) ?? regular;
}
