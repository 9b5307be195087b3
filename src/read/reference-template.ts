// A university's Word document as a template of ours: the page and the paragraph
// styles are taken from it, so that our layout, its page numbers and the PDF
// follow it. What it does not say is the base template's.

import type { Report, Span } from "../diagnostic.js";
import type { ParagraphStyleName } from "../document.js";
import type { Font, FontFamily, Fonts } from "../fonts.js";
import type { PageHeads } from "../page-heads.js";
import {
  defaultStyle,
  type HeadKind,
  headsOf,
  type ReferenceDocx,
  styleChain,
  styleNamed,
} from "../reference-docx.js";
import {
  type HeadingNumbers,
  type Leading,
  type Page,
  type PageNumbers,
  type ParagraphStyle,
  type Template,
  tooNarrow,
} from "../template.js";
import {
  childElements,
  childNamed,
  childValue,
  descendants,
  isOn,
  type XmlElement,
} from "../xml-tree.js";
import { type OpenedDocx, parsePart } from "./reference-docx.js";

/** A reference document, and the template that is made from it. */
export interface Referenced {
  readonly reference: ReferenceDocx;
  readonly template: Template;
}

/** Word's names of our paragraph styles, as they stand in the file in all languages. */
const wordNames: Readonly<Partial<Record<ParagraphStyleName, string>>> = {
  title: "Title",
  subtitle: "Subtitle",
  "title-page": "Title Page",
  "heading-1": "heading 1",
  "heading-2": "heading 2",
  "heading-3": "heading 3",
  "heading-4": "heading 4",
  "front-heading": "Front Heading",
  body: "Body Text",
  abstract: "Abstract",
  dedication: "Dedication",
  quotation: "Quote",
  list: "List Paragraph",
  code: "Source Code",
  verse: "Verse",
  epigraph: "Epigraph",
  definition: "Definition",
  caption: "caption",
  source: "Source",
  table: "Table Text",
  "table-head": "Table Head",
  equation: "Equation",
  note: "footnote text",
  entry: "Bibliography",
  annotation: "Annotation",
  index: "index 1",
  "contents-1": "toc 1",
  "contents-2": "toc 2",
  "contents-3": "toc 3",
  "thematic-break": "Thematic Break",
  header: "header",
  footer: "footer",
};

/**
 * Returns the template that a reference document makes of `base`. Reports a
 * `reference-invalid` where its margins leave no room for text and then returns
 * undefined; and a `reference-unfollowed` where its headings are numbered in a
 * way that ours cannot be.
 */
export function referTemplate(
  opened: OpenedDocx,
  base: Template,
  report: Report,
  span?: Span,
): Referenced | undefined {
  const at = span && { span };
  const page = readPage(opened, base.page);
  const side = tooNarrow(page);
  if (side) {
    report({
      code: "reference-invalid",
      message: `the margins of the reference document "${opened.file}" leave less than an inch of the page's ${side} for text`,
      ...at,
      hints: ["look at its page setup in Word: Layout, Margins"],
    });
    return undefined;
  }
  const normal = defaultStyle(opened.styles, "paragraph");
  const body = styleNamed(opened.styles, "paragraph", "Body Text") ?? normal;
  const look = resolved(opened, body, base.styles.body);
  const text = fontOf(opened, body);
  const first = styleNamed(opened.styles, "paragraph", "heading 1");
  const numbering = headingNumbering(opened, base);
  if (numbering === "other") {
    report({
      code: "reference-unfollowed",
      message: `"${opened.file}" numbers its headings in a way that contents and references cannot follow; they have the template's numbers`,
      ...at,
      hints: ["decimal numbers (1, 1.1) and Chapter 1 are followed"],
    });
  }
  const headings = typeof numbering === "object" ? numbering : undefined;
  const styles = readStyles(opened, base, look.style);
  const numbers = readPageNumbers(opened);
  const { runningHeads: _, ...rest } = base;
  const own = numbers.hasHeader ? rest : base;
  const template: Template = {
    ...own,
    page,
    styles,
    fonts: {
      ...base.fonts,
      text: nearest(text, base.fonts.text),
      headings: nearest(first ? fontOf(opened, first) : text, base.fonts.headings),
    },
    numerals: "lining",
    hyphenate: isOn(opened.settings, "w:autoHyphenation") ?? false,
    hangingPunctuation: false,
    lineGrid: false,
    chaptersOnNewPage: base.chaptersOnNewPage || look.breaksPage(first),
    ...(headings && { headings }),
    pageNumbers: { ...base.pageNumbers, ...numbers.place },
  };
  const reference: ReferenceDocx = {
    ...opened,
    headings,
    lineScale: lineScale(text, template.fonts),
  };
  return { reference, template };
}

