// Font files as far as they must be known before they are used: whether they are
// whole, may be embedded, and what they are called (OpenType 1.9; the OS/2 table's
// fsType says what its maker allows).

/** What is known of a font file: its family's name, or why it cannot be used. */
export type FontFile =
  | { readonly family: string; readonly problem?: undefined }
  | { readonly problem: string; readonly hint?: string };

const kinds = new Map([
  ["wOFF", "a WOFF file, which is made for web pages"],
  ["wOF2", "a WOFF2 file, which is made for web pages"],
  ["ttcf", "a collection of fonts"],
  ["typ1", "a PostScript Type 1 font"],
  ["%!PS", "a PostScript Type 1 font"],
  ["\u0080\u0001%!", "a PostScript Type 1 font"],
]);

/** More tables, or records of names, than any font has. */
const MOST_RECORDS = 1_000;

/** Reads the directory, the names and the permissions of a font file. Never throws. */
export function readFontFile(bytes: Uint8Array): FontFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readFile(view);
  } catch (error) {
    if (error instanceof RangeError) return broken;
    throw error;
  }
}

const broken = { problem: "is damaged: it ends before its tables do" } as const;

function readFile(view: DataView): FontFile {
  const signature = tagAt(view, 0);
  if (signature !== "\0\u0001\0\0" && signature !== "true" && signature !== "OTTO") {
    return {
      problem: `is ${kinds.get(signature) ?? "no font"}, not a TrueType or OpenType font`,
      hint: "name a file that ends in .ttf or .otf",
    };
  }
  const tables = readDirectory(view);
  if (!tables) return broken;
  const outlines = tables.has("glyf") && tables.has("loca") ? "glyf" : "CFF ";
  for (const needed of ["head", "hhea", "hmtx", "maxp", "cmap", outlines]) {
    if (!tables.has(needed)) {
      return {
        problem: `has no table "${needed.trim()}", without which its letters cannot be drawn`,
      };
    }
  }
  const permission = tables.get("OS/2");
  const restriction = permission && restrictionOf(view, permission);
  if (restriction) {
    return {
      problem: restriction,
      hint: "ask its maker for a licence that allows embedding, or choose another font",
    };
  }
  const names = tables.get("name");
  return { family: (names && familyOf(view, names)) || "" };
}

interface Table {
  readonly start: number;
  readonly length: number;
}

function readDirectory(view: DataView): Map<string, Table> | undefined {
  const tables = new Map<string, Table>();
  const count = view.getUint16(4);
  if (count === 0 || count > MOST_RECORDS) return undefined;
  for (let index = 0; index < count; index++) {
    const at = 12 + 16 * index;
    const table = { start: view.getUint32(at + 8), length: view.getUint32(at + 12) };
    if (table.start + table.length > view.byteLength) return undefined;
    tables.set(tagAt(view, at), table);
  }
  return tables;
}

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}

/** Returns what the font's maker forbids of what we do (OS/2, fsType). */
function restrictionOf(view: DataView, { start, length }: Table): string | undefined {
  if (length < 10) return undefined;
  const type = view.getUint16(start + 8);
  // Of several levels the most liberal one counts.
  if ((type & 0x000e) === 0x0002) return "may not be embedded, its maker says";
  if (type & 0x0200) return "may be embedded only as bitmaps, its maker says";
  if (type & 0x0100) return "may be embedded only with all of its letters, its maker says";
  return undefined;
}

/** The identifiers of names: of the family with all its weights, and of four cuts. */
const TYPOGRAPHIC_FAMILY = 16;
const FAMILY = 1;

function familyOf(view: DataView, { start }: Table): string | undefined {
  const count = Math.min(view.getUint16(start + 2), MOST_RECORDS);
  const strings = start + view.getUint16(start + 4);
  const found = new Map<number, string>();
  for (let index = 0; index < count; index++) {
    const at = start + 6 + 12 * index;
    const platform = view.getUint16(at);
    const id = view.getUint16(at + 6);
    if ((id !== FAMILY && id !== TYPOGRAPHIC_FAMILY) || found.has(id)) continue;
    const bytes = new Uint8Array(
      view.buffer,
      view.byteOffset + strings + view.getUint16(at + 10),
      view.getUint16(at + 8),
    );
    const encoding = platform === 1 ? "latin1" : "utf-16be";
    found.set(
      id,
      new TextDecoder(encoding)
        .decode(bytes)
        .replace(/[\0-\x1f]/g, "")
        .trim(),
    );
  }
  return found.get(TYPOGRAPHIC_FAMILY) || found.get(FAMILY);
}
