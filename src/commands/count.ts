// count: how many words of each kind stand in each chapter, and how many of them
// count.

import { compile } from "../compile.js";
import {
  countedWords,
  rowWords,
  type WordCounts,
  type WordLedger,
  wordLedger,
  wordTotals,
} from "../count-words.js";
import type { DiagnosticCode } from "../diagnostic.js";
import { loadProject, type ProjectRequest } from "../project.js";
import {
  defaultWordSettings,
  type WordKind,
  type WordSettings,
  wordKinds,
} from "../word-policy.js";
import { isError, type Outcome } from "./outcome.js";

/**
 * Returns the ledger of the words of a manuscript in each style, and the figure
 * of its policy. Of the problems only errors and too many words are told, for
 * the rest is that of `check`.
 */
export async function count(request: ProjectRequest): Promise<Outcome> {
  const { project, diagnostics: found, sources } = loadProject(request);
  const diagnostics = [...found];
  const lines: string[] = [];
  const counts: object[] = [];
  const settings = project?.manuscript.words ?? defaultWordSettings;
  for (const style of project?.styles ?? []) {
    const seen = new Set(diagnostics.map((diagnostic) => JSON.stringify(diagnostic)));
    const document = compile(project!, style, (diagnostic) => {
      if (!seen.has(JSON.stringify(diagnostic))) diagnostics.push(diagnostic);
    });
    const ledger = wordLedger(document);
    if (lines.length) lines.push("");
    lines.push(...printLedger(ledger, settings, style.id));
    counts.push({ style: style.id, ...ledgerData(ledger, settings) });
  }
  return {
    diagnostics: diagnostics.filter(
      (diagnostic) => isError(diagnostic) || limits.has(diagnostic.code),
    ),
    sources,
    lines,
    data: { counts },
  };
}

const limits: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "abstract-over-limit",
  "words-over-limit",
]);

/** The kinds that have no column, for the titles of the rows name them. */
const otherKinds: readonly WordKind[] = [
  "abstract",
  "front-matter",
  "appendices",
  "back-matter",
  "references",
];
const columnKinds = wordKinds.filter((kind) => !otherKinds.includes(kind));

/** The widest title of a row in characters. */
const WIDEST_TITLE = 40;

const number = (value: number): string => value.toLocaleString("en");

/** Returns a table of rows, a line of totals, and what the policy makes of them. */
function printLedger(ledger: WordLedger, settings: WordSettings, style: string): string[] {
  const totals = wordTotals(ledger);
  const columns = [
    ...columnKinds
      .filter((kind) => totals[kind])
      .map((kind) => ({ head: kind as string, of: (words: WordCounts) => words[kind] })),
    ...(sumOf(totals, otherKinds)
      ? [{ head: "other", of: (words: WordCounts) => sumOf(words, otherKinds) }]
      : []),
    { head: "total", of: (words: WordCounts) => sumOf(words, wordKinds) },
  ];
  const rows = ledger.map((row) => [
    shorten(row.title),
    ...columns.map(({ of }) => cell(of(row.words))),
    cell(rowWords(row, settings.kinds)),
  ]);
  const words = countedWords(ledger, settings);
  const last = ["Total", ...columns.map(({ of }) => cell(of(totals))), cell(words)];
  const head = [`Words (${style})`, ...columns.map(({ head }) => head), "counted"];
  const others = otherKinds.flatMap((kind) =>
    totals[kind] ? [`${kind} ${number(totals[kind])}`] : [],
  );
  return [
    ...align([head, ...rows, last]),
    ...(others.length ? ["", `other: ${others.join(", ")}`] : [""]),
    `${settings.policy ?? "counted"}: ${settings.kinds.join(", ")}`,
    verdict(words, settings),
  ];
}

function sumOf(words: WordCounts, kinds: readonly (keyof WordCounts)[]): number {
  return kinds.reduce((sum, kind) => sum + words[kind], 0);
}

const cell = (value: number): string => (value ? number(value) : "–");

function shorten(title: string): string {
  const plain = title || "(no title)";
  return plain.length > WIDEST_TITLE ? `${plain.slice(0, WIDEST_TITLE - 1)}…` : plain;
}

/** Sets the first column to the left and the others to the right. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((text, column) =>
        column ? text.padStart(widths[column]!) : text.padEnd(widths[column]!),
      )
      .join("  "),
  );
}

function verdict(words: number, { limit, tolerance }: WordSettings): string {
  const counted = `${number(words)} words`;
  if (limit === undefined) return counted;
  const allowed = tolerance
    ? `${number(limit)} (and ${number(tolerance)} more are tolerated)`
    : number(limit);
  const over = words - limit;
  const rest =
    over <= 0
      ? `${number(-over)} left`
      : over <= tolerance
        ? `${number(over)} over the limit, within the tolerance`
        : `${number(over - tolerance)} too many`;
  return `${counted} of ${allowed}: ${rest}`;
}

function ledgerData(ledger: WordLedger, settings: WordSettings): object {
  const { policy, kinds, limit, tolerance } = settings;
  const words = countedWords(ledger, settings);
  const totals = wordTotals(ledger);
  return {
    ...(policy && { policy }),
    kinds,
    words,
    ...(limit !== undefined && { limit, tolerance, left: limit - words }),
    rows: ledger.map((row) => ({
      title: row.title,
      place: row.place,
      ...row.words,
      total: rowWords(row),
      counted: rowWords(row, kinds),
    })),
    totals: { ...totals, total: sumOf(totals, wordKinds), counted: words },
  };
}
