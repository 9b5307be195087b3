// Abbreviations: in full where they are first used, short afterwards, with a
// list of those that are used. (CMOS 18, 10.3; APA 7, 6.25.)

import type { Report } from "./diagnostic.js";
import {
  type Abbreviation,
  type Block,
  type ContentChange,
  type DefinitionItem,
  type Document,
  type Inline,
  mapContent,
  type Part,
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
 * use; a note is one only for other notes, which not everybody reads.
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
  const expand = (blocks: readonly Block[]) => new Expansion(known, used, report).blocks(blocks);
  const parts = document.parts.map(
    (part): Part => ({
      ...part,
      children:
        part.role === "front-matter"
          ? part.children.flatMap((section) => expand([section]))
          : expand(part.children),
    }),
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
  return withList({ ...document, parts }, "abbreviations", sorted(listed.map(itemOf), document));
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
  return {
    ...document,
    parts: document.parts.map((part) => ({ ...part, children: part.children.map(fill) })),
  };
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
  /** How many parentheses are open in the paragraph. */
  #open = 0;

  constructor(
    known: ReadonlyMap<string, AbbreviationDefinition>,
    used: Set<string>,
    report: Report,
  ) {
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
        return this.#inlines(inlines, block.type === "section" ? "short" : inner);
      },
      blocks: (blocks) => this.blocks(blocks, inner),
    };
    return mapContent(block, change);
  }

  #inlines(inlines: readonly Inline[], place: Place): Inline[] {
    return inlines.map((inline): Inline => {
      if (inline.type === "abbreviation") return this.#expand(inline, place);
      if (inline.type === "note") {
        const open = this.#open;
        const children = this.blocks(inline.children, place === "text" ? "note" : place);
        this.#open = open;
        return { ...inline, children };
      }
      if (inline.type === "text") {
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
    const full = isPlural ? pluralOf(definition) : definition.full;
    if (form === "full") return { ...abbreviation, children: full };
    // Parentheses within parentheses are brackets (CMOS 18, 6.103).
    const [opening, closing] = this.#open % 2 ? [" [", "]"] : [" (", ")"];
    return {
      ...abbreviation,
      children: [...full, { type: "text", value: `${opening}${key}${closing}` }],
    };
  }

  #reportUndefined({ key, span }: Abbreviation): void {
    const near = didYouMean(key, this.#known.keys());
    this.#report({
      code: "abbreviation-undefined",
      message: `the abbreviation "${key}" is not defined`,
      ...(span && { span }),
      hints: near.length ? near : [`define it in the manuscript: abbreviations: { ${key}: … }`],
    });
  }
}

function pluralOf({ full, plural }: AbbreviationDefinition): readonly Inline[] {
  return plural ?? [...full, { type: "text", value: "s" }];
}
