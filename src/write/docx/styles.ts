// The styles part, made from the template: Word's own styles under their own
// ids and names, so that its navigation pane, contents and style gallery know
// them, and custom ones where Word has none (ECMA-376-1, 17.7).

import type { ParagraphStyleName } from "../../document.js";
import type { Font } from "../../fonts.js";
import {
  contentsLevelStyle,
  fontOf,
  hasOldStyleNumerals,
  isHyphenated,
  lineNumberSize,
  type ParagraphStyle,
  type Template,
} from "../../template.js";
import { indexIndent } from "../index-lines.js";
import { higherThanInWord } from "../line-height.js";
import { cellSide, cellTop, innerRule, outerRule } from "../table-look.js";
import { fontFormat, liningNumerals, typographyFormat, wordFontHeights } from "./fonts.js";
import {
  type HeadingLists,
  type HeadingStyle,
  numberedHeading,
  otherHeadingStyles,
  unnumbered,
} from "./heading-numbering.js";
import { textWidth, twips } from "./page.js";
import { tableStyleId } from "./tables.js";
import { escapeXml } from "./xml.js";

/** The id of the Word style of each paragraph style. */
export const paragraphStyleIds: Readonly<Record<ParagraphStyleName, string>> = {
  title: "Title",
  subtitle: "Subtitle",
  "title-page": "TitlePage",
  "heading-1": "Heading1",
  "heading-2": "Heading2",
  "heading-3": "Heading3",
  "heading-4": "Heading4",
  "front-heading": "FrontHeading",
  body: "BodyText",
  abstract: "Abstract",
  dedication: "Dedication",
  quotation: "Quote",
  list: "ListParagraph",
  code: "SourceCode",
  verse: "Verse",
  epigraph: "Epigraph",
  definition: "Definition",
  caption: "Caption",
  source: "Source",
  table: "TableText",
  "table-head": "TableHead",
  equation: "Equation",
  note: "FootnoteText",
  entry: "Bibliography",
  annotation: "Annotation",
  index: "Index1",
  "contents-1": "TOC1",
  "contents-2": "TOC2",
  "contents-3": "TOC3",
  "thematic-break": "ThematicBreak",
  header: "Header",
  footer: "Footer",
};

const styleNames = Object.keys(paragraphStyleIds) as ParagraphStyleName[];

/** The deepest level that Word has heading and contents styles for. */
export const deepestLevel = 9;

/** Names the namespaces, that of Word 2010 only where its forms of letters are used. */
function stylesElement(template: Template): string {
  const main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  if (!typographyFormat(template).forms) return `<w:styles ${main}>`;
  const word2010 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"';
  const compatibility =
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"';
  return `<w:styles ${main} ${word2010} ${compatibility}>`;
}

/** What a style element may hold besides its formatting; the names are those of ECMA-376. */
interface StyleOptions {
  readonly basedOn?: string;
  readonly next?: string;
  readonly link?: string;
  /** Whether a character style of the same look goes with it, for parts of paragraphs (17.7.4.6). */
  readonly linked?: boolean;
  readonly priority: number;
  /** Shown in the style gallery. */
  readonly quick?: boolean;
  readonly custom?: boolean;
  readonly default?: boolean;
  readonly semiHidden?: boolean;
  readonly unhideWhenUsed?: boolean;
  readonly paragraph?: string;
  readonly run?: string;
  readonly table?: string;
}

/** The id of the style of text, or of header cells, in a table whose letters have another size in points. */
export function smallTableStyleId(style: "table" | "table-head", size: number): string {
  return `${paragraphStyleIds[style]}${String(size).replace(".", "-")}`;
}

/**
 * Returns `word/styles.xml`; `lang` is the proofing language as Word writes it
 * (`en-GB`), `smallTables` are the sizes of letters in tables that have been made
 * smaller.
 */
