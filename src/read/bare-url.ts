// A web address that is typed in the text as it is, `https://example.org/~a/@b`:
// it stays text, and nothing in it is markup or a citation.

import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Extension } from "micromark-util-types";
import { isWord, nestedText, textSyntax } from "./nested-text.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    bareUrl: "bareUrl";
  }
}

const LONGEST_URL = 2_000;

/** An address; punctuation at its end belongs to the sentence. */
export const urlPattern = /https?:\/\/[^\s<>"“”[\]`*\\]*[^\s<>"“”[\]`*\\.,;:!?'’)_^~]/i;

const atStart = new RegExp(`^${urlPattern.source}`, "i");

/** Returns the micromark extension for bare addresses. */
export function bareUrlSyntax(): Extension {
  const url = nestedText({
    name: "bareUrl",
    previous: (character) => !isWord(character),
    look: () => ({
      scan: (character, at) =>
        at < 4
          ? character.toLowerCase() === "http"[at]
          : at < LONGEST_URL && /^[^\s<>"]/.test(character),
      parse(seen) {
        const end = atStart.exec(seen)?.[0].length;
        return end ? { type: "bareUrl", start: 0, end } : undefined;
      },
    }),
  });
  return textSyntax({ hH: url });
}

/** Returns the extension that makes text nodes of them. */
export function bareUrlFromMarkdown(): FromMarkdown {
  return {
    enter: {
      bareUrl(token) {
        this.enter({ type: "text", value: this.sliceSerialize(token) }, token);
      },
    },
    exit: {
      bareUrl(token) {
        this.exit(token);
      },
    },
  };
}
