// References to notes, from the manuscript to both files: the number is that of the
// printed note, whether a style has notes for citations or not.

import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeCitations } from "../../src/citation/place.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { type Block, type Document, type Note, toText, walk } from "../../src/document.js";
import { resolveNoteReferences } from "../../src/note-references.js";
import { numberNotes } from "../../src/number.js";
import { readMarkdown } from "../../src/read/markdown.js";
import { compiledManuscript, expectFiles } from "../manuscript-files.js";
import { sampleTemplate } from "../sample-template.js";

const folder = (name: string) => join(import.meta.dirname, "cases", name);

test.each([
  ["chapters", "chicago"],
  ["chapters", "apa"],
  ["german", "chicago"],
])("%s in %s", async (name, style) => {
  await expectFiles(folder(name), style);
});

test.each(["chicago", "apa"])("mistakes are told at their places in %s", async (style) => {
  const { diagnostics } = compiledManuscript(folder("mistakes"), style);
  await expect(diagnostics).toMatchFileSnapshot(
    join(folder("mistakes"), "expected", style, "diagnostics.txt"),
  );
});

/** Some texts with notes and references, as a style has them. */
function printed(texts: readonly string[], style: "note" | "in-text") {
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void found.push(diagnostic);
  const children = texts.flatMap((text, index) =>
    readMarkdown({ file: `${index}.md`, text, offset: (at) => at }, report),
  );
  const document: Document = {
    metadata: { title: [], author: [], lang: "en", keywords: [] },
    parts: [{ role: "body", children }],
  };
  const placement = { class: style, punctuationInQuote: true };
  const placed = numberNotes({
    ...document,
    parts: [{ role: "body", children: placeCitations(children, placement) }],
  });
  const resolved = resolveNoteReferences(placed, document, new Map(), sampleTemplate, report);
  const [part] = resolved.parts;
  return { blocks: part!.children, found };
}

const textOf = ({ children }: { readonly children: readonly Block[] }): string =>
  children.map((block) => (block.type === "paragraph" ? toText(block.children) : "")).join(" ");

describe("laws", () => {
  const note = fc.record({
    text: fc.nat({ max: 2 }),
    cites: fc.boolean(),
    aims: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
    joined: fc.boolean(),
  });

  test("a reference has the number of the note that it names, if that is printed", () => {
    fc.assert(
      fc.property(
        fc.array(note, { minLength: 1, maxLength: 10 }),
        fc.constantFrom("note", "in-text" as const),
        (notes, style) => {
          const texts = [0, 1, 2].map((text) => {
            const own = [...notes.entries()].filter(([, one]) => one.text === text);
            const marks = own.map(([at, { joined }]) => `${joined ? "" : "Words"}[^n${at}]`);
            const definitions = own.map(([at, { cites, aims }]) => {
              const see = aims.filter(
                (aim) => notes[aim] && (style === "note" || !notes[aim].cites),
              );
              const references = see.map((aim) => `see @fn:n${aim}`).join("; ");
              return cites
                ? `[^n${at}]: [@work${at}]`
                : `[^n${at}]: Says ${at}-said; ${references}`;
            });
            return [`Begins ${marks.join(" ")}.`, ...definitions].join("\n\n");
          });
          const { blocks, found } = printed(texts, style);
          expect(found).toEqual([]);
          const numbers = new Map<string, number>();
          const inReadingOrder: number[] = [];
          const all = [...walk(blocks)].filter((node): node is Note => node.type === "note");
          for (const one of all) {
            inReadingOrder.push(one.number);
            for (const { id } of one.labels ?? []) numbers.set(id, one.number);
            const said = textOf(one).matchAll(/(\d+)-said|@work(\d+)/g);
            for (const [, words, work] of said) {
              expect(one.labels?.map(({ id }) => id)).toContain(`fn:n${words ?? work}`);
            }
          }
          expect(inReadingOrder).toEqual(all.map((_, index) => index + 1));
          const aimedAt = style === "note" ? notes : notes.filter(({ cites }) => !cites);
          expect(numbers.size).toBe(aimedAt.length);
          const wanted = notes.flatMap(({ cites, aims }) =>
            cites ? [] : aims.filter((aim) => numbers.has(`fn:n${aim}`)),
          );
          const shown = [...walk(blocks)].flatMap((node) =>
            node.type === "crossReference" ? [node] : [],
          );
          for (const { targets, number } of shown) expect(targets[0]!.id).toBe(`note-${number}`);
          expect(shown.map(({ number }) => Number(number)).sort()).toEqual(
            wanted.map((aim) => numbers.get(`fn:n${aim}`)!).sort(),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a text's own note goes before those of others", () => {
    const { blocks, found } = printed(
      ["A.[^1]\n\n[^1]: One.", "B.[^1] See @fn:1.\n\n[^1]: Two."],
      "note",
    );
    expect(found).toEqual([]);
    expect(blocks.map((block) => textOf({ children: [block] }))).toEqual([
      "A.",
      "B. See note\u00a02.",
    ]);
  });
});
