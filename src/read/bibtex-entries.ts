// The text of a BibTeX or BibLaTeX file -> its entries, each field with its
// place. An entry that cannot be read is reported and left out; those around it
// are kept, since the search for them begins anew at the next line with an @.

import type { Report, Span } from "../diagnostic.js";
import type { SourceText } from "./yaml.js";

/** An entry: `@book{smith2000, title = {A title}}`. */
export interface BibtexEntry {
  /** In small letters: `book`. */
  readonly type: string;
  readonly key: string;
  readonly keySpan: Span;
  /** By name, in small letters; in the order of the file. */
  readonly fields: ReadonlyMap<string, BibtexField>;
}

export interface BibtexField {
  /** As it was typed, without its outer delimiters; `@string` names and `#` are resolved. */
  readonly value: string;
  readonly span: Span;
  readonly nameSpan: Span;
}

/** How deep braces may lie within each other. */
const DEEPEST = 100;

/** The longest value, in characters, that `@string` names may make. */
const LONGEST_VALUE = 65_536;

/** After so many broken entries a file is taken for none of BibTeX. */
const MOST_BROKEN = 100;

/** BibTeX's own names of the months. */
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** A mistake that makes an entry unreadable. */
class Broken extends Error {
  readonly at: number;
  readonly hints: readonly string[];

  constructor(message: string, at: number, hints: readonly string[] = []) {
    super(message);
    this.at = at;
    this.hints = hints;
  }
}

/** Reads the entries of a file. Text outside of them is a comment, as in BibTeX. */
export function readBibtexEntries(source: SourceText, report: Report): BibtexEntry[] {
  const { file, text } = source;
  const entries: BibtexEntry[] = [];
  const strings = new Map(months.map((month) => [month, month]));
  const cursor: Cursor = { file, text, strings, report, at: 0 };
  let broken = 0;
  let at = 0;
  while (true) {
    const head = nextHead(cursor, at);
    if (!head) break;
    try {
      cursor.at = head.end;
      if (head.type === "comment" || head.type === "preamble") skipBlock(cursor);
      else if (head.type === "string") readStrings(cursor, head.close);
      else entries.push(readEntry(cursor, head));
      at = cursor.at;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      if (++broken > MOST_BROKEN) {
        report({
          code: "entry-broken",
          message: `more than ${MOST_BROKEN} entries cannot be read; the rest of the file is left out`,
          span: { file, start: head.start, end: head.end },
          hints: ["is this a BibTeX file?"],
        });
        break;
      }
      report({
        code: "entry-broken",
        message: `${error.message}; this ${head.type === "string" ? "@string" : "entry"} is left out`,
        span: { file, start: error.at, end: Math.min(error.at + 1, text.length) },
        hints: error.hints,
      });
      at = nextLineHead(cursor, head.end);
    }
  }
  return entries;
}

interface Head {
  readonly type: string;
  readonly start: number;
  /** Behind the opening delimiter. */
  readonly end: number;
  readonly close: "}" | ")";
}

/** A text and the place in it up to which it is read. Its functions throw `Broken`. */
interface Cursor {
  readonly file: string;
  readonly text: string;
  /** The values of `@string`, by name in small letters. */
  readonly strings: Map<string, string>;
  readonly report: Report;
  at: number;
}

