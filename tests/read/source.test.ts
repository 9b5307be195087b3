// What the reader of files opens, and what it refuses.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Diagnostic, locate } from "../../src/diagnostic.js";
import { createReader } from "../../src/source.js";

const place = mkdtempSync(join(tmpdir(), "reissue-source-"));
const root = join(place, "manuscript");
const other = join(place, "other");
mkdirSync(join(root, "chapters"), { recursive: true });
mkdirSync(other);
writeFileSync(join(root, "a.md"), "\ufeffone\r\ntwo\rthree\n");
writeFileSync(join(root, "chapters", "01-beginning.md"), "beginning");
writeFileSync(join(root, "nfd.md"), "mu\u0308ller");
writeFileSync(join(root, "latin.md"), Buffer.from("good\nm\xfcller", "latin1"));
writeFileSync(join(root, "utf16.md"), Buffer.from("\ufeffone", "utf16le"));
writeFileSync(join(root, "nul.md"), "ab\0c");
writeFileSync(join(root, "large.md"), Buffer.alloc(20_000_001, 0x61));
writeFileSync(join(root, "a%2eb.md"), "odd name");
writeFileSync(join(other, "b.md"), "other");
writeFileSync(join(place, "secret.md"), "secret");
symlinkSync(join(place, "secret.md"), join(root, "link-out.md"));
symlinkSync(place, join(root, "folder-out"));
symlinkSync("a.md", join(root, "link-in.md"));
symlinkSync("loop.md", join(root, "loop.md"));
symlinkSync("/dev/zero", join(root, "zero.md"));
execFileSync("mkfifo", [join(root, "pipe.md")]);

afterAll(() => rmSync(place, { recursive: true }));

function readName(name: string, extraRoots: string[] = []) {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const reader = createReader({ root, extraRoots, cwd: place, report });
  return { read: reader.readText(name), diagnostics, reader };
}

test("a text loses its byte order mark and the carriage returns of its lines", () => {
  const { read, reader, diagnostics } = readName("a.md");
  expect(read).toEqual({ file: "manuscript/a.md", text: "one\ntwo\nthree\n" });
  expect(reader.sources.get("manuscript/a.md")).toBe("one\ntwo\nthree\n");
  expect(diagnostics).toEqual([]);
});

test.each([
  ["chapters/01-beginning.md", "beginning"],
  ["./chapters/01-beginning.md", "beginning"],
  ["link-in.md", "one\ntwo\nthree\n"],
  ["nfd.md", "mu\u0308ller"],
  ["a%2eb.md", "odd name"],
])("%s is read", (name, text) => {
  expect(readName(name).read?.text).toBe(text);
});

test("further folders are searched when the command line names them", () => {
  expect(readName("b.md").diagnostics).toMatchObject([{ code: "file-missing" }]);
  expect(readName("b.md", [other]).read).toEqual({ file: "other/b.md", text: "other" });
});

test.each([
  ["../secret.md", "file-outside"],
  ["chapters/../../secret.md", "file-outside"],
  ["%2e%2e/secret.md", "file-outside"],
  ["..%2fsecret.md", "file-outside"],
  ["..\\secret.md", "file-outside"],
  ["/etc/passwd", "file-outside"],
  ["%2fetc/passwd", "file-outside"],
  ["~/secret.md", "file-outside"],
  ["C:\\secret.md", "file-outside"],
  ["\\\\server\\secret.md", "file-outside"],
  ["//server/secret.md", "file-outside"],
  ["https://example.org/a.md", "file-outside"],
  ["file:///etc/passwd", "file-outside"],
  ["data:text/plain,a", "file-outside"],
  ["link-out.md", "file-outside"],
  ["folder-out/secret.md", "file-outside"],
  ["zero.md", "file-outside"],
  ["pipe.md", "file-invalid"],
  ["chapters", "file-invalid"],
  ["loop.md", "file-invalid"],
  ["nul.md", "file-invalid"],
  ["latin.md", "file-invalid"],
  ["utf16.md", "file-invalid"],
  ["large.md", "file-too-large"],
  ["", "file-missing"],
  ["a\0b.md", "file-missing"],
  ["none.md", "file-missing"],
  ["a.md/b.md", "file-missing"],
])("%j is refused: %s", (name, code) => {
  const { read, diagnostics } = readName(name);
  expect(read).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code }]);
});

test("a name with a slip is answered with the right one", () => {
  expect(readName("chapters/01-Begining.md").diagnostics[0]?.hints).toEqual([
    'did you mean "chapters/01-beginning.md"?',
  ]);
});

test("the place where a text stops being UTF-8 is shown", () => {
  const { diagnostics, reader } = readName("latin.md");
  const { file, start } = diagnostics[0]!.span!;
  expect(locate(reader.sources.get(file)!, start)).toMatchObject({ line: 2, column: 2 });
});

test("bytes are read up to a size that is given", () => {
  const { reader, diagnostics } = readName("a.md");
  expect(reader.readBytes("nfd.md")).toHaveLength(8);
  expect(reader.readBytes("nfd.md", undefined, 7)).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: "file-too-large" }]);
});
