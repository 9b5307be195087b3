// The index in Word: an XE field at each mark, and an INDEX field that is
// already filled in (ECMA-376-1, 17.16.5.28 and 17.16.5.76).

import type { XmlComponent } from "docx";
import type { Index, IndexMark } from "../../document.js";
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
  const sendOn = (word: "see" | "see-also", others: readonly string[]) =>
    hiddenField(`${entry} \\t "${escapeEntry(`${term(word, lang)} ${others.join("; ")}`)}"`);
  if (see) return sendOn("see", see);
  return [
    ...hiddenField(range ? `${entry} \\r ${range}` : entry),
    ...(seeAlso.length ? sendOn("see-also", seeAlso) : []),
  ];
}

/** An author's words in a field's code: no quotation mark, colon or backslash of theirs ends them. */
const escapeEntry = (words: string): string =>
  words.replace(/[\u0000-\u001f]/g, " ").replace(/[\\":]/g, (character) => `\\${character}`);

/** Returns the paragraphs of an index, within the field that Word makes it anew by. */
export function writeIndex(index: Index, at: Surroundings, writer: BlockWriter): XmlComponent[] {
  const lines = indexLines(index);
  const { index: style } = at.registry.template.styles;
  return lines.map(({ children, depth, opensLetter }, place) => {
    const runs = [
      ...(place === 0 ? beginField('INDEX \\c "1" \\z "1033"') : []),
      ...writer.runs(children, "index", at),
      ...(place === lines.length - 1 ? [endField()] : []),
    ];
    const inside = { ...at, left: at.left + depth * indexIndent };
    return writer.paragraph(runs, "index", inside, opensLetter ? { before: style.size } : {});
  });
}
