// Runs of text become boxes: what no line break may divide, measured. Breaks
// are those of Unicode's line breaking algorithm (UAX 14), as in Word and
// LibreOffice.

import LineBreaker from "linebreak";
import type { Span } from "../../diagnostic.js";
import type { Formula } from "../../formula.js";
import { type Direction, embeddingLevels, isRightToLeft, mirrored } from "./bidi.js";
import type { CharacterStyle, InlineBox, NoteNode, Run } from "./definition.js";
import { fallbackFonts, type PdfFont } from "./fonts.js";
import { withFormulaBoxes } from "./formula-boxes.js";
import { hangOfHyphen } from "./hanging.js";
import type { Hyphenator } from "./hyphenation.js";
import { ELASTICITY, MeasuredText } from "./measured-text.js";
import type { Face, Shaping } from "./shaper.js";
import { type Division, HYPHEN_PENALTY } from "./total-fit.js";

/** How a piece of text is set. */
export interface Look {
  readonly style: CharacterStyle;
  readonly face: Face;
  /** In points. */
  readonly size: number;
  /** How far above the base line, in points. */
  readonly rise: number;
  /** Its level of embedding in a line that runs both ways; odd where it runs from right to left. */
  readonly level?: number;
  /** Whether the face stands in for one that lacks the letters; it makes no line higher. */
  readonly isFallback?: boolean;
}

/** Opens a face of a font. */
export type FaceSource = (font: PdfFont, bold: boolean, italic: boolean, shaping?: Shaping) => Face;

/** Letters that are drawn in one go. Widths are in points. */
export class Piece {
  /** As the document has it. */
  readonly source: string;
  /** As it is drawn. */
  readonly text: string;
  readonly look: Look;
  /** How wide that is. */
  readonly measured: MeasuredText;
  readonly note: NoteNode | undefined;
  readonly anchor: string | undefined;
  /** Where its run was written. */
  readonly span: Span | undefined;
  /** What is drawn instead of letters. */
  readonly box: InlineBox | undefined;
  /** Whether other letters are drawn than the document has: capitals, or what stands for them. */
  readonly isReplaced: boolean;
  /** From the beginning of its line; set when the line is. */
  x = 0;
  /** How much wider than they are its letters are drawn, from 1; set when the line is. */
  expansion = 1;

  constructor(source: string, text: string, look: Look, run: Run, isReplaced = false) {
    this.source = source;
    this.text = text;
    this.look = look;
    this.measured = measure(source, text, look, run.box);
    this.note = run.note;
    this.anchor = run.anchor;
    this.span = run.span;
    this.box = run.box;
    this.isReplaced = isReplaced;
  }

  /** As drawn, kerned, with the spaces at its end. */
  get width(): number {
    return this.measured.width;
  }

  /** The width of the spaces at its end. */
  get spaceWidth(): number {
    return this.measured.trailing;
  }

  /** Its width as its line has it, once that is set. */
  get drawnWidth(): number {
    return this.width * this.expansion;
  }

  /** Where it ends in its line, without the spaces at its end; once its place is set. */
  get end(): number {
    return this.x + (this.width - this.spaceWidth) * this.expansion;
  }

  /** Returns a part of it, by places in the drawn text; note and anchor stay with the first. */
  slice(from: number, to: number): Piece {
    if (from === 0 && to === this.text.length) return this;
    const { source, text, look, note, anchor, isReplaced } = this;
    const isAligned = source.length === text.length;
    const run = {
      text,
      style: look.style,
      ...(this.span && { span: this.span }),
      ...(from === 0 && { ...(note && { note }), ...(anchor !== undefined && { anchor }) }),
    };
    const own = isAligned ? source.slice(from, to) : from === 0 ? source : "";
    return new Piece(own, text.slice(from, to), look, run, isReplaced);
  }
}

function measure(source: string, text: string, { face, size }: Look, box?: InlineBox) {
  if (box) return new MeasuredText(text, face, size, true, box);
  // A space that may not break is drawn as one but does not stretch.
  const isGlued = source !== text && source.endsWith("\u00a0");
  return isGlued ? new MeasuredText(text, face, size, false) : face.measure(text, size);
}

