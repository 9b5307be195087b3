// Structured output of citeproc-js: an output format of our own whose strings
// carry marks from Unicode's private use area, and the way back to inlines.
// Nothing of it is ever HTML.

import type { CslDecoration, CslEngine, CslProcessor } from "citeproc";
import type { Inline } from "../document.js";

/** The name under which the format is registered. */
export const RUNS = "runs";

const OPEN = "\uE0F0";
const NAMED = "\uE0F1";
const CLOSE = "\uE0F2";
/** Stand for an inline that citeproc-js must not see into, by its number: `12`. */
const OPAQUE = "\uE0F3";
/** Stand for characters that citeproc-js would take for markup, in the order of `MARKUP`. */
const ESCAPED = 0xe0f4;
const MARKUP = "<>\"'“”‘’«»";

const RESERVED = /[\uE0F0-\uE0FF]/g;

/** What a mark says of the text within it: CSL's formatting, displays and links. */
export type Mark =
  | "italic"
  | "no-italic"
  | "bold"
  | "no-bold"
  | "small-caps"
  | "no-small-caps"
  | "underline"
  | "no-underline"
  | "superscript"
  | "subscript"
  | "baseline"
  | "block"
  | "left-margin"
  | "right-inline"
  | "indent"
  | "url"
  | "doi";

/** Text under a mark. */
export interface Run {
  readonly mark: Mark;
  readonly children: readonly (Run | string)[];
}

/** Registers the format with citeproc-js, for `setOutputFormat(RUNS)`. */
export function registerRuns(csl: CslProcessor): void {
  if (csl.Output.Formats[RUNS]) return;
  const html = csl.Output.Formats.html!;
  const mark =
    (name: Mark): CslDecoration =>
    (_state: CslEngine, text = "") =>
      text ? OPEN + name + NAMED + text + CLOSE : "";
  const quote =
    (open: string, close: string, alone?: string): CslDecoration =>
    (state: CslEngine, text?: string) =>
      text === undefined
        ? (alone ?? state.getTerm(open))
        : state.getTerm(open) + text + state.getTerm(close);

  csl.Output.Formats[RUNS] = {
    text_escape: ((text: unknown) =>
      String(text || "").replace(
        csl.SUPERSCRIPTS_REGEXP,
        (letter) => `${OPEN}superscript${NAMED}${csl.SUPERSCRIPTS[letter]}${CLOSE}`,
      )) as unknown as CslDecoration,
    bibstart: "",
    bibend: "",
    "@font-style/italic": mark("italic"),
    "@font-style/oblique": mark("italic"),
    "@font-style/normal": mark("no-italic"),
    "@font-variant/small-caps": mark("small-caps"),
    "@font-variant/normal": mark("no-small-caps"),
    "@font-weight/bold": mark("bold"),
    "@font-weight/normal": mark("no-bold"),
    "@font-weight/light": false,
    "@text-decoration/none": mark("no-underline"),
    "@text-decoration/underline": mark("underline"),
    "@vertical-align/sup": mark("superscript"),
    "@vertical-align/sub": mark("subscript"),
    "@vertical-align/baseline": mark("baseline"),
    "@passthrough/true": html["@passthrough/true"]!,
    "@strip-periods/true": html["@strip-periods/true"]!,
    "@strip-periods/false": html["@strip-periods/false"]!,
    "@quotes/true": quote("open-quote", "close-quote"),
    "@quotes/inner": quote("open-inner-quote", "close-inner-quote", "’"),
    "@quotes/false": false,
    "@cite/entry": (_state: CslEngine, text = "") => text,
    "@bibliography/entry": (_state: CslEngine, text = "") => text,
    "@display/block": mark("block"),
    "@display/left-margin": mark("left-margin"),
    "@display/right-inline": mark("right-inline"),
    "@display/indent": mark("indent"),
    "@showid/true": (_state: CslEngine, text = "") => text,
    "@URL/true": mark("url"),
    "@DOI/true": mark("doi"),
  };
}

/** Removes from data the characters that the marks are made of. */
export function withoutMarks(text: string): string {
  return text.replace(RESERVED, "");
}

/**
 * Hides from citeproc-js the characters that it takes for markup or pairs as
 * quotation marks; `readRuns` puts them back as they were.
 */
