// What a manual asks of repeated citations beyond CSL: where "ibid." may stand,
// and whether each chapter begins anew. citeproc-js evaluates the positions as
// CSL 1.0.2 has them (`position`); here some of them are changed before printing.

import type { CslProcessor, SortedItem } from "citeproc";
import type { Style } from "../style.js";

/** A citation, as far as those behind it depend on it. */
export interface PositionedCluster {
  readonly items: readonly { readonly key: string }[];
  /** The number of the note that it stands in; 0 in running text. */
  readonly note: number;
  /** Which chapter it stands in, counted from 0. */
  readonly chapter?: number;
}

/** The rules of a style profile. */
export type PositionRules = Pick<Style, "ibid" | "firstCitation">;

/** What the rules change in one citation. */
export interface Positions {
  /** Which of its works may be "ibid.". */
  readonly ibid: "all" | "first" | "none";
  /** Where each work was first cited in the chapter, if that is what counts: the note's number. */
  readonly firstNotes?: ReadonlyMap<string, number>;
  /** Works that are cited here for the first time in the chapter. */
  readonly first?: ReadonlySet<string>;
}

/**
 * Returns what the rules change, a result a cluster. Takes linear time.
 *
 * With `ibid: strict`, "ibid." stands only where the note before, in the same
 * chapter, cites one work, and once (CMOS 17, 14.34), and never for the second
 * time in a note. In running text the citation before stands for the note
 * before. With `firstCitation: chapter`, positions and the note numbers that
 * OSCOLA's `(n 12)` names are those within the chapter.
 */
export function positionsOf(
  clusters: readonly PositionedCluster[],
  { ibid, firstCitation }: PositionRules,
): Positions[] {
  let cited = new Map<string, number>();
  let chapter: number | undefined;
  /** How many works the note holds that this citation stands in, and the note before. */
  let here = { note: 0, works: 0 };
  let before = here;
  return clusters.map((cluster): Positions => {
    if (cluster.chapter !== chapter) {
      chapter = cluster.chapter;
      cited = new Map();
      here = { note: 0, works: 0 };
    }
    const continues = cluster.note > 0 && here.note === cluster.note;
    if (!continues) {
      before = here;
      here = { note: cluster.note, works: 0 };
    }
    here.works += cluster.items.length;
    const alone = !continues && before.works === 1;
    const allowed = ibid === "style" ? "all" : ibid === "strict" && alone ? "first" : "none";
    if (firstCitation !== "chapter") return { ibid: allowed };

    const first = new Set<string>();
    const firstNotes = new Map<string, number>();
    for (const { key } of cluster.items) {
      const note = cited.get(key);
      if (note === undefined) first.add(key);
      cited.set(key, note ?? cluster.note);
      firstNotes.set(key, note ?? cluster.note);
    }
    return { ibid: allowed, first, firstNotes };
  });
}

/** Changes the positions of a citation's works, whose keys `keyOf` tells by their ids. */
export function applyPositions(
  csl: CslProcessor,
  sorted: readonly SortedItem[],
  { ibid, first, firstNotes }: Positions,
  note: number,
  keyOf: (id: string) => string,
): void {
  const seen = new Set<string>();
  for (const [index, [{ id }, item]] of sorted.entries()) {
    const key = keyOf(id);
    if (first?.has(key) && !seen.has(key)) {
      item.position = csl.POSITION_FIRST;
      item["near-note"] = false;
      item["first-reference-note-number"] = 0;
    } else {
      const isIbid =
        item.position === csl.POSITION_IBID || item.position === csl.POSITION_IBID_WITH_LOCATOR;
      if (isIbid && (ibid === "none" || (ibid === "first" && index > 0))) {
        item.position = csl.POSITION_SUBSEQUENT;
      }
      const firstNote = firstNotes?.get(key);
      if (firstNote !== undefined) {
        item["first-reference-note-number"] = firstNote === note ? 0 : firstNote;
      }
    }
    seen.add(key);
  }
}
