// Random documents and templates for laws that hold of all pages.

import fc from "fast-check";
import {
  type Block,
  type Document,
  type Figure,
  type FigureImage,
  type Inline,
  mapContent,
  type Note,
  type Table,
  type TableCell,
} from "../../src/document.js";
import type { Formula, FormulaBreak, FormulaShape } from "../../src/formula.js";
import type { Template } from "../../src/template.js";
import { documentOf, paragraph, section } from "../docx/tree.js";
import { sampleTemplate } from "../sample-template.js";

const vocabulary =
  "a of the and policy state Russia Kazakhstan alliance post-Soviet relationship 2005–2015 multi-vector “cooperation” sanctions/counter-sanctions it’s Eurasian (see p. 12) uneasy; however, internationalisation".split(
    " ",
  );

/** Some words; few of them often, so that shrinking ends soon. */
function words(least: number, most: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: least, max: most }), fc.nat(1000))
    .map(([count, seed]) =>
      Array.from(
        { length: count },
        (_, index) => vocabulary[(seed + index * 7 + ((seed * index) % 11)) % vocabulary.length],
      ).join(" "),
    );
}

// A row of a note holds some fourteen words: most notes are short, some have sixty rows.
const noteWords = fc.oneof(
  { weight: 12, arbitrary: words(1, 40) },
  { weight: 2, arbitrary: words(40, 200) },
  { weight: 1, arbitrary: words(200, 850) },
);

const note: fc.Arbitrary<Note> = fc
  .tuple(
    noteWords,
    fc.option(words(1, 60), { freq: 8 }),
    fc.constantFrom<Block["type"]>("paragraph", "blockquote", "list"),
  )
  .map(([first, second, type]) => ({
    type: "note",
    number: 0,
    children: [
      paragraph(first),
      ...(second === null
        ? []
        : type === "blockquote"
          ? [{ type, children: [paragraph(second)] }]
          : type === "list"
            ? [{ type, start: 1, tight: true, items: [[paragraph(second)]] }]
            : [paragraph(second)]),
    ],
  }));

/** Formulas as wide as a letter or wider than a line, which may end at some of their signs. */
const formula: fc.Arbitrary<Formula> = fc
  .record({
    parts: fc.array(fc.integer({ min: 3, max: 120 }), { minLength: 1, maxLength: 6 }),
    ascent: fc.integer({ min: 3, max: 25 }),
    descent: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ parts, ascent, descent }) => {
    const shapes: FormulaShape[] = [];
    const breaks: FormulaBreak[] = [];
    let width = 0;
    for (const [shape, part] of parts.entries()) {
      if (shape) breaks.push({ shape, end: width, start: width + 0.28, atom: "REL" });
      if (shape) width += 0.28;
      shapes.push({ type: "path", path: "M0 0L1 1Z", matrix: [1, 0, 0, 1, width, 0] });
      width += part / 10;
    }
    const drawing = { width, ascent: ascent / 10, descent: descent / 10, shapes, breaks };
    const math = { name: "math", children: [], attributes: {} };
    return { math, isEmpty: false, draw: () => drawing };
  });

/** Running text of so many words at most, in which notes are more or less dense. */
function text(most: number, density: number): fc.Arbitrary<Inline[]> {
  const set = fc.option(formula, { freq: 9 });
  const piece = fc.tuple(words(1, Math.min(most, 60)), fc.nat(99), note, set);
  return fc
    .array(piece, { minLength: 1, maxLength: Math.max(1, Math.ceil(most / 40)) })
    .map((pieces) =>
      pieces.flatMap(([value, chance, found, formula]): Inline[] => [
        { type: "text", value: `${value}.` },
        ...(chance % 10 === 9 && formula
          ? [{ type: "inlineEquation" as const, value: "x", formula }]
          : []),
        ...(chance < density ? [found] : []),
        { type: "text", value: " " },
      ]),
    );
}

