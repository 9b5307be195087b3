// `abbreviations` and `glossary` of a manuscript: maps of short forms and of
// terms. A key that is written twice is refused by the reader of YAML.

import type { Block, Inline } from "../document.js";
import type { AbbreviationDefinition, GlossaryDefinition } from "../matter.js";
import { missingField, type Read, typeMismatch, unknownField } from "./fields.js";

/** How a value is read as Markdown: one paragraph's worth, or several. */
export interface MarkdownReads {
  readonly inlines: Read<Inline[]>;
  readonly blocks: Read<Block[]>;
}

/** Reads `{ CIS: Commonwealth of Independent States, NGO: { full: …, plural: … } }`. */
export function abbreviations({ inlines }: MarkdownReads): Read<AbbreviationDefinition[]> {
  return (node, name, report) => {
    if (node.type !== "map") {
      typeMismatch(node, name, "a map from short forms to what they mean", report);
      return undefined;
    }
    return node.entries.flatMap(({ key, keySpan, value }) => {
      if (value.type !== "map") {
        const full = inlines(value, key, report);
        return full ? [{ key, full, span: keySpan }] : [];
      }
      const found = new Map<string, Inline[]>();
      for (const field of value.entries) {
        if (field.key !== "full" && field.key !== "plural") {
          unknownField(field.key, field.keySpan, ["full", "plural"], {}, report);
          continue;
        }
        const read = inlines(field.value, field.key, report);
        if (read) found.set(field.key, read);
      }
      const full = found.get("full");
      const plural = found.get("plural");
      if (full) return [{ key, full, ...(plural && { plural }), span: keySpan }];
      missingField("full", `the abbreviation "${key}"`, keySpan, report);
      return [];
    });
  };
}

/** Reads `{ Transit rent: What a state earns from a passage. }`. */
export function glossary({ blocks }: MarkdownReads): Read<GlossaryDefinition[]> {
  return (node, name, report) => {
    if (node.type !== "map") {
      typeMismatch(node, name, "a map from terms to what they mean", report);
      return undefined;
    }
    return node.entries.flatMap(({ key, keySpan, value }) => {
      const children = blocks(value, key, report);
      const term: Inline[] = [{ type: "text", value: key, span: keySpan }];
      return children?.length ? [{ term, children, span: keySpan }] : [];
    });
  };
}
