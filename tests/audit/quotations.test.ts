// Which passages are quotations, and which citation stands behind them.

import { expect, test } from "vitest";
import { toText } from "../../src/document.js";
import { findQuotations } from "../../src/quotations.js";
import { readMarkdown } from "../../src/read/markdown.js";

const quotations = (text: string): string[] =>
  findQuotations(readMarkdown({ file: "a.md", text, offset: (at) => at }, () => {})).map(
    ({ kind, pieces, citation }) =>
      `${kind}: ${pieces.map((piece) => piece.trim()).join(" | ")}${citation ? ` <- ${toText(citation.children)}` : ""}`,
  );

test.each([
  ["too short to be more than a name", "The ‘Great Man’ theory and a ‘competitive pole’ [@a].", []],
  ["four words", "the “slow cancellation of futures” [@a]", []],
  [
    "five words, cited",
    "Allies “could be our tomorrow’s enemies” [@a, 3].",
    ["marks: could be our tomorrow’s enemies <- [@a, 3]"],
  ],
  [
    "a stop between",
    "He said “this is what we all want.” [@a]",
    ["marks: this is what we all want. <- [@a]"],
  ],
  [
    "not cited",
    "He said “this is what we all want” and went.",
    ["marks: this is what we all want"],
  ],
  [
    "single marks with apostrophes",
    "It’s ‘the people’s will that it’s theirs’ [@a].",
    ["marks: the people’s will that it’s theirs <- [@a]"],
  ],
  ["typed marks", `"this is what we all want" [@a]`, ["marks: this is what we all want <- [@a]"]],
  [
    "a quotation in a quotation",
    "“he said ‘this is what we all want’ to me” [@a]",
    ["marks: he said ‘this is what we all want’ to me <- [@a]"],
  ],
  [
    "a note that cites",
    "“this is what we all want”^[See @a, 4.]",
    ["marks: this is what we all want <- @a"],
  ],
  ["a citation within", "“this is what [@a] we all want”", ["marks: this is what | we all want"]],
  [
    "emphasis within",
    "“this is *what* we all want” [@a]",
    ["marks: this is what we all want <- [@a]"],
  ],
  [
    "in a note",
    "Words.^[“this is what we all want” [@a]]",
    ["marks: this is what we all want <- [@a]"],
  ],
  [
    "a block quotation",
    "> This is what we want.\n>\n> And this. [@a, 4]",
    ["block: This is what we want. | And this. <- [@a, 4]"],
  ],
  ["a block quotation without source", "> This.", ["block: This."]],
] as const)("%s", (_, text, expected) => {
  expect(quotations(text)).toEqual(expected);
});
