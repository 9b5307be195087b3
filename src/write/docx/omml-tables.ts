// Matrices, cases and aligned lines.

import type { XmlComponent } from "docx";
import type { MathElement } from "../../formula.js";
import type { WriteRow } from "./omml.js";
import { element } from "./xml.js";

/**
 * Returns a table as a matrix (ECMA-376-1, 22.1.2.60). Aligned lines are one too,
 * of columns without a gap: Word's array of equations marks by `&` where lines
 * are aligned, which LibreOffice takes for a sign.
 */
export function writeTable(table: MathElement, writeRow: WriteRow): XmlComponent {
  const rows = table.children.map(({ name, children }) =>
    // The first cell of a row with a label is the label.
    name === "mlabeledtr" ? children.slice(1) : children,
  );
  return matrix(table, isAligned(table) ? rows.map(withPairsApart) : rows, writeRow);
}

/** Whether its columns are the two sides of equations. */
function isAligned({ attributes }: MathElement): boolean {
  return (
    attributes.displaystyle === "true" &&
    /^right left/.test(attributes.columnalign ?? "") &&
    /^0/.test(attributes.columnspacing ?? "")
  );
}

/** Puts blank space between equations that stand beside one another. */
function withPairsApart(cells: readonly MathElement[]): readonly MathElement[] {
  const gap: MathElement = { name: "mspace", children: [], attributes: { width: "2em" } };
  return cells.map((cell, index) =>
    index > 0 && index % 2 === 0 ? { ...cell, children: [gap, ...cell.children] } : cell,
  );
}

/** LibreOffice takes an empty cell for a mistake. */
const empty: MathElement = { name: "mtext", text: "\u200b", children: [], attributes: {} };

function matrix(
  table: MathElement,
  rows: readonly (readonly MathElement[])[],
  writeRow: WriteRow,
): XmlComponent {
  const { attributes } = table;
  const columns = Math.max(1, ...rows.map(({ length }) => length));
  const aligns = (attributes.columnalign ?? "center").split(/\s+/);
  const value = (name: string, text: string | number) => element(name, { "m:val": text });
  const alignOf = (column: number) => {
    const align = aligns[Math.min(column, aligns.length - 1)];
    return align === "left" || align === "right" ? align : "center";
  };
  return element("m:m", {}, [
    element("m:mPr", {}, [
      value("m:plcHide", 1),
      // In twips, exactly.
      ...(isAligned(table) ? [value("m:cGpRule", 3), value("m:cGp", 0)] : []),
      element(
        "m:mcs",
        {},
        Array.from({ length: columns }, (_, column) =>
          element("m:mc", {}, [
            element("m:mcPr", {}, [value("m:count", 1), value("m:mcJc", alignOf(column))]),
          ]),
        ),
      ),
    ]),
    ...rows.map((cells) =>
      element(
        "m:mr",
        {},
        Array.from({ length: columns }, (_, column) =>
          element("m:e", {}, writeRow([cells[column]?.children.length ? cells[column] : empty])),
        ),
      ),
    ),
  ]);
}
