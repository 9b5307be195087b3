// Lists of references as manuscripts and profiles ask for them. Each folder of
// cases is a manuscript; expected/ has its text, notes and lists in some styles.

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { conserve } from "../../src/conserve.js";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import { walk } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { printDocument } from "./printed-document.js";

const cases: Readonly<Record<string, readonly string[]>> = {
  annotations: ["chicago", "apa"],
  chapters: ["chicago", "apa", "ieee"],
  "cited-in": ["chicago", "apa", "vancouver"],
  "cited-in-german": ["chicago", "apa"],
  nocite: ["chicago", "apa"],
  "nocite-all": ["chicago", "ieee", "apa"],
  positions: [
    "oscola",
    "./oscola-chapter.yaml",
    "./mhra-chapter.yaml",
    "./ibid-style.yaml",
    "./ibid-strict.yaml",
  ],
  sections: ["chicago", "apa", "ieee"],
  "two-styles": ["as-published", "./numbers-and-names.yaml"],
  unlisted: ["chicago"],
};

const cwdOf = (name: string): string => join(import.meta.dirname, "cases", name);

function compiled(name: string, style: string) {
  const { project, diagnostics, sources } = loadProject({
    manuscript: "manuscript.yaml",
    style: [style],
    cwd: cwdOf(name),
  });
  const all: Diagnostic[] = [...diagnostics];
  const document =
    project && compile(project, project.styles[0]!, (diagnostic) => void all.push(diagnostic));
  return { project, document, diagnostics: all, sources };
}

describe.each(Object.entries(cases))("%s", (name, styles) => {
  test.each(styles)("in %s", async (style) => {
    const { project, document, diagnostics, sources } = compiled(name, style);
    const { id } = project!.styles[0]!;
    const text = [
      printDocument(document!),
      ...diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic, sources)}\n`),
    ].join("\n");
    await expect(text).toMatchFileSnapshot(join(cwdOf(name), "expected", `${id}.txt`));
  });

  test("both formats hold every word, note, citation and entry, and every link has an end", async () => {
    const { project, document } = compiled(name, styles[0]!);
    const { template } = project!;
    const pagination = await paginate(document!, template);
    const docx = await writeDocx(document!, template, pagination.labels);
    expect(conserve(document!, docx, "docx")).toEqual([]);
    expect(conserve(document!, await pagination.write(), "pdf")).toEqual([]);

    const ids: string[] = [];
    const links: string[] = [];
    for (const node of walk(document!.parts.flatMap(({ children }) => children))) {
      if (node.type === "section" || node.type === "entry") ids.push(node.id);
      if (node.type === "note") ids.push(`note-${node.number}`);
      if (node.type === "link" && node.url.startsWith("#")) links.push(node.url.slice(1));
    }
    expect(ids.length).toBe(new Set(ids).size);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
  });
});

test("mistakes are reported with what was meant", async () => {
  const { diagnostics, sources } = compiled("mistakes", "chicago");
  const text = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sources)).join("\n\n");
  await expect(`${text}\n`).toMatchFileSnapshot(
    join(cwdOf("mistakes"), "expected/diagnostics.txt"),
  );
});

test("a profile whose list has an unknown style is refused at its place", () => {
  const { project, diagnostics } = compiled("two-styles", "./unknown-list.yaml");
  expect(project).toBeUndefined();
  expect(diagnostics.map(({ code, span }) => [code, span?.file])).toEqual([
    ["style-unknown", "unknown-list.yaml"],
  ]);
});

test("the dissertation as it was published: Chicago notes, and a list by author and date", () => {
  const cwd = join(import.meta.dirname, "../..");
  const { project } = loadProject({ manuscript: "manuscript", style: ["as-published"], cwd });
  const text = printDocument(compile(project!, project!.styles[0]!, () => {}));
  const [, notes = ""] = /\n\n(\[\^1\]: [\s\S]*?)\n\n# Works Cited/.exec(text) ?? [];
  // The published notes say "Ibid." six times.
  expect(notes.match(/^\[\^\d+\]: Ibid/gm)).toHaveLength(6);
  expect(text).toContain("[^1]: Michael Mandelbaum, *The New Russian Foreign Policy* (New York:");
  expect(text).toContain("Mandelbaum, Michael. 1998. *The New Russian Foreign Policy*. New York:");
});
