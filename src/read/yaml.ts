// Text of a YAML or JSON file -> its nodes, with the place of each. Scalars stay
// text, as they were typed (`volume: 012`); whoever wants a number reads one.
// The depth is checked before the parser sees the text, since deep nesting can
// abort the whole process inside of it.

import {
  Composer,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  Lexer,
  type ParsedNode,
  Parser,
  Scalar,
  type YAMLError,
} from "yaml";
import type { Diagnostic, Report, Span } from "../diagnostic.js";

/** A file that was read. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

export type YamlNode = YamlScalar | YamlMap | YamlList;

/** Any text, number, date or empty value. */
export interface YamlScalar {
  readonly type: "scalar";
  /** Unquoted, but otherwise as typed: `012`, `no`, `2019-12-13`. */
  readonly text: string;
  /** `literal` is written with `|` and `folded` with `>`. */
  readonly form: "plain" | "quoted" | "literal" | "folded";
  readonly span: Span;
}

export interface YamlMap {
  readonly type: "map";
  /** Each key once, in the order of the file. */
  readonly entries: readonly YamlEntry[];
  readonly span: Span;
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly type: "list";
  readonly items: readonly YamlNode[];
  readonly span: Span;
}

/** How deep maps and lists may lie within each other. */
const DEEPEST = 64;

/** Names that would reach into JavaScript's own objects. */
const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

/** Whether a value was left empty, or is `null` or `~`. */
export function isEmpty(node: YamlNode): boolean {
  return node.type === "scalar" && node.form === "plain" && /^(~|null|Null|NULL)?$/.test(node.text);
}

/**
 * Reads a YAML file. Returns undefined for one that holds nothing, and for one
 * with mistakes in its syntax, which are all reported: tabs, missing colons,
 * unknown tags, several documents. Keys that stand twice, anchors and aliases are
 * reported and left out.
 */
export function readYaml(source: SourceText, report: Report): YamlNode | undefined {
  const lexemes = lex(source, report);
  if (!lexemes) return undefined;
  let failed = false;
  const fail: Report = (diagnostic) => {
    failed = true;
    report(diagnostic);
  };
  const documents = compose(lexemes);
  const [document, second] = documents.filter(
    // A line --- at the end begins a document that holds nothing.
    ({ contents, errors }, index) =>
      index === 0 || errors.length || !(isScalar(contents) && contents.value === ""),
  );
  if (!document) return undefined;
  if (second) {
    fail({
      code: "yaml-invalid",
      message: "a second document begins here; one file holds one",
      span: spanOf(source.file, second.range[0], second.range[0] + 3),
      hints: ["take out the line ---"],
    });
  }
  const lines = new Set<number>();
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  for (const error of errors) {
    // One mistake often confuses the parser several times on its line.
    const line = source.text.lastIndexOf("\n", error.pos[0] - 1);
    if (lines.has(line)) continue;
    lines.add(line);
    fail(explain(error, source, lexemes));
  }
  if (failed) return undefined;
  if (!document.contents) return undefined;
  return convert(document.contents, { source, report, keys: keyCheck(source, report) });
}

/** Returns the lexical tokens, unless the text is nested too deep or no text at all. */
function lex({ file, text }: SourceText, report: Report): string[] | undefined {
  const lexemes: string[] = [];
  const indents: number[] = [];
  let flow = 0;
  let indicators = 0;
  let offset = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    lexemes.push(lexeme);
    const at = offset;
    offset += lengthOf(lexeme);
    if (inScalar) inScalar = false;
    else if (lexeme === "\u001f") inScalar = true;
    else if (lexeme.startsWith("\n")) indicators = 0;
    else if (/^ +$/.test(lexeme) && flow === 0) {
      while ((indents.at(-1) ?? 0) >= lexeme.length) indents.pop();
      indents.push(lexeme.length);
    } else if (lexeme === "[" || lexeme === "{") flow++;
    else if (lexeme === "]" || lexeme === "}") flow = Math.max(0, flow - 1);
    else if (lexeme === "-" || lexeme === "?" || lexeme === ":") indicators++;
    if (Math.max(flow, indicators, indents.length) > DEEPEST) {
      report({
        code: "nested-too-deep",
        message: `maps and lists are nested more than ${DEEPEST} deep here`,
        span: spanOf(file, at, at + 1),
      });
      return undefined;
    }
  }
  return lexemes;
}

/** Three of the lexer's marks stand for no character of the text. */
const lengthOf = (lexeme: string): number =>
  /^[\u0002\u0018\u001f]$/.test(lexeme) ? 0 : lexeme.length;