function block(density: number, depth = 0): fc.Arbitrary<Block> {
  const plain = text(250, density).map((children) => paragraph(children));
  const short = text(30, density).map((children) => paragraph(children));
  if (depth > 2) return short;
  const nested = fc.array(block(density, depth + 1), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 10, arbitrary: plain },
    { weight: 6, arbitrary: short },
    {
      weight: 2,
      arbitrary: nested.map((children): Block => ({ type: "blockquote", children })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.array(nested, { minLength: 1, maxLength: 4 }), fc.option(fc.nat(12)))
        .map(
          ([items, start]): Block => ({
            type: "list",
            tight: true,
            ...(start !== null && { start }),
            items,
          }),
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(words(0, 30), { minLength: 1, maxLength: 12 })
        .map((lines): Block => ({ type: "codeBlock", value: lines.join("\n") })),
    },
    { weight: 1, arbitrary: fc.constant<Block>({ type: "thematicBreak" }) },
    {
      weight: 1,
      arbitrary: fc.array(text(12, density), { minLength: 1, maxLength: 40 }).map(
        (lines): Block => ({
          type: "blockquote",
          kind: "verse",
          children: lines.map((line, index) =>
            paragraph(line, {
              style: "verse",
              ...(index % 4 === 0 && index > 0 && { before: 12 }),
            }),
          ),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(formula, fc.option(fc.integer({ min: 1, max: 999 }))).map(
        ([formula, number]): Block => ({
          type: "equation",
          value: "x",
          formula,
          ...(number !== null && {
            id: `eq:${number}`,
            label: {
              type: "label",
              kind: "equation",
              number: String(number),
              children: [{ type: "text", value: `(${number})` }],
            },
          }),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(
          fc.record({
            term: text(4, density / 4),
            definitions: fc.array(nested, { minLength: 1, maxLength: 2 }),
          }),
          {
            minLength: 1,
            maxLength: 4,
          },
        )
        .map((items): Block => ({ type: "definitionList", items })),
    },
    ...(depth
      ? []
      : [
          { weight: 3, arbitrary: table(density) },
          {
            weight: 1,
            arbitrary: fc
              .array(fc.oneof(table(density), short), { minLength: 1, maxLength: 3 })
              .map((children): Block => ({ type: "division", landscape: true, children })),
          },
        ]),
    { weight: 2, arbitrary: figure(density / 4) },
  );
}

/** The text of a cell: mostly some words, seldom more than a page. */
function cell(density: number): fc.Arbitrary<TableCell> {
  const content = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Inline[]>([]) },
    { weight: 20, arbitrary: text(6, density / 4) },
    { weight: 10, arbitrary: text(40, density / 2) },
    { weight: 1, arbitrary: text(900, density / 10) },
  );
  const span = (most: number) =>
    fc.oneof(
      { weight: 12, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.integer({ min: 2, max: most }) },
    );
  return fc.record({
    children: fc
      .array(content, { minLength: 1, maxLength: 2 })
      .map((all) => all.filter((one) => one.length).map((children) => paragraph(children))),
    columns: span(3),
    rows: span(5),
    isHeader: fc.boolean(),
  });
}

function table(density: number): fc.Arbitrary<Table> {
  return fc.integer({ min: 1, max: 6 }).chain((count) => {
    // Ragged rows and cells that span too much are among them.
    const row = fc.record({
      cells: fc.array(cell(density), { minLength: 1, maxLength: count + 1 }),
    });
    const column = fc.record(
      {
        align: fc.constantFrom("left" as const, "right" as const, "center" as const),
        width: fc.double({ min: 0.02, max: 0.5, noNaN: true }),
      },
      { requiredKeys: ["align"] },
    );
    return fc.record({
      type: fc.constant("table" as const),
      columns: fc.array(column, { minLength: count, maxLength: count }),
      header: fc.array(
        fc.record({
          cells: fc.array(
            text(4, density / 4).map(
              (children): TableCell => ({
                children: [paragraph(children)],
                columns: 1,
                rows: 1,
              }),
            ),
            { minLength: 1, maxLength: count },
          ),
        }),
        { maxLength: 2 },
      ),
      rows: fc.array(row, { minLength: 1, maxLength: 25 }),
      caption: fc.oneof(fc.constant<Inline[]>([]), text(12, density / 2)),
      notes: fc.array(
        text(40, density / 4).map((children) => paragraph(children)),
        { maxLength: 2 },
      ),
    });
  });
}

/** Figures of one image or several, with the widths that authors give or without. */
function figure(density: number): fc.Arbitrary<Figure> {
  const image = fc
    .record({
      width: fc.integer({ min: 20, max: 900 }),
      height: fc.integer({ min: 20, max: 900 }),
      share: fc.option(fc.double({ min: 0.1, max: 1, noNaN: true })),
      caption: fc.option(text(12, density)),
    })
    .map(({ width, height, share, caption }): FigureImage => {
      const bytes = new Uint8Array();
      return {
        image: { name: `${width} × ${height}`, format: "png", bytes, width, height },
        alt: "An image",
        ...(share !== null && { width: { share } }),
        ...(caption !== null && { caption }),
      };
    });
  return fc
    .record({
      images: fc.array(image, { minLength: 1, maxLength: 4 }),
      caption: fc.oneof(fc.constant<Inline[]>([]), text(60, density)),
      source: fc.option(text(12, density)),
    })
    .map(({ source, ...rest }) => ({ type: "figure", ...rest, ...(source && { source }) }));
}

/** How long documents are: how many blocks a section has, and how deep sections go. */
interface Length {
  readonly chapters: number;
  readonly blocks: number;
  readonly depth: number;
}

function chapter(density: number, length: Length, depth = 1): fc.Arbitrary<Block> {
  return fc
    .tuple(
      text(24, density / 5),
      fc.array(block(density), { maxLength: length.blocks }),
      depth < length.depth
        ? fc.array(chapter(density, length, depth + 1), { maxLength: 2 })
        : fc.constant<Block[]>([]),
    )
    .map(([title, blocks, sections]) => section("", title, [...blocks, ...sections]));
}

/** Documents of a few to a hundred pages. */
export const randomDocument = documents({ chapters: 3, blocks: 8, depth: 4 });

/** Documents of a few pages, which are laid out soon. */
export const shortDocument = documents({ chapters: 2, blocks: 4, depth: 2 });

function documents(length: Length): fc.Arbitrary<Document> {
  return fc
    .constantFrom(0, 10, 30, 60)
    .chain((density) =>
      fc.array(chapter(density, length), { minLength: 1, maxLength: length.chapters }),
    )
    .map((chapters) => {
      let notes = 0;
      let sections = 0;
      const inline = (node: Inline): Inline =>
        node.type === "note" ? { ...node, number: ++notes } : node;
      const visit = (node: Block): Block =>
        mapContent(node.type === "section" ? { ...node, id: `sec-${++sections}` } : node, {
          inlines: (nodes) => nodes.map(inline),
          blocks: (nodes) => nodes.map(visit),
        });
      return documentOf([{ role: "body", children: chapters.map(visit) }]);
    });
}

/** Templates with other pages, sizes, leadings, indents and spaces. */
export const randomTemplate: fc.Arbitrary<Template> = fc
  .record({
    paper: fc.constantFrom<readonly [width: number, height: number]>(
      [595.28, 841.89],
      [612, 792],
      [420, 595],
      [500, 500],
    ),
    left: fc.integer({ min: 30, max: 90 }),
    bottom: fc.integer({ min: 30, max: 90 }),
    size: fc.integer({ min: 9, max: 13 }),
    leading: fc.constantFrom(
      { lines: 1 },
      { lines: 1.15 },
      { lines: 1.5 },
      { lines: 2 },
      { points: 20 },
    ),
    align: fc.constantFrom("left" as const, "justify" as const),
    hyphenate: fc.boolean(),
    before: fc.integer({ min: 0, max: 24 }),
    after: fc.integer({ min: 0, max: 12 }),
    noteAfter: fc.constantFrom(0, 0, 6),
    chaptersOnNewPage: fc.boolean(),
    chaptersOn: fc.constantFrom("any" as const, "any" as const, "right" as const),
    facing: fc.boolean(),
    lineGrid: fc.boolean(),
    figurePlacement: fc.constantFrom("float" as const, "float" as const, "in-place" as const),
  })
  .map(
    ({
      paper,
      left,
      bottom,
      size,
      leading,
      align,
      hyphenate,
      before,
      after,
      noteAfter,
      chaptersOnNewPage,
      chaptersOn,
      facing,
      lineGrid,
      figurePlacement,
    }) => {
      const { styles, page } = sampleTemplate;
      const [width, height] = paper;
      return {
        ...sampleTemplate,
        page: { ...page, width, height, margins: { ...page.margins, left, bottom }, facing },
        chaptersOnNewPage,
        chaptersOn,
        lineGrid,
        figurePlacement,
        hyphenate,
        styles: {
          ...styles,
          body: { ...styles.body, size, leading, align, after },
          list: { ...styles.list, leading, align },
          quotation: { ...styles.quotation, align },
          note: { ...styles.note, size: size - 2, align, after: noteAfter },
          "heading-1": { ...styles["heading-1"], before },
          "heading-2": { ...styles["heading-2"], before },
        },
      };
    },
  );
