// Pandoc's definition lists, a line `Term` and `:   what it means` below it, as
// syntax of micromark and nodes of mdast. What `: ` begins beside a table is the
// table's caption.

import type { Node, RootContent } from "mdast";
import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Construct, Extension, State } from "micromark-util-types";
import { characterOf } from "./nested-text.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    definitionDescription: "definitionDescription";
    definitionPrefix: "definitionPrefix";
    definitionIndent: "definitionIndent";
  }
  interface ContainerState {
    /** By how many columns the lines of a description are indented. */
    indent?: number;
  }
}

declare module "mdast" {
  interface RootContentMap {
    definitionDescription: DefinitionDescriptionNode;
  }
}

/** `:   text` among the nodes of mdast. */
export interface DefinitionDescriptionNode {
  type: "definitionDescription";
  children: RootContent[];
  position?: Node["position"];
}

/** Lines of a description are indented by as much as its first, up to Pandoc's four columns. */
const INDENT = 4;

const description: Construct = {
  name: "definitionDescription",
  tokenize(effects, ok, nok) {
    let width = 0;
    const start: State = (code) => {
      effects.enter("definitionDescription", { _container: true });
      effects.enter("definitionPrefix");
      effects.consume(code);
      return behind;
    };
    const behind: State = (code) => {
      const character = characterOf(code);
      const space = character === " " || character === "\t";
      if (width === 0 && !space) return nok(code);
      if (space && width < INDENT) {
        width++;
        effects.consume(code);
        return behind;
      }
      // A line of a colon alone describes nothing.
      if (code === null || character === "\n") return nok(code);
      effects.exit("definitionPrefix");
      this.containerState!.indent = Math.min(width + 1, INDENT);
      return ok(code);
    };
    return start;
  },
  continuation: {
    tokenize(effects, ok, nok) {
      const wanted = this.containerState?.indent ?? INDENT;
      let width = 0;
      const start: State = (code) => {
        if (isSpace(code)) {
          effects.enter("definitionIndent");
          return inside(code);
        }
        return atEnd(code);
      };
      const inside: State = (code) => {
        if (isSpace(code) && width < wanted) {
          width++;
          effects.consume(code);
          return inside;
        }
        effects.exit("definitionIndent");
        return atEnd(code);
      };
      const atEnd: State = (code) => {
        const blank = code === null || characterOf(code) === "\n";
        return width === wanted || blank ? ok(code) : nok(code);
      };
      return start;
    },
  },
  exit(effects) {
    effects.exit("definitionDescription");
  },
};

const isSpace = (code: Parameters<State>[0]): boolean =>
  code !== null && /^[ \t]$/.test(characterOf(code));

/** Returns the micromark extension for descriptions. */
export function definitionListSyntax(): Extension {
  return { document: { [":".charCodeAt(0)]: description } };
}

/** Returns the extension that makes nodes of them. */
export function definitionListFromMarkdown(): FromMarkdown {
  return {
    enter: {
      definitionDescription(token) {
        this.enter({ type: "definitionDescription", children: [] }, token);
      },
    },
    exit: {
      definitionDescription(token) {
        this.exit(token);
      },
    },
  };
}
