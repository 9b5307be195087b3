// Counting words: what a word is, the ledger of a work that has words of every
// kind, the laws that hold in every style, and what a manuscript may ask.

import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placementOf } from "../../src/citation/csl-styles.js";
import type { Placement } from "../../src/citation/place.js";
import { count } from "../../src/commands/count.js";
import {
  countWords,
  printWordCount,
  rowWords,
  wordCount,
  wordLedger,
  wordTotals,
} from "../../src/count-words.js";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import { type Block, type Document, type Inline, toText, walk } from "../../src/document.js";
import { wordSettings } from "../../src/read/word-settings.js";
import { readYaml } from "../../src/read/yaml.js";
import { type WordKind, wordKinds, wordPolicies } from "../../src/word-policy.js";
import { chapterOf, compileAll, cwdOf, placed, projectOf, withChapter } from "./compiled.js";

test.each<[text: string, words: number]>([
  ["", 0],
  [" \n\t", 0],
  ["one", 1],
  ["  two   words\n", 2],
  ["well-being", 1],
  ["1990–1995", 1],
  ["Paris–Berlin", 1],
  ["word—word", 1],
  ["word — word", 2],
  ["… * & –", 0],
  ["don’t l’état", 2],
  ["and/or", 1],
  ["a no-break\u00A0space", 3],
  ["10\u00A0000 or 10\u202F000\u202F000 words", 4],
  ["pp.\u00A0100", 2],
  ["“Quoted,” (in brackets).", 3],
  ["3.14 % of H2O", 3],
  ["Ελλάδα и Россия", 3],
  ["中文字 and かな", 6],
  ["한국 사람", 2],
])("%j has %i words", (text, words) => {
  expect(wordCount(text)).toBe(words);
});

test("a text without words is counted in linear time", () => {
  expect(wordCount("-".repeat(1_000_000))).toBe(0);
  expect(wordCount(`${" \u00A0".repeat(500_000)}1`)).toBe(1);
});

describe("a work with words of every kind", () => {
  test.each(["chicago", "apa", "harvard", "vancouver"])("in %s", async (style) => {
    const { lines, diagnostics, sources } = await count({
      manuscript: "manuscript.yaml",
      style: [style],
      cwd: cwdOf("kinds"),
    });
    const text = [
      ...lines,
      ...diagnostics.map((diagnostic) => `\n${formatDiagnostic(diagnostic, sources)}`),
    ].join("\n");
    await expect(`${text}\n`).toMatchFileSnapshot(join("expected", `${style}.txt`));
  });

  test("has its figure on the title page and in the front matter", () => {
    const document = compileAll(projectOf("kinds", ["chicago"])).get("chicago")!;
    const [titlePage, front] = document.parts;
    expect(textsOf(titlePage!.children)).toContain("Word count: 37");
    expect(textsOf(front!.children)).toContain("Of the 37 words that count, these do not.");
  });

  test("has no line with the figure on its title page if nobody asked for a count", () => {
    const project = projectOf("kinds", ["chicago"]);
    const { words, ...manuscript } = project.manuscript;
    const [titlePage] = compileAll({ ...project, manuscript }).get("chicago")!.parts;
    expect(textsOf(titlePage!.children)).toEqual(["Five words on title pages", "Jane Doe"]);
  });

  test.each([
    ["text", 37],
    ["text-and-notes", 44],
  ] as const)("has by the policy %s as many words in every style", (policy, words) => {
    for (const [style, document] of compileAll(projectOf("kinds", mainStyles))) {
      const kinds = wordPolicies[policy];
      expect(countWords(document, { kinds, tolerance: 0 }), style).toBe(words);
    }
  });

  test("counts notes and citations of the front matter only with what they stand in", () => {
    const document = compileAll(projectOf("kinds", ["apa"])).get("apa")!;
    const words = (...kinds: WordKind[]) => countWords(document, { kinds, tolerance: 0 });
    // Three words in the note of the abstract, and “(Smith, 2000)” before it.
    expect(words("abstract", "notes") - words("abstract") - words("notes")).toBe(3);
    expect(words("abstract", "citations") - words("abstract") - words("citations")).toBe(2);
  });

  test("every policy counts no more than the next, and `all` counts every word", () => {
    for (const [style, document] of compileAll(projectOf("kinds", mainStyles))) {
      const figures = Object.values(wordPolicies).map((kinds) =>
        countWords(document, { kinds, tolerance: 0 }),
      );
      expect(figures, style).toEqual([...figures].sort((a, b) => a - b));
      expect(figures.at(-1), style).toBe(independentCount(document));
    }
  });
});

