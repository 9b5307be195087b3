// Heights of lines, as they were measured in LibreOffice 7.4.

import { expect, test } from "vitest";
import { heightsOfLetters, higherThanInWord, spacedHeight } from "../src/write/line-height.js";

const times = { ascent: 1825 / 2048, descent: 443 / 2048, lineGap: 87 / 2048 };
const arial = { ascent: 1854 / 2048, descent: 434 / 2048, lineGap: 67 / 2048 };
const courier = { ascent: 1705 / 2048, descent: 615 / 2048, lineGap: 0 };

/** The distance of single-spaced lines in twips, by the size of their letters in points. */
const measured = [
  ["Times New Roman", times, { 8: 184, 8.5: 195, 9: 207, 9.5: 219, 10: 231, 10.5: 242 }],
  ["Times New Roman", times, { 11: 253, 12: 276, 12.5: 288, 13: 299, 14: 322, 17: 392, 30: 691 }],
  ["Arial", arial, { 8: 184, 8.5: 196, 9.5: 218, 10: 230, 11: 253, 12: 276, 12.5: 287, 13: 300 }],
  ["Courier New", courier, { 8: 181, 9: 204, 10: 227, 11.5: 261, 12: 272, 13: 295, 26: 589 }],
] as const;

test.each(measured)("lines of %s are as far apart as in LibreOffice", (_, font, distances) => {
  for (const [size, twips] of Object.entries(distances)) {
    const { above, below } = heightsOfLetters(font, Number(size));
    expect((above + below) * 20, `${size} pt`).toBeCloseTo(twips);
  }
});

test("letters stand as low in their lines as in LibreOffice", () => {
  const twips = [8, 9, 10, 12, 14].map((size) =>
    Math.round(heightsOfLetters(times, size).above * 20),
  );
  expect(twips).toEqual([150, 168, 187, 224, 262]);
});

test("a multiple is cut to twips", () => {
  expect(spacedHeight(231 / 20, 1.5) * 20).toBeCloseTo(346);
  expect(spacedHeight(276 / 20, 2) * 20).toBeCloseTo(552);
  expect(spacedHeight(219 / 20, 1.5) * 20).toBeCloseTo(328);
});

test("the height is told where Word's lines would be lower", () => {
  expect(higherThanInWord(times, 10)! * 20).toBeCloseTo(231);
  expect(higherThanInWord(times, 12)).toBeUndefined();
  expect(higherThanInWord(times, 8.5)).toBeUndefined();
});
