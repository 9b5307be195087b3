// Letters to glyphs. A word of a simple script is the sum of its letters and of
// the kerning of its pairs, read once from the font; fontkit shapes the rest.

import type { FontHeights } from "../line-height.js";
import { MeasuredText } from "./measured-text.js";
import type {
  ClassDefinition,
  Coverage,
  EmbeddedFont,
  FontkitFont,
  Glyph,
  GlyphRun,
  LookupTable,
} from "./pdfmake.js";

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

/** How a text is shaped besides what its font does of its own accord. */
export interface Shaping {
  /** Features of OpenType that are switched on, such as `smcp`. */
  readonly features: readonly string[];
  /** Whether it is written from right to left. */
  readonly isRightToLeft: boolean;
}

export const plainShaping: Shaping = { features: [], isRightToLeft: false };

/** A font face in a PDF: measures text and turns it into the bytes that show it. */
export class Face {
  readonly embedded: EmbeddedFont;
  /** Parts of an em above and below the base line, as Word counts them: the line gap is above. */
  readonly ascent: number;
  readonly descent: number;
  /** The same with the gap apart, for the height of lines. */
  readonly heights: FontHeights;
  readonly #shaping: Shaping;
  /** Bytes that show each text, by the text. */
  readonly #encoded = new Map<string, Encoded>();
  readonly #widths = new Map<string, number>();
  /** Texts that were measured, by their sizes; those of the size that was asked for last. */
  readonly #measured = new Map<number, Map<string, MeasuredText>>();
  #lastSize = Number.NaN;
  #ofLastSize = new Map<string, MeasuredText>();
  readonly #glyphs = new Map<number, Glyph>();
  readonly #kernings: (text: string) => Kerning | undefined;
  /** The glyphs that may be others together with the one behind them; absent if nobody can tell. */
  readonly #triggers: Triggers | undefined;
  /** Whether two glyphs that follow one another become others. */
  readonly #joins = new Map<number, boolean>();
  /** Thousandths of an em in a font unit. */
  readonly #scale: number;
  #hasCommon: boolean | undefined;

  constructor(embedded: EmbeddedFont, shaping: Shaping = plainShaping) {
    const { font } = embedded;
    this.embedded = embedded;
    this.#shaping = shaping;
    this.#scale = 1000 / font.unitsPerEm;
    this.ascent = (font.ascent + font.lineGap) / font.unitsPerEm;
    this.descent = -font.descent / font.unitsPerEm;
    this.heights = {
      ascent: font.ascent / font.unitsPerEm,
      descent: this.descent,
      lineGap: font.lineGap / font.unitsPerEm,
    };
    this.#kernings = kerningByScript(font);
    this.#triggers = shaping.isRightToLeft ? undefined : triggersOf(font);
  }

  /** Whether its letters run from right to left. */
  get isRightToLeft(): boolean {
    return this.#shaping.isRightToLeft;
  }

