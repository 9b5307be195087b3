// The index in Word: an XE field at each mark, and an INDEX field that is
// already filled in (ECMA-376-1, 17.16.5.28 and 17.16.5.76).

import type { XmlComponent } from "docx";
import { headingName, type Index, type IndexMark } from "../../document.js";
import { term } from "../../terms.js";
import { indexIndent, indexLines } from "../index-lines.js";
import type { Surroundings } from "./blocks.js";
import { beginField, endField, hiddenField } from "./fields.js";
import type { Registry } from "./registry.js";
import type { BlockWriter } from "./set-off.js";
import { element } from "./xml.js";

/**
 * Returns the runs of a mark: the bookmark that the index links to, and the field
 * by which Word makes an index anew. The bookmark of a range ends at its other mark.
 */
export function writeIndexMark(mark: IndexMark, registry: Registry): XmlComponent[] {
  const { targets, ranges } = registry.anchors;
  const name = targets.get(mark.id);
  if (mark.range === "end") {
    const start = ranges.get(mark.id);
    const id = start === undefined ? undefined : registry.openBookmarks.get(start);
    if (id !== undefined) return [element("w:bookmarkEnd", { "w:id": id })];
  }
  const isRange = mark.range === "start" && ranges.has(mark.id);
  const id = registry.bookmarks++;
  if (isRange) registry.openBookmarks.set(mark.id, id);
  const start = name ? [element("w:bookmarkStart", { "w:id": id, "w:name": name })] : [];
  const end = name && !isRange ? [element("w:bookmarkEnd", { "w:id": id })] : [];
  return [...start, ...entryFields(mark, isRange ? name : undefined, registry), ...end];
}

function entryFields(
  { terms, see, seeAlso = [] }: IndexMark,
  range: string | undefined,
  { lang }: Registry,
): XmlComponent[] {
  const entry = `XE "${terms.map(escapeEntry).join(":")}"`;
  const sendOn = (word: "see" | "see-also", others: readonly (readonly string[])[]) => {
    const name = term(word, lang);
    const words = terms.length > 1 ? name : name.charAt(0).toLocaleUpperCase(lang) + name.slice(1);
    const text = `${words} ${others.map(headingName).join("; ")}`;
    return hiddenField(`${entry} \\t "${escapeEntry(text)}"`);
  };
  if (see) return sendOn("see", see);
  return [
    ...hiddenField(range ? `${entry} \\r ${range}` : entry),
    ...(seeAlso.length ? sendOn("see-also", seeAlso) : []),
  ];
}

/** An author's words in a field's code: no quotation mark, colon or backslash of theirs ends them. */
const escapeEntry = (words: string): string =>
  words.replace(/[\u0000-\u001f]/g, " ").replace(/[\\":]/g, (character) => `\\${character}`);

/** The numbers by which Word knows the languages that it sorts by (MS-LCID); of others, English. */
const localeIds: Readonly<Record<string, number>> = {
  de: 1031,
  en: 1033,
  "en-gb": 2057,
  es: 3082,
  fr: 1036,
  it: 1040,
  nl: 1043,
  pl: 1045,
  pt: 2070,
  "pt-br": 1046,
  ru: 1049,
};

function localeId(lang: string): number {
  const tag = lang.toLowerCase();
  const primary = tag.split("-")[0] ?? "";
  if (Object.hasOwn(localeIds, tag)) return localeIds[tag]!;
  return (Object.hasOwn(localeIds, primary) ? localeIds[primary] : localeIds.en)!;
}

/** Returns the paragraphs of an index, within the field that Word makes it anew by. */
export function writeIndex(index: Index, at: Surroundings, writer: BlockWriter): XmlComponent[] {
  const { lang } = at.registry;
  const lines = indexLines(index, lang);
  const { index: style } = at.registry.template.styles;
  return lines.map(({ children, depth, opensLetter }, place) => {
    const runs = [
      ...(place === 0 ? beginField(`INDEX \\c "1" \\z "${localeId(lang)}"`) : []),
      ...writer.runs(children, "index", at),
      ...(place === lines.length - 1 ? [endField()] : []),
    ];
    const inside = { ...at, left: at.left + depth * indexIndent };
    return writer.paragraph(runs, "index", inside, opensLetter ? { before: style.size } : {});
  });
}
