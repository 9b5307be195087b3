// A small work whose chapters show what running heads say, and templates for it.

import type { Document } from "../../src/document.js";
import type { Template } from "../../src/template.js";
import { citation, documentOf, note, paragraph, section, span } from "../docx/tree.js";
import { sampleTemplate } from "../sample-template.js";

/** So many paragraphs of some twenty lines of a small page. */
function pages(count: number) {
  const sentence = "The lines of this page say nothing, and say it in as many words as they need. ";
  return Array.from({ length: count }, () => paragraph(sentence.repeat(9)));
}

export const work: Document = documentOf(
  [
    { role: "title-page", children: [paragraph("A Work", { style: "title" })] },
    {
      role: "front-matter",
      children: [
        section("sec-dedication", "Dedication", [paragraph("For them")], "dedication"),
        section("sec-abstract", "Abstract", pages(2), "abstract"),
        section("sec-contents", "Contents", [{ type: "contents", depth: 1 }], "toc"),
      ],
    },
    {
      role: "body",
      children: [
        section(
          "sec-one",
          ["On ", span("emphasis", "Titles"), note(1, "A note.")],
          [
            ...pages(1),
            section("sec-inner", "An Inner Section", pages(2)),
            section("sec-other", "Another Section", pages(2)),
          ],
        ),
        section("sec-two", "Of Titles That Are So Long That No Head Has Room for All Their Words", [
          ...pages(3),
        ]),
        section(
          "sec-three",
          ["Cited", citation("doe", " (Doe 2000)"), ", and Others"],
          [...pages(2), { type: "division", landscape: true, children: pages(1) }, ...pages(1)],
        ),
      ],
    },
  ],
  { author: [{ family: "Doe", given: "Jane" }] },
);

/** A page with room for some twenty lines. */
const page: Template["page"] = {
  ...sampleTemplate.page,
  width: 320,
  height: 400,
  margins: { top: 50, bottom: 50, left: 40, right: 60 },
  gutter: 10,
  header: 20,
  footer: 20,
};
const { styles } = sampleTemplate;

const plain: Template = {
  ...sampleTemplate,
  page,
  contentsDepth: 1,
  styles: {
    ...styles,
    body: { ...styles.body, size: 10, leading: { points: 14 } },
    abstract: { ...styles.abstract, size: 10, leading: { points: 14 } },
  },
};

/** The templates by the names of their expected files. */
export const templates: Readonly<Record<string, Template>> = {
  plain,
  facing: {
    ...plain,
    page: { ...page, facing: true },
    runningHeads: {
      odd: { left: "{{chapter}}", right: "{{page}}" },
      even: { left: "{{page}}", right: "{{author}}: {{title}}" },
    },
    lineNumbers: 5,
  },
  "right-hand": {
    ...plain,
    page: { ...page, facing: true },
    chaptersOn: "right",
  },
  outside: {
    ...plain,
    page: { ...page, facing: true },
    pageNumbers: { ...plain.pageNumbers, align: "outside" },
  },
  sections: {
    ...plain,
    runningHeads: {
      odd: { left: "{{chapter}}", right: "{{section}}" },
      even: { left: "{{chapter}}", right: "{{section}}" },
    },
  },
  header: {
    ...plain,
    pageNumbers: { ...plain.pageNumbers, place: "header", align: "right", frontMatter: "none" },
    runningHeads: {
      odd: { left: "{{title}}", right: "{{page}}" },
      even: { left: "{{title}}", right: "{{page}}" },
    },
  },
};
