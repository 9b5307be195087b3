// Characters that no document may hold: control characters, noncharacters and
// halves of surrogate pairs. They are taken out as soon as a text is read.

import type { Report, Span } from "../diagnostic.js";

/** All but tab and line feed of the controls; what XML 1.0 cannot hold; U+FDD0 to U+FDEF. */
const invalid =
  /[\0-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What nearly no text has any of, looked for in a fraction of the time. */
const suspect = /[\0-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

/** Returns where a text holds characters that no document may hold. */
export function invalidCharacters(text: string): number[] {
  if (!suspect.test(text)) return [];
  return [...text.matchAll(invalid)].map(({ index }) => index);
}

/** Says which character was taken out, by its code point. */
export function reportInvalidCharacter(character: string, span: Span, report: Report): void {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  report({
    code: "character-invalid",
    message: `the character U+${code} cannot be printed and was left out`,
    span,
    hints: ["it is invisible in most editors; delete it and its neighbours, and type those again"],
  });
}

/** Returns a short text without such characters; the first is reported, at `span`. */
export function validText(text: string, span: Span, report: Report): string {
  const [first] = invalidCharacters(text);
  if (first === undefined) return text;
  reportInvalidCharacter(text.charAt(first), span, report);
  return text.replace(invalid, "");
}
