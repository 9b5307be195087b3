// Each folder of cases/ is a test: bibliographies in several formats, read in
// alphabetical order, and in expected/ what they become in CSL YAML and what is
// reported. To add one, write the files, run `npm test -- -u`, and read what was
// written before committing it.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { formatDiagnostic } from "../../src/diagnostic.js";
import { readFiles, readTexts } from "./read-files.js";

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

test("titles without a language are in that of the manuscript", () => {
  const texts = {
    "a.bib":
      "@book{a, title = {Wandel Durch Handel}} @book{b, title = {A Way Out}, langid = {english}}",
    "c.ris": "TY  - BOOK\nID  - c\nTI  - Wandel Durch Handel\nER  - \n",
  };
  const titles = (lang: string): unknown[] =>
    readTexts(texts, lang).references.map(({ title }) => title);
  expect(titles("en-GB")).toEqual(["Wandel durch handel", "A way out", "Wandel durch handel"]);
  expect(titles("de")).toEqual(["Wandel Durch Handel", "A way out", "Wandel Durch Handel"]);
});

test("keys stay the same when works of others are added", () => {
  const record = (author: string, title: string): string =>
    `TY  - BOOK\nAU  - ${author}\nTI  - ${title}\nPY  - 2001\nER  - \n`;
  const keys = (...records: string[]): string[] =>
    readTexts({ "a.ris": records.join("") }).references.map(({ id }) => id);
  const [one, two] = [record("Doe, Jane", "One"), record("Doe, Jane", "Two")];
  expect(keys(one, two)).toEqual(["doe2001", "doe2001b"]);
  expect(keys(record("Roe, R.", "Other"), one, record("Moe, M.", "Third"), two)).toEqual([
    "roe2001",
    "doe2001",
    "moe2001",
    "doe2001b",
  ]);
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
