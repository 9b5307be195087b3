// Forms the references to the work itself, in the seven styles of a page's
// "Cite This Work". Nothing is invented: what is not known is not printed.

import { findCslStyle } from "./citation/csl-styles.js";
import { type CitationEngine, createEngine } from "./citation/engine.js";
import { pruneStyle, type StyleArea } from "./citation/prune-style.js";
import { joinTexts, safeUrl } from "./citation/runs.js";
import { capitalAfterColon } from "./citation/title-case.js";
import {
  type Inline,
  type Metadata,
  type Name,
  type Reference,
  type ReferenceDate,
  toText,
} from "./document.js";
import type { CslStyle } from "./style.js";

/** The styles of the references, in the order in which they are offered. */
export const workStyles = [
  "apa",
  "mla",
  "mla-7",
  "harvard",
  "vancouver",
  "wikipedia",
  "oscola",
] as const;

export type WorkStyle = (typeof workStyles)[number];

/** A reference to the work itself. */
export interface WorkReference {
  readonly style: WorkStyle;
  /** What readers call the style: `MLA-7`. */
  readonly label: string;
  readonly inlines: readonly Inline[];
}

export interface CiteOptions {
  /** The day on which the published work was read, as `[2026, 11, 23]`; else the manuscript's own. */
  readonly accessed?: readonly number[];
}

/**
 * Returns the references to a work in the seven styles.
 *
 * With an author and an institution or degree it is cited as a thesis; else as
 * the web page that `metadata.published` describes; else as a manuscript. APA,
 * Harvard and Vancouver want titles in sentence case, which no program can make
 * safely: they take the title of `metadata.published`, or else the work's as it is.
 */
export function citeThisWork(metadata: Metadata, options: CiteOptions = {}): WorkReference[] {
  const work = describe(metadata, options);
  return workStyles.map((style) => ({
    style,
    label: labels[style],
    inlines: print[style](work).map(withoutSigns),
  }));
}

/**
 * Returns what is known of a work as a CSL item of plain text, for reference
 * managers. Its id is made of author, year and title: `doe2019russia`.
 */
export function workRecord(metadata: Metadata, options: CiteOptions = {}): Reference {
  const work = describe(metadata, options);
  const { degree, type, title } = work;
  return {
    ...cslItem(work),
    id: citationKey(work),
    title: plain(title),
    ...(type === "thesis" && degree && { genre: degreeWork(degree, metadata.lang) }),
    ...(metadata.keywords.length && { keyword: metadata.keywords.join(", ") }),
  };
}

const labels: Readonly<Record<WorkStyle, string>> = {
  apa: "APA",
  mla: "MLA",
  "mla-7": "MLA-7",
  harvard: "Harvard",
  vancouver: "Vancouver",
  wikipedia: "Wikipedia",
  oscola: "OSCOLA",
};

/** What references say of the work, found or absent. */
interface Work {
  readonly type: "thesis" | "webpage" | "manuscript";
  readonly author: readonly Name[];
  /** Title and subtitle. */
  readonly title: readonly Inline[];
  /** In the markup that CSL processors know. */
  readonly sentenceCaseTitle: string;
  readonly date: readonly number[] | undefined;
  readonly lang: string;
  readonly degree: string | undefined;
  /** The institution of a thesis, the publisher of a web page. */
  readonly publisher: string | undefined;
  readonly place: string | undefined;
  /** The site or repository. */
  readonly container: string | undefined;
  readonly url: string | undefined;
  readonly doi: string | undefined;
  readonly accessed: readonly number[] | undefined;
}

