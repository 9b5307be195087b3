// Who may import whom: the plan of the house, checked.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"));

/** The modules that a file imports: paths below src, or package names; types apart or not. */
function importsOf(file: string): { readonly module: string; readonly types: boolean }[] {
  const text = readFileSync(join(src, file), "utf8");
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s)?[^'"]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)|^import\s+"([^"]+)"/gm,
  );
  return [...found].map(([, type, from, dynamic, bare]) => {
    const module = (from ?? dynamic ?? bare)!;
    const path = module.startsWith(".")
      ? relative(src, join(src, dirname(file), module))
          .replaceAll("\\", "/")
          .replace(/\.js$/, ".ts")
      : module;
    return { module: path, types: Boolean(type) };
  });
}

const stageOf = (file: string): string =>
  /^(read|citation|maths|write\/[\w-]+|commands)\//.exec(file)?.[1] ?? file;

/** What every stage may import: words and types that cross the stages. */
const vocabulary = [
  "begins-sentence.ts",
  "captions.ts",
  "diagnostic.ts",
  "document.ts",
  "edition.ts",
  "fonts.ts",
  "formula.ts",
  "image.ts",
  "languages.ts",
  "heading-number.ts",
  "label-target.ts",
  "label-words.ts",
  "licence.ts",
  "matter.ts",
  "nearest.ts",
  "index-pages.ts",
  "page-heads.ts",
  "reference-docx.ts",
  "xml-tree.ts",
  "page-references.ts",
  "png.ts",
  "print-references.ts",
  "quotation-marks.ts",
  "quotations.ts",
  "style.ts",
  "table-grid.ts",
  "template.ts",
  "terms.ts",
  "word-policy.ts",
  "written.ts",
];

/** The only files that know the order of the stages. */
const orders = ["cli.ts", "commands", "compile.ts", "project.ts"];

test("stages know the vocabulary, and not each other", () => {
  const wrong = files
    .filter((file) => !orders.includes(stageOf(file)))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ module, types }) => module.endsWith(".ts") && !types)
        .filter(({ module }) => !vocabulary.includes(module) && stageOf(module) !== stageOf(file))
        .filter(({ module }) => !allowed(file, module))
        .map(({ module }) => `${file} imports ${module}`),
    );
  expect(wrong).toEqual([]);
});

/** Pairs that are one stage in two places, each with its reason. */
function allowed(file: string, module: string): boolean {
  return (
    // What was kept is counted by the letters by which losses are found.
    (file === "audit.ts" && module === "conserve.ts") ||
    // Front and back matter is put together with its fields filled in.
    (file === "assemble.ts" && module === "placeholders.ts") ||
    // References to the work itself are made by the same engine as all others.
    (file === "cite-this-work.ts" && module.startsWith("citation/")) ||
    // The page of references prints each as the command line does.
    (/^write\/(cite|compare)-page\.ts$/.test(file) && module === "write/references.ts") ||
    // What both writers say alike: running heads, the looks of tables and code.
    (/^write\/(docx|pdf)\//.test(file) && /^write\/[\w-]+\.ts$/.test(module)) ||
    // Letters in the pixels of a drawing are those of the PDF.
    (file === "write/docx/raster.ts" && module === "write/pdf/fonts.ts") ||
    // Readers open the files that a manuscript names.
    (file.startsWith("read/") && module === "source.ts")
  );
}

test("the vocabulary imports no stage", () => {
  const wrong = vocabulary
    .filter((file) => files.includes(file))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ module }) => module.endsWith(".ts") && !vocabulary.includes(module))
        .map(({ module }) => `${file} imports ${module}`),
    );
  expect(wrong).toEqual([]);
});

const doors: readonly [pattern: RegExp, owners: RegExp][] = [
  [/^commander$/, /^cli\.ts$/],
  [/^picocolors$/, /^cli\.ts$/],
  [/^citeproc(-plus)?$/, /^citation\//],
  [/^docx$/, /^write\/docx\//],
  [/^@resvg/, /^write\/docx\/raster\.ts$/],
  [/^mathjax-full/, /^maths\/mathjax\.ts$/],
  [/^(pdfmake|bidi-js)/, /^write\/pdf\//],
  [/^yaml$/, /^read\//],
  [/^(micromark|mdast)/, /^read\//],
  [
    /^node:fs/,
    /^(source|output|find-manuscript|find-style|package-files|cli)\.ts$|^citation\/csl-bundle\.ts$|^write\/(pdf\/fonts|docx\/raster)\.ts$/,
  ],
];

test("each package and the disk have one door", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter(({ module }) =>
        doors.some(([name, owners]) => name.test(module) && !owners.test(file)),
      )
      .map(({ module }) => `${file} imports ${module}`),
  );
  expect(wrong).toEqual([]);
});

test("only the program prints, exits, and reads the clock", () => {
  const banned =
    /\bconsole\.|\bprocess\.(?!env\b)|\bDate\.now\(|new Date\(\)|\bMath\.random\(|\bperformance\./;
  const wrong = files
    .filter((file) => file !== "cli.ts")
    .filter((file) =>
      readFileSync(join(src, file), "utf8")
        .split("\n")
        .some((line) => !/^\s*(\/\/|\*|\/\*)/.test(line) && banned.test(line)),
    );
  expect(wrong).toEqual([]);
});

test("no file is named after nothing in particular", () => {
  const vague = /(^|\/)(utils?|helpers?|common|core|lib|misc|types|manager|service|index)\.ts$/;
  expect(files.filter((file) => vague.test(file))).toEqual([]);
});
