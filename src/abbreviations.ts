// Abbreviations: in full where they are first used, short afterwards, with a
// list of those that are used. (CMOS 18, 10.3; APA 7, 6.25.)

import { beginsSentence, LONGEST_BEFORE } from "./begins-sentence.js";
import type { Report } from "./diagnostic.js";
import {
  type Abbreviation,
  type Block,
  type ContentChange,
  type DefinitionItem,
  type Document,
  type Inline,
  mapBlocks,
  mapContent,
  type Section,
  toText,
} from "./document.js";
import type { AbbreviationDefinition, GlossaryDefinition } from "./matter.js";
import { didYouMean } from "./nearest.js";

/**
 * Prints the abbreviations of a document: in full with the short form in
 * parentheses at their first use, short afterwards. The chapters with all that
 * follows are one text, each piece of front matter is one of its own, since it is
 * read alone. Headings, captions and tables have the short form and are no first
 * use; a note is one only for other notes, which not everybody reads. A sentence
 * that begins with one in full begins with a capital.
 *
 * Fills the section with the role `abbreviations` with those that are used, in
 * alphabetical order. Reports those that are not defined and those never used.
 */
export function expandAbbreviations(
  document: Document,
  definitions: readonly AbbreviationDefinition[],
  report: Report,
): Document {
  const known = new Map(definitions.map((definition) => [definition.key, definition]));
  const used = new Set<string>();
  const { lang } = document.metadata;
  const expand = (blocks: readonly Block[]) =>
    new Expansion(known, used, lang, report).blocks(blocks);
  const expanded = mapBlocks(document, (blocks, { role }) =>
    role === "front-matter" ? blocks.flatMap((section) => expand([section])) : expand(blocks),
  );
  for (const { key, span } of definitions) {
    if (used.has(key)) continue;
    report({
      code: "abbreviation-unused",
      message: `the abbreviation "${key}" is never used, so it is not in the list`,
      span,
      hints: [`mark it where it stands: [${key}]{.abbr}`, "or take it out of abbreviations"],
    });
  }
  const listed = definitions.filter(({ key }) => used.has(key));
  return withList(expanded, "abbreviations", sorted(listed.map(itemOf), document));
}

/** Fills the section with the role `glossary` with all terms, in alphabetical order. */
export function printGlossary(
  document: Document,
  definitions: readonly GlossaryDefinition[],
): Document {
  const items = definitions.map(({ term, children }) => ({ term, definitions: [children] }));
  return withList(document, "glossary", sorted(items, document));
}

const itemOf = ({ key, full }: AbbreviationDefinition): DefinitionItem => ({
  term: [{ type: "text", value: key }],
  definitions: [[{ type: "paragraph", children: full }]],
});

function sorted(
  items: readonly DefinitionItem[],
  { metadata: { lang } }: Document,
): DefinitionItem[] {
  const { compare } = new Intl.Collator(lang);
  return [...items].sort((one, other) => compare(toText(one.term), toText(other.term)));
}

function withList(
  document: Document,
  role: "abbreviations" | "glossary",
  items: readonly DefinitionItem[],
): Document {
  if (!items.length) return document;
  const fill = (block: Block): Block =>
    block.type === "section" && block.role === role && !block.children.length
      ? ({ ...block, children: [{ type: "definitionList", kind: role, items }] } satisfies Section)
      : block;
  return mapBlocks(document, (blocks) => blocks.map(fill));
}

/** Where an abbreviation stands: only in running text is it written in full. */
type Place = "text" | "note" | "short";

/** Expands one text, in the order of reading. */
class Expansion {
  readonly #known: ReadonlyMap<string, AbbreviationDefinition>;
  readonly #used: Set<string>;
  readonly #report: Report;
  readonly #inText = new Set<string>();
  readonly #inNotes = new Set<string>();
  readonly #lang: string;
  /** How many parentheses are open in the paragraph. */
  #open = 0;
  /** The end of the paragraph's text so far. */
  #before = "";

  constructor(
    known: ReadonlyMap<string, AbbreviationDefinition>,
    used: Set<string>,
    lang: string,
    report: Report,
  ) {
    this.#lang = lang;
    this.#known = known;
    this.#used = used;
    this.#report = report;
  }

  blocks(blocks: readonly Block[], place: Place = "text"): Block[] {
    return blocks.map((block) => this.#block(block, place));
  }

  #block(block: Block, place: Place): Block {
    const isFloat = block.type === "figure" || block.type === "table" || block.type === "codeBlock";
    const inner = isFloat ? "short" : place;
    const change: ContentChange = {
      inlines: (inlines) => {
        this.#open = 0;
        this.#before = "";
        return this.#inlines(inlines, block.type === "section" ? "short" : inner);
      },
      blocks: (blocks) => this.blocks(blocks, inner),
    };
    return mapContent(block, change);
  }

