// Letters, digits and signs of formulas as runs of Word's mathematics (ECMA-376-1,
// 22.1.2.87): italic by themselves unless they say otherwise.

import type { XmlComponent } from "docx";
import type { MathElement } from "../../formula.js";
import { element, xmlSafe } from "./xml.js";

/** Characters of one look, joined with their neighbours of the same one. */
export interface MathRun {
  readonly type: "run";
  readonly text: string;
  readonly style: MathStyle;
}

/**
 * `italic` is what letters are by themselves; `words` are in the font of the text.
 * A `literal` is a sign that says nothing but itself (22.1.2.52).
 */
type MathStyle =
  | "italic"
  | "plain"
  | "bold"
  | "bold-italic"
  | "sans-serif"
  | "monospace"
  | "literal"
  | "words"
  | "bold words"
  | "italic words";

/** Returns the run of a token; letters of other alphabets as the characters that Unicode has for them. */
export function runOf({ name, text = "", attributes }: MathElement): MathRun[] {
  const variant = attributes.mathvariant ?? "normal";
  if (name === "mtext" || name === "ms") {
    const style = /bold/.test(variant)
      ? "bold words"
      : /italic/.test(variant)
        ? "italic words"
        : "words";
    return text ? [{ type: "run", text, style }] : [];
  }
  if (!text) return [];
  if (name === "mo") return [operator(text, attributes)];
  const alphabet = alphabets.find(([pattern]) => pattern.test(variant))?.[1];
  if (alphabet) return [{ type: "run", text: inAlphabet(text, alphabet), style: "plain" }];
  // Digits are upright in any case.
  const isNumber = name === "mn" && variant === "normal";
  return [{ type: "run", text, style: isNumber ? "italic" : styleOf(variant) }];
}

/** Signs by which LibreOffice writes formulas: it would not print them. */
const signs = /^[&|#%"{}~^_`@]+$/;

/** A sign without what it needs on its sides, such as the plus of `x_+` and a bracket without its pair. */
export const literal = { "data-literal": "true" };

/** Words among operators, such as `mod`, are upright and have their space with them. */
function operator(
  text: string,
  { mathvariant, lspace, rspace, "data-literal": isLiteral }: MathElement["attributes"],
): MathRun {
  if (signs.test(text) || isLiteral) return { type: "run", text, style: "literal" };
  const isWord = /\p{L}/u.test(text);
  const space = (size: string | undefined) => (isWord && size ? "\u2004" : "");
  const isBold = /^bold/.test(mathvariant ?? "");
  return {
    type: "run",
    text: `${space(lspace)}${text}${space(rspace)}`,
    style: isBold ? "bold" : isWord ? "plain" : "italic",
  };
}

function styleOf(variant: string): MathStyle {
  switch (variant) {
    case "italic":
    case "-tex-mathit":
      return "italic";
    case "bold":
      return "bold";
    case "bold-italic":
      return "bold-italic";
    default:
      return /sans/.test(variant) ? "sans-serif" : variant === "monospace" ? "monospace" : "plain";
  }
}

/** A block of letters in Unicode, and those that it has elsewhere (Unicode 15, 22.2). */
interface Alphabet {
  readonly capital: number;
  readonly small: number;
  readonly digit?: number;
  readonly elsewhere: Readonly<Record<string, string>>;
}

// LibreOffice knows alphabets only by their characters; Word knows both ways.
const alphabets: readonly (readonly [variant: RegExp, Alphabet])[] = [
  [
    /^double-struck$/,
    {
      capital: 0x1d538,
      small: 0x1d552,
      digit: 0x1d7d8,
      elsewhere: { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" },
    },
  ],
  [/^bold-fraktur$/, { capital: 0x1d56c, small: 0x1d586, elsewhere: {} }],
  [
    /^fraktur$/,
    {
      capital: 0x1d504,
      small: 0x1d51e,
      elsewhere: { C: "ℭ", H: "ℌ", I: "ℑ", R: "ℜ", Z: "ℨ" },
    },
  ],
  [/^(?:bold-script|-tex-bold-calligraphic)$/, { capital: 0x1d4d0, small: 0x1d4ea, elsewhere: {} }],
  [
    /^(?:script|-tex-calligraphic)$/,
    {
      capital: 0x1d49c,
      small: 0x1d4b6,
      elsewhere: {
        B: "ℬ",
        E: "ℰ",
        F: "ℱ",
        H: "ℋ",
        I: "ℐ",
        L: "ℒ",
        M: "ℳ",
        R: "ℛ",
        e: "ℯ",
        g: "ℊ",
        o: "ℴ",
      },
    },
  ],
];

function inAlphabet(text: string, { capital, small, digit, elsewhere }: Alphabet): string {
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0)!;
    const known = Object.hasOwn(elsewhere, letter) ? elsewhere[letter] : undefined;
    if (known !== undefined) return known;
    if (/[A-Z]/.test(letter)) return String.fromCodePoint(capital + code - 0x41);
    if (/[a-z]/.test(letter)) return String.fromCodePoint(small + code - 0x61);
    if (digit !== undefined && /\d/.test(letter)) return String.fromCodePoint(digit + code - 0x30);
    return letter;
  }).join("");
}