describe("a work with figures, tables, formulas and appendices", () => {
  test.each(["chicago", "apa"])("in %s", async (style) => {
    const { lines } = await count({
      manuscript: "manuscript.yaml",
      style: [style],
      cwd: cwdOf("elements"),
    });
    const path = join("expected", `elements-${style}.txt`);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(path);
  });

  test.each([
    ["captions", 16],
    ["tables", 6],
    ["appendices", 9],
    ["notes", 6],
  ] as const)("has as many words of the kind %s in every style", (kind, words) => {
    for (const [style, document] of compileAll(projectOf("elements", mainStyles))) {
      expect(countWords(document, { kinds: [kind], tolerance: 0 }), style).toBe(words);
    }
  });

  test("counts notes of an appendix only with the appendices", () => {
    const document = compileAll(projectOf("elements", ["chicago"])).get("chicago")!;
    const words = (...kinds: WordKind[]) => countWords(document, { kinds, tolerance: 0 });
    expect(words("appendices", "notes")).toBe(words("appendices") + words("notes") + 3);
  });

  test("every policy counts no more than the next", () => {
    for (const [style, document] of compileAll(projectOf("elements", mainStyles))) {
      const figures = Object.values(wordPolicies).map((kinds) =>
        countWords(document, { kinds, tolerance: 0 }),
      );
      expect(figures, style).toEqual([...figures].sort((a, b) => a - b));
    }
  });
});

const mainStyles = ["chicago", "apa", "harvard", "vancouver"];

const textsOf = (blocks: readonly Block[]): string[] =>
  [...walk(blocks)].flatMap((node) => (node.type === "paragraph" ? [toText(node.children)] : []));

/** Counts every printed word without telling kinds apart. */
function independentCount({ parts }: Document): number {
  const texts: string[] = [];
  const addInlines = (nodes: readonly Inline[]): string =>
    nodes
      .map((node): string => {
        if (node.type === "note") {
          addBlocks(node.children);
          return " ";
        }
        if (node.type === "citation") return ` ${toText(node.children)} `;
        if ("children" in node) return addInlines(node.children);
        return "value" in node ? node.value : " ";
      })
      .join("");
  const addBlocks = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.type === "section" && block.role !== "dedication") {
        texts.push(addInlines(block.title));
      }
      if (block.type === "section" || block.type === "blockquote") addBlocks(block.children);
      if (block.type === "list") block.items.forEach(addBlocks);
      if (block.type === "codeBlock") texts.push(block.value);
      if (block.type === "entry") texts.push(addInlines(block.label ?? []));
      if (block.type === "entry" || block.type === "paragraph") {
        texts.push(addInlines(block.children));
      }
    }
  };
  for (const { children } of parts) addBlocks(children);
  const runs = texts
    .join("\n")
    .replace(/ ’s(?!\p{L})/gu, "")
    .split(/\s+/);
  return runs.filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
}

// ---- laws -------------------------------------------------------------------------------

