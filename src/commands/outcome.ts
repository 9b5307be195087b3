// What a command hands back, and how it is printed.

import {
  type Diagnostic,
  formatDiagnostic,
  locate,
  type Palette,
  type Rigour,
  type Sources,
  severityOf,
} from "../diagnostic.js";

/** What a command found and did. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
  /** Lines for people, printed on standard output; programs get `data` instead. */
  readonly lines: readonly string[];
  /** Whether the command failed for another reason than an error in the manuscript. */
  readonly failed?: boolean;
  /** Whether the lines end with how long the program ran. */
  readonly timed?: boolean;
  /** The same as data, for `--json`. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** How an outcome is to be printed. */
export interface Printing {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly strict: boolean;
  /** Whether the outcome is that of a draft. */
  readonly draft?: boolean;
  readonly colors: {
    readonly red: (text: string) => string;
    readonly yellow: (text: string) => string;
    readonly dim: (text: string) => string;
  };
  /** How long the program has run. */
  readonly seconds: number;
}

/** What goes where, and whether the outcome is a failure. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly failed: boolean;
}

/** Diagnostics of one code that are printed before the rest are only counted. */
const MOST_OF_A_CODE = 20;

/** Returns how strictly the mistakes of a manuscript are judged, by the options of a command. */
export function rigourOf(options: {
  readonly strict?: boolean | undefined;
  readonly draft?: boolean | undefined;
}): Rigour | undefined {
  return options.strict ? "strict" : options.draft ? "draft" : undefined;
}

/** Whether a diagnostic keeps the outputs from being written. */
export function isError(diagnostic: Diagnostic, rigour?: Rigour): boolean {
  return severityOf(diagnostic, rigour) === "error";
}

/** Returns the diagnostics in the order of their places: file by file, top to bottom. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const files = [...new Set(diagnostics.map(({ span }) => span?.file))];
  return [...diagnostics].sort(
    (a, b) =>
      files.indexOf(a.span?.file) - files.indexOf(b.span?.file) ||
      (a.span?.start ?? -1) - (b.span?.start ?? -1),
  );
}

/** Returns what a program prints of an outcome, for people or as one JSON document. */
export function printOutcome(outcome: Outcome, printing: Printing): Printed {
  const rigour = rigourOf(printing);
  const diagnostics = inOrder(outcome.diagnostics);
  const errors = diagnostics.filter((diagnostic) => isError(diagnostic, rigour));
  const failed = errors.length > 0 || outcome.failed === true;
  if (printing.json) {
    const data = {
      ...outcome.data,
      errors: errors.length,
      warnings: diagnostics.length - errors.length,
      seconds: Number(printing.seconds.toFixed(3)),
      diagnostics: diagnostics.map((diagnostic) => asData(diagnostic, outcome.sources, rigour)),
    };
    return { stdout: `${JSON.stringify(data, null, 2)}\n`, stderr: "", failed };
  }
  const shown = printing.quiet ? errors : diagnostics;
  const stderr = describe(shown, outcome.sources, printing);
  const summary = printing.quiet ? [] : [...outcome.lines];
  if (diagnostics.length && !printing.quiet) {
    const warnings = diagnostics.length - errors.length;
    const counts = [
      ...(errors.length ? [count(errors.length, "error")] : []),
      ...(warnings ? [count(warnings, "warning")] : []),
    ];
    summary.push(counts.join(", "));
  }
  if (outcome.timed && !printing.quiet) {
    summary.push(`Done in ${printing.seconds.toFixed(2)} s`);
  }
  return { stdout: summary.map((line) => `${line}\n`).join(""), stderr, failed };
}

/** `1 warning`, `2 warnings`, `9,485 words`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function describe(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  printing: Printing,
): string {
  const { colors } = printing;
  const palette: Palette = { error: colors.red, warning: colors.yellow, dim: colors.dim };
  const ofCode = new Map<string, number>();
  const printed: string[] = [];
  for (const diagnostic of diagnostics) {
    const before = ofCode.get(diagnostic.code) ?? 0;
    ofCode.set(diagnostic.code, before + 1);
    if (before < MOST_OF_A_CODE) {
      printed.push(formatDiagnostic(diagnostic, sources, palette, rigourOf(printing)));
    }
  }
  for (const [code, total] of ofCode) {
    if (total > MOST_OF_A_CODE) printed.push(`… and ${total - MOST_OF_A_CODE} more (${code})`);
  }
  return printed.length ? `${printed.join("\n\n")}\n\n` : "";
}

function asData(diagnostic: Diagnostic, sources: Sources, rigour: Rigour | undefined): object {
  const { code, message, span, hints = [] } = diagnostic;
  const source = span && sources.get(span.file);
  const start = span && source !== undefined ? locate(source, span.start) : undefined;
  const end = span && source !== undefined ? locate(source, span.end) : undefined;
  return {
    code,
    severity: severityOf(diagnostic, rigour),
    message,
    hints,
    ...(span && { file: span.file }),
    ...(start && { line: start.line, column: start.column }),
    ...(end && { endLine: end.line, endColumn: end.column }),
  };
}
