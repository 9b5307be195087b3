// Front and back matter as both writers print it. Each folder of cases/ is a
// manuscript; what is expected of it stands in expected/, a line a paragraph of
// the DOCX and a line a line of the PDF.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { lintDocx } from "../docx/lint-docx.js";
import { writtenIn } from "./written-in.js";

const cases = join(import.meta.dirname, "cases");

describe.each(readdirSync(cases))("%s", (name) => {
  test("stands in both files as expected", async () => {
    const { docx, pdf, diagnostics, contents } = await writtenIn(join(cases, name), "chicago");
    const expected = (file: string) => join(cases, name, "expected", file);
    await expect(docx).toMatchFileSnapshot(expected("docx.txt"));
    await expect(pdf).toMatchFileSnapshot(expected("pdf.txt"));
    await expect(contents).toMatchFileSnapshot(expected("sections.txt"));
    await expect(diagnostics).toMatchFileSnapshot(expected("diagnostics.txt"));
  });
});

test.each(readdirSync(cases))("the DOCX of %s is sound", async (name) => {
  const { bytes } = await writtenIn(join(cases, name), "chicago");
  expect(lintDocx(bytes.docx)).toEqual([]);
});

test("Word's own contents leave out what the template keeps out of them", async () => {
  const { bytes } = await writtenIn(join(cases, "own-template"), "chicago");
  const xml = Buffer.from(unzipSync(bytes.docx)["word/document.xml"]!).toString("utf8");
  const styleOf = (text: string) =>
    xml
      .split("<w:p>")
      .filter((paragraph) => paragraph.includes(`>${text}<`))
      .map((paragraph) => /<w:pStyle w:val="([^"]+)"/.exec(paragraph)?.[1]);
  expect(styleOf("Thanks")).toEqual(["TOCHeading"]);
  expect(styleOf("Rights")).toEqual(["TOC1", "FrontHeading"]);
});
