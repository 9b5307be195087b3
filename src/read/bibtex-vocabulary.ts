// The words of BibTeX and BibLaTeX: types, fields, and how CSL has them where
// citation-js has something else.

/** BibLaTeX's types and BibTeX's, as CSL has them; the rest is left to citation-js. */
export const types = new Map(
  Object.entries({
    archival: "document",
    artwork: "graphic",
    bookinbook: "chapter",
    booklet: "pamphlet",
    image: "figure",
    inreference: "entry-encyclopedia",
    manual: "book",
    newspaper: "article-newspaper",
    magazine: "article-magazine",
    report: "report",
    suppbook: "chapter",
    suppcollection: "chapter",
    suppperiodical: "article-journal",
    thesis: "thesis",
  }),
);

/** Types that citation-js has no mapping of fields for -> those whose fields are the same. */
export const similar = new Map(
  Object.entries({
    bookinbook: "inbook",
    suppbook: "inbook",
    suppcollection: "incollection",
    suppperiodical: "article",
    newspaper: "article",
    magazine: "article",
    conference: "inproceedings",
    archival: "misc",
  }),
);

export const knownTypes = new Set(
  `article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection
  suppcollection dataset manual misc online patent periodical suppperiodical proceedings
  mvproceedings inproceedings reference mvreference inreference report software thesis unpublished
  artwork audio image jurisdiction legislation legal letter movie music performance review standard
  video conference electronic mastersthesis phdthesis techreport www newspaper magazine archival`.split(
    /\s+/,
  ),
);

/** Entries that are no works. */
export const containers = new Set(["xdata", "set", "comment"]);

export const nameFields = new Set(
  "author editor editora editorb editorc translator bookauthor holder origauthor".split(" "),
);

/** Titles that English gives in title case, and a bibliography stores in sentence case. */
export const titleFields = new Set(["title", "booktitle", "maintitle", "issuetitle", "shorttitle"]);

/** Fields that are printed letter by letter. */
export const verbatimFields = new Set(["url", "doi", "eprint", "isbn", "issn", "pmid", "pmcid"]);

export const dateFields = new Map([
  ["urldate", "accessed"],
  ["lastchecked", "accessed"],
  ["lastaccessed", "accessed"],
  ["accessed", "accessed"],
  ["eventdate", "event-date"],
  ["origdate", "original-date"],
]);

/** Other texts: as citation-js knows them. */
export const textFields = new Set(
  `abstract addendum address annotation annote archiveprefix bookpagination chapter edition
  editortype eid entrysubtype eprintclass eprinttype eventtitle eventtitleaddon howpublished
  institution issue journal journalsubtitle journaltitle keywords library location note number
  numpages organization origlocation origpublisher origtitle pages pagetotal part primaryclass
  publisher pubstate school series shortjournal shortseries type venue version volume volumes`.split(
    /\s+/,
  ),
);

/** Read here, in one way or another. */
export const otherFields = `booksubtitle booktitleaddon crossref date day hyphenation issuesubtitle
  issuetitleaddon journaltitleaddon langid language mainsubtitle maintitleaddon month options
  subtitle titleaddon xdata year`.split(/\s+/);

export const printedFields = [
  ...nameFields,
  ...titleFields,
  ...verbatimFields,
  ...dateFields.keys(),
  ...textFields,
  ...otherFields,
];

/** Fields of programs and of BibLaTeX that print nothing; never taken for a slip. */
export const quietFields = new Set(
  `afterword annotator authortype collaborator commentator copyright entryset execute file foreword
  gender groups ids indextitle indexsorttitle introduction isan ismn isrn iswc key keyword label
  langidopts mendeley-tags nameaddon namea nameb namec origlanguage owner pagination pdf presort
  related relatedoptions relatedstring relatedtype reprinttitle shortauthor shorteditor shorthand
  shorthandintro sortkey sortname sortshorthand sorttitle sortyear timestamp usera userb userc
  userd usere userf verba verbb verbc xref review rating language-code place tags notes city source`.split(
    /\s+/,
  ),
);

export const genres = new Map(
  Object.entries({
    bathesis: "Bachelor’s thesis",
    mathesis: "Master’s thesis",
    phdthesis: "PhD thesis",
    candthesis: "Candidate thesis",
    techreport: "Technical report",
    resreport: "Research report",
    software: "Computer software",
    datacd: "Data CD",
    audiocd: "Audio CD",
    patent: "Patent",
    patentde: "German patent",
    patenteu: "European patent",
    patentfr: "French patent",
    patentuk: "British patent",
    patentus: "U.S. patent",
    patreq: "Patent request",
  }),
);

/** What an editor has done, if not edited. */
export const editorTypes = new Map(
  Object.entries({
    compiler: "compiler",
    director: "director",
    editor: "editor",
    illustrator: "illustrator",
    organizer: "organizer",
    translator: "translator",
  }),
);

/** Where the text of a CSL variable may come from, best first. */
export const sources = new Map(
  Object.entries({
    "chapter-number": ["chapter"],
    "collection-number": ["number"],
    "collection-title": ["series"],
    "collection-title-short": ["shortseries"],
    "container-author": ["bookauthor"],
    "container-title": ["journaltitle", "journal", "booktitle", "maintitle"],
    "container-title-short": ["shortjournal"],
    "event-place": ["venue"],
    "event-title": ["eventtitle"],
    "number-of-pages": ["pagetotal", "numpages"],
    "number-of-volumes": ["volumes"],
    "part-number": ["part"],
    "publisher-place": ["location", "address"],
    "title-short": ["shorttitle"],
    "volume-title": ["issuetitle", "booktitle"],
    annote: ["annotation", "annote"],
    archive_location: ["library"],
    genre: ["type", "entrysubtype"],
    issue: ["number", "issue"],
    keyword: ["keywords"],
    language: ["langid", "language", "hyphenation"],
    note: ["note", "addendum"],
    number: ["number", "eid"],
    page: ["pages"],
    publisher: ["publisher", "institution", "school", "organization", "howpublished"],
    status: ["pubstate", "year"],
  }),
);
