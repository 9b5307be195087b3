// The same sentences in several styles, and the page that shows them.

import { expect, test } from "vitest";
import { compare } from "../../src/compare.js";
import { compile } from "../../src/compile.js";
import { type Block, type Document, toText, walk } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { writeComparePage } from "../../src/write/compare-page.js";

function compiled(manuscript: string, style: readonly string[]) {
  const { project } = loadProject({ cwd: process.cwd(), manuscript, style });
  const { manuscript: read, styles } = project!;
  return {
    metadata: read.metadata,
    styles,
    documents: styles.map((one) => compile(project!, one, () => {})),
  };
}

test("shows every citation of the dissertation once in each style", () => {
  const { documents } = compiled("manuscript/dissertation.yaml", ["chicago", "apa", "vancouver"]);
  const passages = compare(documents);
  expect(passages.every(({ readings }) => readings.every(({ inlines }) => inlines.length))).toBe(
    true,
  );
  const blocks = ({ parts }: Document) => parts.flatMap(({ children }) => children);
  const citations = (nodes: Parameters<typeof walk>[0]) =>
    [...walk(nodes)].flatMap((node) => (node.type === "citation" ? [toText(node.children)] : []));
  for (const [index, document] of documents.entries()) {
    const shown = passages.flatMap(({ readings }) => citations(readings[index]!.inlines));
    expect(shown).toEqual(citations(blocks(document)));
  }
});

test("keeps a sentence that a citation divides in one style only in one passage", () => {
  const { documents } = compiled("tests/cli/cases/compare/dissertation.yaml", ["chicago", "apa"]);
  const texts = compare(documents).map(({ readings }) =>
    readings.map(({ inlines }) => toText(inlines)),
  );
  expect(texts[0]![0]).toBe("A claim of Dr. Smith.");
  expect(texts[1]).toEqual([
    "As Jones has it, “this is what we all want.”",
    "As Jones (2001, p. 12) has it, “this is what we all want” (Smith, 2000, p. xii).",
  ]);
});

test("the page stands by itself and runs no script", async () => {
  const { documents, styles, metadata } = compiled("tests/cli/cases/compare/dissertation.yaml", [
    "chicago",
    "apa",
  ]);
  const page = writeComparePage(metadata, styles, compare(documents));
  expect(page).not.toMatch(/<script|\ssrc=|@import|url\(/);
  expect(page).toContain("default-src 'none'; style-src 'sha256-");
  await expect(page.replace(/<style>[\s\S]*<\/style>/, "<style>…</style>")).toMatchFileSnapshot(
    "expected/compare.html",
  );
});

test("what an author typed is text in the page, not markup", () => {
  const { documents, styles, metadata } = compiled("tests/cli/cases/compare/dissertation.yaml", [
    "chicago",
    "apa",
  ]);
  const spoilt = documents.map((document): Document => {
    const parts = document.parts.map((part) => ({
      ...part,
      children: part.children.map(
        (block): Block =>
          block.type === "section"
            ? { ...block, title: [...block.title, { type: "text", value: "<img src=x>" }] }
            : block,
      ),
    }));
    return { ...document, parts };
  });
  const page = writeComparePage(metadata, styles, compare(spoilt));
  expect(page).toContain("&#60;img src=x&#62;");
  expect(page).not.toContain("<img");
});
