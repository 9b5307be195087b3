// The real dissertation in the three main styles, as an editor would read it: in
// expected/, every note or citation in its order, then the list of references.

import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { type Document, walk } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { show, showBlocks } from "./notation.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

function dissertation(id: string): { document: Document; diagnostics: Diagnostic[] } {
  const { project, diagnostics } = loadProject({
    manuscript: "manuscript",
    style: [id],
    cwd: root,
  });
  const document = compile(project!, project!.styles[0]!, (diagnostic) =>
    diagnostics.push(diagnostic),
  );
  return { document, diagnostics };
}

const nodes = (document: Document) => document.parts.flatMap(({ children }) => [...walk(children)]);

function citations(document: Document) {
  return nodes(document).flatMap((node) => (node.type === "citation" ? [node] : []));
}

describe.each(["chicago", "apa", "harvard"])("in %s", (id) => {
  const { document, diagnostics } = dissertation(id);
  const entries = nodes(document).flatMap((node) => (node.type === "entry" ? [node] : []));
  const notes = nodes(document).flatMap((node) => (node.type === "note" ? [node] : []));

  test("reads as it should", async () => {
    const cited =
      id === "chicago"
        ? notes.map((note) => `${note.number}. ${showBlocks(note.children)}`)
        : citations(document).map((citation) => show(citation.children));
    const list = entries.map(({ children }) => show(children));
    await expect(`${[...cited, "", ...list].join("\n")}\n`).toMatchFileSnapshot(
      `expected/dissertation-${id}.txt`,
    );
  });

  test("has its 79 citations, as notes only in Chicago", () => {
    expect(citations(document)).toHaveLength(79);
    expect(notes.map(({ number }) => number)).toEqual(
      id === "chicago" ? Array.from({ length: 79 }, (_, index) => index + 1) : [],
    );
  });

  test("cites the same works at the same places as the others", () => {
    const clusters = (of: Document) =>
      citations(of).map(({ items }) =>
        items.map(({ key, label, locator }) => [key, label, locator]),
      );
    expect(clusters(document)).toEqual(clusters(dissertation("vancouver").document));
  });

  test("lists every work once, and links every citation to it", () => {
    const keys = citations(document).flatMap(({ items }) => items.map(({ key }) => key));
    expect(entries.map(({ key }) => key).sort()).toEqual([...new Set(keys)].sort());
    const ids = new Set(entries.map((entry) => `#${entry.id}`));
    const keyOf = new Map(entries.map((entry) => [`#${entry.id}`, entry.key]));
    const plain: string[] = [];
    for (const { children, items } of citations(document)) {
      const targets = [...walk(children)].flatMap((node) =>
        node.type === "link" && ids.has(node.url) ? [keyOf.get(node.url)!] : [],
      );
      if (!targets.length) plain.push(show(children));
      expect(items.map(({ key }) => key)).toEqual(expect.arrayContaining(targets));
    }
    // Two works under one name: where the one ends and the other begins cannot be told.
    expect(plain).toEqual(
      id === "chicago" ? [] : ["(Russian Ministry of Foreign Affairs, 2000, 2013)"],
    );
  });

  test("leaves no work unknown or unprinted", () => {
    const codes = ["citation-undefined", "reference-unprinted", "style-invalid"];
    expect(diagnostics.filter(({ code }) => codes.includes(code))).toEqual([]);
  });
});
