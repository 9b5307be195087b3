// What a document prints of its numbers: headings, captions and paragraphs, a
// line each, with cross-references and labels marked.

import { type Block, contentOf, type Document, type Inline } from "../../src/document.js";

/** Returns text with labels as `<Figure 1>` and references as `[figure 1]`. */
export function marked(nodes: readonly Inline[]): string {
  let line = "";
  for (const node of nodes) {
    if (node.type === "label") line += `<${marked(node.children)}>`;
    else if (node.type === "crossReference") line += `[${marked(node.children)}]`;
    else if (node.type === "emphasis") line += `*${marked(node.children)}*`;
    else if (node.type === "strong") line += `**${marked(node.children)}**`;
    else if (node.type === "break") line += " / ";
    else if ("value" in node) line += node.value;
    else if (node.type === "note") line += `^{${printedBlocks(node.children).join(" ")}}`;
    else if ("children" in node) line += marked(node.children);
  }
  return line.replaceAll("\u00a0", "_");
}

/** Returns the lines of a document's body. */
export function printedLabels({ parts }: Document): string[] {
  return parts.flatMap(({ children }) => printedBlocks(children));
}

function printedBlocks(blocks: readonly Block[], level = 1): string[] {
  return blocks.flatMap((block): string[] => {
    if (block.type === "section") {
      const number =
        block.number === undefined ? "" : `${block.number.replaceAll("\u00a0", "_")} | `;
      const heading = `${"#".repeat(level)} ${number}${marked(block.title)}`;
      return [heading, ...printedBlocks(block.children, level + 1)];
    }
    if (block.type === "equation") {
      return [`$${block.value}$ ${block.label ? marked([block.label]) : "-"}`];
    }
    return contentOf(block).flatMap(({ inlines, blocks: inner }) =>
      inlines ? (inlines.length ? [marked(inlines)] : []) : printedBlocks(inner, level),
    );
  });
}