  /** Whether the font has all characters of `commonCharacters`. */
  get hasCommon(): boolean {
    this.#hasCommon ??= [...commonCharacters].every((character) =>
      this.has(character.codePointAt(0)!),
    );
    return this.#hasCommon;
  }

  /** Whether a feature of OpenType gives a character another form. */
  changes(feature: string, codePoint: number): boolean {
    const { font } = this.embedded;
    return substitutesOf(font, feature).has(font.glyphForCodePoint(codePoint).id);
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
    let width = 0;
    for (const character of text) width += this.#glyph(character.codePointAt(0)!).advanceWidth;
    return width * this.#scale;
  }

  /** Returns a text in a size, in points; measured when it is first asked for. */
  measure(text: string, size: number): MeasuredText {
    if (size !== this.#lastSize) {
      this.#lastSize = size;
      this.#ofLastSize = this.#measured.get(size) ?? new Map();
      this.#measured.set(size, this.#ofLastSize);
    }
    let measured = this.#ofLastSize.get(text);
    if (!measured) {
      measured = new MeasuredText(text, this, size);
      this.#ofLastSize.set(text, measured);
    }
    return measured;
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
    for (const { glyph, codePoints, advance, right, up } of this.#shape(text)) {
      if (up !== rise) {
        endPart();
        rise = up;
      }
      move(right);
      run += this.#embed(glyph, codePoints).toString(16).padStart(4, "0");
      move(advance - glyph.advanceWidth - right);
      width += advance;
    }
    endPart();
    encoded = { parts, width: width * this.#scale };
    this.#encoded.set(text, encoded);
    return encoded;
  }

  /**
   * Returns the number of a glyph in the part of the font that is embedded. One
   * that stands for several characters, such as the Latin and the Cyrillic schwa,
   * is embedded for each, so that the text can be copied as it was written.
   */
  #embed(glyph: Glyph, codePoints: readonly number[]): number {
    const { subset, widths, unicode } = this.embedded;
    let id = subset.includeGlyph(glyph.id);
    const known = unicode[id];
    if (known && !isEqual(known, codePoints)) {
      const key = `${glyph.id} ${codePoints}`;
      const copies = copiesOf(this.embedded);
      const copy = copies.get(key) ?? subset.glyphs.push(glyph.id) - 1;
      copies.set(key, copy);
      id = copy;
    }
    widths[id] ??= glyph.advanceWidth * this.#scale;
    unicode[id] ??= [...codePoints];
    return id;
  }

  #glyph(codePoint: number): Glyph {
    let glyph = this.#glyphs.get(codePoint);
    if (!glyph) {
      const { font } = this.embedded;
      const { features } = this.#shaping;
      glyph = font.glyphForCodePoint(codePoint);
      const { id } = glyph;
      const changes = features.map((feature) => substitutesOf(font, feature).get(id));
      const [change, more] = changes.filter((found) => found !== undefined);
      if (typeof change === "number" && more === undefined) {
        glyph = font.getGlyph(change, [codePoint]);
      } else if (change !== undefined || this.#triggers?.get(id) === "any") {
        const { glyphs } = font.layout(String.fromCodePoint(codePoint), [...features]);
        if (glyphs.length === 1) glyph = glyphs[0]!;
      }
      this.#glyphs.set(codePoint, glyph);
    }
    return glyph;
  }

  #shape(text: string): ShapedGlyph[] {
    const kerning = this.#triggers && simple.test(text) ? this.#kernings(text) : undefined;
    if (!kerning) return this.#shapeWithFontkit(text);
    const shaped: ShapedGlyph[] = [];
    let last: number | undefined;
    for (const character of text) {
      const codePoint = character.codePointAt(0)!;
      const glyph = this.#glyph(codePoint);
      const before = shaped.at(-1);
      if (before) {
        if (this.#joined(last!, codePoint)) return this.#shapeWithFontkit(text);
        before.advance += kerning.between(before.glyph.id, glyph.id);
      }
      shaped.push({
        glyph,
        codePoints: [codePoint],
        advance: glyph.advanceWidth,
        right: 0,
        up: 0,
      });
      last = codePoint;
    }
    return shaped;
  }

  /** Whether two characters that follow one another become other glyphs, such as a ligature. */
  #joined(first: number, second: number): boolean {
    const { font } = this.embedded;
    const followers = this.#triggers!.get(font.glyphForCodePoint(first).id);
    if (!followers) return false;
    // Of three letters that become one, the first two say that much.
    if (followers !== "any") return followers.has(font.glyphForCodePoint(second).id);
    const key = first * 0x10000 + second;
    let joined = this.#joins.get(key);
    if (joined === undefined) {
      const pair = String.fromCodePoint(first, second);
      const { glyphs } = font.layout(pair, [...this.#shaping.features]);
      joined =
        glyphs.length !== 2 ||
        glyphs[0]!.id !== this.#glyph(first).id ||
        glyphs[1]!.id !== this.#glyph(second).id;
      this.#joins.set(key, joined);
    }
    return joined;
  }

  #shapeWithFontkit(text: string): ShapedGlyph[] {
    const { features, isRightToLeft } = this.#shaping;
    const { font } = this.embedded;
    const { glyphs, positions, codePoints } = isRightToLeft
      ? layOutRightToLeft(font, text, [...features])
      : { ...font.layout(text, [...features]), codePoints: undefined };
    return glyphs.map((glyph, index) => {
      const { xAdvance, xOffset, yOffset } = positions[index]!;
      return {
        glyph,
        codePoints: codePoints?.[index] ?? glyph.codePoints,
        advance: xAdvance,
        right: xOffset,
        up: yOffset,
      };
    });
  }
}

