// A PNG's size, and whether all of it is there (ISO/IEC 15948). Writers copy its
// data into their files, where a fault would show up on somebody else's screen.

import { crc32, inflateSync } from "node:zlib";
import { type PngChunk, type PngHeader, pngChunks, pngHeader, pngPasses } from "../png.js";
import { checkPixels, ImageError, saveAgain } from "./image-error.js";

/** A PNG's size, and the file without what it says of its making: texts, Exif data, a time. */
export interface PngSize extends PixelSize {
  readonly bytes: Uint8Array;
}

/** Pixels as they are stored, with how many there are to the inch where that is known. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
  readonly density?: { readonly x: number; readonly y: number };
}

/** The most bytes of pixels. */
const MOST_BYTES = 400_000_000;

/** Returns the size of a PNG. Throws an `ImageError` if it is damaged, cut off or too large. */
export function readPng(bytes: Uint8Array): PngSize {
  const chunks: PngChunk[] = [];
  for (const chunk of pngChunks(bytes)) {
    chunks.push(chunk);
    if (chunks.length > 1) continue;
    // Before anything is unpacked or even looked at.
    const header = headerOf(chunk);
    checkPixels(header.width, header.height);
  }
  const first = chunks[0];
  if (!first || chunks.at(-1)!.type !== "IEND") throw new ImageError("is cut off", saveAgain);
  for (const { type, checked, checksum } of chunks) {
    if (crc32(checked) !== checksum) {
      throw new ImageError(
        `is damaged: the checksum of its part ${shown(type)} is wrong`,
        saveAgain,
      );
    }
  }
  const header = headerOf(first);
  if (header.color === "palette" && !chunks.some(({ type }) => type === "PLTE")) {
    throw new ImageError("is damaged: it has no palette", saveAgain);
  }
  checkPicture(header, chunks);
  const density = densityOf(chunks.find(({ type }) => type === "pHYs")?.data);
  const { width, height } = header;
  return { width, height, bytes: withoutComments(bytes, chunks), ...(density && { density }) };
}

const comments: ReadonlySet<string> = new Set(["tEXt", "zTXt", "iTXt", "eXIf", "tIME"]);

function withoutComments(bytes: Uint8Array, chunks: readonly PngChunk[]): Uint8Array {
  if (!chunks.some(({ type }) => comments.has(type))) return bytes;
  const kept = [bytes.subarray(0, 8)];
  let at = 8;
  for (const { type, data } of chunks) {
    const end = at + data.length + 12;
    if (!comments.has(type)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

function headerOf(chunk: PngChunk): PngHeader {
  const header = pngHeader(chunk);
  if (!header) throw new ImageError("is damaged: its header is none of a PNG", saveAgain);
  return header;
}

/** Unpacks the pixels, which are as many as the header says if the file is sound. */
function checkPicture(header: PngHeader, chunks: readonly PngChunk[]): void {
  let expected = 0;
  for (const { rows, rowBytes } of pngPasses(header)) expected += rows * (rowBytes + 1);
  if (expected > MOST_BYTES) {
    throw new ImageError(`is too large: it unpacks to ${Math.round(expected / 1_000_000)} MB`, [
      "save it with fewer pixels, or with 8 bits a channel",
    ]);
  }
  let length: number;
  try {
    const data = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
    length = inflateSync(Buffer.concat(data), { maxOutputLength: expected + 1 }).length;
  } catch {
    length = -1;
  }
  if (length !== expected) {
    throw new ImageError("is damaged: its pixels cannot be unpacked", saveAgain);
  }
}

/** The resolution of a `pHYs` chunk, which counts by the metre. */
function densityOf(data: Uint8Array | undefined): PixelSize["density"] {
  if (data?.length !== 9 || data[8] !== 1) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return { x: view.getUint32(0) * 0.0254, y: view.getUint32(4) * 0.0254 };
}

const shown = (type: string): string => (/^[A-Za-z]{4}$/.test(type) ? type : "?");
