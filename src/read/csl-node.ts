// Values in CSL's terms, as readers of other formats make them -> the nodes that
// a YAML file would have given, so that one reader checks them all.

import type { Span } from "../diagnostic.js";
import type { YamlMap, YamlNode } from "./yaml.js";

/** A CSL variable: a text, a number, names, or a date. */
export type CslValue =
  | string
  | number
  | boolean
  | readonly CslValue[]
  | { readonly [field: string]: CslValue | undefined };

/** A variable and the place where the foreign file has it. */
export interface CslVariable {
  readonly value: CslValue;
  readonly span: Span;
}

/** Returns the node of a reference: its variables, `id` and `type` first, in their order. */
export function toReferenceNode(
  variables: Iterable<readonly [string, CslVariable]>,
  span: Span,
): YamlMap {
  const entries = [...variables].map(([key, variable]) => ({
    key,
    keySpan: variable.span,
    value: toNode(variable.value, variable.span),
  }));
  return { type: "map", entries, span };
}

function toNode(value: CslValue, span: Span): YamlNode {
  if (Array.isArray(value)) {
    return { type: "list", items: value.map((item) => toNode(item, span)), span };
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).flatMap(([key, field]) =>
      field === undefined ? [] : [{ key, keySpan: span, value: toNode(field, span) }],
    );
    return { type: "map", entries, span };
  }
  // "quoted" keeps a text such as ~ or null from being taken for nothing.
  return { type: "scalar", text: String(value), form: "quoted", span };
}
