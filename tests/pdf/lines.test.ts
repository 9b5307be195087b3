// Justified lines: nothing lost, nothing too wide, divided only where words may be.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import type { Template } from "../../src/template.js";
import { define, type ParagraphNode } from "../../src/write/pdf/definition.js";
import { hyphenatorFor } from "../../src/write/pdf/hyphenation.js";
import { breakParagraph, type TextLine } from "../../src/write/pdf/paragraph.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { paragraphsOf } from "../../src/write/pdf/table-definition.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { bodyOf, link, note, paragraph, section, span, type Words } from "../docx/tree.js";
import { prose } from "../sample-document.js";
import { sampleTemplate } from "../sample-template.js";

const pdf = new FlowDocument(bodyOf());
const typesetter = new Typesetter(
  (family, bold, italic) => pdf.face(family, bold, italic),
  hyphenatorFor("en-GB"),
);
const { styles } = sampleTemplate;
const template: Template = {
  ...sampleTemplate,
  hyphenate: true,
  styles: {
    ...styles,
    body: { ...styles.body, align: "justify", indent: 20 },
    note: { ...styles.note, align: "justify" },
    "heading-1": { ...styles["heading-1"], align: "justify" },
    code: { ...styles.code, align: "justify" },
  },
};

function paragraphOf(words: Words, more: Partial<ParagraphNode> = {}): ParagraphNode {
  const [part] = define(bodyOf(paragraph(words)), template).stack;
  return { ...paragraphsOf(part!.section.stack)[0]!, ...more };
}

function linesOf(words: Words, width: number, more: Partial<ParagraphNode> = {}): TextLine[] {
  return breakParagraph(paragraphOf(words, more), width, typesetter);
}

/** What a line shows. */
function shown({ pieces }: TextLine): string {
  return pieces.map(({ text }) => text).join("");
}

function written(lines: readonly TextLine[]): string {
  return lines.flatMap(({ pieces }) => pieces.map(({ source }) => source)).join("");
}

const vocabulary = [
  ..."a of the and policy internationalisation Kazakhstan multi-vector 2005–2015 “cooperation” it’s and/or inter\u00adnational post-Soviet uneasy; however, Eurasian — p.\u00a012 Donaudampfschifffahrtsgesellschaftskapitän I".split(
    " ",
  ),
  "http://www.example.org/a-rather-long-path/of-several-parts/and-words.html",
];
const word = fc.constantFrom(...vocabulary);
const inline = fc.oneof(
  { weight: 8, arbitrary: word },
  { weight: 1, arbitrary: word.map((text) => span("emphasis", text)) },
  { weight: 1, arbitrary: word.map((text) => span("strong", text)) },
  { weight: 1, arbitrary: word.map((text) => span("smallCaps", text)) },
);
const words: fc.Arbitrary<Words> = fc
  .array(inline, { minLength: 1, maxLength: 120 })
  .map((inlines) => inlines.flatMap((one) => [one, " "]).slice(0, -1));

test("justified lines keep their laws, in random paragraphs and widths", () => {
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 40, max: 460 }),
      fc.boolean(),
      (text, width, isHyphenated) => {
        const node = paragraphOf(text, { isHyphenated });
        const lines = breakParagraph(node, width, typesetter);
        expect(written(lines)).toBe(node.runs.map((run) => run.text).join(""));
        for (const [index, line] of lines.entries()) {
          const left = index === 0 ? node.indent : 0;
          const room = Math.max(1, width - left);
          const last = line.pieces.at(-1)!;
          const { end } = last;
          const gaps = gapsOf(line);
          // Spaces are never closer than their shrink.
          for (const { gap, space } of gaps) expect(gap).toBeGreaterThan((space * 2) / 3 - 1e-6);
          if (gaps.length || end - left <= room) expect(end).toBeLessThan(left + room + 1e-6);
          if (gaps.length && index < lines.length - 1) expect(end).toBeCloseTo(width, 6);
          for (const piece of line.pieces.slice(0, -1))
            expect([piece.text, piece.source]).not.toEqual(["-", ""]);
        }
      },
    ),
    { numRuns: 300, seed: 1981 },
  );
});

/** The spaces within a line: how wide they are drawn, and how wide they are in the font. */
function gapsOf({ pieces }: TextLine): { gap: number; space: number }[] {
  return pieces.slice(0, -1).flatMap(({ end, spaceWidth }, index) => {
    const gap = pieces[index + 1]!.x - end;
    return spaceWidth ? [{ gap, space: spaceWidth }] : [];
  });
}

