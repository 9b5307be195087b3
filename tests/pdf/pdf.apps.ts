// The finished file as other programs read it, and beside LibreOffice's
// rendering of the DOCX of the same document.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Document, type Inline, type Section, toText, walk } from "../../src/document.js";
import { readTemplate } from "../../src/read/template.js";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import type { Written } from "../../src/written.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { typedDissertation } from "../docx/typed-dissertation.js";
import { sampleDocument } from "../sample-document.js";
import { type DrawnLetter, type Outline, type PdfFile, readPdfFile } from "./pdf-file.js";

function shippedTemplate(id: string): Template {
  const file = `templates/${id}.yaml`;
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const template = readTemplate({ file, text }, id, ({ message }) => {
    throw new Error(message);
  });
  return template!;
}

const documents: readonly (readonly [string, (template: Template) => Document])[] = [
  ["the dissertation", typedDissertation],
  ["every kind of block and inline", () => sampleDocument],
];
const cases = ["dissertation", "turabian", "apa-student"].flatMap((id) =>
  documents.map(([name, make]) => ({ id, name, make })),
);

describe.each(cases)("$name with the template $id", ({ id, make }) => {
  const template = shippedTemplate(id);
  const document = make(template);
  let written: Written;
  let file: PdfFile;
  let labels: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const pagination = await paginate(document, template);
    labels = pagination.labels;
    written = await pagination.write();
    file = readPdfFile(written.bytes);
  });
  afterAll(() => file.remove());

  test("every word can be read", () => {
    const expected = wordCounts(textsOf(document).join("\n"));
    const found = wordCounts(file.pages.join("\n"));
    const lost = [...expected].filter(([word, count]) => (found.get(word) ?? 0) < count);
    // A word longer than a line is read in parts.
    expect(lost.filter(([word]) => word.length < 60)).toEqual([]);
  });

  test("each mark stands on the page on which its note begins", () => {
    const { note, body, "heading-1": heading } = template.styles;
    const isOfSize =
      (...sizes: readonly number[]) =>
      ({ size }: DrawnLetter) =>
        sizes.some((base) => Math.abs(size - base * 0.58) < 0.01);
    const isNumberOf = isOfSize(note.size);
    const isMark = isOfSize(body.size, heading.size);
    let next = 1;
    for (const page of file.letters) {
      const notes = numbersOf(page, (letter) => isNumberOf(letter) && isAtLineStart(letter, page));
      const marks = numbersOf(page, isMark).filter((number) => notes.includes(number));
      expect(marks).toEqual(notes);
      expect(notes).toEqual(notes.map(() => next++));
    }
    const all = document.parts.flatMap(({ children }) => [...walk(children)]);
    expect(next - 1).toBe(all.filter(({ type }) => type === "note").length);
    expect(written.notes).toBe(next - 1);
  });

  test("no line overlaps another, and none stands in the margins", () => {
    const { margins, gutter, width } = template.page;
    for (const page of file.letters) {
      const sizes = new Map<number, number>();
      for (const { y, size } of page.filter(isFullSize)) {
        const baseLine = Math.round(y * 10) / 10;
        sizes.set(baseLine, Math.max(size, sizes.get(baseLine) ?? 0));
      }
      const lines = [...sizes]
        .map(([y, size]) => ({ y, size }))
        .sort((one, other) => one.y - other.y);
      for (const [index, { y, size }] of lines.entries()) {
        if (index) expect(y - lines[index - 1]!.y).toBeGreaterThan(size * 0.9);
      }
      const visible = page.filter(({ text }) => text.trim());
      expect(Math.min(...visible.map(({ x }) => x))).toBeGreaterThan(margins.left + gutter - 1);
      expect(Math.max(...visible.map(({ right }) => right))).toBeLessThan(
        width - margins.right + 2,
      );
    }
  });

  test("bookmarks are the sections, on the pages whose numbers the contents have", () => {
    const flatten = (outlines: readonly Outline[]): Outline[] =>
      outlines.flatMap((outline) => [outline, ...flatten(outline.kids)]);
    const sections = sectionsOf(document).filter(({ role }) => role !== "dedication");
    const bookmarks = flatten(file.objects.outlines);
    expect(bookmarks.map(({ title }) => title)).toEqual(sections.map(({ title }) => toText(title)));
    for (const [index, { title, destpageposfrom1 }] of bookmarks.entries()) {
      const page = file.pages[destpageposfrom1 - 1]!;
      expect(page).toContain(title.split(" ").slice(0, 3).join(" "));
      const lines = linesOf(page);
      const printed = template.pageNumbers.place === "header" ? lines[0] : lines.at(-1);
      expect([title, labels.get(sections[index]!.id)]).toEqual([title, printed]);
    }
  });

  test("every link leads to a place that is there", () => {
    const objects = Object.values(file.objects.qpdf[1]);
    const names = new Set<string>();
    const targets: string[] = [];
    for (const { value } of objects) {
      if (typeof value !== "object" || value === null) continue;
      const { "/Dests": tree, "/A": action } = value as Record<string, unknown>;
      if (tree) {
        const keys = (tree as { "/Names": unknown[] })["/Names"].filter((_, at) => at % 2 === 0);
        for (const key of keys) names.add(String(key));
      }
      const { "/S": kind, "/D": target } = (action ?? {}) as Record<string, unknown>;
      if (kind === "/GoTo") targets.push(String(target));
    }
    expect(targets.filter((target) => !names.has(target))).toEqual([]);
    expect(targets.length).toBeGreaterThan(2 * written.notes);
  });

  test("all fonts are in the file, and can be read", () => {
    const fonts = execFileSync("pdffonts", [file.path], { encoding: "utf8" }).split("\n").slice(2);
    for (const font of fonts.filter(Boolean)) expect(font).toMatch(/\byes yes yes\b/);
  });

  test("lines and pages end where they do in LibreOffice", async () => {
    const docx = await writeDocx(document, template, labels);
    const rendering = renderWithLibreOffice(docx.bytes);
    try {
      const ours = file.pages.map(linesOf);
      const theirs = rendering.pages.map(linesOf);
      expect(ours.length).toBe(theirs.length);
      // LibreOffice sometimes moves a whole note to the page behind its mark, which we must not.
      const other = ours.filter(([first], index) => !isSameLine(first, theirs[index]?.[0]));
      expect(other.length / ours.length, `pages that begin otherwise: ${other}`).toBeLessThan(0.11);
      const lines = new Set(theirs.flat().map(comparable));
      const alike = ours.flat().filter((line) => lines.has(comparable(line)));
      expect(alike.length / ours.flat().length).toBeGreaterThanOrEqual(0.97);
    } finally {
      rendering.remove();
    }
  });
});