/** What stays on one line: text up to the next place where a line may break. */
export interface Box {
  readonly pieces: readonly Piece[];
  /** Without kerning, in points. */
  readonly width: number;
  /** How much of the width is spaces at the end, which do not count at the end of a line. */
  readonly trailing: number;
  /** `hyphen` is shown only if the line ends here. */
  readonly end: "newline" | "hyphen" | undefined;
}

/** A place where a box may be divided: before a letter of one of its pieces. */
export interface Cut extends Division {
  readonly piece: number;
  readonly at: number;
}

/** A word within the drawn text of a piece, and where it may be divided if the piece is a box. */
export interface DivisibleWord {
  readonly start: number;
  readonly end: number;
  readonly places: readonly Cut[];
}

/** The divisible words of pieces, by their drawn text. */
type Words = Map<string, readonly DivisibleWord[]>;

/** A part of a compound is better not divided, which has a hyphen of its own. */
export const COMPOUND_PENALTY = 100;

/** A formula that is wider than its line. */
export interface WideFormula {
  /** By how much it was made smaller, from 0 to 1. */
  readonly scale: number;
  /** Where it was written, as far as that is known. */
  readonly span?: Span;
}

/** A character that no font has; it is drawn as an empty square. */
export interface MissingCharacter {
  readonly character: string;
  /** The words around it. */
  readonly text: string;
  /** Where it was written, as far as that is known. */
  readonly span?: Span;
}

// As LibreOffice has them: numbers and marks must be as wide as there for lines to break alike.
const SCRIPT_SIZE = 0.58;
const SMALL_CAPITALS_SIZE = 0.8;
const SUPERSCRIPT_RISE = 0.33;
const SUBSCRIPT_RISE = -0.14;

const SOFT_HYPHEN = "\u00ad";
const MISSING = "\u25a1";

// Nothing that is seen: controls, joiners, direction marks, variation selectors.
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}/gu;
/** The same where joiners change the form of letters, as in Persian. */
const invisibleRightToLeft =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Variation_Selector}/gu;

/** Characters that most faces have all of, so that most text need not be looked at letter by letter. */
const common =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026]*$/;

/** A letter with its marks, which are drawn in one face. */
const clusters = /\P{M}\p{M}*|\p{M}+/gu;

/** Measures text in the faces of a document. */
export class Typesetter {
  /** The characters that no font has, each where it comes first. */
  readonly missing = new Map<string, MissingCharacter>();
  /** The formulas that were made smaller, for they were wider than their lines. */
  readonly tooWide = new Map<Formula, WideFormula>();
  readonly #face: FaceSource;
  readonly #looks = new WeakMap<CharacterStyle, Look>();
  readonly #hyphenator: Hyphenator;
  readonly #fallback: readonly PdfFont[];
  readonly #lang: string;
  /** What is the same for all looks of one face, size and language, by these. */
  readonly #words = new Map<Face, Map<string, Words>>();
  readonly #wordsOfLook = new WeakMap<Look, Words>();
  /** The faces of styles, by their families and then by what else tells them apart. */
  readonly #faces = new Map<PdfFont, Face[]>();

  /**
   * Without a hyphenator no word is divided. `fallback` are the fonts in which
   * characters are looked for that a face lacks, `lang` is the document's language.
   */
  constructor(
    face: FaceSource,
    hyphenator: Hyphenator = () => [],
    fallback: readonly PdfFont[] = fallbackFonts,
    lang = "en",
  ) {
    this.#face = face;
    this.#hyphenator = hyphenator;
    this.#fallback = fallback;
    this.#lang = lang;
  }

  /** Returns the look of a style. */
  look(style: CharacterStyle): Look {
    let look = this.#looks.get(style);
    if (!look) {
      const { size, script } = style;
      look = {
        style,
        face: this.#faceOfStyle(style),
        size: script ? size * SCRIPT_SIZE : size,
        rise:
          script === "superscript"
            ? size * SUPERSCRIPT_RISE
            : script === "subscript"
              ? size * SUBSCRIPT_RISE
              : 0,
      };
      this.#looks.set(style, look);
    }
    return look;
  }

