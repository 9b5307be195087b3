// Figures in Word: pictures that stand in lines of their own (ECMA-376-1, 20.4),
// side by side in a table without rules, kept on one page with their captions.

import { AlignmentType, type XmlComponent } from "docx";
import {
  type Document,
  type Figure,
  type FigureImage,
  type Inline,
  nodesOf,
  toText,
} from "../../document.js";
import type { Image } from "../../image.js";
import { landscapePage, type Template } from "../../template.js";
import {
  arrangeFigure,
  captionAlign,
  captionSpace,
  figureRoom,
  figureSpace,
  imageGap,
  type PlacedImage,
} from "../figure-look.js";
import type { Direct, Surroundings } from "./blocks.js";
import { twips } from "./page.js";
import type { BlockWriter } from "./set-off.js";
import { element, paragraphOf, xmlSafe } from "./xml.js";

/** The id of the style of paragraphs that hold images. */
export const figureStyleId = "Figure";

/** Returns a figure with its captions. */
export function writeFigure(
  figure: Figure,
  at: Surroundings,
  direct: Direct,
  writer: BlockWriter,
): XmlComponent[] {
  const { template } = at.registry;
  const page = at.isLandscape ? landscapePage(template.page) : template.page;
  const { left, ...room } = figureRoom(page, at.left, at.right);
  const rows = arrangeFigure(figure, room, template);
  const { caption, source = [] } = figure;
  const isAbove = template.captions.figure === "above";
  const line = (text: readonly Inline[], style: "caption" | "source"): Line[] => {
    if (!text.length) return [];
    const align = captionAlign(text, style, room.width, template);
    return [
      {
        write: (own) =>
          writer.paragraph(writer.runs(text, style, at), style, at, {
            ...own,
            ...(align && { alignment: AlignmentType.CENTER, indent: 0 }),
          }),
      },
    ];
  };
  const images = isSideBySide(rows, at)
    ? [
        {
          write: (own: Direct) => table(figure, rows, { left, width: room.width }, own, at, writer),
        },
      ]
    : rows
        .flat()
        .flatMap((placed) => [
          { write: (own: Direct) => imageParagraph(placed, figure, left, own, at) },
          ...(placed.image.caption?.length
            ? [{ write: (own: Direct) => ownCaption(placed, own, at, writer) }]
            : []),
        ]);
  const captions = line(caption, "caption");
  const sources = line(source, "source");
  const lines = isAbove
    ? [...captions, ...images, ...sources]
    : [...images, ...captions, ...sources];
  return lines.map(({ write }, index) => {
    const isLast = index === lines.length - 1;
    return write({
      ...(index === 0 && direct.pageBreakBefore && { pageBreakBefore: true }),
      before: index === 0 ? figureSpace : captionSpace,
      after: isLast ? figureSpace : captionSpace,
      ...((!isLast || at.keepsNext) && { keepNext: true }),
    });
  });
}

/** A paragraph or table of a figure, which is told its space. */
interface Line {
  readonly write: (own: Direct) => XmlComponent;
}

/** Images in a note or in a cell stand below one another: Word's tables do not nest well. */
function isSideBySide(rows: readonly (readonly PlacedImage[])[], at: Surroundings): boolean {
  const isInCell = at.style === "table" || at.style === "table-head";
  return at.story === "document" && !isInCell && rows.some(({ length }) => length > 1);
}

function imageParagraph(
  placed: PlacedImage,
  figure: Figure,
  left: number,
  own: Direct,
  at: Surroundings,
): XmlComponent {
  const { before = 0, after = 0, keepNext, pageBreakBefore } = own;
  return paragraphOf([drawing(placed, figure, at)], {
    style: figureStyleId,
    ...(keepNext && { keepNext }),
    ...(pageBreakBefore && { pageBreakBefore }),
    spacing: { before: twips(before), after: twips(after) },
    ...(left > 0 && { indent: { left: twips(left) } }),
  });
}

function ownCaption(
  { image, column }: PlacedImage,
  own: Direct,
  at: Surroundings,
  writer: BlockWriter,
): XmlComponent {
  const { caption = [] } = image;
  const align = captionAlign(caption, "caption", column, at.registry.template);
  const inside = { ...at, left: 0, right: 0, depth: 0 };
  return writer.paragraph(writer.runs(caption, "caption", inside), "caption", inside, {
    ...own,
    ...(align && { alignment: AlignmentType.CENTER }),
  });
}

