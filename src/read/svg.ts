// An SVG made safe to print: what runs, leads out of the file or hides work in
// references is left out or refused, since no program that draws it does so
// for us. What is allowed is listed; the rest is dropped, and reported.

import { isUtf8 } from "node:buffer";
import type { Image } from "../image.js";
import { ImageError } from "./image-error.js";
import { parseSvg, printSvg, type SvgElement } from "./svg-tree.js";

/** An SVG that was made safe: its text, its size in points, and what was left out of it. */
export interface SafeSvg {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** `2 scripts`, `a link`; nothing for what is never seen. */
  readonly dropped: readonly string[];
  /** The pictures inside it, by the addresses that hold them. */
  readonly embedded?: ReadonlyMap<string, Image>;
}

/** Reads a picture inside an SVG; throws an `ImageError`. */
type ReadEmbedded = (bytes: Uint8Array) => Image;

/** The largest file, in bytes. */
const LARGEST = 20_000_000;

/** How many elements are drawn at most, each time that one is repeated counted. */
const MOST_DRAWN = 200_000;

/** What is drawn, or tells how. */
const allowed: ReadonlySet<string> = new Set(
  (
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath image " +
    "linearGradient radialGradient stop clipPath mask pattern marker style switch a"
  ).split(" "),
);

/** What the author may miss, in one and in several. */
const known: Readonly<Record<string, readonly [one: string, several: string]>> = {
  script: ["a script", "scripts"],
  handler: ["a script", "scripts"],
  foreignObject: ["a piece of HTML", "pieces of HTML"],
  animate: ["an animation", "animations"],
  animateColor: ["an animation", "animations"],
  animateMotion: ["an animation", "animations"],
  animateTransform: ["an animation", "animations"],
  set: ["an animation", "animations"],
  filter: ["a filter", "filters"],
  flowRoot: ["a text that flows", "texts that flow"],
  font: ["a font", "fonts"],
};

/** Elements that no page shows. */
const unseen: ReadonlySet<string> = new Set(["title", "desc", "metadata", "view", "cursor"]);

/** Returns an SVG made safe. Throws an `ImageError` if it is none, is broken, or would hang who draws it. */
export function readSvg(bytes: Uint8Array, readEmbedded: ReadEmbedded): SafeSvg {
  if (bytes.length > LARGEST) {
    throw new ImageError(`is too large: more than ${LARGEST / 1_000_000} MB`, ["save it as PNG"]);
  }
  if (!isUtf8(bytes)) {
    throw new ImageError("is not in UTF-8", ["save it as UTF-8 in your drawing program"]);
  }
  const root = parseSvg(new TextDecoder().decode(bytes));
  const { width, height } = sizeOf(root);
  const sanitiser = new Sanitiser(readEmbedded);
  sanitiser.clean(root);
  checkReferences(root);
  // Said outright, so that every program scales it alike.
  root.attributes.set("width", String(width));
  root.attributes.set("height", String(height));
  return {
    bytes: Buffer.from(printSvg(root)),
    width: width * 0.75,
    height: height * 0.75,
    dropped: sanitiser.dropped,
    ...(sanitiser.embedded.size && { embedded: sanitiser.embedded }),
  };
}

/** How many pixels a unit has (CSS Values 3, 6.2). */
const pixels: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  em: 16,
  ex: 8,
};

/** Longer than any page, in pixels. */
const LONGEST = 100_000;

