// The official CSL test suite, through our structured output. It is not part of
// this repository: CSL_TEST_SUITE names a checkout of
// citation-style-language/test-suite, CSL_LOCALES one of …/locales.
// csl-suite-failures.yaml lists the fixtures that fail, and why.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadCiteproc } from "../../src/citation/engine.js";
import { RUNS, type Run, readRuns } from "../../src/citation/runs.js";

const { CSL_TEST_SUITE: suite, CSL_LOCALES: locales } = process.env;
const failures: Readonly<Record<string, string>> = parse(
  readFileSync(new URL("csl-suite-failures.yaml", import.meta.url), "utf8"),
);

test("every known failure has its reason", () => {
  expect(Object.keys(failures)).toEqual(Object.keys(failures).sort());
  for (const reason of Object.values(failures)) expect(reason).toMatch(/\."?$/);
});

if (suite && locales) {
  const folder = join(suite, "processor-tests/humans");
  describe("the official suite", () => {
    const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
    const results = names.map((name) => ({
      name: name.slice(0, -4),
      outcome: outcomeOf(readFileSync(join(folder, name), "utf8")),
    }));
    test("fails where it is known to fail and nowhere else", () => {
      const failed = results.filter(({ outcome }) => outcome !== "passed");
      expect(failed.map(({ name }) => name).sort()).toEqual(Object.keys(failures));
      expect(results.length - failed.length).toBeGreaterThanOrEqual(840);
    });
  });
}

/** The parts of a fixture, by their names: `CSL`, `INPUT`, `RESULT`… */
function sectionsOf(fixture: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  for (const [, name, text] of fixture.matchAll(
    />>=+ ([A-Z0-9-]+) =+>>\r?\n([\s\S]*?)\r?\n?<<=+ \1 =+<</g,
  )) {
    sections.set(name!, text!);
  }
  return sections;
}

function outcomeOf(fixture: string): string {
  const sections = sectionsOf(fixture);
  try {
    const printed = run(sections).replace(/\r\n/g, "\n").trim();
    const expected = sections.get("RESULT")!.replace(/\r\n/g, "\n").trim();
    return printed === expected ? "passed" : `${expected}\n---\n${printed}`;
  } catch (error) {
    return `threw ${error}`;
  }
}

type Item = { readonly id: string };
type Cluster = { readonly citationID: string };
type Step = readonly [Cluster, readonly [string, number][], readonly [string, number][]];

/** The engine as the suite drives it: one call after the other, as a word processor does. */
interface SuiteEngine {
  readonly opt: { readonly development_extensions: Record<string, unknown> };
  readonly registry: {
    readonly reflist: readonly Item[];
    readonly citationreg: { readonly citationById: Readonly<Record<string, unknown>> };
  };
  readonly citation: { readonly opt: Record<string, unknown> };
  readonly fun: { readonly dateparser: { addDateParserMonths(months: string[]): void } };
  setOutputFormat(name: string): void;
  setLangPrefsForCites(preferences: Readonly<Record<string, string[]>>): void;
  updateItems(ids: readonly string[], unsorted?: boolean): void;
  makeCitationCluster(items: readonly Item[]): string;
  processCitationCluster(...step: Step): [unknown, [number, string, string][]];
  makeBibliography(section?: unknown): [Record<string, unknown>, string[]];
}

function run(sections: ReadonlyMap<string, string>): string {
  const json = <T>(name: string): T | undefined =>
    sections.has(name) ? JSON.parse(sections.get(name)!) : undefined;
  const [mode, ...submodes] = (sections.get("MODE") ?? "citation").trim().split("-");
  const input = json<readonly Item[]>("INPUT")!;
  const options = json<Record<string, unknown>>("OPTIONS") ?? {};
  const engine = open(sections.get("CSL")!, input, options, json("ABBREVIATIONS"));
  const unsorted = submodes.includes("nosort");

  const entries = json<readonly (readonly string[])[]>("BIBENTRIES");
  const steps = json<readonly Step[]>("CITATIONS");
  for (const ids of entries ?? []) engine.updateItems(ids, unsorted);
  if (!entries && !steps)
    engine.updateItems(
      input.map(({ id }) => id),
      unsorted,
    );

  const clusters =
    json<readonly (readonly Item[])[]>("CITATION-ITEMS") ??
    (steps ? [] : [engine.registry.reflist.map(({ id }) => ({ id }))]);
  const citations = steps
    ? insertCitations(engine, steps)
    : clusters.map((items) => toHtml(engine.makeCitationCluster(items)));
  if (mode !== "bibliography") return citations.join("\n");

  const [metadata, list] = engine.makeBibliography(json("BIBSECTION"));
  if (submodes.includes("header")) {
    const html = loadCiteproc().Output.Formats.html!;
    return Object.entries({ ...metadata, bibstart: html.bibstart, bibend: html.bibend })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n");
  }
  const lines = list.map((entry) => `  <div class="csl-entry">${toHtml(entry)}</div>\n`);
  return `<div class="csl-bib-body">\n${lines.join("")}</div>`;
}

function open(
  style: string,
  input: readonly Item[],
  options: Readonly<Record<string, unknown>>,
  abbreviations: Readonly<Record<string, Record<string, Record<string, string>>>> | undefined,
): SuiteEngine {
  const items = new Map(input.map((item) => [String(item.id), item]));
  const { Engine } = loadCiteproc();
  const system = {
    ...options,
    retrieveItem: (id: string) => items.get(String(id)),
    retrieveLocale: (lang: string) => {
      const file = join(locales!, `locales-${lang}.xml`);
      return existsSync(file)
        ? readFileSync(file, "utf8").replace(/^\s*<\?[^>]*\?>\s*/, "")
        : false;
    },
    ...(abbreviations && abbreviating(abbreviations)),
  };
  type Opener = new (system: unknown, style: string) => SuiteEngine;
  const engine = new (Engine as unknown as Opener)(system, style);
  engine.fun.dateparser.addDateParserMonths(
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık bahar yaz sonbahar kış"
      .replace("şubat", "Şubat")
      .split(" "),
  );
  Object.assign(engine.opt.development_extensions, options);
  engine.setLangPrefsForCites({
    persons: ["translit"],
    institutions: ["translit"],
    titles: ["translit", "translat"],
    journals: ["translit"],
    publishers: ["translat"],
    places: ["translat"],
  });
  engine.setOutputFormat(RUNS);
  return engine;
}

/** Abbreviations of journals and the like, which the program leaves to the references. */
function abbreviating(
  lists: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>,
) {
  const plain = (text: string) =>
    text
      .replace(
        /(?:\b|^)(?:and|et|y|und|l[ae]|the|[ld]')(?:\b|$)|[\x21-\x2C./\x3A-\x40\x5B-\x60\\\x7B\x7D-\x7E]/gi,
        "",
      )
      .replace(/\s*\|\s*/g, "|")
      .replace(/\./g, " ")
      .replace(/\s+/g, " ")
      .trim()
      .toLowerCase();
  type Segments = Record<string, Record<string, string>>;
  return {
    normalizeAbbrevsKey: (_variable: string, text: string) => plain(text ?? ""),
    getAbbreviation: (
      _style: unknown,
      known: Record<string, Segments>,
      jurisdiction: string,
      category: string,
      key: string,
    ) => {
      for (const place of [jurisdiction, "default"]) {
        known[place] ??= new (
          loadCiteproc() as unknown as { AbbreviationSegments: new () => Segments }
        ).AbbreviationSegments();
        const found = Object.entries(lists[place]?.[category] ?? {}).find(
          ([text]) => plain(text) === key || text === key,
        );
        if (found) {
          known[place]![category]![key] = found[1];
          return place;
        }
      }
      return "default";
    },
  };
}

/** Inserts citations as a word processor would; `>>` marks those that the last step changed. */
function insertCitations(engine: SuiteEngine, steps: readonly Step[]): string[] {
  let printed: { readonly id: string; readonly output: string; readonly isNew: boolean }[] = [];
  for (const [citation, before, after] of steps) {
    const [, changed] = engine.processCitationCluster(citation, before, after);
    const order = new Map([...before, ...after].map(([id], index) => [id, index]));
    printed = printed
      .filter(({ id }) => engine.registry.citationreg.citationById[id])
      // What is printed anew stands in neither list and stays where it is.
      .sort((a, b) => (order.get(a.id) ?? Number.NaN) - (order.get(b.id) ?? Number.NaN) || 0)
      .map((one) => ({ ...one, isNew: false }));
    for (const [index, output, id] of changed) {
      const at = printed.findIndex((one) => one.id === id);
      const one = { id, output: toHtml(output), isNew: true };
      printed.splice(at < 0 ? index : at, at < 0 ? 0 : 1, one);
    }
  }
  return printed.map(({ output, isNew }, index) => `${isNew ? ">>" : ".."}[${index}] ${output}`);
}

const toHtml = (output: string): string => readRuns(output).map(runToHtml).join("");

/** Writes a run as citeproc-js writes HTML, which is what the fixtures expect. */
function runToHtml(run: Run | string): string {
  if (typeof run === "string") {
    return run
      .replace(/&/g, "&#38;")
      .replace(/</g, "&#60;")
      .replace(/>/g, "&#62;")
      .replace(/ {2}/g, "\u00A0 ");
  }
  const inside = run.children.map(runToHtml).join("");
  const span = (style: string) => `<span style="${style}">${inside}</span>`;
  switch (run.mark) {
    case "italic":
      return `<i>${inside}</i>`;
    case "no-italic":
      return span("font-style:normal;");
    case "bold":
      return `<b>${inside}</b>`;
    case "no-bold":
      return span("font-weight:normal;");
    case "small-caps":
      return span("font-variant:small-caps;");
    case "no-small-caps":
      return span("font-variant:normal;");
    case "underline":
      return span("text-decoration:underline;");
    case "no-underline":
      return span("text-decoration:none;");
    case "superscript":
      return `<sup>${inside}</sup>`;
    case "subscript":
      return `<sub>${inside}</sub>`;
    case "baseline":
      return span("baseline");
    case "block":
      return `\n\n    <div class="csl-block">${inside}</div>\n`;
    case "left-margin":
      return `\n    <div class="csl-left-margin">${inside}</div>`;
    case "right-inline":
      return `<div class="csl-right-inline">${inside}</div>\n  `;
    case "indent":
      return `<div class="csl-indent">${inside}</div>\n  `;
    case "url":
      return `<a href="${inside}">${inside}</a>`;
    case "doi":
      return `<a href="${/^https?:/.test(inside) ? "" : "https://doi.org/"}${inside}">${inside}</a>`;
  }
}