function compose(lexemes: readonly string[]): Document.Parsed[] {
  const parser = new Parser();
  // `failsafe` leaves every scalar a text. The library's own search for keys
  // that stand twice takes quadratic time.
  const composer = new Composer({
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    stringKeys: true,
  });
  const documents: Document.Parsed[] = [];
  for (const lexeme of lexemes) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return documents;
}

/** Turns the library's nodes into ours, which hold only what a manuscript may hold. */
function convert(node: ParsedNode, context: Context): YamlNode | undefined {
  const { source, report } = context;
  const span = spanOf(source.file, node.range[0], node.range[1]);
  if (isAlias(node) || node.anchor !== undefined) {
    const [sign, kind] = isAlias(node) ? ["*", "an alias"] : ["&", "an anchor"];
    const start = isAlias(node) ? span.start : source.text.lastIndexOf("&", span.start);
    report({
      code: "yaml-invalid",
      message: `a value that begins with ${sign} is ${kind} in YAML, which is not used here`,
      span: spanOf(source.file, start, Math.max(start + 1, isAlias(node) ? span.end : span.start)),
      hints: [quoteHint],
    });
    return undefined;
  }
  if (isScalar(node)) {
    return { type: "scalar", text: String(node.value ?? ""), form: formOf(node.type), span };
  }
  if (isSeq(node)) {
    const items = node.items.flatMap((item) => convert(item as ParsedNode, context) ?? []);
    return { type: "list", items, span };
  }
  const accepts = context.keys();
  const entries: YamlEntry[] = [];
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const [start, end] = key.range!;
    const name = String(key.value ?? "");
    const keySpan = spanOf(source.file, start, end);
    const converted: YamlNode | undefined = value
      ? convert(value as ParsedNode, context)
      : { type: "scalar", text: "", form: "plain", span: spanOf(source.file, end, end) };
    if (accepts(name, keySpan) && converted) entries.push({ key: name, keySpan, value: converted });
  }
  return { type: "map", entries, span };
}

interface Context {
  readonly source: SourceText;
  readonly report: Report;
  readonly keys: () => KeyCheck;
}

/** Whether a key of a map is a new one; if not, that has been reported. */
export type KeyCheck = (key: string, span: Span) => boolean;

/**
 * Returns what makes a check for the keys of one map after another. Keys that
 * stand twice or reach into JavaScript's own objects are reported.
 */
export function keyCheck(source: SourceText, report: Report): () => KeyCheck {
  const lineOf = lineCounter(source);
  return () => {
    const seen = new Map<string, Span>();
    return (key, span) => {
      const first = seen.get(key);
      if (first) {
        report({
          code: "field-duplicate",
          message: `"${shorten(key)}" stands twice; the first is on line ${lineOf(first.start)}`,
          span,
          hints: ["take one of them out"],
        });
        return false;
      }
      seen.set(key, span);
      if (!forbiddenKeys.has(key)) return true;
      report({ code: "field-unknown", message: `"${key}" is not allowed as a field`, span });
      return false;
    };
  };
}

/** Returns a function from offsets to line numbers that counts the lines once, when needed. */
export function lineCounter({ text }: SourceText): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    if (!starts) {
      starts = [0];
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
        starts.push(at + 1);
    }
    return lastAtMost(starts, offset) + 1;
  };
}

/**
 * Returns a function from offsets in a scalar's text to offsets in the file,
 * whose text is given. The lines of a literal block (`|`) are those of the file
 * but for their indentation; elsewhere quoted marks and folded lines are followed
 * letter by letter, up to the first escape.
 */
export function offsetMap({ text, form, span }: YamlScalar, file: string): (at: number) => number {
  if (form === "literal") return literalMap(text, span, file);
  let places: Uint32Array | undefined;
  return (at) => {
    places ??= letterPlaces(text, form, span, file);
    return places[Math.min(at, text.length)]!;
  };
}

/** The lines of a literal end where those of the file do, so they are matched by their ends. */
function literalMap(text: string, span: Span, file: string): (at: number) => number {
  let starts: number[] | undefined;
  let ends: number[] = [];
  return (at) => {
    if (!starts) {
      starts = [];
      ends = [];
      let fileAt = file.indexOf("\n", span.start) + 1;
      for (let start = 0; start <= text.length; ) {
        const next = text.indexOf("\n", start);
        const end = next < 0 ? text.length : next;
        const fileNext = file.indexOf("\n", fileAt);
        const fileEnd = fileNext < 0 ? file.length : fileNext;
        starts.push(start);
        ends.push(Math.min(fileEnd, span.end) - end);
        start = end + 1;
        fileAt = fileEnd + 1;
      }
    }
    return at + ends[lastAtMost(starts, at)]!;
  };
}

