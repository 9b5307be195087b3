// The types and variables of a reference, as CSL 1.0.2 lists them (appendices
// III and IV), and the names that other programs have for some of them.

export type VariableKind = "text" | "markdown" | "title" | "name" | "date";

/** What kind of value each variable of a reference has. */
export const cslVariables: ReadonlyMap<string, VariableKind> = new Map([
  ...of(
    "text",
    "abstract archive archive_collection archive_location archive-place authority",
    "call-number chapter-number citation-key citation-label citation-number collection-number",
    "dimensions division DOI edition event-place first-reference-note-number genre ISBN ISSN issue",
    "jurisdiction keyword language license locator medium note number number-of-pages",
    "number-of-volumes original-publisher original-publisher-place page page-first part-number",
    "PMCID PMID printing-number publisher publisher-place references reviewed-genre scale section",
    "source status supplement-number URL version volume year-suffix",
  ),
  // The blank lines between its paragraphs count.
  ...of("markdown", "annote"),
  ...of(
    "title",
    "collection-title container-title container-title-short event event-title original-title",
    "part-title reviewed-title title title-short volume-title volume-title-short",
  ),
  ...of(
    "name",
    "author chair collection-editor compiler composer container-author contributor curator director",
    "editor editor-translator editorial-director executive-producer guest host illustrator",
    "interviewer narrator organizer original-author performer producer recipient reviewed-author",
    "script-writer series-creator translator",
  ),
  ...of("date", "accessed available-date event-date issued original-date submitted"),
]);

function of(kind: VariableKind, ...names: string[]): [string, VariableKind][] {
  return names
    .join(" ")
    .split(" ")
    .map((name) => [name, kind]);
}

/** The types of a reference. */
export const cslTypes: readonly string[] = [
  "article article-journal article-magazine article-newspaper bill book broadcast chapter classic",
  "collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic",
  "hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet",
  "paper-conference patent performance periodical personal_communication post post-weblog",
  "regulation report review review-book software song speech standard thesis treaty webpage",
]
  .join(" ")
  .split(" ");

/** Fields that are allowed, but print nothing. */
export const unprintedFields: ReadonlySet<string> = new Set(["categories", "custom"]);

/** Other names of variables that are read as these, in CSL-JSON as older programs write it. */
export const variableAliases: ReadonlyMap<string, string> = new Map([
  ["editortranslator", "editor-translator"],
  ["journalAbbreviation", "container-title-short"],
  ["shortTitle", "title-short"],
]);

/** What an author may call a variable, in lower case; named in a hint. */
export const variableSynonyms: Readonly<Record<string, string>> = {
  "access-date": "accessed",
  address: "publisher-place",
  authors: "author",
  booktitle: "container-title",
  container: "container-title",
  date: "issued",
  editors: "editor",
  journal: "container-title",
  lang: "language",
  location: "publisher-place",
  magazine: "container-title",
  newspaper: "container-title",
  pages: "page",
  place: "publisher-place",
  publication: "container-title",
  school: "publisher",
  series: "collection-title",
  subtitle: "title",
  translators: "translator",
  university: "publisher",
  urldate: "accessed",
  website: "container-title",
  year: "issued",
};

/** What an author may call a type, in lower case; named in a hint. */
export const typeSynonyms: Readonly<Record<string, string>> = {
  blog: "post-weblog",
  conference: "paper-conference",
  dissertation: "thesis",
  film: "motion_picture",
  inbook: "chapter",
  incollection: "chapter",
  journal: "article-journal",
  law: "legislation",
  magazine: "article-magazine",
  misc: "document",
  newspaper: "article-newspaper",
  online: "webpage",
  phdthesis: "thesis",
  statute: "legislation",
  techreport: "report",
  website: "webpage",
};
