import { describe, expect, test } from "vitest";
import { checkAccessibility } from "../src/accessibility.js";
import type { Diagnostic } from "../src/diagnostic.js";
import { readMarkdown } from "../src/read/markdown.js";
import { sourceOf } from "./read/outline.js";

/** Returns what is reported of a body in a language, as `code: message`. */
function faultsOf(text: string, lang = "en-GB"): string[] {
  const faults: Diagnostic[] = [];
  const children = readMarkdown(sourceOf(text, lang), () => {});
  checkAccessibility(
    {
      metadata: { title: [{ type: "text", value: "Work" }], author: [], lang, keywords: [] },
      parts: [{ role: "body", children }],
    },
    (fault) => void faults.push(fault),
  );
  return faults.map(({ code, message }) => `${code}: ${message}`);
}

describe("what keeps a reader out is reported", () => {
  test.each([
    ["a heading without words", "# &nbsp;\n\nText.", /^heading-empty/],
    ["a link that says nothing", "See [here](https://example.org).", /^link-unclear: .*"here"/],
    ["another script", "He said дорога was closed.", /^language-unmarked: "дорога" is in Cyrillic/],
    [
      "another script in a note",
      "A road.^[Το δρόμος.]",
      /^language-unmarked: "δρόμος" is in Greek/,
    ],
  ])("%s", (_, text, fault) => {
    const faults = faultsOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  test("a table without header cells", () => {
    const row = { cells: [1, 2].map(() => ({ children: [], columns: 1, rows: 1 })) };
    const faults: string[] = [];
    const table = { type: "table", columns: [], caption: [], notes: [], rows: [row, row] } as const;
    const check = (header: (typeof row)[]) =>
      checkAccessibility(
        {
          metadata: { title: [], author: [], lang: "en", keywords: [] },
          parts: [{ role: "body", children: [{ ...table, header }] }],
        },
        ({ code }) => void faults.push(code),
      );
    check([]);
    check([row]);
    expect(faults).toEqual(["table-without-header"]);
  });
});

describe("what is right is not", () => {
  test.each([
    ["marked words", "He said [дорога]{lang=ru}, and [δρόμος]{lang=el} was closed."],
    ["a marked division", "::: {lang=ru}\nДорога закрыта.\n:::"],
    ["symbols", "The angle is α and the sum is Σ."],
    ["a link with words", "See [the data archive](https://example.org)."],
    ["an address that is its own text", "See https://example.org/here."],
    ["code", "Call `дорога` first."],
  ])("%s", (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  test("the letters of the work's own language, and Latin in it", () => {
    expect(faultsOf("Дорога в Batumi закрыта.", "ru")).toEqual([]);
  });
});
