// Short titles for later notes.

import { describe, expect, it } from "vitest";
import { shortTitle } from "../../src/citation/short-title.js";

describe("short titles", () => {
  it.each([
    ["The wedding party", "Wedding party"],
    ["Interior Chinatown", "Interior Chinatown"],
    [
      "The book by design: The remarkable story of the world’s greatest invention",
      "Book by design",
    ],
    ["Inclusion work: Children of immigrants", "Inclusion work"],
    // No more than four words stay whole.
    ["Wikipedia: Manual of style", "Wikipedia: Manual of style"],
    [
      "Eurasian bridge or murky waters between East and West? Ideas and identity",
      "Eurasian bridge or murky waters between East and West?",
    ],
    ["A <i>tale</i> of two cities: One more time", "<i>tale</i> of two cities"],
    [
      "“A policy: so what?” and other questions of state",
      "“A policy: so what?” and other questions of state",
    ],
    ["The iPhone: Its making and its unmaking", "iPhone"],
    ["The", "The"],
  ])("%s", (title, short) => {
    expect(shortTitle(title)).toBe(short);
  });
});
