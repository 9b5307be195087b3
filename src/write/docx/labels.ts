// Labels and the references to them as fields: SEQ counts captions, STYLEREF
// repeats the chapter's number, REF and PAGEREF repeat bookmarks, NOTEREF the
// number of the note in one (ECMA-376-1, 17.16.5). Each has the text that it shows until Word counts anew, the same.

import type { XmlComponent } from "docx";
import { type CrossReference, type Label, type LabelKind, toText } from "../../document.js";
import { isWorded } from "../../heading-number.js";
import { beginField, endField } from "./fields.js";
import { appendixStyle } from "./heading-numbering.js";
import type { Registry } from "./registry.js";

/** The names by which Word counts captions, and collects them in lists. */
export const sequenceNames: Readonly<Record<Exclude<LabelKind, "section">, string>> = {
  figure: "Figure",
  table: "Table",
  equation: "Equation",
  code: "Listing",
};

/** Writes some text with the look of what is around it. */
type Write = (text: string) => XmlComponent[];

/**
 * Returns the runs of a label's number: `2` counts through, the `2` of `1.2` in
 * its chapter, whose number comes from the heading. Where Word would count on
 * otherwise, as in an appendix, the field says which number it is.
 */
export function labelNumber(
  { kind, number }: Label,
  registry: Registry,
  write: Write,
): XmlComponent[] {
  // One of several images, (a), is no number of a sequence.
  const [, chapter = "", separator = "", last = ""] = /^(?:(.*?)(\.?))?(\d+)$/.exec(number) ?? [];
  if (kind === "section" || !last) return write(number);
  const name = sequenceNames[kind];
  const index = Number(last);
  const isNext = (registry.sequences.get(name) ?? 0) + 1 === index;
  registry.sequences.set(name, index);
  const isInChapter = /^\d+$/.test(chapter);
  // LibreOffice does not begin again at a heading, nor does Word at one of its own kind.
  const reset = isNext && (index > 1 || !chapter) ? "" : ` \\r ${index}`;
  const code = `SEQ ${name} \\* ARABIC${isInChapter ? " \\s 1" : ""}${reset}`;
  const own = [...beginField(code), ...write(last), endField()];
  if (!chapter) return own;
  const style = isInChapter ? "1" : `"${appendixStyle.name}"`;
  // Of a chapter that is counted in words Word would repeat the word.
  const locked = isInChapter && registry.headings.inWords;
  return [
    ...beginField(`STYLEREF ${style} \\s`, { locked }),
    ...write(chapter),
    endField(),
    ...(separator ? write(separator) : []),
    ...own,
  ];
}

/** What a cross-reference consists of in Word: text, and the field after it, with its text. */
export interface ReferenceField {
  readonly lead: string;
  readonly code: string;
  readonly result: string;
  readonly tail: string;
}

/**
 * Returns the field of a reference with a printed text; undefined where Word has
 * nothing that it could repeat, so that a link must do.
 */
export function referenceField(
  reference: CrossReference,
  printed: string,
  { anchors, template }: Registry,
): ReferenceField | undefined {
  const { targets, number, page } = reference;
  const id = targets[0]?.id ?? "";
  const bookmark = anchors.targets.get(id);
  const referent = anchors.referents.get(id);
  if (bookmark === undefined || !referent) return undefined;
  const whole = { lead: "", result: printed, tail: "" };
  if (number === undefined) return { ...whole, code: `REF ${bookmark} \\h` };
  const at = printed.lastIndexOf(number);
  const part = {
    lead: printed.slice(0, at),
    result: number,
    tail: printed.slice(at + number.length),
  };
  if (page) return { ...part, code: `PAGEREF ${bookmark} \\h` };
  if (referent.type === "note") return { ...part, code: `NOTEREF ${bookmark} \\h` };
  if (referent.type === "label") {
    // A label in bold is not repeated in bold.
    const look = template.captions.form === "apa" ? " \\* MERGEFORMAT" : "";
    if (printed === toText(referent.children)) {
      return { ...whole, code: `REF ${bookmark} \\h${look}` };
    }
    const ofNumber = anchors.numbers.get(id);
    return ofNumber === undefined ? undefined : { ...part, code: `REF ${ofNumber} \\h${look}` };
  }
  const { number: shown = "" } = referent;
  if (!isWorded(shown)) return { ...part, code: `REF ${bookmark} \\n \\h` };
  // Word repeats a number with its word, and a colon behind it; LibreOffice always does.
  const isRepeated = printed === shown && template.headings.separator !== "colon";
  return isRepeated ? { ...whole, code: `REF ${bookmark} \\n \\h` } : undefined;
}
