// The mark that every page has at its top in some editions, such as `DRAFT`. It is
// an artifact, no part of the text.

import type { Document } from "../../document.js";
import { pageMarkSize, pageMarkTop, type Template } from "../../template.js";
import { term } from "../../terms.js";
import { artifactLine } from "./artifact-line.js";
import type { FlowPage } from "./context.js";
import type { CharacterStyle } from "./definition.js";
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
  const base: CharacterStyle = {
    family: fonts.text,
    bold: true,
    italic: false,
    size: pageMarkSize,
    capitals: false,
    smallCaps: false,
  };
  const top = pageMarkTop(page);
  for (const { pageSize, items, isBlank } of pages) {
    if (isBlank) continue;
    const line = artifactLine(text, base, "Header", typesetter);
    line.x = (pageSize.width - line.getWidth()) / 2;
    line.y = top;
    items.push({ type: "line", item: line });
  }
}
