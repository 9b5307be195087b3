// Works that a bibliography holds twice under different keys: they would be
// printed twice, and a short form or "ibid." would not know that they are one.

import type { Report, Sources, Span } from "./diagnostic.js";
import type { Name, Reference, ReferenceDate } from "./document.js";

/** References by their keys, and where those keys stand. */
export interface PlacedReferences {
  readonly references: ReadonlyMap<string, Reference>;
  readonly spans: ReadonlyMap<string, Span>;
}

/** Works in others share the ISBN of the whole; only these have one of their own. */
const wholeWorks = new Set([
  "book",
  "collection",
  "report",
  "thesis",
  "pamphlet",
  "map",
  "classic",
]);

/** Variables that tell apart works of one title and year: volumes, issues, editions. */
const distinctions = ["volume", "issue", "number", "edition", "chapter-number", "part-number"];

/** What makes two references the same work, in words. */
interface Mark {
  readonly mark: string;
  readonly reason: string;
  /** Titles may be alike by chance: then names and numbers must not contradict. */
  readonly isCertain: boolean;
}

/**
 * Reports, at the later of two references, that both seem to be one work: they
 * have the same DOI or ISBN, or the same title and year with no name or number
 * that tells them apart. Nothing is taken out. Takes time in proportion to the
 * number of references.
 */
export function findDuplicates(
  { references, spans }: PlacedReferences,
  sources: Sources,
  report: Report,
): void {
  const found = new Map<string, Reference[]>();
  const placeOf = placeFinder(sources);
  for (const reference of references.values()) {
    for (const { mark, reason, isCertain } of marksOf(reference)) {
      const others = found.get(mark) ?? [];
      // One comparison or few: a hundred works called "Introduction" stay cheap.
      const other = others
        .slice(0, MOST_COMPARED)
        .find((candidate) => isCertain || !isToldApart(candidate, reference));
      if (!other) {
        found.set(mark, others);
        others.push(reference);
        continue;
      }
      reportDuplicate(other.id, reference.id, reason, { spans, placeOf, report });
      break;
    }
  }
}

const MOST_COMPARED = 20;

interface Duplicates {
  readonly spans: ReadonlyMap<string, Span>;
  readonly placeOf: (span: Span) => string;
  readonly report: Report;
}

function reportDuplicate(
  first: string,
  second: string,
  reason: string,
  { spans, placeOf, report }: Duplicates,
): void {
  const span = spans.get(second);
  const place = spans.get(first);
  const where = place ? ` (${placeOf(place)})` : "";
  report({
    code: "reference-duplicate-work",
    message: `"${second}" seems to be the same work as "${first}"${where}: they have the same ${reason}`,
    ...(span && { span }),
    hints: ["cite one of them throughout and take the other out"],
  });
}

/** Returns what tells the file and line of a span; each file is looked through once. */
function placeFinder(sources: Sources): (span: Span) => string {
  const lines = new Map<string, number[]>();
  return ({ file, start }) => {
    const text = sources.get(file);
    if (text === undefined) return file;
    let starts = lines.get(file);
    if (!starts) {
      starts = [0];
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
        starts.push(at + 1);
      lines.set(file, starts);
    }
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= start) low = middle;
      else high = middle;
    }
    return `${file}:${low + 1}`;
  };
}

function marksOf(reference: Reference): Mark[] {
  const marks: Mark[] = [];
  const doi = doiOf(reference);
  if (doi) marks.push({ mark: `doi ${doi}`, reason: `DOI ${doi}`, isCertain: true });
  const isbn = wholeWorks.has(reference.type) ? isbnOf(reference) : undefined;
  if (isbn) marks.push({ mark: `isbn ${isbn}`, reason: `ISBN ${isbn}`, isCertain: false });
  const title = titleOf(reference);
  const year = (reference.issued as ReferenceDate | undefined)?.["date-parts"]?.[0]?.[0];
  if (title && year !== undefined) {
    marks.push({ mark: `title ${year} ${title}`, reason: "title and year", isCertain: false });
  }
  return marks;
}

function doiOf({ DOI: doi, URL: url }: Reference): string | undefined {
  const source = typeof doi === "string" ? doi : typeof url === "string" ? url : "";
  const isLink = /^https?:\/\/(dx\.)?doi\.org\//i.test(source);
  if (typeof doi !== "string" && !isLink) return undefined;
  const name = decoded(source).match(/10\.\d{4,9}\/\S+/)?.[0];
  return name?.toLowerCase().replace(/[.,;]+$/, "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the thirteen digits of the first ISBN, which one of ten digits has too. */
function isbnOf({ ISBN: isbn }: Reference): string | undefined {
  if (typeof isbn !== "string") return undefined;
  const digits =
    isbn.match(/[\dX][\dX-]{8,}[\dX]/i)?.[0].replaceAll("-", "") ?? isbn.replace(/[^\dX]/gi, "");
  if (/^\d{13}$/.test(digits)) return digits;
  if (!/^\d{9}[\dX]$/i.test(digits)) return undefined;
  const body = `978${digits.slice(0, 9)}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return body + ((10 - (sum % 10)) % 10);
}

/** Returns a title without markup, accents, capitals, articles and signs. */
function titleOf({ title }: Reference): string | undefined {
  if (typeof title !== "string") return undefined;
  return title
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/&/g, " and ")
    .replace(/['’ʼ\p{M}]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/^(the|an?|der|die|das|les?|la) (?=.)/, "");
}

/** Whether two works of one title and year have other authors, or other numbers. */
function isToldApart(one: Reference, other: Reference): boolean {
  const differs = distinctions.some(
    (variable) =>
      one[variable] !== undefined &&
      other[variable] !== undefined &&
      String(one[variable]) !== String(other[variable]),
  );
  if (differs) return true;
  const names = familiesOf(one);
  const others = familiesOf(other);
  return names.size > 0 && others.size > 0 && ![...names].some((name) => others.has(name));
}

function familiesOf({ author, editor }: Reference): Set<string> {
  const names = (author ?? editor ?? []) as readonly Name[];
  return new Set(
    names.slice(0, 20).map(({ family, literal }) =>
      (family ?? literal ?? "")
        .toLowerCase()
        .normalize("NFKD")
        .replace(/[^\p{L}]/gu, ""),
    ),
  );
}
