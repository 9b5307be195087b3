// Figures as LibreOffice lays them out beside the PDF's pages, and what the PDF
// says of them to those who do not see them.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { loadProject } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { inspect, walk } from "../pdf/accessibility.js";
import { textOf } from "../pdf/structure.js";

function load(template: string) {
  const { project } = loadProject({
    manuscript: "manuscript.yaml",
    template,
    cwd: join(import.meta.dirname, "work"),
  });
  return {
    document: compile(project!, project!.styles[0]!, () => {}),
    template: project!.template,
  };
}

test.each(["turabian", "apa-student", "dissertation"])(
  "captions stand on the same pages in the DOCX in the template %s",
  async (name) => {
    const { document, template } = load(name);
    const { document: printed, labels, tables } = (await paginate(document, template)).inPlace;
    const still = await paginate(document, { ...template, figurePlacement: "in-place" });
    const { bytes } = await writeDocx(printed, template, labels, undefined, tables);
    const { pages, remove } = renderWithLibreOffice(bytes);
    remove();
    expect(pages).toHaveLength(still.pageCount);
    for (const caption of ["A plot", "Two pictures", "A photograph", "The gradient again"]) {
      const page = pages.findLastIndex((text) => text.includes(caption));
      expect(page, caption).toBeGreaterThan(0);
    }
  },
);

test("figures have their descriptions, and the file breaks no rule of accessibility", async () => {
  const { document, template } = load("turabian");
  const { bytes } = await (await paginate(document, template)).write();
  const folder = mkdtempSync(join(tmpdir(), "figures-"));
  try {
    const path = join(folder, "file.pdf");
    writeFileSync(path, bytes);
    const { faults, root } = inspect(path);
    expect(faults).toEqual([]);
    const figures = [...walk(root)].filter(({ type }) => type === "Figure");
    expect(figures.map(({ dictionary }) => textOf(dictionary["/Alt"]))).toEqual([
      "A surface that goes from navy to gold",
      "A line that falls and rises",
      "A circle",
      "A gradient",
      "A green wall",
      "The same surface",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
