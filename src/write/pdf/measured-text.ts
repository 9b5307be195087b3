// A text in one face and size, measured once for all the places where it stands:
// a long work has hundreds of thousands of words, but few that are unlike.

import type { InlineBox } from "./definition.js";
import { hangAtEndOf, hangAtStartOf } from "./hanging.js";
import type { Face } from "./shaper.js";
import type { Item } from "./total-fit.js";

/**
 * Letters of justified lines become wider and narrower as spaces do, but so much
 * less: by 2 % where spaces stretch by a half, which the eye does not see. Lines
 * are far more evenly filled for it, with fewer words divided (Hàn Thế Thành,
 * "Micro-typographic extensions to the TeX typesetting system", 2000).
 */
export const ELASTICITY = 0.04;

/**
 * A text and how wide it is, in points. With a space at its end it is what most
 * items of a line are: a word that ends without a hyphen, at no penalty.
 */
export class MeasuredText implements Item {
  /** As drawn, kerned, with the spaces at its end. */
  readonly width: number;
  /** The same without kerning. */
  readonly plainWidth: number;
  /** The number and the width of the spaces at its end that may stretch. */
  readonly spaces: number;
  readonly trailing: number;
  /** The width of its letters, without those spaces. */
  readonly letterWidth: number;
  /** How much of the width stretches and shrinks: its spaces, and a little of its letters. */
  readonly space: number;
  readonly hyphen = 0;
  readonly penalty = 0;
  readonly isHyphen = false;
  readonly lead: number;
  readonly hang: number;

  /** `hasSpaces` says whether spaces at its end are such as may stretch. */
  constructor(text: string, face: Face, size: number, hasSpaces = true, box?: InlineBox) {
    this.width = box ? box.width : (face.width(text) * size) / 1000;
    // Letters from right to left may be joined, so that their own widths say nothing.
    const isPlain = !box && !face.isRightToLeft;
    this.plainWidth = isPlain ? (face.advance(text) * size) / 1000 : this.width;
    let spaces = 0;
    while (spaces < text.length && text.charCodeAt(text.length - 1 - spaces) === 0x20) spaces++;
    this.spaces = hasSpaces ? spaces : 0;
    this.trailing = this.spaces
      ? (face.advance(" ") * this.spaces * size) / 1000
      : (box?.trailing ?? 0);
    this.letterWidth = box ? 0 : this.width - this.trailing;
    this.space = this.trailing + this.letterWidth * ELASTICITY;
    const hangs = !box && text.length > this.spaces;
    this.lead = hangs ? hangAtStartOf(text.charAt(0), face, size) : 0;
    this.hang = hangs ? hangAtEndOf(text.charAt(text.length - this.spaces - 1), face, size) : 0;
  }
}