/**
 * Shapes a text from right to left, and tells which letters each glyph stands for.
 * fontkit remembers of a glyph the letters that it stood for first; in Arabic
 * fonts many letters share the glyph of their stem.
 */
function layOutRightToLeft(
  font: FontkitFont,
  text: string,
  features: string[],
): GlyphRun & { readonly codePoints?: readonly (readonly number[])[] | undefined } {
  const { engine } = font._layoutEngine;
  let codePoints: (readonly number[])[] | undefined;
  const cleanup = engine?.cleanup;
  if (engine && cleanup) {
    engine.cleanup = () => {
      codePoints = engine.glyphInfos?.map((info) => info.codePoints).reverse();
      cleanup.call(engine);
    };
  }
  try {
    const { glyphs, positions } = font.layout(text, features, undefined, undefined, "rtl");
    return { glyphs, positions, codePoints };
  } finally {
    if (engine && cleanup) engine.cleanup = cleanup;
  }
}

/** What nearly every face has, so that most text need not be looked at letter by letter. */
const commonCharacters = ((): string => {
  const ranges = [
    [0x20, 0x7e],
    [0xa1, 0xac],
    [0xae, 0x17f],
  ] as const;
  let characters = "\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2026";
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) characters += String.fromCharCode(code);
  }
  return characters;
})();

function isEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((codePoint, index) => codePoint === other[index]);
}

/** The glyphs of a font that are embedded once more, by their numbers and characters. */
const copiesByFont = new WeakMap<EmbeddedFont, Map<string, number>>();

function copiesOf(font: EmbeddedFont): Map<string, number> {
  let copies = copiesByFont.get(font);
  if (!copies) {
    copies = new Map();
    copiesByFont.set(font, copies);
  }
  return copies;
}

/**
 * Returns the tables of the lookups of some features of substitution, without
 * what wraps them. What a font does for single languages is left out: text is
 * shaped without saying its language.
 */
function* substitutionTables(
  { GSUB }: FontkitFont,
  isWanted: (tag: string) => boolean,
): Generator<LookupTable> {
  if (!GSUB?.scriptList) return;
  const indexes = new Set<number>();
  for (const { script } of GSUB.scriptList) {
    for (const featureIndex of script.defaultLangSys?.featureIndexes ?? []) {
      const { tag, feature } = GSUB.featureList[featureIndex]!;
      if (isWanted(tag)) for (const index of feature.lookupListIndexes) indexes.add(index);
    }
  }
  for (const index of indexes) {
    for (const table of GSUB.lookupList.get(index).subTables) yield table.extension ?? table;
  }
}

const coverageOf = (table: LookupTable): Coverage | undefined =>
  table.coverage ?? table.inputCoverage?.[0] ?? table.coverages?.[0];

/** What a feature makes of glyphs: others, or `complex` where fontkit must find out. */
type Substitutes = ReadonlyMap<number, number | "complex">;

const substitutesByFont = new WeakMap<FontkitFont, Map<string, Substitutes>>();

function substitutesOf(font: FontkitFont, feature: string): Substitutes {
  let features = substitutesByFont.get(font);
  if (!features) {
    features = new Map();
    substitutesByFont.set(font, features);
  }
  let substitutes = features.get(feature);
  if (!substitutes) {
    substitutes = findSubstitutes(font, feature);
    features.set(feature, substitutes);
  }
  return substitutes;
}

