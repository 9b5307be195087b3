import { expect, test } from "vitest";
import { normalize } from "../../src/conserve.js";

/** The definition, which the program takes a shorter way to for common letters. */
const defined = (text: string) =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{S}]+|[\uFE00-\uFE0F]/gu, "");

test("every letter is compared by its normal form, alone and beside others", () => {
  const differing: string[] = [];
  for (let code = 0; code <= 0xffff; code++) {
    const letter = String.fromCharCode(code);
    const text = `Straße, ${letter}e\u0301 ${letter}`;
    if (normalize(letter) !== defined(letter)) differing.push(code.toString(16));
    if (normalize(`a${letter}b`) !== defined(`a${letter}b`)) differing.push(code.toString(16));
    if (normalize(text) !== defined(text)) differing.push(code.toString(16));
  }
  expect(differing).toEqual([]);
});

test("a long text is compared as a short one is", () => {
  const text = "The “long” text – of 1,024 letters & more. ".repeat(400);
  expect(normalize(text)).toBe(defined(text));
});
