// Records read back by pandoc: what a reference manager would make of them.

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { workRecord } from "../../src/cite-this-work.js";
import type { Reference } from "../../src/document.js";
import { printRecord } from "../../src/write/references.js";
import { works } from "./works.js";

function readBack(text: string, format: "biblatex" | "csljson"): Reference {
  const output = execFileSync("pandoc", ["--from", format, "--to", "csljson"], { input: text });
  const [reference] = JSON.parse(output.toString()) as Reference[];
  return reference!;
}

/** A CSL item whose texts are compared as letters, not as markup. */
function plain(value: unknown): unknown {
  if (typeof value === "string") {
    return value
      .replace(/<span class="nocase">(.*)<\/span>/s, "$1")
      .replace(/<\/?i>/g, "")
      .replace(/[‘’“”"']+/g, "'");
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
}

test.each(Object.entries(works))("BibTeX of %s", (_, metadata) => {
  const record = workRecord(metadata);
  const read = plain(readBack(printRecord(record, "bibtex"), "biblatex")) as Reference;
  // What is neither a thesis nor an article has one field for the one who publishes it.
  const publisher = record.publisher ?? record["container-title"];
  const expected = plain({ ...record, publisher }) as Reference;
  for (const field of [
    "id",
    "title",
    "author",
    "issued",
    "URL",
    "accessed",
    "publisher",
    "genre",
  ]) {
    expect([field, read[field]]).toEqual([field, expected[field]]);
  }
});

test.each(Object.entries(works))("CSL-JSON of %s", (_, metadata) => {
  const record = workRecord(metadata);
  const read = plain(readBack(printRecord(record, "csl-json"), "csljson")) as Reference;
  const { id, title, author, issued, type } = plain(record) as Reference;
  expect(read).toMatchObject({ id, type, title, issued, ...(author && { author }) });
});
