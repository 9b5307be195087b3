// From citeproc-js's strings to inlines: formatting, links, and what must not get through.

import { describe, expect, test } from "vitest";
import { findCslStyle } from "../../src/citation/csl-styles.js";
import { createEngine } from "../../src/citation/engine.js";
import { readRuns, safeUrl, toInlines, writeAffix } from "../../src/citation/runs.js";
import { type Inline, type Reference, toText, walk } from "../../src/document.js";
import { inlines, show } from "./notation.js";

function entry(fields: Partial<Reference>, id = "apa"): readonly Inline[] {
  const reference: Reference = {
    id: "x",
    type: "book",
    title: "A title",
    author: [{ family: "Doe", given: "Jane" }],
    issued: { "date-parts": [[2001]] },
    ...fields,
  };
  const engine = createEngine({
    csl: findCslStyle(id)!,
    locale: "en-US",
    ibid: "style",
    references: new Map([["x", reference]]),
  });
  engine.printCitations([{ items: [{ key: "x" }], note: 0, wrap: "style", withoutAuthor: false }]);
  return engine.printList()![0]!.children;
}

const links = (nodes: readonly Inline[]) =>
  [...walk(nodes)].flatMap((node) => (node.type === "link" ? [node.url] : []));

test("throws at marks that do not pair, which would be our mistake", () => {
  expect(() => readRuns("a\uE0F2b")).toThrow("unbalanced marks");
  expect(() => readRuns("\uE0F0italic\uE0F1b")).toThrow("unbalanced marks");
});

test("roman within italics is emphasis within emphasis", () => {
  const children = entry({ title: "The <i>Iliad</i> of <b>today</b>" });
  expect(show(children)).toBe("Doe, J. (2001). *The *Iliad* of **today***.");
});

test.each([
  ["H<sub>2</sub>O and x<sup>2</sup>", "*H~2~O and x^2^*"],
  ['<span style="font-variant:small-caps;">ad</span> 70', "*^^ad^^ 70*"],
  ["5 < 6 & <script>alert(1)</script>", "*5 < 6 & <script>alert(1)</script>*"],
  ["a\uE0F0italic\uE0F1b\uE0F2", "*aitalicb*"],
])("prints the title %s", (title, printed) => {
  expect(show(entry({ title }))).toBe(`Doe, J. (2001). ${printed}.`);
});

describe("links", () => {
  test.each([
    [{ DOI: "10.1000/ab(c)<d>;e" }, ["https://doi.org/10.1000/ab(c)%3Cd%3E%3Be"]],
    [{ DOI: "https://doi.org/10.1000/x" }, ["https://doi.org/10.1000/x"]],
    [{ URL: "https://example.com/a b?x=1&y=<2>" }, ["https://example.com/a%20b?x=1&y=%3C2%3E"]],
    [{ URL: 'javascript:alert(1)" onclick="x' }, []],
    [{ URL: "file:///etc/passwd" }, []],
    [{ URL: "https://" }, []],
  ])("%j", (fields, expected) => {
    const children = entry(fields);
    expect(links(children)).toEqual(expected);
    const value = Object.values(fields)[0]!;
    expect(toText(children)).toContain(value.replace("https://doi.org/", ""));
  });

  test("only lead to the web", () => {
    expect(safeUrl("http://example.com")).toBe("http://example.com/");
    expect(safeUrl("data:text/html,x")).toBeUndefined();
  });
});

test("numbers in the margin are labels", () => {
  const engine = createEngine({
    csl: findCslStyle("ieee")!,
    locale: "en-US",
    ibid: "style",
    references: new Map([["x", { id: "x", type: "book", title: "A title" }]]),
  });
  engine.printCitations([{ items: [{ key: "x" }], note: 0, wrap: "style", withoutAuthor: false }]);
  const [only] = engine.printList()!;
  expect([show(only!.label!), show(only!.children)]).toEqual(["[1]", "*A title*."]);
});

test("prefixes and suffixes keep what citeproc-js does not know", () => {
  const engine = createEngine({
    csl: findCslStyle("apa")!,
    locale: "en-US",
    ibid: "style",
    references: new Map([["x", { id: "x", type: "book", title: "A title" }]]),
  });
  const suffix: Inline[] = [
    { type: "text", value: ", in <code> " },
    { type: "inlineCode", value: "<b>" },
    { type: "text", value: " and " },
    { type: "link", url: "https://example.com/", children: inlines("a *page*") },
  ];
  const [printed] = engine.printCitations([
    {
      items: [{ key: "x", prefix: inlines("see *especially*"), suffix }],
      note: 0,
      wrap: "style",
      withoutAuthor: false,
    },
  ]);
  expect(show(printed!.children!)).toBe(
    "(see *especially* *A Title*, n.d., in <code> <b> and a *page*<https://example.com/>)",
  );
});

describe("what would crash or hang citeproc-js", () => {
  test.each(["__proto__", "constructor", "toString", "a key with spaces", "k1"])(
    "a work with the key %s",
    (key) => {
      const engine = createEngine({
        csl: findCslStyle("apa")!,
        locale: "en-US",
        ibid: "style",
        references: new Map([[key, { id: key, type: "book", title: "A title" }]]),
      });
      const [printed] = engine.printCitations([
        { items: [{ key }], note: 0, wrap: "style", withoutAuthor: false },
      ]);
      expect(show(printed!.children!)).toBe("(*A Title*, n.d.)");
      expect(engine.printList()![0]!.keys).toEqual([key]);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  test("a title of 20,000 quotation marks, which are all printed", () => {
    for (const mark of ['"', "'", "“", "<i>"]) {
      const title = mark.repeat(20_000 / mark.length);
      expect(toText(entry({ title }))).toContain(title.slice(0, 19_000));
    }
  });

  test("a volume that is a number, in a style that wants it as text", () => {
    const fields = { type: "article-journal", "container-title": "Waters", volume: 19 };
    expect(show(entry(fields, "inter-ro"))).toContain("19");
  });

  test("fields hidden in notes are not obeyed", () => {
    expect(show(entry({ note: "title: Another\n{:publisher: Nobody}" }))).toBe(
      "Doe, J. (2001). *A title*.",
    );
  });

  test("a locale that does not exist", () => {
    const engine = createEngine({
      csl: findCslStyle("apa")!,
      locale: "kk-KZ",
      ibid: "style",
      references: new Map([["x", { id: "x", type: "book", title: "A title" }]]),
    });
    const [printed] = engine.printCitations([
      { items: [{ key: "x" }], note: 0, wrap: "style", withoutAuthor: false },
    ]);
    expect(show(printed!.children!)).toContain("n.d.");
  });
});

test("words around a work keep all that stands among them", () => {
  const text = (value: string): Inline => ({ type: "text", value });
  const affix: Inline[] = [
    text("as "),
    { type: "foreign", lang: "fr", children: [text("dans")] },
    {
      type: "crossReference",
      targets: [],
      numberOnly: false,
      capital: false,
      children: [text("fig")],
    },
    { type: "abbreviation", key: "CIS", children: [text("CIS")] },
    { type: "inlineEquation", value: "x" },
    { type: "inlineCode", value: "code" },
    { type: "smallCaps", children: [text("caps")] },
  ];
  const opaque: Inline[] = [];
  const read = toInlines(readRuns(writeAffix(affix, opaque)), opaque);
  expect(toText(read)).toContain("as dansfigCISxcode");
  expect(toText(read)).toContain("caps");
});
