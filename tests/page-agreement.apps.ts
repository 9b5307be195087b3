// The pages of the PDF beside those that LibreOffice makes of the DOCX.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readTemplate } from "../src/read/template.js";
import { writeDocx } from "../src/write/docx/docx.js";
import { paginate } from "../src/write/pdf/pdf.js";
import { renderWithLibreOffice } from "./docx/libreoffice.js";
import { typedDissertation } from "./docx/typed-dissertation.js";
import { readPdfFile } from "./pdf/pdf-file.js";

describe.each(["dissertation", "turabian", "apa-student"])("with the template %s", (id) => {
  const text = readFileSync(new URL(`../templates/${id}.yaml`, import.meta.url), "utf8");
  const template = readTemplate({ file: `templates/${id}.yaml`, text }, id, ({ message }) => {
    throw new Error(message);
  })!;

  test("most pages begin with the same words, and lines of notes are as far apart", async () => {
    const document = typedDissertation(template);
    const pagination = await paginate(document, template);
    const { bytes } = await pagination.write();
    const docx = await writeDocx(document, template, pagination.labels);
    const ours = readPdfFile(bytes);
    const theirs = renderWithLibreOffice(docx.bytes);
    const begins = theirs.pages.map(beginning);
    const alike = ours.pages.filter((page, index) => beginning(page) === begins[index]);
    expect(begins).toHaveLength(ours.pages.length);
    // LibreOffice divides notes where the PDF does not.
    expect(alike.length / begins.length).toBeGreaterThan(0.85);
    const own = distances(ours.path);
    const other = distances(theirs.pdf);
    expect(own).toBeCloseTo(11.55, 1);
    expect(other).toBeCloseTo(own, 1);
    ours.remove();
    theirs.remove();
  }, 120_000);
});

/** The first words of a page below its number. */
function beginning(page: string): string {
  const lines = page.split("\n").map((line) => line.trim());
  const first = lines.find((line) => line && !/^[ivxlc\d]+$/.test(line)) ?? "";
  return first.split(/\s+/).slice(0, 4).join(" ");
}

/** How far lines of notes, of 10 point letters, are apart on the average, in points. */
function distances(pdf: string): number {
  const words = execFileSync("pdftotext", ["-bbox", pdf, "-"], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const found: number[] = [];
  for (const page of words.split("<page ")) {
    const feet = new Set<number>();
    for (const [, top, foot] of page.matchAll(/yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"/g)) {
      const height = Number(foot) - Number(top);
      // Marks of notes are smaller.
      if (height > 8.5) feet.add(Number(foot));
    }
    const sorted = [...feet].sort((one, next) => one - next);
    for (const [index, foot] of sorted.entries()) {
      const gap = foot - (sorted[index - 1] ?? Number.NEGATIVE_INFINITY);
      if (gap > 11 && gap < 12) found.push(gap);
    }
  }
  expect(found.length).toBeGreaterThan(30);
  return found.reduce((sum, gap) => sum + gap, 0) / found.length;
}
