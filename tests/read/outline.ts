// Prints trees on one line, so that a table of cases can be read.

import type { Diagnostic } from "../../src/diagnostic.js";
import { type Block, type Citation, contentOf, type Inline } from "../../src/document.js";
import { type MarkdownSource, readInlines, readMarkdown } from "../../src/read/markdown.js";

/** Returns blocks or inlines as `paragraph("See " emphasis("this") …)`. */
export function outline(nodes: readonly (Block | Inline)[]): string {
  return nodes.map(outlineNode).join(" ");
}

function outlineNode(node: Block | Inline): string {
  switch (node.type) {
    case "text":
      return JSON.stringify(node.value);
    case "inlineCode":
    case "codeBlock":
      return `${node.type}(${JSON.stringify(node.value)})`;
    case "citation":
      return outlineCitation(node);
    case "section":
      return `section(#${node.id} title(${outline(node.title)}) ${outline(node.children)})`;
    case "list": {
      const items = node.items.map((item) => outline(item)).join(" | ");
      return `list(${node.tight ? "tight" : "loose"}${node.start === undefined ? "" : ` from ${node.start}`}: ${items})`;
    }
    case "link":
      return `link(${node.url} ${outline(node.children)})`;
    case "break":
    case "thematicBreak":
    case "contents":
      return node.type;
    case "equation":
    case "inlineEquation":
      return `${node.type}(${JSON.stringify(node.value)})`;
    case "indexMark":
      return `indexMark(${node.terms.join("!")})`;
    case "definitionList":
    case "figure":
    case "table":
    case "division":
    case "index":
      return `${node.type}(${contentOf(node)
        .map(({ inlines, blocks }) => outline(inlines ?? blocks))
        .join(" | ")})`;
    case "foreign":
    case "crossReference":
    case "label":
    case "abbreviation":
    case "paragraph":
    case "blockquote":
    case "entry":
    case "emphasis":
    case "strong":
    case "smallCaps":
    case "superscript":
    case "subscript":
    case "note":
      return `${node.type}(${outline(node.children)})`;
  }
}

/** Returns a citation as `cite(prefix "see" @a page 3 suffix ", my italics"; -@b)`. */
function outlineCitation({ mode, items }: Citation): string {
  const works = items.map(({ key, suppressAuthor, prefix, label, locator, suffix }) =>
    [
      ...(prefix ? [`prefix ${outline(prefix)}`] : []),
      `${suppressAuthor ? "-" : ""}@${/\s/.test(key) ? `{${key}}` : key}`,
      ...(locator === undefined ? [] : [`${label} ${JSON.stringify(locator)}`]),
      ...(suffix ? [`suffix ${outline(suffix)}`] : []),
    ].join(" "),
  );
  return `${mode === "narrative" ? "narrative" : "cite"}(${works.join("; ")})`;
}

/** A text as a source of its own, its offsets those of the file. */
export function sourceOf(text: string, lang?: string): MarkdownSource {
  return { file: "text.md", text, offset: (at) => at, ...(lang !== undefined && { lang }) };
}

/** Reads a text, and says what was reported as `code: message`. */
export function read(text: string, lang?: string) {
  const diagnostics: Diagnostic[] = [];
  const blocks = readMarkdown(
    sourceOf(text, lang),
    (diagnostic) => void diagnostics.push(diagnostic),
  );
  return {
    blocks,
    diagnostics,
    outline: outline(blocks),
    codes: diagnostics.map(({ code }) => code),
  };
}

/** Reads a text of one paragraph. */
export function readLine(text: string, lang?: string): string {
  return outline(readInlines(sourceOf(text, lang), () => {}));
}
