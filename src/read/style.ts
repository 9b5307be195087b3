// The text of a style profile (YAML) -> StyleProfile: which CSL style it is, and
// what a style manual asks beyond CSL.

import type { Report, Span } from "../diagnostic.js";
import { type Located, language, located, map, oneOf, optional, required, text } from "./fields.js";
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
  /** The place of the CSL style's name. */
  readonly span: Span;
}

const profileFields = map({
  title: required(text),
  csl: required(located(text)),
  locale: optional(language),
  "list-title": optional(text),
  "list-csl": optional(located(text)),
  ibid: optional(oneOf(["style", "never", "strict"])),
  "first-citation": optional(oneOf(["work", "chapter"])),
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
  const { title, csl, locale, ibid = "style" } = fields;
  const listTitle = fields["list-title"];
  const listCsl = fields["list-csl"];
  return {
    id,
    title,
    csl: csl.value,
    ibid,
    firstCitation: fields["first-citation"] ?? "work",
    ...(listCsl && { listCsl }),
    ...(locale !== undefined && { locale }),
    ...(listTitle !== undefined && { listTitle }),
    span: csl.span,
  };
}
