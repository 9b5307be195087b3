// The program: declares the commands, prints what they found, sets the exit
// code. Nothing below this file prints, exits, or reads the clock.

import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Format } from "./commands/build.js";
import type { Outcome } from "./commands/outcome.js";
import type { Progress } from "./commands/progress.js";
import type { PdfStandard } from "./write/pdf/standards.js";

const EXIT = { done: 0, manuscript: 1, usage: 2, outside: 3, bug: 70 } as const;

const started = performance.now();
const { version } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { version: string };

const credits = `reissue ${version}
Citations are formatted by citeproc-js, which implements the Citation Style
Language (CSL), copyright Frank Bennett, used under the CPAL 1.0.
CSL styles and locales: the CSL project, https://citationstyles.org/, CC BY-SA 3.0.`;

const list = (value: string, before: readonly string[] = []): string[] => [
  ...before,
  ...value
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean),
];

const formatNames: readonly Format[] = ["docx", "pdf", "cite"];
const standardNames: readonly PdfStandard[] = ["a-2a", "ua-1"];

/** Returns a parser of names between commas, for an option that may be repeated. */
function oneOf<Name extends string>(names: readonly Name[]) {
  return (value: string, before: readonly Name[] = []): Name[] => {
    const found = list(value).map((word) => {
      const known = names.find((name) => name === word);
      if (!known) throw new InvalidArgumentError(`It takes ${names.join(", ")}.`);
      return known;
    });
    return [...new Set([...before, ...found])];
  };
}

/** An option of its own for each command, since commander keeps the value in it. */
function quotationsOption(): Option {
  return new Option("--quotations <how>", quotationsHelp).choices(["as-written", "as-style"]);
}

function wholeNumber(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(value);
}

interface Shared {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly strict?: boolean;
  readonly draft?: boolean;
}

const program = new Command("reissue")
  .description("Turn one manuscript into a finished dissertation, in any citation style.")
  .version(credits, "-V, --version", "print the version and the licences of what it stands on")
  .helpOption("-h, --help", "print this help")
  .helpCommand("help [command]", "print the help of a command")
  .configureHelp({ showGlobalOptions: true })
  .showSuggestionAfterError()
  .exitOverride();

const manuscriptHelp =
  "the manuscript or its folder (default: dissertation.yaml or manuscript.yaml here, in manuscript/, or in a folder above)";
const referenceHelp =
  "your university's Word document (.docx, .dotx): its styles, page, heads and text around {{body}}";
const editionHelp =
  "blind, examiner, library, large-print, or one that the manuscript or template declares";
const quotationsHelp = "as-style: quotations are blocks, or in the text, by the style's length";
const styleHelp =
  "a profile (chicago, apa, harvard…), a CSL style's id, or the path of a .csl file or profile; may be repeated or comma-separated";

program
  .command("build")
  .summary("write the DOCX, the PDF and the page of references to the work")
  .description(
    "Write the dissertation as DOCX and PDF in one or several citation styles, and a page of\nreferences to the dissertation itself. The same manuscript gives the same bytes.",
  )
  .argument("[manuscript]", manuscriptHelp)
  .option("-s, --style <style>", styleHelp, list)
  .option(
    "-f, --format <format>",
    "docx, pdf, cite; may be comma-separated (default: all)",
    oneOf(formatNames),
  )
  .option("-o, --output <folder>", "where the files are written", "out")
  .option("-t, --template <template>", "a template's name or the path of a .yaml file")
  .option("--reference-docx <file>", referenceHelp)
  .option("-e, --edition <edition>", editionHelp)
  .addOption(
    new Option(
      "--draft",
      "a copy to work on: marked, with numbered lines, room to write and every problem as a comment; missing works, labels, images and formulas do not stop it",
    ).conflicts("strict"),
  )
  .addOption(quotationsOption())
  .addOption(
    new Option(
      "--live <program>",
      "write the citations of the DOCX as fields that a program goes on with",
    ).choices(["zotero", "word"]),
  )
  .option(
    "--pdf-standard <standard>",
    "warn if the PDF cannot say that it is PDF/A-2a (a-2a) or PDF/UA-1 (ua-1); may be comma-separated",
    oneOf(standardNames),
  )
  .option("--accessed <date>", "the day the published work was read, as 2026-11-23")
  .option("--strict", "treat warnings as errors")
  .option("--json", "print the outcome as JSON, for programs")
  .option("-q, --quiet", "print errors only")
  .action(async (manuscript: string | undefined, options) => {
    const { build } = await import("./commands/build.js");
    const progress = await progressFor(options);
    const request = { ...options, manuscript, cwd: process.cwd(), pid: process.pid, isRunning };
    finish(await build(request, progress), options);
  });