export function stylesXml(
  template: Template,
  lang: string,
  lists?: HeadingLists,
  smallTables: ReadonlySet<number> = new Set(),
): string {
  const { styles, fonts } = template;
  const { text, code, headings } = fonts;
  const headingFont = fontFormat(headings, "major");
  const typography = typographyFormat(template);
  const normal = styles.body;
  // Word counts no lines of notes anyway, LibreOffice does.
  const uncounted = template.lineNumbers ? "<w:suppressLineNumbers/>" : "";
  const run = (style: ParagraphStyle) => runFormat(style, normal.size);
  const numberTab = `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="${textWidth(template.page)}"/></w:tabs>`;
  // A running head has Word's two stops: the middle and the end of the line.
  const runningTabs = `<w:tabs><w:tab w:val="center" w:pos="${Math.round(textWidth(template.page) / 2)}"/><w:tab w:val="right" w:pos="${textWidth(template.page)}"/></w:tabs>`;

  // Where the document divides words, each style that does not says so.
  const divided = styleNames.filter((name) => isHyphenated(name, template));
  const dividedIds = new Set(divided.map((name) => paragraphStyleIds[name]));
  const isWhole = (id: string) => template.hyphenate && !dividedIds.has(id);
  // Headings below those that templates know look like the last of them.
  const namesById = new Map(styleNames.map((name) => [paragraphStyleIds[name], name]));
  const nameOf = (id: string) =>
    namesById.get(id) ?? (id.startsWith("Heading") ? "heading-4" : "body");
  const isLining = (id: string) =>
    template.numerals === "old-style" && !hasOldStyleNumerals(nameOf(id), template);
  const paragraph = (
    id: string,
    name: string,
    look: ParagraphStyle,
    { before = "", after = "", ...options }: StyleOptions & { before?: string; after?: string },
  ) => {
    const letters = (options.run ?? "") + run(look) + (isLining(id) ? liningNumerals : "");
    const own = style("paragraph", id, name, {
      basedOn: "Normal",
      ...options,
      ...(options.linked && { link: `${id}Char` }),
      paragraph:
        before +
        (isWhole(id) ? "<w:suppressAutoHyphens/>" : "") +
        paragraphFormat(look, fontOf(nameOf(id), template)) +
        after,
      run: letters,
    });
    if (!options.linked) return own;
    const linked = style("character", `${id}Char`, `${capitalised(name)} Char`, {
      basedOn: "DefaultParagraphFont",
      link: id,
      custom: true,
      priority: options.priority,
      run: letters,
    });
    return own + linked;
  };

  const heading = (level: number) => {
    const { list, look } = numberedHeading(level, lists, template);
    const newPage = level === 1 && template.chaptersOnNewPage;
    return paragraph(`Heading${level}`, `heading ${level}`, look, {
      next: firstParagraph,
      linked: true,
      priority: 9,
      run: headingFont,
      quick: true,
      unhideWhenUsed: level > 1,
      before: keepWithNext + (newPage ? "<w:pageBreakBefore/>" : "") + list,
      after: `<w:outlineLvl w:val="${level - 1}"/>`,
    });
  };
  const otherHeading = ({ id, name, level, list, look }: HeadingStyle) =>
    paragraph(id, name, look, {
      basedOn: `Heading${level}`,
      next: firstParagraph,
      custom: true,
      priority: 9,
      quick: true,
      run: headingFont,
      before: list,
      after: `<w:outlineLvl w:val="${level - 1}"/>`,
    });
  const contents = (level: number) =>
    paragraph(`TOC${level}`, `toc ${level}`, styles[contentsLevelStyle(level)], {
      next: "Normal",
      priority: 39,
      unhideWhenUsed: true,
      before: numberTab,
    });
  const codeTabs = codeTabStops(styles.code).map(
    (position) => `<w:tab w:val="left" w:pos="${position}"/>`,
  );
  const firstParagraph = template.indentFirstParagraph ? "BodyText" : "FirstParagraph";
  const levels = Array.from({ length: deepestLevel }, (_, index) => index + 1);

  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    stylesElement(template),
    `<w:docDefaults><w:rPrDefault><w:rPr>${fontFormat(text, "minor")}${typography.kerning}${sizeFormat(normal.size)}${languageFormat(lang)}${typography.forms}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`,
    latentStyles(),
    style("paragraph", "Normal", "Normal", {
      priority: 0,
      quick: true,
      default: true,
      paragraph: "<w:widowControl/>",
    }),
    style("character", "DefaultParagraphFont", "Default Paragraph Font", {
      priority: 1,
      default: true,
      semiHidden: true,
      unhideWhenUsed: true,
    }),
    style("table", "TableNormal", "Normal Table", {
      priority: 99,
      default: true,
      semiHidden: true,
      unhideWhenUsed: true,
      table:
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    }),
    style("numbering", "NoList", "No List", {
      priority: 99,
      default: true,
      semiHidden: true,
      unhideWhenUsed: true,
    }),
    paragraph("Title", "Title", styles.title, {
      next: "BodyText",
      linked: true,
      priority: 10,
      quick: true,
      run: headingFont,
    }),
    paragraph("Subtitle", "Subtitle", styles.subtitle, {
      next: "BodyText",
      linked: true,
      priority: 11,
      quick: true,
      run: headingFont,
    }),
    paragraph("TitlePage", "Title Page", styles["title-page"], { custom: true, priority: 12 }),
    ...levels.map(heading),
    ...otherHeadingStyles(lists, template).map(otherHeading),
    paragraph("FrontHeading", "Front Heading", styles["front-heading"], {
      basedOn: "Heading1",
      next: firstParagraph,
      custom: true,
      priority: 9,
      quick: true,
      run: headingFont,
      before: `${keepWithNext}<w:pageBreakBefore/>${unnumbered(lists)}`,
      after: '<w:outlineLvl w:val="0"/>',
    }),
    paragraph("BodyText", "Body Text", styles.body, { linked: true, priority: 1, quick: true }),
    style("paragraph", "FirstParagraph", "First Paragraph", {
      basedOn: "BodyText",
      next: "BodyText",
      custom: true,
      priority: 1,
      quick: true,
      paragraph: '<w:ind w:firstLine="0"/>',
    }),
    paragraph("Abstract", "Abstract", styles.abstract, { custom: true, priority: 12 }),
    paragraph("Dedication", "Dedication", styles.dedication, { custom: true, priority: 12 }),
    paragraph("Quote", "Quote", styles.quotation, {
      next: "BodyText",
      linked: true,
      priority: 29,
      quick: true,
    }),
    ...tableStyles(paragraph, template, smallTables),
    paragraph("ListParagraph", "List Paragraph", styles.list, { priority: 34, quick: true }),
    paragraph("SourceCode", "Source Code", styles.code, {
      custom: true,
      priority: 36,
      quick: true,
      before: `<w:tabs>${codeTabs.join("")}</w:tabs>`,
      run: `${fontFormat(code)}<w:noProof/>`,
    }),
    paragraph("Caption", "caption", styles.caption, {
      next: "BodyText",
      priority: 35,
      quick: true,
      unhideWhenUsed: true,
    }),
    paragraph("Figure", "Figure", figureStyle(template), {
      next: "Caption",
      custom: true,
      priority: 35,
    }),
    paragraph("Verse", "Verse", styles.verse, { custom: true, priority: 30, quick: true }),
    paragraph("Epigraph", "Epigraph", styles.epigraph, {
      next: "Source",
      custom: true,
      priority: 30,
      quick: true,
    }),
    paragraph("Source", "Source", styles.source, { custom: true, priority: 35, quick: true }),
    paragraph("Definition", "Definition", styles.definition, {
      custom: true,
      priority: 34,
      quick: true,
    }),
    style("paragraph", "DefinitionTerm", "Definition Term", {
      basedOn: "Definition",
      next: "Definition",
      custom: true,
      priority: 34,
      quick: true,
      paragraph: '<w:keepNext/><w:spacing w:after="0"/><w:ind w:left="0" w:firstLine="0"/>',
      run: "<w:b/><w:bCs/>",
    }),
    paragraph("Equation", "Equation", styles.equation, {
      next: "BodyText",
      custom: true,
      priority: 36,
      quick: true,
    }),
    style("character", "VerbatimChar", "Verbatim Char", {
      basedOn: "DefaultParagraphFont",
      custom: true,
      priority: 36,
      run: `${fontFormat(code)}<w:noProof/>`,
    }),
    paragraph("ThematicBreak", "Thematic Break", styles["thematic-break"], {
      next: firstParagraph,
      custom: true,
      priority: 36,
    }),
    paragraph("Bibliography", "Bibliography", styles.entry, {
      next: "Bibliography",
      priority: 37,
      unhideWhenUsed: true,
    }),
    paragraph("Annotation", "Annotation", styles.annotation, {
      next: "Bibliography",
      custom: true,
      priority: 37,
    }),
    ...[0, 1, 2].map((depth) =>
      // Word sets an index that it makes anew in these.
      paragraph(
        `Index${depth + 1}`,
        `index ${depth + 1}`,
        { ...styles.index, left: styles.index.left + depth * indexIndent },
        { next: `Index${depth + 1}`, priority: 99, unhideWhenUsed: true },
      ),
    ),
    ...levels.map(contents),
    paragraph("TableofFigures", "table of figures", styles["contents-1"], {
      next: "Normal",
      priority: 99,
      unhideWhenUsed: true,
      before: numberTab,
    }),
    paragraph("TOCHeading", "TOC Heading", styles["front-heading"], {
      basedOn: "Heading1",
      next: "Normal",
      priority: 39,
      quick: true,
      unhideWhenUsed: true,
      run: headingFont,
      before: `${keepWithNext}<w:pageBreakBefore/>${unnumbered(lists)}`,
      after: '<w:outlineLvl w:val="9"/>',
    }),
    ...noteStyles("Footnote", "footnote", styles.note, uncounted, paragraph),
    ...noteStyles("Endnote", "endnote", styles.note, uncounted, paragraph),
    style("character", "LineNumber", "line number", {
      basedOn: "DefaultParagraphFont",
      priority: 99,
      semiHidden: true,
      unhideWhenUsed: true,
      run: sizeFormat(lineNumberSize),
    }),
    paragraph("Header", "header", styles.header, {
      linked: true,
      priority: 99,
      unhideWhenUsed: true,
      before: runningTabs,
    }),
    paragraph("Footer", "footer", styles.footer, {
      linked: true,
      priority: 99,
      unhideWhenUsed: true,
      before: runningTabs,
    }),
    // Links look like the text around them: what is handed in is read on paper too.
    style("character", "Hyperlink", "Hyperlink", {
      basedOn: "DefaultParagraphFont",
      priority: 99,
      unhideWhenUsed: true,
    }),
    "</w:styles>",
  ].join("");
}

