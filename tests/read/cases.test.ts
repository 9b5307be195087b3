// Each folder of cases/ is a manuscript with mistakes, and what is reported of
// it. To add one, write the manuscript and run `npm test -- -u`; then read what
// was written before committing it.

import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import { noMatter, type WrittenMatter } from "../../src/matter.js";
import { type Bibliography, readBibliography } from "../../src/read/bibliography.js";
import { readManuscript } from "../../src/read/manuscript.js";
import { createReader } from "../../src/source.js";
import { outline } from "./outline.js";

const cases = `${import.meta.dirname}/cases`;

describe.each(readdirSync(cases))("%s", (name) => {
  const { manuscript, bibliography, printed } = readCase(name);

  test("is reported", async () => {
    await expect(`${printed.join("\n\n")}\n`).toMatchFileSnapshot(
      `${cases}/${name}/expected/diagnostics.txt`,
    );
  });

  test("is read as far as it can be", async () => {
    const { sections = [], appendices = [], matter = noMatter } = manuscript ?? {};
    const text = (name: WrittenMatter) => matter.texts.get(name)?.children ?? [];
    const others = [...matter.texts.keys()].filter((name) => !first.has(name));
    const lines = [
      JSON.stringify(manuscript?.metadata, withoutSpans, 2),
      ...[text("abstract"), text("acknowledgements"), sections].map((blocks) => outline(blocks)),
      ...others.map((name) => `${name}: ${outline(text(name))}`),
      ...appendices.map((appendix) => `appendix: ${outline([appendix])}`),
      JSON.stringify([...bibliography.references.values()], null, 2),
    ];
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`${cases}/${name}/expected/read.txt`);
  });
});

test("no case has reached into JavaScript's own objects", () => {
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

function readCase(name: string) {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const reader = createReader({ root: `${cases}/${name}`, cwd: `${cases}/${name}`, report });
  const manuscript = readManuscript("manuscript.yaml", reader, report);
  const bibliography: Bibliography = { references: new Map(), spans: new Map() };
  for (const { value, span } of manuscript?.bibliography ?? []) {
    readBibliography(value, reader, report, bibliography, span);
  }
  const printed = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, reader.sources));
  return { manuscript, bibliography, printed };
}

/** What is printed without its name, from before there were others. */
const first: ReadonlySet<string> = new Set(["abstract", "acknowledgements"]);

const withoutSpans = (key: string, value: unknown) => (key === "span" ? undefined : value);
