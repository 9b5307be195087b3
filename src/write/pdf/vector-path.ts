// Paths in SVG's syntax as operators of a page (SVG 1.1, 8.3; ISO 32000-1, 8.5.2).

import type { Matrix } from "../../formula.js";

/** The operators of outlines that were asked for before; fonts have a limited number of them. */
const known = new Map<string, string>();

/** Rules and frames are shorter than outlines, and seldom twice the same. */
const SHORT_PATH = 60;

/**
 * Returns the operators that construct a path, its numbers transformed if a
 * matrix is given. It may have all commands but arcs.
 */
export function pathOperators(path: string, matrix?: Matrix): string {
  if (matrix || path.length < SHORT_PATH) return construct(path, matrix);
  let operators = known.get(path);
  if (operators === undefined) {
    operators = construct(path, undefined);
    known.set(path, operators);
  }
  return operators;
}

/** Returns a number as operands have it, precise enough for the scale of a transformation. */
export function precise(value: number): string {
  const text = value.toFixed(5);
  return text.replace(/\.?0+$/, "") || "0";
}

/** Returns the operator that adds a transformation (8.4.4). */
export function transformOperator(matrix: Matrix): string {
  return `${matrix.map(precise).join(" ")} cm`;
}

type Point = readonly [x: number, y: number];

/** How many numbers each command takes (SVG 1.1, 8.3). */
const arity: Readonly<Record<string, number>> = {
  M: 2,
  L: 2,
  H: 1,
  V: 1,
  Q: 4,
  T: 2,
  C: 6,
  S: 4,
  Z: 0,
};

function construct(path: string, matrix: Matrix | undefined): string {
  const pen = new Pen(matrix);
  for (const [, letter, list] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = (list!.match(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/g) ?? []).map(Number);
    const command = letter!.toUpperCase();
    const count = arity[command];
    if (count === undefined) throw new Error(`a path has the command ${letter}`);
    const isRelative = letter !== command;
    let at = 0;
    do {
      // What follows a move without a command of its own are lines.
      const next = command === "M" && at > 0 ? "L" : command;
      pen.follow(next, numbers.slice(at, at + count), isRelative);
      at += count;
    } while (count > 0 && at + count <= numbers.length);
  }
  return pen.operators.join("\n");
}

class Pen {
  readonly operators: string[] = [];
  readonly #matrix: Matrix | undefined;
  #at: Point = [0, 0];
  #start: Point = [0, 0];
  /** The last point by which a curve was bent, which a smooth one goes on from. */
  #bend: Point | undefined;

  constructor(matrix: Matrix | undefined) {
    this.#matrix = matrix;
  }

  follow(command: string, numbers: readonly number[], isRelative: boolean): void {
    const [fromX, fromY] = isRelative ? this.#at : [0, 0];
    const point = (index: number): Point => [fromX + numbers[index]!, fromY + numbers[index + 1]!];
    const [x, y] = this.#at;
    const bend: Point = this.#bend ? [2 * x - this.#bend[0], 2 * y - this.#bend[1]] : this.#at;
    switch (command) {
      case "M":
        this.#start = point(0);
        this.#go("m", [], this.#start);
        break;
      case "L":
        this.#go("l", [], point(0));
        break;
      case "H":
        this.#go("l", [], [fromX + numbers[0]!, y]);
        break;
      case "V":
        this.#go("l", [], [x, fromY + numbers[0]!]);
        break;
      case "Q":
        this.#bow(point(0), point(2));
        break;
      case "T":
        this.#bow(bend, point(0));
        break;
      case "C":
        this.#go("c", [point(0), point(2)], point(4));
        this.#bend = point(2);
        break;
      case "S":
        this.#go("c", [bend, point(0)], point(2));
        this.#bend = point(0);
        break;
      default:
        this.operators.push("h");
        this.#at = this.#start;
        this.#bend = undefined;
    }
  }

  /** Draws a curve of one bend, which PDF has only of two. */
  #bow(bend: Point, to: Point): void {
    const toward = ([x, y]: Point): Point => [
      x + ((bend[0] - x) * 2) / 3,
      y + ((bend[1] - y) * 2) / 3,
    ];
    this.#go("c", [toward(this.#at), toward(to)], to);
    this.#bend = bend;
  }

  #go(operator: string, through: readonly Point[], to: Point): void {
    const operands = [...through, to].map((point) => this.#operands(point)).join(" ");
    this.operators.push(`${operands} ${operator}`);
    this.#at = to;
    this.#bend = undefined;
  }

  #operands([x, y]: Point): string {
    const [a, b, c, d, e, f] = this.#matrix ?? [1, 0, 0, 1, 0, 0];
    return `${rounded(a * x + c * y + e)} ${rounded(b * x + d * y + f)}`;
  }
}

function rounded(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
