// How the references to the work itself are worded. The expected files were read
// against the manuals that the functions name.

import { describe, expect, test } from "vitest";
import { citeThisWork, type WorkStyle, workRecord, workStyles } from "../../src/cite-this-work.js";
import { type Metadata, toText } from "../../src/document.js";
import { printRecord, printReferences } from "../../src/write/references.js";
import { page, pageWithAddress, thesis, works } from "./works.js";

const wordings = (metadata: Metadata) =>
  Object.fromEntries(
    citeThisWork(metadata).map((reference) => [
      reference.style,
      printReferences([reference], "markdown").trim(),
    ]),
  ) as Record<WorkStyle, string>;

const wording = (metadata: Metadata, style: WorkStyle) => wordings(metadata)[style];

describe.each(Object.entries(works))("%s", (name, metadata) => {
  test("is cited in seven styles", async () => {
    const references = citeThisWork(metadata);
    expect(references.map(({ style }) => style)).toEqual(workStyles);
    const printed = printReferences(references, "markdown");
    await expect(printed).toMatchFileSnapshot(`expected/${name}.md`);
  });

  test.each(["bibtex", "ris", "csl-json"] as const)("is a record in %s", async (format) => {
    const ending = { bibtex: "bib", ris: "ris", "csl-json": "json" }[format];
    const printed = printRecord(workRecord(metadata), format);
    await expect(printed).toMatchFileSnapshot(`expected/${name}.${ending}`);
  });
});

describe("nothing is invented", () => {
  test("no address, no word that announces one", () => {
    const text = printReferences(citeThisWork(page), "text");
    expect(text).not.toMatch(/http|available|accessed|cited|retrieved/i);
  });

  test("a day of reading is not printed without an address, but for MLA 7", () => {
    const read = citeThisWork(page, { accessed: [2026, 11, 23] });
    const dated = read.filter(({ inlines }) => toText(inlines).includes("2026"));
    expect(dated.map(({ style }) => style)).toEqual(["mla-7"]);
    expect(wording({ ...page, published: { ...page.published!, accessed: {} } }, "apa")).toBe(
      wording(page, "apa"),
    );
  });

  test("the day given as an option takes the place of the manuscript's", () => {
    const [harvard] = citeThisWork(pageWithAddress, { accessed: [2027, 1, 2] }).filter(
      ({ style }) => style === "harvard",
    );
    expect(toText(harvard!.inlines)).toMatch(/\(Accessed: 2 January 2027\)\.$/);
  });

  test("a work that is neither handed in nor published has no medium", () => {
    const { title } = page.published!;
    const bare = { ...page, published: { id: "published", type: "webpage", title } };
    expect(wording(bare, "vancouver")).toBe(
      "Russia and Kazakhstan 2005-2015: from cooperation to coercion. 2019.",
    );
    expect(wording(bare, "mla-7")).toBe(
      "*Russia and Kazakhstan 2005-2015: From Cooperation to Coercion*. 2019.",
    );
  });
});

describe("capitals", () => {
  test("a title without a form in sentence case is printed as it is", () => {
    const { published: _, ...titled } = thesis;
    const printed = wordings(titled);
    for (const style of ["apa", "harvard", "vancouver"] as const) {
      expect(printed[style]).toContain("From Cooperation to Coercion");
    }
  });

  test("APA begins a subtitle with a capital, Harvard and Vancouver do not", () => {
    const { apa, harvard, vancouver } = wordings(thesis);
    expect(apa).toContain("2015: From cooperation to coercion");
    expect(harvard).toContain("2015: from cooperation to coercion");
    expect(vancouver).toContain("2015: from cooperation to coercion");
  });

  test("a title in sentence case is given capitals by MLA, in English only", () => {
    const plain = {
      ...thesis,
      title: [{ type: "text" as const, value: "The cost of war" }],
      subtitle: [],
    };
    expect(wording(plain, "mla")).toContain("*The Cost of War*");
    expect(wording({ ...plain, lang: "fr" }, "mla")).toContain("*The cost of war*");
  });

  test("the name of a site keeps its own", () => {
    expect(wording(page, "mla")).toContain("*UKDiss.com*");
  });
});

// A degree, and what APA, MLA, MLA 7, Harvard and Vancouver call the work for it.
// OSCOLA has Harvard's words without their full stops.
test.each([
  [
    "MA",
    "Unpublished master’s thesis",
    "MA thesis",
    "MA thesis.",
    "MA dissertation",
    "master’s thesis",
  ],
  [
    "M.Sc. in Physics",
    "Unpublished master’s thesis",
    "M.Sc. thesis",
    "M.Sc. thesis.",
    "M.Sc. dissertation",
    "master’s thesis",
  ],
  [
    "Master of Arts",
    "Unpublished master’s thesis",
    "Master of Arts thesis",
    "Master of Arts thesis.",
    "Master of Arts dissertation",
    "master’s thesis",
  ],
  [
    "PhD",
    "Unpublished doctoral dissertation",
    "PhD dissertation",
    "Diss.",
    "PhD thesis",
    "dissertation",
  ],
  [
    "BA",
    "Unpublished bachelor’s thesis",
    "BA thesis",
    "BA thesis.",
    "BA dissertation",
    "bachelor’s thesis",
  ],
  [
    "Licentiate",
    "Unpublished Licentiate thesis",
    "Licentiate thesis",
    "Licentiate thesis.",
    "Licentiate thesis",
    "thesis",
  ],
  [
    "MPhil dissertation",
    "Unpublished MPhil dissertation",
    "MPhil dissertation",
    "MPhil dissertation.",
    "MPhil dissertation",
    "MPhil dissertation",
  ],
])("the work for the degree %j", (degree, apa, mla, mla7, harvard, vancouver) => {
  const printed = wordings({ ...thesis, degree });
  expect(printed.apa).toContain(`\\[${apa}\\]. University of Example.`);
  expect(printed.mla).toContain(` 2019. U of Example, ${mla}.`);
  expect(printed["mla-7"]).toContain(`” ${mla7} U of Example, 2019. Print.`);
  expect(printed.harvard).toContain(`. ${harvard}. University of Example.`);
  expect(printed.oscola).toContain(`(${harvard.replaceAll(".", "")}, University of Example 2019).`);
  expect(printed.vancouver).toContain(` \\[${vancouver}\\]. University of Example; 2019.`);
});

test("an institution without a degree leaves the kind of work open", () => {
  const { degree: _, ...work } = thesis;
  expect(wording(work, "apa")).toBe(
    "Doe, J. A. (2019). *Russia and Kazakhstan 2005-2015: From cooperation to coercion*. University of Example.",
  );
});

test("a subtitle follows a question mark without a colon", () => {
  const title = [{ type: "text" as const, value: "Whither Eurasia?" }];
  expect(wording({ ...thesis, title }, "mla")).toContain(
    "*Whither Eurasia? From Cooperation to Coercion*",
  );
});
