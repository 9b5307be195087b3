// Numbers and cross-references as works print them, by template and language.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resolveCrossReferences } from "../../src/cross-references.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { numberLabels } from "../../src/number-labels.js";
import { withNumbering } from "../../src/read/numbering.js";
import { readTemplate } from "../../src/read/template.js";
import type { Template } from "../../src/template.js";
import { documentOfLines } from "./notation.js";
import { printedLabels } from "./printed-labels.js";

function templateOf(id: string, numbering: Parameters<typeof withNumbering>[1] = {}): Template {
  const file = join(import.meta.dirname, `../../templates/${id}.yaml`);
  const template = readTemplate({ file, text: readFileSync(file, "utf8") }, id, (found) => {
    throw new Error(found.message);
  });
  return withNumbering(template!, numbering);
}

function print(text: string, template: Template, lang?: string) {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic) => void diagnostics.push(found);
  const numbered = numberLabels(documentOfLines(text, lang), template, report);
  const document = resolveCrossReferences(numbered, template, report);
  return { lines: printedLabels(document), diagnostics };
}

const work = `
# Introduction {#sec:intro}
See @fig:map and [-@tbl:a]. @fig:map shows it.
fig:map A map
## Method {#sec:method}
tbl:a A table
eq:one x
eq y
# Results {#sec:results}
fig:two The second
fig:three The third
fig:four The fourth
fig Without a label
eq:two z
lst:code A program
As [@fig:two; @fig:three; @fig:four], [@eq:one; @eq:two], @sec:method, @sec:results and @lst:code show.
## Detail {#sec:detail}
# Conclusion {#sec:end .unnumbered}
fig:end The end
See [@sec:end], @sec:app, @fig:end, [@fig:app; @tbl:a] and @sec:deep.
# Interviews {#sec:app .appendix}
fig:app In the appendix
## Questions {#sec:deep}
# Letters {.appendix}
# References {.bibliography}
`;

describe("a work", () => {
  test.each([
    ["dissertation", {}],
    ["dissertation", { numbers: "decimal" }],
    ["book", { numbers: "chapter-words", depth: 1 }],
    ["turabian", { numbers: "chapter" }],
    ["apa-student", {}],
  ] as const)("in %s with %o", async (id, numbering) => {
    const { lines } = print(work, templateOf(id, numbering));
    const name = Object.values({ id, ...numbering }).join("-");
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`expected/${name}.txt`);
  });
});
