// Formulas in LaTeX between dollars as syntax of micromark and nodes of mdast, by
// Pandoc's rule: `$x$` has no white space within its dollars and no digit behind,
// so that "$5 and $6" are prices; `$$…$$` is displayed and may have several lines.

import type { Node } from "mdast";
import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Construct, Extension, State, Token } from "micromark-util-types";
import { type Attributes, braceScan, parseAttributes } from "./attributes.js";
import { characterOf, dataOf, keepData, nestedText, textSyntax } from "./nested-text.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    formula: "formula";
    displayedFormula: "displayedFormula";
    displayedFormulaLine: "displayedFormulaLine";
  }
}

declare module "mdast" {
  interface RootContentMap {
    formula: FormulaNode;
    displayedFormula: DisplayedFormulaNode;
  }
  interface PhrasingContentMap {
    formula: FormulaNode;
    displayedFormula: DisplayedFormulaNode;
  }
}

/** `$x$` among the nodes of mdast. */
export interface FormulaNode {
  type: "formula";
  value: string;
  position?: Node["position"];
}

/** `$$x$$` and its attributes among the nodes of mdast, in a paragraph or for itself. */
export interface DisplayedFormulaNode {
  type: "displayedFormula";
  value: string;
  attributes?: Attributes | undefined;
  /** Where its attributes begin, counted from its own beginning. */
  attributesStart: number;
  position?: Node["position"];
}

type DisplayData = Pick<DisplayedFormulaNode, "value" | "attributes" | "attributesStart">;

/** How long a formula may be, in characters. */
const LONGEST_FORMULA = 2_000;
const LONGEST_DISPLAY = 20_000;

const inline: Construct = nestedText({
  name: "formula",
  previous: (character) => character !== "$",
  look: () => {
    let escaped = false;
    let end = 0;
    let last = "";
    let behind = "";
    return {
      scan(character, at) {
        if (end) behind = character;
        if (end || at > LONGEST_FORMULA || character === "") return false;
        if (at === 0) return true;
        if (at === 1 && /[\s$]/.test(character)) return false;
        if (escaped) escaped = false;
        else if (character === "\\") escaped = true;
        else if (character === "$") {
          if (/\s/.test(last)) return false;
          end = at + 1;
        }
        last = character;
        return true;
      },
      parse(seen) {
        // A price: a digit behind what would be the closing dollar.
        if (!end || /\d/.test(behind)) return undefined;
        return { type: "formula", start: 0, end, data: seen.slice(1, end - 1) };
      },
    };
  },
});

/** Reads `$$…$$`, and attributes behind it, at the beginning of a text. */
function readDisplay(seen: string): (DisplayData & { readonly end: number }) | undefined {
  const found = /^\$\$((?:[^$\\]|\\[\s\S]|\$(?!\$))+)\$\$/.exec(seen);
  if (!found?.[1]?.trim()) return undefined;
  const value = found[1].trim();
  const space = /^[ \t]*/.exec(seen.slice(found[0].length))![0].length;
  const start = found[0].length + space;
  const attributes = parseAttributes(seen, start);
  return attributes
    ? { value, attributes, attributesStart: start, end: start + attributes.typed.length }
    : { value, attributesStart: 0, end: found[0].length };
}

/** Sees characters up to the closing dollars and the attributes behind them. */
function displayScan() {
  let escaped = false;
  let closed = 0;
  let braces: ReturnType<typeof braceScan> | undefined;
  let bracesStart = 0;
  let last = "";
  return (character: string, at: number): boolean => {
    if (character === "" || at > LONGEST_DISPLAY) return false;
    if (braces) return braces.scan(character, at - bracesStart);
    if (closed) {
      if (character === "{") {
        braces = braceScan();
        bracesStart = at;
        return braces.scan(character, 0);
      }
      return (character === " " || character === "\t") && at - closed < 20;
    }
    if (at < 2) return character === "$";
    if (escaped) {
      escaped = false;
      last = "";
      return true;
    }
    if (character === "\\") escaped = true;
    else if (character === "$" && last === "$" && at > 3) closed = at + 1;
    last = character;
    return true;
  };
}

