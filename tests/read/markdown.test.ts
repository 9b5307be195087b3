// Markdown -> the tree: tables of a text and its outline, and of a text and what
// is reported.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDiagnostic } from "../../src/diagnostic.js";
import { walk } from "../../src/document.js";
import { sectionId } from "../../src/read/markdown.js";
import { outline, read, readLine } from "./outline.js";

describe("blocks", () => {
  test.each([
    ["one\ntwo\n\nthree", 'paragraph("one two") paragraph("three")'],
    ["> quoted\n>\n> more", 'blockquote(paragraph("quoted") paragraph("more"))'],
    ["- a\n- b", 'list(tight: paragraph("a") | paragraph("b"))'],
    ["- a\n\n- b", 'list(loose: paragraph("a") | paragraph("b"))'],
    ["3. a\n4. b", 'list(tight from 3: paragraph("a") | paragraph("b"))'],
    ["- a\n  - b", 'list(tight: paragraph("a") list(tight: paragraph("b")))'],
    ["a\n\n***\n\nb", 'paragraph("a") thematicBreak paragraph("b")'],
    ["```js\nx < 1\n```", 'codeBlock(language=js "x < 1")'],
    ["    indented", 'codeBlock("indented")'],
    ["<!-- a remark -->", ""],
    ["a <!-- remark --> b", 'paragraph("a b")'],
  ])("%j", (text, expected) => {
    expect(read(text)).toMatchObject({ outline: expected, codes: [] });
  });
});

describe("inlines", () => {
  test.each([
    ["*a* **b** ***c***", 'emphasis("a") " " strong("b") " " emphasis(strong("c"))'],
    ["`a  b`", 'inlineCode("a  b")'],
    ["a  \nb\\\nc", '"a" break "b" break "c"'],
    ["x^2^ and H~2~O", '"x" superscript("2") " and H" subscript("2") "O"'],
    ["2^*nd*^", '"2" superscript(emphasis("nd"))'],
    ["a^b c^ ~ x", '"a^b c^ ~ x"'],
    [
      "[a](https://b.org) <https://c.org>",
      'link(https://b.org "a") " " link(https://c.org "https://c.org")',
    ],
    ["<jane@example.org>", 'link(mailto:jane@example.org "jane@example.org")'],
    ["https://a.org/_b_/~c~ and", '"https://a.org/_b_/~c~ and"'],
    ["*see https://a.org/b_c*.", 'emphasis("see https://a.org/b_c") "."'],
    ["a &amp; b &lt; c", '"a & b < c"'],
    ["\\*a\\*", '"*a*"'],
    ["[a][b]\n\n[b]: https://b.org", 'link(https://b.org "a")'],
  ])("%j", (text, expected) => {
    expect(read(text)).toMatchObject({ outline: `paragraph(${expected})`, codes: [] });
  });
});

describe("notes", () => {
  test.each([
    ["a[^1]\n\n[^1]: b *c*", 'paragraph("a" note(paragraph("b " emphasis("c"))))'],
    [
      "a[^n]\n\n[^n]: b\n\n    second paragraph\n\nc",
      'paragraph("a" note(paragraph("b") paragraph("second paragraph"))) paragraph("c")',
    ],
    [
      "a^[b *c* [d](https://d.org)] e",
      'paragraph("a" note(paragraph("b " emphasis("c") " " link(https://d.org "d"))) " e")',
    ],
    ["a^[over\ntwo lines]", 'paragraph("a" note(paragraph("over two lines")))'],
    ["> a^[over\n> two lines]", 'blockquote(paragraph("a" note(paragraph("over two lines"))))'],
    ["# Title^[n]", 'section(#sec-title title("Title" note(paragraph("n"))) )'],
  ])("%j", (text, expected) => {
    expect(read(text)).toMatchObject({ outline: expected, codes: [] });
  });
});

describe("sections", () => {
  test.each([
    [
      "# A\n\na\n\n## B\n\nb\n\n# C",
      'section(#sec-a title("A") paragraph("a") section(#sec-b title("B") paragraph("b"))) section(#sec-c title("C") )',
    ],
    ["## A\n\n# B", 'section(#sec-a title("A") ) section(#sec-b title("B") )'],
    [
      "# A\n\n#### B\n\n## C",
      'section(#sec-a title("A") section(#sec-b title("B") ) section(#sec-c title("C") ))',
    ],
    ["a\n\n# A", 'paragraph("a") section(#sec-a title("A") )'],
    ["Title\n=====", 'section(#sec-title title("Title") )'],
  ])("%j", (text, expected) => {
    expect(read(text)).toMatchObject({ outline: expected, codes: [] });
  });

  test.each([
    ["Early years: 1991–1999!", "sec-early-years-1991-1999"],
    ["Russia’s *return*", "sec-russias-return"],
    ["Über Kasachstan", "sec-über-kasachstan"],
    ["Россия", "sec-россия"],
    ["???", "sec-untitled"],
    ["War [@tolstoy]", "sec-war"],
  ])("the id of %j is %s", (title, id) => {
    expect(read(`# ${title}`).blocks[0]).toMatchObject({ id });
    expect(sectionId([])).toBe("sec-untitled");
  });
});

describe("a text of one paragraph", () => {
  test.each([
    ["1. Introduction", '"1. Introduction"'],
    ["# 5", '"# 5"'],
    ["- a", '"- a"'],
    ["> 3 *b*", '"> 3 " emphasis("b")'],
    ["  a\n  b\n\n  c  ", '"a b c"'],
    ["2005-2015: [@a, 3]", '"2005-2015: " cite(@a page "3")'],
    ["", ""],
  ])("%j", (text, expected) => {
    expect(readLine(text)).toBe(expected);
  });
});

