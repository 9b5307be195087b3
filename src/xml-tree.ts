// XML of Office files as a tree that may be changed and written again. Names have
// the prefixes that ECMA-376 gives them, whatever the file calls its namespaces.

import { SaxesParser, type SaxesTagNS } from "saxes";

/** An element; elements are changed in place, for a tree belongs to who has read it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Map<string, string>;
  children: (XmlElement | string)[];
}

/** Says in plain words why a text is refused as XML. */
export class XmlError extends Error {}

const known: Readonly<Record<string, string>> = {
  w: "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
  r: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  m: "http://schemas.openxmlformats.org/officeDocument/2006/math",
  wp: "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
  a: "http://schemas.openxmlformats.org/drawingml/2006/main",
  pic: "http://schemas.openxmlformats.org/drawingml/2006/picture",
  c: "http://schemas.openxmlformats.org/drawingml/2006/chart",
  mc: "http://schemas.openxmlformats.org/markup-compatibility/2006",
  v: "urn:schemas-microsoft-com:vml",
  o: "urn:schemas-microsoft-com:office:office",
  w10: "urn:schemas-microsoft-com:office:word",
  w14: "http://schemas.microsoft.com/office/word/2010/wordml",
  w15: "http://schemas.microsoft.com/office/word/2012/wordml",
  wp14: "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
  wps: "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
  wpg: "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
  wpc: "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
  "": "http://schemas.openxmlformats.org/package/2006/relationships",
};
const contentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";

/** What Office programs later than ECMA-376 added, which others may pass over. */
const ignorable = /^(?:w1[4-9]\w*|wp14|wp15)$/;

/** The prefixes of the namespaces in several parts: one of each, so that elements can be moved. */
export class Namespaces {
  readonly #prefixes = new Map(Object.entries(known).map(([prefix, uri]) => [uri, prefix]));
  readonly #uris = new Map(Object.entries(known));
  readonly #ignored = new Set<string>();

  /** Returns the prefix of a namespace, that of the file if it is free. */
  prefixOf(uri: string, wanted: string): string {
    if (uri === contentTypes) return "";
    const given = this.#prefixes.get(uri);
    if (given !== undefined) return given;
    let prefix = wanted;
    for (let number = 1; !prefix || this.#uris.has(prefix); number++) prefix = `ns${number}`;
    this.#prefixes.set(uri, prefix);
    this.#uris.set(prefix, uri);
    return prefix;
  }

  /** Notes that a file lets programs pass a namespace over that they do not know. */
  ignore(prefix: string): void {
    this.#ignored.add(prefix);
  }

  /** Returns the opening tag of a part of ours with the namespaces that elements of theirs have. */
  declareIn(tag: string, elements: readonly XmlElement[]): string {
    const used = new Set<string>();
    for (const element of elements) gatherPrefixes(element, used);
    for (const prefix of ["xml", ""]) used.delete(prefix);
    const passed = [...used].filter((one) => this.#ignored.has(one) || ignorable.test(one)).sort();
    if (passed.length) used.add("mc");
    let declared = tag;
    const add = (attribute: string) => {
      declared = `${declared.slice(0, -1)} ${attribute}>`;
    };
    for (const prefix of [...used].sort()) {
      if (!declared.includes(` xmlns:${prefix}=`))
        add(`xmlns:${prefix}="${this.#uris.get(prefix)}"`);
    }
    const [, before] = / mc:Ignorable="([^"]*)"/.exec(declared) ?? [];
    const all = [...new Set([...(before?.split(/\s+/) ?? []), ...passed])].join(" ");
    if (before !== undefined)
      declared = declared.replace(/ mc:Ignorable="[^"]*"/, ` mc:Ignorable="${all}"`);
    else if (all) add(`mc:Ignorable="${all}"`);
    return declared;
  }

