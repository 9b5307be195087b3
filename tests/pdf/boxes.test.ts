// Boxes in lines: what is no text, but is broken, placed and tagged with it.

import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Leading } from "../../src/template.js";
import { FlowBuilder } from "../../src/write/pdf/builder.js";
import {
  BOX_TEXT,
  define,
  type InlineBox,
  type ParagraphNode,
  type Run,
} from "../../src/write/pdf/definition.js";
import { breakParagraph, type TextLine } from "../../src/write/pdf/paragraph.js";
import { FlowDocument } from "../../src/write/pdf/printer.js";
import { FlowRenderer } from "../../src/write/pdf/renderer.js";
import { paragraphsOf } from "../../src/write/pdf/table-definition.js";
import type { Artifact, StructureNode } from "../../src/write/pdf/tagger.js";
import { Typesetter } from "../../src/write/pdf/text.js";
import { bodyOf, paragraph } from "../docx/tree.js";
import { sampleTemplate } from "../sample-template.js";
import { unpack } from "./unpack.js";

const pdf = new FlowDocument(bodyOf());
const typesetter = new Typesetter((family, bold, italic) => pdf.face(family, bold, italic));

const rectangle = (width: number, ascent: number, descent: number): InlineBox => ({
  width,
  ascent,
  descent,
  draw(file, x, baseLine) {
    file.addContent(`0 0 1 rg ${x} ${baseLine - ascent} ${width} ${ascent + descent} re f`);
  },
});

/** A paragraph of the given words, with the box where there is a `#`. */
function paragraphWith(
  words: string,
  box: InlineBox,
  more: Partial<ParagraphNode> = {},
  structureOf: (paragraph: StructureNode) => StructureNode | Artifact = (parent) => ({
    type: "Formula",
    parent,
    alt: "a > b",
  }),
): ParagraphNode {
  const [part] = define(bodyOf(paragraph([words])), sampleTemplate).stack;
  const node = paragraphsOf(part!.section.stack)[0]!;
  const { style } = node.runs[0]!;
  const structure = structureOf(node.structure as StructureNode);
  const runs = words
    .split("#")
    .flatMap((text, index): Run[] => [
      ...(index ? [{ text: BOX_TEXT, box, style: { ...style, structure } }] : []),
      { text, style },
    ]);
  return { ...node, runs, indent: 0, ...more };
}

function shown({ pieces }: TextLine): string {
  return pieces.map(({ text, box }) => (box ? "#" : text)).join("");
}

describe.each(["left", "justify"] as const)("a box in lines aligned %s", (align) => {
  const linesOf = (words: string, box: InlineBox, width: number) =>
    breakParagraph(paragraphWith(words, box, { align }), width, typesetter);

  test("has its width in the line", () => {
    const [line] = linesOf("of # is", rectangle(50, 8, 0), 400);
    const [of, box, is] = line!.pieces;
    expect(box!.x).toBeCloseTo(of!.x + of!.width);
    expect(is!.text).toBe(" ");
    expect(is!.x).toBeCloseTo(box!.x + 50);
  });

  test("goes to the next line where it has no room, and is never divided", () => {
    expect(linesOf("one two # three", rectangle(80, 8, 0), 100).map(shown)).toEqual([
      "one two ",
      "# ",
      "three",
    ]);
    expect(linesOf("one # two", rectangle(300, 8, 0), 100).map(shown)).toEqual([
      "one ",
      "# ",
      "two",
    ]);
  });

  test("stays with the letters and marks that touch it", () => {
    const words = "aaa (#), bbb #-fold ccc";
    expect(linesOf(words, rectangle(48, 8, 0), 62).map(shown)).toEqual([
      "aaa ",
      "(#), ",
      "bbb ",
      "#-",
      "fold ccc",
    ]);
  });
});

