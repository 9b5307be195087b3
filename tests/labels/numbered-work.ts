// A work with lists of its figures and tables before it, numbered.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resolveCrossReferences } from "../../src/cross-references.js";
import type { Block, Document, Section } from "../../src/document.js";
import { numberNotes } from "../../src/number.js";
import { numberLabels } from "../../src/number-labels.js";
import type { Template } from "../../src/template.js";
import { documentOfLines } from "./notation.js";
import { templateOf } from "./templates.js";

/** The looks in which the work is written, by the names of what is expected. */
export const looks: Readonly<Record<string, Template>> = {
  "dissertation-decimal": templateOf("dissertation", { numbers: "decimal" }),
  "turabian-chapter": templateOf("turabian", { numbers: "chapter" }),
  "book-chapter-words": templateOf("book", { numbers: "chapter-words" }),
  "apa-student": templateOf("apa-student"),
};

const section = (role: Section["role"], title: string, child: Block): Section => ({
  type: "section",
  id: `sec-front-${role}`,
  role,
  title: [{ type: "text", value: title }],
  children: [child],
});

const text = readFileSync(join(import.meta.dirname, "work.txt"), "utf8");

/** The same work without a reference to a page. */
export const withoutPages = text.replace(/ on \[@\S+\]\{\.page\}/g, "");

/** Returns the work in a template, with its contents and lists. */
export function numberedWork(template: Template, lines = text): Document {
  const work = documentOfLines(lines);
  const front = [
    section("toc", "Contents", { type: "contents", depth: 3 }),
    section("list-of-figures", "Figures", { type: "contents", of: "figure", depth: 1 }),
    section("list-of-tables", "Tables", { type: "contents", of: "table", depth: 1 }),
  ];
  const document: Document = {
    ...work,
    parts: [{ role: "front-matter", children: front }, ...work.parts],
  };
  const report = () => {};
  return resolveCrossReferences(
    numberLabels(numberNotes(document), template, report),
    template,
    report,
  );
}