program
  .command("check")
  .summary("report every problem without writing anything")
  .description("Do everything that build does short of writing, and report every problem.")
  .argument("[manuscript]", manuscriptHelp)
  .option("-s, --style <style>", styleHelp, list)
  .option("-t, --template <template>", "a template's name or the path of a .yaml file")
  .option("--reference-docx <file>", referenceHelp)
  .option("-e, --edition <edition>", editionHelp)
  .addOption(quotationsOption())
  .option("--strict", "treat warnings as errors")
  .option("--json", "print the outcome as JSON, for programs")
  .option("-q, --quiet", "print errors only")
  .action(async (manuscript: string | undefined, options) => {
    const { check } = await import("./commands/check.js");
    finish(await check({ ...options, manuscript, cwd: process.cwd() }), options);
  });

program
  .command("audit")
  .summary("count what is cited, in the manuscript and in every file")
  .description(
    "Count works, citations, locators, quotations and notes in the manuscript, in the cited text and\nin the DOCX and PDF as read back. What was lost is named, with its place; no file is kept.\nWith --compare: show how each sentence with a citation reads in two or more styles.",
  )
  .argument("[manuscript]", manuscriptHelp)
  .option("-s, --style <style>", styleHelp, list)
  .option("-c, --compare <styles>", "show the styles beside each other, as chicago,apa", list)
  .addOption(
    new Option(
      "-f, --format <format>",
      "docx or pdf: count only this; html: write a comparison to a page",
    ).choices(["docx", "pdf", "html"]),
  )
  .option("-o, --output <folder>", "where the page of a comparison is written", "out")
  .option("-t, --template <template>", "a template's name or the path of a .yaml file")
  .option("--reference-docx <file>", referenceHelp)
  .option("-e, --edition <edition>", editionHelp)
  .option("--strict", "treat warnings as errors")
  .option("--json", "print the outcome as JSON, for programs")
  .option("-q, --quiet", "print errors only")
  .action(async (manuscript: string | undefined, options) => {
    const progress = await progressFor(options);
    const request = { ...options, manuscript, cwd: process.cwd(), width: terminalWidth() };
    if (options.compare) {
      const { compareStyles } = await import("./commands/compare.js");
      finish(await compareStyles({ ...request, style: options.compare }, progress), options);
    } else {
      const { audit } = await import("./commands/audit.js");
      finish(await audit(request, progress), options);
    }
  });

program
  .command("count")
  .summary("count the words by chapter and by kind")
  .description(
    "Print how many words of each kind stand in each chapter, how many of them the policy of the\nmanuscript counts, and how many its limit leaves.",
  )
  .argument("[manuscript]", manuscriptHelp)
  .option("-s, --style <style>", styleHelp, list)
  .option("-t, --template <template>", "a template's name or the path of a .yaml file")
  .option("-e, --edition <edition>", editionHelp)
  .option("--strict", "treat warnings as errors")
  .option("--json", "print the outcome as JSON, for programs")
  .option("-q, --quiet", "print errors only")
  .action(async (manuscript: string | undefined, options) => {
    const { count } = await import("./commands/count.js");
    finish(await count({ ...options, manuscript, cwd: process.cwd() }), options);
  });

program
  .command("cite")
  .summary("print the references to the dissertation itself")
  .description(
    "Print how the dissertation itself is cited: in seven styles, or as data for a reference manager.",
  )
  .argument("[manuscript]", manuscriptHelp)
  .addOption(
    new Option("-s, --style <style>", "one of the styles").choices([
      "apa",
      "mla",
      "mla-7",
      "harvard",
      "vancouver",
      "wikipedia",
      "oscola",
    ]),
  )
  .addOption(
    new Option("-f, --format <format>", "how it is printed")
      .choices(["text", "markdown", "html", "json", "bibtex", "ris", "csl-json"])
      .default("text"),
  )
  .option("--accessed <date>", "the day the published work was read, as 2026-11-23")
  .action(async (manuscript: string | undefined, options) => {
    const { cite } = await import("./commands/cite.js");
    finish(await cite({ ...options, manuscript, cwd: process.cwd() }), {});
  });

