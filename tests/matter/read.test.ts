// What is wrong with the matter and the editions of a manuscript or template.

import { describe, expect, test } from "vitest";
import { type Diagnostic, locate } from "../../src/diagnostic.js";
import { editionDeclarations } from "../../src/read/edition.js";
import type { Read } from "../../src/read/fields.js";
import { matterPlaces, readMatter } from "../../src/read/matter.js";
import { readTemplate } from "../../src/read/template.js";
import { readYaml, type YamlNode } from "../../src/read/yaml.js";

/** Reads the value of the first field of a text. */
function readField<T>(text: string, how: Read<T>) {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const root = readYaml({ file: "a.yaml", text }, report);
  if (root?.type !== "map") throw new Error("no map");
  const { key, value } = root.entries[0]!;
  const read = how(value, key, report);
  return { read, problems: diagnostics.map((diagnostic) => printed(diagnostic, text)) };
}

function printed({ code, message, span, hints = [] }: Diagnostic, text: string): string {
  const { line, column } = locate(text, span?.start ?? 0);
  return [`${line}:${column}`, code, message, ...hints].join(" | ");
}

const readers = {
  blocks: (node: YamlNode) => [
    { type: "paragraph" as const, children: [{ type: "text" as const, value: textOf(node) }] },
  ],
  inlines: (node: YamlNode) => [{ type: "text" as const, value: textOf(node) }],
  file: () => [],
};
const textOf = (node: YamlNode): string => (node.type === "scalar" ? node.text : "?");

const asMatter: Read<ReturnType<typeof readMatter>> = (node, name, report) =>
  readMatter(new Map([[name, node]]), readers, report);

describe("matter of a manuscript", () => {
  test.each<[yaml: string, matter: object]>([
    ["declaration: true", { usesDeclaration: { start: 13 } }],
    ["copyright: { licence: CC BY 4.0, year: 2020 }", { copyright: { licence: "CC BY 4.0" } }],
    ["copyright: { license: Ask us. }", {}],
    ["embargo: 2030-01", { embargo: { until: [2030, 1] } }],
    ["embargo: { until: 2030, reason: Secret }", { embargo: { reason: "Secret" } }],
  ])("%s", (yaml, matter) => {
    expect(readField(yaml, asMatter).read).toMatchObject(matter);
  });

  test.each<[yaml: string, problem: string]>([
    [
      "copyright: { licence: CC BY-NK 4.0 }",
      '1:23 | value-invalid | Creative Commons has no licence "CC BY-NK 4.0" | did you mean "CC BY-NC 4.0" or "CC BY-ND 4.0" or "CC BY-SA 4.0"?',
    ],
    ["copyright: { year: soon }", '1:20 | field-type | "year" must be a whole number, but is text'],
    [
      "copyright: { owner: Doe }",
      '1:14 | field-unknown | there is no field "owner" | it is called "holder" here',
    ],
    ["embargo: { reason: Why }", '1:12 | field-missing | embargo has no field "until"'],
    [
      "embargo: { until: soon }",
      '1:19 | value-invalid | "soon" is no date | write the day as 2019-12-13, the month as 2019-12, the year as 2019',
    ],
  ])("%s is refused", (yaml, problem) => {
    expect(readField(yaml, asMatter).problems).toEqual([problem]);
  });
});

