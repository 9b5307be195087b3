// The paragraphs of a DOCX as they can be read: text, and each field as
// `{code|what it shows}`; bookmarks as `[name: …]`, links as `<name: …>`.

import { childrenOf, type Element, named, parseXml, textOf } from "../docx/xml-tree.js";

/** Returns a line for each paragraph of a part that shows something; styles are those of headings and lists. */
export function fieldLines(part: string): string[] {
  return named(parseXml(part), "w:p").flatMap((paragraph) => {
    const content = contentOf(paragraph).trim();
    if (!content) return [];
    const [properties] = childrenOf(paragraph, "w:pPr");
    const [style] = properties ? named(properties, "w:pStyle") : [];
    const name = style?.attributes["w:val"] ?? "";
    return [/Heading|^TOC|TableofFigures/.test(name) ? `${name}: ${content}` : content];
  });
}

function contentOf(element: Element): string {
  return childrenOf(element)
    .map((child) => {
      switch (child.name) {
        case "w:hyperlink":
          return `<${child.attributes["w:anchor"] ?? "url"}: ${contentOf(child)}>`;
        case "w:bookmarkStart":
          return `[${child.attributes["w:name"]}: `;
        case "w:bookmarkEnd":
          return "]";
        case "w:r":
          return runOf(child);
        default:
          return "";
      }
    })
    .join("");
}

function runOf(run: Element): string {
  return childrenOf(run)
    .map((child) => {
      switch (child.name) {
        case "w:fldChar":
          return fieldMarks[child.attributes["w:fldCharType"]!]!(child);
        case "w:instrText":
          return textOf(child).trim();
        case "w:t":
          return textOf(child).replaceAll("\u00a0", "_");
        case "w:tab":
          return " → ";
        case "w:br":
          return " / ";
        case "w:footnoteReference":
          return "^";
        default:
          return "";
      }
    })
    .join("");
}

const fieldMarks: Readonly<Record<string, (mark: Element) => string>> = {
  begin: ({ attributes }) => (attributes["w:fldLock"] ? "{locked " : "{"),
  separate: () => "|",
  end: () => "}",
};
