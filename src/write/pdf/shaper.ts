// Letters to glyphs. A word of a simple script is the sum of its letters and of
// the kerning of its pairs, read once from the font; fontkit shapes the rest.

import type { Coverage, EmbeddedFont, FontkitFont, Glyph, PairTable } from "./pdfmake.js";

/** A text as a PDF shows it, and its width in thousandths of an em. */
export interface Encoded {
  readonly parts: readonly EncodedPart[];
  readonly width: number;
}

/** The operands of one `TJ`, and how far it stands above the base line in thousandths of an em. */
export interface EncodedPart {
  readonly operands: string;
  readonly rise: number;
}

// Latin, Greek and Cyrillic with their punctuation, without combining marks.
const simple =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02af\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116-\u2122\u2190-\u22ff\u25a0-\u25ff]*$/;

/** Substitutions that a font makes of its own accord in such scripts. */
const substitutions = new Set(["calt", "clig", "liga", "locl", "rclt", "rlig"]);

/** A font face in a PDF: measures text and turns it into the bytes that show it. */
export class Face {
  readonly embedded: EmbeddedFont;
  /** Parts of an em above and below the base line, as Word counts them: the line gap is above. */
  readonly ascent: number;
  readonly descent: number;
  /** Bytes that show each text, by the text. */
  readonly #encoded = new Map<string, Encoded>();
  readonly #widths = new Map<string, number>();
  readonly #advances = new Map<string, number>();
  readonly #glyphs = new Map<number, Glyph>();
  readonly #kerning: Kerning;
  /** Thousandths of an em in a font unit. */
  readonly #scale: number;
  readonly #isSimple: boolean;

  constructor(embedded: EmbeddedFont) {
    const { font } = embedded;
    this.embedded = embedded;
    this.#scale = 1000 / font.unitsPerEm;
    this.ascent = (font.ascent + font.lineGap) / font.unitsPerEm;
    this.descent = -font.descent / font.unitsPerEm;
    const tables = kerningTables(font);
    this.#kerning = new Kerning(tables ?? []);
    this.#isSimple =
      tables !== undefined && !font.GSUB?.featureList.some(({ tag }) => substitutions.has(tag));
  }

  /** Whether the font can show a character. */
  has(codePoint: number): boolean {
    return this.embedded.font.hasGlyphForCodePoint(codePoint);
  }

  /** Returns the width of a text as it is drawn, kerned, in thousandths of an em. */
  width(text: string): number {
    let width = this.#widths.get(text);
    if (width === undefined) {
      width = this.#shape(text).reduce((sum, { advance }) => sum + advance, 0) * this.#scale;
      this.#widths.set(text, width);
    }
    return width;
  }

  /** Returns the width of a text without kerning, in thousandths of an em. */
  advance(text: string): number {
    let width = this.#advances.get(text);
    if (width === undefined) {
      width = 0;
      for (const character of text) width += this.#glyph(character.codePointAt(0)!).advanceWidth;
      width *= this.#scale;
      this.#advances.set(text, width);
    }
    return width;
  }

  /** Returns the bytes that show a text; its glyphs become part of what is embedded. */
  encode(text: string): Encoded {
    let encoded = this.#encoded.get(text);
    if (encoded) return encoded;
    const parts: EncodedPart[] = [];
    let operands = "";
    let run = "";
    let rise = 0;
    let width = 0;
    const move = (units: number) => {
      if (!units) return;
      operands += `${run && `<${run}>`} ${decimal(-units * this.#scale)}`;
      run = "";
    };
    const endPart = () => {
      if (run) operands += `<${run}>`;
      if (operands) parts.push({ operands, rise: rise * this.#scale });
      operands = "";
      run = "";
    };
    for (const { glyph, advance, right, up } of this.#shape(text)) {
      if (up !== rise) {
        endPart();
        rise = up;
      }
      move(right);
      run += this.#embed(glyph).toString(16).padStart(4, "0");
      move(advance - glyph.advanceWidth - right);
      width += advance;
    }
    endPart();
    encoded = { parts, width: width * this.#scale };
    this.#encoded.set(text, encoded);
    return encoded;
  }

  /** Returns the number of a glyph in the part of the font that is embedded. */
  #embed(glyph: Glyph): number {
    const { subset, widths, unicode } = this.embedded;
    const id = subset.includeGlyph(glyph.id);
    widths[id] ??= glyph.advanceWidth * this.#scale;
    unicode[id] ??= glyph.codePoints;
    return id;
  }

  #glyph(codePoint: number): Glyph {
    let glyph = this.#glyphs.get(codePoint);
    if (!glyph) {
      glyph = this.embedded.font.glyphForCodePoint(codePoint);
      this.#glyphs.set(codePoint, glyph);
    }
    return glyph;
  }

  #shape(text: string): ShapedGlyph[] {
    if (!this.#isSimple || !simple.test(text)) return this.#shapeWithFontkit(text);
    const shaped: ShapedGlyph[] = [];
    for (const character of text) {
      const glyph = this.#glyph(character.codePointAt(0)!);
      const before = shaped.at(-1);
      if (before) before.advance += this.#kerning.between(before.glyph.id, glyph.id);
      shaped.push({ glyph, advance: glyph.advanceWidth, right: 0, up: 0 });
    }
    return shaped;
  }

  #shapeWithFontkit(text: string): ShapedGlyph[] {
    const { glyphs, positions } = this.embedded.font.layout(text);
    return glyphs.map((glyph, index) => {
      const { xAdvance, xOffset, yOffset } = positions[index]!;
      return { glyph, advance: xAdvance, right: xOffset, up: yOffset };
    });
  }
}

