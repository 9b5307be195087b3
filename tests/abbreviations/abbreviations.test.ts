import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expandAbbreviations, printGlossary } from "../../src/abbreviations.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { type Block, type Document, type Section, toText, walk } from "../../src/document.js";
import type { AbbreviationDefinition } from "../../src/matter.js";
import { readMarkdown } from "../../src/read/markdown.js";
import { sourceOf } from "../read/outline.js";

const span = { file: "manuscript.yaml", start: 0, end: 3 };
const text = (value: string) => [{ type: "text" as const, value }];
const definitions: readonly AbbreviationDefinition[] = [
  { key: "WTO", full: text("World Trade Organization"), span },
  { key: "CIS", full: text("Commonwealth of Independent States"), span },
  { key: "NGO", full: text("non-governmental organisation"), span },
  { key: "MP", full: text("member"), plural: text("members"), span },
];

function documentOf(body: string, abstract = ""): Document {
  const section = (role: Section["role"], children: readonly Block[]): Section => ({
    type: "section",
    id: `sec-${role ?? "chapter"}`,
    title: text("Title"),
    ...(role && { role }),
    children,
  });
  const read = (markdown: string) => readMarkdown(sourceOf(markdown), () => {});
  return {
    metadata: { title: [], author: [], lang: "en-GB", keywords: [] },
    parts: [
      {
        role: "front-matter",
        children: [section("abstract", read(abstract)), section("abbreviations", [])],
      },
      { role: "body", children: [section(undefined, read(body)), section("glossary", [])] },
    ],
  };
}

function expand(body: string, abstract?: string) {
  const diagnostics: Diagnostic[] = [];
  const document = expandAbbreviations(
    documentOf(body, abstract),
    definitions,
    (found) => void diagnostics.push(found),
  );
  return { document, diagnostics };
}

/** The words of a document in order, a line a paragraph, with its notes in braces. */
function textOf({ parts }: Document, role: "front-matter" | "body"): string {
  const lines: string[] = [];
  for (const node of walk(parts.find((part) => part.role === role)!.children)) {
    if (node.type === "paragraph") lines.push(toText(node.children));
  }
  return lines.join("\n");
}

describe("an abbreviation is written in full where it is first used", () => {
  test.each([
    [
      "once",
      "The [WTO]{.abbr} and the [WTO]{.abbr}.",
      "The World Trade Organization (WTO) and the WTO.",
    ],
    [
      "in parentheses, with brackets",
      "(of the [WTO]{.abbr}) and [CIS]{.abbr}",
      "(of the World Trade Organization [WTO]) and Commonwealth of Independent States (CIS)",
    ],
    [
      "in the plural",
      "Many [NGOs]{.abbr}, [MPs]{.abbr}; an [NGO]{.abbr}.",
      "Many non-governmental organisations (NGOs), members (MPs); an NGO.",
    ],
    [
      "as it is asked for",
      "[WTO]{.abbr .short}, [WTO]{.abbr .full}",
      "WTO, World Trade Organization",
    ],
    [
      "in notes only for notes",
      "A.^[The [WTO]{.abbr}.] B.^[The [WTO]{.abbr}.] The [WTO]{.abbr}.^[The [WTO]{.abbr}.]",
      "A. B. The World Trade Organization (WTO).\nThe World Trade Organization (WTO).\nThe WTO.\nThe WTO.",
    ],
    [
      "not in headings and tables",
      "# The [WTO]{.abbr}\n\n| [WTO]{.abbr} |\n|---|\n| a |\n\nThe [WTO]{.abbr}.",
      "WTO\na\nThe World Trade Organization (WTO).",
    ],
  ])("%s", (_, body, expected) => {
    expect(textOf(expand(body).document, "body")).toBe(expected);
  });

  test("in the abstract and in the chapters, each for itself", () => {
    const { document } = expand("The [WTO]{.abbr}.", "The [WTO]{.abbr}; the [WTO]{.abbr}.");
    expect(textOf(document, "front-matter")).toContain(
      "The World Trade Organization (WTO); the WTO.",
    );
    expect(textOf(document, "body")).toBe("The World Trade Organization (WTO).");
  });

  test("law: as often in full as there are texts that use it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("WTO", "CIS", "NGO"), { maxLength: 20 }), (keys) => {
        const body = keys.map((key) => `The [${key}]{.abbr}.`).join("\n\n");
        const printed = textOf(expand(body).document, "body");
        for (const { key, full } of definitions) {
          const count = printed.split(toText(full)).length - 1;
          expect(count).toBe(keys.includes(key as "WTO") ? 1 : 0);
        }
      }),
      { numRuns: 50 },
    );
  });
});

test("the list has those that are used, in alphabetical order", () => {
  const { document } = expand("The [WTO]{.abbr} and the [CIS]{.abbr}.");
  const lists = [...walk(document.parts[0]!.children)].filter(
    (node) => node.type === "definitionList",
  );
  expect(lists.map(({ kind, items }) => [kind, items.map(({ term }) => toText(term))])).toEqual([
    ["abbreviations", ["CIS", "WTO"]],
  ]);
});

test("the glossary has all terms", () => {
  const paragraph = { type: "paragraph" as const, children: text("What it is.") };
  const document = printGlossary(documentOf(""), [
    { term: text("Win-set"), children: [paragraph], span },
    { term: text("rent"), children: [paragraph], span },
  ]);
  const list = [...walk(document.parts[1]!.children)].find(
    (node) => node.type === "definitionList",
  );
  expect(list?.items.map(({ term }) => toText(term))).toEqual(["rent", "Win-set"]);
});

test("what is undefined or unused is reported", () => {
  const { diagnostics } = expand("The [WT0]{.abbr}, the [CIS]{.abbr}, [NGO]{.abbr}, [MP]{.abbr}.");
  expect(diagnostics.map(({ code, message, hints }) => [code, message, hints?.[0]])).toEqual([
    ["abbreviation-undefined", 'the abbreviation "WT0" is not defined', 'did you mean "WTO"?'],
    [
      "abbreviation-unused",
      'the abbreviation "WTO" is never used, so it is not in the list',
      "mark it where it stands: [WTO]{.abbr}",
    ],
  ]);
});
