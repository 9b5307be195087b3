// Types for the classes inside pdfmake 0.3 and pdfkit that the layout extends.
// Only what is used is declared; tests/pdf/internals.test.ts checks that it exists.

/** A page as the layout fills it: items in the order in which they are drawn. */
export interface Page {
  readonly items: PageItem[];
  readonly pageSize: { readonly width: number; readonly height: number };
  readonly pageMargins: Sides;
}

export interface PageItem {
  readonly type: string;
  readonly item: unknown;
}

export interface Sides {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A node of pdfmake's document definition. */
export interface Node {
  readonly text?: string;
  readonly stack?: readonly Node[];
  readonly section?: Node;
  readonly pageMargins?: Sides;
  positions?: unknown[];
}

/** Where the next element goes. */
export declare class DocumentContext {
  readonly pages: Page[];
  page: number;
  x: number;
  y: number;
  availableWidth: number;
  availableHeight: number;
  addPage(size: Page["pageSize"], margins?: Sides | null, properties?: object): Page;
  addMargin(left: number, right: number): void;
  moveDown(offset: number): boolean;
  getCurrentPage(): Page | null;
}

/** One line of text; its height and width are what containers ask for. */
export declare class Line {
  constructor(maxWidth: number);
  x?: number;
  y?: number;
  getHeight(): number;
  getWidth(): number;
  getAscenderHeight(): number;
  clone(): Line;
}

/** Adds elements to pages. */
export declare class PageElementWriter {
  constructor(context: DocumentContext);
  context(): DocumentContext;
  addLine(line: Line, keepPosition?: boolean, index?: number): unknown;
  addPage(size: Page["pageSize"], orientation: string | null, margins: Sides): void;
  moveToNextPage(orientation?: string): void;
}

/** Walks the document definition and places its nodes on pages. */
export declare class LayoutBuilder {
  constructor(pageSize: Page["pageSize"], pageMargins: Sides, svgMeasure: unknown);
  readonly pageSize: Page["pageSize"];
  readonly pageMargins: Sides;
  writer: PageElementWriter;
  linearNodeList: Node[];
  processNode(node: Node): void;
  processSection(node: Node): void;
  processVerticalContainer(node: Node): void;
}

/** Draws placed items with pdfkit. */
export declare class Renderer {
  constructor(pdf: PDFDocument);
  readonly pdfDocument: PDFDocument;
  renderPages(pages: readonly Page[]): void;
  renderVector(vector: unknown): void;
}

/** A reference to an object of the PDF file; as a string it is the number, as other objects have it. */
export interface Reference {
  readonly id: number;
  data: Record<string, unknown>;
  /** The contents of its stream; empty where it has none. */
  buffer: readonly Uint8Array[];
  /** Whether these are to be compressed. */
  readonly compress: boolean;
  write(chunk: Uint8Array): void;
  end(chunk?: Uint8Array): void;
  /** Writes the object to its document. */
  finalize(): void;
  toString(): string;
}

/** One bookmark of the outline. */
export interface Outline {
  addItem(title: string, options: { expanded?: boolean; top?: number; left?: number }): Outline;
}

/** A name tree; its keys are sorted when it is written. */
export interface NameTree {
  _items: Record<string, unknown>;
  limits: boolean;
  _compareKeys(a: string, b: string): number;
}

/** A glyph of fontkit; widths are in font units. */
export interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: number[];
}

/** A run of glyphs that fontkit has shaped; positions are in font units. */
export interface GlyphRun {
  readonly glyphs: Glyph[];
  readonly positions: {
    readonly xAdvance: number;
    readonly xOffset: number;
    readonly yOffset: number;
  }[];
}

/** The coverage table of an OpenType lookup (OpenType 1.9, Common Table Formats). */
export type Coverage =
  | { readonly version: 1; readonly glyphs: readonly number[] }
  | {
      readonly version: 2;
      readonly rangeRecords: readonly {
        readonly start: number;
        readonly end: number;
        readonly startCoverageIndex: number;
      }[];
    };

/** fontkit decodes long tables only where they are asked for. */
export interface LazyArray<Item> {
  get(index: number): Item;
  readonly length: number;
}

export interface ValueRecord {
  readonly xAdvance?: number;
}

/** Which glyphs are in which class (OpenType 1.9, Common Table Formats). */
export type ClassDefinition =
  | {
      readonly version: 1;
      readonly startGlyph: number;
      readonly classValueArray: readonly number[];
    }
  | {
      readonly version: 2;
      readonly classRangeRecord: readonly {
        readonly start: number;
        readonly end: number;
        readonly class: number;
      }[];
    };

/**
 * A table of a lookup. Pair adjustment (GPOS lookup type 2) goes in version 1 by
 * glyphs, in version 2 by their classes. An extension holds another table.
 */
export interface LookupTable {
  readonly version: number;
  readonly coverage?: Coverage;
  readonly inputCoverage?: readonly Coverage[];
  readonly backtrackCoverage?: readonly Coverage[];
  readonly lookaheadCoverage?: readonly Coverage[];
  readonly coverages?: readonly Coverage[];
  readonly pairSets?: LazyArray<
    readonly { readonly secondGlyph: number; readonly value1: ValueRecord | null }[]
  >;
  /** Of a single substitution: what is added to each glyph's number, or the other glyphs. */
  readonly deltaGlyphID?: number;
  readonly substitute?: LazyArray<number>;
  /** Of a substitution by ligatures: what follows the covered glyph, and what they become. */
  readonly ligatureSets?: LazyArray<readonly { readonly components: readonly number[] }[]>;
  readonly classDef1?: ClassDefinition;
  readonly classDef2?: ClassDefinition;
  readonly classRecords?: LazyArray<LazyArray<{ readonly value1: ValueRecord | null }>>;
  readonly lookupType?: number;
  readonly extension?: LookupTable;
}

