// Reads a CSL style that comes from outside, as XML, and refuses what would
// crash, hang or silently mislead the citation engine.

import { type SaxesAttributeNSIncomplete, SaxesParser } from "saxes";
import type { CslNode } from "../style.js";

/** What is wrong with a style file, and where: an offset into its text. */
export class CslStyleError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = "CslStyleError";
    this.offset = offset;
  }
}

/** A style file that was read: its tree, and where its elements begin, for messages. */
export interface CslXml {
  readonly root: CslNode;
  readonly offsets: ReadonlyMap<CslNode, number>;
}

/** CSL 1.0.2, section 2: the namespace of styles and locales. */
const NAMESPACE = "http://purl.org/net/xbiblio/csl";

/** Deeper than any style that was ever published; beyond it recursion would overflow. */
const DEEPEST = 256;

/** How many elements a style may come to with all macros written out. */
const MOST_ELEMENTS = 100_000;

/**
 * Returns the elements of a style file as citeproc-js takes them: without
 * comments, blank text and elements of other namespaces. Throws a
 * `CslStyleError` for text that is not well-formed XML, has a document type
 * declaration, or is nested too deeply.
 */
export function readCslXml(xml: string): CslXml {
  const parser = new SaxesParser({ xmlns: true });
  const offsets = new Map<CslNode, number>();
  const open: (CslNode & { children: (CslNode | string)[] })[] = [];
  let root: CslNode | undefined;
  let foreign = 0;
  let start = 0;

  const fail = (message: string, offset = parser.position): never => {
    throw new CslStyleError(message, Math.max(0, Math.min(offset, xml.length)));
  };
  parser.on("error", (error) =>
    fail(`not well-formed XML: ${error.message.replace(/^\d+:\d+: /, "")}`),
  );
  parser.on("doctype", () => fail("a document type declaration is not allowed in a style"));
  parser.on("opentagstart", ({ name }) => {
    start = Math.max(0, xml.lastIndexOf(`<${name}`, parser.position));
  });
  parser.on("opentag", (tag) => {
    if (open.length + foreign >= DEEPEST) fail("the style is nested too deeply", start);
    if (foreign || tag.uri !== NAMESPACE) {
      if (!open.length) fail(`not a CSL style: the root is <${tag.name}>`, start);
      foreign++;
      return;
    }
    const attrs: Record<string, string> = {};
    for (const attribute of Object.values(tag.attributes as Record<string, unknown>)) {
      const { name, value } = attribute as SaxesAttributeNSIncomplete & { value: string };
      if (name !== "__proto__") attrs[name] = value;
    }
    const node = { name: tag.local, attrs, children: [] };
    offsets.set(node, start);
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  parser.on("closetag", () => {
    if (foreign) {
      foreign--;
      return;
    }
    const node = open.pop();
    if (node && !node.children.length && /^(term|single|multiple)$/.test(node.name)) {
      node.children.push("");
    }
  });
  parser.on("text", (text) => {
    if (!foreign && /\S/.test(text)) open.at(-1)?.children.push(text.replace(/[\r\n]+/g, " "));
  });
  parser.on("cdata", (text) => {
    if (!foreign) open.at(-1)?.children.push(text);
  });

  if (!xml.trim()) fail("not a CSL style: the file is empty", 0);
  parser.write(xml).close();
  return { root: root!, offsets };
}

/**
 * Checks that a style can be used: its root, class and version, a layout for
 * citations, and macros that exist, do not call themselves in a circle and come
 * to at most 100,000 elements when written out. Throws a `CslStyleError`.
 */
export function checkCslStyle({ root, offsets }: CslXml): void {
  const fail = (message: string, node: CslNode = root): never => {
    throw new CslStyleError(message, offsets.get(node) ?? 0);
  };
  if (root.name !== "style") fail(`not a CSL style: the root is <${root.name}>`);
  const { class: kind, version } = root.attrs;
  if (version !== undefined && !version.startsWith("1.")) {
    fail(`the style is written in CSL ${version}, not in CSL 1.0`);
  }
  if (kind !== "note" && kind !== "in-text") {
    fail(
      kind === undefined
        ? 'the style has no class; it must be "note" or "in-text"'
        : `the class of the style is "${kind}"; it must be "note" or "in-text"`,
    );
  }
  const citation = childNamed(root, "citation");
  if (!citation || !childNamed(citation, "layout")) {
    fail("the style has no layout for citations", citation ?? root);
  }
  checkMacros(root, fail);
}

function checkMacros(root: CslNode, fail: (message: string, node: CslNode) => never | void): void {
  const macros = new Map<string, CslNode>();
  for (const child of root.children) {
    if (typeof child === "object" && child.name === "macro")
      macros.set(child.attrs.name ?? "", child);
  }
  const sizes = new Map<string, number>();
  const under = new Set<string>();

  const sizeOf = (node: CslNode): number => {
    let size = 1;
    const called = node.name === "macro" ? undefined : node.attrs.macro;
    if (called !== undefined) size += sizeOfMacro(called, node);
    for (const child of node.children) if (typeof child === "object") size += sizeOf(child);
    if (size > MOST_ELEMENTS) fail("the macros of the style multiply beyond all measure", node);
    return size;
  };
  const sizeOfMacro = (name: string, caller: CslNode): number => {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    const macro = macros.get(name);
    if (!macro) {
      fail(`there is no macro "${name}" in the style`, caller);
      return 0;
    }
    if (under.has(name)) fail(`the macro "${name}" calls itself`, caller);
    under.add(name);
    const size = sizeOf(macro);
    under.delete(name);
    sizes.set(name, size);
    return size;
  };
  for (const child of root.children) {
    if (typeof child !== "object") continue;
    if (child.name === "macro") sizeOfMacro(child.attrs.name ?? "", child);
    else sizeOf(child);
  }
}

/**
 * Returns the id of the style that a dependent style points to (CSL 1.0.2,
 * section 3.2), or undefined if the style stands on its own.
 */
export function independentParent({
  root,
  offsets,
}: CslXml): { readonly id: string; readonly offset: number } | undefined {
  const info = childNamed(root, "info");
  for (const child of info?.children ?? []) {
    if (typeof child !== "object" || child.name !== "link") continue;
    if (child.attrs.rel !== "independent-parent") continue;
    const id = /([^/]+)\/?$/.exec(child.attrs.href ?? "")?.[1] ?? "";
    return { id, offset: offsets.get(child) ?? 0 };
  }
  return undefined;
}

/** Returns the first child element of that name. */
export function childNamed(node: CslNode, name: string): CslNode | undefined {
  for (const child of node.children) {
    if (typeof child === "object" && child.name === name) return child;
  }
  return undefined;
}
