// Editions: forms of one work for different readers, as they are shipped and as
// templates and manuscripts declare them.

import type { Span } from "./diagnostic.js";
import type { Font } from "./fonts.js";
import type { MatterName, WrittenMatter } from "./matter.js";
import type { Page } from "./template.js";

/** What may be left out of a work's metadata, and with that of its title page. */
export const omittableFields = [
  "date",
  "degree",
  "department",
  "institution",
  "keywords",
  "orcid",
  "supervisor",
] as const;

export type OmittableField = (typeof omittableFields)[number];

/** An edition as a template or manuscript declares it. */
export interface DeclaredEdition extends Edition {
  /** The edition that it changes: one that is shipped or declared. */
  readonly basedOn?: string;
}

/** What an edition changes; what it does not say stays as it is. */
export interface Edition {
  /** Names the edition in the files' names: `blind`. */
  readonly id: string;
  /** Front and back matter that it leaves out. */
  readonly drop?: readonly MatterName[];
  /** Matter that it must have: made if it can be, reported if not. */
  readonly require?: readonly WrittenMatter[];
  /**
   * Withholds who wrote the work: the candidate's number stands for the author,
   * and no file names them or their supervisors.
   */
  readonly anonymous?: boolean;
  /** What else is not said of the work. */
  readonly omit?: readonly OmittableField[];
  /** As in a template: of so many lines one is numbered. */
  readonly lineNumbers?: number;
  /** Instead of those of the template. */
  readonly margins?: Partial<Page["margins"]>;
  readonly gutter?: number;
  readonly type?: TypeChange;
  /** What every page says of the edition at its top. */
  readonly mark?: PageMark;
  /** Where a manuscript or template declares it. */
  readonly span?: Span;
}

/** A word at the top of every page, in the language of the work. */
export type PageMark = "draft";

/** How an edition sets the text otherwise than the template. Lengths are in points. */
export interface TypeChange {
  /** What sizes, fixed leading and space around paragraphs are multiplied by. */
  readonly scale?: number;
  /** The smallest size. */
  readonly least?: number;
  /** The least leading in lines. */
  readonly leading?: number;
  /** Of running text: justified lines become ragged. */
  readonly align?: "left";
  readonly font?: Font;
  readonly hyphenate?: boolean;
}

/** The editions that are there without being declared. */
export const shippedEditions: readonly Edition[] = [
  {
    id: "blind",
    anonymous: true,
    drop: ["acknowledgements", "copyright", "curriculum-vitae", "dedication", "embargo"],
  },
  { id: "examiner", lineNumbers: 1, margins: { right: 5 * (72 / 2.54) } },
  { id: "library", require: ["declaration", "copyright"] },
  {
    id: "large-print",
    type: { scale: 4 / 3, least: 16, leading: 1.25, align: "left", hyphenate: false },
  },
];

/** Returns the names of all editions, those that are declared first. */
export function editionNames(declared: readonly DeclaredEdition[]): string[] {
  return [...new Set([...declared, ...shippedEditions].map(({ id }) => id))];
}

/**
 * Returns the edition of a name, or undefined. A declared one changes what it is
 * based on: the edition that it names, or else an earlier or a shipped one of its
 * own name. Of several with a name the last counts.
 */
export function findEdition(
  name: string,
  declared: readonly DeclaredEdition[],
): Edition | undefined {
  const at = declared.findLastIndex(({ id }) => id === name);
  const own = declared[at];
  if (!own) return shippedEditions.find(({ id }) => id === name);
  const { basedOn = name, ...changes } = own;
  // Without itself, so that editions that are based on one another come to an end.
  const base = findEdition(basedOn, declared.toSpliced(at, 1));
  const margins = { ...base?.margins, ...changes.margins };
  const type = { ...base?.type, ...changes.type };
  return {
    ...base,
    ...changes,
    ...(Object.keys(margins).length > 0 && { margins }),
    ...(Object.keys(type).length > 0 && { type }),
  };
}

/** Points of a centimetre. */
const centimetre = 72 / 2.54;

/**
 * How a draft looks, whatever edition it is of: with a mark on every page, numbers of
 * lines to refer to, and an outer margin to write in.
 */
export function draftEdition({ margins }: Page): Edition {
  return {
    id: "draft",
    mark: "draft",
    lineNumbers: 5,
    margins: { right: Math.max(margins.right, 5 * centimetre) },
  };
}
