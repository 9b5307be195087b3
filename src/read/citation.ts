// Pandoc's citations as syntax of micromark and nodes of mdast: `[see @a, p. 3;
// -@b]`, `@a [p. 3; @b]`, `@{odd key}`. Prefixes and suffixes are tokenized as
// inline Markdown, like the text around them.

import type { Node, PhrasingContent } from "mdast";
import type { CompileContext, Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Construct, Extension, TokenizeContext } from "micromark-util-types";
import { isLabelKey } from "./cross-reference.js";
import { readLocator } from "./locator.js";
import { bracketScan, dataOf, isWord, nestedText, type Piece, textSyntax } from "./nested-text.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    citation: "citation";
    citationItem: "citationItem";
    citationKey: "citationKey";
    citationPrefix: "citationPrefix";
    citationSuffix: "citationSuffix";
  }
}

declare module "mdast" {
  interface RootContentMap {
    citation: CitationNode;
    citationItem: CitationItemNode;
    citationPart: CitationPartNode;
  }
  interface PhrasingContentMap {
    citation: CitationNode;
  }
}

type Position = Node["position"];

/** A citation among the nodes of mdast. */
export interface CitationNode {
  type: "citation";
  mode: "parenthetical" | "narrative";
  /** What was typed, on one line. */
  value: string;
  children: CitationItemNode[];
  position?: Position;
}

/** One work of it. */
export interface CitationItemNode {
  type: "citationItem";
  key: string;
  suppressAuthor: boolean;
  label?: string | undefined;
  locator?: string | undefined;
  children: CitationPartNode[];
  position?: Position;
}

/**
 * The key, for its place, or the text before or behind it. A prefix has no
 * white space at its ends; a suffix keeps the comma and space that it begins
 * with, `, my italics`, except behind a narrative key, where it begins with its
 * first letter: `@a [see below]`.
 */
export interface CitationPartNode {
  type: "citationPart";
  role: "key" | "prefix" | "suffix";
  children: PhrasingContent[];
  position?: Position;
}

type CitationData = Pick<CitationNode, "mode" | "value">;
type ItemData = Pick<CitationItemNode, "key" | "suppressAuthor" | "label" | "locator">;

/** How long a citation may be, in characters: some fifty works. */
const LONGEST_CITATION = 5_000;
const LONGEST_KEY = 1_000;
/** How far an address behind brackets is looked at, to know a link from a citation. */
const LONGEST_ADDRESS = 300;

/** What a key may hold between letters, digits and underscores. */
const keyPunctuation = /[:.#$%&+?<>~/-]/;

const bracketed = (lang: string): Construct =>
  nestedText({
    name: "citation",
    before: true,
    look: () => {
      const { scan, end } = bracketScan(LONGEST_CITATION);
      let behind = "";
      return {
        scan(character, at) {
          if (scan(character, at)) return true;
          // `[@a](https://…)` is a link; `[@a](see there)` is not.
          if (!end() || /[\s)]$/.test(behind) || (!behind && character !== "(")) return false;
          behind += character;
          return behind.length < LONGEST_ADDRESS;
        },
        parse(seen) {
          if (!end() || behind.endsWith(")") || behind.length === LONGEST_ADDRESS) return undefined;
          const source = seen.slice(0, end());
          const items = readItems(source, 1, end() - 1, lang);
          return items && citationPiece("parenthetical", source, end(), items);
        },
      };
    },
  });

