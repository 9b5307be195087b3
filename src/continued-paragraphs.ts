// Sentences that go on after a formula, quotation or list: their second half is
// no new paragraph, and is not indented as one (CMOS 18, 12.20).

import {
  type Block,
  type Document,
  type Inline,
  mapBlocks,
  mapContent,
  toText,
} from "./document.js";

/** Returns the document with the paragraphs marked that continue what was set off before them. */
export function markContinued(document: Document): Document {
  return mapBlocks(document, continueBlocks);
}

function continueBlocks(blocks: readonly Block[]): Block[] {
  return blocks.map((block, index) => {
    const before = blocks[index - 1];
    if (block.type === "paragraph") {
      return before && isSetOff(before) && continues(block.children)
        ? { ...block, continues: true }
        : block;
    }
    return mapContent(block, { inlines: (inlines) => inlines, blocks: continueBlocks });
  });
}

function isSetOff({ type }: Block): boolean {
  switch (type) {
    case "blockquote":
    case "list":
    case "definitionList":
    case "codeBlock":
    case "figure":
    case "table":
    case "equation":
      return true;
    case "section":
    case "paragraph":
    case "division":
    case "thematicBreak":
    case "contents":
    case "entry":
    case "index":
      return false;
  }
}

/** A sentence that begins with a small letter began before. */
function continues(inlines: readonly Inline[]): boolean {
  const [first] = inlines;
  return first?.type === "text" && /^\s*\p{Ll}/u.test(toText([first]));
}
