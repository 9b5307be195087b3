// The tagged PDF as other programs read it: its faults by the clauses of ISO
// 14289-1, and its text in reading order.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Block,
  contentOf,
  contentsItems,
  type Document,
  type Inline,
  type Note,
  type Table,
  toText,
} from "../../src/document.js";
import { readTemplate } from "../../src/read/template.js";
import { listMarks, type Template } from "../../src/template.js";
import { formatNumber } from "../../src/write/pdf/labels.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { bodyOf, link, note, paragraph, section } from "../docx/tree.js";
import { typedDissertation } from "../docx/typed-dissertation.js";
import { prose, sampleDocument } from "../sample-document.js";
import { inspect, readText, walk } from "./accessibility.js";
import { inspectArchive } from "./archive.js";

function shippedTemplate(id: string): Template {
  const file = `templates/${id}.yaml`;
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const template = readTemplate({ file, text }, id, ({ message }) => {
    throw new Error(message);
  });
  return template!;
}

const folder = mkdtempSync(join(tmpdir(), "reissue-tagged-"));
const path = join(folder, "work.pdf");
afterAll(() => rmSync(folder, { recursive: true }));

/** Puts the PDF of a document on disk, and returns the page numbers of its sections. */
async function write(document: Document, template: Template): Promise<ReadonlyMap<string, string>> {
  const pagination = await paginate(document, template);
  writeFileSync(path, (await pagination.write()).bytes);
  return pagination.labels;
}

const hard = bodyOf(
  section(
    "sec-1",
    ["Note", note(1, "Of a title."), " and ", link("#sec-2", "link")],
    [
      paragraph([prose(40), note(2, prose(80)), link("https://example.org/", prose(4))]),
      section("sec-2", "Below", [
        paragraph([
          "漢字 \uf001 of private use",
          note(3, "漢"),
          " and hy\u00adphen ",
          "long\u00adword".repeat(40),
        ]),
      ]),
    ],
  ),
);

const cases = ["dissertation", "turabian", "apa-student"].flatMap((id) => [
  { id, name: "the dissertation", make: typedDissertation },
  { id, name: "every kind of block and inline", make: () => sampleDocument },
  { id, name: "what is hard to set", make: () => hard },
]);

