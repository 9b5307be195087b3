// Line breaking over a whole paragraph: of all ways to break it the one whose
// lines are most evenly filled, as Knuth and Plass found it ("Breaking
// Paragraphs into Lines", Software: Practice and Experience 11, 1981).

/** What no break divides, unless it can be hyphenated. Widths are in points. */
export interface Item {
  readonly width: number;
  /** The blank at its end, part of the width, which vanishes at the end of a line. */
  readonly trailing: number;
  /** How much of the width stretches and shrinks: its spaces, the trailing one included, and a part of its letters. */
  readonly space: number;
  /** The hyphen that is shown if a line ends here. */
  readonly hyphen: number;
  /** How bad it is to end a line here, from 0; compare the badness of lines, which is 100 at most as a rule. */
  readonly penalty: number;
  /** Whether the line would end in a hyphen or dash, of which few should follow one another. */
  readonly isHyphen: boolean;
  /** How much of it stands in the margin if a line begins with it, or ends with it, and punctuation hangs. */
  readonly lead: number;
  readonly hang: number;
}

/** A place within an item where it may be divided; what stands before it, with a hyphen, must not be wider than the item. */
export interface Division {
  /** Of what stands before it, and how much of that stretches and shrinks. */
  readonly width: number;
  readonly space: number;
  /** The hyphen that is shown if a line ends here; 0 if none is. */
  readonly hyphen: number;
  /** Of what stands behind it. */
  readonly rest: number;
  readonly penalty: number;
  /** How much of the hyphen stands in the margin if punctuation does. */
  readonly hang?: number;
}

/** The end of a line: behind an item, or at one of its divisions. */
export interface LineEnd {
  readonly item: number;
  readonly division?: number;
}

/** A paragraph to be broken. Lengths are in points. */
export interface Galley {
  readonly items: readonly Item[];
  /** Where an item may be divided; asked only for items that a line can end in. */
  readonly divide: (item: number) => readonly Division[];
  /** Whether punctuation stands in the margins. */
  readonly hangs: boolean;
  /** The room in the first line and in the others. */
  readonly firstWidth: number;
  readonly width: number;
  /** A last line that is shorter is avoided. */
  readonly runt: number;
  /** How much more each line may stretch, above 0, where the paragraph cannot be broken well. */
  readonly emergencyStretch: number;
}

/** How far a space stretches and shrinks, as parts of its width; those of TeX's Roman fonts. */
export const STRETCH = 1 / 2;
export const SHRINK = 1 / 3;

/** What a break within a word counts, and one behind a hyphen or dash that is there anyway. */
export const HYPHEN_PENALTY = 50;

// The demerits of plain TeX (The TeXbook, chapter 14), and those of a last line that is too short.
const LINE_PENALTY = 10;
const ADJACENT_DEMERITS = 10_000;
const DOUBLE_HYPHEN_DEMERITS = 10_000;
const FINAL_HYPHEN_DEMERITS = 5_000;
const RUNT_DEMERITS = 40_000;

const TOLERANCE = 1e-6;

/**
 * How far spaces may stretch, as multiples of their stretch: without dividing a
 * word a badness of 100, and of 200 with divisions, as TeX allows; then that of
 * 10,000 with the emergency stretch; then any.
 */
const passes = [
  { most: 1, divides: false, isEmergency: false },
  { most: 2 ** (1 / 3), divides: true, isEmergency: false },
  { most: 100 ** (1 / 3), divides: true, isEmergency: true },
  { most: Number.POSITIVE_INFINITY, divides: true, isEmergency: true },
] as const;

type Pass = (typeof passes)[number];

/**
 * Returns the ends of the lines of a paragraph, that of the last one included.
 * No line shrinks by more than its spaces allow, unless a single item is wider
 * than a line. Takes time in proportion to the number of items.
 */
export function breakOptimally(galley: Galley): LineEnd[] {
  for (const pass of passes) {
    const ends = breakWithin(galley, pass);
    if (ends) return ends;
  }
  throw new Error("a paragraph has no breaks");
}

/** Tight, decent, loose, very loose: lines of classes apart should not be neighbours. */
type Fitness = 0 | 1 | 2 | 3;