/** Decodes single substitutions (OpenType 1.9, GSUB, lookup type 1). */
function findSubstitutes(font: FontkitFont, feature: string): Substitutes {
  const substitutes = new Map<number, number | "complex">();
  for (const table of substitutionTables(font, (tag) => tag === feature)) {
    const coverage = coverageOf(table);
    if (!coverage) continue;
    const { deltaGlyphID, substitute } = table;
    for (const [glyph, index] of coverageIndexes(coverage)) {
      const single =
        deltaGlyphID === undefined ? substitute?.get(index) : (glyph + deltaGlyphID) & 0xffff;
      substitutes.set(glyph, substitutes.has(glyph) ? "complex" : (single ?? "complex"));
    }
  }
  return substitutes;
}

/** The glyphs that may follow one for them to become others; `any` where that is not so simple. */
type Triggers = ReadonlyMap<number, ReadonlySet<number> | "any">;

const triggersByFont = new WeakMap<FontkitFont, { readonly triggers: Triggers | undefined }>();

/**
 * Returns the glyphs with which the substitutions begin that a font makes of its
 * own accord, or `undefined` where that is not clear.
 */
function triggersOf(font: FontkitFont): Triggers | undefined {
  let known = triggersByFont.get(font);
  if (!known) {
    known = { triggers: findTriggers(font) };
    triggersByFont.set(font, known);
  }
  return known.triggers;
}

function findTriggers(font: FontkitFont): Triggers | undefined {
  const triggers = new Map<number, Set<number> | "any">();
  const add = (first: Iterable<number>, second: Iterable<number> | undefined) => {
    const followers = second && [...second];
    for (const glyph of first) {
      const known = triggers.get(glyph) ?? new Set<number>();
      if (known === "any" || !followers) triggers.set(glyph, "any");
      else
        triggers.set(
          glyph,
          followers.reduce((all, follower) => all.add(follower), known),
        );
    }
  };
  const glyphs = (coverage: Coverage | undefined) => coverage && coverageIndexes(coverage).keys();
  for (const table of substitutionTables(font, (tag) => substitutions.has(tag))) {
    const coverage = coverageOf(table);
    if (!coverage) return undefined;
    const { ligatureSets, inputCoverage, backtrackCoverage, lookaheadCoverage } = table;
    if (ligatureSets) {
      for (const [glyph, index] of coverageIndexes(coverage)) {
        const ligatures = ligatureSets.get(index);
        add(
          [glyph],
          ligatures.map(({ components }) => components[0] ?? glyph),
        );
      }
    } else if (backtrackCoverage?.[0]) {
      // What stands before it makes the glyph another one.
      add(coverageIndexes(backtrackCoverage[0]).keys(), glyphs(coverage));
    } else {
      add(coverageIndexes(coverage).keys(), glyphs(inputCoverage?.[1] ?? lookaheadCoverage?.[0]));
    }
  }
  return triggers;
}

/** A glyph, how far the pen moves on, and where the glyph stands from the pen; in font units. */
interface ShapedGlyph {
  readonly glyph: Glyph;
  /** The characters that it stands for. */
  readonly codePoints: readonly number[];
  advance: number;
  readonly right: number;
  readonly up: number;
}

/** Returns a number as PDF operands have it, to three decimals. */
export function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** Kerning by pairs of glyphs, in the lookups of one script. */
class Kerning {
  readonly #lookups: readonly (readonly KerningTable[])[];
  readonly #pairs = new Map<number, number>();

  constructor(lookups: readonly (readonly KerningTable[])[]) {
    this.#lookups = lookups;
  }

  /** Returns how much nearer (below 0) the second glyph stands to the first, in font units. */
  between(first: number, second: number): number {
    const key = first * 0x10000 + second;
    let kern = this.#pairs.get(key);
    if (kern === undefined) {
      kern = 0;
      for (const tables of this.#lookups) {
        // Of one lookup the first table that knows the pair decides.
        for (const table of tables) {
          const found = table(first, second);
          if (found === undefined) continue;
          kern += found;
          break;
        }
      }
      this.#pairs.set(key, kern);
    }
    return kern;
  }
}

type KerningTable = (first: number, second: number) => number | undefined;

/** The scripts of simple text, as OpenType names them. */
type Script = "DFLT" | "latn" | "grek" | "cyrl";

