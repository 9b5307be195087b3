// Editions of a work as both writers print them. Each folder of cases/ is a
// manuscript; expected/ has a folder an edition, with the text of both files, how
// the page looks, and what was reported.

import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { build } from "../../src/commands/build.js";
import { silent } from "../../src/commands/progress.js";
import { loadProject } from "../../src/project.js";
import type { Template } from "../../src/template.js";
import { writtenIn } from "../matter/written-in.js";

const cases = join(import.meta.dirname, "cases");

describe.each([
  ["names", "blind"],
  ["names", "examiner"],
  ["names", "library"],
  ["names", "large-print"],
  ["silent", "blind"],
  ["declared", "proof"],
  ["declared", "jury"],
  ["declared", "deposit"],
])("%s in the edition %s", (name, edition) => {
  test("is as expected", async () => {
    const { docx, pdf, diagnostics, contents, project } = await writtenIn(
      join(cases, name),
      "chicago",
      edition,
    );
    const expected = (file: string) => join(cases, name, "expected", edition, file);
    await expect(docx).toMatchFileSnapshot(expected("docx.txt"));
    await expect(pdf).toMatchFileSnapshot(expected("pdf.txt"));
    await expect(contents).toMatchFileSnapshot(expected("sections.txt"));
    await expect(diagnostics).toMatchFileSnapshot(expected("diagnostics.txt"));
    await expect(looks(project.template)).toMatchFileSnapshot(expected("looks.txt"));
  });
});

/** What of a template an edition may change, in points. */
function looks({ page, fonts, hyphenate, lineNumbers, styles }: Template): string {
  const lines = [
    `margins ${JSON.stringify(page.margins)}, gutter ${page.gutter}`,
    `font ${JSON.stringify(fonts.text)}, hyphenate ${hyphenate}, line numbers ${lineNumbers ?? "none"}`,
    ...(["title", "heading-1", "body", "quotation", "note", "header"] as const).map((name) => {
      const { size, leading, align, before, after } = styles[name];
      return `${name}: ${size} on ${JSON.stringify(leading)}, ${align}, ${before} above, ${after} below`;
    }),
  ];
  return `${lines.join("\n")}\n`;
}

describe("a blind edition", () => {
  const secrets = /doe-?smythe|rothwell|0000-0002-1825-0097|example/i;

  test("names nobody in any part of the DOCX", async () => {
    const { bytes } = await writtenIn(join(cases, "silent"), "chicago", "blind");
    const parts = Object.entries(unzipSync(bytes.docx));
    expect(parts.map(([path]) => path)).toContain("docProps/core.xml");
    for (const [path, part] of parts) {
      expect(Buffer.from(part).toString("utf8"), path).not.toMatch(secrets);
    }
    // The same search finds them where they are not withheld.
    const open = await writtenIn(join(cases, "silent"), "chicago");
    const core = Buffer.from(unzipSync(open.bytes.docx)["docProps/core.xml"]!).toString("utf8");
    expect(core).toMatch(secrets);
  });

  test("names nobody in the PDF, its information or its metadata", async () => {
    const { bytes, pdf } = await writtenIn(join(cases, "silent"), "chicago", "blind");
    expect(pdf).not.toMatch(secrets);
    for (const text of readable(bytes.pdf)) expect(text).not.toMatch(secrets);
    const open = await writtenIn(join(cases, "silent"), "chicago");
    expect(readable(open.bytes.pdf).some((text) => secrets.test(text))).toBe(true);
  });

  test("has no page of references to the work, and its own names of files", async () => {
    const request = {
      manuscript: join(cases, "silent"),
      style: ["chicago"],
      edition: "blind",
      cwd: cases,
      output: "never-written",
      strict: true,
      pid: 1,
      isRunning: () => false,
    };
    const only = build({ ...request, format: ["cite"] }, silent);
    await expect(only).rejects.toThrow(
      'the edition "blind" has no page of references to the work, which would name its author',
    );
  });

  /** The file, what its streams hold, and its texts in UTF-16, as strings. */
  function readable(bytes: Uint8Array): string[] {
    const file = Buffer.from(bytes);
    const latin = file.toString("latin1");
    const streams = [...latin.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: { length } }) => {
      const end = latin.indexOf("endstream", index);
      try {
        return [inflateSync(file.subarray(index + length, end)).toString("latin1")];
      } catch {
        return [];
      }
    });
    return [latin, ...streams].flatMap((text) => [text, text.replaceAll("\0", "")]);
  }
});

test("an unknown edition is refused with the one that was meant", () => {
  const load = (edition: string) => () =>
    loadProject({ manuscript: "declared", edition, cwd: cases });
  expect(load("blnd")).toThrow(
    expect.objectContaining({
      message: 'there is no edition called "blnd"',
      hints: ['did you mean "blind"?'],
    }),
  );
  expect(load("paperback")).toThrow(
    expect.objectContaining({
      hints: [
        "the editions are proof, jury, deposit, narrow, blind, examiner, library, large-print",
      ],
    }),
  );
});

test("an edition cannot leave less than an inch for text", () => {
  const { project, diagnostics } = loadProject({
    manuscript: "declared",
    edition: "narrow",
    cwd: cases,
  });
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    `value-invalid: the margins of the edition "narrow" leave less than an inch of the page's width for text`,
  ]);
  expect(project?.template.page.margins.left).toBeLessThan(72);
});