/** A glyph, how far the pen moves on, and where the glyph stands from the pen; in font units. */
interface ShapedGlyph {
  readonly glyph: Glyph;
  advance: number;
  readonly right: number;
  readonly up: number;
}

/** Returns a number as PDF operands have it, to three decimals. */
export function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** Kerning by pairs of glyphs; the first table that knows a pair decides. */
class Kerning {
  readonly #tables: readonly KerningTable[];
  readonly #pairs = new Map<number, number>();

  constructor(tables: readonly KerningTable[]) {
    this.#tables = tables;
  }

  /** Returns how much nearer (below 0) the second glyph stands to the first, in font units. */
  between(first: number, second: number): number {
    const key = first * 0x10000 + second;
    let kern = this.#pairs.get(key);
    if (kern === undefined) {
      kern = 0;
      for (const table of this.#tables) {
        const found = table(first, second);
        if (found === undefined) continue;
        kern = found;
        break;
      }
      this.#pairs.set(key, kern);
    }
    return kern;
  }
}

type KerningTable = (first: number, second: number) => number | undefined;

/**
 * Returns the pair tables of a font's kerning (OpenType 1.9, GPOS, lookup type
 * 2, format 1), those of all scripts, since each has its own letters; or
 * `undefined` if it kerns in another way, which fontkit must apply.
 */
function kerningTables({ GPOS }: FontkitFont): KerningTable[] | undefined {
  if (!GPOS) return [];
  const indexes = new Set<number>();
  for (const { tag, feature } of GPOS.featureList) {
    if (tag === "kern") for (const index of feature.lookupListIndexes) indexes.add(index);
  }
  const tables: KerningTable[] = [];
  for (const index of [...indexes].sort((one, other) => one - other)) {
    const { lookupType, subTables } = GPOS.lookupList.get(index);
    for (const table of subTables) {
      if (lookupType !== 2 || table.version !== 1) return undefined;
      tables.push(kerningTable(table));
    }
  }
  return tables;
}

/** Decodes a table only for the first glyphs that are asked for. */
function kerningTable({ coverage, pairSets }: PairTable): KerningTable {
  const indexes = coverageIndexes(coverage);
  const sets = new Map<number, Map<number, number>>();
  return (first, second) => {
    const index = indexes.get(first);
    if (index === undefined) return undefined;
    let set = sets.get(first);
    if (!set) {
      set = new Map();
      for (const { secondGlyph, value1 } of pairSets.get(index)) {
        set.set(secondGlyph, value1?.xAdvance ?? 0);
      }
      sets.set(first, set);
    }
    return set.get(second);
  };
}

function coverageIndexes(coverage: Coverage): Map<number, number> {
  const indexes = new Map<number, number>();
  if (coverage.version === 1) {
    for (const [index, glyph] of coverage.glyphs.entries()) indexes.set(glyph, index);
    return indexes;
  }
  for (const { start, end, startCoverageIndex } of coverage.rangeRecords) {
    for (let glyph = start; glyph <= end; glyph++) {
      indexes.set(glyph, startCoverageIndex + glyph - start);
    }
  }
  return indexes;
}
