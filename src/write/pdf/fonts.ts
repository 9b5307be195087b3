// The font files of the shipped families, all of them OFL 1.1 from npm: Tinos has
// the metrics of Times New Roman, Arimo those of Arial, Cousine those of Courier
// New; EB Garamond is the book face; Noto's fonts have the symbols.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Font, type FontFamily, fileOf } from "../../fonts.js";

/** Fonts of one cut, for the symbols that text fonts lack. */
export type SymbolFont = "math" | "symbols" | "symbols-2";

/** What text can be set in. */
export type PdfFont = Font | SymbolFont;

interface Shipped {
  readonly package: string;
  readonly name: string;
  readonly isSymbol?: boolean;
}

const shipped: Readonly<Record<FontFamily | SymbolFont, Shipped>> = {
  times: { package: "tinos", name: "Tinos" },
  garamond: { package: "eb-garamond", name: "EBGaramond" },
  arial: { package: "arimo", name: "Arimo" },
  courier: { package: "cousine", name: "Cousine" },
  math: { package: "noto-sans-math", name: "NotoSansMath", isSymbol: true },
  symbols: { package: "noto-sans-symbols", name: "NotoSansSymbols", isSymbol: true },
  "symbols-2": { package: "noto-sans-symbols-2", name: "NotoSansSymbols2", isSymbol: true },
};

/** Where a character is looked for that its own font lacks, in order. */
export const fallbackFonts: readonly PdfFont[] = [
  "times",
  "garamond",
  "courier",
  "math",
  "symbols-2",
  "symbols",
];

/** Returns the file of a face. Throws if the font's package is not installed. */
export function readFont(font: PdfFont, bold: boolean, italic: boolean): Uint8Array {
  if (typeof font === "object") return fileOf(font, bold, italic);
  const { package: folder, name, isSymbol } = shipped[font];
  const cut = isSymbol
    ? "400Regular"
    : `${bold ? "700Bold" : "400Regular"}${italic ? "_Italic" : ""}`;
  const file = `@expo-google-fonts/${folder}/${cut}/${name}_${cut}.ttf`;
  return readFileSync(createRequire(import.meta.url).resolve(file));
}

/** Returns a word for a face, the same for those that are drawn with one file. */
export function faceKey(font: PdfFont, bold: boolean, italic: boolean): string | Uint8Array {
  if (typeof font === "object") return fileOf(font, bold, italic);
  return shipped[font].isSymbol ? font : `${font} ${bold} ${italic}`;
}
