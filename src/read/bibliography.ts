// A bibliography in CSL-YAML or CSL-JSON -> references by their keys. One broken
// entry does not lose the others.

import { locate, type Report, type Span } from "../diagnostic.js";
import type { Reference } from "../document.js";
import type { FileReader } from "../source.js";
import { validText } from "./characters.js";
import { typeMismatch } from "./fields.js";
import { foreignReader, reportForeign } from "./foreign-bibliography.js";
import { readJson } from "./json.js";
import { readReference } from "./reference.js";
import { isEmpty, lineCounter, readYaml, type SourceText, type YamlNode } from "./yaml.js";

/** The references of a work, by key, and where they stand. */
export interface Bibliography {
  readonly references: Map<string, Reference>;
  /** The place of each key. */
  readonly spans: Map<string, Span>;
  /** The places of each reference's variables, by key and variable. */
  readonly fieldSpans?: Map<string, ReadonlyMap<string, Span>>;
}

const LONGEST_KEY = 1_000;

/**
 * Reads a bibliography file, a list of CSL items or a map with that list as
 * `references`, into a bibliography; or one of BibTeX, RIS or EndNote, by its
 * ending, whose titles are in `lang` unless they say otherwise. Reports what is wrong; keys that two
 * entries have, in this file or another, are reported with both places, and the
 * first stays. `span` is where the manuscript names the file.
 */
export function readBibliography(
  file: string,
  reader: FileReader,
  report: Report,
  into: Bibliography,
  span?: Span,
  lang?: string,
): void {
  const source = reader.readText(file, span);
  if (!source) return;
  const lineOf = lineCounter(source);
  const readForeign = foreignReader(file);
  if (readForeign) {
    const isTaken = (key: string): boolean => into.spans.has(key);
    reportForeign(report, (found) => {
      for (const entry of readForeign(source, found, { lang, isTaken })) {
        readEntry(entry, source, lineOf, found, into, reader);
      }
    });
    return;
  }
  let failed = false;
  const fail: Report = (diagnostic) => {
    failed = true;
    report(diagnostic);
  };
  const read = /\.json$/i.test(file) ? readJson : readYaml;
  const root = read(source, fail);
  if (failed && !root) return;
  const entries = root && entriesOf(root);
  if (!entries) {
    report({
      code: "bibliography-invalid",
      message: root ? "a bibliography is a list of references" : "the bibliography is empty",
      span: root ? headOf(root) : { file: source.file, start: 0, end: 0 },
      hints: ["write each reference as an item of a list: - id: smith2000"],
    });
    return;
  }
  for (const entry of entries) readEntry(entry, source, lineOf, report, into, reader);
}

/** A list, a map with the list as `references`, or one item alone. */
function entriesOf(root: YamlNode): readonly YamlNode[] | undefined {
  if (root.type === "list") return root.items;
  if (root.type !== "map") return undefined;
  const references = root.entries.find(({ key }) => key === "references")?.value;
  if (references?.type === "list") return references.items;
  return references && isEmpty(references) ? [] : undefined;
}

const headOf = (node: YamlNode): Span =>
  node.type === "map" ? (node.entries[0]?.keySpan ?? node.span) : node.span;

function readEntry(
  entry: YamlNode,
  { file }: SourceText,
  lineOf: (offset: number) => number,
  report: Report,
  into: Bibliography,
  { sources }: FileReader,
): void {
  if (entry.type !== "map") {
    typeMismatch(entry, "a reference", "a map of fields", report);
    return;
  }
  const id = entry.entries.find(({ key }) => key === "id")?.value;
  const key =
    id?.type === "scalar" ? validText(id.text, id.span, report).trim().normalize("NFC") : "";
  if (!id || !key) {
    report({
      code: "field-missing",
      message: "a reference has no id, so nothing can cite it",
      span: id?.span ?? headOf(entry),
      hints: ["give it one: id: smith2000"],
    });
    return;
  }
  if (key.length > LONGEST_KEY) {
    report({
      code: "value-invalid",
      message: `the id of a reference is longer than ${LONGEST_KEY} characters`,
      span: { ...id.span, end: id.span.start + 1 },
    });
    return;
  }
  const { reference, fieldSpans } = readReference(entry, key, report);
  const first = into.spans.get(key);
  if (first) {
    const text = sources.get(first.file) ?? "";
    const line = first.file === file ? lineOf(first.start) : locate(text, first.start).line;
    report({
      code: "reference-duplicate",
      message: `two references have the key "${key}"; the first is on line ${line}${first.file === file ? "" : ` of ${first.file}`}`,
      span: id.span,
      hints: ["take one of them out, or give it another key"],
    });
    return;
  }
  into.references.set(key, reference);
  into.spans.set(key, id.span);
  into.fieldSpans?.set(key, fieldSpans);
}
