// What pandoc makes of the same BibLaTeX file, beside what we make of it: every
// difference stands in the expected file, and docs in its reasons who is right.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFiles } from "./read-files.js";

const folder = join(import.meta.dirname, "cases/bibtex-tricky");

test("differs from pandoc where it is listed, and nowhere else", async () => {
  const { references } = readFiles(folder, ["references.bib"]);
  // Pandoc 2.17 reads nothing of a file with an e-mail address outside of its
  // entries, or with an entry in parentheses.
  const input = readFileSync(join(folder, "references.bib"), "utf8")
    .replace(/^This file.*/, "")
    .replace(/^(@\w+)\((.*)\)$/m, "$1{$2}")
    .replace(/^(@\w+)\(([\s\S]*?)\n\)$/m, "$1{$2\n}");
  const json = execFileSync("pandoc", ["--from", "biblatex", "--to", "csljson"], {
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  const theirs = new Map(
    (JSON.parse(json) as Record<string, unknown>[]).map((item) => [String(item.id), item]),
  );
  const lines: string[] = [];
  for (const reference of references) {
    const other = theirs.get(reference.id);
    if (!other) lines.push(`${reference.id}: not in pandoc`);
    else {
      const variables = new Set([...Object.keys(reference), ...Object.keys(other)]);
      for (const variable of [...variables].sort()) {
        const our = comparable(reference[variable]);
        const their = comparable(other[variable]);
        if (our !== their)
          lines.push(`${reference.id} ${variable}`, `  ours   ${our}`, `  pandoc ${their}`);
      }
    }
    theirs.delete(reference.id);
  }
  for (const id of theirs.keys()) lines.push(`${id}: only in pandoc`);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("pandoc/expected.txt");
});

/** Values as text, without what means the same: kinds of apostrophes and of quotation marks. */
function comparable(value: unknown): string {
  if (value === undefined) return "none";
  return JSON.stringify(value)
    .replace(/"(\d{1,4})"/g, "$1")
    .replace(/<span class=\\"nocase\\">(.*?)<\/span>/g, "{$1}")
    .replaceAll("’", "'");
}
