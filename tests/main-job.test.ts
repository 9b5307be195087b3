// The main job on the real dissertation: three styles from one manuscript, with
// the same citations, every work in the list, and the notes of the source.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compile } from "../src/compile.js";
import type { Diagnostic } from "../src/diagnostic.js";
import {
  type Citation,
  type Document,
  type Entry,
  type Note,
  toText,
  walk,
} from "../src/document.js";
import { loadProject, type Project } from "../src/project.js";

const root = join(import.meta.dirname, "..");

/** A typed note: its number and what it cites, assigned by hand. */
interface TypedNote {
  readonly number: number;
  readonly items: readonly {
    readonly key: string;
    readonly locator?: string;
    readonly label?: string;
  }[];
}

let project: Project;
const documents = new Map<string, Document>();
const diagnostics: Diagnostic[] = [];

beforeAll(() => {
  const loaded = loadProject({
    cwd: root,
    manuscript: "manuscript",
    style: ["chicago", "apa", "harvard"],
  });
  project = loaded.project!;
  diagnostics.push(...loaded.diagnostics);
  for (const style of project.styles) {
    documents.set(
      style.id,
      compile(project, style, (found) => void diagnostics.push(found)),
    );
  }
});

const nodesOf = (style: string) => [
  ...walk(documents.get(style)!.parts.flatMap(({ children }) => children)),
];
const notesOf = (style: string) =>
  nodesOf(style).filter((node): node is Note => node.type === "note");
const citationsOf = (style: string) =>
  nodesOf(style).filter((node): node is Citation => node.type === "citation");
const entriesOf = (style: string) =>
  nodesOf(style).filter((node): node is Entry => node.type === "entry");
const clusters = (style: string) =>
  citationsOf(style).map(({ items }) =>
    items.map(({ key, label, locator }) => [key, label, locator].filter(Boolean).join(" ")),
  );

test("reports one page of the web that has no date, as the manuscript's README says", () => {
  expect([...new Set(diagnostics.map(({ message }) => message))]).toEqual([
    'the reference "rosoboronexport" (webpage) lacks issued or accessed',
  ]);
});

describe("Chicago", () => {
  test("has the 79 notes of the source, in order, with their works and pages", () => {
    const typed = parse(
      readFileSync(join(root, "tests/dissertation/notes.yaml"), "utf8"),
    ) as TypedNote[];
    const notes = notesOf("chicago");
    expect(notes.map(({ number }) => number)).toEqual(typed.map(({ number }) => number));
    const cited = notes.map((note) =>
      [...walk(note.children)].flatMap((node) =>
        node.type === "citation" ? node.items.map(({ key, locator }) => ({ key, locator })) : [],
      ),
    );
    expect(cited).toEqual(
      typed.map(({ items }) => items.map(({ key, locator }) => ({ key, locator }))),
    );
  });

  test("prints every page that a note cites", () => {
    for (const note of notesOf("chicago")) {
      for (const node of walk(note.children)) {
        if (node.type !== "citation") continue;
        const printed = toText(node.children).replaceAll("–", "-");
        for (const { locator } of node.items) {
          const first = locator?.match(/\d+/)?.[0];
          if (first) expect(printed).toContain(first);
        }
      }
    }
  });
});

describe.each(["apa", "harvard"])("%s", (style) => {
  test("has no notes, and the same citations in the same order", () => {
    expect(notesOf(style)).toEqual([]);
    expect(clusters(style)).toEqual(clusters("chicago"));
    expect(clusters(style)).toHaveLength(79);
  });
});

test.each(["chicago", "apa", "harvard"])("%s lists every work cited exactly once", (style) => {
  const keys = entriesOf(style).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const cited = new Set(citationsOf(style).flatMap(({ items }) => items.map(({ key }) => key)));
  expect([...keys].sort()).toEqual([...cited].sort());
  expect(keys).toHaveLength(44);
});

test("the running text is the same word for word in the three styles", () => {
  const [chicago, apa, harvard] = ["chicago", "apa", "harvard"].map((style) => runningText(style));
  expect(apa).toEqual(chicago);
  expect(harvard).toEqual(chicago);
  expect(chicago!.length).toBeGreaterThan(5000);
});

/** The words of the chapters without what the citations print. */
function runningText(style: string): string[] {
  const words: string[] = [];
  const body = documents.get(style)!.parts.at(-1)!;
  for (const node of walk(
    body.children.filter((block) => block.type === "section" && !block.role),
  )) {
    if (node.type !== "paragraph") continue;
    const text = toText(
      node.children.map((inline) =>
        inline.type === "citation" ? { ...inline, children: [] } : inline,
      ),
    );
    words.push(...(text.match(/[\p{L}\p{N}]+/gu) ?? []));
  }
  return words;
}
