// Languages as authors name them: a BCP 47 tag, checked, for a slip would leave
// words undivided and unproofed without a sign.

import { didYouMean } from "../nearest.js";
import { isUsual, languageTag } from "./language-names.js";

/** A language in its canonical spelling, or what the author may have meant. */
export type LanguageTag =
  | { readonly tag: string }
  | { readonly tag?: undefined; readonly hints: readonly string[] };

/** Longer words are no tags. */
const LONGEST_TAG = 35;

/**
 * Reads a language tag, such as `fr`, `de-CH` or `zh_Hant`. What is no tag of a
 * language that anybody knows, such as `english` or `jp`, gives hints instead.
 */
export function readLanguageTag(word: string): LanguageTag {
  const wanted = word.trim().replaceAll("_", "-");
  const tag = canonical(wanted);
  if (tag && isKnown(tag)) return { tag };
  const meant = [languageTag(wanted), languageOfRegion(wanted)].find(
    (candidate) => candidate && isKnown(candidate),
  );
  if (meant) return { hints: [`did you mean "${meant}"?`] };
  const near = didYouMean(wanted, usualTags);
  return { hints: near.length ? near : ["write it as en-GB, en-US, de or pt-BR"] };
}

const usualTags = "en-GB en-US de-AT de-CH fr-CA pt-BR sr-Latn zh-Hans zh-Hant".split(" ");

function canonical(word: string): string | undefined {
  if (!/^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i.test(word) || word.length > LONGEST_TAG) return undefined;
  try {
    return Intl.getCanonicalLocales(word)[0];
  } catch {
    return undefined;
  }
}

let languageNames: Intl.DisplayNames | undefined;

function isKnown(tag: string): boolean {
  const language = tag.split("-", 1)[0]!;
  if (isUsual(language)) return true;
  // The names of all languages take longer to load than a short work to read.
  languageNames ??= new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
  return languageNames.of(language) !== undefined;
}

/** Returns the language of a country, whose code is easily taken for it: `jp`, `cz`, `gr`. */
function languageOfRegion(word: string): string | undefined {
  if (!/^[a-z]{2}$/i.test(word)) return undefined;
  const { language } = new Intl.Locale(`und-${word}`).maximize();
  return language === "und" || language === "en" ? undefined : language;
}