test("letters are stretched by 2 % at most, all those of a line alike", () => {
  const lines = linesOf(`post-Soviet 2005–2015 and/or ${prose(30)}`, 160);
  for (const { pieces } of lines) {
    for (const [index, { end, spaceWidth }] of pieces.slice(0, -1).entries()) {
      if (!spaceWidth) expect(pieces[index + 1]!.x).toBeCloseTo(end, 6);
    }
    expect(new Set(pieces.map(({ expansion }) => expansion)).size).toBe(1);
  }
  const expansions = lines.map(({ pieces }) => pieces[0]!.expansion);
  expect(Math.max(...expansions)).toBeCloseTo(1.02, 3);
  expect(Math.max(...expansions)).toBeLessThanOrEqual(1.02);
  expect(Math.min(...expansions)).toBeLessThan(0.995);
  expect(Math.min(...expansions)).toBeGreaterThanOrEqual(0.986);
  expect(expansions.at(-1)).toBe(1);
});

test("the spaces of a paragraph are more even than those of lines that are filled one by one", () => {
  const text = prose(12);
  const ragged = linesOf(text, 300, { align: "left" });
  const justified = linesOf(text, 300, { isHyphenated: false });
  const widest = (lines: readonly TextLine[], spare: (line: TextLine) => number) =>
    Math.max(...lines.slice(0, -1).map((line) => spare(line) / gapsOf(line).length));
  const greedy = widest(ragged, (line) => 300 - (line.index ? 0 : 20) - line.getWidth());
  const even = widest(justified, (line) =>
    gapsOf(line).reduce((sum, { gap, space }) => sum + gap - space, 0),
  );
  expect(even).toBeLessThan(greedy);
});

describe("words are divided", () => {
  const text = "internationalisation ".repeat(20).trim();

  test("at line ends alone, with a hyphen", () => {
    const lines = linesOf(text, 200);
    const ends = lines.slice(0, -1).map(shown);
    expect(ends.filter((line) => line.endsWith("-")).length).toBeGreaterThan(1);
    expect(lines.map(shown).join("").replaceAll("-", "")).toBe(text);
    for (const line of lines) expect(shown(line).slice(0, -1)).not.toContain("-");
  });

  test("not where the paragraph does not allow it", () => {
    for (const line of linesOf(text, 200, { isHyphenated: false })) {
      expect(shown(line)).not.toContain("-");
    }
  });

  test("where they are wider than a line, before they are cut between letters", () => {
    const lines = linesOf("Donaudampfschifffahrtsgesellschaft internationalisation", 60).map(shown);
    expect(lines.filter((line) => line.includes("-")).length).toBeGreaterThan(2);
    expect(lines.join("").replaceAll("-", "")).toBe(
      "Donaudampfschifffahrtsgesellschaft internationalisation",
    );
  });

  test("only at soft hyphens if they have some", () => {
    const soft = "internationalis\u00adation ".repeat(20).trim();
    const ends = linesOf(soft, 200).map(shown);
    expect(ends.some((line) => line.endsWith("-"))).toBe(true);
    for (const line of ends) if (line.endsWith("-")) expect(line).toMatch(/internationalis-$/);
  });

  test("not in addresses, code, parts of words, and names with digits", () => {
    const samples: Words[] = [
      "internationalisation@administration.example ".repeat(9),
      "www.internationalisation.example ".repeat(9),
      "x2internationalisation internationalisation2x ".repeat(9),
      Array.from(
        { length: 9 },
        () => ({ type: "inlineCode", value: "internationalisation " }) as const,
      ),
      Array.from({ length: 9 }, () => [span("emphasis", "inter"), "nationalisation "]).flat(),
      "INTERNATIONALISATION ".repeat(9),
    ];
    for (const sample of samples) {
      const lines = linesOf(sample, 250);
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(shown(line)).not.toMatch(/-\s*$/);
    }
  });

  test("also before the mark of a note, which stays with its end", () => {
    const lines = linesOf(
      Array.from({ length: 12 }, (_, index) => [
        "internationalisation",
        note(index + 1, "n"),
        " ",
      ]).flat(),
      180,
    );
    expect(lines.some((line) => shown(line).endsWith("-"))).toBe(true);
    expect(lines.flatMap(({ notes }) => notes.map(({ number }) => number))).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    for (const line of lines) expect(shown(line)).not.toMatch(/^\d/);
  });

  test("in justified running text, not in headings and code", () => {
    const [part] = define(
      bodyOf(section("a", "A heading", [paragraph("Text"), { type: "codeBlock", value: "code" }])),
      template,
    ).stack;
    expect(paragraphsOf(part!.section.stack).map(({ isHyphenated }) => isHyphenated)).toEqual([
      false,
      true,
      false,
    ]);
  });
});

