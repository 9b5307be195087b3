// What tells who wrote a work: phrases by language, names, and works of one's own.

import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.js";
import type { Metadata, Reference } from "../../src/document.js";
import { findEdition } from "../../src/edition.js";
import { reportIdentity } from "../../src/identity.js";
import { noMatter } from "../../src/matter.js";
import { chapterOf } from "../count/compiled.js";

/** Returns what a text tells, in the order in which it is told. */
function told(
  text: string,
  metadata: Partial<Metadata> = {},
  { file = "dissertation.yaml", references = [] as Reference[] } = {},
): string[] {
  const all: Metadata = { title: [], author: [], lang: "en", keywords: [], ...metadata };
  const found: Diagnostic[] = [];
  const manuscript = {
    file,
    metadata: { ...all, author: [] },
    bibliography: [],
    matter: noMatter,
    sections: [chapterOf(text)],
    appendices: [],
  };
  reportIdentity(
    {
      manuscript,
      metadata: all,
      references: new Map(references.map((reference) => [reference.id, reference])),
      sources: new Map(),
    },
    (diagnostic) => void found.push(diagnostic),
  );
  expect(found.every(({ code }) => code === "identity-shown")).toBe(true);
  return found.map(({ message }) => /"([^"]+)"/.exec(message)?.[1] ?? message);
}

test.each([
  [
    "en",
    "As my doctoral supervisor said, my own article and our previous studies show it.",
    ["my doctoral supervisor", "my own article", "our previous studies"],
  ],
  ["en", "I have argued elsewhere that this holds.", ["I have argued elsewhere"]],
  [
    "de",
    "Mein Betreuer und meine Doktormutter kennen meine früheren Arbeiten.",
    ["Mein Betreuer", "meine Doktormutter", "meine früheren Arbeiten"],
  ],
  [
    "fr",
    "Ma directrice connaît mes précédents travaux et mes travaux antérieurs.",
    ["Ma directrice", "mes précédents travaux", "mes travaux antérieurs"],
  ],
  [
    "es",
    "Mi directora conoce mis anteriores trabajos y mis trabajos anteriores.",
    ["Mi directora", "mis anteriores trabajos", "mis trabajos anteriores"],
  ],
])("phrases in %s: %s", (lang, text, phrases) => {
  expect(told(text, { lang })).toEqual(phrases);
});

test.each(["My work is hard.", "The supervisor was absent.", "We argue that it holds."])(
  "nothing is told by: %s",
  (text) => {
    expect(told(text)).toEqual([]);
  },
);

test("names are found as words, with their genitives, in text, code and links", () => {
  const author = [{ family: "Li", given: "Wei" }];
  expect(told("Life is Li's, `Li` and Wei Li say; not Liu.", { author })).toEqual([
    "Li",
    "Li",
    "Wei Li",
  ]);
  expect(told("[here](https://example.org/Li)", { author })).toEqual(["Li"]);
  expect(told("A (b) group.", { author: [{ literal: "(b" }] })).toEqual(["(b"]);
});

test("the manuscript's file may be named after its author", () => {
  const author = [{ family: "Doe-Smythe", given: "Jane" }];
  expect(told("Text.", { author }, { file: "doe-smythe_thesis.yaml" })).toEqual(["Doe-Smythe"]);
  expect(told("Text.", { author }, { file: "does.yaml" })).toEqual([]);
});

test("works are one's own by family and initial", () => {
  const author = [{ family: "Doe", given: "Jane" }];
  const by = (id: string, family: string, given?: string): Reference => ({
    id,
    type: "book",
    author: [{ family, ...(given && { given }) }],
  });
  const references = [by("own", "Doe", "J. M."), by("other", "Doe", "Ann"), by("bare", "Doe")];
  expect(told("All [@own; @other, 3; @bare].", { author }, { references })).toEqual([
    "own",
    "bare",
  ]);
});

test("editions that are based on one another come to an end", () => {
  const declared = [
    { id: "one", basedOn: "two" },
    { id: "two", basedOn: "one", omit: ["date" as const] },
  ];
  expect(findEdition("one", declared)).toMatchObject({ id: "one", omit: ["date"] });
});
