// Zotero's fields, read back from the finished file as Zotero reads them.

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { conserve } from "../../../src/conserve.js";
import {
  type Block,
  type Citation,
  type Document,
  type Entry,
  type Reference,
  toText,
  walk,
} from "../../../src/document.js";
import type { LiveRequest } from "../../../src/write/docx/live.js";
import { lintDocx } from "../lint-docx.js";
import { bodyOf, citation, note, paragraph, section } from "../tree.js";
import { childrenOf, named, parseXml, readParts } from "../xml-tree.js";
import {
  type Field,
  readFields,
  type ZoteroCitation,
  zoteroJson,
  zoteroSettings,
} from "./fields.js";
import { type Living, living, writeAnew, writeLive } from "./living.js";

const isCitation = ({ code }: Field) => code.startsWith("ADDIN ZOTERO_ITEM CSL_CITATION {");
const isList = ({ code }: Field) => code.startsWith("ADDIN ZOTERO_BIBL {");

function citationsOf(bytes: Uint8Array) {
  return readFields(bytes)
    .filter(isCitation)
    .map((field) => ({ field, json: zoteroJson(field.code) as ZoteroCitation }));
}

const styleOf = (bytes: Uint8Array) => childrenOf(zoteroSettings(bytes), "style")[0]!.attributes;
const preferences = (bytes: Uint8Array) =>
  named(zoteroSettings(bytes), "pref").map(({ attributes }) => [attributes.name, attributes.value]);

describe.each(["chicago", "apa", "mla", "ieee", "oscola"])("in %s", (style) => {
  let file: Living;
  beforeAll(async () => {
    file = await living("zotero", style);
  });

  test("every code is of a kind that is known", () => {
    for (const { code } of readFields(file.written.bytes)) {
      expect(code).toMatch(
        /^(TOC \\o "1-\d" \\h \\z \\u|PAGEREF _Toc\d{6} \\h|PAGE|ADDIN ZOTERO_ITEM CSL_CITATION \{.*\}|ADDIN ZOTERO_BIBL \{.*\} CSL_BIBLIOGRAPHY)$/s,
      );
    }
  });

  test("the file is sound, whole, and shows what it shows without fields", () => {
    expect(lintDocx(file.written.bytes)).toEqual([]);
    expect(conserve(file.document, file.written, "docx")).toEqual([]);
    expect(file.written.text).toEqual(file.plain.text);
    expect(file.written.citations).toEqual(file.plain.citations);
  });

  test("a field holds what it shows, the works with their data, and no links", () => {
    const found = citationsOf(file.written.bytes);
    expect(found.length).toBeGreaterThan(7);
    for (const { field, json } of found) {
      expect(json.properties.plainCitation).toBe(field.result);
      expect(json.properties.noteIndex).toBe(field.note);
      expect(field.links).toBe(0);
      expect(json.citationItems.length).toBeGreaterThan(0);
      for (const { id, uris, itemData } of json.citationItems) {
        expect(uris).toEqual([
          expect.stringMatching(/^http:\/\/zotero\.org\/users\/local\/\w+\/items\/[2-9A-NP-Z]{8}$/),
        ]);
        expect(itemData).toEqual(
          JSON.parse(JSON.stringify(file.request.references.get(id) as Reference)),
        );
      }
    }
    const ids = found.map(({ json }) => json.citationID);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]{8}$/);
  });

  test("a work has one address, another work another one", () => {
    const addresses = new Map<string, string>();
    for (const { json } of citationsOf(file.written.bytes)) {
      for (const { id, uris } of json.citationItems) {
        expect(addresses.get(id) ?? uris[0]).toBe(uris[0]);
        addresses.set(id, uris[0]!);
      }
    }
    expect(new Set(addresses.values()).size).toBe(addresses.size);
  });

  test("every citation with something left to print is a field with its works", () => {
    const blocks = file.document.parts.flatMap(({ children }): readonly Block[] => children);
    const expected = [...walk(blocks)]
      .filter((node): node is Citation => node.type === "citation" && node.mode !== "author")
      .filter((node) => toText(node.children).length > (node.authorEnd ?? 0))
      .map(({ items }) => items.map(({ key, locator }) => ({ key, locator })));
    const found = citationsOf(file.written.bytes).map(({ json }) =>
      json.citationItems.map(({ id, locator }) => ({ key: id, locator })),
    );
    const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();
    expect(sorted(found)).toEqual(sorted(expected));
  });

  test("the list is one field around all its entries, and knows the works that are not cited", () => {
    const lists = readFields(file.written.bytes).filter(isList);
    const blocks = file.document.parts.flatMap(({ children }): readonly Block[] => children);
    const entries = [...walk(blocks)].filter((node): node is Entry => node.type === "entry");
    if (entries.length === 0) {
      expect(lists).toEqual([]);
      return;
    }
    const [list] = lists;
    expect(lists).toHaveLength(1);
    expect(list!.result.split("\n")).toEqual(
      entries.map(({ label, children }) =>
        [label, children].flatMap((nodes) => (nodes ? [toText(nodes)] : [])).join("\t"),
      ),
    );
    expect(list!.code.endsWith("} CSL_BIBLIOGRAPHY")).toBe(true);
    const { uncited } = zoteroJson(list!.code) as { uncited: string[][] };
    expect(uncited).toHaveLength(1);
    expect(file.limits).toEqual([
      expect.objectContaining({
        code: "work-not-live",
        message: expect.stringContaining("leave a work out of the list"),
      }),
    ]);
  });
});

