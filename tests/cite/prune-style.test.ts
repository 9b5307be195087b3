// A pruned style prints what the whole one prints.

import { expect, test } from "vitest";
import { cslStyleIds, findCslStyle } from "../../src/citation/csl-styles.js";
import { createEngine } from "../../src/citation/engine.js";
import { pruneStyle, type StyleArea } from "../../src/citation/prune-style.js";
import type { Reference } from "../../src/document.js";
import type { CslNode, CslStyle } from "../../src/style.js";

const author = [{ family: "Doe", given: "Jane Ann" }];
const issued = { "date-parts": [[2019, 12, 13]] };
const works: readonly Reference[] = [
  {
    id: "thesis",
    type: "thesis",
    title: "On theses",
    author,
    issued,
    genre: "PhD thesis",
    publisher: "University of Example",
  },
  {
    id: "page",
    type: "webpage",
    title: "On pages",
    "container-title": "Example.com",
    issued,
    URL: "https://example.org/",
  },
  {
    id: "book",
    type: "book",
    title: "On books",
    author,
    editor: author,
    issued,
    publisher: "Press",
    "publisher-place": "London",
  },
  {
    id: "article",
    type: "article-journal",
    title: "On articles",
    author,
    issued,
    "container-title": "Journal",
    volume: "2",
    issue: "3",
    page: "10-20",
    DOI: "10.1000/1",
  },
  { id: "odd", type: "treaty", title: "On treaties" },
];

function print(csl: CslStyle, references: readonly Reference[], area: StyleArea): unknown {
  const engine = createEngine({
    csl,
    locale: "en-GB",
    ibid: "style",
    references: new Map(references.map((reference) => [reference.id, reference])),
  });
  const citations = engine.printCitations(
    [...references, ...references].map(({ id }, index) => ({
      items: [{ key: id, label: "page", locator: "12" }],
      note: csl.class === "note" ? index + 1 : 0,
      wrap: "style" as const,
      withoutAuthor: false,
    })),
  );
  return area === "citation" ? citations : engine.printList();
}

const sample = cslStyleIds().filter((_, index) => index % 90 === 7);
const pruned = (
  csl: CslStyle,
  references: readonly Reference[],
  areas: readonly StyleArea[],
): CslStyle => ({
  ...csl,
  source: () =>
    pruneStyle(csl.source() as CslNode, new Set(references.map(({ type }) => type)), areas),
});

test.each([...sample, "apa", "chicago-fullnote-bibliography", "oscola"])("%s", (id) => {
  const csl = findCslStyle(id)!;
  for (const area of ["citation", "bibliography"] as const) {
    const both = ["citation", "bibliography"] as const;
    expect(print(pruned(csl, works, both), works, area)).toEqual(print(csl, works, area));
    for (const work of works.slice(0, 2)) {
      const alone = print(pruned(csl, [work], [area]), [work], area);
      expect(alone).toEqual(print(csl, [work], area));
    }
  }
});

test("what is for other types is gone, and what only it called", () => {
  const node = (name: string, attrs: Record<string, string>, ...children: CslNode[]): CslNode => ({
    name,
    attrs,
    children,
  });
  const text = (macro: string) => node("text", { macro });
  const choose = node(
    "choose",
    {},
    node("if", { type: "book map" }, text("book")),
    node("else-if", { type: "thesis", variable: "genre" }, text("thesis")),
    node("else-if", { type: "book", match: "none" }, text("other")),
    node("else", {}, text("never")),
  );
  const style = node(
    "style",
    {},
    node("macro", { name: "book" }),
    node("macro", { name: "thesis" }, text("inner")),
    node("macro", { name: "inner" }),
    node("macro", { name: "other" }),
    node("macro", { name: "never" }),
    node("citation", {}, node("layout", {}, choose)),
  );
  const names = (types: string[]) =>
    pruneStyle(style, new Set(types))
      .children.filter((child) => typeof child === "object")
      .flatMap(({ attrs }) => attrs.name ?? []);
  expect(names(["thesis"])).toEqual(["thesis", "inner", "other"]);
  expect(names(["book"])).toEqual(["book"]);
  expect(names(["webpage"])).toEqual(["other"]);
  expect(names(["book", "thesis"])).toEqual(["book", "thesis", "inner", "other", "never"]);
});
