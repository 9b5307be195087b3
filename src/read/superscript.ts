// Pandoc's `x^2^` and `H~2~O` as syntax of micromark and nodes of mdast. No
// white space lies within, so that a lone ^ or ~ is no mark.

import type { Node, PhrasingContent } from "mdast";
import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Construct, Extension } from "micromark-util-types";
import { nestedText, textSyntax } from "./nested-text.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    superscript: "superscript";
    subscript: "subscript";
    raisedText: "raisedText";
  }
}

declare module "mdast" {
  interface RootContentMap {
    superscript: RaisedNode;
    subscript: RaisedNode;
  }
  interface PhrasingContentMap {
    superscript: RaisedNode;
    subscript: RaisedNode;
  }
}

/** Raised or lowered text among the nodes of mdast. */
export interface RaisedNode {
  type: "superscript" | "subscript";
  children: PhrasingContent[];
  position?: Node["position"];
}

const LONGEST = 1_000;

function between(mark: "^" | "~", type: RaisedNode["type"]): Construct {
  return nestedText({
    name: type,
    // ~~ is another mark.
    previous: (character) => character !== mark && character !== "\\",
    look: () => {
      let escaped = false;
      let closed = false;
      return {
        scan(character, at) {
          if (closed || at > LONGEST || /^[\s[\]`]?$/.test(character)) return false;
          if (at === 0) return true;
          closed = character === mark && !escaped;
          escaped = character === "\\" && !escaped;
          return !(closed && at === 1);
        },
        parse: (seen) =>
          closed && seen.length > 2
            ? {
                type,
                start: 0,
                end: seen.length,
                children: [{ type: "raisedText", start: 1, end: seen.length - 1, text: true }],
              }
            : undefined,
      };
    },
  });
}

/** Returns the micromark extension for both. */
export function superscriptSyntax(): Extension {
  return textSyntax({ "^": between("^", "superscript"), "~": between("~", "subscript") });
}

/** Returns the extension that makes nodes of them. */
export function superscriptFromMarkdown(): FromMarkdown {
  return {
    enter: {
      superscript(token) {
        this.enter({ type: "superscript", children: [] }, token);
      },
      subscript(token) {
        this.enter({ type: "subscript", children: [] }, token);
      },
    },
    exit: {
      superscript(token) {
        this.exit(token);
      },
      subscript(token) {
        this.exit(token);
      },
    },
  };
}
