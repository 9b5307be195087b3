// Which tables stay on one page, and where they stand, in both files.

import { join } from "node:path";
import { expect, test } from "vitest";
import type { Block, Document, Table } from "../../src/document.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { FlowBuilder, impositionOf } from "../../src/write/pdf/builder.js";
import { define } from "../../src/write/pdf/definition.js";
import { TextLine } from "../../src/write/pdf/paragraph.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { bodyOf, note, paragraph, section } from "../docx/tree.js";
import { named, parseXml, readParts, textOf } from "../docx/xml-tree.js";
import { sampleTemplate } from "../sample-template.js";
import { cell, row, table } from "./small-tables.js";

const expected = (name: string) => join(import.meta.dirname, "expected", name);

const lines = (name: string, count: number): Block[] =>
  Array.from({ length: count }, (_, at) => paragraph(`${name} ${at + 1}`));

const rows = (count: number) => Array.from({ length: count }, (_, at) => row(`Row ${at + 1}`, "x"));

const head = [row("Heading", "Meaning")];
const caption = [{ type: "text" as const, value: "The caption" }];
const notes = [paragraph("First note of the table."), paragraph("Second note of the table.")];

const withNote = row(cell(["Row 9", note(1, "A footnote.")]), "x");

const cases: readonly (readonly [name: string, table: Table])[] = [
  ["with a caption", table(2, head, rows(8), { caption, notes })],
  ["without a caption", table(2, head, rows(8))],
  ["with a footnote", table(2, head, [...rows(8), withNote], { caption })],
  ["higher than half a page", table(2, head, rows(30), { caption, notes })],
];

const documentOf = (own: Table): Document =>
  bodyOf(section("sec-1", "One", [...lines("Above", 20), own, ...lines("Below", 20)]));

/** The text of each page; lines that only count are drawn together. */
function pagesOf(document: Document, template = sampleTemplate): string {
  const pdf = new FlowDocument(document);
  const typesetter = new Typesetter((font, bold, italic) => pdf.face(font, bold, italic));
  const { page } = template;
  const builder = new FlowBuilder(
    page,
    page.margins,
    typesetter,
    new Map(),
    impositionOf(template),
  );
  const pages = builder.layOut(define(document, template));
  const printed = pages.map(({ items }) => {
    const texts = items.flatMap(({ item }) =>
      item instanceof TextLine && item.pieces.length
        ? item.pieces.map(({ source }) => source).join("")
        : [],
    );
    const grouped: { name: string; from: string; to: string }[] = [];
    for (const text of texts.filter((one) => one.trim() !== "x")) {
      const [, name = text, number = ""] = /^(Above|Below|Row) (\d+)$/.exec(text.trim()) ?? [];
      const last = grouped.at(-1);
      if (number && last?.name === name && Number(last.to) === Number(number) - 1) last.to = number;
      else grouped.push({ name, from: number, to: number });
    }
    return grouped.map(({ name, from, to }) =>
      from === to ? `${name} ${from}`.trim() : `${name} ${from}–${to}`,
    );
  });
  return printed.map((texts, at) => `  page ${at + 1}: ${texts.join(" | ")}\n`).join("");
}

test("short tables float or begin the next page, and longer ones are divided", async () => {
  const printed = cases.map(([name, own]) => {
    const document = documentOf(own);
    const still = { ...sampleTemplate, figurePlacement: "in-place" as const };
    return `A table ${name}, floating:\n${pagesOf(document)}in place:\n${pagesOf(document, still)}\n`;
  });
  await expect(printed.join("")).toMatchFileSnapshot(expected("whole.txt"));
});

test("Word keeps the rows of a short table with one another and with its notes", async () => {
  const printed: string[] = [];
  for (const [name, own] of cases) {
    const { inPlace } = await paginate(documentOf(own), sampleTemplate);
    const { document, labels, tables } = inPlace;
    const { bytes } = await writeDocx(document, sampleTemplate, labels, undefined, tables);
    const body = parseXml(readParts(bytes).get("word/document.xml") as string);
    const paragraphs = named(body, "w:p").filter(
      (one) => !/^(?:Above|Below|x|One)/.test(textOf(one)),
    );
    const kept = paragraphs.map((one) => {
      const keeps = ["w:keepNext", "w:keepLines"].filter((property) => named(one, property).length);
      return `  ${textOf(one)}${keeps.length ? ` [${keeps.join(", ")}]` : ""}\n`;
    });
    const whole = named(body, "w:cantSplit").length === named(body, "w:tr").length;
    printed.push(`A table ${name}${whole ? "" : ", with rows that are divided"}:\n`, ...kept);
  }
  await expect(printed.join("")).toMatchFileSnapshot(expected("whole-docx.txt"));
});
