// The fonts of a document as Word knows them: their names, what may stand in for
// those that a computer lacks, and which of their forms are used (ECMA-376-1, 17.8).

import type { Font, FontFamily } from "../../fonts.js";
import type { Template } from "../../template.js";
import type { FontHeights } from "../line-height.js";
import { escapeXml } from "./xml.js";

interface WordFont {
  readonly name: string;
  /** What Word takes where it has no font of the name. */
  readonly alternative?: string;
  /** What it has of the same kind where it knows neither (17.8.3.9 and 17.8.3.13). */
  readonly kind: string;
  /** Set for letters that run from right to left, which the font must have. */
  readonly complexScript: string;
  /** What the font that Word has of this name says of the height of its lines. */
  readonly heights?: FontHeights;
}

/** Of fonts of 2048 units to the em, as those of Word are. */
function heights(ascent: number, descent: number, lineGap: number): FontHeights {
  return { ascent: ascent / 2048, descent: descent / 2048, lineGap: lineGap / 2048 };
}

const roman = '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/>';

const wordFonts: Readonly<Record<FontFamily, WordFont>> = {
  times: {
    name: "Times New Roman",
    kind: `<w:panose1 w:val="02020603050405020304"/>${roman}`,
    complexScript: "Times New Roman",
    heights: heights(1825, 443, 87),
  },
  garamond: {
    name: "EB Garamond",
    alternative: "Garamond",
    kind: `<w:panose1 w:val="00000500000000000000"/>${roman}`,
    complexScript: "Times New Roman",
  },
  arial: {
    name: "Arial",
    kind: '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>',
    complexScript: "Arial",
    heights: heights(1854, 434, 67),
  },
  courier: {
    name: "Courier New",
    kind: '<w:panose1 w:val="02070309020205020404"/><w:charset w:val="00"/><w:family w:val="modern"/><w:pitch w:val="fixed"/>',
    complexScript: "Courier New",
    heights: heights(1705, 615, 0),
  },
};

function wordFont(font: Font): WordFont {
  if (typeof font !== "object") return wordFonts[font];
  return { name: font.name, kind: roman, complexScript: "Times New Roman" };
}

/** Returns the name that a font has in Word. */
export function wordFontName(font: Font): string {
  return wordFont(font).name;
}

/** Returns the heights of a font that Word has; others may be replaced by any. */
export function wordFontHeights(font: Font): FontHeights | undefined {
  return wordFont(font).heights;
}

/**
 * Names a font. One of the theme goes by its place there, so that who changes the
 * theme's fonts in Word changes the document's (17.18.96); its name is for other
 * programs.
 */
export function fontFormat(font: Font, theme?: "major" | "minor"): string {
  const { name, complexScript } = wordFont(font);
  const own = escapeXml(name);
  const place = theme ? ` w:asciiTheme="${theme}HAnsi" w:hAnsiTheme="${theme}HAnsi"` : "";
  return `<w:rFonts w:ascii="${own}" w:hAnsi="${own}" w:eastAsia="${own}" w:cs="${complexScript}"${place}/>`;
}

/**
 * Returns what a document's letters have besides size and language: kerning and
 * ligatures in fonts that have them. Those with the metrics of Word's own fonts
 * go without, so that lines end where they do in the PDF.
 */
export function typographyFormat({ fonts, numerals }: Template): {
  readonly kerning: string;
  readonly forms: string;
} {
  const isFine = typeof fonts.text === "object" || fonts.text === "garamond";
  return {
    kerning: isFine ? '<w:kern w:val="2"/>' : "",
    forms:
      (isFine ? '<w14:ligatures w14:val="standard"/>' : "") +
      (numerals === "old-style" ? '<w14:numForm w14:val="oldStyle"/>' : ""),
  };
}

/** The numerals of a style that has lining ones where the document has others. */
export const liningNumerals = '<w14:numForm w14:val="lining"/>';

/** Returns `word/fontTable.xml`: what Word may put in a font's place where it is missing. */
export function fontTableXml({ fonts }: Template): string {
  const used = new Map<string, WordFont>();
  for (const font of [fonts.text, fonts.headings, fonts.code, ...fonts.fallback]) {
    const known = wordFont(font);
    used.set(known.name, known);
  }
  const list = [...used.values()].map(
    ({ name, alternative, kind }) =>
      `<w:font w:name="${escapeXml(name)}">${alternative ? `<w:altName w:val="${alternative}"/>` : ""}${kind}</w:font>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${list.join("")}</w:fonts>`;
}
