// From a project to the document that every writer prints: the one place that
// knows the order of the stages.

import { assemble } from "./assemble.js";
import { cite } from "./citation/cite.js";
import { placementOf } from "./citation/csl-styles.js";
import { placeCitations } from "./citation/place.js";
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
  lint(assembled, bibliography, report);
  const placed = placeCitationsOf(assembled, style);
  const cited = cite(numberNotes(placed), bibliography.references, style, report);
  return withoutEmptyLists(cited);
}

function placeCitationsOf(document: Document, style: Style): Document {
  const placement = placementOf(style);
  return {
    ...document,
    parts: document.parts.map((part) => ({
      ...part,
      children: placeCitations(part.children, placement),
    })),
  };
}

/** A work that cites nothing, or whose style has no list, prints no heading for one. */
function withoutEmptyLists(document: Document): Document {
  return {
    ...document,
    parts: document.parts.map((part) => ({
      ...part,
      children: part.children.filter(
        (block) =>
          block.type !== "section" || block.role !== "bibliography" || block.children.length > 0,
      ),
    })),
  };
}
