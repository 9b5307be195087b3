// Heads and feet as a university's document has them, for the writer that draws
// them: paragraphs and tables with their looks spelled out. Lengths are in points.

import type { Font } from "./fonts.js";
import type { Image } from "./image.js";
import { type HeadKind, placeholderPattern } from "./reference-docx.js";
import type { Leading } from "./template.js";

/** The heads and feet of the pages of the work, and those of its title page. */
export interface PageHeads {
  readonly body: HeadSet;
  readonly cover: HeadSet;
  /** Whether even pages have those of their own, be they blank. */
  readonly hasEven: boolean;
}

export type HeadSet = ReadonlyMap<`${HeadKind} ${"default" | "even"}`, PageHead>;

export interface PageHead {
  readonly blocks: readonly HeadBlock[];
  /** About how high it is, where its lines are not broken. */
  readonly height: number;
}

export type HeadBlock = HeadParagraph | HeadTable;

export interface HeadParagraph {
  readonly type: "paragraph";
  readonly runs: readonly HeadRun[];
  /** The look of its mark, which gives an empty line its height. */
  readonly look: HeadLook;
  readonly align: "left" | "right" | "center" | "justify";
  readonly left: number;
  readonly right: number;
  readonly indent: number;
  readonly before: number;
  readonly after: number;
  readonly leading: Leading;
  /** In their order; behind the last of them stops stand at multiples of `stopDistance`. */
  readonly stops: readonly HeadStop[];
  readonly stopDistance: number;
  /** The widths of rules above and below. */
  readonly rules: { readonly top?: number; readonly bottom?: number };
}

/** A row is as high as its highest cell. */
export interface HeadTable {
  readonly type: "table";
  readonly left: number;
  readonly rows: readonly (readonly HeadCellBox[])[];
}

export interface HeadCellBox {
  readonly x: number;
  readonly width: number;
  readonly blocks: readonly HeadParagraph[];
}

/** A stop from the left margin; a place may also be a share of the line. */
export interface HeadStop {
  readonly at: number;
  readonly align: "left" | "center" | "right";
}

export interface HeadLook {
  readonly family: Font;
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly capitals: boolean;
  readonly smallCaps: boolean;
}

export type HeadRun =
  | { readonly type: "text"; readonly text: string; readonly look: HeadLook }
  /** To the next stop, or to a place of the line whatever its stops are (17.3.3.23). */
  | { readonly type: "tab"; readonly to?: HeadStop["align"] }
  | { readonly type: "break" }
  | {
      readonly type: "field";
      readonly field: HeadField;
      readonly look: HeadLook;
      /** What the document shows itself. */
      readonly cached: string;
    }
  | HeadImage;

/** What of a page or the work a field repeats. */
export type HeadField =
  | "page"
  | "pages"
  | "title"
  | "author"
  | "subtitle"
  | "chapter"
  | "chapter-number"
  | "section"
  | "section-number";

export interface HeadImage {
  readonly type: "image";
  readonly image: Image;
  readonly width: number;
  readonly height: number;
  /** Where it stands if not in the line. */
  readonly anchor?: { readonly x: ImagePlace; readonly y: ImagePlace };
}

/** A distance from an edge, or one of its three places between two of them (20.4.3). */
export interface ImagePlace {
  readonly from: "page" | "margin" | "paragraph";
  readonly at: number | "start" | "center" | "end";
}

/** How far a rule stands from the text of its paragraph, as Word's usually do. */
export const RULE_SPACE = 1;

/** Returns the room that a rule of a width takes, none for none. */
export const ruleRoom = (width: number | undefined): number => (width ? width + RULE_SPACE : 0);

/** Whether a head shows the number of the page. */
export function hasPageField({ blocks }: PageHead): boolean {
  return paragraphsOf(blocks).some(({ runs }) =>
    runs.some((run) => run.type === "field" && run.field === "page"),
  );
}

/** Returns the images of heads, each once. */
export function imagesOfHeads({ body, cover }: PageHeads): readonly Image[] {
  const heads = [...body.values(), ...cover.values()];
  const runs = heads.flatMap(({ blocks }) => paragraphsOf(blocks).flatMap((one) => one.runs));
  return [...new Set(runs.flatMap((run) => (run.type === "image" ? [run.image] : [])))];
}

function paragraphsOf(blocks: readonly HeadBlock[]): readonly HeadParagraph[] {
  return blocks.flatMap((block) =>
    block.type === "paragraph" ? [block] : block.rows.flat().flatMap((cell) => cell.blocks),
  );
}

/** Returns heads with what is known for the `{{names}}` in them, each in the look of its beginning. */
export function fillHeads(heads: PageHeads, texts: ReadonlyMap<string, string>): PageHeads {
  const paragraph = (block: HeadParagraph): HeadParagraph => ({
    ...block,
    runs: filled(block.runs, texts),
  });
  const block = (one: HeadBlock): HeadBlock =>
    one.type === "paragraph"
      ? paragraph(one)
      : {
          ...one,
          rows: one.rows.map((row) =>
            row.map((cell) => ({ ...cell, blocks: cell.blocks.map(paragraph) })),
          ),
        };
  const set = (one: HeadSet): HeadSet =>
    new Map([...one].map(([key, head]) => [key, { ...head, blocks: head.blocks.map(block) }]));
  return { ...heads, body: set(heads.body), cover: set(heads.cover) };
}

function filled(runs: readonly HeadRun[], texts: ReadonlyMap<string, string>): HeadRun[] {
  // Tabs and the like part names, as a letter does that none has.
  const all = runs.map((run) => (run.type === "text" ? run.text : "\0")).join("");
  const changes = [...all.matchAll(placeholderPattern)].flatMap(({ index, 0: whole, 1: name }) => {
    const value = texts.get(name!.toLowerCase());
    return value === undefined ? [] : [{ from: index, to: index + whole.length, value }];
  });
  if (!changes.length) return [...runs];
  let start = 0;
  return runs.map((run) => {
    const own = run.type === "text" ? run.text : "\0";
    const from = start;
    start += own.length;
    if (run.type !== "text") return run;
    let text = "";
    for (let at = from; at < start; at++) {
      const change = changes.find((one) => at >= one.from && at < one.to);
      if (!change) text += all[at];
      else if (at === change.from) text += change.value;
    }
    return { ...run, text };
  });
}
