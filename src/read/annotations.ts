// The annotations of an annotated bibliography: CSL's field `annote`, Markdown.

import type { Report, Span } from "../diagnostic.js";
import { type Block, mapInlines, type Reference } from "../document.js";
import { readMarkdown } from "./markdown.js";

/** References with the places of their fields. */
export interface AnnotatedReferences {
  readonly references: ReadonlyMap<string, Reference>;
  /** The place of each key. */
  readonly spans: ReadonlyMap<string, Span>;
  /** The places of each reference's variables, by key and variable. */
  readonly fieldSpans?: ReadonlyMap<string, ReadonlyMap<string, Span>>;
}

/**
 * Returns the annotations by the keys of their works, in paragraphs of the style
 * `annotation`. Headings within them become paragraphs.
 *
 * Reports citations, which keep the text that was typed for them, and notes,
 * which are left out: both would have to be numbered in the order of the list,
 * which only the citations before it decide. Diagnostics point at the field.
 */
export function readAnnotations(
  { references, spans, fieldSpans }: AnnotatedReferences,
  lang: string,
  report: Report,
): Map<string, readonly Block[]> {
  const annotations = new Map<string, readonly Block[]>();
  for (const [key, { annote }] of references) {
    if (typeof annote !== "string" || !annote.trim()) continue;
    const span = fieldSpans?.get(key)?.get("annote") ?? spans.get(key);
    const file = span?.file ?? "";
    const onField: Report = (diagnostic) => report({ ...diagnostic, ...(span && { span }) });
    const source = {
      file,
      text: annote,
      lang,
      offset: () => span?.start ?? 0,
    };
    const blocks = inAnnotation(readMarkdown(source, onField));
    annotations.set(key, withoutCitations(blocks, key, onField));
  }
  return annotations;
}

function inAnnotation(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.type === "paragraph") return [{ ...block, style: "annotation" }];
    // Set off as far as the paragraphs of the annotation are.
    if (block.type === "list" || block.type === "blockquote") {
      return [{ type: "blockquote", children: [block] }];
    }
    if (block.type !== "section") return [block];
    const title: Block = {
      type: "paragraph",
      style: "annotation",
      children: [{ type: "strong", children: block.title }],
    };
    return [title, ...inAnnotation(block.children)];
  });
}

function withoutCitations(blocks: readonly Block[], key: string, report: Report): Block[] {
  return mapInlines(blocks, (inline) => {
    if (inline.type !== "citation" && inline.type !== "note") return [inline];
    report({
      code: "syntax-unsupported",
      message:
        inline.type === "note"
          ? `the annotation of "${key}" holds a note, which is left out`
          : `the annotation of "${key}" holds a citation, which is printed as it was typed`,
      hints: [inline.type === "note" ? "write it into the text" : "name the work in words"],
    });
    return inline.type === "note" ? [] : inline.children;
  });
}
