// What MathJax says of a wrong formula, in plain words, and where in its LaTeX
// that is: MathJax names what it missed, not the place.

/** What is wrong with a formula. */
export interface FormulaFault {
  /** In plain words, lower case, no full stop. */
  readonly message: string;
  /** Where in its LaTeX, as far as that is known; the end is exclusive. */
  readonly place?: FormulaPlace;
  readonly hints?: readonly string[];
}

export interface FormulaPlace {
  readonly start: number;
  readonly end: number;
}

/** A mistake as MathJax found it. */
export interface FoundMistake {
  /** The name and the text of MathJax's error. */
  readonly id: string;
  readonly message: string;
  readonly latex: string;
  /** How much of the LaTeX was read when it was found, in characters. */
  readonly read: number;
}

type Explanation = (
  mistake: FoundMistake,
  /** The first command that the message names, and the other words in it. */
  command: string,
) => FormulaFault;

const openBrace: Explanation = ({ latex }) => ({
  message: "a brace { is never closed",
  ...findUnbalanced(latex, "{"),
  hints: ["write a brace that is to be seen as \\{"],
});
const closingBrace: Explanation = ({ latex }) => ({
  message: "a brace } closes nothing",
  ...findUnbalanced(latex, "}"),
  hints: ["write a brace that is to be seen as \\}"],
});
const doubleScript =
  (name: string, example: string): Explanation =>
  (mistake) => ({
    message: `two ${name} follow one another`,
    ...lastRead(mistake),
    hints: [`say with braces what belongs together: ${example}`],
  });

/** By the names of MathJax's errors. Others are told in MathJax's words. */
const explanations: ReadonlyMap<string, Explanation> = new Map<string, Explanation>([
  ["MissingCloseBrace", openBrace],
  ["ExtraOpenMissingClose", openBrace],
  ["ExtraCloseMissingOpen", closingBrace],
  ["ExtraCloseLooking", closingBrace],
  ["DoubleExponent", doubleScript("superscripts", "{x^a}^b or x^{a^b}")],
  ["DoubleExponentPrime", doubleScript("superscripts", "{x^a}'")],
  ["DoubleSubscripts", doubleScript("subscripts", "{x_a}_b or x_{a_b}")],
  [
    "MissingArgFor",
    (mistake, command) => ({
      message: `${command} lacks an argument`,
      ...lastCommand(mistake, command),
      hints: ["arguments stand in braces: \\frac{a}{b}"],
    }),
  ],
  [
    "MissingOrUnrecognizedDelim",
    (mistake, command) => ({
      message: `no delimiter follows ${command}`,
      ...lastCommand(mistake, command),
      hints: [`write one, such as ${command}( or ${command}. for none`],
    }),
  ],
  [
    "ExtraLeftMissingRight",
    (mistake) => ({
      message: "a \\left has no \\right",
      ...lastCommand(mistake, "\\left"),
      hints: ["write \\right. where nothing is to be seen"],
    }),
  ],
  [
    "MissingLeftExtraRight",
    (mistake) => ({
      message: "a \\right has no \\left",
      ...lastCommand(mistake, "\\right"),
      hints: ["write \\left. where nothing is to be seen"],
    }),
  ],
  [
    "EnvMissingEnd",
    (mistake) => {
      const name = /\{(.*)\}/s.exec(mistake.message)?.[1] ?? "";
      return {
        message: `\\begin{${name}} has no \\end{${name}}`,
        ...lastMatch(mistake, `\\\\begin\\s*\\{\\s*${escaped(name)}\\s*\\}`),
      };
    },
  ],
  [
    "EnvBadEnd",
    (mistake) => {
      const [, begun = "", ended = ""] =
        /begin\{(.*)\} ended with \\end\{(.*)\}/s.exec(mistake.message) ?? [];
      return {
        message: `\\begin{${begun}} is ended by \\end{${ended}}`,
        ...lastMatch(mistake, `\\\\end\\s*\\{\\s*${escaped(ended)}\\s*\\}`),
      };
    },
  ],
  [
    "Misplaced",
    (mistake) =>
      mistake.message.endsWith("&")
        ? {
            message: "& has a meaning only in matrices and aligned lines",
            ...lastMatch(mistake, "&"),
            hints: ["write \\& for the sign, or put \\begin{aligned} … \\end{aligned} around it"],
          }
        : { message: plainWords(mistake.message), ...lastRead(mistake) },
  ],
  [
    "MathNotTerminated",
    (mistake) => ({
      message: "a $ within \\text has no second $",
      ...lastMatch(mistake, "\\$"),
    }),
  ],
  [
    "CantUseHash1",
    (mistake) => ({
      message: "# has no meaning in a formula",
      ...lastMatch(mistake, "#"),
      hints: ["write \\# for the sign"],
    }),
  ],
]);

