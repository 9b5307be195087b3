// LibreOffice as a second opinion: what it makes of a DOCX file.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PDF that LibreOffice made of a DOCX, in a folder of its own. */
export interface Rendering {
  readonly pdf: string;
  /** The text of each page. */
  readonly pages: readonly string[];
  /** The page of each bookmark, from 0. */
  readonly bookmarks: ReadonlyMap<string, number>;
  readonly remove: () => void;
}

/** Returns what LibreOffice makes of a DOCX. Each call has a profile of its own. */
export function renderWithLibreOffice(bytes: Uint8Array): Rendering {
  const folder = mkdtempSync(join(tmpdir(), "reissue-docx-"));
  const docx = join(folder, "work.docx");
  const pdf = join(folder, "work.pdf");
  writeFileSync(docx, bytes);
  execFileSync(
    "soffice",
    [
      `-env:UserInstallation=file://${folder}/profile`,
      "--headless",
      "--convert-to",
      'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}',
      "--outdir",
      folder,
      docx,
    ],
    { stdio: "ignore" },
  );
  const text = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
  const places = execFileSync("pdfinfo", ["-dests", pdf], { encoding: "utf8" });
  const bookmarks = new Map<string, number>();
  for (const [, page, name] of places.matchAll(/^\s*(\d+) \[.*\] "(.*)"$/gm)) {
    // The underscores that hide our bookmarks are written as their code.
    bookmarks.set(name!.replaceAll("5F", "_"), Number(page) - 1);
  }
  return {
    pdf,
    pages: text.split("\f").slice(0, -1),
    bookmarks,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
