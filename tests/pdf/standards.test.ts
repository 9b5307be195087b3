// What a PDF says that it is, and what keeps it from saying so.

import { describe, expect, test } from "vitest";
import type { Block, Figure, Table } from "../../src/document.js";
import type { Image } from "../../src/image.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import {
  findObstacles,
  keptStandards,
  pdfStandards,
  unmetStandards,
} from "../../src/write/pdf/standards.js";
import { bodyOf, paragraph } from "../docx/tree.js";
import { sampleTemplate } from "../sample-template.js";
import { unpack } from "./unpack.js";

const size = { width: 10, height: 10 };
const png: Image = { name: "map.png", format: "png", bytes: new Uint8Array(), ...size };
const inks: Image = {
  ...png,
  name: "map.jpg",
  format: "jpeg",
  jpeg: { ...size, components: 4, inverted: true },
};
const drawing: Image = { ...png, name: "map.svg", format: "svg", embedded: new Map([["a", inks]]) };
const span = { file: "a.md", start: 1, end: 9 };
const figure = (image: Image, alt?: string): Figure => ({
  type: "figure",
  images: [{ image, ...(alt !== undefined && { alt }) }],
  caption: [],
  span,
});
const row = { cells: [{ children: [paragraph("1")], columns: 1, rows: 1 }] };
const table = (header: Table["header"]): Table => ({
  type: "table",
  columns: [{ align: "left" }],
  header,
  rows: [row, row],
  caption: [],
  notes: [],
  span,
});

describe("is kept from", () => {
  const cases: readonly (readonly [what: string, block: Block, kept: readonly string[]])[] = [
    ["nothing by a described image", figure(png, "A map"), ["a-2a", "ua-1"]],
    ["nothing by decoration", figure(png, ""), ["a-2a", "ua-1"]],
    ["PDF/UA-1 by an image without description", figure(png), ["a-2a"]],
    ["PDF/A-2a by the colors of ink", figure(inks, "A map"), ["ua-1"]],
    ["PDF/A-2a by such an image in a drawing", figure(drawing, "A map"), ["ua-1"]],
    ["both by an image in ink without description", figure(inks), []],
    ["nothing by a table with a header", table([row]), ["a-2a", "ua-1"]],
    ["PDF/UA-1 by a table without", table([]), ["a-2a"]],
  ];

  test.each(cases)("%s", (_, block, kept) => {
    expect(keptStandards(findObstacles(bodyOf(block)), false)).toEqual(kept);
    expect(keptStandards(findObstacles(bodyOf(block)), true)).toEqual([]);
  });
});

describe("what was asked for and is not kept is reported", () => {
  test("with its place, and what to do", () => {
    const obstacles = findObstacles(bodyOf(figure(inks), table([])));
    expect(unmetStandards(["ua-1"], obstacles, false)).toEqual([
      {
        code: "pdf-standard-unmet",
        message:
          "the PDF does not say that it is PDF/UA-1, because the image map.jpg has no description",
        span,
        hints: ['write {alt="what it shows"} behind it, or {alt=""} if it is decoration'],
      },
      expect.objectContaining({ message: expect.stringMatching(/a table has no header cells$/) }),
    ]);
    expect(unmetStandards(["a-2a"], obstacles, false)).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/PDF\/A-2a, .* printing inks$/) }),
    ]);
  });

  test("of drafts", () => {
    expect(unmetStandards(pdfStandards, [], true)).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/PDF\/A-2a, because drafts/) }),
      expect.objectContaining({ message: expect.stringMatching(/PDF\/UA-1, because drafts/) }),
    ]);
    expect(unmetStandards(pdfStandards, [], false)).toEqual([]);
  });
});

test("the file says what it keeps, and what its colors are", async () => {
  const write = async (block: Block) =>
    unpack((await (await paginate(bodyOf(block), sampleTemplate)).write()).bytes);
  const both = await write(paragraph("Text."));
  expect(both).toMatch(/<pdfaid:part>2<.*<pdfaid:conformance>A<.*<pdfuaid:part>1</);
  expect(both).toMatch(/<pdfaSchema:prefix>pdfuaid</);
  expect(both).toMatch(/\/S \/GTS_PDFA1/);
  const archive = await write(table([]));
  expect(archive).toMatch(/<pdfaid:part>2</);
  expect(archive).not.toMatch(/pdfuaid/);
});
