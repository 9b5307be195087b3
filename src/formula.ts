// A formula as both writers take it: parsed once, a tree of MathML that becomes
// Word's own mathematics, and a drawing for pages. Its LaTeX stays in the node.

/**
 * An element of presentation MathML (MathML Core and MathML 3, chapter 3), as
 * MathJax makes it of LaTeX, with two differences: `mrow` stands for all groups,
 * and elements that have one inferred row have that row's children as their own.
 */
export interface MathElement {
  readonly name: string;
  /** Of tokens (`mi`, `mn`, `mo`, `mtext`, `ms`): their characters. */
  readonly text?: string;
  readonly children: readonly MathElement[];
  /** The class of atom that it is in TeX, which decides about the space around it. */
  readonly atom?: "ORD" | "OP" | "BIN" | "REL" | "OPEN" | "CLOSE" | "PUNCT" | "INNER";
  /** Those that are set on it, and those of tokens that follow from what they are. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A formula that was read without a mistake. */
export interface Formula {
  /** The element `math`. */
  readonly math: MathElement;
  /** Whether nothing is seen of it, such as where it only defines macros. */
  readonly isEmpty: boolean;
  /** Draws it; its words are set in the font of the text, which is measured for that. */
  draw(measure: MeasureText): FormulaDrawing;
}

/** What a drawing asks of the font of the text. Returns a width in em of the formula. */
export type MeasureText = (words: FormulaText) => number;

/** Words in a formula: `\text{if}`, or letters that mathematical fonts do not have. */
export interface FormulaText {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
}

/**
 * What is seen of a formula. Lengths are in em, the size of its letters; `x` goes
 * to the right from its left edge, `y` down from its base line.
 */
export interface FormulaDrawing {
  readonly width: number;
  /** How far it reaches above its base line and, as a positive number, below it. */
  readonly ascent: number;
  readonly descent: number;
  readonly shapes: readonly FormulaShape[];
  /** Where a line of text may end within it: behind relations and operators that stand in no group. */
  readonly breaks: readonly FormulaBreak[];
}

export interface FormulaBreak {
  /** The index of the first shape behind it. */
  readonly shape: number;
  /** Where the part before it ends, and where the one behind it begins. */
  readonly end: number;
  readonly start: number;
  readonly atom: "BIN" | "REL";
}

/** A transformation, as SVG and PDF write it: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** A filled path, or words at a point. */
export type FormulaShape =
  | {
      readonly type: "path";
      /** In SVG's syntax (SVG 1.1, 8.3). */
      readonly path: string;
      readonly matrix: Matrix;
      /** The width of its line where it is not filled, in the path's own units. */
      readonly stroke?: number;
      /** A rectangle outside of which nothing is seen; its own matrix is the path's. */
      readonly clip?: { readonly path: string; readonly matrix: Matrix };
    }
  | {
      readonly type: "text";
      readonly words: FormulaText;
      /** Of its letters, relative to those of the formula. */
      readonly scale: number;
      readonly x: number;
      readonly y: number;
    };