  #inlines(inlines: readonly Inline[], place: Place): Inline[] {
    return inlines.map((inline): Inline => {
      if (inline.type === "abbreviation") {
        const expanded = this.#expand(inline, place);
        this.#add(toText(expanded.children));
        return expanded;
      }
      if (inline.type === "note") {
        const open = this.#open;
        const before = this.#before;
        const children = this.blocks(inline.children, place === "text" ? "note" : place);
        this.#open = open;
        this.#before = before;
        return { ...inline, children };
      }
      if (inline.type === "citation" || inline.type === "crossReference") {
        this.#add(toText(inline.children));
        return inline;
      }
      if (inline.type === "inlineCode" || inline.type === "inlineEquation") this.#add(inline.value);
      if (inline.type === "text") {
        this.#add(inline.value);
        for (const [mark] of inline.value.matchAll(/[()]/g)) {
          this.#open = Math.max(0, this.#open + (mark === "(" ? 1 : -1));
        }
        return inline;
      }
      if (!("children" in inline)) return inline;
      return { ...inline, children: this.#inlines(inline.children, place) };
    });
  }

  #expand(abbreviation: Abbreviation, place: Place): Abbreviation {
    const { key, form } = abbreviation;
    const isPlural = !this.#known.has(key) && key.endsWith("s");
    const definition = this.#known.get(isPlural ? key.slice(0, -1) : key);
    if (!definition) {
      this.#reportUndefined(abbreviation);
      return abbreviation;
    }
    this.#used.add(definition.key);
    const isKnown =
      this.#inText.has(definition.key) || (place === "note" && this.#inNotes.has(definition.key));
    const isFirst = place !== "short" && !isKnown;
    if (isFirst) (place === "note" ? this.#inNotes : this.#inText).add(definition.key);
    if (form === "short" || (form !== "full" && !isFirst)) {
      return { ...abbreviation, children: [{ type: "text", value: key }] };
    }
    const named = isPlural ? pluralOf(definition, this.#lang) : definition.full;
    const full = place !== "short" && beginsSentence(this.#before) ? capitalised(named) : named;
    if (form === "full") return { ...abbreviation, children: full };
    // Parentheses within parentheses are brackets (CMOS 18, 6.103).
    const [opening, closing] = this.#open % 2 ? [" [", "]"] : [" (", ")"];
    return {
      ...abbreviation,
      children: [...full, { type: "text", value: `${opening}${key}${closing}` }],
    };
  }

  #add(text: string): void {
    this.#before = (this.#before + text).slice(-LONGEST_BEFORE);
  }

  #reportUndefined({ key, span }: Abbreviation): void {
    const [, stem = "", ending = ""] = /^(.*?)(['’]s?)$/u.exec(key) ?? [];
    const isPossessive = this.#known.has(stem) || this.#known.has(stem.replace(/s$/, ""));
    const near = isPossessive
      ? [`write the ending behind it: [${stem}]{.abbr}${ending}`]
      : didYouMean(key, this.#known.keys());
    this.#report({
      code: "abbreviation-undefined",
      message: `the abbreviation "${key}" is not defined`,
      ...(span && { span }),
      hints: near.length ? near : [`define it in the manuscript: abbreviations: { ${key}: … }`],
    });
  }
}

/** Returns what is meant in the plural, which an English head word makes before its "of". */
function pluralOf({ full, plural }: AbbreviationDefinition, lang: string): readonly Inline[] {
  if (plural) return plural;
  const [only] = full;
  const isEnglish = /^en\b/i.test(lang);
  if (!isEnglish || full.length > 1 || only?.type !== "text") {
    return [...full, { type: "text", value: "s" }];
  }
  const [, head = only.value, rest = ""] =
    /^(.*?)( (?:of|for|in|on|to|at|against|with|without) .*)$/.exec(only.value) ?? [];
  return [{ ...only, value: englishPlural(head) + rest }];
}

function englishPlural(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/i.test(word) ? `${word}es` : `${word}s`;
}

/** Returns inlines that begin with a capital, as a sentence does. */
function capitalised(inlines: readonly Inline[]): readonly Inline[] {
  const [first, ...rest] = inlines;
  if (first?.type === "text") {
    const [letter = ""] = first.value;
    const value = letter.toLocaleUpperCase() + first.value.slice(letter.length);
    return [{ ...first, value }, ...rest];
  }
  if (first?.type !== "emphasis") return inlines;
  return [{ ...first, children: capitalised(first.children) }, ...rest];
}
