// The table of contents: a real field of Word that is already filled in, so
// that nothing need be updated when the file is opened.

import { Tab, TextRun, type XmlComponent } from "docx";
import { listedCaptions } from "../../captions.js";
import { type Contents, contentsItems, type Document, type Inline } from "../../document.js";
import { headingNumber, numberAsText } from "../../heading-number.js";
import { contentsLevelStyle, type ParagraphStyle } from "../../template.js";
import { beginField, endField, field } from "./fields.js";
import { contentsHanging } from "./heading-numbering.js";
import { writeInlines } from "./inlines.js";
import { sequenceNames } from "./labels.js";
import type { Registry } from "./registry.js";
import { element, paragraphOf } from "./xml.js";

/**
 * Returns the contents: a line a section with its number, title, leader and page
 * number, each line a link. The field (ECMA-376-1, 17.16.5.68) collects
 * headings by Word's own styles and, for the front matter, by outline level. It
 * stands in a content control of the gallery of contents, as Word writes it.
 */
export function writeContents(
  { depth }: Contents,
  document: Document,
  registry: Registry,
): XmlComponent {
  const { anchors, template } = registry;
  const lines = contentsItems(document, depth).map(({ section, level }): Line => {
    const style = contentsLevelStyle(level);
    const number = headingNumber(section.number, level, style, template);
    const look = template.styles[style];
    const hanging = number && "tab" in number.gap ? contentsHanging(number.gap, look) : undefined;
    return {
      style: `TOC${level}`,
      bookmark: anchors.contents.get(section)!,
      id: section.id,
      look,
      ...(number && { number: hanging ? number.text : numberAsText(number) }),
      ...(hanging && { hanging }),
      words: section.title,
      lang: section.lang,
    };
  });
  const gallery = element("w:docPartObj", {}, [
    element("w:docPartGallery", { "w:val": "Table of Contents" }),
    element("w:docPartUnique"),
  ]);
  return element("w:sdt", {}, [
    element("w:sdtPr", {}, [gallery]),
    element(
      "w:sdtContent",
      {},
      writeLines(lines, `TOC \\o "1-${depth}" \\h \\z \\u`, "TOC1", registry),
    ),
  ]);
}

/** Returns a list of figures or tables, which Word collects by the sequence that counts them. */
export function writeCaptionList(
  of: NonNullable<Contents["of"]>,
  document: Document,
  registry: Registry,
): XmlComponent[] {
  const style = "TableofFigures";
  const lines = listedCaptions(document, of).map(
    ({ id, caption }): Line => ({
      style,
      bookmark: registry.anchors.targets.get(id)!,
      id,
      look: registry.template.styles["contents-1"],
      words: caption,
    }),
  );
  return writeLines(lines, `TOC \\h \\z \\c "${sequenceNames[of]}"`, style, registry);
}

/** A line of contents. */
interface Line {
  readonly style: string;
  readonly bookmark: string;
  /** Of what it leads to. */
  readonly id: string;
  readonly look: ParagraphStyle;
  /** The number of a section; where the title hangs behind it a tab follows it. */
  readonly number?: string;
  /** In twips. */
  readonly hanging?: { readonly left: number; readonly hanging: number };
  readonly words: readonly Inline[];
  /** Their language, where that is not the document's. */
  readonly lang?: string | undefined;
}

/** Writes lines as the result of a field. */
function writeLines(
  lines: readonly Line[],
  code: string,
  emptyStyle: string,
  registry: Registry,
): XmlComponent[] {
  const begin = beginField(code);
  if (!lines.length) return [paragraphOf([...begin, endField()], { style: emptyStyle })];
  return lines.map((line, index) =>
    paragraphOf(
      [
        ...(index === 0 ? begin : []),
        writeLine(line, registry),
        // In the last line, for a paragraph of its own would be an empty one.
        ...(index === lines.length - 1 ? [endField()] : []),
      ],
      { style: line.style, ...(line.hanging && { indent: line.hanging }) },
    ),
  );
}

function writeLine(
  { bookmark, id, look, number, hanging, words, lang }: Line,
  registry: Registry,
): XmlComponent {
  const runs = [
    ...(number === undefined ? [] : [new TextRun(number)]),
    ...(hanging ? [new TextRun({ children: [new Tab()] })] : []),
    ...writeInlines(words, {
      registry,
      story: "contents",
      paragraph: look,
      lang: lang === registry.lang ? undefined : lang,
      writeNote: () => {},
    }),
    new TextRun({ children: [new Tab()] }),
    ...field(`PAGEREF ${bookmark} \\h`, registry.labels.get(id) ?? ""),
  ];
  return element("w:hyperlink", { "w:anchor": bookmark, "w:history": "1" }, runs);
}
