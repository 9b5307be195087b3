// Somebody else's Word document that ours is to look like: its parts, read and
// found harmless, and what is asked of them in more than one place.

import type { HeadingNumbers } from "./template.js";
import {
  childElements,
  childNamed,
  childValue,
  isOn,
  type Namespaces,
  type XmlElement,
} from "./xml-tree.js";

/** A university's Word document, as far as it is taken over. */
export interface ReferenceDocx {
  /** As people would type its path. */
  readonly file: string;
  readonly parts: ReadonlyMap<string, Uint8Array>;
  /** Those of all trees. */
  readonly namespaces: Namespaces;
  readonly document: XmlElement;
  readonly styles: XmlElement;
  readonly numbering: XmlElement | undefined;
  readonly settings: XmlElement | undefined;
  /** The paths of parts that are taken whole. */
  readonly theme: string | undefined;
  readonly fontTable: string | undefined;
  /** The type of each part. */
  readonly contentType: (path: string) => string | undefined;
  /** The relationships of a part. */
  readonly relationships: (path: string) => readonly Relationship[];
  /** The path of the main part. */
  readonly path: string;
  /** The properties of the section that the body of the work has. */
  readonly section: XmlElement | undefined;
  /** How its own heading styles are numbered; absent where they are not, or as we cannot follow. */
  readonly headings: HeadingNumbers | undefined;
  /** How much higher lines are in its font than in the one that stands for it. */
  readonly lineScale: number;
  /** The names between double braces in its text; block ones alone in their paragraphs. */
  readonly placeholders: ReadonlySet<string>;
}

/** Where a part leads (ECMA-376-2, 6.5). */
export interface Relationship {
  readonly id: string;
  /** The last word of its type: `image`, `hyperlink`, `header`. */
  readonly type: string;
  readonly fullType: string;
  /** A path of the package, or an address if it is external. */
  readonly target: string;
  readonly external: boolean;
}

/** Whether ours is put into its text, and not only dressed in its styles. */
export function isPlaceholderTemplate({ placeholders }: ReferenceDocx): boolean {
  return placeholders.has("body");
}

export type StyleType = "paragraph" | "character" | "table" | "numbering";

/** Finds a style by its name, which is English for Word's own in all its languages (17.7.4.9). */
export function styleNamed(
  styles: XmlElement,
  type: StyleType,
  name: string,
): XmlElement | undefined {
  const wanted = name.toLowerCase();
  return childElements(styles, "w:style").find(
    (style) => styleType(style) === type && childValue(style, "w:name")?.toLowerCase() === wanted,
  );
}

/** Finds the style that paragraphs, letters or tables have where nothing else is said. */
export function defaultStyle(styles: XmlElement, type: StyleType): XmlElement | undefined {
  return childElements(styles, "w:style").find(
    (style) =>
      styleType(style) === type && /^(?:1|true|on)$/.test(style.attributes.get("w:default") ?? ""),
  );
}

/** Returns a style with those that it is based on, itself first. */
export function styleChain(styles: XmlElement, style: XmlElement): XmlElement[] {
  const chain: XmlElement[] = [];
  let current: XmlElement | undefined = style;
  while (current && !chain.includes(current)) {
    chain.push(current);
    const base = childValue(current, "w:basedOn");
    current = childElements(styles, "w:style").find(
      (other) => base !== undefined && other.attributes.get("w:styleId") === base,
    );
  }
  return chain;
}

export const styleType = (style: XmlElement): StyleType =>
  (style.attributes.get("w:type") ?? "paragraph") as StyleType;

/** A name between double braces. */
export const placeholderPattern = /\{\{\s*([A-Za-z][A-Za-z-]*)\s*\}\}/g;

/** Returns the text of a paragraph, its runs joined, with `\t` and `\n` for tabs and breaks. */
export function paragraphText(paragraph: XmlElement): string {
  let text = "";
  const read = (element: XmlElement): void => {
    for (const child of element.children) {
      if (typeof child === "string") {
        if (element.name === "w:t") text += child;
      } else if (child.name === "w:tab") text += "\t";
      else if (child.name === "w:br" || child.name === "w:cr") text += "\n";
      // Text boxes have paragraphs of their own.
      else if (child.name !== "w:p" && child.name !== "w:pPr" && child.name !== "mc:Fallback") {
        read(child);
      }
    }
  };
  read(paragraph);
  return text;
}

export type HeadKind = "header" | "footer";
export type HeadPages = "default" | "even" | "first";

