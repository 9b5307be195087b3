// What the readers of the elements of one Markdown text have in common: the
// text, where to report, and how what lies within them is read.

import type {
  Definition,
  FootnoteDefinition,
  ImageReference,
  Nodes,
  PhrasingContent,
  RootContent,
} from "mdast";
import type { Report, Span } from "../diagnostic.js";
import type { Block, Inline } from "../document.js";
import type { FileReader } from "../source.js";

/** Markdown and where it stands: in a file of its own, or inside of YAML. */
export interface MarkdownSource {
  readonly file: string;
  readonly text: string;
  /** The language of the punctuation, a BCP 47 tag; English when absent. */
  readonly lang?: string;
  /** Reads the images and tables that the text names; without it they are reported. */
  readonly files?: FileReader;
  /** Returns the offset in the file of an offset in the text. */
  offset(at: number): number;
}

/** The reading of one text. */
export interface Reading {
  readonly source: MarkdownSource;
  readonly report: Report;
  readonly notes: ReadonlyMap<string, FootnoteDefinition>;
  readonly links: ReadonlyMap<string, Definition>;
  /** The calls of notes so far, by label. */
  readonly called: Map<string, Span>;
  /** Those that may have been meant by calls of undefined ones. */
  readonly meant: Set<string>;
  /** Whether this is the text of a note. */
  readonly inNote: boolean;
  /** Reads blocks that stand together; headings among them make no sections. */
  blocks(nodes: readonly RootContent[], reading: Reading): Block[];
  /** Reads one paragraph's inlines, its punctuation that of the language. */
  paragraph(nodes: readonly PhrasingContent[], reading: Reading): Inline[];
  /** Reads inlines whose punctuation is that of the paragraph that they stand in. */
  inlines(nodes: readonly PhrasingContent[], reading: Reading): Inline[];
  /** Reads Markdown that is the value of an attribute, its place counted from the text's start. */
  value(text: string, at: number, reading: Reading): Inline[];
}

/** A node of mdast, or anything else that knows where it was typed. */
export interface Placed {
  readonly position?: Nodes["position"];
}

/** Returns the span of a range of the text. */
export function spanBetween({ file, offset }: MarkdownSource, start: number, end: number): Span {
  return { file, start: offset(start), end: offset(end) };
}

/** Returns the span of a node of mdast. */
export function spanOf(node: Placed, source: MarkdownSource): Span {
  const { start, end } = node.position!;
  return spanBetween(source, start.offset!, end.offset!);
}

/** Returns the text of a node as it was typed. */
export function typed(node: Placed, { source }: Reading): string {
  const { start, end } = node.position!;
  return source.text.slice(start.offset, end.offset);
}

/** Reports that something is not printed as what it is. */
export function unsupported(what: string, node: Placed, reading: Reading): void {
  const { source, report } = reading;
  report({
    code: "syntax-unsupported",
    message: `${what} is not printed as such; its text is kept`,
    span: spanOf(node, source),
  });
}

/** Whether HTML is a comment, which is not printed. */
export const isComment = (html: string): boolean => /^<!--[\s\S]*-->\s*$/.test(html);

/** The address of an image, which may be defined elsewhere. */
export function imageReference(node: ImageReference, { links }: Reading): Definition | undefined {
  return links.get(node.identifier);
}

/** Returns inlines with letters before them. */
export function withLead(lead: string, inlines: readonly Inline[]): readonly Inline[] {
  if (!lead) return inlines;
  const [first, ...others] = inlines;
  return first?.type === "text"
    ? [{ ...first, value: lead + first.value }, ...others]
    : [{ type: "text", value: lead }, ...inlines];
}
