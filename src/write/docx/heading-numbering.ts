// The numbers of headings: two multi-level lists tied to the heading styles, one
// for chapters and one for appendices, so that Word counts them itself
// (ECMA-376-1, 17.9). Headings without a number have styles of their own.

import { type Document, type ParagraphStyleName, type Section, walk } from "../../document.js";
import { isWorded, numberWidth } from "../../heading-number.js";
import { labelLanguage } from "../../label-words.js";
import { headingLevelStyle, type ParagraphStyle, type Template } from "../../template.js";
import { twips } from "./page.js";
import { escapeXml } from "./xml.js";

/** What of its headings a document has numbered. */
export interface HeadingLists {
  /** How many levels of chapters are numbered; 0: none. */
  readonly depth: number;
  /** Whether chapters are counted in words: Chapter One. */
  readonly inWords: boolean;
  /** How many levels of appendices are numbered, if there are any; 0: none. */
  readonly appendixDepth: number;
  /** Whether a sole appendix has no letter. */
  readonly isSoleAppendix: boolean;
}

/** The style of appendices' headings, by the names that fields and paragraphs use. */
export const appendixStyle = { id: "AppendixHeading", name: "Appendix Heading" } as const;

/** Returns what of a document's headings is numbered. */
export function headingLists({ parts }: Document, { headings }: Template): HeadingLists {
  const top = parts.flatMap(({ children }) => children.filter((node) => node.type === "section"));
  const appendices = top.filter(({ role, number }) => role === "appendix" && number !== undefined);
  const chapters = top.filter(({ role, number }) => role === undefined && number !== undefined);
  const isNumbered = headings.numbers !== "none";
  return {
    depth: isNumbered ? headings.depth : 0,
    inWords: chapters.some(({ number = "" }) => isWorded(number) && !/\d/.test(number)),
    appendixDepth: appendices.length ? (isNumbered ? headings.depth : 1) : 0,
    isSoleAppendix: appendices.length === 1,
  };
}

/** Returns the sections that are appendices or stand in one. */
export function appendixSections({ parts }: Document): ReadonlySet<Section> {
  const sections = new Set<Section>();
  for (const block of parts.flatMap(({ children }) => children)) {
    if (block.type !== "section" || block.role !== "appendix") continue;
    for (const node of walk([block])) if (node.type === "section") sections.add(node);
  }
  return sections;
}

/** What of a document's headings is numbered, and which of them stand in appendices. */
export interface NumberedHeadings {
  readonly headings: HeadingLists;
  readonly appendices: ReadonlySet<Section>;
}

/** Returns the id of the style of a heading at a level from 1, and how `STYLEREF` names it. */
export function headingStyleOf(
  section: Section,
  level: number,
  { headings: { depth }, appendices }: NumberedHeadings,
): { readonly id: string; readonly reference: string } {
  const isAppendix = appendices.has(section);
  if (section.number !== undefined && isAppendix) {
    return { id: appendixStyleId(level), reference: `"${appendixStyleName(level)}"` };
  }
  // A heading that would be numbered by its style has one of its own.
  if (section.number === undefined && level <= depth) {
    return { id: unnumberedStyleId(level), reference: `"${unnumberedStyleName(level)}"` };
  }
  // Word knows its own headings by their level, in every language.
  return { id: `Heading${level}`, reference: String(level) };
}

const appendixStyleId = (level: number) =>
  level === 1 ? appendixStyle.id : `${appendixStyle.id}${level}`;
const appendixStyleName = (level: number) =>
  level === 1 ? appendixStyle.name : `${appendixStyle.name} ${level}`;
const unnumberedStyleId = (level: number) => `UnnumberedHeading${level}`;
const unnumberedStyleName = (level: number) => `Unnumbered Heading ${level}`;

/** The number of the list of chapters, beyond what a work has of lists: docx counts those from 1. */
export const chapterList = 900_001;
const appendixList = 900_002;

/** The part of a style that puts it on a list; a number of 0 takes it off the one that it is based on. */
function listFormat(list: number, level: number): string {
  const ilvl = list && level > 1 ? `<w:ilvl w:val="${level - 1}"/>` : "";
  return `<w:numPr>${ilvl}<w:numId w:val="${list}"/></w:numPr>`;
}

/** How the style of chapters' headings at a level is numbered: its list, and its look. */
export function numberedHeading(
  level: number,
  lists: HeadingLists | undefined,
  template: Template,
): { readonly list: string; readonly look: ParagraphStyle } {
  const name = headingLevelStyle(level);
  if (!lists || level > lists.depth) return { list: "", look: template.styles[name] };
  return { list: listFormat(chapterList, level), look: hanging(level, name, template) };
}

/** Takes a style that is based on that of a numbered heading off the list. */
export function unnumbered(lists: HeadingLists | undefined): string {
  return lists?.depth ? listFormat(0, 1) : "";
}

/** A style for headings that is made from that of a level. */
export interface HeadingStyle {
  readonly id: string;
  readonly name: string;
  readonly level: number;
  readonly list: string;
  readonly look: ParagraphStyle;
}

