// Files that only look like a university's Word document: each is refused with its
// reason, and nothing of it is unpacked that has no place in memory.

import { deflateRawSync } from "node:zlib";
import { strToU8 } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { openReferenceDocx } from "../../src/read/reference-docx.js";
import { americanDocument, edit, rezip } from "./university-documents.js";

let good: Uint8Array;
beforeAll(async () => {
  good = await americanDocument();
});

/** Returns what is said of a file, its reasons and what to do. */
function saidOf(bytes: Uint8Array): string {
  const found: string[] = [];
  const opened = openReferenceDocx(bytes, "uni.docx", ({ code, message, hints = [] }) =>
    found.push([`${code}: ${message}`, ...hints].join(" | ")),
  );
  return opened ? "opened" : found.join("\n");
}

const withPart = (path: string, text: string | Uint8Array) =>
  rezip(good, (parts) => parts.set(path, typeof text === "string" ? strToU8(text) : text));

const changed = (path: string, change: (xml: string) => string) =>
  rezip(good, (parts) => edit(parts, path, change));

const bodyOf = (inner: string) =>
  changed("word/document.xml", (xml) => xml.replace("<w:body>", `<w:body>${inner}`));

/** Changes four bytes in the directory's entry of a part, or in that of the first. */
function inDirectory(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, copy.indexOf(Buffer.from("504b0102", "hex")) + at);
  return copy;
}

/** Returns a zip file of one part that says how large it is, with further names for it. */
function liar(name: string, data: Uint8Array, declared: number, names: readonly string[] = []) {
  const packed = deflateRawSync(data, { level: 9 });
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30, "latin1");
  const directory = [name, ...names].map((entry) => {
    const record = Buffer.alloc(46 + entry.length);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(8, 10);
    record.writeUInt32LE(packed.length, 20);
    record.writeUInt32LE(declared, 24);
    record.writeUInt16LE(entry.length, 28);
    record.write(entry, 46, "latin1");
    return record;
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, ...directory, end]);
}

test("a good document is opened", () => {
  expect(saidOf(good)).toBe("opened");
});

const doctype = (inner: string) => (xml: string) =>
  xml.replace(/(<\?xml[^>]*\?>)/, `$1<!DOCTYPE w:styles [${inner}]>`);