/** Spaces by their least width in em, the widest first. */
const spaces: readonly (readonly [width: number, character: string])[] = [
  [0.9, "\u2003"],
  [0.45, "\u2002"],
  [0.3, "\u2004"],
  [0.24, "\u2005"],
  [0.2, "\u205f"],
  [0.12, "\u2009"],
  [0.03, "\u200a"],
];

/** The widest space that is written, in em. */
const WIDEST_SPACE = 20;

/** Returns spaces about as wide as `0.167em`; none for a negative one, which Word does not have. */
export function spaceRun(width = "0"): MathRun[] {
  let rest = Math.min(WIDEST_SPACE, Number.parseFloat(width) || 0);
  let text = "";
  for (const [least, character] of spaces) {
    while (rest >= least) {
      text += character;
      rest -= Math.max(least, least === 0.9 ? 1 : least === 0.45 ? 0.5 : least);
      if (least < 0.9) rest = 0;
    }
  }
  return text ? [{ type: "run", text, style: "italic" }] : [];
}

/**
 * Whether letters would become a word that they are not: LibreOffice takes some,
 * such as the `it` of `x_{it}`, for commands of its own.
 */
function isWordOf({ text }: MathRun, next: MathRun): boolean {
  return /[a-z]$/i.test(text) && /^[a-z]/i.test(next.text);
}

/** Returns runs and objects in their order, runs of one look as one. */
export function joinRuns(parts: readonly (MathRun | XmlComponent)[]): XmlComponent[] {
  const written: XmlComponent[] = [];
  let open: MathRun | undefined;
  const flush = () => {
    if (open) written.push(writeRun(open));
    open = undefined;
  };
  for (const part of parts) {
    if (!("type" in part)) {
      flush();
      written.push(part);
    } else if (open?.style === part.style && !isWordOf(open, part)) {
      open = { ...open, text: open.text + part.text };
    } else {
      flush();
      open = part;
    }
  }
  flush();
  return written;
}

function writeRun({ text, style }: MathRun): XmlComponent {
  const safe = xmlSafe(text);
  const needsSpace = /^\s|\s$/.test(safe);
  return element("m:r", {}, [
    ...properties(style),
    element("m:t", needsSpace ? { "xml:space": "preserve" } : {}, [safe]),
  ]);
}

const mathFont = () =>
  element("w:rFonts", { "w:ascii": "Cambria Math", "w:hAnsi": "Cambria Math" });

function properties(style: MathStyle): XmlComponent[] {
  const value = (name: string, text: string) => element(name, { "m:val": text });
  const ofMath = (...children: XmlComponent[]) => [
    ...(children.length ? [element("m:rPr", {}, children)] : []),
    element("w:rPr", {}, [mathFont()]),
  ];
  switch (style) {
    case "italic":
      return ofMath();
    case "plain":
      return ofMath(value("m:sty", "p"));
    case "bold":
      return ofMath(value("m:sty", "b"));
    case "bold-italic":
      return ofMath(value("m:sty", "bi"));
    case "sans-serif":
    case "monospace":
      return ofMath(value("m:scr", style), value("m:sty", "p"));
    case "literal":
      return ofMath(element("m:lit"));
    case "words":
      return [element("m:rPr", {}, [element("m:nor")])];
    case "bold words":
      return [element("m:rPr", {}, [element("m:nor")]), element("w:rPr", {}, [element("w:b")])];
    case "italic words":
      return [element("m:rPr", {}, [element("m:nor")]), element("w:rPr", {}, [element("w:i")])];
  }
}
