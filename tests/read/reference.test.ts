// Values of a reference: dates and names in each of their forms, and that JSON
// and YAML say the same.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.js";
import { readJson } from "../../src/read/json.js";
import { readReference } from "../../src/read/reference.js";
import { readYaml, type YamlNode } from "../../src/read/yaml.js";

function readField(yaml: string) {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const node = readYaml({ file: "a.yaml", text: `type: book\n${yaml}` }, report);
  if (node?.type !== "map") throw new Error("no map");
  const { reference } = readReference(node, "a", report);
  const { id: _, type: __, ...fields } = reference;
  return { value: Object.values(fields)[0], codes: diagnostics.map(({ code }) => code) };
}

describe("dates", () => {
  test.each([
    ["2012-12-05", { "date-parts": [[2012, 12, 5]] }],
    ["2012-12", { "date-parts": [[2012, 12]] }],
    ["2012", { "date-parts": [[2012]] }],
    ["'2012'", { "date-parts": [[2012]] }],
    ["800", { "date-parts": [[800]] }],
    ["-44", { "date-parts": [[-44]] }],
    ["~1500", { "date-parts": [[1500]], circa: true }],
    ["1500~", { "date-parts": [[1500]], circa: true }],
    ["ca. 1500", { "date-parts": [[1500]], circa: true }],
    ["2012/2013", { "date-parts": [[2012], [2013]] }],
    [
      "2012-12-05/2013-01",
      {
        "date-parts": [
          [2012, 12, 5],
          [2013, 1],
        ],
      },
    ],
    ["2012-22", { "date-parts": [[2012]], season: 2 }],
    ["{ date-parts: [[2012, 12, 5]] }", { "date-parts": [[2012, 12, 5]] }],
    ["{ date-parts: [['2012', '12']], circa: 1 }", { "date-parts": [[2012, 12]], circa: true }],
    ["{ date-parts: [[2012], [2013]] }", { "date-parts": [[2012], [2013]] }],
    ["{ date-parts: [[2012]], season: autumn }", { "date-parts": [[2012]], season: 3 }],
    ["{ raw: 2012-12 }", { "date-parts": [[2012, 12]] }],
    ["{ raw: after the war }", { literal: "after the war" }],
    ["{ literal: after the war }", { literal: "after the war" }],
    ["{ year: 2012, month: 12 }", { "date-parts": [[2012, 12]] }],
    ["[{ year: 2012 }, { year: 2013 }]", { "date-parts": [[2012], [2013]] }],
  ])("%s", (typed, expected) => {
    expect(readField(`issued: ${typed}`)).toEqual({ value: expected, codes: [] });
  });

  test.each([
    "2012-02-30",
    "2012-13",
    "2100-02-29",
    "0",
    "5 December 2012",
    "2012-12-05T00:00",
    "20121",
    "2012/2013/2014",
    "{ year: 2012, month: 13 }",
    "{ date-parts: [[]] }",
    "{ date-parts: [[2012, 1, 2, 3]] }",
    "{ date-parts: [[x]] }",
  ])("%s is none", (typed) => {
    expect(readField(`issued: ${typed}`)).toEqual({ value: undefined, codes: ["value-invalid"] });
  });
});

describe("names", () => {
  test.each([
    ["{ family: Doe, given: Jane }", [{ family: "Doe", given: "Jane" }], []],
    ["[{ literal: United Nations }]", [{ literal: "United Nations" }], []],
    [
      "[{ family: Beethoven, given: Ludwig, non-dropping-particle: van, suffix: Jr. }]",
      [{ family: "Beethoven", given: "Ludwig", "non-dropping-particle": "van", suffix: "Jr." }],
      [],
    ],
    ['"Doe, Jane"', [{ family: "Doe", given: "Jane" }], []],
    [
      "[Doe, Jane]",
      [{ literal: "Doe" }, { literal: "Jane" }],
      ["name-ambiguous", "name-ambiguous"],
    ],
    ["United Nations", [{ literal: "United Nations" }], ["name-ambiguous"]],
  ])("%s", (typed, value, codes) => {
    expect(readField(`author: ${typed}`)).toEqual({ value, codes });
  });
});

test.each([
  ["volume: 012", "012"],
  ["issue: 1.10", "1.10"],
  ["DOI: 10.1000", "10.1000"],
  ["number: 12345678901234567890", "12345678901234567890"],
  ["language: no", "no"],
  ["title: 1984", "1984"],
  ["title: true", "true"],
  ["note: 2019-12-13", "2019-12-13"],
  ["title: >\n  on two\n  lines", "on two lines"],
  ["keyword: [a, b]", "a, b"],
])("%j stays as it was typed", (yaml, value) => {
  expect(readField(yaml)).toEqual({ value, codes: [] });
});

test.each([
  [`title: ${"a".repeat(4_001)}`],
  [`publisher: ${"a".repeat(20_001)}`],
  [`title: ${'a "b" '.repeat(300)}`],
])("what would take the citation engine too long is refused", (yaml) => {
  expect(readField(yaml)).toEqual({ value: undefined, codes: ["value-invalid"] });
});

test("JSON is read as the YAML that it is", () => {
  const key = fc
    .string({ maxLength: 6 })
    .filter((name) => !/^(__proto__|constructor|prototype)$/.test(name));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(key, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const report = (diagnostic: Diagnostic) => {
        throw new Error(diagnostic.message);
      };
      const source = { file: "a.json", text };
      expect(plain(readJson(source, report))).toEqual(JSON.parse(text));
      // YAML refuses some characters and long keys that JSON allows.
      if (/^[\x20-\x7e\n]*$/.test(text)) {
        expect(readYaml(source, report)).toEqual(readJson(source, report));
      }
    }),
    { numRuns: 300 },
  );
});

function plain(node: YamlNode | undefined): unknown {
  if (!node) return undefined;
  if (node.type === "list") return node.items.map(plain);
  if (node.type === "map")
    return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  return node.form === "quoted" ? node.text : JSON.parse(node.text);
}
