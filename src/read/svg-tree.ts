// SVG text <-> its elements. What is no SVG is left out: what drawing programs
// note for themselves in namespaces of their own is seen nowhere.

import { SaxesParser, type SaxesTagNS } from "saxes";
import { ImageError, saveAgain } from "./image-error.js";

/** An element of an SVG, by its name without prefix. */
export interface SvgElement {
  readonly name: string;
  /** `xlink:href` is `href`, as SVG 2 has it; `xml:space` keeps its prefix. */
  readonly attributes: Map<string, string>;
  children: (SvgElement | string)[];
}

const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";
const XML = "http://www.w3.org/XML/1998/namespace";

/** Deeper than drawing programs nest; programs that draw recursively would overflow. */
const DEEPEST = 120;

/** More takes a reader of the finished file minutes to draw. */
const MOST_ELEMENTS = 200_000;

/** Returns the root of an SVG. Throws an `ImageError` for text that is none, or is too deep or long. */
export function parseSvg(text: string): SvgElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: SvgElement[] = [];
  let root: SvgElement | undefined;
  let foreign = 0;
  let count = 0;

  parser.on("error", ({ message }) => {
    const [, line, , reason] = /^(\d+):(\d+): (.*)/s.exec(message) ?? [];
    const found = line ? `line ${line}: ${reason}` : message;
    throw new ImageError(`is not well-formed XML, ${found.replace(/\.$/, "")}`, saveAgain);
  });
  parser.on("doctype", (type) => {
    if (!type.includes("[")) return;
    throw new ImageError("declares entities, which are not read", [
      "save it as plain SVG in your drawing program",
    ]);
  });
  parser.on("opentag", (tag) => {
    if (++count > MOST_ELEMENTS) {
      throw new ImageError(`is too large: it has more than ${MOST_ELEMENTS} elements`, [
        "save it as PNG",
      ]);
    }
    if (open.length + foreign >= DEEPEST) {
      throw new ImageError(`is nested too deeply: more than ${DEEPEST} levels`, ["save it as PNG"]);
    }
    const isSvg = tag.uri === SVG || tag.uri === "";
    if (!root && (!isSvg || tag.local !== "svg")) {
      throw new ImageError(`is no SVG: its root is <${tag.name.slice(0, 40)}>`);
    }
    if (foreign || !isSvg) {
      foreign++;
      return;
    }
    const element: SvgElement = { name: tag.local, attributes: attributesOf(tag), children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => {
    if (foreign) foreign--;
    else open.pop();
  });
  const addText = (value: string) => {
    if (!foreign) open.at(-1)?.children.push(value);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text).close();
  return root!;
}

function attributesOf({ attributes }: SaxesTagNS): Map<string, string> {
  const found = new Map<string, string>();
  for (const { uri, local, value } of Object.values(attributes)) {
    if (uri === "") {
      // What SVG 2 writes without a prefix counts more.
      found.set(local, value);
    } else if (uri === XLINK && local === "href") {
      if (!found.has("href")) found.set("href", value);
    } else if (uri === XML && (local === "space" || local === "lang")) {
      found.set(`xml:${local}`, value);
    }
  }
  return found;
}

/** Returns the text of an SVG. Links are written as SVG 1.1 has them, which all programs know. */
export function printSvg(root: SvgElement): string {
  const out: string[] = [];
  const print = ({ name, attributes, children }: SvgElement) => {
    out.push(`<${name}`);
    if (name === "svg" && out.length === 1) {
      out.push(` xmlns="${SVG}" xmlns:xlink="${XLINK}" version="1.1"`);
    }
    for (const [key, value] of attributes) {
      if (key === "version") continue;
      out.push(` ${key === "href" ? "xlink:href" : key}="${escaped(value)}"`);
    }
    if (!children.length) {
      out.push("/>");
      return;
    }
    out.push(">");
    for (const child of children) {
      if (typeof child === "string") out.push(escaped(child));
      else print(child);
    }
    out.push(`</${name}>`);
  };
  print(root);
  return out.join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
  "\r": "&#13;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"\n\t\r]/g, (character) => entities[character]!);
}
