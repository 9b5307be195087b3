// What other programs make of our formulas: LibreOffice, pandoc, poppler.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Block } from "../../src/document.js";
import { parseFormulas } from "../../src/maths/parse-formulas.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { bodyOf, paragraph } from "../docx/tree.js";
import { sampleTemplate } from "../sample-template.js";
import { formulas } from "./formulas.js";

const document = parseFormulas(
  bodyOf(
    ...formulas.flatMap(([name, value]): Block[] => [
      paragraph(`${name}:`),
      { type: "equation", value },
    ]),
  ),
  ({ message }) => {
    throw new Error(message);
  },
);

test("LibreOffice finds no mistake in them, for which it prints a red sign", async () => {
  const { bytes } = await writeDocx(document, sampleTemplate, new Map());
  const rendering = renderWithLibreOffice(bytes);
  const text = rendering.pages.join("\n");
  rendering.remove();
  expect(text).toContain("fraction:");
  expect(text).not.toContain("¿");
});

test("pandoc reads them back as LaTeX", async () => {
  const { bytes } = await writeDocx(document, sampleTemplate, new Map());
  const folder = mkdtempSync(join(tmpdir(), "reissue-equations-"));
  const docx = join(folder, "work.docx");
  writeFileSync(docx, bytes);
  const read = execFileSync("pandoc", ["-f", "docx", "-t", "markdown", "--wrap=none", docx], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  await expect(read).toMatchFileSnapshot(join(import.meta.dirname, "expected", "pandoc.md"));
});

test("poppler draws them without a complaint", async () => {
  const { bytes } = await (await paginate(document, sampleTemplate)).write();
  const folder = mkdtempSync(join(tmpdir(), "reissue-equations-"));
  const pdf = join(folder, "work.pdf");
  writeFileSync(pdf, bytes);
  const said = execFileSync(
    "sh",
    ["-c", `pdftoppm -r 50 -png "${pdf}" "${join(folder, "page")}" 2>&1`],
    {
      encoding: "utf8",
    },
  );
  const structure = execFileSync("pdfinfo", ["-struct-text", pdf], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect(said).toBe("");
  expect(structure.match(/Formula/g)).toHaveLength(formulas.length);
});
