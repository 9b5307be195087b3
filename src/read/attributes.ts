// Pandoc's attributes, `{#id .class key="a value"}`: their grammar, and those in
// a line of text as syntax of micromark and nodes of mdast. What they belong to
// stands before them; what that does not take is reported.

import type { Node } from "mdast";
import type { Extension as FromMarkdown } from "mdast-util-from-markdown";
import type { Extension } from "micromark-util-types";
import type { Span } from "../diagnostic.js";
import type { Inline } from "../document.js";
import { didYouMean } from "../nearest.js";
import { readLanguageTag } from "./language-tag.js";
import { dataOf, nestedText, textSyntax } from "./nested-text.js";
import { type Reading, spanBetween } from "./reading.js";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    attributeList: "attributeList";
  }
}

declare module "mdast" {
  interface RootContentMap {
    attributeList: AttributeListNode;
  }
  interface PhrasingContentMap {
    attributeList: AttributeListNode;
  }
}

/** A word of attributes: an id, class or pair, its place counted from the opening brace. */
export interface Attribute {
  readonly kind: "id" | "class" | "pair";
  /** The name of a pair; empty on others. */
  readonly key: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Where the value begins. */
  readonly valueStart: number;
}

/** What stands in one pair of braces. */
export interface Attributes {
  readonly list: readonly Attribute[];
  /** As it was typed, braces included. */
  readonly typed: string;
}

/** Attributes among the nodes of mdast. */
export interface AttributeListNode {
  type: "attributeList";
  attributes: Attributes;
  position?: Node["position"];
}

/** How long attributes may be, in characters; a caption of code is one of them. */
export const LONGEST_ATTRIBUTES = 4_000;

const word =
  /\s+|#(?<id>[^\s{}"'=#]+)|\.(?<class>[^\s{}"'=#]+)|(?<minus>-)(?=[\s}])|(?<key>[\p{L}_][\p{L}\p{N}_:.-]*)=(?:"(?<double>(?:[^"\\]|\\[\s\S])*)"|'(?<single>(?:[^'\\]|\\[\s\S])*)'|(?<bare>[^\s{}"'<>=]+))/uy;

/**
 * Reads the attributes that begin at an offset with their brace. Returns
 * undefined if it is something else in braces, or nothing.
 */
