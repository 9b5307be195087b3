// Displayed formulas: a paragraph of Word's mathematics; one with a number in a
// row of three cells, the formula in the middle and the number at the right.
//
// A formula beside a tab is set as in running text, small and with its limits at
// the side, and Word's own way to number one (`#` in an array of equations)
// shows the number within the formula in LibreOffice: so a row without rules.

import { AlignmentType, Tab, TabStopType, TextRun, type XmlComponent } from "docx";
import type { Block, Equation } from "../../document.js";
import type { Formula } from "../../formula.js";
import { landscapePage, type ParagraphStyle } from "../../template.js";
import type { Direct, Surroundings } from "./blocks.js";
import { commented } from "./comments.js";
import { writeDisplayedFormula, writeFormula } from "./omml.js";
import { textWidth, twips } from "./page.js";
import type { BlockWriter } from "./set-off.js";
import { paragraphStyleIds } from "./styles.js";
import { element, paragraphOf } from "./xml.js";

/** The share of the line that the number has at either side. */
const NUMBER_SHARE = 0.12;

/** Whether two blocks are tables to Word that would become one, one of them a formula with a number. */
export function equationsJoin(before: Block | undefined, block: Block): boolean {
  const isRow = ({ type, ...of }: Block) => type === "equation" && "label" in of;
  const isTable = (some: Block) => some.type === "table" || isRow(some);
  return (
    before !== undefined && isTable(before) && isTable(block) && (isRow(before) || isRow(block))
  );
}

/** Returns a displayed formula; its LaTeX where it could not be read. */
export function writeEquation(
  equation: Equation,
  at: Surroundings,
  direct: Direct,
  writer: BlockWriter,
): XmlComponent[] {
  const { formula, label, value } = equation;
  if (!formula) {
    const children = commented(equation, at.registry, () =>
      writer.runs([{ type: "text", value }], "equation", at),
    );
    const number = label ? [tab(), ...writer.runs([label], "equation", at)] : [];
    return [writer.paragraph([...children, ...number], "equation", at, direct)];
  }
  const { template } = at.registry;
  const align = alignOf(template.styles.equation);
  if (!label) {
    const content = [writeDisplayedFormula(formula, align)];
    return [writer.paragraph(content, "equation", at, direct)];
  }
  const number = writer.runs([label], "equation", at);
  // No table stands in a note or in a cell.
  return at.story === "footnotes" || at.style === "table" || at.style === "table-head"
    ? [inLine(formula, number, at)]
    : [row(formula, number, align, at)];
}

function alignOf({ align }: ParagraphStyle): "left" | "center" | "right" {
  return align === "justify" ? "left" : align;
}

const tab = () => new TextRun({ children: [new Tab()] });

/** The formula in the line, with its number behind a tab. */
function inLine(formula: Formula, number: readonly XmlComponent[], at: Surroundings): XmlComponent {
  return paragraphOf([writeFormula(formula), tab(), ...number], {
    style: paragraphStyleIds[at.style],
    ...(at.keepsNext && { keepNext: true }),
    tabStops: [{ type: TabStopType.RIGHT, position: widthOf(at) }],
    alignment: AlignmentType.LEFT,
  });
}

function row(
  formula: Formula,
  number: readonly XmlComponent[],
  align: "left" | "center" | "right",
  at: Surroundings,
): XmlComponent {
  const whole = widthOf(at);
  const side = Math.round(whole * NUMBER_SHARE);
  // A formula at the left needs no room there.
  const widths = align === "center" ? [side, whole - 2 * side, side] : [0, whole - side, side];
  const style = paragraphStyleIds.equation;
  const cells = [
    paragraphOf([], { style }),
    paragraphOf([writeDisplayedFormula(formula, align)], { style }),
    paragraphOf(number, { style, alignment: AlignmentType.RIGHT }),
  ];
  const columns = widths.flatMap((width, index) => (width ? [{ width, cell: cells[index]! }] : []));
  const none = (side: string) => element(`w:${side}`, { "w:w": 0, "w:type": "dxa" });
  return element("w:tbl", {}, [
    element("w:tblPr", {}, [
      element("w:tblW", { "w:w": whole, "w:type": "dxa" }),
      element("w:tblInd", { "w:w": twips(at.left), "w:type": "dxa" }),
      element("w:tblLayout", { "w:type": "fixed" }),
      element("w:tblCellMar", {}, [none("left"), none("right")]),
    ]),
    element(
      "w:tblGrid",
      {},
      columns.map(({ width }) => element("w:gridCol", { "w:w": width })),
    ),
    element("w:tr", {}, [
      element("w:trPr", {}, [element("w:cantSplit")]),
      ...columns.map(({ width, cell }) =>
        element("w:tc", {}, [
          element("w:tcPr", {}, [
            element("w:tcW", { "w:w": width, "w:type": "dxa" }),
            element("w:vAlign", { "w:val": "center" }),
          ]),
          cell,
        ]),
      ),
    ]),
  ]);
}

/** The length of a line there, in twips. */
function widthOf({ registry, left, right, isLandscape }: Surroundings): number {
  const { page } = registry.template;
  const length = isLandscape ? textWidth(landscapePage(page)) : textWidth(page);
  return Math.max(1440, length - twips(left) - twips(right));
}
