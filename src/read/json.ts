// JSON -> the same nodes as YAML, with the place of each. The engine's own parser
// judges the text, so the walk over it afterwards can take it to be right.

import type { Report, Span } from "../diagnostic.js";
import {
  type KeyCheck,
  keyCheck,
  readYaml,
  type SourceText,
  type YamlEntry,
  type YamlNode,
} from "./yaml.js";

/** How deep maps and lists may lie within each other. */
const DEEPEST = 64;

/**
 * Reads a JSON file; numbers keep the digits that were typed. What is no JSON is
 * read as YAML, of which JSON is a part, so that mistakes are explained.
 */
export function readJson(source: SourceText, report: Report): YamlNode | undefined {
  try {
    JSON.parse(source.text);
  } catch {
    const hints = ["a comma, a bracket or a quotation mark may be missing before it"];
    return readYaml(source, (diagnostic) => {
      report(
        diagnostic.code === "yaml-invalid"
          ? { ...diagnostic, message: "from here on this is no valid JSON", hints }
          : diagnostic,
      );
    });
  }
  return readValue({ source, report, at: 0, depth: 0, keys: keyCheck(source, report) });
}

interface Walk {
  readonly source: SourceText;
  readonly report: Report;
  readonly keys: () => KeyCheck;
  at: number;
  depth: number;
}

const space = /[ \t\n\r]*/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const word = /[^\s,\]}]+/y;

function match(pattern: RegExp, walk: Walk): string {
  pattern.lastIndex = walk.at;
  const found = pattern.exec(walk.source.text)?.[0] ?? "";
  walk.at += found.length;
  return found;
}

function readValue(walk: Walk): YamlNode | undefined {
  match(space, walk);
  const start = walk.at;
  const span = (): Span => ({ file: walk.source.file, start, end: walk.at });
  const first = walk.source.text[start];
  if (first === '"') {
    const text = unquote(match(string, walk));
    return { type: "scalar", text, form: "quoted", span: span() };
  }
  if (first !== "{" && first !== "[") {
    return { type: "scalar", text: match(word, walk), form: "plain", span: span() };
  }
  if (walk.depth >= DEEPEST) {
    walk.report({
      code: "nested-too-deep",
      message: `maps and lists are nested more than ${DEEPEST} deep here`,
      span: { file: walk.source.file, start, end: start + 1 },
    });
    return undefined;
  }
  walk.depth++;
  walk.at++;
  const entries: YamlEntry[] = [];
  const items: YamlNode[] = [];
  const accepts = walk.keys();
  for (;;) {
    match(space, walk);
    const next = walk.source.text[walk.at];
    if (next === "}" || next === "]") break;
    if (next === ",") {
      walk.at++;
      continue;
    }
    if (first === "{") {
      const keyStart = walk.at;
      const key = unquote(match(string, walk));
      const keySpan = { file: walk.source.file, start: keyStart, end: walk.at };
      match(space, walk);
      walk.at++;
      const value = readValue(walk);
      if (!value) return undefined;
      if (accepts(key, keySpan)) entries.push({ key, keySpan, value });
    } else {
      const item = readValue(walk);
      if (!item) return undefined;
      items.push(item);
    }
  }
  walk.depth--;
  walk.at++;
  return first === "{"
    ? { type: "map", entries, span: span() }
    : { type: "list", items, span: span() };
}

function unquote(literal: string): string {
  return literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}
