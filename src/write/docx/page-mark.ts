// The mark that every page has at its top in some editions: a frame in the head
// (ECMA-376-1, 17.3.1.11). Word's own watermarks are drawings, which LibreOffice
// does not show as Word does.

import { type Paragraph, TextRun } from "docx";
import type { Document } from "../../document.js";
import { pageMarkSize, pageMarkTop, type Template } from "../../template.js";
import { term } from "../../terms.js";
import { twips } from "./page.js";
import { element } from "./xml.js";

/** Returns the paragraph of the mark, in the middle above the head; none where there is no mark. */
export function pageMark({ metadata }: Document, { mark, page }: Template): Paragraph[] {
  if (!mark) return [];
  const { lang } = metadata;
  const text = term(mark, lang).toLocaleUpperCase(lang);
  const properties = element("w:pPr", {}, [
    element("w:pStyle", { "w:val": "Header" }),
    element("w:framePr", {
      "w:wrap": "around",
      "w:vAnchor": "page",
      "w:hAnchor": "page",
      "w:xAlign": "center",
      "w:y": twips(pageMarkTop(page)),
    }),
  ]);
  const run = new TextRun({ text, bold: true, size: `${pageMarkSize}pt` });
  // docx's own frames are placed by distances or by alignment, not by one of each.
  return [element("w:p", {}, [properties, run]) as Paragraph];
}
