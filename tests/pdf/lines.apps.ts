// Justified and divided lines of the finished file, as other programs read them.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import { type Inline, toText, walk } from "../../src/document.js";
import { readTemplate } from "../../src/read/template.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import type { Written } from "../../src/written.js";
import { typedDissertation } from "../docx/typed-dissertation.js";
import { type DrawnLetter, type PdfFile, readPdfFile } from "./pdf-file.js";

const text = readFileSync(new URL("../../templates/book.yaml", import.meta.url), "utf8");
const shipped = readTemplate({ file: "templates/book.yaml", text }, "book", ({ message }) => {
  throw new Error(message);
})!;
// What hangs in the margins is tested with the fonts.
const template = { ...shipped, hangingPunctuation: false };
const document = typedDissertation(template);
let written: Written;
let file: PdfFile;

beforeAll(async () => {
  written = await (await paginate(document, template)).write();
  file = readPdfFile(written.bytes);
});
afterAll(() => file.remove());

test("nothing is lost", () => {
  expect(conserve(document, written, "pdf")).toEqual([]);
});

test("divided words are read whole", () => {
  const read = execFileSync("pdftotext", [file.path, "-"], { encoding: "utf8" });
  // A hyphen that only the line end brought is a soft one (ISO 32000-1, 14.8.2.2.3).
  expect(read.match(/\p{Ll}\u00ad\n\p{Ll}/gu)?.length).toBeGreaterThan(80);
  const found = wordCounts(read.replace(/\u00ad\n/g, ""));
  const wanted = new Map<string, number>();
  for (const { children } of document.parts) {
    for (const node of walk(children)) {
      if (node.type !== "paragraph") continue;
      for (const [word, count] of wordCounts(readable(node.children))) {
        wanted.set(word, (wanted.get(word) ?? 0) + count);
      }
    }
  }
  expect(wanted.size).toBeGreaterThan(1000);
  // Not found are what a page divides, and compounds that poppler joins at a hyphen of their own.
  const lost = [...wanted].filter(([word, count]) => (found.get(word) ?? 0) < count);
  expect(lost.length, lost.join(" ")).toBeLessThan(20);
});

test("lines end at the right edge", () => {
  const { page } = template;
  // Pages face one another: the right edge is the outer one on every second page.
  const edges = [page.margins.right, page.margins.left + page.gutter].map(
    (margin) => page.width - margin,
  );
  let lines = 0;
  let full = 0;
  for (const letters of file.letters) {
    const ends = lineEnds(letters);
    const edge = edges.find((one) => ends.every((right) => right < one + 0.5));
    expect(edge).toBeDefined();
    for (const right of ends) {
      lines++;
      if (Math.abs(right - edge!) < 0.5) full++;
    }
  }
  expect(lines).toBeGreaterThan(700);
  // The rest are headings, last lines, and the list of references, which is ragged.
  expect(full / lines).toBeGreaterThan(0.5);
});

/** The right ends of the lines of a page. */
function lineEnds(letters: readonly DrawnLetter[]): number[] {
  const ends = new Map<number, number>();
  for (const { text: letter, y, right } of letters) {
    if (!letter.trim()) continue;
    const line = Math.round(y * 10);
    ends.set(line, Math.max(right, ends.get(line) ?? 0));
  }
  return [...ends.values()];
}

function readable(nodes: readonly Inline[]): string {
  return nodes.map((node) => (node.type === "note" ? " " : toText([node]))).join(" ");
}

function wordCounts(words: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of words.normalize("NFKC").matchAll(/\p{L}+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