export function parseAttributes(text: string, at = 0): Attributes | undefined {
  if (text[at] !== "{") return undefined;
  const list: Attribute[] = [];
  let next = at + 1;
  while (text[next] !== "}") {
    word.lastIndex = next;
    const found = word.exec(text);
    if (!found || next - at > LONGEST_ATTRIBUTES) return undefined;
    const { id, class: name, minus, key, double, single, bare } = found.groups!;
    const start = next - at;
    const end = start + found[0].length;
    const place = { start, end, valueStart: start + 1 };
    if (id !== undefined) list.push({ kind: "id", key: "", value: id, ...place });
    else if (name !== undefined) list.push({ kind: "class", key: "", value: name, ...place });
    else if (minus) list.push({ kind: "class", key: "", value: "unnumbered", ...place });
    else if (key !== undefined) {
      const quoted = double ?? single;
      const value = bare ?? quoted!.replace(/\\(["'\\])/g, "$1");
      const valueStart = start + key.length + (quoted === undefined ? 1 : 2);
      list.push({ kind: "pair", key, value, start, end, valueStart });
    }
    next += found[0].length;
  }
  return list.length ? { list, typed: text.slice(at, next + 1) } : undefined;
}

/**
 * Returns a scan that stops behind the brace that closes the first one, which
 * is then its `end`, or gives up, and then its `end` is 0.
 */
export function braceScan(): {
  readonly scan: (character: string, at: number) => boolean;
  readonly end: () => number;
} {
  let quote = "";
  let escaped = false;
  let end = 0;
  const scan = (character: string, at: number): boolean => {
    if (end || at > LONGEST_ATTRIBUTES) return false;
    if (at === 0) return character === "{";
    if (escaped) escaped = false;
    else if (quote) {
      if (character === "\\") escaped = true;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "{") return false;
    else if (character === "}") end = at + 1;
    return true;
  };
  return { scan, end: () => end };
}

/** Returns the micromark extension for attributes in a line of text. */
export function attributeSyntax(): Extension {
  const list = nestedText({
    name: "attributeList",
    look: () => {
      const { scan, end } = braceScan();
      return {
        scan,
        parse(seen) {
          const attributes = end() ? parseAttributes(seen) : undefined;
          return attributes && { type: "attributeList", start: 0, end: end(), data: attributes };
        },
      };
    },
  });
  return textSyntax({ "{": list });
}

/** Returns the extension that makes nodes of them. */
export function attributesFromMarkdown(): FromMarkdown {
  return {
    enter: {
      attributeList(token) {
        this.enter({ type: "attributeList", attributes: dataOf<Attributes>(token) }, token);
      },
    },
    exit: {
      attributeList(token) {
        this.exit(token);
      },
    },
  };
}

/**
 * Takes attributes one after another, so that those which nothing has asked for
 * can be reported in the end. `at` is the place of the brace in the text.
 */
export class AttributeReader {
  readonly #attributes: Attributes | undefined;
  readonly #at: number;
  readonly #reading: Reading;
  readonly #taken = new Set<Attribute>();
  readonly #asked = new Set<string>();

  constructor(attributes: Attributes | undefined, at: number, reading: Reading) {
    this.#attributes = attributes;
    this.#at = at;
    this.#reading = reading;
  }

  /** The place of all of them. */
  span(): Span {
    const { source } = this.#reading;
    return spanBetween(source, this.#at, this.#at + (this.#attributes?.typed.length ?? 0));
  }

  /** The last id, or undefined. */
  id(): string | undefined {
    const found = this.#list().filter(({ kind }) => kind === "id");
    for (const attribute of found) this.#taken.add(attribute);
    return found.at(-1)?.value;
  }

  /** Whether it has one of some classes. */
  has(...names: readonly string[]): boolean {
    for (const name of names) this.#asked.add(`.${name}`);
    const found = this.#list().filter(
      ({ kind, value }) => kind === "class" && names.includes(value),
    );
    for (const attribute of found) this.#taken.add(attribute);
    return found.length > 0;
  }

  /** Takes the first class that nobody has asked for. */
  otherClass(): string | undefined {
    const found = this.#list().find(
      (attribute) => attribute.kind === "class" && !this.#taken.has(attribute),
    );
    if (found) this.#taken.add(found);
    return found?.value;
  }

  /** Takes the value of a pair by its name. */
  pair(key: string): Attribute | undefined {
    this.#asked.add(key);
    const found = this.#list().filter((attribute) => attribute.key === key);
    for (const attribute of found) this.#taken.add(attribute);
    return found.at(-1);
  }

  /** Takes a pair whose value is Markdown of one paragraph. */
  inlines(key: string): Inline[] | undefined {
    const found = this.pair(key);
    const { value } = this.#reading;
    return found && value(found.value, this.#at + found.valueStart, this.#reading);
  }

  /** Takes a pair whose value is a language, as a BCP 47 tag. */
  language(): string | undefined {
    const found = this.pair("lang");
    if (!found) return undefined;
    const read = readLanguageTag(found.value);
    if (read.tag === undefined) {
      this.invalid(found, `"${found.value}" is no language tag`, ...read.hints);
    }
    return read.tag;
  }

  /** Reports a value that is not what it should be. */
  invalid(attribute: Attribute, message: string, ...hints: readonly string[]): void {
    const { report, source } = this.#reading;
    report({
      code: "value-invalid",
      message,
      span: spanBetween(source, this.#at + attribute.start, this.#at + attribute.end),
      ...(hints.length && { hints }),
    });
  }

  /** Reports what nobody has asked for; `of` is what has it, such as `an image`. */
  reportOthers(of: string): void {
    const { report, source } = this.#reading;
    for (const attribute of this.#list()) {
      if (this.#taken.has(attribute)) continue;
      const shown =
        attribute.kind === "pair"
          ? attribute.key
          : `${attribute.kind === "id" ? "#" : "."}${attribute.value}`;
      report({
        code: "syntax-unsupported",
        message: `${of} has no attribute "${shown}"; it is left out`,
        span: spanBetween(source, this.#at + attribute.start, this.#at + attribute.end),
        hints: didYouMean(shown, this.#asked),
      });
    }
  }

  #list(): readonly Attribute[] {
    return this.#attributes?.list ?? [];
  }
}
