// Word's own citations: the works as the sources of the document, and fields that
// name them (ECMA-376-1, 17.16.5.9, 17.16.5.5 and 22.6). Word has no styles with
// notes; in these only the sources and the list are its own.

import { createHash } from "node:crypto";
import type { XmlComponent } from "docx";
import {
  type CitationItem,
  type Document,
  type Entry,
  type Name,
  type Reference,
  type ReferenceDate,
  toText,
} from "../../document.js";
import type { CslStyle } from "../../style.js";
import { beginField, endField } from "./fields.js";
import { xmlPart } from "./finish.js";
import { isField, type LiveFields, type LiveRequest, splitAuthor, usedKeys } from "./live.js";
import { element, escapeXml, xmlSafe } from "./xml.js";

/**
 * Returns Word's fields: `CITATION` for each citation of a style for the text,
 * `BIBLIOGRAPHY` around the list, both in the content controls by which Word
 * offers to change them, and the sources as a custom part of the package.
 */
export function wordFields(
  { references, style }: LiveRequest,
  document: Document,
  list: readonly Entry[] | undefined,
): LiveFields {
  const used = usedKeys(document).filter((key) => references.has(key));
  const tags = sourceTags(used);
  const language = languageCodes.get(style.locale) ?? languageCodes.get(document.metadata.lang);
  const code = (items: readonly CitationItem[], withoutAuthor: boolean): string =>
    items
      .map((item, index) => {
        const tag = tags.get(item.key)!;
        const switches = switchesOf(item, withoutAuthor && index === 0);
        if (index > 0) return [`\\m ${tag}`, ...switches].join(" ");
        const locale = language === undefined ? [] : [`\\l ${language}`];
        return [`CITATION ${tag}`, ...switches, ...locale].join(" ");
      })
      .join(" ");

  return {
    ...(list && { list }),
    writeCitation(citation, place) {
      const { items, children, authorEnd } = citation;
      if (
        style.csl.class === "note" ||
        !isField(citation) ||
        !items.every(({ key }) => tags.has(key))
      ) {
        return place.plain(children);
      }
      const [author, rest] = splitAuthor(citation);
      const field = [
        ...beginField(code(items, authorEnd !== undefined)),
        ...place.result(rest),
        endField(),
      ];
      return [...place.plain(author), control("w:citation", field)];
    },
    beginList: () => beginField("BIBLIOGRAPHY"),
    wrapList: (paragraphs) => [control("w:bibliography", paragraphs)],
    addParts(parts) {
      const works = used.map((key) => [tags.get(key)!, references.get(key)!] as const);
      const sources = sourcesXml(works, style.csl, style.locale);
      parts.set("customXml/item1.xml", sources);
      parts.set("customXml/itemProps1.xml", itemPropertiesXml(guid(sources)));
      parts.set(
        "customXml/_rels/item1.xml.rels",
        `${declaration}<Relationships xmlns="${packageNamespace}/relationships"><Relationship Id="rId1" Type="${office}/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>`,
      );
      const add = (path: string, last: string, added: string) =>
        parts.set(path, xmlPart(parts, path).replace(last, `${added}${last}`));
      add(
        "word/_rels/document.xml.rels",
        "</Relationships>",
        `<Relationship Id="rIdSources" Type="${office}/relationships/customXml" Target="../customXml/item1.xml"/>`,
      );
      add(
        "[Content_Types].xml",
        "</Types>",
        '<Override ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml" PartName="/customXml/itemProps1.xml"/>',
      );
    },
  };
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = "http://schemas.openxmlformats.org/officeDocument/2006";
const packageNamespace = "http://schemas.openxmlformats.org/package/2006";

function control(kind: string, content: readonly XmlComponent[]): XmlComponent {
  return element("w:sdt", {}, [
    element("w:sdtPr", {}, [element(kind)]),
    element("w:sdtContent", {}, content),
  ]);
}

// ---- fields -------------------------------------------------------------------------

/**
 * What a field says of one of its works. Word knows pages and volumes, and takes
 * other places as text; between prefix, work and suffix it puts no space itself.
 */
function switchesOf(item: CitationItem, withoutAuthor: boolean): string[] {
  const { label = "page", locator, prefix, suffix, suppressAuthor } = item;
  const isText = locator !== undefined && label !== "page" && label !== "volume";
  const place = isText ? `, ${label === "sub-verbo" ? "s.v." : label} ${locator}` : "";
  const before = toText(prefix ?? []).replace(/(?<=[^\s([“‘])$/u, " ");
  const after = place + toText(suffix ?? []).replace(/^(?=[\p{L}\p{N}])/u, " ");
  return [
    ...(before ? [`\\f ${quoted(before)}`] : []),
    ...(after ? [`\\s ${quoted(after)}`] : []),
    ...(locator !== undefined && label === "page" ? [`\\p ${quoted(locator)}`] : []),
    ...(locator !== undefined && label === "volume" ? [`\\v ${quoted(locator)}`] : []),
    ...(withoutAuthor || suppressAuthor ? ["\\n"] : []),
  ];
}

/**
 * Returns a text as an argument of a field. Quotation marks and backslashes, which
 * end arguments and begin switches (17.16.2), give way to what looks like them.
 */
function quoted(text: string): string {
  const plain = xmlSafe(text).replace(/\s+/g, " ").replaceAll('"', "”").replaceAll("\\", "⧵");
  return `"${plain}"`;
}

/** The numbers of the languages that Word has styles in (MS-LCID). */
const languageCodes: ReadonlyMap<string, number> = new Map([
  ["de-AT", 3079],
  ["de-CH", 2055],
  ["de-DE", 1031],
  ["en-AU", 3081],
  ["en-CA", 4105],
  ["en-GB", 2057],
  ["en-US", 1033],
  ["es-ES", 3082],
  ["fr-CA", 3084],
  ["fr-FR", 1036],
  ["it-IT", 1040],
  ["ja-JP", 1041],
  ["nl-NL", 1043],
  ["pl-PL", 1045],
  ["pt-BR", 1046],
  ["pt-PT", 2070],
  ["ru-RU", 1049],
  ["zh-CN", 2052],
  ["de", 1031],
  ["en", 1033],
  ["es", 3082],
  ["fr", 1036],
  ["it", 1040],
  ["nl", 1043],
  ["pt", 2070],
  ["ru", 1049],
]);

/** Returns the tags of the sources, at most 40 letters and digits, that differ in more than case. */
function sourceTags(keys: readonly string[]): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  const taken = new Set<string>();
  for (const key of keys) {
    const letters = key.replace(/[^A-Za-z0-9]/g, "").slice(0, 32);
    const stem = /^[A-Za-z]/.test(letters) ? letters : `Ref${letters}`;
    let tag = stem;
    for (let count = 2; taken.has(tag.toLowerCase()); count++) tag = `${stem}n${count}`;
    taken.add(tag.toLowerCase());
    tags.set(key, tag);
  }
  return tags;
}

// ---- sources -----------------------------------------------------------------------------

/** Word's own styles, the file, name and edition of each, by what CSL styles like them are called. */
const wordStyles: readonly (readonly [
  like: RegExp,
  file: string,
  name: string,
  version: string,
])[] = [
  [/^apa\b|american-psychological/, "APASixthEditionOfficeOnline.xsl", "APA", "6"],
  [/modern-language/, "MLASeventhEditionOfficeOnline.xsl", "MLA", "7"],
  [/^ieee/, "IEEE2006OfficeOnline.xsl", "IEEE", "2006"],
  [/harvard/, "HarvardAnglia2008OfficeOnline.xsl", "Harvard - Anglia", "2008"],
  [/turabian/, "TURABIAN.XSL", "Turabian", "6"],
  [/^iso690/, "ISO690.XSL", "ISO 690 - First Element and Date", "1987"],
  [/^gost/, "GostName.XSL", "GOST - Name Sort", "2003"],
];

/** Returns Word's style that is most like a CSL style. */
function wordStyle({
  id,
  format,
}: CslStyle): readonly [file: string, name: string, version: string] {
  const like = wordStyles.find(([pattern]) => pattern.test(id));
  if (like) return [like[1], like[2], like[3]];
  if (format === "numeric") return ["IEEE2006OfficeOnline.xsl", "IEEE", "2006"];
  if (format === "author") return ["MLASeventhEditionOfficeOnline.xsl", "MLA", "7"];
  return ["CHICAGO.XSL", "Chicago", "16"];
}

/** Returns the part that holds the sources. A slash before the file suits Word on every system. */
function sourcesXml(
  works: readonly (readonly [tag: string, reference: Reference])[],
  csl: CslStyle,
  locale: string,
): string {
  const [file, name, version] = wordStyle(csl);
  const sources = works.map(([tag, reference], index) =>
    sourceXml(tag, reference, index + 1, locale),
  );
  const namespace = `${office}/bibliography`;
  return `${declaration}<b:Sources SelectedStyle="/${file}" StyleName="${name}" Version="${version}" xmlns:b="${namespace}" xmlns="${namespace}">${sources.join("")}</b:Sources>`;
}

function itemPropertiesXml(id: string): string {
  return `${declaration}<ds:datastoreItem ds:itemID="${id}" xmlns:ds="${office}/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="${office}/bibliography"/></ds:schemaRefs></ds:datastoreItem>`;
}

/** Returns a source (22.6.2.60): what Word has an element for, under the name that its type has for it. */
function sourceXml(tag: string, reference: Reference, order: number, locale: string): string {
  const type = sourceType(reference.type);
  const value = (variable: string): string | undefined => textOf(reference[variable]);
  const published = dateOf(reference.issued, locale);
  const accessed = dateOf(reference.accessed, locale);
  const fields: readonly (readonly [name: string, value: string | undefined])[] = [
    ["Tag", tag],
    ["SourceType", type],
    ["Guid", guid(JSON.stringify(reference))],
    ["Title", value("title")],
    ["ShortTitle", value("title-short")],
    ["Year", published.year],
    ["Month", published.month],
    ["Day", published.day],
    [containers[type] ?? "PublicationTitle", value("container-title")],
    ["City", value("publisher-place")],
    [publishers[type] ?? "Publisher", value("publisher") ?? value("authority")],
    ["Edition", value("edition")],
    ["Volume", value("volume")],
    ["NumberVolumes", value("number-of-volumes")],
    ["Issue", value("issue")],
    ["Pages", value("page")],
    ["ThesisType", type === "Report" ? value("genre") : undefined],
    ["Medium", value("medium")],
    ["PatentNumber", type === "Patent" ? value("number") : undefined],
    ["CaseNumber", type === "Case" ? value("number") : undefined],
    ["StandardNumber", value("DOI") ?? value("ISBN") ?? value("ISSN")],
    ["URL", value("URL")],
    ["YearAccessed", accessed.year],
    ["MonthAccessed", accessed.month],
    ["DayAccessed", accessed.day],
    ["RefOrder", String(order)],
  ];
  const elements = fields.map(([name, text]) => (text ? property(name, text) : ""));
  return `<b:Source>${elements.join("")}${contributorsXml(reference, type)}</b:Source>`;
}

const property = (name: string, text: string): string =>
  `<b:${name}>${escapeXml(text)}</b:${name}>`;

/** Returns Word's type of a source (22.6.3.1, ST_SourceType) for one of CSL's. */
function sourceType(type: string): string {
  switch (type) {
    case "book":
    case "classic":
    case "periodical":
      return "Book";
    case "chapter":
    case "entry":
    case "entry-dictionary":
    case "entry-encyclopedia":
      return "BookSection";
    case "article-journal":
    case "review":
    case "review-book":
      return "JournalArticle";
    case "article-magazine":
    case "article-newspaper":
      return "ArticleInAPeriodical";
    case "paper-conference":
      return "ConferenceProceedings";
    case "report":
    case "standard":
    case "thesis":
      return "Report";
    case "post":
    case "post-weblog":
    case "webpage":
      return "InternetSite";
    case "article":
      return "DocumentFromInternetSite";
    case "dataset":
    case "software":
      return "ElectronicSource";
    case "figure":
    case "graphic":
    case "map":
      return "Art";
    case "song":
      return "SoundRecording";
    case "broadcast":
    case "performance":
      return "Performance";
    case "motion_picture":
      return "Film";
    case "interview":
      return "Interview";
    case "patent":
      return "Patent";
    case "legal_case":
      return "Case";
    default:
      return "Misc";
  }
}

/** What a source stands in, by its type. */
const containers: Readonly<Record<string, string>> = {
  ArticleInAPeriodical: "PeriodicalTitle",
  BookSection: "BookTitle",
  Case: "Reporter",
  ConferenceProceedings: "ConferenceName",
  DocumentFromInternetSite: "InternetSiteTitle",
  InternetSite: "InternetSiteTitle",
  Interview: "BroadcastTitle",
  JournalArticle: "JournalName",
  SoundRecording: "AlbumTitle",
};

/** Who published a source, by its type. */
const publishers: Readonly<Record<string, string>> = {
  Art: "Institution",
  Case: "Court",
  Film: "Distributor",
  InternetSite: "ProductionCompany",
  Performance: "Theater",
  Report: "Institution",
};

/** The people of a work in the order of CT_AuthorType, with CSL's names of their parts. */
const roles: readonly (readonly [name: string, variable: string])[] = [
  ["Author", "author"],
  ["BookAuthor", "container-author"],
  ["Compiler", "compiler"],
  ["Composer", "composer"],
  ["Director", "director"],
  ["Editor", "editor"],
  ["Interviewer", "interviewer"],
  ["Performer", "performer"],
  ["ProducerName", "producer"],
  ["Translator", "translator"],
];

function contributorsXml(reference: Reference, type: string): string {
  const parts = roles.map(([role, variable]) => {
    const names = reference[variable];
    if (!Array.isArray(names) || names.length === 0) return "";
    const name =
      role === "Author" && type === "Patent"
        ? "Inventor"
        : role === "Author" && type === "Interview"
          ? "Interviewee"
          : role;
    return `<b:${name}>${namesXml(names as readonly Name[], name)}</b:${name}>`;
  });
  return parts.some(Boolean) ? `<b:Author>${parts.join("")}</b:Author>` : "";
}

/** An institution alone is Word's `Corporate`, which only two parts allow; else a last name. */
function namesXml(names: readonly Name[], role: string): string {
  const [only, second] = names;
  if (only?.literal && !second && (role === "Author" || role === "Performer")) {
    return property("Corporate", textOf(only.literal)!);
  }
  return `<b:NameList>${names.map(personXml).join("")}</b:NameList>`;
}

function personXml({ literal, family, given, suffix, ...particles }: Name): string {
  const first = [given, particles["dropping-particle"]].filter(Boolean).join(" ");
  const last = [particles["non-dropping-particle"], family, suffix].filter(Boolean).join(" ");
  const name = literal ?? (last || first);
  return `<b:Person>${property("Last", textOf(name) ?? "")}${literal || !last || !first ? "" : property("First", textOf(first)!)}</b:Person>`;
}

/** Returns a text or number without markup; undefined for anything else. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  return value
    .replace(/<\/?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

interface SourceDate {
  readonly year?: string | undefined;
  readonly month?: string | undefined;
  readonly day?: string | undefined;
}

/** Returns a date as Word prints it: as it is written. */
function dateOf(date: Reference[string], locale: string): SourceDate {
  if (typeof date !== "object" || Array.isArray(date)) return { year: textOf(date) };
  const { "date-parts": ranges, literal } = date as ReferenceDate;
  const [first, last] = ranges ?? [];
  if (!first?.length) return { year: textOf(literal) };
  const [year, month, day] = first;
  const until = last?.[0];
  return {
    year: until === undefined || until === year ? String(year) : `${year}–${until}`,
    ...(month !== undefined && month >= 1 && month <= 12 && { month: monthName(month, locale) }),
    ...(day !== undefined && { day: String(day) }),
  };
}

function monthName(month: number, locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  return name.format(new Date(Date.UTC(2000, month - 1, 1)));
}

/** Returns an identifier in the form of GUIDs that is made from a text. */
function guid(text: string): string {
  const digits = createHash("sha256").update(text).digest("hex").toUpperCase();
  return `{${[8, 12, 16, 20, 32].map((end, index) => digits.slice([0, 8, 12, 16, 20][index], end)).join("-")}}`;
}
