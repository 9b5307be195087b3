// What of a Markdown text would be too much for its parser, whose time grows
// with the square of some things. Looked for before it sees the text.

import type { Diagnostic } from "../diagnostic.js";

/** How deep quotations and lists may lie within each other. */
const DEEPEST = 60;
/** The longest paragraph, in characters: some 40,000 words. */
const LONGEST_PARAGRAPH = 256_000;
/** The longest text, which takes the parser some seconds. */
const LONGEST_TEXT = 2_000_000;
const MOST_LINES = 100_000;
/** The most signs of one kind in a paragraph that may be markup. */
const MOST_MARKS = 5_000;

/** What is too much, and where in the text it begins. */
export type Excess = Pick<Diagnostic, "code" | "message" | "hints"> & { readonly at: number };

/** Returns the first thing in a text that is too much for the parser. */
export function findExcess(text: string): Excess | undefined {
  if (text.length > LONGEST_TEXT) return longText("2,000,000 characters");
  let paragraph = 0;
  let lines = 0;
  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end);
    if (++lines > MOST_LINES) return longText("100,000 lines");
    if (!line.trim()) {
      const excess = inParagraph(text, paragraph, start);
      if (excess) return excess;
      paragraph = end + 1;
    } else if (depthOf(line) > DEEPEST) {
      return {
        code: "nested-too-deep",
        message: `quotations and lists are nested more than ${DEEPEST} deep here`,
        at: start,
      };
    }
    start = end + 1;
  }
  return inParagraph(text, paragraph, text.length);
}

const longText = (limit: string): Excess => ({
  code: "text-too-long",
  message: `this text is longer than ${limit}`,
  hints: ["divide it into sections"],
  at: 0,
});

/** Returns how many quotations, lists and definitions a line may begin, at most. */
function depthOf(line: string): number {
  if (/^[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*$/.test(line)) return 0;
  const lead = /^(?:[ \t]*(?:>|[-+*:](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/.exec(line)![0];
  const marks = lead.match(/>|[-+*:]|\d+[.)]/g)?.length ?? 0;
  // Each list is indented by two columns more than the one around it.
  const indent = /^[ \t]*/.exec(line)![0].replaceAll("\t", "    ").length;
  return marks + (marks > 0 ? Math.floor(indent / 4) : 0);
}

function inParagraph(text: string, start: number, end: number): Excess | undefined {
  if (end - start <= MOST_MARKS) return undefined;
  if (end - start > LONGEST_PARAGRAPH) {
    return {
      code: "text-too-long",
      message: "this paragraph is longer than 256,000 characters",
      hints: ["leave a blank line between paragraphs"],
      at: start,
    };
  }
  const paragraph = text.slice(start, end);
  for (const mark of ["*", "_", "[", "`", "^", "~", "<", "&", "@", "$", "{"]) {
    if (count(paragraph, mark) <= MOST_MARKS) continue;
    return {
      code: "text-too-long",
      message: `this paragraph holds more than 5,000 of the sign ${mark}`,
      hints: ["leave a blank line between paragraphs"],
      at: start,
    };
  }
  return undefined;
}

/** Counts a sign, or the runs of those that form runs: `***` is one. */
function count(text: string, sign: string): number {
  let runs = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
    if (text[at - 1] !== sign || !"*_`".includes(sign)) runs++;
  }
  return runs;
}
