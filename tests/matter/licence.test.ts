// The short names of licences, and what a copyright page makes of them.

import { expect, test } from "vitest";
import { creativeCommons, licenceNames } from "../../src/licence.js";

test.each([
  ["CC BY 4.0", "CC BY 4.0", "by/4.0"],
  ["cc-by-nc-sa-3.0", "CC BY-NC-SA 3.0", "by-nc-sa/3.0"],
  ["CC BY NC ND", "CC BY-NC-ND 4.0", "by-nc-nd/4.0"],
])("%s is a licence", (text, short, path) => {
  const licence = creativeCommons(text);
  expect(licence?.name).toContain(`(${short})`);
  expect(licence?.url).toBe(`https://creativecommons.org/licenses/${path}/`);
});

test.each(["CC0", "CC0 1.0", "cc0-1.0"])("%s is the public domain", (text) => {
  expect(creativeCommons(text)?.url).toBe("https://creativecommons.org/publicdomain/zero/1.0/");
});

test.each(["CC", "CC BY-XX 4.0", "CC BY 5.0", "CC0 4.0", "MIT", "", "CC BY 4.0 or later"])(
  "%j is none",
  (text) => {
    expect(creativeCommons(text)).toBeUndefined();
  },
);

test("every name that a hint gives is one", () => {
  for (const name of licenceNames) expect(creativeCommons(name), name).toBeDefined();
});

test("a long text of letters and hyphens is read in linear time", () => {
  expect(creativeCommons(`CC ${"BY-".repeat(100_000)}`)).toBeUndefined();
});
