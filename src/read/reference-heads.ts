// The heads and feet of a university's document, for pages that are drawn: what
// of them can be shown becomes paragraphs with their looks spelled out, and the
// rest is told with the part that it is in.

import type { Font } from "../fonts.js";
import type { Image } from "../image.js";
import {
  type HeadBlock,
  type HeadCellBox,
  type HeadField,
  type HeadImage,
  type HeadLook,
  type HeadParagraph,
  type HeadRun,
  type HeadSet,
  type HeadStop,
  type ImagePlace,
  type PageHead,
  type PageHeads,
  ruleRoom,
} from "../page-heads.js";
import {
  defaultStyle,
  type Heads,
  headingOfField,
  headsOf,
  type ReferenceDocx,
  styleChain,
} from "../reference-docx.js";
import {
  childElements,
  childNamed,
  childValue,
  descendants,
  isOn,
  type XmlElement,
} from "../xml-tree.js";
import { rasterOf } from "./image.js";
import { ImageError } from "./image-error.js";
import { parsePart } from "./reference-docx.js";
import {
  alignOf,
  fontIn,
  formattingOf,
  isSet,
  leadingOf,
  nearest,
  points,
} from "./reference-template.js";

/** What of a head is not drawn, and in which part it is. */
export interface UndrawnPiece {
  readonly part: string;
  readonly what: string;
}

/** Heads that can be drawn, and what of them cannot. */
export interface DrawnHeads {
  readonly heads: PageHeads;
  readonly undrawn: readonly UndrawnPiece[];
}

const known = new WeakMap<ReferenceDocx, DrawnHeads>();

/**
 * Returns the heads and feet of the pages of the work and of its title page, as a
 * DOCX that is dressed in the document has them. `font` stands for theirs where
 * nothing is known of it. A document is read once.
 */
export function readPageHeads(reference: ReferenceDocx, font: Font): DrawnHeads {
  let found = known.get(reference);
  if (!found) {
    const undrawn: UndrawnPiece[] = [];
    const { body, cover } = headsOf(reference);
    const read = (heads: Heads): HeadSet =>
      new Map(
        [...heads].flatMap(([key, path]) =>
          key.endsWith(" first")
            ? []
            : [[key as `${"header" | "footer"} default`, readHead(path, reference, font, undrawn)]],
        ),
      );
    const hasEven = isOn(reference.settings, "w:evenAndOddHeaders") ?? false;
    const heads = { body: read(body), cover: read(cover), hasEven };
    const once = new Map(undrawn.map((piece) => [`${piece.part} ${piece.what}`, piece]));
    found = { heads, undrawn: [...once.values()] };
    known.set(reference, found);
  }
  return found;
}

function readHead(
  path: string,
  reference: ReferenceDocx,
  font: Font,
  undrawn: UndrawnPiece[],
): PageHead {
  const root = parsePart(path, reference.parts, reference.namespaces);
  if (hasMore(descendants(root), MOST_ELEMENTS)) {
    undrawn.push({ part: path, what: `all of it, for it has more than ${MOST_ELEMENTS} elements` });
    return { blocks: [], height: 0 };
  }
  const blocks = new HeadReader(path, reference, font, undrawn).blocks(root);
  return { blocks, height: heightOf(blocks) };
}

/** Heads are set anew on each page; one with crest, table and fields has a hundred elements. */
const MOST_ELEMENTS = 3_000;

function hasMore(elements: Iterable<unknown>, most: number): boolean {
  let count = 0;
  for (const _ of elements) if (++count > most) return true;
  return false;
}

