// TeX as it stands in bibliographies -> TeX that citation-js reads: what it does
// not know is put into letters here, or taken out and reported.

import { PROTECT_END, PROTECT_START } from "./sentence-case.js";

/** Stand for signs that citation-js would take for TeX; put back by `restoreSigns`. */
const signs = new Map([
  ["\\", "\ue002"],
  ["~", "\ue003"],
  ["$", "\ue004"],
  ["^", "\ue005"],
  ["{", "\ue006"],
  ["}", "\ue007"],
]);
const signOf = new Map([...signs].map(([sign, stand]) => [stand, sign]));

/** Commands without argument, and what they print. */
const symbols = new Map(
  Object.entries({
    ",": "\u00a0",
    ";": "\u00a0",
    ":": "\u00a0",
    ">": "\u00a0",
    " ": " ",
    "\n": " ",
    "\t": " ",
    "\\": " ",
    "-": "",
    "/": "",
    "@": "",
    "!": "",
    "*": "",
    "(": "$",
    ")": "$",
    "[": "$",
    "]": "$",
    AA: "Å",
    LaTeX: "LaTeX",
    LaTeXe: "LaTeX2e",
    TeX: "TeX",
    BibTeX: "BibTeX",
    XeTeX: "XeTeX",
    aa: "å",
    approx: "≈",
    ast: "∗",
    bullet: "•",
    cdot: "·",
    circ: "°",
    cdots: "⋯",
    dag: "†",
    ddag: "‡",
    degree: "°",
    dots: "…",
    ell: "ℓ",
    enspace: " ",
    equiv: "≡",
    euro: "€",
    flq: "‹",
    flqq: "«",
    frq: "›",
    frqq: "»",
    ge: "≥",
    geq: "≥",
    glq: "‚",
    glqq: "„",
    grq: "‘",
    grqq: "“",
    gt: ">",
    hyphen: "-",
    in: "∈",
    infty: "∞",
    ldots: "…",
    le: "≤",
    leftarrow: "←",
    leq: "≤",
    linebreak: " ",
    lq: "‘",
    lt: "<",
    mid: "|",
    ne: "≠",
    neq: "≠",
    newblock: "",
    newline: " ",
    nobreakspace: "\u00a0",
    P: "¶",
    par: " ",
    partial: "∂",
    pm: "±",
    pounds: "£",
    prime: "′",
    qquad: " ",
    quad: " ",
    rightarrow: "→",
    rq: "’",
    S: "§",
    sim: "∼",
    slash: "/",
    space: " ",
    sqrt: "√",
    square: "□",
    sum: "∑",
    textnumero: "№",
    textregistered: "®",
    thinspace: "\u00a0",
    times: "×",
    to: "→",
    textasciicircum: signs.get("^")!,
    textasciitilde: signs.get("~")!,
    textbackslash: signs.get("\\")!,
    backslash: signs.get("\\")!,
    textdollar: signs.get("$")!,
    textbraceleft: signs.get("{")!,
    textbraceright: signs.get("}")!,
    "{": signs.get("{")!,
    "}": signs.get("}")!,
    $: signs.get("$")!,
    "&": "&",
    "%": "%",
    "#": "#",
    _: "_",
  }),
);

/** Commands that print nothing themselves; their argument is read as if they were not there. */
const transparent = new Set(
  `relax protect boldmath unboldmath displaystyle textstyle mathrm mathit mathbf mathsf mathtt mathcal
  mathbb mathfrak mathscr operatorname ensuremath text textnormal textnolinebreak mbox hbox fbox
  nobreak allowbreak bibstring bibsstring NoCaseChange MakeSentenceCase MakeCapital
  texorpdfstring left right big Big limits nolimits rm sf tt up upshape mdseries normalfont tiny
  small large Large textlatin foreignlanguage autocap mkbibname uline underline underbar emshape
  noindent sloppy`.split(/\s+/),
);

/** Commands that print nothing, argument included: keys for sorting. */
const silent = new Set(
  `noopsort SortNoop noop switchargs phantom vphantom hphantom label index vspace hspace
  cite citep citet autocite footcite nocite selectlanguage`.split(/\s+/),
);

/** Commands whose argument is put between signs. */
const between = new Map([
  ["mkbibparens", ["(", ")"]],
  ["mkbibbrackets", ["[", "]"]],
  ["parentext", ["(", ")"]],
  ["lq", ["‘", "’"]],
]);

/** The letters of a title that begins a protected part: not `{\"o}`, which is one letter. */
const SPECIAL = /^\s*\\/;

/** What was made of a TeX text. */
export interface PreparedTex {
  readonly tex: string;
  /** The commands that nobody knows, without their backslash. */
  readonly unknown: readonly string[];
}

/**
 * Prepares the TeX of a field. With `protect`, braces and formulas get the marks
 * of protection that `toSentenceCase` understands; `known` are the commands that
 * may stay.
 */
