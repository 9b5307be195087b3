// The text of a template (YAML) -> Template. Every length becomes points.

import { type Report, type Span, severities } from "../diagnostic.js";
import type { ParagraphStyleName } from "../document.js";
import { didYouMean } from "../nearest.js";
import {
  isTitlePageField,
  LEAST_TEXT,
  type Leading,
  type Page,
  type PageNumbers,
  type ParagraphStyle,
  type Template,
  titlePageFields,
  tooNarrow,
} from "../template.js";
import { editionDeclarations } from "./edition.js";
import {
  boolean,
  integer,
  invalidValue,
  length,
  list,
  located,
  map,
  oneOf,
  optional,
  type Read,
  required,
  text,
  typeMismatch,
} from "./fields.js";
import { fontFields, type ReadFontBytes, resolveFonts } from "./fonts.js";
import { readLogo, templateLogo } from "./logo.js";
import { matterPlaces } from "./matter.js";
import { headingFields, labelFields } from "./numbering.js";
import { headsWithNumbers, lineNumbers, runningHeads } from "./running-heads.js";
import { declarationTexts, placedMatter, readDeclarations } from "./template-matter.js";
import { readYaml, type SourceText } from "./yaml.js";

const styleNames = [
  "title",
  "subtitle",
  "title-page",
  "heading-1",
  "heading-2",
  "heading-3",
  "heading-4",
  "front-heading",
  "body",
  "abstract",
  "dedication",
  "quotation",
  "list",
  "code",
  "verse",
  "epigraph",
  "definition",
  "caption",
  "source",
  "table",
  "table-head",
  "equation",
  "note",
  "entry",
  "annotation",
  "index",
  "contents-1",
  "contents-2",
  "contents-3",
  "thematic-break",
  "header",
  "footer",
] as const satisfies readonly ParagraphStyleName[];

/** Width and height in points: ISO 216, and the North American sizes. */
const papers = {
  A4: [210 / 25.4, 297 / 25.4],
  A5: [148 / 25.4, 210 / 25.4],
  B5: [176 / 25.4, 250 / 25.4],
  letter: [8.5, 11],
  legal: [8.5, 14],
} as const;

/** Reads the size of a font: 4 to 144 points. */
const size = within(length, 4, 144);

/** Reads a number of lines, `1.5`, or a length, `15pt`. */
const leading: Read<Leading> = (node, name, report) => {
  if (node.type === "scalar" && /^\d+(\.\d+)?$/.test(node.text)) {
    const lines = Number(node.text);
    if (lines >= 0.5 && lines <= 5) return { lines };
    return invalidValue(node, `"${name}" must lie between 0.5 and 5 lines`, report);
  }
  if (node.type !== "scalar" || !/^\d/.test(node.text)) {
    typeMismatch(node, name, "a number of lines such as 1.5, or a length such as 15pt", report);
    return undefined;
  }
  const points = within(length, 4, 300)(node, name, report);
  return points === undefined ? undefined : { points };
};

/** Reads the name of a paper, or `{ width: 6in, height: 9in }`, as width and height in points. */
const paper: Read<PageFields["paper"]> = (node, name, report) => {
  if (node.type === "map") {
    const side = required(within(length, 2 * LEAST_TEXT, 22 * 72));
    const sides = map({ width: side, height: side })(node, name, report);
    return sides && [sides.width, sides.height];
  }
  const known = oneOf(["A4", "A5", "B5", "letter", "legal"])(node, name, report);
  if (!known) return undefined;
  const [width, height] = papers[known];
  return [Number((width * 72).toFixed(2)), Number((height * 72).toFixed(2))];
};

/** Blank space above or below cannot be negative, and fits on a page. */
const space = within(length, 0, 800);

const paragraphStyle = map({
  size: optional(size),
  leading: optional(leading),
  align: optional(oneOf(["left", "right", "center", "justify"])),
  indent: optional(length),
  left: optional(length),
  right: optional(length),
  before: optional(space),
  after: optional(space),
  bold: optional(boolean),
  italic: optional(boolean),
  capitals: optional(boolean),
});

const plainStyle: ParagraphStyle = {
  size: 12,
  leading: { lines: 1 },
  align: "left",
  indent: 0,
  left: 0,
  right: 0,
  before: 0,
  after: 0,
  bold: false,
  italic: false,
  capitals: false,
};

