// Laws of the layout over random documents. REISSUE_RUNS sets how many, for a
// longer search than every commit can afford.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Document } from "../../src/document.js";
import type { Template } from "../../src/template.js";
import { FlowBuilder, impositionOf } from "../../src/write/pdf/builder.js";
import type { FlowPage } from "../../src/write/pdf/context.js";
import { type Definition, define } from "../../src/write/pdf/definition.js";
import { hyphenatorFor } from "../../src/write/pdf/hyphenation.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { bodyOf } from "../docx/tree.js";
import { findFaults, findSideFaults } from "./page-laws.js";
import { randomDocument, randomTemplate } from "./random-documents.js";

const pdf = new FlowDocument(bodyOf());
const typesetter = new Typesetter(
  (family, bold, italic) => pdf.face(family, bold, italic),
  hyphenatorFor("en-GB"),
);

function layOut(
  document: Document,
  template: Template,
): { definition: Definition; pages: FlowPage[] } {
  const definition = define(document, template);
  const { page } = template;
  const margins = { ...page.margins, left: page.margins.left + page.gutter };
  const builder = new FlowBuilder(page, margins, typesetter, new Map(), impositionOf(template));
  return { definition, pages: builder.layOut(definition) };
}

test("pages keep their laws", { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(randomDocument, randomTemplate, (document, template) => {
      const { definition, pages } = layOut(document, template);
      expect(findFaults(definition, pages)).toEqual([]);
      expect(findSideFaults(pages, template)).toEqual([]);
    }),
    { numRuns: Number(process.env.REISSUE_RUNS ?? 40), seed: 2019, endOnFailure: true },
  );
});
