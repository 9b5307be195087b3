// Forms of letters that a book face has, and punctuation in the margins.

import { describe, expect, test } from "vitest";
import type { FontFamily } from "../../src/fonts.js";
import type { CharacterStyle, ParagraphNode } from "../../src/write/pdf/definition.js";
import { breakParagraph } from "../../src/write/pdf/paragraph.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { type Piece, Typesetter } from "../../src/write/pdf/text.js";
import { bodyOf } from "../docx/tree.js";
import { prose } from "../sample-document.js";

const pdf = new FlowDocument(bodyOf());
const typesetter = new Typesetter((font, bold, italic, shaping) =>
  pdf.face(font, bold, italic, shaping),
);

function styleOf(family: FontFamily, change: Partial<CharacterStyle> = {}): CharacterStyle {
  return {
    family,
    bold: false,
    italic: false,
    size: 10,
    capitals: false,
    smallCaps: false,
    ...change,
  };
}

function piecesOf(text: string, style: CharacterStyle): Piece[] {
  return typesetter.boxes([{ text, style }]).flatMap(({ pieces }) => pieces);
}

/** What is drawn for some pieces: the text, its size, and whether it is read otherwise. */
const shown = ({ text, look, isReplaced }: Piece) =>
  `${text} ${look.size}${isReplaced ? " replaced" : ""}`;

describe("small capitals", () => {
  test("are the font's own where it has them, and the text stays as it was written", () => {
    const style = styleOf("garamond", { smallCaps: true });
    const pieces = piecesOf("The cis, 1991", style);
    expect(pieces.map(shown)).toEqual(["The  10", "cis,  10", "1991 10"]);
    const [first] = pieces;
    const plain = piecesOf("The", styleOf("garamond"))[0]!;
    expect(first!.width - first!.spaceWidth).not.toBeCloseTo(plain.width, 2);
  });

  test("are reduced capitals where it has none", () => {
    const latin = piecesOf("Nato", styleOf("times", { smallCaps: true }));
    expect(latin.map(shown)).toEqual(["N 10", "ATO 8 replaced"]);
    const cyrillic = piecesOf("Нато aß", styleOf("garamond", { smallCaps: true }));
    expect(cyrillic.map(shown)).toEqual(["Н 10", "АТО 8 replaced", "  10", "aß 10"]);
  });

  test("are those of the language", () => {
    const style = styleOf("times", { smallCaps: true, lang: "tr" });
    expect(piecesOf("in", style).map(shown)).toEqual(["İN 8 replaced"]);
  });
});

describe("numerals", () => {
  const glyphs = (text: string, style: CharacterStyle) =>
    piecesOf(text, style)
      .flatMap(({ look }) => look.face.encode(text).parts)
      .map(({ operands }) => operands)
      .join("");

  test("are old-style ones where the style and the font have them", () => {
    const lining = glyphs("1917", styleOf("garamond"));
    expect(glyphs("1917", styleOf("garamond", { oldStyleNumerals: true }))).not.toBe(lining);
    // The marks of notes stay lining.
    const raised = { oldStyleNumerals: true, script: "superscript" } as const;
    expect(glyphs("1917", styleOf("garamond", raised))).toBe(lining);
    expect(glyphs("1917", styleOf("times", { oldStyleNumerals: true }))).toBe(
      glyphs("1917", styleOf("times")),
    );
  });
});

test("ligatures are drawn as one glyph", () => {
  const glyphs = (text: string, family: FontFamily) => {
    const { parts } = pdf.face(family, false, false).encode(text);
    const operands = parts.map((part) => part.operands).join("");
    const runs = [...operands.matchAll(/<([0-9a-f]+)>/g)].map(([, digits]) => digits);
    return runs.join("").length / 4;
  };
  // o, ffi, c, e.
  expect(glyphs("office", "garamond")).toBe(4);
  expect(glyphs("office", "times")).toBe(6);
});

test("a glyph that stands for two letters is read as each of them", () => {
  // The Latin and the Cyrillic schwa are one glyph of Tinos.
  const face = pdf.face("times", false, false);
  const read = [..."əәə"].map((letter) => {
    const operands = face
      .encode(letter)
      .parts.map((part) => part.operands)
      .join("");
    const id = Number.parseInt(/<([0-9a-f]{4})>/.exec(operands)![1]!, 16);
    return String.fromCodePoint(...face.embedded.unicode[id]!);
  });
  expect(read).toEqual(["ə", "ә", "ə"]);
});

