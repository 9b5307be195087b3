// What is said of characters that no font has: of the odd sign that it is missing,
// of a whole script that the PDF cannot be written in it without a font.

import type { Diagnostic } from "../../diagnostic.js";
import type { MissingCharacter } from "./text.js";

/** Scripts that a fallback font of the author's may bring, as people call them. */
const scripts: readonly (readonly [script: RegExp, name: string])[] = [
  [/\p{Script=Han}|\p{Script=Bopomofo}/u, "Chinese"],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, "Japanese"],
  [/\p{Script=Hangul}/u, "Korean"],
  [/\p{Script=Arabic}/u, "Arabic"],
  [/\p{Script=Syriac}/u, "Syriac"],
  [/\p{Script=Armenian}/u, "Armenian"],
  [/\p{Script=Georgian}/u, "Georgian"],
  [/\p{Script=Devanagari}/u, "Devanagari"],
  [/\p{Script=Bengali}/u, "Bengali"],
  [/\p{Script=Tamil}/u, "Tamil"],
  [/\p{Script=Telugu}/u, "Telugu"],
  [/\p{Script=Thai}/u, "Thai"],
  [/\p{Script=Tibetan}/u, "Tibetan"],
  [/\p{Script=Ethiopic}/u, "Ethiopic"],
  [/\p{Script=Mongolian}/u, "Mongolian"],
  [/\p{Script=Coptic}/u, "Coptic"],
  [/\p{Script=Khmer}/u, "Khmer"],
];

const known =
  /\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}|\p{Script=Hebrew}|\p{Script=Common}|\p{Script=Inherited}/u;

/** How many characters of a script are shown. */
const MOST_SHOWN = 5;

/**
 * Returns a `script-unsupported` for each script of which no font has letters, at
 * the first of them, and a `character-missing` for each other character.
 */
export function missingCharacters(missing: readonly MissingCharacter[]): Diagnostic[] {
  const byScript = new Map<string, MissingCharacter[]>();
  const diagnostics: Diagnostic[] = [];
  for (const found of missing) {
    const script = scriptName(found.character);
    if (script === undefined) diagnostics.push(missingCharacter(found));
    else byScript.set(script, [...(byScript.get(script) ?? []), found]);
  }
  for (const [script, found] of byScript) diagnostics.push(unsupportedScript(script, found));
  return diagnostics;
}

/** Returns what the script of a letter is called; `undefined` if our fonts have that script. */
function scriptName(character: string): string | undefined {
  if (known.test(character)) return undefined;
  const found = scripts.find(([script]) => script.test(character));
  if (found) return found[1];
  // A letter of another script; whatever else it is, it is one odd sign.
  return /\p{L}|\p{M}/u.test(character) ? "this" : undefined;
}

function missingCharacter({ character, text, span }: MissingCharacter): Diagnostic {
  return {
    code: "character-missing",
    message: `no font has the character "${character}" (${codePoint(character)}), so the PDF shows a square in "${text}"`,
    ...(span && { span }),
    hints: ['name a font that has it in the template: fonts: { fallback: "fonts/MyFont.ttf" }'],
  };
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

function unsupportedScript(script: string, found: readonly MissingCharacter[]): Diagnostic {
  const shown = found.slice(0, MOST_SHOWN).map(({ character }) => character);
  const more = found.length > MOST_SHOWN ? ` and ${found.length - MOST_SHOWN} more` : "";
  const first = found[0]!;
  return {
    code: "script-unsupported",
    message: `no font has letters of ${script === "this" ? "this script" : `the ${script} script`}, which the PDF needs: ${shown.join(" ")}${more}, first in "${first.text}"`,
    ...(first.span && { span: first.span }),
    hints: [
      'name a font that has them in the manuscript or template: fonts: { fallback: "fonts/MyFont.ttf" }',
      "or write the DOCX alone, for which Word has fonts: --format docx",
    ],
  };
}
