// The field `editions` of a manuscript or template -> the editions that it declares.

import type { Report } from "../diagnostic.js";
import { type DeclaredEdition, omittableFields, type TypeChange } from "../edition.js";
import { fontFamilies } from "../fonts.js";
import { writtenMatter } from "../matter.js";
import {
  boolean,
  type Field,
  invalidValue,
  length,
  map,
  oneOf,
  oneOrMore,
  optional,
  type Read,
  text,
  typeMismatch,
} from "./fields.js";
import { matterName } from "./matter.js";
import { lineNumbers } from "./running-heads.js";
import type { YamlNode } from "./yaml.js";

/** Returns a reader of numbers within bounds, `1.33`. */
function decimal(least: number, most: number): Read<number> {
  return (node, name, report) => {
    const value = node.type === "scalar" ? node.text.trim() : "";
    if (!/^\d{1,3}(\.\d{1,4})?$/.test(value)) {
      typeMismatch(node, name, "a number such as 1.33", report);
      return undefined;
    }
    const number = Number(value);
    if (number >= least && number <= most) return number;
    return invalidValue(node, `"${name}" must lie between ${least} and ${most}`, report);
  };
}

/** Reads a length that is not negative, in points. */
const space: Read<number> = (node, name, report) => {
  const points = length(node, name, report);
  if (points === undefined || points >= 0) return points;
  return invalidValue(node, `"${name}" cannot be negative`, report);
};

/** Reads the smallest size of letters, in points. */
const size: Read<number> = (node, name, report) => {
  const points = length(node, name, report);
  if (points === undefined || (points >= 4 && points <= 72)) return points;
  return invalidValue(node, `"${name}" must lie between 4 and 72 points`, report);
};

const typeFields: Read<TypeChange> = map({
  scale: optional(decimal(0.5, 4)),
  least: optional(size),
  leading: optional(decimal(0.5, 5)),
  align: optional(oneOf(["left"])),
  font: optional(oneOf(fontFamilies)),
  hyphenate: optional(boolean),
});

const editionFields = map(
  {
    "based-on": optional(text),
    drop: optional(oneOrMore(matterName)),
    require: optional(oneOrMore(oneOf(writtenMatter))),
    anonymous: optional(boolean),
    omit: optional(oneOrMore(oneOf(omittableFields))),
    "line-numbers": optional(lineNumbers),
    margins: optional(
      map({
        top: optional(space),
        bottom: optional(space),
        left: optional(space),
        right: optional(space),
      }),
    ),
    gutter: optional(space),
    type: optional(typeFields),
  } satisfies Record<string, Field<unknown>>,
  { add: "require", base: "based-on", extends: "based-on", hide: "omit", without: "drop" },
);

/** Reads a map of editions by their names, which become part of files' names. */
export const editionDeclarations: Read<readonly DeclaredEdition[]> = (node, name, report) => {
  if (node.type !== "map") {
    typeMismatch(node, name, "a map of editions by their names", report);
    return undefined;
  }
  return node.entries.flatMap(({ key, keySpan, value }) => {
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(key)) {
      report({
        code: "value-invalid",
        message: `"${key.slice(0, 40)}" cannot be the name of an edition`,
        span: keySpan,
        hints: ["a name has small letters, digits and hyphens: large-print"],
      });
      return [];
    }
    const read = readEdition(value, key, report);
    return read ? [{ ...read, id: key, span: keySpan }] : [];
  });
};

function readEdition(
  node: YamlNode,
  name: string,
  report: Report,
): Omit<DeclaredEdition, "id"> | undefined {
  const fields = editionFields(node, name, report);
  if (!fields) return undefined;
  const { "based-on": basedOn, "line-numbers": numbers, ...others } = fields;
  return { ...others, ...(basedOn && { basedOn }), ...(numbers && { lineNumbers: numbers }) };
}
