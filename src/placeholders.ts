// Fields between double braces, `{{title}}`, on the title page and in front and
// back matter: what is known of the work stands in their place.

import type { Report } from "./diagnostic.js";
import {
  type Block,
  type Document,
  fullName,
  type Inline,
  type Metadata,
  mapInlines,
  walk,
} from "./document.js";
import { isWrittenMatter } from "./matter.js";
import { didYouMean } from "./nearest.js";
import { isTitlePageField, type TitlePageField, titlePageFields } from "./template.js";
import { dateInWords, term } from "./terms.js";
import { WORDS_FIELD } from "./word-policy.js";

/**
 * Returns what is printed for a field, or undefined where the manuscript does
 * not say it. Where the author's name is withheld it is that of a candidate.
 * The number of words is `{{words}}` until it is counted.
 */
export function fieldValue(
  name: TitlePageField,
  metadata: Metadata,
): readonly Inline[] | undefined {
  const text = (value: string | undefined): Inline[] | undefined =>
    value ? [{ type: "text", value }] : undefined;
  const { author, candidate, date, lang, subtitle, supervisor } = metadata;
  switch (name) {
    case "author":
      if (!author.length && candidate) {
        return text(term("candidate", lang).replace("{number}", () => candidate));
      }
      return text(author.map(fullName).join(", "));
    case "candidate":
    case "degree":
    case "department":
    case "institution":
    case "orcid":
      return text(metadata[name]);
    case "date":
      return text(date && dateInWords(date, lang));
    case "year":
      return text(date?.[0] === undefined ? undefined : String(date[0]));
    case "subtitle":
      return subtitle;
    case "supervisor":
      return text(supervisor?.map(fullName).join(", "));
    case "title":
      return metadata.title;
    case "words":
      return text(WORDS_FIELD);
  }
}

const placeholder = /\{\{\s*([a-z-]+)\s*\}\}/;

/** Returns blocks with the fields filled in that are known; the others stay as they are typed. */
export function fillPlaceholders(blocks: readonly Block[], metadata: Metadata): Block[] {
  return mapInlines(blocks, (inline) => {
    if (inline.type !== "text" || !placeholder.test(inline.value)) return [inline];
    // The odd pieces are names.
    return inline.value.split(new RegExp(placeholder, "g")).flatMap((piece, index): Inline[] => {
      if (index % 2 === 0) return piece ? [{ ...inline, value: piece }] : [];
      const value = isTitlePageField(piece) ? fieldValue(piece, metadata) : undefined;
      return value ? [...value] : [{ ...inline, value: `{{${piece}}}` }];
    });
  });
}

/** Reports the fields that `fillPlaceholders` has left, but for the number of words. */
export function reportPlaceholders({ parts }: Document, report: Report): void {
  const matter = parts
    .flatMap(({ children }) => children)
    .filter((block) => block.type === "section" && isWrittenMatter(block.role));
  for (const node of walk(matter)) {
    const [, name] = (node.type === "text" && placeholder.exec(node.value)) || [];
    if (name === undefined || name === "words") continue;
    const near = didYouMean(name, titlePageFields);
    report({
      code: "placeholder-unfilled",
      message: isTitlePageField(name)
        ? `the manuscript does not say its "${name}", so {{${name}}} stands as it is`
        : `there is nothing called {{${name}}}, so it stands as it is`,
      ...(node.span && { span: node.span }),
      hints: isTitlePageField(name)
        ? [`add the field "${name}" to the manuscript, or take {{${name}}} out`]
        : near.length
          ? near
          : [`there are ${titlePageFields.map((field) => `{{${field}}}`).join(", ")}`],
    });
  }
}
