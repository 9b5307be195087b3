// Image files made for tests, sound and broken, byte by byte.

import { crc32, deflateSync } from "node:zlib";

interface PngRequest {
  readonly width?: number;
  readonly height?: number;
  /** The header's type of color: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha. */
  readonly color?: 0 | 2 | 3 | 4 | 6;
  readonly depth?: 1 | 2 | 4 | 8 | 16;
  readonly interlaced?: boolean;
  /** Bytes of the rows, with their filters; a ramp of grays where absent. */
  readonly pixels?: Uint8Array;
  readonly chunks?: readonly (readonly [type: string, data: Uint8Array])[];
}

const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Returns a PNG of 4 × 3 pixels, or as it is asked for. */
export function png({
  width = 4,
  height = 3,
  color = 2,
  depth = 8,
  interlaced = false,
  pixels,
  chunks = [],
}: PngRequest = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = color;
  header[12] = interlaced ? 1 : 0;
  const rowBytes = Math.ceil((width * depth * samples[color]) / 8) + 1;
  const rows =
    pixels ??
    Buffer.from(
      Array.from({ length: rowBytes * height }, (_, at) => (at % rowBytes ? at * 7 : 0) & 255),
    );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...chunks.map(([type, data]) => chunk(type, data)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Returns a chunk of a PNG with its checksum. */
export function chunk(type: string, data: Uint8Array): Buffer {
  const checked = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(checked));
  return Buffer.concat([length, checked, checksum]);
}

/** A gray JPEG of 16 × 8 pixels, white, as ITU-T T.81 has its tables. */
export function jpeg({
  exif,
  density,
  width = 16,
  height = 8,
  frame = 0xc0,
}: {
  readonly exif?: Buffer;
  readonly density?: readonly [unit: number, x: number, y: number];
  readonly width?: number;
  readonly height?: number;
  readonly frame?: number;
} = {}): Buffer {
  const segment = (code: number, data: Uint8Array) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(data.length + 2);
    return Buffer.concat([Buffer.from([0xff, code]), length, data]);
  };
  const [unit, x, y] = density ?? [0, 1, 1];
  const jfif = Buffer.from([
    0x4a,
    0x46,
    0x49,
    0x46,
    0,
    1,
    1,
    unit,
    x >> 8,
    x & 255,
    y >> 8,
    y & 255,
    0,
    0,
  ]);
  const size = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  // One code each: a difference of 10 bits for the first block, none after; no other coefficients.
  const direct = Buffer.from([0, 0, 2, ...new Array(14).fill(0), 0, 10]);
  const other = Buffer.from([0x10, 1, ...new Array(15).fill(0), 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, jfif),
    ...(exif ? [segment(0xe1, exif)] : []),
    segment(0xdb, Buffer.from([0, ...new Array(64).fill(1)])),
    segment(frame, size),
    segment(0xc4, direct),
    segment(0xc4, other),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    // 01 1111111000 0 | 00 0, and ones to the end of the byte.
    Buffer.from([0b01111111, 0b10000000, 0b01111111]),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** Exif data with an orientation and a name that nobody should read. */
export function exif(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  return Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, Buffer.from("Jane Secret")]);
}

/** Returns an SVG of 40 × 30 pixels with some content. */
export function svg(content: string, attributes = 'width="40" height="30"'): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${content}</svg>`,
  );
}
