import { describe, expect, test } from "vitest";
import { fontFamilies } from "../../src/fonts.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { bodyOf, paragraph } from "../docx/tree.js";
import { prose } from "../sample-document.js";

const pdf = new FlowDocument(bodyOf(paragraph("")));
const faces = fontFamilies.flatMap((family) =>
  [false, true].flatMap((bold) =>
    [false, true].map((italic) => ({ family, bold, italic, face: pdf.face(family, bold, italic) })),
  ),
);

const words = [
  ...new Set(prose(5).split(" ")),
  ..."AVATAR To. Te, Yes “Wave,” ‘AV’ 1911 11. f) r, V. P.A. L’Avenir Ταῦτα Άννα Τάγμα ЛАВА Туда АУ, Гоголь Łódź Çağlar Ťava fi ffi office fjord Thing Tatar Qu ΑΥΤΟΥ Ἀθῆναι ГУ. «Труд» 2019–20".split(
    " ",
  ),
];

describe.each(faces)("$family, bold $bold, italic $italic", ({ face }) => {
  test("words are as wide as fontkit makes them", () => {
    const { font } = face.embedded;
    for (const word of words) {
      const run = font.layout(word);
      const width = run.positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
      expect([word, face.width(word)]).toEqual([
        word,
        expect.closeTo((width * 1000) / font.unitsPerEm, 6),
      ]);
    }
  });

  test("drawn operands add up to the width", () => {
    for (const word of words) {
      const { parts, width } = face.encode(word);
      const operands = parts.map((part) => part.operands).join("");
      const kerns = [...operands.matchAll(/ (-?[\d.]+)/g)].reduce(
        (sum, [, kern]) => sum + Number(kern),
        0,
      );
      const glyphs = [...operands.matchAll(/<([0-9a-f]*)>/g)].flatMap(
        ([, run]) => run!.match(/.{4}/g) ?? [],
      );
      const advances = glyphs.reduce(
        (sum, glyph) => sum + face.embedded.widths[Number.parseInt(glyph, 16)]!,
        0,
      );
      expect([word, advances - kerns]).toEqual([word, expect.closeTo(width, 1)]);
      expect(width).toBeCloseTo(face.width(word), 6);
    }
  });
});

test("a mark that stands above its letter is raised, and takes no room", () => {
  const face = pdf.face("times", false, false);
  expect(face.width("q\u0301")).toBeCloseTo(face.width("q"), 6);
  expect(face.has(0x4e2d)).toBe(false);
});

test("without kerning, a text is as wide as its letters", () => {
  const face = pdf.face("times", false, false);
  const letters = [..."AVATAR"].reduce((sum, letter) => sum + face.width(letter), 0);
  expect(face.advance("AVATAR")).toBeCloseTo(letters, 6);
  expect(face.width("AVATAR")).toBeLessThan(letters);
});