export function hideMarkup(text: string): string {
  return text.replace(/[<>"'“”‘’«»]/g, (letter) =>
    String.fromCharCode(ESCAPED + MARKUP.indexOf(letter)),
  );
}

/**
 * Returns inlines as the text of a citation's prefix or suffix, with italics,
 * bold and the like in the markup that citeproc-js knows. Other inlines stand
 * there as a sign and are added to `opaque`, from where `toInlines` takes them.
 */
export function writeAffix(inlines: readonly Inline[], opaque: Inline[]): string {
  return inlines.map((inline) => affixOf(inline, opaque)).join("");
}

function affixOf(inline: Inline, opaque: Inline[]): string {
  switch (inline.type) {
    case "text":
      return withoutMarks(inline.value).replace(/[<>]/g, hideMarkup);
    case "emphasis":
      return `<i>${writeAffix(inline.children, opaque)}</i>`;
    case "strong":
      return `<b>${writeAffix(inline.children, opaque)}</b>`;
    case "superscript":
      return `<sup>${writeAffix(inline.children, opaque)}</sup>`;
    case "subscript":
      return `<sub>${writeAffix(inline.children, opaque)}</sub>`;
    case "smallCaps":
      return `<span style="font-variant:small-caps;">${writeAffix(inline.children, opaque)}</span>`;
    case "break":
      return " ";
    case "indexMark":
      // Its place is that of the citation, which is told to no index.
      return "";
    case "inlineCode":
    case "inlineEquation":
    case "link":
    case "foreign":
    case "note":
    case "citation":
    case "crossReference":
    case "label":
    case "abbreviation":
      return OPAQUE + (opaque.push(inline) - 1) + OPAQUE;
  }
}

/**
 * Returns the runs of a string in our output format. Throws if its marks do not
 * pair, which would be a mistake of ours.
 */
export function readRuns(output: string): (Run | string)[] {
  const root: (Run | string)[] = [];
  const open: (Run | string)[][] = [root];
  for (const piece of output.split(/(\uE0F0[a-z-]+\uE0F1|\uE0F2)/)) {
    const children = open.at(-1)!;
    if (piece === CLOSE) {
      if (open.length === 1) throw new Error(`unbalanced marks in ${JSON.stringify(output)}`);
      open.pop();
    } else if (piece.startsWith(OPEN)) {
      const run = { mark: piece.slice(1, -1) as Mark, children: [] };
      children.push(run);
      open.push(run.children);
    } else if (piece) {
      children.push(showMarkup(piece));
    }
  }
  if (open.length > 1) throw new Error(`unbalanced marks in ${JSON.stringify(output)}`);
  return root;
}

function showMarkup(text: string): string {
  return text.replace(/[\uE0F4-\uE0FD]/g, (letter) => MARKUP[letter.charCodeAt(0) - ESCAPED]!);
}

/**
 * Returns runs as inlines. Roman within italics becomes emphasis within
 * emphasis, which writers toggle; `opaque` holds what `writeAffix` put aside.
 */
export function toInlines(
  runs: readonly (Run | string)[],
  opaque: readonly Inline[] = [],
): Inline[] {
  return joinTexts(convert(runs, false, opaque));
}

function convert(
  runs: readonly (Run | string)[],
  italic: boolean,
  opaque: readonly Inline[],
): Inline[] {
  return runs.flatMap((run) =>
    typeof run === "string" ? texts(run, opaque) : convertRun(run, italic, opaque),
  );
}

function convertRun(run: Run, italic: boolean, opaque: readonly Inline[]): Inline[] {
  const children = (inItalics = italic) => joinTexts(convert(run.children, inItalics, opaque));
  switch (run.mark) {
    case "italic":
    case "underline":
      // Italics are set once, only roman within them toggles; what a typewriter
      // underlines is set in italics.
      return italic ? children() : [{ type: "emphasis", children: children(true) }];
    case "no-italic":
      return italic ? [{ type: "emphasis", children: children(false) }] : children();
    case "bold":
      return [{ type: "strong", children: children() }];
    case "small-caps":
      return [{ type: "smallCaps", children: children() }];
    case "superscript":
      return [{ type: "superscript", children: children() }];
    case "subscript":
      return [{ type: "subscript", children: children() }];
    case "block":
    case "indent":
      return [{ type: "break" }, ...children()];
    case "url":
    case "doi": {
      const url = run.mark === "url" ? safeUrl(plainText(run)) : doiUrl(plainText(run));
      return url === undefined ? children() : [{ type: "link", url, children: children() }];
    }
    case "no-bold":
    case "no-small-caps":
    case "no-underline":
    case "baseline":
    case "left-margin":
    case "right-inline":
      return children();
  }
}

function texts(text: string, opaque: readonly Inline[]): Inline[] {
  if (!text.includes(OPAQUE)) return [{ type: "text", value: text }];
  return text
    .split(/\uE0F3(\d+)\uE0F3/)
    .flatMap((piece, index): Inline[] =>
      index % 2 ? [opaque[Number(piece)]!] : piece ? [{ type: "text", value: piece }] : [],
    );
}

/** Returns inlines with neighbouring texts joined and empty ones left out. */
export function joinTexts(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.type === "text" && last?.type === "text") {
      joined[joined.length - 1] = { ...last, value: last.value + inline.value };
    } else if (inline.type !== "text" || inline.value) {
      joined.push(inline);
    }
  }
  return joined;
}

/** Returns the letters of a run. */
export function plainText(run: Run | string): string {
  return typeof run === "string" ? run : run.children.map(plainText).join("");
}

/** Returns the address if it is one of the web, percent-encoded where needed. */
export function safeUrl(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address)) return undefined;
  try {
    return new URL(address).href;
  } catch {
    return undefined;
  }
}

/** Returns the address of a DOI, which may be given as `10.1000/x`, `doi:10.1000/x` or a URL. */
function doiUrl(doi: string): string | undefined {
  const name = doi.replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, "");
  if (/^https?:/i.test(name)) return safeUrl(name);
  // citeproc-js takes for a DOI whatever is no address of the web.
  if (!/^10\.\d/.test(name)) return undefined;
  try {
    return `https://doi.org/${encodeURIComponent(name).replace(/%2F/g, "/")}`;
  } catch {
    return undefined;
  }
}
