// A figure as the layout takes it: rows of images with their own captions, and
// its caption and source, with what they are in the structure of the file.

import type { Span } from "../../diagnostic.js";
import type { Inline, ParagraphStyleName } from "../../document.js";
import { type Figure, toText } from "../../document.js";
import type { Template } from "../../template.js";
import {
  arrangeFigure,
  captionAlign,
  captionSpace,
  type FigureRoom,
  figureSpace,
  type PlacedImage,
} from "../figure-look.js";
import { BOX_TEXT, type CharacterStyle, type ParagraphNode, type Run } from "./definition.js";
import { imageBox } from "./image-box.js";
import type { Artifact, StructureNode } from "./tagger.js";

/** A figure between paragraphs, which stand on one page. Lengths are in points. */
export interface FigureNode {
  /** What it prints. */
  readonly figure: Figure;
  readonly imageRows: readonly (readonly ImageColumn[])[];
  /** The caption where it stands above the images, and what stands below them. */
  readonly above: readonly ParagraphNode[];
  readonly below: readonly ParagraphNode[];
  /** How wide the rows are, between the indents of what is around. */
  readonly left: number;
  readonly width: number;
  readonly align: "left" | "center";
  readonly before: number;
  readonly after: number;
  readonly keepWithNext: false;
  readonly beginsPage: boolean;
  /** Whether it stands on a page that lies on its side. */
  readonly isLandscape?: boolean;
  /** Whether it may stand at the top of the next page, while the text behind it goes on here. */
  readonly floats: boolean;
  /** Its place among what is read; absent for decoration, which is not read. */
  readonly structure: StructureNode | undefined;
}

/** An image with its own caption, in a column of a row. */
export interface ImageColumn {
  readonly width: number;
  readonly paragraphs: readonly ParagraphNode[];
}

/** What a paragraph has besides its style. */
interface Own {
  readonly before: number;
  readonly after: number;
  /** Instead of the style's. */
  readonly align: "center" | undefined;
  /** Whether it stands in the column of an image, where lines have no indents. */
  readonly inColumn: boolean;
}

/** What a figure needs of the definition of blocks. */
export interface FigureContext {
  readonly template: Template;
  /** What it is in. */
  readonly parent: StructureNode;
  /** Its indents, and the room between them. */
  readonly left: number;
  readonly room: FigureRoom;
  readonly beginsPage: boolean;
  readonly isLandscape: boolean;
  readonly anchors: readonly string[];
  /** How letters of a style look. */
  readonly look: (style: ParagraphStyleName) => CharacterStyle;
  readonly paragraph: (
    children: readonly Inline[],
    style: "caption" | "source",
    own: Own,
    type: "Caption" | "P",
    parent: StructureNode,
    span: Span | undefined,
  ) => ParagraphNode;
}

/** Returns a figure with its images at their sizes. */
export function defineFigure(figure: Figure, context: FigureContext): FigureNode {
  const { template, parent, room } = context;
  const { caption, source, span } = figure;
  const structure: StructureNode = { type: "Div", parent };
  const isAbove = template.captions.figure === "above";
  const rows = arrangeFigure(figure, room, template);
  const anchors = [...context.anchors, ...anchorsOf(figure)];
  const own = (text: readonly Inline[], name: "caption" | "source"): Own => {
    const align = captionAlign(text, name, room.width, template);
    return { before: captionSpace, after: captionSpace, align, inColumn: false };
  };
  const captions: ParagraphNode[] = caption.length
    ? [
        {
          ...withoutAnchors(
            context.paragraph(
              caption,
              "caption",
              own(caption, "caption"),
              "Caption",
              structure,
              span,
            ),
            anchors,
          ),
          ...(isAbove && { anchors }),
        },
      ]
    : [];
  const sources = source?.length
    ? [context.paragraph(source, "source", own(source, "source"), "P", structure, span)]
    : [];
  const onImage = isAbove && captions.length ? [] : anchors;
  const imageRows = rows.map((row, index) =>
    row.map((placed, column) =>
      defineImage(placed, index || column ? [] : onImage, structure, figure, context),
    ),
  );
  const inRows = imageRows.flat().flatMap(({ paragraphs }) => paragraphs);
  return {
    figure,
    imageRows,
    above: isAbove ? captions : [],
    below: isAbove ? sources : [...captions, ...sources],
    left: context.left,
    width: room.width,
    align: template.captions.form === "apa" ? "left" : "center",
    before: figureSpace,
    after: figureSpace,
    keepWithNext: false,
    beginsPage: context.beginsPage,
    ...(context.isLandscape && { isLandscape: true }),
    // The numbers of notes would no longer follow one another.
    floats: template.figurePlacement === "float" && !hasNotes([...captions, ...inRows, ...sources]),
    structure:
      inRows.every(isDecoration) && !captions.length && !sources.length ? undefined : structure,
  };
}

