// What a writer loses is found and named; what it keeps is never called lost.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import { formatDiagnostic } from "../../src/diagnostic.js";
import type { Block, Document, Inline, Metadata } from "../../src/document.js";
import type { Written } from "../../src/written.js";

const metadata: Metadata = {
  title: [],
  author: [],
  lang: "en-GB",
  keywords: [],
};
const text = (value: string): Inline => ({ type: "text", value });
const paragraph = (...children: Inline[]): Block => ({ type: "paragraph", children });
const documentOf = (...children: Block[]): Document => ({
  metadata,
  parts: [{ role: "body", children }],
});
const written = (lines: string[], counts: Partial<Written> = {}): Written => ({
  bytes: new Uint8Array(),
  text: lines,
  notes: 0,
  citations: [],
  equations: 0,
  images: 0,
  entries: 0,
  ...counts,
});
const messages = (document: Document, lines: string[], counts: Partial<Written> = {}) =>
  conserve(document, written(lines, counts), "pdf").map(({ message }) => message);

describe("is the same text", () => {
  test.each([
    ["a hyphen at the end of a line", "close cooperation", ["close cooper-", "ation"]],
    ["a word broken without a hyphen", "https://example.org/abc", ["https://exam", "ple.org/abc"]],
    ["soft hyphens", "coop\u00aderation", ["cooperation"]],
    ["no-break spaces", "p. 12", ["p.\u00a012"]],
    ["ligatures", "first office", ["ﬁrst oﬃce"]],
    ["capitals", "Straße und Ärger", ["STRASSE UND ÄRGER"]],
    ["composed accents", "Café", ["Cafe\u0301"]],
    ["other quotation marks and dashes", `"a" -- 'b'`, ["“a” – ‘b’"]],
    ["heads and page numbers", "one two three", ["A Thesis", "one", "12", "two", "xiv", "three"]],
    ["a page number that the text goes on with", "in 12 towns", ["in", "12", "12", "towns"]],
    ["empty lines", "one two", ["", "one", " ", "…", "two"]],
  ])("%s", (_, value, lines) => {
    expect(messages(documentOf(paragraph(text(value))), lines)).toEqual([]);
  });
});

describe("names what is lost", () => {
  const story = documentOf(paragraph(text("The quick brown fox jumps over the lazy dog.")));

  test.each([
    [
      ["The quick fox jumps over", "the lazy dog."],
      `a word of the text: "brown" after "The quick"`,
    ],
    [
      ["The quick brown fox", "the lazy dog."],
      `2 words of the text: "jumps over" after "The quick brown fox"`,
    ],
    [["quick brown fox jumps over the lazy dog."], `a word of the text: "The"`],
    [
      ["The quick brown fox jumps over the lazy"],
      `a word of the text: "dog." after "jumps over the lazy"`,
    ],
    [
      ["The quick brown fox jumps over the la", "dog."],
      `a word of the text: "lazy" after "fox jumps over the"`,
    ],
    [[], `9 words of the text: "The quick brown fox jumps over the lazy …"`],
    [["entirely", "different"], `9 words of the text: "The quick brown fox jumps over the lazy …"`],
  ])("%j", (lines, lost) => {
    expect(messages(story, lines)).toEqual([`the PDF lacks ${lost}`]);
  });

  test("several losses, each at its place", () => {
    const document = documentOf(
      paragraph(text("Alpha beta gamma delta.")),
      paragraph(text("Epsilon zeta eta theta.")),
    );
    expect(messages(document, ["Alpha gamma delta.", "Epsilon zeta theta."])).toEqual([
      `the PDF lacks a word of the text: "beta" after "Alpha"`,
      `the PDF lacks a word of the text: "eta" after "gamma delta. Epsilon zeta"`,
    ]);
  });

  test("words in the wrong order", () => {
    expect(messages(story, ["The brown quick fox jumps over the lazy dog."])).not.toEqual([]);
  });

  test("a symbol", () => {
    const document = documentOf(paragraph(text("a price of € 5 at most")));
    expect(messages(document, ["a price of 5 at most"])).toEqual([
      `the PDF lacks a word of the text: "€" after "a price of"`,
    ]);
  });

  test("the line of the manuscript", () => {
    const source = "It was a dark and stormy night.";
    const span = { file: "a.md", start: 0, end: source.length };
    const document = documentOf(paragraph({ ...text(source), span } as Inline));
    const [diagnostic] = conserve(document, written(["It was a dark night."]), "docx");
    expect(formatDiagnostic(diagnostic!, new Map([["a.md", source]]))).toBe(
      [
        `a.md:1:1: error: the DOCX lacks 2 words of the text: "and stormy" after "It was a dark" (text-lost)`,
        `  1 | ${source}`,
        `    | ${"^".repeat(source.length)}`,
        "  hint: this is a fault of reissue, not of the manuscript; please report it",
      ].join("\n"),
    );
  });
});

