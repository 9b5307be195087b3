// An edition is a change of the manuscript and its template before they are
// compiled, so that no later stage and no writer knows of editions.

import type { Report } from "./diagnostic.js";
import type { Metadata, ParagraphStyleName } from "./document.js";
import type { Edition, TypeChange } from "./edition.js";
import type { Matter, MatterName } from "./matter.js";
import type { Manuscript } from "./read/manuscript.js";
import { type Page, type ParagraphStyle, type Template, tooNarrow } from "./template.js";

/** The parts of a project that an edition changes. */
export interface Edited {
  readonly manuscript: Manuscript;
  readonly template: Template;
}

/** Returns a manuscript and its template as an edition has them; reports what it lacks. */
export function applyEdition(edition: Edition, edited: Edited, report: Report): Edited {
  const template = editTemplate(edition, edited.template, report);
  const manuscript = editManuscript(edition, edited.manuscript, template, report);
  return { manuscript, template };
}

// ---- the manuscript -----------------------------------------------------------------

function editManuscript(
  edition: Edition,
  manuscript: Manuscript,
  template: Template,
  report: Report,
): Manuscript {
  const dropped = new Set<string>(edition.drop);
  const kept = withoutDropped(manuscript.matter, dropped);
  const matter = withRequired(edition, kept, manuscript.file, template);
  reportMissing(edition, matter, manuscript, report);
  return {
    ...manuscript,
    metadata: editMetadata(edition, manuscript, report),
    matter,
    appendices: dropped.has("appendices") ? [] : manuscript.appendices,
  };
}

function withoutDropped(matter: Matter, dropped: ReadonlySet<string>): Matter {
  const { copyright, embargo, usesDeclaration } = matter;
  return {
    texts: new Map([...matter.texts].filter(([name]) => !dropped.has(name))),
    ...(copyright && !dropped.has("copyright") && { copyright }),
    ...(embargo && !dropped.has("embargo") && { embargo }),
    ...(usesDeclaration && !dropped.has("declaration") && { usesDeclaration }),
  };
}

/** A copyright page can be made from what is known, a declaration from the template's. */
function withRequired(
  { require = [] }: Edition,
  matter: Matter,
  file: string,
  template: Template,
): Matter {
  const lacks = (name: "copyright" | "declaration") =>
    require.includes(name) && !matter.texts.has(name);
  return {
    ...matter,
    ...(lacks("copyright") && !matter.copyright && { copyright: {} }),
    ...(lacks("declaration") &&
      template.declarations.size > 0 && { usesDeclaration: { file, start: 0, end: 0 } }),
  };
}

function reportMissing(
  { id, require = [] }: Edition,
  matter: Matter,
  { file }: Manuscript,
  report: Report,
): void {
  for (const name of require) {
    const isMade =
      (name === "copyright" && matter.copyright) ||
      (name === "embargo" && matter.embargo) ||
      (name === "declaration" && matter.usesDeclaration);
    if (isMade || matter.texts.has(name)) continue;
    report({
      code: "matter-missing",
      message: `the edition "${id}" asks for "${name}", which the manuscript does not have`,
      span: { file, start: 0, end: 0 },
      hints: [`add the field "${name}" to the manuscript`],
    });
  }
}

function editMetadata(
  { id, anonymous, omit = [] }: Edition,
  { metadata, file }: Manuscript,
  report: Report,
): Metadata {
  const hidden = new Set<string>(omit);
  if (anonymous) for (const name of ["orcid", "published", "supervisor"]) hidden.add(name);
  const kept = Object.fromEntries(
    Object.entries(metadata).filter(([name]) => !hidden.has(name)),
  ) as unknown as Metadata;
  if (anonymous && !metadata.candidate) {
    report({
      code: "candidate-missing",
      message: `the edition "${id}" names no author, and the manuscript has no candidate number`,
      span: { file, start: 0, end: 0 },
      hints: ["add the number: candidate: 123456"],
    });
  }
  return { ...kept, keywords: kept.keywords ?? [], ...(anonymous && { author: [] }) };
}

// ---- the template -------------------------------------------------------------------

function editTemplate(edition: Edition, template: Template, report: Report): Template {
  const { drop = [], lineNumbers, margins, gutter, type, mark, span } = edition;
  const keeps = ({ name }: { readonly name: MatterName }) => !drop.includes(name);
  const page: Page = {
    ...template.page,
    margins: { ...template.page.margins, ...margins },
    ...(gutter !== undefined && { gutter }),
  };
  const side = tooNarrow(page);
  if (side) {
    report({
      code: "value-invalid",
      message: `the margins of the edition "${edition.id}" leave less than an inch of the page's ${side} for text`,
      ...(span && { span }),
    });
    return template;
  }
  const edited = {
    ...template,
    page,
    frontMatter: template.frontMatter.filter(keeps),
    backMatter: template.backMatter.filter(keeps),
    ...(lineNumbers && { lineNumbers }),
    ...(mark && { mark }),
  };
  return type ? inOtherType(edited, type) : edited;
}

function inOtherType(template: Template, type: TypeChange): Template {
  const styles = Object.fromEntries(
    Object.entries(template.styles).map(([name, style]) => [name, restyled(style, type)]),
  ) as Record<ParagraphStyleName, ParagraphStyle>;
  return {
    ...template,
    styles,
    ...(type.font && { fonts: { ...template.fonts, text: type.font, headings: type.font } }),
    ...(type.hyphenate !== undefined && { hyphenate: type.hyphenate }),
  };
}

function restyled(style: ParagraphStyle, type: TypeChange): ParagraphStyle {
  const { scale = 1, least = 0, leading = 0, align } = type;
  const size = Math.max(least, toHalf(style.size * scale));
  // Fixed leading grows as much as its letters, which may be more than the scale says.
  const grown = size / style.size;
  return {
    ...style,
    size,
    leading:
      "points" in style.leading
        ? { points: toHalf(style.leading.points * grown) }
        : { lines: Math.max(leading, style.leading.lines) },
    before: toHalf(style.before * scale),
    after: toHalf(style.after * scale),
    ...(align && style.align === "justify" && { align }),
  };
}

/** Word's sizes are half points: a third of a point more or less would differ between the files. */
const toHalf = (points: number): number => Math.round(points * 2) / 2;
