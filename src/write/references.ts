// Prints references to the work itself: as text, Markdown, HTML or JSON for
// people and pages, as BibTeX, RIS or CSL-JSON for reference managers.

import type { WorkReference } from "../cite-this-work.js";
import type { Inline, Name, Reference, ReferenceDate } from "../document.js";

export type ReferenceFormat = "text" | "markdown" | "html" | "json";
export type RecordFormat = "bibtex" | "ris" | "csl-json";

/**
 * Returns references in a format, with a line break at the end. Several stand
 * under the names of their styles, a single one stands alone; JSON is always a
 * list of all formats by style.
 */
export function printReferences(
  references: readonly WorkReference[],
  format: ReferenceFormat,
): string {
  const single = references.length === 1 ? references[0] : undefined;
  switch (format) {
    case "text":
      if (single) return `${plainText(single.inlines)}\n`;
      return references.map(({ label, inlines }) => `${label}\n${plainText(inlines)}\n`).join("\n");
    case "markdown":
      if (single) return `${markdown(single.inlines)}\n`;
      return references
        .map(({ label, inlines }) => `**${label}**\n\n${markdown(inlines)}\n`)
        .join("\n");
    case "html":
      if (single) return `<p>${html(single.inlines)}</p>\n`;
      return `<dl>\n${references
        .map(({ label, inlines }) => `<dt>${escapeHtml(label)}</dt>\n<dd>${html(inlines)}</dd>\n`)
        .join("")}</dl>\n`;
    case "json":
      return `${JSON.stringify(
        references.map(({ style, label, inlines }) => ({
          style,
          label,
          text: plainText(inlines),
          markdown: markdown(inlines),
          html: html(inlines),
        })),
        null,
        2,
      )}\n`;
  }
}

/** Returns a CSL item as a record that reference managers import. */
export function printRecord(record: Reference, format: RecordFormat): string {
  switch (format) {
    case "bibtex":
      return bibtex(record);
    case "ris":
      return ris(record);
    case "csl-json":
      return `${JSON.stringify([record], null, 2)}\n`;
  }
}

/** Text of one look. Italics within italics have become roman. */
interface Run {
  readonly text: string;
  readonly italic?: boolean;
  readonly bold?: boolean;
  readonly code?: boolean;
  readonly position?: "superscript" | "subscript";
  readonly url?: string;
}

function runs(inlines: readonly Inline[], look: Omit<Run, "text"> = {}): Run[] {
  return inlines.flatMap((inline) => runsOf(inline, look));
}

function runsOf(inline: Inline, look: Omit<Run, "text">): Run[] {
  switch (inline.type) {
    case "text":
      return [{ ...look, text: inline.value }];
    case "inlineCode":
      return [{ ...look, code: true, text: inline.value }];
    case "emphasis":
      return runs(inline.children, { ...look, italic: !look.italic });
    case "strong":
      return runs(inline.children, { ...look, bold: true });
    case "superscript":
    case "subscript":
      return runs(inline.children, { ...look, position: inline.type });
    case "link":
      return runs(inline.children, { ...look, url: inline.url });
    case "break":
      return [{ ...look, text: " " }];
    // Neither plain HTML nor Markdown has small capitals.
    case "smallCaps":
    case "foreign":
    case "citation":
    case "crossReference":
    case "label":
    case "abbreviation":
      return runs(inline.children, look);
    case "inlineEquation":
      return [{ ...look, text: inline.value }];
    case "note":
    case "indexMark":
      return [];
  }
}

/** Returns inlines without any look. */
export function plainText(inlines: readonly Inline[]): string {
  return runs(inlines)
    .map(({ text }) => text)
    .join("");
}

/** Returns inlines as HTML: `i`, `b`, `sup`, `sub`, `code` and `a` only, everything else escaped. */
export function html(inlines: readonly Inline[]): string {
  return runs(inlines)
    .map(({ text, italic, bold, code, position, url }) => {
      let shown = escapeHtml(text);
      if (code) shown = `<code>${shown}</code>`;
      if (position === "superscript") shown = `<sup>${shown}</sup>`;
      if (position === "subscript") shown = `<sub>${shown}</sub>`;
      if (bold) shown = `<b>${shown}</b>`;
      if (italic) shown = `<i>${shown}</i>`;
      if (url && isWebAddress(url)) shown = `<a href="${escapeHtml(url)}">${shown}</a>`;
      return shown;
    })
    .join("");
}