/** The styles of text in tables, and that of tables: three rules, and space around cells. */
function tableStyles(
  paragraph: (id: string, name: string, look: ParagraphStyle, options: StyleOptions) => string,
  { styles }: Template,
  sizes: ReadonlySet<number>,
): string[] {
  const names = { table: "Table Text", "table-head": "Table Head" } as const;
  const kinds = ["table", "table-head"] as const;
  const texts = kinds.flatMap((kind) => [
    paragraph(paragraphStyleIds[kind], names[kind], styles[kind], {
      custom: true,
      priority: 36,
      quick: true,
    }),
    ...[...sizes]
      .sort((one, other) => one - other)
      .map((size) =>
        paragraph(
          smallTableStyleId(kind, size),
          `${names[kind]} ${size}`,
          { ...styles[kind], size },
          { basedOn: paragraphStyleIds[kind], custom: true, priority: 36 },
        ),
      ),
  ]);
  const rule = (side: "top" | "bottom", width: number) =>
    `<w:${side} w:val="single" w:sz="${width * 8}" w:space="0" w:color="auto"/>`;
  const margin = (side: string, width: number) => `<w:${side} w:w="${twips(width)}" w:type="dxa"/>`;
  const properties = [
    `<w:tblBorders>${rule("top", outerRule)}${rule("bottom", outerRule)}</w:tblBorders>`,
    "<w:tblCellMar>",
    margin("top", cellTop),
    margin("left", cellSide),
    margin("bottom", cellTop),
    margin("right", cellSide),
    "</w:tblCellMar>",
  ].join("");
  const header = `<w:tcPr><w:tcBorders>${rule("bottom", innerRule)}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>`;
  return [
    ...texts,
    style("table", tableStyleId, "Scholarly Table", {
      basedOn: "TableNormal",
      custom: true,
      priority: 40,
      quick: true,
      table: `<w:tblPr>${properties}</w:tblPr><w:tblStylePr w:type="firstRow">${header}</w:tblStylePr>`,
    }),
  ];
}

