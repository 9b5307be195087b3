// Images as pixels where they must be drawn first, by resvg: SVGs, for programs
// that know none, with the shipped fonts; photographs that are turned, since Word
// and LibreOffice differ in the room that they give to what they turn themselves.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Image } from "../../image.js";
import { opaquePng } from "../../png.js";
import { readFont } from "../pdf/fonts.js";

/** Dots to the inch, as Word itself keeps of images for print, and how many there are at most. */
const DENSITY = 220;
const MOST_PIXELS = 6_000_000;

/**
 * Returns images as PNGs on white, as they are seen, as fine as print needs at the widths that are
 * given, in points. Loads the package that draws them, which takes a moment.
 */
export async function rasterise(
  widths: ReadonlyMap<Image, number>,
): Promise<ReadonlyMap<Image, Uint8Array>> {
  const rasters = new Map<Image, Uint8Array>();
  for (const [image, width] of widths) {
    const ratio = image.height / image.width;
    const most = Math.sqrt(MOST_PIXELS / ratio);
    const value = Math.max(1, Math.round(Math.min((width / 72) * DENSITY, most)));
    const known = drawn.get(image);
    const raster = known?.width === value ? known : { width: value, png: await draw(image, value) };
    drawn.set(image, raster);
    rasters.set(image, raster.png);
  }
  return rasters;
}

/** What has been drawn: the same images stand in the files of all styles. */
const drawn = new WeakMap<Image, { readonly width: number; readonly png: Uint8Array }>();

/** Returns an image as a PNG, so many pixels wide. */
async function draw(image: Image, width: number): Promise<Uint8Array> {
  const { Resvg } = await resvg();
  const svg = image.format === "svg" ? new TextDecoder().decode(image.bytes) : upright(image);
  const drawing = new Resvg(svg, {
    fitTo: { mode: "width", value: width },
    background: "#ffffff",
    font: fontsFor(svg),
  });
  const pixels = drawing.render();
  const raster = opaquePng(pixels.width, pixels.height, pixels.pixels);
  // What is not freed stays in the module's memory.
  pixels.free();
  drawing.free();
  return raster;
}

/** Returns an SVG that shows a photograph as it is seen. */
function upright({ bytes, width, height, orientation }: Image): string {
  const { mirrored = false, degrees = 0 } = orientation ?? {};
  const isUpright = degrees % 180 === 0;
  const [across, down] = isUpright ? [width, height] : [height, width];
  const data = Buffer.from(bytes).toString("base64");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${width}" height="${height}" viewBox="${-width / 2} ${-height / 2} ${width} ${height}">` +
    `<image transform="rotate(${degrees}) scale(${mirrored ? -1 : 1} 1)" ` +
    `x="${-across / 2}" y="${-down / 2}" width="${across}" height="${down}" ` +
    `preserveAspectRatio="none" xlink:href="data:image/jpeg;base64,${data}"/></svg>`
  );
}

let loaded: Promise<typeof import("@resvg/resvg-wasm")> | undefined;

/** Returns the package that draws; its module can be begun only once. */
function resvg(): typeof loaded & {} {
  loaded ??= (async () => {
    const { resolve } = createRequire(import.meta.url);
    const drawing = await import("@resvg/resvg-wasm");
    await drawing.initWasm(readFileSync(resolve("@resvg/resvg-wasm/index_bg.wasm")));
    return drawing;
  })();
  return loaded;
}

/** Returns the fonts that the text of an SVG may want; each is read anew for every drawing. */
function fontsFor(svg: string) {
  const names = {
    defaultFontFamily: "Arimo",
    sansSerifFamily: "Arimo",
    serifFamily: "Tinos",
    monospaceFamily: "Cousine",
  };
  if (!/<(?:\w+:)?(?:text|tspan)\b/.test(svg)) return { ...names, fontBuffers: [] };
  const families = [
    "arial" as const,
    ...(/serif|times|tinos|georgia|garamond/i.test(svg) ? (["times"] as const) : []),
    ...(/mono|courier|cousine|consolas/i.test(svg) ? (["courier"] as const) : []),
  ];
  const fontBuffers = families.flatMap((family) =>
    [false, true].flatMap((bold) => [false, true].map((italic) => readFont(family, bold, italic))),
  );
  const hasSymbols = /[\u2190-\u2bff]|&#/.test(svg);
  if (hasSymbols) fontBuffers.push(readFont("math", false, false));
  return { ...names, fontBuffers };
}
