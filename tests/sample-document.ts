// A document with every kind of block and inline, in places where each is hard
// to set: for tests that look at whole pages.

import type { Block, Document, Inline, List } from "../src/document.js";
import {
  citation,
  documentOf,
  inlines,
  link,
  note,
  paragraph,
  section,
  span,
  type Words,
} from "./docx/tree.js";

const sentences = [
  "The making of foreign policy is anything but constant, as it must remain flexible to reflect a state’s inner identity and react to wider changes in the global or regional system.",
  "Looking first to Russia, their initial post-Soviet policy began even before the fall of the USSR with Gorbachev’s ‘New Thinking’, which would eventually peak under Yeltsin.",
  "Although the focus of this paper is on shifting bilateral dynamics, it is necessary to first establish a brief understanding of the general shape and broad interests of both states.",
  "As expected, Westernists highlighted commonality with Europe and saw greater liberalisation as the best path forward; Statists were concerned with order and traditional concepts of power.",
  "Resurgence in desire for an empowered Russia that could secure itself as a ‘competitive pole’ in the world has been reflected in official documents of 1990–1995 and 2005-2012.",
];

/** Returns running text of so many sentences. */
export function prose(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => sentences[(from + index) % 5]).join(" ");
}

function list(start: number | undefined, ...items: readonly (Words | readonly Block[])[]): List {
  const isBlocks = (item: Words | readonly Block[]): item is readonly Block[] =>
    Array.isArray(item) &&
    typeof item[0] === "object" &&
    "type" in item[0] &&
    item[0].type in blocks;
  return {
    type: "list",
    tight: true,
    ...(start !== undefined && { start }),
    items: items.map((item) => (isBlocks(item) ? item : [paragraph(item as Words)])),
  };
}

const blocks: Readonly<Record<string, true>> = {
  paragraph: true,
  list: true,
  blockquote: true,
  codeBlock: true,
};

const emphasis = (words: Words) => span("emphasis", words);

function entry(number: number, ...children: readonly (Inline | string)[]): Block {
  return { type: "entry", id: `ref-${number}`, key: `k${number}`, children: inlines(children) };
}

