// audit --compare: how the same sentences read in several styles, beside each
// other on a terminal or on a page of their own.

import { basename, extname, join, resolve } from "node:path";
import { compare, type Passage, type Reading } from "../compare.js";
import { compile } from "../compile.js";
import type { Inline } from "../document.js";
import { loadProject, type ProjectRequest, shownPath } from "../project.js";
import { UsageError } from "../usage-error.js";
import { pad, wrap } from "./columns.js";
import { onlyOnce } from "./only-once.js";
import { isError, type Outcome, rigourOf } from "./outcome.js";
import type { Progress } from "./progress.js";

/** What the command line asks of a comparison. */
export interface CompareRequest extends ProjectRequest {
  /** The styles, two or more. */
  readonly style: readonly string[];
  /** `html` writes a page to the folder `output`, relative to `cwd`; others are refused. */
  readonly format?: string | undefined;
  readonly output: string;
  readonly strict?: boolean | undefined;
  /** How many characters a line of the terminal has. */
  readonly width: number;
}

/**
 * Returns the sentences with citations in each style, or where the page with
 * them was written. A manuscript with errors gives only those. Throws a
 * `UsageError` for fewer than two styles.
 */
export async function compareStyles(request: CompareRequest, progress: Progress): Promise<Outcome> {
  if (new Set(request.style).size < 2) {
    throw new UsageError("--compare takes two styles or more", [
      "for example: reissue audit --compare chicago,apa",
    ]);
  }
  if (request.format !== undefined && request.format !== "html") {
    throw new UsageError("a comparison is printed, or written as html", [
      "leave --format out, or say --format html",
    ]);
  }
  progress("Reading the manuscript");
  const { project, diagnostics, sources } = loadProject(request);
  const report = onlyOnce((diagnostic) => void diagnostics.push(diagnostic));
  const documents = (project?.styles ?? []).map((style) => {
    progress(`Citing in ${style.title}`);
    return compile(project!, style, report);
  });
  progress("");
  if (!project || diagnostics.some((diagnostic) => isError(diagnostic, rigourOf(request)))) {
    return { diagnostics, sources, lines: ["Nothing was compared."], data: { passages: [] } };
  }
  const { styles, manuscript } = project;
  const passages = compare(documents);
  const ids = styles.map(({ id }) => id);
  if (request.format === undefined) {
    return {
      diagnostics,
      sources,
      lines: passages.length
        ? describe(ids, passages, request.width)
        : ["The manuscript cites nothing."],
      data: { styles: ids, passages: passages.map((passage) => passageData(ids, passage)) },
    };
  }
  const { writeComparePage } = await import("../write/compare-page.js");
  const { publish } = await import("../output.js");
  const name = `${basename(manuscript.file, extname(manuscript.file))}-compare-${ids.join("-")}.html`;
  const page = writeComparePage(manuscript.metadata, styles, passages);
  const directory = resolve(request.cwd, request.output);
  await publish(directory, [{ name, bytes: new TextEncoder().encode(page) }]);
  const path = join(shownPath(directory, request.cwd), name);
  return {
    diagnostics,
    sources,
    lines: [path],
    data: { styles: ids, files: [{ path, bytes: new TextEncoder().encode(page).length }] },
  };
}

function passageData(ids: readonly string[], { section, readings }: Passage): object {
  return {
    section,
    readings: readings.map(({ inlines, notes }, index) => ({
      style: ids[index],
      text: plain(inlines, (number) => `[${number}]`),
      notes: notes.map(({ number, inlines }) => ({ number, text: plain(inlines, String) })),
    })),
  };
}

// ---- on a terminal ------------------------------------------------------------------

const BETWEEN = " │ ";
const NARROWEST_COLUMN = 30;
const WIDEST_COLUMN = 78;

function describe(ids: readonly string[], passages: readonly Passage[], width: number): string[] {
  const room = Math.floor((width - BETWEEN.length * (ids.length - 1)) / ids.length);
  const isStacked = room < NARROWEST_COLUMN;
  const column = Math.min(WIDEST_COLUMN, isStacked ? width - 2 : room);
  const lines: string[] = [];
  if (!isStacked) {
    lines.push(
      row(
        ids.map((id) => [id]),
        column,
      )[0]!,
    );
    lines.push(ids.map(() => "─".repeat(column)).join("─┼─"));
  }
  let section: string | undefined;
  for (const passage of passages) {
    if (passage.section !== section) {
      section = passage.section;
      if (lines.length > 2) lines.push("");
      lines.push(...wrap(section || "(no section)", width), "");
    } else lines.push("");
    if (isStacked) {
      for (const [index, reading] of passage.readings.entries()) {
        lines.push(`${ids[index]}:`, ...readingLines(reading, column).map((line) => `  ${line}`));
      }
    } else {
      lines.push(
        ...row(
          passage.readings.map((reading) => readingLines(reading, column)),
          column,
        ),
      );
    }
  }
  return lines;
}

/** Cells beside each other, each a list of lines. */
function row(cells: readonly (readonly string[])[], column: number): string[] {
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, at) =>
    cells
      .map((cell) => pad(cell[at] ?? "", column))
      .join(BETWEEN)
      .trimEnd(),
  );
}

function readingLines({ inlines, notes }: Reading, width: number): string[] {
  if (!inlines.length) return ["—"];
  return [
    ...wrap(plain(inlines, raised), width),
    ...notes.flatMap(({ number, inlines }) => {
      const mark = `  ${raised(number)} `;
      const lines = wrap(plain(inlines, raised), width - mark.length);
      return lines.map((line, at) => (at ? " ".repeat(mark.length) : mark) + line);
    }),
  ];
}

/** Inlines as plain text, notes as their marks. */
function plain(inlines: readonly Inline[], mark: (number: number) => string): string {
  return inlines
    .map((inline): string => {
      if (inline.type === "note") return mark(inline.number);
      if ("value" in inline) return inline.value;
      if (inline.type === "break") return " ";
      if (inline.type === "superscript") {
        const text = plain(inline.children, mark);
        return /^\d+$/.test(text) ? raised(Number(text)) : text;
      }
      return "children" in inline ? plain(inline.children, mark) : "";
    })
    .join("");
}

const raised = (number: number): string =>
  [...String(number)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
