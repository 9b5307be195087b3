// The styles of a reference document in place of ours. Ours are found by their
// names, which are English for Word's own in all its languages, where ids are
// not; what theirs lack is added from ours.

import {
  defaultStyle,
  type ReferenceDocx,
  type StyleType,
  styleNamed,
  styleType,
} from "../../reference-docx.js";
import {
  childElements,
  childNamed,
  childValue,
  copyOf,
  removeElements,
  type XmlElement,
  xmlElement,
} from "../../xml-tree.js";
import { paragraphStyleIds } from "./styles.js";

/** The merged styles, and the ids that ours have there, by `paragraph Heading1`. */
export interface MergedStyles {
  readonly root: XmlElement;
  readonly ids: ReadonlyMap<string, string>;
}

const idOf = (style: XmlElement): string => style.attributes.get("w:styleId") ?? "";

/**
 * Returns the styles of a reference document with those of ours that it lacks,
 * which are based on its own. `ours` is the root of our styles part, made from the
 * template that the reference document gives; `lang` is the language of the work
 * as Word writes it.
 */
export function mergeStyles(
  { styles }: ReferenceDocx,
  ours: XmlElement,
  lang: string,
): MergedStyles {
  const root = copyOf(styles);
  const ids = new Map<string, string>();
  const taken = new Set(childElements(root, "w:style").map(idOf));
  const added: XmlElement[] = [];
  for (const style of childElements(ours, "w:style")) {
    const type = styleType(style);
    const found = counterpart(root, style, type);
    if (found) {
      ids.set(`${type} ${idOf(style)}`, idOf(found));
      continue;
    }
    let id = idOf(style);
    for (let number = 1; taken.has(id); number++) id = `${idOf(style)}${number}`;
    taken.add(id);
    ids.set(`${type} ${idOf(style)}`, id);
    added.push(adapted(style, id));
  }
  for (const style of added) {
    for (const name of ["w:basedOn", "w:next", "w:link"]) {
      const reference = childNamed(style, name);
      const id = reference?.attributes.get("w:val");
      if (!reference || id === undefined) continue;
      const type = name === "w:link" ? otherType(styleType(style)) : styleType(style);
      const mapped = ids.get(`${type} ${id}`);
      // A style of theirs is linked to one of its own.
      const isLost = name === "w:link" && !added.some((one) => idOf(one) === mapped);
      if (mapped === undefined || isLost) {
        style.children = style.children.filter((child) => child !== reference);
      } else reference.attributes.set("w:val", mapped);
    }
  }
  root.children.push(...added);
  setLanguage(root, lang);
  return { root, ids };
}

const otherType = (type: StyleType): StyleType =>
  type === "paragraph" ? "character" : "paragraph";

/** Finds the style of theirs for one of ours: that of the same name, or of the same duty. */
function counterpart(
  theirs: XmlElement,
  style: XmlElement,
  type: StyleType,
): XmlElement | undefined {
  const isDefault = style.attributes.get("w:default") === "1";
  return (
    (isDefault ? defaultStyle(theirs, type) : undefined) ??
    styleNamed(theirs, type, childValue(style, "w:name") ?? "")
  );
}

/** The styles whose letters are of another font than the text. */
const codeStyles = new Set<string>([paragraphStyleIds.code, "VerbatimChar"]);

/**
 * Returns a style of ours under an id, in the fonts of what it is based on. Body
 * text looks like theirs without further words: their Normal is their body then.
 */
function adapted(style: XmlElement, id: string): XmlElement {
  const own = copyOf(style);
  own.attributes.set("w:styleId", id);
  if (id.startsWith(paragraphStyleIds.body)) {
    own.children = own.children.filter(
      (child) => typeof child === "string" || !/^w:[pr]Pr$/.test(child.name),
    );
  } else if (!codeStyles.has(idOf(style))) {
    removeElements(own, ({ name }) => name === "w:rFonts" || name === "w14:numForm");
    own.children = own.children.filter(
      (child) => typeof child === "string" || child.name !== "w:rPr" || child.children.length > 0,
    );
  }
  return own;
}

/**
 * Lets the page numbers of contents stand at the end of the line, at `width` twips:
 * Word writes their stop into each line and not into the style.
 */
export function setContentsStops(root: XmlElement, width: number): void {
  for (const style of childElements(root, "w:style")) {
    if (!/^(?:toc \d|table of figures)$/i.test(childValue(style, "w:name") ?? "")) continue;
    let format = childNamed(style, "w:pPr");
    if (!format) {
      format = xmlElement("w:pPr");
      insertBefore(style, format, /^w:rPr$/);
    }
    const own = childNamed(format, "w:tabs");
    const isRight = (stop: XmlElement) =>
      /^(?:right|end)$/.test(stop.attributes.get("w:val") ?? "");
    const before = own && childElements(own, "w:tab").find(isRight);
    if (before) {
      before.attributes.set("w:pos", String(width));
      continue;
    }
    const attributes = { "w:val": "right", "w:leader": "dot", "w:pos": String(width) };
    const stop = xmlElement("w:tab", attributes);
    if (own) own.children.push(stop);
    else insertBefore(format, xmlElement("w:tabs", {}, [stop]), afterStops);
  }
}

/** What stands behind the stops in the properties of a paragraph (CT_PPr, 17.3.1.26). */
const afterStops =
  /^w:(?:suppressAutoHyphens|kinsoku|wordWrap|overflowPunct|topLinePunct|autoSpaceDE|autoSpaceDN|bidi|adjustRightInd|snapToGrid|spacing|ind|contextualSpacing|mirrorIndents|suppressOverlap|jc|textDirection|textAlignment|textboxTightWrap|outlineLvl|divId|cnfStyle|rPr|sectPr|pPrChange)$/;

/** Says in which language the text is, which spelling and hyphenation depend on. */
function setLanguage(root: XmlElement, lang: string): void {
  const normal = defaultStyle(root, "paragraph");
  const own = childNamed(normal, "w:rPr");
  if (own) own.children = own.children.filter((child) => !isNamed(child, "w:lang"));
  const defaults = childNamed(childNamed(root, "w:docDefaults"), "w:rPrDefault");
  const run = childNamed(defaults, "w:rPr");
  if (!run) return;
  const before = childNamed(run, "w:lang");
  if (before) before.attributes.set("w:val", lang);
  else insertBefore(run, xmlElement("w:lang", { "w:val": lang }), afterLanguage);
}

/** What stands behind the language in the properties of a run (CT_RPr, 17.3.2.28). */
const afterLanguage = /^(?:w:eastAsianLayout|w:specVanish|w:oMath|w14:.*)$/;

const isNamed = (child: XmlElement | string, name: string): boolean =>
  typeof child !== "string" && child.name === name;

/** Puts an element before the first child whose name matches, or at the end. */
export function insertBefore(parent: XmlElement, element: XmlElement, names: RegExp): void {
  const at = parent.children.findIndex(
    (child) => typeof child !== "string" && names.test(child.name),
  );
  parent.children.splice(at < 0 ? parent.children.length : at, 0, element);
}

/** Returns a story of ours with the ids that its styles have among theirs. */
export function withStyleIds(xml: string, ids: ReadonlyMap<string, string>): string {
  const types = { p: "paragraph", r: "character", tbl: "table" } as const;
  return xml.replace(
    /<w:(p|r|tbl)Style w:val="([^"]*)"/g,
    (whole, kind: keyof typeof types, id: string) => {
      const mapped = ids.get(`${types[kind]} ${id}`);
      return mapped === undefined ? whole : `<w:${kind}Style w:val="${mapped}"`;
    },
  );
}
