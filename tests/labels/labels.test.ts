// Numbers and cross-references as works print them, by template and language.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveCrossReferences } from "../../src/cross-references.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { type Document, toText, walk } from "../../src/document.js";
import { numberLabels } from "../../src/number-labels.js";
import type { Template } from "../../src/template.js";
import { documentOfLines } from "./notation.js";
import { printedLabels } from "./printed-labels.js";
import { templateOf } from "./templates.js";

function printed(text: string, template: Template, lang?: string) {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic) => void diagnostics.push(found);
  const numbered = numberLabels(documentOfLines(text, lang), template, report);
  const document = resolveCrossReferences(numbered, template, report);
  return { document, lines: printedLabels(document), diagnostics };
}

const work = readFileSync(join(import.meta.dirname, "work.txt"), "utf8");

describe("a work", () => {
  test.each([
    ["dissertation", {}],
    ["dissertation", { numbers: "decimal" }],
    ["book", { numbers: "chapter-words", depth: 1 }],
    ["turabian", { numbers: "chapter" }],
    ["apa-student", {}],
  ] as const)("in %s with %o", async (id, numbering) => {
    const { lines, diagnostics } = printed(work, templateOf(id, numbering));
    const name = Object.values({ id, ...numbering }).join("-");
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`expected/${name}.txt`);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'the text never refers to the figure "fig:map"',
    ]);
  });
});

const languages = ["en", "de", "fr", "es", "it", "pt", "pt-PT", "nl", "pl", "ru", "fi"];

test("every language has words of its own, and others English ones", async () => {
  const text = `
    # One {#sec:one}
    A text with @fig:a, [@fig:a; @fig:b], [@fig:a; @fig:b; @fig:c], [@fig:a; @fig:c; @tbl:a].
    More of @tbl:a and [@eq:a; @eq:b], in @sec:one, @sec:two and @sec:app; see @lst:a on [@fig:a]{.page}.
    @fig:a begins a sentence, and so does this one. @tbl:a, too. As in cf. @fig:a.
    And in @sec:last.
    fig:a First
    fig:b Second
    fig:c Third
    tbl:a Table
    eq:a
    eq:b
    lst:a Code
    ## Two {#sec:two}
    # Last {#sec:last .unnumbered}
    # A {#sec:app .appendix}
    # B {.appendix}`;
  const template = templateOf("book", { numbers: "chapter-words", counted: "through" });
  const lines = languages.flatMap((lang) => [
    `--- ${lang}`,
    ...printed(text, template, lang).lines,
  ]);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("expected/languages.txt");
});

describe("words", () => {
  const template = templateOf("turabian", { numbers: "decimal" });
  const line = (words: string, with_ = template) =>
    printed(`# One {#sec:one}\nfig:a A\nfig:b B\nfig:c C\nfig:d D\n${words}`, with_).lines.at(-1);

  test.each([
    ["in @fig:a", "in [figure_1]"],
    ["in @Fig:a", "in [Figure_1]"],
    ["@fig:a shows", "[Figure_1] shows"],
    ["It ends. @fig:a shows", "It ends. [Figure_1] shows"],
    ["It ends.” @fig:a shows", "It ends.” [Figure_1] shows"],
    ["It ends. (@fig:a shows)", "It ends. ([Figure_1] shows)"],
    ["It (@fig:a) goes on", "It ([figure_1]) goes on"],
    ["It, cf. @fig:a, and e.g. @fig:b", "It, cf. [figure_1], and e.g. [figure_2]"],
    ["Why? @fig:a says.", "Why? [Figure_1] says."],
    ["Note.^[@fig:a shows; see @fig:b.]", "Note.^{[Figure_1] shows; see [figure_2].}"],
    ["a [-@fig:a] b", "a [1] b"],
    ["a [-@fig:a; @fig:c] b", "a [1] and [3] b"],
    ["a [@fig:a; @fig:b] b", "a [figures_1] and [2] b"],
    ["a [@fig:a; @fig:b; @fig:c] b", "a [figures_1]–[3] b"],
    ["a [@fig:a; @fig:b; @fig:c; @fig:d] b", "a [figures_1]–[4] b"],
    ["a [@fig:d; @fig:a; @fig:b; @fig:c] b", "a [figures_4] and [1]–[3] b"],
    ["a [@fig:a; @fig:c; @fig:d] b", "a [figures_1], [3], and [4] b"],
    ["a [@fig:a; @sec:one] b", "a [figure_1] and [chapter_1] b"],
    ["a [@sec:one; @fig:a; @fig:b] b", "a [chapter_1] and [figures_1] and [2] b"],
    ["a [@fig:a]{.page} b", "a [p._00] b"],
    ["a [-@fig:a]{.page} b", "a [00] b"],
  ])("%s", (source, expected) => {
    expect(line(source)).toBe(expected);
  });

  test("APA begins them with a capital everywhere", () => {
    expect(line("in @fig:a", templateOf("apa-student"))).toBe("in [Figure_1]");
  });

  test("a sole appendix has no letter, its figures have one", () => {
    const { lines } = printed(
      "See @sec:app.\n# Interviews {#sec:app .appendix}\nfig:a A",
      templateOf("dissertation"),
    );
    expect(lines).toEqual(["See [Appendix].", "# Appendix | Interviews", "<Figure_A.1>. A"]);
  });

  test("more chapters than a language has words for have numerals", () => {
    const chapters = Array.from({ length: 21 }, (_, index) => `# C${index}`).join("\n");
    const { lines } = printed(chapters, templateOf("book", { numbers: "chapter-words" }));
    expect([lines[0], lines[20]]).toEqual(["# Chapter_1 | C0", "# Chapter_21 | C20"]);
  });

  test("notes below begin with APA's word, once", () => {
    const notes = (text: string) => [
      { type: "paragraph" as const, children: [{ type: "text" as const, value: text }] },
    ];
    const table = (text: string): Document => {
      const document = documentOfLines("tbl:a A");
      const [part] = document.parts;
      const [block] = part!.children;
      return {
        ...document,
        parts: [{ ...part!, children: [{ ...block!, notes: notes(text) } as typeof block & {}] }],
      };
    };
    const last = (text: string, id: string) =>
      printedLabels(numberLabels(table(text), templateOf(id), () => {}).document).at(-1);
    expect(last("N = 40.", "apa-student")).toBe("*Note.* N = 40.");
    expect(last("Note. N = 40.", "apa-student")).toBe("Note. N = 40.");
    expect(last("N = 40.", "dissertation")).toBe("N = 40.");
  });
});

