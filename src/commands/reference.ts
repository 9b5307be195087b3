// What the university's Word document makes of a build: a layout of its own where
// it has names that our blocks stand at, and what of them is reported.

import { countWords, wordFigure } from "../count-words.js";
import type { Report } from "../diagnostic.js";
import type { Document } from "../document.js";
import { fillHeads } from "../page-heads.js";
import { type PlacedDocument, placeInTemplate, reportPlaced } from "../placed-document.js";
import { fieldTexts } from "../placeholders.js";
import type { Project } from "../project.js";
import { readPageHeads } from "../read/reference-heads.js";
import { layoutTemplate, withRoomFor } from "../read/reference-template.js";
import { isPlaceholderTemplate } from "../reference-docx.js";
import type { Template } from "../template.js";
import type { Outfit } from "../write/docx/outfit.js";
import type { Pagination } from "../write/pdf/pdf.js";

/**
 * Returns the template by which pages are laid out: lines as high as in the reference
 * document's font, its heads and feet, and the room that these take.
 */
export function templateOfPages(document: Document, project: Project): Template {
  const { template, reference } = project;
  if (!reference) return template;
  const { heads } = readPageHeads(reference, template.fonts.text);
  const own = layoutTemplate(template, reference);
  const page = withRoomFor(heads, own.page, reference.section);
  return { ...own, page, heads: fillHeads(heads, textsOf(document, project)) };
}

/**
 * Reports the names in a reference document that the work cannot fill, and what of
 * its heads the PDF does not show.
 */
export function reportReference(document: Document, project: Project, report: Report): void {
  const { reference, referenceSpan, template } = project;
  if (!reference) return;
  const { undrawn } = readPageHeads(reference, template.fonts.text);
  for (const { part, what } of undrawn) {
    report({
      code: "reference-unfollowed",
      message: `"${reference.file}" has something in "${part}" that the Word file shows and the PDF does not: ${what}`,
      ...(referenceSpan && { span: referenceSpan }),
      hints: ["a PNG or JPEG picture, in a line of the head or beside it, is shown"],
    });
  }
  if (!isPlaceholderTemplate(reference)) return;
  reportPlaced(document, template, reference, textsOf(document, project), report, referenceSpan);
}

function textsOf(document: Document, { manuscript }: Project) {
  const { metadata } = document;
  const words = wordFigure(countWords(document, manuscript.words), metadata.lang);
  return fieldTexts(metadata, words);
}

/**
 * Returns what the DOCX is written from: the document on its pages, in the order of
 * the reference document where that has names for blocks, and what it is dressed in.
 */
export async function docxSource(
  document: Document,
  project: Project,
  pagination: Pagination,
  paginate: (document: Document, template: Template) => Promise<Pagination>,
): Promise<Pagination["inPlace"] & { readonly outfit?: Outfit }> {
  const { reference } = project;
  if (!reference) return pagination.inPlace;
  const texts = textsOf(document, project);
  if (!isPlaceholderTemplate(reference)) {
    return { ...pagination.inPlace, outfit: { reference, texts } };
  }
  const { document: placed, groups }: PlacedDocument = placeInTemplate(document, reference);
  const { inPlace } = await paginate(placed, templateOfPages(placed, project));
  return { ...inPlace, outfit: { reference, texts, groups } };
}
