import { describe, expect, test } from "vitest";
import type { Block } from "../../src/document.js";
import { define, type ParagraphNode } from "../../src/write/pdf/definition.js";
import { formatNumber, pageLabels } from "../../src/write/pdf/labels.js";
import { paragraphsOf as paragraphsIn } from "../../src/write/pdf/table-definition.js";
import { bodyOf, documentOf, link, note, paragraph, section, span } from "../docx/tree.js";
import { sampleTemplate } from "../sample-template.js";

function paragraphsOf(...blocks: readonly Block[]): readonly ParagraphNode[] {
  return paragraphsIn(define(bodyOf(...blocks), sampleTemplate).stack[0]?.section.stack ?? []);
}

function textOf({ runs }: ParagraphNode): string {
  return runs.map(({ text }) => text).join("");
}

test("italics within italics are roman, also where the paragraph is italic", () => {
  const [body, dedication] = paragraphsOf(
    paragraph(["a", span("emphasis", ["b", span("emphasis", "c")])]),
    paragraph(["a", span("emphasis", "b")], { style: "dedication" }),
  );
  expect(body!.runs.map(({ style }) => style.italic)).toEqual([false, true, false]);
  expect(dedication!.runs.map(({ style }) => style.italic)).toEqual([true, false]);
});

test("the first paragraph behind a heading is not indented, if the template says so", () => {
  const blocks = [section("sec-1", "Title", [paragraph("First."), paragraph("Second.")])];
  expect(paragraphsOf(...blocks).map(({ indent }) => indent)).toEqual([0, 0, 36]);
  const template = { ...sampleTemplate, indentFirstParagraph: true };
  const [part] = define(bodyOf(...blocks), template).stack;
  expect(paragraphsIn(part!.section.stack).map(({ indent }) => indent)).toEqual([0, 36, 36]);
});

test("quotations within quotations are indented twice, and not past the last inch", () => {
  const quote = (...children: readonly Block[]): Block => ({ type: "blockquote", children });
  const deep = Array.from({ length: 40 }).reduce<Block>(
    (inner) => quote(inner),
    paragraph("Deep."),
  );
  const [once, twice, last] = paragraphsOf(
    quote(paragraph("Once."), quote(paragraph("Twice."))),
    deep,
  );
  expect([once!.left, once!.right]).toEqual([36, 36]);
  expect([twice!.left, twice!.right]).toEqual([72, 72]);
  expect(595.28 - 180 - last!.left - last!.right).toBeCloseTo(72, 6);
});

test("items of lists have marks by depth, also those that begin with another block", () => {
  const list = (start: number | undefined, ...items: readonly (readonly Block[])[]): Block => ({
    type: "list",
    tight: true,
    ...(start !== undefined && { start }),
    items,
  });
  const found = paragraphsOf(
    list(3, [paragraph("Three"), paragraph("more")], [{ type: "codeBlock", value: "four" }]),
    list(undefined, [paragraph("bullet"), list(28, [paragraph("letters")])]),
  );
  expect(
    found.map((node) => [node.mark?.runs[0]?.text, textOf(node), node.left, node.indent]),
  ).toEqual([
    ["3.", "Three", 24, -24],
    [undefined, "more", 24, 0],
    ["4.", "", 24, -24],
    [undefined, "four", 60, 0],
    ["•", "bullet", 24, -24],
    ["bb.", "letters", 48, -24],
  ]);
});

test("code keeps its spaces, and its tabs go to every eighth letter", () => {
  const [code] = paragraphsOf({ type: "codeBlock", value: "a\tb\n\n  c\td\n" });
  expect(textOf(code!)).toBe("a       b\n\n  c     d");
  expect(code!.base.family).toBe("courier");
});

