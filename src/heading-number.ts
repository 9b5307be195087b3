// How the number of a section stands before its title: one rule for the heading
// and its line in the contents, in both formats.

import type { ParagraphStyleName } from "./document.js";
import type { Template } from "./template.js";

/** The number of a section, and what parts it from the title. */
export interface HeadingNumber {
  readonly text: string;
  /**
   * `tab`: the title begins behind a hanging indent of so many points; `line`: it
   * stands on the next line; `text`: so much punctuation and space is between them.
   */
  readonly gap: { readonly tab: number } | { readonly text: string } | { readonly line: true };
}

/** What is printed between number and title where both stand on one line. */
const separators = { period: ". ", colon: ": ", line: ". " } as const;

/** Returns how the number of a section at a level from 1 stands in a paragraph style; undefined if it has none. */
export function headingNumber(
  number: string | undefined,
  level: number,
  style: ParagraphStyleName,
  template: Template,
): HeadingNumber | undefined {
  if (number === undefined) return undefined;
  const { separator } = template.headings;
  if (isWorded(number)) {
    if (separator === "line" && !style.startsWith("contents-")) {
      return { text: number, gap: { line: true } };
    }
    return { text: number, gap: { text: separators[separator] } };
  }
  const tab = numberWidth(level, style, template);
  return { text: number, gap: tab === undefined ? { text: " " } : { tab } };
}

/** Whether a number has a word, as `Chapter 1` and `Appendix A` have; numerals and letters have capitals alone. */
export function isWorded(number: string): boolean {
  return /\p{Ll}/u.test(number);
}

/** How wide numerals at a level are set in a style, in points; undefined where the text is not at its left. */
export function numberWidth(
  level: number,
  style: ParagraphStyleName,
  { styles }: Template,
): number | undefined {
  const { align, indent, size } = styles[style];
  // Room for two figures a level, the points between them, and a gap.
  return (align === "left" || align === "justify") && indent === 0
    ? size * (1 + 0.75 * level)
    : undefined;
}

/** Returns the number and what follows it as one text, for a line by itself. */
export function numberAsText({ text, gap }: HeadingNumber): string {
  return text + ("text" in gap ? gap.text : " ");
}
