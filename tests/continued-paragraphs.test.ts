import { expect, test } from "vitest";
import { markContinued } from "../src/continued-paragraphs.js";
import type { Document } from "../src/document.js";
import { toText } from "../src/document.js";
import { readMarkdown } from "../src/read/markdown.js";
import { writeDocx } from "../src/write/docx/docx.js";
import { paginate } from "../src/write/pdf/pdf.js";
import { named, parseXml, readParts, textOf } from "./docx/xml-tree.js";
import { sourceOf } from "./read/outline.js";
import { sampleTemplate } from "./sample-template.js";

function documentOf(markdown: string): Document {
  return markContinued({
    metadata: { title: [], author: [], lang: "en", keywords: [] },
    parts: [{ role: "body", children: readMarkdown(sourceOf(markdown), () => {}) }],
  });
}

const markdown = `First.

The sum is

$$a + b,$$

where *a* is large.

$$c$$

Then it ends.

> A quotation

and more.

small letters alone.

Second in Text.`;

test("a sentence that goes on after a formula or quotation is no new paragraph", () => {
  const [part] = documentOf(markdown).parts;
  const continued = part!.children.flatMap((block) =>
    block.type === "paragraph" && block.continues ? [toText(block.children)] : [],
  );
  expect(continued).toEqual(["where a is large.", "and more."]);
});

test.each([true, false])(
  "neither writer indents it (first paragraphs indented: %s)",
  async (indents) => {
    const document = documentOf(markdown);
    const template = { ...sampleTemplate, indentFirstParagraph: indents };
    const { labels, ...pagination } = await paginate(document, template);
    const docx = await writeDocx(document, template, labels);
    const xml = parseXml(readParts(docx.bytes).get("word/document.xml") as string);
    const styles = named(xml, "w:p").map((paragraph) => {
      const style = named(paragraph, "w:pStyle")[0]?.attributes["w:val"];
      return [textOf(paragraph).slice(0, 8), style];
    });
    expect(styles).toContainEqual(["where a ", "FirstParagraph"]);
    expect(styles).toContainEqual(["Then it ", "BodyText"]);
    expect((await pagination.write()).text.join(" ")).toContain("where a is large.");
  },
);
