// Works of every common kind, short enough to read at a glance.

import type { Reference } from "../../src/document.js";

const list: readonly Reference[] = [
  {
    id: "smith",
    type: "book",
    author: [{ family: "Smith", given: "John" }],
    title: "War and water",
    publisher: "Example Press",
    "publisher-place": "London",
    issued: { "date-parts": [[2010]] },
  },
  {
    id: "jones",
    type: "article-journal",
    author: [
      { family: "Jones", given: "Anne" },
      { family: "Brown", given: "Peter" },
    ],
    title: "On rivers",
    "container-title": "Journal of Waters",
    volume: "12",
    issue: "3",
    page: "101-123",
    DOI: "10.1000/ab(c)<d>",
    issued: { "date-parts": [[2001, 5, 4]] },
  },
  {
    id: "doe",
    type: "chapter",
    author: [
      { family: "Doe", given: "Jane" },
      { family: "Roe", given: "Rita" },
      { family: "Poe", given: "Paul" },
      { family: "Zoe", given: "Zara" },
    ],
    title: "The state of states",
    editor: [{ family: "Editor", given: "Ed" }],
    "container-title": "A handbook of states",
    page: "10-40",
    publisher: "Press",
    "publisher-place": "New York",
    issued: { "date-parts": [[1999]] },
  },
  {
    id: "page",
    type: "webpage",
    title: "An anonymous page",
    "container-title": "Example.com",
    URL: "https://example.com/a page?x=1&y=2",
    issued: { "date-parts": [[2015, 3, 9]] },
    accessed: { "date-parts": [[2019, 1, 2]] },
  },
  {
    id: "who",
    type: "report",
    author: [{ literal: "World Health Organization" }],
    title: "Health of the <i>Danube</i> vis-à-vis the “Rhine”",
    publisher: "WHO",
    "publisher-place": "Geneva",
    issued: { "date-parts": [[2012]] },
  },
];

export const references: ReadonlyMap<string, Reference> = new Map(
  list.map((reference) => [reference.id, reference]),
);