const displayInText: Construct = nestedText({
  name: "displayedFormulaInText",
  look: () => ({
    scan: displayScan(),
    parse(seen) {
      const display = readDisplay(seen);
      if (!display) return undefined;
      const { end, ...data } = display;
      return { type: "displayedFormula", start: 0, end, data };
    },
  }),
});

/**
 * `$$…$$` on lines of its own. It may interrupt a paragraph, and what looks like
 * a list or quotation in it is LaTeX. A blank line ends the attempt.
 */
const displayInFlow: Construct = {
  name: "displayedFormula",
  concrete: true,
  tokenize(effects, ok, nok) {
    const context = this;
    let seen = "";
    let lineBlank = true;
    let whole: Token;

    const nextLine: Construct = {
      partial: true,
      tokenize(ahead, found, missing) {
        return (code) => {
          ahead.enter("lineEnding");
          ahead.consume(code);
          ahead.exit("lineEnding");
          return (next) => (context.parser.lazy[context.now().line] ? missing(next) : found(next));
        };
      },
    };

    const finish: State = (code) => {
      const display = readFlow(seen);
      if (!display) return nok(code);
      keepData(whole, display);
      effects.exit("displayedFormulaLine");
      effects.exit("displayedFormula");
      return ok(code);
    };

    const start: State = (code) => {
      whole = effects.enter("displayedFormula");
      effects.enter("displayedFormulaLine");
      return inside(code);
    };

    const inside: State = (code) => {
      const character = characterOf(code);
      if (seen.length < 2 && character !== "$") return nok(code);
      if (code === null) return finish(code);
      if (character === "\n") {
        if (lineBlank || seen.length > LONGEST_DISPLAY) return nok(code);
        if (isClosed(seen)) return finish(code);
        effects.exit("displayedFormulaLine");
        lineBlank = true;
        return effects.check(nextLine, goOn, nok)(code);
      }
      if (!/\s/.test(character)) lineBlank = false;
      seen += character;
      effects.consume(code);
      return inside;
    };

    const goOn: State = (code) => {
      seen += "\n";
      effects.enter("lineEnding");
      effects.consume(code);
      effects.exit("lineEnding");
      effects.enter("displayedFormulaLine");
      return inside;
    };

    return start;
  },
};

/** Whether the closing dollars have been seen in the last line. */
function isClosed(seen: string): boolean {
  const line = seen.slice(seen.lastIndexOf("\n") + 1);
  const from = seen.length === line.length ? 2 : 0;
  return line
    .slice(from)
    .replace(/\\[\s\S]/g, "")
    .includes("$$");
}

/** Reads a formula that stands for itself; a sign of punctuation behind it belongs to it. */
function readFlow(seen: string): DisplayData | undefined {
  const display = readDisplay(seen);
  if (!display) return undefined;
  const { end, ...data } = display;
  const rest = seen.slice(end).trim();
  return /^[.,;:]?$/.test(rest) ? { ...data, value: data.value + rest } : undefined;
}

/** Returns the micromark extensions for formulas. */
export function mathSyntax(): Extension[] {
  return [
    { flow: { ["$".charCodeAt(0)]: displayInFlow } },
    textSyntax({ $: inline }),
    textSyntax({ $: displayInText }),
  ];
}

/** Returns the extension that makes nodes of them. */
export function mathFromMarkdown(): FromMarkdown {
  return {
    enter: {
      formula(token) {
        this.enter({ type: "formula", value: dataOf<string>(token) }, token);
      },
      displayedFormula(token) {
        this.enter({ type: "displayedFormula", ...dataOf<DisplayData>(token) }, token);
      },
    },
    exit: {
      formula(token) {
        this.exit(token);
      },
      displayedFormula(token) {
        this.exit(token);
      },
    },
  };
}
