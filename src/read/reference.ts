// The fields of a reference -> a CSL-JSON item, checked: names of variables and
// types, kinds of values, dates that exist, sizes that the citation engine bears.

import type { Report, Span } from "../diagnostic.js";
import type { Name, Reference, ReferenceDate } from "../document.js";
import { didYouMean } from "../nearest.js";
import {
  cslTypes,
  cslVariables,
  typeSynonyms,
  unprintedFields,
  type VariableKind,
  variableAliases,
  variableSynonyms,
} from "./csl-variables.js";
import {
  boolean,
  dateParts,
  invalidValue,
  isDate,
  map,
  missingField,
  optional,
  type Read,
  scalar,
  text,
  typeMismatch,
  unknownField,
} from "./fields.js";
import { isEmpty, type YamlEntry, type YamlMap, type YamlNode } from "./yaml.js";

/** A reference and the places of its fields, by variable. */
export interface ReadReference {
  readonly reference: Reference;
  readonly fieldSpans: ReadonlyMap<string, Span>;
}

/** The longest value of a variable, in characters. */
const LONGEST_TEXT = 20_000;
const LONGEST_TITLE = 4_000;
/** The most quotation marks in a value: the engine pairs them in quadratic time. */
const MOST_QUOTES = 400;
const MOST_NAMES = 10_000;

/**
 * Reads the fields of a reference, but for its id, which is given. A field that
 * is wrong is reported and left out; the rest is kept, so that a work with one
 * mistake can still be cited. `defaultType` is the type of one that has none,
 * which otherwise is reported.
 */
export function readReference(
  node: YamlMap,
  id: string,
  report: Report,
  defaultType?: string,
): ReadReference {
  const fields = new Map<string, Reference[string]>();
  const fieldSpans = new Map<string, Span>();
  let type: string | undefined;
  let typed = false;
  for (const entry of node.entries) {
    const { key, keySpan, value } = entry;
    const variable = variableAliases.get(key) ?? key;
    if (variable === "id" || unprintedFields.has(variable)) continue;
    if (variable === "type") {
      typed = !isEmpty(value);
      if (typed) type = cslType(value, key, report);
      continue;
    }
    const kind = cslVariables.get(variable);
    if (!kind) {
      const known = [...cslVariables.keys(), "id", "type"];
      unknownField(key, keySpan, known, variableSynonyms, report);
      continue;
    }
    if (isEmpty(value)) continue;
    const read = readVariable(kind, entry, report);
    if (read === undefined) continue;
    fields.set(variable, read);
    fieldSpans.set(variable, value.span);
  }
  if (!typed && defaultType === undefined) {
    missingField("type", `the reference "${id.slice(0, 60)}"`, firstSpan(node), report);
  }
  const reference: Reference = {
    ...Object.fromEntries(fields),
    id,
    type: type ?? defaultType ?? "document",
  };
  return { reference, fieldSpans };
}

const firstSpan = (node: YamlMap): Span => node.entries[0]?.keySpan ?? node.span;

/** Reads one of CSL's types. */
export const cslType: Read<string> = (node, name, report) => {
  const type = text(node, name, report);
  if (type === undefined || cslTypes.includes(type)) return type;
  const lower = type.toLowerCase();
  const synonym = Object.hasOwn(typeSynonyms, lower) ? typeSynonyms[lower] : undefined;
  const hints = synonym ? [`CSL calls it "${synonym}"`] : didYouMean(type, cslTypes);
  return invalidValue(
    node,
    `there is no type "${type.slice(0, 40)}" of references`,
    report,
    ...(hints.length ? hints : [`the types are ${cslTypes.join(", ")}`]),
  );
};

function readVariable(
  kind: VariableKind,
  { key, value }: YamlEntry,
  report: Report,
): Reference[string] {
  switch (kind) {
    case "text":
      return readText(LONGEST_TEXT)(value, key, report);
    case "markdown":
      return readText(LONGEST_TEXT, true)(value, key, report);
    case "title":
      return readText(LONGEST_TITLE)(value, key, report);
    case "name":
      return referenceNames(value, key, report);
    case "date":
      return referenceDate(value, key, report);
  }
}