  /** Returns the face of a style. Every citation and note has a style of its own; faces are few. */
  #faceOfStyle(style: CharacterStyle): Face {
    let faces = this.#faces.get(style.family);
    if (!faces) {
      faces = [];
      this.#faces.set(style.family, faces);
    }
    const isOldStyle = style.oldStyleNumerals && !style.script;
    const kind = (style.bold ? 1 : 0) + (style.italic ? 2 : 0) + (isOldStyle ? 4 : 0);
    let face = faces[kind];
    if (!face) {
      face = this.#shapedFace(style, numeralsOf(style));
      faces[kind] = face;
    }
    return face;
  }

  /** Returns the face of a style with those features switched on that change a letter of it. */
  #shapedFace(
    { family, bold, italic }: CharacterStyle,
    features: readonly (readonly [feature: string, sample: string])[],
    isRightToLeft = false,
  ): Face {
    const face = this.#face(family, bold, italic);
    const used = features.filter(([feature, sample]) =>
      face.changes(feature, sample.codePointAt(0)!),
    );
    if (!used.length && !isRightToLeft) return face;
    const shaping = { features: used.map(([feature]) => feature), isRightToLeft };
    return this.#face(family, bold, italic, shaping);
  }

  /** Returns a piece of text that does not break, in one face that has all of its letters. */
  piece(text: string, style: CharacterStyle, source = text): Piece {
    const own = this.look(style);
    const face = this.#faceOf(text, own) ?? own.face;
    const look = face === own.face ? own : { ...own, face, isFallback: true };
    return new Piece(source, text, look, { text, style });
  }

  /** Returns the words of a piece that may be divided, by its drawn text alone. */
  divisibleWords({ text, look }: Piece): readonly DivisibleWord[] {
    const known = this.#wordsOf(look);
    let words = known.get(text);
    if (!words) {
      words = this.#divideWords(text, look);
      known.set(text, words);
    }
    return words;
  }

  #wordsOf(look: Look): Words {
    let words = this.#wordsOfLook.get(look);
    if (words) return words;
    const { face, size, rise, style } = look;
    let ofFace = this.#words.get(face);
    if (!ofFace) {
      ofFace = new Map();
      this.#words.set(face, ofFace);
    }
    const key = `${size} ${rise} ${style.lang ?? this.#lang}`;
    words = ofFace.get(key) ?? new Map();
    ofFace.set(key, words);
    this.#wordsOfLook.set(look, words);
    return words;
  }

  #divideWords(text: string, look: Look): DivisibleWord[] {
    const { face, size, style } = look;
    const words: DivisibleWord[] = [];
    const widthOf = (part: string) => (face.width(part) * size) / 1000;
    const hyphen = widthOf("-");
    const hang = hangOfHyphen(look);
    for (const { 0: letters, index: start } of text.matchAll(/[\p{L}\p{M}]+/gu)) {
      const end = start + letters.length;
      const before = text.charAt(start - 1);
      const after = text.charAt(end);
      if (/[\p{N}_@]/u.test(before + after)) continue;
      const isCompound = /[-\u2010\u2011]/.test(before + after);
      const places = this.#hyphenator(letters, style.lang).map((place) => {
        const width = widthOf(text.slice(0, start + place));
        return {
          piece: 0,
          at: start + place,
          width,
          space: width * ELASTICITY,
          hyphen,
          hang,
          rest: widthOf(text.slice(start + place)),
          penalty: isCompound ? COMPOUND_PENALTY : HYPHEN_PENALTY,
        };
      });
      if (places.length) words.push({ start, end, places });
    }
    return words;
  }

  /**
   * Returns the boxes of the text of a paragraph, which runs in a direction as a
   * whole. Takes time in proportion to its length.
   */
  boxes(someRuns: readonly Run[], direction: Direction = "ltr"): Box[] {
    const runs = withFormulaBoxes(someRuns, this);
    const whole = runs.map(({ text }) => text).join("");
    const levels = embeddingLevels(whole, direction);
    // A box breaks as a word does: from words, but not from a hyphen or comma beside it.
    const asWords = runs.map(({ text, box }) => (box ? "x" : text)).join("");
    const breaks = lineBreaks(asWords, runs);
    const boxes: Box[] = [];
    let pieces: Piece[] = [];
    let at = 0;
    let next = 0;
    for (const run of runs) {
      const end = at + run.text.length;
      if (at === end) pieces.push(new Piece("", "", this.look(run.style), run));
      while (at < end) {
        const stop = Math.min(end, breaks[next] ?? end);
        if (!levels || run.box) this.#cut(whole.slice(at, stop), run, pieces);
        else {
          for (const { from, to, level } of levels.stretches(at, stop)) {
            this.#cut(whole.slice(from, to), run, pieces, level);
          }
        }
        at = stop;
        if (stop !== breaks[next]) continue;
        boxes.push(makeBox(pieces, boxEnd(whole.charAt(stop - 1))));
        pieces = [];
        next++;
      }
    }
    if (pieces.length) boxes.push(makeBox(pieces, undefined));
    return boxes;
  }

  /** Adds the pieces of a part of a run: one, unless letters need another size or face. */
  #cut(source: string, run: Run, pieces: Piece[], level?: number): void {
    const { style } = run;
    const plain = this.look(style);
    if (run.box) {
      pieces.push(new Piece("", source, plain, run, true));
      return;
    }
    const look = level === undefined ? plain : this.#directed(plain, level);
    const isCased = style.smallCaps || style.capitals;
    if (!isCased && !isRightToLeft(level) && look.face.hasCommon && common.test(source)) {
      pieces.push(new Piece(source, source, look, run));
      return;
    }
    for (const { text, shown, isCapitalised } of this.#caseOf(source, look)) {
      const capitals = isCapitalised ? text.toLocaleUpperCase(style.lang ?? this.#lang) : text;
      const hidden = isRightToLeft(level) ? invisibleRightToLeft : invisible;
      const visible = capitals.replace(hidden, "").replaceAll("\u00a0", " ");
      const drawn = isRightToLeft(level) ? mirrored(visible) : visible;
      const isReplaced = capitals !== text;
      if (shown.face.hasCommon && common.test(drawn)) {
        pieces.push(new Piece(text, drawn, shown, run, isReplaced));
      } else this.#cover(text, drawn, shown, run, pieces, isReplaced);
    }
  }

  /** Returns a look at a level of embedding. */
  #directed(look: Look, level: number): Look {
    if (!isRightToLeft(level)) return { ...look, level };
    return { ...look, level, face: this.#shapedFace(look.style, numeralsOf(look.style), true) };
  }

  /**
   * Returns the parts of a text that are drawn as small capitals, as capitals or
   * as they are. Small capitals are the font's own, or reduced capitals where it
   * has none.
   */
  #caseOf(source: string, look: Look): CasedText[] {
    const { style } = look;
    if (!style.smallCaps) return [{ text: source, shown: look, isCapitalised: style.capitals }];
    const plain = this.#face(style.family, style.bold, style.italic);
    const smallCapitals = (letter: string) => plain.changes("smcp", letter.codePointAt(0)!);
    const parts: CasedText[] = [];
    for (const text of source.match(/\p{Ll}\p{M}*|(?:(?!\p{Ll})[\s\S])+/gu) ?? []) {
      const isSmall = /^\p{Ll}/u.test(text);
      const isOwn = isSmall && !isRightToLeft(look.level) && smallCapitals(text);
      const kind = !isSmall ? "other" : isOwn ? "own" : "reduced";
      const last = parts.at(-1);
      // Capitals stand among the font's own small ones as one piece.
      if (last && (last.kind === kind || (kind === "other" && last.kind === "own"))) {
        last.text += text;
      } else if (last && last.kind === "other" && kind === "own") {
        last.text += text;
        last.kind = kind;
      } else parts.push({ text, kind, shown: look, isCapitalised: kind === "reduced" });
    }
    return parts.map((part) => {
      if (part.kind === "own") {
        const features = [["smcp", "a"], ...numeralsOf(style)] as const;
        return { ...part, shown: { ...look, face: this.#shapedFace(style, features) } };
      }
      if (part.kind !== "reduced") return part;
      return { ...part, shown: { ...look, size: look.size * SMALL_CAPITALS_SIZE } };
    });
  }

  /** Adds pieces in the first face that has their letters. */
  #cover(
    source: string,
    text: string,
    look: Look,
    run: Run,
    pieces: Piece[],
    isReplaced: boolean,
  ): void {
    const parts: { face: Face | undefined; text: string }[] = [];
    const add = (face: Face | undefined, letters: string) => {
      const last = parts.at(-1);
      if (last && face && last.face === face) last.text += letters;
      else parts.push({ face, text: letters });
    };
    for (const [cluster] of text.matchAll(clusters)) {
      if (/[\u200c\u200d]/.test(cluster)) {
        add(parts.at(-1)?.face ?? look.face, cluster);
        continue;
      }
      const whole = this.#faceOf(cluster, look);
      if (whole) {
        add(whole, cluster);
        continue;
      }
      for (const character of cluster) {
        const face = this.#faceOf(character, look);
        add(face, character);
        if (!face) this.#reportMissing(character, run);
      }
    }
    for (const [index, part] of parts.entries()) {
      const isWhole = parts.length === 1 && part.face !== undefined;
      const face = part.face ?? this.#faceOf(MISSING, look) ?? look.face;
      pieces.push(
        new Piece(
          isWhole ? source : isRightToLeft(look.level) ? mirrored(part.text) : part.text,
          part.face ? part.text : MISSING,
          face === look.face ? look : { ...look, face, isFallback: true },
          index === 0 ? run : { text: run.text, style: run.style },
          part.face ? isWhole && isReplaced : true,
        ),
      );
    }
  }

  /** Returns the first face, from that of a look on, that has all letters of a text. */
  #faceOf(text: string, look: Look): Face | undefined {
    const codePoints = Array.from(text, (character) => character.codePointAt(0)!);
    const hasAll = (face: Face) => codePoints.every((codePoint) => face.has(codePoint));
    if (hasAll(look.face)) return look.face;
    const { family, bold, italic } = look.style;
    for (const font of this.#fallback) {
      if (font === family) continue;
      const face = this.#face(font, bold, italic);
      if (!hasAll(face)) continue;
      if (!isRightToLeft(look.level)) return face;
      return this.#face(font, bold, italic, { features: [], isRightToLeft: true });
    }
    return undefined;
  }

  #reportMissing(character: string, { text, span }: Run): void {
    if (this.missing.has(character)) return;
    const at = text.indexOf(character);
    const around = text.slice(Math.max(0, at - 20), at + character.length + 20).trim();
    this.missing.set(character, { character, text: around, ...(span && { span }) });
  }
}

