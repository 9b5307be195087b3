// Each folder of cases/ is a test: bibliographies in several formats, read in
// alphabetical order, and in expected/ what they become in CSL YAML and what is
// reported. To add one, write the files, run `npm test -- -u`, and read what was
// written before committing it.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { formatDiagnostic } from "../../src/diagnostic.js";
import { readFiles } from "./read-files.js";

const cases = join(import.meta.dirname, "cases");

describe.each(readdirSync(cases))("%s", (name) => {
  const folder = join(cases, name);

  test("becomes CSL", async () => {
    const files = readdirSync(folder).filter((file) => file !== "expected");
    const { references, diagnostics, sources } = readFiles(folder, files);
    const messages = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sources));
    await expect(stringify(references.map(ordered), { lineWidth: 100 })).toMatchFileSnapshot(
      join(folder, "expected/references.yaml"),
    );
    await expect(messages.map((message) => `${message}\n`).join("\n")).toMatchFileSnapshot(
      join(folder, "expected/diagnostics.txt"),
    );
  });
});

/** What people look for first stands first. */
const first = ["id", "type", "language", "author", "editor", "issued", "title", "container-title"];

function ordered(reference: object): unknown {
  const entries = Object.entries(reference);
  const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  return Object.fromEntries(
    entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)),
  );
}
