// Heads and feet of a university's document on our pages: its text at its stops,
// its images in the line or at their places. All of it is an artifact.

import { type Document, fullName, toText } from "../../document.js";
import type {
  HeadBlock,
  HeadImage,
  HeadLook,
  HeadParagraph,
  HeadRun,
  HeadSet,
  ImagePlace,
  PageHead,
  PageHeads,
} from "../../page-heads.js";
import { hasPageField, RULE_SPACE, ruleRoom } from "../../page-heads.js";
import type { HeadKind } from "../../reference-docx.js";
import type { Template } from "../../template.js";
import type { FlowPage } from "./context.js";
import { BOX_TEXT, type CharacterStyle, type ParagraphNode, type Run } from "./definition.js";
import { imageBox } from "./image-box.js";
import { breakParagraph, type TextLine } from "./paragraph.js";
import type { Typesetter } from "./text.js";

/** What fields show on a page. */
export interface PageFields {
  readonly page: string;
  readonly chapter: string;
  readonly section: string;
  readonly chapterNumber: string;
  readonly sectionNumber: string;
}

/** Prints the heads and feet of a university's document on pages of a file. */
export class PageHeadPrinter {
  readonly #heads: PageHeads;
  readonly #document: Document;
  readonly #template: Template;
  readonly #typesetter: Typesetter;
  readonly #pageCount: number;
  readonly #styles = new Map<HeadLook, CharacterStyle>();

  constructor(
    heads: PageHeads,
    document: Document,
    template: Template,
    pageCount: number,
    typesetter: Typesetter,
  ) {
    this.#heads = heads;
    this.#document = document;
    this.#template = template;
    this.#pageCount = pageCount;
    this.#typesetter = typesetter;
  }

  /** Whether pages have a head, or a foot, of the document. */
  has(kind: HeadKind, page: FlowPage): boolean {
    const set = this.#setOf(page);
    return set === this.#heads.cover || set.has(`${kind} default`) || set.has(`${kind} even`);
  }

  /** Whether the document shows the numbers of pages like this one, be it on others. */
  hasNumber(page: FlowPage): boolean {
    return [...this.#setOf(page).values()].some(hasPageField);
  }

  /** Prints the head and the foot of a page. */
  print(page: FlowPage, fields: PageFields): void {
    const set = this.#setOf(page);
    const pages = this.#heads.hasEven && page.number % 2 === 0 ? "even" : "default";
    const isCover = set === this.#heads.cover;
    for (const kind of ["header", "footer"] as const) {
      const head = set.get(`${kind} ${isCover ? "default" : pages}`);
      if (head) this.#printHead(head, kind, page, fields);
    }
  }

  #setOf({ part }: FlowPage): HeadSet {
    const isCover = this.#document.parts[part]?.role === "title-page";
    return isCover ? this.#heads.cover : this.#heads.body;
  }

  #printHead(head: PageHead, kind: HeadKind, page: FlowPage, fields: PageFields): void {
    const { pageSize, pageMargins } = page;
    const { header, footer } = this.#template.page;
    const width = pageSize.width - pageMargins.left - pageMargins.right;
    const setter = new HeadSetter(page, kind, this.#typesetter, (look) => this.#styleOf(look));
    const blocks = head.blocks.map((block) => this.#filled(block, fields));
    const measured = setter.set(blocks, pageMargins.left, 0, width);
    const y = kind === "header" ? header : pageSize.height - footer - measured.height;
    const { images, items } = setter.set(blocks, pageMargins.left, y, width);
    page.items.push(...images, ...items);
  }

  #styleOf(look: HeadLook): CharacterStyle {
    let style = this.#styles.get(look);
    if (!style) {
      style = { ...look };
      this.#styles.set(look, style);
    }
    return style;
  }

  /** Returns a block whose fields are texts. */
  #filled(block: HeadBlock, fields: PageFields): HeadBlock {
    if (block.type === "paragraph") return this.#filledParagraph(block, fields);
    return {
      ...block,
      rows: block.rows.map((row) =>
        row.map((cell) => ({
          ...cell,
          blocks: cell.blocks.map((one) => this.#filledParagraph(one, fields)),
        })),
      ),
    };
  }

  #filledParagraph(block: HeadParagraph, fields: PageFields): HeadParagraph {
    return {
      ...block,
      runs: block.runs.map((run) =>
        run.type === "field"
          ? { type: "text", text: this.#valueOf(run, fields), look: run.look }
          : run,
      ),
    };
  }