const reports: readonly (readonly [text: string, ...expected: string[]])[] = [
  ["a[^b]", "note-undefined ^[^b]", "a[^b]"],
  ["a[^trenni]\n\n[^trenin]: b", 'note-undefined ^[^trenni] did you mean "trenin"?'],
  ["a\n\n[^b]: c", "note-unused ^[^b]: c"],
  ["a[^b] [^b]\n\n[^b]: c", "note-duplicate ^[^b]"],
  ["a[^b]\n\n[^b]: c\n\n[^b]: d", "note-duplicate ^[^b]: d"],
  ["a^[b ^[c]]", "note-nested ^^[c]"],
  ["a[^b]\n\n[^b]: see [^b]", "note-nested ^[^b]"],
  ["[a](javascript:alert(1))", "link-unsafe ^[a](javascript:alert(1))"],
  ["[a](file:///etc/passwd)", "link-unsafe"],
  ["[a](JaVaScript:x)", "link-unsafe"],
  ["[a](data:text/html,x)", "link-unsafe"],
  ["[a](other.md)", "link-unsafe"],
  ["a <b>c</b>", "syntax-unsupported ^<b>", "syntax-unsupported ^</b>"],
  ["<div>\na\n</div>", "syntax-unsupported"],
  ["![a map](map.png)", "syntax-unsupported ^![a map](map.png)"],
  ["~~gone~~", "syntax-unsupported ^~~gone~~"],
  ["- [x] done", "syntax-unsupported ^- [x] done"],
  ["::: warning\na\n:::", "syntax-unsupported ^::: warning"],
  ["a {#id}", "syntax-unsupported ^{#id}"],
  ["a $$x", "syntax-unsupported ^$$"],
  ["a^[b", "syntax-unsupported ^^["],
  ["> # a", "syntax-unsupported ^# a"],
  ["[see @a and @b, 3]", "syntax-unsupported ^@b"],
  ["a\u0001b", "character-invalid ^\u0001"],
  ["a\uffffb", "character-invalid ^\uffff"],
  ["a\ud800b", "character-invalid ^\ud800"],
];

describe("what is reported", () => {
  test.each(reports.map(([text, ...expected]) => ({ text, expected })))(
    "$text",
    ({ text, expected }) => {
      const { diagnostics } = read(text);
      const found = diagnostics.map(
        ({ code, span, hints = [] }) =>
          `${code} ^${text.slice(span!.start, span!.end).split("\n")[0]} ${hints.join(" ")}`,
      );
      const wanted = expected.filter((line) => /^[a-z]+-[a-z]+/.test(line));
      expect(found).toHaveLength(wanted.length);
      for (const [at, line] of wanted.entries()) expect(found[at]).toContain(line);
    },
  );

  test("the text of what is not supported is kept", () => {
    for (const text of [
      "a <b>c</b>",
      "<div>\na\n</div>",
      "the sum $x^2 + y$ is",
      "~~gone~~ ::: a",
    ]) {
      const shown = [...walk(read(text).blocks)].map((node) => ("value" in node ? node.value : ""));
      expect(wordsOf(shown.join(" "))).toEqual(wordsOf(text));
    }
  });

  test("prices are no formulas", () => {
    for (const text of ["$15 million", "US$5 and US$10", "$20,000 and $30,000", "from $5 to $7"]) {
      expect(read(text).codes).toEqual([]);
    }
  });

  test("characters that cannot be printed are taken out, and places stay right", () => {
    const { blocks, diagnostics } = read("a\u0000\u0001 [@key] \ufffe!");
    expect(outline(blocks)).toBe('paragraph("a " cite(@key) " !")');
    expect(diagnostics.map(({ span }) => span!.start)).toEqual([1, 2, 11]);
    const [citation] = [...walk(blocks)].filter(({ type }) => type === "citation");
    expect(citation!.span).toMatchObject({ start: 4, end: 10 });
  });

  test("the caret is under the key", () => {
    const text = "An early alliance [see\n@alexandrov1999, 3; -@{odd key}].";
    const { blocks } = read(text);
    const [citation] = [...walk(blocks)].filter(({ type }) => type === "citation");
    const spans = citation?.type === "citation" ? citation.items.map(({ span }) => span!) : [];
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      "@alexandrov1999",
      "-@{odd key}",
    ]);
    const printed = formatDiagnostic(
      { code: "citation-undefined", message: "no", span: spans[1]! },
      new Map([["text.md", text]]),
    );
    expect(printed.split("\n").slice(1, 3)).toEqual([
      "  2 | @alexandrov1999, 3; -@{odd key}].",
      "    |                     ^^^^^^^^^^^",
    ]);
  });
});

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

test("no letter of any text is lost", () => {
  const piece = fc.constantFrom(
    ..."abcdé*_[]()^~`>#-+12.:@$|<!;{}\"'\n\n  \\",
    "[@key, p. 3]",
    "^[note]",
    "[^1]",
    "\n\n[^1]: note ",
    "https://a.org/",
    "- x\n",
    "> y\n",
  );
  // Addresses of links, comments, character references, the languages of code and the kinds of
  // divisions are no text.
  const untold = /\]\(|\]:|<!|&|```|~~~|:::/;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join("");
      const { blocks, codes } = read(text);
      fc.pre(
        !untold.test(text.replaceAll("[^1]:", "")) && !codes.some((code) => /^note-/.test(code)),
      );
      const shown = [...walk(blocks)].map((node) => ("value" in node ? node.value : "")).join("");
      const letters = (from: string) =>
        from
          .replace(/[^a-zé]/g, "")
          .split("")
          .sort()
          .join("");
      expect(letters(shown)).toBe(letters(text));
    }),
    { numRuns: 1000 },
  );
});
