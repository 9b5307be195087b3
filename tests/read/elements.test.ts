// Figures, tables, formulas, code, verse, definitions, attributes and divisions:
// each line of a table is a text, and the tree that is read from it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.js";
import { readInlines, readMarkdown } from "../../src/read/markdown.js";
import { createReader, type FileReader } from "../../src/source.js";
import { outline, sourceOf } from "./outline.js";

let folder: string;
let files: FileReader;

/** A PNG image of one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reissue-elements-"));
  for (const name of ["a.png", "b.png", "a map.png"]) writeFileSync(join(folder, name), png);
  files = createReader({ root: folder, cwd: folder, report: () => {} });
});

afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  files = createReader({ root: folder, cwd: folder, report });
  const blocks = readMarkdown({ ...sourceOf(text), files }, report);
  return { outline: outline(blocks), diagnostics, codes: diagnostics.map(({ code }) => code) };
}

function table(rows: readonly (readonly [text: string, expected: string])[]) {
  test.each(rows.map(([text, expected]) => ({ text, expected })))("$text", ({ text, expected }) => {
    expect(read(text)).toMatchObject({ outline: expected, codes: [] });
  });
}

describe("figures", () => {
  table([
    [
      '![A *map*](a.png){#fig:map width=50% alt="x" source="After @b."}',
      'figure(#fig:map image(a.png alt=x width=50%) "A " emphasis("map") source("After " narrative(@b) "."))',
    ],
    ['![](a.png){alt=""}', 'figure(image(a.png alt=""))'],
    ['![A](a%20map.png "what it shows")', 'figure(image(a map.png alt=what it shows) "A")'],
    ["![A](a.png){alt=x width=2.54cm}", 'figure(image(a.png alt=x width=72pt) "A")'],
    ["![A](a.png){alt=x width=96px}", 'figure(image(a.png alt=x width=72pt) "A")'],
    [
      "![A](a.png){#fig:a alt=x} ![B](b.png){alt=y}",
      'figure(image(a.png #fig:a alt=x "A") image(b.png alt=y "B"))',
    ],
    [
      "::: {#fig:both}\n![A](a.png){#fig:a alt=x}\n![B](b.png){alt=y}\n\nBoth of them^[n].\n:::",
      'figure(#fig:both image(a.png #fig:a alt=x "A") image(b.png alt=y "B") "Both of them" note(paragraph("n")) ".")',
    ],
    ["::: {#fig:one}\n![A](a.png){alt=x}\n:::", 'figure(#fig:one image(a.png alt=x) "A")'],
    ["![A][m]{alt=x}\n\n[m]: a.png", 'figure(image(a.png alt=x) "A")'],
    ["- ![A](a.png){alt=x}", 'list(tight: figure(image(a.png alt=x) "A"))'],
  ]);
});

describe("tables", () => {
  table([
    [
      "| a | b |\n|---|--:|\n| *1* | 2 |\n\n: Trade^[n] {#tbl:trade}",
      'table(#tbl:trade align=left,right caption("Trade" note(paragraph("n"))) [head: paragraph("a") | paragraph("b")] [paragraph(emphasis("1")) | paragraph("2")])',
    ],
    [
      "| a | b |\n|:-:|---|\n| 1 |   |\n: Trade\n  in goods",
      'table(align=center,left caption("Trade in goods") [head: paragraph("a") | paragraph("b")] [paragraph("1") | ])',
    ],
    [
      'Text.\n\n: Trade {#tbl:t widths="1 3"}\n\n| a | b |\n|---|---|\n| 1 | 2 |',
      'paragraph("Text.") table(#tbl:t align=left0.25,left0.75 caption("Trade") [head: paragraph("a") | paragraph("b")] [paragraph("1") | paragraph("2")])',
    ],
    ["|   |\n|---|\n| `a \\| b` |", 'table(align=left caption() [paragraph(inlineCode("a | b"))])'],
    [
      "| a |\n|---|\n| 1 |\n\n::: table-notes\nSource: @b.\n:::",
      'table(align=left caption() [head: paragraph("a")] [paragraph("1")] notes(paragraph("Source: " narrative(@b) ".")))',
    ],
    [
      "::: {#tbl:t}\n| a |\n|---|\n| 1 |\n\nThe caption\n:::",
      'table(#tbl:t align=left caption("The caption") [head: paragraph("a")] [paragraph("1")])',
    ],
    [
      "> | a |\n> |---|\n> | 1 |\n> : C",
      'blockquote(table(align=left caption("C") [head: paragraph("a")] [paragraph("1")]))',
    ],
  ]);
});

describe("formulas", () => {
  table([
    ["the sum $x^2 + y_1$ is", 'paragraph("the sum " inlineEquation("x^2 + y_1") " is")'],
    ["$a*b$ and $c*d$", 'paragraph(inlineEquation("a*b") " and " inlineEquation("c*d"))'],
    ["$5 and $6", 'paragraph("$5 and $6")'],
    ["between $20,000 and $30,000.", 'paragraph("between $20,000 and $30,000.")'],
    ["a \\$x\\$ b", 'paragraph("a $x$ b")'],
    ["US$5, A$6", 'paragraph("US$5, A$6")'],
    ['$x$-axis, "$y$"', 'paragraph(inlineEquation("x") "-axis, “" inlineEquation("y") "”")'],
    ["$\\$5$", 'paragraph(inlineEquation("\\\\$5"))'],
    ["`$x$`", 'paragraph(inlineCode("$x$"))'],
    ["$$x$$", 'equation("x")'],
    ["$$x = 1$$ {#eq:growth}", 'equation(#eq:growth "x = 1")'],
    [
      "a\n$$\nx\n+ y \\\\\n- z\n$$ {#eq:a}\nb",
      'paragraph("a") equation(#eq:a "x\\n+ y \\\\\\\\\\n- z") paragraph("b")',
    ],
    ["> $$\n> x\n> > y\n> $$", 'blockquote(equation("x\\n> y"))'],
    ["so $$x$$, where y", 'paragraph("so") equation("x,") paragraph("where y")'],
    [
      "so $$x$$ {#eq:a} or\n$$y$$.",
      'paragraph("so") equation(#eq:a "x") paragraph("or") equation("y.")',
    ],
    ["*so $$x$$*", 'paragraph(emphasis("so " inlineEquation("x")))'],
  ]);
});

describe("cross-references", () => {
  table([
    ["see @fig:map.", 'paragraph("see " ref(fig:map) ".")'],
    ["@Fig:map shows", 'paragraph(ref(fig:map capital) " shows")'],
    ["[@fig:a; @fig:b]", "paragraph(ref(fig:a fig:b))"],
    ["[-@fig:map] -@tbl:t", 'paragraph(ref(fig:map numberOnly) " " ref(tbl:t numberOnly))'],
    ["[@sec:x]{.page}", "paragraph(ref(sec:x page))"],
    ["[see @eq:a, above]", 'paragraph("see " ref(eq:a) ", above")'],
    ["@lst:p [sic]", 'paragraph(ref(lst:p) " [sic]")'],
    ["[@smith, see @fig:a]", 'paragraph(cite(@smith suffix ", see " ref(fig:a)))'],
    ["@figure:a [@secular]", "paragraph(narrative(@figure:a; @secular))"],
  ]);
});

describe("spans", () => {
  table([
    ["[Text *a*]{.smallcaps}", 'paragraph(smallCaps("Text " emphasis("a")))'],
    ['[слово "да"]{lang=ru}', 'paragraph(foreign(lang=ru "слово «да»"))'],
    ["[CIS]{.abbr}'s", 'paragraph(abbreviation(key=CIS "CIS") "’s")'],
    ["[Gas!pipes]{.index}", 'paragraph(indexMark(Gas!pipes) "Gas!pipes")'],
    [
      'a[]{.index term="Gazprom!pipelines" see="gas!Russian"}',
      'paragraph("a" indexMark(Gazprom!pipelines see=gas!Russian))',
    ],
    [
      "[a]{.index range=start} [b]{.index see-also=c}",
      'paragraph(indexMark(a range=start) "a " indexMark(b seeAlso=c) "b")',
    ],
    ["[a [b]{.smallcaps} c]{lang=la}", 'paragraph(foreign(lang=la "a " smallCaps("b") " c"))'],
    ["[a](https://b.org) [c]", 'paragraph(link(https://b.org "a") " [c]")'],
    ["{curly} {-} {a b} {}", 'paragraph("{curly} {-} {a b} {}")'],
    ["[over\ntwo]{.smallcaps}", 'paragraph(smallCaps("over two"))'],
  ]);
});

describe("headings", () => {
  table([
    ["# Method {#sec:method}", 'section(#sec:method title("Method") )'],
    ["# Method {-}\n\na", 'section(#sec-method unnumbered title("Method") paragraph("a"))'],
    [
      '# *Méthode* {#m .unnumbered lang=fr}\n\n"a"',
      'section(#m unnumbered lang=fr title(emphasis("Méthode")) paragraph("«\u202fa\u202f»"))',
    ],
    ["# A {.appendix}", 'section(#sec-a role=appendix title("A") )'],
    ["A {#sec:a}\n===", 'section(#sec:a title("A") )'],
  ]);
});

describe("code", () => {
  table([
    ["```python\nx\n```", 'codeBlock(language=python "x")'],
    [
      '```{.python #lst:p caption="The *parser*" .numberLines startFrom="10"}\nx\n```',
      'codeBlock(language=python firstLine=10 #lst:p "x" "The " emphasis("parser"))',
    ],
    [
      "```python {#lst:p .numberLines}\nx\n```",
      'codeBlock(language=python firstLine=1 #lst:p "x")',
    ],
  ]);
});

describe("verse, epigraphs and definitions", () => {
  table([
    [
      "| One *line*\n|   two\n|\n| three\n  goes on",
      'blockquote(kind=verse paragraph(style=verse "One " emphasis("line")) paragraph(style=verse "\u00a0\u00a0two") paragraph(style=verse before=8 "three goes on"))',
    ],
    [
      "::: verse\nOne *line\ntwo*\\\nthree\n\nfour\n:::",
      'blockquote(kind=verse paragraph(style=verse "One " emphasis("line")) paragraph(style=verse emphasis("two")) paragraph(style=verse "three") paragraph(style=verse before=8 "four"))',
    ],
    [
      "> | One\n> | two",
      'blockquote(kind=verse paragraph(style=verse "One") paragraph(style=verse "two"))',
    ],
    [
      "::: epigraph\nAll happy families.\n\n--- Tolstoy\n:::",
      'blockquote(kind=epigraph paragraph("All happy families.") paragraph(style=source "— Tolstoy"))',
    ],
    [
      '::: {.epigraph source="@tolstoy"}\n| One\n| two\n:::',
      'blockquote(kind=epigraph paragraph("One" break "two") paragraph(style=source narrative(@tolstoy)))',
    ],
    [
      "Term\n:   One\n\n    more\n\n*Other*\n\n: Two\n: Three\n\ntext",
      'definitionList("Term" | paragraph("One") paragraph("more") | emphasis("Other") | paragraph("Two") | paragraph("Three")) paragraph("text")',
    ],
    ["a | b", 'paragraph("a | b")'],
    ["a\n| b", 'paragraph("a | b")'],
  ]);
});

describe("divisions", () => {
  table([
    ["::: landscape\na\n:::", 'division(landscape paragraph("a"))'],
    [
      ':::: {lang=fr}\n"a"\n\n::: {.landscape}\nb\n:::\n::::',
      'division(lang=fr paragraph("«\u202fa\u202f»") division(landscape paragraph("b")))',
    ],
    [
      "::: {.landscape} :::\n- a\n\n  b\n:::",
      'division(landscape list(loose: paragraph("a") paragraph("b")))',
    ],
    [
      "::: {lang=fr}\na\n\n# B\n\nc\n\n:::\n\nd",
      'division(lang=fr paragraph("a")) section(#sec-b lang=fr title("B") division(lang=fr paragraph("c")) paragraph("d"))',
    ],
    ["a ::: b", 'paragraph("a ::: b")'],
  ]);
});

const reports: readonly (readonly [text: string, codes: string, kept: string])[] = [
  ["![A](a.png)", "alt-missing", 'figure(image(a.png) "A")'],
  ["![A](c.png){alt=x}", "image-unreadable", 'figure(image(c.png alt=x) "A")'],
  [
    "![A](https://a.org/a.png){alt=x}",
    "image-unreadable",
    'figure(image(https://a.org/a.png alt=x) "A")',
  ],
  ["![A](../a.png){alt=x}", "image-unreadable", 'figure(image(../a.png alt=x) "A")'],

  [
    "a ![A](a.png){alt=x} b",
    "syntax-unsupported",
    'paragraph("a b") figure(image(a.png alt=x) "A")',
  ],
  ["![A](a.png){alt=x width=wide}", "value-invalid", 'figure(image(a.png alt=x) "A")'],
  ["![A](a.png){alt=x wdith=5cm}", "syntax-unsupported", 'figure(image(a.png alt=x) "A")'],
  ["*![A](a.png)*", "syntax-unsupported", 'paragraph(emphasis("A"))'],
  ["[@smith; @fig:a]", "crossref-mixed", 'paragraph("[@smith; @fig:a]")'],
  ["[@fig:a, p. 3]", "syntax-unsupported", 'paragraph("[@fig:a, p. 3]")'],
  ["[x]{.red}", "syntax-unsupported", 'paragraph("x")'],
  ["[x]{lang=english!}", "value-invalid", 'paragraph("x")'],
  ["[]{.index}", "value-invalid", ""],
  ["[a]{.index range=middle}", "value-invalid", 'paragraph(indexMark(a) "a")'],
  ["a {#id} b", "syntax-unsupported", 'paragraph("a {#id} b")'],
  ["`a`{.js}", "syntax-unsupported", 'paragraph(inlineCode("a"))'],
  ["# A {.red}", "syntax-unsupported", 'section(#sec-a title("A") )'],
  ["::: {.note-like unknown=1}\na\n:::", "syntax-unsupported syntax-unsupported", 'paragraph("a")'],
  [":::{note}\na\n:::", "syntax-unsupported", 'paragraph("a")'],
  ["::: landscap\na\n:::", "syntax-unsupported", 'paragraph("a")'],
  ["::: landscape\na", "division-unbalanced", 'paragraph("a")'],
  ["a\n:::", "division-unbalanced", 'paragraph("a")'],
  [
    "> ::: verse\n> a\n\n:::",
    "division-unbalanced division-unbalanced",
    'blockquote(paragraph("a"))',
  ],
  ["::: table-notes\na\n:::", "syntax-unsupported", 'paragraph("a")'],
  ["::: {#fig:a}\nb\n:::", "syntax-unsupported", 'paragraph("b")'],
  [
    "| a | b |\n|---|---|\n| 1 |",
    "table-ragged",
    'table(align=left,left caption() [head: paragraph("a") | paragraph("b")] [paragraph("1") | ])',
  ],
  [
    "| a |\n|---|\n| 1 | 2 |",
    "table-ragged",
    'table(align=left,left caption() [head: paragraph("a") | ] [paragraph("1") | paragraph("2")])',
  ],
  [
    '| a |\n|---|\n\n: C {widths="1 2"}',
    "value-invalid",
    'table(align=left caption("C") [head: paragraph("a")])',
  ],
  [
    "$$\nx\n+ y\n\n$$",
    "syntax-unsupported syntax-unsupported",
    'paragraph("$$ x + y") paragraph("$$")',
  ],
  ["a\nb\n: c", "syntax-unsupported", 'paragraph("a b") paragraph(": c")'],
  [
    "```{.python startFrom=x}\na\n```",
    "value-invalid",
    'codeBlock(language=python firstLine=1 "a")',
  ],
  ["```js twoslash\na\n```", "syntax-unsupported", 'codeBlock(language=js "a")'],
];

describe("what is reported, and what is kept", () => {
  test.each(reports.map(([text, codes, kept]) => ({ text, codes, kept })))(
    "$text",
    ({ text, codes, kept }) => {
      const { outline: found, codes: reported } = read(text);
      expect({ codes: reported.join(" "), kept: found }).toEqual({ codes, kept });
    },
  );

  test("a class with a slip of the hand is guessed", () => {
    expect(read("::: landscap\na\n:::").diagnostics[0]?.hints).toEqual([
      'did you mean "landscape"?',
    ]);
    expect(read("[x]{.smallcap}").diagnostics[0]?.hints).toEqual(['did you mean ".smallcaps"?']);
  });

  test("the place of an attribute is its own", () => {
    const text = 'a\n\n![A](a.png){alt=x wdith="5cm"}';
    const { span } = read(text).diagnostics[0]!;
    expect(text.slice(span!.start, span!.end)).toBe('wdith="5cm"');
    const code = '```{.python caption="see [^x]"}\na\n```';
    const note = read(code).diagnostics[0]!;
    expect(note.code).toBe("note-undefined");
    expect(code.slice(note.span!.start, note.span!.end)).toBe("[^x]");
  });
});

describe("a text of one paragraph", () => {
  test.each([
    [": a", '": a"'],
    ["| a", '"| a"'],
    ["::: a", '"::: a"'],
    ["$$x$$", 'inlineEquation("x")'],
    ["[a]{.smallcaps}", 'smallCaps("a")'],
  ])("%j", (text, expected) => {
    expect(outline(readInlines(sourceOf(text), () => {}))).toBe(expected);
  });
});