  #valueOf({ field, cached }: HeadRun & { type: "field" }, fields: PageFields): string {
    const { title, author, subtitle } = this.#document.metadata;
    switch (field) {
      case "page":
        return fields.page;
      case "pages":
        return String(this.#pageCount);
      case "title":
        return toText(title) || cached;
      case "author":
        return author.map(fullName).join("; ") || cached;
      case "subtitle":
        return subtitle ? toText(subtitle) : cached;
      case "chapter":
        return fields.chapter;
      case "section":
        return fields.section;
      case "chapter-number":
        return fields.chapterNumber;
      case "section-number":
        return fields.sectionNumber;
    }
  }
}

type Item = FlowPage["items"][number];

/** What a head consists of, at its place on a page, and how high it is. */
interface SetHead {
  readonly items: readonly Item[];
  /** Those that stand at places of their own, which text may stand on. */
  readonly images: readonly Item[];
  readonly height: number;
}

/** Text of a line up to the next tab. */
interface Segment {
  /** The tab that it follows; none at the beginning. */
  readonly tab?: HeadRun & { type: "tab" };
  readonly runs: Run[];
}

/** Sets blocks of heads on a page. */
class HeadSetter {
  readonly #page: FlowPage;
  readonly #kind: HeadKind;
  readonly #typesetter: Typesetter;
  readonly #styleOf: (look: HeadLook) => CharacterStyle;

  constructor(
    page: FlowPage,
    kind: HeadKind,
    typesetter: Typesetter,
    styleOf: (look: HeadLook) => CharacterStyle,
  ) {
    this.#page = page;
    this.#kind = kind;
    this.#typesetter = typesetter;
    this.#styleOf = styleOf;
  }

