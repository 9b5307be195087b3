// An image as both writers take it: its bytes, checked when they were read, and
// the size at which it is printed if nothing else is asked for.

/** An image of a figure. The same file is the same object, however often it is named. */
export interface Image {
  /** Its file as the manuscript names it. */
  readonly name: string;
  readonly format: "png" | "jpeg" | "svg";
  /**
   * The file without what it says of its author, place and time; an SVG also without
   * anything that runs or leads outside of it.
   */
  readonly bytes: Uint8Array;
  /** Its own size in points, as it is seen, by its resolution where it names one, else at 96 pixels an inch. */
  readonly width: number;
  readonly height: number;
  /** How the pixels of a photograph are turned to be seen upright; absent: not at all. */
  readonly orientation?: Orientation;
  /** What the header of a JPEG says. */
  readonly jpeg?: JpegHeader;
  /** The pictures inside an SVG, by the addresses that hold them. */
  readonly embedded?: ReadonlyMap<string, Image>;
}

/** How the pixels of a JPEG are stored. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3 | 4;
  /** Whether full ink is 0, as Adobe's programs write four inks. */
  readonly inverted: boolean;
}

/**
 * How stored pixels become what is seen (Exif 2.32, tag 0x0112): turned clockwise
 * by so many degrees after they were mirrored from left to right, if they are.
 */
export interface Orientation {
  readonly mirrored: boolean;
  readonly degrees: 0 | 90 | 180 | 270;
}
