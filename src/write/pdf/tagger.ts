// The structure of a document in its PDF: what is a heading, a paragraph, a
// note, in reading order, whatever pages they fall on (ISO 32000-1, 14.7 and
// 14.8; ISO 14289-1). Elements are made when something of them is first drawn,
// so that none is empty.

import type { PackedDocument } from "./packed-document.js";
import type { Reference } from "./pdfmake.js";
import { decimal } from "./shaper.js";

/**
 * A place in the structure of a document. Types that are not of ISO 32000-1
 * stand in the role map: `Title` is of PDF 2.0, and headings go as deep as the
 * sections.
 */
export interface StructureNode {
  readonly type:
    | "Part"
    | "Sect"
    | "Div"
    | "Span"
    | "Title"
    | "Subtitle"
    | `H${number}`
    | "P"
    | "BlockQuote"
    | "L"
    | "LI"
    | "Lbl"
    | "LBody"
    | "Code"
    | "TOC"
    | "TOCI"
    | "Note"
    | "BibEntry"
    | "Index"
    | "Figure"
    | "Formula"
    | "Table"
    | "Caption"
    | "THead"
    | "TBody"
    | "TR"
    | "TH"
    | "TD";
  /** What it is in; absent where that is the document. */
  readonly parent?: StructureNode;
  /** Its language, a BCP 47 tag, where that is not the one around it (14.9.2). */
  readonly lang?: string;
  /** How the items of a list are labelled (ISO 32000-1, table 347). */
  readonly numbering?: "None" | "Disc" | "Decimal" | "LowerAlpha" | "LowerRoman";
  /** What a header cell heads, and how many columns and rows a cell covers (table 349). */
  readonly scope?: "Column" | "Row";
  readonly columns?: number;
  readonly rows?: number;
  /** What is said of a figure or formula to those who do not see it (14.9.3). */
  readonly alt?: string;
}

/** What is no part of the text: heads and feet, rules, leaders (ISO 32000-1, 14.8.2.2). */
export interface Artifact {
  readonly type: "Artifact";
  readonly kind: "Layout" | "Header" | "Footer" | "LineNumber" | "Repetition";
}

/** An element of the structure tree, in the making. */
export interface StructureElement {
  readonly type: string;
  readonly reference: Reference;
  readonly parent: StructureElement | undefined;
  readonly numbering?: StructureNode["numbering"];
  readonly lang?: string;
  /** Unique in the document; notes must have one (ISO 14289-1, 7.9). */
  readonly id?: string;
  readonly alt?: string;
  /** The attributes of a cell of a table. */
  readonly cell?: string;
  /** Around all that is drawn of it on one page: left, bottom, right, top (table 344). */
  bounds?: Bounds;
  /** The page on which that is. */
  boundsPage?: Reference;
  readonly children: Child[];
  /** The link that its last letters belong to. */
  link: { readonly target: string; readonly element: StructureElement } | undefined;
}

type Bounds = readonly [left: number, bottom: number, right: number, top: number];

type Child =
  | StructureElement
  | { readonly page: Reference; readonly mark: number }
  | { readonly page: Reference; readonly annotation: Reference };

/** The types that are not of ISO 32000-1, and what they are there. */
const roles: Readonly<Record<string, string>> = { Title: "P", Subtitle: "P" };
const DEEPEST_HEADING = 6;

/** The types of artifacts; those of heads and feet are made out closer (table 330). */
const artifactTypes: Readonly<Record<Artifact["kind"], string>> = {
  Layout: "/Layout",
  Header: "/Pagination/Subtype/Header",
  Footer: "/Pagination/Subtype/Footer",
  LineNumber: "/Layout",
  Repetition: "/Pagination",
};

/** Numbers of a tree that stand in one object. */
const ENTRIES_PER_LEAF = 100;

/** Builds the structure tree of a file while its pages are drawn. */
export class Tagger {
  readonly #pdf: PackedDocument;
  readonly #root: StructureElement;
  readonly #elements = new Map<StructureNode, StructureElement>();
  readonly #all: StructureElement[] = [];
  readonly #roles = new Set<string>();
  /** By the keys that pages and annotations have: the elements of a page's marks, or that of an annotation. */
  readonly #parents: (StructureElement | StructureElement[])[] = [];
  #notes = 0;
  #page!: Reference;
  #marks: StructureElement[] = [];
  /** What the letters that are drawn now belong to. */
  #open: StructureElement | Artifact | undefined;

