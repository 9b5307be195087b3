// The real dissertation against its source: tests/dissertation/source.txt is
// the page as it was published, notes.yaml what its 79 typed notes cite. Both
// are the truth here, and neither was made from the manuscript.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { placeCitations } from "../src/citation/place.js";
import type { Diagnostic } from "../src/diagnostic.js";
import { type Block, type Inline, toText, walk } from "../src/document.js";
import { lint } from "../src/lint.js";
import { type Bibliography, readBibliography } from "../src/read/bibliography.js";
import { readManuscript } from "../src/read/manuscript.js";
import { createReader } from "../src/source.js";

interface CitedWork {
  key: string;
  label?: string;
  locator?: string;
}
interface TypedNote {
  number: number;
  note: string;
  items: CitedWork[];
}
interface ManuscriptFile {
  title: string;
  date: string;
  lang: string;
  keywords: string[];
  style: string;
  template: string;
  bibliography: string;
  sections: { title: string; text: string }[];
}
interface ReferenceEntry {
  id: string;
  type: string;
  title: string;
  author?: { family?: string; given?: string; literal?: string }[];
  issued?: string | number;
  page?: string;
  URL?: string;
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const source = read("dissertation/source.txt").split("\n");
const notes: TypedNote[] = parse(read("dissertation/notes.yaml"));
const manuscript: ManuscriptFile = parse(read("../manuscript/dissertation.yaml"));
const references: ReferenceEntry[] = parse(read("../manuscript/references.yaml"));

const addedHeadings = ["Introduction", "Conclusion"];
const citation = / \[(@[^\]]+)\]/gu;

/** A line without its first-line indent, and with single blanks. */
const tidy = (line: string) => line.replace(/[\s\u00a0]+/gu, " ").trim();

/** The lines of the source between two of its lines, without the empty ones. */
function sourceLines(after: RegExp, before: RegExp): string[] {
  const start = source.findIndex((line) => after.test(line));
  const end = source.findIndex((line, at) => at > start && before.test(line));
  return source
    .slice(start + 1, end)
    .map(tidy)
    .filter((line) => line !== "");
}

const sourceBody = sourceLines(/^Tagged: /u, /^Works Cited$/u);
const sourceList = sourceLines(/^Works Cited$/u, /^\[1\]/u);
const sourceNotes = sourceLines(/^Zabortseva.*Rethinking/u, /^Cite This Work$/u);

/** Headings and paragraphs in reading order, without the two headings that were added. */
const body = manuscript.sections.flatMap((section) => [
  ...(addedHeadings.includes(section.title) ? [] : [section.title]),
  ...section.text.trim().split(/\n\n/u),
]);

/** The works that the text between `[` and `]` names. */
function citedWorks(text: string): CitedWork[] {
  return text.split(/; */u).map((item) => {
    const [, key = "", locator] = /^@([a-z]+\d*)(?:, ([\d-]+))?$/u.exec(item) ?? [];
    return locator ? { key, label: "page", locator } : { key };
  });
}

const clusters = [...body.join("\n").matchAll(citation)].map((match) => citedWorks(match[1] ?? ""));

