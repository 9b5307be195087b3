// A finished package of ours, dressed in a reference document: its styles, theme,
// lists, heads, feet and page are taken over part by part, as a person would by
// pasting the text into the university's file.

import { type Document, fullName, toText } from "../../document.js";
import {
  type HeadKind,
  type HeadPages,
  type Heads,
  headingOfField,
  headsOf,
  type ReferenceDocx,
} from "../../reference-docx.js";
import type { Template } from "../../template.js";
import {
  childElements,
  childNamed,
  childValue,
  descendants,
  isOn,
  parseXmlTree,
  printElement,
  type XmlElement,
  xmlElement,
} from "../../xml-tree.js";
import { type Package, xmlPart } from "./finish.js";
import { type HeadedSection, sourceOf } from "./heads.js";
import { proofingLanguage } from "./languages.js";
import { textWidth } from "./page.js";
import { type FieldResult, fillFields, fillTexts, showsPageNumber } from "./reference-fields.js";
import { mergeNumbering, withListNumbers } from "./reference-numbering.js";
import { mergeStyles, setContentsStops, withStyleIds } from "./reference-styles.js";

/** What a package is dressed with. */
export interface Dress {
  readonly reference: ReferenceDocx;
  readonly document: Document;
  readonly template: Template;
  /** Our Word sections, in their order. */
  readonly sections: readonly Pick<HeadedSection, "part" | "stretch" | "numbered">[];
  /** What is printed for a placeholder; undefined where nothing is known. */
  readonly textOf: (name: string) => string | undefined;
}

/** What of a dressed package is asked later. */
export interface Dressed {
  /** The id of the style of entries of the list. */
  readonly entryStyle: string;
  readonly parts: PartCopier;
  readonly heads: HeadWriter;
}

const xmlDeclaration = /^<\?xml[^>]*\?>\s*/;

/**
 * Changes the parts of a package of ours in place. Pages of the work have the
 * heads and feet that theirs have in the section of the body; its title page has
 * those of their first page, if that has its own.
 */
export function dressPackage(parts: Package, dress: Dress): Dressed {
  const { reference, document, template } = dress;
  const { namespaces } = reference;
  const tree = (path: string) =>
    parseXmlTree(xmlPart(parts, path).replace(xmlDeclaration, ""), namespaces);
  const lang = proofingLanguage(document.metadata.lang);
  const merged = mergeStyles(reference, tree("word/styles.xml"), lang);
  const lists = mergeNumbering(reference, tree("word/numbering.xml"), merged, template);
  setContentsStops(merged.root, textWidth(template.page));
  parts.set("word/styles.xml", namespaces.print(merged.root));
  parts.set("word/numbering.xml", namespaces.print(lists.root));
  for (const path of parts.keys()) {
    if (!/^word\/(?:document|footnotes|endnotes|comments|header\d+|footer\d+)\.xml$/.test(path))
      continue;
    const own = withStyleIds(xmlPart(parts, path), merged.ids);
    parts.set(path, withListNumbers(own, lists.numbers));
  }
  const copier = new PartCopier(parts, reference);
  if (reference.theme) copier.replace("word/theme/theme1.xml", reference.theme);
  if (reference.fontTable) takeFontTable(parts, reference);
  dressSettings(parts, reference);
  const heads = new HeadWriter(dress, copier, markIn(parts));
  dressSections(parts, dress, copier, heads);
  copier.finish();
  const entryStyle = merged.ids.get("paragraph Bibliography") ?? "Bibliography";
  return { entryStyle, parts: copier, heads };
}

// ---- parts ------------------------------------------------------------------------------

const documentRels = "word/_rels/document.xml.rels";

/** Copies parts of a reference document into a package, with all that they lead to. */
export class PartCopier {
  readonly #parts: Package;
  readonly #reference: ReferenceDocx;
  readonly #copied = new Map<string, string>();
  readonly #links: string[] = [];
  #types: string;
  #count = 0;
  #linked = 0;

  constructor(parts: Package, reference: ReferenceDocx) {
    this.#parts = parts;
    this.#reference = reference;
    this.#types = xmlPart(parts, "[Content_Types].xml");
  }

  /** Puts a part of theirs in the place of one of ours. */
  replace(path: string, theirs: string): void {
    this.#parts.set(path, this.#reference.parts.get(theirs)!);
    this.#type(path, this.#reference.contentType(theirs) ?? "application/xml");
    this.#copyRelationships(theirs, path);
  }