/** Returns the beginning of the next entry. */
function nextHead(cursor: Cursor, from: number): Head | undefined {
  const pattern = /@[ \t]*([a-z]+)\s*([{(])|^[ \t]*@[ \t]*([a-z]+)[ \t]+(?=[^\s,=]+\s*,)/gim;
  pattern.lastIndex = from;
  for (let match = pattern.exec(cursor.text); match; match = pattern.exec(cursor.text)) {
    const start = cursor.text.indexOf("@", match.index);
    const end = pattern.lastIndex;
    if (match[3] === undefined) {
      const close = match[2] === "(" ? ")" : "}";
      return { type: match[1]!.toLowerCase(), start, end, close };
    }
    cursor.report({
      code: "entry-broken",
      message: `there is no brace behind "@${match[3]}"; this entry is left out`,
      span: span(cursor, start, end),
    });
  }
  return undefined;
}

/** Returns where the next line lies that begins with an @. */
function nextLineHead(cursor: Cursor, from: number): number {
  const pattern = /^[ \t]*@/gm;
  pattern.lastIndex = from;
  return pattern.exec(cursor.text)?.index ?? cursor.text.length;
}

/** Passes over a block up to its closing delimiter, the opening one being read. */
function skipBlock(cursor: Cursor): void {
  cursor.at = closingBrace(cursor, cursor.at, "comment");
}

/** Reads `@string{name = value, …}`. */
function readStrings(cursor: Cursor, close: string): void {
  while (!isNext(cursor, close)) {
    const field = readField(cursor);
    if (field) cursor.strings.set(field.name, field.value);
    if (!isNext(cursor, close)) expectComma(cursor, close);
  }
  cursor.at++;
}

function readEntry(cursor: Cursor, { type, start, end, close }: Head): BibtexEntry {
  skipSpace(cursor);
  const keyStart = cursor.at;
  const key = match(/[^\s,{}=#"%]+/y, cursor.text, keyStart);
  cursor.at += key.length;
  const keySpan = span(cursor, keyStart, Math.max(cursor.at, keyStart + 1));
  skipSpace(cursor);
  if (!key || cursor.text[cursor.at] === "=") {
    throw new Broken("the entry has no key", start, [
      `write one behind the brace: @${type}{smith2000,`,
    ]);
  }
  const fields = new Map<string, BibtexField>();
  if (isNext(cursor, close)) {
    cursor.at++;
    return { type, key, keySpan, fields };
  }
  if (cursor.text[cursor.at] !== ",") {
    throw new Broken(
      cursor.at > keyStart + key.length
        ? `the key of the entry, "${key.slice(0, 40)}", is followed by a space and not by a comma`
        : "there must be a comma behind the key",
      cursor.at,
    );
  }
  cursor.at++;
  while (!isNext(cursor, close)) {
    if (isCut(cursor, fields, end)) {
      cursor.report({
        code: "entry-unclear",
        message: `the entry "${key}" has no closing brace`,
        span: keySpan,
        hints: ["it is read as if it ended before the next one; close it"],
      });
      return { type, key, keySpan, fields };
    }
    addField(cursor, fields);
    if (!isNext(cursor, close)) expectComma(cursor, close);
  }
  cursor.at++;
  return { type, key, keySpan, fields };
}

function addField(cursor: Cursor, fields: Map<string, BibtexField>): void {
  const field = readField(cursor);
  if (!field) return;
  if (!fields.has(field.name)) {
    fields.set(field.name, field);
    return;
  }
  cursor.report({
    code: "entry-unclear",
    message: `the field "${field.name}" stands twice in this entry; the first is taken`,
    span: field.nameSpan,
  });
}

/** Whether an entry ends without its brace: before another one, or with the file. */
function isCut(cursor: Cursor, fields: ReadonlyMap<string, BibtexField>, start: number): boolean {
  skipSpace(cursor);
  if (cursor.at < cursor.text.length && cursor.text[cursor.at] !== "@") return false;
  // A brace that is missing in a field has swallowed the fields behind it.
  for (const { value, span } of fields.values()) {
    if (/,\s*\n\s*[a-z]+\s*=\s*[{"\d]/i.test(value)) {
      throw new Broken("the brace that is opened here is closed nowhere", span.start);
    }
  }
  if (fields.size === 0) throw new Broken("the entry breaks off", Math.max(start - 1, 0));
  return true;
}

/** Reads `name = value`; returns undefined for one that has no value. */
function readField(cursor: Cursor): (BibtexField & { readonly name: string }) | undefined {
  skipSpace(cursor);
  const start = cursor.at;
  const name = match(/[^\s,={}()#"%\\]+/y, cursor.text, cursor.at);
  cursor.at += name.length;
  const nameSpan = span(cursor, start, Math.max(cursor.at, start + 1));
  skipSpace(cursor);
  if (!name || cursor.text[cursor.at] !== "=") {
    if (cursor.at >= cursor.text.length) throw new Broken("the file breaks off here", start - 1);
    throw new Broken(
      name
        ? `there is no = behind "${name.slice(0, 40)}"`
        : `a field was expected here, but not ${JSON.stringify(cursor.text[cursor.at])}`,
      cursor.at,
    );
  }
  cursor.at++;
  skipSpace(cursor);
  const valueStart = cursor.at;
  const parts: string[] = [];
  let length = 0;
  let isKnown = true;
  while (true) {
    const part = readPart(cursor);
    if (part === undefined) isKnown = false;
    else {
      length += part.length;
      // A single literal may be as long as the file; only repetition is capped.
      if (length > LONGEST_VALUE && parts.length > 0) {
        throw new Broken(
          `with its @strings the field "${name}" is longer than ${LONGEST_VALUE} characters`,
          valueStart,
        );
      }
      parts.push(part);
    }
    const end = cursor.at;
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== "#") {
      const value = parts.join("");
      const place = span(cursor, valueStart, end);
      const field = { name: name.toLowerCase(), value, span: place, nameSpan };
      return isKnown || field.value.trim() ? field : undefined;
    }
    cursor.at++;
    skipSpace(cursor);
  }
}

/** Reads a piece of a value; returns undefined for a name that no @string has given. */
function readPart(cursor: Cursor): string | undefined {
  const start = cursor.at;
  const opening = cursor.text[start];
  if (opening === "{") {
    cursor.at = closingBrace(cursor, start + 1, "value");
    return cursor.text.slice(start + 1, cursor.at - 1);
  }
  if (opening === '"') {
    cursor.at = closingQuote(cursor, start);
    return cursor.text.slice(start + 1, cursor.at - 1);
  }
  const word = match(/[^\s,{}()#"=@]+/y, cursor.text, start);
  if (!word) {
    throw start >= cursor.text.length
      ? new Broken("the file breaks off here", start - 1)
      : new Broken("a value is missing here", start);
  }
  cursor.at += word.length;
  if (/^[-+]?\d+$/.test(word)) return word;
  const value = cursor.strings.get(word.toLowerCase());
  if (value !== undefined) return value;
  cursor.report({
    code: "entry-unclear",
    message: `no @string is called "${word.slice(0, 40)}", so it prints nothing`,
    span: span(cursor, start, cursor.at),
    hints: [`if it is a text, put it into braces: {${word.slice(0, 40)}}`],
  });
  return undefined;
}

/** Returns the place behind the brace that closes one; `from` lies behind that. */
function closingBrace(cursor: Cursor, from: number, what: "value" | "comment"): number {
  const brace = /[{}]/g;
  brace.lastIndex = from;
  let depth = 1;
  for (let found = brace.exec(cursor.text); found; found = brace.exec(cursor.text)) {
    depth += found[0] === "{" ? 1 : -1;
    if (depth === 0) return brace.lastIndex;
    if (depth > DEEPEST) {
      throw new Broken(`braces are nested more than ${DEEPEST} deep here`, found.index);
    }
  }
  if (what === "comment") return nextLineHead(cursor, from);
  throw new Broken("the brace that is opened here is closed nowhere", from - 1);
}

function closingQuote(cursor: Cursor, start: number): number {
  const mark = /["{}]/g;
  mark.lastIndex = start + 1;
  let depth = 0;
  for (let found = mark.exec(cursor.text); found; found = mark.exec(cursor.text)) {
    if (found[0] === "{") depth++;
    else if (found[0] === "}") depth--;
    else if (depth === 0) return mark.lastIndex;
    if (depth < 0) break;
    if (depth > DEEPEST) {
      throw new Broken(`braces are nested more than ${DEEPEST} deep here`, found.index);
    }
  }
  throw new Broken("the quotation mark that is opened here is closed nowhere", start);
}

function expectComma(cursor: Cursor, close: string): void {
  const { text } = cursor;
  if (text[cursor.at] === ",") {
    cursor.at++;
    return;
  }
  // The next field, or the end that a reader sees, needs no comma to be understood.
  const field = match(/[a-z][\w+:-]*\s*=/iy, text, cursor.at);
  if (!field && cursor.at < text.length && text[cursor.at] !== "@") {
    throw new Broken(
      `a comma or ${close} was expected here, but not ${JSON.stringify(text[cursor.at])}`,
      cursor.at,
    );
  }
  if (!field) return;
  cursor.report({
    code: "entry-unclear",
    message: "a comma is missing before this field; it is read as if it stood there",
    span: span(cursor, cursor.at, cursor.at + field.length),
  });
}

function isNext(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  return cursor.text[cursor.at] === character;
}

function skipSpace(cursor: Cursor): void {
  // A comment in the manner of TeX may stand between fields.
  for (let length = 1; length > 0; cursor.at += length) {
    length = match(/\s+|%[^\n]*/y, cursor.text, cursor.at).length;
  }
}

function span(cursor: Cursor, start: number, end: number): Span {
  return { file: cursor.file, start, end };
}

/** Returns what a sticky expression matches at a place, or nothing. */
function match(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? "";
}
