// Zip files (APPNOTE.TXT 6.3.3) of the few megabytes that a package has. The
// compression is Node's own: a library in JavaScript takes an eighth of a
// second in a process that has just started, this a hundredth.

import { crc32, deflateRawSync } from "node:zlib";

/** A file in a zip file. */
export interface ZipEntry {
  /** ASCII, with `/` between folders. */
  readonly path: string;
  readonly data: Uint8Array;
}

/**
 * Returns a zip file with the entries in their order, all of one time. Zip has
 * local times without a zone, from 1980 to 2107 and in steps of two seconds;
 * the UTC digits of the date are taken, so that every place gets the same bytes.
 */
export function zip(entries: readonly ZipEntry[], date: Date | undefined): Uint8Array {
  const time = dosTime(date ?? new Date(0));
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, data } of entries) {
    const name = Buffer.from(path, "ascii");
    const deflated = deflateRawSync(data);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0); // the version of zip that knows deflate
    header.writeUInt16LE(8, 4); // deflated
    header.writeUInt32LE(time, 6);
    header.writeUInt32LE(crc32(data), 10);
    header.writeUInt32LE(deflated.length, 14);
    header.writeUInt32LE(data.length, 18);
    header.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(signature(0x02014b50), Buffer.from([20, 0]), header, place, name);
    const local = [signature(0x04034b50), header, name, deflated];
    pieces.push(...local);
    for (const piece of local) offset += piece.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...pieces, ...directory, signature(0x06054b50), end]);
}

function signature(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Returns the time in the low and the date in the high 16 bits, as MS-DOS had them. */
function dosTime(date: Date): number {
  const year = Math.min(2107, Math.max(1980, date.getUTCFullYear()));
  const day = ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time =
    (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
