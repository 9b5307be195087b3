// LaTeX to a formula, within limits: whatever an author writes ends quickly, in
// a formula or in a fault that says what is wrong and where.

import type { Formula, MathElement } from "../formula.js";
import { nearest } from "../nearest.js";
import { drawFormula } from "./draw-formula.js";
import { explainMistake, type FormulaFault } from "./formula-fault.js";
import { createMathJax, type Item, type MathJax } from "./mathjax.js";
import { classOperators, isDeeper, toMathElement } from "./mathml.js";

/** In characters; a page of formulas has about 2,000. What MathJax needs grows with the square. */
const LONGEST_FORMULA = 5_000;

/** How deep groups may stand in one another, and how many elements a formula may have. */
const DEEPEST_TREE = 150;
const MOST_ELEMENTS = 15_000;

/** Commands that MathJax knows, for what this program does otherwise; with what to write instead. */
const refused: ReadonlyMap<string, string> = new Map([
  ["label", "label the formula behind it: $$…$$ {#eq:name}"],
  ["tag", "label the formula behind it, and it is numbered: $$…$$ {#eq:name}"],
  ["ref", "refer to it in the text: @eq:name"],
  ["eqref", "refer to it in the text: @eq:name"],
  ["mmlToken", "write LaTeX"],
]);

/** Reads the formulas of one work; macros that one of them defines are known to those behind it. */
export class FormulaReader {
  #engine: MathJax | undefined;
  #elements = 0;

  /** Returns a formula, or what is wrong with it. */
  read(latex: string, isDisplayed: boolean): Formula | FormulaFault {
    if (latex.length > LONGEST_FORMULA) {
      return {
        message: `the formula has ${latex.length} characters, more than the ${LONGEST_FORMULA} that one may have`,
        hints: ["divide it into several"],
      };
    }
    const wrong = findRefused(latex);
    if (wrong) return wrong;
    this.#engine ??= this.#start();
    const engine = this.#engine;
    const { document, input, TexError } = engine;
    const item: Item = new document.options.MathItem(latex, input, isDisplayed);
    this.#elements = 0;
    try {
      item.compile(document);
      if (isDeeper(item.root, DEEPEST_TREE)) return tooDeep;
      classOperators(item.root);
      item.root.setTeXclass(null as never);
      const math = toMathElement(item.root, engine.atoms);
      const isEmpty = !hasTokens(math);
      return { math, isEmpty, draw: (measure) => drawFormula(item, engine, measure) };
    } catch (error) {
      // MathJax descends into groups without a limit.
      if (error instanceof RangeError) return tooDeep;
      if (!(error instanceof TexError)) throw error;
      const { id, message } = error;
      return explainMistake({ id, message, latex, read: readLength(engine, latex) }, (word, kind) =>
        nearest(
          word,
          engine.names(kind).filter((name) => !refused.has(name)),
        ),
      );
    }
  }

  /** Counts the elements that a formula makes, for macros can multiply what is written. */
  #start(): MathJax {
    const engine = createMathJax();
    const { nodeFactory } = engine.input.parseOptions;
    const create = nodeFactory.create.bind(nodeFactory);
    nodeFactory.create = (kind, ...rest) => {
      if (++this.#elements > MOST_ELEMENTS) throw new engine.TexError("TooManyElements", "");
      return create(kind, ...rest);
    };
    return engine;
  }
}

function hasTokens({ text, name, children }: MathElement): boolean {
  return Boolean(text) || name === "mspace" || name === "menclose" || children.some(hasTokens);
}

const tooDeep: FormulaFault = {
  message: "the formula's groups stand too deep in one another",
  hints: [`at most about ${DEEPEST_TREE / 3} groups may stand in one another`],
};

function findRefused(latex: string): FormulaFault | undefined {
  for (const { 0: found, 1: name, index } of latex.matchAll(/\\(?:([a-zA-Z]+)\*?|[\s\S])/g)) {
    const hint = name === undefined ? undefined : refused.get(name);
    if (hint === undefined) continue;
    return {
      message: `\\${name} has no place in a formula here`,
      place: { start: index, end: index + found.length },
      hints: [hint],
    };
  }
  return undefined;
}

/** Returns how much of a formula was read when an error was found; all of it where macros hide that. */
function readLength({ input }: MathJax, latex: string): number {
  const outermost = input.parseOptions.parsers.at(-1);
  const rest = outermost ? outermost.string.slice(outermost.i) : "";
  return rest && latex.endsWith(rest) ? latex.length - rest.length : latex.length;
}
