// RIS and EndNote's tagged format -> references in CSL's terms. EndNote's tags
// are RIS's under other names, so that one table serves both.
//
// The mapping is our own: that of citation-js loses the authors of newspaper
// articles, editors and titles of books that chapters stand in, dates that end
// in slashes, and every record of a type that it does not know.

import type { Report, Span } from "../diagnostic.js";
import { didYouMean } from "../nearest.js";
import { type CslValue, type CslVariable, toReferenceNode } from "./csl-node.js";
import { keyDeriver } from "./derived-key.js";
import { editionNumber } from "./edition-number.js";
import { isMonth, readYear, statusOf } from "./foreign-date.js";
import { languageTag } from "./language-names.js";
import { isForeign, toSentenceCase } from "./sentence-case.js";
import { readTaggedRecords, type TaggedRecord, type TaggedValue } from "./tagged-records.js";
import type { SourceText, YamlMap } from "./yaml.js";

/** RIS's types, as CSL has them. */
const types = new Map(
  Object.entries({
    ABST: "article-journal",
    ADVS: "motion_picture",
    AGGR: "dataset",
    ANCIENT: "classic",
    ART: "graphic",
    BILL: "bill",
    BLOG: "post-weblog",
    BOOK: "book",
    CASE: "legal_case",
    CHAP: "chapter",
    CHART: "figure",
    CLSWK: "classic",
    COMP: "software",
    CONF: "paper-conference",
    CPAPER: "paper-conference",
    CTLG: "book",
    DATA: "dataset",
    DBASE: "dataset",
    DICT: "entry-dictionary",
    EBOOK: "book",
    ECHAP: "chapter",
    EDBOOK: "book",
    EJOUR: "article-journal",
    ELEC: "webpage",
    ENCYC: "entry-encyclopedia",
    EQUA: "figure",
    FIGURE: "figure",
    GEN: "document",
    GOVDOC: "report",
    GRANT: "document",
    HEAR: "hearing",
    ICOMM: "personal_communication",
    INPR: "article-journal",
    INTV: "interview",
    JFULL: "periodical",
    JOUR: "article-journal",
    LEGAL: "regulation",
    MANSCPT: "manuscript",
    MAP: "map",
    MGZN: "article-magazine",
    MPCT: "motion_picture",
    MULTI: "motion_picture",
    MUSIC: "musical_score",
    NEWS: "article-newspaper",
    PAMP: "pamphlet",
    PAT: "patent",
    PCOMM: "personal_communication",
    RPRT: "report",
    SER: "book",
    SLIDE: "speech",
    SOUND: "song",
    STAND: "standard",
    STAT: "legislation",
    THES: "thesis",
    UNBILL: "bill",
    UNPB: "manuscript",
    UNPD: "manuscript",
    VIDEO: "motion_picture",
    WEB: "webpage",
  }),
);

/** EndNote's types, as RIS has them. */
const endnoteTypes = new Map(
  Object.entries({
    "ancient text": "ANCIENT",
    artwork: "ART",
    "audiovisual material": "ADVS",
    bill: "BILL",
    blog: "BLOG",
    book: "BOOK",
    "book section": "CHAP",
    case: "CASE",
    catalog: "CTLG",
    "chart or table": "CHART",
    "classical work": "CLSWK",
    "computer program": "COMP",
    "conference paper": "CPAPER",
    "conference proceedings": "CONF",
    dataset: "DATA",
    dictionary: "DICT",
    "edited book": "EDBOOK",
    "electronic article": "EJOUR",
    "electronic book": "EBOOK",
    "electronic book section": "ECHAP",
    "electronic source": "ELEC",
    encyclopedia: "ENCYC",
    equation: "EQUA",
    figure: "FIGURE",
    "film or broadcast": "MPCT",
    generic: "GEN",
    "government document": "GOVDOC",
    grant: "GRANT",
    hearing: "HEAR",
    interview: "INTV",
    "journal article": "JOUR",
    "legal rule or regulation": "LEGAL",
    "magazine article": "MGZN",
    manuscript: "MANSCPT",
    map: "MAP",
    music: "MUSIC",
    "newspaper article": "NEWS",
    "online database": "DBASE",
    "online multimedia": "MULTI",
    pamphlet: "PAMP",
    patent: "PAT",
    "personal communication": "PCOMM",
    "press release": "GEN",
    report: "RPRT",
    serial: "SER",
    standard: "STAND",
    statute: "STAT",
    thesis: "THES",
    "unpublished work": "UNPB",
    "web page": "ELEC",
  }),
);

