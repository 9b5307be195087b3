// Numbers of lines in the left margin of the body, for those who examine it:
// counted on each page, as Word does. They are artifacts, no part of the text.

import type { Document } from "../../document.js";
import { lineNumberDistance, lineNumberSize, type Template } from "../../template.js";
import { artifactLine } from "./artifact-line.js";
import type { FlowPage } from "./context.js";
import { TextLine } from "./paragraph.js";
import type { StructureNode } from "./tagger.js";
import type { Typesetter } from "./text.js";

/**
 * Prints the numbers of the lines of the body where the template wants them. The
 * lines of notes and tables have none, as in Word (ECMA-376-1, 17.6.8). Must
 * come behind the heads and feet, which have none either.
 */
export function printLineNumbers(
  pages: readonly FlowPage[],
  { parts }: Document,
  { lineNumbers, fonts }: Template,
  typesetter: Typesetter,
): void {
  if (!lineNumbers) return;
  const base = {
    family: fonts.text,
    bold: false,
    italic: false,
    size: lineNumberSize,
    capitals: false,
    smallCaps: false,
  };
  for (const page of pages) {
    if (parts[page.part]?.role !== "body") continue;
    for (const [index, counted] of countedLines(page).entries()) {
      if ((index + 1) % lineNumbers) continue;
      const line = artifactLine(String(index + 1), base, "LineNumber", typesetter);
      line.x = page.pageMargins.left - lineNumberDistance - line.getWidth();
      line.y = counted.y + counted.ascent - line.ascent;
      page.items.push({ type: "line", item: line });
    }
  }
}

/** Returns the lines of a page that are counted, in their order. */
function countedLines({ items, notes }: FlowPage): TextLine[] {
  const rows = new Set(notes.flatMap(({ note }) => note.rows.map(({ line }) => line)));
  const lines = items.flatMap(({ item }) => (item instanceof TextLine ? item : []));
  return lines.filter((line) => {
    const { structure } = line.paragraph;
    if ("kind" in structure) return structure.kind === "Layout";
    return !rows.has(line) && !isInTable(structure);
  });
}

function isInTable(structure: StructureNode): boolean {
  for (let node: StructureNode | undefined = structure; node; node = node.parent) {
    if ((node.type as string) === "Table") return true;
  }
  return false;
}
