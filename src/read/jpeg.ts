// A JPEG's size, and whether all of it is there (ISO/IEC 10918-1). Its Exif data
// say how a photograph is turned (Exif 2.32, 4.6.4).

import type { JpegHeader, Orientation } from "../image.js";
import { checkPixels, ImageError, saveAgain } from "./image-error.js";
import type { PixelSize } from "./png.js";

/** The pixels of a JPEG as they are stored, with how they are turned to be seen. */
export interface JpegSize extends PixelSize {
  readonly orientation?: Orientation;
  readonly header: JpegHeader;
  /** The file without its Exif and XMP data, which may name the author and the place. */
  readonly bytes: Uint8Array;
}

/** Whether bytes begin as a JPEG does. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Returns the size of a JPEG. Throws an `ImageError` if it is cut off, too large or of a rare kind. */
export function readJpeg(bytes: Uint8Array): JpegSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: Omit<JpegHeader, "inverted"> | undefined;
  let isAdobe = false;
  let jfif: PixelSize["density"];
  let exif: Exif = {};
  let hasScan = false;
  const kept: Uint8Array[] = [];
  let from = 0;
  let at = 2;
  for (;;) {
    const start = at;
    const marker = markerAt(bytes, at);
    if (marker === undefined) throw new ImageError("is cut off", saveAgain);
    at = marker.end;
    if (marker.code === 0xd9) break;
    // Restarts and the like have no data.
    if (marker.code === 0x01 || (marker.code >= 0xd0 && marker.code <= 0xd8)) continue;
    if (at + 2 > bytes.length) throw new ImageError("is cut off", saveAgain);
    const length = view.getUint16(at);
    const data = bytes.subarray(at + 2, at + length);
    if (length < 2 || at + length > bytes.length) throw new ImageError("is cut off", saveAgain);
    at += length;
    if (isFrame(marker.code)) {
      frame ??= readFrame(marker.code, data);
    } else if (marker.code === 0xe0) jfif ??= jfifDensity(data);
    else if (marker.code === 0xee) isAdobe ||= latin(data, 5) === "Adobe";
    else if (marker.code === 0xe1) {
      exif = { ...readExif(data), ...exif };
      kept.push(bytes.subarray(from, start));
      from = at;
    } else if (marker.code === 0xda) {
      hasScan = true;
      at = endOfScan(bytes, at);
    }
  }
  if (!frame || !hasScan) throw new ImageError("is damaged: it holds no picture", saveAgain);
  const density = jfif ?? exif.density;
  const { orientation } = exif;
  const header = { ...frame, inverted: isAdobe && frame.components === 4 };
  const bare = from ? Buffer.concat([...kept, bytes.subarray(from)]) : bytes;
  return {
    ...frame,
    header,
    bytes: bare,
    ...(density && { density }),
    ...(orientation && { orientation }),
  };
}

/** Returns the marker at a place, before which filling bytes may stand. */
function markerAt(
  bytes: Uint8Array,
  at: number,
): { readonly code: number; readonly end: number } | undefined {
  if (bytes[at] !== 0xff) {
    if (at >= bytes.length) return undefined;
    throw new ImageError("is damaged", saveAgain);
  }
  let end = at + 1;
  while (bytes[end] === 0xff) end++;
  const code = bytes[end];
  return code === undefined ? undefined : { code, end: end + 1 };
}

/** Returns where the next marker stands behind compressed data, or the end of the file. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    const next = bytes[at + 1];
    // 0 stands for a byte of the data, D0 to D7 restart the coder.
    if (next !== 0 && next !== 0xff && !(next !== undefined && next >= 0xd0 && next <= 0xd7)) {
      return at;
    }
    at += next === 0xff ? 1 : 2;
  }
}

/** C0 to CF but for the tables C4, C8 and CC (table B.1). */
const isFrame = (code: number): boolean =>
  code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;

function readFrame(code: number, data: Uint8Array): Omit<JpegHeader, "inverted"> {
  if (data.length < 6) throw new ImageError("is damaged: its header is too short", saveAgain);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint16(3), view.getUint16(1)];
  checkPixels(width, height);
  const components = data[5];
  const isUsual = components === 1 || components === 3 || components === 4;
  if (code > 0xc2 || data[0] !== 8 || !isUsual) {
    throw new ImageError("is a JPEG of a kind that few programs can show", [
      "save it as a usual JPEG with 8 bits a channel, or as PNG",
    ]);
  }
  return { width, height, components };
}

const latin = (data: Uint8Array, length: number): string =>
  String.fromCharCode(...data.subarray(0, length));

function jfifDensity(data: Uint8Array): PixelSize["density"] {
  if (data.length < 12 || latin(data, 5) !== "JFIF\0") return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const inch = data[7] === 1 ? 1 : data[7] === 2 ? 2.54 : 0;
  const [x, y] = [view.getUint16(8) * inch, view.getUint16(10) * inch];
  return x && y ? { x, y } : undefined;
}

interface Exif {
  readonly orientation?: Orientation;
  readonly density?: NonNullable<PixelSize["density"]>;
}

const orientations: Readonly<Record<number, Orientation>> = {
  2: { mirrored: true, degrees: 0 },
  3: { mirrored: false, degrees: 180 },
  4: { mirrored: true, degrees: 180 },
  5: { mirrored: true, degrees: 270 },
  6: { mirrored: false, degrees: 90 },
  7: { mirrored: true, degrees: 90 },
  8: { mirrored: false, degrees: 270 },
};

/** The first directory of Exif data (TIFF 6.0, section 2); what is damaged in it is passed over. */
function readExif(data: Uint8Array): Exif {
  if (latin(data, 6) !== "Exif\0\0") return {};
  const tiff = data.subarray(6);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const isLittle = tiff[0] === 0x49;
  const short = (at: number) => (at + 2 <= tiff.length ? view.getUint16(at, isLittle) : 0);
  const long = (at: number) => (at + 4 <= tiff.length ? view.getUint32(at, isLittle) : 0);
  const start = long(4);
  const values = new Map<number, number>();
  for (let index = 0; index < Math.min(short(start), 200); index++) {
    const entry = start + 2 + 12 * index;
    const type = short(entry + 2);
    const place = long(entry + 8);
    // 3 is a number of two bytes, 5 a fraction.
    if (type === 3) values.set(short(entry), short(entry + 8));
    else if (type === 5 && long(place + 4)) values.set(short(entry), long(place) / long(place + 4));
  }
  const orientation = orientations[values.get(0x0112) ?? 1];
  const inch = values.get(0x0128) === 3 ? 2.54 : 1;
  const [x, y] = [(values.get(0x011a) ?? 0) * inch, (values.get(0x011b) ?? 0) * inch];
  return { ...(orientation && { orientation }), ...(x && y && { density: { x, y } }) };
}
