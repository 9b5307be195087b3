import { expect, test } from "vitest";
import { hyphenatorFor } from "../../src/write/pdf/hyphenation.js";

function divide(lang: string, word: string): string {
  const places = hyphenatorFor(lang)!(word);
  return [...word]
    .map((letter, index) => (places.includes(index) ? `-${letter}` : letter))
    .join("");
}

test.each([
  ["en-GB", "relationship", "re-la-tion-ship"],
  ["en-US", "relationship", "re-la-tion-ship"],
  ["en-GB", "democracy", "demo-cracy"],
  ["en-US", "democracy", "democ-racy"],
  ["de", "Staatsangehörigkeit", "Staats-an-ge-hö-rig-keit"],
  ["de-CH", "Zusammenarbeit", "Zu-sam-men-ar-beit"],
  ["fr", "gouvernement", "gou-ver-ne-ment"],
  ["es", "constitución", "cons-ti-tu-ción"],
  ["it", "cooperazione", "coo-pe-ra-zio-ne"],
  ["pt", "desenvolvimento", "de-sen-vol-vi-mento"],
  ["nl", "samenwerking", "sa-men-wer-king"],
  ["pl", "współpraca", "współ-pra-ca"],
  ["ru", "сотрудничество", "со-труд-ни-че-ство"],
  ["el", "συνεργασία", "συ-νερ-γα-σία"],
])("in %s, %s is divided as %s", (lang, word, expected) => {
  expect(divide(lang, word)).toBe(expected);
});

test("an unknown region or variant is divided as the language is", () => {
  for (const lang of ["en-CA", "fr-x-old", "DE-Latn-AT", "pt-BR"]) {
    expect(hyphenatorFor(lang)).toBeDefined();
  }
  expect(divide("en-AU", "democracy")).toBe(divide("en-GB", "democracy"));
});

test("a language without patterns is not divided, nor is what is none", () => {
  for (const lang of ["ja", "ar", "", "-", "../../../package", "__proto__", "constructor"]) {
    expect(hyphenatorFor(lang)).toBeUndefined();
  }
});

test("every language that is known has its patterns in the package", () => {
  const known =
    "af be bg bs ca cs cy da de de-1901 de-CH-1901 el en en-GB en-US es et eu fi fr fur ga gl grc hr hsb hu hy ia id is it ka kmr la lt lv mk mn nb nl nn no oc pl pms pt rm ro ru sk sl sq sr sr-Latn sv tk tr uk";
  for (const lang of known.split(" ")) {
    const divide = hyphenatorFor(lang);
    expect([lang, typeof divide?.("international")]).toEqual([lang, "object"]);
  }
});

test("words that are short, in capitals, or change their length in small letters stay whole", () => {
  const divide = hyphenatorFor("en-GB")!;
  for (const word of ["into", "UNESCO", "İstanbulian", "constructor".slice(0, 4), ""]) {
    expect([word, divide(word)]).toEqual([word, []]);
  }
  expect(divide("__proto__")).toEqual([]);
  expect(divide("constructor")).toEqual(
    [3, 8].filter((place) => divide("constructor").includes(place)),
  );
});

test("at least two letters stand before a break, and as many behind it as the language asks", () => {
  const words = "about abolish ideology nationally identity Kazakhstan uneasy policy".split(" ");
  for (const [lang, after] of [
    ["en-GB", 3],
    ["en-US", 3],
    ["fr", 3],
    ["de", 2],
  ] as const) {
    const divide = hyphenatorFor(lang)!;
    for (const word of words) {
      for (const place of divide(word)) {
        expect(place).toBeGreaterThanOrEqual(2);
        expect(word.length - place).toBeGreaterThanOrEqual(after);
      }
    }
  }
});