/** Returns the styles of headings in appendices, and of those without numbers among numbered ones. */
export function otherHeadingStyles(
  lists: HeadingLists | undefined,
  template: Template,
): readonly HeadingStyle[] {
  if (!lists) return [];
  const levels = (depth: number) => Array.from({ length: depth }, (_, index) => index + 1);
  return [
    ...levels(lists.appendixDepth).map((level): HeadingStyle => {
      const name = headingLevelStyle(level);
      return {
        id: appendixStyleId(level),
        name: appendixStyleName(level),
        level,
        list: listFormat(appendixList, level),
        look: level === 1 ? template.styles[name] : hanging(level, name, template),
      };
    }),
    ...levels(lists.depth).map(
      (level): HeadingStyle => ({
        id: unnumberedStyleId(level),
        name: unnumberedStyleName(level),
        level,
        list: listFormat(0, 1),
        look: template.styles[headingLevelStyle(level)],
      }),
    ),
  ];
}

/** The look of a heading whose title hangs behind its number. */
function hanging(level: number, name: ParagraphStyleName, template: Template): ParagraphStyle {
  const look = template.styles[name];
  const hasWord = level === 1 && template.headings.numbers !== "decimal";
  const width = hasWord ? undefined : numberWidth(level, name, template);
  return width === undefined ? look : { ...look, left: look.left + width, indent: -width };
}

/** Adds the lists of headings to `word/numbering.xml`, the definitions before the lists. */
export function addHeadingLists(
  numbering: string,
  lists: HeadingLists,
  template: Template,
  lang: string,
): string {
  const added = [
    ...(lists.depth ? [{ id: chapterList, levels: chapterLevels(lists, template, lang) }] : []),
    ...(lists.appendixDepth
      ? [{ id: appendixList, levels: appendixLevels(lists, template, lang) }]
      : []),
  ];
  if (!added.length) return numbering;
  const definitions = added.map(
    ({ id, levels }) =>
      `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="multilevel"/>${levels.join("")}</w:abstractNum>`,
  );
  const numbers = added.map(
    ({ id }) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`,
  );
  const at = numbering.search(/<w:num /);
  const end = numbering.lastIndexOf("</w:numbering>");
  if (at < 0 || end < 0) throw new Error("docx wrote no lists");
  return (
    numbering.slice(0, at) +
    definitions.join("") +
    numbering.slice(at, end) +
    numbers.join("") +
    numbering.slice(end)
  );
}

function chapterLevels({ depth, inWords }: HeadingLists, template: Template, lang: string) {
  const { numbers } = template.headings;
  const { title } = labelLanguage(lang).words.chapter;
  return levelsXml(depth, template, {
    format: inWords ? "cardinalText" : "decimal",
    text: numbers === "decimal" ? "%1" : `${title}\u00a0%1`,
    isWorded: numbers !== "decimal",
    style: (level) => `Heading${level}`,
  });
}

function appendixLevels(
  { appendixDepth, isSoleAppendix }: HeadingLists,
  template: Template,
  lang: string,
) {
  const { title } = labelLanguage(lang).words.appendix;
  return levelsXml(appendixDepth, template, {
    format: "upperLetter",
    text: isSoleAppendix ? title : `${title}\u00a0%1`,
    isWorded: true,
    style: appendixStyleId,
  });
}

/** What the first level of a list of headings is. */
interface FirstLevel {
  readonly format: string;
  readonly text: string;
  readonly isWorded: boolean;
  readonly style: (level: number) => string;
}

/** Returns nine levels; those that have no number print nothing. */
function levelsXml(depth: number, template: Template, first: FirstLevel): string[] {
  const { separator } = template.headings;
  return Array.from({ length: 9 }, (_, index) => {
    const level = index + 1;
    if (level > depth) return levelXml(index, "none", "", "", "nothing", "");
    if (level === 1 && first.isWorded) {
      const end = { period: ".", colon: ":", line: "" }[separator];
      const suffix = separator === "line" ? "nothing" : "space";
      return levelXml(index, first.format, first.style(1), "", suffix, first.text + end);
    }
    const name = headingLevelStyle(level);
    const suffix = numberWidth(level, name, template) === undefined ? "space" : "tab";
    const text =
      level === 1 ? first.text : Array.from({ length: level }, (_, at) => `%${at + 1}`).join(".");
    // A chapter in words is a numeral in the numbers of its sections.
    const legal = first.format === "cardinalText" ? "<w:isLgl/>" : "";
    return levelXml(index, "decimal", first.style(level), legal, suffix, text);
  });
}

/** The order of the elements is that of CT_Lvl (17.9.6). */
function levelXml(
  index: number,
  format: string,
  style: string,
  legal: string,
  suffix: string,
  text: string,
): string {
  return [
    `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>`,
    style && `<w:pStyle w:val="${style}"/>`,
    legal,
    `<w:suff w:val="${suffix}"/><w:lvlText w:val="${escapeXml(text)}"/><w:lvlJc w:val="left"/>`,
    '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>',
  ].join("");
}

/** How far the title of a section hangs behind its number in the contents, in twips. */
export function contentsHanging(gap: { readonly tab: number }, look: ParagraphStyle) {
  return { left: twips(look.left + gap.tab), hanging: twips(gap.tab) };
}
