// The drawing of a formula: what MathJax draws as SVG, taken apart into paths
// and words with their places.

import type {
  FormulaBreak,
  FormulaDrawing,
  FormulaShape,
  FormulaText,
  Matrix,
  MeasureText,
} from "../formula.js";
import type { Item, LiteElement, MathJax } from "./mathjax.js";

/** MathJax draws in thousandths of an em, upwards from the base line. */
const UNITS = 1_000;

/** The size of letters in pixels, in which MathJax gives some small distances. */
const EM = 16;

/** Its x-height in em; letters that it lacks are set as large as its own. */
const X_HEIGHT = 0.442;

/** How wide it takes the page to be, in em; what fills a line, such as `multline`, is as wide. */
const PAGE_WIDTH = 30;

/** How high and deep words in the font of the text are taken to be, in em. */
const TEXT_ASCENT = 0.7;
const TEXT_DESCENT = 0.22;

/** Draws a formula that was compiled without an error. */
export function drawFormula(item: Item, engine: MathJax, measure: MeasureText): FormulaDrawing {
  const { output, adaptor, document } = engine;
  item.setMetrics(EM, X_HEIGHT * EM, PAGE_WIDTH * EM, PAGE_WIDTH * EM, 1);
  item.outputData.mtextFamily = "text";
  const inner = output as unknown as InnerOutput;
  inner.setDocument(document);
  inner.unknownCache.clear();
  inner.measureTextNode = (node) => {
    const { words, scale } = textOf(node, engine);
    return { w: measure(words) * scale, h: TEXT_ASCENT * scale, d: TEXT_DESCENT * scale };
  };
  inner.math = item;
  inner.pxPerEm = EM;
  inner.nodeMap = new Map();
  inner.minwidth = 0;
  inner.shift = 0;
  inner.container = adaptor.node("g");
  const root = inner.factory.wrap(item.root);
  const { w, h, d } = root.getOuterBBox();
  const group = adaptor.node("g");
  root.toSVG(group);
  inner.nodeMap = null;
  const walk = new Walk(engine);
  walk.visit(group, [1 / UNITS, 0, 0, -1 / UNITS, 0, 0], undefined);
  return {
    width: w,
    ascent: h,
    descent: d,
    shapes: walk.shapes,
    breaks: findBreaks(root, walk.firsts, engine),
  };
}

/** What of MathJax's output is used that its types keep to itself. */
interface InnerOutput {
  setDocument(document: unknown): void;
  readonly unknownCache: Map<string, unknown>;
  measureTextNode(node: LiteElement): { w: number; h: number; d: number };
  math: Item;
  pxPerEm: number;
  nodeMap: Map<unknown, unknown> | null;
  minwidth: number;
  shift: number;
  container: LiteElement;
  readonly factory: { wrap(node: unknown): Wrapper };
}

/** An element of the formula with what is drawn of it. */
interface Wrapper {
  readonly node: { readonly texClass: number };
  readonly childNodes: readonly Wrapper[];
  readonly element: LiteElement | null;
  getOuterBBox(): { readonly w: number; readonly h: number; readonly d: number };
  toSVG(parent: LiteElement): void;
}

type Clip = { readonly path: string; readonly matrix: Matrix };

/** Goes through a drawing and gathers its shapes. */
class Walk {
  readonly shapes: FormulaShape[] = [];
  /** The index of the first shape of each element, and where its origin is. */
  readonly firsts = new Map<LiteElement, { readonly shape: number; readonly x: number }>();
  readonly #engine: MathJax;

  constructor(engine: MathJax) {
    this.#engine = engine;
  }

