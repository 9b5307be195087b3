// Word's numbers as LibreOffice counts them: it calculates headings, captions and
// references anew, so that its pages show whether lists and fields are right.

import { expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import { walk } from "../../src/document.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { looks, numberedWork, withoutPages } from "./numbered-work.js";

test.each(Object.entries(looks))("%s", async (_, template) => {
  // LibreOffice may break pages elsewhere.
  const { document, labels } = await paginate(numberedWork(template, withoutPages), template);
  const { bytes } = await writeDocx(document, template, labels);
  const rendering = renderWithLibreOffice(bytes);
  try {
    const text = rendering.pages.flatMap((page) => page.split("\n"));
    const nodes = [...walk(document.parts.flatMap(({ children }) => children))];
    const notes = nodes.filter(({ type }) => type === "note").length;
    // As in the PDF, the numbers of headings are among the words.
    expect(
      conserve(document, { bytes, text, notes, entries: 0, equations: 0, citations: [] }, "pdf"),
    ).toEqual([]);
  } finally {
    rendering.remove();
  }
});