// ---- the page -----------------------------------------------------------------------

export const points = (twips: string | undefined): number | undefined => {
  const value = Number(twips);
  return twips === undefined || !Number.isFinite(value) ? undefined : value / 20;
};

function readPage({ section, settings }: OpenedDocx, base: Page): Page {
  const size = childNamed(section, "w:pgSz")?.attributes;
  const margin = childNamed(section, "w:pgMar")?.attributes;
  const width = points(size?.get("w:w")) ?? base.width;
  const height = points(size?.get("w:h")) ?? base.height;
  const lies = size?.get("w:orient") === "landscape";
  const from = (name: string) => points(margin?.get(`w:${name}`));
  // A margin below zero is one that heads do not push away.
  const edge = (name: "top" | "right" | "bottom" | "left") =>
    Math.abs(from(name) ?? base.margins[name]);
  const sides = {
    top: edge("top"),
    right: edge("right"),
    bottom: edge("bottom"),
    left: edge("left"),
  };
  return {
    width: lies ? height : width,
    height: lies ? width : height,
    margins: lies
      ? { top: sides.left, right: sides.top, bottom: sides.right, left: sides.bottom }
      : sides,
    gutter: margin ? (from("gutter") ?? 0) : base.gutter,
    facing: isOn(settings, "w:mirrorMargins") ?? false,
    header: from("header") ?? base.header,
    footer: from("footer") ?? base.footer,
  };
}

/** Where its page numbers stand, and whether it has heads of its own. */
function readPageNumbers(opened: OpenedDocx): {
  readonly place: Partial<PageNumbers>;
  readonly hasHeader: boolean;
} {
  let hasHeader = false;
  let place: Partial<PageNumbers> = {};
  for (const [key, target] of headsOf(opened).body) {
    const isHeader = key.startsWith("header");
    if (isHeader) hasHeader = true;
    if (!key.endsWith(" default") || !opened.parts.has(target)) continue;
    const root = parsePart(target, opened.parts, opened.namespaces);
    const paragraph = [...descendants(root)].find(
      (element) => element.name === "w:p" && [...descendants(element)].some(isPageField),
    );
    if (!paragraph) continue;
    const properties = childNamed(paragraph, "w:pPr");
    const id_ = childValue(properties, "w:pStyle");
    const style = childElements(opened.styles, "w:style").find(
      (one) => one.attributes.get("w:styleId") === id_,
    );
    const align = childValue(properties, "w:jc") ?? resolvedValue(opened, style, "w:jc");
    place = {
      place: isHeader ? "header" : "footer",
      align: align === "center" ? "center" : /^(?:right|end)$/.test(align ?? "") ? "right" : "left",
    };
  }
  return { place, hasHeader };
}

function isPageField(element: XmlElement): boolean {
  const code =
    element.name === "w:fldSimple"
      ? element.attributes.get("w:instr")
      : element.name === "w:instrText"
        ? element.children.join("")
        : undefined;
  return /^\s*PAGE\b/i.test(code ?? "");
}

// ---- paragraph styles ----------------------------------------------------------------