describe("diagnostics", () => {
  const template = templateOf("dissertation");
  const found = (text: string) =>
    printed(text, template).diagnostics.map(({ code, message, hints }) => [code, message, hints]);

  test("a label that nothing has", () => {
    const { diagnostics, lines } = printed("fig:map A map\nSee @fig:mpa and @fig:map.", template);
    expect(diagnostics).toEqual([
      {
        code: "label-undefined",
        message: 'nothing has the label "fig:mpa"',
        span: { file: "work", start: 4, end: 12 },
        hints: ['did you mean "fig:map"?'],
      },
    ]);
    expect(lines.at(-1)).toBe("See **?fig:mpa?** and [Figure_1].");
  });

  test("a label that two have, at both places", () => {
    const message = 'the label "fig:map" is given to more than one place';
    expect(found("See @fig:map.\nfig:map A\nfig:map B").map((one) => one.slice(0, 2))).toEqual([
      ["label-duplicate", message],
      ["label-duplicate", message],
    ]);
    expect(found("# A {#sec:a}\n# B {#sec:a}\n# C {#sec:a}")).toHaveLength(3);
  });

  test("a label that the text never refers to, but for sections", () => {
    expect(found("# A {#sec:a}\nfig:a A\ntbl:a A\neq:a\nlst:a A\nfig A\nSee @tbl:a.")).toEqual([
      ["label-unreferenced", 'the text never refers to the figure "fig:a"', expect.anything()],
      ["label-unreferenced", 'the text never refers to the equation "eq:a"', expect.anything()],
      ["label-unreferenced", 'the text never refers to the listing "lst:a"', expect.anything()],
    ]);
  });

  test("a link is a reference, one to a part of a figure is one to the figure", () => {
    expect(found("fig:a A\nfig:b(fig:ba, fig:bb) B\nSee [it](#fig:a) and @fig:bb.")).toEqual([]);
  });

  test("a label whose prefix is that of something else", () => {
    expect(found("# A {#fig:a}\nSee @fig:a.")).toEqual([
      [
        "label-mismatched",
        'the label "fig:a" is that of a figure, but stands at a section',
        ['call it "sec:a", here and where it is referred to'],
      ],
    ]);
  });
});

test("whatever the order, a reference prints the number of what it aims at", () => {
  const kinds = ["fig", "tbl", "eq", "lst"] as const;
  const line = fc.oneof(
    fc.constantFrom(...kinds).map((kind) => ({ kind, text: "" })),
    fc.constantFrom("#", "##", "###").map((kind) => ({ kind, text: "Title" })),
    fc.constantFrom("unnumbered", "appendix").map((text) => ({ kind: "#", text })),
  );
  const template = fc.constantFrom(
    templateOf("dissertation", { numbers: "decimal" }),
    templateOf("turabian", { numbers: "chapter" }),
    templateOf("apa-student", { numbers: "decimal", counted: "by-chapter" }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), template, (lines, look) => {
      const ids: string[] = [];
      const blocks = lines.map(({ kind, text }, index) => {
        const id = `${kind.startsWith("#") ? "sec" : kind}:n${index}`;
        ids.push(id);
        return kind.startsWith("#")
          ? `${kind} Title {#${id}${text === "Title" ? "" : ` .${text}`}}`
          : `${id} Caption`;
      });
      const references = ids.map((id) => `See @${id}.`).join("\n");
      const { document, diagnostics } = printed(`${references}\n${blocks.join("\n")}`, look);
      expect(diagnostics).toEqual([]);
      const numbers = new Map<string, string>();
      const shown = new Map<string, string>();
      const nodes = [...walk(document.parts.flatMap(({ children }) => children))];
      for (const node of nodes) {
        if (node.type === "label") numbers.set(node.id!, toText(node.children));
        if (node.type === "section") numbers.set(node.id, node.number ?? toText(node.title));
        if (node.type === "crossReference") {
          shown.set(node.targets[0]!.id, toText(node.children));
        }
      }
      // The last word of what is printed is the same: the number, or a title.
      const last = (text = "") =>
        text
          .split(/[\s\u00a0]/)
          .at(-1)!
          .toLowerCase();
      for (const id of ids) expect(last(shown.get(id))).toBe(last(numbers.get(id)));
      const labels = [...nodes].filter((node) => node.type === "label");
      expect(new Set(labels.map((node) => `${node.kind} ${node.number}`)).size).toBe(labels.length);
    }),
    { numRuns: 100 },
  );
});
