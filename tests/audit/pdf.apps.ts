// The PDF's own content, read by poppler: every citation that we say was drawn
// stands in it, in its place after the ones before it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { showsLocator } from "../../src/audit.js";
import { compile } from "../../src/compile.js";
import { normalize } from "../../src/conserve.js";
import { type Citation, walk } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { paginate } from "../../src/write/pdf/pdf.js";

/** The lines of each page, in the order of its content. */
function linesOf(pdf: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), "reissue-audit-"));
  try {
    const path = join(folder, "work.pdf");
    writeFileSync(path, pdf);
    const text = execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8" });
    return text
      .split(/[\n\f]/)
      .map(normalize)
      .filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a text stands in some lines: whole, or divided by the end of a page. */
function stands(text: string, lines: readonly string[], all: string): boolean {
  if (all.includes(text)) return true;
  return lines.some((line, at) => {
    for (let length = Math.min(line.length, text.length - 1); length > 0; length--) {
      if (!line.endsWith(text.slice(0, length))) continue;
      const rest = text.slice(length);
      const after = lines.slice(at + 1, at + 60);
      if (after.some((_, from) => after.slice(from).join("").startsWith(rest))) return true;
    }
    return false;
  });
}

// OSCOLA's "ibid" stands for the same page too, once.
test.each([
  ["chicago", 54],
  ["apa", 54],
  ["harvard", 54],
  ["oscola", 53],
  ["ieee", 54],
])("%s", async (word, expected) => {
  const { project } = loadProject({
    cwd: process.cwd(),
    manuscript: "manuscript/dissertation.yaml",
    style: [word],
  });
  const document = compile(project!, project!.styles[0]!, () => {});
  const written = await (await paginate(document, project!.template)).write();
  const lines = linesOf(written.bytes);
  const all = lines.join("");
  const missing = written.citations.filter((text) => !stands(normalize(text), lines, all));
  expect(missing).toEqual([]);

  const citations = [...walk(document.parts.flatMap(({ children }) => children))].filter(
    (node): node is Citation => node.type === "citation",
  );
  expect(written.citations).toHaveLength(citations.length);
  let locators = 0;
  for (const [index, { items }] of citations.entries()) {
    for (const { locator } of items) {
      if (locator && showsLocator(locator, written.citations[index]!)) locators++;
    }
  }
  expect(locators).toBe(expected);
});
