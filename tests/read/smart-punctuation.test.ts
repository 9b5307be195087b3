// Typed punctuation -> that of the language.

import { describe, expect, test } from "vitest";
import { readLine } from "./outline.js";

describe("in English", () => {
  test.each([
    [`"a"`, `"“a”"`],
    [`'a'`, `"‘a’"`],
    [`"a 'b' c"`, `"“a ‘b’ c”"`],
    [`'a "b" c'`, `"‘a “b” c’"`],
    [`"'a' b"`, `"“‘a’ b”"`],
    [`don't`, `"don’t"`],
    [`'I don't know'`, `"‘I don’t know’"`],
    [`the states' power`, `"the states’ power"`],
    [`the '90s and '68`, `"the ’90s and ’68"`],
    [`'tis, 'em and rock 'n' roll`, `"’tis, ’em and rock ’n’ roll"`],
    [`("a")`, `"(“a”)"`],
    [`a--"b"`, `"a–“b”"`],
    [`a -- b --- c`, `"a – b — c"`],
    [`2005--2015`, `"2005–2015"`],
    [`a...`, `"a…"`],
    [`"a...`, `"“a…"`],
    [`a "*b*" c`, `"a “" emphasis("b") "” c"`],
    [`*"a" b*`, `emphasis("“a” b")`],
    [`"*a*'s"`, `"“" emphasis("a") "’s”"`],
    [`'alliance' [@a].`, `"‘alliance’ " cite(@a) "."`],
    [`"alliance"[@a].`, `"“alliance”" cite(@a) "."`],
    [`"@a says"`, `"“" narrative(@a) " says”"`],
    [`"[@a]"`, `"“" cite(@a) "”"`],
    ["`\"a\" -- 'b'`", `inlineCode("\\"a\\" -- 'b'")`],
    [`"\`a\`"`, `"“" inlineCode("a") "”"`],
    [`https://a.org/--/"b"`, `"https://a.org/--/“b”"`],
    [`'see https://a.org/b--c.'`, `"‘see https://a.org/b--c.’"`],
    [`\\"a\\" \\'b\\' \\-- \\...`, `"\\"a\\" 'b' -- ..."`],
    [`5' 10"`, `"5’ 10”"`],
    [`“a” ‘b’ c’s`, `"“a” ‘b’ c’s"`],
  ])("%s", (text, expected) => {
    expect(readLine(text, "en-GB")).toBe(expected);
  });
});

describe("in other languages", () => {
  test.each([
    ["en-US", "“a ‘b’”"],
    ["de", "„a ‚b‘“"],
    ["de-CH", "«a ‹b›»"],
    ["fr", "«\u202fa “b”\u202f»"],
    ["es", "«a “b”»"],
    ["it", "«a “b”»"],
    ["pt", "«a “b”»"],
    ["pt-BR", "“a ‘b’”"],
    ["nl", "“a ‘b’”"],
    ["pl", "„a «b»”"],
    ["ru", "«a „b“»"],
    ["xx", "“a ‘b’”"],
  ])("%s", (lang, expected) => {
    expect(readLine(`"a 'b'"`, lang)).toBe(JSON.stringify(expected));
  });

  test("an apostrophe is one in any of them", () => {
    for (const lang of ["de", "fr", "ru"])
      expect(readLine("l'idée d'une", lang)).toBe('"l’idée d’une"');
  });
});