/** The formatting of a style with all that it is based on, by the names of the elements. */
export interface Formatting {
  readonly paragraph: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly run: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Returns the formatting of a style, and of properties (`w:pPr`, `w:rPr`) that go before it. */
export function formattingOf(
  { styles }: Pick<OpenedDocx, "styles">,
  style: XmlElement | undefined,
  ...direct: readonly (XmlElement | undefined)[]
): Formatting {
  const paragraph = new Map<string, Map<string, string>>();
  const run = new Map<string, Map<string, string>>();
  const apply = (properties: XmlElement | undefined, to: Map<string, Map<string, string>>) => {
    for (const { name, attributes } of properties ? childElements(properties) : []) {
      // Spacing, indents and fonts are inherited attribute by attribute.
      const isMerged = /^w:(?:spacing|ind|rFonts)$/.test(name);
      const before = isMerged ? to.get(name) : undefined;
      const own = new Map(attributes);
      if (name === "w:ind" && (own.has("w:firstLine") || own.has("w:hanging"))) {
        before?.delete("w:firstLine");
        before?.delete("w:hanging");
      }
      to.set(name, new Map([...(before ?? []), ...own]));
    }
  };
  const defaults = childNamed(styles, "w:docDefaults");
  apply(childNamed(childNamed(defaults, "w:pPrDefault"), "w:pPr"), paragraph);
  apply(childNamed(childNamed(defaults, "w:rPrDefault"), "w:rPr"), run);
  for (const one of style ? styleChain(styles, style).reverse() : []) {
    apply(childNamed(one, "w:pPr"), paragraph);
    apply(childNamed(one, "w:rPr"), run);
  }
  for (const one of direct) apply(one, one?.name === "w:pPr" ? paragraph : run);
  return { paragraph, run };
}

function resolvedValue(
  opened: OpenedDocx,
  style: XmlElement | undefined,
  name: string,
): string | undefined {
  return formattingOf(opened, style).paragraph.get(name)?.get("w:val");
}

/** Returns the look of a style of theirs; `base` says what a number that makes no sense is. */
function resolved(opened: OpenedDocx, style: XmlElement | undefined, base: ParagraphStyle) {
  const { paragraph, run } = formattingOf(opened, style);
  const halfPoints = Number(run.get("w:sz")?.get("w:val") ?? 20);
  const size = halfPoints >= 8 && halfPoints <= 288 ? halfPoints / 2 : base.size;
  const spacing = paragraph.get("w:spacing");
  const ind = paragraph.get("w:ind");
  const on = (name: string) => {
    const property = run.get(name);
    return property !== undefined && !/^(?:0|false|off)$/.test(property.get("w:val") ?? "1");
  };
  const side = (name: string, other: string) =>
    points(ind?.get(`w:${name}`) ?? ind?.get(`w:${other}`)) ?? 0;
  const hanging = points(ind?.get("w:hanging"));
  const space = (name: "before" | "after") =>
    /^(?:1|true|on)$/.test(spacing?.get(`w:${name}Autospacing`) ?? "")
      ? 14
      : within(points(spacing?.get(`w:${name}`)) ?? 0, 0, 800);
  const isClose = isSet(paragraph, "w:contextualSpacing");
  const found: ParagraphStyle = {
    size,
    leading: leadingOf(spacing, size),
    align: alignOf(paragraph.get("w:jc")?.get("w:val")),
    indent: hanging === undefined ? (points(ind?.get("w:firstLine")) ?? 0) : -hanging,
    left: within(side("left", "start"), 0, 400),
    right: within(side("right", "end"), 0, 400),
    before: isClose ? 0 : space("before"),
    after: isClose ? 0 : space("after"),
    bold: on("w:b"),
    italic: on("w:i"),
    capitals: on("w:caps"),
  };
  return {
    style: found,
    breaksPage: (heading: XmlElement | undefined) =>
      heading !== undefined && isSet(formattingOf(opened, heading).paragraph, "w:pageBreakBefore"),
  };
}

/** Whether a property is on among those of a formatting. */
export function isSet(properties: Formatting["paragraph"], name: string): boolean {
  const property = properties.get(name);
  return property !== undefined && !/^(?:0|false|off)$/.test(property.get("w:val") ?? "1");
}

const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

export function leadingOf(spacing: ReadonlyMap<string, string> | undefined, size: number): Leading {
  const line = Number(spacing?.get("w:line") ?? 240);
  const rule = spacing?.get("w:lineRule") ?? "auto";
  if (!Number.isFinite(line) || line <= 0) return { lines: 1 };
  if (rule === "auto") return { lines: within(line / 240, 0.5, 5) };
  // At least so much: lines that are higher by themselves stay as they are.
  if (rule === "atLeast" && line / 20 <= size * 1.16) return { lines: 1 };
  return { points: within(line / 20, 4, 300) };
}

export function alignOf(value: string | undefined): ParagraphStyle["align"] {
  switch (value) {
    case "both":
    case "distribute":
      return "justify";
    case "center":
      return "center";
    case "right":
    case "end":
      return "right";
    default:
      return "left";
  }
}

function readStyles(opened: OpenedDocx, base: Template, body: ParagraphStyle): Template["styles"] {
  const styles = {} as Record<ParagraphStyleName, ParagraphStyle>;
  const names = Object.keys(wordNames) as ParagraphStyleName[];
  for (const name of names) {
    const found = styleNamed(opened.styles, "paragraph", wordNames[name]!);
    styles[name] = found
      ? withoutNumberIndent(name, resolved(opened, found, base.styles[name]).style)
      : likeBody(base.styles[name], base.styles.body, body);
  }
  styles.body = body;
  const has = (name: ParagraphStyleName) =>
    styleNamed(opened.styles, "paragraph", wordNames[name]!) !== undefined;
  // The headings of front matter are those of chapters, without their numbers.
  if (!has("front-heading")) styles["front-heading"] = { ...styles["heading-1"] };
  if (!has("abstract")) styles.abstract = { ...body, indent: base.styles.abstract.indent };
  if (!has("list")) styles.list = { ...body, left: 0, indent: 0 };
  return styles;
}

/** A number hangs before its heading by itself, in our layout. */
function withoutNumberIndent(name: ParagraphStyleName, look: ParagraphStyle): ParagraphStyle {
  if (!name.startsWith("heading-")) return look;
  return { ...look, left: Math.max(0, look.left + Math.min(0, look.indent)), indent: 0 };
}

/** Returns a look of the base template beside the body of theirs, instead of its own. */
function likeBody(
  look: ParagraphStyle,
  ours: ParagraphStyle,
  theirs: ParagraphStyle,
): ParagraphStyle {
  const sameLeading = JSON.stringify(look.leading) === JSON.stringify(ours.leading);
  const size = Math.round((look.size / ours.size) * theirs.size * 2) / 2;
  return {
    ...look,
    size,
    leading: sameLeading
      ? theirs.leading
      : "points" in look.leading
        ? { points: (look.leading.points * size) / look.size }
        : look.leading,
    align: look.align === ours.align ? theirs.align : look.align,
  };
}

// ---- numbers of headings -----------------------------------------------------------------

/** Returns how their heading styles are numbered: not at all, in a way of ours, or in another. */
function headingNumbering(opened: OpenedDocx, base: Template): HeadingNumbers | "none" | "other" {
  const levels: XmlElement[] = [];
  for (let level = 1; level <= 9; level++) {
    const found = headingLevel(opened, level);
    if (!found || childValue(found, "w:numFmt") === "none") break;
    levels.push(found);
  }
  const [first, ...others] = levels;
  if (!first) return "none";
  const decimal = (level: XmlElement, index: number) =>
    childValue(level, "w:numFmt") === "decimal" &&
    text(level).replace(/\.$/, "") ===
      Array.from({ length: index + 1 }, (_, at) => `%${at + 1}`).join(".");
  const text = (level: XmlElement) => (childValue(level, "w:lvlText") ?? "").trim();
  if (!others.every((level, index) => decimal(level, index + 1))) return "other";
  const depth = levels.length;
  if (decimal(first, 0)) return { numbers: "decimal", depth, separator: base.headings.separator };
  const [, word, end] = /^(\p{L}+)[\s\u00a0]%1([.:]?)$/u.exec(text(first)) ?? [];
  if (!word) return "other";
  const format = childValue(first, "w:numFmt");
  if (format !== "decimal" && format !== "cardinalText") return "other";
  return {
    numbers: format === "decimal" ? "chapter" : "chapter-words",
    depth,
    separator: end === ":" ? "colon" : "period",
  };
}

/** Returns the level of a list that a heading style is on (17.9.6), with its overrides. */
function headingLevel(opened: OpenedDocx, level: number): XmlElement | undefined {
  const { styles, numbering } = opened;
  const style = styleNamed(styles, "paragraph", `heading ${level}`);
  if (!style || !numbering) return undefined;
  let id: string | undefined;
  let at: string | undefined;
  for (const one of styleChain(styles, style).toReversed()) {
    const list = childNamed(childNamed(one, "w:pPr"), "w:numPr");
    id = childValue(list, "w:numId") ?? id;
    at = childValue(list, "w:ilvl") ?? at;
  }
  if (id === undefined || id === "0") return undefined;
  const number = childElements(numbering, "w:num").find(
    (one) => one.attributes.get("w:numId") === id,
  );
  const definition = childElements(numbering, "w:abstractNum").find(
    (one) => one.attributes.get("w:abstractNumId") === childValue(number, "w:abstractNumId"),
  );
  if (!definition) return undefined;
  const all = childElements(definition, "w:lvl");
  const styleId = style.attributes.get("w:styleId");
  return (
    all.find((one) => childValue(one, "w:pStyle") === styleId) ??
    all.find((one) => one.attributes.get("w:ilvl") === (at ?? "0"))
  );
}

// ---- fonts -----------------------------------------------------------------------------

/** The height of a line, as a share of the size, of fonts that universities ask for. */
const lineHeights: Readonly<Record<string, readonly [family: FontFamily, height: number]>> = {
  "times new roman": ["times", 1.149],
  arial: ["arial", 1.149],
  helvetica: ["arial", 1.149],
  calibri: ["arial", 1.2207],
  cambria: ["times", 1.1724],
  garamond: ["garamond", 1.125],
  "eb garamond": ["garamond", 1.305],
  georgia: ["times", 1.1362],
  "book antiqua": ["times", 1.2339],
  "palatino linotype": ["times", 1.3486],
  verdana: ["arial", 1.2153],
  tahoma: ["arial", 1.207],
  aptos: ["arial", 1.2824],
  "courier new": ["courier", 1.1328],
};

/** The height of a line in the shipped families. */
const ownHeights: Readonly<Record<FontFamily, number>> = {
  times: 1.149,
  arial: 1.149,
  garamond: 1.305,
  courier: 1.1328,
};

/** Returns the name of the font of a style, that of the theme if it has one from there. */
function fontOf(opened: OpenedDocx, style: XmlElement | undefined): string | undefined {
  return fontIn(opened, formattingOf(opened, style));
}

/** Returns the name of the font of a formatting. */
export function fontIn(
  opened: Pick<OpenedDocx, "theme" | "parts" | "namespaces">,
  { run }: Formatting,
): string | undefined {
  const fonts = run.get("w:rFonts");
  const theme = fonts?.get("w:asciiTheme");
  const named = fonts?.get("w:ascii") ?? fonts?.get("w:hAnsi");
  if (!theme || !opened.theme) return named;
  const root = parsePart(opened.theme, opened.parts, opened.namespaces);
  const kind = theme.startsWith("major") ? "a:majorFont" : "a:minorFont";
  const font = [...descendants(root)].find(({ name }) => name === kind);
  return childNamed(font, "a:latin")?.attributes.get("typeface") || named;
}

/** Returns the shipped family that is most like a font, or `base` where nothing is known of it. */
export function nearest(name: string | undefined, base: Font): Font {
  if (!name) return base;
  const known = lineHeights[name.toLowerCase()]?.[0];
  if (known) return known;
  if (/courier|mono|consol|typewriter/i.test(name)) return "courier";
  if (/garamond/i.test(name)) return "garamond";
  if (
    /sans|arial|helvet|grotes|segoe|frutiger|univers|futura|gothic|lato|roboto|open/i.test(name)
  ) {
    return "arial";
  }
  return "times";
}

function lineScale(name: string | undefined, { text }: Fonts): number {
  const height = name === undefined ? undefined : lineHeights[name.toLowerCase()]?.[1];
  return height === undefined || typeof text === "object" ? 1 : height / ownHeights[text];
}

/** Returns a template for our layout, whose lines are as high as those of the font that it stands for. */
export function layoutTemplate(template: Template, { lineScale: scale }: ReferenceDocx): Template {
  // A font of the author's own is that of the document, with its own height.
  if (scale === 1 || typeof template.fonts.text === "object") return template;
  const styles = Object.fromEntries(
    Object.entries(template.styles).map(([name, style]) => [
      name,
      "points" in style.leading
        ? style
        : { ...style, leading: { lines: style.leading.lines * scale } },
    ]),
  ) as Template["styles"];
  return { ...template, styles };
}

/**
 * Returns a page whose margins leave room for heads that are higher than they are, as
 * Word makes it, unless a margin is below zero, which says that it stays (17.6.11).
 */
export function withRoomFor(
  { body }: PageHeads,
  page: Page,
  section: XmlElement | undefined,
): Page {
  const margins = childNamed(section, "w:pgMar")?.attributes;
  const high = (kind: HeadKind) =>
    Math.max(0, ...[...body].map(([key, { height }]) => (key.startsWith(kind) ? height : 0)));
  const edge = (side: "top" | "bottom", distance: number, height: number) =>
    height === 0 || margins?.get(`w:${side}`)?.startsWith("-")
      ? page.margins[side]
      : Math.max(page.margins[side], distance + height);
  const wider = {
    ...page,
    margins: {
      ...page.margins,
      top: edge("top", page.header, high("header")),
      bottom: edge("bottom", page.footer, high("footer")),
    },
  };
  return tooNarrow(wider) ? page : wider;
}
