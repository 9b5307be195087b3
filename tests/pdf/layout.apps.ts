// The same laws over a thousand documents, more than the quick tests have time for.

import { expect, test } from "vitest";
import { searchFaults } from "./layout-laws.js";
import { shortDocument } from "./random-documents.js";

test("pages of a thousand documents keep their laws", { timeout: 3_600_000 }, () => {
  expect(searchFaults(shortDocument, 1000, 1991)).toEqual([]);
});