describe("every kind of block", () => {
  const citation: Inline = {
    type: "citation",
    mode: "parenthetical",
    items: [{ key: "a" }],
    children: [text("(Smith 2000)")],
  };
  const document: Document = {
    metadata,
    parts: [
      { role: "title-page", children: [paragraph(text("A Thesis"))] },
      {
        role: "front-matter",
        children: [
          {
            type: "section",
            id: "d",
            role: "dedication",
            title: [text("Unprinted")],
            children: [paragraph(text("For Ann"))],
          },
          {
            type: "section",
            id: "t",
            role: "toc",
            title: [text("Contents")],
            children: [{ type: "contents", depth: 2 }],
          },
        ],
      },
      {
        role: "body",
        children: [
          {
            type: "section",
            id: "s",
            title: [text("Chapter 1")],
            children: [
              {
                type: "paragraph",
                children: [
                  text("Words in 1999"),
                  { type: "note", number: 1, children: [paragraph(text("See "), citation)] },
                  text(" go on"),
                ],
              },
              { type: "blockquote", children: [paragraph(text("Quoted"))] },
              {
                type: "list",
                tight: true,
                start: 1,
                items: [[paragraph(text("First"))], [paragraph(text("Second"))]],
              },
              { type: "codeBlock", value: "let x = 1;\n\treturn x;" },
              { type: "thematicBreak" },
            ],
          },
          {
            type: "section",
            id: "b",
            role: "bibliography",
            title: [text("References")],
            children: [
              {
                type: "entry",
                id: "ref-1",
                key: "a",
                label: [text("[1]")],
                children: [text("Smith, A. "), { type: "emphasis", children: [text("Title")] }],
              },
            ],
          },
        ],
      },
    ],
  };
  const counts = { notes: 1, citations: ["Smith 2000"], entries: 1 };
  const docx = [
    ["A Thesis", "For Ann", "Contents", "Chapter 1\t1", "References\tiv"],
    ["Chapter 1", "Words in 1999 go on", "See (Smith 2000)", "Quoted", "First", "Second"],
    ["let x = 1;\n\treturn x;", "* * *", "References", "[1]\tSmith, A. Title"],
  ].flat();
  const pdf = [
    ["A Thesis", "For Ann", "ii", "Contents", "Chapter 1 .......... 1", "References", "12", "iii"],
    ["Chapter 1", "Words in 19991", "go on", "Quoted", "First", "Second", "let x = 1;"],
    ["return x;", "1 See (Smith 2000)", "1", "* * *", "References", "[1]Smith, A. Title", "2"],
  ].flat();

  test.each([
    ["docx", docx],
    ["pdf", pdf],
  ] as const)("is looked for in the %s", (format, lines) => {
    expect(conserve(document, written(lines, counts), format)).toEqual([]);
    for (const [index, line] of lines.entries()) {
      // These may stand there or not: page numbers, and what has no letter.
      if (/^(?:\d+|[iv]+|[* ]+)$/.test(line)) continue;
      const rest = lines.filter((_, other) => other !== index);
      expect([line, conserve(document, written(rest, counts), format).length]).not.toEqual([
        line,
        0,
      ]);
    }
  });

  test.each(["notes", "citations", "entries"] as const)("counts %s", (kind) => {
    const found = conserve(
      document,
      written(pdf, { ...counts, [kind]: kind === "citations" ? [] : 0 }),
      "pdf",
    );
    expect(found.map(({ message }) => message)).toEqual([`the PDF has 0 of 1 ${kind}`]);
  });
});

test("a long text whose every line is wrong is told in bounded time", () => {
  const words = Array.from({ length: 60_000 }, (_, index) => `word${index % 97}`);
  const document = documentOf(...words.map((word) => paragraph(text(word))));
  const found = messages(
    document,
    words.map((word) => `${word}x`),
  );
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThanOrEqual(10);
});

// Documents at random, and a writer that loses nothing: it breaks lines and
// words anywhere, adds heads and page numbers, and sets notes at some page's foot.

interface Word {
  readonly value: string;
  readonly note?: readonly string[] | undefined;
  readonly cited: boolean;
}