test("a compound is rather divided at its own hyphen, and a word not at its slash", () => {
  const widths = Array.from({ length: 20 }, (_, index) => 150 + 9 * index);
  const endsOf = (compound: string) =>
    widths.flatMap((width) =>
      linesOf(`${compound} ${compound} and in the `.repeat(9), width)
        .map((line) => shown(line).trimEnd())
        .filter((line) => /[-/]$/.test(line)),
    );
  const hyphens = endsOf("counter-sanctions");
  expect(hyphens.length).toBeGreaterThan(20);
  const own = hyphens.filter((line) => line.endsWith("counter-"));
  expect(own.length).toBeGreaterThan(hyphens.length / 2);
  const slashes = endsOf("governments/administrations");
  expect(slashes.length).toBeGreaterThan(20);
  const atSlash = slashes.filter((line) => line.endsWith("/"));
  expect(atSlash.length).toBeLessThan(slashes.length / 4);
});

test("an address is divided behind slashes and before its other signs, without a hyphen", () => {
  const address =
    "https://www.rfembassy.example/eng_lm/dvustoronnie_otnosheniya_rossiya?id=1995&page=12";
  for (const isHyphenated of [true, false]) {
    const lines = [150, 170, 190, 210].flatMap((width) =>
      linesOf(`See the site of, or at ${address} for it. `.repeat(6), width, { isHyphenated }),
    );
    const ends = lines.map((line) => shown(line).trimEnd());
    for (const end of ends) expect(end).not.toMatch(/(?<!it)[._?=&]$|-$/);
    const starts = lines.map((line) => shown(line).charAt(0));
    expect(new Set(starts.filter((sign) => /[._?=&]/.test(sign))).size).toBeGreaterThan(1);
  }
});

test("a word alone does not make the last line, where another way is as good", () => {
  const texts = Array.from({ length: 30 }, (_, index) => prose(4).slice(index * 9));
  const lasts = texts.map((text) => linesOf(text, 300).at(-1)!);
  const greedy = texts.map((text) => linesOf(text, 300, { align: "left" }).at(-1)!);
  const short = (lines: readonly TextLine[]) => lines.filter((line) => line.getWidth() < 36).length;
  expect(short(lasts)).toBeLessThanOrEqual(short(greedy));
});

test("the rest of a word is no last line of its own, if it is short", () => {
  const last = (text: string, width: number) =>
    linesOf(text, width, { align: "left", indent: 0 }).map(shown).slice(-2);
  const text = "Part 12. Journal of Things 19 (1998): 10–90.";
  const width = typesetter.piece(text.slice(0, -3), paragraphOf("a").base).width + 1;
  expect(last(text, width)).toEqual(["Part 12. Journal of Things 19 (1998): ", "10–90."]);
  expect(last(text, width + 40)).toEqual([text]);
  // A longer rest is a line, and a word that fills the line above stays there.
  expect(last(text.replace("90", "1990 and 1995"), width)).toEqual([
    "Part 12. Journal of Things 19 (1998): 10–",
    "1990 and 1995.",
  ]);
  expect(last("1000–90.", 40)).toEqual(["1000–", "90."]);
});

test("a word of the title stands on the line of its page number, if it has room", () => {
  const title = "Contracts, prices and the politics of transit in the long run";
  const node = paragraphOf(title, { pageOf: "sec-1", align: "left", indent: 0 });
  const number = typesetter.piece("100", node.base).width;
  for (let width = 100; width < 400; width++) {
    const lines = breakParagraph(node, width, typesetter, "100");
    expect(lines.map(shown).join("")).toBe(title);
    expect(shown(lines.at(-1)!)).toMatch(/\w/);
    expect(lines.at(-1)!.getWidth() + number).toBeLessThan(width);
  }
  const [word] = title.split(" ");
  const single = breakParagraph(
    paragraphOf(word!, { pageOf: "sec-1", align: "left", indent: 0 }),
    typesetter.piece(word!, node.base).width + 5,
    typesetter,
  );
  expect(single.map(shown)).toEqual([word, ""]);
});

test("a line before a forced break is not stretched", () => {
  const lines = linesOf(["One two three", { type: "break" }, "four five"], 300);
  expect(lines.map(shown)).toEqual(
    ["One two three\n", "four five"].map((line) => line.replace("\n", "")),
  );
  for (const line of lines)
    for (const { gap, space } of gapsOf(line)) expect(gap).toBeCloseTo(space, 6);
});

test("a justified and hyphenated document is drawn whole", async () => {
  const document = bodyOf(
    section("a", prose(1), [
      paragraph([
        `${"in\u00adter\u00adna\u00adtional post-Soviet ".repeat(40)}end`,
        note(1, prose(9)),
      ]),
      paragraph([prose(30), link("https://example.org/one/two", "https://example.org/one/two")]),
    ]),
  );
  const pagination = await paginate(document, template);
  const written = await pagination.write();
  expect(conserve(document, written, "pdf")).toEqual([]);
  expect(written.text.some((line) => /\p{Ll}$/u.test(line))).toBe(true);
});