test("the settings name the style, the language and where citations stand", async () => {
  const notes = await living("zotero", "chicago");
  expect(styleOf(notes.written.bytes)).toEqual({
    id: "http://www.zotero.org/styles/chicago-fullnote-bibliography",
    locale: "en-US",
    hasBibliography: "1",
    bibliographyStyleHasBeenSet: "1",
  });
  expect(preferences(notes.written.bytes)).toEqual([
    ["fieldType", "Field"],
    ["noteType", "1"],
  ]);
  const text = await living("zotero", "apa");
  expect(styleOf(text.written.bytes).id).toBe("http://www.zotero.org/styles/apa");
  expect(preferences(text.written.bytes)).toEqual([["fieldType", "Field"]]);
  expect(zoteroSettings(text.written.bytes).attributes["data-version"]).toBe("3");
});

test("the author in the sentence stays the sentence's, in the text and with a note", async () => {
  const apa = await living("zotero", "apa");
  const [, , narrative] = citationsOf(apa.written.bytes);
  expect(narrative!.field.result).toBe("(2001, p. 5)");
  expect(narrative!.json.citationItems[0]).toMatchObject({
    id: "jones2001",
    locator: "5",
    label: "page",
    "suppress-author": true,
  });
  expect(apa.written.citations[2]).toBe("Jones and van Dyck (2001, p. 5)");

  const chicago = await living("zotero", "chicago");
  const third = citationsOf(chicago.written.bytes)[2]!;
  expect(third.field).toMatchObject({ result: "Jones and van Dyck, “Article,” 5.", note: 3 });
  // The short form names the author again, and so must what Zotero makes of it.
  expect(third.json.citationItems[0]).not.toHaveProperty("suppress-author");
});

test("prefix, suffix, locator and label are Zotero's", async () => {
  const { written } = await living("zotero", "apa");
  const found = citationsOf(written.bytes).map(({ json }) => json.citationItems);
  expect(found[1]).toEqual([
    expect.objectContaining({ id: "jones2001", prefix: "see", label: "chapter", locator: "3" }),
    expect.objectContaining({
      id: "smith2000",
      prefix: "<i>also</i>",
      suffix: ", emphasis added",
      label: "page",
    }),
  ]);
  const terms = found.flat().find(({ id }) => id === "hopf");
  expect(terms).toMatchObject({ label: "sub verbo", locator: "“power”" });
});

