// How headings are numbered and figures counted: fields of a template, which the
// field `numbering` of a manuscript overrides, for departments differ.

import type { Captions, HeadingNumbers, Template } from "../template.js";
import { integer, map, oneOf, optional, type Read } from "./fields.js";

const headingNumbers = oneOf(["none", "decimal", "chapter", "chapter-words"]);

/** The fields of `headings` in a template. */
export const headingFields = {
  numbers: optional(headingNumbers),
  depth: optional(integer(1, 9)),
  separator: optional(oneOf(["period", "colon", "line"])),
};

/** The fields of `captions` in a template that say how labels are numbered. */
export const labelFields = {
  counted: optional(oneOf(["through", "by-chapter"])),
  references: optional(oneOf(["lower", "capital"])),
};

/** What a manuscript asks of its numbers, in place of what its template says. */
export interface Numbering
  extends Partial<HeadingNumbers>,
    Partial<Pick<Captions, "counted" | "references">> {}

const { numbers: _, ...otherHeadingFields } = headingFields;
const numberingFields = map({
  headings: optional(headingNumbers),
  ...otherHeadingFields,
  ...labelFields,
});

/** Reads `numbering: decimal`, or `numbering: { headings: decimal, depth: 2, counted: by-chapter }`. */
export const numbering: Read<Numbering> = (node, name, report) => {
  if (node.type !== "map") {
    const numbers = headingNumbers(node, name, report);
    return numbers && { numbers };
  }
  const fields = numberingFields(node, name, report);
  if (!fields) return undefined;
  const { headings, ...rest } = fields;
  return { ...rest, ...(headings && { numbers: headings }) };
};

/** So many levels are numbered where a manuscript asks for decimals and says no more. */
const DECIMAL_DEPTH = 3;

/** Returns a template with the numbers that a manuscript asks for. */
export function withNumbering(template: Template, asked: Numbering | undefined): Template {
  if (!asked) return template;
  const { counted, references, ...headings } = asked;
  // A template that numbers chapters alone says nothing of 1.1.
  const depth =
    asked.numbers === "decimal" ? Math.max(DECIMAL_DEPTH, template.headings.depth) : undefined;
  return {
    ...template,
    headings: { ...template.headings, ...(depth && { depth }), ...headings },
    captions: {
      ...template.captions,
      ...(counted && { counted }),
      ...(references && { references }),
    },
  };
}
