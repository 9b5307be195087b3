// Works that lack what the style would print of them.

import { expect, test } from "vitest";
import { findCslStyle } from "../../src/citation/csl-styles.js";
import { incompleteReferences } from "../../src/citation/required-fields.js";
import type { Reference } from "../../src/document.js";
import { references } from "./references.js";

const lacking = (style: string, works: readonly Reference[]) =>
  incompleteReferences(works, {
    id: style,
    title: style,
    csl: findCslStyle(style)!,
    locale: "en-US",
    ibid: "style",
  }).map(({ key, fields }) => `${key}: ${fields.join(", ")}`);

const year = { "date-parts": [[2001]] };
const works: readonly Reference[] = [
  { id: "book", type: "book", title: "A book", issued: year },
  { id: "article", type: "article-journal", title: "An article", author: [], issued: year },
  { id: "page", type: "webpage", title: "A page" },
  { id: "chapter", type: "chapter", "container-title": "A book", publisher: "P", issued: year },
  {
    id: "forthcoming",
    type: "book",
    title: "Soon",
    publisher: "P",
    "publisher-place": "L",
    status: "forthcoming",
  },
  { id: "song", type: "song", title: "A song" },
];

test("asks for what the type needs", () => {
  expect(lacking("chicago-fullnote-bibliography", works)).toEqual([
    "book: publisher, publisher-place",
    "article: container-title, volume or issue, page or DOI",
    "page: URL, issued or accessed",
    "chapter: title, publisher-place",
  ]);
});

test("asks for nothing that the style does not print", () => {
  expect(lacking("apa", works.slice(0, 1))).toEqual(["book: publisher"]);
});

test("is content with complete works", () => {
  expect(lacking("chicago-fullnote-bibliography", [...references.values()])).toEqual([]);
  expect(lacking("harvard-cite-them-right", [...references.values()])).toEqual([]);
});
