// The fonts of a template or manuscript: shipped families by name, and the
// author's own files by path, each checked before anything is set in it.

import type { Report, Span } from "../diagnostic.js";
import {
  type Font,
  type FontCut,
  type FontFamily,
  type Fonts,
  fontFamilies,
  type OwnFont,
} from "../fonts.js";
import { didYouMean } from "../nearest.js";
import {
  invalidValue,
  type Located,
  located,
  map,
  oneOrMore,
  optional,
  type Read,
  required,
  text,
} from "./fields.js";
import { readFontFile } from "./sfnt.js";

/** The author's own font, its files not yet read. */
interface OwnFontRequest {
  readonly name?: string;
  readonly paths: { readonly regular: Located<string> } & {
    readonly [cut in Exclude<FontCut, "regular">]?: Located<string>;
  };
}

type FontRequest = FontFamily | OwnFontRequest;

/** What `fonts` says, its files not yet read. */
export interface FontsRequest {
  readonly text?: FontRequest;
  readonly headings?: FontRequest;
  readonly code?: FontRequest;
  readonly fallback?: readonly OwnFontRequest[];
}

/** Reads a font file by its path, and reports at a place what cannot be read. */
export type ReadFontBytes = (path: string, span: Span) => Uint8Array | undefined;

const isPath = (word: string): boolean => /[\\/]|\.\w{2,5}$/.test(word);

/** A font's name goes into the styles of the DOCX, where Word has room for so much. */
const LONGEST_NAME = 31;

const fontName: Read<string> = (node, name, report) => {
  const value = text(node, name, report);
  if (value === undefined || value.length <= LONGEST_NAME) return value;
  return invalidValue(
    node,
    `the name of a font has ${LONGEST_NAME} letters at most, as in Word`,
    report,
  );
};

const cuts = map(
  {
    name: optional(fontName),
    regular: required(located(text)),
    italic: optional(located(text)),
    bold: optional(located(text)),
    "bold-italic": optional(located(text)),
  },
  { family: "name", normal: "regular", roman: "regular", bolditalic: "bold-italic" },
);

/** Reads the author's own font: one path, or a map of the paths of its cuts. */
const ownFont: Read<OwnFontRequest> = (node, name, report) => {
  if (node.type === "scalar") {
    const path = located(text)(node, name, report);
    return path && { paths: { regular: path } };
  }
  const read = cuts(node, name, report);
  if (!read) return undefined;
  const { name: called, regular, italic, bold, "bold-italic": boldItalic } = read;
  return {
    ...(called && { name: called }),
    paths: {
      regular,
      ...(italic && { italic }),
      ...(bold && { bold }),
      ...(boldItalic && { boldItalic }),
    },
  };
};

/** Reads the name of a shipped family, or the author's own font. */
const font: Read<FontRequest> = (node, name, report) => {
  if (node.type !== "scalar" || isPath(node.text)) return ownFont(node, name, report);
  const word = node.text.trim();
  const family = fontFamilies.find((candidate) => candidate === word.toLowerCase());
  if (family) return family;
  const near = didYouMean(word, fontFamilies);
  return invalidValue(
    node,
    `there is no font called "${word.slice(0, 40)}"`,
    report,
    ...(near.length ? near : [`the fonts are ${fontFamilies.join(", ")}`]),
    "name a font of your own by its file: fonts/MyFont-Regular.ttf",
  );
};

/** Reads the field `fonts` of a template or manuscript. */
export const fontFields: Read<FontsRequest> = map({
  text: optional(font),
  headings: optional(font),
  code: optional(font),
  fallback: optional(oneOrMore(ownFont)),
});

/**
 * Returns the fonts of a template, or those of `base` as far as a request says
 * nothing else; headings are set in the font of the text where nothing else is
 * said. Reports files that cannot be read or embedded, and then keeps the font
 * of `base`; warns of a text font that has no italic or bold cut.
 */
export function resolveFonts(
  request: FontsRequest | undefined,
  readBytes: ReadFontBytes,
  report: Report,
  base: Fonts = { text: "times", headings: "times", code: "courier", fallback: [] },
): Fonts {
  if (!request) return base;
  const known = new Map<OwnFontRequest, OwnFont | undefined>();
  const own = (wanted: OwnFontRequest): OwnFont | undefined => {
    if (!known.has(wanted)) known.set(wanted, readOwnFont(wanted, readBytes, report));
    return known.get(wanted);
  };
  const resolve = (wanted: FontRequest | undefined): Font | undefined =>
    typeof wanted === "object" ? own(wanted) : wanted;
  const text = resolve(request.text) ?? base.text;
  if (typeof request.text === "object" && typeof text === "object") {
    reportMissingCuts(request.text, report);
  }
  const headings = base.headings === base.text ? text : base.headings;
  return {
    text,
    headings: resolve(request.headings) ?? headings,
    code: resolve(request.code) ?? base.code,
    fallback: request.fallback?.flatMap((wanted) => own(wanted) ?? []) ?? base.fallback,
  };
}

function readOwnFont(
  { name, paths }: OwnFontRequest,
  readBytes: ReadFontBytes,
  report: Report,
): OwnFont | undefined {
  const files: { [cut in FontCut]?: Uint8Array } = {};
  let family = name;
  for (const cut of ["regular", "italic", "bold", "boldItalic"] as const) {
    const path = paths[cut];
    if (!path) continue;
    const bytes = readBytes(path.value, path.span);
    if (!bytes) continue;
    const file = readFontFile(bytes);
    if (file.problem !== undefined) {
      report({
        code: "font-invalid",
        message: `the font "${path.value}" ${file.problem}`,
        span: path.span,
        ...(file.hint && { hints: [file.hint] }),
      });
      continue;
    }
    family ||= file.family.slice(0, LONGEST_NAME);
    files[cut] = bytes;
  }
  const { regular, ...others } = files;
  return regular && { name: family || "Own Font", files: { regular, ...others } };
}

function reportMissingCuts({ paths }: OwnFontRequest, report: Report): void {
  const { regular, italic, bold } = paths;
  const missing = [...(italic ? [] : ["italic"]), ...(bold ? [] : ["bold"])];
  if (!missing.length) return;
  report({
    code: "font-incomplete",
    message: `the text font has no ${missing.join(" and no ")} cut, so the PDF shows such words like the others`,
    span: regular.span,
    hints: missing.map((cut) => `name its file behind "${cut}:"`),
  });
}
