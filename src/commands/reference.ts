// What the university's Word document makes of a build: a layout of its own where
// it has names that our blocks stand at, and what of them is reported.

import { countWords, wordFigure } from "../count-words.js";
import type { Report } from "../diagnostic.js";
import type { Document } from "../document.js";
import { type PlacedDocument, placeInTemplate, reportPlaced } from "../placed-document.js";
import { fieldTexts } from "../placeholders.js";
import type { Project } from "../project.js";
import { layoutTemplate } from "../read/reference-template.js";
import { isPlaceholderTemplate } from "../reference-docx.js";
import type { Template } from "../template.js";
import type { Outfit } from "../write/docx/outfit.js";
import type { Pagination } from "../write/pdf/pdf.js";

/** Returns the template by which pages are laid out: lines as high as in the reference document's font. */
export function templateOfPages({ template, reference }: Project): Template {
  return reference ? layoutTemplate(template, reference) : template;
}

/** Reports the names in a reference document that the work cannot fill. */
export function reportReference(document: Document, project: Project, report: Report): void {
  const { reference, referenceSpan, template } = project;
  if (!reference || !isPlaceholderTemplate(reference)) return;
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
  const { inPlace } = await paginate(placed, templateOfPages(project));
  return { ...inPlace, outfit: { reference, texts, groups } };
}
