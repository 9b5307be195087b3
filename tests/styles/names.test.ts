// Names and dates in the main styles.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { printableNames } from "../../src/citation/names.js";
import type { Reference } from "../../src/document.js";
import { type MainStyle, mainStyles } from "./main-styles.js";
import { print } from "./printed.js";

type Row = Partial<Omit<Reference, "issued">> & {
  readonly name: string;
  readonly issued?: Reference["issued"] | null;
  readonly fault?: string;
};

const rows = parse(readFileSync(new URL("names.yaml", import.meta.url), "utf8")) as readonly Row[];

function referenceOf({ name: _, fault: __, issued, ...fields }: Row, id: string): Reference {
  return {
    type: "book",
    title: "Known",
    publisher: "Press",
    ...fields,
    ...(issued !== null && { issued: issued ?? { "date-parts": [[2001]] } }),
    id,
  } as Reference;
}

const other: Reference = { id: "other", type: "book", title: "Other", author: [{ family: "Zz" }] };

/** Returns first citation, later citation and entry of each row in a style. */
function printRows(style: MainStyle): string[] {
  const works = rows.map((row, index) => referenceOf(row, `work${index}`));
  const { citations, list } = print(
    mainStyles[style],
    [...works, other],
    works.flatMap(({ id }) => [[{ key: id }], [{ key: "other" }], [{ key: id, locator: "5" }]]),
  );
  return works.map(({ id }, index) => {
    const [first, , later] = citations.slice(index * 3);
    return [first, later, list.get(id)].join(" | ");
  });
}

describe("names and dates", () => {
  it("are printed as the manuals have them, known faults apart", async () => {
    const styles = Object.keys(mainStyles) as MainStyle[];
    const printed = new Map(styles.map((style) => [style, printRows(style)]));
    const blocks = rows.map((row, index) => [
      `# ${row.name}`,
      ...styles.map((style) => `${style.padEnd(10)} ${printed.get(style)![index]}`),
      ...(row.fault === undefined ? [] : [`fault      ${row.fault}`]),
    ]);
    const text = `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
    await expect(text).toMatchFileSnapshot("expected/names.txt");
  });

  it("keeps single names and spaces initials", () => {
    expect(printableNames([{ given: "Plato" }, { family: "Eliot", given: "T.S." }])).toEqual([
      { family: "Plato" },
      { family: "Eliot", given: "T. S." },
    ]);
    // Russian initials are set close.
    expect(printableNames([{ family: "Путин", given: "В.В." }])).toEqual([
      { family: "Путин", given: "В.В." },
    ]);
  });

  it("leaves institutions alone where citeproc-js lists them right", () => {
    const bank = { literal: "World Bank" };
    expect(printableNames([bank])).toEqual([bank]);
    expect(printableNames([bank, { family: "Doe", given: "Jane" }])[0]).toEqual(bank);
  });
});
