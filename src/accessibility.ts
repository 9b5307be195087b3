// What keeps a reader who cannot see the page from reading the work, as far as
// the manuscript can mend it (WCAG 2.2; ISO 14289-1). What the writers owe such
// readers, they give by themselves: docs/accessibility.md says what.

import type { Report, Span } from "./diagnostic.js";
import {
  type Block,
  contentOf,
  type Document,
  hasHeading,
  type Inline,
  isBlock,
  type Link,
  type Table,
  toText,
  walk,
} from "./document.js";
import { isWithoutHeaders } from "./table-grid.js";

/**
 * Reports titles of sections without words, tables without header cells, links
 * whose words do not say where they lead, and words in the letters of another
 * script that are not marked as being in another language. (A figure without a
 * description is reported when it is read.)
 */
export function checkAccessibility({ metadata, parts }: Document, report: Report): void {
  const blocks = parts.flatMap(({ children }): readonly Block[] => children);
  for (const node of walk(blocks)) {
    if (node.type === "section" && hasHeading(node) && !/\S/.test(toText(node.title))) {
      report({
        code: "heading-empty",
        message: "a heading has no words, so that nobody can find its section",
        ...(node.span && { span: node.span }),
        hints: ["give it a title, or join its text to the section before"],
      });
    }
    if (node.type === "table") checkTable(node, report);
    if (node.type === "link") checkLink(node, report);
  }
  checkLanguages(blocks, metadata.lang, report);
}

/** A table whose cells have no heading is a heap of numbers when it is read aloud (WCAG 1.3.1). */
function checkTable(table: Table, report: Report): void {
  const { span } = table;
  if (!isWithoutHeaders(table)) return;
  report({
    code: "table-without-header",
    message: "a table has no header cells, so that a screen reader cannot say what a number means",
    ...(span && { span }),
    hints: ["write a first row of headings", "or head each row: header-columns=1"],
  });
}

/** Words that say nothing of where a link leads when they are read without the text around (WCAG 2.4.4). */
const emptyWords = /^(?:click here|here|hier|ici|aquí|link|this link|this|more|read more|see)$/i;

function checkLink({ children, span }: Link, report: Report): void {
  const text = toText(children).trim();
  if (!emptyWords.test(text)) return;
  report({
    code: "link-unclear",
    message: `the words of a link, "${text}", do not say where it leads`,
    ...(span && { span }),
    hints: ["put the name of the page into the link: [the data archive](https://…)"],
  });
}

/** Scripts and a language that is written in each, for the hint. */
const scripts: readonly (readonly [name: string, letters: RegExp, example: string])[] = [
  ["Latin", /\p{Script=Latin}/u, "en"],
  ["Cyrillic", /\p{Script=Cyrillic}/u, "ru"],
  ["Greek", /\p{Script=Greek}/u, "el"],
  ["Arabic", /\p{Script=Arabic}/u, "ar"],
  ["Hebrew", /\p{Script=Hebrew}/u, "he"],
  ["Armenian", /\p{Script=Armenian}/u, "hy"],
  ["Georgian", /\p{Script=Georgian}/u, "ka"],
  ["Devanagari", /\p{Script=Devanagari}/u, "hi"],
  ["Hangul", /\p{Script=Hangul}/u, "ko"],
  ["Chinese or Japanese", /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u, "zh"],
];

/** A word of three letters or more; a single letter may be a symbol. */
const WORD = /\p{L}[\p{L}\p{M}]{2,}/gu;

/** Words in letters that the language around them is not written in (WCAG 3.1.2). */
function checkLanguages(blocks: readonly Block[], lang: string, report: Report): void {
  const visitBlocks = (nodes: readonly Block[], around: string) => {
    for (const node of nodes) {
      // References carry their own languages; nobody marks those by hand.
      if (node.type === "entry" || node.type === "index") continue;
      const within =
        (node.type === "section" || node.type === "division") && node.lang ? node.lang : around;
      for (const child of childrenOf(node)) {
        if (isBlock(child)) visitBlocks([child], within);
        else visitInlines([child], within, node.span);
      }
    }
  };
  const visitInlines = (nodes: readonly Inline[], around: string, span: Span | undefined) => {
    for (const node of nodes) {
      const place = node.span ?? span;
      if (node.type === "text") checkLetters(node.value, around, place, report);
      else if (node.type === "note") visitBlocks(node.children, around);
      else if (node.type === "foreign") visitInlines(node.children, node.lang, place);
      else if (node.type !== "citation" && node.type !== "inlineCode" && "children" in node) {
        visitInlines(node.children, around, place);
      }
    }
  };
  visitBlocks(blocks, lang);
}

function childrenOf(block: Block): readonly (Block | Inline)[] {
  const children: (Block | Inline)[] = [];
  for (const { inlines, blocks } of contentOf(block)) children.push(...(inlines ?? blocks));
  return children;
}

function checkLetters(text: string, lang: string, span: Span | undefined, report: Report): void {
  const own = scriptOf(lang);
  for (const [word] of text.matchAll(WORD)) {
    const script = scripts.find(([, letters]) => letters.test(word));
    // Latin names stand in texts of every script.
    if (!script || script[0] === own || script[0] === "Latin") continue;
    const [name, , example] = script;
    report({
      code: "language-unmarked",
      message: `"${word}" is in ${name} letters, but its language is not said`,
      ...(span && { span }),
      hints: [`mark it, so that it is read and divided rightly: [${word}]{lang=${example}}`],
    });
    return;
  }
}

const scriptNames: Readonly<Record<string, string>> = {
  Latn: "Latin",
  Cyrl: "Cyrillic",
  Grek: "Greek",
  Arab: "Arabic",
  Hebr: "Hebrew",
  Armn: "Armenian",
  Geor: "Georgian",
  Deva: "Devanagari",
  Kore: "Hangul",
  Hang: "Hangul",
  Hans: "Chinese or Japanese",
  Hant: "Chinese or Japanese",
  Jpan: "Chinese or Japanese",
};

/** Returns the script that a language is usually written in. */
function scriptOf(lang: string): string | undefined {
  try {
    return scriptNames[new Intl.Locale(lang).maximize().script ?? ""];
  } catch {
    return undefined;
  }
}
