// The lists of a reference document and ours in one part: theirs keep their
// numbers, for its styles and text name them; ours are counted on from there.

import type { ReferenceDocx } from "../../reference-docx.js";
import { styleNamed } from "../../reference-docx.js";
import type { Template } from "../../template.js";
import {
  childElements,
  childNamed,
  childValue,
  copyOf,
  removeElements,
  type XmlElement,
  xmlElement,
} from "../../xml-tree.js";
import { chapterList } from "./heading-numbering.js";
import { insertBefore, type MergedStyles } from "./reference-styles.js";

/** Whether headings keep the numbers that their own styles give them. */
export function keepsHeadingNumbers({ headings }: ReferenceDocx, template: Template): boolean {
  const { numbers, depth } = template.headings;
  return headings !== undefined && headings.numbers === numbers && headings.depth === depth;
}

/** Both numberings in one, and the new numbers of our lists. */
export interface MergedNumbering {
  readonly root: XmlElement;
  readonly numbers: ReadonlyMap<string, string>;
}

/**
 * Returns the lists of a reference document with ours behind them; `ours` is the
 * root of our numbering part. Where headings are numbered otherwise than by
 * theirs, the heading styles in `merged` are put on our list, or taken off theirs.
 */
export function mergeNumbering(
  reference: ReferenceDocx,
  ours: XmlElement,
  merged: MergedStyles,
  template: Template,
): MergedNumbering {
  const root = reference.numbering ? copyOf(reference.numbering) : xmlElement("w:numbering");
  // Pictures as bullets would need their files; the level's own text stands instead.
  removeElements(root, ({ name }) => /^w:(?:numPicBullet|lvlPicBulletId)$/.test(name));
  const keeps = keepsHeadingNumbers(reference, template);
  const next = (name: string, attribute: string) =>
    1 +
    Math.max(
      0,
      ...childElements(root, name).map((one) => Number(one.attributes.get(attribute)) || 0),
    );
  const definitionFrom = next("w:abstractNum", "w:abstractNumId");
  const numberFrom = next("w:num", "w:numId");
  const numbers = new Map<string, string>();
  const definitions = new Map<string, string>();
  const firstNumber = /^w:(?:num|numIdMacAtCleanup)$/;
  for (const definition of childElements(ours, "w:abstractNum")) {
    const id = definition.attributes.get("w:abstractNumId") ?? "";
    if (keeps && id === String(chapterList)) continue;
    const own = copyOf(definition);
    const given = String(definitionFrom + definitions.size);
    definitions.set(id, given);
    own.attributes.set("w:abstractNumId", given);
    for (const level of childElements(own, "w:lvl")) {
      const style = childNamed(level, "w:pStyle");
      const mapped = merged.ids.get(`paragraph ${style?.attributes.get("w:val")}`);
      if (mapped !== undefined) style!.attributes.set("w:val", mapped);
    }
    insertBefore(root, own, firstNumber);
  }
  for (const number of childElements(ours, "w:num")) {
    const definition = definitions.get(childValue(number, "w:abstractNumId") ?? "");
    if (definition === undefined) continue;
    const own = copyOf(number);
    const given = String(numberFrom + numbers.size);
    numbers.set(number.attributes.get("w:numId") ?? "", given);
    own.attributes.set("w:numId", given);
    childNamed(own, "w:abstractNumId")!.attributes.set("w:val", definition);
    insertBefore(root, own, /^w:numIdMacAtCleanup$/);
  }
  for (const style of childElements(merged.root, "w:style").slice(
    childElements(reference.styles, "w:style").length,
  )) {
    const list = childNamed(childNamed(childNamed(style, "w:pPr"), "w:numPr"), "w:numId");
    const mapped = numbers.get(list?.attributes.get("w:val") ?? "");
    if (mapped !== undefined) list!.attributes.set("w:val", mapped);
  }
  if (!keeps) renumberHeadings(merged, root, numbers.get(String(chapterList)), template);
  return { root, numbers };
}

/** Puts their heading styles on our list, or on none, and takes theirs off the styles. */
function renumberHeadings(
  { root: styles }: MergedStyles,
  numbering: XmlElement,
  list: string | undefined,
  { headings }: Template,
): void {
  const depth = headings.numbers === "none" || list === undefined ? 0 : headings.depth;
  const ids = new Set<string>();
  for (let level = 1; level <= 9; level++) {
    const style = styleNamed(styles, "paragraph", `heading ${level}`);
    if (!style) continue;
    ids.add(style.attributes.get("w:styleId") ?? "");
    let properties = childNamed(style, "w:pPr");
    if (!properties) {
      properties = xmlElement("w:pPr");
      insertBefore(style, properties, /^w:(?:rPr|tblPr|trPr|tcPr|tblStylePr)$/);
    }
    properties.children = properties.children.filter(
      (child) => typeof child === "string" || child.name !== "w:numPr",
    );
    const numbered = level <= depth && list !== undefined;
    const children = [
      ...(numbered && level > 1 ? [xmlElement("w:ilvl", { "w:val": String(level - 1) })] : []),
      xmlElement("w:numId", { "w:val": numbered ? list : "0" }),
    ];
    insertBefore(properties, xmlElement("w:numPr", {}, children), afterNumbers);
  }
  for (const definition of childElements(numbering, "w:abstractNum")) {
    const isOurs = childElements(numbering, "w:num").some(
      (number) =>
        number.attributes.get("w:numId") === list &&
        childValue(number, "w:abstractNumId") === definition.attributes.get("w:abstractNumId"),
    );
    if (isOurs) continue;
    for (const level of childElements(definition, "w:lvl")) {
      level.children = level.children.filter(
        (child) =>
          typeof child === "string" ||
          child.name !== "w:pStyle" ||
          !ids.has(child.attributes.get("w:val") ?? ""),
      );
    }
  }
}

/** What stands behind the numbering in the properties of a paragraph (CT_PPr, 17.3.1.26). */
const afterNumbers =
  /^w:(?:suppressLineNumbers|pBdr|shd|tabs|suppressAutoHyphens|kinsoku|wordWrap|overflowPunct|topLinePunct|autoSpaceDE|autoSpaceDN|bidi|adjustRightInd|snapToGrid|spacing|ind|contextualSpacing|mirrorIndents|suppressOverlap|jc|textDirection|textAlignment|textboxTightWrap|outlineLvl|divId|cnfStyle|rPr|sectPr|pPrChange)$/;

/** Returns a story of ours with the new numbers of its lists. */
export function withListNumbers(xml: string, numbers: ReadonlyMap<string, string>): string {
  return xml.replace(/<w:numId w:val="(\d+)"/g, (whole, id: string) => {
    const mapped = numbers.get(id);
    return mapped === undefined ? whole : `<w:numId w:val="${mapped}"`;
  });
}
