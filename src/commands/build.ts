// build: compile, lay out, write, read back, and only then put in place.

import { basename, extname, join, resolve } from "node:path";
import { compile } from "../compile.js";
import { countWords } from "../count-words.js";
import type { Diagnostic, Report } from "../diagnostic.js";
import { type Document, walk } from "../document.js";
import { loadProject, type Project, type ProjectRequest, shownPath } from "../project.js";
import type { Style } from "../style.js";
import { type AccessOption, accessOption } from "./access-option.js";
import { count, isError, type Outcome } from "./outcome.js";
import type { Progress } from "./progress.js";

/** What can be written: the two forms of the work, and the page of references to it. */
export type Format = "docx" | "pdf" | "cite";

/** What the command line asks of a build. */
export interface BuildRequest extends ProjectRequest {
  readonly format?: readonly Format[] | undefined;
  /** The folder for the outputs, relative to `cwd`. */
  readonly output: string;
  readonly strict?: boolean | undefined;
  /** The day the published work was read, as `2026-11-23`. */
  readonly accessed?: string | undefined;
  /** The number of this process, which marks its temporary files. */
  readonly pid: number;
  /** Whether a process of that number exists; the temporary files of others are swept. */
  readonly isRunning: (pid: number) => boolean;
}

/** A finished file, not yet on disk. */
interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly pages?: number;
}

/**
 * Writes the work in each style and format asked for.
 *
 * When the manuscript has errors (or warnings, if they count as errors), or a
 * finished file lacks a word, note or citation of the document, nothing is
 * written and what was there stays. Throws an `OutputError` if the folder
 * cannot be written.
 */
export async function build(request: BuildRequest, progress: Progress): Promise<Outcome> {
  progress("Reading the manuscript");
  const { project, diagnostics, sources } = loadProject(request);
  const reportOnce = onlyOnce((diagnostic) => void diagnostics.push(diagnostic));
  const failed = () => diagnostics.some((diagnostic) => isError(diagnostic, request.strict));
  const stopped = (): Outcome => {
    progress("");
    return { diagnostics, sources, lines: ["Nothing was written."], data: { files: [] } };
  };
  if (!project) return stopped();

  const documents = project.styles.map((style) => {
    progress(`Citing in ${style.title}`);
    return { style, document: compile(project, style, reportOnce) };
  });
  if (failed()) return stopped();

  const stem = basename(project.manuscript.file, extname(project.manuscript.file));
  const formats = request.format?.length ? request.format : (["docx", "pdf", "cite"] as const);
  const files: OutputFile[] = [];
  for (const { style, document } of documents) {
    const name = `${stem}-${style.id}`;
    files.push(...(await write(document, style, project, name, formats, reportOnce, progress)));
  }
  if (formats.includes("cite")) {
    progress("Citing the work itself");
    files.push(await citePage(project, stem, accessOption(request.accessed)));
  }
  if (failed()) return stopped();

  progress("Putting the files in place");
  const { publish } = await import("../output.js");
  const directory = resolve(request.cwd, request.output);
  await publish(directory, files, {
    inputs: [...sources.keys()].map((file) => resolve(request.cwd, file)),
    pid: request.pid,
    isRunning: request.isRunning,
  });
  progress("");
  return {
    diagnostics,
    sources,
    timed: true,
    ...describe(documents, files, shownPath(directory, request.cwd)),
  };
}

/** Returns the DOCX and the PDF of a document, each checked for what it lost. */
async function write(
  document: Document,
  style: Style,
  { template }: Project,
  name: string,
  formats: readonly Format[],
  report: Report,
  progress: Progress,
): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  if (!formats.includes("docx") && !formats.includes("pdf")) return files;
  const { conserve } = await import("../conserve.js");
  progress(`Laying out the pages (${style.id})`);
  const { paginate } = await import("../write/pdf/pdf.js");
  const pagination = await paginate(document, template);
  for (const { character } of pagination.missing) {
    report({
      code: "character-missing",
      message: `no font has the character "${character}" (U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}), so the PDF cannot show it`,
    });
  }
  if (formats.includes("docx")) {
    progress(`Writing ${name}.docx`);
    const { writeDocx } = await import("../write/docx/docx.js");
    const written = await writeDocx(document, template, pagination.labels);
    for (const lost of conserve(document, written, "docx")) report(lost);
    files.push({ name: `${name}.docx`, bytes: written.bytes });
  }
  if (formats.includes("pdf")) {
    progress(`Writing ${name}.pdf`);
    const written = await pagination.write();
    for (const lost of conserve(document, written, "pdf")) report(lost);
    files.push({ name: `${name}.pdf`, bytes: written.bytes, pages: pagination.pageCount });
  }
  return files;
}

async function citePage(
  { manuscript: { metadata } }: Project,
  stem: string,
  options: AccessOption,
): Promise<OutputFile> {
  const { citeThisWork, workRecord } = await import("../cite-this-work.js");
  const { printRecord } = await import("../write/references.js");
  const { writeCitePage } = await import("../write/cite-page.js");
  const record = workRecord(metadata, options);
  const html = writeCitePage(metadata, citeThisWork(metadata, options), metadata.lang, [
    { label: "BibTeX", text: printRecord(record, "bibtex") },
    { label: "RIS", text: printRecord(record, "ris") },
    { label: "CSL-JSON", text: printRecord(record, "csl-json") },
  ]);
  return { name: `${stem}-cite.html`, bytes: new TextEncoder().encode(html) };
}

function describe(
  documents: readonly { readonly style: Style; readonly document: Document }[],
  files: readonly OutputFile[],
  directory: string,
): Pick<Outcome, "lines" | "data"> {
  const width = Math.max(...files.map(({ name }) => join(directory, name).length));
  const works = documents.map(({ style, document }) => ({
    style: style.id,
    ...inventory(document),
  }));
  return {
    lines: [
      ...files.map(({ name, bytes, pages }) => {
        const size = `${Math.ceil(bytes.length / 1024)} kB`.padStart(8);
        const counted = pages === undefined ? "" : `  ${count(pages, "page")}`;
        return `${join(directory, name).padEnd(width)} ${size}${counted}`;
      }),
      ...works.map(
        ({ style, words, notes, citations, works }) =>
          `${style}: ${count(words, "word")}, ${count(notes, "note")}, ` +
          `${count(citations, "citation")} of ${count(works, "work")}; none was lost`,
      ),
    ],
    data: {
      files: files.map(({ name, bytes, pages }) => ({
        path: join(directory, name),
        bytes: bytes.length,
        ...(pages !== undefined && { pages }),
      })),
      works,
    },
  };
}

/** What a document holds, for the summary. */
function inventory(document: Document): {
  readonly words: number;
  readonly notes: number;
  readonly citations: number;
  readonly works: number;
} {
  let notes = 0;
  let citations = 0;
  const works = new Set<string>();
  for (const { children } of document.parts) {
    for (const node of walk(children)) {
      if (node.type === "note") notes++;
      if (node.type !== "citation") continue;
      // A narrative citation of a note style is printed in two places.
      if (node.mode !== "author") citations++;
      for (const { key } of node.items) works.add(key);
    }
  }
  return { words: countWords(document), notes, citations, works: works.size };
}

/** Passes on each diagnostic once, however many styles find it. */
function onlyOnce(report: Report): Report {
  const seen = new Set<string>();
  return (diagnostic: Diagnostic) => {
    const key = JSON.stringify(diagnostic);
    if (seen.has(key)) return;
    seen.add(key);
    report(diagnostic);
  };
}