  visit(node: LiteElement, around: Matrix, clip: Clip | undefined): void {
    const { adaptor } = this.#engine;
    const matrix = multiply(around, transformOf(this.#attribute(node, "transform")));
    this.firsts.set(node, { shape: this.shapes.length, x: matrix[4] });
    const number = (name: string) => Number(this.#attribute(node, name) ?? 0);
    switch (adaptor.kind(node)) {
      case "path":
        this.#add(this.#attribute(node, "d") ?? "", matrix, clip, this.#strokeOf(node));
        return;
      case "rect": {
        // What is there to be clicked at is not seen.
        if (this.#attribute(node, "data-hitbox") !== undefined) return;
        const stroke = this.#strokeOf(node);
        const [x, y, w, h] = [number("x"), number("y"), number("width"), number("height")];
        this.#add(rectangle(x, y, w, h), matrix, clip, stroke);
        return;
      }
      case "line": {
        const path = `M${number("x1")} ${number("y1")}L${number("x2")} ${number("y2")}`;
        this.#add(path, matrix, clip, this.#strokeOf(node) ?? THIN);
        return;
      }
      case "ellipse": {
        const [x, y, rx, ry] = [number("cx"), number("cy"), number("rx"), number("ry")];
        this.#add(ellipse(x, y, rx, ry), matrix, clip, this.#strokeOf(node));
        return;
      }
      case "text": {
        const { words, scale } = textOf(node, this.#engine);
        const [a, , , , x, y] = matrix;
        this.shapes.push({ type: "text", words, scale: Math.abs(a) * UNITS * scale, x, y });
        return;
      }
      case "svg":
        this.#visitWindow(node, matrix);
        return;
      default:
        for (const child of adaptor.childNodes(node)) {
          if (adaptor.kind(child) !== "#text") this.visit(child as LiteElement, matrix, clip);
        }
    }
  }

  /** A window through which a part of its content is seen: `svg` within `svg` (SVG 1.1, 7.9). */
  #visitWindow(node: LiteElement, around: Matrix): void {
    const { adaptor } = this.#engine;
    const number = (name: string) => Number.parseFloat(this.#attribute(node, name) ?? "0");
    const [x, y, width, height] = [number("x"), number("y"), number("width"), number("height")];
    const view = this.#attribute(node, "viewBox")?.trim().split(/\s+/).map(Number) ?? [];
    const [vx = 0, vy = 0, vw = width, vh = height] = view;
    const scaleX = vw ? width / vw : 1;
    const scaleY = vh ? height / vh : 1;
    const matrix = multiply(around, [scaleX, 0, 0, scaleY, x - vx * scaleX, y - vy * scaleY]);
    const clip = { path: rectangle(vx, vy, vw, vh), matrix };
    for (const child of adaptor.childNodes(node)) {
      if (adaptor.kind(child) !== "#text") this.visit(child as LiteElement, matrix, clip);
    }
  }

  #add(path: string, matrix: Matrix, clip: Clip | undefined, stroke: number | undefined): void {
    if (!path) return;
    this.shapes.push({
      type: "path",
      path,
      matrix,
      ...(clip && { clip }),
      ...(stroke !== undefined && { stroke }),
    });
  }

  /** The width of a line, where a shape is drawn by its outline. */
  #strokeOf(node: LiteElement): number | undefined {
    const width =
      this.#attribute(node, "stroke-width") ??
      /stroke-width:\s*([\d.]+)/.exec(this.#attribute(node, "style") ?? "")?.[1];
    const isFilled = this.#attribute(node, "fill") !== "none";
    if (width !== undefined && Number.parseFloat(width) > 0) return Number.parseFloat(width);
    return isFilled ? undefined : THIN;
  }

  #attribute(node: LiteElement, name: string): string | undefined {
    const value: unknown = this.#engine.adaptor.getAttribute(node, name);
    return value === undefined || value === null ? undefined : String(value);
  }
}

/** The width of rules, in MathJax's units. */
const THIN = 60;

/** Returns the words of an element of text, and the size of its letters relative to those of the formula. */
function textOf(
  node: LiteElement,
  { adaptor }: MathJax,
): { readonly words: FormulaText; readonly scale: number } {
  const style = `${adaptor.getAttribute(node, "style") ?? ""}`;
  const has = (name: string, value: string) =>
    adaptor.getAttribute(node, name) === value || new RegExp(`${name}:\\s*${value}`).test(style);
  const size = Number.parseFloat(adaptor.getAttribute(node, "font-size") ?? "");
  return {
    words: {
      text: adaptor.textContent(node),
      bold: has("font-weight", "bold"),
      italic: has("font-style", "italic"),
    },
    scale: Number.isFinite(size) ? size / UNITS : 1,
  };
}

/** Finds where lines may end: behind relations and operators of the outermost row (The TeXbook, chapter 18). */
function findBreaks(
  { childNodes: [row] }: Wrapper,
  firsts: Walk["firsts"],
  { atoms }: MathJax,
): FormulaBreak[] {
  const breaks: FormulaBreak[] = [];
  const parts = row?.childNodes ?? [];
  const atomOf = (wrapper: Wrapper) => atoms[wrapper.node.texClass];
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const atom = atomOf(part);
    if (!next || (atom !== "REL" && atom !== "BIN") || atomOf(next) === "REL") continue;
    const here = part.element && firsts.get(part.element);
    const behind = next.element && firsts.get(next.element);
    if (!here || !behind || behind.shape === 0) continue;
    const end = here.x + part.getOuterBBox().w;
    breaks.push({ shape: behind.shape, end, start: Math.max(end, behind.x), atom });
  }
  return breaks;
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}Z`;
}

/** An ellipse of four curves, as near as one sees. */
function ellipse(x: number, y: number, rx: number, ry: number): string {
  const [kx, ky] = [0.5523 * rx, 0.5523 * ry];
  return [
    `M${x + rx} ${y}`,
    `c0 ${ky} ${kx - rx} ${ry} ${-rx} ${ry}`,
    `c${-kx} 0 ${-rx} ${ky - ry} ${-rx} ${-ry}`,
    `c0 ${-ky} ${rx - kx} ${-ry} ${rx} ${-ry}`,
    `c${kx} 0 ${rx} ${ry - ky} ${rx} ${ry}Z`,
  ].join("");
}

const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** Reads the transformations that MathJax writes: `translate` and `scale`, one after the other. */
function transformOf(value: string | undefined): Matrix {
  let matrix = identity;
  for (const [, name, list] of (value ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
    const numbers = list!.split(/[\s,]+/).map(Number);
    const [first = 0, second] = numbers;
    if (name === "translate") matrix = multiply(matrix, [1, 0, 0, 1, first, second ?? 0]);
    else if (name === "scale") matrix = multiply(matrix, [first, 0, 0, second ?? first, 0, 0]);
    else if (name === "matrix") matrix = multiply(matrix, numbers as unknown as Matrix);
    else if (name === "rotate") {
      const angle = (first * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [, cx = 0, cy = 0] = numbers;
      matrix = multiply(matrix, [1, 0, 0, 1, cx, cy]);
      matrix = multiply(matrix, [cos, sin, -sin, cos, 0, 0]);
      matrix = multiply(matrix, [1, 0, 0, 1, -cx, -cy]);
    }
  }
  return matrix;
}

/** Returns the transformation that does `inner` first, then `outer`. */
function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}
