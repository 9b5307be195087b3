// Fields between double braces, `{{title}}`, on the title page and in front and
// back matter: what is known of the work stands in their place.

import type { Report, Span } from "./diagnostic.js";
import {
  type Block,
  type Document,
  fullName,
  type Inline,
  type Metadata,
  mapInlines,
  type Text,
  toText,
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

/** Returns what is printed in running text for each field that is known; `words` is the printed number of words. */
export function fieldTexts(metadata: Metadata, words: string): Map<TitlePageField, string> {
  return new Map(
    titlePageFields.flatMap((name) => {
      const value = name === "words" ? words : toText(fieldValue(name, metadata) ?? []);
      return value ? [[name, value] as const] : [];
    }),
  );
}

const placeholder = /\{\{\s*([a-z-]+)\s*\}\}/;
const fields = /(\{\{\s*[a-z-]+\s*\}\})/;

/** The place of a part of a text that stands in its file as it is printed. */
function partOf({ value, span }: Text, at: number, length: number): { readonly span?: Span } {
  if (!span || span.end - span.start !== value.length) return {};
  return { span: { ...span, start: span.start + at, end: span.start + at + length } };
}

/** Returns blocks with the fields filled in that are known; the others stay as they are typed. */
export function fillPlaceholders(blocks: readonly Block[], metadata: Metadata): Block[] {
  return mapInlines(blocks, (inline) => {
    if (inline.type !== "text" || !placeholder.test(inline.value)) return [inline];
    let at = 0;
    // The odd pieces are fields.
    return inline.value.split(fields).flatMap((piece, index): Inline[] => {
      const typed: Inline = { ...inline, value: piece, ...partOf(inline, at, piece.length) };
      at += piece.length;
      if (index % 2 === 0) return piece ? [typed] : [];
      const name = placeholder.exec(piece)?.[1] ?? "";
      const value = isTitlePageField(name) ? fieldValue(name, metadata) : undefined;
      return value ? [...value] : [typed];
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
