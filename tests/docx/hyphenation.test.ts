// A template that divides words says so in the DOCX, style by style.

import { expect, test } from "vitest";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { sampleTemplate } from "../sample-template.js";
import { lintDocx } from "./lint-docx.js";
import { bodyOf, paragraph } from "./tree.js";
import { childrenOf, named, parseXml, readParts } from "./xml-tree.js";

async function rootsOf(template: Template) {
  const { bytes } = await writeDocx(bodyOf(paragraph("Some text")), template, new Map());
  const parts = readParts(bytes);
  const root = (path: string) => parseXml(parts.get(path) as string);
  return { bytes, settings: root("word/settings.xml"), styles: root("word/styles.xml") };
}

const { styles: looks } = sampleTemplate;
const justified: Template = {
  ...sampleTemplate,
  styles: {
    ...looks,
    body: { ...looks.body, align: "justify" },
    note: { ...looks.note, align: "justify" },
    "heading-1": { ...looks["heading-1"], align: "justify" },
  },
};

test("words are divided in justified running text only", async () => {
  const { bytes, settings, styles } = await rootsOf({ ...justified, hyphenate: true });
  expect(lintDocx(bytes)).toEqual([]);
  expect(childrenOf(settings, "w:autoHyphenation")).toHaveLength(1);
  const divided = named(styles, "w:style")
    .filter((style) => style.attributes["w:type"] === "paragraph")
    .filter((style) => named(style, "w:suppressAutoHyphens").length === 0)
    .map((style) => style.attributes["w:styleId"]);
  // What is based on Body Text takes its format over, and a term that of definitions.
  expect(divided).toEqual([
    "Normal",
    "BodyText",
    "FirstParagraph",
    "DefinitionTerm",
    "FootnoteText",
  ]);
  const body = named(styles, "w:style").find(
    (style) => style.attributes["w:styleId"] === "BodyText",
  )!;
  expect(named(body, "w:jc").map(({ attributes }) => attributes["w:val"])).toEqual(["both"]);
});

test("other templates say nothing of it", async () => {
  const { settings, styles } = await rootsOf(justified);
  expect(childrenOf(settings, "w:autoHyphenation")).toEqual([]);
  expect(named(styles, "w:suppressAutoHyphens")).toEqual([]);
});