/** Returns a text with everything replaced that HTML could take for more than text. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function markdown(inlines: readonly Inline[]): string {
  const text = runs(inlines).map(markdownRun).join("");
  // What would begin a heading, a list or a quotation at the start of a line.
  return text.replace(/^(\d+)([.)])/, "$1\\$2").replace(/^([#+\->=])/, "\\$1");
}

function markdownRun({ text, italic, bold, code, position, url }: Run): string {
  if (code) return markdownCode(text);
  if (url && isWebAddress(url) && text === url && !/[\s<>]/.test(url)) return `<${url}>`;
  // Marks of emphasis must not have white space on their inner side.
  const [, before = "", inner = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text)!;
  if (!inner) return text;
  let shown = inner.replace(/[\\`*_{}[\]<>|~^$@&]/g, "\\$&");
  if (position === "superscript") shown = `<sup>${shown}</sup>`;
  if (position === "subscript") shown = `<sub>${shown}</sub>`;
  if (bold) shown = `**${shown}**`;
  if (italic) shown = `*${shown}*`;
  if (url && isWebAddress(url))
    shown = `[${shown}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`;
  return before + shown + after;
}

function markdownCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(text) ? " " : "";
  return fence + space + text + space + fence;
}

// BibTeX: http://www.bibtex.org/Format/; the fields `date`, `urldate`, `doi`,
// `url` and `langid` are those of the biblatex manual, section 2.2.

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

const languageNames: Readonly<Record<string, string>> = {
  de: "ngerman",
  en: "english",
  "en-gb": "british",
  "en-us": "american",
  es: "spanish",
  fr: "french",
  it: "italian",
  nl: "dutch",
  pl: "polish",
  pt: "portuguese",
  ru: "russian",
};

function bibtex(record: Reference): string {
  const text = textField(record);
  const issued = dateParts(record.issued);
  const authors = names(record).map(bibtexName).join(" and ");
  const isThesis = record.type === "thesis";
  const type = isThesis ? (isDoctoral(text("genre")) ? "phdthesis" : "mastersthesis") : "misc";
  const language = text("language")?.toLowerCase() ?? "";
  const fields: [name: string, value: string | undefined][] = [
    ["author", authors && `{${authors}}`],
    ["title", bibtexText(text("title"), "{{", "}}")],
    ["type", isThesis ? bibtexText(text("genre")) : undefined],
    ["school", isThesis ? bibtexText(text("publisher")) : undefined],
    ["howpublished", isThesis ? undefined : bibtexText(text("container-title"))],
    ["publisher", isThesis ? undefined : bibtexText(text("publisher"))],
    ["address", bibtexText(text("publisher-place"))],
    ["year", issued[0] === undefined ? undefined : `{${issued[0]}}`],
    ["month", months[(issued[1] ?? 0) - 1]],
    ["date", issued.length ? `{${isoDate(issued)}}` : undefined],
    ["doi", bibtexText(text("DOI"))],
    ["url", text("URL") && `{${bibtexUrl(text("URL")!)}}`],
    ["urldate", accessDate(record).length ? `{${isoDate(accessDate(record))}}` : undefined],
    ["keywords", bibtexText(text("keyword"))],
    ["langid", bibtexText(languageNames[language] ?? languageNames[language.split("-")[0]!])],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = ${value}`);
  return `@${type}{${record.id},\n${lines.join(",\n")}\n}\n`;
}

function bibtexText(text: string | undefined, open = "{", close = "}"): string | undefined {
  if (text === undefined) return undefined;
  return open + escapeBibtex(text) + close;
}

/**
 * Escapes what TeX does not read as text. BibTeX counts escaped braces too, so
 * that one without a partner is spelt out; `--` and `''` would be joined.
 */