/** EndNote's tags, as RIS has them. */
const endnoteTags = new Map(
  Object.entries({
    "%!": "ST",
    "%&": "SE",
    "%(": "OP",
    "%6": "NV",
    "%7": "ET",
    "%8": "DA",
    "%9": "M3",
    "%?": "A4",
    "%@": "SN",
    "%A": "AU",
    "%B": "T2",
    "%C": "CY",
    "%D": "PY",
    "%E": "A2",
    "%F": "ID",
    "%G": "LA",
    "%H": "A4",
    "%I": "PB",
    "%J": "T2",
    "%K": "KW",
    "%L": "CN",
    "%N": "IS",
    "%P": "SP",
    "%R": "DO",
    "%S": "T3",
    "%T": "TI",
    "%U": "UR",
    "%V": "VL",
    "%X": "AB",
    "%Y": "A3",
    "%Z": "N1",
    "%[": "Y2",
  }),
);

/** Whether some work has a key already. */
export type IsTaken = (key: string) => boolean;

/** How the records of a file are to be read. */
export interface TaggedOptions {
  /** The language of titles that name none, as a BCP 47 tag; English if absent. */
  readonly lang?: string | undefined;
  /** Keys of other files, which no work of this one may be given. */
  readonly isTaken?: IsTaken;
}

/**
 * Reads a RIS file as the nodes that its references would have in CSL YAML.
 * Works without `ID` get the keys of `keyDeriver`.
 */
export function readRis(
  source: SourceText,
  report: Report,
  options: TaggedOptions = {},
): YamlMap[] {
  const format = {
    line: /^\s*([A-Z][A-Z0-9]) {1,2}-(?:\s(.*))?$/,
    first: "TY",
    last: "ER",
    name: "a RIS",
  };
  return toReferences(readTaggedRecords(source, format, report), report, options);
}

/** Reads a file of EndNote's tagged format (`.enw`), as `readRis` does. */
export function readEndnote(
  source: SourceText,
  report: Report,
  options: TaggedOptions = {},
): YamlMap[] {
  const format = { line: /^\s*(%[!-~])(?:\s+(.*)|\s*)$/, first: "%0", name: "an EndNote" };
  const records = readTaggedRecords(source, format, report).map(({ type, span, values }) => {
    const renamed = new Map<string, readonly TaggedValue[]>();
    for (const [tag, found] of values) {
      const name = endnoteTags.get(tag);
      if (name) renamed.set(name, [...(renamed.get(name) ?? []), ...found]);
    }
    const known = endnoteTypes.get(type.toLowerCase());
    if (known === undefined) unknownType(type, span, endnoteTypes.keys(), report);
    return { type: known ?? "GEN", span, values: renamed };
  });
  return toReferences(records, report, options);
}

function unknownType(type: string, span: Span, known: Iterable<string>, report: Report): void {
  report({
    code: "entry-unclear",
    message: `there is no type of work "${type.slice(0, 40)}"; it is read as a document`,
    span,
    hints: didYouMean(type, known),
  });
}

function toReferences(
  records: readonly TaggedRecord[],
  report: Report,
  { lang = "en", isTaken = () => false }: TaggedOptions,
): YamlMap[] {
  const given = new Set(records.flatMap((record) => givenKey(record)?.text ?? []));
  const deriveKey = keyDeriver((key) => given.has(key) || isTaken(key));
  return records.map((record) => {
    const variables = readRecord(record, lang, report);
    const own = givenKey(record);
    const text = (name: string): string | undefined => {
      const value = variables.get(name)?.value;
      return typeof value === "string" ? value : undefined;
    };
    const issued = variables.get("issued")?.value as
      | { readonly "date-parts"?: readonly (readonly number[])[] }
      | undefined;
    const key =
      own?.text ??
      deriveKey(
        variables.get("author")?.value ?? variables.get("editor")?.value,
        text("title"),
        issued?.["date-parts"]?.[0]?.[0]?.toString(),
      );
    if (record.values.size === 0) {
      report({
        code: "entry-unclear",
        message: "the record that begins here has no field",
        span: record.span,
      });
    }
    const id: CslVariable = { value: key, span: own?.span ?? record.span };
    return toReferenceNode([["id", id], ...variables], record.span);
  });
}

