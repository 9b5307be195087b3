// BibTeX and BibLaTeX -> references in CSL's terms. TeX and names are read by
// citation-js, one field at a time, so that a mistake costs a field and not a
// file; what it gets wrong is put right here.

import type { Report, Span } from "../diagnostic.js";
import { didYouMean } from "../nearest.js";
import { type BibtexEntry, type BibtexField, readBibtexEntries } from "./bibtex-entries.js";
import { type Inherit, inheritance } from "./bibtex-inheritance.js";
import { readBibtexNames } from "./bibtex-names.js";
import {
  containers,
  dateFields,
  editorTypes,
  genres,
  knownTypes,
  nameFields,
  printedFields,
  quietFields,
  similar,
  sources,
  textFields,
  titleFields,
  types,
  verbatimFields,
} from "./bibtex-vocabulary.js";
import { type BibtexName, citationJs } from "./citation-js.js";
import { type CslValue, type CslVariable, toReferenceNode } from "./csl-node.js";
import { editionNumber } from "./edition-number.js";
import { isMonth, readIsoDate, readYear, statusOf } from "./foreign-date.js";
import { languageTag } from "./language-names.js";
import { isForeign, toSentenceCase, unprotect } from "./sentence-case.js";
import { restoreSigns, verbatim } from "./tex.js";
import { readTexField, type TexReader, textOf } from "./tex-field.js";
import type { SourceText, YamlMap } from "./yaml.js";

/** How the entries of a file are to be read. */
export interface BibtexOptions {
  /** The language of titles that name none, as a BCP 47 tag; English if absent. */
  readonly lang?: string | undefined;
}

/** Variables of citation-js that are none of CSL. */
const unprinted = new Set(["id", "citation-key", "custom", "collection-title-short"]);

/**
 * Reads a BibTeX or BibLaTeX file as the nodes that its references would have
 * in CSL YAML. Every entry is among them or has been reported.
 */
export function readBibtex(
  source: SourceText,
  report: Report,
  { lang = "en" }: BibtexOptions = {},
): YamlMap[] {
  const entries = readBibtexEntries(source, report);
  if (entries.length === 0) return [];
  const byKey = new Map<string, BibtexEntry>();
  for (const entry of entries) if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
  const inherit = inheritance(byKey, report);
  const reader: Reader = { library: citationJs(), inherit, lang, reported: new Set(), report };
  return entries.flatMap((entry) => {
    if (entry.type === "set") {
      report({
        code: "entry-unclear",
        message: "sets of entries (@set) are not printed; cite each of its works",
        span: entry.keySpan,
      });
    }
    return containers.has(entry.type) ? [] : [readEntry(entry, reader)];
  });
}

interface Reader extends TexReader {
  readonly inherit: Inherit;
  readonly lang: string;
  /** Unknown types and fields, each of which is reported once in a file. */
  readonly reported: Set<string>;
}

function readEntry(entry: BibtexEntry, reader: Reader): YamlMap {
  const { report, library } = reader;
  const type = knownTypes.has(entry.type) ? entry.type : unknownType(entry, reader);
  const fields = reader.inherit(entry);
  const values = readValues(type, fields, reader);
  const variables = new Map<string, CslVariable>();
  const spanOf = (variable: string): Span => {
    const names = sources.get(variable) ?? [variable.toLowerCase()];
    return names.map((name) => fields.get(name)?.span).find(Boolean) ?? entry.keySpan;
  };
  const set = (variable: string, value: CslValue | undefined, span = spanOf(variable)): void => {
    if (value !== undefined && value !== "") variables.set(variable, { value, span });
  };
  set("id", entry.key, entry.keySpan);
  set("type", "document", entry.keySpan);

  const useprefix = /useprefix\s*=\s*(true|false)/.exec(fields.get("options")?.value ?? "")?.[1];
  const names = new Map<string, readonly CslValue[]>();
  for (const name of nameFields) {
    const field = fields.get(name);
    if (field) names.set(name, readBibtexNames(field, name, reader, useprefix));
  }
  const { keywords: _, ...mappable } = Object.fromEntries(values);
  const mapped = library.toCsl(similar.get(type) ?? type, mappable);
  for (const [variable, value] of Object.entries(mapped)) {
    if (unprinted.has(variable)) continue;
    if (typeof value === "string") set(variable, value.trim());
    // A list of publishers or places: as it was typed, for "and" may be part of a name.
    else if (Array.isArray(value)) set(variable, value.join(" and "));
  }
  setNames(names, fields, set);
  setDates(fields, reader, set);
  const text = (name: string): string | undefined => textOf(values.get(name));
  mend({
    type,
    mapped: String(mapped.type ?? "document"),
    entry,
    fields,
    values,
    text,
    set,
    variables,
  });
  const language = languageOf(fields, report);
  set("language", language);
  if (entry.fields.size === 0) {
    report({
      code: "entry-unclear",
      message: `the entry "${entry.key}" has no field`,
      span: entry.keySpan,
    });
  }
  return toReferenceNode(variables, entry.keySpan);
}

