// Pandoc's line blocks, `| a line of verse`, as syntax of micromark and nodes of
// mdast; and the lines of paragraphs, for verse that is written as paragraphs.

import type { Node, PhrasingContent } from "mdast";
import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Construct, Extension, State, Token } from "micromark-util-types";
import { characterOf } from "./nested-text.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    verseLine: "verseLine";
    verseMark: "verseMark";
    verseText: "verseText";
  }
}

declare module "mdast" {
  interface RootContentMap {
    verseLine: VerseLineNode;
  }
}

/** One line of a line block among the nodes of mdast. */
export interface VerseLineNode {
  type: "verseLine";
  children: PhrasingContent[];
  position?: Node["position"];
}

/** One line, and those that continue it because they begin with white space. */
const line: Construct = {
  name: "verseLine",
  add: "after",
  tokenize(effects, ok, nok) {
    const context = this;
    let chunk: Token | undefined;

    const start: State = (code) => {
      if (characterOf(code) !== "|" || context.interrupt) return nok(code);
      effects.enter("verseLine");
      effects.enter("verseMark");
      effects.consume(code);
      return behindMark;
    };
    const behindMark: State = (code) => {
      const character = characterOf(code);
      if (code === null || character === "\n") {
        effects.exit("verseMark");
        effects.exit("verseLine");
        return ok(code);
      }
      if (character !== " " && character !== "\t") return nok(code);
      effects.consume(code);
      effects.exit("verseMark");
      return beforeText;
    };
    const beforeText: State = (code) => {
      if (code === null || characterOf(code) === "\n") {
        effects.exit("verseLine");
        return ok(code);
      }
      effects.enter("verseText");
      openChunk();
      return inside(code);
    };
    const openChunk = (before?: Token) => {
      chunk = effects.enter("chunkText", {
        contentType: "text",
        ...(before && { previous: before }),
      });
      if (before) before.next = chunk;
    };
    const end: State = (code) => {
      effects.exit("chunkText");
      effects.exit("verseText");
      effects.exit("verseLine");
      return ok(code);
    };
    const inside: State = (code) => {
      if (code === null) return end(code);
      if (characterOf(code) === "\n") return effects.check(continuation, goOn, end)(code);
      effects.consume(code);
      return inside;
    };
    const goOn: State = (code) => {
      effects.consume(code);
      const before = chunk!;
      effects.exit("chunkText");
      openChunk(before);
      return inside;
    };
    const continuation: Construct = {
      partial: true,
      tokenize(ahead, found, missing) {
        const atSpace: State = (code) => {
          if (context.parser.lazy[context.now().line]) return missing(code);
          if (!/^[ \t]$/.test(characterOf(code)) || code === null) return missing(code);
          ahead.enter("linePrefix");
          return spaces(code);
        };
        const spaces: State = (code) => {
          if (code !== null && /^[ \t]$/.test(characterOf(code))) {
            ahead.consume(code);
            return spaces;
          }
          ahead.exit("linePrefix");
          const blank = code === null || characterOf(code) === "\n";
          return blank || characterOf(code) === "|" ? missing(code) : found(code);
        };
        return (code) => {
          ahead.enter("lineEnding");
          ahead.consume(code);
          ahead.exit("lineEnding");
          return atSpace;
        };
      },
    };
    return start;
  },
};

/** Returns the micromark extension for line blocks; tables of pipes go before them. */
export function lineBlockSyntax(): Extension {
  return { flow: { null: line } };
}

/** Returns the extension that makes nodes of them. */
export function lineBlockFromMarkdown(): FromMarkdown {
  return {
    canContainEols: ["verseLine"],
    enter: {
      verseLine(token) {
        this.enter({ type: "verseLine", children: [] }, token);
      },
    },
    exit: {
      verseLine(token) {
        this.exit(token);
      },
    },
  };
}

/** Returns the inlines of each line of a paragraph; emphasis over several lines is on each. */
export function linesOf(nodes: readonly PhrasingContent[]): PhrasingContent[][] {
  const lines: PhrasingContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === "break") lines.push([]);
    else if (node.type === "text") {
      node.value.split(/[ \t]*\n/).forEach((value, index) => {
        if (index) lines.push([]);
        if (value) lines.at(-1)!.push({ ...node, value });
      });
    } else if (
      node.type === "emphasis" ||
      node.type === "strong" ||
      node.type === "bracketedSpan"
    ) {
      linesOf(node.children).forEach((children, index) => {
        if (index) lines.push([]);
        if (children.length) lines.at(-1)!.push({ ...node, children });
      });
    } else lines.at(-1)!.push(node);
  }
  return lines.filter((some) => some.length);
}