/** Returns the script of the first letter. */
function scriptOf(text: string): Script {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x41) continue;
    if (code < 0x2b0) {
      if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a && code < 0x80) return "latn";
      if (code >= 0xc0 && code !== 0xd7 && code !== 0xf7) return "latn";
      if (code === 0xaa || code === 0xba) return "latn";
    } else if (code < 0x400) {
      if (code !== 0x37e && code !== 0x385 && code !== 0x387) return "grek";
    } else if (code < 0x530) return "cyrl";
    else if (code < 0x1f00) return "latn";
    else if (code < 0x2000) return "grek";
    else if (code === 0x2126) return "grek";
  }
  return "DFLT";
}

/** Returns what finds the kerning of a text's script; it has none where fontkit must kern. */
function kerningByScript(font: FontkitFont): (text: string) => Kerning | undefined {
  const known = new Map<Script, Kerning | undefined>();
  return (text) => {
    const script = scriptOf(text);
    if (!known.has(script)) {
      const lookups = kerningLookups(font, script);
      known.set(script, lookups && new Kerning(lookups));
    }
    return known.get(script);
  };
}

/**
 * Returns the pair tables of a script's kerning (OpenType 1.9, GPOS, lookup type
 * 2), by lookup; or `undefined` if the font kerns in another way, which fontkit
 * must apply.
 */
function kerningLookups({ GPOS, kern }: FontkitFont, script: Script): KerningTable[][] | undefined {
  if (!GPOS?.scriptList) return kern ? undefined : [];
  const { scriptList, featureList, lookupList } = GPOS;
  const entry = [script, "DFLT", "dflt", "latn"]
    .map((tag) => scriptList.find((candidate) => candidate.tag === tag))
    .find((candidate) => candidate);
  const indexes = new Set<number>();
  for (const featureIndex of entry?.script.defaultLangSys?.featureIndexes ?? []) {
    const { tag, feature } = featureList[featureIndex]!;
    if (tag === "kern") for (const index of feature.lookupListIndexes) indexes.add(index);
  }
  if (!indexes.size && kern) return undefined;
  const lookups: KerningTable[][] = [];
  for (const index of [...indexes].sort((one, other) => one - other)) {
    const { lookupType, subTables } = lookupList.get(index);
    const tables: KerningTable[] = [];
    for (const outer of subTables) {
      const type = outer.extension ? outer.lookupType : lookupType;
      const table = outer.extension ?? outer;
      if (type !== 2 || !table.coverage) return undefined;
      if (table.version === 1 && table.pairSets) {
        tables.push(pairKerning(table.coverage, table.pairSets));
      } else if (table.version === 2 && table.classRecords) tables.push(classKerning(table));
      else return undefined;
    }
    lookups.push(tables);
  }
  return lookups;
}

/** Decodes a table only for the first glyphs that are asked for. */
function pairKerning(
  coverage: Coverage,
  pairSets: NonNullable<LookupTable["pairSets"]>,
): KerningTable {
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

/** Pairs of classes of glyphs; a pair whose first glyph is covered is always known. */
function classKerning({ coverage, classDef1, classDef2, classRecords }: LookupTable): KerningTable {
  const covered = coverageIndexes(coverage!);
  const firsts = glyphClasses(classDef1!);
  const seconds = glyphClasses(classDef2!);
  return (first, second) => {
    if (!covered.has(first)) return undefined;
    const record = classRecords!.get(firsts.get(first) ?? 0).get(seconds.get(second) ?? 0);
    return record.value1?.xAdvance ?? 0;
  };
}

/** Returns the classes of glyphs but class 0, which all others are in. */
function glyphClasses(definition: ClassDefinition): Map<number, number> {
  const classes = new Map<number, number>();
  if (definition.version === 1) {
    for (const [index, of] of definition.classValueArray.entries()) {
      classes.set(definition.startGlyph + index, of);
    }
    return classes;
  }
  for (const { start, end, class: of } of definition.classRangeRecord) {
    for (let glyph = start; glyph <= end; glyph++) classes.set(glyph, of);
  }
  return classes;
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
