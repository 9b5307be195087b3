// What is cited is counted alike in the manuscript, in the document and in the
// files; and what a file loses is missed, by its place in the manuscript.

import { describe, expect, test } from "vitest";
import { assemble } from "../../src/assemble.js";
import { audit, differences, showsLocator } from "../../src/audit.js";
import { printedVariables } from "../../src/citation/csl-styles.js";
import { compile } from "../../src/compile.js";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import type { Document } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import type { Written } from "../../src/written.js";

describe("a locator", () => {
  test.each([
    ["155", "Hopf, Social Construction, 155."],
    ["4-6", "Mandelbaum, The New Russian Foreign Policy, 4–6."],
    ["582-623", "Yarashevich 2014, 582–623"],
    ["582-623", "Yarashevich 2014, 582–3"],
    ["582-583", "Yarashevich 2014, 582-83"],
    ["582-3", "Yarashevich 2014: 582–583"],
    ["xii", "(Smith 2000, p. xii)"],
    ["xii-xv", "(Smith 2000, pp. XII–XV)"],
    ["33-35, 38", "ibid 33–5, 38"],
    ["45", "Smith (n 12) 45"],
    ["7", "⟨1(p7)⟩"],
    ["12a", "Smith, 12a"],
    ["Einbildungskraft", "Grimm, s.v. “Einbildungskraft”"],
    ["14", "[3], Kap. 14"],
    ["5", "Ebd., S. 5."],
  ])("%s stands in %s", (locator, printed) => {
    expect(showsLocator(locator, printed)).toBe(true);
  });

  test.each([
    ["155", "Hopf, Social Construction."],
    ["155", "Hopf, Social Construction, 1550."],
    ["4-6", "Mandelbaum, 4."],
    ["4-6", "Mandelbaum, 4, 6."],
    ["4-6", "Mandelbaum, 4–7."],
    ["582-623", "Yarashevich 2014, 582–33"],
    ["xii", "(Smith 2000, p. xiii)"],
    ["33-35, 38", "ibid 33–5"],
    ["7", "Smith 1997"],
    ["4-6", "(Mandelbaum, 19984–6)"],
  ])("%s does not stand in %s", (locator, printed) => {
    expect(showsLocator(locator, printed)).toBe(false);
  });
});

const { project, sources } = loadProject({
  cwd: process.cwd(),
  manuscript: "manuscript/dissertation.yaml",
  style: ["chicago", "apa", "ieee"],
});

/** The dissertation in a style, and what is counted of it in files that `damage` has changed. */
async function auditOf(index: number, damage = (written: Written): Written => written) {
  const style = project!.styles[index]!;
  const document = compile(project!, style, () => {});
  const pagination = await paginate(document, project!.template);
  const outputs = [
    {
      format: "docx",
      written: damage(await writeDocx(document, project!.template, pagination.labels)),
    },
    { format: "pdf", written: damage(await pagination.write()) },
  ];
  const diagnostics: Diagnostic[] = [];
  const audited = audit(
    assemble(project!.manuscript, project!.template, ""),
    document,
    outputs,
    project!.bibliography.references,
    {
      id: style.id,
      isNumeric: style.csl.format === "numeric",
      printsLocators: printedVariables(style.csl.source(), "citation").has("locator"),
    },
    (diagnostic) => void diagnostics.push(diagnostic),
  );
  return {
    audited,
    differences: differences(audited),
    printed: diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sources)),
  };
}

describe.each([
  ["chicago", 0, 79],
  ["apa", 1, 0],
  ["ieee", 2, 0],
] as const)("the dissertation in %s", (_, index, notes) => {
  test("has the same counts everywhere", async () => {
    const { audited, differences, printed } = await auditOf(index);
    expect(printed).toEqual([]);
    expect(differences).toEqual([]);
    const kept = { works: 44, citations: 79, items: 81, locators: 54, quotations: 1 };
    expect(audited.source).toEqual({ ...kept, notes: 0, entries: 0 });
    const placed = { ...kept, notes, entries: 44 };
    expect(audited.document).toEqual(placed);
    expect(audited.outputs).toEqual([
      { format: "docx", tally: placed },
      { format: "pdf", tally: placed },
    ]);
  });
});

