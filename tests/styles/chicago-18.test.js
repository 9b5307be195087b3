// styles/chicago-18.csl against the manual's published examples and rules.
import { readFileSync } from "node:fs";
import { validateStyle } from "csl-validator-wasm";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseCslStyle } from "../../src/citation/csl-styles.js";
import { print } from "./printed.js";
const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const xml = read("../../styles/chicago-18.csl");
const csl = parseCslStyle(xml, "chicago-18");
const style = { csl, locale: "en-US", ibid: "style" };
const examples = parse(read("chicago-18.yaml"));
const other = {
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
    it.each(examples)("prints a $name", (example) => {
        const reference = { ...example.reference, id: "work" };
        const { citations, list } = print(style, [reference, other], [
            [{ key: "work", ...example.at }],
            [{ key: "other" }],
            [{ key: "work", ...example["short-at"] }],
        ]);
        expect({ note: citations[0], short: citations[2], entry: list.get("work") }).toEqual({
            note: example.note,
            short: example.short,
            entry: example.entry,
        });
    });
});
