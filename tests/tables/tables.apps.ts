// Tables as LibreOffice lays them out, beside the PDF's pages.

import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { loadProject } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { bodyOf, paragraph, section } from "../docx/tree.js";
import { sampleTemplate } from "../sample-template.js";
import { row, table, words } from "./small-tables.js";

test("the manuscript's tables fill as many pages", async () => {
  const { project } = loadProject({
    manuscript: "manuscript.yaml",
    style: ["chicago"],
    cwd: join(import.meta.dirname, "work"),
  });
  const document = compile(project!, project!.styles[0]!, () => {});
  const pagination = await paginate(document, project!.template);
  const { document: printed, labels, tables } = pagination;
  const { bytes } = await writeDocx(printed, project!.template, labels, undefined, tables);
  const { pages, remove } = renderWithLibreOffice(bytes);
  remove();
  expect(pages).toHaveLength(pagination.pageCount);
});

test("the header of a long table stands on each page of both", async () => {
  const rows = Array.from({ length: 100 }, (_, at) => row(`Row ${at}`, words(5 + ((at * 7) % 30))));
  const document = bodyOf(
    section("sec-1", "One", [table(2, [row("Heading", "Meaning")], rows), paragraph("End.")]),
  );
  const { pageCount, labels, tables } = await paginate(document, sampleTemplate);
  const { bytes } = await writeDocx(document, sampleTemplate, labels, undefined, tables);
  const { pages, remove } = renderWithLibreOffice(bytes);
  remove();
  expect(pageCount).toBeGreaterThan(3);
  expect(pages).toHaveLength(pageCount);
  for (const page of pages) expect(page).toContain("Heading");
});
