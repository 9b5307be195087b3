import { describe, expect, test } from "vitest";
import { fillIndex } from "../../src/book-index.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { type Block, type Document, mapInlines, toText, walk } from "../../src/document.js";
import { printIndexPages } from "../../src/index-pages.js";
import { numberNotes } from "../../src/number.js";
import { readMarkdown } from "../../src/read/markdown.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { indexLines } from "../../src/write/index-lines.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { lintDocx } from "../docx/lint-docx.js";
import { named, parseXml, readParts, textOf } from "../docx/xml-tree.js";
import { sourceOf } from "../read/outline.js";
import { sampleTemplate } from "../sample-template.js";

/** A document of some paragraphs with marks, which are numbered as the reader of manuscripts does. */
function documentOf(markdown: string): Document {
  let number = 0;
  const children = mapInlines(
    readMarkdown(sourceOf(markdown), () => {}),
    (inline) => [inline.type === "indexMark" ? { ...inline, id: `idx-${++number}` } : inline],
  );
  const section = (title: string, role: "index" | undefined, blocks: readonly Block[]): Block => ({
    type: "section",
    id: `sec-${title}`,
    title: [{ type: "text", value: title }],
    ...(role && { role }),
    children: blocks,
  });
  return numberNotes({
    metadata: { title: [], author: [], lang: "en-GB", keywords: [] },
    parts: [
      {
        role: "body",
        children: [section("One", undefined, children), section("Index", "index", [])],
      },
    ],
  });
}

function indexed(markdown: string) {
  const diagnostics: Diagnostic[] = [];
  const document = fillIndex(documentOf(markdown), (found) => void diagnostics.push(found));
  return { document, diagnostics };
}

/** The lines of the index when the marks stand on some pages, a line each. */
function printed(markdown: string, pages: readonly string[]): string[] {
  const labels = new Map(pages.map((page, index) => [`idx-${index + 1}`, page]));
  const document = printIndexPages(indexed(markdown).document, labels);
  const index = [...walk(document.parts[0]!.children)].find((node) => node.type === "index");
  return indexLines(index!, "en-GB").map(
    ({ children, depth, opensLetter }) =>
      `${opensLetter ? "¶" : ""}${"  ".repeat(depth)}${toText(children)}`,
  );
}

describe("an index", () => {
  test.each<[string, string, string[], string[]]>([
    [
      "is sorted letter by letter, in groups",
      "[New York]{.index} [Newark]{.index} [apes]{.index} [Élan]{.index}",
      ["4", "3", "2", "1"],
      ["apes, 2", "¶Élan, 1", "¶Newark, 3", "New York, 4"],
    ],
    [
      "joins pages that follow one another",
      "[a]{.index} [a]{.index} [a]{.index} [a]{.index} [a]{.index}",
      ["3", "3", "4", "5", "9"],
      ["a, 3–5, 9"],
    ],
    [
      "has roman pages, which it does not join",
      "[a]{.index} [a]{.index}",
      ["ix", "x"],
      ["a, ix, x"],
    ],
    [
      "has terms below terms",
      '[]{.index term="gas!pipelines!Ceyhan"} [gas]{.index} []{.index term="gas!prices"}',
      ["7", "8", "9"],
      ["gas, 8", "  pipelines", "    Ceyhan, 7", "  prices, 9"],
    ],
    [
      "has ranges",
      '[]{.index term="war" range=start} text []{.index term="war" range=end} [war]{.index}',
      ["10", "14", "20"],
      ["war, 10–14, 20"],
    ],
    [
      "sends the reader on",
      '[]{.index term="CIS" see="Commonwealth"} [Commonwealth]{.index see-also="Union"} [Union]{.index}',
      ["1", "2", "3"],
      ["CIS. See Commonwealth", "Commonwealth, 2. See also Union", "¶Union, 3"],
    ],
    ["names notes", "A.^[[Nash]{.index}] [Nash]{.index}", ["5", "6"], ["Nash, 5n1, 6"]],
  ])("%s", (_, markdown, pages, lines) => {
    expect(printed(markdown, pages)).toEqual(lines);
  });

  test("reports open ranges and unknown headings", () => {
    const { diagnostics } = indexed(
      '[]{.index term="war" range=start} []{.index term="peace" range=end} []{.index term="CIS" see="Comonwealth"} [Commonwealth]{.index}',
    );
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'index-range-open: the pages of "peace" end here, but do not begin',
      'index-range-open: the pages of "war" begin here, but do not end',
      'index-see-undefined: "CIS" sends the reader to "Comonwealth", which the index does not have',
    ]);
    expect(diagnostics[2]!.hints).toEqual(['did you mean "Commonwealth"?']);
  });

  test("has the pages of the marks in both files, where links and fields lead to", async () => {
    const filler = Array.from({ length: 60 }, () => "Words fill the page. ".repeat(12)).join(
      "\n\n",
    );
    const { document } = indexed(
      `[start]{.index} and []{.index term='a "b": c' range=start} here.\n\n${filler}\n\nThe [end]{.index}.[]{.index term='a "b": c' range=end}`,
    );
    const pagination = await paginate(document, sampleTemplate);
    const index = [...walk(pagination.document.parts[0]!.children)].find(
      (node) => node.type === "index",
    );
    const last = pagination.labels.get("idx-3");
    expect(Number(last)).toBeGreaterThan(5);
    const lines = indexLines(index!, "en-GB").map(({ children }) => toText(children));
    expect(lines).toEqual([`a "b": c, 1–${last}`, `end, ${last}`, "start, 1"]);
    const pdf = await pagination.write();
    expect(pdf.text.join(" ")).toContain(`end, ${last}`);

    const docx = await writeDocx(pagination.document, sampleTemplate, pagination.labels);
    expect(lintDocx(docx.bytes)).toEqual([]);
    const xml = parseXml(readParts(docx.bytes).get("word/document.xml") as string);
    const codes = named(xml, "w:instrText").map((code) => textOf(code).trim());
    expect(codes.filter((code) => /^(XE|INDEX)/.test(code))).toEqual([
      'XE "start"',
      'XE "a \\"b\\"\\: c" \\r _Index000002',
      'XE "end"',
      'INDEX \\c "1" \\z "2057"',
    ]);
    expect(docx.text.join(" ")).toContain(`end, ${last}`);
  });
});
