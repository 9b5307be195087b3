// The quotation marks of languages.

/** Opening and closing marks of quotations, and of those within them. */
export interface QuotationMarks {
  readonly double: readonly [open: string, close: string];
  readonly single: readonly [open: string, close: string];
}

const english: QuotationMarks = { double: ["“", "”"], single: ["‘", "’"] };

/** By language tag: the marks for `"…"` and `'…'` (CLDR's delimiters; French with thin spaces). */
const quotesOf = new Map<string, QuotationMarks>([
  ["en", english],
  ["de", { double: ["„", "“"], single: ["‚", "‘"] }],
  ["de-CH", { double: ["«", "»"], single: ["‹", "›"] }],
  ["fr", { double: ["«\u202f", "\u202f»"], single: ["“", "”"] }],
  ["fr-CH", { double: ["«\u202f", "\u202f»"], single: ["‹\u202f", "\u202f›"] }],
  ["es", { double: ["«", "»"], single: ["“", "”"] }],
  ["it", { double: ["«", "»"], single: ["“", "”"] }],
  ["pt", { double: ["«", "»"], single: ["“", "”"] }],
  ["pt-BR", english],
  ["nl", english],
  ["pl", { double: ["„", "”"], single: ["«", "»"] }],
  ["ru", { double: ["«", "»"], single: ["„", "“"] }],
  ["uk", { double: ["«", "»"], single: ["„", "“"] }],
  ["be", { double: ["«", "»"], single: ["„", "“"] }],
  ["bg", { double: ["„", "“"], single: ["’", "‘"] }],
  ["mk", { double: ["„", "“"], single: ["’", "‘"] }],
  ["cs", { double: ["„", "“"], single: ["‚", "‘"] }],
  ["sk", { double: ["„", "“"], single: ["‚", "‘"] }],
  ["sl", { double: ["„", "“"], single: ["‚", "‘"] }],
  ["is", { double: ["„", "“"], single: ["‚", "‘"] }],
  ["hr", { double: ["„", "”"], single: ["‚", "’"] }],
  ["sr", { double: ["„", "”"], single: ["’", "’"] }],
  ["hu", { double: ["„", "”"], single: ["»", "«"] }],
  ["ro", { double: ["„", "”"], single: ["«", "»"] }],
  ["lt", { double: ["„", "“"], single: ["‚", "‘"] }],
  ["et", { double: ["„", "“"], single: ["«", "»"] }],
  ["ka", { double: ["„", "“"], single: ["‚", "‘"] }],
  ["sv", { double: ["”", "”"], single: ["’", "’"] }],
  ["fi", { double: ["”", "”"], single: ["’", "’"] }],
  ["nb", { double: ["«", "»"], single: ["‘", "’"] }],
  ["nn", { double: ["«", "»"], single: ["‘", "’"] }],
  ["no", { double: ["«", "»"], single: ["‘", "’"] }],
  ["el", { double: ["«", "»"], single: ["“", "”"] }],
  ["ca", { double: ["«", "»"], single: ["“", "”"] }],
  ["sq", { double: ["«", "»"], single: ["“", "”"] }],
  ["hy", { double: ["«", "»"], single: ["“", "”"] }],
  ["fa", { double: ["«", "»"], single: ["‹", "›"] }],
  ["he", { double: ["”", "”"], single: ["’", "’"] }],
  ["ja", { double: ["「", "」"], single: ["『", "』"] }],
  ["zh-Hant", { double: ["「", "」"], single: ["『", "』"] }],
]);

/** Returns the marks of a language, a BCP 47 tag; those of English where it is not known. */
export function quotationMarks(lang: string): QuotationMarks {
  const primary = lang.split("-")[0]!.toLowerCase();
  return quotesOf.get(lang) ?? quotesOf.get(primary) ?? english;
}
