// What gets a number or an identifier of its own while a document is written.
// All are counted from 1 in reading order, so that the same document gives the
// same file however often the process has written one before.

import {
  AlignmentType,
  type ILevelsOptions,
  LevelFormat,
  LevelSuffix,
  type XmlComponent,
} from "docx";
import type { Document, List, Section, Table } from "../../document.js";
import { listIndent, listMarks, type Template } from "../../template.js";
import type { TableLook } from "../table-look.js";
import type { Anchors } from "./anchors.js";
import { type Comments, noComments } from "./comments.js";
import { appendixSections, type HeadingLists, headingLists } from "./heading-numbering.js";
import type { LiveFields } from "./live.js";
import { Media } from "./media.js";
import { twips } from "./page.js";

/** The parts of a package that text stands in, by the name of their file. */
export type Story = "document" | "footnotes";

/** The counters and collections of one document as it is written. */
export interface Registry {
  readonly template: Template;
  /** The document's language, a BCP 47 tag. */
  readonly lang: string;
  readonly anchors: Anchors;
  /** What of the headings is numbered, and those that stand in appendices. */
  readonly headings: HeadingLists;
  readonly appendices: ReadonlySet<Section>;
  /** The printed page of each section, by its id. */
  readonly labels: ReadonlyMap<string, string>;
  /** The paragraphs of each footnote, in order. */
  readonly notes: (readonly XmlComponent[])[];
  /** The relationship id of each address that a story links to. */
  readonly links: Readonly<Record<Story, Map<string, string>>>;
  /** The numbering definitions, by docx's reference to them. */
  readonly numberings: Map<string, readonly ILevelsOptions[]>;
  /** How citations become fields; absent where they are plain text. */
  readonly live?: LiveFields;
  /** The comments on what is written. */
  readonly comments: Comments;
  /** The last number of each sequence, as Word counts it. */
  readonly sequences: Map<string, number>;
  /** What the layout has found out of tables. */
  readonly tables: ReadonlyMap<Table, TableLook>;
  /** The images of the package. */
  readonly media: Media;
  /** The sizes of letters in tables that have been made smaller. */
  readonly smallTables: Set<number>;
  /** The bookmarks around ranges of the index that are still open, by the mark's id. */
  readonly openBookmarks: Map<string, number>;
  bookmarks: number;
  citations: number;
  lists: number;
}

/** Returns a registry with nothing in it. */
export function createRegistry(
  document: Document,
  template: Template,
  anchors: Anchors,
  labels: ReadonlyMap<string, string>,
  live?: LiveFields,
  tables: ReadonlyMap<Table, TableLook> = new Map(),
  media: Media = new Media(),
  comments: Comments = noComments,
): Registry {
  return {
    comments,
    ...(live && { live }),
    template,
    lang: document.metadata.lang,
    anchors,
    headings: headingLists(document, template),
    appendices: appendixSections(document),
    labels,
    notes: [],
    links: { document: new Map(), footnotes: new Map() },
    numberings: new Map(),
    sequences: new Map(),
    tables,
    media,
    smallTables: new Set(),
    openBookmarks: new Map(),
    bookmarks: 0,
    citations: 0,
    lists: 0,
  };
}

/** Returns the relationship id of an address, the same for the same address in one story. */
export function linkTo(registry: Registry, story: Story, url: string): string {
  const links = registry.links[story];
  const id = links.get(url) ?? `rIdLink${links.size + 1}`;
  links.set(url, id);
  return id;
}

/** Word's numbering has nine levels (ECMA-376-1, 17.9.3); deeper lists take the ninth. */
export const deepestList = 8;

/**
 * Returns docx's reference to the numbering of a list at a depth (from 0).
 *
 * Lists that look alike share a definition, and each is an instance of its own
 * that starts again. docx writes `{reference-instance}` into the XML and puts
 * the number in its place afterwards, in the author's text too; U+FFFE, which
 * `xmlSafe` lets no text have, keeps the two apart.
 */
export function listNumbering(
  registry: Registry,
  { start }: List,
  depth: number,
): { readonly reference: string; readonly instance: number } {
  const reference = start === undefined ? "bullets\ufffe" : `numbers\ufffe${depth}\ufffe${start}`;
  if (!registry.numberings.has(reference)) {
    const { left } = registry.template.styles.list;
    registry.numberings.set(
      reference,
      Array.from({ length: deepestList + 1 }, (_, level) => {
        const { bullet, number } = listMarks(level);
        return {
          level,
          format: start === undefined ? LevelFormat.BULLET : numberFormats[number],
          text: start === undefined ? bullet : `%${level + 1}.`,
          alignment: AlignmentType.LEFT,
          suffix: LevelSuffix.TAB,
          start: level === depth ? (start ?? 1) : 1,
          style: {
            paragraph: {
              indent: {
                left: twips(left + listIndent * (level + 1)),
                hanging: twips(listIndent),
              },
            },
          },
        };
      }),
    );
  }
  return { reference, instance: ++registry.lists };
}

const numberFormats = {
  decimal: LevelFormat.DECIMAL,
  "lower-alpha": LevelFormat.LOWER_LETTER,
  "lower-roman": LevelFormat.LOWER_ROMAN,
} as const;
