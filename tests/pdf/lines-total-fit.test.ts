// The breaker against all ways to break a paragraph, tried one by one.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  breakOptimally,
  type Division,
  type Galley,
  type Item,
  type LineEnd,
} from "../../src/write/pdf/total-fit.js";

const hyphen = 3;

const item: fc.Arbitrary<Item> = fc
  .record({
    letters: fc.integer({ min: 1, max: 30 }),
    trailing: fc.constantFrom(3, 3, 3, 0),
    isHyphen: fc.boolean(),
    penalty: fc.constantFrom(50, 150),
  })
  .map(({ letters, trailing, isHyphen, penalty }) => ({
    width: letters + trailing,
    trailing,
    space: trailing,
    hyphen: trailing || !isHyphen ? 0 : hyphen,
    penalty: trailing ? 0 : penalty,
    isHyphen: trailing === 0 && isHyphen,
    lead: 0,
    hang: 0,
  }));

const galley: fc.Arbitrary<Galley> = fc
  .record({
    items: fc.array(item, { minLength: 1, maxLength: 10 }),
    width: fc.integer({ min: 40, max: 70 }),
    indent: fc.integer({ min: 0, max: 9 }),
    runt: fc.constantFrom(0, 12),
  })
  .map(({ items, width, indent, runt }) => ({
    items,
    divide: (index: number) => divisionsOf(items[index]!),
    hangs: false,
    firstWidth: width - indent,
    width,
    runt,
    emergencyStretch: 10,
  }));

/** Long words have one division, longer ones two. */
function divisionsOf({ width, trailing }: Item): Division[] {
  const letters = width - trailing;
  const places = letters > 24 ? [8, 16] : letters > 12 ? [5] : [];
  return places.map((at) => ({
    width: at,
    space: 0,
    hyphen,
    // Letters stand a little closer than the word is wide.
    rest: width - at + 0.5,
    penalty: 50,
  }));
}

interface Place {
  readonly end: LineEnd;
  readonly penalty: number;
  readonly isHyphen: boolean;
}

function placesOf({ items, divide }: Galley): Place[] {
  return items.flatMap(({ penalty, isHyphen }, index) => [
    ...divide(index).map(({ penalty: own }, division) => ({
      end: { item: index, division },
      penalty: own,
      isHyphen: true,
    })),
    { end: { item: index }, penalty, isHyphen },
  ]);
}

/** Natural width and spaces of a line, counted item by item. */
function measure(galley: Galley, from: LineEnd | undefined, to: LineEnd): [number, number] {
  let width = 0;
  let space = 0;
  const first = from ? from.item + (from.division === undefined ? 1 : 0) : 0;
  for (let index = first; index <= to.item; index++) {
    const one = galley.items[index]!;
    const divisions = galley.divide(index);
    const start = index === from?.item ? divisions[from.division!] : undefined;
    const end = index === to.item && to.division !== undefined ? divisions[to.division] : undefined;
    const behind = one.width - (start ? one.width - start.rest : 0);
    if (end) width += end.width + end.hyphen - (start ? one.width - start.rest : 0);
    else width += behind;
    if (!end) space += one.space;
    if (index === to.item && !end) {
      width += (index === galley.items.length - 1 ? 0 : one.hyphen) - one.trailing;
      space -= one.trailing;
    }
  }
  return [width, space];
}

/** The demerits of The TeXbook, chapter 14, and 40,000 for a runt; infinite where a line does not fit. */
function demeritsOf(galley: Galley, lines: readonly Place[], most: number, extra: number): number {
  let sum = 0;
  let last = 1;
  for (const [index, { end, penalty, isHyphen }] of lines.entries()) {
    const before = lines[index - 1];
    const isLast = index === lines.length - 1;
    const [width, space] = measure(galley, before?.end, end);
    const rest = (index ? galley.width : galley.firstWidth) - width;
    if (rest < -space / 3 - 1e-6) return Number.POSITIVE_INFINITY;
    const stretch = space / 2 + extra;
    let ratio = 0;
    if (rest < 0 && space) ratio = rest / (space / 3);
    if (rest > 0 && !isLast) ratio = stretch ? rest / stretch : rest > 1e-6 ? Infinity : 0;
    if (ratio > most) return Number.POSITIVE_INFINITY;
    sum += (10 + 100 * Math.abs(Math.max(-1, ratio)) ** 3) ** 2;
    if (!isLast) sum += penalty ** 2;
    const fitness = ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
    if (Math.abs(fitness - last) > 1) sum += 10_000;
    last = fitness;
    if (before?.isHyphen) sum += isLast ? 5_000 : isHyphen ? 10_000 : 0;
    if (isLast && index && width < galley.runt) sum += 40_000;
  }
  return sum;
}