export interface LayoutTable {
  readonly scriptList?: readonly {
    readonly tag: string;
    readonly script: {
      readonly defaultLangSys: { readonly featureIndexes: readonly number[] } | null;
    };
  }[];
  readonly featureList: readonly {
    readonly tag: string;
    readonly feature: { readonly lookupListIndexes: readonly number[] };
  }[];
  readonly lookupList: LazyArray<{
    readonly lookupType: number;
    readonly subTables: readonly LookupTable[];
  }>;
}

/** What shapes text in fontkit; it knows the letters of each glyph until it is cleaned up. */
export interface LayoutEngine {
  readonly glyphInfos: readonly { readonly codePoints: readonly number[] }[] | null;
  cleanup(): void;
}

/** A font file that fontkit has opened. */
export interface FontkitFont {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly lineGap: number;
  /** Absent where the font does not say. */
  readonly xHeight?: number;
  readonly GPOS?: LayoutTable;
  readonly GSUB?: LayoutTable;
  /** The table by which fonts without GPOS kern. */
  readonly kern?: unknown;
  createSubset(): FontSubset;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): Glyph;
  getGlyph(id: number, codePoints: number[]): Glyph;
  readonly _layoutEngine: { readonly engine?: LayoutEngine | null };
  layout(
    text: string,
    features?: string[],
    script?: string,
    language?: string,
    direction?: "ltr" | "rtl",
  ): GlyphRun;
}

/** Glyphs of a font as a font of their own; each has its number there. */
export interface FontSubset {
  includeGlyph(id: number): number;
  readonly glyphs: number[];
  encode(): Uint8Array;
}

/** A font of a PDF file, of which only the used glyphs are embedded. */
export interface EmbeddedFont {
  readonly id: string;
  readonly font: FontkitFont;
  readonly subset: FontSubset;
  /** By the number of the glyph in the subset: widths in thousandths of an em. */
  readonly widths: number[];
  /** Thousandths of an em in a unit of the font. */
  readonly scale: number;
  /** By the number of the glyph in the subset: the characters that it stands for. */
  readonly unicode: number[][];
  ref(): Reference;
}

/** What an annotation has besides its place; pdfkit takes a `String` for a text and a string for a name. */
export interface Annotation {
  readonly Contents: InstanceType<typeof String>;
  readonly StructParent: number;
}

/** An image of pdfkit: its size in pixels, and the object that holds it. */
export interface OpenedImage {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly obj: Reference;
}

/** Draws an SVG at a place, in points from the page's top left corner; svg-to-pdfkit, which pdfmake brings. */
export type DrawSvg = (
  pdf: PDFDocument,
  svg: string,
  x: number,
  y: number,
  options: {
    readonly width: number;
    readonly height: number;
    /** Returns the name of a font that pdfkit knows. */
    readonly fontCallback: (families: string, bold: boolean, italic: boolean) => string;
    /** Returns the address of an image that pdfkit has opened. */
    readonly imageCallback: (address: string) => string;
    readonly warningCallback: (message: string) => void;
  },
) => void;

/** pdfkit's document, with what pdfmake adds to it. */
export declare class PDFDocument {
  constructor(
    fonts: object,
    images: object,
    patterns: object,
    attachments: object,
    options: object,
    virtualFiles: null,
    localAccessPolicy: (path: string) => boolean,
  );
  readonly page: {
    readonly dictionary: Reference;
    readonly annotations: Reference[];
    readonly fonts: Record<string, Reference>;
    readonly xobjects: Record<string, Reference>;
    readonly width: number;
    readonly height: number;
  };
  readonly outline: Outline;
  readonly _root: Reference;
  readonly _info: Reference;
  readonly _id: Uint8Array;
  /** Where each object stands in the file, by its number less 1; null while it is not written. */
  readonly _offsets: (number | null)[];
  /** How long the file is so far. */
  readonly _offset: number;
  readonly _font: EmbeddedFont;
  /** Fonts that it has opened, by the names by which it finds them again. */
  readonly _fontFamilies: Record<string, EmbeddedFont>;
  /** Images that it has opened, by their addresses. */
  readonly _imageRegistry: Record<string, OpenedImage>;
  info: Record<string, unknown>;
  font(source: Uint8Array): this;
  addPage(options: { size: readonly [number, number]; margin: number }): this;
  addContent(operators: string): this;
  /** Saves and restores the state of the graphics. */
  save(): this;
  restore(): this;
  /** Multiplies the matrix by which all that follows is placed. */
  transform(a: number, b: number, c: number, d: number, e: number, f: number): this;
  addNamedDestination(name: string, fit: "XYZ", left: null, top: number, zoom: null): void;
  note(
    x: number,
    y: number,
    w: number,
    h: number,
    contents: string,
    options: Omit<Annotation, "Contents"> & {
      readonly T: InstanceType<typeof String>;
      readonly F: number;
    },
  ): this;
  getStructTreeRoot(): Reference;
  ref(data?: object): Reference;
  appendXML(xml: string): void;
  _addInfo(): void;
  _finalize(): void;
  _refEnd(reference: Reference): void;
  _write(data: string | Uint8Array): void;
  push(chunk: null): void;
  destroy(error: Error): void;
  on(event: "data", listener: (chunk: Uint8Array) => void): this;
  on(event: "end", listener: () => void): this;
  on(event: "error", listener: (error: Error) => void): this;
  end(): void;
}
