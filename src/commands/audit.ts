// audit: what is cited, counted in the manuscript and in every file made of it.

import { basename, extname } from "node:path";
import {
  type Audit,
  auditData,
  differences,
  keptKinds,
  placedKinds,
  type Tally,
} from "../audit.js";
import { compile } from "../compile.js";
import { loadProject, type ProjectRequest } from "../project.js";
import { UsageError } from "../usage-error.js";
import { type Format, type StyleOutput, writeStyle } from "./build.js";
import { onlyOnce } from "./only-once.js";
import { isError, type Outcome, rigourOf } from "./outcome.js";
import type { Progress } from "./progress.js";

const both: readonly Format[] = ["docx", "pdf"];

/** What the command line asks of an audit. */
export interface AuditRequest extends ProjectRequest {
  /** `docx` or `pdf` alone; both when absent. */
  readonly format?: string | undefined;
  readonly strict?: boolean | undefined;
  /** How many characters a line of the terminal has. */
  readonly width: number;
}

/**
 * Makes the files of each style without putting them in place, and returns what
 * was counted in the manuscript, in the cited document and in the files as read
 * back. A manuscript with errors gives only those. Throws a `UsageError` for a
 * format that cannot be audited.
 */
export async function audit(request: AuditRequest, progress: Progress): Promise<Outcome> {
  if (request.format === "html") {
    throw new UsageError("--format html belongs to a comparison", [
      "for example: reissue audit --compare chicago,apa --format html",
    ]);
  }
  progress("Reading the manuscript");
  const { project, diagnostics, sources } = loadProject(request);
  const report = onlyOnce((diagnostic) => void diagnostics.push(diagnostic));
  const failed = () => diagnostics.some((diagnostic) => isError(diagnostic, rigourOf(request)));
  const stopped = (): Outcome => {
    progress("");
    return { diagnostics, sources, lines: ["Nothing was counted."], data: { styles: [] } };
  };
  if (!project) return stopped();
  const documents = project.styles.map((style) => {
    progress(`Citing in ${style.title}`);
    return { style, document: compile(project, style, report) };
  });
  if (failed()) return stopped();

  const stem = basename(project.manuscript.file, extname(project.manuscript.file));
  const formats = both.filter(
    (format) => request.format === undefined || request.format === format,
  );
  const outputs: StyleOutput[] = [];
  for (const { style, document } of documents) {
    const name = `${stem}-${style.id}`;
    outputs.push(await writeStyle({ project, style, document, name, formats }, report, progress));
  }
  progress("");
  return {
    diagnostics,
    sources,
    failed: outputs.some(({ audit }) => differences(audit).length > 0),
    lines: describe(outputs, request.width),
    data: {
      styles: outputs.map(({ style, audit }) => ({
        style: style.id,
        equal: differences(audit).length === 0,
        ...auditData(audit),
      })),
    },
  };
}

const rows: readonly (readonly [kind: keyof Tally, name: string])[] = [
  ["works", "works cited"],
  ["citations", "citations"],
  ["items", "works in citations"],
  ["locators", "locators"],
  ["quotations", "quotations"],
  ["notes", "notes"],
  ["entries", "works listed"],
];

const NAME_WIDTH = 20;
const COLUMN_WIDTH = 10;

function describe(outputs: readonly StyleOutput[], width: number): string[] {
  const lines: string[] = [];
  let block: StyleOutput[] = [];
  const columns = (some: readonly StyleOutput[]) =>
    some.reduce((sum, { audit }) => sum + 1 + audit.outputs.length, 1);
  const flush = () => {
    if (lines.length) lines.push("");
    lines.push(...table(block));
    block = [];
  };
  for (const output of outputs) {
    if (block.length && NAME_WIDTH + COLUMN_WIDTH * columns([...block, output]) > width) flush();
    block.push(output);
  }
  if (block.length) flush();
  const wrong = outputs.filter(({ audit }) => differences(audit).length);
  const blind = outputs.filter(({ audit }) => audit.withoutLocators && audit.source.locators);
  lines.push(
    "",
    ...blind.map(({ style }) => `${style.id} prints no locators; they are not expected there.`),
    wrong.length
      ? `Something differs in ${wrong.map(({ style }) => style.id).join(", ")} (marked !).`
      : "Every count is the same wherever it must be: nothing was lost.",
  );
  return lines;
}

/** One line a kind; the source first, then for each style the document and its files. */
function table(outputs: readonly StyleOutput[]): string[] {
  const cell = (text: string) => text.padStart(COLUMN_WIDTH);
  const heads = outputs.map(({ style, audit }) => {
    const width = COLUMN_WIDTH * (1 + audit.outputs.length);
    const name = style.id.length > width - 4 ? `${style.id.slice(0, width - 5)}…` : style.id;
    return `${" ".repeat(4)}${name}`.padEnd(width);
  });
  const head = `${" ".repeat(NAME_WIDTH + COLUMN_WIDTH)}${heads.join("")}`.trimEnd();
  const formats = outputs.flatMap(({ audit }) => [
    "cited",
    ...audit.outputs.map(({ format }) => format.toUpperCase()),
  ]);
  const source = outputs[0]!.audit.source;
  return [
    head,
    `${" ".repeat(NAME_WIDTH)}${["manuscript", ...formats].map(cell).join("")}`,
    ...rows.map(([kind, name]) => {
      const first = kind === "entries" ? "" : source[kind].toLocaleString("en");
      const cells = outputs.flatMap(({ audit }) => cellsOf(audit, kind));
      return `${name.padEnd(NAME_WIDTH)}${[first, ...cells].map(cell).join("")}`;
    }),
  ];
}

function cellsOf(audit: Audit, kind: keyof Tally): string[] {
  const isKept = keptKinds.some((kept) => kept === kind);
  const isExempt = kind === "locators" && audit.withoutLocators;
  const wanted = isKept ? audit.source[kind] : audit.document[kind];
  const tallies = [audit.document, ...audit.outputs.map(({ tally }) => tally)];
  return tallies.map((tally) => {
    const number = tally[kind].toLocaleString("en");
    const isWrong = !isExempt && (isKept || placedKinds.some((k) => k === kind));
    return isWrong && tally[kind] !== wanted ? `${number}!` : number;
  });
}
