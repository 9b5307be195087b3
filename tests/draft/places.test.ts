// Whatever a diagnostic is about, its comment is written: one for each node of works
// that hold everything, in both files.

import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.js";
import { walk } from "../../src/document.js";
import { loadProject } from "../../src/project.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { Places, type Remark, remarkOf } from "../../src/write/remarks.js";
import { lintDocx } from "../docx/lint-docx.js";
import { named, parseXml, readParts } from "../docx/xml-tree.js";
import { unpack } from "../pdf/unpack.js";

const root = join(import.meta.dirname, "../..");

test.each([
  "examples/small-states",
  "tests/tables/work",
  "tests/matter/cases/everything",
  "tests/draft/cases/mistakes",
])("%s", async (folder) => {
  const cwd = join(root, folder);
  const { project, sources } = loadProject({ style: ["chicago"], cwd });
  const document = compile(project!, project!.styles[0]!, () => {});
  const remarks: Remark[] = [];
  for (const { span, type } of walk(document.parts.flatMap(({ children }) => children))) {
    if (!span) continue;
    const diagnostic = { code: "text-unfinished", message: `a ${type}`, span } as const;
    remarks.push(remarkOf(diagnostic, sources));
  }
  expect(remarks.length).toBeGreaterThan(20);
  const { template, bibliography } = project!;
  const all = { remarks, works: bibliography.spans };
  const pagination = await paginate(document, template);
  const { document: printed, labels, tables } = pagination.inPlace;
  const docx = await writeDocx(printed, template, labels, undefined, tables, all);
  const comments = readParts(docx.bytes).get("word/comments.xml") as string;
  expect(named(parseXml(comments), "w:comment")).toHaveLength(remarks.length);
  expect(lintDocx(docx.bytes)).toEqual([]);
  const pdf = unpack((await pagination.write(all)).bytes);
  expect(pdf.split(/\/Subtype \/Text\n/)).toHaveLength(remarks.length + 1);
});

const at = (start: number, end: number, file = "a.md") => ({ file, start, end });

/** Returns the place that is found for a range, of places that are named by theirs. */
function placeOf(wanted: ReturnType<typeof at>, works = new Map<string, ReturnType<typeof at>>()) {
  const places = new Places<string>();
  places.add("title", undefined);
  places.add("paragraph", at(10, 100));
  places.add("word", at(20, 30));
  places.add("next", at(120, 140));
  places.addWork("smith", "citation");
  const diagnostic = { code: "text-unfinished", message: "x", span: wanted } as const;
  return places.find({ remarks: [{ lines: [], diagnostic }], works })[0]!.place;
}

test("a remark stands at what holds its range, or nearest to it", () => {
  expect(placeOf(at(22, 24))).toBe("word");
  expect(placeOf(at(12, 14))).toBe("paragraph");
  expect(placeOf(at(0, 2))).toBe("paragraph");
  expect(placeOf(at(130, 131))).toBe("next");
  expect(placeOf(at(500, 501))).toBe("next");
  expect(placeOf(at(118, 119))).toBe("next");
  expect(placeOf(at(1, 2, "other.md"))).toBe("title");
});

test("a remark on a work stands where that is cited, wherever it is described", () => {
  const elsewhere = new Map([["smith", at(5, 10, "works.yaml")]]);
  expect(placeOf(at(5, 10, "works.yaml"), elsewhere)).toBe("citation");
  expect(placeOf(at(40, 42, "works.yaml"), elsewhere)).toBe("citation");
  const inTheSame = new Map([["smith", at(200, 205)]]);
  expect(placeOf(at(210, 212), inTheSame)).toBe("citation");
  expect(placeOf(at(22, 24), inTheSame)).toBe("word");
  const uncited = new Map([["jones", at(5, 10, "works.yaml")]]);
  expect(placeOf(at(5, 10, "works.yaml"), uncited)).toBe("title");
});
