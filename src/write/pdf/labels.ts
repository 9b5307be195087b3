// Numbers in the forms in which pages and list items are counted.

import type { NumberForm } from "../../template.js";

/** `lower-alpha` is a, b, … z, aa, bb, … as Word counts. */
export type CountingForm = NumberForm | "decimal" | "lower-alpha" | "lower-roman";

const romanDigits: readonly (readonly [value: number, digits: string])[] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

/** Returns a number in a form; in digits where the form has no such number, empty for `none`. */
export function formatNumber(number: number, form: CountingForm): string {
  switch (form) {
    case "none":
      return "";
    case "arabic":
    case "decimal":
      return String(number);
    case "roman":
    case "lower-roman":
      return number > 0 && number < 5000 ? roman(number) : String(number);
    case "lower-alpha":
      return number > 0 && number <= 26 * 30 ? letters(number) : String(number);
  }
}

function roman(number: number): string {
  let rest = number;
  let text = "";
  for (const [value, digits] of romanDigits) {
    while (rest >= value) {
      text += digits;
      rest -= value;
    }
  }
  return text;
}

function letters(number: number): string {
  const letter = String.fromCharCode(97 + ((number - 1) % 26));
  return letter.repeat(Math.ceil(number / 26));
}

/** Consecutive pages that are counted in one form. */
export interface PageRange {
  /** The first of them, from 0. */
  readonly index: number;
  readonly form: NumberForm;
  /** The number of the first of them. */
  readonly start: number;
}

/** Returns the `PageLabels` of a PDF's catalogue (ISO 32000-1, 12.4.2). */
export function pageLabels(ranges: readonly PageRange[]): object {
  const styles = { arabic: { S: "D" }, roman: { S: "r" }, none: {} } as const;
  return {
    Nums: ranges.flatMap(({ index, form, start }) => [
      index,
      { ...styles[form], ...(form !== "none" && start > 1 && { St: start }) },
    ]),
  };
}
