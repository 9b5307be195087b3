// PNG and JPEG as image objects of a PDF (ISO 32000-1, 8.9). A PDF stores pixels
// as both do, so that most files are copied; only transparency, which a PDF keeps
// apart, and interlaced rows are taken apart and packed again.

import { deflateSync, inflateSync } from "node:zlib";
import type { Image } from "../../image.js";
import { type PngHeader, pngChunks, pngHeader, pngPasses } from "../../png.js";
import type { PDFDocument, Reference } from "./pdfmake.js";

/** Adds a JPEG to a file. */
export function embedJpeg({ bytes, jpeg }: Image, pdf: PDFDocument): Reference {
  if (!jpeg) throw new Error("a JPEG without its header");
  const { width, height, components, inverted } = jpeg;
  const spaces = { 1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK" } as const;
  return add(pdf, bytes, {
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    ColorSpace: spaces[components],
    Filter: "DCTDecode",
    ...(inverted && { Decode: [1, 0, 1, 0, 1, 0, 1, 0] }),
  });
}

/** Adds a PNG to a file. Its reader has made sure that it is whole. */
export function embedPng(bytes: Uint8Array, pdf: PDFDocument): Reference {
  const chunks = [...pngChunks(bytes)];
  const header = pngHeader(chunks[0]!)!;
  const dataOf = (type: string) => chunks.find((chunk) => chunk.type === type)?.data;
  const packed = Buffer.concat(
    chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data),
  );
  const { color, depth, interlaced } = header;
  const palette = dataOf("PLTE");
  const transparency = dataOf("tRNS");
  const hasAlpha = color === "gray-alpha" || color === "rgb-alpha";
  if (interlaced || hasAlpha || (transparency && color === "palette")) {
    return embedUnpacked(header, packed, palette, transparency, pdf);
  }
  return add(pdf, packed, {
    ...sizeOf(header),
    BitsPerComponent: depth,
    ColorSpace: colorSpace(header, palette),
    Filter: "FlateDecode",
    DecodeParms: predicted(header.samples, depth, header.width),
    ...(transparency && { Mask: colorKey(transparency) }),
  });
}

function add(pdf: PDFDocument, data: Uint8Array, dictionary: Record<string, unknown>): Reference {
  const object = pdf.ref({ Type: "XObject", Subtype: "Image", ...dictionary });
  object.end(data);
  return object;
}

const sizeOf = ({ width, height }: PngHeader) => ({ Width: width, Height: height });

/** Rows are filtered as in PNG (7.4.4.4). */
const predicted = (Colors: number, BitsPerComponent: number, Columns: number) => ({
  Predictor: 15,
  Colors,
  BitsPerComponent,
  Columns,
});

function colorSpace({ color }: PngHeader, palette: Uint8Array | undefined): unknown {
  if (color === "gray" || color === "gray-alpha") return "DeviceGray";
  if (color !== "palette" || !palette) return "DeviceRGB";
  return ["Indexed", "DeviceRGB", palette.length / 3 - 1, Buffer.from(palette)];
}

/** The one color that is not seen, as a range of each sample (8.9.6.4). */
function colorKey(transparency: Uint8Array): number[] {
  const samples: number[] = [];
  for (let at = 0; at + 1 < transparency.length; at += 2) {
    const sample = transparency[at]! * 256 + transparency[at + 1]!;
    samples.push(sample, sample);
  }
  return samples;
}