function escapeBibtex(text: string): string {
  const line = oneLine(text);
  const paired = pairedBraces(line);
  const escaped = line.replace(/[\\{}#$%&_~^]/g, (letter, at: number) => {
    switch (letter) {
      case "\\":
        return "\\textbackslash{}";
      case "{":
        return paired.has(at) ? "\\{" : "\\textbraceleft{}";
      case "}":
        return paired.has(at) ? "\\}" : "\\textbraceright{}";
      case "~":
        return "\\textasciitilde{}";
      case "^":
        return "\\textasciicircum{}";
      default:
        return `\\${letter}`;
    }
  });
  return escaped.replace(/(['`-])(?=\1)/g, "$1{}");
}

/** The places of the braces that have a partner. */
function pairedBraces(text: string): Set<number> {
  const paired = new Set<number>();
  const open: number[] = [];
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (brace === "{") {
      open.push(index);
      continue;
    }
    const partner = open.pop();
    if (partner !== undefined) paired.add(partner).add(index);
  }
  return paired;
}

/** A URL is not TeX text, but its braces must pair. */
function bibtexUrl(url: string): string {
  return oneLine(url).replace(/[{}\\\s]/g, encodeURIComponent);
}

function bibtexName(name: Name): string {
  if (name.literal !== undefined) return `{${escapeBibtex(name.literal)}}`;
  const particles = [name["dropping-particle"], name["non-dropping-particle"]].filter(Boolean);
  const family = bibtexNamePart(name.family ?? "");
  const last = [...particles.map((particle) => escapeBibtex(particle!)), family].join(" ");
  return [
    last,
    name.suffix && bibtexNamePart(name.suffix),
    name.given && bibtexNamePart(name.given),
  ]
    .filter(Boolean)
    .join(", ");
}

/** Braces a part of a name that BibTeX would take apart. */
function bibtexNamePart(part: string): string {
  const text = escapeBibtex(part);
  return /,|\band\b/i.test(part) ? `{${text}}` : text;
}

// RIS: the tags of the format's specification (Research Information Systems,
// 2001 and 2011); each line is a tag, two spaces, a hyphen, a space, a value.

function ris(record: Reference): string {
  const text = textField(record);
  const issued = dateParts(record.issued);
  const type = record.type === "thesis" ? "THES" : record.type === "webpage" ? "ELEC" : "UNPB";
  const lines: [tag: string, value: string | undefined][] = [
    ["TY", type],
    ...names(record).map((name): [string, string] => ["AU", risName(name)]),
    ["TI", text("title")],
    // The second title of a thesis is its department; what holds it is the database.
    [record.type === "thesis" ? "DP" : "T2", text("container-title")],
    ["PY", issued[0] === undefined ? undefined : String(issued[0])],
    ["DA", issued.length ? risDate(issued) : undefined],
    ["M3", text("genre")],
    ["PB", text("publisher")],
    ["CY", text("publisher-place")],
    ...(text("keyword")?.split(/\s*,\s*/) ?? []).map((word): [string, string] => ["KW", word]),
    ["LA", text("language")],
    ["DO", text("DOI")],
    ["UR", text("URL")],
    ["Y2", accessDate(record).length ? risDate(accessDate(record)) : undefined],
  ];
  const printed = lines.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}`] : []));
  return `${[...printed, "ER  - "].join("\r\n")}\r\n`;
}

function risName(name: Name): string {
  if (name.literal !== undefined) return name.literal;
  const family = [name["dropping-particle"], name["non-dropping-particle"], name.family]
    .filter(Boolean)
    .join(" ");
  return [family, name.given, name.suffix].filter(Boolean).join(", ");
}

function risDate([year, month, day]: readonly number[]): string {
  return [year, ...[month, day].map((part) => (part ? twoDigits(part) : "")), ""].join("/");
}

/** Returns a date as ISO 8601 has it, as far as it is known: `2019-12-13`, `2019-12`, `2019`. */
function isoDate([year = 0, ...rest]: readonly number[]): string {
  return [String(year).padStart(4, "0"), ...rest.map(twoDigits)].join("-");
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}

/** A value must not begin a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

function isDoctoral(genre = ""): boolean {
  return /^(?:ph\.?d|d\.?phil|ed\.?d|eng\.?d|psy\.?d|th\.?d|doctor)/i.test(genre);
}

function textField(record: Reference): (name: string) => string | undefined {
  return (name) => {
    const value = record[name];
    return typeof value === "string" && value ? value : undefined;
  };
}

function names(record: Reference): readonly Name[] {
  return Array.isArray(record.author) ? record.author : [];
}

function dateParts(date: Reference[string]): readonly number[] {
  return (date as ReferenceDate | undefined)?.["date-parts"]?.[0] ?? [];
}

function accessDate(record: Reference): readonly number[] {
  return record.URL === undefined ? [] : dateParts(record.accessed);
}