test("letters from right to left are drawn in that order, and each is read as itself", () => {
  const face = pdf.face("times", false, false, { features: [], isRightToLeft: true });
  const { font, unicode } = face.embedded;
  const operands = face
    .encode("שלום")
    .parts.map((part) => part.operands)
    .join("");
  const ids = [...operands.matchAll(/<([0-9a-f]+)>/g)].map(([, run]) => run).join("");
  const letters = ids.match(/.{4}/g)!.map((id) => unicode[Number.parseInt(id, 16)]!);
  expect(String.fromCodePoint(...letters.flat())).toBe("םולש");
  // What the letters of each glyph are taken from, and left as it was.
  expect(font._layoutEngine.engine).toMatchObject({ glyphInfos: null });
});

describe("hanging punctuation", () => {
  const base = styleOf("times");
  const narrow = (hangsPunctuation: boolean): ParagraphNode => ({
    text: "",
    runs: [
      { text: `${prose(9)} “Quoted words,” he said, “end lines here and there.”`, style: base },
    ],
    base,
    align: "justify",
    isHyphenated: false,
    ...(hangsPunctuation && { hangsPunctuation }),
    leading: { lines: 1 },
    left: 0,
    right: 0,
    indent: 12,
    before: 0,
    after: 0,
    keepWithNext: false,
    beginsPage: false,
    anchors: [],
    structure: { type: "P" },
  });
  const WIDTH = 180;
  const edges = (hangs: boolean) =>
    breakParagraph(narrow(hangs), WIDTH, typesetter).map((line) => {
      const drawn = line.pieces.filter(({ text }) => text.trim());
      const first = drawn[0]!;
      const last = drawn.at(-1)!;
      return {
        start: first.text.charAt(0),
        end: last.text.trimEnd().at(-1)!,
        left: first.x,
        right:
          last.x + last.width + last.measured.letterWidth * (last.expansion - 1) - last.spaceWidth,
      };
    });

  test("stands in the margin by a part of its width, and nothing else does", () => {
    const lines = edges(true).slice(0, -1);
    const widthOf = (sign: string) => (typesetter.look(base).face.advance(sign) * 10) / 1000;
    const parts = new Map([
      [".", 0.7],
      [",", 0.7],
      ["-", 0.6],
      ["”", 0.5],
      ["’", 0.7],
      ["–", 0.3],
    ]);
    for (const [index, { start, end, left, right }] of lines.entries()) {
      expect([index, right]).toEqual([
        index,
        expect.closeTo(WIDTH + (parts.get(end) ?? 0) * widthOf(end), 6),
      ]);
      const lead = index && (start === "“" ? 0.5 : start === "‘" ? 0.7 : 0) * widthOf(start);
      expect([index, left]).toEqual([index, expect.closeTo((index ? 0 : 12) - lead, 6)]);
    }
    expect(lines.filter(({ end }) => parts.has(end)).length).toBeGreaterThan(3);
  });

  test("ends with the line where the template does not ask for it", () => {
    for (const { right } of edges(false).slice(0, -1)) expect(right).toBeCloseTo(WIDTH, 6);
  });
});

test("raised marks do not open the leading", () => {
  const node = (raised: boolean): ParagraphNode => ({
    text: "",
    runs: [
      { text: "Text", style: styleOf("garamond") },
      { text: "12", style: styleOf("garamond", raised ? { script: "superscript" } : {}) },
    ],
    base: styleOf("garamond"),
    align: "left",
    isHyphenated: false,
    leading: { lines: 1.2 },
    left: 0,
    right: 0,
    indent: 0,
    before: 0,
    after: 0,
    keepWithNext: false,
    beginsPage: false,
    anchors: [],
    structure: { type: "P" },
  });
  const [plain] = breakParagraph(node(false), 300, typesetter);
  const [raised] = breakParagraph(node(true), 300, typesetter);
  expect(raised!.height).toBe(plain!.height);
});
