// The sections of a Word document: consecutive pages of one format that have the
// same heads and feet (ECMA-376-1, 17.6).

import {
  type FileChild,
  type ISectionOptions,
  LineNumberRestartFormat,
  NumberFormat,
  PageOrientation,
  SectionType,
  type XmlComponent,
} from "docx";
import type { Document, Part } from "../../document.js";
import {
  landscapePage,
  lineNumberDistance,
  type NumberForm,
  partNumbers,
  type Template,
} from "../../template.js";
import type { NumberedHeadings } from "./heading-numbering.js";
import { beginsRight, type HeadedSection, hasFirstHead, headsAndFeet } from "./heads.js";
import { twips } from "./page.js";
import { cutStretches, type Stretch } from "./stretches.js";

/**
 * Returns Word's sections, one a stretch of each part: paper, margins, page
 * numbers, heads and feet. The parts must have content; `written` are the
 * paragraphs of each.
 */
export function wordSections(
  parts: readonly Part[],
  written: readonly (readonly XmlComponent[])[],
  document: Document,
  template: Template,
  numbered: NumberedHeadings,
): ISectionOptions[] {
  const sections = parts.flatMap((part, index) => {
    const { form, start } = partNumbers(parts, index, template);
    return cutStretches(written[index]!).map((stretch, place) => ({
      part,
      stretch,
      form,
      numbered,
      start: place === 0 ? rightHand(start, stretch, template) : undefined,
    }));
  });
  const edges = headsAndFeet(sections, document, template);
  return sections.map((section, index) => ({
    properties: sectionProperties(section, template),
    ...edges[index],
    children: section.stretch.children as readonly FileChild[],
  }));
}

/** A part whose first chapter must begin on the right has no number of a left-hand page first. */
function rightHand(
  start: number | undefined,
  { chapter }: Stretch,
  { chaptersOn }: Template,
): number | undefined {
  const isLeft = chapter !== undefined && chaptersOn === "right" && start !== undefined;
  return isLeft && start % 2 === 0 ? start + 1 : start;
}

/** A Word section with the number of its first page, if that does not follow on. */
interface NumberedSection extends HeadedSection {
  readonly start: number | undefined;
}

function sectionProperties(
  section: NumberedSection,
  template: Template,
): ISectionOptions["properties"] {
  const { page, lineNumbers } = template;
  const { part, stretch, form, start } = section;
  const { margins, gutter } = stretch.isLandscape ? landscapePage(page) : page;
  return {
    type: beginsRight(section, template) ? SectionType.ODD_PAGE : SectionType.NEXT_PAGE,
    page: {
      // docx turns the page where it lies on its side.
      size: {
        width: twips(page.width),
        height: twips(page.height),
        ...(stretch.isLandscape && { orientation: PageOrientation.LANDSCAPE }),
      },
      margin: {
        top: twips(margins.top),
        right: twips(margins.right),
        bottom: twips(margins.bottom),
        left: twips(margins.left),
        header: twips(page.header),
        footer: twips(page.footer),
        gutter: twips(gutter),
      },
      pageNumbers: { ...(start !== undefined && { start }), ...numberFormat(form) },
    },
    ...(lineNumbers &&
      part.role === "body" && {
        lineNumbers: {
          countBy: lineNumbers,
          distance: twips(lineNumberDistance),
          restart: LineNumberRestartFormat.NEW_PAGE,
        },
      }),
    ...(hasFirstHead(section, template) && { titlePage: true }),
  };
}

function numberFormat(form: NumberForm) {
  if (form === "none") return {};
  return { formatType: form === "roman" ? NumberFormat.LOWER_ROMAN : NumberFormat.DECIMAL };
}
