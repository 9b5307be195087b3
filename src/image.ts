// An image as both writers take it: its bytes, checked when they were read, and
// the size at which it is printed if nothing else is asked for.

/** An image of a figure. */
export interface Image {
  /** Its file as the manuscript names it. */
  readonly name: string;
  readonly format: "png" | "jpeg" | "svg";
  /** The file; an SVG without anything that runs or leads outside of it. */
  readonly bytes: Uint8Array;
  /** Its own size in points, by its resolution where it names one, else at 96 pixels an inch. */
  readonly width: number;
  readonly height: number;
}
