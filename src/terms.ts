// The words that the program itself prints, in the language of the manuscript.
// Words inside citations come from CSL's own locales, not from here.

/** A word or heading that no author wrote. */
export type Term =
  | "abstract"
  | "acknowledgements"
  | "bibliography"
  | "cite-this-work"
  | "cited-in"
  | "cited-in-note"
  | "cited-in-notes"
  | "contents"
  | "dedication"
  | "references";

const terms: Readonly<Record<string, Readonly<Record<Term, string>>>> = {
  en: {
    abstract: "Abstract",
    acknowledgements: "Acknowledgements",
    bibliography: "Bibliography",
    "cite-this-work": "Cite This Work",
    "cited-in": "cited in",
    "cited-in-note": "cited in note",
    "cited-in-notes": "cited in notes",
    contents: "Contents",
    dedication: "Dedication",
    references: "References",
  },
  de: {
    abstract: "Zusammenfassung",
    acknowledgements: "Danksagung",
    bibliography: "Literaturverzeichnis",
    "cite-this-work": "Diese Arbeit zitieren",
    "cited-in": "zitiert in",
    "cited-in-note": "zitiert in Anm.",
    "cited-in-notes": "zitiert in Anm.",
    contents: "Inhaltsverzeichnis",
    dedication: "Widmung",
    references: "Literaturverzeichnis",
  },
  fr: {
    abstract: "Résumé",
    acknowledgements: "Remerciements",
    bibliography: "Bibliographie",
    "cite-this-work": "Citer ce travail",
    "cited-in": "cité dans",
    "cited-in-note": "cité dans la note",
    "cited-in-notes": "cité dans les notes",
    contents: "Table des matières",
    dedication: "Dédicace",
    references: "Références",
  },
  es: {
    abstract: "Resumen",
    acknowledgements: "Agradecimientos",
    bibliography: "Bibliografía",
    "cite-this-work": "Citar este trabajo",
    "cited-in": "citado en",
    "cited-in-note": "citado en la nota",
    "cited-in-notes": "citado en las notas",
    contents: "Índice",
    dedication: "Dedicatoria",
    references: "Referencias",
  },
  it: {
    abstract: "Sommario",
    acknowledgements: "Ringraziamenti",
    bibliography: "Bibliografia",
    "cite-this-work": "Citare questo lavoro",
    "cited-in": "citato in",
    "cited-in-note": "citato nella nota",
    "cited-in-notes": "citato nelle note",
    contents: "Indice",
    dedication: "Dedica",
    references: "Riferimenti bibliografici",
  },
  pt: {
    abstract: "Resumo",
    acknowledgements: "Agradecimentos",
    bibliography: "Bibliografia",
    "cite-this-work": "Citar este trabalho",
    "cited-in": "citado em",
    "cited-in-note": "citado na nota",
    "cited-in-notes": "citado nas notas",
    contents: "Sumário",
    dedication: "Dedicatória",
    references: "Referências",
  },
  nl: {
    abstract: "Samenvatting",
    acknowledgements: "Dankwoord",
    bibliography: "Bibliografie",
    "cite-this-work": "Dit werk citeren",
    "cited-in": "geciteerd in",
    "cited-in-note": "geciteerd in noot",
    "cited-in-notes": "geciteerd in noten",
    contents: "Inhoudsopgave",
    dedication: "Opdracht",
    references: "Literatuurlijst",
  },
  pl: {
    abstract: "Streszczenie",
    acknowledgements: "Podziękowania",
    bibliography: "Bibliografia",
    "cite-this-work": "Cytuj tę pracę",
    "cited-in": "cytowane w:",
    "cited-in-note": "cytowane w przypisie",
    "cited-in-notes": "cytowane w przypisach",
    contents: "Spis treści",
    dedication: "Dedykacja",
    references: "Literatura",
  },
  ru: {
    abstract: "Аннотация",
    acknowledgements: "Благодарности",
    bibliography: "Список литературы",
    "cite-this-work": "Цитировать эту работу",
    "cited-in": "цит. в разделе:",
    "cited-in-note": "цит. в примечании",
    "cited-in-notes": "цит. в примечаниях",
    contents: "Содержание",
    dedication: "Посвящение",
    references: "Список литературы",
  },
};

/** American spellings where they differ from the British ones above. */
const american: Readonly<Partial<Record<Term, string>>> = { acknowledgements: "Acknowledgments" };

/** Returns the term in a language (a BCP 47 tag); in English where the language is not known. */
export function term(name: Term, lang: string): string {
  if (lang === "en-US" && american[name]) return american[name];
  const primary = lang.split("-")[0]?.toLowerCase() ?? "en";
  return (Object.hasOwn(terms, primary) ? terms[primary] : terms.en)![name];
}

/** Whether the program's own words exist in a language, so that none falls back to English. */
export function hasTerms(lang: string): boolean {
  return Object.hasOwn(terms, lang.split("-")[0]?.toLowerCase() ?? "");
}

/** Returns a date in words, such as `13 December 2019`; months and days may be absent. */
export function dateInWords(date: readonly number[], lang: string): string {
  const [year = 0, month, day] = date;
  if (month === undefined) return String(year);
  const format = new Intl.DateTimeFormat(lang, {
    timeZone: "UTC",
    year: "numeric",
    month: "long",
    ...(day !== undefined && { day: "numeric" }),
  });
  return format.format(new Date(Date.UTC(year, month - 1, day ?? 1)));
}