function readText(longest: number, keepsLines = false): Read<string> {
  return (node, name, report) => {
    // Some programs write keywords and numbers as lists.
    if (node.type === "list" && node.items.every(({ type }) => type === "scalar")) {
      const items = node.items.map((item) => readText(longest)(item, name, report) ?? "");
      return items.join(", ");
    }
    const typed = text(node, name, report);
    if (typed === undefined) return undefined;
    const value = keepsLines ? typed : typed.replace(/\s*\n\s*/g, " ");
    if (value.length > longest) {
      return invalidValue(node, `"${name}" is longer than ${longest} characters`, report);
    }
    if ((value.match(/["'“”„«»‘’]/g)?.length ?? 0) > MOST_QUOTES) {
      return invalidValue(node, `"${name}" holds more than ${MOST_QUOTES} quotation marks`, report);
    }
    return value;
  };
}

const nameFields = map(
  {
    family: optional(readText(1_000)),
    given: optional(readText(1_000)),
    "dropping-particle": optional(readText(200)),
    "non-dropping-particle": optional(readText(200)),
    suffix: optional(readText(200)),
    literal: optional(readText(1_000)),
    // What only CSL-JSON of other programs has, and no style of ours asks for.
    "comma-suffix": optional(scalar),
    "static-ordering": optional(scalar),
    "parse-names": optional(scalar),
    isInstitution: optional(scalar),
  },
  {
    first: "given",
    firstname: "given",
    last: "family",
    lastname: "family",
    name: "literal",
    surname: "family",
  },
);

/** Reads `{ family: Smith, given: Jane }` or `{ literal: United Nations }`. */
export const nameOfMap: Read<Name> = (node, name, report) => {
  const fields = nameFields(node, name, report);
  if (!fields) return undefined;
  const { family, given, suffix, literal } = fields;
  if (!family && !given && !literal) {
    // A field with another name has been reported already.
    if (node.type === "map" && !node.entries.length) {
      missingField("family", `the ${name}`, node.span, report);
    }
    return undefined;
  }
  const dropping = fields["dropping-particle"];
  const particle = fields["non-dropping-particle"];
  return {
    ...(family && { family }),
    ...(given && { given }),
    ...(dropping && { "dropping-particle": dropping }),
    ...(particle && { "non-dropping-particle": particle }),
    ...(suffix && { suffix }),
    ...(literal && { literal }),
  };
};

/**
 * Reads names: a list, or one alone. A text with one comma is a family and a
 * given name, `Smith, Jane`; any other is taken for an institution, and that is
 * reported, since it may have been meant for a person.
 */
const referenceNames: Read<readonly Name[]> = (node, name, report) => {
  const nodes = node.type === "list" ? node.items : [node];
  if (nodes.length > MOST_NAMES) {
    return invalidValue(node, `"${name}" holds more than ${MOST_NAMES} names`, report);
  }
  const names = nodes.flatMap((item) => {
    if (item.type === "map") return nameOfMap(item, name, report) ?? [];
    const value = readText(1_000)(item, name, report);
    if (!value) return [];
    const parts = value.split(/\s*,\s*/);
    if (parts.length === 2 && parts[0] && parts[1]) return { family: parts[0], given: parts[1] };
    report({
      code: "name-ambiguous",
      message: `the ${name} "${value.slice(0, 60)}" is read as the name of an institution`,
      span: item.span,
      hints: ["write a person as { family: …, given: … }, and an institution as { literal: … }"],
    });
    return { literal: value };
  });
  return names.length ? names : undefined;
};

const seasons = ["spring", "summer", "autumn", "winter"];

const dateFields = map({
  "date-parts": optional(dateLists),
  season: optional(seasonOf),
  circa: optional(circaOf),
  literal: optional(readText(200)),
  raw: optional(readText(200)),
  year: optional(readText(8)),
  month: optional(readText(2)),
  day: optional(readText(2)),
});

/**
 * Reads a date: `2012-12-05`, `2012-12` or `2012`; two of them with a slash
 * between; `~1500` for about 1500; `2012-21` to `-24` for a season (EDTF); or
 * CSL's own map with `date-parts`, `raw` or `literal`, or Pandoc's with `year`.
 */
const referenceDate: Read<ReferenceDate> = (node, name, report) => {
  if (node.type === "scalar") {
    return (
      readDateText(node.text.trim()) ??
      invalidValue(
        node,
        `"${node.text.slice(0, 40)}" is no date`,
        report,
        "write the day as 2012-12-05, the month as 2012-12, the year as 2012, about 1500 as ~1500",
        'a date in words is written as { literal: "…" }',
      )
    );
  }
  // Pandoc's form is a list of one map, or of two for a range.
  if (node.type === "list") {
    const dates = node.items.map((item) => referenceDate(item, name, report));
    const parts = dates.flatMap((date) => date?.["date-parts"] ?? []);
    return parts.length ? { ...dates[0], "date-parts": parts } : dates[0];
  }
  const fields = dateFields(node, name, report);
  if (!fields) return undefined;
  const { season, circa, literal, raw, year, month, day } = fields;
  const more = { ...(season && { season }), ...(circa && { circa }) };
  if (fields["date-parts"]) return { "date-parts": fields["date-parts"], ...more };
  if (year !== undefined) {
    const date = readDateText([year, month, day].filter((part) => part !== undefined).join("-"));
    return date
      ? { ...date, ...more }
      : invalidValue(node, `the date of "${name}" does not exist`, report);
  }
  if (raw !== undefined) return { ...(readDateText(raw) ?? { literal: raw }), ...more };
  if (literal !== undefined) return { literal, ...more };
  // A field that is wrong or has another name has been reported already.
  if (node.type === "map" && node.entries.every(({ key }) => /^(season|circa)$/.test(key))) {
    missingField("date-parts", `the date "${name}"`, node.span, report);
  }
  return undefined;
};

function readDateText(value: string): ReferenceDate | undefined {
  const circa = /^(?:~|c(?:irc)?a?\.? )|[~?]$/i.test(value);
  const bare = value.replace(/^(?:~|c(?:irc)?a?\.? )\s*|[~?]$/gi, "");
  const season = /^(\d{4})-2([1-4])$/.exec(bare);
  if (season) {
    return {
      "date-parts": [[Number(season[1])]],
      season: Number(season[2]),
      ...(circa && { circa }),
    };
  }
  const parts = bare.split("/").map((part) => yearParts(part) ?? dateParts(part));
  if (parts.length > 2 || parts.includes(undefined)) return undefined;
  return { "date-parts": parts as number[][], ...(circa && { circa }) };
}

/** Years before 1000 are written short, and those before Christ with a minus sign. */
function yearParts(value: string): number[] | undefined {
  return /^-?\d{1,4}$/.test(value) && Number(value) !== 0 ? [Number(value)] : undefined;
}

function dateLists(node: YamlNode, name: string, report: Report): number[][] | undefined {
  // Some programs leave the outer list out.
  const flat = node.type === "list" && node.items.every(({ type }) => type === "scalar");
  const lists = flat ? [node] : node.type === "list" ? node.items : [];
  if (!lists.length || lists.length > 2) {
    typeMismatch(node, name, "a list of one date or two, such as [[2012, 12, 5]]", report);
    return undefined;
  }
  const dates = lists.map((list) => {
    const parts = list.type === "list" ? list.items.map(partOf) : [];
    return parts.length && parts.length <= 3 && !parts.some(Number.isNaN) && isDate(parts)
      ? parts
      : undefined;
  });
  if (!dates.includes(undefined)) return dates as number[][];
  return invalidValue(node, "these parts are no date", report, "write them as [[2012, 12, 5]]");
}

const partOf = (node: YamlNode): number =>
  node.type === "scalar" && /^-?\d{1,4}$/.test(node.text) ? Number(node.text) : Number.NaN;

function seasonOf(node: YamlNode, name: string, report: Report): number | undefined {
  const value = text(node, name, report)?.toLowerCase();
  if (value === undefined) return undefined;
  const number = /^[1-4]$/.test(value) ? Number(value) : seasons.indexOf(value) + 1;
  return (
    number ||
    invalidValue(node, `there is no season "${value}"`, report, "1 is spring, 4 is winter")
  );
}

/** CSL-JSON allows any of these for yes. */
function circaOf(node: YamlNode, name: string, report: Report): boolean | undefined {
  return node.type === "scalar" && /^[01]$/.test(node.text)
    ? node.text === "1"
    : boolean(node, name, report);
}
