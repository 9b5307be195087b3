// Which reader a bibliography of another program goes through, by its ending.

import { type Diagnostic, type DiagnosticCode, type Report, severities } from "../diagnostic.js";
import { readBibtex } from "./bibtex.js";
import { readEndnote, readRis, type TaggedOptions } from "./ris.js";
import type { SourceText, YamlMap, YamlScalar } from "./yaml.js";

/** Reads a file as the nodes that its references would have in CSL YAML. */
export type ForeignReader = (
  source: SourceText,
  report: Report,
  options?: TaggedOptions,
) => YamlMap[];

/** Returns the reader of a BibTeX, RIS or EndNote file; undefined for CSL YAML and JSON. */
export function foreignReader(file: string): ForeignReader | undefined {
  const read = readers.get(/\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? "");
  if (!read) return undefined;
  return (source, report, options) => {
    let isSilent = true;
    const references = read(
      source,
      (diagnostic) => {
        isSilent = false;
        report(diagnostic);
      },
      options,
    );
    if (references.length === 0 && isSilent) {
      report({
        code: "bibliography-invalid",
        message: "the bibliography is empty",
        span: { file: source.file, start: 0, end: 0 },
      });
    }
    return references.map((reference) => withShortTitle(withoutUnsafeLink(reference, report)));
  };
}

const readers: ReadonlyMap<string, ForeignReader> = new Map([
  ["bib", readBibtex],
  ["bibtex", readBibtex],
  ["enw", readEndnote],
  ["ris", readRis],
]);

/** Takes out an address that is none of the web, `javascript:…`. */
function withoutUnsafeLink(reference: YamlMap, report: Report): YamlMap {
  const entries = reference.entries.filter(({ key, value }) => {
    if (key !== "URL" || value.type !== "scalar") return true;
    const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(value.text)?.[1];
    if (scheme === undefined || /^(https?|ftp|urn|doi)$/i.test(scheme)) return true;
    report({
      code: "link-unsafe",
      message: `an address that begins with "${scheme.slice(0, 20)}:" is none of the web; it is left out`,
      span: value.span,
    });
    return false;
  });
  return { ...reference, entries };
}

/**
 * Adds the title without its subtitle, by which later notes name a work (Chicago
 * Manual of Style 17, 14.33), unless the file has a short title.
 */
function withShortTitle(reference: YamlMap): YamlMap {
  const title = reference.entries.find(({ key }) => key === "title");
  if (
    title?.value.type !== "scalar" ||
    reference.entries.some(({ key }) => key === "title-short")
  ) {
    return reference;
  }
  const short = /^(.*?)(?::|(?<=[?!]))\s+(?=[\p{L}\p{N}“‘"'<])/su.exec(title.value.text)?.[1];
  const isWhole =
    short && (short.match(/<[a-z]/g)?.length ?? 0) === (short.match(/<\//g)?.length ?? 0);
  if (!isWhole) return reference;
  const value: YamlScalar = { ...title.value, text: short };
  return { ...reference, entries: [...reference.entries, { ...title, key: "title-short", value }] };
}

/** What is wrong with a single value. */
const ofValue: ReadonlySet<DiagnosticCode> = new Set([
  "field-missing",
  "field-type",
  "value-invalid",
]);

/**
 * Runs what reads a foreign file, and reports what it finds in the order of the
 * file. Such a library is the author's collection, of which a work cites a part:
 * what is wrong with a value is a warning there, and costs that value.
 */
export function reportForeign(report: Report, read: (report: Report) => void): void {
  const found: Diagnostic[] = [];
  read((diagnostic) => {
    found.push(
      ofValue.has(diagnostic.code)
        ? {
            ...diagnostic,
            code: "entry-unclear",
            message: `${diagnostic.message}; the value is left out`,
            hints: [],
          }
        : diagnostic,
    );
  });
  found.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  for (const diagnostic of found.slice(0, MOST_REPORTED)) report(diagnostic);
  const rest = found.slice(MOST_REPORTED);
  const [next] = rest;
  if (!next) return;
  report({
    code: rest.some(({ code }) => severities[code] === "error")
      ? "bibliography-invalid"
      : "entry-unclear",
    message: `this file has ${rest.length} more problems, which are not listed`,
    ...(next.span && { span: next.span }),
  });
}

/** How many problems of one file are listed. */
const MOST_REPORTED = 500;