const endless: FormulaFault = {
  message: "the formula's macros stand for too much, or for themselves without end",
  hints: ["a macro must not stand for itself"],
};

/** Commands of packages that are not there; with what to write instead. */
const unsupported: ReadonlyMap<string, string> = new Map([
  ...["href", "url"].map(
    (name) => [name, "a formula has no links; write one in the text"] as const,
  ),
  ...["require", "usepackage"].map(
    (name) => [name, "no packages can be loaded; those of AMS are there"] as const,
  ),
  ...["class", "cssId", "style", "unicode"].map(
    (name) => [name, "write the characters themselves, and LaTeX for their look"] as const,
  ),
  ...["color", "textcolor", "colorbox"].map(
    (name) => [name, "formulas are printed in the colour of the text"] as const,
  ),
  ...["SI", "si", "qty", "unit", "num"].map(
    (name) => [name, "write units upright: 9.81\\,\\mathrm{m/s^2}"] as const,
  ),
  ...["ce", "pu"].map((name) => [name, "write chemical formulas upright: \\mathrm{H_2O}"] as const),
]);

/** The errors that MathJax, or a limit of ours, raises where macros go on without end. */
const limits: ReadonlySet<string> = new Set([
  "MaxMacroSub1",
  "MaxMacroSub2",
  "MaxBufferSize",
  "TooManyElements",
]);

/**
 * Explains a mistake. `near` returns the commands or environments whose names
 * are like a wrong one.
 */
export function explainMistake(
  mistake: FoundMistake,
  near: (word: string, kind: "macro" | "environment") => readonly string[],
): FormulaFault {
  const { id, message } = mistake;
  if (limits.has(id)) return endless;
  if (id === "UndefinedControlSequence") {
    const command = message.slice(message.indexOf("\\"));
    const instead = unsupported.get(command.slice(1));
    if (instead !== undefined) {
      return {
        message: `${command} cannot be used in a formula here`,
        ...lastCommand(mistake, command),
        hints: [instead],
      };
    }
    return {
      message: `no command ${command} is known`,
      ...lastCommand(mistake, command),
      hints: [
        ...didYouMean(near(command.slice(1), "macro").map((name) => `\\${name}`)),
        "a formula may define commands of its own: \\newcommand{\\E}{\\mathbb{E}}",
      ],
    };
  }
  if (id === "UnknownEnv") {
    const name = /'(.*)'/s.exec(message)?.[1] ?? "";
    return {
      message: `no environment "${name}" is known`,
      ...lastMatch(mistake, `\\\\begin\\s*\\{\\s*${escaped(name)}\\s*\\}`),
      hints: didYouMean(near(name, "environment")),
    };
  }
  const command = /\\(?:[a-zA-Z]+|.)/s.exec(message)?.[0] ?? "";
  const explanation = explanations.get(id);
  if (explanation) return explanation(mistake, command);
  return {
    message: plainWords(message),
    ...(command ? lastCommand(mistake, command) : lastRead(mistake)),
  };
}

function didYouMean(words: readonly string[]): string[] {
  return words.length ? [`did you mean ${words.map((word) => `"${word}"`).join(" or ")}?`] : [];
}

function plainWords(message: string): string {
  return `${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.$/, "")}`;
}

type Placed = Pick<FormulaFault, "place">;

/** The character that was read last. */
function lastRead({ latex, read }: FoundMistake): Placed {
  const end = latex.slice(0, read).trimEnd().length;
  return end > 0 ? { place: { start: end - 1, end } } : {};
}

/** Where a command was last read, or stands at all. */
function lastCommand(mistake: FoundMistake, command: string): Placed {
  const isWord = /[a-zA-Z]$/.test(command);
  return lastMatch(mistake, `${escaped(command)}${isWord ? "(?![a-zA-Z])" : ""}`);
}

function lastMatch({ latex, read }: FoundMistake, pattern: string): Placed {
  let place: FormulaPlace | undefined;
  for (const { 0: found, index } of latex.matchAll(new RegExp(pattern, "g"))) {
    if (place && index >= read) break;
    place = { start: index, end: index + found.length };
  }
  return place ? { place } : {};
}

/** The first brace that closes nothing, or the last one that is never closed. */
function findUnbalanced(latex: string, brace: "{" | "}"): Placed {
  const open: number[] = [];
  for (const { 0: sign, index } of latex.matchAll(/\\[\s\S]|[{}]/g)) {
    if (sign === "{") open.push(index);
    else if (sign === "}" && open.pop() === undefined && brace === "}") {
      return { place: { start: index, end: index + 1 } };
    }
  }
  const start = brace === "{" ? open.at(-1) : undefined;
  return start === undefined ? {} : { place: { start, end: start + 1 } };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
