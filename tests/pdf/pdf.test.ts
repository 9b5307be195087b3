import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { conserve } from "../../src/conserve.js";
import type { Block, Document } from "../../src/document.js";
import type { Template } from "../../src/template.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { bodyOf, documentOf, inlines, link, note, paragraph, section, span } from "../docx/tree.js";
import { prose, sampleDocument } from "../sample-document.js";
import { sampleTemplate } from "../sample-template.js";
import { unpack } from "./unpack.js";

async function write(document: Document, template = sampleTemplate) {
  return (await paginate(document, template)).write();
}

describe("a document with every kind of block and inline", () => {
  test("is drawn whole", async () => {
    const written = await write(sampleDocument);
    expect(conserve(sampleDocument, written, "pdf")).toEqual([]);
    expect(written).toMatchObject({ notes: 9, entries: 3 });
    expect(written.citations).toHaveLength(1);
  });

  test("has the printed numbers of its pages, in the contents and as labels", async () => {
    const pagination = await paginate(sampleDocument, sampleTemplate);
    const { labels, pageCount } = pagination;
    expect([labels.get("sec-front-dedication"), labels.get("sec-front-abstract")]).toEqual([
      "ii",
      "iii",
    ]);
    expect([labels.get("sec-notes"), labels.get("sec-references")]).toEqual(["1", "8"]);
    expect(pageCount).toBe(12);
    const { text, bytes } = await pagination.write();
    expect(text).toContain("Abstract iii");
    expect(text).toContain("Bibliography 8");
    expect(unpack(bytes)).toMatch(
      /\/PageLabels <<\s*\/Nums \[0 <<\s*>> 1 <<\s*\/S \/r\s*\/St 2\s*>> 4 <<\s*\/S \/D\s*>>\]/,
    );
  });

  test("is the same file each time", async () => {
    const [one, other] = await Promise.all([write(sampleDocument), write(sampleDocument)]);
    expect(Buffer.compare(one.bytes, other.bytes)).toBe(0);
  });
});

test("a pagination gives its file as often as it is asked", async () => {
  const pagination = await paginate(bodyOf(paragraph("Once.")), sampleTemplate);
  const [one, other] = [await pagination.write(), await pagination.write()];
  expect(one).toBe(other);
  expect(one.text).toEqual(["Once."]);
});

test("the date is the work's, never the clock's", async () => {
  const dated = unpack((await write(bodyOf(paragraph("Text.")))).bytes);
  expect(dated).toContain("(D:20191213000000Z)");
  expect(dated).toContain("<xmp:CreateDate>2019-12-13T00:00:00Z</xmp:CreateDate>");
  const undated = documentOf([{ role: "body", children: [paragraph("Text.")] }], {
    date: undefined,
  } as object);
  expect(unpack((await write(undated)).bytes)).not.toMatch(/CreationDate|CreateDate|D:\d/);
});

test("the metadata are well-formed XML, whatever the title", async () => {
  const title = 'Müller & Söhne <“Россия”> ]]> "x"';
  const { bytes } = await write(
    documentOf([{ role: "body", children: [paragraph("Text.")] }], {
      title: inlines(title),
      author: [{ given: "A", family: "<B>" }, { literal: "C & D" }],
      keywords: ["e & f"],
      lang: "de",
    }),
  );
  const file = Buffer.from(bytes).toString("utf8");
  const xml = /<\?xpacket begin.*?<\?xpacket end="w"\?>/s.exec(file)![0];
  const texts: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("text", (text) => {
    if (text.trim()) texts.push(text);
  });
  parser.write(xml).close();
  expect(texts).toEqual(expect.arrayContaining([title, "A <B>", "C & D", "e & f", "de"]));
  expect(unpack(bytes)).toContain("/Lang (de)");
  expect(unpack(bytes)).toContain("/DisplayDocTitle true");
});

describe("characters that no font has", () => {
  const document = bodyOf(
    section("sec-1", "Title", [
      { ...paragraph("The word 漢字 and 漢 and 😀."), span: { file: "a.md", start: 3, end: 9 } },
      paragraph([{ type: "inlineCode", value: "∀ α ﬁ" }]),
    ]),
  );

  test("are reported once each, with their place, and drawn as squares", async () => {
    const pagination = await paginate(document, sampleTemplate);
    const span = { file: "a.md", start: 3, end: 9 };
    expect(pagination.missing).toEqual([
      { character: "漢", text: "The word 漢字 and 漢 and 😀.", span },
      { character: "字", text: "The word 漢字 and 漢 and 😀.", span },
      { character: "😀", text: expect.stringContaining("and 😀."), span },
    ]);
  });

  test("are what is read from the page all the same", async () => {
    const written = await write(document);
    expect(conserve(document, written, "pdf")).toEqual([]);
  });
});

test("soft hyphens are not drawn, nor do they take the hyphens away", async () => {
  const document = bodyOf(
    paragraph("inter\u00adnational post-Soviet 2005-2015 well\u00adknown"),
    paragraph(`${"in\u00adter\u00adna\u00adtional ".repeat(30)}end`),
  );
  const { text } = await write(document);
  expect(text[0]).toBe("inter\u00adnational post-Soviet 2005-2015 well\u00adknown");
  expect(conserve(document, await write(document), "pdf")).toEqual([]);
});

