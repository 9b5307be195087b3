// Inlines of mdast -> inlines of the tree. What the tree cannot hold is reported
// and its text kept.

import type { Text as MarkdownText, PhrasingContent } from "mdast";
import type { Span } from "../diagnostic.js";
import type { Citation, CitationItem, Inline, Text } from "../document.js";
import { didYouMean, nearest } from "../nearest.js";
import { type AttributeListNode, AttributeReader } from "./attributes.js";
import { readBracketedSpan } from "./bracketed-span.js";
import type { CitationItemNode, CitationNode } from "./citation.js";
import { isLabelKey, readCrossReference } from "./cross-reference.js";
import { captionOf } from "./figure.js";
import type { InlineNoteNode } from "./note.js";
import { isComment, type Reading, spanBetween, spanOf, unsupported } from "./reading.js";
import { smartPunctuation } from "./smart-punctuation.js";
import { findUnsupported } from "./unsupported-syntax.js";

/** Returns one paragraph's inlines, its punctuation that of the language. */
export function readParagraph(nodes: readonly PhrasingContent[], reading: Reading): Inline[] {
  const inlines = closedAtMarks(readInlineNodes(nodes, reading));
  return trimmed(smartPunctuation(inlines, reading.source.lang ?? "en"));
}

/** Takes off the white space behind marks of the index that stands before them too, or begins the text. */
function closedAtMarks(inlines: readonly Inline[]): readonly Inline[] {
  if (!inlines.some(({ type }) => type === "indexMark")) return inlines;
  let isOpen = true;
  let isMarked = false;
  return inlines.flatMap((inline): readonly Inline[] => {
    if (inline.type === "indexMark") {
      isMarked = true;
      return [inline];
    }
    if (inline.type !== "text") {
      isOpen = inline.type === "break";
      isMarked = false;
      return [inline];
    }
    const value = isOpen && isMarked ? inline.value.replace(/^[ \t\n]+/, "") : inline.value;
    if (!value) return [];
    isOpen = /[ \t\n]$/.test(value);
    isMarked = false;
    return [{ ...inline, value }];
  });
}

/** Takes off the white space that attributes or an image have left at the ends. */
function trimmed(inlines: readonly Inline[]): Inline[] {
  const change = (at: number, inline: Inline | undefined, white: RegExp): Inline[] => {
    if (inline?.type !== "text" || !white.test(inline.value)) return [...inlines];
    const value = inline.value.replace(white, "");
    const kept = inlines.toSpliced(at, 1, ...(value ? [{ ...inline, value }] : []));
    return trimmed(kept);
  };
  const starts = /^[ \t\n]+/;
  const [first] = inlines;
  if (first?.type === "text" && starts.test(first.value)) return change(0, first, starts);
  return change(inlines.length - 1, inlines.at(-1), /[ \t\n]+$/);
}

/** Returns inlines whose punctuation is still as it was typed. */
export function readInlineNodes(nodes: readonly PhrasingContent[], reading: Reading): Inline[] {
  const inlines = nodes.flatMap((node, index) => {
    if (node.type === "attributeList") return readAttributeList(node, nodes[index - 1], reading);
    if (node.type === "inlineNote") return readInlineNote(node, nodes[index + 1], reading);
    return readInline(node, reading);
  });
  return joinTexts(inlines);
}

/** Reports attributes of what can have none; those that belong to nothing are text. */
function readAttributeList(
  node: AttributeListNode,
  before: PhrasingContent | undefined,
  reading: Reading,
): Inline[] {
  if (before?.type === "inlineNote") return [];
  const of = before && attributeless.get(before.type);
  if (of) {
    const at = node.position!.start.offset!;
    new AttributeReader(node.attributes, at, reading).reportOthers(of);
    return [];
  }
  if (node.attributes.typed !== "{-}") unsupported("an attribute in braces", node, reading);
  return [{ type: "text", value: node.attributes.typed, span: spanOf(node, reading.source) }];
}

const attributeless: ReadonlyMap<string, string> = new Map([
  ["inlineCode", "code in a line"],
  ["link", "a link"],
  ["linkReference", "a link"],
  ["image", "an image in a line"],
  ["imageReference", "an image in a line"],
]);