describe.each(cases)("$name with the template $id", ({ id, make }) => {
  const template = shippedTemplate(id);
  const document = make(template);
  let labels: ReadonlyMap<string, string>;
  beforeAll(async () => {
    labels = await write(document, template);
  });

  test("has no fault that a program can find", () => {
    const { faults, root, isDeclared } = inspect(path);
    expect(faults).toEqual([]);
    expect(inspectArchive(path)).toEqual([]);
    expect(isDeclared).toBe(true);
    const notes = [...walk(root)].filter(({ type }) => type === "Note");
    expect(notes).toHaveLength(JSON.stringify(document).match(/"type":"note"/g)?.length ?? 0);
  });

  test("is read in the order of the document, each note at its mark", () => {
    const expected = readingTexts(document, labels).join("");
    expect(comparable(readText(path))).toBe(comparable(expected));
  });

  test("is read by poppler in that order", () => {
    const read = execFileSync("pdfinfo", ["-struct-text", path], {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    const texts = [...read.matchAll(/^ +"(.*)"$/gm)].map(([, text]) => text!);
    const expected = readingTexts(document, labels).join("");
    expect(comparable(asDrawn(texts.join("")))).toBe(comparable(asDrawn(expected)));
  });
});

function comparable(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll("\u00ad", "")
    .replace(/\s+/g, " ")
    .replace(/(?<=[.;:,]) ?/g, "\n");
}

/** Poppler reads what is drawn: capitals, hyphens at line ends, squares. */
function asDrawn(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/\p{Script=Han}/gu, "□")
    .replace(/[\s\u00ad\u2010-]/g, "");
}

/** The text of a document as it is to be read aloud, in pieces. */
function readingTexts(document: Document, labels: ReadonlyMap<string, string>): string[] {
  const inline = (nodes: readonly Inline[]): string[] =>
    nodes.flatMap((node) => {
      if (node.type === "note") return [String(node.number), ...ofNote(node)];
      if (node.type === "text" || node.type === "inlineCode") return node.value;
      return "children" in node ? inline(node.children) : " ";
    });
  const ofNote = ({ number, children }: Note): string[] => [`${number} `, ...blocks(children, 0)];
  const blocks = (nodes: readonly Block[], depth: number): string[] =>
    nodes.flatMap((node) => block(node, depth));
  const block = (node: Block, depth: number): string[] => {
    switch (node.type) {
      case "section": {
        const notes = node.title.filter((inner) => inner.type === "note");
        const title = node.title.map((inner) =>
          inner.type === "note" ? String(inner.number) : toText([inner]),
        );
        const head = node.role === "dedication" ? [] : [...title, ...notes.flatMap(ofNote)];
        return [...head, ...blocks(node.children, depth)];
      }
      case "paragraph":
        return inline(node.children);
      case "blockquote":
        return blocks(node.children, depth);
      case "list":
        return node.items.flatMap((item, index) => {
          const { bullet, number } = listMarks(depth);
          const mark =
            node.start === undefined ? bullet : `${formatNumber(node.start + index, number)}.`;
          return [mark, ...blocks(item, depth + 1)];
        });
      case "codeBlock":
        return [node.value.replace(/\n$/, "")];
      case "definitionList":
      case "figure":
      case "table":
      case "division":
      case "index":
        return contentOf(node).flatMap((content) =>
          content.inlines ? inline(content.inlines) : blocks(content.blocks, depth),
        );
      case "equation":
        return [node.value];
      case "thematicBreak":
        return [];
      case "contents":
        return contentsItems(document, node.depth).map(
          ({ section: { id, title } }) => `${toText(title)} ${labels.get(id)}`,
        );
      case "entry":
        return [...inline(node.label ?? []), ...inline(node.children)];
    }
  };
  return document.parts.flatMap(({ children }) => blocks(children, 0));
}

const cell = (words: string) => ({ children: [paragraph(words)], columns: 1, rows: 1 });
const rowOf = (...words: readonly string[]) => ({ cells: words.map(cell) });
const table: Table = {
  type: "table",
  columns: [{ align: "left" }, { align: "right" }],
  header: [rowOf("Year", "Trade")],
  rows: [rowOf("2018", "12"), rowOf("2019", "15")],
  caption: [],
  notes: [],
};

describe("a damaged file has the fault", () => {
  const damages: readonly (readonly [fault: RegExp, from: RegExp, to: string])[] = [
    [/^7\.1: .* S draws outside/, /\/Artifact </, "/Artefact <"],
    [/^7\.1: the title is not shown/, /\/DisplayDocTitle true/, "/DisplayDocTitle null"],
    [/^7\.1: the file is not marked/, /\/Marked true/, "/Marked null"],
    [/^7\.1: .* has the marks/, /\/MCID 1>> BDC/, "/MCID 9>> BDC"],
    [/^7\.1: .* stays open|out of place/, /\nEMC\n/, "\n   \n"],
    [/^7\.2: /, /\/Lang \(en/, "/Lanx (en"],
    [/^7\.4\.2: H3 follows H1/, /\/S \/H2/, "/S /H3"],
    [/^7\.5: the header .* heads nothing/, /\/Scope \/Column/, "/Scopx /Column"],
    [/^7\.5: the rows of/, /\/Scope \/Column/, "/ColSpan 2"],
    [/^7\.6: /, /\/ListNumbering \/Disc/, "/ListNumberinx /Disc"],
    [/^7\.9: /, /\/ID \(note-000002\)/, "/ID (note-000001)"],
    [/^7\.17: /, /\/Outlines /, "/Outlinex "],
    [/^7\.18\.1: /, /\/StructParent \d+/, "/StructParent 0"],
    [/^7\.18\.3: /, /\/Tabs \/S/, "/Tabs /R"],
    [/^7\.18\.5: .* is in no Link/, /\/S \/Link\b(?! *\/Type)/g, "/S /Span"],
    [/^7\.18\.5: .* does not say/, /\/Contents \(/, "/Contentx ("],
    [/^7\.21\.7: /, /beginbfrange\n<0000> <00..>/, "beginbfrange\n<0100> <0101>"],
  ];
  let plain: string;

  beforeAll(async () => {
    const [last, ...others] = [...sampleDocument.parts].reverse();
    const children = [...last!.children, table];
    const parts = [...others.reverse(), { ...last!, children }];
    await write({ ...sampleDocument, parts }, shippedTemplate("dissertation"));
    const open = join(folder, "open.pdf");
    execFileSync("qpdf", [
      "--qdf",
      "--object-streams=disable",
      "--no-original-object-ids",
      path,
      open,
    ]);
    plain = readFileSync(open, "latin1");
  });

  test.each(damages)("%s", (fault, from, to) => {
    const damaged = plain.replace(from, (found) => to.padEnd(found.length).slice(0, found.length));
    expect(damaged).not.toBe(plain);
    writeFileSync(path, damaged, "latin1");
    expect(inspect(path).faults).toContainEqual(expect.stringMatching(fault));
  });

  const archived: typeof damages = [
    [/^6\.1\.2: the file begins/, /%PDF-1\.7/, "%PDF-2.0"],
    [/^6\.1\.3: the file has no identifier/, /\/ID \[/, "/IX ["],
    [/^6\.2\.3: there are 0/, /\/OutputIntents/, "/OutputIntentz"],
    [/^6\.2\.3: the output intent is/, /\/S \/GTS_PDFA1/, "/S /GTS_PDFX"],
    [/^6\.2\.3: the profile is none/, /acsp/, "acsq"],
    [/^6\.2\.2: .* has the operator/, /\nBT\n/, "\nBt\n"],
    [/^6\.3\.2: /, /\/F 4/, "/F 2"],
    [/^6\.5\.1: .* is the action/, /\/S \/URI/, "/S /Nxx"],
    [/^6\.6\.2\.3\.1: /, /<dc:language>.*<\/dc:language>/, "<dc:languagx/>"],
    [/^6\.6\.3: \/Title/, /x-default">Every/, 'x-default">Evary'],
    [/^6\.6\.4: /, /<pdfaid:part>2/, "<pdfaid:part>1"],
    [/^6\.7\.2\.2: /, /\/Marked true/, "/Marked null"],
    [/^6\.7\.4: /, /\/Lang \(en/, "/Lanx (en"],
    [/^6\.10: /, /\/StructParents \d+/, "/PresSteps 1"],
  ];

  test.each(archived)("of an archive %s", (fault, from, to) => {
    const damaged = plain.replace(from, (found) => to.padEnd(found.length).slice(0, found.length));
    expect(damaged).not.toBe(plain);
    writeFileSync(path, damaged, "latin1");
    expect(inspectArchive(path)).toContainEqual(expect.stringMatching(fault));
  });
});
