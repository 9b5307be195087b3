// From a project to the document that every writer prints: the one place that
// knows the order of the stages.

import { assemble } from "./assemble.js";
import { cite } from "./citation/cite.js";
import { placeCitations } from "./citation/place.js";
import { punctuationInQuote } from "./citation/csl-styles.js";
import type { Report } from "./diagnostic.js";
import type { Document } from "./document.js";
import { lint } from "./lint.js";
import { numberNotes } from "./number.js";
import type { Project } from "./project.js";
import type { Style } from "./style.js";

/** Returns the work as a style has it: put together, its notes numbered, its works cited. */
export function compile(project: Project, style: Style, report: Report): Document {
  const { manuscript, bibliography, template } = project;
  const assembled = assemble(manuscript, template, style.listTitle);
  const parts = assembled.parts.map((part) => ({
    ...part,
    children: placeCitations(part.children, {
      class: style.csl.class,
      punctuationInQuote: punctuationInQuote(style.locale),
    }),
  }));
  lint(assembled.parts.flatMap(({ children }) => children), bibliography, report);
  const numbered = numberNotes({ ...assembled, parts });
  return cite(numbered, bibliography.references, style, report);
}
