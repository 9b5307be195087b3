// Short ways to write a document tree in tests.

import type {
  Block,
  Citation,
  Document,
  Inline,
  Note,
  Paragraph,
  Part,
  Section,
} from "../../src/document.js";

/** Inlines; a string stands for a text. */
export type Words = string | readonly (Inline | string)[];

export function inlines(words: Words): Inline[] {
  return (typeof words === "string" ? [words] : words).map((word) =>
    typeof word === "string" ? { type: "text", value: word } : word,
  );
}

export function paragraph(words: Words, more: Partial<Paragraph> = {}): Paragraph {
  return { type: "paragraph", children: inlines(words), ...more };
}

/** An inline that has only children, such as emphasis. */
export function span(
  type: "emphasis" | "strong" | "smallCaps" | "superscript" | "subscript",
  words: Words,
): Inline {
  return { type, children: inlines(words) };
}

export function link(url: string, words: Words): Inline {
  return { type: "link", url, children: inlines(words) };
}

/** A note; a paragraph may be given by its words alone. */
export function note(number: number, ...blocks: readonly (Block | Words)[]): Note {
  return {
    type: "note",
    number,
    children: blocks.map((block) =>
      typeof block === "string" || Array.isArray(block)
        ? paragraph(block as Words)
        : (block as Block),
    ),
  };
}

export function citation(key: string, words: Words): Citation {
  return { type: "citation", mode: "parenthetical", items: [{ key }], children: inlines(words) };
}

export function section(
  id: string,
  title: Words,
  children: readonly Block[],
  role?: Section["role"],
): Section {
  return { type: "section", id, title: inlines(title), children, ...(role && { role }) };
}

export function documentOf(
  parts: readonly Part[],
  metadata: Partial<Document["metadata"]> = {},
): Document {
  return {
    metadata: {
      title: inlines("A Work"),
      author: [{ given: "Jane", family: "Doe" }],
      date: [2019, 12, 13],
      lang: "en-GB",
      keywords: [],
      ...metadata,
    },
    parts,
  };
}

/** A document whose body is these blocks. */
export function bodyOf(...children: readonly Block[]): Document {
  return documentOf([{ role: "body", children }]);
}
