// How long a work is, counted on the document that the writers print.

import { type Block, type Document, type Inline, toText } from "./document.js";

/**
 * Returns the words of the chapters: running text, quotations and headings,
 * without notes, the list of references, and what the citations print, so that
 * the number is the same in every style.
 */
export function countWords({ parts }: Document): number {
  let words = 0;
  for (const { role, children } of parts) if (role === "body") words += wordsOf(children);
  return words;
}

function wordsOf(blocks: readonly Block[]): number {
  let words = 0;
  for (const block of blocks) {
    switch (block.type) {
      case "section":
        if (!block.role) words += wordsIn(block.title) + wordsOf(block.children);
        break;
      case "paragraph":
        words += wordsIn(block.children);
        break;
      case "blockquote":
        words += wordsOf(block.children);
        break;
      case "list":
        for (const item of block.items) words += wordsOf(item);
        break;
      case "codeBlock":
        words += wordCount(block.value);
        break;
      case "thematicBreak":
      case "contents":
      case "entry":
        break;
    }
  }
  return words;
}

function wordsIn(inlines: readonly Inline[]): number {
  return wordCount(toText(inlines.map(withoutCitations)));
}

function withoutCitations(inline: Inline): Inline {
  if (inline.type === "citation") return { ...inline, children: [] };
  if (inline.type === "note" || !("children" in inline)) return inline;
  return { ...inline, children: inline.children.map(withoutCitations) };
}

/** A word is a run of anything but white space that holds a letter or a digit. */
function wordCount(text: string): number {
  let words = 0;
  for (const run of text.split(/\s+/)) if (/[\p{L}\p{N}]/u.test(run)) words++;
  return words;
}
