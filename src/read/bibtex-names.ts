// The names of BibTeX -> CSL's. citation-js takes a single name apart; where one
// ends and which is an institution's is found here.

import type { BibtexField } from "./bibtex-entries.js";
import type { BibtexName } from "./citation-js.js";
import type { CslValue } from "./csl-node.js";
import { prepareTex, restoreSigns } from "./tex.js";
import { readTexField, type TexReader } from "./tex-field.js";

/**
 * Reads the names of a field called `name`. A name in braces is an institution's;
 * "and others" is left out and reported. `useprefix` is BibLaTeX's option.
 */
export function readBibtexNames(
  field: BibtexField,
  name: string,
  { library, report }: TexReader,
  useprefix: string | undefined,
): CslValue[] {
  return splitNames(field.value).flatMap((source): CslValue[] => {
    if (!source) {
      report({
        code: "entry-unclear",
        message: `a name is missing beside an "and" in the field "${name}"`,
        span: field.span,
      });
      return [];
    }
    if (/^\{?others\}?$/i.test(source)) {
      report({
        code: "names-incomplete",
        message: `the field "${name}" ends with "and others": the names that are left out cannot be printed`,
        span: field.span,
        hints: ["write down all names; a style shortens them itself"],
      });
      return [];
    }
    const { tex } = prepareTex(source, library.commands);
    if (isBraced(source)) {
      const literal = readTexField({ ...field, value: source }, "note", { library, report });
      return [{ literal: String(literal) }];
    }
    if (commasOf(source) > 2 || source.replace(/\{[^{}]*\}/g, "").includes(";")) {
      report({
        code: "entry-unclear",
        message: `"${source.slice(0, 60)}" is more than one name`,
        span: field.span,
        hints: ['put "and" between names: Smith, John and Doe, Jane'],
      });
      return [{ literal: source.replace(/[{}]/g, "") }];
    }
    try {
      const [read] = library.readValue(tex, "author") as readonly BibtexName[];
      return [toCslName(read ?? {}, useprefix)];
    } catch {
      return [{ literal: source.replace(/[{}\\]/g, "") }];
    }
  });
}

/** Splits names at each "and" that lies in no brace. */
function splitNames(source: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let start = 0;
  const token = /\\.|[{}]|(?<=\s|^)and(?=\s|$)/gis;
  for (let found = token.exec(source); found; found = token.exec(source)) {
    if (found[0] === "{") depth++;
    else if (found[0] === "}") depth--;
    else if (found[0].length === 3 && depth === 0) {
      names.push(source.slice(start, found.index).trim());
      start = token.lastIndex;
    }
  }
  names.push(source.slice(start).trim());
  return names.map((name) => name.replace(/\s+/g, " "));
}

/** Whether a whole name lies in one pair of braces: it is that of an institution. */
function isBraced(name: string): boolean {
  if (!name.startsWith("{") || !name.endsWith("}") || /^\{\\[^a-z]/i.test(name)) return false;
  let depth = 0;
  for (let at = 0; at < name.length - 1; at++) {
    if (name[at] === "{") depth++;
    else if (name[at] === "}" && --depth === 0) return false;
  }
  return true;
}

function commasOf(name: string): number {
  if (/^\s*(family|given|prefix|suffix)\s*=/i.test(name)) return 0;
  let depth = 0;
  let commas = 0;
  for (const sign of name) {
    if (sign === "{") depth++;
    else if (sign === "}") depth--;
    else if (sign === "," && depth === 0) commas++;
  }
  return commas;
}

/**
 * The particle is part of the name that is cited ("van der Berg 2001"), as
 * BibTeX's own styles have it, unless BibLaTeX's option says otherwise.
 */
function toCslName(name: BibtexName, useprefix: string | undefined): CslValue {
  const trim = (text: string | undefined): string | undefined => {
    const trimmed =
      text === undefined
        ? ""
        : restoreSigns(text)
            .replace(/[\s\u00a0]+/g, " ")
            .trim();
    return trimmed || undefined;
  };
  const particle = trim(name.prefix);
  const isDropped = (name.useprefix ?? useprefix) === "false";
  return {
    family: trim(name.family),
    given: trim(name.given),
    ...(particle && { [isDropped ? "dropping-particle" : "non-dropping-particle"]: particle }),
    suffix: trim(name.suffix),
  };
}
