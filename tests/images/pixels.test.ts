// The pixels of PNGs and JPEGs in a PDF: those of every kind of PNG are seen as
// in the file, whether it is copied or taken apart.

import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Image } from "../../src/image.js";
import { imageBox } from "../../src/write/pdf/image-box.js";
import type { PDFDocument } from "../../src/write/pdf/pdfmake.js";
import { embedJpeg, embedPng } from "../../src/write/pdf/pixels.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { bodyOf } from "../docx/tree.js";
import { jpeg, png } from "./made-images.js";

interface Embedded {
  readonly data: Record<string, unknown>;
  readonly bytes: Uint8Array;
}

/** Embeds an image into a file that only remembers its objects. */
function embedded(embed: (pdf: PDFDocument) => unknown): Embedded {
  const pdf = {
    ref: (data: Record<string, unknown>) => ({
      data,
      bytes: new Uint8Array() as Uint8Array,
      end(bytes: Uint8Array) {
        this.bytes = bytes;
      },
    }),
  };
  return embed(pdf as unknown as PDFDocument) as Embedded;
}

const pngIn = (bytes: Uint8Array) => embedded((pdf) => embedPng(bytes, pdf));

/** Returns the rows of an image, the filters of PNG undone as far as they are used here. */
function rowsOf({ data, bytes }: Embedded): number[][] {
  const { Colors, Columns, BitsPerComponent } = data.DecodeParms as Record<string, number>;
  const length = Math.ceil((Colors! * Columns! * BitsPerComponent!) / 8);
  const raw = inflateSync(bytes);
  const rows: number[][] = [];
  for (let at = 0; at < raw.length; at += length + 1) {
    const above = rows.at(-1);
    const filter = raw[at];
    expect([0, 2]).toContain(filter);
    rows.push(
      [...raw.subarray(at + 1, at + 1 + length)].map((value, index) =>
        filter === 2 ? (value + (above?.[index] ?? 0)) & 255 : value,
      ),
    );
  }
  return rows;
}

test("a plain PNG is copied", () => {
  const plain = pngIn(png());
  expect(plain.data).toMatchObject({
    Width: 4,
    Height: 3,
    ColorSpace: "DeviceRGB",
    Filter: "FlateDecode",
  });
  expect(plain.data).not.toHaveProperty("SMask");
  expect(rowsOf(plain)[0]).toHaveLength(12);
  expect(
    pngIn(png({ color: 0, depth: 1, pixels: Buffer.from([0, 160, 0, 80, 0, 160]) })).data,
  ).toMatchObject({
    ColorSpace: "DeviceGray",
    BitsPerComponent: 1,
  });
});

test("transparency is kept apart", () => {
  const pixels = Buffer.from([0, 10, 20, 30, 255, 40, 50, 60, 128]);
  const image = pngIn(png({ width: 2, height: 1, color: 6, pixels }));
  expect(rowsOf(image)).toEqual([[10, 20, 30, 40, 50, 60]]);
  expect(rowsOf(image.data.SMask as Embedded)).toEqual([[255, 128]]);
  const opaque = Buffer.from([0, 10, 255, 40, 255]);
  expect(pngIn(png({ width: 2, height: 1, color: 4, pixels: opaque })).data).not.toHaveProperty(
    "SMask",
  );
});

test("16 bits beside transparency become 8", () => {
  const pixels = Buffer.from([0, 10, 99, 200, 99]);
  const image = pngIn(png({ width: 1, height: 1, color: 4, depth: 16, pixels }));
  expect(rowsOf(image)).toEqual([[10]]);
  expect(rowsOf(image.data.SMask as Embedded)).toEqual([[200]]);
});

test("a palette keeps its colors, and their transparency", () => {
  const palette = Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255]);
  const pixels = Buffer.from([0, 0b00011000, 0, 0b10010000]);
  const request = { width: 3, height: 2, color: 3, depth: 2, pixels } as const;
  const plain = pngIn(png({ ...request, chunks: [["PLTE", palette]] }));
  expect(plain.data.ColorSpace).toEqual(["Indexed", "DeviceRGB", 2, palette]);
  const image = pngIn(
    png({
      ...request,
      chunks: [
        ["PLTE", palette],
        ["tRNS", Buffer.from([0, 128])],
      ],
    }),
  );
  expect(rowsOf(image)).toEqual([
    [0, 1, 2],
    [2, 1, 0],
  ]);
  expect(rowsOf(image.data.SMask as Embedded)).toEqual([
    [0, 128, 255],
    [255, 128, 0],
  ]);
});

