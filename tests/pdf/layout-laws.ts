// The laws of pages over random documents, laid out but not drawn. REISSUE_RUNS sets
// how many documents, for a longer search than every commit can afford.

import fc from "fast-check";
import type { Document } from "../../src/document.js";
import type { Template } from "../../src/template.js";
import { FlowBuilder, impositionOf } from "../../src/write/pdf/builder.js";
import { define } from "../../src/write/pdf/definition.js";
import { hyphenatorFor } from "../../src/write/pdf/hyphenation.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { bodyOf } from "../docx/tree.js";
import { findFaults, findSideFaults } from "./page-laws.js";
import { randomTemplate } from "./random-documents.js";

const pdf = new FlowDocument(bodyOf());
const typesetter = new Typesetter(
  (family, bold, italic) => pdf.face(family, bold, italic),
  hyphenatorFor("en-GB"),
);

function faultsOf(document: Document, template: Template): string[] {
  const definition = define(document, template);
  const { page } = template;
  const margins = { ...page.margins, left: page.margins.left + page.gutter };
  const builder = new FlowBuilder(page, margins, typesetter, new Map(), impositionOf(template));
  const pages = builder.layOut(definition);
  return [...findFaults(definition, pages), ...findSideFaults(pages, template)];
}

/**
 * Returns what breaks a law in the first of so many documents that breaks one, and
 * by which seed and path it is found again; nothing if all is well.
 */
export function searchFaults(
  documents: fc.Arbitrary<Document>,
  runs: number,
  seed: number,
): readonly string[] {
  let faults: string[] = [];
  const { counterexamplePath, errorInstance } = fc.check(
    fc.property(documents, randomTemplate, (document, template) => {
      faults = faultsOf(document, template);
      return faults.length === 0;
    }),
    { numRuns: Number(process.env.REISSUE_RUNS ?? runs), seed, endOnFailure: true },
  );
  // The document itself has some hundred thousand letters.
  if (errorInstance && !faults.length) throw errorInstance;
  return counterexamplePath === null ? [] : [`seed ${seed}, path ${counterexamplePath}`, ...faults];
}
