// Readers of single YAML values, and of maps put together from them. A reader
// returns undefined for what it has reported; nobody else need say so again.

import type { Report, Span } from "../diagnostic.js";
import { didYouMean } from "../nearest.js";
import { validText } from "./characters.js";
import { readLanguageTag } from "./language-tag.js";
import { isEmpty, type YamlEntry, type YamlNode, type YamlScalar } from "./yaml.js";

/** Reads a value; `name` is what the author calls the field. */
export type Read<T> = (node: YamlNode, name: string, report: Report) => T | undefined;

/** A value and the place where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** A field of a map: how its value is read, and whether it may be absent. */
export interface Field<T, Required extends boolean = boolean> {
  readonly read: Read<T>;
  readonly required: Required;
}

export const required = <T>(read: Read<T>): Field<T, true> => ({ read, required: true });
export const optional = <T>(read: Read<T>): Field<T, false> => ({ read, required: false });

type Shape = Readonly<Record<string, Field<unknown>>>;

/** What a map of such fields is read to. */
export type Fields<S extends Shape> = {
  readonly [K in keyof S as S[K] extends Field<unknown, true> ? K : never]: S[K] extends Field<
    infer T
  >
    ? T
    : never;
} & {
  readonly [K in keyof S as S[K] extends Field<unknown, true> ? never : K]?: S[K] extends Field<
    infer T
  >
    ? T
    : never;
};

/**
 * Returns a reader of maps with the given fields. Unknown fields are reported
 * with the one that was meant (`synonyms` knows other names); an empty value is
 * the same as none. The map is undefined if a field that it needs is.
 */
export function map<S extends Shape>(
  shape: S,
  synonyms: Readonly<Record<string, string>> = {},
): Read<Fields<S>> {
  const known = new Map<string, Field<unknown>>(Object.entries(shape));
  return (node, name, report) => {
    if (node.type !== "map") {
      typeMismatch(node, name, "a map of fields", report);
      return undefined;
    }
    const values = new Map<string, unknown>();
    const seen = new Set<string>();
    for (const { key, keySpan, value } of node.entries) {
      const field = known.get(key);
      if (!field) {
        unknownField(key, keySpan, known.keys(), synonyms, report);
        continue;
      }
      if (isEmpty(value)) continue;
      seen.add(key);
      const read = field.read(value, key, report);
      if (read !== undefined) values.set(key, read);
    }
    let complete = true;
    for (const [key, field] of known) {
      if (!field.required) continue;
      if (!values.has(key)) complete = false;
      if (!seen.has(key)) missingField(key, name, firstKey(node), report);
    }
    return complete ? (Object.fromEntries(values) as Fields<S>) : undefined;
  };
}

function firstKey(node: YamlNode & { readonly type: "map" }): Span {
  const first: YamlEntry | undefined = node.entries[0];
  return first?.keySpan ?? node.span;
}

/** Reports a field that nobody knows, with those whose names are near. */
export function unknownField(
  key: string,
  span: Span,
  known: Iterable<string>,
  synonyms: Readonly<Record<string, string>>,
  report: Report,
): void {
  const synonym = Object.hasOwn(synonyms, key.toLowerCase())
    ? [`it is called "${synonyms[key.toLowerCase()]}" here`]
    : [];
  const names = [...known];
  const hints = synonym.length ? synonym : didYouMean(key, names);
  report({
    code: "field-unknown",
    message: `there is no field "${shorten(key)}"`,
    span,
    hints: hints.length || names.length > 20 ? hints : [`the fields are ${names.join(", ")}`],
  });
}

/** Reports that a map lacks a field. */
export function missingField(key: string, owner: string, span: Span, report: Report): void {
  report({ code: "field-missing", message: `${owner} has no field "${key}"`, span });
}

/** Reports a value of the wrong kind; `wanted` is what it must be, `a list of names`. */
export function typeMismatch(node: YamlNode, name: string, wanted: string, report: Report): void {
  const kind = isEmpty(node) ? "empty" : kinds[node.type];
  const shown = name.includes(" ") ? name : `"${shorten(name)}"`;
  report({
    code: "field-type",
    message: `${shown} must be ${wanted}, but is ${kind}`,
    span: node.type === "scalar" ? node.span : headOf(node),
  });
}

const kinds = { map: "a map of fields", list: "a list", scalar: "text" } as const;

/** A map or list may be long: its first item stands for it. */
function headOf(node: YamlNode): Span {
  if (node.type === "map") return node.entries[0]?.keySpan ?? node.span;
  const first = node.type === "list" ? node.items[0] : undefined;
  return first ? headOf(first) : node.span;
}

