// The real writers on the real work: nothing is lost, and what is taken away
// afterwards is missed.

import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { conserve } from "../../src/conserve.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { loadProject } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import type { Written } from "../../src/written.js";

/** Takes the middle word out of a line; undefined where that leaves a number or nothing. */
function withoutWord(line: string): string | undefined {
  const words = line.split(" ");
  const [taken] = words.splice(words.length >> 1, 1);
  return taken && /\p{L}/u.test(taken) ? words.join(" ") : undefined;
}

describe.each(["chicago", "apa"])("%s", (style) => {
  test("is whole in both formats, and a lost word is missed in either", async () => {
    const { project } = loadProject({ cwd: process.cwd(), style: [style] });
    const diagnostics: Diagnostic[] = [];
    const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
    const document = compile(project!, project!.styles[0]!, report);
    const pagination = await paginate(document, project!.template);
    const files: Record<"docx" | "pdf", Written> = {
      docx: await writeDocx(document, project!.template, pagination.labels),
      pdf: await pagination.write(),
    };
    for (const format of ["docx", "pdf"] as const) {
      const written = files[format];
      expect(conserve(document, written, format)).toEqual([]);
      for (let at = 3; at < written.text.length; at += 61) {
        const maimed = withoutWord(written.text[at]!);
        if (maimed === undefined) continue;
        const text = written.text.with(at, maimed);
        const [lost, ...others] = conserve(document, { ...written, text }, format);
        expect([written.text[at], lost?.message]).toEqual([
          written.text[at],
          expect.stringMatching(/lacks (?:a word|\d words) of the (?:text|notes)/),
        ]);
        expect([written.text[at], ...others.map(({ message }) => message)]).toEqual([
          written.text[at],
        ]);
      }
    }
  });
});
