// Indexes from the manuscript on, in both files: each folder of cases is a work.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compiledManuscript, expectFiles } from "../manuscript-files.js";

const cases = join(import.meta.dirname, "cases");

test.each(readdirSync(cases).filter((name) => name !== "mistakes"))("%s", async (name) => {
  await expectFiles(join(cases, name), "chicago");
});

test("mistakes are reported at their places", async () => {
  const { diagnostics } = compiledManuscript(join(cases, "mistakes"), "chicago");
  await expect(diagnostics).toMatchFileSnapshot(join(cases, "mistakes/expected/diagnostics.txt"));
});
