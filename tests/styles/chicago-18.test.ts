// styles/chicago-18.csl against the manual's published examples and rules.

import { readFileSync } from "node:fs";
import { validateStyle } from "csl-validator-wasm";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseCslStyle } from "../../src/citation/csl-styles.js";
import type { Reference } from "../../src/document.js";
import { type Cited, print } from "./printed.js";

interface Example {
  readonly name: string;
  readonly checked: "guide" | "memory" | "rule";
  readonly reference: Omit<Reference, "id">;
  readonly at?: Omit<Cited, "key">;
  readonly note: string;
  readonly "short-at"?: Omit<Cited, "key">;
  readonly short: string;
  readonly entry?: string;
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const xml = read("../../styles/chicago-18.csl");
const csl = parseCslStyle(xml, "chicago-18");
const style = { csl, locale: "en-US", ibid: "style" } as const;
const examples = parse(read("chicago-18.yaml")) as Example[];

const other: Reference = {
  id: "other",
  type: "book",
  author: [{ family: "Other", given: "An" }],
  title: "Another book",
  issued: { "date-parts": [[2001]] },
};

describe("chicago-18", () => {
  it("is a valid CSL 1.0.2 style", async () => {
    expect(await validateStyle(xml)).toBe("");
    expect(csl).toMatchObject({ class: "note", format: "note", defaultLocale: "en-US" });
  });

  it("shortens notes on the work of the note before to its author", () => {
    const morrison = [{ family: "Morrison", given: "Toni" }];
    const works: Reference[] = [
      { id: "beloved", type: "book", author: morrison, title: "Beloved" },
      { id: "song", type: "book", author: morrison, title: "Song of Solomon" },
      {
        id: "wao",
        type: "book",
        author: [{ family: "Díaz", given: "Junot" }],
        title: "The brief wondrous life of Oscar Wao",
        "title-short": "Oscar Wao",
      },
    ];
    const { citations } = print(style, works, [
      [{ key: "beloved" }],
      [{ key: "song" }],
      [{ key: "wao" }],
      // From here on the sequence of the manual (13.37).
      [{ key: "beloved", locator: "3" }],
      [{ key: "beloved", locator: "18" }],
      [{ key: "beloved", locator: "18" }],
      [{ key: "beloved", locator: "24-26" }],
      [{ key: "song", locator: "401-402" }],
      [{ key: "song", locator: "433" }],
      [{ key: "wao", locator: "37-38" }],
      [{ key: "song", locator: "403" }],
      [{ key: "wao", locator: "152" }],
      [{ key: "wao", locator: "201-202" }],
      // A note on two works names both.
      [
        { key: "wao", locator: "240" },
        { key: "beloved", locator: "32" },
      ],
      [{ key: "wao", locator: "33" }],
      // Without a page, the author alone would say too little.
      [{ key: "wao" }],
    ]);
    expect(citations.slice(3)).toEqual([
      "Morrison, *Beloved*, 3.",
      "Morrison, 18.",
      "Morrison, 18.",
      "Morrison, 24–26.",
      "Morrison, *Song of Solomon*, 401–2.",
      "Morrison, 433.",
      "Díaz, *Oscar Wao*, 37–38.",
      "Morrison, *Song of Solomon*, 403.",
      "Díaz, *Oscar Wao*, 152.",
      "Díaz, 201–2.",
      "Díaz, 240; Morrison, *Beloved*, 32.",
      "Díaz, *Oscar Wao*, 33.",
      "Díaz, *Oscar Wao*.",
    ]);
  });

  it.each(examples)("prints a $name", (example) => {
    const reference = { ...example.reference, id: "work" } as Reference;
    const { citations, list } = print(
      style,
      [reference, other],
      [
        [{ key: "work", ...example.at }],
        [{ key: "other" }],
        [{ key: "work", ...example["short-at"] }],
      ],
    );
    expect({ note: citations[0], short: citations[2], entry: list.get("work") }).toEqual({
      note: example.note,
      short: example.short,
      entry: example.entry,
    });
  });
});
