// The parts of a work: what its title page and front matter hold, and what not.

import { expect, test } from "vitest";
import { assemble } from "../src/assemble.js";
import { type Metadata, toText } from "../src/document.js";
import { noMatter } from "../src/matter.js";
import type { Manuscript } from "../src/read/manuscript.js";
import type { TitlePageLine } from "../src/template.js";
import { sampleTemplate } from "./sample-template.js";

const words = (value: string) => [{ type: "text" as const, value }];

function manuscriptWith(metadata: Partial<Metadata>): Manuscript {
  return {
    file: "dissertation.yaml",
    metadata: { title: words("A Title"), author: [], lang: "en-GB", keywords: [], ...metadata },
    bibliography: [],
    matter: noMatter,
    appendices: [],
    sections: [{ type: "section", id: "sec-one", title: words("One"), children: [] }],
  };
}

function titlePageOf(lines: readonly TitlePageLine[], metadata: Partial<Metadata>): string[] {
  const template = { ...sampleTemplate, titlePage: lines };
  const [part] = assemble(manuscriptWith(metadata), template, "References").parts;
  return part!.children.map((block) => (block.type === "paragraph" ? toText(block.children) : "?"));
}

const line = (text: string): TitlePageLine => ({ text, style: "title-page" });

test("a line with words of its own stands only with its field", () => {
  const lines = [line("{{title}}"), line("For the degree of {{degree}}")];
  expect(titlePageOf(lines, {})).toEqual(["A Title"]);
  expect(titlePageOf(lines, { degree: "PhD" })).toEqual(["A Title", "For the degree of PhD"]);
});

test("a line of fields keeps those that are known", () => {
  const lines = [line("{{department}}, {{institution}}")];
  const department = "Politics";
  const institution = "University of Example";
  expect(titlePageOf(lines, { department, institution })).toEqual([
    "Politics, University of Example",
  ]);
  expect(titlePageOf(lines, { institution })).toEqual(["University of Example"]);
  expect(titlePageOf(lines, { department })).toEqual(["Politics"]);
  expect(titlePageOf(lines, {})).toEqual([]);
});

test("names and dates are in the manuscript's language", () => {
  const author = [
    { family: "Beethoven", given: "Ludwig", "non-dropping-particle": "van" },
    { literal: "World Bank" },
  ];
  const lines = [line("{{author}}"), line("{{date}}")];
  expect(titlePageOf(lines, { author, date: [2019, 12, 13] })).toEqual([
    "Ludwig van Beethoven, World Bank",
    "13 December 2019",
  ]);
  expect(titlePageOf(lines, { date: [2019, 12, 13], lang: "en-US" })).toEqual([
    "December 13, 2019",
  ]);
  expect(titlePageOf(lines, { date: [2019, 12], lang: "de" })).toEqual(["Dezember 2019"]);
  expect(titlePageOf(lines, { date: [2019] })).toEqual(["2019"]);
});

test("front matter stands in the template's order, each part only with content", () => {
  const children = [{ type: "paragraph" as const, children: words("What was found.") }];
  const span = { file: "dissertation.yaml", start: 0, end: 0 };
  const matter = { texts: new Map([["abstract" as const, { children, span }]]) };
  const parts = assemble({ ...manuscriptWith({}), matter }, sampleTemplate, "References").parts;
  expect(parts.map(({ role }) => role)).toEqual(["title-page", "front-matter", "body"]);
  expect(parts[1]!.children.map((block) => block.type === "section" && block.role)).toEqual([
    "abstract",
    "toc",
  ]);
  expect(parts[1]!.children[0]).toMatchObject({
    title: words("Abstract"),
    children: [{ style: "abstract" }],
  });
});

test("the list of references ends the body under the heading given", () => {
  const last = assemble(manuscriptWith({}), sampleTemplate, "Works Cited").parts.at(-1)!.children;
  expect(last.at(-1)).toMatchObject({ role: "bibliography", title: words("Works Cited") });
});