/** A line end on the best way to it that ends in a line of one fitness. */
interface Node {
  readonly end: LineEnd | undefined;
  /** Widths from the paragraph's beginning to where the next line begins. */
  readonly start: number;
  readonly startSpace: number;
  readonly isHyphen: boolean;
  readonly fitness: Fitness;
  readonly demerits: number;
  readonly previous: Node | undefined;
}

/** A place where a line may end. */
interface Candidate {
  readonly item: number;
  readonly division: number | undefined;
  /** From the paragraph's beginning to the line's end, and the same without the hyphen. */
  readonly width: number;
  readonly bare: number;
  readonly space: number;
  /** The same to the beginning of the next line. */
  readonly start: number;
  readonly startSpace: number;
  readonly penalty: number;
  readonly isHyphen: boolean;
  readonly isLast: boolean;
}

/** Breaks as one of the passes allows; `undefined` if that fails. */
function breakWithin(galley: Galley, { most, divides, isEmergency }: Pass): LineEnd[] | undefined {
  const { items, divide, hangs } = galley;
  const isRescued = most === Number.POSITIVE_INFINITY;
  const active = new ActiveList(galley, most, isEmergency ? galley.emergencyStretch : 0);
  let width = 0;
  let space = 0;
  for (const [index, item] of items.entries()) {
    const { trailing, hyphen, penalty, isHyphen } = item;
    if (divides && active.reaches(width, space, item)) {
      for (const [division, part] of divide(index).entries()) {
        const bare = width + part.width;
        active.consider(
          {
            item: index,
            division,
            width: bare + part.hyphen - (hangs ? (part.hang ?? 0) : 0),
            bare,
            space: space + part.space,
            start: width + item.width - part.rest,
            startSpace: space + part.space,
            penalty: part.penalty,
            isHyphen: part.hyphen > 0,
            isLast: false,
          },
          isRescued,
        );
      }
    }
    width += item.width;
    space += item.space;
    const isLast = index === items.length - 1;
    const bare = width - trailing - (hangs ? item.hang : 0);
    active.consider(
      {
        item: index,
        division: undefined,
        width: isLast ? bare : bare + hyphen,
        bare,
        space: space - trailing,
        start: hangs && !isLast ? width + items[index + 1]!.lead : width,
        startSpace: space,
        penalty: isLast ? 0 : penalty,
        isHyphen,
        isLast,
      },
      isRescued,
    );
    if (active.isEmpty) return undefined;
  }
  return active.ends(items.length - 1);
}

