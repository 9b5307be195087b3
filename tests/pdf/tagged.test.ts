// The structure tree of the PDF, read back from its bytes.

import { describe, expect, test } from "vitest";
import type { Block, Document } from "../../src/document.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import {
  bodyOf,
  citation,
  documentOf,
  inlines,
  link,
  note,
  paragraph,
  section,
} from "../docx/tree.js";
import { prose, sampleDocument } from "../sample-document.js";
import { sampleTemplate } from "../sample-template.js";
import { unpack } from "./unpack.js";

async function write(document: Document): Promise<string> {
  return unpack((await (await paginate(document, sampleTemplate)).write()).bytes);
}

/**
 * Returns the structure as lines, an element a line with its attributes, its
 * text as `…` and its annotations as `@`, below it if they stand among others.
 */
function outline(file: string): string[] {
  const elements = new Map<string, { head: string; kids: string }>();
  const found = file.matchAll(
    /^(\d+) 0 obj\n<<\/Type\/StructElem\/S\/(\w+)\/P \d+ 0 R(?:\/Pg \d+ 0 R)?(.*?)\/K\[(.*)\]>>$/gm,
  );
  for (const [, id, type, attributes, kids] of found) {
    const shown = attributes!.replace(/\/A<<\/O\/List\/ListNumbering\/(\w+)>>/, " $1");
    elements.set(id!, { head: `${type}${shown.replace(/\/ID\((.*?)\)/, " $1")}`, kids: kids! });
  }
  const show = (id: string, indent: string): string[] => {
    const { head, kids } = elements.get(id)!;
    const parts = [...kids.matchAll(/<<\/Type\/(\w+).*?>>|(\d+) 0 R|\d+/g)];
    const signs = parts.map(([, kind]) => (kind === "OBJR" ? "@" : "…"));
    if (!parts.some(([, , child]) => child)) return [[indent + head, ...signs].join(" ")];
    const below = parts.flatMap(([, , child], index) =>
      child ? show(child, `${indent}  `) : `${indent}  ${signs[index]}`,
    );
    return [indent + head, ...below];
  };
  const root = /\/Type \/StructTreeRoot[\s\S]*?\/K (\d+) 0 R/.exec(file)![1]!;
  return show(root, "");
}

async function outlineOf(...blocks: readonly Block[]): Promise<string[]> {
  const lines = outline(await write(bodyOf(...blocks)));
  return lines.slice(2).map((line) => line.slice(4));
}

test("every kind of block and inline has its element", async () => {
  const lines = outline(await write(sampleDocument));
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("expected/structure.txt");
});

describe("headings", () => {
  test("are of the level of their section, whatever is not printed around them", async () => {
    const document = documentOf([
      {
        role: "front-matter",
        children: [
          section(
            "sec-1",
            "Dedication",
            [section("sec-2", "Inner", [paragraph("To you.")])],
            "dedication",
          ),
        ],
      },
    ]);
    expect(outline(await write(document))).toEqual([
      "Document",
      "  Part",
      "    Sect",
      "      Sect",
      "        H1 …",
      "        P …",
    ]);
  });

  test("below the sixth level are mapped to the sixth", async () => {
    const deep = Array.from({ length: 8 }).reduceRight<Block>(
      (inner, _, index) => section(`sec-${index}`, `Level ${index + 1}`, [inner]),
      paragraph("Deep."),
    );
    const file = await write(bodyOf(deep));
    expect(outline(file).filter((line) => /H\d/.test(line))).toHaveLength(8);
    expect(file).toMatch(/\/RoleMap <<\s*\/H7 \/H6\s*\/H8 \/H6\s*>>/);
  });

  test("are read without their notes, which follow", async () => {
    const title = ["Title", note(1, "Of the title."), " and more"];
    expect(await outlineOf(section("sec-1", title, [paragraph("Text.")]))).toEqual([
      "Sect",
      "  H1",
      "    …",
      "    Reference",
      "      Link … @",
      "    …",
      "  Note note-000001",
      "    Lbl",
      "      Link … @",
      "      …",
      "    P …",
      "  P …",
    ]);
  });
});

test("a note stands at its mark, its lists and quotations in it", async () => {
  const blocks = [
    paragraph([
      "Before",
      note(
        1,
        [citation("k1", [link("https://example.org/", "A Work")]), "."],
        { type: "blockquote", children: [paragraph("Quoted.")] },
        { type: "list", tight: true, items: [[paragraph("Item.")]] },
      ),
      " after.",
    ]),
  ];
  expect(await outlineOf(...blocks)).toEqual([
    "P",
    "  …",
    "  Reference",
    "    Link … @",
    "  Note note-000001",
    "    Lbl",
    "      Link … @",
    "      …",
    "    P",
    "      Link … @",
    "      …",
    "    BlockQuote",
    "      P …",
    "    L Disc",
    "      LI",
    "        Lbl …",
    "        LBody",
    "          P …",
    "  …",
  ]);
});

test("what goes on over pages and lines is one element", async () => {
  const file = await write(
    bodyOf(paragraph([prose(30), " ", link("https://example.org/", prose(2))])),
  );
  expect(outline(file)).toEqual([
    "Document",
    "  Part",
    "    P",
    "      …",
    "      …",
    "      …",
    "      Link … @ @ @ @ @",
  ]);
  expect(file).toMatch(/\/K\[0 <<\/Type\/MCR\/Pg \d+ 0 R\/MCID 0>>/);
});

test("entries that follow one another are a list, with what is said of them", async () => {
  const entry = (id: string, label?: string): Block => ({
    type: "entry",
    id,
    key: id,
    children: inlines("A Work."),
    ...(label && { label: inlines(label) }),
  });
  const lines = await outlineOf(
    entry("ref-1", "[1]"),
    paragraph("Said of it.", { style: "annotation" }),
    entry("ref-2", "[2]"),
    paragraph("Between."),
    entry("ref-3", "[Doe99]"),
    entry("ref-4"),
  );
  expect(lines).toEqual([
    "L Decimal",
    "  LI",
    "    Lbl …",
    "    LBody",
    "      BibEntry …",
    "      P …",
    "  LI",
    "    Lbl …",
    "    LBody",
    "      BibEntry …",
    "P …",
    "L None",
    "  LI",
    "    Lbl …",
    "    LBody",
    "      BibEntry …",
    "  LI",
    "    LBody",
    "      BibEntry …",
  ]);
});

test("links say what stands where they lead", async () => {
  const file = await write(
    bodyOf(
      section("sec-1", "A Title", [
        paragraph([
          "The words before",
          note(1, ["See ", link("#ref-1", "Doe"), `. ${prose(2)}`]),
          link("#sec-1", "here"),
          link("https://example.org/a", "there"),
        ]),
      ]),
      { type: "entry", id: "ref-1", key: "k", children: inlines("Doe, Jane. A Work.") },
    ),
  );
  const texts = [...file.matchAll(/\/Contents(?:\((.*?)\)|<feff(.*?)>)\/StructParent/g)];
  const readable = texts.map(([, text, hexadecimal]) =>
    hexadecimal ? Buffer.from(hexadecimal, "hex").swap16().toString("utf16le") : text,
  );
  expect(readable).toEqual([
    expect.stringMatching(/^1 See Doe\. The making of foreign policy .*…$/),
    "A Title",
    "https://example.org/a",
    "The words before",
    "Doe, Jane. A Work.",
  ]);
});
