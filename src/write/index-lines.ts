// The lines of an index, as both writers print them: a paragraph a heading, those
// below it indented, space between letters.

import { type Index, type IndexItem, type Inline, toText } from "../document.js";

/** How far each level below the first is indented, in points. */
export const indexIndent = 12;

/** One heading of an index. */
export interface IndexLine {
  /** Its term, its pages, and where it sends the reader. */
  readonly children: readonly Inline[];
  /** How many headings it stands below. */
  readonly depth: number;
  /** Whether it is the first with its letter, but for the index's first. */
  readonly opensLetter: boolean;
}

/** Returns the lines of an index, in order; what the same letter is depends on the language. */
export function indexLines({ items }: Index, lang: string): IndexLine[] {
  const { compare } = new Intl.Collator(lang, { sensitivity: "base" });
  const lines: IndexLine[] = [];
  const add = (some: readonly IndexItem[], depth: number) => {
    for (const [index, item] of some.entries()) {
      const before = depth === 0 ? some[index - 1] : undefined;
      lines.push({
        children: [...item.term, ...(item.locators ?? [])],
        depth,
        opensLetter: before !== undefined && compare(letterOf(before), letterOf(item)) !== 0,
      });
      add(item.items, depth + 1);
    }
  };
  add(items, 0);
  return lines;
}

/** The letter that a heading is found by; all that begin with a digit stand together. */
function letterOf({ term }: IndexItem): string {
  const [letter = ""] = /[\p{L}\p{N}]\p{M}*/u.exec(toText(term)) ?? [];
  return /\p{N}/u.test(letter) ? "0" : letter;
}
