// The author's own fonts: named, read, checked, and used by both writers.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { build } from "../../src/commands/build.js";
import { formatDiagnostic } from "../../src/diagnostic.js";
import { loadProject } from "../../src/project.js";
import { readFontFile } from "../../src/read/sfnt.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { bodyOf, paragraph, span } from "../docx/tree.js";
import { readParts } from "../docx/xml-tree.js";
import { unpack } from "../pdf/unpack.js";
import { sampleTemplate } from "../sample-template.js";

const folder = mkdtempSync(join(tmpdir(), "reissue-fonts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fontFile(name: string): Buffer {
  const file = `@expo-google-fonts/${name}`;
  return readFileSync(createRequire(import.meta.url).resolve(file));
}
const regular = fontFile("arimo/400Regular/Arimo_400Regular.ttf");
const italic = fontFile("arimo/400Regular_Italic/Arimo_400Regular_Italic.ttf");

/** Returns a font file with what its maker allows changed (the OS/2 table's fsType). */
function withPermission(file: Buffer, type: number): Buffer {
  const changed = Buffer.from(file);
  const tables = changed.readUInt16BE(4);
  for (let index = 0; index < tables; index++) {
    const at = 12 + 16 * index;
    if (changed.toString("latin1", at, at + 4) !== "OS/2") continue;
    changed.writeUInt16BE(type, changed.readUInt32BE(at + 8) + 8);
  }
  return changed;
}

const files: Readonly<Record<string, Uint8Array>> = {
  "Own.ttf": regular,
  "Own-Italic.ttf": italic,
  "cut-off.ttf": regular.subarray(0, 5000),
  "restricted.ttf": withPermission(regular, 0x0002),
  "whole.ttf": withPermission(regular, 0x0100),
  "editable.ttf": withPermission(regular, 0x0008),
  "font.woff2": Buffer.from("wOF2 and something"),
  "text.ttf": Buffer.from("This is no font at all."),
  "empty.ttf": new Uint8Array(),
};

let copies = 0;
/** Writes a manuscript with the fonts into a folder of its own, and returns its path. */
function manuscriptWith(fields: string, template?: string): string {
  const place = join(folder, String(copies++));
  mkdirSync(join(place, "fonts"), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(place, "fonts", name), bytes);
  }
  writeFileSync(
    join(place, "m.yaml"),
    `title: Fonts\nauthor: A. Author\nlang: en-GB\n${fields}\nsections:\n  - title: One\n    text: Some *words* 漢.\n`,
  );
  if (template !== undefined) {
    const shipped = readFileSync(
      join(import.meta.dirname, "../../templates/dissertation.yaml"),
      "utf8",
    );
    mkdirSync(join(place, "layout"));
    writeFileSync(join(place, "layout/t.yaml"), shipped.replace(/^fonts:.*$/m, template));
  }
  return place;
}

function load(fields: string, template?: string) {
  const cwd = manuscriptWith(fields, template);
  const { project, diagnostics, sources } = loadProject({ manuscript: "m.yaml", cwd });
  return { project, printed: diagnostics.map((found) => formatDiagnostic(found, sources)), cwd };
}

describe("a manuscript names", () => {
  test("its own font with its cuts, and what else it has instead of the template's", () => {
    const { project, printed } = load(
      "fonts:\n  text: { regular: fonts/Own.ttf, italic: fonts/Own-Italic.ttf, bold: fonts/Own.ttf, name: My Font }\n  code: arial",
    );
    expect(printed).toEqual([]);
    const { text, headings, code } = project!.template.fonts;
    expect(text).toMatchObject({ name: "My Font" });
    expect(headings).toBe(text);
    expect(code).toBe("arial");
  });

  test("a file alone, whose name is the font's own; what it lacks is warned of", () => {
    const { project, printed } = load("fonts: { text: fonts/Own.ttf }");
    expect(project!.template.fonts.text).toMatchObject({ name: "Arimo" });
    expect(printed).toEqual([
      `m.yaml:4:16: warning: the text font has no italic and no bold cut, so the PDF shows such words like the others (font-incomplete)
  4 | fonts: { text: fonts/Own.ttf }
    |                ^^^^^^^^^^^^^
  hint: name its file behind "italic:"
  hint: name its file behind "bold:"`,
    ]);
  });

  test("a shipped family", () => {
    const { project, printed } = load("fonts: { text: garamond, headings: arial }");
    expect(printed).toEqual([]);
    expect(project!.template.fonts).toEqual({
      text: "garamond",
      headings: "arial",
      code: "courier",
      fallback: [],
    });
  });
});

