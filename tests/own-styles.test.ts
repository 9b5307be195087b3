// Styles of the user's own: profiles and .csl files beside the manuscript,
// dependent styles, and broken ones, which are refused at their place.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { formatDiagnostic } from "../src/diagnostic.js";
import { loadProject } from "../src/project.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reissue-styles-"));
  mkdirSync(join(folder, "styles"));
  write("dissertation.yaml", "title: T\nlang: en-GB\nsections: [{ title: One, text: Text. }]\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

const csl = (inner: string, attributes = 'class="note"') =>
  `<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" ${attributes}>
  <info><title>Ours</title><id>ours</id><updated>2020-01-01T00:00:00+00:00</updated></info>
${inner}
</style>
`;
const works = '  <citation><layout><text variable="title"/></layout></citation>';
const dependent = `<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="fr-FR">
  <info><title>Dependent</title><id>dependent</id>
    <link href="http://www.zotero.org/styles/PARENT" rel="independent-parent"/>
    <updated>2020-01-01T00:00:00+00:00</updated></info>
</style>
`;

function load(word: string) {
  const { project, diagnostics, sources } = loadProject({ cwd: folder, style: [word] });
  return {
    style: project?.styles[0],
    printed: diagnostics.map((found) => formatDiagnostic(found, sources)).join("\n"),
  };
}

test("a .csl file beside the manuscript is taken by its name, and by its path", () => {
  write("styles/ours.csl", csl(works));
  for (const word of ["ours", "styles/ours.csl"]) {
    expect(load(word)).toMatchObject({
      style: { id: "ours", csl: { class: "note" } },
      printed: "",
    });
  }
});

test("a profile beside the manuscript goes before a shipped one of that name", () => {
  write("styles/ours.csl", csl(works));
  write("styles/apa.yaml", "title: Our APA\ncsl: ./ours.csl\nlist-title: Works\n");
  expect(load("apa").style).toMatchObject({ title: "Our APA", listTitle: "Works" });
});

test("a dependent style is its parent, from the same folder or the bundle", () => {
  write("styles/ours.csl", csl(works));
  write("styles/mine.csl", dependent.replace("PARENT", "ours"));
  expect(load("mine").style?.csl).toMatchObject({ class: "note", defaultLocale: "fr-FR" });
  write("styles/mine.csl", dependent.replace("PARENT", "apa"));
  expect(load("mine").style?.csl).toMatchObject({ class: "in-text", format: "author-date" });
});

test("a broken style is refused at its line and column", () => {
  write("styles/ours.csl", csl('  <citation><layout><text macro="gone"/></layout></citation>'));
  const { style, printed } = load("ours");
  expect(style).toBeUndefined();
  expect(printed).toMatch(/^styles\/ours\.csl:4:\d+: error: .*"gone".*\(style-invalid\)/);
});