describe("places of matter in a template", () => {
  test("have headings, and may be left out of the contents", () => {
    const yaml =
      "x: [abstract, { cv: Vita }, { declaration: { heading: Oath, in-contents: false } }]";
    expect(readField(yaml, matterPlaces)).toEqual({
      read: [
        { name: "abstract" },
        { name: "curriculum-vitae", heading: "Vita" },
        { name: "declaration", heading: "Oath", unlisted: true },
      ],
      problems: [],
    });
  });

  test.each<[yaml: string, problem: string]>([
    [
      "x: [apendices]",
      '1:5 | value-invalid | "x" cannot be "apendices" | did you mean "appendices"?',
    ],
    [
      "x: [{ glosary: Words }]",
      '1:7 | value-invalid | "x" cannot be "glosary" | did you mean "glossary"?',
    ],
    [
      "x: [{ a: b, c: d }]",
      '1:7 | field-type | "x" must be a list of names, or of a name with its heading, but is a map of fields',
    ],
  ])("%s is refused", (yaml, problem) => {
    expect(readField(yaml, matterPlaces).problems).toEqual([problem]);
  });

  const page =
    "title: T\npage: { paper: A4, margins: { top: 1in, bottom: 1in, left: 1in, right: 1in } }\n";
  test.each<[yaml: string, problem: string]>([
    [
      "front-matter: [abstract]\nback-matter: [bibliography, abstract]",
      '3:15 | value-invalid | "abstract" stands twice in the front and back matter',
    ],
    [
      "front-matter: [appendices]\nback-matter: [bibliography]",
      '3:15 | value-invalid | "appendices" stands behind the chapters, in "back-matter"',
    ],
    [
      "back-matter: [appendices]",
      '3:14 | value-invalid | "back-matter" has no place for the list of references: "bibliography"',
    ],
    [
      "declaration: Mine.",
      '3:14 | field-type | "declaration" must be a map of languages and texts, such as { en: … }, but is text',
    ],
    [
      "declaration: { not a tag: Mine. }",
      '3:16 | value-invalid | "not a tag" is no language tag | write it as en-GB, en-US, de or pt-BR',
    ],
  ])("%s is refused", (yaml, problem) => {
    const text = page + yaml;
    const problems: string[] = [];
    readTemplate(
      { file: "t.yaml", text },
      "t",
      (found) => void problems.push(printed(found, text)),
    );
    expect(problems).toEqual([problem]);
  });

  test("what only one list says stands there and not in the usual order of the other", () => {
    const text = `${page}front-matter: [contents, curriculum-vitae]`;
    const template = readTemplate({ file: "t.yaml", text }, "t", () => {});
    expect(template?.backMatter.map(({ name }) => name)).toEqual([
      "appendices",
      "bibliography",
      "glossary",
      "index",
      "colophon",
    ]);
  });
});

describe("editions", () => {
  test("are read with all that they change", () => {
    const yaml = `editions:
  review:
    based-on: blind
    drop: [cv, appendices]
    require: declaration
    anonymous: true
    omit: [institution]
    line-numbers: 5
    margins: { right: 5cm }
    gutter: 0
    type: { scale: 1.5, least: 16pt, leading: 1.5, align: left, font: arial, hyphenate: false }
`;
    const { read, problems } = readField(yaml, editionDeclarations);
    expect(problems).toEqual([]);
    expect(read).toMatchObject([
      {
        id: "review",
        basedOn: "blind",
        drop: ["curriculum-vitae", "appendices"],
        require: ["declaration"],
        anonymous: true,
        omit: ["institution"],
        lineNumbers: 5,
        margins: { right: 141.7323 },
        gutter: 0,
        type: {
          scale: 1.5,
          least: 16,
          leading: 1.5,
          align: "left",
          font: "arial",
          hyphenate: false,
        },
      },
    ]);
  });

  test.each<[yaml: string, problem: string]>([
    ["x: blind", '1:4 | field-type | "x" must be a map of editions by their names, but is text'],
    [
      "x: { ../up: {} }",
      '1:6 | value-invalid | "../up" cannot be the name of an edition | a name has small letters, digits and hyphens: large-print',
    ],
    [
      "x: { a: { without: cv } }",
      '1:11 | field-unknown | there is no field "without" | it is called "drop" here',
    ],
    [
      "x: { a: { type: { scale: 9 } } }",
      '1:26 | value-invalid | "scale" must lie between 0.5 and 4',
    ],
    [
      "x: { a: { type: { scale: big } } }",
      '1:26 | field-type | "scale" must be a number such as 1.33, but is text',
    ],
    ["x: { a: { margins: { top: -1cm } } }", '1:27 | value-invalid | "top" cannot be negative'],
    [
      "x: { a: { type: { least: 1pt } } }",
      '1:26 | value-invalid | "least" must lie between 4 and 72 points',
    ],
    [
      "x: { a: { omit: [autor] } }",
      '1:18 | value-invalid | "omit" cannot be "autor" | it is one of date, degree, department, institution, keywords, orcid, supervisor',
    ],
  ])("%s is refused", (yaml, problem) => {
    expect(readField(yaml, editionDeclarations).problems).toEqual([problem]);
  });
});
