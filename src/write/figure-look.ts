// How figures look in both writers: how wide and high each image is printed, and
// the space around it. A figure never needs more than a page with its captions.

import type { ParagraphStyleName } from "../document.js";
import { type Figure, type FigureImage, type Inline, toText } from "../document.js";
import type { Page, Template } from "../template.js";

/** Space between a figure and the text around it, in points. */
export const figureSpace = 12;

/** Space between images, and at least between an image and its caption, in points. */
export const imageGap = 12;
export const captionSpace = 6;

/** Space between a figure at the top of a page and the text below it, in points. */
export const floatSpace = 18;

/** An image at its place in a row. Lengths are in points. */
export interface PlacedImage {
  readonly image: FigureImage;
  readonly width: number;
  readonly height: number;
  /** Of the column that it stands in the middle of, with its own caption below. */
  readonly column: number;
}

/** The room that a figure has: a line of text, and a page. */
export interface FigureRoom {
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the room of a figure between the indents of what is around it, and how far
 * it is indented; however deep the nesting, a quarter of the line is left.
 */
export function figureRoom(
  { width, height, margins, gutter }: Page,
  left: number,
  right: number,
): FigureRoom & { readonly left: number } {
  const line = width - margins.left - margins.right - gutter;
  const indent = Math.min(left, line / 2);
  return {
    left: indent,
    width: line - indent - Math.min(right, line / 4),
    height: height - margins.top - margins.bottom,
  };
}

/** More of a page than this is not taken, so that a heading above has room. */
const MOST_OF_PAGE = 0.92;

/** Images keep at least so much of a page, however long their captions are. */
const LEAST_OF_PAGE = 0.2;

/**
 * Returns the images of a figure in rows, with their sizes: as wide as the author
 * says, or else as they are, side by side in even shares; smaller where a row is
 * wider than a line, or where the page has no room for all and the captions.
 */
export function arrangeFigure(
  figure: Figure,
  room: FigureRoom,
  template: Template,
): readonly (readonly PlacedImage[])[] {
  const rows = inRows(figure.images, room.width);
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)));
  const wanted = heights.reduce((sum, height) => sum + height, 0);
  const text = captionsHeight(figure, rows, room.width, template);
  const most = Math.max(room.height * MOST_OF_PAGE - text, room.height * LEAST_OF_PAGE);
  const scale = Math.min(1, most / wanted);
  return rows.map((row) => {
    const sized = row.map(({ image, width, height }) => ({
      image,
      width: inTwips(width * scale),
      height: inTwips(height * scale),
    }));
    const gaps = imageGap * (sized.length - 1);
    const used = sized.reduce((sum, { width }) => sum + width, gaps);
    const hasCaptions = sized.some(({ image }) => image.caption?.length);
    // Captions have the room that images leave.
    const rest = hasCaptions || sized.length === 1 ? (room.width - used) / sized.length : 0;
    return sized.map((cell) => ({ ...cell, column: cell.width + Math.max(0, rest) }));
  });
}

const inTwips = (points: number): number => Math.max(1, Math.floor(points * 20) / 20);

interface SizedImage {
  readonly image: FigureImage;
  readonly width: number;
  readonly height: number;
}

/** Gives images their widths, and begins a new row where a line is full. */
function inRows(images: readonly FigureImage[], room: number): SizedImage[][] {
  const rows: SizedImage[][] = [];
  let used = 0;
  for (const image of images) {
    const width = Math.min(room, widthOf(image, images.length, room));
    const height = (width * image.image.height) / image.image.width;
    const gap = rows.length && rows.at(-1)!.length ? imageGap : 0;
    if (!rows.length || used + gap + width > room + 0.01) {
      rows.push([]);
      used = 0;
    } else used += gap;
    used += width;
    rows.at(-1)!.push({ image, width, height });
  }
  return rows;
}

/** Shares are of the line with the gap behind its last image, so that two halves fill it. */
function widthOf({ image, width }: FigureImage, count: number, room: number): number {
  if (width && "points" in width) return width.points;
  const gap = count > 1 ? imageGap : 0;
  if (width) return (room + gap) * width.share - gap;
  return Math.min(image.width, count > 1 ? (room + gap) / count - gap : room);
}

/**
 * Returns how a caption or source below an image stands: in the middle if it is one
 * line, as the template has it if it is longer, and always so in APA's form (7.22).
 */
export function captionAlign(
  text: readonly Inline[],
  name: "caption" | "source",
  width: number,
  { styles, captions }: Template,
): "center" | undefined {
  const isShort = toText(text).length * styles[name].size * LETTER < width;
  return isShort && captions.form === "run-in" ? "center" : undefined;
}

/** Letters are taken for so wide, as a part of their size: wider than they are on average. */
const LETTER = 0.52;

/** Lines are taken for so high. */
const LINE = 1.25;

/** Returns how high the captions of a figure are at most, with the space between all its parts. */
function captionsHeight(
  { caption, source }: Figure,
  rows: readonly (readonly SizedImage[])[],
  width: number,
  { styles }: Template,
): number {
  const height = (text: readonly Inline[], name: ParagraphStyleName, room: number) => {
    const { size, leading } = styles[name];
    const line = "points" in leading ? leading.points : size * LINE * leading.lines;
    const letters = Math.max(1, Math.floor(room / (size * LETTER)));
    // Each line but the last may be a word shorter.
    return text.length ? (Math.ceil(toText(text).length / letters) * 1.1 + 1) * line : 0;
  };
  let sum = height(caption, "caption", width) + height(source ?? [], "source", width);
  for (const row of rows) {
    const room = width / row.length;
    const below = row.map(({ image }) => height(image.caption ?? [], "caption", room));
    sum += Math.max(...below) + 2 * captionSpace;
  }
  return sum + figureSpace;
}
