// A manuscript with every kind of citation, written live.

import { join } from "node:path";
import { compile } from "../../../src/compile.js";
import type { Diagnostic } from "../../../src/diagnostic.js";
import type { Document, Reference } from "../../../src/document.js";
import { loadProject } from "../../../src/project.js";
import { writeDocx } from "../../../src/write/docx/docx.js";
import { type LiveRequest, liveLimits } from "../../../src/write/docx/live.js";
import type { Written } from "../../../src/written.js";
import { sampleTemplate } from "../../sample-template.js";

/** A finished file, and what it was written from. */
export interface Living {
  readonly document: Document;
  readonly request: LiveRequest;
  readonly limits: readonly Diagnostic[];
  readonly written: Written;
  /** The same without fields. */
  readonly plain: Written;
}

const labels = new Map<string, string>();

const files = new Map<string, Promise<Living>>();

/** Returns the manuscript in a style, with and without the fields of a program; written once. */
export function living(kind: LiveRequest["kind"], style: string): Promise<Living> {
  const name = `${kind} ${style}`;
  const file = files.get(name) ?? writeAnew(kind, style);
  files.set(name, file);
  return file;
}

/** Returns the same after a change to the document, written each time. */
export async function writeAnew(
  kind: LiveRequest["kind"],
  style: string,
  change: (document: Document) => Document = (document) => document,
): Promise<Living> {
  const cwd = join(import.meta.dirname, "manuscript");
  const { project, diagnostics } = loadProject({
    cwd,
    manuscript: "manuscript.yaml",
    style: [style],
  });
  if (!project) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const [found] = project.styles;
  const document = change(compile(project, found!, () => {}));
  const request = { kind, references: project.bibliography.references, style: found! };
  return {
    document,
    request,
    limits: liveLimits(request, document),
    written: await writeDocx(document, sampleTemplate, labels, request),
    plain: await writeDocx(document, sampleTemplate, labels),
  };
}

/** Returns a live file of a document of one's own. */
export function writeLive(
  kind: LiveRequest["kind"],
  document: Document,
  references: readonly Reference[],
  style: LiveRequest["style"],
): Promise<Written> {
  const works = new Map(references.map((reference) => [reference.id, reference]));
  return writeDocx(document, sampleTemplate, labels, { kind, references: works, style });
}
