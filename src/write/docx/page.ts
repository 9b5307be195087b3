// Pages in Word's unit, the twip (1/20 point), and the sections they make.

import {
  Footer,
  Header,
  type ISectionOptions,
  NumberFormat,
  type Paragraph,
  SectionType,
} from "docx";
import type { Part } from "../../document.js";
import { type NumberForm, type Page, partNumbers, type Template } from "../../template.js";
import { field } from "./fields.js";
import { paragraphOf } from "./xml.js";

/** Returns points as whole twips. */
export function twips(points: number): number {
  return Math.round(points * 20);
}

/** The length of a line of text, in twips. */
export function textWidth({ width, margins, gutter }: Page): number {
  return twips(width) - twips(margins.left) - twips(margins.right) - twips(gutter);
}

/**
 * Returns what Word must know of each part's pages: paper, margins, page
 * numbers and where they stand. The parts must have content. The title page
 * shows no number.
 */
export function partSections(
  parts: readonly Part[],
  template: Template,
): Omit<ISectionOptions, "children">[] {
  const { page, pageNumbers } = template;
  const { margins } = page;
  let shown = false;
  return parts.map((_, index) => {
    const { form, start } = partNumbers(parts, index, template);
    const number = form === "none" ? (shown ? blank(pageNumbers.place) : undefined) : pageNumber();
    shown ||= form !== "none";
    return {
      properties: {
        type: SectionType.NEXT_PAGE,
        page: {
          size: { width: twips(page.width), height: twips(page.height) },
          margin: {
            top: twips(margins.top),
            right: twips(margins.right),
            bottom: twips(margins.bottom),
            left: twips(margins.left),
            header: twips(page.header),
            footer: twips(page.footer),
            gutter: twips(page.gutter),
          },
          pageNumbers: { ...(start !== undefined && { start }), ...numberFormat(form) },
        },
      },
      ...(number &&
        (pageNumbers.place === "header"
          ? { headers: { default: new Header({ children: [number] }) } }
          : { footers: { default: new Footer({ children: [number] }) } })),
    };
  });

  function pageNumber(): Paragraph {
    return paragraphOf(field("PAGE", "1"), {
      style: pageNumbers.place === "header" ? "Header" : "Footer",
      alignment: pageNumbers.align,
    });
  }
}

/** A section without a head of its own takes over that of the section before. */
function blank(place: "header" | "footer"): Paragraph {
  return paragraphOf([], { style: place === "header" ? "Header" : "Footer" });
}

function numberFormat(form: NumberForm) {
  if (form === "none") return {};
  return { formatType: form === "roman" ? NumberFormat.LOWER_ROMAN : NumberFormat.DECIMAL };
}
