// The words that the program itself prints, in the language of the manuscript.
// Words inside citations come from CSL's own locales, not from here.

/** A word or heading that no author wrote. */
export type Term =
  | "abbreviations"
  | "abstract"
  | "acknowledgements"
  | "all-rights-reserved"
  | "bibliography"
  | "candidate"
  | "cite-this-work"
  | "cited-in"
  | "cited-in-note"
  | "cited-in-notes"
  | "colophon"
  | "contents"
  | "copyright"
  | "curriculum-vitae"
  | "declaration"
  | "dedication"
  | "draft"
  | "embargo"
  | "embargo-until"
  | "epigraph"
  | "glossary"
  | "index"
  | "lay-summary"
  | "licensed-under"
  | "list-of-figures"
  | "list-of-tables"
  | "preface"
  | "references"
  | "see"
  | "see-also";

const terms: Readonly<Record<string, Readonly<Record<Term, string>>>> = {
  en: {
    abbreviations: "Abbreviations",
    abstract: "Abstract",
    acknowledgements: "Acknowledgements",
    "all-rights-reserved": "All rights reserved.",
    bibliography: "Bibliography",
    candidate: "Candidate {number}",
    "cite-this-work": "Cite This Work",
    "cited-in": "cited in",
    "cited-in-note": "cited in note",
    "cited-in-notes": "cited in notes",
    colophon: "Colophon",
    contents: "Contents",
    copyright: "Copyright",
    "curriculum-vitae": "Curriculum Vitae",
    declaration: "Declaration",
    dedication: "Dedication",
    draft: "Draft",
    embargo: "Embargo",
    "embargo-until": "This work is under embargo until {date}.",
    epigraph: "Epigraph",
    glossary: "Glossary",
    index: "Index",
    "lay-summary": "Lay Summary",
    "licensed-under": "This work is licensed under {licence}.",
    "list-of-figures": "List of Figures",
    "list-of-tables": "List of Tables",
    preface: "Preface",
    references: "References",
    see: "see",
    "see-also": "see also",
  },
  de: {
    abbreviations: "Abkürzungsverzeichnis",
    abstract: "Zusammenfassung",
    acknowledgements: "Danksagung",
    "all-rights-reserved": "Alle Rechte vorbehalten.",
    bibliography: "Literaturverzeichnis",
    candidate: "Kandidatennummer {number}",
    "cite-this-work": "Diese Arbeit zitieren",
    "cited-in": "zitiert in",
    "cited-in-note": "zitiert in Anm.",
    "cited-in-notes": "zitiert in Anm.",
    colophon: "Kolophon",
    contents: "Inhaltsverzeichnis",
    copyright: "Urheberrecht",
    "curriculum-vitae": "Lebenslauf",
    declaration: "Eidesstattliche Erklärung",
    dedication: "Widmung",
    draft: "Entwurf",
    embargo: "Sperrvermerk",
    "embargo-until": "Diese Arbeit ist bis zum {date} gesperrt.",
    epigraph: "Motto",
    glossary: "Glossar",
    index: "Register",
    "lay-summary": "Allgemeinverständliche Zusammenfassung",
    "licensed-under": "Diese Arbeit ist lizenziert unter {licence}.",
    "list-of-figures": "Abbildungsverzeichnis",
    "list-of-tables": "Tabellenverzeichnis",
    preface: "Vorwort",
    references: "Literaturverzeichnis",
    see: "siehe",
    "see-also": "siehe auch",
  },
  fr: {
    abbreviations: "Liste des abréviations",
    abstract: "Résumé",
    acknowledgements: "Remerciements",
    "all-rights-reserved": "Tous droits réservés.",
    bibliography: "Bibliographie",
    candidate: "Candidat n°\u00A0{number}",
    "cite-this-work": "Citer ce travail",
    "cited-in": "cité dans",
    "cited-in-note": "cité dans la note",
    "cited-in-notes": "cité dans les notes",
    colophon: "Colophon",
    contents: "Table des matières",
    copyright: "Droits d’auteur",
    "curriculum-vitae": "Curriculum vitae",
    declaration: "Déclaration sur l’honneur",
    dedication: "Dédicace",
    draft: "Version provisoire",
    embargo: "Embargo",
    "embargo-until": "Ce travail est sous embargo jusqu’au {date}.",
    epigraph: "Épigraphe",
    glossary: "Glossaire",
    index: "Index",
    "lay-summary": "Résumé vulgarisé",
    "licensed-under": "Ce travail est mis à disposition selon les termes de la licence {licence}.",
    "list-of-figures": "Liste des figures",
    "list-of-tables": "Liste des tableaux",
    preface: "Préface",
    references: "Références",
    see: "voir",
    "see-also": "voir aussi",
  },
  es: {
    abbreviations: "Abreviaturas",
    abstract: "Resumen",
    acknowledgements: "Agradecimientos",
    "all-rights-reserved": "Todos los derechos reservados.",
    bibliography: "Bibliografía",
    candidate: "Candidato {number}",
    "cite-this-work": "Citar este trabajo",
    "cited-in": "citado en",
    "cited-in-note": "citado en la nota",
    "cited-in-notes": "citado en las notas",
    colophon: "Colofón",
    contents: "Índice",
    copyright: "Derechos de autor",
    "curriculum-vitae": "Currículum",
    declaration: "Declaración de autoría",
    dedication: "Dedicatoria",
    draft: "Borrador",
    embargo: "Embargo",
    "embargo-until": "Este trabajo está embargado hasta el {date}.",
    epigraph: "Epígrafe",
    glossary: "Glosario",
    index: "Índice alfabético",
    "lay-summary": "Resumen divulgativo",
    "licensed-under": "Este trabajo se publica bajo la licencia {licence}.",
    "list-of-figures": "Índice de figuras",
    "list-of-tables": "Índice de tablas",
    preface: "Prefacio",
    references: "Referencias",
    see: "véase",
    "see-also": "véase también",
  },
  it: {
    abbreviations: "Abbreviazioni",
    abstract: "Sommario",
    acknowledgements: "Ringraziamenti",
    "all-rights-reserved": "Tutti i diritti riservati.",
    bibliography: "Bibliografia",
    candidate: "Candidato {number}",
    "cite-this-work": "Citare questo lavoro",
    "cited-in": "citato in",
    "cited-in-note": "citato nella nota",
    "cited-in-notes": "citato nelle note",
    colophon: "Colophon",
    contents: "Indice",
    copyright: "Diritto d’autore",
    "curriculum-vitae": "Curriculum vitae",
    declaration: "Dichiarazione di originalità",
    dedication: "Dedica",
    draft: "Bozza",
    embargo: "Embargo",
    "embargo-until": "Questo lavoro è sotto embargo fino al {date}.",
    epigraph: "Epigrafe",
    glossary: "Glossario",
    index: "Indice analitico",
    "lay-summary": "Sintesi divulgativa",
    "licensed-under": "Questo lavoro è distribuito con licenza {licence}.",
    "list-of-figures": "Elenco delle figure",
    "list-of-tables": "Elenco delle tabelle",
    preface: "Prefazione",
    references: "Riferimenti bibliografici",
    see: "vedi",
    "see-also": "vedi anche",
  },
  pt: {
    abbreviations: "Lista de abreviaturas",
    abstract: "Resumo",
    acknowledgements: "Agradecimentos",
    "all-rights-reserved": "Todos os direitos reservados.",
    bibliography: "Bibliografia",
    candidate: "Candidato {number}",
    "cite-this-work": "Citar este trabalho",
    "cited-in": "citado em",
    "cited-in-note": "citado na nota",
    "cited-in-notes": "citado nas notas",
    colophon: "Colofão",
    contents: "Sumário",
    copyright: "Direitos de autor",
    "curriculum-vitae": "Curriculum vitae",
    declaration: "Declaração de autoria",
    dedication: "Dedicatória",
    draft: "Rascunho",
    embargo: "Embargo",
    "embargo-until": "Este trabalho está sob embargo até {date}.",
    epigraph: "Epígrafe",
    glossary: "Glossário",
    index: "Índice remissivo",
    "lay-summary": "Resumo para leigos",
    "licensed-under": "Este trabalho está licenciado sob {licence}.",
    "list-of-figures": "Lista de figuras",
    "list-of-tables": "Lista de tabelas",
    preface: "Prefácio",
    references: "Referências",
    see: "ver",
    "see-also": "ver também",
  },
  nl: {
    abbreviations: "Lijst van afkortingen",
    abstract: "Samenvatting",
    acknowledgements: "Dankwoord",
    "all-rights-reserved": "Alle rechten voorbehouden.",
    bibliography: "Bibliografie",
    candidate: "Kandidaatnummer {number}",
    "cite-this-work": "Dit werk citeren",
    "cited-in": "geciteerd in",
    "cited-in-note": "geciteerd in noot",
    "cited-in-notes": "geciteerd in noten",
    colophon: "Colofon",
    contents: "Inhoudsopgave",
    copyright: "Auteursrecht",
    "curriculum-vitae": "Curriculum vitae",
    declaration: "Verklaring",
    dedication: "Opdracht",
    draft: "Concept",
    embargo: "Embargo",
    "embargo-until": "Op dit werk rust een embargo tot {date}.",
    epigraph: "Motto",
    glossary: "Woordenlijst",
    index: "Register",
    "lay-summary": "Publiekssamenvatting",
    "licensed-under": "Op dit werk is de licentie {licence} van toepassing.",
    "list-of-figures": "Lijst van figuren",
    "list-of-tables": "Lijst van tabellen",
    preface: "Voorwoord",
    references: "Literatuurlijst",
    see: "zie",
    "see-also": "zie ook",
  },
  pl: {
    abbreviations: "Wykaz skrótów",
    abstract: "Streszczenie",
    acknowledgements: "Podziękowania",
    "all-rights-reserved": "Wszelkie prawa zastrzeżone.",
    bibliography: "Bibliografia",
    candidate: "Kandydat nr {number}",
    "cite-this-work": "Cytuj tę pracę",
    "cited-in": "cytowane w:",
    "cited-in-note": "cytowane w przypisie",
    "cited-in-notes": "cytowane w przypisach",
    colophon: "Kolofon",
    contents: "Spis treści",
    copyright: "Prawa autorskie",
    "curriculum-vitae": "Życiorys",
    declaration: "Oświadczenie",
    dedication: "Dedykacja",
    draft: "Wersja robocza",
    embargo: "Embargo",
    "embargo-until": "Praca jest objęta embargiem do {date}.",
    epigraph: "Motto",
    glossary: "Słownik pojęć",
    index: "Indeks",
    "lay-summary": "Streszczenie popularnonaukowe",
    "licensed-under": "Praca jest udostępniona na licencji {licence}.",
    "list-of-figures": "Spis rysunków",
    "list-of-tables": "Spis tabel",
    preface: "Przedmowa",
    references: "Literatura",
    see: "zob.",
    "see-also": "zob. też",
  },
  ru: {
    abbreviations: "Список сокращений",
    abstract: "Аннотация",
    acknowledgements: "Благодарности",
    "all-rights-reserved": "Все права защищены.",
    bibliography: "Список литературы",
    candidate: "Кандидат № {number}",
    "cite-this-work": "Цитировать эту работу",
    "cited-in": "цит. в разделе:",
    "cited-in-note": "цит. в примечании",
    "cited-in-notes": "цит. в примечаниях",
    colophon: "Выходные данные",
    contents: "Содержание",
    copyright: "Авторские права",
    "curriculum-vitae": "Биографические сведения",
    declaration: "Декларация",
    dedication: "Посвящение",
    draft: "Черновик",
    embargo: "Эмбарго",
    "embargo-until": "Доступ к работе ограничен до {date}.",
    epigraph: "Эпиграф",
    glossary: "Глоссарий",
    index: "Указатель",
    "lay-summary": "Краткое изложение для широкого круга читателей",
    "licensed-under": "Работа распространяется на условиях лицензии {licence}.",
    "list-of-figures": "Список рисунков",
    "list-of-tables": "Список таблиц",
    preface: "Предисловие",
    references: "Список литературы",
    see: "см.",
    "see-also": "см. также",
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
