// The one pass over all citations prints what citeproc-js prints when it is
// given them one after the other, in styles picked from all over the bundle.

import type { CslCitation, CslEngine, CslItem } from "citeproc";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printBatch } from "../../src/citation/batch.js";
import { cslStyleIds, findCslStyle } from "../../src/citation/csl-styles.js";
import { loadCiteproc, openEngine } from "../../src/citation/engine.js";
import { RUNS } from "../../src/citation/runs.js";

/** Few names and years, so that works must be told apart in every way there is. */
const item = fc.record({
  type: fc.constantFrom("book", "article-journal", "chapter", "webpage", "thesis"),
  names: fc.uniqueArray(fc.constantFrom("Smith", "Jones", "Brown", "Díaz"), { maxLength: 4 }),
  given: fc.constantFrom("John", "Jane", "J. R."),
  title: fc.constantFrom("Alpha and omega", "Beta", "The gamma of deltas"),
  year: fc.integer({ min: 2000, max: 2003 }),
});

const items = fc.array(item, { minLength: 2, maxLength: 12 }).map((made) =>
  made.map(
    ({ type, names, given, title, year }, index): CslItem => ({
      id: `k${index + 1}`,
      type,
      title,
      ...(names.length && { author: names.map((family) => ({ family, given })) }),
      issued: { "date-parts": [[year]] },
      publisher: "Press",
      "container-title": "Journal of letters",
      volume: String(index),
      page: "10-20",
    }),
  ),
);

const cluster = fc.record({
  works: fc.array(
    fc.record({ work: fc.nat(), locator: fc.option(fc.constantFrom("5", "6-17", "118-119")) }),
    { minLength: 1, maxLength: 3 },
  ),
  sameNote: fc.boolean(),
  unsorted: fc.boolean(),
});

const manuscript = fc.record({
  items,
  clusters: fc.array(cluster, { minLength: 1, maxLength: 15 }),
});

type Manuscript = typeof manuscript extends fc.Arbitrary<infer T> ? T : never;

/** Fresh each time, for citeproc-js writes into the citations it is given. */
function citationsOf({ items: works, clusters }: Manuscript, isNote: boolean): CslCitation[] {
  let note = 0;
  return clusters.map(({ works: cited, sameNote, unsorted }, index) => {
    if (!note || !sameNote) note++;
    return {
      citationID: `c${index}`,
      citationItems: cited.map(({ work, locator }) => ({
        id: works[work % works.length]!.id,
        ...(locator && { locator, label: "page" }),
      })),
      properties: { noteIndex: isNote ? note : 0, unsorted: unsorted || cited.length === 1 },
    };
  });
}

/**
 * citeproc-js sorts a citation again whenever a later one touches it, and then no
 * longer keeps the works of an author together. Sorted once is sorted for good.
 */
function sortingOnce(engine: CslEngine): CslEngine {
  const { processCitationCluster } = engine;
  engine.processCitationCluster = function (citation, ...others) {
    const processed = processCitationCluster.call(this, citation, ...others);
    citation.properties.unsorted = true;
    return processed;
  };
  return engine;
}

const ids = cslStyleIds();
const sample = [
  "american-medical-association",
  "apa",
  "chicago-author-date",
  "chicago-fullnote-bibliography",
  "chicago-fullnote-bibliography-with-ibid",
  "harvard-cite-them-right",
  "ieee",
  "modern-language-association",
  "oscola",
  "vancouver",
  ...Array.from({ length: 30 }, (_, n) => ids[Math.floor((n + 0.5) * (ids.length / 30))]!),
];

describe.each(sample)("%s", (id) => {
  test("prints the same in one pass", () => {
    const csl = loadCiteproc();
    const style = findCslStyle(id)!;
    fc.assert(
      fc.property(manuscript, (document) => {
        const works = new Map(document.items.map((work) => [work.id, work]));
        const open = () => openEngine(style, "en-US", works);
        const isNote = style.class === "note";

        const slow = sortingOnce(open());
        const expected = slow
          .rebuildProcessorState(citationsOf(document, isNote), RUNS, [])
          .map(([, , output]) => output);
        slow.setOutputFormat(RUNS);
        const quick = open();
        expect(printBatch(csl, quick, citationsOf(document, isNote))).toEqual(expected);
        const list = slow.makeBibliography();
        expect(quick.makeBibliography()).toEqual(list);
      }),
      { numRuns: 3, seed: 1 },
    );
  });
});

test("registers uncited works first, so that cited ones get their letter", () => {
  const csl = loadCiteproc();
  const works = ["Alpha", "Beta"].map(
    (title, index): CslItem => ({
      id: `k${index + 1}`,
      type: "book",
      title,
      author: [{ family: "Smith", given: "John" }],
      issued: { "date-parts": [[2010]] },
    }),
  );
  const engine = openEngine(
    findCslStyle("apa")!,
    "en-US",
    new Map(works.map((work) => [work.id, work])),
  );
  const citation = {
    citationID: "c1",
    citationItems: [{ id: "k1" }],
    properties: { noteIndex: 0 },
  };
  expect(printBatch(csl, engine, [citation], ["k2"])).toEqual(["(Smith, 2010a)"]);
});
