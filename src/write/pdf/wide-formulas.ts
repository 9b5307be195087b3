// What is said of formulas that were made smaller to have room on their line.

import type { Diagnostic } from "../../diagnostic.js";
import type { WideFormula } from "./text.js";

/** Returns an `equation-too-wide` for each formula that is wider than its line. */
export function wideFormulas(formulas: readonly WideFormula[]): Diagnostic[] {
  return formulas.map(({ scale, span }) => ({
    code: "equation-too-wide",
    message: `the formula is wider than its line, so it is printed at ${Math.floor(scale * 100)}% of its size in the PDF`,
    ...(span && { span }),
    hints: ["divide it into lines: \\begin{aligned} a &= b \\\\ &= c \\end{aligned}"],
  }));
}