const titlePageText: Read<string> = (node, name, report) => {
  const value = text(node, name, report);
  for (const [, field = ""] of (value ?? "").matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)) {
    if (isTitlePageField(field)) continue;
    const near = didYouMean(field, titlePageFields);
    return invalidValue(
      node,
      `a title page has no field "${field}"`,
      report,
      ...(near.length ? near : [`the fields are ${titlePageFields.join(", ")}`]),
    );
  }
  return value?.replace(/\{\{\s*([a-z-]+)\s*\}\}/g, "{{$1}}");
};

const titlePageLine = map({
  text: required(titlePageText),
  style: optional(oneOf(styleNames)),
  before: optional(space),
});

const numberForm = oneOf(["none", "roman", "arabic"]);

const templateFields = map({
  title: required(text),
  page: required(
    located(
      map({
        paper: required(paper),
        margins: required(
          map({
            top: required(space),
            bottom: required(space),
            left: required(space),
            right: required(space),
          }),
        ),
        gutter: optional(space),
        facing: optional(boolean),
        header: optional(space),
        footer: optional(space),
      }),
    ),
  ),
  fonts: optional(fontFields),
  numerals: optional(oneOf(["lining", "old-style"])),
  "hanging-punctuation": optional(boolean),
  hyphenate: optional(boolean),
  "indent-first-paragraph": optional(boolean),
  "chapters-on-new-page": optional(boolean),
  "chapters-on": optional(oneOf(["any", "right"])),
  base: optional(paragraphStyle),
  styles: optional(
    map(Object.fromEntries(styleNames.map((name) => [name, optional(paragraphStyle)]))),
  ),
  "title-page": optional(
    list((node, name, report) => {
      const isLogo = node.type === "map" && node.entries.some(({ key }) => key === "logo");
      return (isLogo ? templateLogo : titlePageLine)(node, name, report);
    }),
  ),
  "front-matter": optional(located(matterPlaces)),
  "back-matter": optional(located(matterPlaces)),
  declaration: optional(declarationTexts),
  editions: optional(editionDeclarations),
  "abstract-words": optional(integer(1, 100_000)),
  "contents-depth": optional(integer(1, 3)),
  headings: optional(map(headingFields)),
  "figure-placement": optional(oneOf(["float", "in-place"])),
  captions: optional(
    map({
      ...labelFields,
      form: optional(oneOf(["run-in", "apa"])),
      figure: optional(oneOf(["above", "below"])),
    }),
  ),
  "page-numbers": optional(
    map({
      place: optional(oneOf(["header", "footer"])),
      align: optional(oneOf(["left", "right", "center", "outside"])),
      "front-matter": optional(numberForm),
      body: optional(numberForm),
      "count-title-page": optional(boolean),
      "show-on-title-page": optional(boolean),
    }),
  ),
  "running-heads": optional(located(runningHeads)),
  "line-numbers": optional(lineNumbers),
  "line-grid": optional(located(boolean)),
  "cite-this-work": optional(boolean),
  "reference-docx": optional(located(text)),
});

/**
 * Reads a template. A paragraph style has what `base` says and, above that, what
 * it says itself. Reports what is wrong in it, margins that leave no room for
 * text included, and then returns undefined. `readFile` reads the author's own
 * fonts and logos, whose paths are relative to the template.
 */
