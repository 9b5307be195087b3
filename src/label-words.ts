// The words before numbers, in the language of the text: in captions, in
// headings, and where running text refers to them. Polish and Russian inflect
// theirs by the sentence around, so that running text has them abbreviated.

/** What a word may stand for before a number. */
export type LabelWord =
  | "figure"
  | "table"
  | "equation"
  | "code"
  | "chapter"
  | "section"
  | "appendix"
  | "note";

/** A word as captions and headings begin with it, and as running text has it for one and for several. */
interface WordForms {
  readonly title: string;
  readonly one: string;
  readonly many: string;
}

/** What a language prints with its labels and the references to them. */
export interface LabelLanguage {
  readonly words: Readonly<Record<LabelWord, WordForms>>;
  /** Between the last two of several, and whether a comma stands before it where there are more. */
  readonly and: string;
  readonly hasSerialComma?: boolean;
  /** Between a label and its caption. */
  readonly separator: string;
  /** Before the number of a page. */
  readonly page: string;
  /** Begins the notes below a table or figure in APA's form. */
  readonly note: string;
  /** The numbers of chapters in words, from one on; where they end, numerals are printed. */
  readonly cardinals: readonly string[];
}

const forms = (list: string): Readonly<Record<LabelWord, WordForms>> => {
  const names = [
    "figure",
    "table",
    "equation",
    "code",
    "chapter",
    "section",
    "appendix",
    "note",
  ] as const;
  const rows = list.trim().split(/\s*;\s*/);
  return Object.fromEntries(
    names.map((name, index) => {
      const [title = "", one = "", many = one] = rows[index]!.split(/\s*,\s*/);
      return [name, { title, one, many }];
    }),
  ) as Record<LabelWord, WordForms>;
};

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

