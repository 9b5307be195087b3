// Formulas as boxes in lines of text: paths and words on the base line of the
// text, their letters as high as its own.

import type {
  Formula,
  FormulaBreak,
  FormulaDrawing,
  FormulaShape,
  FormulaText,
  Matrix,
} from "../../formula.js";
import { BOX_TEXT, type CharacterStyle, type Run } from "./definition.js";
import type { PDFDocument } from "./pdfmake.js";
import type { Piece, Typesetter } from "./text.js";
import { TextObject } from "./text-object.js";
import { pathOperators, transformOperator } from "./vector-path.js";

/** The height of an x in the letters of formulas, as a part of an em. */
const X_HEIGHT = 0.442;

/** What a line that ends within a formula costs, as TeX has it: `\relpenalty` and `\binoppenalty`, a tenth of them. */
const breakPenalties: Readonly<Record<FormulaBreak["atom"], number>> = { REL: 50, BIN: 70 };

/** A drawing in the fonts of a document: `em` is the size of the formula's letters in those of the text. */
interface SetFormula {
  readonly drawing: FormulaDrawing;
  readonly em: number;
}

/** By the typesetter, for each document has its own fonts: the drawings of formulas in them. */
const drawings = new WeakMap<Typesetter, WeakMap<Formula, Map<string, SetFormula>>>();

/** Returns runs with formulas as boxes: a displayed one is one, others may be several on end. */
export function withFormulaBoxes(runs: readonly Run[], typesetter: Typesetter): readonly Run[] {
  if (!runs.some(({ formula }) => formula)) return runs;
  return runs.flatMap((run) => (run.formula ? formulaRuns(run, typesetter, 1) : run));
}

/**
 * Returns runs with formulas as boxes, those scaled down that are wider than a
 * width: displayed ones, and parts of others between which no line may end. The
 * typesetter remembers them as `tooWide`.
 */
export function fitFormulas(
  runs: readonly Run[],
  width: number,
  typesetter: Typesetter,
): readonly Run[] {
  if (!runs.some(({ formula }) => formula)) return runs;
  return runs.flatMap((run) => {
    if (!run.formula) return run;
    const boxes = formulaRuns(run, typesetter, 1);
    const widest = Math.max(...boxes.map(({ box }) => box!.width - (box!.trailing ?? 0)));
    if (widest <= width) return boxes;
    const scale = width / widest;
    typesetter.tooWide.set(run.formula.formula, { scale, ...(run.span && { span: run.span }) });
    return formulaRuns(run, typesetter, scale);
  });
}

function formulaRuns(run: Run, typesetter: Typesetter, scale: number): Run[] {
  const { formula: set, ...rest } = run;
  const { formula, isDisplayed } = set!;
  const { drawing, em } = drawFormula(formula, run.style, typesetter);
  const textSize = typesetter.look(run.style).size * scale;
  const size = em * textSize;
  const breaks = isDisplayed ? [] : drawing.breaks;
  const starts = [{ shape: 0, start: 0 }, ...breaks];
  return starts.map(({ shape, start }, index): Run => {
    const next = breaks[index];
    const end = next ? next.start : drawing.width;
    const shapes = drawing.shapes.slice(shape, next?.shape);
    return {
      ...rest,
      text: BOX_TEXT,
      box: {
        width: (end - start) * size,
        ascent: drawing.ascent * size,
        descent: drawing.descent * size,
        isText: true,
        ...(next && {
          breakPenalty: breakPenalties[next.atom],
          trailing: (next.start - next.end) * size,
        }),
        draw: (pdf, x, baseLine) =>
          drawShapes(
            shapes,
            { pdf, x: x - start * size, baseLine, size, textSize },
            run,
            typesetter,
          ),
      },
    };
  });
}

/** Draws a formula in the fonts of a typesetter, once for each look that the text around it has. */
function drawFormula(formula: Formula, style: CharacterStyle, typesetter: Typesetter): SetFormula {
  const known = drawings.get(typesetter) ?? new WeakMap<Formula, Map<string, SetFormula>>();
  drawings.set(typesetter, known);
  const looks = known.get(formula) ?? new Map<string, SetFormula>();
  known.set(formula, looks);
  const { face } = typesetter.look(plainStyle(style, noStyle));
  const { id, font } = face.embedded;
  let set = looks.get(id);
  if (!set) {
    const height = (font.xHeight ?? 0) / font.unitsPerEm;
    const em = height > 0.3 && height < 0.6 ? height / X_HEIGHT : 1;
    const measure = (words: FormulaText) => {
      let width = 0;
      for (const piece of wordPieces(words, style, 1, typesetter)) width += piece.width;
      return width / em;
    };
    set = { drawing: formula.draw(measure), em };
    looks.set(id, set);
  }
  return set;
}

const noStyle: Pick<FormulaText, "bold" | "italic"> = { bold: false, italic: false };

/** The look of words in a formula: that of the text around, but for what the formula itself says. */
function plainStyle(
  style: CharacterStyle,
  { bold, italic }: Pick<FormulaText, "bold" | "italic">,
): CharacterStyle {
  const { script: _, ...rest } = style;
  return { ...rest, bold, italic, capitals: false, smallCaps: false };
}

/** The pieces of words in a formula, one behind the other. */
function wordPieces(
  words: FormulaText,
  style: CharacterStyle,
  size: number,
  typesetter: Typesetter,
): Piece[] {
  const run: Run = {
    text: words.text.replace(/\s/g, "\u00a0"),
    style: { ...plainStyle(style, words), size },
  };
  const pieces = typesetter.boxes([run]).flatMap((box) => box.pieces);
  let x = 0;
  for (const piece of pieces) {
    piece.x = x;
    x += piece.width;
  }
  return pieces;
}

/** Where a formula is drawn: its origin, and the sizes of its letters and of the text's. */
interface Place {
  readonly pdf: PDFDocument;
  readonly x: number;
  readonly baseLine: number;
  readonly size: number;
  readonly textSize: number;
}

function drawShapes(
  shapes: readonly FormulaShape[],
  { pdf, x, baseLine, size, textSize }: Place,
  { style }: Run,
  typesetter: Typesetter,
): void {
  const placed = ([a, b, c, d, e, f]: Matrix): Matrix => [
    a * size,
    b * size,
    c * size,
    d * size,
    e * size + x,
    f * size + baseLine,
  ];
  const operators: string[] = [];
  for (const shape of shapes) {
    if (shape.type === "text") {
      const object = new TextObject(pdf, x + shape.x * size, baseLine + shape.y * size);
      const pieces = wordPieces(shape.words, style, textSize * shape.scale, typesetter);
      for (const piece of pieces) object.add(piece);
      operators.push(...object.end());
      continue;
    }
    const { path, matrix, stroke, clip } = shape;
    operators.push("q");
    if (clip) operators.push(pathOperators(clip.path, placed(clip.matrix)), "W n");
    operators.push(transformOperator(placed(matrix)));
    if (stroke !== undefined) operators.push(`${stroke} w`);
    operators.push(pathOperators(path), stroke === undefined ? "f" : "S", "Q");
  }
  if (operators.length) pdf.addContent(operators.join("\n"));
}
