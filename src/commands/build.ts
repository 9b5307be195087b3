// build: compile, lay out, write, read back, and only then put in place.

import { basename, extname, join, resolve } from "node:path";
import { assemble } from "../assemble.js";
import { type Audit, audit, auditData, differences } from "../audit.js";
import { printedVariables } from "../citation/csl-styles.js";
import { compile } from "../compile.js";
import { conserve } from "../conserve.js";
import { countWords } from "../count-words.js";
import type { Report } from "../diagnostic.js";
import type { Document } from "../document.js";
import type { Edition } from "../edition.js";
import { loadProject, type Project, type ProjectRequest, shownPath } from "../project.js";
import type { Style } from "../style.js";
import { UsageError } from "../usage-error.js";
import type { WordSettings } from "../word-policy.js";
import type { PdfStandard } from "../write/pdf/standards.js";
import { type Remarks, remarkOf } from "../write/remarks.js";
import type { Written } from "../written.js";
import { type AccessOption, accessOption } from "./access-option.js";
import { onlyOnce } from "./only-once.js";
import { count, inOrder, isError, type Outcome, rigourOf } from "./outcome.js";
import type { Progress } from "./progress.js";
import { docxSource, reportReference, templateOfPages } from "./reference.js";

/** What can be written: the two forms of the work, and the page of references to it. */
export type Format = "docx" | "pdf" | "cite";

/** A program that can go on with the citations of the DOCX. */
export type LiveProgram = "zotero" | "word";

/** What the command line asks of a build. */
export interface BuildRequest extends ProjectRequest {
  readonly format?: readonly Format[] | undefined;
  /** The folder for the outputs, relative to `cwd`. */
  readonly output: string;
  readonly strict?: boolean | undefined;
  /** The day the published work was read, as `2026-11-23`. */
  readonly accessed?: string | undefined;
  /** The program whose fields the citations of the DOCX are to be. */
  readonly live?: LiveProgram | undefined;
  /** What the PDF must say that it is; a reason why it cannot is reported. */
  readonly pdfStandard?: readonly PdfStandard[] | undefined;
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

/** The files of a style, and what was counted in them. */
export interface StyleOutput {
  readonly style: Style;
  readonly document: Document;
  readonly audit: Audit;
  readonly files: readonly OutputFile[];
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
  const failed = () => diagnostics.some((diagnostic) => isError(diagnostic, rigourOf(request)));
  const stopped = (): Outcome => {
    progress("");
    return { diagnostics, sources, lines: ["Nothing was written."], data: { files: [] } };
  };
  if (!project) return stopped();

  const documents = project.styles.map((style) => {
    progress(`Citing in ${style.title}`);
    const document = compile(project, style, reportOnce);
    reportReference(document, project, reportOnce);
    return { style, document };
  });
  if (failed()) return stopped();

  const stem = basename(project.manuscript.file, extname(project.manuscript.file));
  const { edition } = project;
  const { draft, live, pdfStandard: standards } = request;
  const formats = formatsOf(request, edition);
  const outputs: StyleOutput[] = [];
  for (const { style, document } of documents) {
    const parts = [stem, style.id, ...(edition ? [edition.id] : []), ...(draft ? ["draft"] : [])];
    const remarks = draft
      ? () => ({
          remarks: inOrder(diagnostics).map((diagnostic) => remarkOf(diagnostic, sources)),
          works: project.bibliography.spans,
        })
      : undefined;
    const name = parts.join("-");
    outputs.push(
      await writeStyle(
        { project, style, document, name, formats, live, remarks, standards },
        reportOnce,
        progress,
      ),
    );
  }
  const files = outputs.flatMap((output) => output.files);
  if (formats.includes("cite")) {
    progress("Citing the work itself");
    files.push(await citePage(project, stem, accessOption(request.accessed)));
  }
  if (failed()) return stopped();

