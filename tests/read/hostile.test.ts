// Files made to hang or crash whoever reads them: each is read or refused, in
// one process, again and again.

import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.js";
import { readJson } from "../../src/read/json.js";
import { readYaml, type YamlNode } from "../../src/read/yaml.js";
import { read } from "./outline.js";

function readText(text: string, how: typeof readYaml = readYaml) {
  const diagnostics: Diagnostic[] = [];
  const node = how({ file: "a.yaml", text }, (diagnostic) => void diagnostics.push(diagnostic));
  return { node, diagnostics, codes: new Set(diagnostics.map(({ code }) => code)) };
}

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join("\n");

/** Each of these parsed a few times in one process aborts it inside of the library. */
const deep: readonly (readonly [name: string, text: string])[] = [
  ["2,000 brackets", "[".repeat(2_000)],
  ["10,000 brackets", "[".repeat(10_000)],
  ["3,000 braces", "{a: ".repeat(3_000)],
  ["20,000 dashes", "- ".repeat(20_000)],
  ["20,000 question marks", "? ".repeat(20_000)],
  ["900 indents", lines(900, (at) => `${" ".repeat(at)}a:`)],
  ["900 indented dashes", lines(900, (at) => `${" ".repeat(at)}-`)],
  ["5,000 keys in a row", '"a": '.repeat(5_000)],
  ["5,000 keys after dashes", "- a: ".repeat(5_000)],
];

test.each(deep)("%s are refused, ten times in one process", (_, text) => {
  for (let time = 0; time < 10; time++) {
    expect(readText(text)).toMatchObject({ node: undefined, codes: new Set(["nested-too-deep"]) });
  }
});

test.each([
  ["an alias bomb", lines(9, (at) => `a${at}: &a${at} [${`*a${at - 1}, `.repeat(9)}]`)],
  ["a cyclic alias", "a: &a\n  b: *a"],
  ["many anchors", "&a ".repeat(3_000)],
  ["many tags", "!!x ".repeat(3_000)],
  ["a tag of another language", "a: !!js/function x"],
  ["only quotation marks", '"'.repeat(10_000)],
  ["a key that is a list", "? [a, b]\n: c"],
])("%s is refused", (_, text) => {
  for (let time = 0; time < 3; time++) expect([...readText(text).codes]).toEqual(["yaml-invalid"]);
});

test("brackets in prose are no nesting", () => {
  const text = `a: ${"the interval [0,1) and ".repeat(5_000)}`;
  expect(readText(text).diagnostics).toEqual([]);
});

test("40,000 keys are read, and their doubles found, in linear time", () => {
  const many = readText(lines(40_000, (at) => `k${at}: v`));
  expect(many.diagnostics).toEqual([]);
  expect(many.node).toMatchObject({ entries: { length: 40_000 } });
  const double = readText(lines(5_000, () => "k: v"));
  expect(double.diagnostics).toHaveLength(4_999);
});

test("JSON is refused where it is too deep", () => {
  const text = "[".repeat(5_000) + "]".repeat(5_000);
  expect([...readText(text, readJson).codes]).toEqual(["nested-too-deep"]);
});

