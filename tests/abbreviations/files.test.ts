// Abbreviations and glossaries from the manuscript on, in both files: each folder
// of cases is a work.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { expectFiles } from "../manuscript-files.js";

const cases = join(import.meta.dirname, "cases");

test.each(readdirSync(cases))("%s", async (name) => {
  await expectFiles(join(cases, name), "chicago");
});