/** Returns the size of an SVG in pixels, and gives it the frame that it must have to be scaled. */
function sizeOf({ attributes }: SvgElement): { readonly width: number; readonly height: number } {
  const frame = (attributes.get("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const isFrame = frame.length === 4 && frame.every(Number.isFinite);
  const [, , across = 0, down = 0] = isFrame ? frame : [];
  let width = lengthOf(attributes.get("width"));
  let height = lengthOf(attributes.get("height"));
  if (width === undefined && height === undefined) [width, height] = [across, down];
  width ??= down ? (height! * across) / down : 0;
  height ??= across ? (width * down) / across : 0;
  if (!(width > 0 && height > 0) || (isFrame && !(across > 0 && down > 0))) {
    throw new ImageError("has no size: its width, height or viewBox is missing or zero", [
      'give its <svg> a width and a height, such as width="400" height="300"',
    ]);
  }
  if (Math.max(width, height) > LONGEST || Math.max(width / height, height / width) > 10_000) {
    throw new ImageError(`is too large: ${Math.round(width)} × ${Math.round(height)} pixels`);
  }
  if (!isFrame) attributes.set("viewBox", `0 0 ${width} ${height}`);
  return { width, height };
}

/** Returns a length in pixels; undefined where it is absent or depends on what is around. */
function lengthOf(value: string | undefined): number | undefined {
  const [, number, unit = ""] =
    /^\s*\+?(\d{0,9}\.?\d{1,9})\s*([a-z]*)\s*$/i.exec((value ?? "").slice(0, 40)) ?? [];
  const factor = pixels[unit.toLowerCase()];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/** Drops what must not be in a printed file, and counts what may be missed. */
class Sanitiser {
  /** The pictures inside it, by the addresses that hold them. */
  readonly embedded = new Map<string, Image>();
  readonly #counts = new Map<string, { count: number; readonly several: string }>();
  readonly #readEmbedded: ReadEmbedded;

  constructor(readEmbedded: ReadEmbedded) {
    this.#readEmbedded = readEmbedded;
  }

  /** What was dropped, in words. */
  get dropped(): readonly string[] {
    return [...this.#counts].map(([one, { count, several }]) =>
      count === 1 ? one : `${count} ${several}`,
    );
  }

  #drop(one: string, several: string): void {
    const found = this.#counts.get(one);
    if (found) found.count++;
    else this.#counts.set(one, { count: 1, several });
  }

  clean(element: SvgElement): void {
    this.#cleanAttributes(element);
    if (element.name === "style") {
      element.children = [this.#styleSheet(element.children.filter(isText).join(""))];
      return;
    }
    const children: (SvgElement | string)[] = [];
    for (const child of element.children) {
      if (isText(child)) {
        if (holdsText.has(element.name)) children.push(child);
        continue;
      }
      if (!this.#keeps(child)) continue;
      this.clean(child);
      children.push(child);
    }
    element.children = element.name === "switch" ? firstChoice(children) : children;
  }

  #keeps({ name, attributes }: SvgElement): boolean {
    const isKept = allowed.has(name) && (name !== "image" || this.#keepsImage(attributes));
    if (!isKept && name !== "image" && !unseen.has(name)) {
      const [one, several] = known[name] ?? [
        `an element <${name.slice(0, 40)}>`,
        `elements <${name.slice(0, 40)}>`,
      ];
      this.#drop(one, several);
    }
    return isKept;
  }

  /** A picture may be inside the file, not beside it or on the net. */
  #keepsImage(attributes: Map<string, string>): boolean {
    const [, kind, data = ""] =
      /^data:image\/(png|jpe?g);base64,([\sA-Za-z0-9+/=]*)$/.exec(
        attributes.get("href")?.trim() ?? "",
      ) ?? [];
    if (kind) {
      // White space in an address confuses some who draw it.
      const href = `data:image/${kind};base64,${data.replace(/\s/g, "")}`;
      attributes.set("href", href);
      if (!this.embedded.has(href)) {
        this.embedded.set(href, this.#readEmbedded(Buffer.from(data, "base64")));
      }
    } else this.#drop("a picture outside of it", "pictures outside of it");
    return kind !== undefined;
  }

  #cleanAttributes({ name, attributes }: SvgElement): void {
    for (const [key, value] of attributes) {
      if (/^on/i.test(key)) {
        this.#drop("a script", "scripts");
        attributes.delete(key);
      } else if (key === "href" && name !== "image") {
        if (name === "a") this.#drop("a link", "links");
        else if (!value.trim().startsWith("#")) {
          this.#dropReference();
        }
        if (name === "a" || !value.trim().startsWith("#")) attributes.delete(key);
      } else if (key === "filter") attributes.delete(key);
      else if (key === "style") attributes.set(key, this.#declarations(value));
      else if (leadsOut(value)) {
        this.#dropReference();
        attributes.delete(key);
      }
    }
  }

  #declarations(value: string): string {
    return value
      .split(";")
      .filter((declaration) => {
        if (/^\s*filter\s*:/i.test(declaration)) return false;
        const isOut = leadsOut(declaration);
        if (isOut) this.#dropReference();
        return !isOut;
      })
      .join(";");
  }

  /** A style sheet without its `@` rules, which fetch fonts and other sheets. */
  #styleSheet(text: string): string {
    const bare = withoutComments(text);
    if (bare.includes("\\")) {
      this.#drop("a style sheet with escaped characters", "style sheets with escaped characters");
      return "";
    }
    let sheet = "";
    let selector = "";
    let depth = 0;
    let start = 0;
    for (const { 0: mark, index } of bare.matchAll(/[{};]/g)) {
      const piece = bare.slice(start, index).trim();
      if (depth === 0 && mark !== "}") {
        selector = piece;
        if (/^@(import|font-face)/i.test(piece)) this.#dropReference();
      } else if (depth === 1 && mark === ";") continue;
      else if (depth === 1 && mark === "}" && !selector.startsWith("@")) {
        sheet += `${selector}{${this.#declarations(piece)}}`;
      }
      start = index + 1;
      if (mark !== ";") depth = Math.max(0, depth + (mark === "{" ? 1 : -1));
    }
    return sheet;
  }

  #dropReference(): void {
    this.#drop("a reference to another file", "references to other files");
  }
}

function withoutComments(text: string): string {
  let bare = "";
  let at = 0;
  for (;;) {
    const start = text.indexOf("/*", at);
    if (start < 0) return (bare + text.slice(at)).replace(/<!--|-->/g, "");
    bare += text.slice(at, start);
    const end = text.indexOf("*/", start + 2);
    if (end < 0) return bare;
    at = end + 2;
  }
}

const isText = (child: SvgElement | string): child is string => typeof child === "string";

const holdsText: ReadonlySet<string> = new Set(["text", "tspan", "textPath", "a"]);

/** Whether a value names what is not in the file; what is escaped in it might. */
function leadsOut(value: string): boolean {
  const bare = value.replace(/\s+/g, "");
  return (
    /url\((?!["']?#)/i.test(bare) ||
    /javascript:|expression\(|@import|-moz-binding/i.test(bare) ||
    /\\[0-9a-f]/i.test(bare)
  );
}

/** Of what a `switch` holds the first is drawn that a program can draw (SVG 1.1, 5.8.2). */
function firstChoice(children: readonly (SvgElement | string)[]): SvgElement[] {
  const elements = children.filter((child): child is SvgElement => !isText(child));
  const choice = elements.find(({ attributes }) => !attributes.get("requiredExtensions"));
  return choice ? [choice] : [];
}

/**
 * Counts what is drawn, with all that is repeated by reference. A few lines of
 * `use` in `use` come to thousands of millions. Throws an `ImageError` if that
 * is too much, or if something is part of itself.
 */
function checkReferences(root: SvgElement): void {
  const byId = new Map<string, SvgElement>();
  const visit = (element: SvgElement) => {
    const id = element.attributes.get("id");
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    for (const child of element.children) if (!isText(child)) visit(child);
  };
  visit(root);
  const sheets = sheetReferences(root, byId);
  const counts = new Map<SvgElement, number>();
  const open = new Set<SvgElement>();
  const countOf = (element: SvgElement): number => {
    const counted = counts.get(element);
    if (counted !== undefined) return counted;
    // A gradient may well be named where it stands; what draws itself cannot be drawn.
    if (open.has(element) || open.size > DEEPEST_REFERENCES) {
      throw new ImageError("refers to itself, or through too many references", ["save it as PNG"]);
    }
    open.add(element);
    let count = 1;
    const repeats = /^(path|line|polyline|polygon)$/.test(element.name) ? verticesOf(element) : 1;
    for (const [target, isMarker] of referencesOf(element, byId, sheets)) {
      count += countOf(target) * (isMarker ? repeats : 1);
    }
    for (const child of element.children) if (!isText(child)) count += countOf(child);
    open.delete(element);
    if (count > MOST_DRAWN) {
      throw new ImageError(
        `is too large: more than ${MOST_DRAWN} elements are drawn, with those that are repeated`,
        ["save it as PNG"],
      );
    }
    counts.set(element, count);
    return count;
  };
  countOf(root);
}

const DEEPEST_REFERENCES = 400;

/** How many markers a line may have: as many as its numbers in pairs, at most. */
function verticesOf({ attributes }: SvgElement): number {
  const data = attributes.get("d") ?? attributes.get("points") ?? "";
  return Math.max(2, data.match(/[\d.]+/g)?.length ?? 0);
}

/** What a style sheet names might be named by every element. */
function sheetReferences(
  { children }: SvgElement,
  byId: ReadonlyMap<string, SvgElement>,
): readonly SvgElement[] {
  const found: SvgElement[] = [];
  for (const child of children) {
    if (isText(child)) continue;
    if (child.name === "style") found.push(...named(child.children.join(""), byId));
    found.push(...sheetReferences(child, byId));
  }
  return found;
}

function named(value: string, byId: ReadonlyMap<string, SvgElement>): SvgElement[] {
  return [...value.replace(/\s+/g, "").matchAll(/url\(["']?#([^)"']{1,200})["']?\)/gi)].flatMap(
    ([, id = ""]) => {
      const target = byId.get(id);
      return target ? [target] : [];
    },
  );
}

const shapes: ReadonlySet<string> = new Set(
  "path rect circle ellipse line polyline polygon text use image".split(" "),
);

/** The elements that one refers to, and whether a line repeats them. */
function referencesOf(
  { name, attributes }: SvgElement,
  byId: ReadonlyMap<string, SvgElement>,
  sheets: readonly SvgElement[],
): [SvgElement, boolean][] {
  const found: [SvgElement, boolean][] = [];
  for (const [key, value] of attributes) {
    if (key === "href" && value.trim().startsWith("#")) {
      const target = byId.get(value.trim().slice(1));
      if (target) found.push([target, false]);
    } else if (value.includes("url(")) {
      for (const target of named(value, byId)) found.push([target, target.name === "marker"]);
    }
  }
  if (shapes.has(name)) {
    for (const target of sheets) found.push([target, target.name === "marker"]);
  }
  return found;
}
