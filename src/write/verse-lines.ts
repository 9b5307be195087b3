// The lines of verse, alike in both formats: the space above and below a poem is
// that of its style, between its lines there is none.

import type { Block, Blockquote } from "../document.js";

/** A line of verse, or another block among the lines. */
export interface VerseLine {
  readonly block: Block;
  /** Above and below it in points, instead of its style's. */
  readonly before?: number;
  readonly after?: number;
  /** Whether a page does not end with it: a stanza's first line, the last but one, one before the source. */
  readonly keepsNext: boolean;
  /** Whether it says where the poem is from. */
  readonly isSource: boolean;
}

/** Returns the lines of a poem. */
export function verseLines({ children }: Blockquote): VerseLine[] {
  return children.map((block, index) => {
    const next = children[index + 1];
    const isFirst = index === 0 || startsStanza(block);
    const isLastButOne = next !== undefined && endsStanza(children, index + 1);
    return {
      block,
      ...(index > 0 && { before: spaceAbove(block) }),
      ...(next && { after: 0 }),
      keepsNext: next !== undefined && (isFirst || isLastButOne || isSource(next)),
      isSource: isSource(block),
    };
  });
}

const spaceAbove = (block: Block): number => (block.type === "paragraph" ? (block.before ?? 0) : 0);

const startsStanza = (block: Block): boolean => spaceAbove(block) > 0;

const endsStanza = (blocks: readonly Block[], index: number): boolean => {
  const next = blocks[index + 1];
  return !startsStanza(blocks[index]!) && (!next || startsStanza(next) || isSource(next));
};

/** Whether a block is the source of a poem or epigraph. */
export const isSource = (block: Block): boolean =>
  block.type === "paragraph" && block.style === "source";