const passes = [
  { most: 1, extra: 0, divides: false },
  { most: 2 ** (1 / 3), extra: 0, divides: true },
  { most: 100 ** (1 / 3), extra: 10, divides: true },
  { most: Number.POSITIVE_INFINITY, extra: 10, divides: true },
] as const;

/** The least demerits of any way, in the first pass that has one. */
function tryAll(galley: Galley): { demerits: number; most: number; extra: number } {
  const all = placesOf(galley);
  const final = all.at(-1)!;
  for (const { most, extra, divides } of passes) {
    const places = all.filter(({ end }) => divides || end.division === undefined);
    let demerits = Number.POSITIVE_INFINITY;
    const inner = places.length - 1;
    for (let chosen = 0; chosen < 2 ** inner; chosen++) {
      const lines = places.filter((_, index) => index < inner && chosen & (1 << index));
      demerits = Math.min(demerits, demeritsOf(galley, [...lines, final], most, extra));
    }
    if (Number.isFinite(demerits)) return { demerits, most, extra };
  }
  throw new Error("no way at all");
}

test("no other way to break a paragraph is better", () => {
  const small = galley.filter((one) => placesOf(one).length <= 13);
  fc.assert(
    fc.property(small, (one) => {
      const ends = breakOptimally(one);
      const places = placesOf(one);
      const lines = ends.map(
        ({ item: at, division }) =>
          places.find(({ end }) => end.item === at && end.division === division)!,
      );
      const { demerits, most, extra } = tryAll(one);
      expect(demeritsOf(one, lines, most, extra)).toBeCloseTo(demerits, 4);
    }),
    { numRuns: 300, seed: 1981 },
  );
});

test("what is wider than a line has a line to itself, and the rest goes on", () => {
  const word = { trailing: 3, space: 3, hyphen: 0, penalty: 0, isHyphen: false, lead: 0, hang: 0 };
  const widths = [20, 200, 20, 20];
  const items = widths.map((width) => ({ ...word, width }));
  const one: Galley = {
    items,
    divide: () => [],
    hangs: false,
    firstWidth: 45,
    width: 45,
    runt: 0,
    emergencyStretch: 10,
  };
  expect(breakOptimally(one).map(({ item: at }) => at)).toEqual([0, 1, 3]);
});

test("words are asked for divisions only where a line can end in them", () => {
  const items = Array.from({ length: 24 }, (): Item => {
    return {
      width: 33,
      trailing: 3,
      space: 3,
      hyphen: 0,
      penalty: 0,
      isHyphen: false,
      lead: 0,
      hang: 0,
    };
  });
  const asked = new Set<number>();
  const divide = (index: number) => {
    asked.add(index);
    return divisionsOf(items[index]!);
  };
  const lineOf = (width: number): Galley => ({
    items,
    divide,
    hangs: false,
    firstWidth: width,
    width,
    runt: 0,
    emergencyStretch: 10,
  });
  // Twelve words with eleven spaces fill a line, and no word needs to be divided.
  const full = 12 * 33 - 3;
  expect(breakOptimally(lineOf(full))).toEqual([{ item: 11 }, { item: 23 }]);
  expect([...asked]).toEqual([]);
  // If they fill it no better than a badness of 130, divisions may.
  expect(breakOptimally(lineOf(full + 18))).toEqual([{ item: 12, division: 0 }, { item: 23 }]);
  expect([...asked]).toEqual([11, 12, 23]);
});
