// Tables as LibreOffice lays them out, beside the PDF's pages.

import { execFileSync } from "node:child_process";
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

test("short tables are whole on the same pages of both", async () => {
  const heights = [2, 5, 9, 14, 18, 24];
  const document = bodyOf(
    ...heights.map((height, at) => {
      const rows = Array.from({ length: height }, (_, index) => row(`Row ${index + 1}`, words(3)));
      const own = table(2, [row("Heading", "Meaning")], rows, {
        caption: at % 2 ? [{ type: "text", value: "A caption" }] : [],
        notes: at % 3 ? [] : [paragraph("One note."), paragraph(words(40))],
      });
      const lines = (count: number) =>
        Array.from({ length: count }, (_, line) => paragraph(`Chapter ${at + 1} line ${line + 1}`));
      return section(`sec-${at}`, `Chapter ${at + 1}`, [...lines(20), own, ...lines(9)]);
    }),
  );
  const still = { ...sampleTemplate, figurePlacement: "in-place" as const };
  const { labels, tables, pageCount, write } = await paginate(document, still);
  const { bytes } = await writeDocx(document, still, labels, undefined, tables);
  const rendering = renderWithLibreOffice(bytes);
  rendering.remove();
  const pdf = await write();
  const input = Buffer.from(pdf.bytes);
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input, encoding: "utf8" });
  const sorted = (page: string) => page.split(/\s+/).filter(Boolean).sort();
  const pages = text.split("\f").slice(0, -1);
  expect(pages).toHaveLength(pageCount);
  expect(rendering.pages.map(sorted)).toEqual(pages.map(sorted));
  const withRows = pages.filter((page) => /Row \d/.test(page));
  // The last one alone is higher than half a page.
  expect(withRows.length).toBe(heights.length + 1);
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
