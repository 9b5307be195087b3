// The names that bibliographies give to languages -> BCP 47 tags.

const byName = new Map(
  `en: english, eng, anglais, usenglish, american; en-GB: british, ukenglish, uk english; en-US: us english;
  en-CA: canadian; en-AU: australian; en-NZ: newzealand;
  de: german, ngerman, deutsch, ger, deu; de-AT: austrian, naustrian; de-CH: swissgerman, nswissgerman;
  fr: french, francais, français, frenchb, fre, fra; fr-CA: acadian, canadien;
  es: spanish, español, espanol, spa, castilian; it: italian, italiano, ita;
  pt: portuguese, português, portugues, portuges, por; pt-BR: brazilian, brazil;
  nl: dutch, nederlands, dut, nld; pl: polish, polski, pol; ru: russian, rus, русский;
  uk: ukrainian, ukr; be: belarusian; bg: bulgarian; cs: czech, cze, ces; sk: slovak; sl: slovene, slovenian;
  hr: croatian; sr: serbian; bs: bosnian; mk: macedonian; sq: albanian; ro: romanian; hu: hungarian, magyar;
  da: danish, dan; sv: swedish, swe; nb: norwegian, norsk, bokmal; nn: nynorsk; is: icelandic; fi: finnish;
  et: estonian; lv: latvian; lt: lithuanian; el: greek, polygreek, gre, ell; grc: ancientgreek; la: latin, lat;
  tr: turkish, tur; kk: kazakh, kaz; ky: kyrgyz; uz: uzbek; tg: tajik; az: azerbaijani; hy: armenian; ka: georgian;
  fa: persian, farsi; ar: arabic, ara; he: hebrew, heb; hi: hindi; ur: urdu; bn: bengali; ta: tamil;
  zh: chinese, chi, zho; ja: japanese, jpn; ko: korean, kor; vi: vietnamese; th: thai; id: indonesian, bahasai;
  ms: malay, bahasam; ca: catalan; gl: galician; eu: basque; cy: welsh; ga: irish; gd: scottish; mn: mongolian;
  af: afrikaans; sw: swahili; eo: esperanto`
    .split(";")
    .flatMap((line) => {
      const [tag = "", names = ""] = line.trim().split(": ");
      return names.split(", ").map((name) => [name, tag] as const);
    }),
);

const usualTags = new Set(byName.values());

/** Whether a tag is that of a language whose names are known here. */
export function isUsual(tag: string): boolean {
  return usualTags.has(tag);
}

/**
 * Returns the tag of a language: of a name in English or its own language, of
 * one of babel's names (`ngerman`), of a code of two or three letters, or of a
 * tag itself; undefined if nobody knows it.
 */
export function languageTag(name: string): string | undefined {
  const wanted = name.trim().toLowerCase().replace(/^lang/, "");
  const known = byName.get(wanted);
  if (known) return known;
  if (!/^[a-z]{2}([-_][a-z]{4})?([-_][a-z]{2})?$/.test(wanted)) return undefined;
  return Intl.getCanonicalLocales(wanted.replaceAll("_", "-"))[0];
}
