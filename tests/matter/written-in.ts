// A manuscript as both writers have written it, as text that people can read.

import { compile } from "../../src/compile.js";
import { conserve } from "../../src/conserve.js";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import type { Document } from "../../src/document.js";
import { toText } from "../../src/document.js";
import { loadProject, type Project } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";

/** What came of a manuscript. */
export interface WrittenIn {
  readonly project: Project;
  readonly document: Document;
  /** The text of the finished files, a line a paragraph or printed line. */
  readonly docx: string;
  readonly pdf: string;
  readonly bytes: { readonly docx: Uint8Array; readonly pdf: Uint8Array };
  /** The sections of the first level with their roles, part by part. */
  readonly contents: string;
  /** As they are printed, from an empty line to the next. */
  readonly diagnostics: string;
}

/** Writes the manuscript of a folder in a style, and in an edition if one is named. */
export async function writtenIn(cwd: string, style: string, edition?: string): Promise<WrittenIn> {
  const { project, diagnostics, sources } = loadProject({ style: [style], edition, cwd });
  const printed = () =>
    `${diagnostics.map((one: Diagnostic) => formatDiagnostic(one, sources)).join("\n\n")}\n`;
  if (!project) throw new Error(printed());
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const document = compile(project, project.styles[0]!, report);
  const pagination = await paginate(document, project.template);
  const docx = await writeDocx(document, project.template, pagination.labels);
  const pdf = await pagination.write();
  diagnostics.push(...conserve(document, docx, "docx"), ...conserve(document, pdf, "pdf"));
  return {
    project,
    document,
    docx: `${docx.text.join("\n")}\n`,
    pdf: `${pdf.text.join("\n")}\n`,
    bytes: { docx: docx.bytes, pdf: pdf.bytes },
    contents: sectionsOf(document),
    diagnostics: printed(),
  };
}

function sectionsOf({ parts }: Document): string {
  const lines = parts.flatMap(({ role, children }) => [
    role,
    ...children.flatMap((block) =>
      block.type === "section" ? [`  ${block.role ?? "chapter"}: ${toText(block.title)}`] : [],
    ),
  ]);
  return `${lines.join("\n")}\n`;
}
