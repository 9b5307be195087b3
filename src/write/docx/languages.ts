// Languages and scripts as Word keeps them: each run has a language by which it
// is proofed and divided, and says which of its letters are East Asian or run
// from right to left, for these have fonts of their own (ECMA-376-1, 17.3.2.20,
// 17.3.2.26 and 17.3.2.30).

import type { IRunOptions } from "docx";
import { isEastAsian, isRightToLeft, scriptOf } from "../../languages.js";

/** Returns a language as Word names it, with its region: `en` is `en-US`. */
export function proofingLanguage(lang: string): string {
  const { language, region } = new Intl.Locale(lang).maximize();
  return region ? `${language}-${region}` : language;
}

/** Letters of scripts that Word treats alike. */
export interface ScriptRun {
  readonly text: string;
  /** Absent on Latin, Greek, Cyrillic and all others. */
  readonly script?: "right-to-left" | "east-asian";
}

const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const eastAsian =
  /[\u1100-\u11ff\u2e80-\u303f\u3040-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{1b000}-\u{1b2ff}\u{20000}-\u{3ffff}]/u;
type Script = ScriptRun["script"];

/**
 * Returns a text in runs of one script each. Signs and spaces between two runs of
 * one script belong to it, others to what is around; numbers belong to the
 * letters before them (UAX 9, N0 to N2). `isRightToLeft` says what is around.
 */
export function scriptRuns(text: string, isRightToLeft = false): ScriptRun[] {
  if (!rightToLeft.test(text) && !eastAsian.test(text)) {
    return [{ text, ...(isRightToLeft && !/\p{L}/u.test(text) && { script: "right-to-left" }) }];
  }
  const around: Script = isRightToLeft ? "right-to-left" : undefined;
  const runs: { text: string; script: Script }[] = [];
  const add = (letters: string, script: Script) => {
    const last = runs.at(-1);
    if (last && last.script === script) last.text += letters;
    else if (letters) runs.push({ text: letters, script });
  };
  let held = "";
  let before = around as Script;
  for (const letter of text) {
    const isNumber = /\p{N}/u.test(letter);
    if (!isNumber && /[^\p{L}\p{M}]/u.test(letter) && !eastAsian.test(letter)) {
      held += letter;
      continue;
    }
    const script = isNumber && before !== "east-asian" ? before : scriptOfLetter(letter);
    add(held, script === before ? script : around);
    held = "";
    add(letter, script);
    before = script;
  }
  add(held, around);
  return runs.map(({ text: letters, script }) => ({ text: letters, ...(script && { script }) }));
}

function scriptOfLetter(letter: string): Script {
  if (rightToLeft.test(letter)) return "right-to-left";
  return eastAsian.test(letter) ? "east-asian" : undefined;
}

/** What a run says of its language and script; `lang` is absent where it is the document's. */
export function languageFormat(
  { text, script }: ScriptRun,
  lang: string | undefined,
): Pick<IRunOptions, "font" | "language" | "rightToLeft"> {
  const tag = lang === undefined ? undefined : proofingLanguage(lang);
  switch (script) {
    case "right-to-left":
      return {
        rightToLeft: true,
        ...(lang && tag && isRightToLeft(lang) && { language: { bidirectional: tag } }),
      };
    case "east-asian":
      return {
        font: { eastAsia: eastAsianFont(text, lang), hint: "eastAsia" },
        ...(lang && tag && isEastAsian(lang) && { language: { eastAsia: tag } }),
      };
    case undefined:
      return lang && tag && !isRightToLeft(lang) && !isEastAsian(lang)
        ? { language: { value: tag } }
        : {};
  }
}

/** The font that Word has for East Asian letters, by their script and language. */
function eastAsianFont(text: string, lang: string | undefined): string {
  const script = lang === undefined ? undefined : scriptOf(lang);
  if (/\p{Script=Hangul}/u.test(text) || script === "Kore") return "Batang";
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) || script === "Jpan") {
    return "MS Mincho";
  }
  return script === "Hant" ? "PMingLiU" : "SimSun";
}