function heightOf(blocks: readonly HeadBlock[]): number {
  const heights = blocks.map((block) => {
    if (block.type === "table") {
      const rows = block.rows.map((row) =>
        Math.max(0, ...row.map((cell) => heightOf(cell.blocks))),
      );
      return rows.reduce((sum, height) => sum + height, 0);
    }
    const { leading, runs, look, before, after, rules } = block;
    const inLine = runs.flatMap((run) => (run.type === "image" && !run.anchor ? [run.height] : []));
    const sizes = runs.flatMap((run) => ("look" in run ? [run.look.size] : []));
    const lines = 1 + runs.filter(({ type }) => type === "break").length;
    const single = Math.max(1.15 * Math.max(look.size, ...sizes), ...inLine);
    const line = "points" in leading ? leading.points : Math.max(1, leading.lines) * single;
    return before + lines * line + ruleRoom(rules.top) + ruleRoom(rules.bottom) + after;
  });
  return heights.reduce((sum, height) => sum + height, 0);
}

/** A field that is being read: its code, and what it shows. */
interface OpenField {
  code: string;
  cached: string;
  look: HeadLook | undefined;
  hasResult: boolean;
  readonly runs: HeadRun[];
}

const pointsOfEmu = (emu: string | undefined): number => (Number(emu) || 0) / 12_700;
const LARGEST = 2_000;

class HeadReader {
  readonly #path: string;
  readonly #reference: ReferenceDocx;
  readonly #font: Font;
  readonly #undrawn: UndrawnPiece[];
  readonly #fields: OpenField[] = [];

  constructor(path: string, reference: ReferenceDocx, font: Font, undrawn: UndrawnPiece[]) {
    this.#path = path;
    this.#reference = reference;
    this.#font = font;
    this.#undrawn = undrawn;
  }

  /** Returns the paragraphs and tables at and below an element that frames them. */
  blocks(root: XmlElement): HeadBlock[] {
    return childElements(root).flatMap((child): HeadBlock[] => {
      switch (child.name) {
        case "w:p":
          return [this.#paragraph(child)];
        case "w:tbl":
          return [this.#table(child)];
        case "w:sdt":
        case "w:sdtContent":
        case "w:ins":
        case "w:customXml":
          return this.blocks(child);
        default:
          return [];
      }
    });
  }

  #omit(what: string): void {
    this.#undrawn.push({ part: this.#path, what });
  }

  #table(table: XmlElement): HeadBlock {
    const properties = childNamed(table, "w:tblPr");
    const columns = childElements(childNamed(table, "w:tblGrid") ?? table, "w:gridCol").map(
      (column) => points(column.attributes.get("w:w")) ?? 0,
    );
    const left = points(childNamed(properties, "w:tblInd")?.attributes.get("w:w")) ?? 0;
    const margin = childNamed(childNamed(properties, "w:tblCellMar"), "w:left");
    const padding = points(margin?.attributes.get("w:w")) ?? 5.4;
    const rows = childElements(table, "w:tr").map((row) => {
      let column = 0;
      return childElements(row, "w:tc").map((cell): HeadCellBox => {
        const format = childNamed(cell, "w:tcPr");
        const span = Math.max(1, Number(childValue(format, "w:gridSpan")) || 1);
        const x = columns.slice(0, column).reduce((sum, width) => sum + width, 0);
        const inGrid = columns.slice(column, column + span).reduce((sum, width) => sum + width, 0);
        column += span;
        const own = points(childNamed(format, "w:tcW")?.attributes.get("w:w")) ?? 0;
        const blocks = this.blocks(cell).flatMap((block): HeadParagraph[] => {
          if (block.type === "paragraph") return [block];
          this.#omit("a table in a table");
          return [];
        });
        const width = Math.max(1, (inGrid || own) - 2 * padding);
        return { x: x + padding, width, blocks };
      });
    });
    // The edges of its cells stand on the margin, as from Word 2013 on.
    return { type: "table", left, rows };
  }

