// An image as a box in a line: pixels as an object of the file that every place
// shares, drawings as the paths and letters that they are.

import { type Document, nodesOf } from "../../document.js";
import type { FontFamily } from "../../fonts.js";
import type { Image, Orientation } from "../../image.js";
import type { InlineBox } from "./definition.js";
import { fallbackFonts, type PdfFont } from "./fonts.js";
import { drawSvg } from "./internals.js";
import type { PDFDocument, Reference } from "./pdfmake.js";
import { embedJpeg, embedPng } from "./pixels.js";
import { FlowDocument } from "./printer.js";
import { decimal, type Face } from "./shaper.js";
import type { MissingCharacter } from "./text.js";

/** Returns an image as a box of a width and height in points, which stands on the base line. */
export function imageBox(image: Image, width: number, height: number): InlineBox {
  return {
    width,
    ascent: height,
    descent: 0,
    draw(pdf, x, baseLine) {
      if (image.format === "svg") draw(image, pdf, x, baseLine - height, width, height);
      else drawPixels(image, pdf, x, baseLine - height, width, height);
    },
  };
}

/** Images in the file, by the files; each is embedded when it is first drawn. */
const embedded = new WeakMap<PDFDocument, Map<Image, { name: string; object: Reference }>>();

function embed(image: Image, pdf: PDFDocument): { name: string; object: Reference } {
  let known = embedded.get(pdf);
  if (!known) {
    known = new Map();
    embedded.set(pdf, known);
  }
  let found = known.get(image);
  if (!found) {
    const object = image.format === "png" ? embedPng(image.bytes, pdf) : embedJpeg(image, pdf);
    found = { name: `Image${known.size + 1}`, object };
    known.set(image, found);
  }
  return found;
}

/** Pixels fill the unit square (ISO 32000-1, 8.9.5.2), which is turned as they must be seen. */
function drawPixels(
  image: Image,
  pdf: PDFDocument,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const { name, object } = embed(image, pdf);
  pdf.page.xobjects[name] ??= object;
  const place = (u: number, v: number) => {
    const [across, down] = seenAt(u, 1 - v, image.orientation);
    return [x + across * width, y + down * height] as const;
  };
  const [e, f] = place(0, 0);
  const [right, top] = [place(1, 0), place(0, 1)];
  const matrix = [right[0] - e, right[1] - f, top[0] - e, top[1] - f, e, f].map(decimal).join(" ");
  pdf.addContent(`${matrix} cm /${name} Do`);
}

/** Where a pixel is seen, as shares of the width and height from the top left corner. */
function seenAt(
  across: number,
  down: number,
  { mirrored, degrees }: Orientation = { mirrored: false, degrees: 0 },
): readonly [across: number, down: number] {
  const from = mirrored ? 1 - across : across;
  switch (degrees) {
    case 0:
      return [from, down];
    case 90:
      return [1 - down, from];
    case 180:
      return [1 - from, 1 - down];
    case 270:
      return [down, 1 - from];
  }
}

function draw(
  image: Image,
  pdf: PDFDocument,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  if (!(pdf instanceof FlowDocument)) throw new Error("an SVG is drawn in a file of another kind");
  const svg = new TextDecoder().decode(image.bytes);
  const characters = svgCharacters(svg);
  // An SVG is drawn at its own size, whatever is asked for.
  pdf.transform(width / image.width, 0, 0, height / image.height, x, y);
  drawSvg(pdf, svg, 0, 0, {
    width: image.width,
    height: image.height,
    fontCallback: (families, bold, italic) =>
      register(svgFace(families, bold, italic, characters, pdf), pdf),
    imageCallback: (address) => {
      const picture = image.embedded?.get(address);
      if (!picture) return "";
      const { name, object } = embed(picture, pdf);
      // Where pdfkit looks for images that it has opened.
      pdf._imageRegistry[address] = { ...pixelsOf(picture), label: name, obj: object };
      return address;
    },
    warningCallback: (message) => {
      if (message.startsWith("parseXml")) throw new Error(`${image.name}: ${message}`);
    },
  });
}

const pixelsOf = ({ width, height }: Image) => ({ width: width / 0.75, height: height / 0.75 });

/** Makes a font known to pdfkit, and returns its name there. */
function register(face: Face, pdf: PDFDocument): string {
  const name = `svg-${face.embedded.id}`;
  pdf._fontFamilies[name] = face.embedded;
  return name;
}

/** The characters that the texts of an SVG have. */
export function svgCharacters(svg: string): readonly number[] {
  const found = new Set<number>();
  for (const [, text = ""] of svg.matchAll(/>([^<>]+)</g)) {
    const plain = text.replace(/&(#\d+|\w+);/g, (_, entity: string) => entities[entity] ?? "");
    for (const character of plain.replace(/\s/g, "")) found.add(character.codePointAt(0)!);
  }
  return [...found];
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Returns the face for texts of an SVG: of their own kind, or one that has all their characters. */
export function svgFace(
  families: string,
  bold: boolean,
  italic: boolean,
  characters: readonly number[],
  pdf: Pick<FlowDocument, "face">,
): Face {
  const own = pdf.face(familyOf(families), bold, italic);
  if (characters.every((code) => own.has(code))) return own;
  const fonts: readonly PdfFont[] = ["arial", ...fallbackFonts];
  for (const font of fonts) {
    const face = pdf.face(font, bold, italic);
    if (characters.every((code) => face.has(code))) return face;
  }
  return own;
}

/** Returns the characters of SVGs that no font has together with the others of their drawing. */
export function missingInDrawings(
  document: Document,
  pdf: Pick<FlowDocument, "face">,
): MissingCharacter[] {
  const missing = new Map<number, MissingCharacter>();
  for (const node of nodesOf(document)) {
    if (node.type !== "figure") continue;
    for (const { image, span } of node.images) {
      if (image.format !== "svg") continue;
      const characters = svgCharacters(new TextDecoder().decode(image.bytes));
      const face = svgFace("sans-serif", false, false, characters, pdf);
      for (const code of characters) {
        if (face.has(code) || missing.has(code)) continue;
        const character = String.fromCodePoint(code);
        missing.set(code, { character, text: image.name, ...(span && { span }) });
      }
    }
  }
  return [...missing.values()];
}

/** The shipped family that is most like the first of those which an SVG asks for. */
function familyOf(families: string): FontFamily {
  const name = families.toLowerCase();
  if (/courier|mono|consol|menlo|typewriter/.test(name)) return "courier";
  if (/garamond/.test(name)) return "garamond";
  const isSerif = /times|georgia|cambria|palatino|roman|tinos|(?<!sans[- ])serif/.test(name);
  return isSerif && !/arial|helvetica|sans/.test(name) ? "times" : "arial";
}
