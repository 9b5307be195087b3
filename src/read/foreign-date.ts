// Dates as BibTeX, BibLaTeX, RIS and EndNote have them -> CSL dates.

import { isDate } from "./fields.js";

/** A CSL date; the range, if there is one, has two lists of parts. */
export interface CslDate {
  readonly "date-parts"?: readonly (readonly number[])[];
  readonly season?: number;
  readonly circa?: boolean;
  readonly literal?: string;
  readonly [field: string]: CslDateField | undefined;
}

type CslDateField = readonly (readonly number[])[] | number | boolean | string;

const monthNames = [
  "jan",
  "feb",
  "mar",
  "apr",
  "may",
  "jun",
  "jul",
  "aug",
  "sep",
  "oct",
  "nov",
  "dec",
];
const seasonNames = new Map([
  ["spring", 1],
  ["summer", 2],
  ["autumn", 3],
  ["fall", 3],
  ["winter", 4],
]);

/** A year, month and day, each of which may lack all behind it; or a season of a year. */
interface Day {
  readonly parts: readonly number[];
  readonly season?: number | undefined;
  readonly circa: boolean;
}

/**
 * Reads a date of ISO 8601-2 as BibLaTeX has it: `2014-03-05`, `2001/2003`,
 * `1850~`, `2004-21` (a season), `199X`, `-0043` (44 BC), `2014/` (still going
 * on). What is none of these becomes a literal date.
 */
export function readIsoDate(source: string): CslDate | undefined {
  const text = source.trim();
  if (!text) return undefined;
  const [from = "", to, ...rest] = text.split("/");
  const start = isoDay(from);
  if (!start || rest.length > 0) return readYear(text);
  const decade = /^(\d{2,3})(X{1,2})$/i.exec(from);
  if (decade && to === undefined) {
    const [, digits = "", open = ""] = decade;
    const years = ["0", "9"].map((digit) => Number(digits + digit.repeat(open.length)));
    return { "date-parts": years.map((year) => [year]), circa: true };
  }
  const end = to === undefined || /^(\.\.)?$/.test(to.trim()) ? undefined : isoDay(to);
  if (to && !end && to.trim() !== "..") return { literal: text };
  return {
    "date-parts": end ? [start.parts, end.parts] : [start.parts],
    ...(start.season !== undefined && { season: start.season }),
    ...((start.circa || end?.circa) && { circa: true }),
  };
}

function isoDay(source: string): Day | undefined {
  const match =
    /^\s*(-?\d{4}|\d{2,3}X{1,2})(?:-(\d\d?)(?:-(\d\d?)(?:T.*)?)?)?\s*([?~%]?)\s*$/i.exec(source);
  if (!match) return undefined;
  const [, digits = "", monthDigits, dayDigits, mark] = match;
  const astronomical = Number(digits.replace(/x/gi, "0"));
  // There is no year 0 in CSL: 0 is 1 BC.
  const year = astronomical <= 0 ? astronomical - 1 : astronomical;
  const month = Number(monthDigits ?? 0);
  const circa = Boolean(mark);
  if (month >= 21 && month <= 24) return { parts: [year], season: month - 20, circa };
  if (month > 12) return undefined;
  const parts = [year, month, Number(dayDigits ?? 0)].filter((part, at) => at === 0 || part > 0);
  return isDate(parts) ? { parts, circa } : undefined;
}

/**
 * Reads a year as people write it, `2014`, `2001--2003`, `2014/15`, `c. 1850`,
 * `[1850]`, `1850?`, `44 BC`, with its month and day if these stand elsewhere.
 * Returns undefined for none (`n.d.`), a literal date for other words.
 */
export function readYear(source: string, month?: string, day?: string): CslDate | undefined {
  const text = source.replace(/\s+/g, " ").trim();
  if (!text || /^n\.? ?d\.?$/i.test(text)) return undefined;
  const circa = /^\[?\(?(?:c\.?|ca\.?|circa|approx\.?|~)\s*\d|\d\s*\]?\?|\d\s*~|^\[\d/i.test(text);
  const bare = text
    .replace(/^\[?\(?(?:c\.?|ca\.?|circa|approx\.?|~)\s*(?=\d)/i, "")
    .replace(/[[\]()?~]/g, "")
    .trim();
  const range = /^(\d{4})\s*[-–—/]+\s*(\d{4}|\d{2})$/.exec(bare);
  const mark = circa ? { circa: true } : {};
  if (range) {
    const [, first = "", last = ""] = range;
    const end = Number(first.slice(0, 4 - last.length) + last);
    return { "date-parts": [[Number(first)], [end]], ...mark };
  }
  // "5 March 2014", "March 5, 2014" and "March 2014"
  const words =
    /^(?:(\d{1,2})\s+)?(\p{L}{3,})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(\d{4})$/u.exec(bare);
  if (words && isMonth(words[2]!)) {
    return { ...ofMonth(Number(words[4]), words[2], words[1] ?? words[3]), ...mark };
  }
  const era = /^(\d{1,4})\s*(BCE?|B\.C\.|CE|AD|A\.D\.)?$/i.exec(bare);
  if (!era) return { literal: text };
  const year = /^b/i.test(era[2] ?? "") ? -Number(era[1]) : Number(era[1]);
  return { ...ofMonth(year, month, day), ...mark };
}

/** Adds month and day, as numbers or names, to a year; what is none of them is left out. */
function ofMonth(year: number, month: string | undefined, day: string | undefined): CslDate {
  const text = (month ?? "")
    .replace(/[\s.~\u00a0]+/g, " ")
    .trim()
    .toLowerCase();
  const season = seasonNames.get(text);
  if (season !== undefined) return { "date-parts": [[year]], season };
  const [first, last] = text.split(/\s*[-–—/]+\s*/, 2);
  const start = readMonth(first ?? "", day);
  const end = last === undefined ? undefined : readMonth(last, undefined);
  if (!start.length) return { "date-parts": [[year]] };
  if (!end?.length) return { "date-parts": [[year, ...start]] };
  return {
    "date-parts": [
      [year, ...start],
      [year, ...end],
    ],
  };
}

/** Returns the number of a month, and of its day if it stands beside (`jun 12`) or is given. */
function readMonth(text: string, day: string | undefined): number[] {
  const word = text.match(/\p{L}{3,}/u)?.[0];
  const digits = text.match(/\d{1,2}/)?.[0];
  const month = word ? monthNames.indexOf(word.slice(0, 3)) + 1 : Number(digits ?? 0);
  if (month < 1 || month > 12) return [];
  const inMonth = Number((word && digits) || /^\s*(\d{1,2})\s*$/.exec(day ?? "")?.[1] || 0);
  return inMonth >= 1 && inMonth <= 31 ? [month, inMonth] : [month];
}

const statuses = new Map(
  Object.entries({
    forthcoming: "forthcoming",
    inpress: "in press",
    inpreparation: "in preparation",
    inprep: "in preparation",
    prepublished: "prepublished",
    submitted: "submitted",
    toappear: "forthcoming",
  }),
);

/** Returns what a year says that is none, `forthcoming` or `in press`, as CSL's `status`. */
export function statusOf(year: string): string | undefined {
  return statuses.get(year.toLowerCase().replace(/[^a-z]/g, ""));
}

/** Whether a month says something that `readYear` understands. */
export function isMonth(text: string): boolean {
  return !text.trim() || Object.keys(ofMonth(2000, text, undefined)).includes("season")
    ? true
    : ofMonth(2000, text, undefined)["date-parts"]![0]!.length > 1;
}
