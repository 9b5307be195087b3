// An image of a figure: its file, read, checked by what it holds and not by its
// name, with the size at which it is printed if nothing else is asked for.

import type { Report, Span } from "../diagnostic.js";
import type { Image } from "../image.js";
import { isPng } from "../png.js";
import type { FileReader } from "../source.js";
import { ImageError } from "./image-error.js";
import { isJpeg, readJpeg } from "./jpeg.js";
import { type PixelSize, readPng } from "./png.js";
import { readSvg } from "./svg.js";

/** The images of a manuscript that were read, by their names; undefined where one cannot be. */
const images = new WeakMap<FileReader, Map<string, Image | undefined>>();

/**
 * Reads a PNG, JPEG or SVG by its name relative to the manuscript's folder. A file
 * that is named twice is read once. Reports at `span`, and returns undefined, if
 * there is no such file or if it is damaged, too large or of another format;
 * reports what of an SVG is left out.
 */
export function readImage(
  name: string,
  span: Span | undefined,
  reader: FileReader,
  report: Report,
): Image | undefined {
  let known = images.get(reader);
  if (!known) {
    known = new Map();
    images.set(reader, known);
  }
  const found = known.get(name);
  if (found) return found;
  const readBytes = () => reader.readBytes(name, span, undefined, "image-unreadable");
  const image = readImageFile(name, span, readBytes, report);
  known.set(name, image);
  return image;
}

/** The same of a file that `readBytes` reads, and reports where it cannot. */
export function readImageFile(
  name: string,
  span: Span | undefined,
  readBytes: () => Uint8Array | undefined,
  report: Report,
): Image | undefined {
  const bytes = readBytes();
  if (!bytes) return undefined;
  try {
    return imageOf(name, bytes, (dropped) =>
      report({
        code: "image-changed",
        message: `of the image "${name}" some is left out: ${dropped.join(", ")}`,
        ...(span && { span }),
        hints: ["look at it in the finished files; save it as PNG if something is missing"],
      }),
    );
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    const { message, hints } = error;
    report({
      code: "image-unreadable",
      message: `the image "${name}" ${message}`,
      ...(span && { span }),
      ...(hints.length && { hints }),
    });
    return undefined;
  }
}

function imageOf(
  name: string,
  bytes: Uint8Array,
  reportDropped: (dropped: readonly string[]) => void,
): Image {
  const raster = rasterOf(name, bytes);
  if (raster) return raster;
  checkFormat(bytes);
  const { dropped, ...svg } = readSvg(bytes, (embedded) => {
    const image = rasterOf(name, embedded);
    if (!image) throw new ImageError("holds a picture that is neither PNG nor JPEG");
    return image;
  });
  if (dropped.length) reportDropped(dropped);
  return { name, format: "svg", ...svg };
}

/** Returns a PNG or JPEG, or undefined if it is none. Throws an `ImageError`. */
export function rasterOf(name: string, bytes: Uint8Array): Image | undefined {
  if (isPng(bytes)) {
    const { bytes: bare, ...stored } = readPng(bytes);
    return { name, format: "png", bytes: bare, ...sizeInPoints(stored) };
  }
  if (!isJpeg(bytes)) return undefined;
  const { orientation, header, bytes: bare, ...stored } = readJpeg(bytes);
  const { width, height } = sizeInPoints(stored);
  const isUpright = !orientation || orientation.degrees % 180 === 0;
  return {
    name,
    format: "jpeg",
    bytes: bare,
    width: isUpright ? width : height,
    height: isUpright ? height : width,
    jpeg: header,
    ...(orientation && { orientation }),
  };
}

/** Fewer pixels an inch, or more, are no resolution that anybody meant. */
const densities = { least: 20, most: 10_000 } as const;

function sizeInPoints({ width, height, density }: PixelSize): { width: number; height: number } {
  const usual = (value: number | undefined) =>
    value !== undefined && value >= densities.least && value <= densities.most ? value : undefined;
  const [x, y] = [usual(density?.x), usual(density?.y)];
  return x && y
    ? { width: (width / x) * 72, height: (height / y) * 72 }
    : { width: width * 0.75, height: height * 0.75 };
}

const save = "save it as PNG or JPEG, or a drawing as SVG";

/** How files begin that are often taken for images that can be printed. */
const formats: readonly [pattern: RegExp, name: string, hint: string][] = [
  [/^RIFF.{4}WEBP/s, "a WebP image", save],
  [/^GIF8[79]a/, "a GIF image", save],
  [/^(II\*\0|MM\0\*)/, "a TIFF image", save],
  [/^.{4}ftyp(hei[cfmsx]|mif1|msf1)/s, "a HEIC image", save],
  [/^.{4}ftypavi[fs]/s, "an AVIF image", save],
  [/^BM/, "a BMP image", save],
  [/^8BPS/, "a Photoshop file", save],
  [/^\0\0\0\x0cjP {2}|^\xff\x4f\xff\x51/, "a JPEG 2000 image", save],
  [/^\xff\x0a|^\0\0\0\x0cJXL /, "a JPEG XL image", save],
  [/^\xd7\xcd\xc6\x9a|^\x01\0\0\0.{36} EMF/s, "a Windows metafile", save],
  [/^%PDF/, "a PDF", "save it as SVG: pdftocairo -svg map.pdf map.svg"],
  [/^%!PS/, "a PostScript file", "save it as SVG or PNG"],
  [/^\x1f\x8b/, "a compressed SVG", "save it as plain SVG, not as SVGZ"],
  [/^(\xff\xfe|\xfe\xff)/, "in UTF-16", "save it as UTF-8 in your drawing program"],
  [/^version https:\/\/git-lfs/, "a placeholder of Git LFS", "fetch the file: git lfs pull"],
  [
    /^\s*<(!doctype\s+html|html)/i,
    "a web page",
    "save the image itself, not the page that shows it",
  ],
];

/** Throws an `ImageError` for bytes that are no SVG, saying what they are. */
function checkFormat(bytes: Uint8Array): void {
  if (!bytes.length) throw new ImageError("is empty");
  const head = String.fromCharCode(...bytes.subarray(0, 256));
  for (const [pattern, name, hint] of formats) {
    if (pattern.test(head)) throw new ImageError(`is ${name}, which is not read`, [hint]);
  }
  // An SVG may begin with a byte order mark.
  if (!/^(\xef\xbb\xbf)?\s*</.test(head)) {
    throw new ImageError("is no PNG, JPEG or SVG", [save]);
  }
}
