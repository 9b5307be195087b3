// The field `numbering` of a manuscript, and what it changes of a template.

import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.js";
import { numbering, withNumbering } from "../../src/read/numbering.js";
import { readYaml } from "../../src/read/yaml.js";
import { sampleTemplate } from "../sample-template.js";

function read(text: string) {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic) => void diagnostics.push(found);
  const node = readYaml({ file: "manuscript.yaml", text }, report);
  return { value: node && numbering(node, "numbering", report), diagnostics };
}

test("names the numbers of headings, or more", () => {
  expect(read("decimal")).toEqual({ value: { numbers: "decimal" }, diagnostics: [] });
  expect(read("{ headings: chapter, depth: 2, counted: by-chapter, references: capital }")).toEqual(
    {
      value: { numbers: "chapter", depth: 2, counted: "by-chapter", references: "capital" },
      diagnostics: [],
    },
  );
});

test.each([
  ["roman", "value-invalid"],
  ["{ headings: decimals }", "value-invalid"],
  ["{ depth: 0 }", "value-invalid"],
  ["{ depht: 2 }", "field-unknown"],
  ["[decimal]", "field-type"],
])("reports %s", (text, code) => {
  expect(read(text).diagnostics.map((found) => found.code)).toEqual([code]);
});

test("goes before the template, as far as it says something", () => {
  expect(withNumbering(sampleTemplate, undefined)).toBe(sampleTemplate);
  const changed = withNumbering(sampleTemplate, { numbers: "chapter", counted: "by-chapter" });
  expect(changed.headings).toEqual({ numbers: "chapter", depth: 3, separator: "period" });
  const shallow = { ...sampleTemplate, headings: { ...sampleTemplate.headings, depth: 1 } };
  expect(withNumbering(shallow, { numbers: "decimal" }).headings.depth).toBe(3);
  expect(withNumbering(shallow, { numbers: "decimal", depth: 2 }).headings.depth).toBe(2);
  expect(withNumbering(shallow, { numbers: "chapter" }).headings.depth).toBe(1);
  expect(changed.captions).toEqual({ ...sampleTemplate.captions, counted: "by-chapter" });
});