describe.each<[name: string, make: () => Uint8Array, reason: RegExp]>([
  ["an empty file", () => new Uint8Array(), /is empty$/],
  ["text", () => strToU8("Dear student, …".repeat(9)), /it is not a zip file \| open it in Word/],
  ["a PDF", () => strToU8(`%PDF-1.7 ${" ".repeat(30)}`), /is a PDF, whatever its name says/],
  ["RTF", () => strToU8(`{\\rtf1 ${" ".repeat(30)}}`), /is an RTF file/],
  [
    "a file with a password",
    () =>
      Buffer.concat([
        Buffer.from("d0cf11e0a1b11ae1", "hex"),
        Buffer.alloc(512),
        Buffer.from("EncryptedPackage", "utf16le"),
      ]),
    /is protected by a password \| take the password off/,
  ],
  [
    "an old Word file",
    () => Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(512)]),
    /is of the old format of Word \(\.doc\)/,
  ],
  ["a file cut off", () => good.subarray(0, good.length - 300), /is cut off or damaged/],
  ["a file cut off at its beginning", () => good.subarray(4000), /not a zip file/],
  ["a damaged part", () => damaged(), /is damaged: ".*" cannot be unpacked/],
  ["an encrypted entry", () => inDirectory(good, 8, 0x00080001), /is encrypted/],
  [
    "a zip file of something else",
    () => rezip(good, (parts) => parts.delete("_rels/.rels")),
    /no Word document/,
  ],
  [
    "an OpenDocument text",
    () => withPart("mimetype", "application/vnd.oasis.opendocument.text"),
    /is an OpenDocument file/,
  ],
  [
    "a bomb that says what it is",
    () => liar("word/document.xml", new Uint8Array(50_000_000), 1_000_000_000),
    /would unpack "word\/document\.xml" to 1000 MB/,
  ],
  [
    "a bomb that lies",
    () => liar("word/document.xml", new Uint8Array(50_000_000), 10),
    /cannot be unpacked/,
  ],
  [
    "many middling files",
    () =>
      rezip(good, (parts) => {
        for (let index = 0; index < 6; index++)
          parts.set(`word/media/${index}.bin`, noise(19_000_000));
      }),
    /would unpack to 11\d MB; at most 100 MB are read/,
  ],
  [
    "many names for the same bytes",
    () =>
      liar(
        "a.xml",
        strToU8("x".repeat(500)),
        500,
        Array.from({ length: 1500 }, (_, index) => `b${index}.xml`),
      ),
    /is cut off or damaged/,
  ],
  [
    "too many files",
    () =>
      rezip(good, (parts) => {
        for (let index = 0; index < 2_001; index++) parts.set(`x/${index}`, strToU8("x"));
      }),
    /has more than 2000 files/,
  ],
  [
    "a name that leads out",
    () => withPart("../../evil.xml", "x"),
    /whose name leads elsewhere: "\.\.\/\.\.\/evil\.xml"/,
  ],
  ["an absolute name", () => withPart("/etc/passwd", "x"), /whose name leads elsewhere/],
  ["a name with a backslash", () => withPart("word\\evil.xml", "x"), /whose name leads elsewhere/],
  ["a name there twice", () => withPart("WORD/Document.xml", "x"), /in it twice/],
  ["macros", () => withPart("word/vbaProject.bin", "x"), /has macros, which are programs/],
  [
    "a .docm",
    () =>
      changed("[Content_Types].xml", (xml) =>
        xml.replace(
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
          "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
      ),
    /has macros/,
  ],
  [
    "a document type with a file",
    () => changed("word/styles.xml", doctype('<!ENTITY x SYSTEM "file:///etc/passwd">')),
    /"word\/styles\.xml" has a document type/,
  ],
  [
    "entities that grow",
    () => changed("word/styles.xml", doctype('<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">')),
    /has a document type/,
  ],
  [
    "an entity that is not there",
    () => bodyOf("<w:p><w:r><w:t>&evil;</w:t></w:r></w:p>"),
    /is damaged: its part "word\/document\.xml" is broken: .*entity/,
  ],
  [
    "deep nesting",
    () => bodyOf("<w:sdt>".repeat(50_000) + "</w:sdt>".repeat(50_000)),
    /is nested more than 256 deep/,
  ],
  [
    "endless elements",
    () =>
      bodyOf(
        Array.from(
          { length: 520_000 },
          (_, index) => `<w:p w:rsidR="${(index * 7919) % 65_536}"/>`,
        ).join(""),
      ),
    /has more than half a million elements/,
  ],
  [
    "XML that is none",
    () => changed("word/document.xml", (xml) => xml.replace("</w:body>", "")),
    /is damaged: its part "word\/document\.xml" is broken/,
  ],
  [
    "bytes that are no text",
    () => withPart("word/styles.xml", new Uint8Array([0x3c, 0xff, 0xfe, 0xfd])),
    /"word\/styles\.xml" is no text/,
  ],
  [
    "a head that is missing",
    () =>
      rezip(good, (parts) => {
        for (const path of parts.keys()) if (/header\d/.test(path)) parts.delete(path);
      }),
    /its part "word\/header\d\.xml" is missing/,
  ],
  [
    "a picture from elsewhere",
    () =>
      linked(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        "https://example.org/a.png",
      ),
    /loads something from elsewhere \("https:\/\/example\.org\/a\.png"\)/,
  ],
  [
    "an embedded program",
    () =>
      linked(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject",
        "styles.xml",
        false,
      ),
    /has an embedded object of the kind "oleObject"/,
  ],
  [
    "notes around {{body}}",
    () =>
      bodyOf(
        '<w:p><w:r><w:t>{{body}}</w:t></w:r></w:p><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
      ),
    /has notes in its own text/,
  ],
])("%s", (_, make, reason) => {
  test("is refused with its reason", () => {
    const said = saidOf(make());
    expect(said).toMatch(/^reference-invalid: the (?:reference document|margins of)/);
    expect(said).toMatch(reason);
    expect(said.split("\n")).toHaveLength(1);
  });
});

/** Turns bits in the middle of the packed text. */
function damaged(): Uint8Array {
  const copy = Buffer.from(good);
  const at = copy.indexOf("word/document.xml") + 60;
  for (let index = at; index < at + 20; index++) copy[index] = copy[index]! ^ 0xff;
  return copy;
}

/** Bytes that cannot be packed, the same at each run. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let index = 0; index < length; index++) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    bytes[index] = state >> 16;
  }
  return bytes;
}

/** Leads from a head to something. */
function linked(type: string, target: string, external = true): Uint8Array {
  const mode = external ? ' TargetMode="External"' : "";
  return rezip(good, (parts) => {
    const head = [...parts.keys()].find((path) => /header\d+\.xml$/.test(path))!;
    parts.set(
      head.replace("word/", "word/_rels/").concat(".rels"),
      strToU8(
        `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${type}" Target="${target}"${mode}/></Relationships>`,
      ),
    );
  });
}
