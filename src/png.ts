// PNG files taken apart, their chunks and what the header says, and put together
// from pixels (ISO/IEC 15948). Whether chunks are sound is for the reader of images
// to say.

import { crc32, deflateSync } from "node:zlib";

/** One chunk: its type and its data, with the checksum that is written behind them. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Type and data, which the checksum is of. */
  readonly checked: Uint8Array;
  readonly checksum: number;
}

/** What the header of a PNG says. */
export interface PngHeader {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly color: "gray" | "rgb" | "palette" | "gray-alpha" | "rgb-alpha";
  /** How many samples a pixel has. */
  readonly samples: number;
  readonly interlaced: boolean;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes begin as a PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Yields the chunks of a PNG as far as they are whole; the last one is `IEND` if all are. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = signature.length;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) return;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const checked = bytes.subarray(at + 4, end);
    yield { type, data: checked.subarray(4), checked, checksum: view.getUint32(end) };
    if (type === "IEND") return;
    at = end + 4;
  }
}

const colors: Readonly<Record<number, readonly [PngHeader["color"], number, readonly number[]]>> = {
  0: ["gray", 1, [1, 2, 4, 8, 16]],
  2: ["rgb", 3, [8, 16]],
  3: ["palette", 1, [1, 2, 4, 8]],
  4: ["gray-alpha", 2, [8, 16]],
  6: ["rgb-alpha", 4, [8, 16]],
};

/** Returns what an `IHDR` chunk says, or undefined where it says nothing that PNG allows. */
export function pngHeader({ type, data }: PngChunk): PngHeader | undefined {
  if (type !== "IHDR" || data.length !== 13) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const depth = data[8]!;
  const [color, samples, depths] = colors[data[9]!] ?? [];
  if (!color || !samples || !depths?.includes(depth)) return undefined;
  if (data[10] || data[11] || data[12]! > 1) return undefined;
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth,
    color,
    samples,
    interlaced: data[12] === 1,
  };
}

/** The parts of an interlaced PNG, each as its first column and row and the steps between (8.2). */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Rows that are stored one after another: those of a PNG, or of a pass of an interlaced one. */
export interface PngPass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly columns: number;
  readonly rows: number;
  /** Bytes of a row, without the one before it that names its filter. */
  readonly rowBytes: number;
}

/** Returns the passes in which the pixels of a PNG are stored; those without pixels are left out. */
export function pngPasses({ width, height, depth, samples, interlaced }: PngHeader): PngPass[] {
  return (interlaced ? passes : ([[0, 0, 1, 1]] as const))
    .map(([x, y, stepX, stepY]) => {
      const columns = Math.max(0, Math.ceil((width - x) / stepX));
      const rows = Math.max(0, Math.ceil((height - y) / stepY));
      const rowBytes = Math.ceil((columns * depth * samples) / 8);
      return { x, y, stepX, stepY, columns, rows, rowBytes };
    })
    .filter(({ columns, rows }) => columns && rows);
}

/** Returns opaque pixels, of which each has four bytes, as a PNG. */
export function opaquePng(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let row = 0, from = 0, to = 0; row < height; row++) {
    // The byte before a row names its filter: none.
    to++;
    for (let column = 0; column < width; column++, from += 4) {
      rows[to++] = pixels[from]!;
      rows[to++] = pixels[from + 1]!;
      rows[to++] = pixels[from + 2]!;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = 2;
  return Buffer.concat([
    Buffer.from(signature),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const checked = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(checked));
  return Buffer.concat([length, checked, checksum]);
}
