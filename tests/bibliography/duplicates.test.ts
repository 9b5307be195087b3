import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reference } from "../../src/document.js";
import { findDuplicates } from "../../src/duplicates.js";

function duplicatesOf(...references: readonly Omit<Reference, "id">[]): string[] {
  const found: string[] = [];
  const entries = references.map((reference, at): [string, Reference] => [
    `k${at}`,
    { type: "book", ...reference, id: `k${at}` } as Reference,
  ]);
  findDuplicates({ references: new Map(entries), spans: new Map() }, new Map(), (diagnostic) => {
    expect(diagnostic.code).toBe("reference-duplicate-work");
    found.push(diagnostic.message.replace(" seems to be the same work as ", " = "));
  });
  return found;
}

const issued = { "date-parts": [[2001]] };

describe("the same work", () => {
  test.each<[string, Omit<Reference, "id" | "type">, Omit<Reference, "id" | "type">]>([
    ["DOI", { DOI: "10.1000/ABC" }, { DOI: "https://doi.org/10.1000/abc" }],
    ["DOI in an address", { DOI: "10.1000/abc" }, { URL: "http://dx.doi.org/10.1000%2FABC" }],
    ["ISBN", { ISBN: "0-306-40615-2" }, { ISBN: "978 0 306 40615 7" }],
    ["ISBN with X", { ISBN: "080442957X" }, { ISBN: "9780804429573" }],
    [
      "title",
      { title: "The État & the <i>Nation</i>!", issued },
      { title: "etat and the nation", issued },
    ],
    [
      "quotation marks",
      { title: "Kazakhstan’s “Path”", issued },
      { title: "Kazakhstan's 'Path'", issued },
    ],
  ])("by %s", (_, one, other) => {
    const both = [one, other].map((reference) => ({ type: "book", ...reference }) as Reference);
    expect(duplicatesOf(...both)).toHaveLength(1);
  });
});

describe("not the same work", () => {
  const doe = [{ family: "Doe" }];
  const roe = [{ family: "Roe" }];
  test.each<[string, Partial<Reference>, Partial<Reference>]>([
    ["other DOIs", { DOI: "10.1000/a" }, { DOI: "10.1000/b" }],
    [
      "chapters of one book",
      { type: "chapter", ISBN: "0306406152" },
      { type: "chapter", ISBN: "0306406152" },
    ],
    ["other years", { title: "A", issued }, { title: "A", issued: { "date-parts": [[2002]] } }],
    ["no year", { title: "A" }, { title: "A" }],
    [
      "other authors",
      { title: "Introduction", issued, author: doe },
      { title: "Introduction", issued, author: roe },
    ],
    ["other volumes", { title: "A", issued, volume: "1" }, { title: "A", issued, volume: "2" }],
    [
      "volumes under one ISBN",
      { ISBN: "0306406152", volume: "1" },
      { ISBN: "0306406152", volume: "2" },
    ],
    ["titles of other scripts", { title: "Да", issued }, { title: "Нет", issued }],
    ["no title", { issued }, { issued }],
  ])("%s", (_, one, other) => {
    const both = [one, other].map((reference) => ({ type: "book", ...reference }) as Reference);
    expect(duplicatesOf(...both)).toEqual([]);
  });
});

test("a work that stands three times is reported twice, beside the first", () => {
  const work: Omit<Reference, "id"> = { type: "book", title: "A", issued };
  expect(duplicatesOf(work, work, work)).toEqual([
    '"k1" = "k0": they have the same title and year',
    '"k2" = "k0": they have the same title and year',
  ]);
});

test("nothing is taken out, and no order matters to how many are found", () => {
  const reference = fc.record({
    type: fc.constantFrom("book", "chapter"),
    title: fc.constantFrom("A", "B", "The A"),
    issued: fc.constant(issued),
    DOI: fc.constantFrom(undefined, "10.1000/a", "10.1000/b"),
  });
  fc.assert(
    fc.property(fc.array(reference, { maxLength: 12 }), (references) => {
      const count = duplicatesOf(...(references as unknown as Reference[])).length;
      expect(count).toBeLessThanOrEqual(Math.max(0, references.length - 1));
    }),
  );
});
