// Inlines become runs. A run says only where it differs from its paragraph's
// style, and italics toggle: within italics they are roman (CSL and the
// manuals), also where it is the paragraph that is italic.

import { FootnoteReferenceRun, NoBreakHyphen, SoftHyphen, TextRun, type XmlComponent } from "docx";
import {
  type Block,
  type Citation,
  type CrossReference,
  type Inline,
  type Label,
  type Link,
  type Note,
  toText,
} from "../../document.js";
import { isRightToLeft } from "../../languages.js";
import type { ParagraphStyle } from "../../template.js";
import { type Anchored, bookmarkName } from "./anchors.js";
import { commented } from "./comments.js";
import { beginField, endField } from "./fields.js";
import { writeIndexMark } from "./index-fields.js";
import { labelNumber, referenceField } from "./labels.js";
import { languageFormat, scriptRuns } from "./languages.js";
import { writeFormula } from "./omml.js";
import { linkTo, type Registry, type Story } from "./registry.js";
import { element, xmlSafe } from "./xml.js";

/** Where runs are written: what surrounds them. */
export interface Line {
  readonly registry: Registry;
  /** `contents`: a copy of a title, which has no notes, links or bookmarks of its own. */
  readonly story: Story | "contents";
  /** The look of the paragraph. */
  readonly paragraph: ParagraphStyle;
  /** Its language, a BCP 47 tag, where that is not the document's. */
  readonly lang?: string | undefined;
  /** Writes the blocks of a note that stands in the line. */
  readonly writeNote: (children: readonly Block[]) => void;
}

/** How the letters of a run differ from plain ones. */
interface Look {
  readonly italic?: boolean;
  readonly bold?: boolean;
  readonly smallCaps?: boolean;
  readonly vertical?: "superscript" | "subscript";
  readonly code?: boolean;
  /** Their language, where that is not the document's. */
  readonly lang?: string | undefined;
  /** `field`: the result of a field, in which no link may stand. */
  readonly link?: "internal" | "external" | "field";
}

/** Returns the runs of some inlines, with links and bookmarks around them. */
export function writeInlines(nodes: readonly Inline[], line: Line): XmlComponent[] {
  const { italic, bold } = line.paragraph;
  const { lang } = line;
  return nodes.flatMap((node) => inline(node, { italic, bold, lang }, line));
}

function inline(node: Inline, look: Look, line: Line): XmlComponent[] {
  if (line.story === "contents") return plainInline(node, look, line);
  return commented(node, line.registry, (value) =>
    plainInline(value === undefined ? node : { type: "text", value }, look, line),
  );
}

/** Returns the runs of an inline without the comments on it. */
function plainInline(node: Inline, look: Look, line: Line): XmlComponent[] {
  const inner = (children: readonly Inline[], change: Look = {}) =>
    children.flatMap((child) => inline(child, { ...look, ...change }, line));
  switch (node.type) {
    case "text":
      return text(node.value, look, line);
    case "inlineEquation":
      if (node.formula) return [writeFormula(node.formula)];
      return text(node.value, { ...look, code: true }, line);
    case "inlineCode":
      return text(node.value, { ...look, code: true }, line);
    case "foreign":
      return inner(node.children, { lang: node.lang });
    case "abbreviation":
      return inner(node.children);
    case "crossReference":
      return crossReference(node, look, line, inner);
    case "label":
      return label(node, look, line);
    case "indexMark":
      return line.story === "contents" ? [] : writeIndexMark(node, line.registry);
    case "emphasis":
      return inner(node.children, { italic: !look.italic });
    case "strong":
      return inner(node.children, { bold: true });
    case "smallCaps":
      return inner(node.children, { smallCaps: true });
    case "superscript":
    case "subscript":
      return inner(node.children, { vertical: node.type });
    case "break":
      // A title keeps its line breaks on its own page, not in the contents.
      return line.story === "contents" ? text(" ", look, line) : [new TextRun({ break: 1 })];
    case "link":
      return link(node, look, line, inner);
    case "note":
      return note(node, line);
    case "citation":
      return citation(node, line, inner);
  }
}

function text(value: string, look: Look, { paragraph, registry }: Line): XmlComponent[] {
  // Line ends and tabs of the source are no more than spaces.
  const safe = xmlSafe(value).replace(/[\t\n\r]/g, " ");
  if (!safe) return [];
  const { italic = false, bold = false, smallCaps, vertical, code, link: linked, lang } = look;
  const isReversed = isRightToLeft(lang ?? registry.lang);
  return scriptRuns(safe, isReversed).map((run) => {
    // Word shows these two characters right only as elements (ECMA-376-1, 17.3.3.18 and 17.3.3.29).
    const children = run.text
      .split(/([\u2011\u00ad])/)
      .filter(Boolean)
      .map((piece) =>
        piece === "\u2011" ? new NoBreakHyphen() : piece === "\u00ad" ? new SoftHyphen() : piece,
      );
    return new TextRun({
      children,
      ...(italic !== paragraph.italic && { italics: italic }),
      ...(bold !== paragraph.bold && { bold }),
      ...(smallCaps && { smallCaps }),
      ...(vertical === "superscript" && { superScript: true }),
      ...(vertical === "subscript" && { subScript: true }),
      ...languageFormat(run, lang),
      ...(code
        ? { style: "VerbatimChar" }
        : linked === "external"
          ? { style: "Hyperlink" }
          : undefined),
    });
  });
}

