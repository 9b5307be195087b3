// Verse, epigraphs, definition lists and code of text.md, as both writers set
// them: the paragraphs of the DOCX, and those that the PDF's layout takes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import type { Document } from "../../src/document.js";
import { numberNotes } from "../../src/number.js";
import { readMarkdown } from "../../src/read/markdown.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { define, type FlowNode, type ParagraphNode } from "../../src/write/pdf/definition.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { lintDocx } from "../docx/lint-docx.js";
import { bodyOf, section } from "../docx/tree.js";
import { childrenOf, named, parseXml, printXml, readParts } from "../docx/xml-tree.js";
import { sourceOf } from "../read/outline.js";
import { sampleTemplate } from "../sample-template.js";

const expected = (file: string) => join(import.meta.dirname, "expected", file);

function documentOfText(text: string): Document {
  const failed = (diagnostic: object) => {
    throw new Error(JSON.stringify(diagnostic));
  };
  return numberNotes(bodyOf(section("sec-one", "One", readMarkdown(sourceOf(text), failed))));
}

const document = documentOfText(readFileSync(join(import.meta.dirname, "text.md"), "utf8"));
const labels = new Map([["sec-one", "1"]]);

describe("the DOCX", () => {
  test("has Word's paragraphs and lists of lines", async () => {
    const { bytes } = await writeDocx(document, sampleTemplate, labels);
    const parts = readParts(bytes);
    const root = (path: string) => parseXml(parts.get(path) as string);
    const [body] = named(root("word/document.xml"), "w:body");
    await expect(printXml(body!)).toMatchFileSnapshot(expected("document.xml"));
    const lines = childrenOf(root("word/numbering.xml")).filter((list) =>
      /w:lvlJc w:val="right"/.test(printXml(list)),
    );
    expect(lines).toHaveLength(1);
    await expect(printXml(lines[0]!)).toMatchFileSnapshot(expected("numbering.xml"));
  });

  test("is sound and whole", async () => {
    const written = await writeDocx(document, sampleTemplate, labels);
    expect(lintDocx(written.bytes)).toEqual([]);
    expect(conserve(document, written, "docx")).toEqual([]);
    expect(written.text.join("\n")).not.toMatch(/^\s*98/m);
  });
});

describe("the PDF", () => {
  test("has paragraphs with their indents, and marks for numbers", async () => {
    const nodes = define(document, sampleTemplate).stack.flatMap(({ section: { stack } }) => stack);
    await expect(`${nodes.map(print).join("\n")}\n`).toMatchFileSnapshot(expected("pdf.txt"));
  });

  test("is whole", async () => {
    const written = await (await paginate(document, sampleTemplate)).write();
    expect(conserve(document, written, "pdf")).toEqual([]);
  });
});

test("a line of code without a space is broken, and no letter of it lost, in both", async () => {
  const long = "abcdefghij".repeat(60);
  for (const attributes of ["{.sh}", "{.sh .numberLines}"]) {
    const code = documentOfText(`\`\`\`${attributes}\n${long}\n\n\tx\n\`\`\``);
    const docx = await writeDocx(code, sampleTemplate, labels);
    const pdf = await (await paginate(code, sampleTemplate)).write();
    expect(conserve(code, docx, "docx")).toEqual([]);
    expect(conserve(code, pdf, "pdf")).toEqual([]);
  }
});

/** One line a paragraph: where it stands in the structure, its lengths, its mark and its words. */
function print(node: FlowNode): string {
  if (!("runs" in node)) return node.constructor.name;
  const { left, right, indent, before, after, align, keepWithNext, mark } = node;
  const text = node.runs.map((run) => (run.note ? `[${run.text}]` : run.text)).join("");
  return [
    structureOf(node),
    `left ${left} right ${right} indent ${indent} before ${before} after ${after} ${align}`,
    ...(keepWithNext ? ["keep"] : []),
    ...(mark ? [`mark ${mark.runs.map((run) => run.text).join("")}`] : []),
    JSON.stringify(text),
  ].join(" · ");
}

function structureOf({ structure }: ParagraphNode): string {
  if ("kind" in structure) return structure.kind;
  const around =
    structure.parent && structure.parent.type !== "Sect" ? `${structure.parent.type}/` : "";
  return around + structure.type;
}
