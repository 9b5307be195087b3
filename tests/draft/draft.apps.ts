// Drafts as other programs see them: LibreOffice keeps the comments and the notes,
// and the PDF with notes in its margin is as sound as any.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../src/commands/build.js";
import type { Outcome } from "../../src/commands/outcome.js";
import { silent } from "../../src/commands/progress.js";
import { renderWithLibreOffice } from "../docx/libreoffice.js";
import { named, parseXml, textOf } from "../docx/xml-tree.js";
import { inspect } from "../pdf/accessibility.js";

let cwd: string;
let outcome: Outcome;
const file = (ending: string) => join(cwd, "out", `dissertation-chicago-draft.${ending}`);

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "reissue-draft-"));
  cpSync(join(import.meta.dirname, "cases/mistakes"), cwd, { recursive: true });
  const request = { style: ["chicago"], draft: true, output: "out", cwd, pid: process.pid };
  outcome = await build({ ...request, isRunning: () => false }, silent);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test("LibreOffice has every comment and every note", () => {
  const profile = `-env:UserInstallation=file://${cwd}/profile`;
  const args = [profile, "--headless", "--convert-to", "fodt", "--outdir", cwd, file("docx")];
  execFileSync("soffice", args, { stdio: "ignore" });
  const text = parseXml(readFileSync(join(cwd, "dissertation-chicago-draft.fodt"), "utf8"));
  const comments = named(text, "office:annotation");
  expect(comments).toHaveLength(outcome.diagnostics.length);
  for (const { message } of outcome.diagnostics) {
    const end = message.slice(1);
    expect(comments.some((comment) => textOf(comment).includes(end))).toBe(true);
  }
  const notes = named(text, "text:note-body").map((note) => textOf(note).trim());
  expect(notes).toEqual([
    "?trenim2014?, 12.",
    "See Ann Smith, Energy and Trust (London, 2010), 5; ?nobody1999?, 30.",
    "?unknown2001?, 7.",
    "They were held in 2018 ?ghost?; see ?fig:mpa?, and the archive.",
  ]);
});

test("every page has the mark, in LibreOffice and in the PDF", () => {
  const rendering = renderWithLibreOffice(readFileSync(file("docx")));
  const own = execFileSync("pdftotext", ["-layout", file("pdf"), "-"], { encoding: "utf8" });
  const pages = [...rendering.pages, ...own.split("\f").slice(0, -1)];
  rendering.remove();
  expect(pages.length).toBeGreaterThan(6);
  for (const page of pages) expect(page.trim().split("\n")[0]).toBe("DRAFT");
});

test("the notes in the margin are tagged, and the file is sound", () => {
  const { faults } = inspect(file("pdf"));
  expect(faults).toEqual([]);
  expect(execFileSync("qpdf", ["--check", file("pdf")], { encoding: "utf8" })).toContain(
    "No syntax or stream encoding errors found",
  );
});
