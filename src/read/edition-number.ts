// Editions as people type them -> the number that styles make words of.

const ordinals = new Map(
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    .split(" ")
    .map((word, index) => [word, String(index + 1)]),
);

/** Returns `2` for `2nd`, `Second` and `2nd ed.`; other texts as they stand. */
export function editionNumber(text: string): string {
  const match = /^(\d+)(?:st|nd|rd|th)?\.?(?:\s+ed(?:ition|n)?\.?)?$/i.exec(text);
  if (match) return match[1]!;
  const word = text.toLowerCase().replace(/\s+ed(?:ition|n)?\.?$/, "");
  return ordinals.get(word) ?? text;
}