function unknownType({ type, keySpan }: BibtexEntry, { reported, report }: Reader): string {
  if (containers.has(type) || reported.has(`@${type}`)) return "misc";
  reported.add(`@${type}`);
  report({
    code: "entry-unclear",
    message: `BibTeX has no type of entry "@${type.slice(0, 40)}"; it is read as @misc`,
    span: keySpan,
    hints: didYouMean(type, knownTypes),
  });
  return "misc";
}

type Values = Map<string, string | readonly string[] | readonly BibtexName[]>;

/** Reads the fields that are texts, as citation-js wants them. */
function readValues(
  type: string,
  fields: ReadonlyMap<string, BibtexField>,
  reader: Reader,
): Values {
  const values: Values = new Map();
  const language = languageOf(fields);
  for (const [name, field] of fields) {
    if (verbatimFields.has(name)) values.set(name, verbatim(field.value));
    else if (textFields.has(name)) {
      const value = readTexField(field, name, reader);
      if (value !== undefined && value !== "") values.set(name, value);
    } else if (!printedFields.includes(name) && !quietFields.has(name)) {
      unknownField(name, field, reader);
    }
  }
  // Acts and cases have names rather than titles.
  const isName = /^(jurisdiction|legislation|legal)$/.test(type);
  const title = fields.get("title") && joinTitle(fields, "title", reader);
  const inEnglish = (text: string): boolean =>
    language === undefined
      ? /^en\b/i.test(reader.lang) && !isForeign(text)
      : /^en\b/.test(language);
  let isKept = false;
  for (const name of titleFields) {
    const text = name === "title" ? title : joinTitle(fields, name, reader);
    if (text === undefined) continue;
    const typed = unprotect(text);
    const keep: boolean = isName || (name === "shorttitle" && isKept) || !inEnglish(text);
    const read: string = keep ? typed : toSentenceCase(text);
    // A short title says less of its case than the whole one does.
    if (name === "title") isKept = read === typed;
    values.set(name, restoreSigns(read));
  }
  return values;
}

/** Returns a title with its subtitle and what is added to it; undefined without title. */
function joinTitle(
  fields: ReadonlyMap<string, BibtexField>,
  name: string,
  reader: Reader,
): string | undefined {
  const read = (field: string): string => {
    const found = fields.get(field);
    return found
      ? String(readTexField(found, "title", reader, { protect: true }) ?? "").trim()
      : "";
  };
  const title = read(name);
  if (!title) return undefined;
  const prefix = name === "shorttitle" ? undefined : name.replace(/title$/, "");
  if (prefix === undefined) return title;
  const join = (first: string, second: string, sign: string): string =>
    second ? `${first}${/[?!:.…]["”’\ue001]*$/u.test(first) ? "" : sign} ${second}` : first;
  return join(join(title, read(`${prefix}subtitle`), ":"), read(`${prefix}titleaddon`), ".");
}

function unknownField(name: string, { nameSpan }: BibtexField, { reported, report }: Reader): void {
  if (name.length < 4 || /[-_+:\d]/.test(name) || reported.has(name)) return;
  reported.add(name);
  const hints = didYouMean(name, printedFields);
  if (hints.length === 0) return;
  report({
    code: "entry-unclear",
    message: `BibTeX has no field "${name}", so it prints nothing`,
    span: nameSpan,
    hints,
  });
}

