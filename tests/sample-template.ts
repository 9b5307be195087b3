// The `dissertation` template as data, for tests of writers that need no reader.

import type { ParagraphStyleName } from "../src/document.js";
import type { ParagraphStyle, Template } from "../src/template.js";

const base: ParagraphStyle = {
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

const styles: Record<ParagraphStyleName, ParagraphStyle> = {
  title: { ...base, size: 18, bold: true, align: "center", after: 12 },
  subtitle: { ...base, size: 14, align: "center", after: 12 },
  "title-page": { ...base, align: "center", leading: { lines: 1.5 } },
  "heading-1": { ...base, size: 16, bold: true, after: 12 },
  "heading-2": { ...base, size: 14, bold: true, before: 12, after: 6 },
  "heading-3": { ...base, bold: true, before: 12, after: 6 },
  "heading-4": { ...base, italic: true, before: 12, after: 6 },
  "front-heading": { ...base, size: 16, bold: true, after: 12 },
  body: { ...base, leading: { lines: 2 }, indent: 36 },
  abstract: { ...base, leading: { lines: 2 } },
  dedication: { ...base, align: "center", italic: true, before: 120 },
  quotation: { ...base, left: 36, right: 36, before: 6, after: 12 },
  list: { ...base, leading: { lines: 2 } },
  code: { ...base, size: 10, left: 36, before: 6, after: 12 },
  note: { ...base, size: 10 },
  entry: { ...base, left: 36, indent: -36, after: 12 },
  annotation: { ...base, left: 36, after: 12 },
  "contents-1": { ...base, after: 6 },
  "contents-2": { ...base, left: 21, after: 6 },
  "contents-3": { ...base, left: 42, after: 6 },
  "thematic-break": { ...base, align: "center", before: 12, after: 12 },
  header: { ...base, size: 10 },
  footer: base,
};

export const sampleTemplate: Template = {
  id: "dissertation",
  title: "Dissertation",
  page: {
    width: 595.28,
    height: 841.89,
    margins: { top: 72, bottom: 72, left: 72, right: 72 },
    gutter: 36,
    header: 36,
    footer: 36,
  },
  fonts: { text: "times", code: "courier" },
  hyphenate: false,
  indentFirstParagraph: false,
  chaptersOnNewPage: true,
  styles,
  titlePage: [{ text: "{{title}}", style: "title", before: 150 }],
  frontMatter: ["dedication", "abstract", "acknowledgements", "contents"],
  contentsDepth: 3,
  pageNumbers: {
    place: "footer",
    align: "center",
    frontMatter: "roman",
    body: "arabic",
    countTitlePage: true,
    showOnTitlePage: false,
  },
  citeThisWork: false,
};
