// A finished PDF as other programs read it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A letter on a page; lengths in points, from the upper left corner. */
export interface DrawnLetter {
  readonly text: string;
  readonly x: number;
  /** Its base line. */
  readonly y: number;
  readonly right: number;
  readonly size: number;
}

/** A PDF file on disk. */
export interface PdfFile {
  readonly path: string;
  /** The text of each page, as poppler reads it. */
  readonly pages: readonly string[];
  /** The letters of each page, as MuPDF finds them. */
  readonly letters: readonly (readonly DrawnLetter[])[];
  /** What qpdf says of the objects. */
  readonly objects: QpdfJson;
  readonly remove: () => void;
}

export interface QpdfJson {
  readonly pagelabels: readonly { readonly index: number; readonly label: object }[];
  readonly outlines: readonly Outline[];
  readonly qpdf: readonly [unknown, Readonly<Record<string, { readonly value?: unknown }>>];
}

export interface Outline {
  readonly title: string;
  readonly destpageposfrom1: number;
  readonly kids: readonly Outline[];
}

/** Puts a PDF on disk and reads it. Throws if qpdf or MuPDF finds it damaged. */
export function readPdfFile(bytes: Uint8Array): PdfFile {
  const folder = mkdtempSync(join(tmpdir(), "reissue-pdf-"));
  const path = join(folder, "work.pdf");
  writeFileSync(path, bytes);
  const run = (command: string, ...options: string[]) =>
    execFileSync(command, options, {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      stdio: ["ignore", "pipe", "pipe"],
    });
  // qpdf ends with an error for a warning too.
  run("qpdf", "--check", path);
  return {
    path,
    pages: run("pdftotext", "-layout", path, "-").split("\f").slice(0, -1),
    letters: readLetters(run("mutool", "draw", "-q", "-F", "stext", path)),
    objects: JSON.parse(run("qpdf", "--json=2", path)) as QpdfJson,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function readLetters(xml: string): DrawnLetter[][] {
  const pages: DrawnLetter[][] = [];
  let size = 0;
  const tags = xml.matchAll(
    /<(page) |<font [^>]*size="([^"]*)"|<char quad="([^"]*)" x="([^"]*)" y="([^"]*)"[^>]* c="([^"]*)"/g,
  );
  for (const [, page, fontSize, quad, x, y, character] of tags) {
    if (page) pages.push([]);
    else if (fontSize) size = Number(fontSize);
    else {
      const right = Number(quad!.split(" ")[2]);
      pages
        .at(-1)!
        .push({ text: unescapeXml(character!), x: Number(x), y: Number(y), right, size });
    }
  }
  return pages;
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|(\w+));/gi, (_, code: string, name: string) =>
    code
      ? String.fromCodePoint(Number.parseInt(code, 16))
      : { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[name]!,
  );
}
