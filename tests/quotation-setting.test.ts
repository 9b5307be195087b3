// Quotations by length: which are reported, and where the option `as-style` puts
// them, with their marks and the punctuation around their sources.

import { describe, expect, test } from "vitest";
import { placeCitations } from "../src/citation/place.js";
import type { Diagnostic } from "../src/diagnostic.js";
import type { Document } from "../src/document.js";
import {
  lintQuotationLengths,
  type QuotationSetting,
  setQuotations,
} from "../src/quotation-setting.js";
import { readMarkdown } from "../src/read/markdown.js";
import { bodyOf } from "./docx/tree.js";
import { outline, sourceOf } from "./read/outline.js";

/** Six words or more are a block, and three lines of verse. */
const bySix: QuotationSetting = {
  rule: { blockFrom: { words: 6 }, verseFrom: 3 },
  title: "The style",
  class: "in-text",
  lineLength: 40,
};
const byLines: QuotationSetting = { ...bySix, rule: { blockFrom: { lines: 3 } } };

function documentOfText(text: string, lang = "en"): Document {
  const document = bodyOf(...readMarkdown(sourceOf(text, lang), () => {}));
  return { ...document, metadata: { ...document.metadata, lang } };
}

const childrenOf = ({ parts }: Document) => parts.flatMap(({ children }) => children);

function set(text: string, setting = bySix, lang = "en"): string {
  return outline(childrenOf(setQuotations(documentOfText(text, lang), setting)));
}

describe("a short block joins the sentence before it", () => {
  test.each([
    ["He says:\n\n> Of it.", 'paragraph("He says:" " " "“" "Of it." "”")'],
    [
      "He says:\n\n> Of “it” *and* more. [@a, 3]\n\nNext.",
      'paragraph("He says:" " " "“" "Of ‘it’ " emphasis("and") " more" "”" " " cite(@a page "3") ".") paragraph("Next.")',
    ],
    ["> It [@a].", 'paragraph("“" "It" "”" " " cite(@a) ".")'],
    ["> Is it? [@a]", 'paragraph("“" "Is it?" "”" " " cite(@a) ".")'],
    ["> One, two.^[n]", 'paragraph("“" "One, two" "”" " " note(paragraph("n")) ".")'],
    ["> | One\n> | two [@a]", 'paragraph("“" "One" " / " "two" "”" " " cite(@a) ".")'],
  ])("%j", (text, expected) => {
    expect(set(text)).toBe(expected);
  });

  test("in the marks of its language", () => {
    expect(set("> Das „ist“ es.", bySix, "de")).toBe('paragraph("„" "Das ‚ist‘ es." "“")');
  });
});

describe("a long quotation becomes a block", () => {
  test.each([
    [
      'He says: "one two three ‘four’ five six" [@a, 3]. Then more.',
      'paragraph("He says:") blockquote(paragraph("one two three “four” five six" "." " " cite(@a page "3"))) paragraph("Then more.")',
    ],
    [
      '"One two three doesn\'t five six."^[n] Then.',
      'blockquote(paragraph("One two three doesn’t five six." " " note(paragraph("n")))) paragraph("Then.")',
    ],
    [
      'He: "one two *three* four five six seven".',
      'paragraph("He:") blockquote(paragraph("one two " emphasis("three") " four five six seven" "."))',
    ],
  ])("%j", (text, expected) => {
    expect(set(text)).toBe(expected);
  });
});

describe("what stays as it is", () => {
  test.each([
    ["a long block", "> one two three four five six"],
    ["a short quotation in the text", 'He says "one two three four five".'],
    ["a sentence that goes on", '"One two three four five six," she says.'],
    ["a sentence that goes on behind its source", '"One two three four five six" [@a] and more.'],
    ["an epigraph", "::: epigraph\nShort.\n:::"],
    ["a block of two paragraphs", "> One.\n>\n> Two."],
    ["a poem of three lines", "| a\n| b\n| c"],
    ["a quotation in a note", 'a^["one two three four five six seven"]'],
    ["a quotation whose marks are within emphasis", '*"one two three four five six seven"*'],
  ])("%s", (_, text) => {
    expect(set(text)).toBe(outline(childrenOf(documentOfText(text))));
  });
});

test("the source stands where the style has it", () => {
  const document = documentOfText(
    '> Short one. [@a]\n\nx\n\nHe: "one two three four five six" [@b]. Then.',
  );
  const place = (style: "note" | "in-text") =>
    outline(
      placeCitations(childrenOf(setQuotations(document, { ...bySix, class: style })), {
        class: style,
        punctuationInQuote: true,
      }),
    );
  expect(place("in-text")).toBe(
    'paragraph("“Short one” " cite(@a) ".") paragraph("x") paragraph("He:") blockquote(paragraph("one two three four five six" ". " cite(@b))) paragraph("Then.")',
  );
  expect(place("note")).toBe(
    'paragraph("“Short one.”" note(paragraph(cite(@a)))) paragraph("x") paragraph("He:") blockquote(paragraph("one two three four five six" "." note(paragraph(cite(@b))))) paragraph("Then.")',
  );
});

function lint(text: string, setting: QuotationSetting): string[] {
  const found: Diagnostic[] = [];
  lintQuotationLengths(documentOfText(text), setting, (one) => void found.push(one));
  expect(found.every(({ code, span }) => code === "quotation-length" && span)).toBe(true);
  return found.map(({ message }) => message);
}

describe("what is reported", () => {
  test.each([
    [
      "> Short.",
      bySix,
      ["this block quotation has 1 word; The style runs fewer than 6 words into the text"],
    ],
    [
      'a "one two three four five six seven" b',
      bySix,
      [
        'the quotation "one two three four five …" has 7 words; The style sets 6 words or more off as a block',
      ],
    ],
    [
      "| a\n| b",
      bySix,
      ["these lines of verse are a block; The style runs fewer than 3 lines into the text"],
    ],
    [
      "> Short.",
      byLines,
      ["this block quotation has about 1 line; The style runs fewer than 3 lines into the text"],
    ],
    [`> ${"word ".repeat(16)}`, byLines, []],
    [
      `a "${"word ".repeat(22)}" b`,
      byLines,
      [
        'the quotation "word word word word word …" has about 3 lines; The style sets 3 lines or more off as a block',
      ],
    ],
    ["::: epigraph\nShort.\n:::", bySix, []],
    ['a^["one two three four five six seven"]', bySix, []],
  ])("%j", (text, setting, expected) => {
    expect(lint(text, setting)).toEqual(expected);
  });
});
