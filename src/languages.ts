// What a language says of how its text is written, by its BCP 47 tag.

const scripts = new Map<string, string | undefined>();

/** Scripts that run from right to left, as ISO 15924 names them. */
const rightToLeft: ReadonlySet<string> = new Set([
  "Adlm",
  "Arab",
  "Aran",
  "Hebr",
  "Mand",
  "Nkoo",
  "Rohg",
  "Samr",
  "Syrc",
  "Thaa",
]);

/** Scripts that Word counts as East Asian. */
const eastAsian: ReadonlySet<string> = new Set([
  "Bopo",
  "Hang",
  "Hani",
  "Hans",
  "Hant",
  "Hrkt",
  "Jpan",
  "Kore",
]);

/** Returns the script in which a language is usually written, as ISO 15924 names it. */
export function scriptOf(lang: string): string | undefined {
  if (!scripts.has(lang)) scripts.set(lang, likelyScript(lang));
  return scripts.get(lang);
}

function likelyScript(lang: string): string | undefined {
  try {
    return new Intl.Locale(lang).maximize().script;
  } catch {
    return undefined;
  }
}

/** Whether a language is written from right to left. */
export function isRightToLeft(lang: string): boolean {
  return rightToLeft.has(scriptOf(lang) ?? "");
}

/** Whether a language is written in Chinese, Japanese or Korean letters. */
export function isEastAsian(lang: string): boolean {
  return eastAsian.has(scriptOf(lang) ?? "");
}