  /** Adds a part under a name of ours, with what `source` leads to; returns the id of its relationship to the document. */
  add(path: string, xml: string, fullType: string, source: string): string {
    this.#parts.set(path, xml);
    this.#type(path, this.#reference.contentType(source) ?? "application/xml");
    this.#copyRelationships(source, path);
    return this.link(path.replace(/^word\//, ""), fullType);
  }

  /** Adds a head of ours; returns the id of its relationship to the document. */
  addHead(path: string, xml: string): string {
    this.#parts.set(path, xml);
    this.#type(path, "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml");
    const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header";
    return this.link(path.replace(/^word\//, ""), type);
  }

  /** Adds a relationship of the document; returns its id. */
  link(target: string, fullType: string, external = false): string {
    const id = `rIdReference${++this.#linked}`;
    this.#links.push(relationshipXml(id, target, fullType, external));
    return id;
  }

  /** Adds all that the document of theirs leads to besides its own parts; returns new ids by old ones. */
  linksOfDocument(ids: ReadonlySet<string>): Map<string, string> {
    const { relationships, path } = this.#reference;
    return new Map(
      relationships(path)
        .filter(({ id, type }) => ids.has(id) && type !== "header" && type !== "footer")
        .map(({ id, target, fullType, external }) => [
          id,
          external
            ? this.link(target, fullType, true)
            : this.link(this.#copy(target).replace(/^word\//, ""), fullType),
        ]),
    );
  }

  /** Writes the types and relationships that have been gathered. */
  finish(): void {
    this.#parts.set("[Content_Types].xml", this.#types);
    const rels = xmlPart(this.#parts, documentRels);
    const added = this.#links.splice(0).join("");
    if (!added) return;
    this.#parts.set(
      documentRels,
      rels.replace(/<\/Relationships>\s*$/, `${added}</Relationships>`),
    );
  }

  /** Copies a part as it is; returns its new path. */
  #copy(source: string): string {
    const known = this.#copied.get(source);
    if (known !== undefined) return known;
    const ending = /\.[^./]*$/.exec(source)?.[0].toLowerCase() ?? "";
    const path = `word/reference/${ending === ".xml" ? "part" : "image"}${++this.#count}${ending}`;
    this.#copied.set(source, path);
    this.#parts.set(path, this.#reference.parts.get(source)!);
    this.#type(path, this.#reference.contentType(source) ?? "application/octet-stream");
    this.#copyRelationships(source, path);
    return path;
  }

  #copyRelationships(source: string, path: string): void {
    const own = this.#reference.relationships(source);
    const place = path.replace(/([^/]*)$/, "_rels/$1.rels");
    this.#parts.delete(place);
    if (!own.length) return;
    const list = own.map(({ id, target, fullType, external }) =>
      relationshipXml(id, external ? target : `/${this.#copy(target)}`, fullType, external),
    );
    this.#parts.set(
      place,
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join("")}</Relationships>`,
    );
  }

  #type(path: string, type: string): void {
    const override = `<Override PartName="/${path}" ContentType="${attribute(type)}"/>`;
    const before = new RegExp(`<Override [^>]*PartName="/${path.replaceAll(".", "\\.")}"[^>]*/>`);
    this.#types = before.test(this.#types)
      ? this.#types.replace(before, override)
      : this.#types.replace("</Types>", `${override}</Types>`);
  }

  /** Takes the type of a part away that is no longer there. */
  forget(path: string): void {
    this.#parts.delete(path);
    this.#parts.delete(path.replace(/([^/]*)$/, "_rels/$1.rels"));
    this.#types = this.#types.replace(
      new RegExp(`<Override [^>]*PartName="/${path.replaceAll(".", "\\.")}"[^>]*/>`),
      "",
    );
  }
}

const attribute = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const relationshipXml = (id: string, target: string, type: string, external: boolean): string =>
  `<Relationship Id="${attribute(id)}" Type="${attribute(type)}" Target="${attribute(target)}"${external ? ' TargetMode="External"' : ""}/>`;

/** Their fonts, and ours that they do not name; embedded fonts are left out. */
function takeFontTable(parts: Package, { parts: theirs, fontTable, namespaces }: ReferenceDocx) {
  const read = (xml: string) => parseXmlTree(xml.replace(xmlDeclaration, ""), namespaces);
  const root = read(new TextDecoder().decode(theirs.get(fontTable!)!));
  const nameOf = (font: XmlElement) => font.attributes.get("w:name");
  const fonts = childElements(root, "w:font");
  for (const font of fonts) {
    font.children = font.children.filter(
      (child) => typeof child === "string" || !child.name.startsWith("w:embed"),
    );
  }
  const names = new Set(fonts.map(nameOf));
  const ours = childElements(read(xmlPart(parts, "word/fontTable.xml")), "w:font");
  root.children.push(...ours.filter((font) => !names.has(nameOf(font))));
  parts.set("word/fontTable.xml", namespaces.print(root));
}

/** Takes over what of their settings the look of pages depends on. */
function dressSettings(parts: Package, { settings }: ReferenceDocx): void {
  if (!settings) return;
  let own = xmlPart(parts, "word/settings.xml").replaceAll("<w:evenAndOddHeaders/>", "");
  if (isOn(settings, "w:evenAndOddHeaders")) {
    own = own.replace(
      "<w:characterSpacingControl",
      "<w:evenAndOddHeaders/><w:characterSpacingControl",
    );
  }
  const stop = childValue(settings, "w:defaultTabStop");
  if (stop !== undefined && /^\d+$/.test(stop)) {
    own = own.replace(/<w:defaultTabStop [^>]*>/, `<w:defaultTabStop w:val="${stop}"/>`);
  }
  const colours = childNamed(settings, "w:clrSchemeMapping");
  if (colours) {
    own = own.replace(/<w:clrSchemeMapping [^>]*>/, () => printElement(colours));
  }
  parts.set("word/settings.xml", own);
}

// ---- sections ---------------------------------------------------------------------------

/** Gives our Word sections the heads, feet and borders of theirs. */
function dressSections(parts: Package, dress: Dress, copier: PartCopier, writer: HeadWriter): void {
  const { reference, sections } = dress;
  const { body, cover } = headsOf(reference);
  const kept = keptKinds(body, dress);
  const borders = childNamed(reference.section, "w:pgBorders");
  let index = 0;
  const text = xmlPart(parts, "word/document.xml").replace(
    /<w:sectPr(?:\s[^>]*)?>([\s\S]*?)<\/w:sectPr>|<w:sectPr\/>/g,
    (_, inner = "") => {
      const section = sections[index++]!;
      const isCover = section.part.role === "title-page";
      const heads = isCover ? cover : body;
      const references = [...heads]
        .filter(([key]) => isCover || !key.endsWith(" first"))
        .map(([key, path]) => writer.reference(key, path, section))
        .join("");
      const stays = isCover ? marked(cover, dress) : kept;
      return `<w:sectPr>${references}${withoutHeads(inner, stays)}</w:sectPr>`.replace(
        /(<w:pgMar [^>]*\/>)/,
        (margins) => margins + (borders ? printElement(borders) : ""),
      );
    },
  );
  const root = /<w:document [^>]*>/.exec(text)![0];
  const declared = reference.namespaces.declareIn(root, borders ? [borders] : []);
  parts.set(
    "word/document.xml",
    text.replace(root, () => declared),
  );
  dropUnused(parts, copier);
}

/** Our heads stay where theirs are not, if pages have a mark, as those of drafts have. */
function marked(heads: Heads, { template }: Dress): ReadonlySet<HeadKind> {
  const hasHeader = [...heads.keys()].some((key) => key.startsWith("header"));
  return new Set(template.mark && !hasHeader ? ["header"] : []);
}

/** Returns the mark of pages in our heads, a paragraph in a frame; none where there is no mark. */
function markIn(parts: Package): string {
  for (const [path, xml] of parts) {
    if (!/^word\/header\d+\.xml$/.test(path) || typeof xml !== "string") continue;
    const [mark] = /<w:p><w:pPr>(?:<w:pStyle [^>]*\/>)?<w:framePr [\s\S]*?<\/w:p>/.exec(xml) ?? [];
    if (mark) return mark;
  }
  return "";
}

/** Which of our own heads and feet stay: those with a mark or the page's number, where theirs have none. */
function keptKinds(body: Heads, dress: Dress): ReadonlySet<HeadKind> {
  const { reference, template } = dress;
  const kept = marked(body, dress);
  const kinds = new Set([...body.keys()].map((key) => key.split(" ")[0] as HeadKind));
  const { place } = template.pageNumbers;
  if (kinds.has(place)) return kept;
  const isNumbered = [...body.values()].some((path) => showsPageNumber(read(path, reference)));
  return isNumbered ? kept : new Set([...kept, place]);
}

function withoutHeads(inner: string, kept: ReadonlySet<HeadKind>): string {
  const own = inner.replace(
    /<w:(header|footer)Reference [^>]*\/>/g,
    (whole: string, kind: HeadKind) => (kept.has(kind) ? whole : ""),
  );
  return kept.size ? own : own.replace(/<w:titlePg(?: [^>]*)?\/>/, "");
}

const read = (path: string, { parts, namespaces }: ReferenceDocx): XmlElement =>
  parseXmlTree(new TextDecoder().decode(parts.get(path)!).replace(xmlDeclaration, ""), namespaces);

/** Writes heads of theirs with what their fields show in a section of ours; equal ones once. */
export class HeadWriter {
  readonly #dress: Dress;
  readonly #copier: PartCopier;
  readonly #ids = new Map<string, string>();
  /** A paragraph of ours that all heads begin with; empty where pages have no mark. */
  readonly mark: string;
  #pictures = 0;

  constructor(dress: Dress, copier: PartCopier, mark: string) {
    this.mark = mark;
    this.#dress = dress;
    this.#copier = copier;
  }

  /** Returns the reference to a head, for a section of ours; without one its fields of titles stay. */
  reference(
    key: `${HeadKind} ${HeadPages}`,
    path: string,
    section?: Dress["sections"][number],
  ): string {
    const [kind, pages] = key.split(" ") as [HeadKind, HeadPages];
    const { reference, textOf } = this.#dress;
    const root = read(path, reference);
    fillFields(root, fieldResult(this.#dress, section));
    fillTexts(root, textOf);
    // Before the head's own text, as in ours: a frame cannot be the last paragraph.
    if (kind === "header" && this.mark) root.children.unshift(xmlElement("", {}, [this.mark]));
    const xml = reference.namespaces.print(root);
    let id = this.#ids.get(`${path} ${xml}`);
    if (id === undefined) {
      this.#numberPictures(root);
      // Beyond ours, which docx counts from 1.
      const name = `word/${kind}${900_001 + this.#ids.size}.xml`;
      const type = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}`;
      id = this.#copier.add(name, reference.namespaces.print(root), type, path);
      this.#ids.set(`${path} ${xml}`, id);
    }
    return `<w:${kind}Reference w:type="${pages}" r:id="${id}"/>`;
  }

  /** Returns the reference to a head that has nothing but the mark. */
  markAlone(pages: HeadPages): string {
    let id = this.#ids.get("");
    if (id === undefined) {
      const [style = ""] = /<w:pStyle [^>]*\/>/.exec(this.mark) ?? [];
      const line = `<w:p><w:pPr>${style}</w:pPr></w:p>`;
      const root = xmlElement("w:hdr", {}, [xmlElement("", {}, [this.mark + line])]);
      const name = `word/header${900_001 + this.#ids.size}.xml`;
      // What stands in elements without a name is not looked at for its prefix.
      const xml = this.#dress.reference.namespaces.print(root);
      id = this.#copier.addHead(name, xml);
      this.#ids.set("", id);
    }
    return `<w:headerReference w:type="${pages}" r:id="${id}"/>`;
  }

  /** Pictures have numbers that no other in the file has. */
  #numberPictures(root: XmlElement): void {
    for (const { name, attributes } of descendants(root)) {
      if (name === "wp:docPr") attributes.set("id", String(800_000_000 + ++this.#pictures));
    }
  }
}

/** Says what fields show: the title of the chapter, and what is known of the work. */
export function fieldResult(
  { document: { metadata }, reference }: Dress,
  section?: Dress["sections"][number],
): FieldResult {
  const works: Readonly<Record<string, string>> = {
    TITLE: toText(metadata.title),
    AUTHOR: metadata.author.map(fullName).join("; "),
    SUBJECT: metadata.subtitle ? toText(metadata.subtitle) : "",
  };
  return (code) => {
    const [name = "", ...rest] = code.trim().split(/\s+/);
    const field = name.toUpperCase() === "DOCPROPERTY" ? (rest[0] ?? "").replaceAll('"', "") : name;
    const known = works[field.toUpperCase()];
    if (known) return { text: known };
    if (name.toUpperCase() !== "STYLEREF" || !section) return undefined;
    const level = headingOfField(rest.join(" "), reference);
    if (level === undefined || level > 2) return undefined;
    const source = sourceOf(level === 1 ? "chapter" : "section", { ...section, form: "none" });
    if (!source) return { text: "" };
    const isNumber = /\\[nrw]\b/.test(code);
    const text = isNumber ? (source.section.number ?? "") : toText(source.section.title);
    const switches = rest.join(" ").replace(/^(?:"[^"]*"|\S+)/, "");
    // Headings without a number have a style of another name.
    return { text, ...(source.style && { code: ` STYLEREF ${source.style}${switches} ` }) };
  };
}

/** Takes our heads away that no section has any longer. */
function dropUnused(parts: Package, copier: PartCopier): void {
  const used = new Set(
    [...xmlPart(parts, "word/document.xml").matchAll(/ r:id="([^"]+)"/g)].map(([, id]) => id),
  );
  const rels = xmlPart(parts, documentRels);
  const left = rels.replace(
    /<Relationship [^>]*Target="((?:header|footer)\d+\.xml)"[^>]*\/>/g,
    (element, name: string) => {
      if (used.has(/\bId="([^"]+)"/.exec(element)?.[1])) return element;
      copier.forget(`word/${name}`);
      return "";
    },
  );
  parts.set(documentRels, left);
}