function letterPlaces(
  text: string,
  form: YamlScalar["form"],
  span: Span,
  file: string,
): Uint32Array {
  const places = new Uint32Array(text.length + 1).fill(span.start);
  let from = form === "folded" ? file.indexOf("\n", span.start) + 1 : span.start;
  if (form === "quoted") from++;
  const single = file[span.start] === "'";
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (/\s/.test(character)) {
      // A space may stand for a line's end and the indentation of the next.
      places[at] = from;
      if (file[from] === character) from++;
      continue;
    }
    while (/\s/.test(file[from] ?? "")) from++;
    if (file[from] === "\\" && file[from + 1] === character && form === "quoted" && !single) from++;
    if (file[from] !== character) return places;
    places[at] = from++;
    if (single && character === "'") from++;
  }
  places[text.length] = from;
  return places;
}

/** Returns the index of the last number that is not greater than `limit`, of ascending ones. */
function lastAtMost(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

const spanOf = (file: string, start: number, end: number): Span => ({ file, start, end });

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function formOf(type: Scalar["type"]): YamlScalar["form"] {
  switch (type) {
    case Scalar.BLOCK_LITERAL:
      return "literal";
    case Scalar.BLOCK_FOLDED:
      return "folded";
    case Scalar.QUOTE_DOUBLE:
    case Scalar.QUOTE_SINGLE:
      return "quoted";
    default:
      return "plain";
  }
}

const quoteHint = 'if it is text, put it in quotes: "…"';

/** Returns where the quoted text begins that is found open at an offset. */
function openingQuote(lexemes: readonly string[], end: number): number {
  let at = 0;
  let quote = end;
  for (const lexeme of lexemes) {
    if (at >= end) break;
    if (/^["']/.test(lexeme)) quote = at;
    at += lengthOf(lexeme);
  }
  return quote;
}

/** Says in plain words what the parser says in its own. */
function explain(
  error: YAMLError,
  { file, text }: SourceText,
  lexemes: readonly string[],
): Diagnostic {
  const [start, end] = error.pos;
  const span = spanOf(file, Math.min(start, text.length), Math.max(start + 1, end));
  const invalid = (message: string, ...hints: string[]): Diagnostic => ({
    code: "yaml-invalid",
    message,
    span,
    hints,
  });
  switch (error.code) {
    case "TAB_AS_INDENT":
      return invalid("a tab indents this line", "indent with spaces; YAML allows no tabs here");
    case "BAD_INDENT":
      if (/^Flow/.test(error.message))
        return invalid("a bracket or brace before this is never closed");
      if (text[start] === "\t") {
        return invalid("a tab indents this line", "indent with spaces; YAML allows no tabs here");
      }
      return invalid(
        "this line is not indented like those it belongs to",
        "fields of one map begin in the same column",
      );
    case "BLOCK_AS_IMPLICIT_KEY":
      return invalid(
        "a second colon makes this value look like a field",
        quoteHint,
        "if the next line is a field of its own, give it the same indentation",
      );
    case "MULTILINE_IMPLICIT_KEY":
      return invalid("a colon is missing after the name of a field", "write it as `name: value`");
    case "BAD_SCALAR_START":
      return invalid(`a value cannot begin with ${text[start] ?? "this character"}`, quoteHint);
    case "BAD_DQ_ESCAPE":
      return invalid(
        "this backslash means nothing between double quotes",
        "write two backslashes, or use single quotes",
      );
    case "TAG_RESOLVE_FAILED":
      return invalid(
        "a value that begins with ! is a tag in YAML, which is not used here",
        quoteHint,
      );
    case "UNEXPECTED_TOKEN":
      return invalid(
        "this stands behind the end of a value",
        "put the whole value in quotes; within single quotes an apostrophe is written twice",
      );
    case "NON_STRING_KEY":
      return invalid("the name of a field must be text");
    case "MISSING_CHAR":
      if (/followed by map values/.test(error.message)) {
        return invalid("a colon is missing after the name of a field", "write it as `name: value`");
      }
      if (/quote/.test(error.message)) {
        const quote = openingQuote(lexemes, start);
        const place = spanOf(file, quote, quote + 1);
        return { ...invalid("this quotation mark has no partner"), span: place };
      }
      if (/end with/.test(error.message)) return invalid("a bracket or brace is never closed");
      break;
    default:
  }
  const message = error.message.replace(/ at line \d+.*$/s, "");
  return invalid(`this is no valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`);
}