function joinTexts(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.type === "text" && last?.type === "text") {
      const span = last.span && inline.span && { ...last.span, end: inline.span.end };
      // What was between them, such as a comment, may have left a space on both sides.
      const more = last.value.endsWith(" ") ? inline.value.replace(/^ /, "") : inline.value;
      joined[joined.length - 1] = {
        ...last,
        value: last.value + more,
        ...(span && { span }),
      };
    } else joined.push(inline);
  }
  return joined;
}

function readInline(node: PhrasingContent, reading: Reading): Inline[] {
  const { source } = reading;
  const span = spanOf(node, source);
  const children = (nodes: readonly PhrasingContent[]) => readInlineNodes(nodes, reading);
  switch (node.type) {
    case "text": {
      reportUnsupportedText(node, reading);
      return [{ type: "text", value: node.value.replace(/[ \t\n]+/g, " "), span }];
    }
    case "emphasis":
    case "strong":
    case "superscript":
    case "subscript":
      return [{ type: node.type, children: children(node.children), span }];
    case "inlineCode":
      return [{ type: "inlineCode", value: node.value, span }];
    case "break":
      return [{ type: "break", span }];
    case "html":
      if (isComment(node.value)) return [];
      unsupported("HTML", node, reading);
      return [{ type: "text", value: node.value.replace(/\s+/g, " "), span }];
    case "image":
    case "imageReference":
      unsupported("an image in such a place", node, reading);
      return readInlineNodes(captionOf(node), reading);
    case "formula":
    case "displayedFormula":
      return [{ type: "inlineEquation", value: node.value, span }];
    case "bracketedSpan":
      return readBracketedSpan(node, reading);
    case "attributeList":
      return readAttributeList(node, undefined, reading);
    case "link":
      return readLink(node.url, node.children, span, reading);
    case "linkReference": {
      const definition = reading.links.get(node.identifier);
      return definition
        ? readLink(definition.url, node.children, span, reading)
        : children(node.children);
    }
    case "footnoteReference":
      return readNoteCall(node.label ?? "", span, reading);
    case "inlineNote":
      return readInlineNote(node, undefined, reading);
    case "citation":
      return readCrossReference(node, span, reading) ?? [readCitation(node, span, reading)];
    default:
      throw new Error(`no inline is made of ${node.type}`);
  }
}

