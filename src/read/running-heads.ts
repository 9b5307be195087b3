// What a template says of running heads and of numbers of lines.

import type { Report } from "../diagnostic.js";
import { didYouMean } from "../nearest.js";
import {
  type HeadCell,
  hasPageNumber,
  isRunningHeadField,
  type PageNumbers,
  type RunningHead,
  type RunningHeads,
  runningHeadFields,
} from "../template.js";
import {
  boolean,
  integer,
  invalidValue,
  type Located,
  map,
  optional,
  type Read,
  text,
} from "./fields.js";

/** Reads the text of a running head, whose fields must be known. */
const headText: Read<string> = (node, name, report) => {
  const value = text(node, name, report);
  for (const [, field = ""] of (value ?? "").matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)) {
    if (isRunningHeadField(field)) continue;
    const near = didYouMean(field, runningHeadFields);
    return invalidValue(
      node,
      `a running head has no field "${field}"`,
      report,
      ...(near.length ? near : [`the fields are ${runningHeadFields.join(", ")}`]),
    );
  }
  return value?.replace(/\{\{\s*([a-z]+)\s*\}\}/g, "{{$1}}");
};

const cells = { left: optional(headText), center: optional(headText), right: optional(headText) };

/**
 * Reads running heads: those of all pages, `{ left: …, center: …, right: … }`, or
 * those of odd and of even pages, each in that form.
 */
export const runningHeads = map({
  ...cells,
  odd: optional(map(cells)),
  even: optional(map(cells)),
});

/** Running heads as they were written. */
interface WrittenHeads extends RunningHead {
  readonly odd?: RunningHead | undefined;
  readonly even?: RunningHead | undefined;
}

/**
 * Returns the running heads of both kinds of pages. Where one of them is not
 * written and pages face one another, left and right change places. A page number
 * that stands in the header anyway takes its place among the running heads;
 * reports a `value-invalid` where that place is taken.
 */
export function headsWithNumbers(
  { value: { odd, even, ...all }, span }: Located<WrittenHeads>,
  facing: boolean,
  { place, align }: Pick<PageNumbers, "place" | "align">,
  report: Report,
): RunningHeads {
  const others = hasText(all) ? all : undefined;
  const right = odd ?? others ?? turned(even ?? {}, facing);
  const left = even ?? (odd && others) ?? turned(right, facing);
  const heads = { odd: right, even: left };
  if (place === "footer" || hasPageNumber(right) || hasPageNumber(left)) return heads;
  const outside = (side: HeadCell) => (align === "outside" ? side : align);
  const sides = { odd: outside("right"), even: outside("left") };
  if (heads.odd[sides.odd] ?? heads.even[sides.even]) {
    report({
      code: "value-invalid",
      message: `the running heads leave the page number no room at the ${align === "outside" ? "outer edge" : align}`,
      span,
      hints: ['put "{{page}}" into them, or the page numbers into the footer'],
    });
  }
  return {
    odd: { ...heads.odd, [sides.odd]: "{{page}}" },
    even: { ...heads.even, [sides.even]: "{{page}}" },
  };
}

function hasText({ left, center, right }: RunningHead): boolean {
  return Boolean(left ?? center ?? right);
}

function turned(head: RunningHead, facing: boolean): RunningHead {
  const { left, center, right } = head;
  if (!facing) return head;
  return { ...(right && { left: right }), ...(center && { center }), ...(left && { right: left }) };
}

/** Reads which lines have numbers: `true` for every one, or 5 for every fifth. */
export const lineNumbers: Read<number> = (node, name, report) => {
  if (node.type === "scalar" && /^(true|false)$/.test(node.text)) {
    return boolean(node, name, report) ? 1 : undefined;
  }
  return integer(1, 100)(node, name, report);
};
