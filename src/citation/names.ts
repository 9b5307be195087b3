// Names as citeproc-js needs them to print what the manuals ask for.

import type { Name } from "../document.js";

/**
 * Returns the names of one work, so written that every style prints them right:
 *
 * - a name given without a family name is that name alone (short forms would lose it);
 * - institutions are listed as persons are (citeproc-js joins them by a rule of
 *   its own: "Doe, Jane and World Bank", and "A, B, and C" where a style has no
 *   such comma); alone, in pairs or before one person that rule is right;
 * - initials are apart: T. S. Eliot (Chicago Manual, 17th edition, 10.12). Styles
 *   that close them up do so with all initials.
 */
export function printableNames(names: readonly Name[]): Name[] {
  const asPersons = names.length > 2 || (names.length === 2 && !isInstitution(names[0]!));
  return names.map((name) => {
    if (isInstitution(name)) {
      if (!asPersons) return name;
      const { literal, ...rest } = name;
      return { ...rest, family: literal! };
    }
    const { given, ...rest } = name;
    if (given === undefined) return name;
    if (name.family === undefined) return { ...rest, family: given };
    return { ...name, given: given.replace(/(?<=\p{Script=Latin}\.)(?=\p{Lu}\.)/gu, " ") };
  });
}

const isInstitution = ({ literal }: Name): boolean => literal !== undefined;
