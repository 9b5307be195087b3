// The grammar of the formats: nothing that an author writes can end a field.

import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, test } from "vitest";
import { workRecord } from "../../src/cite-this-work.js";
import type { Inline } from "../../src/document.js";
import { html, plainText, printRecord, printReferences } from "../../src/write/references.js";
import { doctoralThesis, thesis } from "./works.js";

const anything = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({
    minLength: 1,
    unit: fc.constantFrom(..."\\{}[]()<>#$%&_~^`*|'\"!-+.:;,= \n\r\tAé1"),
  }),
  fc.string({ minLength: 1, unit: "grapheme" }),
);

const metadata = fc
  .record({ title: anything, family: anything, institution: anything, keyword: anything })
  .map(({ title, family, institution, keyword }) => ({
    ...doctoralThesis,
    title: [{ type: "text" as const, value: title }],
    author: [{ family, given: "A" }],
    institution,
    keywords: [keyword],
  }));

test("every line of RIS is a tag and a value", () => {
  fc.assert(
    fc.property(metadata, (work) => {
      const lines = printRecord(workRecord(work), "ris").split("\r\n");
      expect(lines[0]).toBe("TY  - THES");
      expect(lines.slice(-2)).toEqual(["ER  - ", ""]);
      for (const line of lines.slice(0, -1)) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- [^\r\n]*$/);
    }),
  );
});

test("the braces of a BibTeX entry pair, and close with it", () => {
  fc.assert(
    fc.property(metadata, (work) => {
      const entry = printRecord(workRecord(work), "bibtex").trim();
      let depth = 0;
      // BibTeX counts every brace, escaped or not.
      for (const [index, letter] of [...entry].entries()) {
        if (letter === "{") depth++;
        if (letter === "}") depth--;
        if (depth === 0 && index > 20) expect(index).toBe([...entry].length - 1);
      }
      expect(depth).toBe(0);
    }),
  );
});

test("CSL-JSON holds the texts as they are", () => {
  fc.assert(
    fc.property(metadata, (work) => {
      const [read] = JSON.parse(printRecord(workRecord(work), "csl-json")) as [{ title: string }];
      const { title } = workRecord(work);
      expect(read.title).toBe(title);
    }),
  );
});

const inline: fc.Arbitrary<Inline> = fc.letrec<{ inline: Inline }>((tie) => ({
  inline: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    anything.map((value): Inline => ({ type: "text", value: value.replace(/\s+/g, " ") })),
    fc
      .record({
        type: fc.constantFrom("emphasis" as const, "strong" as const, "superscript" as const),
        children: fc.array(tie("inline"), { minLength: 1, maxLength: 3 }),
      })
      .map((node): Inline => node),
  ),
})).inline;

test("HTML holds the text and no tag but its own", () => {
  fc.assert(
    fc.property(fc.array(inline), (inlines) => {
      const printed = html(inlines);
      expect(printed.replace(/<\/?(?:i|b|sup)>/g, "")).not.toMatch(/[<>"']/);
      const text = printed
        .replace(/<[^>]*>/g, "")
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
      expect(text).toBe(plainText(inlines));
    }),
  );
});

/** The text of a Markdown tree, with the tags of HTML left out. */
function letters(node: { type: string; value?: string; children?: unknown[] }): string {
  if (node.type === "html") return "";
  if (node.value !== undefined) return node.value;
  return ((node.children ?? []) as (typeof node)[]).map(letters).join("");
}

test("Markdown is read back as the same words in one paragraph", () => {
  const words = fc.string({
    minLength: 1,
    unit: fc.constantFrom(..."\\{}[]()<>#$%&_~^`*|'\"!-+.:;,= Ab1"),
  });
  fc.assert(
    fc.property(words, (value) => {
      const text = value.replace(/\s+/g, " ").trim();
      fc.pre(text !== "");
      const inlines: Inline[] = [
        { type: "text", value: text },
        { type: "text", value: " " },
        { type: "emphasis", children: [{ type: "text", value: text }] },
      ];
      const printed = printReferences([{ style: "apa", label: "APA", inlines }], "markdown");
      const tree = fromMarkdown(printed);
      expect(tree.children.map(({ type }) => type)).toEqual(["paragraph"]);
      expect(letters(tree)).toBe(`${text} ${text}`);
    }),
  );
});

test("several references stand under their names, a single one alone", () => {
  const inlines: Inline[] = [
    { type: "text", value: "A " },
    { type: "emphasis", children: [{ type: "text", value: "B & C" }] },
  ];
  const apa = { style: "apa" as const, label: "APA", inlines };
  const mla = { ...apa, style: "mla" as const, label: "MLA" };
  expect(printReferences([apa], "text")).toBe("A B & C\n");
  expect(printReferences([apa, mla], "text")).toBe("APA\nA B & C\n\nMLA\nA B & C\n");
  expect(printReferences([apa], "html")).toBe("<p>A <i>B &#38; C</i></p>\n");
  expect(printReferences([apa, mla], "html")).toBe(
    "<dl>\n<dt>APA</dt>\n<dd>A <i>B &#38; C</i></dd>\n<dt>MLA</dt>\n<dd>A <i>B &#38; C</i></dd>\n</dl>\n",
  );
  expect(JSON.parse(printReferences([apa], "json"))).toEqual([
    {
      style: "apa",
      label: "APA",
      text: "A B & C",
      markdown: "A *B \\& C*",
      html: "A <i>B &#38; C</i>",
    },
  ]);
});

test("the key is made of author, year and the title's first word of weight", () => {
  expect(workRecord(thesis).id).toBe("doe2019russia");
  const article = [{ type: "text" as const, value: "The Übermensch" }];
  expect(workRecord({ ...thesis, author: [], title: article }).id).toBe("ubermensch2019");
  const cyrillic = [{ type: "text" as const, value: "Россия" }];
  expect(workRecord({ title: cyrillic, author: [], lang: "ru", keywords: [] }).id).toBe("work");
});
