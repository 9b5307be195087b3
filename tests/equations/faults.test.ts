// Wrong formulas: what is said of each, and where.

import { describe, expect, test } from "vitest";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import type { Block, Document, Inline } from "../../src/document.js";
import { parseFormulas } from "../../src/maths/parse-formulas.js";
import { FormulaReader } from "../../src/maths/read-formula.js";
import { bodyOf, note, paragraph } from "../docx/tree.js";

/** What is said of a formula, and at which part of it. */
function fault(latex: string, reader = new FormulaReader()) {
  const read = reader.read(latex, true);
  if (!("message" in read)) return undefined;
  const { message, place, hints = [] } = read;
  return { message, at: place && latex.slice(place.start, place.end), start: place?.start, hints };
}

describe("a mistake is told in plain words, at its place", () => {
  test.each([
    ["\\frac{a}{b", "a brace { is never closed", "{", 8],
    ["\\sqrt[3]{x", "a brace { is never closed", "{", 8],
    ["{a} + b}", "a brace } closes nothing", "}", 7],
    ["x^a^b", "two superscripts follow one another", "^", 3],
    ["x_a_b", "two subscripts follow one another", "_", 3],
    ["1 + \\fracc{a}{b}", "no command \\fracc is known", "\\fracc", 4],
    ["\\frac{a}", "\\frac lacks an argument", "\\frac", 0],
    ["\\frac{a}{b} + \\hat", "\\hat lacks an argument", "\\hat", 14],
    ["\\left( x", "a \\left has no \\right", "\\left", 0],
    ["x \\right)", "a \\right has no \\left", "\\right", 2],
    ["\\left x", "no delimiter follows \\left", "\\left", 0],
    ["a & b", "& has a meaning only in matrices and aligned lines", "&", 2],
    ["x #1", "# has no meaning in a formula", "#", 2],
    ["\\begin{alinged}a\\end{alinged}", 'no environment "alinged" is known', "\\begin{alinged}", 0],
    ["\\begin{cases}a", "\\begin{cases} has no \\end{cases}", "\\begin{cases}", 0],
    ["\\begin{cases}a\\end{array}", "\\begin{cases} is ended by \\end{array}", "\\end{array}", 14],
    ["\\text{a $b}", "a $ within \\text has no second $", "$", 8],
    ["a \\tag{1}", "\\tag has no place in a formula here", "\\tag", 2],
    ["\\label{eq:a} a", "\\label has no place in a formula here", "\\label", 0],
    ["\\href{javascript:alert(1)}{x}", "\\href cannot be used in a formula here", "\\href", 0],
    ["\\require{html}", "\\require cannot be used in a formula here", "\\require", 0],
    ["\\unicode{65}", "\\unicode cannot be used in a formula here", "\\unicode", 0],
    ["\\style{color:red}{x}", "\\style cannot be used in a formula here", "\\style", 0],
    ["\\SI{3}{m}", "\\SI cannot be used in a formula here", "\\SI", 0],
    ["a \\over", "", undefined, undefined],
  ])("%s", (latex, message, at, start) => {
    if (!message) expect(fault(latex)).toBeUndefined();
    else expect(fault(latex)).toMatchObject({ message, at, start });
  });

  test("names near a wrong one are proposed", () => {
    expect(fault("\\fracc{a}{b}")?.hints[0]).toBe('did you mean "\\frac" or "\\cfrac"?');
    expect(fault("\\begin{alinged}\\end{alinged}")?.hints).toEqual(['did you mean "aligned"?']);
    const reader = new FormulaReader();
    expect(fault("\\newcommand{\\expect}{\\mathbb{E}} x", reader)).toBeUndefined();
    expect(fault("\\expekt x", reader)?.hints[0]).toContain('"\\expect"');
  });
});