  constructor(pdf: PackedDocument) {
    this.#pdf = pdf;
    this.#root = this.#add("Document", undefined);
  }

  /** Begins the page that pdfkit has just added. */
  beginPage(): void {
    const { dictionary } = this.#pdf.page;
    this.#page = dictionary;
    this.#marks = [];
    dictionary.data.StructParents = this.#parents.push(this.#marks) - 1;
  }

  /**
   * Returns the element that letters belong to. Those with a link are in an
   * element of its own, which goes on until letters without it, over lines and
   * pages.
   */
  elementOf(node: StructureNode, link: string | undefined): StructureElement {
    const element = this.#element(node);
    if (link === undefined) {
      element.link = undefined;
      return element;
    }
    if (element.link?.target !== link) {
      // What leads to another place of the document is a reference, but for the way back from it.
      const isReference = link.startsWith("#") && node.type !== "Lbl";
      const around = isReference ? this.#add("Reference", element) : element;
      element.link = { target: link, element: this.#add("Link", around) };
    }
    return element.link.element;
  }

  /** Returns a new element for an annotation that is no link (ISO 14289-1, 7.18.1). */
  annotationOf(node: StructureNode): StructureElement {
    return this.#add("Annot", this.#element(node));
  }

  /** Makes sure that an element has its place here, though it is drawn elsewhere. */
  place(node: StructureNode): void {
    this.#element(node);
  }

  /** Whether what is drawn now belongs to it. */
  isOpen(content: StructureElement | Artifact): boolean {
    return this.#open === content;
  }

  /**
   * Returns the operators that end what is open and begin something else.
   * `actual` is what is to be read instead of what is drawn, in hexadecimal.
   */
  switchTo(content: StructureElement | Artifact, actual?: string): string[] {
    const operators = this.end();
    this.#open = content;
    if ("kind" in content) {
      const { kind } = content;
      const type = artifactTypes[kind];
      return [...operators, `/Artifact <</Type${type}>> BDC`];
    }
    const mark = this.#marks.push(content) - 1;
    content.children.push({ page: this.#page, mark });
    // Readers look for the text of a `Span` (14.9.4), whatever its element is.
    return actual === undefined
      ? [...operators, `/${content.type} <</MCID ${mark}>> BDC`]
      : [...operators, `/Span <</MCID ${mark}/ActualText<${actual}>>> BDC`];
  }

  /** Returns the operator that ends what is open; nothing stays open at the end of a page. */
  end(): string[] {
    if (!this.#open) return [];
    this.#open = undefined;
    return ["EMC"];
  }

  /** Returns the key by which the next annotation of the page is found. */
  get annotationKey(): number {
    return this.#parents.length;
  }

  /** Adds the annotation that pdfkit has just added to the page, and that has the key. */
  addAnnotation(element: StructureElement): void {
    this.#parents.push(element);
    const annotation = this.#pdf.page.annotations.at(-1)!;
    element.children.push({ page: this.#page, annotation });
  }

  /**
   * Notes what an element encloses, in points from the bottom left corner of the
   * page that is drawn. Of one on several pages the first counts.
   */
  enclose(node: StructureNode, [left, bottom, right, top]: Bounds): void {
    const element = this.#element(node);
    const { bounds } = element;
    element.boundsPage ??= this.#page;
    if (element.boundsPage !== this.#page) return;
    element.bounds = bounds
      ? [
          Math.min(bounds[0], left),
          Math.min(bounds[1], bottom),
          Math.max(bounds[2], right),
          Math.max(bounds[3], top),
        ]
      : [left, bottom, right, top];
  }

  /** Writes the tree, and what leads into it. Nothing may be drawn after that. */
  finish(): void {
    const names: string[] = [];
    for (const element of this.#all) {
      this.#pdf.put(element.reference, dictionaryOf(element, this.#treeRoot));
      if (element.id) names.push(`(${element.id}) ${element.reference}`);
    }
    const numbers = this.#parents.map(
      (of, key) =>
        `${key} ${Array.isArray(of) ? `[${of.map(({ reference }) => reference).join(" ")}]` : of.reference}`,
    );
    const root = this.#treeRoot.data;
    root.K = this.#root.reference;
    root.ParentTree = this.#tree("Nums", numbers);
    root.ParentTreeNextKey = numbers.length;
    if (names.length) root.IDTree = this.#tree("Names", names);
    const used = [...this.#roles].sort().map((type): [string, string] => {
      return [type, roles[type] ?? `H${DEEPEST_HEADING}`];
    });
    if (used.length) root.RoleMap = Object.fromEntries(used);
  }

  get #treeRoot(): Reference {
    return this.#pdf.getStructTreeRoot();
  }

  #element(node: StructureNode): StructureElement {
    let element = this.#elements.get(node);
    if (!element) {
      const parent = node.parent ? this.#element(node.parent) : this.#root;
      element = this.#add(node.type, parent, node);
      this.#elements.set(node, element);
    }
    return element;
  }

  #add(type: string, parent: StructureElement | undefined, node?: StructureNode): StructureElement {
    if (type in roles || Number(/^H(\d+)$/.exec(type)?.[1]) > DEEPEST_HEADING) {
      this.#roles.add(type);
    }
    const element: StructureElement = {
      type,
      reference: this.#pdf.ref(),
      parent,
      ...(node?.numbering && { numbering: node.numbering }),
      ...(node?.lang && { lang: node.lang }),
      ...(node?.alt !== undefined && { alt: node.alt }),
      ...(node && cellAttributes(node)),
      ...(type === "Note" && { id: `note-${String(++this.#notes).padStart(6, "0")}` }),
      children: [],
      link: undefined,
    };
    parent?.children.push(element);
    this.#all.push(element);
    return element;
  }

  /** Writes a number tree or a name tree of entries in order, and returns its root (7.9.6, 7.9.7). */
  #tree(kind: "Nums" | "Names", entries: readonly string[]): Reference {
    const root = this.#pdf.ref();
    const leaves: Reference[] = [];
    for (let from = 0; from < entries.length; from += ENTRIES_PER_LEAF) {
      const own = entries.slice(from, from + ENTRIES_PER_LEAF);
      const [first, last] = [own[0]!, own.at(-1)!].map((entry) => entry.split(" ", 1)[0]);
      const leaf = this.#pdf.ref();
      this.#pdf.put(leaf, `<</Limits[${first} ${last}]/${kind}[${own.join(" ")}]>>`);
      leaves.push(leaf);
    }
    this.#pdf.put(root, leaves.length ? `<</Kids[${leaves.join(" ")}]>>` : `<</${kind}[]>>`);
    return root;
  }
}

function cellAttributes({ scope, columns, rows }: StructureNode): { readonly cell?: string } {
  const cell = [
    scope ? `/Scope/${scope}` : "",
    columns ? `/ColSpan ${columns}` : "",
    rows ? `/RowSpan ${rows}` : "",
  ].join("");
  return cell ? { cell } : {};
}

/** Returns an element in the syntax of PDF (ISO 32000-1, table 323). */
function dictionaryOf(element: StructureElement, root: Reference): string {
  const { type, parent, numbering, id, alt, bounds, cell, lang, children } = element;
  let page: Reference | undefined;
  const kids = children.map((child) => {
    if ("reference" in child) return String(child.reference);
    if ("annotation" in child) {
      return `<</Type/OBJR/Pg ${child.page}/Obj ${child.annotation}>>`;
    }
    page ??= child.page;
    return child.page === page
      ? String(child.mark)
      : `<</Type/MCR/Pg ${child.page}/MCID ${child.mark}>>`;
  });
  return [
    `<</Type/StructElem/S/${type}/P ${parent?.reference ?? root}`,
    page ? `/Pg ${page}` : "",
    id ? `/ID(${id})` : "",
    lang ? `/Lang(${lang})` : "",
    alt === undefined ? "" : `/Alt<${hexadecimal(alt)}>`,
    bounds ? `/A<</O/Layout/BBox[${bounds.map(decimal).join(" ")}]>>` : "",
    cell ? `/A<</O/Table${cell}>>` : "",
    numbering ? `/A<</O/List/ListNumbering/${numbering}>>` : "",
    `/K[${kids.join(" ")}]>>`,
  ].join("");
}

/** Returns a text string (7.9.2.2): as it is where it has common letters alone. */
export function textString(text: string): string {
  return /^[\x20-\x7e]*$/.test(text)
    ? `(${text.replace(/[\\()]/g, "\\$&")})`
    : `<${hexadecimal(text)}>`;
}

/** Returns a text string in hexadecimal, with the mark of its byte order (7.9.2.2). */
export function hexadecimal(text: string): string {
  return Buffer.from(`\ufeff${text}`, "utf16le").swap16().toString("hex");
}
