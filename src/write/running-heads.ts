// What running heads say, for both writers alike. They repeat what stands in the
// work already: they are no part of its text.

import { fullName, type Inline, type Metadata, toText } from "../document.js";
import {
  type HeadCell,
  headCells,
  isRunningHeadField,
  type RunningHead,
  type RunningHeadField,
  type RunningHeads,
  type Template,
} from "../template.js";

/** Text of a running head, and the field that it is printed for. */
export interface HeadPiece {
  readonly text: string;
  readonly field?: RunningHeadField;
}

/** What the fields of a running head stand for on a page; empty where that is nothing. */
export type HeadFields = Readonly<Record<RunningHeadField, string>>;

/** Returns what the work itself gives to running heads. */
export function workFields({ title, author }: Metadata): Pick<HeadFields, "title" | "author"> {
  return { title: runningTitle(title), author: author.map(fullName).join(", ") };
}

/** Returns a title as running heads have it: on one line, without notes and what is cited in parentheses. */
export function runningTitle(title: readonly Inline[]): string {
  return toText(withoutCitations(title))
    .replace(/\s+/g, " ")
    .replace(/ (?=[.,:;!?])/g, "")
    .trim();
}

function withoutCitations(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.type === "note" || node.type === "indexMark") return [];
    if (node.type === "citation" && node.mode !== "author" && node.mode !== "narrative") return [];
    if (!("children" in node)) return [node];
    return [{ ...node, children: withoutCitations(node.children) }];
  });
}

/**
 * Returns the pieces of one cell of a running head; none where a field of it
 * stands for nothing. For the section of a chapter that has none the chapter
 * stands, unless the head names it anyway. Titles that have no room are shortened
 * (see `shortened`).
 */
export function headPieces(
  head: RunningHead,
  cell: HeadCell,
  fields: HeadFields,
  template: Template,
): HeadPiece[] {
  const parts = (head[cell] ?? "").split(/\{\{([a-z]+)\}\}/);
  const room = roomFor(head, cell, template);
  const pieces: HeadPiece[] = [];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      if (part) pieces.push({ text: part });
      continue;
    }
    if (!isRunningHeadField(part)) return [];
    const instead = part === "section" && !fields.section && !namesChapter(head);
    const field = instead ? "chapter" : part;
    if (!fields[field]) return [];
    pieces.push({ text: shortened(fields[field], room), field });
  }
  return pieces;
}

function namesChapter(head: RunningHead): boolean {
  return headCells.some((cell) => head[cell]?.includes("{{chapter}}"));
}

/** The mean width of letters and spaces in running text of the families, in ems; capitals are wider. */
const MEAN_LETTER = 0.45;
const MEAN_CAPITAL = 0.7;
/** What a page number takes with the space before it, in ems. */
const NUMBER_ROOM = 4;

/** How many letters have room in a cell beside those that share the line with it. */
function roomFor(head: RunningHead, cell: HeadCell, { page, styles }: Template): number {
  const { size, capitals } = styles.header;
  const others = headCells.filter((other) => other !== cell && head[other] !== undefined);
  const numbers = others.filter((other) => head[other] === "{{page}}").length;
  const { margins, width, gutter } = page;
  const line = (width - margins.left - margins.right - gutter) / size;
  // What stands in the middle has as much on either side of it.
  const sides = cell === "center" ? 2 * Math.min(1, numbers) : numbers;
  const texts = others.length - numbers + 1;
  const room = (line - sides * NUMBER_ROOM) / texts;
  return Math.max(8, Math.floor(room / (capitals ? MEAN_CAPITAL : MEAN_LETTER)));
}

/** Returns a text of so many letters at most: cut behind a word, with an ellipsis. */
export function shortened(text: string, most: number): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  const cut = letters.slice(0, Math.max(1, most - 1)).join("");
  const isWhole = letters[most - 1] === " ";
  const words = isWhole ? cut : cut.replace(/\s+\S*$/, "");
  return `${words.replace(/[\s.,:;–—-]+$/, "")}…`;
}

/** Whether the heads of left-hand pages say something else, or elsewhere, than those of right-hand ones. */
export function differBySides({ odd, even }: RunningHeads): boolean {
  return headCells.some((cell) => odd[cell] !== even[cell]);
}
