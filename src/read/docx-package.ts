// A stranger's zip file, opened with care: everything is checked in its directory
// before a byte is unpacked (APPNOTE.TXT 6.3.3), and nothing is written to disk.

import { crc32, inflateRawSync } from "node:zlib";

/** Why a file is not opened: the rest of a sentence that begins with its name, and what to do. */
export class PackageError extends Error {
  readonly hints: readonly string[];
  constructor(message: string, ...hints: string[]) {
    super(message);
    this.hints = hints;
  }
}

/** What a university's template has at most, with room to spare. */
const MOST_ENTRIES = 2_000;
const LARGEST_TOTAL = 100_000_000;
const LARGEST_XML = 20_000_000;
/** Text is packed to a tenth; what is packed to less than a two-hundredth is a trap. */
const STRONGEST = 200;
const UNSUSPECTED = 1_000_000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const saveAgain = "open it in Word and save it again as a Word document (.docx)";

/**
 * Returns the files in a zip file by their names. Throws a `PackageError` for
 * what is no zip file, is cut off, encrypted or damaged, grows beyond bounds
 * (2,000 files, 100 MB in all, 20 MB of XML in one, 200 to 1), or has names that
 * lead out of it or stand there twice.
 */
export function readDocxPackage(bytes: Uint8Array): Map<string, Uint8Array> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  refuseOthers(file);
  const entries = readDirectory(file);
  refuseBomb(entries);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (!entry.name.endsWith("/")) files.set(entry.name, unpack(entry, file));
  }
  return files;
}

/** Says what a file is that is no zip file. */
function refuseOthers(file: Buffer): void {
  if (file.length === 0) throw new PackageError("is empty");
  if (file.subarray(0, 8).equals(Buffer.from("d0cf11e0a1b11ae1", "hex"))) {
    throw file.includes(Buffer.from("EncryptedPackage", "utf16le"))
      ? new PackageError(
          "is protected by a password",
          "take the password off in Word: File, Info, Protect Document",
        )
      : new PackageError("is of the old format of Word (.doc)", saveAgain);
  }
  if (file.subarray(0, 5).toString("latin1") === "{\\rtf") {
    throw new PackageError("is an RTF file, whatever its name says", saveAgain);
  }
  if (file.subarray(0, 5).toString("latin1") === "%PDF-") {
    throw new PackageError(
      "is a PDF, whatever its name says",
      "ask for the template as a Word document",
    );
  }
  if (file.length < 22 || !/^PK[\x03\x05]/.test(file.subarray(0, 3).toString("latin1"))) {
    throw new PackageError("is no Word document: it is not a zip file", saveAgain);
  }
}

const cutOff = () => new PackageError("is cut off or damaged", "copy or download it again");

function readDirectory(file: Buffer): Entry[] {
  const end = file.lastIndexOf(Buffer.from("504b0506", "hex"));
  if (end < 0 || end < file.length - 22 - 0xffff || end + 22 > file.length) throw cutOff();
  const count = file.readUInt16LE(end + 10);
  const size = file.readUInt32LE(end + 12);
  const start = file.readUInt32LE(end + 16);
  if (count > MOST_ENTRIES || file.readUInt16LE(end + 8) !== count) {
    throw new PackageError(`has more than ${MOST_ENTRIES} files in it`, saveAgain);
  }
  if (start + size > end) throw cutOff();
  const entries: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || file.readUInt32LE(at) !== 0x02014b50) throw cutOff();
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.subarray(at + 46, at + 46 + nameLength).toString("utf8");
    if (file.readUInt16LE(at + 8) & 1) {
      throw new PackageError("is encrypted", "take the password off in Word");
    }
    entries.push({
      name,
      method: file.readUInt16LE(at + 10),
      crc: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  refuseNames(entries);
  refuseOverlaps(entries, start);
  return entries;
}

function refuseNames(entries: readonly Entry[]): void {
  const names = new Set<string>();
  for (const { name } of entries) {
    const leads = name.startsWith("/") || name.split("/").includes("..");
    if (leads || /[\\:\0-\x1f\x7f\ufffd]/.test(name) || name.length > 250 || !name) {
      throw new PackageError(
        `has a file in it whose name leads elsewhere: "${name.replace(/[^\x20-\x7e]/g, "?").slice(0, 60)}"`,
        saveAgain,
      );
    }
    // Part names are compared without regard to capitals (ECMA-376-2, 6.2.2.3).
    const folded = name.toLowerCase();
    if (names.has(folded)) throw new PackageError(`has "${name}" in it twice`, saveAgain);
    names.add(folded);
  }
}

/** Several names for the same bytes would unpack them as often. */
function refuseOverlaps(entries: readonly Entry[], directory: number): void {
  let free = 0;
  for (const { offset, packed } of entries.toSorted((one, other) => one.offset - other.offset)) {
    if (offset < free || offset + 30 + packed > directory) throw cutOff();
    free = offset + 30 + packed;
  }
}

function refuseBomb(entries: readonly Entry[]): void {
  let total = 0;
  for (const { name, packed, size } of entries) {
    total += size;
    const isLarge = size > LARGEST_TOTAL || (/\.(?:xml|rels)$/i.test(name) && size > LARGEST_XML);
    if (isLarge || (size > UNSUSPECTED && size > STRONGEST * packed)) {
      throw new PackageError(
        `would unpack "${name}" to ${Math.ceil(size / 1_000_000)} MB, which no template needs`,
        "use the file that the university offers, or save it again in Word",
      );
    }
  }
  if (total <= LARGEST_TOTAL) return;
  throw new PackageError(
    `would unpack to ${Math.ceil(total / 1_000_000)} MB; at most ${LARGEST_TOTAL / 1_000_000} MB are read`,
    "make its pictures smaller",
  );
}

function unpack({ name, method, crc, packed, size, offset }: Entry, file: Buffer): Uint8Array {
  const damaged = () => new PackageError(`is damaged: "${name}" cannot be unpacked`, saveAgain);
  if (file.readUInt32LE(offset) !== 0x04034b50) throw damaged();
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const data = file.subarray(start, start + packed);
  if (data.length !== packed || (method !== 0 && method !== 8)) throw damaged();
  let unpacked: Buffer;
  try {
    // One byte more than is declared is a lie already.
    unpacked = method === 0 ? data : inflateRawSync(data, { maxOutputLength: size + 1 });
  } catch {
    throw damaged();
  }
  if (unpacked.length !== size || crc32(unpacked) !== crc) throw damaged();
  return unpacked;
}
