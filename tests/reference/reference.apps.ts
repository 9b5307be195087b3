// The work in universities' documents as LibreOffice shows it: the contents say
// the pages on which chapters begin, and the heads are theirs.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contentsItems, toText } from "../../src/document.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { inspect } from "../pdf/accessibility.js";
import { dressed } from "./dressed.js";
import { ornateDocument } from "./ornate-document.js";
import { americanDocument, germanDocument, placeholderDocument } from "./university-documents.js";

const linesOf = (page: string) =>
  page
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

describe.each([
  {
    name: "german",
    make: germanDocument,
    number: (page: string) => /^Seite (\w+)$/.exec(linesOf(page).at(-1)!)?.[1],
    head: /Universität Musterstadt – Method/,
  },
  {
    name: "american",
    make: americanDocument,
    number: (page: string) => /(?:University|School) (\w+)$/.exec(linesOf(page)[0]!)?.[1],
    head: /^\s*Graduate School 2$/m,
  },
  {
    name: "placeholders",
    make: placeholderDocument,
    number: (page: string) => /^\W*(\w+)\W*$/.exec(linesOf(page).at(-1)!)?.[1],
    head: /Thesis of Jane van Doe/,
  },
])("in the $name document", ({ make, number, head }) => {
  test("the contents have the numbers of the pages, under the university's heads", async () => {
    const { docx, document, labels } = await dressed(await make());
    const rendering = renderWithLibreOffice(docx.bytes);
    try {
      const { pages } = rendering;
      const items = contentsItems(document, 1);
      expect(items.length).toBeGreaterThan(3);
      for (const { section } of items) {
        const title = toText(section.title);
        const isTitle = (line: string) =>
          line.replace(/^\d\s+/, "").toLowerCase() === title.toLowerCase();
        const page = pages.find((text) => linesOf(text).some(isTitle));
        expect([title, number(page!)]).toEqual([title, labels.get(section.id)]);
      }
      expect(pages.some((page) => head.test(page))).toBe(true);
      expect(pages.some((page) => page.includes("{{"))).toBe(false);
    } finally {
      rendering.remove();
    }
  });
});

test("the heads in the PDF are artifacts, and are those that LibreOffice shows", async () => {
  const { pdf, docx } = await dressed(await ornateDocument());
  const folder = mkdtempSync(join(tmpdir(), "reissue-heads-"));
  const rendering = renderWithLibreOffice(docx.bytes);
  try {
    const file = join(folder, "work.pdf");
    writeFileSync(file, (await pdf.write()).bytes);
    const { faults, isDeclared } = inspect(file);
    expect(faults).toEqual([]);
    expect(isDeclared).toBe(true);
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
    const pages = text.split("\f").slice(0, -1);
    const headsOf = (page: string) =>
      ["State University", "Thesis of Jane van Doe", "Borders and Rivers"].filter((words) =>
        linesOf(page).slice(0, 4).join("\n").includes(words),
      );
    expect(pages.map(headsOf)).toEqual(rendering.pages.map(headsOf));
    expect(pages.length).toBe(rendering.pages.length);
  } finally {
    rendering.remove();
    rmSync(folder, { recursive: true });
  }
});