  set(blocks: readonly HeadBlock[], x: number, top: number, width: number): SetHead {
    const items: Item[] = [];
    const images: Item[] = [];
    let y = top;
    let after = 0;
    for (const block of blocks) {
      if (block.type === "table") {
        y += after;
        after = 0;
        for (const row of block.rows) {
          const cells = row.map((cell) =>
            this.set(cell.blocks, x + block.left + cell.x, y, cell.width),
          );
          for (const cell of cells) {
            items.push(...cell.items);
            images.push(...cell.images);
          }
          y += Math.max(0, ...cells.map(({ height }) => height));
        }
        continue;
      }
      // Of the spaces between paragraphs the larger one counts.
      y += Math.max(after, block.before);
      after = block.after;
      for (const run of block.runs) {
        if (run.type === "image" && run.anchor) images.push(this.#anchored(run, run.anchor, y));
      }
      const start = y;
      y += ruleRoom(block.rules.top);
      const lines = this.#lines(block, x, y, width);
      for (const line of lines.lines) items.push({ type: "line", item: line });
      y += lines.height;
      const rule = (at: number, lineWidth: number | undefined) => {
        if (!lineWidth) return;
        const ends = { x1: x + block.left, x2: x + width - block.right };
        const item = { type: "line" as const, ...ends, y1: at, y2: at, lineWidth };
        items.push({ type: "vector", item });
      };
      rule(start + (block.rules.top ?? 0) / 2, block.rules.top);
      rule(y + RULE_SPACE + (block.rules.bottom ?? 0) / 2, block.rules.bottom);
      y += ruleRoom(block.rules.bottom);
    }
    return { items, images, height: y + after - top };
  }

  #lines(
    block: HeadParagraph,
    x: number,
    top: number,
    width: number,
  ): { readonly lines: readonly TextLine[]; readonly height: number } {
    const rows = segmentsOf(block, (run) => this.#runOf(run, block));
    const lines: TextLine[] = [];
    let y = top;
    for (const [index, row] of rows.entries()) {
      const [first] = row;
      if (row.length === 1 && first) {
        const node = this.#node(block, first.runs, index === 0);
        for (const line of breakParagraph(node, width, this.#typesetter)) {
          line.x += x;
          line.y = y;
          y += line.height;
          if (line.pieces.length) lines.push(line);
        }
        continue;
      }
      const set = this.#atStops(block, row, index === 0, width);
      const ascent = Math.max(...set.map((line) => line.ascent));
      for (const line of set) {
        line.x += x;
        line.y = y + ascent - line.ascent;
        if (line.pieces.length) lines.push(line);
      }
      y += Math.max(...set.map((line) => line.height));
    }
    return { lines, height: y - top };
  }

  /** Sets the segments of one line, each at its tab stop (17.3.1.38). */
  #atStops(
    block: HeadParagraph,
    row: readonly Segment[],
    isFirst: boolean,
    width: number,
  ): TextLine[] {
    const plain = { ...block, align: "left", left: 0, right: 0, indent: 0 } as const;
    let pen = block.left + (isFirst ? block.indent : 0);
    return row.map(({ tab, runs }) => {
      const node = this.#node(plain, runs, false);
      const line = breakParagraph(node, Number.MAX_SAFE_INTEGER, this.#typesetter)[0]!;
      const own = line.pieces.length ? line.getWidth() : 0;
      if (tab) {
        const { at, align } = stopBehind(pen, tab, block, width);
        const start = align === "left" ? at : align === "center" ? at - own / 2 : at - own;
        pen = Math.max(pen, start);
      }
      line.x = pen;
      pen += own;
      return line;
    });
  }

  #node(
    { align, left, right, indent, leading, look }: HeadParagraph,
    runs: readonly Run[],
    isFirst: boolean,
  ): ParagraphNode {
    return {
      text: "",
      runs,
      base: this.#styleOf(look),
      align,
      isHyphenated: false,
      leading,
      left,
      right,
      indent: isFirst ? indent : 0,
      before: 0,
      after: 0,
      keepWithNext: false,
      beginsPage: false,
      anchors: [],
      structure: { type: "Artifact", kind: this.#kind === "header" ? "Header" : "Footer" },
    };
  }

  #runOf(run: HeadRun, { look }: HeadParagraph): Run | undefined {
    if (run.type === "text") return { text: run.text, style: this.#styleOf(run.look) };
    if (run.type !== "image" || run.anchor) return undefined;
    const box = imageBox(run.image, run.width, run.height);
    return { text: BOX_TEXT, box, style: this.#styleOf(look) };
  }

  #anchored(image: HeadImage, { x, y }: NonNullable<HeadImage["anchor"]>, top: number): Item {
    const { pageSize, pageMargins } = this.#page;
    const { left, right, bottom } = pageMargins;
    const along = (place: ImagePlace) =>
      place.from === "page" ? [0, pageSize.width] : [left, pageSize.width - right];
    const down = (place: ImagePlace) => {
      if (place.from === "page") return [0, pageSize.height];
      return [place.from === "paragraph" ? top : pageMargins.top, pageSize.height - bottom];
    };
    const at = (place: ImagePlace, [from, to]: readonly number[], size: number) => {
      if (place.at === "center") return (from! + to! - size) / 2;
      if (place.at === "end") return to! - size;
      return from! + (place.at === "start" ? 0 : place.at);
    };
    const look: HeadLook = {
      family: "times",
      size: 10,
      bold: false,
      italic: false,
      capitals: false,
      smallCaps: false,
    };
    const { anchor: _, ...inLine } = image;
    const block = { ...emptyParagraph, look, runs: [inLine] };
    const run = this.#runOf(inLine, block)!;
    const node = this.#node(block, [run], true);
    const line = breakParagraph(node, Number.MAX_SAFE_INTEGER, this.#typesetter)[0]!;
    line.x = at(x, along(x), image.width);
    // The image stands on the base line.
    line.y = at(y, down(y), image.height) + image.height - line.ascent;
    return { type: "line", item: line };
  }
}

const emptyParagraph = {
  type: "paragraph",
  align: "left",
  left: 0,
  right: 0,
  indent: 0,
  before: 0,
  after: 0,
  leading: { lines: 1 },
  stops: [],
  stopDistance: 36,
  rules: {},
} as const;

/** Returns the lines that a paragraph divides itself into, each in segments between its tabs. */
function segmentsOf(
  { runs }: HeadParagraph,
  runOf: (run: HeadRun) => Run | undefined,
): Segment[][] {
  let row: Segment[] = [{ runs: [] }];
  const rows = [row];
  for (const run of runs) {
    if (run.type === "break") {
      row = [{ runs: [] }];
      rows.push(row);
    } else if (run.type === "tab") row.push({ tab: run, runs: [] });
    else {
      const own = runOf(run);
      if (own) row.at(-1)!.runs.push(own);
    }
  }
  return rows;
}

/** Returns the stop that a tab leads to, or the next of those that stand at equal distances. */
function stopBehind(
  pen: number,
  tab: HeadRun & { type: "tab" },
  { stops, stopDistance, left, right }: HeadParagraph,
  width: number,
): HeadParagraph["stops"][number] {
  const end = width - right;
  switch (tab.to) {
    case "left":
      return { at: left, align: "left" };
    case "center":
      return { at: (left + end) / 2, align: "center" };
    case "right":
      return { at: end, align: "right" };
    case undefined: {
      const own = stops.find(({ at }) => at > pen + 0.01);
      return (
        own ?? { at: (Math.floor(pen / stopDistance + 0.001) + 1) * stopDistance, align: "left" }
      );
    }
  }
}
