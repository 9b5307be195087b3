// Pandoc's fenced divisions, `::: name` or `::: {.class lang=fr}` up to `:::`: their
// fences as syntax of micromark, and blocks between them put together.

import type { Node, RootContent } from "mdast";
import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Construct, Extension, State, Token } from "micromark-util-types";
import { type Attributes, parseAttributes } from "./attributes.js";
import { characterOf, dataOf, keepData } from "./nested-text.js";
import { type Reading, spanOf } from "./reading.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    divisionFence: "divisionFence";
  }
}

declare module "mdast" {
  interface RootContentMap {
    divisionFence: DivisionFenceNode;
    fencedDivision: FencedDivisionNode;
  }
}

interface FenceData {
  readonly opens: boolean;
  /** The word behind the colons, or what else stands there and is no attributes. */
  readonly name: string;
  readonly attributes?: Attributes | undefined;
  /** Where its attributes begin, counted from its own beginning. */
  readonly attributesStart: number;
}

/** One line of colons among the nodes of mdast. */
export interface DivisionFenceNode extends FenceData {
  type: "divisionFence";
  position?: Node["position"];
}

/** What stands between two of them. */
export interface FencedDivisionNode extends FenceData {
  type: "fencedDivision";
  children: RootContent[];
  position?: Node["position"];
}

const LONGEST_FENCE = 4_000;

const fence: Construct = {
  name: "divisionFence",
  tokenize(effects, ok, nok) {
    let seen = "";
    let whole: Token;
    const start: State = (code) => {
      whole = effects.enter("divisionFence");
      return inside(code);
    };
    const inside: State = (code) => {
      const character = characterOf(code);
      if (character === "\n" || code === null) {
        const data = readFence(seen);
        if (!data) return nok(code);
        keepData(whole, data);
        effects.exit("divisionFence");
        return ok(code);
      }
      if ((seen.length < 3 && character !== ":") || seen.length > LONGEST_FENCE) return nok(code);
      seen += character;
      effects.consume(code);
      return inside;
    };
    return start;
  },
};

function readFence(line: string): FenceData | undefined {
  const colons = /^:{3,}[ \t]*/.exec(line)?.[0];
  if (colons === undefined) return undefined;
  const rest = line.slice(colons.length);
  const at = colons.length;
  if (!rest) return { opens: false, name: "", attributesStart: 0 };
  const attributes = parseAttributes(line, at);
  const behind = attributes ? rest.slice(attributes.typed.length) : "";
  if (attributes && /^[ \t]*:*[ \t]*$/.test(behind)) {
    return { opens: true, name: "", attributes, attributesStart: at };
  }
  const name = rest.replace(/[ \t]*:*[ \t]*$/, "").replace(/^\{(.*)\}$/, "$1");
  return { opens: true, name, attributesStart: 0 };
}

/** Returns the micromark extension for the fences of divisions. */
export function divisionSyntax(): Extension {
  return { flow: { [":".charCodeAt(0)]: fence } };
}

/** Returns the extension that makes nodes of them. */
export function divisionFromMarkdown(): FromMarkdown {
  return {
    enter: {
      divisionFence(token) {
        this.enter({ type: "divisionFence", ...dataOf<FenceData>(token) }, token);
      },
    },
    exit: {
      divisionFence(token) {
        this.exit(token);
      },
    },
  };
}

/** How deep divisions may lie within each other. */
const DEEPEST = 20;

/**
 * Puts what stands between fences into divisions. Reports fences that have no
 * partner, which are then left out, and divisions that are nested too deep.
 */
export function nestDivisions(nodes: readonly RootContent[], reading: Reading): RootContent[] {
  if (!nodes.some(({ type }) => type === "divisionFence")) return [...nodes];
  const { report, source } = reading;
  const partners = partnersOf(nodes);
  const top: RootContent[] = [];
  const open: RootContent[][] = [top];
  let tooDeep = false;
  nodes.forEach((node, index) => {
    if (node.type !== "divisionFence") {
      open.at(-1)!.push(node);
      return;
    }
    if (!partners.has(index)) {
      report({
        code: "division-unbalanced",
        message: node.opens
          ? "these colons open a block that is never closed"
          : "these colons close a block that was never opened",
        span: spanOf(node, source),
        hints: [node.opens ? "write ::: on a line of its own where it ends" : "take them out"],
      });
      return;
    }
    if (!node.opens) {
      if (open.length > 1) open.pop();
      return;
    }
    const children: RootContent[] = [];
    const { opens, name, attributes, attributesStart, position } = node;
    const division: FencedDivisionNode = {
      type: "fencedDivision",
      opens,
      name,
      attributes,
      attributesStart,
      children,
      ...(position && { position }),
    };
    if (open.length > DEEPEST) {
      if (!tooDeep) {
        report({
          code: "nested-too-deep",
          message: `blocks between colons are nested more than ${DEEPEST} deep here`,
          span: spanOf(node, source),
        });
      }
      tooDeep = true;
      // Its blocks go where it would stand.
      open.push(open.at(-1)!);
    } else {
      open.at(-1)!.push(division);
      open.push(children);
    }
  });
  return top;
}

/** Returns the indexes of fences that have a partner. */
function partnersOf(nodes: readonly RootContent[]): ReadonlySet<number> {
  const partners = new Set<number>();
  const open: number[] = [];
  nodes.forEach((node, index) => {
    if (node.type !== "divisionFence") return;
    if (node.opens) open.push(index);
    else {
      const opener = open.pop();
      if (opener !== undefined) partners.add(opener).add(index);
    }
  });
  return partners;
}
