// Pandoc's `[text]{.class lang=fr}` as syntax of micromark and nodes of mdast,
// and what its attributes make of the text.

import type { Node, PhrasingContent } from "mdast";
import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Extension } from "micromark-util-types";
import type { CrossReference, IndexMark, Inline } from "../document.js";
import { toText } from "../document.js";
import { AttributeReader, type Attributes, braceScan, parseAttributes } from "./attributes.js";
import { bracketScan, dataOf, nestedText, textSyntax } from "./nested-text.js";
import { type Reading, spanOf } from "./reading.js";
import { smartPunctuation } from "./smart-punctuation.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    bracketedSpan: "bracketedSpan";
    bracketedSpanText: "bracketedSpanText";
  }
}

declare module "mdast" {
  interface RootContentMap {
    bracketedSpan: BracketedSpanNode;
  }
  interface PhrasingContentMap {
    bracketedSpan: BracketedSpanNode;
  }
}

/** `[text]{…}` among the nodes of mdast. */
export interface BracketedSpanNode {
  type: "bracketedSpan";
  attributes: Attributes;
  /** Where its attributes begin, counted from its own beginning. */
  attributesStart: number;
  children: PhrasingContent[];
  position?: Node["position"];
}

type SpanData = Pick<BracketedSpanNode, "attributes" | "attributesStart">;

/** How long the text may be, in characters. */
const LONGEST_SPAN = 20_000;

/** Returns the micromark extension for spans; it belongs behind that for citations. */
export function bracketedSpanSyntax(): Extension {
  const span = nestedText({
    name: "bracketedSpan",
    before: true,
    look: () => {
      const brackets = bracketScan(LONGEST_SPAN);
      const braces = braceScan();
      return {
        scan: (character, at) =>
          brackets.scan(character, at) ||
          (brackets.end() > 0 && braces.scan(character, at - brackets.end())),
        parse(seen) {
          const textEnd = brackets.end();
          const attributes = braces.end() ? parseAttributes(seen, textEnd) : undefined;
          if (!attributes) return undefined;
          const text = seen.slice(1, textEnd - 1).trim();
          const data: SpanData = { attributes, attributesStart: textEnd };
          return {
            type: "bracketedSpan",
            start: 0,
            end: textEnd + braces.end(),
            data,
            children: text
              ? [{ type: "bracketedSpanText", start: 1, end: textEnd - 1, text: true }]
              : [],
          };
        },
      };
    },
  });
  return textSyntax({ "[": span });
}

/** Returns the extension that makes nodes of them. */
export function bracketedSpanFromMarkdown(): FromMarkdown {
  return {
    canContainEols: ["bracketedSpan"],
    enter: {
      bracketedSpan(token) {
        this.enter({ type: "bracketedSpan", ...dataOf<SpanData>(token), children: [] }, token);
      },
    },
    exit: {
      bracketedSpan(token) {
        this.exit(token);
      },
    },
  };
}

/** Returns what a span is: its text with what its attributes say of it around it. */
export function readBracketedSpan(node: BracketedSpanNode, reading: Reading): Inline[] {
  const { source } = reading;
  const span = spanOf(node, source);
  const at = node.position!.start.offset! + node.attributesStart;
  const attributes = new AttributeReader(node.attributes, at, reading);
  const lang = attributes.language();
  let children = reading.inlines(node.children, reading);
  if (attributes.has("page")) children = onPages(children);
  if (attributes.has("smallcaps")) children = [{ type: "smallCaps", children, span }];
  if (attributes.has("abbr")) {
    const words = smartPunctuation(children, source.lang ?? "en");
    const form = attributes.has("full") ? "full" : attributes.has("short") ? "short" : undefined;
    const key = toText(words).trim();
    children = [{ type: "abbreviation", key, ...(form && { form }), children: words, span }];
  }
  // A title's words that keep their case are marked so for CSL; in a text all do.
  attributes.has("nocase");
  if (lang) {
    children = [{ type: "foreign", lang, children: smartPunctuation(children, lang), span }];
  }
  if (attributes.has("index")) {
    const mark = readIndexMark(children, attributes, reading);
    if (mark) children = [{ ...mark, span }, ...children];
  }
  attributes.reportOthers("a text in brackets");
  return children;
}

const onPages = (inlines: readonly Inline[]): Inline[] =>
  inlines.map((inline) =>
    inline.type === "crossReference"
      ? ({ ...inline, page: true } satisfies CrossReference)
      : inline,
  );

/** Terms are parted by `!`, the main one first, as in LaTeX and Pandoc's filters. */
const termsOf = (value: string): string[] =>
  value
    .split("!")
    .map((term) => term.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .slice(0, 3);

/** Headings of the index are parted by semicolons, as they are printed. */
const headingsOf = (value: string): string[][] =>
  value
    .split(";")
    .map(termsOf)
    .filter((terms) => terms.length);

function readIndexMark(
  children: readonly Inline[],
  attributes: AttributeReader,
  { report }: Reading,
): IndexMark | undefined {
  const term = attributes.pair("term");
  const see = attributes.pair("see");
  const seeAlso = attributes.pair("see-also");
  const range = attributes.pair("range");
  if (range && range.value !== "start" && range.value !== "end") {
    attributes.invalid(range, `"${range.value}" is no end of a range`, "write start or end");
  }
  const terms = termsOf(term?.value ?? toText(children));
  if (!terms.length) {
    report({
      code: "value-invalid",
      message: "a mark of the index names no term",
      span: attributes.span(),
      hints: ['write [the term]{.index} or []{.index term="the term"}'],
    });
    return undefined;
  }
  return {
    type: "indexMark",
    id: "",
    terms,
    ...((range?.value === "start" || range?.value === "end") && { range: range.value }),
    ...(see && { see: headingsOf(see.value) }),
    ...(seeAlso && { seeAlso: headingsOf(seeAlso.value) }),
  };
}