describe("a file that lost something is told", () => {
  test("of a locator", async () => {
    const { differences, printed } = await auditOf(1, (written) => ({
      ...written,
      citations: written.citations.with(1, "(Hopf, 2002)"),
    }));
    expect(differences).toEqual(["docx locators", "pdf locators"]);
    expect(printed.map((text) => text.split("\n")[0])).toEqual([
      'manuscript/dissertation.yaml:30:804: error: the DOCX lacks the locator "155" in "(Hopf, 2002)" (locator-lost)',
      'manuscript/dissertation.yaml:30:804: error: the PDF lacks the locator "155" in "(Hopf, 2002)" (locator-lost)',
    ]);
  });

  test("of a whole citation, the others being paired with their own", async () => {
    const { differences, printed } = await auditOf(1, (written) => ({
      ...written,
      citations: written.citations.toSpliced(1, 1),
    }));
    expect(differences).toEqual(
      ["docx", "pdf"].flatMap((format) =>
        ["works", "citations", "items", "locators"].map((kind) => `${format} ${kind}`),
      ),
    );
    expect(printed.map((text) => text.split("\n")[0])).toEqual([
      'manuscript/dissertation.yaml:30:803: error: the DOCX lacks the citation "(Hopf, 2002, p. 155)" (citation-lost)',
      'manuscript/dissertation.yaml:30:803: error: the PDF lacks the citation "(Hopf, 2002, p. 155)" (citation-lost)',
    ]);
  });

  test("of other words than the document has", async () => {
    const { printed } = await auditOf(2, (written) => ({
      ...written,
      citations: written.citations.with(1, "[3, p. 155]"),
    }));
    expect(printed.map((text) => text.split("\n")[0])).toEqual([
      'manuscript/dissertation.yaml:30:803: error: the DOCX has "[3, p. 155]" for the citation "[2, p. 155]" (citation-lost)',
      'manuscript/dissertation.yaml:30:803: error: the PDF has "[3, p. 155]" for the citation "[2, p. 155]" (citation-lost)',
    ]);
  });

  test("of a quotation, a note and an entry", async () => {
    const { differences } = await auditOf(0, (written) => ({
      ...written,
      notes: written.notes - 1,
      entries: written.entries - 1,
      text: written.text.filter((line) => !line.includes("allies could be tomorrow")),
    }));
    expect(differences).toEqual(
      ["docx", "pdf"].flatMap((format) =>
        ["quotations", "notes", "entries"].map((kind) => `${format} ${kind}`),
      ),
    );
  });
});

test("a quotation that a page divides is counted, and among many of the same words each", () => {
  const text = (value: string) => ({ type: "text" as const, value });
  const lines: string[] = [];
  const paragraphs = Array.from({ length: 400 }, (_, index) => {
    lines.push(`He said “this is what we`, "A note.", "12", `all want ${index}” and went.`);
    return {
      type: "paragraph" as const,
      children: [text(`He said “this is what we all want ${index}” and went.`)],
    };
  });
  const document: Document = {
    metadata: { title: [], author: [], lang: "en-GB", keywords: [] },
    parts: [{ role: "body", children: paragraphs }],
  };
  const count = (shown: readonly string[]) => {
    const written = {
      bytes: new Uint8Array(),
      text: shown,
      notes: 0,
      entries: 0,
      equations: 0,
      images: 0,
      citations: [],
    };
    const style = { id: "any", isNumeric: false, printsLocators: true };
    const outputs = [{ format: "pdf", written }];
    return audit(document, document, outputs, new Map(), style, () => {}).outputs[0]!.tally
      .quotations;
  };
  expect(count(lines)).toBe(400);
  expect(count(lines.filter((line) => !line.includes("want 399")))).toBe(399);
});
