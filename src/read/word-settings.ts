// The field `words` of a manuscript -> how its words are counted, and how many
// it may have.

import type { Report } from "../diagnostic.js";
import {
  defaultWordSettings,
  type WordKind,
  type WordPolicyName,
  type WordSettings,
  wordKinds,
  wordPolicies,
} from "../word-policy.js";
import {
  integer,
  invalidValue,
  located,
  map,
  oneOf,
  oneOrMore,
  optional,
  type Read,
  typeMismatch,
} from "./fields.js";

/** More than any work has. */
const MOST_WORDS = 100_000_000;

/** What may be above the limit: a number of words, or a share of it between 0 and 1. */
type Tolerance = { readonly words: number } | { readonly share: number };

/** Reads `10%` or a number of words. */
const tolerance: Read<Tolerance> = (node, name, report) => {
  const value = node.type === "scalar" ? node.text.trim() : "";
  const [, percent] = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(value) ?? [];
  if (percent !== undefined) {
    const share = Number(percent) / 100;
    if (share <= 1) return { share };
    return invalidValue(node, `"${name}" cannot be more than the limit itself`, report);
  }
  if (!/^\d+$/.test(value)) {
    typeMismatch(node, name, "a share of the limit such as 10%, or a number of words", report);
    return undefined;
  }
  const words = integer(0, MOST_WORDS)(node, name, report);
  return words === undefined ? undefined : { words };
};

/** Reads the kinds of words that count. */
const kinds: Read<readonly WordKind[]> = (node, name, report) =>
  node.type === "list" && !node.items.length
    ? invalidValue(node, "no kind of words is counted", report)
    : oneOrMore(oneOf(wordKinds))(node, name, report);

const policyNames = Object.keys(wordPolicies) as WordPolicyName[];

const limit = integer(1, MOST_WORDS);

const wordFields = map(
  {
    limit: optional(located(limit)),
    tolerance: optional(located(tolerance)),
    policy: optional(oneOf(policyNames)),
    count: optional(located(kinds)),
  },
  {
    include: "count",
    kinds: "count",
    max: "limit",
    maximum: "limit",
    leeway: "tolerance",
    margin: "tolerance",
  },
);

/**
 * Reads how the words are counted: a map of `limit`, `tolerance`, and `policy` or
 * `count`; or the limit alone. Reports a policy beside a list of kinds, and a
 * tolerance without a limit.
 */
export const wordSettings: Read<WordSettings> = (node, name, report) => {
  if (node.type === "scalar") {
    const only = limit(node, name, report);
    return only === undefined
      ? undefined
      : { ...defaultWordSettings, limit: only, span: node.span };
  }
  const fields = wordFields(node, name, report);
  if (!fields || refuses(fields, report)) return undefined;
  const { limit: most, count } = fields;
  const policy = fields.policy ?? (count ? undefined : "text");
  const beyond = fields.tolerance?.value;
  return {
    ...(policy && { policy }),
    kinds: policy ? wordPolicies[policy] : (count?.value ?? []),
    ...(most && { limit: most.value, span: most.span }),
    tolerance: wordsBeyond(most?.value ?? 0, beyond),
  };
};

function refuses(
  { limit: most, tolerance: beyond, policy, count }: NonNullable<ReturnType<typeof wordFields>>,
  report: Report,
): boolean {
  const refuse = (message: string, { span }: NonNullable<typeof beyond | typeof count>) => {
    report({ code: "value-invalid", message, span });
    return true;
  };
  if (beyond && most === undefined)
    return refuse("there is no limit that the tolerance could belong to", beyond);
  if (count && policy)
    return refuse("the words that count are named by a policy or listed, not both", count);
  return false;
}

/** A share is of whole percents or parts of them, which no float need represent. */
function wordsBeyond(most: number, beyond: Tolerance | undefined): number {
  if (!beyond) return 0;
  return "words" in beyond ? beyond.words : Math.floor(most * beyond.share + 1e-6);
}
