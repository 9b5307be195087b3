// The text of a style profile (YAML) -> StyleProfile: which CSL style it is, and
// what a style manual asks beyond CSL.

import type { Report, Span } from "../diagnostic.js";
import type { QuotationRule } from "../style.js";
import {
  integer,
  invalidValue,
  type Located,
  language,
  located,
  map,
  oneOf,
  optional,
  type Read,
  required,
  text,
} from "./fields.js";
import { readYaml, type SourceText } from "./yaml.js";

/** A style profile as it stands in its file. */
export interface StyleProfile {
  readonly id: string;
  readonly title: string;
  /** The id of a CSL style, or the path of a `.csl` file. */
  readonly csl: string;
  /** A BCP 47 tag. */
  readonly locale?: string;
  /** The heading of the list of references. */
  readonly listTitle?: string;
  /** The CSL style of the list of references, where it is another one: an id or a path. */
  readonly listCsl?: Located<string>;
  /** `style`: as the CSL style has it; `never`: short forms; `strict`: after notes of one work only. */
  readonly ibid: "style" | "never" | "strict";
  /** Whether works are cited in full once in the work, or again in each chapter. */
  readonly firstCitation: "work" | "chapter";
  /** From which length on quotations are set off as blocks. */
  readonly quotations?: QuotationRule;
  /** The place of the CSL style's name. */
  readonly span: Span;
}

/** Reads `40`, `40 words` or `5 lines`. */
const blockFrom: Read<QuotationRule["blockFrom"]> = (node, name, report) => {
  const value = text(node, name, report);
  const [, count, unit] = /^(\d{1,4})\s*(words|lines)?$/.exec(value ?? "") ?? [];
  if (count) return unit === "lines" ? { lines: Number(count) } : { words: Number(count) };
  if (value !== undefined) {
    return invalidValue(
      node,
      `"${value}" is no length of a quotation`,
      report,
      "write 40 words, or 5 lines",
    );
  }
  return undefined;
};

const profileFields = map({
  title: required(text),
  csl: required(located(text)),
  locale: optional(language),
  "list-title": optional(text),
  "list-csl": optional(located(text)),
  ibid: optional(oneOf(["style", "never", "strict"])),
  "first-citation": optional(oneOf(["work", "chapter"])),
  quotations: optional(
    map({ "block-from": required(blockFrom), "verse-from": optional(integer(1, 100)) }),
  ),
});

/** Reads a style profile. Reports what is wrong in it, and then returns undefined. */
export function readStyle(
  source: SourceText,
  id: string,
  report: Report,
): StyleProfile | undefined {
  let failed = false;
  const fail: Report = (diagnostic) => {
    failed = true;
    report(diagnostic);
  };
  const root = readYaml(source, fail);
  if (!root) {
    if (!failed) {
      const span = { file: source.file, start: 0, end: 0 };
      report({ code: "field-missing", message: "the style is empty", span });
    }
    return undefined;
  }
  const fields = profileFields(root, "the style", fail);
  if (!fields || failed) return undefined;
  const { title, csl, locale, ibid = "style", quotations } = fields;
  const listTitle = fields["list-title"];
  const listCsl = fields["list-csl"];
  return {
    id,
    title,
    csl: csl.value,
    ibid,
    firstCitation: fields["first-citation"] ?? "work",
    ...(listCsl && { listCsl }),
    ...(quotations && {
      quotations: {
        blockFrom: quotations["block-from"],
        ...(quotations["verse-from"] !== undefined && { verseFrom: quotations["verse-from"] }),
      },
    }),
    ...(locale !== undefined && { locale }),
    ...(listTitle !== undefined && { listTitle }),
    span: csl.span,
  };
}
