// The last step before a package is a file: what docx writes otherwise than
// Word does is put right, and everything that would differ from build to build
// is fixed. The same document gives the same bytes, at any time and place.

import { type File, Packer } from "docx";
import { zip } from "./zip.js";

/** The parts of a package by their paths: XML as text, pictures and fonts as bytes. */
export type Package = Map<string, string | Uint8Array>;

/** Returns the parts of a document of docx's, with ours in place of some. */
export function compilePackage(
  document: File,
  replacements: readonly { readonly path: string; readonly data: string }[],
): Package {
  // docx's types keep its compiler private. Its public way out zips the parts,
  // which we should only have to unzip again.
  const { compiler } = Packer as unknown as {
    compiler: { compile(document: File, prettify: undefined, replacements: unknown): Package };
  };
  return compiler.compile(document, undefined, replacements);
}

/** Returns a part that is XML. Throws if the package has none of that name. */
export function xmlPart(parts: ReadonlyMap<string, string | Uint8Array>, path: string): string {
  const part = parts.get(path);
  if (typeof part !== "string") throw new Error(`the package has no XML part ${path}`);
  return part;
}

/** Puts our rules above the notes in place of docx's, which begin with a stray mark of a note. */
export function replaceSeparators(footnotes: string, separators: string): string {
  const start = footnotes.indexOf("<w:footnote ");
  const last = footnotes.indexOf('w:type="continuationSeparator"');
  const end = footnotes.indexOf("</w:footnote>", last);
  if (start < 0 || last < 0 || end < 0) throw new Error("docx wrote no separators of notes");
  return footnotes.slice(0, start) + separators + footnotes.slice(end + "</w:footnote>".length);
}

/**
 * Writes quotation marks in field codes as Word does, without escaping them:
 * programs that read fields from the XML by pattern miss them otherwise.
 */
export function plainFieldCodes(xml: string): string {
  return xml.replace(
    /(<w:instrText[^>]*>)([^<]*)/g,
    (_, tag: string, code: string) =>
      tag + code.replaceAll("&quot;", '"').replaceAll("&apos;", "'"),
  );
}

/** Adds addresses outside the package to a part's relationships. */
export function addLinks(relationships: string, links: ReadonlyMap<string, string>): string {
  if (links.size === 0) return relationships;
  const added = [...links].map(
    ([url, id]) =>
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="${url.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)}" TargetMode="External"/>`,
  );
  const open = relationships.replace(/(<Relationships [^>]*)\/>$/, "$1></Relationships>");
  if (!open.endsWith("</Relationships>")) throw new Error("docx wrote no relationships");
  return `${open.slice(0, -"</Relationships>".length)}${added.join("")}</Relationships>`;
}

/**
 * Lets Word's sections share the heads and feet that are alike. docx writes a part
 * for each section; of equal ones the first is kept.
 */
export function shareHeads(parts: Package): void {
  const relationships = "word/_rels/document.xml.rels";
  const kept = new Map<string, string>();
  const instead = new Map<string, string>();
  let rels = xmlPart(parts, relationships);
  let types = xmlPart(parts, "[Content_Types].xml");
  for (const [element, id, name] of headRelationships(rels)) {
    const own = parts.get(`word/_rels/${name}.rels`) ?? "";
    const content = `${xmlPart(parts, `word/${name}`)} ${own}`;
    const first = kept.get(content);
    if (first === undefined) {
      kept.set(content, id);
      continue;
    }
    instead.set(id, first);
    rels = rels.replace(element, "");
    types = types.replace(new RegExp(`<Override [^>]*PartName="/word/${name}"[^>]*/>`), "");
    parts.delete(`word/${name}`);
    parts.delete(`word/_rels/${name}.rels`);
  }
  if (instead.size === 0) return;
  parts.set(relationships, rels);
  parts.set("[Content_Types].xml", types);
  const references = /(<w:(?:header|footer)Reference [^>]*r:id=")([^"]+)/g;
  const text = xmlPart(parts, "word/document.xml");
  parts.set(
    "word/document.xml",
    text.replace(references, (_, tag: string, id: string) => tag + (instead.get(id) ?? id)),
  );
}

/** Yields the relationships to heads and feet: the element, its id and the name of the part. */
function* headRelationships(
  relationships: string,
): Generator<readonly [element: string, id: string, name: string]> {
  for (const [element] of relationships.matchAll(/<Relationship [^>]*\/>/g)) {
    const id = /\bId="([^"]+)"/.exec(element)?.[1];
    const name = /\bTarget="((?:header|footer)\d+\.xml)"/.exec(element)?.[1];
    if (id && name) yield [element, id, name];
  }
}

/** The parts that readers look for first; the content types must be the first of all. */
const first = [
  "[Content_Types].xml",
  "_rels/.rels",
  "word/document.xml",
  "word/_rels/document.xml.rels",
];

/** Returns the package as a zip file: its parts in a fixed order, all of one time. */
export function zipPackage(parts: Package, date: Date | undefined): Uint8Array {
  const order = [
    ...first.filter((path) => parts.has(path)),
    ...[...parts.keys()].filter((path) => !first.includes(path)).sort(),
  ];
  const entries = order.map((path) => {
    const part = parts.get(path)!;
    return { path, data: typeof part === "string" ? Buffer.from(part) : part };
  });
  return zip(entries, date);
}
