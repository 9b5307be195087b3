// Finding styles as a new user would: by kind, by field, by words with accents.

import { describe, expect, test } from "vitest";
import { disciplines, isOfDiscipline } from "../../src/citation/disciplines.js";
import { pad, widthOf, wrap } from "../../src/commands/columns.js";
import { styleInfo, styles } from "../../src/commands/styles.js";
import { packageNames } from "../../src/package-files.js";
import { UsageError } from "../../src/usage-error.js";

const request = { cwd: "tests/cli/cases/audit", samples: 0, width: 100 };
const found = async (words: string[], more: object = {}) => {
  const { data } = await styles(words, { ...request, ...more });
  return (data as { styles: { id: string; kind: string; citation?: string }[] }).styles;
};

test("without words, the profiles are listed", async () => {
  const listed = await found([]);
  expect(listed.map(({ id }) => id)).toEqual(packageNames("styles"));
});

test("a word stands in the id or the title, with or without its accents", async () => {
  const ids = (await found(["médecine"])).map(({ id }) => id);
  expect(ids).toEqual((await found(["medecine"])).map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(0);
});

test.each(["note", "author-date", "numeric", "author", "label"] as const)(
  "only styles of the kind %s",
  async (kind) => {
    const kinds = new Set((await found(["de"], { kind })).map((style) => style.kind));
    expect([...kinds]).toEqual([kind]);
  },
);

test("samples are of the work that the manuscript cites", async () => {
  const [apa] = await found(["apa"], { samples: 1 });
  expect(apa).toMatchObject({ citation: "(Smith, 2000, pp. 4–6)" });
});

test("a profile that lists in another style than it cites is shown so", async () => {
  const listed = await found(["as published"], { samples: 1 });
  expect(listed[0]).toMatchObject({
    citation: "Ann Smith, A History of Things (London: Example Press, 2000), 4–6.",
    entry: "Smith, Ann. 2000. A History of Things. London: Example Press.",
  });
});

test("every profile can be asked about", async () => {
  for (const id of packageNames("styles")) {
    const { data } = await styleInfo(id, request);
    expect(data).toMatchObject({ id, profiles: expect.stringContaining(id) });
    expect(data).toHaveProperty("citation");
  }
});

test("a name that means nothing is a wrong word of the command line", async () => {
  await expect(styleInfo("__proto__", request)).rejects.toThrow(UsageError);
  await expect(styles([], { ...request, field: "constructor" })).rejects.toThrow(UsageError);
});

describe("fields are told by the words of a title", () => {
  test.each([
    ["the-journal-of-modern-history", "The Journal of Modern History", ["history"]],
    ["american-political-science-association", "APSA", ["political-science"]],
    ["oscola", "OSCOLA (Oxford)", ["law"]],
    ["the-lancet", "The Lancet", ["medicine"]],
    ["nature", "Nature", []],
  ] as const)("%s", (id, title, expected) => {
    expect(disciplines.filter((name) => isOfDiscipline(id, title, name))).toEqual(expected);
  });
});

describe("text in columns", () => {
  test("is broken between words, and words that are too long are divided", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefghij k", 4)).toEqual(["abcd", "efgh", "ij k"]);
    expect(wrap("", 4)).toEqual([]);
  });

  test("counts the cells that letters take", () => {
    expect(widthOf("Cafe\u0301")).toBe(4);
    expect(widthOf("東京")).toBe(4);
    expect(pad("東京", 6)).toBe("東京  ");
  });
});
