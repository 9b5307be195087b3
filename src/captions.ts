// The captions that lists of figures and tables repeat, in the order of the work.

import {
  type Block,
  contentOf,
  type Document,
  type Figure,
  type Inline,
  type Label,
  type Table,
} from "./document.js";

/** A line of a list of figures or tables. */
export interface ListedCaption {
  /** What the line leads to: the label's. */
  readonly id: string;
  /** The caption on one line, its label first, without notes. */
  readonly caption: readonly Inline[];
  readonly block: Figure | Table;
}

/** Returns the captions of all numbered figures, or tables. */
export function listedCaptions({ parts }: Document, of: "figure" | "table"): ListedCaption[] {
  const captions: ListedCaption[] = [];
  const visit = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      const [label] = block.type === of ? block.caption : [];
      if (block.type === of && label?.type === "label" && label.id !== undefined) {
        captions.push({ id: label.id, caption: onOneLine(label, block.caption.slice(1)), block });
      }
      for (const { blocks: inner } of contentOf(block)) if (inner) visit(inner);
    }
  };
  for (const { children } of parts) visit(children);
  return captions;
}

/** A label that stands on a line of its own is in bold there, its title in italics: not in lists. */
function onOneLine(label: Label, rest: readonly Inline[]): Inline[] {
  const [head, title, ...more] = rest;
  const isBelow = head?.type === "break" && title?.type === "emphasis" && !more.length;
  if (!isBelow) return [label, ...rest];
  const [strong] = label.children;
  const children = strong?.type === "strong" ? strong.children : label.children;
  return [{ ...label, children }, { type: "text", value: ". " }, ...title.children];
}
