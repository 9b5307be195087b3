// XML as a small tree, for looking at the parts of a finished file.

import { strFromU8, unzipSync } from "fflate";
import { SaxesParser } from "saxes";

/** An element, its names with their prefixes; text stands among the children. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
  readonly parent: Element | undefined;
}

/** Returns the root element of an XML text. Throws if it is not well-formed, namespaces included. */
export function parseXml(xml: string): Element {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const top: Element = { name: "", attributes: {}, children: [], parent: undefined };
  let current = top;
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const values: Record<string, string> = {};
    for (const [key, { value }] of Object.entries(attributes)) values[key] = value;
    const element: Element = { name, attributes: values, children: [], parent: current };
    current.children.push(element);
    current = element;
  });
  parser.on("text", (text) => {
    if (current !== top) current.children.push(text);
  });
  parser.on("closetag", () => {
    current = current.parent!;
  });
  parser.write(xml).close();
  return top.children[0] as Element;
}

/** Yields an element and all below it, parents first, in the order of the text. */
export function* elements(root: Element): Generator<Element> {
  yield root;
  for (const child of root.children) if (typeof child !== "string") yield* elements(child);
}

/** Returns the elements of a name at or below an element. */
export function named(root: Element, name: string): Element[] {
  return [...elements(root)].filter((element) => element.name === name);
}

/** Returns the element children of an element, of one name or all. */
export function childrenOf(element: Element, name?: string): Element[] {
  return element.children.filter(
    (child): child is Element =>
      typeof child !== "string" && (name === undefined || child.name === name),
  );
}

/** Returns the text at and below an element. */
export function textOf(element: Element): string {
  return element.children
    .map((child) => (typeof child === "string" ? child : textOf(child)))
    .join("");
}

/** Returns an element as indented XML without the declarations of namespaces, to be read in a diff. */
export function printXml(element: Element, indent = ""): string {
  const attributes = Object.entries(element.attributes)
    .filter(([name]) => !/^xmlns(:|$)|^mc:Ignorable$/.test(name))
    .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', "&quot;")}"`)
    .join("");
  const { name, children } = element;
  if (children.length === 0) return `${indent}<${name}${attributes}/>\n`;
  if (children.every((child) => typeof child === "string")) {
    return `${indent}<${name}${attributes}>${escapeText(children.join(""))}</${name}>\n`;
  }
  const inner = children.map((child) =>
    typeof child === "string"
      ? `${indent}  ${escapeText(child)}\n`
      : printXml(child, `${indent}  `),
  );
  return `${indent}<${name}${attributes}>\n${inner.join("")}${indent}</${name}>\n`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Returns the parts of a zipped package by their paths, in their order, XML as text. */
export function readParts(bytes: Uint8Array): Map<string, string | Uint8Array> {
  return new Map(
    Object.entries(unzipSync(bytes)).map(([path, data]) => [
      path,
      /\.(xml|rels)$/.test(path) ? strFromU8(data) : data,
    ]),
  );
}
