// Prints a document as a person would read it, with Markdown's marks, the notes
// below, and behind links `⟨⟩` the place that they lead to.

import { type Block, type Document, type Inline, type Note, walk } from "../../src/document.js";

/** Returns the text, the notes and the lists of a document, without its title page. */
export function printDocument({ parts }: Document): string {
  const blocks = parts.flatMap(({ role, children }) => (role === "title-page" ? [] : children));
  const notes = [...walk(blocks)].filter((node): node is Note => node.type === "note");
  const lists = blocks.filter(isList);
  return [
    ...printBlocks(
      blocks.filter((block) => !isList(block)),
      1,
    ),
    ...(notes.length ? [`${notes.map(printNote).join("\n")}\n`] : []),
    ...printBlocks(lists, 1),
  ].join("\n");
}

const isList = (block: Block): boolean => block.type === "section" && block.role === "bibliography";

const printNote = ({ number, children }: Note): string =>
  `[^${number}]: ${printBlocks(children, 1).join(" ").trim()}`;

function printBlocks(blocks: readonly Block[], level: number): string[] {
  return blocks.flatMap((block) => printBlock(block, level));
}

function printBlock(block: Block, level: number): string[] {
  switch (block.type) {
    case "section": {
      if (block.role === "toc") return [];
      const title = `${"#".repeat(level)} ${printInlines(block.title)} ⟨${block.id}⟩\n`;
      return [title, ...printBlocks(block.children, level + 1)];
    }
    case "paragraph": {
      const text = printInlines(block.children);
      return [`${block.style === "annotation" ? `    ${text}` : text}\n`];
    }
    case "entry": {
      const label = block.label ? `${printInlines(block.label)} ` : "";
      return [`⟨${block.id}⟩ ${label}${printInlines(block.children)}\n`];
    }
    case "blockquote":
      return printBlocks(block.children, level).map((line) => `> ${line}`);
    case "list":
      return block.items.flatMap((item) =>
        printBlocks(item, level).map((line) => `- ${line.trimEnd()}\n`),
      );
    case "codeBlock":
      return [`${block.value}\n`];
    case "thematicBreak":
      return ["***\n"];
    case "contents":
    case "definitionList":
    case "figure":
    case "table":
    case "equation":
    case "division":
    case "index":
      return [];
  }
}

function printInlines(inlines: readonly Inline[]): string {
  return inlines.map(printInline).join("");
}

function printInline(inline: Inline): string {
  switch (inline.type) {
    case "text":
    case "inlineCode":
      return inline.value;
    case "emphasis":
      return `*${printInlines(inline.children)}*`;
    case "strong":
      return `**${printInlines(inline.children)}**`;
    case "link": {
      const text = printInlines(inline.children);
      return inline.url.startsWith("#") ? `${text}⟨${inline.url.slice(1)}⟩` : text;
    }
    case "note":
      return `[^${inline.number}]`;
    case "break":
      return "\n";
    case "smallCaps":
    case "superscript":
    case "subscript":
    case "foreign":
    case "citation":
    case "crossReference":
    case "label":
    case "abbreviation":
      return printInlines(inline.children);
    case "inlineEquation":
      return inline.value;
    case "indexMark":
      return "";
  }
}
