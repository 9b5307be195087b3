// Prints references in a style as a person would read them, with `*` around
// italics, so that expected texts can be compared with a manual's examples.

import type { Cluster } from "../../src/citation/engine.js";
import { createEngine } from "../../src/citation/engine.js";
import type { Inline, Reference } from "../../src/document.js";
import type { CslStyle, Style } from "../../src/style.js";

/** A style to print in; `ibid` as in a profile. */
export interface PrintedStyle {
  readonly csl: CslStyle;
  readonly locale: string;
  readonly ibid: Style["ibid"];
}

/** One citation of the run, such as `{ key: "yu2020", locator: "45" }`; several keys share a note. */
export interface Cited {
  readonly key: string;
  readonly locator?: string;
  readonly label?: string;
}

/** Returns the citations in order, each in a note of its own, and the list by key. */
export function print(
  style: PrintedStyle,
  references: readonly Reference[],
  cited: readonly (readonly Cited[])[],
): { citations: string[]; list: Map<string, string>; keys: string[] } {
  const engine = createEngine({
    ...style,
    references: new Map(references.map((reference) => [reference.id, reference])),
  });
  const citations = engine.printCitations(
    cited.map(
      (items, index): Cluster => ({
        items: items.map(({ key, locator, label = "page" }) => ({
          key,
          ...(locator !== undefined && { locator, label }),
        })),
        note: index + 1,
        wrap: "style",
        withoutAuthor: false,
      }),
    ),
  );
  const entries = engine.printList() ?? [];
  return {
    citations: citations.map(({ children }) => (children ? marked(children) : "(nothing)")),
    list: new Map(
      entries.map(({ keys, label, children }) => [
        keys[0]!,
        [label && marked(label), marked(children)].filter(Boolean).join(" "),
      ]),
    ),
    keys: entries.flatMap(({ keys }) => keys),
  };
}

/** Returns inlines as text with Markdown's marks. */
export function marked(inlines: readonly Inline[]): string {
  return inlines.map(markOne).join("");
}

function markOne(inline: Inline): string {
  switch (inline.type) {
    case "text":
    case "inlineCode":
      return inline.value;
    case "emphasis":
      return `*${marked(inline.children)}*`;
    case "strong":
      return `**${marked(inline.children)}**`;
    case "smallCaps":
      return `[${marked(inline.children)}]{.smallcaps}`;
    case "superscript":
      return `^${marked(inline.children)}^`;
    case "subscript":
      return `~${marked(inline.children)}~`;
    case "break":
      return " / ";
    case "link":
    case "foreign":
    case "citation":
    case "crossReference":
    case "label":
    case "abbreviation":
      return marked(inline.children);
    case "inlineEquation":
      return inline.value;
    case "note":
    case "indexMark":
      return "";
  }
}
