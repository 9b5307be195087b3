// Which reader a bibliography of another program goes through, by its ending.

import type { DiagnosticCode, Report } from "../diagnostic.js";
import { readBibtex } from "./bibtex.js";
import { readEndnote, readRis, type TaggedOptions } from "./ris.js";
import type { SourceText, YamlMap } from "./yaml.js";

/** Reads a file as the nodes that its references would have in CSL YAML. */
export type ForeignReader = (
  source: SourceText,
  report: Report,
  options?: TaggedOptions,
) => YamlMap[];

/** Returns the reader of a BibTeX, RIS or EndNote file; undefined for CSL YAML and JSON. */
export function foreignReader(file: string): ForeignReader | undefined {
  const read = readers.get(/\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? "");
  return (
    read &&
    ((source, report, options) =>
      read(source, report, options).map((reference) => withoutUnsafeLink(reference, report)))
  );
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

/** What is wrong with a single value. */
const ofValue: ReadonlySet<DiagnosticCode> = new Set([
  "field-missing",
  "field-type",
  "value-invalid",
]);

/**
 * Returns where mistakes in the values of a foreign file are reported. Such a
 * library is the author's collection, of which a work cites a part: what is wrong
 * with a value is a warning there, and costs that value.
 */
export function foreignReport(report: Report): Report {
  return (diagnostic) =>
    report(
      ofValue.has(diagnostic.code)
        ? {
            ...diagnostic,
            code: "entry-unclear",
            message: `${diagnostic.message}; the value is left out`,
            hints: [],
          }
        : diagnostic,
    );
}
