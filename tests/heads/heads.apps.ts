// Heads, feet and margins as LibreOffice shows them, beside those of our PDF.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readTemplate } from "../../src/read/template.js";
import { isTwoSided, type Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { typedDissertation } from "../docx/typed-dissertation.js";
import { templates, work } from "./work.js";

const folder = mkdtempSync(join(tmpdir(), "reissue-heads-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What stands at the edges of a page, and where its text stands, in points from the left. */
interface Sheet {
  readonly head: string;
  /** On how many lines the head stands. */
  readonly lines: number;
  readonly width: number;
  readonly foot: string;
  readonly left: number;
  readonly right: number;
}

/**
 * Lays the work out in both ways. LibreOffice has a blank page wherever two odd
 * numbers would meet; they are kept where leaves have two sides.
 */
async function sheetsOf(
  template: Template,
  document = work,
): Promise<{ ours: Sheet[]; theirs: Sheet[] }> {
  const pagination = await paginate(document, template);
  const { bytes } = await writeDocx(document, template, pagination.labels);
  const pdf = join(folder, "ours.pdf");
  writeFileSync(pdf, (await pagination.write()).bytes);
  writeFileSync(join(folder, "work.docx"), bytes);
  execFileSync(
    "soffice",
    [
      `-env:UserInstallation=file://${folder}/profile`,
      "--headless",
      "--convert-to",
      `pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"${!isTwoSided(template)}"}}`,
      "--outdir",
      folder,
      join(folder, "work.docx"),
    ],
    { stdio: "ignore" },
  );
  const { margins, height } = template.page;
  const read = (file: string) => readSheets(file, margins.top, height - margins.bottom);
  return { ours: read(pdf), theirs: read(join(folder, "work.pdf")) };
}

function readSheets(file: string, top: number, bottom: number): Sheet[] {
  const html = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" });
  return html
    .split("<page ")
    .slice(1)
    .map((page) => {
      const words = [
        ...page.matchAll(
          /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)<\/word>/g,
        ),
      ].map(([, x, y, end, text]) => ({ x: Number(x), y: Number(y), end: Number(end), text }));
      const head = words.filter(({ y }) => y < top - 10);
      const said = (some: typeof words) => some.map(({ text }) => text).join(" ");
      // The numbers of lines stand beside the text.
      const text = words.filter(
        ({ y, text }) => y >= top - 2 && y < bottom && !/^\d+$/.test(text!),
      );
      return {
        head: said(head),
        lines: new Set(head.map(({ y }) => Math.round(y / 4))).size,
        width: Number(/width="([\d.]+)"/.exec(page)![1]),
        foot: said(words.filter(({ y }) => y >= bottom)),
        left: Math.min(...text.map(({ x }) => x)),
        right: Math.max(...text.map(({ end }) => end)),
      };
    });
}

const edges = ({ head, foot, lines }: Sheet) => ({ head, foot, lines });

test.each(["plain", "facing", "outside", "header"])(
  "%s: the heads and feet of each page are those of our PDF",
  async (name) => {
    const { ours, theirs } = await sheetsOf(templates[name]!);
    expect(theirs.map(edges)).toEqual(ours.map(edges));
  },
);

test("each chapter of the dissertation has its title over its pages, as a book", async () => {
  const file = "templates/book.yaml";
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const shipped = readTemplate({ file, text }, "book", ({ message }) => {
    throw new Error(message);
  })!;
  // In fonts that LibreOffice has something like.
  const book: Template = { ...shipped, fonts: templates.plain!.fonts };
  const { ours, theirs } = await sheetsOf(book, typedDissertation(book));
  // Justified lines end elsewhere in LibreOffice, so that chapters may be a page longer there.
  const titles = (sheets: readonly Sheet[]) =>
    new Set(sheets.map(({ head }) => head.replace(/^\d+ | \d+$/, "")));
  expect(titles(theirs)).toEqual(titles(ours));
  expect(titles(ours)).toContain("Foreign Policy Concept- Russia and Kazakhstan");
});

// LibreOffice 7.4 lets the text of a page that must be an odd one come down to its
// foot, and gives the page behind it the same foot; Word does neither.
test("right-hand: chapters begin on the right, behind blank pages", async () => {
  const { ours, theirs } = await sheetsOf(templates["right-hand"]!);
  const numbers = (sheets: readonly Sheet[]) => sheets.map(({ foot }) => foot.split(" ").at(-1));
  expect(numbers(theirs)).toEqual(numbers(ours));
  expect(numbers(ours)).toContain("");
});

test("facing pages have the wider margin outside, on both sides", async () => {
  const { margins, gutter, width } = templates.facing!.page;
  const { ours, theirs } = await sheetsOf(templates.facing!);
  for (const sheets of [ours, theirs]) {
    for (const [index, { left, right, width: own }] of sheets.entries()) {
      if (!Number.isFinite(left) || own > width + 1) continue;
      const isEven = index % 2 === 1;
      expect(left).toBeGreaterThan((isEven ? margins.right : margins.left + gutter) - 1);
      expect(right).toBeLessThan(width - (isEven ? margins.left + gutter : margins.right) + 1);
    }
    // Running text begins at the margin itself.
    expect(sheets[9]!.left).toBeCloseTo(margins.right, 0);
    expect(sheets[8]!.left).toBeCloseTo(margins.left + gutter, 0);
  }
});
