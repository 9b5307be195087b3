// Prints trees on one line, so that a table of cases can be read.

import type { Diagnostic } from "../../src/diagnostic.js";
import {
  type Block,
  type Citation,
  contentOf,
  type Inline,
  type TableRow,
} from "../../src/document.js";
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
    case "inlineEquation":
      return `${node.type}(${JSON.stringify(node.value)})`;
    case "codeBlock":
    case "equation": {
      const { type, value, span, ...others } = node;
      const caption = "caption" in others && others.caption ? [outline(others.caption)] : [];
      const more = flags({ ...others, caption: undefined });
      return `${type}(${[...more, JSON.stringify(value), ...caption].join(" ")})`;
    }
    case "citation":
      return outlineCitation(node);
    case "section": {
      const { id, role, unnumbered, lang } = node;
      const more = flags({ role, unnumbered, lang }).map((flag) => `${flag} `);
      return `section(#${id} ${more.join("")}title(${outline(node.title)}) ${outline(node.children)})`;
    }
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
    case "indexMark": {
      const { terms, range, see, seeAlso } = node;
      const more = flags({ range, see: paths(see), seeAlso: paths(seeAlso) });
      return `indexMark(${[terms.join("!"), ...more].join(" ")})`;
    }
    case "figure": {
      const { id, images, caption, source } = node;
      const shown = images.map(({ image, alt, width, id: own, caption: sub }) => {
        const size = width && ("share" in width ? `${width.share * 100}%` : `${width.points}pt`);
        const more = flags({ id: own, alt, width: size });
        return `image(${[image.name, ...more, ...(sub ? [outline(sub)] : [])].join(" ")})`;
      });
      const below = source ? [`source(${outline(source)})`] : [];
      return `figure(${[...flags({ id }), ...shown, outline(caption), ...below].filter(Boolean).join(" ")})`;
    }
    case "table": {
      const { id, columns, header, rows, caption, notes } = node;
      const align = columns.map(({ align: side, width }) => `${side}${width ?? ""}`).join(",");
      const row = ({ cells }: TableRow) =>
        cells.map(({ children }) => outline(children)).join(" | ");
      const parts = [...header.map((one) => `head: ${row(one)}`), ...rows.map(row)];
      const below = notes.length ? [`notes(${outline(notes)})`] : [];
      return `table(${[...flags({ id, align }), `caption(${outline(caption)})`, ...parts.map((part) => `[${part}]`), ...below].join(" ")})`;
    }
    case "definitionList":
    case "index":
      return `${node.type}(${contentOf(node)
        .map(({ inlines, blocks }) => outline(inlines ?? blocks))
        .join(" | ")})`;
    case "crossReference": {
      const { targets, numberOnly, capital, page } = node;
      const more = flags({ numberOnly, capital, page });
      return `ref(${[...targets.map(({ id }) => id), ...more].join(" ")})`;
    }
    case "division":
    case "foreign":
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
    case "note": {
      const { type, children, span, ...others } = node;
      const more = type === "note" || type === "label" || type === "entry" ? [] : flags(others);
      return `${type}(${[...more, outline(children)].join(" ")})`;
    }
  }
}

/** Returns what is set as `name=value`; what is true is its name, an id has its sign. */
function flags(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([key, value]) =>
      key === "id" ? `#${value}` : value === true ? key : `${key}=${value === "" ? '""' : value}`,
    );
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

const paths = (headings: readonly (readonly string[])[] | undefined): string | undefined =>
  headings?.map((terms) => terms.join("!")).join(";");
