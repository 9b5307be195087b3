// The work in universities' documents as LibreOffice shows it: the contents say
// the pages on which chapters begin, and the heads are theirs.

import { describe, expect, test } from "vitest";
import { contentsItems, toText } from "../../src/document.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { dressed } from "./dressed.js";
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