function isDecoration({ runs }: ParagraphNode): boolean {
  const structure = runs[0]?.style.structure;
  return structure !== undefined && "kind" in structure;
}

/** Whether the mark of a note stands in some paragraphs. */
export function hasNotes(paragraphs: readonly ParagraphNode[]): boolean {
  return paragraphs.some(({ runs }) => runs.some(({ note }) => note));
}

/** The names by which a figure is referred to: what leads to it, shows the image and not its caption. */
function anchorsOf({ caption }: Figure): string[] {
  return caption.flatMap((inline) =>
    inline.type === "label" && inline.id !== undefined ? [inline.id] : [],
  );
}

function withoutAnchors(paragraph: ParagraphNode, names: readonly string[]): ParagraphNode {
  const runs = paragraph.runs.map(({ anchor, ...run }): Run => {
    return anchor === undefined || names.includes(anchor) ? run : { ...run, anchor };
  });
  return { ...paragraph, runs };
}

function defineImage(
  { image, width, height, column }: PlacedImage,
  anchors: readonly string[],
  figure: StructureNode,
  whole: Figure,
  context: FigureContext,
): ImageColumn {
  const { caption, span } = image;
  const around: StructureNode = caption?.length ? { type: "Div", parent: figure } : figure;
  const base = context.look("caption");
  const structure: StructureNode | Artifact =
    image.alt === ""
      ? { type: "Artifact", kind: "Layout" }
      : { type: "Figure", parent: around, alt: altOf(image, whole) };
  const run: Run = {
    text: BOX_TEXT,
    box: imageBox(image.image, width, height),
    style: { ...base, structure },
    ...(span && { span }),
  };
  const drawn: ParagraphNode = {
    text: "",
    runs: [run],
    base,
    align: context.template.captions.form === "apa" ? "left" : "center",
    isHyphenated: false,
    leading: { lines: 1 },
    left: 0,
    right: 0,
    indent: 0,
    before: captionSpace,
    after: captionSpace,
    keepWithNext: false,
    beginsPage: false,
    anchors,
    structure: around,
  };
  if (!caption?.length) return { width: column, paragraphs: [drawn] };
  const align = captionAlign(caption, "caption", column, context.template);
  const own: Own = { before: captionSpace, after: captionSpace, align, inColumn: true };
  const below = context.paragraph(caption, "caption", own, "Caption", around, span);
  return { width: column, paragraphs: [drawn, below] };
}

/** An image without a description is called by its caption, or by its file. */
function altOf({ alt, caption, image }: Figure["images"][number], figure: Figure): string {
  if (alt !== undefined) return alt;
  return toText(caption ?? []).trim() || toText(figure.caption).trim() || image.name;
}

const flowing = new WeakMap<FigureNode, readonly ParagraphNode[]>();

/** Returns the paragraphs of a figure in the order of reading, as they stand where it has no room as a whole. */
export function figureParagraphs(node: FigureNode): readonly ParagraphNode[] {
  const known = flowing.get(node);
  if (known) return known;
  const { above, imageRows, below, before, after, beginsPage } = node;
  const all = [...above, ...imageRows.flat().flatMap(({ paragraphs }) => paragraphs), ...below];
  const paragraphs = all.map((paragraph, index) => ({
    ...paragraph,
    ...(index === 0 && { before, beginsPage }),
    ...(index === all.length - 1 && { after }),
    // Captions that fill pages are divided as text is; images stay with what is below them.
    ...(paragraph.runs[0]?.box && index < all.length - 1 && { keepWithNext: true }),
    ...(node.isLandscape && { isLandscape: true }),
  }));
  flowing.set(node, paragraphs);
  return paragraphs;
}
