// A document put into a placeholder template: its blocks stand where the names of
// the template ask for them, and all the others at `{{body}}`.

import type { Report, Span } from "./diagnostic.js";
import type { Block, Document, Part, Section } from "./document.js";
import { type MatterName, matterNames, matterRoles } from "./matter.js";
import { isHeading, lonePlaceholder, type ReferenceDocx } from "./reference-docx.js";
import { isTitlePageField, type Template, type TitlePageField } from "./template.js";
import { childElements, childNamed, type XmlElement } from "./xml-tree.js";

/** A document in the order of a template, and which of its parts stand at which name. */
export interface PlacedDocument {
  readonly document: Document;
  readonly groups: readonly PlacedGroup[];
}

/** The parts that stand at a name, one after another; none where the work has nothing of the kind. */
export interface PlacedGroup {
  readonly name: string;
  readonly parts: number;
}

/** What of the template asks for blocks of the work, in its order. */
function blockPlaces({ document, styles, placeholders }: ReferenceDocx) {
  const body = childNamed(document, "w:body");
  let before: XmlElement | undefined;
  return (body ? childElements(body) : []).flatMap((child) => {
    const name = lonePlaceholder(child);
    const headed = before !== undefined && before.name === "w:p" && isHeading(before, styles);
    before = child;
    const isBlock = name !== undefined && !isTitlePageField(name) && placeholders.has(name);
    return isBlock ? [{ name, headed }] : [];
  });
}

const isMatterName = (name: string): name is MatterName =>
  matterNames.some((matter) => matter === name);

/**
 * Returns a document in the order of a placeholder template. Front and back matter
 * that the template names is a part of its own there, without its heading where
 * the template has one before the name; the title page is left out where the
 * template names the title.
 */
export function placeInTemplate(document: Document, reference: ReferenceDocx): PlacedDocument {
  const places = blockPlaces(reference);
  const roles = new Set<string>(
    places.flatMap(({ name }) => (isMatterName(name) ? [matterRoles[name]] : [])),
  );
  const isPlaced = (block: Block): block is Section =>
    block.type === "section" && block.role !== undefined && roles.has(block.role);
  const hasTitlePage = reference.placeholders.has("title");
  const rest = document.parts
    .filter(({ role }) => role !== "title-page" || !hasTitlePage)
    .map((part) => ({ ...part, children: part.children.filter((block) => !isPlaced(block)) }))
    .filter(({ children }) => children.length > 0);
  const parts: Part[] = [];
  const groups = places.map(({ name, headed }): PlacedGroup => {
    const own = isMatterName(name) ? matterPart(name, headed, document) : rest;
    parts.push(...own);
    return { name, parts: own.length };
  });
  return { document: { ...document, parts }, groups };
}

function matterPart(name: MatterName, headed: boolean, { parts }: Document): Part[] {
  for (const { role, children } of parts) {
    const found = children.filter(
      (block) => block.type === "section" && block.role === matterRoles[name],
    );
    if (!found.length) continue;
    const shown =
      headed && found.length === 1 ? [{ ...(found[0] as Section), untitled: true }] : found;
    return [{ role, children: shown }];
  }
  return [];
}

/**
 * Reports what a placeholder template names and the work does not have, and what
 * the title page of `template` would show and that of the reference document does not.
 */
export function reportPlaced(
  document: Document,
  template: Template,
  reference: ReferenceDocx,
  texts: ReadonlyMap<TitlePageField, string>,
  report: Report,
  span?: Span,
): void {
  const { file, placeholders } = reference;
  const at = span && { span };
  for (const { name, parts } of placeInTemplate(document, reference).groups) {
    if (parts) continue;
    report({
      code: "placeholder-unfilled",
      message: `"${file}" asks for {{${name}}}, which the work does not have`,
      ...at,
      hints: [`add "${name}" to the manuscript, or take {{${name}}} out of the document`],
    });
  }
  for (const name of placeholders) {
    if (!isTitlePageField(name) || texts.has(name)) continue;
    report({
      code: "placeholder-unfilled",
      message: `the manuscript does not say its "${name}", so {{${name}}} of "${file}" stands as it is`,
      ...at,
      hints: [`add the field "${name}" to the manuscript, or take {{${name}}} out of the document`],
    });
  }
  if (!placeholders.has("title")) return;
  const cover = document.parts.find(({ role }) => role === "title-page");
  const logo = cover?.children.find(({ type }) => type === "figure");
  if (logo) {
    report({
      code: "reference-unfollowed",
      message: `the title page of "${file}" takes the place of ours, so the DOCX does not show its logo`,
      ...((logo.span ?? span) && { span: logo.span ?? span }),
      hints: ["put the picture into the document, where it is to stand"],
    });
  }
  const shown = template.titlePage.flatMap((line) =>
    "image" in line ? [] : [...line.text.matchAll(/\{\{([a-z-]+)\}\}/g)].map(([, name]) => name!),
  );
  for (const name of new Set(shown)) {
    if (!isTitlePageField(name) || !texts.has(name) || placeholders.has(name)) continue;
    if (name === "words") continue;
    report({
      code: "reference-unfollowed",
      message: `the title page of "${file}" has no {{${name}}}, so the DOCX does not show it there`,
      ...at,
      hints: [`put {{${name}}} into the document where it is to stand`],
    });
  }
}
