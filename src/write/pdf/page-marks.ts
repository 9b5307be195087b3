// The mark that every page has at its top in some editions, such as `DRAFT`. It is
// an artifact, no part of the text.

import type { Document } from "../../document.js";
import { pageMarkSize, pageMarkTop, type Template } from "../../template.js";
import { term } from "../../terms.js";
import type { FlowPage } from "./context.js";
import type { ParagraphNode } from "./definition.js";
import { breakParagraph } from "./paragraph.js";
import type { Typesetter } from "./text.js";

/**
 * Prints the mark in the middle above the head of each page that is not blank, if the
 * template has one. Must come behind the numbers of lines, for it has none.
 */
export function printPageMarks(
  pages: readonly FlowPage[],
  { metadata: { lang } }: Document,
  { mark, page, fonts }: Template,
  typesetter: Typesetter,
): void {
  if (!mark) return;
  const text = term(mark, lang).toLocaleUpperCase(lang);
  const top = pageMarkTop(page);
  for (const { pageSize, items, isBlank } of pages) {
    if (isBlank) continue;
    const line = breakParagraph(markParagraph(text, fonts), pageSize.width, typesetter)[0]!;
    line.x = (pageSize.width - line.getWidth()) / 2;
    line.y = top;
    items.push({ type: "line", item: line });
  }
}

function markParagraph(text: string, { text: family }: Template["fonts"]): ParagraphNode {
  const base = {
    family,
    bold: true,
    italic: false,
    size: pageMarkSize,
    capitals: false,
    smallCaps: false,
  };
  return {
    text: "",
    runs: [{ text, style: base }],
    base,
    align: "left",
    isHyphenated: false,
    leading: { lines: 1 },
    left: 0,
    right: 0,
    indent: 0,
    before: 0,
    after: 0,
    keepWithNext: false,
    beginsPage: false,
    anchors: [],
    structure: { type: "Artifact", kind: "Header" },
  };
}
