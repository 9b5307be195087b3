// A work for tests of numbers, a line a block: headings, `fig:map Caption` and
// its like for what has a label, and paragraphs with cross-references.

import type { Block, Document, Inline, Section } from "../../src/document.js";
import type { Image } from "../../src/image.js";
import { bodyOf, documentOf } from "../docx/tree.js";

const image: Image = {
  name: "dot.png",
  format: "png",
  // A transparent dot.
  bytes: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
  width: 40,
  height: 20,
};

/**
 * Returns a document of lines such as `# Title {#sec:a .unnumbered .appendix}`,
 * `fig:map Caption`, `tbl:a`, `eq:growth`, `lst:parser`, `fig Caption` without a
 * label, `fig:both(fig:a, fig:b) Caption` of several images, and paragraphs.
 */
export function documentOfLines(text: string, lang = "en-GB"): Document {
  const root: Block[] = [];
  const open: { level: number; children: Block[] }[] = [{ level: 0, children: root }];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (!line) continue;
    const [, marks = "", title = "", attributes = ""] =
      /^(#+) (.*?)(?: \{(.*)\})?$/.exec(line) ?? [];
    if (marks) {
      while (open.at(-1)!.level >= marks.length) open.pop();
      const children: Block[] = [];
      open.at(-1)!.children.push(sectionOf(title, attributes, children));
      open.push({ level: marks.length, children });
    } else open.at(-1)!.children.push(blockOf(line));
  }
  return documentOf(bodyOf(...root).parts, { lang });
}

function sectionOf(title: string, attributes: string, children: Block[]): Section {
  const [, id] = /#(\S+)/.exec(attributes) ?? [];
  return {
    type: "section",
    id: id ?? `sec-${title.toLowerCase().replace(/\W+/g, "-")}`,
    title: inlinesOf(title),
    ...(attributes.includes(".appendix") && { role: "appendix" as const }),
    ...(attributes.includes(".bibliography") && { role: "bibliography" as const }),
    ...(attributes.includes(".unnumbered") && { unnumbered: true }),
    children,
  };
}

function blockOf(line: string): Block {
  const [, kind, name, parts, words] =
    /^(fig|tbl|eq|lst)(?::(\w+))?(?:\((.*)\))?(?: (.*))?$/.exec(line) ?? [];
  const id = name === undefined ? {} : { id: `${kind}:${name}` };
  const caption = inlinesOf(words ?? "");
  switch (kind) {
    case "fig":
      return {
        type: "figure",
        ...id,
        images: parts
          ? parts.split(", ").map((part) => ({ image, alt: "A dot", id: part }))
          : [{ image, alt: "A dot" }],
        caption,
      };
    case "tbl":
      return {
        type: "table",
        ...id,
        columns: [{ align: "left" }],
        header: [],
        rows: [{ cells: [{ children: [paragraph("cell")], columns: 1, rows: 1 }] }],
        caption,
        notes: [],
      };
    case "eq":
      return { type: "equation", ...id, value: words ?? "x" };
    case "lst":
      return { type: "codeBlock", ...id, value: "code", ...(words && { caption }) };
    default:
      return paragraph(line);
  }
}

const paragraph = (words: string): Block => ({ type: "paragraph", children: inlinesOf(words) });

/** Reads `@fig:a`, `[-@fig:a; @fig:b]`, `[@fig:a]{.page}`, `[text](#fig:a)` and `^[note]`. */
function inlinesOf(words: string): Inline[] {
  const pattern =
    /\[([^[\]]*)\]\((#[^)]+)\)|\^\[((?:[^[\]]|\[[^\]]*\])*)\]|\[([^\]]*@[^\]]*)\](\{\.page\})?|@([A-Za-z]+:\w+)/g;
  const inlines: Inline[] = [];
  let at = 0;
  for (const match of words.matchAll(pattern)) {
    const [found, text, url, note, several, page, one] = match;
    if (match.index > at) inlines.push({ type: "text", value: words.slice(at, match.index) });
    at = match.index + found.length;
    const start = match.index;
    if (url) inlines.push({ type: "link", url, children: [{ type: "text", value: text! }] });
    else if (note !== undefined) {
      inlines.push({ type: "note", number: 1, children: [paragraph(note)] });
    } else {
      const ids = (several ?? one!).match(/[A-Za-z]+:\w+/g)!;
      inlines.push({
        type: "crossReference",
        targets: ids.map((id) => ({
          id: id.charAt(0).toLowerCase() + id.slice(1),
          span: { file: "work", start, end: at },
        })),
        numberOnly: several?.startsWith("-") ?? false,
        capital: /^[A-Z]/.test(ids[0]!),
        ...(page && { page: true }),
        children: [{ type: "text", value: found }],
      });
    }
  }
  if (at < words.length) inlines.push({ type: "text", value: words.slice(at) });
  return inlines;
}