export function readTemplate(
  source: SourceText,
  id: string,
  report: Report,
  readFile: ReadFontBytes = () => undefined,
): Template | undefined {
  let failed = false;
  const fail: Report = (diagnostic) => {
    failed = true;
    report(diagnostic);
  };
  const root = readYaml(source, fail);
  if (!root) {
    if (!failed) report(emptyTemplate(source));
    return undefined;
  }
  const fields = templateFields(root, "the template", fail);
  if (!fields) return undefined;
  const page = readPage(fields.page.value);
  refuseNarrowPage(page, fields.page.span, fail);
  const matter = placedMatter(fields["front-matter"], fields["back-matter"], fail);
  const fonts = resolveFonts(fields.fonts, readFile, (diagnostic) =>
    (severities[diagnostic.code] === "error" ? fail : report)(diagnostic),
  );
  const lines = fields["title-page"] ?? [];
  const titlePage = lines.flatMap((line): Template["titlePage"] => {
    if ("text" in line) {
      const { text, style = "title-page", before } = line;
      return [{ text, style, ...(before !== undefined && { before }) }];
    }
    const logo = readLogo({ ...line, file: line.logo }, readFile, (diagnostic) =>
      (severities[diagnostic.code] === "error" ? fail : report)(diagnostic),
    );
    if (!logo) failed = true;
    return logo ? [logo] : [];
  });
  if (failed) return undefined;

  const base = { ...plainStyle, ...fields.base };
  const styles = Object.fromEntries(
    styleNames.map((name) => [name, { ...base, ...fields.styles?.[name] }]),
  ) as Record<ParagraphStyleName, ParagraphStyle>;
  styles.equation = { ...base, align: "center", before: 6, after: 6, ...fields.styles?.equation };
  // As wide as the second line of an entry, where the template says nothing else.
  styles.annotation = { ...styles.entry, indent: 0, ...fields.styles?.annotation };
  const numbers = fields["page-numbers"];
  const pageNumbers: PageNumbers = {
    place: numbers?.place ?? "footer",
    align: numbers?.align ?? "center",
    frontMatter: numbers?.["front-matter"] ?? "roman",
    body: numbers?.body ?? "arabic",
    countTitlePage: numbers?.["count-title-page"] ?? true,
    showOnTitlePage: numbers?.["show-on-title-page"] ?? false,
  };
  const heads = fields["running-heads"];
  const running = heads && headsWithNumbers(heads, page.facing, pageNumbers, fail);
  const grid = fields["line-grid"];
  if (grid?.value && !("points" in styles.body.leading)) refuseGrid(grid.span, fail);
  if (failed) return undefined;
  return {
    id,
    title: fields.title,
    page,
    fonts,
    numerals: fields.numerals ?? "lining",
    hangingPunctuation: fields["hanging-punctuation"] ?? false,
    hyphenate: fields.hyphenate ?? false,
    indentFirstParagraph: fields["indent-first-paragraph"] ?? false,
    // A chapter that must begin on a right-hand page begins a page.
    chaptersOnNewPage: fields["chapters-on-new-page"] ?? fields["chapters-on"] === "right",
    chaptersOn: fields["chapters-on"] ?? "any",
    styles,
    titlePage,
    ...matter,
    declarations: readDeclarations(fields.declaration ?? [], source, report),
    ...(fields.editions && { editions: fields.editions }),
    ...(fields["abstract-words"] && { abstractWords: fields["abstract-words"] }),
    contentsDepth: fields["contents-depth"] ?? 3,
    headings: {
      numbers: fields.headings?.numbers ?? "none",
      depth: fields.headings?.depth ?? 3,
      separator: fields.headings?.separator ?? "period",
    },
    figurePlacement: fields["figure-placement"] ?? "float",
    captions: {
      form: fields.captions?.form ?? "run-in",
      figure: fields.captions?.figure ?? "below",
      counted: fields.captions?.counted ?? "through",
      references: fields.captions?.references ?? "lower",
    },
    pageNumbers,
    ...(running && { runningHeads: running }),
    ...(fields["line-numbers"] && { lineNumbers: fields["line-numbers"] }),
    lineGrid: grid?.value ?? false,
    citeThisWork: fields["cite-this-work"] ?? false,
    ...(fields["reference-docx"] && { referenceDocx: fields["reference-docx"] }),
  };
}

const emptyTemplate = ({ file }: SourceText) =>
  ({
    code: "field-missing",
    message: "the template is empty",
    span: { file, start: 0, end: 0 },
  }) as const;

function refuseGrid(span: Span, report: Report): void {
  report({
    code: "value-invalid",
    message: 'a grid needs lines of a fixed height, and the leading of "body" is a multiple',
    span,
    hints: ['give "body" a leading such as 14pt'],
  });
}

interface PageFields {
  readonly paper: readonly [width: number, height: number];
  readonly margins: Page["margins"];
  readonly gutter?: number;
  readonly facing?: boolean;
  readonly header?: number;
  readonly footer?: number;
}

function readPage({
  paper,
  margins,
  gutter = 0,
  facing = false,
  header,
  footer,
}: PageFields): Page {
  const [width, height] = paper;
  return {
    width,
    height,
    margins,
    gutter,
    facing,
    header: header ?? margins.top / 2,
    footer: footer ?? margins.bottom / 2,
  };
}

function refuseNarrowPage(page: Page, span: Span, report: Report) {
  const side = tooNarrow(page);
  if (!side) return;
  report({
    code: "value-invalid",
    message: `the margins leave less than an inch of the page's ${side} for text`,
    span: { ...span, end: span.start + 1 },
  });
}

/** Returns a reader that also refuses lengths outside of bounds in points. */
function within(read: Read<number>, least: number, most: number): Read<number> {
  return (node, name, report) => {
    const value = read(node, name, report);
    if (value === undefined || (value >= least && value <= most)) return value;
    return invalidValue(node, `"${name}" must lie between ${least} and ${most} points`, report);
  };
}
