// Numbers, lists of captions and references in both files.

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import { toText, walk } from "../../src/document.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { define } from "../../src/write/pdf/definition.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { lintDocx } from "../docx/lint-docx.js";
import { named, parseXml, printXml, readParts } from "../docx/xml-tree.js";
import { looks, numberedWork } from "./numbered-work.js";
import { fieldLines } from "./word-fields.js";

const expected = (name: string) => join(import.meta.dirname, "expected", name);

describe.each(Object.entries(looks))("%s", (name, template) => {
  const write = async () => {
    const pagination = await paginate(numberedWork(template), template);
    const docx = await writeDocx(pagination.document, template, pagination.labels);
    return { ...pagination, docx };
  };

  test("the PDF shows all numbers", async () => {
    const { document, write: writePdf } = await write();
    const pdf = await writePdf();
    expect(conserve(document, pdf, "pdf")).toEqual([]);
    const lines = pdf.text.map((line) => line.replace(/\n/g, " / ").replaceAll("\u00a0", "_"));
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(expected(`${name}.pdf.txt`));
  });

  test("the DOCX has them as fields and lists, with the text that they show", async () => {
    const { document, docx } = await write();
    expect(conserve(document, docx, "docx")).toEqual([]);
    expect(lintDocx(docx.bytes)).toEqual([]);
    const parts = readParts(docx.bytes);
    const lines = ["document", "footnotes"].flatMap((part) =>
      fieldLines(parts.get(`word/${part}.xml`) as string),
    );
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(expected(`${name}.docx.txt`));
    const lists = named(parseXml(parts.get("word/numbering.xml") as string), "w:abstractNum");
    const headings = lists.filter((list) => named(list, "w:pStyle").length);
    await expect(headings.map((list) => printXml(list)).join("")).toMatchFileSnapshot(
      expected(`${name}.numbering.xml`),
    );
  });

  test("every reference leads to its target, and shows the page that it is on", async () => {
    const { document, labels, docx } = await write();
    const pages = new Map<string, string>();
    for (const node of walk(document.parts.flatMap(({ children }) => children))) {
      if (node.type !== "crossReference") continue;
      const [{ id } = { id: "" }] = node.targets;
      if (node.page) pages.set(id, toText(node.children));
      expect(labels.has(id)).toBe(true);
    }
    expect([...pages]).toEqual([["fig:both", `p.\u00a0${labels.get("fig:both")}`]]);
    const runs = define(document, template).stack.flatMap(({ section: { stack } }) =>
      stack.flatMap((node) => ("runs" in node ? node.runs : [])),
    );
    const links = runs.flatMap(({ style }) => (style.link ? [style.link] : []));
    expect(links).toEqual(expect.arrayContaining(["#fig:two", "#eq:one", "#sec:app", "#fig:ba"]));

    const xml = readParts(docx.bytes).get("word/document.xml") as string;
    const bookmarks = new Set([...xml.matchAll(/w:name="(_\w+)"/g)].map(([, found]) => found));
    const aims = [...xml.matchAll(/(?:REF|PAGEREF) (_\w+)|w:anchor="(\w+)"/g)];
    expect(aims.length).toBeGreaterThan(20);
    for (const [, field, link] of aims) expect(bookmarks).toContain(field ?? link);
    expect(xml).not.toContain("w:dirty");
  });
});

test("works without numbers have no lists for them", async () => {
  const { cases } = await import("../docx/cases.js");
  const template = looks["apa-student"]!;
  const { bytes } = await writeDocx(cases.contents!, template, new Map());
  const parts = readParts(bytes);
  expect(parts.get("word/styles.xml")).not.toMatch(/AppendixHeading|UnnumberedHeading|w:numPr/);
  expect(named(parseXml(parts.get("word/numbering.xml") as string), "w:pStyle")).toEqual([]);
});
