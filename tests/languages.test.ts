// The words that no author wrote, in the manuscript's language: headings, dates,
// and what citations print, in a note style and an author-date style.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "../src/compile.js";
import { type Block, toText, walk } from "../src/document.js";
import { loadProject } from "../src/project.js";
import { hasTerms } from "../src/terms.js";

const languages = ["en-US", "en-GB", "de", "fr", "es", "it", "pt", "nl", "pl", "ru"];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reissue-languages-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function linesOf(blocks: readonly Block[]): string[] {
  const lines: string[] = [];
  let note = 0;
  for (const node of walk(blocks)) {
    if (node.type === "section") lines.push(`# ${toText(node.title)}`);
    if (node.type === "note") note = node.number;
    if (node.type === "paragraph") {
      lines.push(note ? `${note}. ${toText(node.children)}` : toText(node.children));
      note = 0;
    }
    if (node.type === "entry") lines.push(toText(node.children));
  }
  return lines;
}

test.each(languages)("%s", async (lang) => {
  const manuscript = join(folder, `${lang}.yaml`);
  const references = readFileSync(join(import.meta.dirname, "languages/references.yaml"));
  writeFileSync(join(folder, "references.yaml"), references);
  writeFileSync(
    manuscript,
    `title: Languages
author: Jane Doe
date: 2019-12-13
lang: ${lang}
bibliography: references.yaml
abstract: The abstract.
acknowledgements: The thanks.
sections:
  - title: One
    text: |
      A book [@smith2000, 3], "quoted" again [@smith2000, 4-6], and again [@smith2000, 4-6].

      Two works [see @jones2001, 12; @web2010], and as @jones2001 [p. 13] say.
`,
  );
  const { project, diagnostics, sources } = loadProject({
    cwd: folder,
    manuscript,
    style: ["chicago-fullnote-bibliography-with-ibid", "apa"],
  });
  expect(diagnostics, JSON.stringify([...sources.keys()])).toEqual([]);
  const printed = project!.styles.flatMap((style) => {
    const { parts } = compile(project!, style, (found) => {
      throw new Error(found.message);
    });
    return [`=== ${style.id}, ${lang}`, ...parts.flatMap(({ children }) => linesOf(children)), ""];
  });
  expect(hasTerms(lang)).toBe(true);
  await expect(printed.join("\n")).toMatchFileSnapshot(`languages/expected/${lang}.txt`);
});
