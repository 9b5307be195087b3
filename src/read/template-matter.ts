// What a template says of front and back matter: their order, and the text of a
// declaration that manuscripts need not write.

import type { Report } from "../diagnostic.js";
import type { Block } from "../document.js";
import { type MatterName, type MatterPlace, usualBackMatter, usualFrontMatter } from "../matter.js";
import type { Template } from "../template.js";
import { type Located, language, type Read, scalar, typeMismatch } from "./fields.js";
import { readMarkdown } from "./markdown.js";
import { offsetMap, type SourceText, type YamlScalar } from "./yaml.js";

/**
 * Returns the places of front and back matter; what a template does not say is
 * the usual order without what stands in the other list. Reports what stands
 * twice, and back matter without a place for the list of references.
 */
export function placedMatter(
  front: Located<readonly MatterPlace[]> | undefined,
  back: Located<readonly MatterPlace[]> | undefined,
  report: Report,
): Pick<Template, "frontMatter" | "backMatter"> {
  const has = (list: Located<readonly MatterPlace[]> | undefined, name: MatterName) =>
    list?.value.some((place) => place.name === name) ?? false;
  const usual = (names: readonly MatterName[], other: typeof front): MatterPlace[] =>
    names.filter((name) => !has(other, name)).map((name) => ({ name }));
  const frontMatter = front?.value ?? usual(usualFrontMatter, back);
  const backMatter = back?.value ?? usual(usualBackMatter, front);
  const names = [...frontMatter, ...backMatter].map(({ name }) => name);
  const refuse = (message: string, list: typeof front) =>
    report({ code: "value-invalid", message, ...(list && { span: list.span }) });
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    refuse(`"${name}" stands twice in the front and back matter`, front ?? back);
  }
  for (const name of ["bibliography", "appendices"] as const) {
    if (has(front, name)) refuse(`"${name}" stands behind the chapters, in "back-matter"`, front);
  }
  if (!names.includes("bibliography")) {
    refuse('"back-matter" has no place for the list of references: "bibliography"', back);
  }
  return { frontMatter, backMatter };
}

/** A declaration in a language: its Markdown, not yet read. */
export interface DeclarationText {
  readonly lang: string;
  readonly node: YamlScalar;
}

/** Reads the texts of a declaration by their languages, `{ en: …, de: … }`. */
export const declarationTexts: Read<readonly DeclarationText[]> = (node, name, report) => {
  if (node.type !== "map") {
    typeMismatch(node, name, "a map of languages and texts, such as { en: … }", report);
    return undefined;
  }
  return node.entries.flatMap(({ key, keySpan, value }): DeclarationText[] => {
    const lang = language(
      { type: "scalar", text: key, form: "plain", span: keySpan },
      name,
      report,
    );
    const typed = scalar(value, key, report);
    return lang && typed ? [{ lang, node: typed }] : [];
  });
};

/** Returns the blocks of each declaration, by the language in which it is written. */
export function readDeclarations(
  texts: readonly DeclarationText[],
  { file, text: source }: SourceText,
  report: Report,
): Map<string, Block[]> {
  return new Map(
    texts.map(({ lang, node }) => [
      lang,
      readMarkdown({ file, text: node.text, lang, offset: offsetMap(node, source) }, report),
    ]),
  );
}
