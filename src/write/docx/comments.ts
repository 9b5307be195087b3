// Word's comments (ECMA-376-1, 17.13.4): what was found wrong with a work, at its
// place. They can stand on nothing in a note; one on its text is at its mark.

import type { XmlComponent } from "docx";
import {
  type Block,
  contentOf,
  type Document,
  type Entry,
  type Equation,
  hasHeading,
  type Inline,
  type Note,
} from "../../document.js";
import { Places, type Remark, type Remarks } from "../remarks.js";
import { type Package, xmlPart } from "./finish.js";
import { element, escapeXml } from "./xml.js";

/** What a comment can be on: something that is written once, outside of notes. */
type Anchor = Inline | Equation;

/** A comment on an anchor, or on a part of it, by places in its text. */
interface Comment {
  readonly id: number;
  readonly remark: Remark;
  readonly part: { readonly from: number; readonly to: number } | undefined;
}

/** The comments of a document, and those that have been written. */
export interface Comments {
  readonly places: ReadonlyMap<Anchor, readonly Comment[]>;
  readonly written: Set<number>;
}

/** Of documents that are no drafts. */
export const noComments: Comments = { places: new Map(), written: new Set() };

/** Returns where remarks are written as comments, which are counted in reading order. */
export function placeComments(document: Document, remarks: Remarks): Comments {
  const places = new Places<Anchor>();
  const order = new Map<Anchor, number>();
  const finder = new AnchorFinder(places, order);
  for (const { children } of document.parts) finder.visitBlocks(children);
  const found = places.find(remarks).map(({ remark, place }) => {
    return { remark, place, part: partOf(place, remark) };
  });
  const rank = ({ place, part }: (typeof found)[number]) => [order.get(place)!, part?.from ?? 0];
  found.sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a[0]! - b[0]! || a[1]! - b[1]!;
  });
  const comments = new Map<Anchor, Comment[]>();
  for (const [id, { remark, place, part }] of found.entries()) {
    const here = comments.get(place) ?? [];
    here.push({ id, remark, part });
    comments.set(place, here);
  }
  return { places: comments, written: new Set() };
}

/** Returns what of a text is meant, where the text stands in its file as it is printed. */
function partOf(place: Anchor, { diagnostic: { span } }: Remark): Comment["part"] {
  if (place.type !== "text" || !span || place.span?.file !== span.file) return undefined;
  const { start, end } = place.span;
  if (end - start !== place.value.length) return undefined;
  const from = Math.max(0, span.start - start);
  const to = Math.min(place.value.length, span.end - start);
  return from < to ? { from, to } : undefined;
}

/** Finds what comments can be on, in reading order. */
class AnchorFinder {
  readonly #places: Places<Anchor>;
  readonly #order: Map<Anchor, number>;
  /** The spans of what the next anchor is the first in. */
  #open: (Block | Inline)[] = [];
  /** The note that is being visited, whose mark stands for all that is in it. */
  #note: Note | undefined;
  #entry: Entry | undefined;

  constructor(places: Places<Anchor>, order: Map<Anchor, number>) {
    this.#places = places;
    this.#order = order;
  }

  visitBlocks(blocks: readonly Block[]): void {
    for (const block of blocks) this.#visitBlock(block);
  }

