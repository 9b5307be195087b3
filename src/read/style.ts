// The text of a style profile (YAML) -> StyleProfile: which CSL style it is, and
// what a style manual asks beyond CSL.

import type { Report, Span } from "../diagnostic.js";
import { language, located, map, oneOf, optional, required, text } from "./fields.js";
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
  /** `style`: as the CSL style has it; `never`: short forms instead. */
  readonly ibid: "style" | "never";
  /** The place of the CSL style's name. */
  readonly span: Span;
}

const profileFields = map({
  title: required(text),
  csl: required(located(text)),
  locale: optional(language),
  "list-title": optional(text),
  ibid: optional(oneOf(["style", "never"])),
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
  return {
    id,
    title,
    csl: csl.value,
    ibid,
    ...(locale !== undefined && { locale }),
    ...(listTitle !== undefined && { listTitle }),
    span: csl.span,
  };
}