describe("the height of a line with a box", () => {
  const lineOf = (box: InlineBox, leading: Leading) =>
    breakParagraph(paragraphWith("of # is", box, { leading }), 400, typesetter)[0]!;
  const low = rectangle(9, 5, 1);
  const high = rectangle(9, 40, 20);

  test("is that of the text where it is no higher than that", () => {
    for (const leading of [{ lines: 1 }, { lines: 2 }, { points: 14 }]) {
      const [plain] = breakParagraph(paragraphWith("of is", low, { leading }), 400, typesetter);
      expect(lineOf(low, leading)).toMatchObject({ height: plain!.height, ascent: plain!.ascent });
    }
  });

  test("is that of text where it holds boxes alone, as lines of long formulas do", () => {
    const leading = { lines: 2 };
    const lines = breakParagraph(
      paragraphWith("a b #", { ...low, isText: true }, { leading }),
      12,
      typesetter,
    );
    expect(lines.map(shown)).toEqual(["a ", "b ", "#"]);
    expect(new Set(lines.map(({ height }) => height)).size).toBe(1);
  });

  test("grows with it, but for the space between lines", () => {
    expect(lineOf(high, { lines: 1 })).toMatchObject({ height: 60, ascent: 40, slack: 0 });
    expect(lineOf(high, { points: 14 })).toMatchObject({ height: 60, ascent: 40 });
    const text = lineOf(low, { lines: 1 }).height;
    expect(lineOf(high, { lines: 2 }).height).toBeCloseTo(60 + text);
  });
});

describe("a drawn box", () => {
  async function draw(node: ParagraphNode) {
    const file = new FlowDocument(bodyOf());
    const setter = new Typesetter((family, bold, italic) => file.face(family, bold, italic));
    const { page } = sampleTemplate;
    const builder = new FlowBuilder(page, page.margins, setter, new Map());
    const pages = builder.layOut({
      stack: [{ section: { stack: [node] }, part: 0 }],
      places: new Map(),
    });
    const renderer = new FlowRenderer(file, new Map());
    renderer.renderPages(pages);
    const text = unpack(await file.bytes([]));
    const start = text.indexOf("stream\n", text.indexOf("/Filter /FlateDecode")) + 7;
    const content = inflateSync(Buffer.from(text, "latin1").subarray(start)).toString("latin1");
    return { text, content, drawn: renderer.drawn };
  }

  test("is an element of its own, with what is said of it and where it stands", async () => {
    const { text, content, drawn } = await draw(paragraphWith("of # is", rectangle(50, 30, 10)));
    expect(drawn.equations).toBe(1);
    expect(drawn.text).toEqual(["of  is"]);
    expect(content).toMatch(
      /\/P <<\/MCID 0>> BDC[^#]*EMC\n\/Formula <<\/MCID 1>> BDC\nq\n0 0 1 rg .* 50 40 re f\nQ\nEMC\n\/P <<\/MCID 2>> BDC/,
    );
    const [, x, top] = /rg (\S+) (\S+) 50 40 re/.exec(content)!.map(Number);
    const element = /\/S\/Formula.*/.exec(text)![0];
    expect(element).toContain("/Alt<feff00610020003e00200062>");
    const bounds = /BBox\[(.*?)\]/.exec(element)![1]!.split(" ").map(Number);
    const { height } = sampleTemplate.page;
    const expected = [x!, height - top! - 40, x! + 50, height - top!];
    for (const [index, value] of expected.entries()) expect(bounds[index]).toBeCloseTo(value, 2);
  });

  test("is an artifact where nothing is said of it", async () => {
    const ornament = (): Artifact => ({ type: "Artifact", kind: "Layout" });
    const node = paragraphWith("of # is", rectangle(50, 30, 10), {}, ornament);
    const { text, content } = await draw(node);
    expect(text).not.toContain("/S/Formula");
    expect(content).toMatch(/\/Artifact <<\/Type\/Layout>> BDC\nq\n0 0 1 rg/);
  });
});