  #visitBlock(block: Block): void {
    // The lines of the index and of the contents are made by the writer.
    if (block.type === "index" || block.type === "contents") return;
    if (block.type === "equation" && !block.formula) this.#add(block);
    if (block.type === "equation" && block.label) this.#visitInline(block.label);
    if (block.type === "entry") this.#entry = block;
    this.#within(block, () => {
      for (const [index, { inlines, blocks }] of contentOf(block).entries()) {
        if (block.type === "section" && index === 0 && !hasHeading(block)) continue;
        if (inlines) for (const inline of inlines) this.#visitInline(inline);
        else this.visitBlocks(blocks);
      }
    });
    this.#entry = undefined;
  }

  #visitInline(node: Inline): void {
    switch (node.type) {
      case "text":
      case "inlineCode":
      case "inlineEquation":
        if (node.value) this.#add(node);
        return;
      case "citation":
        this.#add(node);
        for (const { key } of node.items) this.#places.addWork(key, this.#note ?? node);
        return;
      case "crossReference":
      case "label":
      case "abbreviation":
        this.#add(node);
        return;
      case "note":
        this.#add(node);
        this.#note = node;
        this.visitBlocks(node.children);
        this.#note = undefined;
        return;
      case "break":
      case "indexMark":
        return;
      case "emphasis":
      case "strong":
      case "smallCaps":
      case "superscript":
      case "subscript":
      case "link":
      case "foreign":
        this.#within(node, () => {
          for (const child of node.children) this.#visitInline(child);
        });
    }
  }

  /** Visits what is in a node, whose place is that of the first anchor in it. */
  #within(node: Block | Inline, visit: () => void): void {
    this.#open.push(node);
    visit();
    this.#open = this.#open.filter((other) => other !== node);
  }

  #add(anchor: Anchor): void {
    const place = this.#note ?? anchor;
    if (!this.#order.has(place)) this.#order.set(place, this.#order.size);
    for (const { span } of this.#open) if (span) this.#places.add(place, span);
    this.#open = [];
    this.#places.add(place, anchor.span);
    if (this.#entry) this.#places.addWork(this.#entry.key, place);
  }
}

/**
 * Returns the runs of an anchor with its comments around them. `write` writes it,
 * or a part of it if it is text.
 */
export function commented(
  anchor: Anchor,
  { comments: { places, written } }: { readonly comments: Comments },
  write: (text?: string) => readonly XmlComponent[],
): XmlComponent[] {
  const comments = places.get(anchor)?.filter(({ id }) => !written.has(id));
  if (!comments?.length) return [...write()];
  for (const { id } of comments) written.add(id);
  const ends = (some: readonly Comment[]) => some.flatMap(({ id }) => endOf(id));
  const whole = comments.filter(({ part }) => !part);
  const parts = comments.filter(({ part }) => part);
  return [
    ...whole.map(({ id }) => startOf(id)),
    ...(anchor.type === "text" && parts.length
      ? textWithComments(anchor.value, parts, write, ends)
      : write()),
    ...ends(whole),
  ];
}

/** Returns a text in pieces, between which comments begin and end. */
function textWithComments(
  text: string,
  comments: readonly Comment[],
  write: (text?: string) => readonly XmlComponent[],
  ends: (comments: readonly Comment[]) => XmlComponent[],
): XmlComponent[] {
  const bounds = comments.flatMap(({ part }) => [part!.from, part!.to]);
  const cuts = [...new Set([0, ...bounds, text.length])].sort((one, other) => one - other);
  return cuts.flatMap((cut, index) => [
    ...ends(comments.filter(({ part }) => part!.to === cut)),
    ...comments.filter(({ part }) => part!.from === cut).map(({ id }) => startOf(id)),
    ...(index < cuts.length - 1 ? write(text.slice(cut, cuts[index + 1])) : []),
  ]);
}

function startOf(id: number): XmlComponent {
  return element("w:commentRangeStart", { "w:id": id });
}

function endOf(id: number): XmlComponent[] {
  const look = element("w:rPr", {}, [element("w:rStyle", { "w:val": "CommentReference" })]);
  return [
    element("w:commentRangeEnd", { "w:id": id }),
    element("w:r", {}, [look, element("w:commentReference", { "w:id": id })]),
  ];
}

// ---- the part of the package --------------------------------------------------------------

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const commentsType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";

/** Adds the comments that have been written to a package, with what belongs to them. */
export function addComments(
  parts: Package,
  { places, written }: Comments,
  date: Date | undefined,
): void {
  const comments = [...places.values()].flat().filter(({ id }) => written.has(id));
  if (!comments.length) return;
  comments.sort((one, other) => one.id - other.id);
  parts.set("word/comments.xml", commentsXml(comments, date));
  const edit = (path: string, before: string, added: string) => {
    const xml = xmlPart(parts, path);
    if (!xml.includes(before)) throw new Error(`docx wrote no ${before} in ${path}`);
    parts.set(
      path,
      xml.replace(before, () => added + before),
    );
  };
  edit(
    "[Content_Types].xml",
    "</Types>",
    '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>',
  );
  edit(
    "word/_rels/document.xml.rels",
    "</Relationships>",
    `<Relationship Id="rIdComments" Type="${commentsType}" Target="comments.xml"/>`,
  );
  edit("word/styles.xml", "</w:styles>", styles);
  parts.set("word/document.xml", awayFromNotes(xmlPart(parts, "word/document.xml")));
}

const noteMark = /<w:footnoteReference [^>]*\/><\/w:r>/g;
const commentMark =
  /<w:r><w:rPr><w:rStyle w:val="CommentReference"\/><\/w:rPr><w:commentReference [^>]*\/><\/w:r>/g;

/**
 * Puts the marks of comments that stand between the first two notes behind the second
 * one; the ranges that they are on stay. LibreOffice 7.4 prints the texts of all notes
 * wrong where it meets such a mark there.
 */
function awayFromNotes(text: string): string {
  const [first, second] = text.matchAll(noteMark);
  if (!first || !second) return text;
  const from = first.index + first[0].length;
  const to = second.index + second[0].length;
  const between = text.slice(from, to);
  const marks = between.match(commentMark) ?? [];
  const rest = between.replace(commentMark, "");
  return text.slice(0, from) + rest + marks.join("") + text.slice(to);
}

/** Returns `word/comments.xml`; a comment's first paragraph begins with its mark (17.13.4.1). */
function commentsXml(comments: readonly Comment[], date: Date | undefined): string {
  const at = date ? ` w:date="${date.toISOString().replace(/\.\d+Z$/, "Z")}"` : "";
  const mark = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>';
  const paragraph = (line: string, index: number) =>
    `<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>${index ? "" : mark}<w:r><w:t xml:space="preserve">${escapeXml(line)}</w:t></w:r></w:p>`;
  const written = comments.map(
    ({ id, remark: { lines } }) =>
      `<w:comment w:id="${id}" w:author="reissue"${at} w:initials="r">${lines.map(paragraph).join("")}</w:comment>`,
  );
  return `${declaration}<w:comments xmlns:w="${main}">${written.join("")}</w:comments>`;
}

/** Word's own styles for comments, small and single-spaced whatever the text is like. */
const styles = [
  '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>',
  '<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr><w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>',
].join("");
