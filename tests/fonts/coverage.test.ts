// Which letters the shipped fonts have, and where one takes another's place.

import { expect, test } from "vitest";
import { type FontFamily, fontFamilies } from "../../src/fonts.js";
import type { CharacterStyle } from "../../src/write/pdf/definition.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { bodyOf } from "../docx/tree.js";

const pdf = new FlowDocument(bodyOf());

function typesetter(): Typesetter {
  return new Typesetter((font, bold, italic, shaping) => pdf.face(font, bold, italic, shaping));
}

function styleOf(family: FontFamily, bold = false, italic = false): CharacterStyle {
  return { family, bold, italic, size: 10, capitals: false, smallCaps: false };
}

/** The letters and signs of some blocks that Unicode has given a meaning. */
function assigned(...blocks: readonly (readonly [from: number, to: number])[]): string[] {
  return blocks
    .flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)),
    )
    .filter((letter) => /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(letter));
}

const letters = assigned(
  [0x20, 0x7e],
  [0xa1, 0x24f], // Latin-1, Latin Extended-A and -B
  [0x250, 0x2ff], // phonetic letters and their modifiers
  [0x300, 0x36f],
  [0x370, 0x52f], // Greek and Cyrillic
  [0x5d0, 0x5ea],
  [0x1e00, 0x1fff], // Latin Extended Additional, polytonic Greek
  [0x2010, 0x2027],
  [0x20a0, 0x20be],
  [0x2c60, 0x2c7f],
  [0x2de0, 0x2dff],
);

test.each(
  fontFamilies.flatMap((family) => [false, true].map((italic) => [family, italic] as const)),
)(
  "every Latin, Greek, Cyrillic and Hebrew letter is drawn beside %s (italic: %s)",
  (family, italic) => {
    const setter = typesetter();
    const style = styleOf(family, false, italic);
    setter.boxes([{ text: letters.join(" "), style }]);
    expect([...setter.missing.keys()]).toEqual([]);
  },
);

test("signs that text fonts lack come from the fonts of symbols", () => {
  const setter = typesetter();
  const signs = "∀x∈ℝ ⇒ ∮ ⟨a⟩ ✓ ✗ ☭ ① ♔ ⚖ 𝔸 ⌘ ⏎";
  setter.boxes([{ text: signs, style: styleOf("garamond") }]);
  expect([...setter.missing.keys()]).toEqual([]);
});

/** Returns the letters of a text by the fonts that draw them. */
function fontsOf(text: string, style: CharacterStyle): string[] {
  const boxes = typesetter().boxes([{ text, style }]);
  return boxes.flatMap(({ pieces }) =>
    pieces.map(({ text: drawn, look }) => `${drawn} ${look.face.embedded.font.postscriptName}`),
  );
}

test("a letter that the family lacks is taken from the next that has it, in the same cut", () => {
  expect(fontsOf("aѳѻb", styleOf("garamond", true, true))).toEqual([
    "aѳ EBGaramond-BoldItalic",
    "ѻ Tinos-BoldItalic",
    "b EBGaramond-BoldItalic",
  ]);
});

test("a letter and its marks are of one font", () => {
  // EB Garamond has the letter, but not the mark above it.
  expect(fontsOf("a\u0363b", styleOf("garamond"))).toEqual([
    "a\u0363 Tinos-Regular",
    "b EBGaramond-Regular",
  ]);
});

test("letters of another font make no line higher", () => {
  const [box] = typesetter().boxes([{ text: "☭", style: styleOf("garamond") }]);
  expect(box!.pieces[0]!.look.isFallback).toBe(true);
});

test("a character that no font has is a square, reported with its place", () => {
  const setter = typesetter();
  const span = { file: "a.md", start: 3, end: 9 };
  const [box] = setter.boxes([{ text: "漢", style: styleOf("arial"), span }]);
  expect(box!.pieces.map(({ source, text }) => [source, text])).toEqual([["漢", "□"]]);
  expect([...setter.missing.values()]).toEqual([{ character: "漢", text: "漢", span }]);
});