const languages = {
  en: {
    words: forms(`
      Figure, figure, figures; Table, table, tables; Equation, equation, equations;
      Listing, listing, listings; Chapter, chapter, chapters; Section, section, sections;
      Appendix, appendix, appendices; Note, note, notes`),
    and: "and",
    hasSerialComma: true,
    separator: ". ",
    page: "p.",
    note: "Note.",
    cardinals: words(
      `One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen
      Fifteen Sixteen Seventeen Eighteen Nineteen Twenty`,
    ),
  },
  de: {
    words: forms(`
      Abbildung, Abbildung, Abbildungen; Tabelle, Tabelle, Tabellen;
      Gleichung, Gleichung, Gleichungen; Listing, Listing, Listings;
      Kapitel, Kapitel, Kapitel; Abschnitt, Abschnitt, Abschnitte; Anhang, Anhang, Anhänge;
      Fußnote, Fußnote, Fußnoten`),
    and: "und",
    separator: ": ",
    page: "S.",
    note: "Anmerkung.",
    cardinals: words(
      `Eins Zwei Drei Vier Fünf Sechs Sieben Acht Neun Zehn Elf Zwölf Dreizehn Vierzehn
      Fünfzehn Sechzehn Siebzehn Achtzehn Neunzehn Zwanzig`,
    ),
  },
  fr: {
    words: forms(`
      Figure, figure, figures; Tableau, tableau, tableaux; Équation, équation, équations;
      Listing, listing, listings; Chapitre, chapitre, chapitres; Section, section, sections;
      Annexe, annexe, annexes; Note, note, notes`),
    and: "et",
    separator: ". ",
    page: "p.",
    note: "Note.",
    cardinals: words(
      `Un Deux Trois Quatre Cinq Six Sept Huit Neuf Dix Onze Douze Treize Quatorze Quinze
      Seize Dix-sept Dix-huit Dix-neuf Vingt`,
    ),
  },
  es: {
    words: forms(`
      Figura, figura, figuras; Tabla, tabla, tablas; Ecuación, ecuación, ecuaciones;
      Listado, listado, listados; Capítulo, capítulo, capítulos; Sección, sección, secciones;
      Apéndice, apéndice, apéndices; Nota, nota, notas`),
    and: "y",
    separator: ". ",
    page: "p.",
    note: "Nota.",
    cardinals: words(
      `Uno Dos Tres Cuatro Cinco Seis Siete Ocho Nueve Diez Once Doce Trece Catorce Quince
      Dieciséis Diecisiete Dieciocho Diecinueve Veinte`,
    ),
  },
  it: {
    words: forms(`
      Figura, figura, figure; Tabella, tabella, tabelle; Equazione, equazione, equazioni;
      Listato, listato, listati; Capitolo, capitolo, capitoli; Sezione, sezione, sezioni;
      Appendice, appendice, appendici; Nota, nota, note`),
    and: "e",
    separator: ". ",
    page: "p.",
    note: "Nota.",
    cardinals: words(
      `Uno Due Tre Quattro Cinque Sei Sette Otto Nove Dieci Undici Dodici Tredici
      Quattordici Quindici Sedici Diciassette Diciotto Diciannove Venti`,
    ),
  },
  pt: {
    words: forms(`
      Figura, figura, figuras; Tabela, tabela, tabelas; Equação, equação, equações;
      Listagem, listagem, listagens; Capítulo, capítulo, capítulos; Seção, seção, seções;
      Apêndice, apêndice, apêndices; Nota, nota, notas`),
    and: "e",
    separator: ". ",
    page: "p.",
    note: "Nota.",
    cardinals: words(
      `Um Dois Três Quatro Cinco Seis Sete Oito Nove Dez Onze Doze Treze Catorze Quinze
      Dezesseis Dezessete Dezoito Dezenove Vinte`,
    ),
  },
  nl: {
    words: forms(`
      Figuur, figuur, figuren; Tabel, tabel, tabellen; Vergelijking, vergelijking, vergelijkingen;
      Listing, listing, listings; Hoofdstuk, hoofdstuk, hoofdstukken;
      Paragraaf, paragraaf, paragrafen; Bijlage, bijlage, bijlagen; Noot, noot, noten`),
    and: "en",
    separator: ". ",
    page: "p.",
    note: "Noot.",
    cardinals: words(
      `Een Twee Drie Vier Vijf Zes Zeven Acht Negen Tien Elf Twaalf Dertien Veertien Vijftien
      Zestien Zeventien Achttien Negentien Twintig`,
    ),
  },
  pl: {
    words: forms(`
      Rysunek, rys.; Tabela, tab.; Równanie, równ.; Listing, list.; Rozdział, rozdz.;
      Podrozdział, podrozdz.; Dodatek, dod.; Przypis, przyp.`),
    and: "i",
    separator: ". ",
    page: "s.",
    note: "Uwaga.",
    cardinals: words(
      `Jeden Dwa Trzy Cztery Pięć Sześć Siedem Osiem Dziewięć Dziesięć Jedenaście Dwanaście
      Trzynaście Czternaście Piętnaście Szesnaście Siedemnaście Osiemnaście Dziewiętnaście
      Dwadzieścia`,
    ),
  },
  ru: {
    words: forms(`
      Рисунок, рис.; Таблица, табл.; Формула, форм.; Листинг, лист.; Глава, гл.;
      Раздел, разд.; Приложение, прил.; Примечание, прим.`),
    and: "и",
    // ГОСТ Р 7.0.11 and 2.105: a dash with spaces.
    separator: " – ",
    page: "с.",
    note: "Примечание.",
    cardinals: words(
      `Один Два Три Четыре Пять Шесть Семь Восемь Девять Десять Одиннадцать Двенадцать
      Тринадцать Четырнадцать Пятнадцать Шестнадцать Семнадцать Восемнадцать Девятнадцать
      Двадцать`,
    ),
  },
} as const satisfies Readonly<Record<string, LabelLanguage>>;

/** Returns the words of a language (a BCP 47 tag); English ones where it is not known. */
export function labelLanguage(lang: string): LabelLanguage {
  const primary = lang.split("-")[0]?.toLowerCase() ?? "en";
  const language: LabelLanguage = Object.hasOwn(languages, primary)
    ? languages[primary as keyof typeof languages]
    : languages.en;
  // European Portuguese spells the word with a c.
  if (lang.toLowerCase() !== "pt-pt") return language;
  return {
    ...language,
    words: { ...language.words, section: { title: "Secção", one: "secção", many: "secções" } },
  };
}

/** Returns a word before the number of something that a reference in running text leads to. */
export function referenceWord(
  word: LabelWord,
  lang: string,
  { several, capital }: { readonly several: boolean; readonly capital: boolean },
): string {
  const { one, many } = labelLanguage(lang).words[word];
  const form = several ? many : one;
  return capital ? form.charAt(0).toUpperCase() + form.slice(1) : form;
}