/** Returns the language of an entry; with a `report`, says if nobody knows its name. */
function languageOf(fields: ReadonlyMap<string, BibtexField>, report?: Report): string | undefined {
  const field = fields.get("langid") ?? fields.get("hyphenation") ?? fields.get("language");
  if (!field) return undefined;
  const [name = ""] = field.value.replace(/[{}]/g, "").split(/\s+and\s+|,/);
  const tag = languageTag(name);
  if (tag === undefined && name.trim()) {
    report?.({
      code: "entry-unclear",
      message: `"${name.trim().slice(0, 40)}" is the name of no language that is known here`,
      span: field.span,
      hints: ["write it as a tag, such as en-GB or de"],
    });
  }
  return tag;
}

/** Sets a variable; without a value, does nothing. */
type SetVariable = (variable: string, value: CslValue | undefined, span?: Span) => void;

function setNames(
  names: ReadonlyMap<string, readonly CslValue[]>,
  fields: ReadonlyMap<string, BibtexField>,
  set: SetVariable,
): void {
  const put = (variable: string, field: string): void => {
    const found = names.get(field);
    if (found?.length) set(variable, found, fields.get(field)!.span);
  };
  put("author", "author");
  put("translator", "translator");
  put("container-author", "bookauthor");
  put("original-author", "origauthor");
  if (!names.has("author")) put("author", "holder");
  for (const field of ["editor", "editora", "editorb", "editorc"]) {
    const role = fields.get(`${field}type`)?.value.trim().toLowerCase() ?? "editor";
    const variable = editorTypes.get(role) ?? (field === "editor" ? "editor" : undefined);
    if (variable && (field === "editor" || variable !== "editor")) put(variable, field);
  }
}

function setDates(
  fields: ReadonlyMap<string, BibtexField>,
  { report }: Reader,
  set: SetVariable,
): void {
  for (const [name, variable] of dateFields) {
    const field = fields.get(name);
    if (field) set(variable, dateValue(field, readIsoDate(bare(field)), report), field.span);
  }
  const date = fields.get("date");
  const year = fields.get("year");
  const issued = date ?? year;
  if (!issued) return;
  if (date) {
    set("issued", dateValue(date, readIsoDate(bare(date)), report), date.span);
    return;
  }
  const month = fields.get("month");
  if (month && !isMonth(bare(month))) {
    report({
      code: "entry-unclear",
      message: `"${bare(month).slice(0, 40)}" is no month`,
      span: month.span,
      hints: ["write it as a number from 1 to 12, or jan, feb, mar"],
    });
  }
  const text = bare(issued);
  if (statusOf(text)) return;
  const day = fields.get("day");
  set("issued", readYear(text, month && bare(month), day && bare(day)), issued.span);
}

const keyOf = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");

const bare = ({ value }: BibtexField): string =>
  value
    .replace(/\\[a-z]+\s*|[{}]/gi, "")
    .replace(/~(?=\d)/g, " ")
    .trim();

function dateValue(
  field: BibtexField,
  date: ReturnType<typeof readIsoDate>,
  report: Report,
): CslValue | undefined {
  if (date?.literal !== undefined) {
    report({
      code: "entry-unclear",
      message: `"${date.literal.slice(0, 40)}" is no date; it is printed as it stands`,
      span: field.span,
      hints: ["write the day as 2019-12-13, the month as 2019-12, a range as 2001/2003"],
    });
  }
  return date as CslValue | undefined;
}

interface Mending {
  readonly type: string;
  /** The CSL type that citation-js has chosen. */
  readonly mapped: string;
  readonly entry: BibtexEntry;
  readonly fields: ReadonlyMap<string, BibtexField>;
  readonly values: Values;
  readonly text: (name: string) => string | undefined;
  readonly set: SetVariable;
  readonly variables: Map<string, CslVariable>;
}