/** A part of a text with the look of its case. */
interface CasedText {
  text: string;
  kind?: "own" | "reduced" | "other";
  readonly shown: Look;
  readonly isCapitalised: boolean;
}

/** The features of a style's numerals, each with one that it changes. */
function numeralsOf({ oldStyleNumerals, script }: CharacterStyle) {
  const feature = oldStyleNumerals && !script ? "onum" : "lnum";
  return [[feature, "3"]] as const;
}

/** Returns pieces as a box. */
export function makeBox(pieces: readonly Piece[], end: Box["end"]): Box {
  let width = 0;
  for (const piece of pieces) width += piece.measured.plainWidth;
  return { pieces, width, trailing: trailingOf(pieces), end };
}

/** Returns the width of the spaces at the end of some pieces. */
export function trailingOf(pieces: readonly Piece[]): number {
  let trailing = 0;
  for (let index = pieces.length - 1; index >= 0; index--) {
    const { measured, text } = pieces[index]!;
    trailing += measured.trailing;
    if (measured.spaces < text.length) break;
  }
  return trailing;
}

/** What the last character of a box makes of it. */
function boxEnd(lastCharacter: string): Box["end"] {
  if (/[\n\u000b\u000c\u0085\u2028\u2029]/.test(lastCharacter)) return "newline";
  return lastCharacter === SOFT_HYPHEN ? "hyphen" : undefined;
}

/** Returns where lines may break, in ascending order, the end of the text included. */
function lineBreaks(text: string, runs: readonly Run[]): number[] {
  const breaks: number[] = [];
  const marks = new Set<number>();
  const ends: number[] = [];
  let at = 0;
  for (const { text: part, note, box } of runs) {
    // The mark of a note stays with what it stands behind.
    if (note) marks.add(at);
    at += part.length;
    if (box?.breakPenalty !== undefined) ends.push(at);
  }
  const breaker: { nextBreak(): { readonly position: number } | null } = new LineBreaker(text);
  let last = 0;
  for (let found = breaker.nextBreak(); found; found = breaker.nextBreak()) {
    // Word and LibreOffice break behind the hyphen of 1990-1995.
    const part = text.slice(last, found.position);
    if (part.includes("-")) {
      for (const { index } of part.matchAll(/(?<=[\p{L}\p{N}]-)\d/gu)) breaks.push(last + index);
    }
    last = found.position;
    breaks.push(last);
  }
  const allowed = marks.size ? breaks.filter((position) => !marks.has(position)) : breaks;
  return ends.length
    ? [...new Set([...allowed, ...ends])].sort((one, other) => one - other)
    : allowed;
}