describe("the body", () => {
  it("has six sections, two of which were given a heading", () => {
    expect(manuscript.sections.map((section) => section.title)).toEqual([
      "Introduction",
      "Foreign Policy Concept- Russia and Kazakhstan",
      "Early Years and Initial Relationship",
      "2005-2012: Intensified Cooperation",
      "2013-2015: Impact of Ukraine and Beyond",
      "Conclusion",
    ]);
  });

  it("is the source's, paragraph for paragraph, with the markers back behind the stops", () => {
    let number = 0;
    // A stop goes inside the quotation marks before it, as the source has it.
    const typed = body.map((paragraph) =>
      paragraph.replace(
        /([’”]*) \[@[^\]]+\]([.,;:]?)/gu,
        (_, quotes: string, stop: string) => `${stop}${quotes}[${++number}]`,
      ),
    );
    expect(typed).toEqual(sourceBody);
    expect(number).toBe(79);
  });

  it("is the source's word for word without its citations", () => {
    const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
    expect(words(body.join("\n").replace(citation, ""))).toEqual(
      words(sourceBody.join("\n").replace(/\[\d+\]/gu, "")),
    );
  });

  it("keeps the sentence that breaks off and the paragraph of one sentence after it", () => {
    expect(
      body.some((paragraph) => paragraph.endsWith("dramatic shifts in personal politics")),
    ).toBe(true);
    expect(body.some((paragraph) => /^As the situation stands,[^.]+\.$/u.test(paragraph))).toBe(
      true,
    );
  });

  it("holds nothing that Markdown would read as markup", () => {
    const plain = body.join("\n").replace(citation, "");
    expect(plain).not.toMatch(/[*_`~^\\<>[\]|#]/u);
    expect(plain).not.toMatch(/^(?:[-+]|\d+[.)]) /mu);
  });
});

describe("the front matter", () => {
  it("is what the page says of itself", () => {
    expect(source).toContain(manuscript.title);
    expect(source).toContain("Published: 13th Dec 2019");
    expect(manuscript.date).toBe("2019-12-13");
    expect(source).toContain(`Tagged: ${manuscript.keywords.join("")}`);
  });
});

describe("the typed notes", () => {
  it("are the source's, from 1 to 79", () => {
    expect(notes.map((note) => note.number)).toEqual(sourceNotes.map((_, at) => at + 1));
    expect(notes.map((note) => tidy(note.note))).toEqual(sourceNotes);
    expect(notes).toHaveLength(79);
  });

  it("name the works and end with the pages that notes.yaml says", () => {
    for (const [at, { note, items }] of notes.entries()) {
      const last = items.at(-1);
      const pages = /,”? (\d+(?:-\d+)?)\.?$/u.exec(tidy(note))?.[1];
      // Note 13 ends with the year of the work.
      expect([note, last?.locator]).toEqual([note, pages === "2015" ? undefined : pages]);
      if (/^\[\d+\] Ibid\./u.test(note)) {
        expect(items.map((item) => item.key)).toEqual(notes[at - 1]?.items.map((item) => item.key));
        continue;
      }
      for (const { key } of items) {
        const author = references.find((reference) => reference.id === key)?.author?.[0];
        if (author) expect(note).toContain(author.family ?? author.literal);
      }
    }
  });

  it("are the citations of the manuscript, in the same order", () => {
    expect(clusters).toEqual(notes.map((note) => note.items));
  });
});

describe("the references", () => {
  const keys = references.map((reference) => reference.id);
  const cited = new Set(clusters.flat().map((item) => item.key));

  it("are the works of the list and the decree of note 18", () => {
    expect(sourceList).toHaveLength(43);
    expect(keys).toHaveLength(44);
    expect(new Set(keys).size).toBe(44);
    for (const { id, author, issued, URL: url } of references) {
      if (id === "decree1995") continue;
      const entries = sourceList.filter(
        (line) =>
          line.startsWith(author?.[0]?.family ?? author?.[0]?.literal ?? "?") &&
          line.includes(String(issued ?? "").slice(0, 4)) &&
          (!url || line.includes(url)),
      );
      expect([id, entries.length]).toEqual([id, 1]);
    }
  });

  it("are all cited, and all that is cited is among them", () => {
    expect([...cited].sort()).toEqual([...keys].sort());
  });

  it("have every address of the list", () => {
    const addresses = sourceList.flatMap((line) => line.match(/https?:\S+[^\s.]/gu) ?? []);
    expect(references.flatMap((reference) => reference.URL ?? []).sort()).toEqual(addresses.sort());
  });

  it("have the pages that are cited of them", () => {
    for (const { key, locator } of clusters.flat()) {
      const [first, last] =
        references.find((reference) => reference.id === key)?.page?.split("-") ?? [];
      if (!locator || !first) continue;
      expect(Number.parseInt(locator, 10)).toBeGreaterThanOrEqual(Number(first));
      expect(Number(locator.split("-").at(-1))).toBeLessThanOrEqual(Number(last));
    }
  });
});

describe("as the program reads it", () => {
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => found.push(diagnostic);
  const root = fileURLToPath(new URL("../manuscript", import.meta.url));
  const reader = createReader({ root, cwd: root, report });
  const { metadata, sections: chapters } = readManuscript("dissertation.yaml", reader, report)!;
  const bibliography: Bibliography = { references: new Map(), spans: new Map() };
  readBibliography(manuscript.bibliography, reader, report, bibliography);

  const citations = (blocks: readonly Block[]) =>
    [...walk(blocks)].flatMap((node) => (node.type === "citation" ? [node] : []));

  it("has nothing that an author would be told to mend", () => {
    lint({ metadata, parts: [{ role: "body", children: chapters }] }, bibliography, report);
    expect(found).toEqual([]);
  });

  it("has the same works and citations", () => {
    expect([...bibliography.references.keys()]).toEqual(
      references.map((reference) => reference.id),
    );
    expect(
      citations(chapters).map(({ items }) =>
        items.map(({ key, label, locator }) => (locator ? { key, label, locator } : { key })),
      ),
    ).toEqual(notes.map((note) => note.items));
  });

  it("is the source's byte for byte when its citations become notes in the American way", () => {
    const placed = placeCitations(chapters, { class: "note", punctuationInQuote: true });
    let number = 0;
    const marked = (inlines: readonly Inline[]) =>
      inlines.map((node) => (node.type === "note" ? `[${++number}]` : toText([node]))).join("");
    const printed = placed.flatMap((block) =>
      block.type === "section"
        ? [
            ...(addedHeadings.includes(toText(block.title)) ? [] : [toText(block.title)]),
            ...block.children.map((child) =>
              child.type === "paragraph" ? marked(child.children) : child.type,
            ),
          ]
        : [block.type],
    );
    expect(printed).toEqual(sourceBody);
  });
});