test.each(["__proto__", "constructor", "prototype"])("the key %s is refused", (key) => {
  for (const how of [readYaml, readJson]) {
    const { node, codes } = readText(`{"${key}": {"polluted": true}, "a": 1}`, how);
    expect([...codes]).toEqual(["field-unknown"]);
    expect(keysOf(node!)).toEqual(["a"]);
  }
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

const keysOf = (node: YamlNode) => (node.type === "map" ? node.entries.map(({ key }) => key) : []);

test.each([
  ["quotations", ">".repeat(10_000)],
  ["lists on one line", "+ ".repeat(10_000)],
  ["definitions on one line", `b\n${": ".repeat(10_000)}a`],
  ["numbered lists on one line", "1. ".repeat(10_000)],
  ["lists on many lines", lines(1_000, (at) => `${" ".repeat(2 * at)}- a`)],
  ["quotations and lists", "> - ".repeat(40)],
])("%s are refused when they are nested too deep, and their text kept", (_, text) => {
  const { codes, outline } = read(text);
  expect(codes).toEqual(["nested-too-deep"]);
  expect(outline).toContain(text.trim().slice(0, 1));
});

test("10,000 blocks between colons are refused when they are nested too deep", () => {
  const { codes, outline } = read(`${"::: a\n\n".repeat(5_000)}b\n\n${":::\n\n".repeat(5_000)}`);
  expect(new Set(codes)).toEqual(new Set(["nested-too-deep", "syntax-unsupported"]));
  expect(outline).toBe('paragraph("b")');
});

test("10,000 fences without partners are reported, and what is between them kept", () => {
  const { codes, outline } = read("::: a\n\nb\n\n".repeat(10_000));
  expect(codes).toHaveLength(10_000);
  expect(outline.match(/"b"/g)).toHaveLength(10_000);
});

test("a bar at the beginning of a row of 500 columns is a table, and widened no further", () => {
  const { codes, outline } = read(
    `|${" a |".repeat(3)}\n|${"--|".repeat(3)}\n|${" b |".repeat(500)}`,
  );
  expect(new Set(codes)).toEqual(new Set(["table-ragged"]));
  expect(outline.match(/b/g)!.length).toBeGreaterThanOrEqual(500);
});

test("lists may be nested as deep as anybody does", () => {
  const { codes, outline } = read(lines(25, (at) => `${" ".repeat(2 * at)}- a${at}`));
  expect(codes).toEqual([]);
  expect(outline).toContain('"a24"');
});

test.each([
  ["a paragraph of 300 KB", "Some words. ".repeat(25_000)],
  ["50,000 marks of emphasis", "*_".repeat(50_000)],
  ["50,000 brackets", "[".repeat(50_000)],
  ["50,000 open tags", "<b ".repeat(50_000)],
  ["50,000 dollars", "$".repeat(50_000)],
  ["10,000 formulas in a paragraph", "$a ".repeat(10_000)],
  ["a text of 3 MB", "Some words.\n\n".repeat(250_000)],
  ["200,000 lines", "\n".repeat(200_000)],
])("%s are refused", (_, text) => {
  expect(read(text).codes).toEqual(["text-too-long"]);
});

test.each([
  ["emphasis", "*_".repeat(1_000)],
  ["brackets", "[".repeat(1_000)],
  ["links", "[a](".repeat(1_000)],
  ["citations", "[@a".repeat(1_000)],
  ["keys in braces", "@{".repeat(1_000)],
  ["narrative citations", "@a [".repeat(1_000)],
  ["notes", "^[a ".repeat(1_000)],
  ["notes that end", "^[a ".repeat(500) + "]".repeat(500)],
  ["calls", "[^".repeat(1_000)],
  ["raised text", "^a".repeat(1_000)],
  ["code", "` a `` b ".repeat(1_000)],
  ["backticks", "`".repeat(2_000_000)],
  ["quotation marks", "\"a 'b ".repeat(3_000) + "c' d\" ".repeat(3_000)],
  ["addresses", "https://".repeat(3_000)],
  ["formulas without an end", "$$a ".repeat(2_000)],
  ["formulas on lines without an end", lines(2_000, (at) => (at % 2 ? "$$ a" : "b"))],
  ["braces", "{".repeat(4_000)],
  ["attributes without an end", '{.a b="'.repeat(2_000)],
  ["spans without an end", "[a]{.b ".repeat(1_000)],
  ["spans within each other", `${"[a ".repeat(500)}${"]{.x}".repeat(500)}`],
  ["lines of verse", lines(5_000, () => "| a")],
  ["definitions", lines(2_000, (at) => (at % 2 ? ": a" : "b"))],
  ["definitions within each other", `b\n${": ".repeat(50)}a`],
  ["tables", lines(2_000, (at) => (at % 3 === 1 ? "|--|" : "| a |"))],
  ["dollars and words", "$a$b".repeat(1_000)],
  ["dollars", "$a ".repeat(5_000)],
  ["letters without a space", "a".repeat(100_000)],
])("%s in great number are read, and no letter of them is lost", (_, text) => {
  const letters = (from: string) => from.replace(/[^a-d]/g, "").length;
  const { outline, codes } = read(text);
  if (codes.includes("text-too-long")) return;
  expect(letters(outline.replace(/\b[a-zA-Z]+\(/g, "("))).toBeGreaterThanOrEqual(letters(text));
});