/** A cell of the table: what stands in it between its edges and the space at its sides, in twips. */
interface Cell {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  readonly placed: PlacedImage;
}

/** Returns a row's cells, which share the gaps between images; the outer ones reach to the table's edges. */
function cellsOf(row: readonly PlacedImage[], total: number, isLeft: boolean): Cell[] {
  const gap = twips(imageGap);
  const used = row.reduce((sum, { column }) => sum + twips(column) + gap, -gap);
  const start = isLeft ? 0 : Math.max(0, Math.round((total - used) / 2));
  let x = start;
  return row.map((placed, index) => {
    const width = twips(placed.column);
    const isLast = index === row.length - 1;
    const from = index ? x - gap / 2 : 0;
    const to = isLast ? Math.max(total, x + width) : x + width + gap / 2;
    const cell = { from, to, left: x - from, right: to - x - width, placed };
    x += width + gap;
    return cell;
  });
}

/** A table of the images, those of a row on one line and their captions in a row below. */
function table(
  figure: Figure,
  rows: readonly (readonly PlacedImage[])[],
  { left, width }: { readonly left: number; readonly width: number },
  own: Direct,
  at: Surroundings,
  writer: BlockWriter,
): XmlComponent {
  const total = twips(width);
  const isLeft = at.registry.template.captions.form === "apa";
  const cells = rows.map((row) => cellsOf(row, total, isLeft));
  const edges = [...new Set(cells.flat().flatMap(({ from, to }) => [from, to]))].sort(
    (one, other) => one - other,
  );
  const tableRow = (row: readonly Cell[], align: string, write: (cell: Cell) => XmlComponent) =>
    element("w:tr", {}, [
      element("w:trPr", {}, [element("w:cantSplit")]),
      ...row.map((cell) =>
        element("w:tc", {}, [
          element("w:tcPr", {}, [
            element("w:tcW", { "w:w": cell.to - cell.from, "w:type": "dxa" }),
            ...spanOf(cell, edges),
            element("w:tcMar", {}, [side("left", cell.left), side("right", cell.right)]),
            element("w:vAlign", { "w:val": align }),
          ]),
          write(cell),
        ]),
      ),
    ]);
  const written = cells.flatMap((row, index) => {
    const isLast = index === cells.length - 1;
    const hasCaptions = row.some(({ placed }) => placed.image.caption?.length);
    const before = index ? 0 : (own.before ?? 0);
    // Space below is that of the caption which follows; Word adds the two around a table.
    const after = !isLast ? captionSpace : own.keepNext ? 0 : (own.after ?? 0);
    const keepNext = (own.keepNext ?? false) || !isLast;
    const start = { ...(index === 0 && own.pageBreakBefore && { pageBreakBefore: true }) };
    const images = tableRow(row, "bottom", ({ placed }) => {
      const space = hasCaptions ? captionSpace : after;
      const direct = { ...start, before, after: space, keepNext: keepNext || hasCaptions };
      return imageParagraph(placed, figure, 0, direct, at);
    });
    if (!hasCaptions) return [images];
    const direct = { before: 0, after, keepNext };
    return [images, tableRow(row, "top", ({ placed }) => ownCaption(placed, direct, at, writer))];
  });
  return element("w:tbl", {}, [
    element("w:tblPr", {}, [
      element("w:tblW", { "w:w": edges.at(-1)! - edges[0]!, "w:type": "dxa" }),
      element("w:tblInd", { "w:w": twips(left), "w:type": "dxa" }),
      element("w:tblLayout", { "w:type": "fixed" }),
      element("w:tblCellMar", {}, [side("left", 0), side("right", 0)]),
      element("w:tblLook", { "w:val": "0000" }),
    ]),
    element(
      "w:tblGrid",
      {},
      edges.slice(1).map((edge, index) => element("w:gridCol", { "w:w": edge - edges[index]! })),
    ),
    ...written,
  ]);
}

const side = (name: "left" | "right", width: number): XmlComponent =>
  element(`w:${name}`, { "w:w": width, "w:type": "dxa" });