export function prepareTex(
  source: string,
  known: ReadonlySet<string>,
  { protect = false }: { readonly protect?: boolean } = {},
): PreparedTex {
  const unknown: string[] = [];
  const text = source
    // Letters that the marks below use.
    .replace(/[\ue000-\ue007]/g, "")
    // An accent stands on an i or j that has lost its dot: without it, Unicode composes the two.
    .replace(
      /\\([`'^"~=.uvHtcdbkr])\s*(?:\{\s*\\([ij])\s*\}|\\([ij])(?![a-zA-Z])\s*(?:\{\})?)/g,
      "\\$1{$2$3}",
    )
    .replace(/\\([~^])\{\}/g, (_, sign: string) => signs.get(sign)!)
    .replace(/&amp;/g, "&");
  const dollars = text.match(/(?<!\\)\$/g)?.length ?? 0;
  let at = 0;
  let out = "";
  let inMath = false;
  /** What each open brace is closed with. */
  const open: string[] = [];
  /** Braces that are the argument of a command, and so protect nothing. */
  let isArgument = false;
  while (at < text.length) {
    const character = text[at]!;
    if (character === "\\") {
      const name = /[a-zA-Z]+|[\s\S]?/y;
      name.lastIndex = at + 1;
      const command = name.exec(text)![0];
      at += 1 + command.length;
      const isWord = /^[a-zA-Z]/.test(command);
      const rest = isWord ? skipBlanks(text, at) : at;
      if (command === "begin" || command === "end") {
        at = Math.max(argumentEnd(text, rest), rest);
        unknown.push(command);
      } else if (command === "url" || command === "nolinkurl" || command === "path") {
        const end = argumentEnd(text, rest);
        out += literally(text.slice(rest + 1, end - 1));
        at = Math.max(end, rest);
      } else if (command === "href") {
        // The text of a link is what is printed.
        at = Math.max(argumentEnd(text, rest), rest);
        isArgument = true;
      } else if (command === "frac") {
        const end = argumentEnd(text, rest);
        out += `{${text.slice(rest + 1, end - 1)}}/`;
        at = Math.max(end, rest);
        isArgument = true;
      } else if (silent.has(command)) {
        at = Math.max(argumentEnd(text, rest), rest);
      } else if (symbols.has(command)) {
        const symbol = symbols.get(command)!;
        const isEmptyGroup = text.startsWith("{}", rest);
        out += symbol;
        // TeX swallows the blank behind a command; behind what is no letter, authors mean one.
        if (rest > at && !isEmptyGroup && symbol && !/^\p{L}$/u.test(symbol)) out += " ";
        at = isEmptyGroup ? rest + 2 : rest;
      } else if (between.has(command)) {
        const [before, after] = between.get(command)!;
        out += before;
        if (text[rest] === "{") {
          open.push(after!);
          at = rest + 1;
        }
      } else if (transparent.has(command)) {
        at = rest;
        isArgument = true;
      } else if (known.has(command)) {
        out += `\\${command}${isWord && /[a-zA-Z]/.test(text[rest] ?? "") ? " " : ""}`;
        at = rest;
        isArgument = true;
      } else {
        if (command) unknown.push(command);
        at = rest;
        isArgument = true;
      }
      continue;
    }
    at++;
    if (character === "{") {
      const protects = protect && !isArgument && !inMath && !SPECIAL.test(text.slice(at, at + 20));
      out += protects ? `{${PROTECT_START}` : "{";
      open.push(protects ? `${PROTECT_END}}` : "}");
    } else if (character === "}") {
      out += open.pop() ?? "";
    } else if (character === "$" && dollars % 2 === 0) {
      inMath = !inMath;
      if (!protect) out += "$";
      else out += inMath ? `${PROTECT_START}$` : `$${PROTECT_END}`;
    } else if (character === "$") {
      out += signs.get("$")!;
    } else if (
      inMath &&
      (character === "_" || character === "^") &&
      /[^\s{\\]/.test(text[at] ?? " ")
    ) {
      // Only the next sign stands high or low: H_2O.
      out += `${character}{${text[at]}}`;
      at++;
    } else out += character;
    isArgument = false;
  }
  while (open.length > 0) out += open.pop();
  return { tex: out, unknown };
}

/** Puts back the signs that `prepareTex` hid. */
export function restoreSigns(text: string): string {
  return text.replace(/[\ue002-\ue007]/g, (stand) => signOf.get(stand)!);
}

/** Reads what TeX prints as it stands, such as a URL: without braces, and `\_` as `_`. */
export function verbatim(source: string): string {
  return source
    .replace(/\\(?:url|nolinkurl|href)\s*\{([^{}]*)\}(?:\{[^{}]*\})?/g, "$1")
    .replace(/\\textasciitilde(?:\{\}|\s)?|\\~\{\}|\{\\~\}|\$\\sim\$/g, "~")
    .replace(/\\([_%#&$~{}])/g, "$1")
    .replace(/[{}]/g, "")
    .replace(/\s+/g, "");
}

function literally(url: string): string {
  return verbatim(url).replace(/[\\~$^{}]/g, (sign) => signs.get(sign)!);
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (/[ \t\n]/.test(text[at] ?? "")) at++;
  return at;
}

/** Returns the place behind the argument that begins at a place, or that place if none does. */
function argumentEnd(text: string, from: number): number {
  if (text[from] !== "{") return from;
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}
