// The color space sRGB as an ICC profile, which says what the colors of a file are
// (ICC.1:2004-10; IEC 61966-2-1). It is made here of the numbers of the standard, so
// that no file of another's is copied into every work.

/** The name by which the color space is known, of a profile and of an output intent. */
export const SRGB = "sRGB IEC61966-2.1";

/** Red, green and blue, and the white of paper, as the standard light D50 shows them. */
const colors = {
  rXYZ: [0.43606567, 0.2224884, 0.01391602],
  gXYZ: [0.38514709, 0.71687317, 0.09707642],
  bXYZ: [0.14306641, 0.06060791, 0.71409607],
  wtpt: [0.9642, 1, 0.8249],
} as const;

/** How colors are seen in D50 that were made for the light of screens, D65 (annex E.2). */
const adaptation = [
  1.04788208, 0.0229187, -0.05021667, 0.02958679, 0.99047852, -0.01707458, -0.00924683, 0.01507568,
  0.75167847,
];

/** The curve of light: `((x + 0.055) / 1.055) ^ 2.4`, and `x / 12.92` below 0.04045. */
const curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

/** Returns the profile. */
export function srgbProfile(): Uint8Array {
  const light = tag("para", Buffer.from([0, 3, 0, 0]), fixed(curve));
  const tags: readonly (readonly [name: string, data: Buffer])[] = [
    ["desc", text(SRGB)],
    ["cprt", text("No copyright, use freely")],
    ...Object.entries(colors).map(([name, xyz]) => [name, tag("XYZ ", fixed(xyz))] as const),
    ["chad", tag("sf32", fixed(adaptation))],
    ["rTRC", light],
    ["gTRC", light],
    ["bTRC", light],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  const places = new Map<Buffer, number>();
  let end = HEADER + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    if (!places.has(data)) {
      places.set(data, end);
      end += data.length;
    }
    table.write(name, 4 + 12 * index, "latin1");
    table.writeUInt32BE(places.get(data)!, 8 + 12 * index);
    table.writeUInt32BE(data.length, 12 + 12 * index);
  }
  return Buffer.concat([header(end), table, ...places.keys()]);
}

const HEADER = 128;

/** Clause 7.2. The time is no time at all: the first day of the year of the standard. */
function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x04200000, 8);
  bytes.write("mntrRGB XYZ ", 12, "latin1");
  for (const [index, number] of [2004, 1, 1].entries()) bytes.writeUInt16BE(number, 24 + 2 * index);
  bytes.write("acsp", 36, "latin1");
  fixed(colors.wtpt).copy(bytes, 68);
  return bytes;
}

/** Returns the data of a tag, filled up to a whole number of words. */
function tag(type: string, ...parts: readonly Buffer[]): Buffer {
  const data = Buffer.concat([Buffer.from(`${type}\0\0\0\0`, "latin1"), ...parts]);
  return Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
}

/** Numbers of 16 bits before the point and 16 behind it. */
function fixed(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) {
    bytes.writeInt32BE(Math.round(number * 65536), 4 * index);
  }
  return bytes;
}

/** A text in one language (clause 10.13). */
function text(words: string): Buffer {
  const letters = Buffer.from(words, "utf16le").swap16();
  const record = Buffer.alloc(20);
  record.writeUInt32BE(1, 0);
  record.writeUInt32BE(12, 4);
  record.write("enUS", 8, "latin1");
  record.writeUInt32BE(letters.length, 12);
  record.writeUInt32BE(28, 16);
  return tag("mluc", record, letters);
}