/** Adds an image whose pixels are taken apart into colors and transparency, of 8 bits each. */
function embedUnpacked(
  header: PngHeader,
  packed: Uint8Array,
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
  pdf: PDFDocument,
): Reference {
  const { width, height, color, depth, samples } = header;
  const pixels = unpack(header, inflateSync(packed));
  const hasAlpha = color === "gray-alpha" || color === "rgb-alpha";
  const colors = hasAlpha ? samples - 1 : samples;
  const shades = Buffer.alloc(width * height * colors);
  const alpha = Buffer.alloc(width * height, 255);
  const isIndexed = color === "palette";
  // Few bits are spread over the range that eight have; places in a palette are not.
  const spread = isIndexed || depth >= 8 ? 1 : 255 / (2 ** depth - 1);
  for (let pixel = 0, from = 0, to = 0; pixel < width * height; pixel++, from += samples) {
    for (let sample = 0; sample < colors; sample++) shades[to++] = pixels[from + sample]! * spread;
    if (hasAlpha) alpha[pixel] = pixels[from + colors]!;
    else if (isIndexed) alpha[pixel] = transparency?.[pixels[from]!] ?? 255;
  }
  const soft = alpha.some((value) => value !== 255)
    ? add(pdf, deflateRows(alpha, width), {
        ...sizeOf(header),
        BitsPerComponent: 8,
        ColorSpace: "DeviceGray",
        Filter: "FlateDecode",
        DecodeParms: predicted(1, 8, width),
      })
    : undefined;
  const key = !hasAlpha && !isIndexed && transparency ? colorKey(transparency) : undefined;
  return add(pdf, deflateRows(shades, width * colors), {
    ...sizeOf(header),
    BitsPerComponent: 8,
    ColorSpace: colorSpace(header, palette),
    Filter: "FlateDecode",
    DecodeParms: predicted(colors, 8, width),
    ...(soft && { SMask: soft }),
    ...(key && {
      Mask: key.map((value) => Math.round(depth === 16 ? value >> 8 : value * spread)),
    }),
  });
}

/** Packs rows, each as its difference from the one above, which most are like. */
function deflateRows(pixels: Buffer, rowBytes: number): Uint8Array {
  const rows = pixels.length / rowBytes;
  const filtered = Buffer.alloc(pixels.length + rows);
  for (let row = 0; row < rows; row++) {
    const from = row * rowBytes;
    const to = from + row;
    filtered[to] = 2;
    for (let at = 0; at < rowBytes; at++) {
      const above = row ? pixels[from - rowBytes + at]! : 0;
      filtered[to + 1 + at] = pixels[from + at]! - above;
    }
  }
  return deflateSync(filtered);
}

/** Returns the samples of all pixels in a byte each, of those of 16 bits the higher half. */
function unpack(header: PngHeader, data: Buffer): Uint8Array {
  const { width, height, depth, samples } = header;
  const pixels = new Uint8Array(width * height * samples);
  const pixelBytes = Math.max(1, (depth * samples) / 8);
  let at = 0;
  for (const { x, y, stepX, stepY, columns, rows, rowBytes } of pngPasses(header)) {
    let above: Uint8Array = new Uint8Array(rowBytes);
    for (let row = 0; row < rows; row++) {
      const own = data.subarray(at + 1, at + 1 + rowBytes);
      unfilter(data[at]!, own, above, pixelBytes);
      const start = (y + row * stepY) * width;
      for (let column = 0, sample = 0; column < columns; column++) {
        const to = (start + x + column * stepX) * samples;
        for (let each = 0; each < samples; each++)
          pixels[to + each] = sampleAt(own, sample++, depth);
      }
      above = own;
      at += rowBytes + 1;
    }
  }
  return pixels;
}

function sampleAt(row: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return row[index]!;
  if (depth === 16) return row[2 * index]!;
  const bit = index * depth;
  return (row[bit >> 3]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

/** Undoes the filter of a row in place (ISO/IEC 15948, clause 9). */
function unfilter(filter: number, row: Buffer, above: Uint8Array, pixelBytes: number): void {
  const { length } = row;
  switch (filter) {
    case 1:
      for (let at = pixelBytes; at < length; at++) row[at] = row[at]! + row[at - pixelBytes]!;
      break;
    case 2:
      for (let at = 0; at < length; at++) row[at] = row[at]! + above[at]!;
      break;
    case 3:
      for (let at = 0; at < length; at++) {
        const left = at < pixelBytes ? 0 : row[at - pixelBytes]!;
        row[at] = row[at]! + ((left + above[at]!) >> 1);
      }
      break;
    case 4:
      for (let at = 0; at < length; at++) {
        const isFirst = at < pixelBytes;
        const left = isFirst ? 0 : row[at - pixelBytes]!;
        const corner = isFirst ? 0 : above[at - pixelBytes]!;
        row[at] = row[at]! + paeth(left, above[at]!, corner);
      }
  }
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [
    Math.abs(guess - left),
    Math.abs(guess - above),
    Math.abs(guess - corner),
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