function link(
  { url, children }: Link,
  look: Look,
  line: Line,
  inner: (children: readonly Inline[], change?: Look) => XmlComponent[],
): XmlComponent[] {
  const { registry, story } = line;
  // Word has no links within links, and the lines of the contents are links already.
  if (look.link || story === "contents") return inner(children);
  if (url.startsWith("#")) {
    const anchor = registry.anchors.targets.get(url.slice(1));
    if (!anchor) return inner(children);
    return [hyperlink({ "w:anchor": anchor }, inner(children, { link: "internal" }))];
  }
  const address = hyperlinkAddress(url);
  if (!address) return inner(children);
  return [
    hyperlink({ "r:id": linkTo(registry, story, address) }, inner(children, { link: "external" })),
  ];
}

function hyperlink(
  target: Readonly<Record<string, string>>,
  children: readonly XmlComponent[],
): XmlComponent {
  return element("w:hyperlink", { ...target, "w:history": "1" }, children);
}

/**
 * Returns an address as it may stand in a file: of the web or mail, for Word
 * opens others too, and whole, for it calls a file damaged that links to what is
 * no address or to more than 2,083 characters.
 */
function hyperlinkAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return /^(https?|mailto):$/.test(protocol) && href.length <= 2083 ? href : undefined;
}

/** A label stands in its bookmark, its number in one of its own and counted by a field. */
function label(node: Label, look: Look, line: Line): XmlComponent[] {
  const { registry, story } = line;
  if (story === "contents") return node.children.flatMap((child) => inline(child, look, line));
  const { id, number, children } = node;
  const ofNumber = id === undefined ? undefined : registry.anchors.numbers.get(id);
  const counted = (value: string, within: Look): XmlComponent[] => {
    const at = value.lastIndexOf(number);
    if (at < 0) return text(value, within, line);
    const runs = labelNumber(node, registry, (part) => text(part, within, line));
    return [
      ...text(value.slice(0, at), within, line),
      ...(ofNumber === undefined ? runs : bookmark(ofNumber, runs, registry)),
      ...text(value.slice(at + number.length), within, line),
    ];
  };
  const runs = children.flatMap((child) => {
    if (child.type === "text") return counted(child.value, look);
    if (child.type !== "strong") return inline(child, look, line);
    return child.children.flatMap((inner) =>
      inner.type === "text"
        ? counted(inner.value, { ...look, bold: true })
        : inline(inner, { ...look, bold: true }, line),
    );
  });
  return bookmarked(node, runs, registry);
}

/** A cross-reference is a field where Word can repeat what it prints, and a link otherwise. */
function crossReference(
  node: CrossReference,
  look: Look,
  line: Line,
  inner: (children: readonly Inline[], change?: Look) => XmlComponent[],
): XmlComponent[] {
  const { registry, story } = line;
  if (look.link || story === "contents") return inner(node.children);
  const printed = toText(node.children);
  const field = referenceField(node, printed, registry);
  if (!field) {
    const [target] = node.targets;
    return link(
      { type: "link", url: `#${target?.id ?? ""}`, children: node.children },
      look,
      line,
      inner,
    );
  }
  const { lead, code, result, tail } = field;
  return [
    ...text(lead, look, line),
    ...beginField(code),
    ...(result === printed
      ? inner(node.children, { link: "field" })
      : text(result, { ...look, link: "field" }, line)),
    endField(),
    ...text(tail, look, line),
  ];
}

function note(node: Note, { registry, story, writeNote }: Line): XmlComponent[] {
  if (story === "contents") return [];
  if (story === "footnotes") {
    throw new Error(`note ${node.number} stands in a note, which Word cannot hold`);
  }
  writeNote(node.children);
  return bookmarked(node, [new FootnoteReferenceRun(registry.notes.length)], registry);
}

/** A citation stands in a bookmark, by which it is found and counted again in the finished file. */
function citation(
  node: Citation,
  { registry, story }: Line,
  inner: (children: readonly Inline[], change?: Look) => XmlComponent[],
): XmlComponent[] {
  if (story === "contents") return inner(node.children);
  const runs =
    registry.live?.writeCitation(node, {
      note: story === "footnotes" ? registry.notes.length : 0,
      plain: (nodes) => inner(nodes),
      result: (nodes) => inner(nodes, { link: "field" }),
    }) ?? inner(node.children);
  return bookmark(bookmarkName("_Cite", ++registry.citations), runs, registry);
}

/** Puts the bookmarks of a place around its runs, those that something aims at. */
export function bookmarked(
  place: Anchored,
  runs: readonly XmlComponent[],
  registry: Registry,
): XmlComponent[] {
  const names = registry.anchors.places.get(place) ?? [];
  return names.reduce((inner, name) => bookmark(name, inner, registry), [...runs]);
}

function bookmark(name: string, runs: readonly XmlComponent[], registry: Registry): XmlComponent[] {
  const id = registry.bookmarks++;
  return [
    element("w:bookmarkStart", { "w:id": id, "w:name": name }),
    ...runs,
    element("w:bookmarkEnd", { "w:id": id }),
  ];
}
