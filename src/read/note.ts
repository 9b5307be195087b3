// Pandoc's notes as syntax of micromark and nodes of mdast: `[^1]` with its
// definition elsewhere, and `^[a note in its place]`. A call is one whether it
// is defined or not, so that a missing definition can be reported.

import type { Node, PhrasingContent } from "mdast";
import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import { gfmFootnote } from "micromark-extension-gfm-footnote";
import type { Construct, Extension } from "micromark-util-types";
import { bracketScan, nestedText, textSyntax } from "./nested-text.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    inlineNote: "inlineNote";
    inlineNoteText: "inlineNoteText";
    noteCall: "noteCall";
  }
}

declare module "mdast" {
  interface RootContentMap {
    inlineNote: InlineNoteNode;
  }
  interface PhrasingContentMap {
    inlineNote: InlineNoteNode;
  }
}

/** `^[text]` among the nodes of mdast. */
export interface InlineNoteNode {
  type: "inlineNote";
  children: PhrasingContent[];
  position?: Node["position"];
}

/** How long a note in its place may be, in characters. */
const LONGEST_NOTE = 50_000;

const call: Construct = nestedText({
  name: "noteCall",
  before: true,
  look: () => ({
    scan: (character, at) =>
      at === 0
        ? character === "["
        : at === 1
          ? character === "^"
          : at < 1_000 && /[^\s[]/.test(character),
    parse(seen) {
      const end = seen.indexOf("]");
      return end > 2 ? { type: "noteCall", start: 0, end: end + 1 } : undefined;
    },
  }),
});

const inlineNote: Construct = nestedText({
  name: "inlineNote",
  look: () => {
    const { scan, end } = bracketScan(LONGEST_NOTE);
    return {
      scan: (character, at) =>
        at === 0 ? character === "^" : at === 1 && character !== "[" ? false : scan(character, at),
      parse(seen) {
        const text = seen.slice(2, end() - 1);
        if (!end() || !text.trim()) return undefined;
        const start = 2 + text.length - text.trimStart().length;
        return {
          type: "inlineNote",
          start: 0,
          end: end(),
          children: [
            { type: "inlineNoteText", start, end: start + text.trim().length, text: true },
          ],
        };
      },
    };
  },
});

/** Returns the micromark extensions for notes. */
export function noteSyntax(): Extension[] {
  const { document = {} } = gfmFootnote();
  return [{ document }, textSyntax({ "[": call }), textSyntax({ "^": inlineNote })];
}

/** Returns the extension that makes nodes of them. */
export function noteFromMarkdown(): FromMarkdown {
  return {
    canContainEols: ["inlineNote"],
    enter: {
      gfmFootnoteDefinition(token) {
        this.enter({ type: "footnoteDefinition", identifier: "", label: "", children: [] }, token);
      },
      gfmFootnoteDefinitionLabelString() {
        this.buffer();
      },
      inlineNote(token) {
        this.enter({ type: "inlineNote", children: [] }, token);
      },
      noteCall(token) {
        const label = this.sliceSerialize(token).slice(2, -1);
        this.enter({ type: "footnoteReference", identifier: label, label }, token);
      },
    },
    exit: {
      gfmFootnoteDefinition(token) {
        this.exit(token);
      },
      gfmFootnoteDefinitionLabelString(token) {
        this.resume();
        const definition = this.stack.at(-1);
        if (definition?.type !== "footnoteDefinition") return;
        definition.identifier = definition.label = this.sliceSerialize(token);
      },
      inlineNote(token) {
        this.exit(token);
      },
      noteCall(token) {
        this.exit(token);
      },
    },
  };
}
