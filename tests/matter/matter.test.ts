// Front and back matter as both writers print it. Each folder of cases/ is a
// manuscript; what is expected of it stands in expected/, a line a paragraph of
// the DOCX and a line a line of the PDF.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
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