/** The paths of heads and feet by `header default`, `footer first`…: those of a section of theirs. */
export type Heads = ReadonlyMap<`${HeadKind} ${HeadPages}`, string>;

/** Returns the sections of a document in order, each with the heads that it has of its own or takes over (17.10.2). */
export function sectionsWithHeads({
  document,
  path,
  relationships,
}: Pick<ReferenceDocx, "document" | "path" | "relationships">): {
  readonly section: XmlElement;
  readonly heads: Heads;
}[] {
  const targets = new Map(relationships(path).map(({ id, target }) => [id, target]));
  const heads = new Map<`${HeadKind} ${HeadPages}`, string>();
  return sectionProperties(document).map((section) => {
    for (const element of childElements(section)) {
      const kind = /^w:(header|footer)Reference$/.exec(element.name)?.[1] as HeadKind | undefined;
      const target = targets.get(element.attributes.get("r:id") ?? "");
      if (!kind || target === undefined) continue;
      const pages = (element.attributes.get("w:type") ?? "default") as HeadPages;
      heads.set(`${kind} ${pages}`, target);
    }
    return { section, heads: new Map(heads) };
  });
}

/** Returns the properties of the sections of a document, in order. */
export function sectionProperties(document: XmlElement): XmlElement[] {
  const body = childNamed(document, "w:body");
  return (body ? childElements(body) : []).flatMap((child) => {
    const own =
      child.name === "w:sectPr" ? child : childNamed(childNamed(child, "w:pPr"), "w:sectPr");
    return own ? [own] : [];
  });
}

/** Returns the heads of the pages of the work, and those of its title page. */
export function headsOf(
  reference: Pick<ReferenceDocx, "document" | "path" | "relationships" | "section">,
): {
  readonly body: Heads;
  readonly cover: Heads;
} {
  const sections = sectionsWithHeads(reference);
  const body = sections.find(({ section }) => section === reference.section)?.heads ?? new Map();
  const [first] = sections;
  const cover = new Map<`${HeadKind} ${HeadPages}`, string>();
  const isApart = sections.length > 1 && first?.section !== reference.section;
  for (const kind of ["header", "footer"] as const) {
    const pages = isOn(first?.section, "w:titlePg") ? "first" : isApart ? "default" : undefined;
    const path = pages && first?.heads.get(`${kind} ${pages}`);
    if (path) cover.set(`${kind} default`, path);
  }
  return { body, cover };
}

/** The name of a block placeholder, if that is all that a paragraph holds: `{{ body }}`. */
export function lonePlaceholder(paragraph: XmlElement): string | undefined {
  if (paragraph.name !== "w:p") return undefined;
  return /^\{\{\s*([A-Za-z][A-Za-z-]*)\s*\}\}$/
    .exec(paragraphText(paragraph).trim())?.[1]
    ?.toLowerCase();
}

/** Whether a paragraph of theirs is a heading: by its style, or by its level in the outline. */
export function isHeading(paragraph: XmlElement, styles: XmlElement): boolean {
  const properties = childNamed(paragraph, "w:pPr");
  const id = childValue(properties, "w:pStyle");
  const style = childElements(styles, "w:style").find(
    (one) => one.attributes.get("w:styleId") === id,
  );
  const chain = style && id !== undefined ? styleChain(styles, style) : [];
  const levels = [properties, ...chain.map((one) => childNamed(one, "w:pPr"))];
  const level = levels.map((one) => childValue(one, "w:outlineLvl")).find((one) => one);
  if (level !== undefined && Number(level) < 9) return true;
  return chain.some((one) =>
    /^(?:heading \d|toc heading|title)$/i.test(childValue(one, "w:name") ?? ""),
  );
}

/** Returns the level of the heading that `STYLEREF` means: by its number, or by the name of its style in any language. */
export function headingOfField(
  argument: string,
  { styles }: Pick<ReferenceDocx, "styles">,
): number | undefined {
  const [, quoted, plain] = /^(?:"([^"]*)"|(\S+))/.exec(argument.trim()) ?? [];
  const name = (quoted ?? plain ?? "").trim();
  if (/^\d$/.test(name)) return Number(name);
  const isOwn = childElements(styles, "w:style").some(
    (style) =>
      childValue(style, "w:name")?.toLowerCase() === name.toLowerCase() &&
      !/^heading \d$/i.test(name),
  );
  const [, level] = /^\p{L}[\p{L} ]*\s(\d)$/u.exec(name) ?? [];
  return isOwn || level === undefined ? undefined : Number(level);
}
