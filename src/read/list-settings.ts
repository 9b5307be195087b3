// The fields of a manuscript that say how its list of references is put together.

import type { Report, Span } from "../diagnostic.js";
import { type Inline, walk } from "../document.js";
import {
  boolean,
  type Located,
  language,
  list,
  located,
  map,
  oneOrMore,
  optional,
  type Read,
  required,
  text,
} from "./fields.js";
import { cslType } from "./reference.js";
import type { YamlNode } from "./yaml.js";

/** What a manuscript asks of its list of references. */
export interface ListSettings {
  /** The lists that the works are divided into; none: all stand in one. */
  readonly sections: readonly ListSection[];
  /** Whether each chapter ends with a list of the works that it cites. */
  readonly perChapter: boolean;
  /** Works that are listed without being cited: their keys, or all that there are. */
  readonly uncited: "all" | readonly Located<string>[];
  /** Whether the annotations of the works (CSL's `annote`) are printed below their entries. */
  readonly annotated: boolean;
  /** Whether each entry says where its work is cited. */
  readonly citedIn: boolean;
}

/** A list under its own title. */
export interface ListSection {
  readonly title: readonly Inline[];
  /** It has no filters, and takes what no other list takes. */
  readonly takesRest: boolean;
  /** CSL types. */
  readonly types?: readonly string[];
  readonly keywords?: readonly string[];
  /** BCP 47 tags; `de` also means `de-AT`. */
  readonly languages?: readonly string[];
  readonly span: Span;
}

/** The fields of a manuscript that are read here. */
export const listFields = [
  "lists",
  "list-per-chapter",
  "nocite",
  "annotations",
  "cited-in",
] as const;

/** Other names of these fields, and of those of a list. */
export const listSynonyms = {
  annotated: "annotations",
  backref: "cited-in",
  bibliographies: "lists",
  uncited: "nocite",
};

const sectionSynonyms = {
  heading: "title",
  keyword: "keywords",
  lang: "languages",
  language: "languages",
  name: "title",
  type: "types",
};

/**
 * Reads the settings off the fields of a manuscript, which are given by their
 * names. Returns undefined if it has none of them.
 */
export function readListSettings(
  fields: ReadonlyMap<string, YamlNode>,
  readTitle: Read<Inline[]>,
  report: Report,
): ListSettings | undefined {
  if (!listFields.some((name) => fields.has(name))) return undefined;
  const read = <T>(name: (typeof listFields)[number], how: Read<T>): T | undefined => {
    const node = fields.get(name);
    return node && how(node, name, report);
  };
  return {
    sections: read("lists", sections(readTitle)) ?? [],
    perChapter: read("list-per-chapter", boolean) ?? false,
    uncited: read("nocite", keys) ?? [],
    annotated: read("annotations", boolean) ?? false,
    citedIn: read("cited-in", boolean) ?? false,
  };
}

/** Reads the lists; a second one without filters is reported, for the first takes the rest. */
function sections(readTitle: Read<Inline[]>): Read<readonly ListSection[]> {
  const readSection = map(
    {
      title: required(located(plainTitle(readTitle))),
      types: optional(oneOrMore(cslType)),
      keywords: optional(oneOrMore(text)),
      languages: optional(oneOrMore(language)),
    },
    sectionSynonyms,
  );
  const readSections = list(readSection);
  return (node, name, report) => {
    const read = readSections(node, name, report)?.map(
      ({ title, ...filters }): ListSection => ({
        ...filters,
        takesRest: !Object.keys(filters).length,
        title: title.value,
        span: title.span,
      }),
    );
    const rest = read?.filter(({ takesRest }) => takesRest) ?? [];
    for (const { span } of rest.slice(1)) {
      report({
        code: "value-invalid",
        message: "two lists have no filter, and only one can take the rest of the works",
        span,
        hints: ["give this list types, keywords or languages"],
      });
    }
    return read;
  };
}

/** The title of a list is printed behind the citations, where no more can be cited. */
function plainTitle(readTitle: Read<Inline[]>): Read<Inline[]> {
  return (node, name, report) => {
    const title = readTitle(node, name, report);
    const wrong = [...walk(title ?? [])].find(({ type }) => type === "note" || type === "citation");
    if (!wrong) return title;
    report({
      code: "value-invalid",
      message: `the title of a list cannot hold a ${wrong.type}`,
      span: wrong.span ?? node.span,
    });
    return undefined;
  };
}

/** Reads `all`, a key, a list of keys, or keys as Pandoc has them: `@smith2000, @jones2010`, `@*`. */
const keys: Read<ListSettings["uncited"]> = (node, name, report) => {
  const read = oneOrMore(located(text))(node, name, report);
  const found = read?.flatMap(({ value, span }) => {
    const typed = value.split(/[\s,;]+/).filter(Boolean);
    const many = typed.every((key) => key.startsWith("@")) ? typed : [value];
    return many.map((key) => ({ value: key.replace(/^@/, "").normalize("NFC"), span }));
  });
  const isAll = node.type === "scalar" && found?.length === 1 && found[0]!.value === "all";
  return isAll || found?.some(({ value }) => value === "*") ? "all" : found;
};
