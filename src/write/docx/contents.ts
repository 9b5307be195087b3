// The table of contents: a real field of Word that is already filled in, so
// that nothing need be updated when the file is opened.

import { type Paragraph, Tab, TextRun, type XmlComponent } from "docx";
import { type Contents, contentsItems, type Document } from "../../document.js";
import { contentsLevelStyle } from "../../template.js";
import { beginField, endField, field } from "./fields.js";
import { writeInlines } from "./inlines.js";
import type { Registry } from "./registry.js";
import { element, paragraphOf } from "./xml.js";

/**
 * Returns the lines of the contents: title, leader, page number, each line a
 * link. The field (ECMA-376-1, 17.16.5.68) collects headings by their built-in
 * styles and, for the front matter, by outline level; it begins in the first
 * line and ends in the last, so that it adds no empty paragraph.
 */
export function writeContents(
  { depth }: Contents,
  document: Document,
  registry: Registry,
): Paragraph[] {
  const { anchors, labels, template } = registry;
  const begin = beginField(`TOC \\o "1-${depth}" \\h \\z \\u`);
  const lines = contentsItems(document, depth).map(({ section, level }) => {
    const bookmark = anchors.contents.get(section)!;
    const title = writeInlines(section.title, {
      registry,
      story: "contents",
      paragraph: template.styles[contentsLevelStyle(level)],
      writeNote: () => {},
    });
    const runs: readonly XmlComponent[] = [
      ...title,
      new TextRun({ children: [new Tab()] }),
      ...field(`PAGEREF ${bookmark} \\h`, labels.get(section.id) ?? ""),
    ];
    return {
      style: `TOC${level}`,
      link: element("w:hyperlink", { "w:anchor": bookmark, "w:history": "1" }, runs),
    };
  });
  if (lines.length === 0) {
    return [paragraphOf([...begin, endField()], { style: "TOC1" })];
  }
  return lines.map(({ style, link }, index) =>
    paragraphOf(
      [...(index === 0 ? begin : []), link, ...(index === lines.length - 1 ? [endField()] : [])],
      { style },
    ),
  );
}