  #paragraph(paragraph: XmlElement): HeadParagraph {
    const { styles, settings } = this.#reference;
    const properties = childNamed(paragraph, "w:pPr");
    const id = childValue(properties, "w:pStyle");
    const style =
      childElements(styles, "w:style").find(
        (one) => id !== undefined && one.attributes.get("w:styleId") === id,
      ) ?? defaultStyle(styles, "paragraph");
    const format = formattingOf(this.#reference, style, properties);
    const look = this.#look(style, childNamed(properties, "w:rPr"));
    const runs: HeadRun[] = [];
    this.#read(paragraph, style, runs);
    this.#endFields(runs);
    const spacing = format.paragraph.get("w:spacing");
    const ind = format.paragraph.get("w:ind");
    const side = (name: string, other: string) =>
      points(ind?.get(`w:${name}`) ?? ind?.get(`w:${other}`)) ?? 0;
    const hanging = points(ind?.get("w:hanging"));
    const leading = leadingOf(spacing, look.size);
    const borders = childNamed(properties, "w:pBdr") ?? this.#inStyles(style, "w:pBdr");
    const rule = (name: "top" | "bottom") => {
      const border = childNamed(borders, `w:${name}`)?.attributes;
      const kind = border?.get("w:val");
      if (!border || kind === "nil" || kind === "none") return {};
      return { [name]: Math.max(0.25, (Number(border.get("w:sz")) || 4) / 8) };
    };
    return {
      type: "paragraph",
      runs,
      look,
      align: alignOf(format.paragraph.get("w:jc")?.get("w:val")),
      left: side("left", "start"),
      right: side("right", "end"),
      indent: hanging === undefined ? (points(ind?.get("w:firstLine")) ?? 0) : -hanging,
      before: points(spacing?.get("w:before")) ?? 0,
      after: points(spacing?.get("w:after")) ?? 0,
      leading: "lines" in leading ? { lines: leading.lines * this.#reference.lineScale } : leading,
      stops: this.#stops(style, properties),
      stopDistance: Math.max(4, points(childValue(settings, "w:defaultTabStop")) ?? 36),
      rules: { ...rule("top"), ...rule("bottom") },
    };
  }

  /** Returns a property of a style or of one that it is based on. */
  #inStyles(style: XmlElement | undefined, name: string): XmlElement | undefined {
    const chain = style ? styleChain(this.#reference.styles, style) : [];
    return chain
      .map((one) => childNamed(childNamed(one, "w:pPr"), name))
      .find((found) => found !== undefined);
  }

  #stops(style: XmlElement | undefined, properties: XmlElement | undefined): HeadStop[] {
    const chain = style ? styleChain(this.#reference.styles, style).reverse() : [];
    const stops = new Map<number, HeadStop>();
    for (const format of [...chain.map((one) => childNamed(one, "w:pPr")), properties]) {
      const tabs = childNamed(format, "w:tabs");
      for (const { attributes } of tabs ? childElements(tabs, "w:tab") : []) {
        const at = points(attributes.get("w:pos"));
        if (at === undefined) continue;
        const kind = attributes.get("w:val");
        if (kind === "clear") stops.delete(at);
        else if (kind === "center") stops.set(at, { at, align: "center" });
        else if (/^(?:right|end|decimal)$/.test(kind ?? "")) stops.set(at, { at, align: "right" });
        else if (kind !== "bar") stops.set(at, { at, align: "left" });
      }
    }
    return [...stops.values()].sort((one, other) => one.at - other.at);
  }

  #look(style: XmlElement | undefined, properties: XmlElement | undefined): HeadLook {
    const id = childValue(properties, "w:rStyle");
    const named = childElements(this.#reference.styles, "w:style").find(
      (one) => id !== undefined && one.attributes.get("w:styleId") === id,
    );
    const ofLetters = named ? styleChain(this.#reference.styles, named).reverse() : [];
    const format = formattingOf(
      this.#reference,
      style,
      ...ofLetters.map((one) => childNamed(one, "w:rPr")),
      properties,
    );
    const halves = Number(format.run.get("w:sz")?.get("w:val") ?? 20);
    return {
      family: nearest(fontIn(this.#reference, format), this.#font),
      size: halves >= 4 && halves <= 288 ? halves / 2 : 10,
      bold: isSet(format.run, "w:b"),
      italic: isSet(format.run, "w:i"),
      capitals: isSet(format.run, "w:caps"),
      smallCaps: isSet(format.run, "w:smallCaps"),
    };
  }

  // ---- runs ---------------------------------------------------------------------------

  #read(element: XmlElement, style: XmlElement | undefined, runs: HeadRun[]): void {
    for (const child of childElements(element)) {
      switch (child.name) {
        case "w:r":
          this.#readRun(child, style, runs);
          break;
        case "w:fldSimple": {
          const inner: HeadRun[] = [];
          this.#read(child, style, inner);
          const look = inner.flatMap((run) => ("look" in run ? [run.look] : []))[0];
          const code = child.attributes.get("w:instr") ?? "";
          runs.push(...this.#fieldRuns(code, inner, look ?? this.#look(style, undefined)));
          break;
        }
        case "w:hyperlink":
        case "w:ins":
        case "w:moveTo":
        case "w:smartTag":
        case "w:sdt":
        case "w:sdtContent":
        case "w:customXml":
          this.#read(child, style, runs);
          break;
      }
    }
  }

  #readRun(run: XmlElement, style: XmlElement | undefined, out: HeadRun[]): void {
    const properties = childNamed(run, "w:rPr");
    if (isOn(properties, "w:vanish")) return;
    const look = this.#look(style, properties);
    for (const child of childElements(run)) {
      const field = this.#fields.at(-1);
      const runs = field ? field.runs : out;
      switch (child.name) {
        case "w:t":
          if (!field || field.hasResult) {
            runs.push({ type: "text", text: child.children.join(""), look });
          }
          break;
        case "w:tab":
          runs.push({ type: "tab" });
          break;
        case "w:ptab": {
          const align = child.attributes.get("w:alignment");
          const to = align === "center" || align === "right" ? align : "left";
          runs.push({ type: "tab", to });
          break;
        }
        case "w:br":
        case "w:cr":
          runs.push({ type: "break" });
          break;
        case "w:noBreakHyphen":
          runs.push({ type: "text", text: "\u2011", look });
          break;
        case "w:pgNum":
          runs.push({ type: "field", field: "page", look, cached: "1" });
          break;
        case "w:fldChar":
          this.#readFieldMark(child, look, out);
          break;
        case "w:instrText":
          if (field && !field.hasResult) {
            field.code += child.children.join("");
            field.look ??= look;
          }
          break;
        case "w:drawing":
          runs.push(...this.#drawing(child));
          break;
        case "mc:AlternateContent":
          this.#omit(shapeIn(child));
          break;
        case "w:pict":
        case "w:object":
          this.#omit(shapeIn(child));
          break;
      }
    }
  }

  #readFieldMark(mark: XmlElement, look: HeadLook, out: HeadRun[]): void {
    const kind = mark.attributes.get("w:fldCharType");
    const field = this.#fields.at(-1);
    if (kind === "begin") {
      this.#fields.push({ code: "", cached: "", look: undefined, hasResult: false, runs: [] });
    } else if (kind === "separate" && field) field.hasResult = true;
    else if (kind === "end" && field) {
      this.#fields.pop();
      const outer = this.#fields.at(-1);
      const runs = outer ? outer.runs : out;
      runs.push(...this.#fieldRuns(field.code, field.runs, field.look ?? look));
    }
  }

  /** What a field shows that does not end with its paragraph stays as it is. */
  #endFields(out: HeadRun[]): void {
    for (const field of this.#fields.splice(0)) out.push(...field.runs);
  }

  /** A field that we know is printed anew; of others the result is kept. */
  #fieldRuns(code: string, shown: readonly HeadRun[], look: HeadLook): readonly HeadRun[] {
    const field = this.#fieldOf(code);
    if (!field) return shown;
    const cached = shown.map((run) => (run.type === "text" ? run.text : "")).join("");
    const first = shown.flatMap((run) => ("look" in run ? [run.look] : []))[0];
    return [{ type: "field", field, look: first ?? look, cached }];
  }

  #fieldOf(code: string): HeadField | undefined {
    const [word = "", ...rest] = code.trim().split(/\s+/);
    const name = word.toUpperCase();
    const property = name === "DOCPROPERTY" ? (rest[0] ?? "").replaceAll('"', "") : name;
    switch (property.toUpperCase()) {
      case "PAGE":
        return "page";
      case "NUMPAGES":
        return "pages";
      case "TITLE":
        return "title";
      case "AUTHOR":
        return "author";
      case "SUBJECT":
        return "subtitle";
      case "STYLEREF": {
        const level = headingOfField(rest.join(" "), this.#reference);
        const isNumber = /\\[nrw]\b/.test(code);
        if (level === 1) return isNumber ? "chapter-number" : "chapter";
        if (level === 2) return isNumber ? "section-number" : "section";
        return undefined;
      }
      default:
        return undefined;
    }
  }

  // ---- images ------------------------------------------------------------------------

  #drawing(drawing: XmlElement): HeadImage[] {
    const [frame] = childElements(drawing);
    const picture = [...descendants(drawing)].filter(({ name }) => name === "pic:pic");
    const [first] = picture;
    if (!frame || !first || picture.length > 1 || isGroup(drawing)) {
      this.#omit(shapeIn(drawing));
      return [];
    }
    const extent = childNamed(frame, "wp:extent")?.attributes;
    const width = pointsOfEmu(extent?.get("cx"));
    const height = pointsOfEmu(extent?.get("cy"));
    const image = this.#image(first);
    if (!image || !(width > 0 && width < LARGEST && height > 0 && height < LARGEST)) return [];
    if (frame.name === "wp:inline") return [{ type: "image", image, width, height }];
    return [
      {
        type: "image",
        image,
        width,
        height,
        anchor: {
          x: placeOf(childNamed(frame, "wp:positionH")),
          y: placeOf(childNamed(frame, "wp:positionV")),
        },
      },
    ];
  }

  #image(picture: XmlElement): Image | undefined {
    const { parts, relationships } = this.#reference;
    const fill = childNamed(picture, "pic:blipFill");
    const id = childNamed(fill, "a:blip")?.attributes.get("r:embed");
    const target = relationships(this.#path).find((one) => one.id === id && !one.external)?.target;
    const bytes = target === undefined ? undefined : parts.get(target);
    if (target === undefined || !bytes) {
      this.#omit("a picture that is missing");
      return undefined;
    }
    const crop = childNamed(fill, "a:srcRect")?.attributes;
    const shape = childNamed(childNamed(picture, "pic:spPr"), "a:xfrm")?.attributes;
    const isChanged = [...(crop?.values() ?? [])].some((value) => Number(value) !== 0);
    if (isChanged || Number(shape?.get("rot") ?? 0) !== 0 || shape?.get("flipH") === "1") {
      this.#omit(`the picture "${target}", which is cropped or turned`);
      return undefined;
    }
    try {
      const image = rasterOf(target, bytes);
      if (image) return image;
      this.#omit(`the picture "${target}", which is neither PNG nor JPEG`);
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      this.#omit(`the picture "${target}", which ${error.message}`);
    }
    return undefined;
  }
}

const isGroup = (drawing: XmlElement): boolean =>
  [...descendants(drawing)].some(({ name }) => /^(?:wps|wpg|wpc):/.test(name));

function shapeIn(element: XmlElement): string {
  const names = [...descendants(element)].map(({ name }) => name);
  if (names.some((name) => /^(?:w:txbxContent|wps:txbx)$/.test(name))) return "a text box";
  if (names.some((name) => /^(?:pic:pic|v:imagedata)$/.test(name))) {
    return "a picture that is part of a drawing";
  }
  return "a shape";
}

function placeOf(position: XmlElement | undefined): ImagePlace {
  const relative = position?.attributes.get("relativeFrom") ?? "";
  const from = /^page$/.test(relative)
    ? "page"
    : /^(?:paragraph|line|character)$/.test(relative)
      ? "paragraph"
      : "margin";
  const align = childNamed(position, "wp:align")?.children.join("");
  const offset = childNamed(position, "wp:posOffset")?.children.join("");
  if (align === "center") return { from, at: "center" };
  if (/^(?:right|bottom|outside)$/.test(align ?? "")) return { from, at: "end" };
  return { from, at: align ? "start" : pointsOfEmu(offset) };
}