const narrative = (lang: string): Construct =>
  nestedText({
    name: "citation",
    // Not in an address such as jane@example.org; but `_@smith_` is in emphasis.
    previous: (character) => (character === "_" || !isWord(character)) && character !== "\\",
    look: (context) => {
      const before = context.previous;
      let keyEnd = 0;
      let braced = false;
      let bracket: ReturnType<typeof bracketScan> | undefined;
      let bracketStart = 0;
      let behind = "";
      let seen = "";
      return {
        scan(character, at) {
          if (bracket) {
            if (bracket.scan(character, at - bracketStart)) return true;
            // What is followed by these is a link with its text.
            if (bracket.end()) behind = character;
            return false;
          }
          if (!keyEnd) {
            if (inKey(seen, character, braced)) {
              braced ||= character === "{";
              seen += character;
              return at < LONGEST_KEY;
            }
            keyEnd = readKey(seen, seen.startsWith("-") ? 2 : 1)?.end ?? -1;
            if (keyEnd !== seen.length) return false;
          }
          if (character === "[") {
            bracketStart = at;
            bracket = bracketScan(LONGEST_CITATION);
            return bracket.scan(character, 0);
          }
          return /\s/.test(character) && at < keyEnd + 100;
        },
        parse(all) {
          const keyStart = all.startsWith("-") ? 2 : 1;
          const key = readKey(all, keyStart);
          if (!key || all[keyStart - 1] !== "@") return undefined;
          // `--@key` is a dash before a narrative citation.
          if (keyStart === 2 && before === "-".charCodeAt(0)) return undefined;
          const mode = keyStart === 2 ? "parenthetical" : "narrative";
          const end = bracket?.end() ? bracketStart + bracket.end() : 0;
          // What stands in brackets behind a cross-reference is text.
          const rest =
            end && !/[([]/.test(behind) && !isLabelKey(key.key)
              ? readRest(all, bracketStart, end, context, lang)
              : undefined;
          const data: ItemData = { key: key.key, suppressAuthor: keyStart === 2, ...rest?.locator };
          const first = itemPiece(data, 0, key.end, rest?.suffix);
          return citationPiece(mode, all.slice(0, rest ? end : key.end), rest ? end : key.end, [
            first,
            ...(rest?.items ?? []),
          ]);
        },
      };
    },
  });

/** Returns the micromark extension for citations, whose locators may be named in `lang`. */
export function citationSyntax(lang = "en"): Extension {
  return textSyntax({ "[": bracketed(lang), "@-": narrative(lang) });
}

/** Returns the extension that makes nodes of them. */
export function citationFromMarkdown(): FromMarkdown {
  const part = (role: CitationPartNode["role"]) =>
    function (this: CompileContext, token: Parameters<CompileContext["enter"]>[1]) {
      this.enter({ type: "citationPart", role, children: [] }, token);
    };
  const exit = function (this: CompileContext, token: Parameters<CompileContext["exit"]>[0]) {
    this.exit(token);
  };
  return {
    canContainEols: ["citationPart"],
    enter: {
      citation(token) {
        this.enter({ type: "citation", ...dataOf<CitationData>(token), children: [] }, token);
      },
      citationItem(token) {
        this.enter({ type: "citationItem", ...dataOf<ItemData>(token), children: [] }, token);
      },
      citationKey: part("key"),
      citationPrefix: part("prefix"),
      citationSuffix: part("suffix"),
    },
    exit: {
      citation: exit,
      citationItem: exit,
      citationKey: exit,
      citationPrefix: exit,
      citationSuffix: exit,
    },
  };
}

/**
 * Reads the items between two offsets, separated by semicolons. Returns
 * undefined if one of them has no key, since then it is no citation.
 */
function readItems(text: string, start: number, end: number, lang: string): Piece[] | undefined {
  if (!text.includes("@")) return undefined;
  const items: Piece[] = [];
  for (const part of split(text, start, end)) {
    const item = readItem(text, part.start, part.end, lang);
    if (!item) return undefined;
    items.push(item);
  }
  return items;
}

function readItem(text: string, start: number, end: number, lang: string): Piece | undefined {
  const found = findKey(text, start, end);
  if (!found) return undefined;
  const { key, suppressAuthor } = found;
  const suffix = readLocator(text.slice(found.end, end), lang);
  const data = { key, suppressAuthor, label: suffix.label, locator: suffix.locator };
  const prefix = trimmed(text, start, found.start);
  const rest = found.end + suffix.end;
  return itemPiece(
    data,
    found.start,
    found.end,
    { start: rest, end: rest + text.slice(rest, end).trimEnd().length },
    prefix,
  );
}

/** Reads the brackets behind a narrative key: ` [p. 3; @b]`, ` [@b]`. */
function readRest(
  text: string,
  start: number,
  end: number,
  context: TokenizeContext,
  lang: string,
) {
  const inner = { start: start + 1, end: end - 1 };
  const label = text.slice(inner.start, inner.end);
  if (!label.trim() || label.startsWith("^")) return undefined;
  // A link that is defined elsewhere.
  if (context.parser.defined.includes(label.trim().toUpperCase().replace(/\s+/g, " "))) {
    return undefined;
  }
  const [first, ...others] = split(text, inner.start, inner.end);
  const items = readItems(text, inner.start, inner.end, lang);
  if (items) return { items };
  if (!first || findKey(text, first.start, first.end)) return undefined;
  const rest = others.map((part) => readItem(text, part.start, part.end, lang));
  if (rest.includes(undefined)) return undefined;
  const range = trimmed(text, first.start, first.end);
  const locator = readLocator(text.slice(range.start, range.end), lang);
  return {
    items: rest as Piece[],
    locator: { label: locator.label, locator: locator.locator },
    suffix: { start: range.start + locator.end, end: range.end },
  };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function citationPiece(
  mode: CitationNode["mode"],
  typed: string,
  end: number,
  items: readonly Piece[],
): Piece {
  const data: CitationData = { mode, value: typed.replace(/\s+/g, " ") };
  return { type: "citation", start: 0, end, data, children: items };
}

function itemPiece(
  data: ItemData,
  start: number,
  end: number,
  suffix?: Range,
  prefix?: Range,
): Piece {
  const text = (type: "citationPrefix" | "citationSuffix", range?: Range): Piece[] =>
    range && range.end > range.start ? [{ type, ...range, text: true }] : [];
  const children = [
    ...text("citationPrefix", prefix),
    { type: "citationKey", start, end } as const,
    ...text("citationSuffix", suffix),
  ];
  return {
    type: "citationItem",
    start: children[0]!.start,
    end: children.at(-1)!.end,
    data,
    children,
  };
}

/** Returns the ranges between semicolons that lie in no brackets, braces or code. */
function split(text: string, start: number, end: number): Range[] {
  const parts: Range[] = [];
  let from = start;
  for (const at of openPlaces(text, start, end)) {
    if (text[at] !== ";") continue;
    parts.push({ start: from, end: at });
    from = at + 1;
  }
  return [...parts, { start: from, end }];
}

interface Key extends Range {
  readonly key: string;
  readonly suppressAuthor: boolean;
}

/** Finds the first key that lies in no brackets or code; its range has the `@` and the `-`. */
function findKey(text: string, start: number, end: number): Key | undefined {
  for (const at of openPlaces(text, start, end)) {
    if (text[at] !== "@" || (at > start && /[\p{L}\p{N}]/u.test(text[at - 1]!))) continue;
    const key = readKey(text, at + 1);
    if (!key || key.end > end) continue;
    const suppressAuthor =
      text[at - 1] === "-" && at > start && (at - 1 === start || !/[-\w]/.test(text[at - 2]!));
    return { key: key.key, start: suppressAuthor ? at - 1 : at, end: key.end, suppressAuthor };
  }
  return undefined;
}

/** Yields the offsets of characters that are behind no backslash and in no brackets, braces or code. */
function* openPlaces(text: string, start: number, end: number): Generator<number> {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const character = text[at]!;
    if (character === "\\") at++;
    else if (character === "`") {
      const run = /^`+/.exec(text.slice(at, end))![0];
      const close = text.indexOf(run, at + run.length);
      at = close < 0 || close >= end ? at + run.length - 1 : close + run.length - 1;
    } else if (character === "[" || character === "{") {
      depth++;
    } else if (character === "]" || character === "}") depth--;
    else if (depth <= 0) yield at;
    if (character === "@" && depth <= 0 && text[at + 1] === "{") {
      const close = text.indexOf("}", at);
      if (close >= 0) at = close;
    }
  }
}

/** Whether a character may still belong to a key that has been typed so far, `@` included. */
function inKey(seen: string, character: string, braced: boolean): boolean {
  if (character === "" || character === "\n") return false;
  if (seen.length === 0) return character === "@" || character === "-";
  if (seen === "-") return character === "@";
  if (braced) return character !== "{" && !seen.endsWith("}");
  if (seen.endsWith("@") && character === "{") return true;
  return isKeyCharacter(character) || keyPunctuation.test(character);
}

/** Letters outside of the basic plane come as two surrogates, which are let pass. */
const isKeyCharacter = (character: string): boolean =>
  isWord(character) || /[\ud800-\udfff]/.test(character);

/**
 * Reads the key at an offset, behind the `@`: `smith2000`, `{odd key}`. It
 * begins with a letter, digit or underscore; punctuation belongs to it only
 * before another of those, so `@smith2000.` ends a sentence.
 */
function readKey(text: string, start: number): { key: string; end: number } | undefined {
  if (text[start] === "{") {
    const inner = /^\{([^{}\n]+)\}/.exec(text.slice(start, start + LONGEST_KEY));
    const key = inner?.[1]?.trim();
    return inner && key ? { key: key.normalize("NFC"), end: start + inner[0].length } : undefined;
  }
  let end = start;
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (isKeyCharacter(character)) {
      // An underscore at the end belongs to emphasis around the citation.
      if (character !== "_") end = at + 1;
    } else if (at === start || !keyPunctuation.test(character)) break;
    else if (
      !isKeyCharacter(text[at + 1] ?? "") &&
      !/^[:/]\/|^\/[\p{L}\p{N}]/u.test(text.slice(at, at + 2))
    )
      break;
  }
  return end > start ? { key: text.slice(start, end).normalize("NFC"), end } : undefined;
}

/** Returns the range without white space at its ends. */
function trimmed(text: string, start: number, end: number): Range {
  const inner = text.slice(start, end);
  const from = start + inner.length - inner.trimStart().length;
  return { start: from, end: Math.max(from, start + inner.trimEnd().length) };
}