/** Reports a value that is of the right kind, but wrong. */
export function invalidValue(
  node: YamlNode,
  message: string,
  report: Report,
  ...hints: string[]
): undefined {
  report({ code: "value-invalid", message, span: node.span, hints });
  return undefined;
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Reads a scalar as it was typed: numbers and dates are texts too. */
export const scalar: Read<YamlScalar> = (node, name, report) => {
  if (node.type === "scalar") return node;
  typeMismatch(node, name, "text", report);
  return undefined;
};

/** Reads a text, without the white space around it and characters that cannot be printed. */
export const text: Read<string> = (node, name, report) => {
  const read = scalar(node, name, report);
  return read && validText(read.text, read.span, report).trim();
};

export const boolean: Read<boolean> = (node, name, report) => {
  const value = node.type === "scalar" && /^(true|false)$/i.exec(node.text)?.[0].toLowerCase();
  if (value) return value === "true";
  typeMismatch(node, name, "true or false", report);
  return undefined;
};

/** Returns a reader of whole numbers within bounds. */
export function integer(least: number, most: number): Read<number> {
  return (node, name, report) => {
    if (node.type !== "scalar" || !/^-?\d{1,9}$/.test(node.text)) {
      typeMismatch(node, name, "a whole number", report);
      return undefined;
    }
    const value = Number(node.text);
    if (value >= least && value <= most) return value;
    return invalidValue(node, `"${name}" must lie between ${least} and ${most}`, report);
  };
}

/** Returns a reader of one of some words. */
export function oneOf<const T extends string>(words: readonly T[]): Read<T> {
  return (node, name, report) => {
    const value = text(node, name, report);
    if (value === undefined) return undefined;
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    const near = didYouMean(value, words);
    return invalidValue(
      node,
      `"${name}" cannot be "${shorten(value)}"`,
      report,
      ...(near.length ? near : [`it is one of ${words.join(", ")}`]),
    );
  };
}

/** Returns a reader of lists. Items that are wrong are left out. */
export function list<T>(read: Read<T>): Read<readonly T[]> {
  return (node, name, report) => {
    if (node.type === "list") {
      return node.items.flatMap((item) => {
        const value = read(item, name, report);
        return value === undefined ? [] : [value];
      });
    }
    typeMismatch(node, name, "a list", report);
    return undefined;
  };
}

/** Returns a reader of a list, or of a single value that stands for a list of one. */
export function oneOrMore<T>(read: Read<T>): Read<readonly T[]> {
  const many = list(read);
  return (node, name, report) => {
    if (node.type === "list") return many(node, name, report);
    const value = read(node, name, report);
    return value === undefined ? undefined : [value];
  };
}

/** Returns a reader that also tells where the value stands. */
export function located<T>(read: Read<T>): Read<Located<T>> {
  return (node, name, report) => {
    const value = read(node, name, report);
    return value === undefined ? undefined : { value, span: node.span };
  };
}

const pointsPerUnit = new Map([
  ["pt", 1],
  ["in", 72],
  ["cm", 72 / 2.54],
  ["mm", 72 / 25.4],
]);

/** The longest length, in points: Word's largest page, 22 inches. */
const LONGEST_LENGTH = 22 * 72;

/** Reads a length with its unit, `2.54cm`, `25mm`, `1in`, `12pt` or `0`, as points. */
export const length: Read<number> = (node, name, report) => {
  const value = node.type === "scalar" ? node.text.trim() : "";
  const match = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*([a-z]*)$/i.exec(value);
  if (!match) {
    typeMismatch(node, name, "a length such as 2.54cm, 25mm, 1in or 12pt", report);
    return undefined;
  }
  const number = Number(match[1]);
  const unit = match[2]!.toLowerCase();
  const factor = pointsPerUnit.get(unit) ?? (number === 0 && !unit ? 0 : undefined);
  if (factor === undefined) {
    return invalidValue(
      node,
      unit ? `"${unit}" is no unit of length` : `the length "${value}" has no unit`,
      report,
      "the units are cm, mm, in and pt",
    );
  }
  const points = Number((number * factor).toFixed(4));
  if (Math.abs(points) <= LONGEST_LENGTH) return points;
  return invalidValue(node, `the length "${value}" is longer than any page`, report);
};

/** Reads a day, month or year, `2019-12-13`, `2019-12` or `2019`, as its numbers. */
export const date: Read<readonly number[]> = (node, name, report) => {
  const value = scalar(node, name, report);
  if (!value) return undefined;
  const parts = dateParts(value.text.trim());
  return (
    parts ??
    invalidValue(
      node,
      `"${shorten(value.text)}" is no date`,
      report,
      "write the day as 2019-12-13, the month as 2019-12, the year as 2019",
    )
  );
};

/** Returns the numbers of an ISO 8601 date of the calendar, or undefined. */
export function dateParts(value: string): number[] | undefined {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(value);
  if (!match) return undefined;
  const parts = match.slice(1).flatMap((digits) => (digits === undefined ? [] : [Number(digits)]));
  return isDate(parts) ? parts : undefined;
}

/** Whether such a year, month and day exist. */
export function isDate([year = 0, month, day]: readonly number[]): boolean {
  if (month === undefined) return true;
  if (month < 1 || month > 12) return false;
  if (day === undefined) return true;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= days[month - 1]!;
}

/** Reads a BCP 47 tag, such as `en-GB`, in its canonical spelling. */
export const language: Read<string> = (node, name, report) => {
  const value = text(node, name, report);
  if (value === undefined) return undefined;
  const read = readLanguageTag(value);
  if (read.tag !== undefined) return read.tag;
  return invalidValue(node, `"${shorten(value)}" is no language tag`, report, ...read.hints);
};
