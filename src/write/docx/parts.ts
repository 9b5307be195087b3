// The parts of a package that hold no text of the work: settings, properties,
// fonts, and the rules above notes. They are written whole, as Word writes them.

import { type Document, fullName, toText, walk } from "../../document.js";
import type { Template } from "../../template.js";
import { hasEvenHeads } from "./heads.js";
import { escapeXml } from "./xml.js";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/**
 * Returns `word/settings.xml` (ECMA-376-1, 17.15.1.78): compatibility mode 15,
 * so that Word does not open the file in compatibility mode, and no
 * `updateFields`, so that it asks nothing. Words are divided, margins change sides on
 * even pages and these have heads of their own if the template says so.
 */
export function settingsXml(lang: string, template: Template): string {
  const { hyphenate, page } = template;
  const compatibility = [
    ["compatibilityMode", 15],
    ["overrideTableStyleFontSizeAndJustification", 1],
    ["enableOpenTypeFeatures", 1],
    ["doNotFlipMirrorIndents", 1],
    ["differentiateMultirowTableHeaders", 1],
  ].map(
    ([name, value]) =>
      `<w:compatSetting w:name="${name}" w:uri="http://schemas.microsoft.com/office/word" w:val="${value}"/>`,
  );
  const separators = (kind: "footnote" | "endnote") =>
    `<w:${kind}Pr><w:${kind} w:id="-1"/><w:${kind} w:id="0"/></w:${kind}Pr>`;
  return [
    declaration,
    `<w:settings ${main}>`,
    '<w:zoom w:percent="100"/>',
    page.facing ? "<w:mirrorMargins/>" : "",
    '<w:defaultTabStop w:val="720"/>',
    // Word divides as our PDF does: not more than three lines in succession, and no capitals.
    hyphenate
      ? '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="3"/><w:doNotHyphenateCaps/>'
      : "",
    hasEvenHeads(template) ? "<w:evenAndOddHeaders/>" : "",
    '<w:characterSpacingControl w:val="doNotCompress"/>',
    separators("footnote"),
    separators("endnote"),
    `<w:compat>${compatibility.join("")}</w:compat>`,
    `<w:themeFontLang w:val="${escapeXml(lang)}"/>`,
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>',
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    "</w:settings>",
  ].join("");
}

/** Returns settings with those of Word's mathematics (ECMA-376-1, 22.1.2.62), for files with formulas. */
export function withMathSettings(settings: string): string {
  const values = [
    ["mathFont", "Cambria Math"],
    ["brkBin", "before"],
    ["brkBinSub", "--"],
    ["smallFrac", "0"],
    ["dispDef", "1"],
    ["lMargin", "0"],
    ["rMargin", "0"],
    ["defJc", "centerGroup"],
    ["wrapIndent", "1440"],
    ["intLim", "subSup"],
    ["naryLim", "undOvr"],
  ].map(([name, value]) => `<m:${name} m:val="${value}"/>`);
  const namespace = "http://schemas.openxmlformats.org/officeDocument/2006/math";
  const properties = `<m:mathPr xmlns:m="${namespace}">${values.join("")}</m:mathPr>`;
  return settings.replace("<w:themeFontLang", () => `${properties}<w:themeFontLang`);
}

/**
 * Returns the two notes that draw the rules above notes. Word makes the rule's
 * paragraph as high as a line of its font; at 5 points that is the 0.2 cm that
 * LibreOffice always gives it, so that both break pages alike.
 */
export function separatorNotes(kind: "footnote" | "endnote"): string {
  const size = '<w:rPr><w:sz w:val="10"/><w:szCs w:val="10"/></w:rPr>';
  const separator = (name: "separator" | "continuationSeparator", id: number) =>
    `<w:${kind} w:type="${name}" w:id="${id}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>${size}</w:pPr><w:r>${size}<w:${name}/></w:r></w:p></w:${kind}>`;
  return separator("separator", -1) + separator("continuationSeparator", 0);
}

/** Returns `word/endnotes.xml`, which has no notes but the rules. */
export function endnotesXml(): string {
  return `${declaration}<w:endnotes ${main}>${separatorNotes("endnote")}</w:endnotes>`;
}

/**
 * Returns `docProps/core.xml` (ECMA-376-2, 11): title, author, keywords, the
 * abstract as description, and the work's date as the file's, for the clock
 * would make every build another file.
 */
export function corePropertiesXml(document: Document): string {
  const { title, subtitle, author, keywords, lang } = document.metadata;
  const names = author.map(fullName).join("; ");
  const date = workDate(document)
    ?.toISOString()
    .replace(/\.\d+Z$/, "Z");
  const property = (name: string, value: string | undefined, attributes = "") =>
    value ? `<${name}${attributes}>${escapeXml(value)}</${name}>` : "";
  return [
    declaration,
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    property("dc:title", toText(title)),
    property("dc:subject", subtitle && toText(subtitle)),
    property("dc:creator", names),
    property("cp:keywords", keywords.join(", ")),
    property("dc:description", abstractOf(document)),
    property("cp:lastModifiedBy", names),
    "<cp:revision>1</cp:revision>",
    property("dcterms:created", date, ' xsi:type="dcterms:W3CDTF"'),
    property("dcterms:modified", date, ' xsi:type="dcterms:W3CDTF"'),
    property("dc:language", lang),
    "</cp:coreProperties>",
  ].join("");
}

/** Returns `docProps/app.xml` (ECMA-376-1, 22.2). */
export function appPropertiesXml({ metadata }: Document): string {
  const company = metadata.institution
    ? `<Company>${escapeXml(metadata.institution)}</Company>`
    : "";
  return `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>reissue</Application><DocSecurity>0</DocSecurity>${company}<AppVersion>16.0000</AppVersion></Properties>`;
}

/** Returns `docProps/custom.xml` (ECMA-376-1, 22.3) with texts by their names. */
export function customPropertiesXml(properties: ReadonlyMap<string, string>): string {
  const list = [...properties].map(
    ([name, value], index) =>
      // Numbers below 2 are reserved; the set is the one for the user's properties.
      `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${index + 2}" name="${escapeXml(name)}"><vt:lpwstr>${escapeXml(value)}</vt:lpwstr></property>`,
  );
  return `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">${list.join("")}</Properties>`;
}

/** Returns the first moment of the work's date, in UTC; a missing month or day is the first. */
export function workDate({ metadata: { date } }: Document): Date | undefined {
  if (!date?.length) return undefined;
  const [year = 0, month = 1, day = 1] = date;
  const time = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
  time.setUTCFullYear(year, month - 1, day);
  return time;
}

function abstractOf({ parts }: Document): string {
  for (const { children } of parts) {
    for (const block of children) {
      if (block.type !== "section" || block.role !== "abstract") continue;
      const paragraphs = [...walk(block.children)].filter((node) => node.type === "paragraph");
      return paragraphs.map((node) => toText(node.children)).join("\n");
    }
  }
  return "";
}