const word = fc.constantFrom(
  "river",
  "Well-being",
  "*never*",
  "“quoted”",
  "(bracketed)",
  "etc.",
  "1990–1995",
  "–",
  "‘so’,",
  "**St**",
  "`code`",
);
const source = fc.constantFrom(
  "[@smith2000]",
  "[see @jones2001, 12; @smith2000, chap. 3]",
  "[-@smith2000, 7]",
  "[@jones2001, 15, my italics]",
);
/** A piece of a sentence; a citation is marked, so that it can be put into a note. */
const piece = fc.oneof(
  { weight: 5, arbitrary: word },
  { weight: 2, arbitrary: source.map((text) => `⟦${text}⟧`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(source, fc.constantFrom("bank", "—and", ",then", "’s", " (so)"))
      .map(([text, behind]) => `river⟦${text}⟧${behind}`),
  },
  { weight: 1, arbitrary: fc.constantFrom("@smith2000", "@jones2001’s", "@smith2000 [p. 3]") },
  { weight: 1, arbitrary: fc.constant("^[Words of a note, see @jones2001.]") },
);
const sentence = fc
  .tuple(fc.array(piece, { maxLength: 8 }), fc.constantFrom(".", "?", ".”", "!)", ":", ""))
  .map(([pieces, stop]) => `A ${pieces.join(" ")}${stop}`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((all) => all.join(" "));
const chapter = fc
  .array(fc.tuple(fc.constantFrom("", "> ", "- ", "## "), paragraph), {
    minLength: 1,
    maxLength: 5,
  })
  .map((blocks) => blocks.map(([mark, text]) => mark + text).join("\n\n"));

const inText = (marked: string) => marked.replaceAll("⟦", "").replaceAll("⟧", "");
const inNotes = (marked: string) => marked.replaceAll("⟦", "^[").replaceAll("⟧", ".]");

/** What of a ledger the style must not change, row by row. */
function ownWords(document: Document): object[] {
  return wordLedger(document)
    .filter(({ place }) => place !== "references")
    .map(({ words: { citations, references, ...own } }) => own);
}

describe("in any text", () => {
  const project = projectOf("kinds", ["chicago", "apa", "harvard"]);
  const placements: readonly Placement[] = [
    ...projectOf("kinds", [...mainStyles, "oscola", "ieee"]).styles.map(placementOf),
    { class: "note", punctuationInQuote: false, locale: "fr" },
    { class: "note", punctuationInQuote: false, locale: "ru" },
  ];

  test("all that is not printed for citations is the same wherever they stand", () => {
    fc.assert(
      fc.property(chapter, (marked) => {
        const read = chapterOf(inText(marked));
        const [first, ...others] = placements.map((placement) => ownWords(placed(read, placement)));
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: 150 },
    );
  });

  test("a citation that moves between note and text changes no figure but its own", () => {
    fc.assert(
      fc.property(chapter, (marked) => {
        const inTheText = chapterOf(inText(marked));
        const inTheNotes = chapterOf(inNotes(marked));
        for (const placement of placements) {
          const words = ownWords(placed(inTheText, placement));
          expect(ownWords(placed(inTheNotes, placement))).toEqual(words);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("the kinds add up to the words that are printed, in every style", () => {
    fc.assert(
      fc.property(chapter, (marked) => {
        const documents = compileAll(withChapter(project, inText(marked)));
        const own = [...documents.values()].map(ownWords);
        for (const other of own) expect(other).toEqual(own[0]);
        for (const [style, document] of documents) {
          const ledger = wordLedger(document);
          const sum = Object.values(wordTotals(ledger)).reduce((all, words) => all + words, 0);
          expect(sum, style).toBe(independentCount(document));
          expect(ledger.reduce((all, row) => all + rowWords(row), 0)).toBe(sum);
        }
      }),
      { numRuns: 8 },
    );
  });
});

// ---- the figure -------------------------------------------------------------------------

test.each([
  ["en-GB", "12,345"],
  ["de", "12.345"],
  ["fr", "12\u00A0345"],
  ["ar", "12,345"],
])("the figure is written as in %s, in digits that every font has", (lang, figure) => {
  const paragraph: Block = {
    type: "paragraph",
    children: [{ type: "emphasis", children: [{ type: "text", value: "{{words}}/{{ words }}" }] }],
  };
  const document: Document = {
    metadata: { title: [], author: [], lang, keywords: [] },
    parts: [
      { role: "title-page", children: [paragraph] },
      { role: "body", children: [paragraph] },
    ],
  };
  const [titlePage, body] = printWordCount(document, () => 12_345).parts;
  expect(textsOf(titlePage!.children)).toEqual([`${figure}/${figure}`]);
  expect(textsOf(body!.children)).toEqual(["{{words}}/{{ words }}"]);
  expect(wordCount(figure)).toBe(1);
});

// ---- what a manuscript may ask ----------------------------------------------------------

function settingsOf(yaml: string) {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const text = `words: ${yaml}\n`;
  const root = readYaml({ file: "a.yaml", text }, report);
  if (root?.type !== "map") throw new Error("no map");
  const settings = wordSettings(root.entries[0]!.value, "words", report);
  return {
    settings,
    problems: diagnostics.map(({ code, message, span, hints = [] }) =>
      [code, message, text.slice(span?.start, span?.end), ...hints].join(" | "),
    ),
  };
}

test.each<[yaml: string, settings: object]>([
  ["10000", { policy: "text", limit: 10_000, tolerance: 0 }],
  ["{ limit: 10000 }", { policy: "text", limit: 10_000, tolerance: 0 }],
  ["{ policy: all }", { policy: "all", kinds: wordKinds, tolerance: 0 }],
  ["{ limit: 10000, tolerance: 10% }", { limit: 10_000, tolerance: 1_000 }],
  ["{ limit: 999, tolerance: 10 % }", { limit: 999, tolerance: 99 }],
  ["{ limit: 1000, tolerance: 0.7% }", { limit: 1_000, tolerance: 7 }],
  ["{ limit: 10000, tolerance: 250 }", { limit: 10_000, tolerance: 250 }],
  ["{ count: [body, notes] }", { kinds: ["body", "notes"], tolerance: 0 }],
  ["{ count: body }", { kinds: ["body"], tolerance: 0 }],
])("words: %s", (yaml, expected) => {
  const { settings, problems } = settingsOf(yaml);
  expect(problems).toEqual([]);
  expect(settings).toMatchObject(expected);
});

test.each<[yaml: string, problem: string]>([
  ["many", 'field-type | "words" must be a whole number, but is text | many'],
  ["0", 'value-invalid | "words" must lie between 1 and 100000000 | 0'],
  ["[1]", 'field-type | "words" must be a map of fields, but is a list | 1'],
  ["{ max: 9 }", 'field-unknown | there is no field "max" | max | it is called "limit" here'],
  [
    "{ policy: texts }",
    'value-invalid | "policy" cannot be "texts" | texts | did you mean "text"?',
  ],
  ["{ count: [note] }", 'value-invalid | "count" cannot be "note" | note | did you mean "notes"?'],
  ["{ count: [] }", "value-invalid | no kind of words is counted | []"],
  [
    "{ policy: all, count: [body] }",
    "value-invalid | the words that count are named by a policy or listed, not both | [body]",
  ],
  [
    "{ tolerance: 10% }",
    "value-invalid | there is no limit that the tolerance could belong to | 10%",
  ],
  [
    "{ limit: 9, tolerance: 110% }",
    'value-invalid | "tolerance" cannot be more than the limit itself | 110%',
  ],
  [
    "{ limit: 9, tolerance: some }",
    'field-type | "tolerance" must be a share of the limit such as 10%, or a number of words, but is text | some',
  ],
])("words: %s is refused", (yaml, problem) => {
  expect(settingsOf(yaml).problems).toEqual([problem]);
});