  progress("Putting the files in place");
  const { publish } = await import("../output.js");
  const directory = resolve(request.cwd, request.output);
  await publish(directory, files, {
    inputs: [...sources.keys(), ...(project.reference ? [project.reference.file] : [])].map(
      (file) => resolve(request.cwd, file),
    ),
    pid: request.pid,
    isRunning: request.isRunning,
  });
  progress("");
  const shown = shownPath(directory, request.cwd);
  return {
    diagnostics,
    sources,
    timed: true,
    // Words are counted only for whom they are shown to.
    get lines() {
      return summaryLines(outputs, files, shown);
    },
    get data() {
      return summaryData(outputs, files, shown, project.manuscript.words);
    },
  };
}

/**
 * Returns what is written. A draft is not cited, unless that is asked for. An edition that withholds the author has no page of
 * references, which would name them; throws a `UsageError` if nothing else is asked for.
 */
function formatsOf(
  { format, draft }: BuildRequest,
  edition: Edition | undefined,
): readonly Format[] {
  const all = ["docx", "pdf", ...(draft ? [] : (["cite"] as const))] as const;
  const asked = format?.length ? format : all;
  if (!edition?.anonymous) return asked;
  const written = asked.filter((name) => name !== "cite");
  if (written.length) return written;
  throw new UsageError(
    `the edition "${edition.id}" has no page of references to the work, which would name its author`,
  );
}

/** A document that is to be written in a style. */
interface StyleRequest {
  readonly project: Project;
  readonly style: Style;
  readonly document: Document;
  /** Of the files, without their endings. */
  readonly name: string;
  readonly formats: readonly Format[];
  readonly live?: LiveProgram | undefined;
  /** What the PDF must say that it is. */
  readonly standards?: readonly PdfStandard[] | undefined;
  /** Returns what was found so far, for drafts, which say it beside their pages. */
  readonly remarks?: (() => Remarks) | undefined;
}

/**
 * Returns the DOCX and the PDF of a document, as far as they are asked for, each
 * checked for what it lost, and what was counted in the manuscript and in them.
 */
export async function writeStyle(
  { project, style, document, name, formats, live: program, remarks, standards }: StyleRequest,
  report: Report,
  progress: Progress,
): Promise<StyleOutput> {
  const files: OutputFile[] = [];
  const written: { readonly format: Format; readonly written: Written }[] = [];
  const finish = (): StyleOutput => {
    const audited = audit(
      assemble(project.manuscript, project.template, ""),
      document,
      written,
      project.bibliography.references,
      {
        id: style.id,
        isNumeric: style.csl.format === "numeric",
        printsLocators: printedVariables(style.csl.source(), "citation").has("locator"),
      },
      report,
    );
    return { style, document, audit: audited, files };
  };
  if (!formats.includes("docx") && !formats.includes("pdf")) return finish();
  const { template } = project;
  progress(`Laying out the pages (${style.id})`);
  const { paginate } = await import("../write/pdf/pdf.js");
  const { UnreadableFontError } = await import("../write/pdf/printer.js");
  const pagination = await paginate(document, templateOfPages(document, project)).catch(
    (error: unknown) => {
      if (!(error instanceof UnreadableFontError)) throw error;
      report({ code: "font-invalid", message: error.message });
    },
  );
  if (!pagination) return finish();
  // Word has fonts of its own for what ours lack.
  if (formats.includes("pdf")) {
    const { missingCharacters } = await import("../write/pdf/missing-characters.js");
    for (const diagnostic of missingCharacters(pagination.missing)) report(diagnostic);
    const { wideFormulas } = await import("../write/pdf/wide-formulas.js");
    for (const diagnostic of wideFormulas(pagination.tooWide)) report(diagnostic);
    if (standards) {
      const { unmetStandards } = await import("../write/pdf/standards.js");
      const unmet = unmetStandards(standards, pagination.obstacles, remarks !== undefined);
      for (const diagnostic of unmet) report(diagnostic);
    }
  }
  const { wideTables } = await import("../write/wide-tables.js");
  for (const diagnostic of wideTables(pagination.tables)) report(diagnostic);
  if (formats.includes("docx")) {
    progress(`Writing ${name}.docx`);
    const { writeDocx } = await import("../write/docx/docx.js");
    const live = program && {
      kind: program,
      references: project.bibliography.references,
      style,
    };
    if (live) {
      const { liveLimits } = await import("../write/docx/live.js");
      for (const limit of liveLimits(live, document)) report(limit);
    }
    const source = await docxSource(document, project, pagination, paginate);
    const { document: printed, labels, tables, outfit } = source;
    const docx = await writeDocx(printed, template, labels, live, tables, remarks?.(), outfit);
    for (const lost of conserve(printed, docx, "docx")) report(lost);
    written.push({ format: "docx", written: docx });
    files.push({ name: `${name}.docx`, bytes: docx.bytes });
  }
  if (formats.includes("pdf")) {
    progress(`Writing ${name}.pdf`);
    const pdf = await pagination.write(remarks?.());
    for (const lost of conserve(pagination.document, pdf, "pdf")) report(lost);
    written.push({ format: "pdf", written: pdf });
    files.push({ name: `${name}.pdf`, bytes: pdf.bytes, pages: pagination.pageCount });
  }
  return finish();
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

/** The files and what was counted in them, for people. */
function summaryLines(
  outputs: readonly StyleOutput[],
  files: readonly OutputFile[],
  directory: string,
): string[] {
  const width = Math.max(...files.map(({ name }) => join(directory, name).length));
  return [
    ...files.map(({ name, bytes, pages }) => {
      const size = `${Math.ceil(bytes.length / 1024)} kB`.padStart(8);
      const counted = pages === undefined ? "" : `  ${count(pages, "page")}`;
      return `${join(directory, name).padEnd(width)} ${size}${counted}`;
    }),
    ...outputs.map(({ style, document, audit }) => {
      const { works, citations, locators } = audit.source;
      const counts = [
        count(countWords(document), "word"),
        count(audit.document.notes, "note"),
        `${count(citations, "citation")} of ${count(works, "work")}`,
        ...(audit.withoutLocators ? [] : [count(locators, "locator")]),
      ];
      return `${style.id}: ${counts.join(", ")}${readBackIn(audit)}`;
    }),
  ];
}

/** The same for programs; the words are those that the manuscript counts. */
function summaryData(
  outputs: readonly StyleOutput[],
  files: readonly OutputFile[],
  directory: string,
  words: WordSettings | undefined,
): Record<string, unknown> {
  return {
    files: files.map(({ name, bytes, pages }) => ({
      path: join(directory, name),
      bytes: bytes.length,
      ...(pages !== undefined && { pages }),
    })),
    works: outputs.map(({ style, document, audit }) => ({
      style: style.id,
      words: countWords(document, words),
      notes: audit.document.notes,
      citations: audit.source.citations,
      works: audit.source.works,
      audit: auditData(audit),
    })),
  };
}

function readBackIn(audit: Audit): string {
  if (differences(audit).length) return "; not all of it is printed, see the warnings";
  const names = audit.outputs.map(({ format }) => `the ${format.toUpperCase()}`);
  return names.length ? `; all read back from ${names.join(" and ")}` : "";
}
