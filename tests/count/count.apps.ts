// LibreOffice counts the words of the DOCX as we count those of the document.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { countWords } from "../../src/count-words.js";
import type { Template } from "../../src/template.js";
import { wordPolicies } from "../../src/word-policy.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { compileAll, projectOf, withChapter } from "./compiled.js";

/** Dashes part no words, as in Word: LibreOffice has them part words unless told otherwise. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Writer/WordCount"><prop oor:name="AdditionalSeparators" oor:op="fuse"><value></value></prop></item>
</oor:items>`;

/** Returns how many words LibreOffice finds in a DOCX, by the statistics that it saves. */
function wordsByLibreOffice(bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), "reissue-count-"));
  const docx = join(folder, "work.docx");
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  try {
    writeFileSync(docx, bytes);
    mkdirSync(join(folder, "profile/user"), { recursive: true });
    writeFileSync(join(folder, "profile/user/registrymodifications.xcu"), settings);
    execFileSync(
      "soffice",
      [profile, "--headless", "--convert-to", "fodt", "--outdir", folder, docx],
      { stdio: "ignore" },
    );
    const saved = readFileSync(join(folder, "work.fodt"), "utf8");
    return Number(/meta:word-count="(\d+)"/.exec(saved)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const text = `
A well-being of the author’s own “quoted words” (and more) [@smith2000, 4]. L’état, 3.14 and
10,000 words; and/or H2O; 1990–1995, word—word.^[Words of a note; see @jones2001 [p. 12].] What @jones2001 [p. 13] says.

- two items
- of a list

> A quotation of six words only. [@jones2001, 12-13]

\`\`\`
some code_of(five) words here
\`\`\`

## A *heading* below

Ελλάδα и Россия, and 中文字 too.
`;

/** Of the two items above, which LibreOffice counts as words. */
const bullets = 2;

test.each(["chicago", "apa", "ieee"])("LibreOffice counts as many in %s", async (style) => {
  const sample = projectOf("kinds", [style]);
  // LibreOffice also counts the contents and the numbers of pages.
  const template: Template = {
    ...sample.template,
    frontMatter: [{ name: "dedication" }, { name: "abstract" }, { name: "acknowledgements" }],
    pageNumbers: { ...sample.template.pageNumbers, frontMatter: "none", body: "none" },
  };
  const document = compileAll(withChapter({ ...sample, template }, text)).get(style)!;
  const { bytes } = await writeDocx(document, template, new Map());
  const words = countWords(document, { kinds: wordPolicies.all, tolerance: 0 });
  expect(wordsByLibreOffice(bytes)).toBe(words + bullets);
});