test("links lead to addresses of the net and to places that are there, nowhere else", () => {
  const [, first] = paragraphsOf(
    section("__proto__", "Title", [
      paragraph([
        link("https://example.org/", "a"),
        link("mailto:jane@example.org", "b"),
        link("#__proto__", "c"),
        link("#nowhere", "d"),
        link("javascript:alert(1)", "e"),
        link("file:///etc/passwd", "f"),
        link("#note-1", ["g", link("https://example.org/", "h")]),
        note(1, "A note."),
      ]),
    ]),
  );
  expect(first!.runs.map(({ style }) => style.link)).toEqual([
    "https://example.org/",
    "mailto:jane@example.org",
    "#__proto__",
    undefined,
    undefined,
    undefined,
    "#note-1",
    "#note-1",
    "#note-1",
  ]);
});

test("a note begins with its number, mark and number being links to each other", () => {
  const [first] = paragraphsOf(paragraph(["Text.", note(7, { type: "thematicBreak" }, "Words.")]));
  const mark = first!.runs[1]!;
  expect(mark).toMatchObject({ text: "7", anchor: "noteref-7", style: { link: "#note-7" } });
  expect(mark.note!.paragraphs.map(textOf)).toEqual(["7 ", "* * *", "Words."]);
  expect(mark.note!.paragraphs[0]!.runs[0]).toMatchObject({
    anchor: "note-7",
    style: { link: "#noteref-7", script: "superscript", size: 10 },
  });
});

test("a note in a note has no place", () => {
  expect(() => paragraphsOf(paragraph([note(1, ["a", note(2, "b")])]))).toThrow(
    "note 2 holds a note",
  );
});

describe("the contents", () => {
  const document = documentOf([
    {
      role: "front-matter",
      children: [section("sec-toc", "Contents", [{ type: "contents", depth: 2 }], "toc")],
    },
    {
      role: "body",
      children: [
        section(
          "sec-1",
          ["One", note(1, "Not here."), { type: "break" }, link("https://example.org/", "more")],
          [section("sec-2", "Two", [section("sec-3", "Three", [])])],
        ),
      ],
    },
  ]);

  test("list titles on one line, without their notes, each a link to its section", () => {
    const lines = paragraphsIn(define(document, sampleTemplate).stack[0]!.section.stack).slice(1);
    expect(lines.map((line) => [textOf(line), line.pageOf, line.left])).toEqual([
      ["One more", "sec-1", 0],
      ["Two", "sec-2", 21],
    ]);
    const links = lines.flatMap(({ runs }) => runs.map(({ style }) => style.link));
    expect(new Set(links)).toEqual(new Set(["#sec-1", "#sec-2"]));
  });

  test("bookmarks have every section, to any depth", () => {
    const bookmarks = define(document, sampleTemplate).stack.flatMap(({ section: { stack } }) =>
      paragraphsIn(stack).flatMap(({ bookmark }) => bookmark ?? []),
    );
    expect(bookmarks).toEqual([
      { title: "Contents", level: 1 },
      { title: "One more", level: 1 },
      { title: "Two", level: 2 },
      { title: "Three", level: 3 },
    ]);
  });
});

test("numbers in all forms", () => {
  const numbers = [1, 4, 9, 14, 40, 90, 400, 1999];
  expect(numbers.map((number) => formatNumber(number, "roman"))).toEqual(
    "i iv ix xiv xl xc cd mcmxcix".split(" "),
  );
  expect([1, 26, 27, 52, 53].map((number) => formatNumber(number, "lower-alpha"))).toEqual(
    "a z aa zz aaa".split(" "),
  );
  expect(formatNumber(0, "roman")).toBe("0");
  expect(formatNumber(3, "none")).toBe("");
});

test("the labels of pages in a PDF", () => {
  expect(
    pageLabels([
      { index: 0, form: "none", start: 1 },
      { index: 1, form: "roman", start: 2 },
      { index: 4, form: "arabic", start: 1 },
    ]),
  ).toEqual({ Nums: [0, {}, 1, { S: "r", St: 2 }, 4, { S: "D" }] });
});