/** Tab stops in code are eight letters apart, of a font whose letters are 0.6 em wide; in twips. */
export function codeTabStops({ left, size }: Pick<ParagraphStyle, "left" | "size">): number[] {
  return Array.from({ length: 8 }, (_, index) => twips(left + size * 0.6 * 8 * (index + 1)));
}

const keepWithNext = "<w:keepNext/><w:keepLines/>";

/** The style of a note's text, linked to a character style as in Word, and that of its mark. */
function noteStyles(
  id: string,
  name: string,
  look: ParagraphStyle,
  before: string,
  paragraph: (
    id: string,
    name: string,
    look: ParagraphStyle,
    options: StyleOptions & { before: string },
  ) => string,
): string[] {
  return [
    paragraph(`${id}Text`, `${name} text`, look, {
      linked: true,
      before,
      priority: 99,
      unhideWhenUsed: true,
    }),
    style("character", `${id}Reference`, `${name} reference`, {
      basedOn: "DefaultParagraphFont",
      priority: 99,
      unhideWhenUsed: true,
      run: '<w:vertAlign w:val="superscript"/>',
    }),
  ];
}

/** Word writes `Heading 1 Char` for `heading 1`. */
function capitalised(name: string): string {
  return name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function style(
  type: "paragraph" | "character" | "table" | "numbering",
  id: string,
  name: string,
  options: StyleOptions,
): string {
  const { basedOn, next, link, priority, paragraph, run, table = "" } = options;
  // The order of the elements is that of CT_Style (17.7.4.17).
  return [
    `<w:style w:type="${type}"`,
    options.default ? ' w:default="1"' : "",
    options.custom ? ' w:customStyle="1"' : "",
    ` w:styleId="${id}"><w:name w:val="${name}"/>`,
    basedOn ? `<w:basedOn w:val="${basedOn}"/>` : "",
    next ? `<w:next w:val="${next}"/>` : "",
    link ? `<w:link w:val="${link}"/>` : "",
    `<w:uiPriority w:val="${priority}"/>`,
    options.semiHidden ? "<w:semiHidden/>" : "",
    options.unhideWhenUsed ? "<w:unhideWhenUsed/>" : "",
    options.quick ? "<w:qFormat/>" : "",
    paragraph ? `<w:pPr>${paragraph}</w:pPr>` : "",
    run ? `<w:rPr>${run}</w:rPr>` : "",
    table,
    "</w:style>",
  ].join("");
}

/** The look of paragraphs that hold images: lines as high as they are, none of them indented. */
function figureStyle({ styles, captions }: Template): ParagraphStyle {
  return {
    ...styles.caption,
    leading: { lines: 1 },
    align: captions.form === "apa" ? "left" : "center",
    left: 0,
    right: 0,
    indent: 0,
  };
}

/** The spacing, indents and alignment of a paragraph, in the order of CT_PPr (17.3.1.26). */
function paragraphFormat(look: ParagraphStyle, font: Font): string {
  const { before, after, left, right, indent, align } = look;
  const line = lineFormat(look, font);
  const firstLine = indent < 0 ? `w:hanging="${twips(-indent)}"` : `w:firstLine="${twips(indent)}"`;
  return [
    `<w:spacing w:before="${twips(before)}" w:after="${twips(after)}" ${line}/>`,
    `<w:ind w:left="${twips(left)}" w:right="${twips(right)}" ${firstLine}/>`,
    `<w:jc w:val="${align === "justify" ? "both" : align}"/>`,
  ].join("");
}

/**
 * The distance of lines. Single-spaced ones of a size that Word rounds otherwise
 * than LibreOffice and the PDF do are at least as high as there: formulas and
 * letters that are higher have room all the same (17.18.48).
 */
function lineFormat({ leading, size }: ParagraphStyle, font: Font): string {
  if ("points" in leading) return `w:line="${twips(leading.points)}" w:lineRule="exact"`;
  const heights = wordFontHeights(font);
  const height = heights && leading.lines === 1 ? higherThanInWord(heights, size) : undefined;
  if (height !== undefined) return `w:line="${twips(height)}" w:lineRule="atLeast"`;
  return `w:line="${Math.round(leading.lines * 240)}" w:lineRule="auto"`;
}

/** The weight, slope, case and size of a paragraph's letters, in the order of CT_RPr. */
function runFormat({ bold, italic, capitals, size }: ParagraphStyle, normal: number): string {
  return [
    bold ? "<w:b/><w:bCs/>" : "",
    italic ? "<w:i/><w:iCs/>" : "",
    capitals ? "<w:caps/>" : "",
    size === normal ? "" : sizeFormat(size),
  ].join("");
}

function sizeFormat(points: number): string {
  const halfPoints = Math.round(points * 2);
  return `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
}

/** Word keeps three languages, by script: Latin and its like, East Asian, right to left. */
function languageFormat(lang: string): string {
  const tag = escapeXml(lang);
  const eastAsian = /^(ja|ko|zh)\b/.test(lang) ? tag : "en-US";
  const rightToLeft = /^(ar|fa|he|ur|yi)\b/.test(lang) ? tag : "ar-SA";
  return `<w:lang w:val="${tag}" w:eastAsia="${eastAsian}" w:bidi="${rightToLeft}"/>`;
}

/** What Word assumes of its built-in styles that the document does not define (17.7.4.5). */
function latentStyles(): string {
  const exceptions: [name: string, priority: number, quick: boolean, semiHidden: boolean][] = [
    ["Normal", 0, true, false],
    ...Array.from({ length: 9 }, (_, index): [string, number, boolean, boolean] => [
      `heading ${index + 1}`,
      9,
      true,
      index > 0,
    ]),
    ...Array.from({ length: 9 }, (_, index): [string, number, boolean, boolean] => [
      `toc ${index + 1}`,
      39,
      false,
      true,
    ]),
    ["caption", 35, true, true],
    ["Title", 10, true, false],
    ["Subtitle", 11, true, false],
    ["Strong", 22, true, false],
    ["Emphasis", 20, true, false],
    ["Table Grid", 39, false, false],
    ["List Paragraph", 34, true, false],
    ["Quote", 29, true, false],
    ["Intense Quote", 30, true, false],
    ["Bibliography", 37, false, true],
    ["TOC Heading", 39, true, true],
  ];
  const lines = exceptions.map(
    ([name, priority, quick, semiHidden]) =>
      `<w:lsdException w:name="${name}"${semiHidden ? ' w:semiHidden="1"' : ""} w:uiPriority="${priority}"${semiHidden ? ' w:unhideWhenUsed="1"' : ""}${quick ? ' w:qFormat="1"' : ""}/>`,
  );
  return `<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376">${lines.join("")}</w:latentStyles>`;
}
