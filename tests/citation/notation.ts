// A short notation for inlines with citations, and back, for tables of cases:
// `text [see @a, p. 5, suffix; -@b], @c [7] says^[A note [@d].] *emphasis*`.

import {
  type Block,
  type Citation,
  type CitationItem,
  contentOf,
  type Document,
  type Inline,
} from "../../src/document.js";

const PIECE =
  /\^\[((?:\[[^\]]*\]|[^[\]])*)\]|\[([^\]]*@[^\]]*)\]|(?<!\w)@(\w+)(?: \[([^\]@]*)\])?|\*([^*]*)\*/g;

/** Reads the notation. */
export function inlines(source: string): Inline[] {
  const read: Inline[] = [];
  let end = 0;
  const text = (value: string) => {
    if (value) read.push({ type: "text", value });
  };
  for (const match of source.matchAll(PIECE)) {
    text(source.slice(end, match.index));
    end = match.index + match[0].length;
    const [whole, note, items, author, locator, emphasis] = match;
    if (note !== undefined) {
      read.push({ type: "note", number: 0, children: [paragraph(note)] });
    } else if (emphasis !== undefined) {
      read.push({ type: "emphasis", children: inlines(emphasis) });
    } else {
      const citation: Pick<Citation, "mode" | "items"> =
        items === undefined
          ? { mode: "narrative", items: [item(`@${author}${locator ? `, ${locator}` : ""}`)] }
          : { mode: "parenthetical", items: items.split(";").map(item) };
      read.push({ type: "citation", ...citation, children: [{ type: "text", value: whole }] });
    }
  }
  text(source.slice(end));
  return read;
}

export const paragraph = (source: string): Block => ({
  type: "paragraph",
  children: inlines(source),
});

function item(source: string): CitationItem {
  const [, prefix = "", minus, key, rest = ""] = /^\s*(.*?)(-?)@([\w:.-]*\w)(.*)$/.exec(source)!;
  const [, label, locator, suffix = ""] = /^(?:, (chap\. |p\. )?([\divxlc][\w–-]*))?(.*)$/.exec(
    rest,
  )!;
  return {
    key: key!,
    ...(minus && { suppressAuthor: true }),
    ...(prefix.trim() && { prefix: [{ type: "text", value: prefix.trimEnd() }] }),
    ...(locator && { locator, label: label === "chap. " ? "chapter" : "page" }),
    ...(suffix && { suffix: [{ type: "text", value: suffix }] }),
  };
}

/**
 * Shows inlines as a line of text: `{note}`, `*emphasis*`, printed citations as
 * they are; with `placed`, citations as `(a; b)`, `<a>` (narrative), `<a>!`
 * (the author alone), `(-a)` (the rest).
 */
export function show(nodes: readonly Inline[], placed = false): string {
  return nodes.map((node) => showOne(node, placed)).join("");
}

function showOne(node: Inline, placed: boolean): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
      return node.value;
    case "break":
      return "\n";
    case "emphasis":
      return `*${show(node.children, placed)}*`;
    case "strong":
      return `**${show(node.children, placed)}**`;
    case "smallCaps":
      return `^^${show(node.children, placed)}^^`;
    case "superscript":
      return `^${show(node.children, placed)}^`;
    case "subscript":
      return `~${show(node.children, placed)}~`;
    case "link":
      return placed || node.url.startsWith("#") || node.url === show(node.children)
        ? show(node.children, placed)
        : `${show(node.children)}<${node.url}>`;
    case "foreign":
    case "crossReference":
    case "label":
    case "abbreviation":
      return show(node.children, placed);
    case "inlineEquation":
      return `$${node.value}$`;
    case "indexMark":
      return "";
    case "note":
      return `{${showBlocks(node.children, placed)}}`;
    case "citation": {
      if (!placed) return show(node.children);
      const keys = node.items.map(({ key }) => key).join("; ");
      if (node.mode === "narrative") return `<${keys}>`;
      if (node.mode === "author") return `<${keys}>!`;
      return node.mode === "rest" ? `(-${keys})` : `(${keys})`;
    }
  }
}

/** Shows blocks, a line each. */
export function showBlocks(blocks: readonly Block[], placed = false): string {
  return blocks.map((block) => showBlock(block, placed)).join("\n");
}

function showBlock(block: Block, placed: boolean): string {
  switch (block.type) {
    case "section":
      return [`# ${show(block.title, placed)}`, showBlocks(block.children, placed)]
        .filter(Boolean)
        .join("\n");
    case "paragraph":
      return show(block.children, placed);
    case "entry":
      return `${block.label ? `${show(block.label)} ` : ""}${show(block.children)}`;
    case "blockquote":
      return `> ${showBlocks(block.children, placed)}`;
    case "list":
      return block.items.map((children) => `- ${showBlocks(children, placed)}`).join("\n");
    case "codeBlock":
      return block.value;
    case "thematicBreak":
      return "---";
    case "contents":
      return "(contents)";
    case "definitionList":
    case "figure":
    case "table":
    case "equation":
    case "division":
    case "index":
      return contentOf(block)
        .map(({ inlines, blocks }) =>
          inlines ? show(inlines, placed) : showBlocks(blocks, placed),
        )
        .join("\n");
  }
}

/** A document of paragraphs with an empty list of references. */
export function documentOf(blocks: readonly Block[]): Document {
  return {
    metadata: { title: [], author: [], lang: "en-US", keywords: [] },
    parts: [
      {
        role: "body",
        children: [
          ...blocks,
          { type: "section", id: "list", role: "bibliography", title: [], children: [] },
        ],
      },
    ],
  };
}