/** The addresses that a link may lead to. */
const safeUrl = /^(?:https?:\/\/|mailto:|#)/i;

function readLink(
  url: string,
  nodes: readonly PhrasingContent[],
  span: Span,
  reading: Reading,
): Inline[] {
  // A key in the text of a link is that text, and no citation.
  const children = joinTexts(
    nodes.flatMap((node): Inline[] =>
      node.type === "citation"
        ? [{ type: "text", value: node.value, span: spanOf(node, reading.source) }]
        : readInline(node, reading),
    ),
  );
  if (safeUrl.test(url)) return [{ type: "link", url, children, span }];
  reading.report({
    code: "link-unsafe",
    message: `a link cannot lead to "${url.slice(0, 60)}"; its text is kept`,
    span,
    hints: ["links lead to https://…, http://…, mailto:… or #section"],
  });
  return children;
}

/** Reads a note in its place, with the label that may stand behind it: `^[text]{#fn:aims}`. */
function readInlineNote(
  node: InlineNoteNode,
  next: PhrasingContent | undefined,
  reading: Reading,
): Inline[] {
  const span = spanOf(node, reading.source);
  const id = next?.type === "attributeList" ? readNoteLabel(next, reading) : undefined;
  if (refuseNestedNote(span, reading)) return readInlineNodes(node.children, reading);
  const inlines = readParagraph(node.children, { ...reading, inNote: true });
  return [
    {
      type: "note",
      number: 0,
      ...(id !== undefined && { labels: [{ id, definition: span }] }),
      children: [{ type: "paragraph", children: inlines, span }],
      span,
    },
  ];
}

function readNoteLabel(node: AttributeListNode, reading: Reading): string | undefined {
  const at = node.position!.start.offset!;
  const attributes = new AttributeReader(node.attributes, at, reading);
  const id = attributes.id();
  attributes.reportOthers("a note");
  if (id === undefined || /^fn:./.test(id)) return id;
  reading.report({
    code: "value-invalid",
    message: `the label "${id}" is not that of a note`,
    span: attributes.span(),
    hints: [`call it "fn:${id.replace(/^[a-z]+:/, "")}", here and where it is referred to`],
  });
  return undefined;
}

function readNoteCall(label: string, span: Span, reading: Reading): Inline[] {
  const { notes, called, meant, report } = reading;
  const typed: Text = { type: "text", value: `[^${label}]`, span };
  const definition = notes.get(label);
  if (!definition) {
    const near = didYouMean(label, notes.keys());
    // A note that was meant is not unused as well.
    for (const name of nearest(label, notes.keys())) meant.add(name);
    report({
      code: "note-undefined",
      message: `no note is defined as "${label}"`,
      span,
      hints: near.length
        ? near
        : [`define it in the same text, on a line of its own: [^${label}]: …`],
    });
    return [typed];
  }
  if (refuseNestedNote(span, reading)) {
    called.set(label, span);
    return [typed];
  }
  if (called.has(label)) {
    report({
      code: "note-duplicate",
      message: `the note "${label}" is called twice`,
      span,
      hints: ["a note has one mark; write a second note, which may cite the same work"],
    });
    return [typed];
  }
  called.set(label, span);
  const inner = { ...reading, inNote: true };
  const children = reading.blocks(definition.children, inner);
  const labels = [{ id: `fn:${label}`, definition: spanOf(definition, reading.source) }];
  return [{ type: "note", number: 0, labels, children, span }];
}

function refuseNestedNote(span: Span, { inNote, report }: Reading): boolean {
  if (!inNote) return false;
  report({
    code: "note-nested",
    message: "a note cannot stand within a note",
    span,
    hints: ["put its text into the outer note, in parentheses"],
  });
  return true;
}

function readCitation(node: CitationNode, span: Span, reading: Reading): Citation {
  return {
    type: "citation",
    mode: node.mode,
    items: node.children.map((item) => readCitationItem(item, reading)),
    children: [{ type: "text", value: node.value, span }],
    span,
  };
}

function readCitationItem(node: CitationItemNode, reading: Reading): CitationItem {
  const { key, suppressAuthor, label, locator } = node;
  const text = (wanted: "prefix" | "suffix"): Inline[] | undefined => {
    const part = node.children.find(({ role }) => role === wanted);
    if (!part) return undefined;
    const nodes = part.children.flatMap((child) => withoutCitation(child, reading));
    return smartPunctuation(readInlineNodes(nodes, reading), reading.source.lang ?? "en");
  };
  const prefix = text("prefix");
  const suffix = text("suffix");
  const keyNode = node.children.find(({ role }) => role === "key");
  return {
    key,
    ...(suppressAuthor && { suppressAuthor }),
    ...(prefix && { prefix }),
    ...(locator !== undefined && { label, locator }),
    ...(suffix && { suffix }),
    span: spanOf(keyNode ?? node, reading.source),
  };
}

/** A second key within one item is text, since only a semicolon begins another work. */
function withoutCitation(node: PhrasingContent, reading: Reading): PhrasingContent[] {
  if (node.type !== "citation" || node.children.every(({ key }) => isLabelKey(key))) return [node];
  reading.report({
    code: "syntax-unsupported",
    message: `"${node.value}" stands within the text about another work and is not cited`,
    span: spanOf(node, reading.source),
    hints: ["put a semicolon between works: [@a, 3; see also @b]"],
  });
  return [{ type: "text", value: node.value, ...(node.position && { position: node.position }) }];
}

function reportUnsupportedText(node: MarkdownText, { source, report }: Reading): void {
  const { start, end } = node.position!;
  const typed = source.text.slice(start.offset, end.offset);
  for (const { what, index, length } of findUnsupported(typed)) {
    const at = start.offset! + index;
    report({
      code: "syntax-unsupported",
      message: `${what} is not printed as such; its text is kept`,
      span: spanBetween(source, at, at + length),
    });
  }
}