/** The document. Note 5 is long enough to be divided; page after page is filled. */
export const sampleDocument: Document = documentOf(
  [
    {
      role: "title-page",
      children: [
        paragraph("Every Kind of Block & Inline <in One Work>", { style: "title", before: 150 }),
        paragraph("Set where it is hard to set", { style: "subtitle" }),
        paragraph("Jane Doe", { style: "title-page", before: 48 }),
        paragraph("13 December 2019", { style: "title-page", before: 48 }),
      ],
    },
    {
      role: "front-matter",
      children: [
        section(
          "sec-front-dedication",
          "Dedication",
          [paragraph(["To my ", emphasis("teachers")], { style: "dedication" })],
          "dedication",
        ),
        section(
          "sec-front-abstract",
          "Abstract",
          [paragraph(prose(4), { style: "abstract" })],
          "abstract",
        ),
        section("sec-front-toc", "Contents", [{ type: "contents", depth: 3 }], "toc"),
      ],
    },
    {
      role: "body",
      children: [
        section("sec-notes", "Notes", [
          paragraph([
            prose(1),
            note(1, [citation("k1", [link("#ref-1", "Alexandrov, Uneasy Alliance"), ", 12"]), "."]),
            ` ${prose(1, 1)}`,
            note(2, `Ibid., 13. ${prose(1)}`),
            ` ${prose(1, 2)}`,
            note(3, ["See note ", link("#note-1", "1"), "."]),
          ]),
          paragraph([
            prose(3, 3),
            note(4, "A note in two paragraphs.", ["The second of them. ", prose(1, 2)]),
            ` ${prose(1)}`,
          ]),
          ...Array.from({ length: 4 }, (_, index) => paragraph(prose(4, index))),
          paragraph([prose(2), note(5, prose(14)), ` ${prose(2, 2)}`]),
          paragraph(prose(6, 1)),
        ]),
        section(
          "sec-long",
          [
            "A Title of a Chapter That Is So Long That It Needs Two Lines, with ",
            emphasis("Italics in It"),
            note(6, "A note to a heading."),
          ],
          [
            paragraph([
              "Inlines: ",
              emphasis(["italic with ", emphasis("roman"), " in it"]),
              ", ",
              span("strong", ["bold and ", emphasis("bold italic")]),
              ", ",
              span("smallCaps", "Small Capitals"),
              ", H",
              span("subscript", "2"),
              "O, E = mc",
              span("superscript", "2"),
              ", ",
              { type: "inlineCode", value: "code_in_line()" },
              ", a ",
              link("https://example.org/a?b=1&c=2", "link to the net"),
              " and one to ",
              link("#sec-deep", "a section"),
              ", a line",
              { type: "break" },
              "that was broken, non‑breaking, soft hy\u00adphen\u00adation, a\u00a0space; Россия, Ελλάδα, Żółć, naïve ﬁnd.",
            ]),
            section("sec-quotations", "Quotations and lists", [
              paragraph(["Before a quotation.", note(7, "Short.")]),
              {
                type: "blockquote",
                children: [
                  paragraph([prose(2), note(8, "A note in a quotation."), " More."]),
                  { type: "blockquote", children: [paragraph(prose(1))] },
                ],
              },
              paragraph("Before a list:"),
              list(
                undefined,
                ["A bullet. ", prose(1), note(9, "A note in a list.")],
                [
                  paragraph("A bullet with more below it."),
                  paragraph(prose(1)),
                  list(9, "Nine", [
                    paragraph("Ten"),
                    list(undefined, "Three deep", [paragraph("And"), list(1, "four deep")]),
                  ]),
                ],
              ),
              list(1, "One", "Two", [
                paragraph("Three, with code:"),
                { type: "codeBlock", value: "const three = 3;\n\n\treturn three;" },
              ]),
              { type: "thematicBreak" },
              paragraph(prose(2)),
            ]),
            section("sec-code", "Code", [
              paragraph("A listing:"),
              {
                type: "codeBlock",
                value:
                  'if (a < b) {\n\treturn "a long line of code that has to be wrapped because it is much wider than the page" + b;\n}\n',
              },
              paragraph(
                `An address: https://www.example.org/${"a-long-path/".repeat(12)}end.html.`,
              ),
              paragraph(`A word: ${"Rindfleischetikettierung".repeat(8)}.`),
            ]),
            section("sec-deep-1", "Second level", [
              section(
                "sec-deep",
                "Third level, of which the title is long enough for two lines of the contents",
                [
                  section("sec-deeper", "Fourth level", [
                    section("sec-deepest", "Fifth level", [paragraph(prose(3))]),
                  ]),
                ],
              ),
            ]),
          ],
        ),
        section(
          "sec-references",
          "Bibliography",
          [
            entry(
              1,
              "Alexandrov, Mikhail. ",
              emphasis(
                "Uneasy Alliance: Relations between Russia and Kazakhstan in the Post-Soviet Era, 1992–1997",
              ),
              ". Westport: Greenwood Press, 1999.",
            ),
            entry(
              2,
              "Trenin, Dmitri. “",
              "Russia and Central Asia",
              ".” https://www.example.org/files/2014/report-of-the-year.pdf.",
            ),
            {
              type: "entry",
              id: "ref-3",
              key: "k3",
              label: inlines("[3]"),
              children: inlines([
                "With a label. ",
                emphasis("Journal of Labels"),
                " 3 (2010): 1–20.",
              ]),
            },
          ],
          "bibliography",
        ),
      ],
    },
  ],
  {
    title: inlines("Every Kind of Block & Inline <in One Work>"),
    author: [{ given: "Jane", family: "Doe" }, { literal: "Søren & Sons" }],
    keywords: ["blocks", "inlines"],
    subtitle: inlines("Set where it is hard to set"),
  },
);
