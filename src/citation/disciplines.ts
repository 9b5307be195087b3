// The fields that styles are of. The bundle leaves out the categories of a
// style, so they are told by the words of its id and title.

/**
 * The fields by their names in CSL (CSL 1.0.2, appendix "Categories"), each with
 * the beginnings of words that tell it, in the languages of the styles.
 */
const stems: Readonly<Record<string, readonly string[]>> = {
  anthropology: ["anthropo", "antropo", "ethnog", "ethnol", "folklor"],
  archaeology: ["archaeo", "archeo", "archäo", "arqueo", "antiqu"],
  astronomy: ["astro", "icarus", "planet", "space"],
  biology: [
    "bio",
    "cell",
    "ecolog",
    "evolution",
    "genet",
    "genom",
    "microb",
    "molecul",
    "organism",
  ],
  botany: ["botan", "crop", "forest", "fungal", "mycolog", "phyto", "plant", "weed"],
  chemistry: ["chem", "chim", "chimi", "crystal", "electrochem", "polymer", "quimic", "spectr"],
  communications: ["communicat", "journalis", "media", "mass"],
  computing: ["comput", "informat", "machine", "software", "acm"],
  economics: ["business", "economi", "économi", "finan", "management", "marketing", "wirtschaft"],
  education: ["educa", "éduca", "learning", "pedagog", "pädagog", "school", "teach"],
  engineering: [
    "aeronaut",
    "civil",
    "energ",
    "engineer",
    "ieee",
    "ingenier",
    "manufactur",
    "mechani",
  ],
  geography: ["cartogra", "geograf", "geograph", "géograph", "landscape", "urban"],
  geology: ["earth", "geochem", "geolog", "geophys", "mineral", "paleont", "palaeont", "sediment"],
  history: ["histor", "geschicht", "medieval", "mittelalter"],
  humanities: [
    "chicago",
    "classic",
    "cultur",
    "geisteswissenschaft",
    "humanit",
    "mhra",
    "mla",
    "turabian",
  ],
  law: ["bluebook", "droit", "jurid", "juris", "justi", "law", "legal", "oscola", "recht"],
  linguistics: ["langu", "linguist", "lingüí", "phonet", "sprach", "unified"],
  literature: ["literat", "littérat", "modern-language", "poet"],
  mathematics: ["algebra", "mathemat", "math", "statist", "siam"],
  medicine: [
    "anesth",
    "anaesth",
    "cancer",
    "cardio",
    "clinic",
    "dent",
    "diabet",
    "epidemi",
    "health",
    "hospital",
    "immun",
    "lancet",
    "medic",
    "médec",
    "medizin",
    "neuro",
    "nurs",
    "oncol",
    "patholog",
    "pharma",
    "physio",
    "psychiat",
    "radiolog",
    "surg",
    "toxic",
    "vancouver",
    "virol",
  ],
  philosophy: ["ethic", "philosoph", "filosof"],
  physics: ["acoust", "nuclear", "optic", "photon", "physic", "physik", "quantum"],
  "political-science": [
    "democra",
    "diplom",
    "foreign",
    "government",
    "international-relations",
    "polic",
    "politi",
    "sciences-po",
  ],
  psychology: ["apa", "behavi", "cognit", "psycholog", "psychother"],
  sociology: [
    "gender",
    "migration",
    "population",
    "social",
    "sociolog",
    "soziolog",
    "sociedad",
    "society",
  ],
  theology: ["bibl", "catholic", "christian", "relig", "sbl", "theolog"],
  zoology: [
    "animal",
    "entomolog",
    "fish",
    "herpet",
    "ichthy",
    "insect",
    "mammal",
    "ornith",
    "veterin",
    "wildlife",
    "zoolog",
  ],
};

/** The names of the fields, sorted. */
export const disciplines: readonly string[] = Object.keys(stems).sort();

/** Whether a style is of a field, as far as its id and title tell. */
export function isOfDiscipline(id: string, title: string, discipline: string): boolean {
  const beginnings = Object.hasOwn(stems, discipline) ? stems[discipline]! : [];
  const words = `${id} ${title}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return beginnings.some((beginning) =>
    beginning.includes("-")
      ? id.includes(beginning)
      : beginning.length <= 4
        ? words.includes(beginning) ||
          (beginning.length === 4 && words.some((word) => word.startsWith(beginning)))
        : words.some((word) => word.startsWith(beginning)),
  );
}