function linesOf(page: string): string[] {
  return page
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Leaders differ, LibreOffice draws small capitals as capitals, and poppler's spaces vary. */
function comparable(line: string): string {
  return line.toUpperCase().replace(/[\s.\u2010\u2011-]+/g, "");
}

function isSameLine(one: string | undefined, other: string | undefined): boolean {
  return comparable(one ?? "").slice(0, 30) === comparable(other ?? "").slice(0, 30);
}

/** How often each word occurs; letters and digits that touch are words apart. */
function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text
    .normalize("NFKC")
    .replaceAll("\u00ad", "")
    .matchAll(/\p{L}+|\p{N}+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Every text of a document; a word whose letters look different is one text. */
function textsOf({ parts }: Document): string[] {
  const texts: string[] = [];
  for (const { children } of parts) {
    for (const node of walk(children)) {
      if (node.type === "section" && node.role !== "dedication") texts.push(readable(node.title));
      if (node.type === "paragraph") texts.push(readable(node.children));
      if (node.type === "codeBlock") texts.push(node.value);
      if (node.type === "entry") texts.push(readable([...(node.label ?? []), ...node.children]));
    }
  }
  return texts;
}

/** Words on either side of a mark or a change of look are read apart. */
function readable(nodes: readonly Inline[]): string {
  return nodes.map((node) => (node.type === "note" ? " " : toText([node]))).join(" ");
}

function sectionsOf({ parts }: Document): Section[] {
  return parts.flatMap(({ children }) =>
    [...walk(children)].filter((node) => node.type === "section"),
  );
}

function isFullSize({ text, size }: DrawnLetter): boolean {
  return Boolean(text.trim()) && size >= 9.5;
}

function isAtLineStart(letter: DrawnLetter, page: readonly DrawnLetter[]): boolean {
  const onLine = page.filter(
    ({ x, y, size }) =>
      x < letter.x - 0.1 && Math.abs(y - letter.y) < 8 && size >= letter.size * 0.9,
  );
  return onLine.every(({ text, size }) => /[\d ]/.test(text) && size < 8);
}

/** The numbers that letters of a kind form on a page, in order. */
function numbersOf(
  page: readonly DrawnLetter[],
  isOfKind: (letter: DrawnLetter) => boolean,
): number[] {
  const numbers: string[] = [];
  let last: DrawnLetter | undefined;
  for (const letter of page) {
    if (!/\d/.test(letter.text) || !isOfKind(letter)) {
      last = undefined;
      continue;
    }
    const continues = last && Math.abs(last.y - letter.y) < 0.1 && letter.x - last.right < 0.5;
    if (continues) numbers.push(numbers.pop()! + letter.text);
    else numbers.push(letter.text);
    last = letter;
  }
  return numbers.map(Number);
}