/** Puts right what citation-js maps in another way than CSL's styles understand it. */
function mend(mending: Mending): void {
  const { type, mapped, entry, fields, text, set, variables } = mending;
  const has = (variable: string): boolean => variables.has(variable);
  const link = linkIn(fields);
  // citation-js takes all of a field that begins with an address for one.
  variables.delete("URL");
  set("URL", text("url") ?? link?.url, (fields.get("url") ?? link?.field)?.span);
  for (const name of ["note", "publisher"]) {
    if (link && variables.get(name)?.value === link.url) variables.delete(name);
  }
  eprint(text, has, set, fields);

  const subtype = text("entrysubtype")?.toLowerCase();
  const cslType =
    type === "article" && (subtype === "magazine" || subtype === "newspaper")
      ? `article-${subtype}`
      : type === "misc" && has("URL")
        ? "webpage"
        : type === "unpublished" && (has("event-title") || has("event-place"))
          ? "speech"
          : (types.get(type) ?? mapped);
  set("type", cslType, entry.keySpan);
  if (/^article-(magazine|newspaper)$/.test(cslType)) variables.delete("genre");

  const kind =
    text("type") ?? { mastersthesis: "mathesis", phdthesis: "phdthesis" }[type as "phdthesis"];
  const genre = kind ?? (type === "techreport" ? "techreport" : undefined);
  if (genre !== undefined) set("genre", genres.get(keyOf(genre)) ?? genre);
  else if (!subtype) variables.delete("genre");

  const number = text("number");
  if (number !== undefined && !["issue", "number", "collection-number"].some(has))
    set("number", number);
  const edition = text("edition");
  if (edition !== undefined) set("edition", editionNumber(edition));
  const state = text("pubstate") ?? fields.get("year")?.value;
  set("status", (state && statusOf(state)) ?? text("pubstate"));
  const pages = text("pages");
  if (pages !== undefined && has("page")) set("page", pages.replace(/\s*[-–—]+\s*/g, "-"));
  const doi = text("doi");
  if (doi !== undefined) set("DOI", doi.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, ""));
  const keywords = text("keywords");
  if (keywords !== undefined) {
    set(
      "keyword",
      keywords
        .split(/\s*[,;]\s*| and /)
        .filter(Boolean)
        .join(", "),
    );
  }
  // Styles of CSL 1.0.1, which are most, know the older name alone.
  const event = variables.get("event-title");
  if (event) set("event", event.value, event.span);
  const note = [text("note"), text("addendum")].filter(Boolean).join(". ");
  if (text("addendum") !== undefined) set("note", note);
  // A part of a volume of a work: the volume's title and that of the whole.
  if (fields.has("maintitle") && fields.has("booktitle")) {
    set("volume-title", text("booktitle"), fields.get("booktitle")!.span);
  }
}

/** Returns the link of an entry that has put it where it is not looked for. */
function linkIn(
  fields: ReadonlyMap<string, BibtexField>,
): { readonly url: string; readonly field: BibtexField } | undefined {
  for (const name of ["howpublished", "note"]) {
    const field = fields.get(name);
    const found = field && /\\url\s*\{([^{}]*)\}|(?:^|\s)(https?:\/\/[^\s{}]+)/.exec(field.value);
    if (field && found) return { url: verbatim(found[1] ?? found[2]!), field };
  }
  return undefined;
}

/** Adds the address of a work in an archive: arXiv, JSTOR, PubMed. */
function eprint(
  text: (name: string) => string | undefined,
  has: (variable: string) => boolean,
  set: SetVariable,
  fields: ReadonlyMap<string, BibtexField>,
): void {
  const id = text("eprint");
  if (id === undefined) return;
  const archive = (text("eprinttype") ?? text("archiveprefix") ?? "").toLowerCase();
  const span = fields.get("eprint")!.span;
  if (archive === "pubmed") set("PMID", id, span);
  if (has("URL") || has("DOI")) return;
  const number = id.replace(/^arxiv:/i, "");
  const addresses: Readonly<Record<string, string>> = {
    arxiv: `https://arxiv.org/abs/${number}`,
    jstor: `https://www.jstor.org/stable/${id}`,
    hdl: `https://hdl.handle.net/${id}`,
    googlebooks: `https://books.google.com/books?id=${id}`,
  };
  if (Object.hasOwn(addresses, archive)) set("URL", addresses[archive], span);
  else if (archive && /^https?:/.test(id)) set("URL", id, span);
}
