// What holds for every document: its file is sound and nothing of it is lost.

import fc from "fast-check";
import { expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import type { Block, Inline, Section } from "../../src/document.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { sampleTemplate } from "../sample-template.js";
import { lintDocx } from "./lint-docx.js";
import { documentOf, section } from "./tree.js";

/** Text as readers give it, with what has a meaning in XML or in docx's own placeholders. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }),
      fc.constantFrom(
        "{bullets-1}",
        "{",
        "}",
        "<w:p>",
        "&amp;",
        "]]>",
        "\u2011",
        "\u00ad",
        "  ",
        "é",
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((pieces) => pieces.join(" ").replace(/[\0-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]/g, ""));

const url = fc.constantFrom(
  "#ref-1",
  "#sec-1",
  "#nowhere",
  "https://example.org/?a=1&b=2",
  "https://",
);

const { inline, noteless } = fc.letrec<{
  inline: Inline;
  noteless: Inline;
  noteBlock: Block;
}>((tie) => {
  const leaves: fc.Arbitrary<Inline>[] = [
    text.map((value) => ({ type: "text", value })),
    text.map((value) => ({ type: "inlineCode", value })),
    fc.constant({ type: "break" }),
  ];
  const branches = (children: fc.Arbitrary<Inline[]>): fc.Arbitrary<Inline>[] => [
    fc.record({
      type: fc.constantFrom(
        "emphasis" as const,
        "strong" as const,
        "smallCaps" as const,
        "superscript" as const,
        "subscript" as const,
      ),
      children,
    }),
    fc.record({ type: fc.constant("link" as const), url, children }),
    fc.record({
      type: fc.constant("citation" as const),
      mode: fc.constant("parenthetical" as const),
      items: fc.constant([{ key: "a" }]),
      children,
    }),
  ];
  const some = (name: "inline" | "noteless") =>
    fc.array(tie(name) as fc.Arbitrary<Inline>, { maxLength: 3 });
  return {
    noteless: fc.oneof({ depthSize: "small" }, ...leaves, ...branches(some("noteless"))),
    inline: fc.oneof(
      { depthSize: "small" },
      ...leaves,
      ...branches(some("inline")),
      fc.record({
        type: fc.constant("note" as const),
        number: fc.constant(1),
        children: fc.array(tie("noteBlock") as fc.Arbitrary<Block>, { minLength: 1, maxLength: 2 }),
      }),
    ),
    noteBlock: blocks(tie("noteless") as fc.Arbitrary<Inline>),
  };
});

function blocks(inlines: fc.Arbitrary<Inline>): fc.Arbitrary<Block> {
  return fc.letrec<{ block: Block }>((tie) => ({
    block: fc.oneof(
      { depthSize: "small" },
      fc.record({
        type: fc.constant("paragraph" as const),
        children: fc.array(inlines, { maxLength: 3 }),
      }),
      text.map((value): Block => ({ type: "codeBlock", value: `${value}\n\t${value}` })),
      fc.constant<Block>({ type: "thematicBreak" }),
      fc.record({
        type: fc.constant("blockquote" as const),
        children: fc.array(tie("block") as fc.Arbitrary<Block>, { maxLength: 2 }),
      }),
      fc.record(
        {
          type: fc.constant("list" as const),
          tight: fc.boolean(),
          start: fc.nat(20),
          items: fc.array(fc.array(tie("block") as fc.Arbitrary<Block>, { maxLength: 2 }), {
            minLength: 1,
            maxLength: 3,
          }),
        },
        { requiredKeys: ["type", "tight", "items"] },
      ),
    ),
  })).block;
}

const sections = fc
  .array(
    fc.record({
      title: fc.array(inline, { minLength: 1, maxLength: 2 }),
      children: fc.array(blocks(inline), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) =>
    list.map((section, index): Section => ({ type: "section", id: `sec-${index}`, ...section })),
  );

const entries = fc
  .array(fc.array(noteless, { minLength: 1, maxLength: 2 }), { maxLength: 3 })
  .map((list) =>
    list.map(
      (children, index): Block => ({
        type: "entry",
        id: `ref-${index + 1}`,
        key: `k${index}`,
        ...(index === 1 && { label: [{ type: "text", value: "[2]" }] }),
        children,
      }),
    ),
  );

const live = fc.constantFrom(undefined, "zotero" as const, "word" as const).map(
  (kind) =>
    kind && {
      kind,
      references: new Map([["a", { id: "a", type: "book", title: "A" }]]),
      style: {
        id: "plain",
        title: "Plain",
        locale: "en-GB",
        ibid: "style" as const,
        csl: {
          id: "plain",
          class: "in-text" as const,
          format: "author-date" as const,
          source: () => ({ name: "style", attrs: {}, children: [] }),
        },
      },
    },
);

test("every document gives a sound file with all its words, notes, citations and entries", async () => {
  await fc.assert(
    fc.asyncProperty(sections, entries, live, async (chapters, list, program) => {
      const references = section("sec-references", "References", list, "bibliography");
      const document = documentOf([
        { role: "front-matter", children: [{ type: "contents", depth: 2 }] },
        { role: "body", children: [...chapters, references] },
      ]);
      const labels = new Map([["sec-0", "1"]]);
      const written = await writeDocx(document, sampleTemplate, labels, program);
      expect(lintDocx(written.bytes)).toEqual([]);
      expect(conserve(document, written, "docx")).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