test("a template names fonts by paths from its own folder", () => {
  const { project, printed } = load(
    "template: layout/t.yaml",
    "fonts: { headings: { regular: ../fonts/Own.ttf }, text: times }",
  );
  expect(printed).toEqual([]);
  expect(project!.template.fonts.headings).toMatchObject({ name: "Arimo" });
});

describe.each([
  ["fonts: { text: garamont }", 'there is no font called "garamont" (value-invalid)'],
  ["fonts: { text: fonts/none.ttf }", 'there is no file "fonts/none.ttf"'],
  ["fonts: { text: fonts/cut-off.ttf }", 'the font "fonts/cut-off.ttf" is damaged'],
  ["fonts: { text: fonts/restricted.ttf }", "may not be embedded, its maker says (font-invalid)"],
  ["fonts: { text: fonts/whole.ttf }", "only with all of its letters"],
  ["fonts: { text: fonts/font.woff2 }", "is a WOFF2 file, which is made for web pages"],
  ["fonts: { text: fonts/text.ttf }", "is no font, not a TrueType or OpenType font"],
  ["fonts: { text: fonts/empty.ttf }", "is damaged"],
  ["fonts: { text: { italic: fonts/Own.ttf } }", 'has no field "regular"'],
  ["fonts: { text: { regular: fonts/Own.ttf, normal: x } }", 'there is no field "normal"'],
  [`fonts: { text: { regular: fonts/Own.ttf, name: ${"x".repeat(40)} } }`, "31 letters at most"],
  ["fonts: { fallback: garamond }", 'there is no file "garamond"'],
  ["fonts: { text: ../Own.ttf }", "leads out of the manuscript's folder"],
])("%s", (fields, message) => {
  test("is reported", () => {
    expect(load(fields).printed.join("\n")).toContain(message);
  });
});

test("a font that may be embedded for editing is taken", () => {
  expect(readFontFile(files["editable.ttf"]!)).toEqual({ family: "Arimo" });
});

test("no font file, however damaged, stops the reader", () => {
  const header = regular.subarray(0, 400);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(399), fc.nat(255)), { maxLength: 20 }),
      fc.nat(regular.length),
      (changes, length) => {
        const bytes = Buffer.concat([header, regular.subarray(400, Math.max(400, length))]);
        for (const [at, value] of changes) bytes[at] = value;
        readFontFile(bytes);
      },
    ),
    { numRuns: 200, seed: 7 },
  );
});

test("a font whose tables hold rubbish is reported, and nothing is written", async () => {
  const cwd = manuscriptWith(
    "fonts: { text: { regular: fonts/rubbish.ttf, italic: fonts/Own.ttf, bold: fonts/Own.ttf, name: Rubbish } }",
  );
  const rubbish = Buffer.from(regular);
  const tables = rubbish.readUInt16BE(4);
  for (let index = 0; index < tables; index++) {
    const at = 12 + 16 * index;
    if (!["cmap", "loca", "hhea"].includes(rubbish.toString("latin1", at, at + 4))) continue;
    const start = rubbish.readUInt32BE(at + 8);
    rubbish.fill(0xff, start, start + rubbish.readUInt32BE(at + 12));
  }
  writeFileSync(join(cwd, "fonts/rubbish.ttf"), rubbish);
  const request = { manuscript: "m.yaml", cwd, output: "out", pid: 1, isRunning: () => false };
  const { diagnostics } = await build(request, () => {});
  expect(diagnostics.map(({ message }) => message)).toContain(
    'the font "Rubbish" is damaged: its letters cannot be drawn',
  );
  expect(existsSync(join(cwd, "out"))).toBe(false);
});

describe("the author's own font", () => {
  const template = {
    ...sampleTemplate,
    fonts: {
      ...sampleTemplate.fonts,
      text: { name: "My Font", files: { regular, italic } },
    },
  };
  const document = bodyOf(paragraph(["Upright, ", span("emphasis", "slanted"), " 漢."]));

  test("is embedded in the PDF, and lends its place to others for what it lacks", async () => {
    const pagination = await paginate(document, template);
    const file = unpack((await pagination.write()).bytes);
    expect(file).toMatch(/\/BaseFont \/[A-Z]+\+Arimo-Regular/);
    expect(file).toMatch(/\/BaseFont \/[A-Z]+\+Arimo-Italic/);
    expect(pagination.missing.map(({ character }) => character)).toEqual(["漢"]);
  });

  test("is named in the DOCX, its letters from right to left by a font of Word's", async () => {
    const { bytes } = await writeDocx(document, template, new Map());
    const parts = readParts(bytes);
    expect(parts.get("word/styles.xml")).toContain(
      '<w:rFonts w:ascii="My Font" w:hAnsi="My Font" w:eastAsia="My Font" w:cs="Times New Roman"',
    );
    expect(parts.get("word/fontTable.xml")).toContain('<w:font w:name="My Font">');
  });
});
