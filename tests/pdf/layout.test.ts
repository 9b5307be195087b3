import { expect, test } from "vitest";
import { searchFaults } from "./layout-laws.js";
import { randomDocument } from "./random-documents.js";

test("pages keep their laws", { timeout: 3_600_000 }, () => {
  expect(searchFaults(randomDocument, 40, 2019)).toEqual([]);
});
