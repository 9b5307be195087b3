// The manuscript (YAML) and the chapters that it names -> Manuscript: what is
// known of the work, and its sections with their Markdown read.

import type { Report, Span } from "../diagnostic.js";
import {
  type Block,
  type Inline,
  type Metadata,
  mapInlines,
  type Name,
  type Section,
  walk,
} from "../document.js";
import type { DeclaredEdition } from "../edition.js";
import {
  type AbbreviationDefinition,
  type GlossaryDefinition,
  type Matter,
  writtenMatter,
} from "../matter.js";
import { didYouMean } from "../nearest.js";
import type { FileReader } from "../source.js";
import type { TitlePageLogo } from "../template.js";
import type { WordSettings } from "../word-policy.js";
import { abbreviations, glossary } from "./abbreviations.js";
import { editionDeclarations } from "./edition.js";
import {
  date,
  integer,
  invalidValue,
  type Located,
  language,
  located,
  missingField,
  oneOf,
  oneOrMore,
  type Read,
  scalar,
  text,
  typeMismatch,
  unknownField,
} from "./fields.js";
import { type FontsRequest, fontFields } from "./fonts.js";
import { type ListSettings, listFields, listSynonyms, readListSettings } from "./list-settings.js";
import { manuscriptLogo, readLogo } from "./logo.js";
import { type MarkdownSource, readHeading, readInlines, readMarkdown } from "./markdown.js";
import { type MatterReaders, matterSynonyms, readMatter } from "./matter.js";
import { type Numbering, numbering } from "./numbering.js";
import { nameOfMap, readReference } from "./reference.js";
import { wordSettings } from "./word-settings.js";
import {
  isEmpty,
  offsetMap,
  readYaml,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from "./yaml.js";

/** A manuscript, read. */
export interface Manuscript {
  /** Its name as diagnostics give it. */
  readonly file: string;
  readonly metadata: Metadata;
  readonly style?: Located<string>;
  readonly template?: Located<string>;
  /** The path of a university\'s Word document whose look is taken over. */
  readonly referenceDocx?: Located<string>;
  /** Stands on its title page, in the place of the template's or else at the top. */
  readonly logo?: TitlePageLogo;
  readonly bibliography: readonly Located<string>[];
  /** What it asks of its list of references, if anything. */
  readonly lists?: ListSettings;
  /** What it asks of the count of its words, if anything. */
  readonly words?: WordSettings;
  /** Whether quotations are blocks as they are written, or by the style's length; absent: as written, and reported. */
  readonly quotations?: "as-written" | "as-style";
  /** What it asks of the numbers of headings and figures, in place of the template. */
  readonly numbering?: Numbering;
  /** The fonts that it has in place of the template's. */
  readonly fonts?: FontsRequest;
  readonly abbreviations?: readonly AbbreviationDefinition[];
  readonly glossary?: readonly GlossaryDefinition[];
  /** The most words that its abstract may have, instead of the template's figure. */
  readonly abstractWords?: Located<number>;
  /** The editions that it declares or changes. */
  readonly editions?: readonly DeclaredEdition[];
  /** What stands before and after the chapters. */
  readonly matter: Matter;
  /** The chapters; the id of every section is unique in the work. */
  readonly sections: readonly Section[];
  /** The appendices, each with the role of one. */
  readonly appendices: readonly Section[];
}

const manuscriptFields = [
  "title",
  "subtitle",
  "author",
  "institution",
  "department",
  "degree",
  "supervisor",
  "candidate",
  "orcid",
  "date",
  "lang",
  "keywords",
  ...writtenMatter,
  "abbreviations",
  "glossary",
  "abstract-words",
  "editions",
  "style",
  "template",
  "reference-docx",
  "logo",
  "bibliography",
  ...listFields,
  "words",
  "quotations",
  "numbering",
  "fonts",
  "published",
  "sections",
  "appendices",
] as const;

const manuscriptSynonyms = {
  ...listSynonyms,
  ...matterSynonyms,
  "abstract-limit": "abstract-words",
  appendix: "appendices",
  appendixes: "appendices",
  authors: "author",
  body: "sections",
  "candidate-number": "candidate",
  chapters: "sections",
  crest: "logo",
  language: "lang",
  locale: "lang",
  name: "author",
  references: "bibliography",
  supervisors: "supervisor",
  tags: "keywords",
  university: "institution",
  "word-count": "words",
  "word-limit": "words",
  wordcount: "words",
};

const sectionFields = ["title", "text", "file", "sections"] as const;

const sectionSynonyms = {
  body: "text",
  chapters: "sections",
  content: "text",
  heading: "title",
  include: "file",
  path: "file",
  subsections: "sections",
};

/** The language of a manuscript that names none. */
const DEFAULT_LANGUAGE = "en";

/**
 * Reads a manuscript by its name in its folder, with the files of its sections.
 * Everything that is wrong is reported in one run. Returns undefined only when
 * there is nothing to go on with: no file, no YAML, no map of fields.
 */
export function readManuscript(
  file: string,
  reader: FileReader,
  report: Report,
): Manuscript | undefined {
  const source = reader.readText(file);
  if (!source) return undefined;
  let failed = false;
  const root = readYaml(source, (diagnostic) => {
    failed = true;
    report(diagnostic);
  });
  if (!root) {
    if (!failed) {
      const span = { file: source.file, start: 0, end: 0 };
      report({ code: "sections-missing", message: "the manuscript is empty", span });
    }
    return undefined;
  }
  if (root.type !== "map") {
    typeMismatch(root, "the manuscript", "a map of fields", report);
    return undefined;
  }
  const fields = fieldsOf(root, manuscriptFields, manuscriptSynonyms, report);
  const read = <T>(name: (typeof manuscriptFields)[number], how: Read<T>): T | undefined => {
    const node = fields.get(name);
    return node && how(node, name, report);
  };

  const lang = read("lang", language) ?? DEFAULT_LANGUAGE;
  const context: Context = { reader, report, lang };
  const title = read("title", inlines(context));
  if (!fields.has("title")) missingField("title", "the manuscript", firstSpan(root), report);
  const appendices = fields.get("appendices");
  const reads = { inlines: inlines(context), blocks: markdown(context) };
  const sections = readSections(fields.get("sections"), firstSpan(root), context);
  const manuscript = {
    file: source.file,
    metadata: withoutUndefined<Metadata>({
      title: title ?? [],
      subtitle: read("subtitle", inlines(context)),
      author: read("author", oneOrMore(person)) ?? [],
      date: read("date", date),
      lang,
      keywords: read("keywords", keywords) ?? [],
      institution: read("institution", text),
      department: read("department", text),
      degree: read("degree", text),
      supervisor: read("supervisor", oneOrMore(person)),
      candidate: read("candidate", text),
      orcid: read("orcid", orcid),
      published: read("published", published),
    }),
    style: read("style", located(text)),
    template: read("template", located(text)),
    referenceDocx: read("reference-docx", located(text)),
    logo: read("logo", (node, name, report) => {
      const found = manuscriptLogo(node, name, report);
      const readBytes = (path: string, span: Span) =>
        reader.readBytes(path, span, undefined, "image-unreadable");
      return found && readLogo(found, readBytes, report);
    }),
    bibliography: read("bibliography", oneOrMore(located(text))) ?? [],
    lists: readListSettings(fields, inlines(context), report),
    words: read("words", wordSettings),
    quotations: read("quotations", oneOf(["as-written", "as-style"])),
    numbering: read("numbering", numbering),
    fonts: read("fonts", fontFields),
    editions: read("editions", editionDeclarations),
    abbreviations: read("abbreviations", abbreviations(reads)),
    glossary: read("glossary", glossary(reads)),
    abstractWords: read("abstract-words", located(integer(1, 100_000))),
    matter: readMatter(fields, matterReaders(context), report),
    ...withUniqueIds(
      sections,
      appendices ? sectionList(appendices, "appendices", context).map(asAppendix) : [],
    ),
  };
  return withLinks(withIndexIds(withoutUndefined<Manuscript>(manuscript)), report);
}

/** What the readers of a manuscript's parts have in common. */
interface Context {
  readonly reader: FileReader;
  readonly report: Report;
  readonly lang: string;
}

type Optional<T> = { readonly [K in keyof T]: T[K] | undefined };

function withoutUndefined<T>(value: Optional<T>): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

const firstSpan = (node: YamlMap): Span => node.entries[0]?.keySpan ?? node.span;

/** Returns the fields that are not empty, by name; reports unknown ones. */
function fieldsOf<T extends string>(
  node: YamlMap,
  known: readonly T[],
  synonyms: Readonly<Record<string, string>>,
  report: Report,
): Map<T, YamlNode> {
  const fields = new Map<T, YamlNode>();
  for (const { key, keySpan, value } of node.entries) {
    const name = known.find((candidate) => candidate === key);
    if (name === undefined) unknownField(key, keySpan, known, synonyms, report);
    else if (!isEmpty(value)) fields.set(name, value);
  }
  return fields;
}

/** Returns the Markdown of a value with the place of each letter in the file. */
function markdownOf(node: YamlScalar, { reader, lang }: Context): MarkdownSource {
  const { file } = node.span;
  const offset = offsetMap(node, reader.sources.get(file) ?? "");
  return { file, text: node.text, lang, files: reader, offset };
}

function inlines(context: Context): Read<Inline[]> {
  return (node, name, report) => {
    const value = scalar(node, name, report);
    return value && readInlines(markdownOf(value, context), report);
  };
}

function markdown(context: Context): Read<Block[]> {
  return (node, name, report) => {
    const value = scalar(node, name, report);
    return value && readMarkdown(markdownOf(value, context), report);
  };
}

/** Reads `[a, b]`, or `a, b` in one text. */
const keywords: Read<readonly string[]> = (node, name, report) => {
  const values = oneOrMore(text)(node, name, report);
  if (node.type === "list") return values;
  return values?.flatMap((value) => value.split(/\s*[,;]\s*/)).filter(Boolean);
};

/** Small words before a family name that belong to it. */
const particles =
  /^(?:al|bin|da|das|de|del|della|den|der|di|do|dos|du|el|ibn|la|le|ten|ter|van|von|zu|zum|zur)$/;

/**
 * Reads a person: a map of its names, or a text: `Doe, Jane`, or `Jane van Doe`
 * with the family's name last. A single word is not taken apart.
 */
const person: Read<Name> = (node, name, report) => {
  if (node.type === "map") return nameOfMap(node, name, report);
  const value = text(node, name, report);
  if (!value) return undefined;
  const [family = "", given, more] = value.split(/\s*,\s*/);
  if (given && more === undefined) return { family, given };
  const words = value.split(/\s+/);
  if (words.length === 1 || given !== undefined) return { literal: value };
  let from = words.length - 1;
  while (from > 1 && particles.test(words[from - 1]!)) from--;
  const particle = words.slice(from, -1).join(" ");
  return {
    family: words.at(-1)!,
    given: words.slice(0, from).join(" "),
    ...(particle && { "non-dropping-particle": particle }),
  };
};

/** Reads an ORCID iD or its address; its last digit proves the others (ISO 7064, MOD 11-2). */
const orcid: Read<string> = (node, name, report) => {
  const value = text(node, name, report);
  if (value === undefined) return undefined;
  const [, id] = /^(?:https?:\/\/orcid\.org\/)?((?:\d{4}-){3}\d{3}[\dX])$/.exec(value) ?? [];
  const digits = id?.replaceAll("-", "") ?? "";
  let sum = 0;
  for (const digit of digits.slice(0, -1)) sum = (sum + Number(digit)) * 2;
  const check = (12 - (sum % 11)) % 11;
  if (id && digits.at(-1) === (check === 10 ? "X" : String(check))) return id;
  return invalidValue(
    node,
    `"${value.slice(0, 40)}" is no ORCID iD`,
    report,
    "write it as 0000-0002-1825-0097",
  );
};

/** Reads the variables of the page or book in which the work was published. */
const published: Read<Metadata["published"]> = (node, name, report) => {
  if (node.type === "map") return readReference(node, "published", report, "webpage").reference;
  typeMismatch(node, name, "a map of CSL variables", report);
  return undefined;
};

function readSections(node: YamlNode | undefined, owner: Span, context: Context): Section[] {
  const { report } = context;
  const missing = (span: Span) => {
    report({
      code: "sections-missing",
      message: "the manuscript has no sections",
      span,
      hints: ["write them as a list: sections: [{ title: …, text: … }]"],
    });
    return [];
  };
  if (!node) return missing(owner);
  if (node.type === "list" && !node.items.length) return missing(node.span);
  return sectionList(node, "sections", context);
}

function sectionList(node: YamlNode, name: string, context: Context): Section[] {
  if (node.type !== "list") {
    typeMismatch(node, name, "a list of sections", context.report);
    return [];
  }
  return node.items.flatMap((item) => readSection(item, context));
}

/** Reads a section; a file without a title may hold several. */
function readSection(node: YamlNode, context: Context): Section[] {
  const { report } = context;
  if (node.type !== "map") {
    typeMismatch(node, "a section", "a map with title and text", report);
    return [];
  }
  const fields = fieldsOf(node, sectionFields, sectionSynonyms, report);
  const titleNode = fields.get("title");
  const textNode = fields.get("text");
  const fileNode = fields.get("file");
  const sectionsNode = fields.get("sections");
  const title = titleNode && scalar(titleNode, "title", report);
  if (textNode && fileNode) {
    report({
      code: "value-invalid",
      message: "a section has its text here or in a file, not both",
      span: fileNode.span,
    });
  }
  const children: Block[] = [
    ...((textNode && markdown(context)(textNode, "text", report)) ?? []),
    ...(fileNode ? readFile(fileNode, context) : []),
    ...(sectionsNode ? sectionList(sectionsNode, "sections", context) : []),
  ];
  if (titleNode) {
    const heading = title
      ? readHeading(markdownOf(title, context), report)
      : { id: "sec-untitled", title: [] };
    return [{ type: "section", ...heading, children, span: titleNode.span }];
  }
  const loose = children.filter(({ type }) => type !== "section");
  if (fileNode && !textNode && !loose.length) {
    return children.filter((child) => child.type === "section");
  }
  report({
    code: "field-missing",
    message: fileNode
      ? "the file begins with text before its first heading, so its section needs a title"
      : 'a section has no field "title"',
    span: fileNode?.span ?? firstSpan(node),
  });
  return children.filter((child) => child.type === "section");
}

function readFile(node: YamlNode, context: Context): Block[] {
  const { reader, report, lang } = context;
  const name = text(node, "file", report);
  const source = name && reader.readText(name, node.span);
  if (!source) return [];
  if (source.file === node.span.file) {
    report({
      code: "file-invalid",
      message: "the manuscript cannot be the file of one of its own sections",
      span: node.span,
    });
    return [];
  }
  return readMarkdown({ ...source, lang, files: reader, offset: (at) => at }, report);
}

const asAppendix = (section: Section): Section => ({ ...section, role: "appendix" });

function matterReaders(context: Context): MatterReaders {
  return {
    blocks: markdown(context),
    inlines: inlines(context),
    file: (node) => readFile(node, context),
  };
}

/** Numbers the ids that several sections have: `sec-war`, `sec-war-2`. */
function withUniqueIds(
  sections: readonly Section[],
  appendices: readonly Section[],
): Pick<Manuscript, "sections" | "appendices"> {
  const taken = new Set<string>();
  const last = new Map<string, number>();
  const unique = <T extends Block>(block: T): T => {
    if (block.type !== "section") return block;
    // A label of the author's is not another one for being there twice: that is reported later.
    if (block.id.includes(":")) return { ...block, children: block.children.map(unique) };
    let id = block.id;
    for (let number = (last.get(block.id) ?? 1) + 1; taken.has(id); number++) {
      id = `${block.id}-${number}`;
      last.set(block.id, number);
    }
    taken.add(id);
    return { ...block, id, children: block.children.map(unique) };
  };
  return { sections: sections.map(unique), appendices: appendices.map(unique) };
}

/** Leads links such as `#early-years` to the section `sec-early-years`; reports those to nowhere. */
function withLinks(manuscript: Manuscript, report: Report): Manuscript {
  const ids = new Set<string>();
  let links = false;
  for (const node of walk(blocksOf(manuscript))) {
    if ("id" in node && node.id !== undefined) ids.add(node.id);
    if (node.type === "figure") for (const { id } of node.images) if (id) ids.add(id);
    if (node.type === "link" && node.url.startsWith("#")) links = true;
  }
  if (!links) return manuscript;
  return rewriteInlines(manuscript, (inline) => {
    if (inline.type !== "link" || !inline.url.startsWith("#")) return [inline];
    const target = decoded(inline.url.slice(1));
    const id = ids.has(target) ? target : `sec-${target}`;
    if (ids.has(id)) return [{ ...inline, url: `#${id}` }];
    report({
      code: "link-undefined",
      message: `no section is called "#${target}"; the link's text is kept`,
      ...(inline.span && { span: inline.span }),
      hints: didYouMean(
        target,
        [...ids].map((known) => known.replace(/^sec-/, "")),
      ),
    });
    return inline.children;
  });
}

/** Numbers the marks of the index in reading order. */
function withIndexIds(manuscript: Manuscript): Manuscript {
  let marks = 0;
  for (const node of walk(blocksOf(manuscript))) if (node.type === "indexMark") marks++;
  if (!marks) return manuscript;
  let number = 0;
  return rewriteInlines(manuscript, (inline) => [
    inline.type === "indexMark" ? { ...inline, id: `idx-${++number}` } : inline,
  ]);
}

const blocksOf = ({ sections, appendices, matter }: Manuscript): readonly Block[] => [
  ...sections,
  ...appendices,
  ...[...matter.texts.values()].flatMap(({ children }) => children),
];

function rewriteInlines(
  manuscript: Manuscript,
  rewrite: Parameters<typeof mapInlines>[1],
): Manuscript {
  const { sections, appendices, matter } = manuscript;
  // What the inlines of a block become leaves it the same kind of block.
  const change = <T extends Block>(blocks: readonly T[]) => mapInlines(blocks, rewrite) as T[];
  const texts = [...matter.texts].map(
    ([name, text]) => [name, { ...text, children: change(text.children) }] as const,
  );
  return {
    ...manuscript,
    sections: change(sections),
    appendices: change(appendices),
    matter: { ...matter, texts: new Map(texts) },
  };
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