function spanOf({ from, to }: Cell, edges: readonly number[]): XmlComponent[] {
  const columns = edges.indexOf(to) - edges.indexOf(from);
  return columns > 1 ? [element("w:gridSpan", { "w:val": columns })] : [];
}

/** English Metric Units: 914,400 to the inch (ECMA-376-1, 20.1.2.1). */
const emus = (points: number): number => Math.round(points * 12_700);

const namespaces = {
  drawing: "http://schemas.openxmlformats.org/drawingml/2006/main",
  picture: "http://schemas.openxmlformats.org/drawingml/2006/picture",
  svg: "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
  decorative: "http://schemas.microsoft.com/office/drawing/2017/decorative",
} as const;

/** An image in a run. */
function drawing(
  { image: { image, alt, caption }, width, height }: PlacedImage,
  figure: Figure,
  { registry, story }: Surroundings,
): XmlComponent {
  const { media } = registry;
  const { pixels, drawing: svg } = media.partsOf(image, story);
  const size = { cx: emus(width), cy: emus(height) };
  const words =
    alt ?? (toText(caption ?? []).trim() || toText(figure.caption).trim() || image.name);
  return element("w:r", {}, [
    element("w:drawing", {}, [
      element("wp:inline", { distT: 0, distB: 0, distL: 0, distR: 0 }, [
        element("wp:extent", size),
        element("wp:effectExtent", { l: 0, t: 0, r: 0, b: 0 }),
        element(
          "wp:docPr",
          { ...media.nextDrawing(), descr: xmlSafe(words) },
          alt === "" ? [decorative()] : [],
        ),
        element("wp:cNvGraphicFramePr", {}, [
          element("a:graphicFrameLocks", { "xmlns:a": namespaces.drawing, noChangeAspect: 1 }),
        ]),
        element("a:graphic", { "xmlns:a": namespaces.drawing }, [
          element("a:graphicData", { uri: namespaces.picture }, [
            element("pic:pic", { "xmlns:pic": namespaces.picture }, [
              element("pic:nvPicPr", {}, [
                element("pic:cNvPr", { id: 0, name: xmlSafe(image.name.split("/").at(-1)!) }),
                element("pic:cNvPicPr"),
              ]),
              element("pic:blipFill", {}, [
                element("a:blip", { "r:embed": pixels }, svg ? [svgBlip(svg)] : []),
                element("a:stretch", {}, [element("a:fillRect")]),
              ]),
              element("pic:spPr", {}, [
                element("a:xfrm", {}, [element("a:off", { x: 0, y: 0 }), element("a:ext", size)]),
                element("a:prstGeom", { prst: "rect" }, [element("a:avLst")]),
              ]),
            ]),
          ]),
        ]),
      ]),
    ]),
  ]);
}

/** What a drawing is for, to readers of the screen: nothing. */
function decorative(): XmlComponent {
  return element("a:extLst", { "xmlns:a": namespaces.drawing }, [
    element("a:ext", { uri: "{C183D7F6-B498-43B3-948B-1728B52AA6E4}" }, [
      element("adec:decorative", { "xmlns:adec": namespaces.decorative, val: 1 }),
    ]),
  ]);
}

function svgBlip(relationship: string): XmlComponent {
  return element("a:extLst", {}, [
    element("a:ext", { uri: "{96DAC541-7B7A-43D3-8B79-37D633B846F1}" }, [
      element("asvg:svgBlip", { "xmlns:asvg": namespaces.svg, "r:embed": relationship }),
    ]),
  ]);
}

/**
 * Returns the images of a document that must be drawn as pixels, with the greatest
 * width at which each is printed, in points: SVGs, and photographs that are turned.
 */
export function drawnWidths(document: Document, { page }: Template): Map<Image, number> {
  const widths = new Map<Image, number>();
  const line = Math.max(page.width, page.height);
  const add = ({ image, width }: FigureImage) => {
    if (image.format !== "svg" && !image.orientation) return;
    const wanted = !width ? image.width : "points" in width ? width.points : width.share * line;
    widths.set(image, Math.max(widths.get(image) ?? 0, Math.min(wanted, line)));
  };
  for (const node of nodesOf(document)) {
    if (node.type === "figure") node.images.forEach(add);
  }
  return widths;
}