const word = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("a", "ab", "ba", "aa", "the", "I", "mix", "naïve", "x2"),
  },
  { weight: 2, arbitrary: fc.nat({ max: 30 }).map(String) },
  {
    weight: 2,
    arbitrary: fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."abcdefgß") }),
  },
);
const paragraphs = fc.array(
  fc.array(
    fc.record<Word>({
      value: word,
      note: fc.option(fc.array(word, { minLength: 1, maxLength: 6 }), { nil: undefined, freq: 4 }),
      cited: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  ),
  { minLength: 1, maxLength: 12 },
);

function toDocument(paras: readonly (readonly Word[])[]): Document {
  let number = 0;
  return documentOf(
    ...paras.map((words) =>
      paragraph(
        ...words.flatMap(({ value, note, cited }): Inline[] => {
          const inlines: Inline[] = [
            cited
              ? { type: "citation", mode: "parenthetical", items: [], children: [text(value)] }
              : text(value),
          ];
          if (note) {
            const children = [paragraph(text(note.join(" ")))];
            inlines.push({ type: "note", number: ++number, children });
          }
          return [...inlines, text(" ")];
        }),
      ),
    ),
  );
}

function faithful(
  paras: readonly (readonly Word[])[],
  format: "docx" | "pdf",
  choose: () => number,
): Written {
  let notes = 0;
  const citations: string[] = [];
  const lines: string[] = [];
  let waiting: string[] = [];
  const pageEnd = () => {
    const kept = choose() % 3 === 0 ? Math.floor(waiting.length / 2) : waiting.length;
    lines.push(...waiting.slice(0, kept));
    waiting = waiting.slice(kept);
    // Numbers that are no word of the text, or a loss could hide behind one.
    lines.push("Head of the Page", String(4000 + lines.length));
  };
  /** Breaks a text into lines at any letter, some with a hyphen. */
  const broken = (value: string): string[] => {
    if (format === "docx") return [value];
    const pieces: string[] = [];
    for (let rest = value; rest; ) {
      const length = 1 + (choose() % 24);
      const piece = rest.slice(0, length);
      rest = rest.slice(length);
      pieces.push(rest && choose() % 2 ? `${piece}-` : piece);
    }
    return pieces;
  };
  for (const words of paras) {
    let value = "";
    for (const { value: own, note, cited } of words) {
      if (cited) citations.push(own);
      value += own;
      if (note) {
        notes++;
        if (format === "pdf") value += notes;
        waiting.push(...broken(`${format === "pdf" ? `${notes} ` : ""}${note.join(" ")}`));
      }
      value += " ";
    }
    for (const line of broken(value)) {
      lines.push(line);
      if (format === "pdf" && choose() % 5 === 0) pageEnd();
    }
    if (format === "docx") {
      lines.push(...waiting);
      waiting = [];
    }
  }
  lines.push(...waiting);
  return written(lines, { notes, citations });
}

/** Choices that a seed decides. */
function choices(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state >> 8;
  };
}

describe.each(["docx", "pdf"] as const)("any document as %s", (format) => {
  test("is whole when nothing was dropped", () => {
    fc.assert(
      fc.property(paragraphs, fc.nat(), (paras, seed) => {
        const made = faithful(paras, format, choices(seed));
        expect(conserve(toDocument(paras), made, format)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("is not whole without any one of its words, notes or citations", () => {
    fc.assert(
      fc.property(paragraphs, fc.nat(), fc.nat(), (paras, seed, victim) => {
        const places = paras.flatMap((words, para) =>
          words.flatMap(({ note }, index) => [
            { para, index, at: -1 },
            ...(note ?? []).map((_, at) => ({ para, index, at })),
          ]),
        );
        const { para, index, at } = places[victim % places.length]!;
        const maimed = paras.map((words, one) =>
          one !== para
            ? words
            : words.flatMap((own, other): Word[] => {
                if (other !== index) return [own];
                if (at < 0) return [{ ...own, value: "", cited: own.cited }];
                return [{ ...own, note: own.note!.filter((_, word) => word !== at) }];
              }),
        );
        const found = conserve(toDocument(paras), faithful(maimed, format, choices(seed)), format);
        expect(found.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  test("is not whole without any one of its lines that hold text", () => {
    fc.assert(
      fc.property(paragraphs, fc.nat(), fc.nat(), (paras, seed, victim) => {
        const made = faithful(paras, format, choices(seed));
        const places = made.text.flatMap((line, index) =>
          /[\p{L}\p{N}]/u.test(line) && !/^(?:Head of the Page|4\d{3})$/.test(line) ? [index] : [],
        );
        const dropped = places[victim % places.length];
        const rest = made.text.filter((_, index) => index !== dropped);
        const found = conserve(toDocument(paras), { ...made, text: rest }, format);
        expect(found.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});
