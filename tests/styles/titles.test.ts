// Titles in the main styles: case by the manual, quotations, emphasis, languages.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type TitleCase, titleCaseOf, toTitleCase } from "../../src/citation/title-case.js";
import type { Reference } from "../../src/document.js";
import { type MainStyle, mainStyles } from "./main-styles.js";
import { print } from "./printed.js";

const names = Object.keys(mainStyles) as MainStyle[];

interface Title extends Partial<Record<MainStyle, string>> {
  readonly title?: string;
  readonly "container-title"?: string;
  readonly type?: string;
  readonly language?: string;
}

const titles = parse(readFileSync(new URL("titles.yaml", import.meta.url), "utf8")) as Title[];

/** The same work for all titles, so that only the title differs in what is printed. */
function referenceOf(row: Title, variable: string, value: string, id: string): Reference {
  return {
    id,
    type: row.type ?? (variable === "title" ? "book" : "article-journal"),
    author: [{ literal: id }],
    title: "Known",
    ...((row.type === "article-journal" || variable !== "title") && {
      "container-title": "Journal",
      volume: 1,
      page: "2-3",
    }),
    issued: { "date-parts": [[2001]] },
    ...(row.language !== undefined && { language: row.language }),
    [variable]: value,
  };
}

describe.each(names)("titles in %s", (name) => {
  // One engine prints all titles, and beside each the same work under a plain one.
  const rows = titles.map((row, index) => {
    const variable = row.title === undefined ? "container-title" : "title";
    return { row, variable, stored: row[variable]!, id: `w${index}` };
  });
  const references = rows.flatMap(({ row, variable, stored, id }) => [
    referenceOf(row, variable, stored, id),
    referenceOf(row, variable, "Probe", `${id}-plain`),
  ]);
  const { list } = print(
    mainStyles[name],
    references,
    references.map(({ id }) => [{ key: id }]),
  );

  it.each(rows)("$stored", ({ row, stored, id }) => {
    const chicago = name === "chicago-18" || name === "mla" ? row.chicago : undefined;
    const expected = row[name] ?? chicago ?? (name === "harvard" ? row.apa : undefined) ?? stored;
    const frame = list.get(`${id}-plain`)!.replace(`${id}-plain`, id);
    // A title's own mark at its end takes the place of the full stop, inside the quotation marks too.
    const ended = /[?!][’”]?$/.test(expected) ? frame.replace(/Probe(\*?)\./, "Probe$1") : frame;
    expect(list.get(id)).toBe(ended.replace("Probe", () => expected));
  });
});

describe("title case", () => {
  const text = fc.stringMatching(/^[a-zA-Zé’ :?“”\-.,/]{0,60}$/);
  const manual = fc.constantFrom<TitleCase>("apa", "cmos-17", "cmos-18", "mla");

  it("changes nothing but small letters into capitals", () => {
    fc.assert(
      fc.property(text, manual, (title, rules) => {
        const titled = toTitleCase(title, rules);
        expect(titled.toLowerCase()).toBe(title.toLowerCase());
        for (const [index, letter] of [...title].entries()) {
          if (letter !== letter.toLowerCase()) expect([...titled][index]).toBe(letter);
        }
      }),
    );
  });

  it("leaves what it has made as it is", () => {
    fc.assert(
      fc.property(text, manual, (title, rules) => {
        const once = toTitleCase(title, rules);
        expect(toTitleCase(once, rules)).toBe(once);
      }),
    );
  });

  it("leaves protected words alone, at any depth", () => {
    const title = 'a <span class="nocase">of <i>the small</i> things</span> and others';
    expect(toTitleCase(title, "cmos-17")).toBe(
      'A <span class="nocase">of <i>the small</i> things</span> and Others',
    );
  });

  it.each([
    ["apa", "apa"],
    ["apa-6th-edition", "apa"],
    ["chicago-fullnote-bibliography", "cmos-17"],
    ["chicago-author-date", "cmos-17"],
    ["chicago-author-date-17th-edition", "cmos-17"],
    ["turabian-author-date", "cmos-17"],
    ["chicago-18", "cmos-18"],
    ["chicago-notes-bibliography", "cmos-18"],
    ["chicago-notes-bibliography-17th-edition", "cmos-17"],
    ["modern-language-association-7th-edition", "mla"],
    ["oscola", undefined],
  ])("of the style %s are %s", (id, manual) => {
    expect(titleCaseOf(id)).toBe(manual);
  });
});