test("brackets of ours around a source in a note stay outside of its field", async () => {
  const { written } = await living("zotero", "chicago");
  const within = citationsOf(written.bytes).find(({ field }) => field.note === 9)!;
  expect(within.field.result).toBe("Smith, History of Things, 7; Jones and van Dyck, “Article”");
  expect(written.citations).toContain(`(${within.field.result})`);
});

test("the same document gives the same bytes, and a citation of its own an id of its own", async () => {
  const one = await living("zotero", "apa");
  const again = await writeAnew("zotero", "apa");
  expect(Buffer.compare(one.written.bytes, again.written.bytes)).toBe(0);
  const same = { ...citation("a", "A"), items: [{ key: "a" }] };
  const { bytes } = await write(bodyOf(paragraph([same, " and ", { ...same }])), [work("a")]);
  const [first, second] = citationsOf(bytes).map(({ json }) => json.citationID);
  expect(first).not.toBe(second);
});

test("a divided list stays plain, and the author is told", async () => {
  const divide = (document: Document): Document => ({
    ...document,
    parts: document.parts.map((part) => ({
      ...part,
      children: part.children.map((block): Block => {
        if (block.type !== "section" || block.role !== "bibliography") return block;
        return { ...block, children: [section("list-1", "Some", block.children)] };
      }),
    })),
  });
  const { written, limits } = await writeAnew("zotero", "apa", divide);
  expect(readFields(written.bytes).filter(isList)).toEqual([]);
  expect(limits).toEqual([expect.objectContaining({ code: "list-not-live" })]);
  expect(citationsOf(written.bytes).length).toBeGreaterThan(7);
  expect(lintDocx(written.bytes)).toEqual([]);
});

// ---- documents of one's own ----------------------------------------------------------

const inText: LiveRequest["style"] = {
  id: "plain",
  title: "Plain",
  locale: "en-US",
  ibid: "style",
  csl: {
    id: "plain",
    class: "in-text",
    format: "author-date",
    source: () => ({
      name: "style",
      attrs: {},
      children: [
        { name: "info", attrs: {}, children: [{ name: "id", attrs: {}, children: ["urn:x:<&>"] }] },
      ],
    }),
  },
};

const work = (id: string, more: Partial<Reference> = {}): Reference => ({
  id,
  type: "book",
  title: `Title of ${id}`,
  ...more,
});

const write = (document: Document, references: readonly Reference[]) =>
  writeLive("zotero", document, references, inText);

test("a style of one's own keeps its own id", async () => {
  const { bytes } = await write(bodyOf(paragraph("Words.")), []);
  expect(styleOf(bytes)).toMatchObject({ id: "urn:x:<&>", hasBibliography: "0" });
});

test("a work that Zotero itself exported keeps its address there", async () => {
  const id = "http://zotero.org/users/1234/items/ABCD2345";
  const { bytes } = await write(bodyOf(paragraph([citation(id, "(A)")])), [work(id)]);
  expect(citationsOf(bytes)[0]!.json.citationItems[0]!.uris).toEqual([id]);
});

test("what can be no field stays as it is", async () => {
  const author: Citation = { ...citation("a", "Ann"), mode: "author" };
  const unknown = citation("nobody", "(Nobody)");
  const withNote = citation("a", ["see", note(1, "a note")]);
  const document = bodyOf(paragraph([author, unknown, withNote, citation("a", [])]));
  const { bytes, citations } = await write(document, [work("a")]);
  expect(readFields(bytes)).toEqual([]);
  expect(citations).toEqual(["Ann", "(Nobody)", "see", ""]);
  expect(lintDocx(bytes)).toEqual([]);
});

