// A university's heads and feet on the pages of the PDF: what stands where, what of
// them cannot be shown, and what they take of the pages.

import { describe, expect, test } from "vitest";
import { templateOfPages } from "../../src/commands/reference.js";
import type { Template } from "../../src/template.js";
import { FlowBuilder, impositionOf } from "../../src/write/pdf/builder.js";
import type { FlowPage } from "../../src/write/pdf/context.js";
import { define } from "../../src/write/pdf/definition.js";
import { countPages } from "../../src/write/pdf/page-numbers.js";
import { TextLine } from "../../src/write/pdf/paragraph.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { printHeadsAndFeet } from "../../src/write/pdf/running-heads.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { type DressedWork, dressed } from "./dressed.js";
import { ornateDocument } from "./ornate-document.js";
import {
  americanDocument,
  edit,
  germanDocument,
  placeholderDocument,
  rezip,
} from "./university-documents.js";

/** Returns what stands in the heads and feet of each page, with its place. */
function toldHeads({ document, project }: DressedWork): string {
  const template: Template = templateOfPages(document, project);
  const pdf = new FlowDocument(document);
  const typesetter = new Typesetter((family, bold, italic) => pdf.face(family, bold, italic));
  const { page } = template;
  const margins = { ...page.margins, left: page.margins.left + page.gutter };
  const builder = new FlowBuilder(page, margins, typesetter, new Map(), impositionOf(template));
  const pages = builder.layOut(define(document, template));
  const numbers = countPages(pages, document, template);
  const before = new Map(pages.map((one) => [one, one.items.length]));
  printHeadsAndFeet(pages, document, numbers, template, typesetter);
  return pages
    .map((one, index) => {
      const items = one.items.slice(before.get(one)).map(toldItem);
      return `page ${index + 1} (${numbers.labels[index]}), text from ${round(one.pageMargins.top)} to ${round(one.pageSize.height - one.pageMargins.bottom)}\n${items.join("")}`;
    })
    .join("");
}

const round = (value: number) => Math.round(value * 10) / 10;

function toldItem({ type, item }: FlowPage["items"][number]): string {
  if (item instanceof TextLine) {
    const { structure } = item.paragraph;
    const kind = "kind" in structure ? structure.kind : "text";
    const words = item.pieces
      .map(({ text, box }) => (box ? `[${box.width} × ${box.ascent}]` : text))
      .join("");
    const first = item.pieces[0]!;
    const { bold, italic } = (item.pieces.find(({ box }) => !box) ?? first).look.style;
    const look = `${bold ? ", bold" : ""}${italic ? ", italic" : ""}`;
    const baseLine = round(item.y + item.ascent);
    return `  ${kind} from ${round(item.x + first.x)} to ${round(item.x + item.getWidth())} at ${baseLine}${look}: ${words}\n`;
  }
  const { x1, x2, y1, lineWidth } = item as Readonly<Record<string, number>>;
  return `  ${type} from ${x1} to ${x2} at ${round(y1!)}, ${lineWidth} wide\n`;
}

describe.each([
  { name: "german", make: germanDocument },
  { name: "american", make: americanDocument },
  { name: "placeholders", make: placeholderDocument },
  { name: "ornate", make: ornateDocument },
])("the heads of the $name document", ({ name, make }) => {
  test("stand on the pages of the PDF", async () => {
    const work = await dressed(await make());
    const undrawn = work.diagnostics
      .filter(({ message }) => message.includes("that the Word file shows"))
      .map(({ code, message }) => `${code}: ${message}\n`);
    await expect(toldHeads(work) + undrawn.join("")).toMatchFileSnapshot(`cases/${name}-heads.txt`);
    const { images, text } = await work.pdf.write();
    // They are no part of the text, and are not counted in it.
    expect(images).toBe(0);
    expect(text.join("\n")).not.toMatch(/University|Universität|Thesis of/);
  });
});

const ornate = (path: RegExp, change: (xml: string) => string) => async () =>
  rezip(await ornateDocument(), (parts) => {
    for (const name of parts.keys()) if (path.test(name)) edit(parts, name, change);
  });

test("a head that is higher than the margin moves the text, and one that may not does not", async () => {
  const high = (xml: string) =>
    xml
      .replaceAll('cy="762000"', 'cy="381000"')
      .replace("<w:tbl>", `${"<w:p><w:r><w:t>High</w:t></w:r></w:p>".repeat(6)}<w:tbl>`);
  const topOf = async (make: () => Promise<Uint8Array>) => {
    const { document, project } = await dressed(await make());
    return templateOfPages(document, project).page.margins.top;
  };
  expect(await topOf(ornate(/header\d\.xml$/, high))).toBeGreaterThan(36 + 6 * 13.8 + 30);
  const fixed = async () =>
    rezip(await ornate(/header\d\.xml$/, high)(), (parts) =>
      edit(parts, "word/document.xml", (xml) => xml.replaceAll('w:top="1440"', 'w:top="-1440"')),
    );
  expect(await topOf(fixed)).toBe(72);
});

test.each([
  ["cropped", /<a:stretch>/g, '<a:srcRect l="1000"/><a:stretch>', /crest\.png", which is cropped/],
  ["turned", /<a:xfrm>/g, '<a:xfrm rot="5400000">', /crest\.png", which is cropped or turned/],
  ["not there", /r:embed="rId1"/g, 'r:embed="rId7"', /a picture that is missing/],
])("a picture that is %s is told", async (_, from, to, said) => {
  const { diagnostics } = await dressed(
    await ornate(/header\d\.xml$/, (xml) => xml.replace(from, to))(),
  );
  const messages = diagnostics
    .filter(({ code }) => code === "reference-unfollowed")
    .map(({ message }) => message);
  expect(messages.some((message) => said.test(message))).toBe(true);
});

test("a head that no university has is told, and not drawn", async () => {
  const words = "<w:p><w:r><w:t>High</w:t></w:r></w:p>".repeat(1_000);
  const work = await dressed(
    await ornate(/header\d\.xml$/, (xml) => xml.replace("<w:tbl>", `${words}<w:tbl>`))(),
  );
  expect(work.diagnostics.map(({ message }) => message)).toContain(
    '"theirs.docx" has something in "word/header1.xml" that the Word file shows and the PDF does not: all of it, for it has more than 3000 elements',
  );
  expect(toldHeads(work)).not.toContain("High");
});

test("a damaged picture is told, and nothing is drawn for it", async () => {
  const bytes = rezip(await ornateDocument(), (parts) => {
    parts.set("word/media/crest.png", parts.get("word/media/crest.png")!.subarray(0, 60));
  });
  const work = await dressed(bytes);
  expect(work.diagnostics.map(({ message }) => message)).toContain(
    '"theirs.docx" has something in "word/header1.xml" that the Word file shows and the PDF does not: the picture "word/media/crest.png", which is cut off',
  );
  expect(toldHeads(work)).not.toContain("×");
});
