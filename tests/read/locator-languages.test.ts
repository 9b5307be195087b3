// Locators in the words of the manuscript's language; English ones stay known.

import { describe, expect, test } from "vitest";
import { walk } from "../../src/document.js";
import { readMarkdown } from "../../src/read/markdown.js";

const cases: Readonly<Record<string, readonly [typed: string, label: string, locator: string][]>> =
  {
    en: [["p. 12", "page", "12"]],
    de: [
      ["S. 12", "page", "12"],
      ["Kap. 3", "chapter", "3"],
      ["Bd. 2", "volume", "2"],
      ["Abs. 4-5", "paragraph", "4-5"],
      ["Fn. 7", "note", "7"],
      ["Rn. 17", "paragraph", "17"],
      ["§ 242", "section", "242"],
      ["chap. 3", "chapter", "3"],
    ],
    fr: [
      ["p. 12-14", "page", "12-14"],
      ["chapitre 3", "chapter", "3"],
      ["t. 2", "volume", "2"],
      ["n° 5", "issue", "5"],
    ],
    es: [
      ["págs. 3-5", "page", "3-5"],
      ["cap. II", "chapter", "II"],
      ["tomo 3", "volume", "3"],
    ],
    it: [
      ["pagg. 3-5", "page", "3-5"],
      ["capp. 2-3", "chapter", "2-3"],
      ["riga 4", "line", "4"],
    ],
    nl: [
      ["blz. 9", "page", "9"],
      ["hfst. 2", "chapter", "2"],
      ["nr. 4", "issue", "4"],
    ],
    pl: [
      ["s. 9", "page", "9"],
      ["rozdz. 2", "chapter", "2"],
      ["przyp. 4", "note", "4"],
    ],
    pt: [
      ["págs. 9-11", "page", "9-11"],
      ["capítulo 2", "chapter", "2"],
    ],
    ru: [
      ["с. 9", "page", "9"],
      ["гл. 2", "chapter", "2"],
      ["т. 3", "volume", "3"],
      ["№ 4", "issue", "4"],
    ],
  };

describe.each(Object.entries(cases))("%s", (lang, lines) => {
  test.each(lines)("%s", (typed, label, locator) => {
    const text = `[@key, ${typed}]`;
    const source = { file: "m.yaml", text, lang, offset: (at: number) => at };
    const found = [...walk(readMarkdown(source, () => {}))].find(({ type }) => type === "citation");
    const item = found?.type === "citation" ? found.items[0] : undefined;
    expect(item).toMatchObject({ key: "key", label, locator });
  });
});

test("a word of another language is none in English", () => {
  const source = { file: "m.yaml", text: "[@key, Kap. 3]", offset: (at: number) => at };
  const [found] = [...walk(readMarkdown(source, () => {}))].filter(
    ({ type }) => type === "citation",
  );
  expect(found).toMatchObject({ items: [{ suffix: [{ value: ", Kap. 3" }] }] });
});