test("links in and around citations hold no other links", async () => {
  const linked = citation("a", [
    { type: "link", url: "#ref-1", children: [{ type: "text", value: "Ann" }] },
    ", ",
    {
      type: "link",
      url: "https://example.org/",
      children: [{ type: "text", value: "https://example.org/" }],
    },
  ]);
  const around: Block = paragraph([
    { type: "link", url: "https://example.org/2", children: [linked] },
  ]);
  const { bytes } = await write(bodyOf(paragraph([linked]), around), [work("a")]);
  expect(citationsOf(bytes).map(({ field }) => [field.result, field.links])).toEqual([
    ["Ann, https://example.org/", 0],
    ["Ann, https://example.org/", 0],
  ]);
  expect(lintDocx(bytes)).toEqual([]);
});

test("a text that Word tells otherwise than it stands is not held against the author", async () => {
  const { bytes } = await write(bodyOf(paragraph([citation("a", "(a\u2011b)")])), [work("a")]);
  const [found] = citationsOf(bytes);
  expect(found!.json.properties).toEqual({ formattedCitation: "(a\u2011b)", noteIndex: 0 });
});

test("long titles and many works are whole", async () => {
  const title = `${"A very long title, ".repeat(3000)}"quoted" {and} closed}`;
  const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
  const many: Citation = { ...citation("k0", "(many)"), items: keys.map((key) => ({ key })) };
  const { bytes } = await write(
    bodyOf(paragraph([many])),
    keys.map((key) => work(key, { title })),
  );
  const [found] = citationsOf(bytes);
  expect(found!.json.citationItems.map(({ itemData }) => itemData.title)).toEqual(
    keys.map(() => title),
  );
});

test("hostile words come back as they were, but for what XML cannot hold", async () => {
  const hostile = fc.array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(
        '"',
        "}",
        "{",
        "\\",
        '\\"',
        "&quot;",
        "&amp;",
        "<w:p/>",
        "]]>",
        "\0",
        "\u0007",
        "\n",
        "\t",
        "\u2028",
        "\ufffe",
        "\ud800",
        "CSL_BIBLIOGRAPHY",
        "{bullets-1}",
        "ADDIN ZOTERO_ITEM",
      ),
    ),
    { minLength: 1, maxLength: 6 },
  );
  const words = hostile.map((pieces) => pieces.join(""));
  await fc.assert(
    fc.asyncProperty(words, words, words, async (title, printed, affix) => {
      const references = [work("__proto__", { title, author: [{ literal: affix }] })];
      const cited: Citation = {
        ...citation("__proto__", `(${printed})`),
        items: [
          {
            key: "__proto__",
            locator: affix,
            prefix: [{ type: "text", value: affix }],
            suffix: [{ type: "emphasis", children: [{ type: "text", value: title }] }],
          },
        ],
      };
      const { bytes } = await write(bodyOf(paragraph(["Words ", cited, "."])), references);
      expect(lintDocx(bytes)).toEqual([]);
      const [found] = citationsOf(bytes);
      const [item] = found!.json.citationItems;
      // In JSON, line ends and controls are escaped; two noncharacters XML has no way to hold.
      const held = (text: string) => text.replace(/[\ufffe\uffff]/g, "");
      expect(item!.itemData.title).toBe(held(title));
      expect(item!.locator).toBe(held(affix));
      expect(item!.prefix).toBe(held(affix));
      expect(item!.suffix).toBe(held(`<i>${title}</i>`));
      const { plainCitation } = found!.json.properties;
      if (plainCitation !== undefined) expect(plainCitation.trim()).toBe(found!.field.result);
    }),
    { numRuns: 15 },
  );
});

test("the parts are those of the plain file, with the settings in one of them", async () => {
  const { written, plain } = await living("zotero", "apa");
  const live = readParts(written.bytes);
  const before = readParts(plain.bytes);
  expect([...live.keys()]).toEqual([...before.keys()]);
  const changed = [...live].filter(([path, data]) => String(data) !== String(before.get(path)));
  expect(changed.map(([path]) => path)).toEqual([
    "word/document.xml",
    "docProps/custom.xml",
    "word/footnotes.xml",
  ]);
  expect(parseXml(live.get("docProps/custom.xml") as string).name).toBe("Properties");
});
