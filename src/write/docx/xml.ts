// XML in two forms: docx's elements for what stands in the document's stories,
// and strings for the parts that are written whole. All text passes `xmlSafe`.

import {
  BuilderElement,
  type IParagraphOptions,
  Paragraph,
  type ParagraphChild,
  type XmlComponent,
} from "docx";

/**
 * Returns a text without what XML 1.0 cannot hold (section 2.2, `Char`):
 * control characters, halves of surrogate pairs, U+FFFE and U+FFFF. Readers
 * report these and take them out, so this changes no text that came through one.
 */
export function xmlSafe(text: string): string {
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, "");
}

/** Returns a text as it may stand between tags or in a quoted attribute. */
export function escapeXml(text: string): string {
  return xmlSafe(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Returns an element of docx's object tree, its names with their prefixes:
 * `element("w:hyperlink", { "w:anchor": name }, runs)`. A string among the
 * children is text; docx escapes it.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  children: readonly (XmlComponent | string)[] = [],
): XmlComponent {
  const payload: Record<string, { key: string; value: string | number }> = {};
  for (const [key, value] of Object.entries(attributes)) payload[key] = { key, value };
  return new BuilderElement({
    name,
    ...(Object.keys(payload).length && { attributes: payload }),
    // The library's type leaves out strings, which its own elements of text consist of.
    children: children as readonly XmlComponent[],
  });
}

/** Returns a paragraph of docx's; its type of children leaves out elements of one's own. */
export function paragraphOf(
  runs: readonly XmlComponent[],
  options: Omit<IParagraphOptions, "children">,
): Paragraph {
  return new Paragraph({ ...options, children: runs as unknown as readonly ParagraphChild[] });
}
