// What stands above or below letters: which of it is an accent in Word, which a
// bar, which a brace.

import type { MathElement } from "../../formula.js";

export type Accent =
  | { readonly type: "bar" }
  | { readonly type: "accent"; readonly character: string };

/** Accents as MathML has them, with the combining characters that Word takes (ECMA-376-1, 22.1.2.20). */
const combining: Readonly<Record<string, string>> = {
  "^": "\u0302",
  ˆ: "\u0302",
  "~": "\u0303",
  "˜": "\u0303",
  "˙": "\u0307",
  ".": "\u0307",
  "¨": "\u0308",
  "\u20db": "\u20db",
  "\u20dc": "\u20dc",
  "...": "\u20db",
  ˇ: "\u030c",
  "˘": "\u0306",
  "´": "\u0301",
  ˊ: "\u0301",
  "`": "\u0300",
  ˋ: "\u0300",
  "˚": "\u030a",
  "¯": "\u0305",
  ˉ: "\u0305",
  "→": "\u20d7",
  "←": "\u20d6",
  "↔": "\u20e1",
};

/** Signs that are drawn as a rule. */
const bars = /^(?:\u2015|\u203e|_|\u0332)$/;

/** Returns what a sign over or under something is to Word, if it is an accent or a bar. */
export function accentOf(
  { name, text = "", attributes }: MathElement,
  position: "top" | "bot",
): Accent | undefined {
  if (name !== "mo") return undefined;
  const isStretched = attributes.stretchy !== "false";
  if (bars.test(text) || (isStretched && /^[¯ˉ]$/.test(text))) return { type: "bar" };
  if (position === "bot") return undefined;
  const character = Object.hasOwn(combining, text) ? combining[text] : undefined;
  return character === undefined ? undefined : { type: "accent", character };
}

const groupings = /^[⏞⏟⏜⏝⎴⎵⏠⏡→←↔⇒⇐⇔⇀↼⇁↽]$/;

/** Returns a sign that stretches over or under a group, such as a brace. */
export function groupingOf({ name, text = "", attributes }: MathElement): string | undefined {
  return name === "mo" && attributes.stretchy !== "false" && groupings.test(text)
    ? text
    : undefined;
}

/** Arrows that LaTeX makes as long as their labels, with those that are long enough for most. */
const longArrows: Readonly<Record<string, string>> = {
  "→": "⟶",
  "←": "⟵",
  "↔": "⟷",
  "⇒": "⟹",
  "⇐": "⟸",
  "⇔": "⟺",
  "↦": "⟼",
};

/**
 * Returns the arrow of `\xrightarrow{a}` as a long one. Word has arrows that
 * stretch below a label, but LibreOffice leaves them out.
 */
export function longArrow(node: MathElement): MathElement | undefined {
  const { name, text = "", attributes } = node;
  if (name !== "mo" || attributes.stretchy !== "true") return undefined;
  if (!/^[\u2190-\u21ff]$/.test(text)) return undefined;
  const long = Object.hasOwn(longArrows, text) ? longArrows[text]! : text;
  return { ...node, text: long, attributes: { ...attributes, stretchy: "false" } };
}
