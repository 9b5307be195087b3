// Figures and tables that have no room on their page wait for the top of the next
// one, in their order, as LaTeX's do; what comes behind them goes on meanwhile.

import type { FlowContext } from "./context.js";
import type { Notes } from "./notes.js";
import type { StructureNode } from "./tagger.js";

/** What stands on one page, wherever that is. Lengths are in points. */
export interface Float {
  /** Those of a kind keep their order, and so their numbers. */
  readonly kind: "figure" | "table";
  readonly height: number;
  /** Space below it. */
  readonly after: number;
  /** Its places among what is read; decoration has none. */
  readonly structure: readonly StructureNode[];
  /** Puts it at the current place, and moves on below it. */
  place(): void;
}

/** More of a page than this is left to one of them alone. */
const MOST_OF_PAGE = 0.75;

/** The figures and tables that wait. */
export class Floats {
  readonly #context: FlowContext;
  readonly #notes: Notes;
  readonly #waiting: Float[] = [];
  #haveMoved = false;

  constructor(context: FlowContext, notes: Notes) {
    this.#context = context;
    this.#notes = notes;
  }

  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether one of a kind is waiting. */
  isWaiting(kind: Float["kind"]): boolean {
    return this.#waiting.some((float) => float.kind === kind);
  }

  /** Whether anything stands elsewhere than where it was written. */
  get haveMoved(): boolean {
    return this.#haveMoved;
  }

  /** Lets something wait for the next page. It is read where it was written. */
  defer(float: Float): void {
    this.#waiting.push(float);
    this.#haveMoved = true;
    const { structure } = float;
    if (structure.length) {
      this.#context.currentPage.items.push({ type: "structure", item: structure });
    }
  }

  /** Sets what has room at the top of the current page, on which nothing stands but the ends of notes. */
  beginPage(): void {
    const context = this.#context;
    const { pageMargins, notes } = context.currentPage;
    const most = (context.bottom - pageMargins.top) * MOST_OF_PAGE;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const isFirst = context.isEmpty;
      const used = context.y - pageMargins.top;
      if (!isFirst && used + next.height > most) return;
      // A page without notes takes it in any case, or there would be no end.
      const fits = this.#notes.fit({ height: next.height, notes: [] });
      if (!fits && !(isFirst && !notes.length)) return;
      this.#waiting.shift();
      next.place();
      context.moveDown(next.after);
    }
  }
}