/** The line ends from which the line that is being filled may begin. */
class ActiveList {
  readonly #galley: Galley;
  readonly #most: number;
  readonly #emergency: number;
  #nodes: Node[] = [
    {
      end: undefined,
      start: 0,
      startSpace: 0,
      isHyphen: false,
      fitness: 1,
      demerits: 0,
      previous: undefined,
    },
  ];

  /** The best ways to a candidate, one for each fitness; empty between two candidates. */
  readonly #best = ([0, 1, 2, 3] as const).map(
    (fitness): { readonly fitness: Fitness; demerits: number; previous: Node | undefined } => ({
      fitness,
      demerits: Number.POSITIVE_INFINITY,
      previous: undefined,
    }),
  );

  constructor(galley: Galley, most: number, emergency: number) {
    this.#galley = galley;
    this.#most = most;
    this.#emergency = emergency;
  }

  get isEmpty(): boolean {
    return this.#nodes.length === 0;
  }

  /** Whether a line can end within an item that begins at a width. */
  reaches(width: number, space: number, item: Item): boolean {
    for (const node of this.#nodes) {
      const room = this.#roomBehind(node) - (width - node.start);
      const gaps = space - node.startSpace;
      const stretch = (gaps + item.space) * STRETCH + this.#emergency;
      if (room + gaps * SHRINK + TOLERANCE < 0) continue;
      if (this.#most === Number.POSITIVE_INFINITY) return true;
      if (room - item.width <= stretch * this.#most) return true;
    }
    return false;
  }

  /**
   * Adds the best ways to a candidate, one for each fitness of its line, and
   * drops the nodes that are too far back for any later one. `isRescued` makes a
   * line that is too wide where there is no other way.
   */
  consider(candidate: Candidate, isRescued: boolean): void {
    const best = this.#best;
    let least = Number.POSITIVE_INFINITY;
    let kept = 0;
    let dropped: Node | undefined;
    for (const node of this.#nodes) {
      const rest = this.#roomBehind(node) - (candidate.width - node.start);
      const gaps = candidate.space - node.startSpace;
      if (rest < -gaps * SHRINK - TOLERANCE) {
        // Without the hyphen, or letters behind it, the line may still have room.
        const bare = rest + candidate.width - candidate.bare;
        if (bare < -gaps * SHRINK - TOLERANCE) dropped = node;
        else this.#nodes[kept++] = node;
        continue;
      }
      this.#nodes[kept++] = node;
      const ratio = this.#ratio(rest, gaps, candidate.isLast);
      if (ratio > this.#most) continue;
      const fitness = fitnessOf(ratio);
      const demerits = node.demerits + this.#demerits(node, candidate, ratio, fitness);
      const way = best[fitness]!;
      if (demerits >= way.demerits) continue;
      way.demerits = demerits;
      way.previous = node;
      least = Math.min(least, demerits);
    }
    this.#nodes.length = kept;
    if (isRescued && dropped && kept === 0 && least === Number.POSITIVE_INFINITY) {
      this.#nodes.push(nodeAt(candidate, dropped, 0, dropped.demerits));
    }
    if (least === Number.POSITIVE_INFINITY) return;
    for (const way of best) {
      const { fitness, demerits, previous } = way;
      // What is worse by more than a change of fitness can cost is on no best way.
      if (previous && demerits <= least + ADJACENT_DEMERITS) {
        this.#nodes.push(nodeAt(candidate, previous, fitness, demerits));
      }
      way.demerits = Number.POSITIVE_INFINITY;
      way.previous = undefined;
    }
  }

  /** Returns the line ends of the best way to the last item; `undefined` if none leads there. */
  ends(last: number): LineEnd[] | undefined {
    let best: Node | undefined;
    for (const node of this.#nodes) {
      const isLast = node.end?.item === last && node.end.division === undefined;
      if (isLast && node.demerits < (best?.demerits ?? Number.POSITIVE_INFINITY)) best = node;
    }
    if (!best) return undefined;
    const ends: LineEnd[] = [];
    for (let node = best; node.end && node.previous; node = node.previous) ends.push(node.end);
    return ends.reverse();
  }

  #roomBehind({ previous }: Node): number {
    return previous ? this.#galley.width : this.#galley.firstWidth;
  }

  /** How far the spaces of a line stretch (above 0) or shrink (to -1), as parts of what they may. */
  #ratio(rest: number, gaps: number, isLast: boolean): number {
    if (rest < 0) return gaps > 0 ? Math.max(-1, rest / (gaps * SHRINK)) : 0;
    if (isLast) return 0;
    const stretch = gaps * STRETCH + this.#emergency;
    return stretch > 0 ? rest / stretch : rest > TOLERANCE ? Number.POSITIVE_INFINITY : 0;
  }

  #demerits(node: Node, candidate: Candidate, ratio: number, fitness: Fitness): number {
    const { penalty, isHyphen, isLast, width } = candidate;
    // A power would take longer than the rest of it.
    const flaws = LINE_PENALTY + 100 * Math.abs(ratio * ratio * ratio);
    let demerits = flaws * flaws + penalty * penalty;
    if (Math.abs(fitness - node.fitness) > 1) demerits += ADJACENT_DEMERITS;
    if (!isLast) return node.isHyphen && isHyphen ? demerits + DOUBLE_HYPHEN_DEMERITS : demerits;
    if (node.isHyphen) demerits += FINAL_HYPHEN_DEMERITS;
    const isRunt = node.previous !== undefined && width - node.start < this.#galley.runt;
    return isRunt ? demerits + RUNT_DEMERITS : demerits;
  }
}

function fitnessOf(ratio: number): Fitness {
  return ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
}

function nodeAt(candidate: Candidate, previous: Node, fitness: Fitness, demerits: number): Node {
  const { item, division, start, startSpace, isHyphen } = candidate;
  const end = division === undefined ? { item } : { item, division };
  return { end, start, startSpace, isHyphen, fitness, demerits, previous };
}