/** An ID that can be typed as a citation key. */
function givenKey({ values }: TaggedRecord): TaggedValue | undefined {
  return values.get("ID")?.find(({ text }) => /^[\p{L}\p{N}_][^\s{}[\]"';,]*$/u.test(text));
}

/** What kinds of works have a title in common with others: a journal, a book, a series. */
const inJournal = /^article|^periodical/;
const inBook = /^(chapter|entry|paper-conference)/;

function readRecord(
  { type: risType, span, values }: TaggedRecord,
  lang: string,
  report: Report,
): Map<string, CslVariable> {
  const variables = new Map<string, CslVariable>();
  const first = (...tags: readonly string[]): TaggedValue | undefined =>
    tags.flatMap((tag) => values.get(tag) ?? [])[0];
  const set = (variable: string, value: CslValue | undefined, at: Span = span): void => {
    if (value !== undefined && value !== "" && !variables.has(variable)) {
      variables.set(variable, { value, span: at });
    }
  };
  const copy = (variable: string, ...tags: readonly string[]): void => {
    const found = first(...tags);
    if (found) set(variable, decode(found.text), found.span);
  };

  const type = types.get(risType.toUpperCase());
  if (type === undefined) unknownType(risType, span, types.keys(), report);
  set("type", type ?? "document");
  const kind = type ?? "document";
  const isArticle = inJournal.test(kind);
  const isPart = inBook.test(kind);
  const isBook = kind === "book";
  // Acts and cases have names rather than titles.
  const isNamed = /^(bill|legal_case|legislation|regulation|treaty)$/.test(kind);

  const language = languageOf(first("LA"), report);
  const title = (variable: string, ...tags: readonly string[]): void => {
    const found = first(...tags);
    if (!found) return;
    const text = decode(found.text);
    const isEnglish = isNamed
      ? false
      : language
        ? /^en\b/.test(language)
        : /^en\b/i.test(lang) && !isForeign(text);
    set(variable, isEnglish ? toSentenceCase(text) : text, found.span);
  };
  title("title", "TI", "T1", "CT", ...(isPart || isArticle ? [] : ["BT"]));
  copy("title-short", "ST");

  const names = (variable: string, ...tags: readonly string[]): void => {
    const found = tags.flatMap((tag) => values.get(tag) ?? []);
    const read = found.flatMap((value) => readNames(value, report));
    if (read.length) set(variable, read, found[0]!.span);
  };
  const hasAuthor = values.has("AU") || values.has("A1");
  if (kind === "motion_picture") names("director", "AU", "A1");
  else if (risType.toUpperCase() === "EDBOOK") names("editor", "AU", "A1", "ED", "A2");
  else names("author", "AU", "A1");
  names("editor", "ED");
  // The second author of a book in a series edits the series; of any other work, the work.
  if (isBook && hasAuthor && (values.has("T2") || values.has("T3")))
    names("collection-editor", "A2");
  else if (kind !== "thesis") names("editor", "A2");
  names("collection-editor", "A3");
  names("translator", "A4", "TA");

  if (isArticle) {
    copy("container-title", "T2", "JF", "JO", "JA", "J1", "J2", "BT");
    const short = first("J2", "JA", "J1", "JO");
    if (short && decode(short.text) !== variables.get("container-title")?.value) {
      set("container-title-short", decode(short.text), short.span);
    }
  } else if (isPart) {
    if (kind === "paper-conference" && first("C3", "BT") && first("T2")) {
      title("container-title", "C3", "BT");
      copy("event-title", "T2");
      // Styles of CSL 1.0.1, which are most, know the older name alone.
      copy("event", "T2");
    } else if (/^entry/.test(kind)) copy("container-title", "T2", "BT", "C3");
    else title("container-title", "T2", "BT", "C3", "JF", "JO");
    copy("collection-title", "T3");
  } else if (isBook || kind === "report" || kind === "motion_picture") {
    copy("collection-title", "T2", "T3");
  } else if (kind !== "thesis") copy("container-title", "T2", "JF", "JO");

  copy(kind === "legal_case" ? "authority" : "publisher", "PB");
  if (kind === "paper-conference") {
    copy("event-place", "C1", ...(risType.toUpperCase() === "CPAPER" ? ["CY"] : []));
  }
  copy("publisher-place", "CY", "PP");
  copy("volume", "VL");
  if (isArticle) copy("issue", "IS", "CP");
  else if (kind === "report" || kind === "patent" || kind === "standard")
    copy("number", "IS", "M1");
  else if (isBook || kind === "chapter") copy("collection-number", "IS", "M1");
  else copy("number", "IS", "CP");
  if (isArticle) copy("number", "C7");
  copy("number-of-volumes", "NV");
  const edition = first("ET");
  if (edition && !isArticle) set("edition", editionNumber(edition.text), edition.span);
  if (kind === "thesis" || kind === "report" || kind === "document") copy("genre", "M3");
  if (kind === "article-newspaper") copy("section", "SE");

  const start = first("SP");
  const end = first("EP");
  const pages = [start, end].flatMap((value) => value?.text ?? []).join("-");
  if (pages && isBook && !end)
    set("number-of-pages", pages.replace(/\s*p(p|ages)?\.?$/i, ""), start?.span);
  else if (pages)
    set(
      "page",
      pages.replace(/^pp?\.\s*/i, "").replace(/\s*[-–—]+\s*/g, "-"),
      (start ?? end)?.span,
    );

  setNumbers(first("SN"), isArticle || kind === "report", set);
  const doi = first("DO");
  const bare = doi && /10\.\d{4,}\/\S*[^\s.,;]/.exec(doi.text)?.[0];
  set("DOI", bare, doi?.span);
  const link = first("UR", "LK", "L2", "L3");
  const url = link && /[a-z]+:[^\s;]+/i.exec(link.text)?.[0];
  set("URL", url ?? link?.text, link?.span);
  const status = statusOf(first("PY", "Y1")?.text ?? "");
  if (status) set("status", status, first("PY", "Y1")?.span);
  else
    set("issued", issuedOf(first("PY", "Y1"), first("DA"), report), first("PY", "Y1", "DA")?.span);
  const accessed = first("Y2");
  if (accessed) set("accessed", readSlashed(accessed.text), accessed.span);
  copy("abstract", "AB", "N2");
  copy("note", "N1");
  copy("call-number", "CN");
  copy("archive_location", "AV");
  const keywords = values.get("KW");
  if (keywords) {
    const words = keywords.flatMap(({ text }) => decode(text).split(/\s*[;\n]\s*/)).filter(Boolean);
    set("keyword", words.join(", "), keywords[0]!.span);
  }
  set("language", language, first("LA")?.span);
  return variables;
}

function languageOf(value: TaggedValue | undefined, report: Report): string | undefined {
  if (!value) return undefined;
  const tag = languageTag(value.text.split(/[;,/]/)[0]!);
  if (tag === undefined) {
    report({
      code: "entry-unclear",
      message: `"${value.text.slice(0, 40)}" is the name of no language that is known here`,
      span: value.span,
      hints: ["write it as a tag, such as en-GB or de"],
    });
  }
  return tag;
}

/** Reads `Family, Given, Suffix`; a name without comma is an institution's, or one name alone. */
function readNames({ text, span }: TaggedValue, report: Report): CslValue[] {
  return decode(text)
    .split(/\s*;\s*/)
    .filter(Boolean)
    .flatMap((name): CslValue[] => {
      if (/^(et\.? al\.?|(and )?others)$/i.test(name)) {
        report({
          code: "names-incomplete",
          message: "names are left out here and so cannot be printed",
          span,
          hints: ["write down all names; a style shortens them itself"],
        });
        return [];
      }
      const [family = "", given, suffix, ...rest] = name.split(/\s*,\s*/);
      if (rest.length > 0) {
        report({
          code: "entry-unclear",
          message: `"${name.slice(0, 60)}" is more than one name`,
          span,
          hints: ["give each name a line of its own: Smith, John"],
        });
        return [{ literal: name }];
      }
      // IEEE and others write "J. R. Smith".
      const initials = /^((?:\p{Lu}\.[\s-]?)+)\s*(\p{L}[^.]*)$/u.exec(name);
      if (initials) return [personOf(initials[2]!, initials[1]!.trim(), undefined)];
      return given ? [personOf(family, given, suffix)] : [{ literal: family }];
    });
}

/** Small words before the family name are its particle: `van der Berg`. */
function personOf(family: string, given: string, suffix: string | undefined): CslValue {
  const particle = /^((?:\p{Ll}[\p{L}'’]*\s+)+)(?=\p{Lu})/u.exec(family)?.[1];
  return {
    family: particle ? family.slice(particle.length) : family,
    given,
    ...(particle && { "non-dropping-particle": particle.trim() }),
    ...(suffix && { suffix }),
  };
}

/** An ISSN or an ISBN, by its form; for other numbers, only what a report may have. */
function setNumbers(
  value: TaggedValue | undefined,
  isSerial: boolean,
  set: (variable: string, value: CslValue | undefined, at?: Span) => void,
): void {
  if (!value) return;
  const found = value.text.match(/[\dX][\dX -]*[\dX]/gi) ?? [];
  for (const number of found) {
    const digits = number.replace(/[^\dX]/gi, "").length;
    if (digits === 8 && isSerial) set("ISSN", number.trim(), value.span);
    else if (digits === 10 || digits === 13) set("ISBN", number.trim(), value.span);
  }
}

/**
 * Reads the date of a work: `2014`, `2014/03/05/`, `2014///Spring`; the other
 * field may hold the whole date, or month and day alone (`March 5`).
 */
function issuedOf(
  year: TaggedValue | undefined,
  date: TaggedValue | undefined,
  report: Report,
): CslValue | undefined {
  if (!year) return date && readSlashed(date.text);
  const own = readSlashed(year.text);
  const given = date && readSlashed(date.text);
  const [parts] = partsOf(own);
  const [whole] = partsOf(given);
  if (whole && parts && parts.length === 1 && whole[0] === parts[0]) return given;
  if (date && parts?.length === 1 && !whole) {
    if (isMonth(date.text)) return readYear(year.text.split("/")[0]!, date.text) as CslValue;
    report({
      code: "entry-unclear",
      message: `"${date.text.slice(0, 40)}" is no date; only the year is printed`,
      span: date.span,
      hints: ["write the day as 2014/03/05"],
    });
  }
  return own;
}

function partsOf(date: CslValue | undefined): readonly (readonly number[])[] {
  const parts = date as { readonly "date-parts"?: readonly (readonly number[])[] } | undefined;
  return parts?.["date-parts"] ?? [];
}

/** Reads `YYYY/MM/DD/other`, `2014-03-05` and whatever `readYear` does; `other` may be a season. */
function readSlashed(text: string): CslValue | undefined {
  const match = /^\s*(-?\d{4})(?:[/-](\d{0,2})(?:[/-](\d{0,2}))?)?(?:\/(.*))?$/.exec(text);
  if (match) {
    const [, year = "", month = "", day, other] = match;
    return readYear(year, month || other || undefined, day) as CslValue;
  }
  return readYear(text) as CslValue | undefined;
}

/** Databases write the signs of HTML as HTML does. */
function decode(text: string): string {
  return text.replace(
    /&(amp|lt|gt|quot|apos|nbsp|ndash|mdash|#39);/g,
    (whole, name: string) => entities[name] ?? whole,
  );
}

const entities: Readonly<Record<string, string>> = {
  "#39": "'",
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  mdash: "—",
  nbsp: "\u00a0",
  ndash: "–",
  quot: '"',
};
