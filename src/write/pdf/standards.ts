// The standards that a PDF says it keeps, and what in a document makes that untrue.
// What the writer owes to a standard is no matter of the document: tests/pdf checks it.

import type { Diagnostic, Span } from "../../diagnostic.js";
import { type Document, nodesOf } from "../../document.js";
import type { Image } from "../../image.js";
import { imagesOfHeads, type PageHeads } from "../../page-heads.js";
import { isWithoutHeaders } from "../../table-grid.js";

/**
 * `a-2a` is PDF/A-2a, files that can be read as long as they are kept (ISO
 * 19005-2), `ua-1` is PDF/UA-1, files that can be read without seeing them (ISO
 * 14289-1).
 */
export type PdfStandard = (typeof pdfStandards)[number];
export const pdfStandards = ["a-2a", "ua-1"] as const;

const names: Readonly<Record<PdfStandard, string>> = { "a-2a": "PDF/A-2a", "ua-1": "PDF/UA-1" };

/** What in a document keeps its PDF from a standard. */
export interface Obstacle {
  readonly standard: PdfStandard;
  /** A clause that goes on after `because`. */
  readonly reason: string;
  readonly hint: string;
  readonly span?: Span | undefined;
}

/** Returns what keeps the PDF of a document from the standards, in the order of the document. */
export function findObstacles(document: Document): readonly Obstacle[] {
  const found: Obstacle[] = [];
  for (const node of nodesOf(document)) {
    const { span } = node;
    if (node.type === "table" && isWithoutHeaders(node)) {
      const hint = "write a first row of headings, or head each row: header-columns=1";
      found.push({ standard: "ua-1", reason: "a table has no header cells", hint, span });
    }
    if (node.type !== "figure") continue;
    for (const { alt, image } of node.images) {
      if (alt === undefined) {
        const reason = `the image ${image.name} has no description`;
        const hint = 'write {alt="what it shows"} behind it, or {alt=""} if it is decoration';
        found.push({ standard: "ua-1", reason, hint, span });
      }
      if (hasInks(image)) {
        const reason = `the image ${image.name} has the colors of four printing inks`;
        const hint = "save it with the colors of screens (RGB), in which the rest of the file is";
        found.push({ standard: "a-2a", reason, hint, span });
      }
    }
  }
  return found;
}

/** The same of images in the heads of a university's document, which need no description. */
export function findHeadObstacles(heads: PageHeads): readonly Obstacle[] {
  return imagesOfHeads(heads)
    .filter(hasInks)
    .map(({ name }) => ({
      standard: "a-2a",
      reason: `the image ${name} of the reference document has the colors of four printing inks`,
      hint: "put one with the colors of screens (RGB) in its place in Word",
    }));
}

/** Whether an image is stored as amounts of ink, of which nothing says what colors they are. */
function hasInks({ jpeg, embedded }: Image): boolean {
  return jpeg?.components === 4 || [...(embedded?.values() ?? [])].some(hasInks);
}

/** Returns the standards that a file keeps. The notes of a draft are drawn by the reader, not the file. */
export function keptStandards(
  obstacles: readonly Obstacle[],
  isDraft: boolean,
): readonly PdfStandard[] {
  if (isDraft) return [];
  return pdfStandards.filter((name) => !obstacles.some(({ standard }) => standard === name));
}

/** Returns a `pdf-standard-unmet` for each reason why a file does not keep a standard that was asked for. */
export function unmetStandards(
  asked: readonly PdfStandard[],
  obstacles: readonly Obstacle[],
  isDraft: boolean,
): Diagnostic[] {
  const message = (standard: PdfStandard, reason: string) =>
    `the PDF does not say that it is ${names[standard]}, because ${reason}`;
  if (isDraft) {
    return asked.map((standard) => ({
      code: "pdf-standard-unmet",
      message: message(standard, "drafts have notes in their margins"),
      hints: ["build it without --draft"],
    }));
  }
  return obstacles
    .filter(({ standard }) => asked.includes(standard))
    .map(({ standard, reason, hint, span }) => ({
      code: "pdf-standard-unmet",
      message: message(standard, reason),
      ...(span && { span }),
      hints: [hint],
    }));
}