describe("nothing is lost where there is no room", () => {
  const tight = (change: Partial<Template["page"]>): Template => ({
    ...sampleTemplate,
    page: { ...sampleTemplate.page, ...change },
  });
  const documents: Readonly<Record<string, readonly [Document, Template]>> = {
    "a word longer than a line": [bodyOf(paragraph("x".repeat(5000))), sampleTemplate],
    "an address longer than a line": [
      bodyOf(paragraph(`See https://example.org/${"path/".repeat(80)}.`)),
      sampleTemplate,
    ],
    "capitals longer than a line": [
      bodyOf(paragraph([span("smallCaps", "straße".repeat(60))])),
      sampleTemplate,
    ],
    "two notes longer than a page in one line": [
      bodyOf(paragraph(["A", note(1, prose(90)), "B", note(2, prose(90)), "C", note(3, "c")])),
      sampleTemplate,
    ],
    "a code block of many pages": [
      bodyOf({ type: "codeBlock", value: "line\n\n".repeat(300) }),
      sampleTemplate,
    ],
    "lists sixty deep": [
      bodyOf(
        Array.from({ length: 60 }).reduce<Block>(
          (inner) => ({ type: "list", tight: true, items: [[paragraph("Item."), inner]] }),
          paragraph(prose(3)),
        ),
      ),
      sampleTemplate,
    ],
    "letters higher than the page": [
      bodyOf(paragraph(["Big", note(1, "and small.")])),
      {
        ...sampleTemplate,
        styles: {
          ...sampleTemplate.styles,
          body: { ...sampleTemplate.styles.body, size: 900 },
        },
      },
    ],
    "space higher than the page": [bodyOf(paragraph("Below.", { before: 2000 })), sampleTemplate],
    "margins wider than the page": [
      bodyOf(paragraph([prose(1), note(1, prose(1))])),
      tight({ margins: { top: 400, bottom: 500, left: 400, right: 500 } }),
    ],
    "titles wider than the contents": [
      documentOf([
        {
          role: "front-matter",
          children: [section("sec-toc", "Contents", [{ type: "contents", depth: 1 }], "toc")],
        },
        { role: "body", children: [section("sec-1", "x".repeat(2000), [paragraph("Text.")])] },
      ]),
      sampleTemplate,
    ],
    "a thousand headings in a row": [
      bodyOf(...Array.from({ length: 1000 }, (_, index) => section(`sec-${index}`, "Title", []))),
      { ...sampleTemplate, chaptersOnNewPage: false },
    ],
  };

  test.each(Object.entries(documents))("%s", async (_, [document, template]) => {
    const written = await write(document, template);
    expect(conserve(document, written, "pdf")).toEqual([]);
  });
});

test("an empty document has a file", async () => {
  const { pageCount, write: writeEmpty } = await paginate(documentOf([]), sampleTemplate);
  expect(pageCount).toBe(1);
  expect(unpack((await writeEmpty()).bytes)).toContain("/Count 1");
});

test("links do nothing but lead to places and addresses", async () => {
  const { bytes } = await write(
    bodyOf(
      section("sec-__proto__", "Title", [
        paragraph([
          link("https://example.org/?a=(b)", "net"),
          link("#sec-__proto__", "place"),
          link("#sec-none", "nowhere"),
          link("javascript:app.alert(1)", "script"),
        ]),
      ]),
    ),
  );
  const file = unpack(bytes);
  expect(
    [...file.matchAll(/\/S\/(\w+)\/(?:URI|D)(.*?)>>/g)].map(([, kind, to]) => [kind, to]),
  ).toEqual([
    ["URI", "(https://example.org/?a=\\(b\\))"],
    ["GoTo", "(sec-__proto__)"],
  ]);
  expect(file).not.toContain("javascript");
});

test("names of places are sorted as readers search them", async () => {
  const ids = ["sec-b", "sec-é", "sec-B", "sec-a-1", "sec-a", "Sec", "sec-10", "sec-9"];
  const { bytes } = await write(bodyOf(...ids.map((id) => section(id, id, []))));
  const names = /\/Names \[(.*?)\n\]/s.exec(unpack(bytes))![1]!;
  const keys = [...names.matchAll(/^\s*\((.*?)\) \[/gm)].map(([, key]) => key!);
  expect(keys).toEqual([...keys].sort((one, other) => (one < other ? -1 : 1)));
  expect(keys).toHaveLength(ids.length);
});

describe("page numbers", () => {
  const parts: Document["parts"] = [
    { role: "title-page", children: [paragraph("Title", { style: "title" })] },
    {
      role: "front-matter",
      children: [section("sec-abstract", "Abstract", [paragraph("Short.")], "abstract")],
    },
    { role: "body", children: [section("sec-1", "One", [paragraph("Text.")])] },
  ];
  const numbered = (change: Partial<Template["pageNumbers"]>): Template => ({
    ...sampleTemplate,
    pageNumbers: { ...sampleTemplate.pageNumbers, ...change },
  });

  test.each([
    ["roman, then arabic", {}, ["ii", "1"]],
    ["arabic throughout", { frontMatter: "arabic" }, ["2", "3"]],
    ["the title page not counted", { countTitlePage: false }, ["i", "1"]],
    ["none in front", { frontMatter: "none" }, ["", "1"]],
  ] as const)("%s", async (_, change, expected) => {
    const { labels } = await paginate(documentOf(parts), numbered(change));
    expect([labels.get("sec-abstract"), labels.get("sec-1")]).toEqual(expected);
  });

  test.each(["header", "footer"] as const)("are no part of the text in the %s", async (place) => {
    const { text } = await write(documentOf(parts), numbered({ place }));
    expect(text).toEqual(["Title", "Abstract", "Short.", "One", "Text."]);
  });
});
