// Reads bibliographies as a build does, for the tests of this folder.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Diagnostic, Sources } from "../../src/diagnostic.js";
import type { Reference } from "../../src/document.js";
import { findDuplicates } from "../../src/duplicates.js";
import { type Bibliography, readBibliography } from "../../src/read/bibliography.js";
import { createReader } from "../../src/source.js";

export interface ReadFiles {
  readonly references: readonly Reference[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
}

/** Reads files of a folder into one bibliography; `lang` is the manuscript's language. */
export function readFiles(folder: string, files: readonly string[], lang?: string): ReadFiles {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const reader = createReader({ root: folder, cwd: folder, report });
  const bibliography: Bibliography = { references: new Map(), spans: new Map() };
  for (const file of files) readBibliography(file, reader, report, bibliography, undefined, lang);
  findDuplicates(bibliography, reader.sources, report);
  return {
    references: [...bibliography.references.values()],
    diagnostics,
    sources: reader.sources,
  };
}

/** Reads texts as if they were files of one folder, by their names. */
export function readTexts(
  texts: Readonly<Record<string, string | Uint8Array>>,
  lang?: string,
): ReadFiles {
  const folder = mkdtempSync(join(tmpdir(), "reissue-bibliography-"));
  try {
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    return readFiles(folder, Object.keys(texts), lang);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
