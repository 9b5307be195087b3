// What the layout relies on inside pdfmake and pdfkit. After an update of
// either, these say what has changed before a page goes wrong.

import { expect, test } from "vitest";
import {
  DocumentContext,
  LayoutBuilder,
  Line,
  PageElementWriter,
  PDFDocument,
  Renderer,
} from "../../src/write/pdf/internals.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { bodyOf, paragraph } from "../docx/tree.js";

const methods: readonly (readonly [Class: { name: string; prototype: object }, names: string])[] = [
  [DocumentContext, "addPage addMargin moveDown moveToNextPage getCurrentPage initializePage"],
  [LayoutBuilder, "processNode processSection processVerticalContainer"],
  [Line, "getHeight getWidth getAscenderHeight clone"],
  [PageElementWriter, "context addLine addPage moveToNextPage"],
  [
    PDFDocument,
    "font addPage addContent save restore addNamedDestination appendXML _addInfo endMetadata on end ref getStructTreeRoot _refEnd _write _finalize destroy push",
  ],
  [Renderer, "renderPages renderVector"],
];

test.each(methods)("%o has the methods that are called or overridden", (Class, names) => {
  expect(names.split(" ").filter((name) => !(name in Class.prototype))).toEqual([]);
});

test("the context keeps its height in a field that a subclass can derive", () => {
  const context = new DocumentContext();
  context.addPage({ width: 100, height: 100 }, { left: 10, top: 20, right: 10, bottom: 20 });
  expect(Object.hasOwn(context, "availableHeight")).toBe(true);
  expect(context).toMatchObject({ page: 0, x: 10, y: 20, availableWidth: 80, availableHeight: 60 });
});

test("a page is made where the last one ends, with its margins", () => {
  const writer = new PageElementWriter(new DocumentContext());
  writer.addPage({ width: 100, height: 100 }, null, { left: 10, top: 20, right: 10, bottom: 20 });
  const context = writer.context();
  context.addMargin(5, 5);
  context.moveDown(30);
  writer.moveToNextPage();
  expect(context.pages).toHaveLength(2);
  expect(context).toMatchObject({ page: 1, x: 15, y: 20, availableWidth: 70 });
});

test("a font of pdfkit has what is drawn and measured with", () => {
  const { embedded } = new FlowDocument(bodyOf(paragraph("A"))).face("times", false, false);
  const { font, subset, widths, unicode } = embedded;
  expect(font.unitsPerEm).toBe(2048);
  expect(font.glyphForCodePoint(65)).toMatchObject({ advanceWidth: 1479, codePoints: [65] });
  expect(font.layout("AV").positions[0]).toEqual(
    expect.objectContaining({ xAdvance: 1479 - 264, xOffset: 0, yOffset: 0 }),
  );
  expect(subset.includeGlyph(5)).toBe(1);
  expect([widths, unicode].every(Array.isArray)).toBe(true);
  expect(embedded.scale).toBe(1000 / 2048);
  expect(embedded.ref()).toHaveProperty("data");
});

test("what is tagged and packed with is there", () => {
  const document = new FlowDocument(bodyOf(paragraph("A")));
  document.addPage({ size: [100, 100], margin: 0 });
  expect(document.page.dictionary).toMatchObject({
    id: expect.any(Number),
    data: { Type: "Page" },
  });
  expect(document.page.annotations).toEqual([]);
  expect(document._root.data).toMatchObject({ MarkInfo: { data: { Marked: true } } });
  expect(document.getStructTreeRoot().data).toMatchObject({ Type: "StructTreeRoot" });
  const reference = document.ref({});
  expect(`${reference}`).toBe(`${document._offsets.length} 0 R`);
  expect(reference.buffer).toHaveLength(0);
});

test("names of places are in a tree whose order can be set", () => {
  const document = new FlowDocument(bodyOf(paragraph("A")));
  const names = document._root.data.Names as { data: { Dests: { _items: object } } };
  document.addPage({ size: [100, 100], margin: 0 });
  document.addNamedDestination("__proto__", "XYZ", null, 10, null);
  expect(Object.keys(names.data.Dests._items)).toEqual(["__proto__"]);
});