function describe(metadata: Metadata, options: CiteOptions): Work {
  const { author, degree, institution, lang, published } = metadata;
  const field = (name: string): string | undefined => {
    const value = published?.[name];
    return typeof value === "string" && value.trim() ? value.trim() : undefined;
  };
  const container = field("container-title");
  // What no address may hold would end it early wherever it is printed.
  const url = field("URL")?.replace(/[\s<>"\\^`{|}]/g, encodeURIComponent);
  const doi = field("DOI");
  const isThesis = author.length > 0 && Boolean(institution || degree);
  const title = withSubtitle(metadata);
  return {
    type: isThesis ? "thesis" : container || url || doi ? "webpage" : "manuscript",
    author,
    title,
    sentenceCaseTitle: field("title") ?? cslTitle(title),
    date: metadata.date ?? dateOf(published?.issued),
    lang,
    degree,
    publisher: (isThesis ? undefined : field("publisher")) ?? institution ?? field("publisher"),
    place: field("publisher-place"),
    container,
    url,
    doi,
    accessed: options.accessed ?? dateOf(published?.accessed),
  };
}

function withSubtitle({ title, subtitle }: Metadata): readonly Inline[] {
  if (!subtitle?.length) return title;
  const joint = /[?!:.]$/.test(toText(title).trimEnd()) ? " " : ": ";
  return joinTexts([...title, { type: "text", value: joint }, ...subtitle]);
}

function dateOf(value: Reference[string]): readonly number[] | undefined {
  return (value as ReferenceDate | undefined)?.["date-parts"]?.[0];
}

/** The CSL variables that are the same in all styles. */
function cslItem(work: Work): Reference {
  const { author, date, publisher, place, container, url, doi, accessed } = work;
  return {
    id: "work",
    type: work.type,
    language: work.lang,
    ...(author.length && { author }),
    ...(date && { issued: { "date-parts": [date] } }),
    ...(publisher && { publisher }),
    ...(place && { "publisher-place": place }),
    ...(container && { "container-title": container }),
    ...(doi && { DOI: doi }),
    ...(url && { URL: url }),
    ...(url && accessed && { accessed: { "date-parts": [accessed] } }),
  };
}

const print: Readonly<Record<WorkStyle, (work: Work) => readonly Inline[]>> = {
  apa,
  mla,
  "mla-7": mla7,
  harvard,
  vancouver,
  wikipedia,
  oscola,
};

/**
 * Publication Manual of the APA, 7th edition. Sentence case with a capital
 * after a colon (6.17); an unpublished thesis says so, the institution in
 * brackets is that of a published one (10.6).
 */
function apa(work: Work): readonly Inline[] {
  const { degree, container, url, doi } = work;
  const kinds = {
    doctor: "Doctoral dissertation",
    master: "Master's thesis",
    bachelor: "Bachelor's thesis",
  };
  let genre = degree && named(degree, kinds, `${short(degree)} thesis`);
  if (genre && !container && !url && !doi) {
    const inSentence = genre.replace(/^(?:Doctoral|Master's|Bachelor's)/, (word) =>
      word.toLowerCase(),
    );
    genre = `Unpublished ${inSentence}`;
  }
  const { "container-title": _, ...item } = cslItem(work);
  return fromList("apa", "en-US", {
    ...(work.type === "thesis"
      ? { ...item, ...(container && { archive: container }) }
      : cslItem(work)),
    title: capitalAfterColon(work.sentenceCaseTitle),
    ...(work.type === "thesis" && genre && { genre }),
  });
}

/**
 * MLA Handbook, 9th edition. A thesis names the institution with U for
 * University (appendix 1) and the degree; the site that holds it is a second
 * container.
 */
function mla(work: Work): readonly Inline[] {
  const { container, degree, publisher, url } = work;
  const base: Reference = { ...cslItem(work), title: cslTitle(work.title) };
  if (work.type !== "thesis") return fromList("modern-language-association", "en-US", base);
  const { "container-title": _, URL: __, accessed: ___, ...item } = base;
  const kinds = { doctor: `${short(degree)} dissertation` };
  const printed = fromList("modern-language-association", "en-US", {
    ...item,
    ...(publisher && { publisher: shortUniversity(publisher) }),
    ...(degree && { genre: named(degree, kinds, `${short(degree)} thesis`) }),
  });
  const held: Inline[] = [];
  if (container) held.push({ type: "emphasis", children: [{ type: "text", value: container }] });
  if (url) {
    if (held.length) held.push({ type: "text", value: ", " });
    held.push(...linked(url));
  }
  return held.length
    ? joinTexts([...printed, { type: "text", value: " " }, ...held, { type: "text", value: "." }])
    : printed;
}

/**
 * MLA Handbook, 7th edition: the medium is named (5.6.1), "N.p." stands for an
 * unknown publisher (5.6.2b), a doctoral thesis is "Diss." (5.5.24), and an
 * address is given in angle brackets where readers need it.
 */
function mla7(work: Work): readonly Inline[] {
  const { accessed, container, degree, publisher, type, url } = work;
  const style = `modern-language-association-7th-edition${url ? "-with-url" : ""}`;
  const base: Reference = { ...cslItem(work), title: cslTitle(work.title) };
  if (type === "thesis") {
    return fromList(style, "en-US", {
      ...base,
      ...(publisher && { publisher: shortUniversity(publisher) }),
      ...(degree && { genre: named(degree, { doctor: "Diss" }, `${short(degree)} thesis`) }),
      ...(container && url && { source: container }),
    });
  }
  if (type === "manuscript" || url) return fromList(style, "en-US", base);
  // Without an address the CSL style takes a web page for print. It prints none, so any will do.
  return fromList(style, "en-US", {
    ...base,
    URL: "https://example.org/",
    ...(accessed && { accessed: { "date-parts": [accessed] } }),
  });
}

/** Cite Them Right, 12th edition: sentence case; the degree and the awarding body of a thesis. */
function harvard(work: Work): readonly Inline[] {
  const { "container-title": _, ...thesis } = cslItem(work);
  return fromList("harvard-cite-them-right", "en-GB", {
    ...(work.type === "thesis" ? { ...thesis, genre: britishDegreeWork(work) } : cslItem(work)),
    title: work.sentenceCaseTitle,
  });
}

/**
 * Citing Medicine, 2nd edition (National Library of Medicine): chapter 5 for
 * theses, whose kind and medium share a bracket when online, chapter 25 for a
 * part of a web site, which the site's name begins.
 */
function vancouver(work: Work): readonly Inline[] {
  const { degree, type, url } = work;
  const item: Reference = { ...cslItem(work), title: work.sentenceCaseTitle };
  if (type !== "thesis") return fromList("vancouver", "en-US", item);
  const { "container-title": _, ...thesis } = item;
  const kinds = {
    doctor: "dissertation",
    master: "master's thesis",
    bachelor: "bachelor's thesis",
  };
  const genre = degree && named(degree, kinds, "thesis");
  const printed = fromList("vancouver", "en-US", {
    ...thesis,
    ...(genre && { genre: url ? `${genre} on the Internet` : genre }),
  });
  if (!genre || !url) return printed;
  return printed.map((inline) =>
    inline.type === "text"
      ? { ...inline, value: inline.value.replace(" [Internet] [", " [") }
      : inline,
  );
}

/** OSCOLA, 4th edition, as a footnote has it: 3.4.8 for web sites, 3.4.7 for theses. */
function oscola(work: Work): readonly Inline[] {
  const { "container-title": _, ...thesis } = cslItem(work);
  const item = {
    ...(work.type === "thesis" ? { ...thesis, genre: britishDegreeWork(work) } : cslItem(work)),
    title: cslTitle(work.title),
  };
  const engine = openEngine("oscola", "en-GB", item, "citation");
  return engine.printCitations([cluster(1)])[0]?.children ?? [];
}

/** Returns the entry that a CSL style has for an item in its list, without a number. */
function fromList(id: string, locale: string, item: Reference): readonly Inline[] {
  const engine = openEngine(id, locale, item, "bibliography");
  engine.printCitations([cluster(0)]);
  return engine.printList()?.[0]?.children ?? [];
}

/** Opens a style for one item and one use, which takes a tenth of the time of a whole one. */
function openEngine(id: string, locale: string, item: Reference, area: StyleArea): CitationEngine {
  const csl = findCslStyle(id);
  if (!csl) throw new Error(`the bundle has no CSL style "${id}"`);
  const pruned: CslStyle = {
    ...csl,
    source: () => {
      const source = csl.source();
      return typeof source === "string" ? source : pruneStyle(source, new Set([item.type]), [area]);
    },
  };
  const references = new Map([["work", withoutMarkup(item)]]);
  return createEngine({ csl: pruned, locale, ibid: "style", references });
}

const cluster = (note: number) =>
  ({ items: [{ key: "work" }], note, wrap: "style", withoutAuthor: false }) as const;

/** Takes the variables that hold the author's words for text, not for markup. */
function withoutMarkup(item: Reference): Reference {
  const fields = Object.entries(item).map(([name, value]) => {
    if (name === "title") return [name, value];
    if (typeof value === "string") return [name, escapeMarkup(value)];
    if (name !== "author") return [name, value];
    return [name, (value as readonly Name[]).map(escapeName)];
  });
  return Object.fromEntries(fields) as Reference;
}

function escapeName(name: Name): Name {
  return Object.fromEntries(
    Object.entries(name).map(([part, value]) => [part, escapeMarkup(String(value))]),
  );
}

/** Stands behind a `<` of the author's own that citeproc-js would take for markup. */
const NO_MARKUP = "\u2060";

/** Returns a title in the markup that CSL processors know; what it cannot hold becomes text. */
function cslTitle(title: readonly Inline[]): string {
  return title.map(cslMarkup).join("");
}

function cslMarkup(inline: Inline): string {
  switch (inline.type) {
    case "text":
    case "inlineCode":
      return escapeMarkup(inline.value);
    case "emphasis":
      return `<i>${cslTitle(inline.children)}</i>`;
    case "strong":
      return `<b>${cslTitle(inline.children)}</b>`;
    case "smallCaps":
      return `<span style="font-variant:small-caps;">${cslTitle(inline.children)}</span>`;
    case "superscript":
      return `<sup>${cslTitle(inline.children)}</sup>`;
    case "subscript":
      return `<sub>${cslTitle(inline.children)}</sub>`;
    case "link":
    case "foreign":
    case "citation":
    case "crossReference":
    case "label":
    case "abbreviation":
      return cslTitle(inline.children);
    case "inlineEquation":
      return escapeMarkup(inline.value);
    case "indexMark":
      return "";
    case "break":
      return " ";
    case "note":
      return "";
  }
}

function escapeMarkup(text: string): string {
  return text.replace(/<(?=\/?(?:i|b|sup|sub|sc|span)\b)/g, `<${NO_MARKUP}`);
}

function withoutSigns(inline: Inline): Inline {
  if (inline.type === "text") return { ...inline, value: inline.value.replaceAll(NO_MARKUP, "") };
  if (!("children" in inline) || inline.type === "note") return inline;
  return { ...inline, children: inline.children.map(withoutSigns) };
}

function plain(title: readonly Inline[]): string {
  return toText(title).replace(/\s+/g, " ").trim();
}

type Level = "doctor" | "master" | "bachelor";

// The common degrees by their first word, without full stops.
const degreeLevels: ReadonlyMap<string, Level> = new Map([
  ..."phd dphil edd engd psyd thd dba dsc doctor doctorate doctoral"
    .split(" ")
    .map((word): [string, Level] => [word, "doctor"]),
  ..."ma msc ms mphil mres mba llm med mst mlitt meng mfa mph mpa mpp mth march master masters master's"
    .split(" ")
    .map((word): [string, Level] => [word, "master"]),
  ..."ba bsc bs llb beng bed bfa bmus bachelor bachelors bachelor's undergraduate"
    .split(" ")
    .map((word): [string, Level] => [word, "bachelor"]),
]);

function level(degree: string): Level | undefined {
  const word = degree.trim().split(/[\s,(]/)[0]!;
  return degreeLevels.get(word.replaceAll(".", "").replaceAll("’", "'").toLowerCase());
}

/** Returns the words of a style for a degree, unless the manuscript chose its own. */
function named(degree: string, kinds: Partial<Record<Level, string>>, other: string): string {
  if (/\b(?:thesis|dissertation)\b/i.test(degree)) return degree;
  const found = level(degree);
  return (found && kinds[found]) ?? other;
}

/** The degree without its subject: `MA in History` is `MA`. */
function short(degree = ""): string {
  return degree.replace(/(?: in |, | \().*$/, "");
}

/** What British universities call the work for a degree: a thesis for a doctorate. */
function britishDegreeWork({ degree }: Work): string | undefined {
  return degree && degreeWork(degree, "en-GB");
}

function degreeWork(degree: string, lang: string): string {
  const name = short(degree);
  const isAmerican = lang === "en-US";
  const lower = `${name} ${isAmerican ? "thesis" : "dissertation"}`;
  const doctor = `${name} ${isAmerican ? "dissertation" : "thesis"}`;
  return named(degree, { doctor, master: lower, bachelor: lower }, `${name} thesis`);
}

/** MLA's abbreviation in the names of English-language universities: `U of Example`. */
function shortUniversity(institution: string): string {
  return institution.replace(/\bUniversity\b/g, "U");
}

function linked(url: string): Inline[] {
  const text: Inline = { type: "text", value: url };
  const target = safeUrl(url);
  return [target ? { type: "link", url: target, children: [text] } : text];
}

/**
 * Wikipedia's citation templates: `cite thesis`, `cite web`, or `citation`
 * where no address is known, which `cite web` demands.
 */
function wikipedia(work: Work): readonly Inline[] {
  const { author, date, degree, publisher, type, url, doi } = work;
  const template = type === "thesis" ? "cite thesis" : url ? "cite web" : "citation";
  const fields: [name: string, value: string | undefined][] = [];
  for (const [index, name] of author.entries()) {
    const number = author.length > 1 ? String(index + 1) : "";
    if (name.literal !== undefined) {
      fields.push([`author${number}`, name.literal]);
    } else {
      fields.push([`last${number}`, familyName(name)], [`first${number}`, name.given]);
    }
  }
  const accessed = url && work.accessed;
  const title = plain(work.title);
  fields.push(["date", date && englishDate(date)], ["title", title]);
  if (type === "thesis") {
    const ownWords = degree && /\b(?:thesis|dissertation)\b/i.test(degree);
    fields.push([ownWords ? "type" : "degree", degree && (ownWords ? degree : short(degree))]);
  } else {
    fields.push(["website", work.container]);
  }
  fields.push(
    ["publisher", publisher],
    ["location", work.place],
    ["language", /^en\b/i.test(work.lang) ? undefined : work.lang],
    ["doi", doi],
    ["url", url && wikipediaUrl(url)],
    ["access-date", accessed && englishDate(accessed)],
  );
  const printed = fields
    .filter(([, value]) => value)
    .map(([name, value]) => ` |${name}=${name === "url" ? value : wikipediaText(value!)}`);
  return [{ type: "inlineCode", value: `{{${template}${printed.join("")}}}` }];
}

/** The family name with its particles and suffix, for want of other parameters. */
function familyName(name: Name): string {
  const particles = [name["dropping-particle"], name["non-dropping-particle"]];
  const family = [...particles, name.family].filter(Boolean).join(" ");
  return name.suffix ? `${family}, ${name.suffix}` : family;
}

const englishMonths =
  "January February March April May June July August September October November December".split(
    " ",
  );

function englishDate([year, month, day]: readonly number[]): string {
  return [day, month && englishMonths[month - 1], year].filter(Boolean).join(" ");
}

/** Replaces what wiki markup could take for more than text. */
function wikipediaText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[&<>[\]]|\{\{|\}\}|''|~~~|__/g, (markup) =>
      [...markup].map((letter) => `&#${letter.charCodeAt(0)};`).join(""),
    )
    .replaceAll("|", "{{!}}");
}

function wikipediaUrl(url: string): string {
  return url.replace(/[[\]']/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Returns a key such as `doe2019russia` or `russia2019`, of small Latin letters and digits. */
function citationKey({ author: [first], date, title }: Work): string {
  const family = first?.family ?? first?.literal ?? "";
  const word = plain(title)
    .split(/\s+/)
    .map(latinLetters)
    .find((word) => word && !/^(?:a|an|the)$/.test(word));
  const [author, year] = [latinLetters(family), date?.[0] ?? ""];
  return (author ? `${author}${year}${word ?? ""}` : `${word ?? "work"}${year}`) || "work";
}

function latinLetters(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
