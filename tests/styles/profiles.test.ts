// Every shipped profile: it reads, names a CSL style that is there, and prints
// one work of each kind as its expected file has it.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Reference } from "../../src/document.js";
import { packageNames } from "../../src/package-files.js";
import { loadProject } from "../../src/project.js";
import { print } from "./printed.js";

const references = parse(
  readFileSync(new URL("references.yaml", import.meta.url), "utf8"),
) as readonly Reference[];

const anchor: Reference = {
  id: "anchor",
  type: "book",
  author: [{ family: "Zzz", given: "Zoe" }],
  title: "Last",
  publisher: "Press",
  issued: { "date-parts": [[1999]] },
};

const cwd = fileURLToPath(new URL("../../", import.meta.url));

/** The profiles that follow one manual each. */
const profiles = [
  "ama",
  "apa",
  "asa",
  "chicago",
  "chicago-18",
  "chicago-author-date",
  "harvard",
  "ieee",
  "mhra",
  "mla",
  "mla-7",
  "oscola",
  "turabian",
  "vancouver",
];

describe("shipped profiles", () => {
  it("are among the package's files", () => {
    expect(packageNames("styles")).toEqual(expect.arrayContaining(profiles));
  });

  it.each(profiles)("%s prints every kind of work", async (name) => {
    const { project, diagnostics } = loadProject({ manuscript: "manuscript", style: [name], cwd });
    expect(diagnostics).toEqual([]);
    const [style] = project!.styles;
    expect(style!.listTitle).toBeDefined();

    const { citations, list } = print(
      style!,
      [...references, anchor],
      references.flatMap(({ id }) => [
        [{ key: id, locator: "112-118" }],
        [{ key: id, locator: "120" }],
        [{ key: "anchor" }],
        [{ key: id, locator: "5" }],
      ]),
    );
    const blocks = references.map(({ id }, index) => {
      const [first, repeated, , later] = citations.slice(index * 4);
      return [
        `# ${id}`,
        `first     ${first}`,
        `repeated  ${repeated}`,
        `later     ${later}`,
        `list      ${list.get(id) ?? "(nothing)"}`,
      ].join("\n");
    });
    const head = `${style!.title}\n${style!.listTitle}, ${style!.locale}`;
    const text = `${[head, ...blocks].join("\n\n")}\n`;
    await expect(text).toMatchFileSnapshot(`expected/${name}.txt`);
  });
});