test("the one color that is not seen is named", () => {
  const key = Buffer.from([0, 7, 0, 8, 0, 9]);
  expect(pngIn(png({ chunks: [["tRNS", key]] })).data.Mask).toEqual([7, 7, 8, 8, 9, 9]);
});

/** Stores pixels of a byte each as an interlaced PNG does (ISO/IEC 15948, 8.2), with every filter. */
function interlaced(pixels: readonly (readonly number[])[]): Buffer {
  const starts = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ];
  const rows: number[] = [];
  for (const [x, y, stepX, stepY] of starts as [number, number, number, number][]) {
    let above: number[] = [];
    for (let row = y; row < pixels.length; row += stepY) {
      const own = pixels[row]!.filter((_, column) => column >= x && (column - x) % stepX === 0);
      if (!own.length) continue;
      const filter = (row / 1) % 5;
      rows.push(filter, ...own.map((value, at) => (value - guess(filter, own, above, at)) & 255));
      above = own;
    }
  }
  return Buffer.from(rows);
}

function guess(
  filter: number,
  row: readonly number[],
  above: readonly number[],
  at: number,
): number {
  const [a, b, c] = [row[at - 1] ?? 0, above[at] ?? 0, (at && above[at - 1]) || 0];
  const paeth = () => {
    const near = [a, b, c].map((value) => Math.abs(a + b - c - value));
    return [a, b, c][near.indexOf(Math.min(...near))]!;
  };
  return [0, a, b, (a + b) >> 1, paeth()][filter]!;
}

test("interlaced and filtered rows are put in order", () => {
  const pixels = Array.from({ length: 11 }, (_, row) =>
    Array.from({ length: 13 }, (_, column) => (row * 37 + column * 11 + row * column) & 255),
  );
  const file = png({
    width: 13,
    height: 11,
    color: 0,
    interlaced: true,
    pixels: interlaced(pixels),
  });
  expect(rowsOf(pngIn(file))).toEqual(pixels);
});

test("a JPEG is copied, with its inks as they are stored", () => {
  const bytes = jpeg();
  const image = (components: 1 | 3 | 4, inverted = false): Image => ({
    name: "a.jpg",
    format: "jpeg",
    bytes,
    width: 12,
    height: 6,
    jpeg: { width: 16, height: 8, components, inverted },
  });
  const embed = (one: Image) => embedded((pdf) => embedJpeg(one, pdf));
  expect(embed(image(1))).toMatchObject({
    bytes,
    data: { Width: 16, Filter: "DCTDecode", ColorSpace: "DeviceGray" },
  });
  expect(embed(image(3)).data.ColorSpace).toBe("DeviceRGB");
  expect(embed(image(4)).data).not.toHaveProperty("Decode");
  expect(embed(image(4, true)).data.Decode).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
});

test.each([
  // Where the stored corner at the lower left stands, and where its right and upper neighbours do.
  [undefined, "100 0 0 -50 10 70 cm"],
  [{ mirrored: true, degrees: 0 }, "-100 0 0 -50 110 70 cm"],
  [{ mirrored: false, degrees: 180 }, "-100 0 0 50 110 20 cm"],
  [{ mirrored: false, degrees: 90 }, "0 50 100 0 10 20 cm"],
  [{ mirrored: false, degrees: 270 }, "0 -50 -100 0 110 70 cm"],
] as const)("a photograph with the orientation %o is turned", (orientation, operators) => {
  const pdf = new FlowDocument(bodyOf());
  pdf.addPage({ size: [200, 200], margin: 0 });
  const drawn: string[] = [];
  pdf.addContent = (text: string) => {
    drawn.push(text);
    return pdf;
  };
  const image: Image = {
    name: "a.jpg",
    format: "jpeg",
    bytes: jpeg(),
    width: 100,
    height: 50,
    jpeg: { width: 16, height: 8, components: 1, inverted: false },
    ...(orientation && { orientation }),
  };
  imageBox(image, 100, 50).draw(pdf, 10, 70);
  expect(drawn).toEqual([`${operators} /Image1 Do`]);
});