const stylesCommand = program
  .command("styles")
  .summary("find styles, each with a sample of your own references")
  .description(
    "Find the styles that --style takes, by words of their titles, by kind and by field, and show how\neach cites a work of yours. Without words: the profiles.",
  )
  .argument("[words...]", "words of the title or id, such as: political science")
  .addOption(
    new Option("-k, --kind <kind>", "what its citations are").choices([
      "note",
      "author-date",
      "author",
      "numeric",
      "label",
    ]),
  )
  .option("--field <field>", "a field, such as history, law, psychology")
  .option("-n, --samples <number>", "how many are shown with a sample", wholeNumber, 10)
  .option("--json", "print the styles as JSON, for programs")
  .action(async (words: string[], options) => {
    const { styles } = await import("./commands/styles.js");
    const request = { ...options, cwd: process.cwd(), width: terminalWidth() };
    finish(await styles(words, request), options);
  });

stylesCommand
  .command("info")
  .summary("tell all about one style")
  .description("Tell the title, kind, edition, licence and other names of a style.")
  .argument("<id>", "a profile's name or a CSL style's id")
  .option("--json", "print it as JSON, for programs")
  .action(async (id: string, _options, command: Command) => {
    const { styleInfo } = await import("./commands/styles.js");
    const request = { cwd: process.cwd(), width: terminalWidth() };
    finish(await styleInfo(id, request), command.optsWithGlobals());
  });

/** Whether a process exists, though it may be somebody else's. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** How many characters a line has: those of the terminal, of `COLUMNS`, or 100. */
function terminalWidth(): number {
  const columns = process.stdout.columns ?? Number(process.env.COLUMNS);
  return Number.isFinite(columns) && columns >= 40 ? columns : 100;
}

/** Prints a stage as it is reached, on a terminal only. */
async function progressFor({ json, quiet }: Shared): Promise<Progress> {
  const { progressOn, silent } = await import("./commands/progress.js");
  return process.stderr.isTTY && !json && !quiet
    ? progressOn(
        (line) => process.stderr.write(line),
        () => performance.now(),
      )
    : silent;
}

/** Prints an outcome and sets the exit code. */
async function finish(outcome: Outcome, { json, quiet, strict, draft }: Shared): Promise<void> {
  const { printOutcome } = await import("./commands/outcome.js");
  const { default: colors } = await import("picocolors");
  const printed = printOutcome(outcome, {
    json: json ?? false,
    quiet: quiet ?? false,
    strict: strict ?? false,
    draft: draft ?? false,
    colors: colors.createColors(colors.isColorSupported && process.stderr.isTTY === true),
    seconds: (performance.now() - started) / 1000,
  });
  if (printed.stderr) process.stderr.write(printed.stderr);
  if (printed.stdout) process.stdout.write(printed.stdout);
  // Not process.exit(), which can cut short what is still being printed.
  process.exitCode = printed.failed ? EXIT.manuscript : EXIT.done;
}

// A reader such as `head` that closes the pipe early is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

if (process.argv.length <= 2) {
  program.outputHelp();
} else {
  program.parseAsync().catch(report);
}

/** Says what ended the program before a command could give its outcome. */
async function report(error: unknown): Promise<void> {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return;
  }
  const { UsageError } = await import("./usage-error.js");
  const { OutputError } = await import("./output.js");
  if (error instanceof UsageError || error instanceof OutputError) {
    const hints = error.hints.map((hint) => `  hint: ${hint}\n`).join("");
    process.stderr.write(`error: ${error.message}\n${hints}`);
    process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.outside;
    return;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `reissue ${version} has a bug: it stopped where no manuscript should make it stop.\n` +
      `Please report it, with the manuscript if you can, and these lines:\n\n${detail}\n`,
  );
  process.exitCode = EXIT.bug;
}
