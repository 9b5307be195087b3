// Small documents, each for one concern of the DOCX writer. What is expected of
// them stands in cases/<name>/expected.

import type { Block, Document, List } from "../../src/document.js";
import {
  bodyOf,
  citation,
  documentOf,
  inlines,
  link,
  note,
  paragraph,
  section,
  span,
} from "./tree.js";

/** Returns a list whose items are paragraphs, or blocks. */
function list(start: number | undefined, ...items: readonly (string | readonly Block[])[]): List {
  return {
    type: "list",
    tight: true,
    ...(start !== undefined && { start }),
    items: items.map((item) => (typeof item === "string" ? [paragraph(item)] : item)),
  };
}

/** The documents by the names of their folders. */
export const cases: Readonly<Record<string, Document>> = {
  "notes-and-citations": bodyOf(
    section("sec-relations", "Relations", [
      paragraph([
        "An uneasy alliance",
        note(1, [
          citation("alexandrov1999", [
            link("#ref-1", ["Alexandrov, ", span("emphasis", "Uneasy Alliance"), ", 12"]),
          ]),
          ".",
        ]),
        " that ",
        citation("trenin2014", [link("#ref-2", "Trenin")]),
        " doubts.",
        note(
          2,
          ["See ", citation("trenin2014", "Trenin, 5"), "; and note ", link("#note-1", "1"), "."],
          "A second paragraph, with a ",
          { type: "blockquote", children: [paragraph("quotation")] },
          list(undefined, "and a list"),
        ),
      ]),
    ]),
    section(
      "sec-references",
      "References",
      [
        {
          type: "entry",
          id: "ref-1",
          key: "alexandrov1999",
          label: inlines("[1]"),
          children: inlines([span("emphasis", "Uneasy Alliance"), ". 1999."]),
        },
        { type: "entry", id: "ref-2", key: "trenin2014", children: inlines("Trenin. 2014.") },
      ],
      "bibliography",
    ),
  ),

  contents: documentOf([
    {
      role: "title-page",
      children: [
        paragraph("A Work", { style: "title", before: 150 }),
        paragraph("Jane Doe", { style: "title-page" }),
      ],
    },
    {
      role: "front-matter",
      children: [
        section(
          "sec-dedication",
          "Dedication",
          [paragraph(["For ", span("emphasis", "them")], { style: "dedication" })],
          "dedication",
        ),
        section("sec-abstract", "Abstract", [paragraph("In short.")], "abstract"),
        section("sec-contents", "Contents", [{ type: "contents", depth: 2 }], "toc"),
      ],
    },
    {
      role: "body",
      children: [
        section(
          "sec-one",
          ["On ", span("emphasis", "Titles"), note(1, "No note in the contents.")],
          [
            paragraph("The first."),
            paragraph("The second."),
            section(
              "sec-deeper",
              [citation("a", "Deeper")],
              [section("sec-deepest", "Not listed", [paragraph("End.")])],
            ),
          ],
        ),
      ],
    },
  ]),

  inlines: bodyOf(
    paragraph([
      span("emphasis", ["italic ", span("emphasis", "roman"), span("strong", " bold italic")]),
      span("smallCaps", "Caps"),
      "H",
      span("subscript", "2"),
      "O, x",
      span("superscript", [span("emphasis", "n")]),
      { type: "inlineCode", value: "a  b" },
      { type: "break" },
      "non\u2011breaking, soft\u00adhyphen, a\u00a0space, a\ttab and\nline end",
    ]),
    paragraph([
      link('https://example.org/a b?c="d"&e=1', "Address"),
      ", ",
      link('https://example.org/a b?c="d"&e=1', "the same"),
      ", ",
      link("https://", "none"),
      ", ",
      link("#sec-there", ["there ", link("https://example.org", "and not there")]),
      ", ",
      link("#sec-nowhere", "nowhere"),
      ".",
    ]),
    section("sec-there", "There", [
      paragraph(["In italics ", span("emphasis", "roman")], { style: "dedication" }),
      section("sec-2", "Two", [
        section("sec-3", "Three", [
          section(
            "sec-4",
            ["Four, which is ", span("emphasis", "italic")],
            [section("sec-5", "Five", [])],
          ),
        ]),
      ]),
    ]),
  ),

  lists: bodyOf(
    list(1, "One", [paragraph("Two"), paragraph("Two, continued"), list(1, "Two, a", "Two, b")]),
    list(4, "Four, in a list of its own", [
      { type: "codeBlock", value: "an item\n\tof code" },
      list(undefined, [list(undefined, "Three deep")]),
    ]),
    { type: "blockquote", children: [list(undefined, "A bullet in a quotation")] },
    list(1, "One again"),
  ),

  blocks: bodyOf(
    paragraph("Before."),
    {
      type: "blockquote",
      children: [
        paragraph("Quoted."),
        { type: "blockquote", children: [paragraph("Quoted in it.")] },
      ],
    },
    { type: "codeBlock", value: "if (a < b) {\n\n\t\treturn  1;\n}\n" },
    { type: "thematicBreak" },
    paragraph("After."),
  ),

  "hostile-text": documentOf(
    [
      {
        role: "body",
        children: [
          section("__proto__", "{bullets-1}", [
            list(undefined, "{bullets\ufffe-1} {numbers-0-1-1} {", "}"),
            paragraph([
              "a\0b\x1bc\ufffed\uffffe\ud800f\udc00 \u{1f600}",
              link("#__proto__", " link"),
            ]),
            paragraph("]]> <!-- <w:p/> &amp; &#0; \"quoted\" 'single'"),
            paragraph(["TOC \\o ", link("javascript:alert(1)", "script"), note(1, "{2} TOC \\h")]),
          ]),
        ],
      },
    ],
    {
      title: inlines('<A> & "B"\u0001'),
      author: [{ literal: "{0} & <Sons>" }],
      keywords: ["<a>", "b&c"],
      institution: "<University>",
    },
  ),
};
