// The finished file as LibreOffice shows it.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentsItems, toText } from "../../src/document.js";
import { readTemplate } from "../../src/read/template.js";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import type { Written } from "../../src/written.js";
import { type Rendering, renderWithLibreOffice } from "./libreoffice.js";
import { typedDissertation } from "./typed-dissertation.js";

function shippedTemplate(id: string): Template {
  const file = `templates/${id}.yaml`;
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const template = readTemplate({ file, text }, id, ({ message }) => {
    throw new Error(message);
  });
  return template!;
}

const linesOf = (page: string) =>
  page
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** What stands at the place of the page number. */
function printedNumber(page: string, { pageNumbers }: Template): string {
  const lines = linesOf(page);
  return (pageNumbers.place === "header" ? lines[0] : lines.at(-1)) ?? "";
}

/** How often each word of some texts occurs; parts of compounds are words. */
function wordCounts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of texts
    .join("\n")
    .normalize("NFKC")
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

describe.each([
  { id: "dissertation", title: /Cooperation/, front: ["ii", "iii", "iv"], body: 1 },
  { id: "turabian", title: /Cooperation/, front: ["ii", "iii", "iv"], body: 1 },
  { id: "apa-student", title: /^1$/, front: ["2", "3", "4"], body: 5 },
])("with the template $id", ({ id, title, front, body }) => {
  const template = shippedTemplate(id);
  const document = typedDissertation(template);
  const items = contentsItems(document, template.contentsDepth);
  let written: Written;
  let rendering: Rendering;
  let labels: ReadonlyMap<string, string>;

  beforeAll(async () => {
    ({ labels } = await paginate(document, template));
    written = await writeDocx(document, template, labels);
    rendering = renderWithLibreOffice(written.bytes);
  });
  afterAll(() => rendering.remove());

  test("numbers the pages in their forms, the title page only where APA asks for it", () => {
    const numbers = rendering.pages.map((page) => printedNumber(page, template));
    expect(numbers[0]).toMatch(title);
    expect(numbers.slice(1, 4)).toEqual(front);
    expect(numbers.slice(4)).toEqual(numbers.slice(4).map((_, index) => String(body + index)));
  });

  test("shows the contents filled in, on one page", () => {
    const lines = linesOf(rendering.pages[3]!);
    for (const { section } of items) {
      const title = toText(section.title);
      const line = lines.find((text) => text.startsWith(title));
      expect(line?.slice(title.length).replace(/[.\s]+/, "")).toBe(labels.get(section.id));
    }
    expect(labels.get("sec-0")).toBe(String(body));
    expect(Number(labels.get("sec-references"))).toBeGreaterThan(body + 15);
  });

  test("places all notes and every word", () => {
    expect(written.notes).toBe(79);
    const shown = wordCounts(rendering.pages);
    for (const [word, count] of wordCounts(written.text)) {
      expect([word, (shown.get(word) ?? 0) >= count]).toEqual([word, true]);
    }
  });

  test("has the page numbers in the contents that LibreOffice gives the headings", () => {
    const wrong = items.filter(({ section }, index) => {
      const page = rendering.bookmarks.get(`_Toc${String(index + 1).padStart(6, "0")}`)!;
      return printedNumber(rendering.pages[page]!, template) !== labels.get(section.id);
    });
    expect(wrong.length).toBeLessThanOrEqual(items.length * 0.05);
  });

  test("leaves no heading at the foot of a page", () => {
    const titles = new Set(items.map(({ section }) => toText(section.title)));
    const feet = rendering.pages.map((page) => {
      const lines = linesOf(page);
      return template.pageNumbers.place === "footer" ? lines.at(-2) : lines.at(-1);
    });
    expect(feet.filter((line) => line !== undefined && titles.has(line))).toEqual([]);
  });
});
