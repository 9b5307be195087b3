// The table of contents: a real field of Word that is already filled in, so
// that nothing need be updated when the file is opened.

import { Tab, TextRun, type XmlComponent } from "docx";
import { type Contents, contentsItems, type Document } from "../../document.js";
import { contentsLevelStyle } from "../../template.js";
import { beginField, endField, field } from "./fields.js";
import { writeInlines } from "./inlines.js";
import type { Registry } from "./registry.js";
import { element, paragraphOf } from "./xml.js";

/**
 * Returns the contents: a line a section with its title, leader and page
 * number, each line a link. The field (ECMA-376-1, 17.16.5.68) collects
 * headings by Word's own styles and, for the front matter, by outline level. It
 * stands in a content control of the gallery of contents, as Word writes it.
 */
export function writeContents(
  { depth }: Contents,
  document: Document,
  registry: Registry,
): XmlComponent {
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
    const runs = [
      ...title,
      new TextRun({ children: [new Tab()] }),
      ...field(`PAGEREF ${bookmark} \\h`, labels.get(section.id) ?? ""),
    ];
    return {
      style: `TOC${level}`,
      runs: [element("w:hyperlink", { "w:anchor": bookmark, "w:history": "1" }, runs)],
    };
  });
  if (lines.length === 0) lines.push({ style: "TOC1", runs: [] });
  const paragraphs = lines.map(({ style, runs }, index) =>
    paragraphOf(
      [
        ...(index === 0 ? begin : []),
        ...runs,
        // In the last line, for a paragraph of its own would be an empty one.
        ...(index === lines.length - 1 ? [endField()] : []),
      ],
      { style },
    ),
  );
  const gallery = element("w:docPartObj", {}, [
    element("w:docPartGallery", { "w:val": "Table of Contents" }),
    element("w:docPartUnique"),
  ]);
  return element("w:sdt", {}, [
    element("w:sdtPr", {}, [gallery]),
    element("w:sdtContent", {}, paragraphs),
  ]);
}
