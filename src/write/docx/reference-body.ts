// The text of a placeholder template around ours. Its paragraphs, tables and
// sections are kept; ours stand where a paragraph of theirs names them.

import { isHeading, lonePlaceholder, sectionsWithHeads } from "../../reference-docx.js";
import {
  childElements,
  childNamed,
  childValue,
  copyOf,
  descendants,
  printElement,
  removeElements,
  type XmlElement,
  xmlElement,
} from "../../xml-tree.js";
import { type Package, xmlPart } from "./finish.js";
import { type Dress, type Dressed, fieldResult } from "./reference.js";
import { fillFields, fillTexts, sectionCarrier } from "./reference-fields.js";
import { insertBefore } from "./reference-styles.js";

/** Which of our Word sections stand at which name of the template, in order. */
export interface BodyGroup {
  readonly name: string;
  readonly sections: number;
}

/**
 * Puts the body of a dressed package, whose sections stand in the order of
 * `groups`, into the text of its reference document. `{{body}}`, and what has
 * several sections, keeps its own sections between those of theirs; all else
 * stands in theirs. `start` is the number of the first page of the body, where
 * it would otherwise go on from theirs.
 */
export function placeBody(
  parts: Package,
  dress: Dress,
  { parts: copier, heads }: Dressed,
  groups: readonly BodyGroup[],
  start: number | undefined,
): void {
  const { reference } = dress;
  const xml = xmlPart(parts, "word/document.xml");
  const open = xml.indexOf("<w:body>") + "<w:body>".length;
  const ours = cutSections(xml.slice(open, xml.lastIndexOf("</w:body>")));
  const theirs = childElements(ownBody(parts, dress, copier, heads));
  const placed: (string | XmlElement)[] = [];
  let at = 0;
  const groupsLeft = [...groups];
  for (const section of theirSections(theirs)) {
    let before: XmlElement[] = [];
    let isCut = false;
    let isTheirs = true;
    const close = () => {
      if (isTheirs || before.some((element) => !isBlank(element))) {
        const own = copyOf(section.properties);
        if (isCut) restart(own);
        placed.push(...carrying(before, own));
      }
      before = [];
    };
    for (const child of section.children) {
      const group = lonePlaceholder(child) === groupsLeft[0]?.name ? groupsLeft.shift() : undefined;
      if (!group) {
        before.push(child);
        continue;
      }
      isTheirs = false;
      const own = ours.slice(at, at + group.sections);
      at += group.sections;
      if (group.name === "body" || own.length > 1) {
        close();
        isCut = true;
        const [first, ...rest] = own;
        if (first) placed.push(numbered(first, group.name === "body" ? start : undefined), ...rest);
      } else if (own[0]) {
        const last = before.at(-1);
        const isHeaded = last?.name === "w:p" && isHeading(last, reference.styles);
        const page = isHeaded ? "same" : last ? "next" : "as-is";
        before.push(xmlElement("", {}, [loose(own[0], page)]));
      }
    }
    close();
  }
  const text = endingInSection(
    placed.map((piece) => (typeof piece === "string" ? piece : printElement(piece))).join(""),
  );
  const root = /<w:document [^>]*>/.exec(xml)![0];
  const declared = reference.namespaces.declareIn(root, theirs);
  parts.set(
    "word/document.xml",
    `${xml.slice(0, xml.indexOf(root))}${declared}<w:body>${text}</w:body></w:document>`,
  );
  copier.finish();
}

/** Our Word sections, each a text that ends with a paragraph that has its properties. */
function cutSections(body: string): string[] {
  const sections: string[] = [];
  let from = 0;
  for (const { index, 0: match } of body.matchAll(/<\/w:sectPr>/g)) {
    const end = index + match.length;
    const close = body.indexOf("</w:p>", end);
    const isLast = close < 0 || !body.slice(end, close).includes("</w:pPr>");
    const to = isLast ? body.length : close + "</w:p>".length;
    sections.push(isLast ? inParagraph(body.slice(from)) : body.slice(from, to));
    from = to;
    if (isLast) break;
  }
  return sections;
}

/** The properties of the last section stand behind its text: they are put into a paragraph. */
function inParagraph(section: string): string {
  const at = section.lastIndexOf("<w:sectPr>");
  return `${section.slice(0, at)}<w:p><w:pPr>${lowLine}${section.slice(at)}</w:pPr></w:p>`;
}

const lowLine =
  '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:ind w:left="0" w:firstLine="0"/><w:rPr><w:sz w:val="2"/></w:rPr>';

/** Takes a section of ours out of its frame, so that it stands in one of theirs. */
function loose(section: string, page: "same" | "next" | "as-is"): string {
  const carrier =
    /<w:p><w:pPr>(?:(?!<\/w:pPr>)[\s\S])*?<w:sectPr>(?:(?!<\/w:sectPr>)[\s\S])*<\/w:sectPr><\/w:pPr><\/w:p>$/;
  const last = carrier.exec(section);
  const text =
    last && !last[0].slice(1).includes("<w:p>")
      ? section.slice(0, last.index)
      : section.replace(/<w:sectPr>[\s\S]*?<\/w:sectPr>/g, "");
  if (page === "as-is") return text;
  if (page === "same")
    return text.replace(/^((?:(?!<\/w:pPr>)[\s\S])*?)<w:pageBreakBefore\/>/, "$1");
  // A heading of ours begins a page, as it did in its own section.
  return text.replace(
    /^<w:p><w:pPr>(<w:pStyle [^>]*\/>)(?!<w:keepNext|<w:keepLines|<w:pageBreakBefore)/,
    "<w:p><w:pPr>$1<w:pageBreakBefore/>",
  );
}