describe("what would go on without end, ends", () => {
  const endless = "the formula's macros stand for too much, or for themselves without end";
  const deep = "the formula's groups stand too deep in one another";
  test.each([
    ["a macro of itself", "\\def\\a{\\a\\a}\\a", endless],
    ["a macro that grows", "\\def\\a{x\\a}\\a", endless],
    ["macros of one another", "\\def\\a{\\b}\\def\\b{\\a}\\a", endless],
    ["macros that multiply", `\\def\\a{${"x".repeat(2000)}}${"\\a".repeat(900)}`, endless],
    [
      "an environment of itself",
      "\\newenvironment{a}{\\begin{a}}{\\end{a}}\\begin{a}\\end{a}",
      endless,
    ],
    ["braces in braces", `${"{".repeat(2000)}x${"}".repeat(2000)}`, deep],
    ["fractions in fractions", `${"\\frac1{".repeat(500)}x${"}".repeat(500)}`, deep],
    ["exponents of exponents", `${"x^{".repeat(1000)}x${"}".repeat(1000)}`, deep],
    [
      "a hundred thousand characters",
      "x+".repeat(50_000),
      "the formula has 100000 characters, more than the 5000 that one may have",
    ],
  ])("%s", (_, latex, message) => {
    expect(fault(latex)?.message).toBe(message);
  });

  test("and leaves the formulas behind it as they are", () => {
    const reader = new FormulaReader();
    expect(fault("\\def\\a{\\a\\a}\\a", reader)).toBeDefined();
    expect(fault("x^2", reader)).toBeUndefined();
  });
});

describe("in a document", () => {
  const source = "Text $a^b^c$ and $$\\fracc12$$ end";
  const span = (text: string) => {
    const start = source.indexOf(text);
    return { file: "work.md", start, end: start + text.length };
  };
  const math = (value: string, text?: string): Inline => ({
    type: "inlineEquation",
    value,
    ...(text && { span: span(text) }),
  });

  function parse(...blocks: readonly Block[]): { document: Document; said: string[] } {
    const diagnostics: Diagnostic[] = [];
    const document = parseFormulas(bodyOf(...blocks), (diagnostic) => diagnostics.push(diagnostic));
    const sources = new Map([["work.md", source]]);
    return { document, said: diagnostics.map((found) => formatDiagnostic(found, sources)) };
  }

  test("a mistake is shown in its line", () => {
    const { said } = parse(paragraph(["Text ", math("a^b^c", "$a^b^c$")]), {
      type: "equation",
      value: "\\fracc12",
      span: span("$$\\fracc12$$"),
    });
    expect(said[0]!.split("\n").slice(0, 3)).toEqual([
      "work.md:1:10: error: two superscripts follow one another (equation-invalid)",
      "  1 | Text $a^b^c$ and $$\\fracc12$$ end",
      "    |          ^",
    ]);
    expect(said[1]!.split("\n").slice(0, 3)).toEqual([
      "work.md:1:20: error: no command \\fracc is known (equation-invalid)",
      "  1 | Text $a^b^c$ and $$\\fracc12$$ end",
      "    |                    ^^^^^^",
    ]);
  });

  test("where its lines are not those of the file, words name the place", () => {
    const { said } = parse({
      type: "equation",
      value: "\\frac{a}{",
      span: span("Text $a^b^c$ and"),
    });
    expect(said[0]).toMatch(
      /^work\.md:1:1: error: a brace \{ is never closed \(at "\\frac\{a\}\{"\)/,
    );
  });

  test("macros are known behind their definition, and what only defines is not printed", () => {
    const { document, said } = parse(
      paragraph(["Before ", math("\\newcommand{\\E}{\\mathbb{E}}"), "after ", math("\\E x")]),
      { type: "equation", value: "\\def\\V{V}" },
      paragraph(["In a note", note(1, ["of ", math("\\E \\V")])]),
    );
    expect(said).toEqual([]);
    const [first, second, ...rest] = document.parts[0]!.children;
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      children: [{ value: "Before " }, { value: "after " }, { formula: { isEmpty: false } }],
    });
    expect(second).toMatchObject({ type: "paragraph" });
    expect(parse(paragraph([math("\\E x")])).said[0]).toContain("no command \\E is known");
  });

  test("a document without formulas is the same one", () => {
    const document = bodyOf(paragraph("Text"));
    expect(parseFormulas(document, () => {})).toBe(document);
  });

  test("a formula is read once, however often its document is compiled", () => {
    const blocks = [paragraph(["A ", math("x^2")])];
    const [one, other] = [parse(...blocks), parse(...blocks)].map(({ document }) => {
      const [first] = document.parts[0]!.children;
      return first?.type === "paragraph" ? first.children[1] : undefined;
    });
    expect(one).toMatchObject({ formula: {} });
    expect((one as { formula: unknown }).formula).toBe((other as { formula: unknown }).formula);
  });
});