  /** Returns a part as text, its namespaces declared at its root. */
  print(root: XmlElement): string {
    const used = new Set<string>();
    gatherPrefixes(root, used);
    used.delete("xml");
    const passed = [...used].filter((one) => this.#ignored.has(one) || ignorable.test(one)).sort();
    if (passed.length) used.add("mc");
    const declared = [...used].sort().map((prefix) => {
      const uri = prefix === "" && root.name === "Types" ? contentTypes : this.#uris.get(prefix);
      return ` xmlns${prefix && ":"}${prefix}="${escapeValue(uri ?? "")}"`;
    });
    const compatibility = passed.length ? ` mc:Ignorable="${passed.join(" ")}"` : "";
    const printed = printElement(root);
    const at = root.name.length + 1;
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${printed.slice(0, at)}${declared.join("")}${compatibility}${printed.slice(at)}`;
  }
}

function gatherPrefixes({ name, attributes, children }: XmlElement, used: Set<string>): void {
  used.add(prefixIn(name));
  for (const [key, value] of attributes) {
    if (key.includes(":")) used.add(prefixIn(key));
    // What a choice requires is named by prefixes in its value.
    if (key === "Requires") for (const prefix of value.split(/\s+/)) used.add(prefix);
  }
  for (const child of children) if (typeof child !== "string") gatherPrefixes(child, used);
}

const prefixIn = (name: string): string => (name.includes(":") ? name.split(":", 1)[0]! : "");

/** The deepest nesting that is read, and the most elements. */
const DEEPEST = 256;
const MOST_ELEMENTS = 500_000;

/**
 * Returns the root of an XML text, with the prefixes of `namespaces`. Throws an
 * `XmlError` if it is not well-formed or has a document type (which could name
 * other files, or grow without bounds), is nested more than 256 deep or has more
 * than half a million elements.
 */
export function parseXmlTree(xml: string, namespaces: Namespaces): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const top: XmlElement = { name: "", attributes: new Map(), children: [] };
  const open = [top];
  let count = 0;
  const prefixes = (value: string): string[] =>
    value
      .split(/\s+/)
      .filter(Boolean)
      .flatMap((prefix) => {
        const uri = parser.resolve(prefix);
        return uri ? [namespaces.prefixOf(uri, prefix)] : [];
      });
  parser.on("error", (error) => {
    throw new XmlError(`is broken: ${error.message.replace(/^undefined:/, "line ")}`);
  });
  parser.on("doctype", () => {
    throw new XmlError("has a document type, which no program of Office writes");
  });
  parser.on("opentag", (tag: SaxesTagNS) => {
    if (open.length > DEEPEST) throw new XmlError(`is nested more than ${DEEPEST} deep`);
    if (++count > MOST_ELEMENTS) throw new XmlError("has more than half a million elements");
    const attributes = new Map<string, string>();
    for (const { name, prefix, local, uri, value } of Object.values(tag.attributes)) {
      if (prefix === "xmlns" || name === "xmlns") continue;
      const own = prefix ? `${namespaces.prefixOf(uri, prefix)}:${local}` : local;
      if (prefix === "xml") attributes.set(`xml:${local}`, value);
      else if (own === "mc:Ignorable") for (const one of prefixes(value)) namespaces.ignore(one);
      else if (own === "Requires") attributes.set(own, prefixes(value).join(" "));
      else attributes.set(own, value);
    }
    const prefix = tag.uri ? namespaces.prefixOf(tag.uri, tag.prefix) : "";
    const element = {
      name: prefix ? `${prefix}:${tag.local}` : tag.local,
      attributes,
      children: [],
    };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    if (open.length > 1) open.at(-1)!.children.push(text);
  });
  parser.on("cdata", (text) => {
    if (open.length > 1) open.at(-1)!.children.push(text);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(xml).close();
  const [root] = top.children;
  if (!root || typeof root === "string") throw new XmlError("is empty");
  return root;
}

/**
 * Returns an element as text, for a part that declares its namespaces. What stands
 * in an element without a name is XML already, and printed as it is.
 */
export function printElement({ name, attributes, children }: XmlElement): string {
  if (!name) return children.join("");
  let xml = `<${name}`;
  for (const [key, value] of attributes) xml += ` ${key}="${escapeValue(value)}"`;
  if (!children.length) return `${xml}/>`;
  xml += ">";
  for (const child of children) {
    xml += typeof child === "string" ? escapeText(child) : printElement(child);
  }
  return `${xml}</${name}>`;
}

const escapeText = (text: string): string =>
  text.replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`);
const escapeValue = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Returns an element: `xmlElement("w:numId", { "w:val": "1" })`. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: (XmlElement | string)[] = [],
): XmlElement {
  return { name, attributes: new Map(Object.entries(attributes)), children };
}

/** Returns a copy of an element and all below it. */
export function copyOf({ name, attributes, children }: XmlElement): XmlElement {
  return {
    name,
    attributes: new Map(attributes),
    children: children.map((child) => (typeof child === "string" ? child : copyOf(child))),
  };
}

/** Returns the element children of an element, of one name or all. */
export function childElements({ children }: XmlElement, name?: string): XmlElement[] {
  return children.filter(
    (child): child is XmlElement =>
      typeof child !== "string" && (name === undefined || child.name === name),
  );
}

/** Returns the first child of a name. */
export function childNamed(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find(
    (child): child is XmlElement => typeof child !== "string" && child.name === name,
  );
}

/** Yields an element and all below it, parents first. */
export function* descendants(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const child of root.children) if (typeof child !== "string") yield* descendants(child);
}

/** Returns the `w:val` of the child of a name. */
export function childValue(parent: XmlElement | undefined, name: string): string | undefined {
  return childNamed(parent, name)?.attributes.get("w:val");
}

/** Whether a property of Word is on: there is such a child, and it does not say no (17.17.4). */
export function isOn(parent: XmlElement | undefined, name: string): boolean | undefined {
  const found = childNamed(parent, name);
  if (!found) return undefined;
  return !/^(?:0|false|off)$/.test(found.attributes.get("w:val") ?? "1");
}

/** Removes the elements that a test names, at any depth. */
export function removeElements(root: XmlElement, test: (element: XmlElement) => boolean): void {
  root.children = root.children.filter((child) => typeof child === "string" || !test(child));
  for (const child of root.children) if (typeof child !== "string") removeElements(child, test);
}