/** Word sections of theirs: what stands in them, and their properties. */
function theirSections(children: readonly XmlElement[]) {
  const sections: { readonly children: XmlElement[]; readonly properties: XmlElement }[] = [];
  let current: XmlElement[] = [];
  for (const child of children) {
    if (child.name === "w:sectPr") {
      sections.push({ children: current, properties: child });
      current = [];
      continue;
    }
    current.push(child);
    const format = childNamed(child, "w:pPr");
    const own = childNamed(format, "w:sectPr");
    if (!format || !own) continue;
    format.children = format.children.filter((one) => one !== own);
    sections.push({ children: current, properties: own });
    current = [];
  }
  if (current.length)
    sections.push({
      children: current,
      properties: xmlElement("w:sectPr", {}, [xmlElement("w:type", { "w:val": "nextPage" })]),
    });
  return sections;
}

/** Returns a copy of their body: its fields and names filled in, its ids apart from ours, its heads copied. */
function ownBody(
  parts: Package,
  dress: Dress,
  copier: Dressed["parts"],
  writer: Dressed["heads"],
): XmlElement {
  const { reference, textOf } = dress;
  const document = copyOf(reference.document);
  const body = childNamed(document, "w:body")!;
  fillFields(body, fieldResult(dress));
  fillTexts(body, textOf);
  separateIds(body, xmlPart(parts, "word/document.xml"));
  const sections = sectionsWithHeads({ ...reference, document });
  for (const { section, heads } of sections) {
    section.children = section.children.filter(
      (child) => typeof child === "string" || !/^w:(?:header|footer)Reference$/.test(child.name),
    );
    const references = [...heads].map(([key, path]) => writer.reference(key, path));
    section.children.unshift(...references.map((xml) => xmlElement("", {}, [xml])));
  }
  const ids = new Set<string>();
  for (const element of descendants(body)) {
    for (const [name, value] of element.attributes) if (name.startsWith("r:")) ids.add(value);
  }
  const links = copier.linksOfDocument(ids);
  for (const element of descendants(body)) {
    for (const [name, value] of element.attributes) {
      const mapped = name.startsWith("r:") ? links.get(value) : undefined;
      if (mapped !== undefined) element.attributes.set(name, mapped);
    }
  }
  return body;
}

/** Bookmarks and pictures have numbers, and bookmarks names, that no other has. */
function separateIds(body: XmlElement, ours: string): void {
  const renamed = new Set<string>();
  for (const element of descendants(body)) {
    const { name, attributes } = element;
    if (name === "w:bookmarkStart" || name === "w:bookmarkEnd") {
      const id = Number(attributes.get("w:id")) || 0;
      attributes.set("w:id", String(700_000_000 + id));
      const mark = attributes.get("w:name");
      if (mark !== undefined && (mark.startsWith("_Cite") || ours.includes(`w:name="${mark}"`))) {
        renamed.add(attributes.get("w:id")!);
      }
    }
    if (name === "wp:docPr") {
      attributes.set("id", String(700_000_000 + (Number(attributes.get("id")) || 0)));
    }
  }
  removeElements(
    body,
    ({ name, attributes }) =>
      /^w:bookmark(?:Start|End)$/.test(name) && renamed.has(attributes.get("w:id") ?? ""),
  );
}

function isBlank(element: XmlElement): boolean {
  if (element.name !== "w:p") return element.name.startsWith("w:bookmark");
  return ![...descendants(element)].some(({ name }) =>
    /^(?:w:t|w:drawing|w:pict|w:br|w:fldSimple|w:fldChar|w:sym|m:oMath|mc:AlternateContent)$/.test(
      name,
    ),
  );
}

/** Returns elements whose last paragraph has the properties of their section. */
function carrying(elements: readonly XmlElement[], section: XmlElement): XmlElement[] {
  const last = elements.at(-1);
  if (last?.name !== "w:p") return [...elements, sectionCarrier(section)];
  let format = childNamed(last, "w:pPr");
  if (!format) {
    format = xmlElement("w:pPr");
    last.children.unshift(format);
  }
  insertBefore(format, section, /^w:pPrChange$/);
  return [...elements];
}

/** What follows ours in a section of theirs begins a page, and counts on. */
function restart(section: XmlElement): void {
  childNamed(section, "w:pgNumType")?.attributes.delete("w:start");
  if (childValue(section, "w:type") === "continuous") {
    section.children = section.children.filter(
      (child) => typeof child === "string" || child.name !== "w:type",
    );
  }
}

/** Gives the first section of the body the number of its first page, if it has none. */
function numbered(section: string, start: number | undefined): string {
  if (start === undefined) return section;
  const at = section.indexOf("<w:sectPr");
  const first = section.slice(at);
  if (
    /^<w:sectPr[\s\S]*?<w:pgNumType [^>]*w:start=/.test(
      first.slice(0, first.indexOf("</w:sectPr>")),
    )
  ) {
    return section;
  }
  return section.slice(0, at) + first.replace(/<w:pgNumType/, `<w:pgNumType w:start="${start}"`);
}

/** The properties of the last section stand behind its text (17.6.17). */
function endingInSection(body: string): string {
  const at = body.lastIndexOf("<w:sectPr>");
  const end = body.indexOf("</w:sectPr>", at) + "</w:sectPr>".length;
  const start = body.lastIndexOf("<w:p>", at);
  const section = body.slice(at, end);
  const rest = body.slice(0, at) + body.slice(end);
  const paragraph = rest.slice(start);
  // A paragraph that is there for the section alone goes with it.
  const isCarrier = paragraph.startsWith(`<w:p><w:pPr>${lowLine}</w:pPr></w:p>`);
  return (isCarrier ? rest.slice(0, start) : rest) + section;
}
