// What the program tells the author about a manuscript.

/** A range of characters in a file, end exclusive, counted in UTF-16 units from 0. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Every kind of diagnostic, by code. An error prevents writing, a warning does not. */
export const severities = {
  "abbreviation-undefined": "warning",
  "abbreviation-unused": "warning",
  "abstract-over-limit": "warning",
  "alt-missing": "warning",
  "author-missing": "warning",
  "bibliography-invalid": "error",
  "candidate-missing": "warning",
  "character-invalid": "warning",
  "character-missing": "warning",
  "citation-lost": "error",
  "citation-not-live": "warning",
  "citation-undefined": "error",
  "citation-unprinted": "warning",
  "crossref-broken": "warning",
  "crossref-mixed": "error",
  "division-unbalanced": "error",
  "entry-broken": "warning",
  "entry-unclear": "warning",
  "equation-invalid": "error",
  "equation-too-wide": "warning",
  "field-duplicate": "error",
  "field-missing": "error",
  "field-type": "error",
  "field-unknown": "error",
  "file-invalid": "error",
  "file-missing": "error",
  "file-outside": "error",
  "file-too-large": "error",
  "font-incomplete": "warning",
  "font-invalid": "error",
  "heading-empty": "warning",
  "identity-shown": "warning",
  "image-changed": "warning",
  "image-unreadable": "error",
  "index-range-open": "warning",
  "index-see-undefined": "warning",
  "label-duplicate": "error",
  "label-mismatched": "warning",
  "label-undefined": "error",
  "label-unreferenced": "warning",
  "language-unmarked": "warning",
  "link-unclear": "warning",
  "link-undefined": "warning",
  "link-unsafe": "warning",
  "list-not-live": "warning",
  "locator-lost": "error",
  "locator-outside": "warning",
  "locator-unprinted": "warning",
  "matter-missing": "warning",
  "matter-unplaced": "warning",
  "name-ambiguous": "warning",
  "names-incomplete": "warning",
  "nested-too-deep": "error",
  "note-duplicate": "error",
  "note-nested": "error",
  "note-undefined": "error",
  "note-unprinted": "error",
  "note-unused": "warning",
  "pdf-standard-unmet": "warning",
  "placeholder-unfilled": "warning",
  "placeholder-unknown": "error",
  "quotation-length": "warning",
  "quotation-without-locator": "warning",
  "reference-duplicate": "error",
  "reference-duplicate-work": "warning",
  "reference-in-two-lists": "warning",
  "reference-incomplete": "warning",
  "reference-invalid": "error",
  "reference-unfollowed": "warning",
  "reference-unlisted": "warning",
  "reference-unprinted": "warning",
  "reference-unused": "warning",
  "script-unsupported": "error",
  "sections-missing": "error",
  "style-invalid": "error",
  "style-unknown": "error",
  "syntax-unsupported": "warning",
  "table-ragged": "warning",
  "table-too-wide": "warning",
  "table-without-header": "warning",
  "template-unknown": "error",
  "text-lost": "error",
  "text-unfinished": "warning",
  "text-too-long": "error",
  "value-invalid": "error",
  "words-over-limit": "warning",
  "work-not-live": "warning",
  "yaml-invalid": "error",
} as const;

export type DiagnosticCode = keyof typeof severities;

/** How strictly mistakes are judged: `strict` lets none pass, `draft` more than usual. */
export type Rigour = "strict" | "draft";

/**
 * The errors that a draft lets pass: mistakes of content, in whose place something
 * is printed, so that the rest of the work can be read.
 */
const passInDraft: ReadonlySet<DiagnosticCode> = new Set([
  "citation-undefined",
  "crossref-mixed",
  "equation-invalid",
  "image-unreadable",
  "label-duplicate",
  "label-undefined",
  "note-duplicate",
  "note-undefined",
  "note-unprinted",
  "reference-duplicate",
]);

/** Returns whether a diagnostic keeps the outputs from being written, or only warns. */
export function severityOf({ code }: Diagnostic, rigour?: Rigour): "error" | "warning" {
  if (rigour === "strict") return "error";
  return rigour === "draft" && passInDraft.has(code) ? "warning" : severities[code];
}

/** One problem, at one place, with what to do about it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** One plain sentence, lower case, no full stop: `no reference has the key "smith"`. */
  readonly message: string;
  /** Absent when the problem lies in no file. */
  readonly span?: Span;
  /** What the author could do, most likely first. */
  readonly hints?: readonly string[];
}

/** Where a stage sends its diagnostics. Stages report and go on. */
export type Report = (diagnostic: Diagnostic) => void;

/** The text of every file that was read, by the name that spans use. */
export type Sources = ReadonlyMap<string, string>;

/** A place as people count: lines and columns from 1, and the text of the line. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Returns the line, column and text of an offset in a source. */
export function locate(source: string, offset: number): Place {
  const start = source.lastIndexOf("\n", offset - 1) + 1;
  const next = source.indexOf("\n", start);
  let line = 1;
  for (let at = source.indexOf("\n"); at >= 0 && at < start; at = source.indexOf("\n", at + 1)) {
    line++;
  }
  return {
    line,
    column: offset - start + 1,
    text: source.slice(start, next < 0 ? undefined : next).replace(/\r$/, ""),
  };
}

/** What is printed of a line before it is cut around the place, in characters. */
const LONGEST_LINE = 100;

/** How a part of a printed diagnostic is coloured; the identity where there is no colour. */
export interface Palette {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly dim: (text: string) => string;
}

const plain: Palette = { error: (text) => text, warning: (text) => text, dim: (text) => text };

/**
 * Prints a diagnostic the way compilers do, with the line it points at.
 *
 *     dissertation.yaml:12:23: error: no reference has the key "trenim2014" (citation-undefined)
 *       12 | special relationship [@trenim2014].
 *          |                       ^^^^^^^^^^^
 *       hint: did you mean "trenin2014"?
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  sources: Sources,
  palette: Palette = plain,
  rigour?: Rigour,
): string {
  const { code, message, span, hints = [] } = diagnostic;
  const severity = severityOf(diagnostic, rigour);
  const head = `${palette[severity](`${severity}:`)} ${message} ${palette.dim(`(${code})`)}`;
  const tail = hints.map((hint) => `  hint: ${hint}`);
  const source = span && sources.get(span.file);
  if (!span) return [head, ...tail].join("\n");
  if (source === undefined) return [`${span.file}: ${head}`, ...tail].join("\n");

  const { line, column, text } = locate(source, span.start);
  const gutter = String(line).length;
  const from = column > LONGEST_LINE - 20 ? column - 41 : 0;
  const cut = (from ? "…" : "") + text.slice(from, from + LONGEST_LINE);
  const shown = text.length > from + LONGEST_LINE ? `${cut}…` : cut;
  const indent = column - 1 - from + (from ? 1 : 0);
  const width = Math.max(1, Math.min(span.end - span.start, shown.length - indent));
  const before = shown.slice(0, indent).replace(/[^\t]/g, " ");
  return [
    `${span.file}:${line}:${column}: ${head}`,
    palette.dim(`  ${line} | `) + shown,
    palette.dim(`  ${" ".repeat(gutter)} | `) + before + palette[severity]("^".repeat(width)),
    ...tail,
  ].join("\n");
}
