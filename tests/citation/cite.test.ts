// Citations as they are printed: one small manuscript in ten styles, each
// printed form in expected/, and the mistakes that are reported.

import { describe, expect, test } from "vitest";
import { cite } from "../../src/citation/cite.js";
import { findCslStyle, parseCslStyle, placementOf } from "../../src/citation/csl-styles.js";
import { placeCitations } from "../../src/citation/place.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { type Block, type Document, type Reference, toText, walk } from "../../src/document.js";
import { numberNotes } from "../../src/number.js";
import type { Style } from "../../src/style.js";
import { documentOf, inlines, paragraph, show, showBlocks } from "./notation.js";
import { references } from "./references.js";

function style(id: string, locale = "en-US", ibid: Style["ibid"] = "style"): Style {
  return { id, title: id, csl: findCslStyle(id)!, locale, ibid };
}

function citeBlocks(
  blocks: readonly Block[],
  into: Style,
  works: ReadonlyMap<string, Reference> = references,
): { document: Document; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const source = documentOf(blocks);
  const parts = source.parts.map((part) => ({
    ...part,
    children: placeCitations(part.children, placementOf(into)),
  }));
  const document = cite(numberNotes({ ...source, parts }), works, into, (diagnostic) =>
    diagnostics.push(diagnostic),
  );
  return { document, diagnostics };
}

const body = (document: Document) => showBlocks(document.parts[0]!.children.slice(0, -1));

/** The printed text of one paragraph, without its list. */
function printed(source: string, into: Style, works = references): string {
  return body(citeBlocks([paragraph(source)], into, works).document);
}

const manuscript = [
  "A first claim [@smith, 5]. A second one [@smith, 6-17]; and “a third” [@jones, 102; @doe, chap. 3, my translation].",
  "As @smith [7] says, @jones agree. In @doe’s opinion, and in that of @who [3], rivers flow. So says @page.",
  "A remark.^[See also @jones [103] and [@smith, 4].] Another.^[A claim that matters [@smith, 9]. More: [@doe, 12].] A source.^[[@page].] A hint [see @smith, 3; @who].",
  "(For more, see [@smith, 4].) An aside (rivers flow [@doe]) and ([@jones]). As Smith said [-@smith, 8].",
].map(paragraph);

describe("a small manuscript", () => {
  test.each([
    ["american-medical-association", "en-US"],
    ["apa", "en-US"],
    ["chicago-author-date", "en-US"],
    ["chicago-fullnote-bibliography", "en-US"],
    ["chicago-fullnote-bibliography-with-ibid", "en-US"],
    ["harvard-cite-them-right", "en-GB"],
    ["ieee", "en-US"],
    ["modern-language-association", "en-US"],
    ["oscola", "en-GB"],
    ["vancouver", "en-GB"],
  ])("in %s", async (id, locale) => {
    const { document, diagnostics } = citeBlocks(manuscript, style(id, locale));
    expect(diagnostics).toEqual([]);
    await expect(`${showBlocks(document.parts[0]!.children)}\n`).toMatchFileSnapshot(
      `expected/${id}.txt`,
    );
  });
});

describe("notes", () => {
  const chicago = style("chicago-fullnote-bibliography");
  const withIbid = style("chicago-fullnote-bibliography-with-ibid");

  test("ibid. follows only the same work in the note before", () => {
    const source = "A [@smith, 1]. B [@smith, 1]. C [@smith, 2]. D [@jones]. E [@smith, 2].";
    expect(notes(source, withIbid).slice(1)).toEqual([
      "Ibid.",
      "Ibid., 2.",
      expect.stringMatching(/^Anne Jones/),
      "Smith, *War and Water*, 2.",
    ]);
  });

  test("a note that cites nothing counts, so that ibid. cannot skip it", () => {
    const source = "A [@smith, 1]. B.^[A remark.] C [@smith, 2].";
    expect(notes(source, withIbid)[2]).toBe("Smith, *War and Water*, 2.");
  });

  test("a note with two works is not followed by ibid.", () => {
    const source = "A [@smith, 1]. B [@jones; @smith, 2]. C [@smith, 3].";
    expect(notes(source, withIbid)[2]).toBe("Smith, *War and Water*, 3.");
  });

  test("ibid. can be forbidden", () => {
    const never = { ...withIbid, ibid: "never" as const };
    const source = "A [@smith, 1]. B [@smith, 1]. C [@smith, 2].";
    expect(notes(source, never).slice(1)).toEqual([
      "Smith, *War and Water*, 1.",
      "Smith, *War and Water*, 2.",
    ]);
  });

  test("two citations in one note share its number", () => {
    const source = "A.^[[@smith, 1]; [@smith, 2].] B [@smith, 2].";
    expect(notes(source, withIbid)).toEqual([
      "John Smith, *War and Water* (London: Example Press, 2010), 1; ibid., 2.",
      "Smith, *War and Water*, 2.",
    ]);
  });

  test.each([
    ["A [see @smith].", "See John Smith, *War and Water* (London: Example Press, 2010)."],
    ["A (see [@smith]).", "See John Smith, *War and Water* (London: Example Press, 2010)."],
    // CMOS 6.9: the comma of a suffix stands inside the quotation mark.
    ["B [@jones]. C [@smith]. A [@jones, 5, 2015].", "Jones and Brown, “On Rivers,” 5, 2015."],
    ["B [@jones]. C [@smith]. A [@jones, as ever].", "Jones and Brown, “On Rivers,” as ever."],
  ])("%s", (source, expected) => {
    expect(notes(source, chicago).at(-1)).toBe(expected);
  });

  test("begin with a capital, even with a particle", () => {
    const beethoven: Reference = {
      id: "b",
      type: "book",
      title: "Letters",
      author: [{ family: "Beethoven", "non-dropping-particle": "van" }],
    };
    expect(notes("A [@b].", chicago, new Map([["b", beethoven]]))).toEqual([
      "Van Beethoven, *Letters*, n.d.",
    ]);
  });

  function notes(source: string, into: Style, works = references): string[] {
    const { document } = citeBlocks([paragraph(source)], into, works);
    return [...walk(document.parts[0]!.children)].flatMap((node) =>
      node.type === "note" ? [showBlocks(node.children)] : [],
    );
  }
});

describe("author and date", () => {
  const chicago = style("chicago-author-date");
  const smith = (id: string, year: number, given = "John"): Reference => ({
    id,
    type: "book",
    title: `Title ${id}`,
    author: [{ family: "Smith", given }],
    issued: { "date-parts": [[year]] },
  });
  const works = new Map(
    [smith("a", 2000), smith("b", 2000), smith("c", 2013), smith("d", 2000, "Jane")].map(
      (reference) => [reference.id, reference],
    ),
  );

  test("works of one author are joined by commas, also where citeproc-js puts semicolons", () => {
    expect(printed("A [@a; @c].", chicago, works)).toBe("A (Smith 2000, 2013).");
  });

  test("the same author and year are told apart", () => {
    expect(printed("A [@a]. B [@b]. C [@d].", style("apa"), works)).toBe(
      "A (Smith, 2000a). B (Smith, 2000b). C (Smith, 2000c).",
    );
  });

  test("the work that the sentence names stays first", () => {
    expect(
      citeBlocks(
        [
          {
            type: "paragraph",
            children: [
              {
                type: "citation",
                mode: "narrative",
                items: [{ key: "smith" }, { key: "doe" }],
                children: [],
              },
            ],
          },
        ],
        style("apa"),
      )
        .document.parts[0]!.children.slice(0, -1)
        .map((block) => showBlocks([block])),
    ).toEqual(["Smith (2010; Doe et al., 1999)"]);
  });
});

describe("links", () => {
  const urls = (source: string, id: string) =>
    [...walk(citeBlocks([paragraph(source)], style(id)).document.parts[0]!.children)].flatMap(
      (node) =>
        node.type === "link" && node.url.startsWith("#")
          ? [`${toText(node.children)} -> ${node.url}`]
          : [],
    );

  test.each([
    ["apa", "A [@smith].", ["(Smith, 2010) -> #ref-1"]],
    ["apa", "As @smith says.", ["Smith -> #ref-1", "(2010) -> #ref-1"]],
    ["apa", "A [@smith; @doe].", ["Doe et al., 1999 -> #ref-1", "Smith, 2010 -> #ref-2"]],
    ["vancouver", "A [@smith; @doe].", ["1 -> #ref-1", "2 -> #ref-2"]],
    ["vancouver", "A [@smith; @doe; @jones].", []],
  ])("%s: %s", (id, source, expected) => {
    expect(urls(source, id)).toEqual(expected);
  });

  test("lead from a note to the entry, around the address that it holds", () => {
    const [only] = urls("A [@page].", "chicago-fullnote-bibliography");
    expect(only).toBe("“An Anonymous Page,” Example.com, March 9, 2015, -> #ref-1");
  });
});

describe("reports", () => {
  test("all unknown keys, with what may have been meant, and prints them in question marks", () => {
    const { document, diagnostics } = citeBlocks(
      [paragraph("A [@smiht, 5]. B [@smith; @nobody].")],
      style("apa"),
    );
    expect(diagnostics).toEqual([
      {
        code: "citation-undefined",
        message: 'no reference has the key "smiht"',
        hints: ['did you mean "smith" (Smith, War and water)?'],
      },
      { code: "citation-undefined", message: 'no reference has the key "nobody"' },
    ]);
    expect(body(document)).toBe("A **?smiht?**, 5. B (Smith, 2010); **?nobody?**.");
  });

  test("works that the style leaves out of its list, once each", () => {
    const xml = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
      <citation><layout><text variable="title"/></layout></citation>
      <bibliography><layout><text variable="publisher"/></layout></bibliography></style>`;
    const into = { ...style("apa"), id: "own", csl: parseCslStyle(xml, "own") };
    const { document, diagnostics } = citeBlocks(
      [paragraph("A [@jones]. B [@jones; @smith].")],
      into,
    );
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["reference-unprinted", 'the style "own" leaves "jones" out of the list of references'],
    ]);
    expect(showBlocks(document.parts[0]!.children)).toBe(
      "A On rivers. B On riversWar and water.\n# \nExample Press",
    );
  });

  test("works that the style prints nothing for, and no sign of citeproc-js in the text", () => {
    const xml = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
      <citation><layout><text variable="publisher"/></layout></citation>
      <bibliography><layout><text variable="publisher"/></layout></bibliography></style>`;
    const into = { ...style("apa"), id: "own", csl: parseCslStyle(xml, "own") };
    const { document, diagnostics } = citeBlocks([paragraph("A [@jones]. B [@smith].")], into);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'the style "own" prints nothing for "jones"',
    ]);
    expect(showBlocks(document.parts[0]!.children)).toBe(
      "A [@jones]. B Example Press.\n# \nExample Press",
    );
  });

  test("a style that does not work", () => {
    const xml = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
      <citation><layout><unheard-of/></layout></citation></style>`;
    const into = { ...style("apa"), id: "own", csl: parseCslStyle(xml, "own") };
    const { document, diagnostics } = citeBlocks([paragraph("A [@jones].")], into);
    expect(diagnostics.map(({ code }) => code)).toEqual(["style-invalid"]);
    expect(body(document)).toBe("A [@jones].");
  });

  test("nothing for a style without a list", () => {
    const xml = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
      <citation><layout prefix="(" suffix=")"><text variable="title"/></layout></citation></style>`;
    const into = { ...style("apa"), csl: parseCslStyle(xml, "own") };
    const { document, diagnostics } = citeBlocks([paragraph("A [@jones].")], into);
    expect(diagnostics).toEqual([]);
    expect(showBlocks(document.parts[0]!.children)).toBe("A (On rivers).\n# ");
  });
});

test("cites in titles, lists and quotations", () => {
  const blocks: Block[] = [
    {
      type: "section",
      id: "s",
      title: inlines("A title [@smith]"),
      children: [
        { type: "list", tight: true, items: [[paragraph("An item [@jones].")]] },
        { type: "blockquote", children: [paragraph("Words [@doe, 5].")] },
      ],
    },
  ];
  expect(body(citeBlocks(blocks, style("apa")).document)).toBe(
    [
      "# A title (Smith, 2010)",
      "- An item (Jones & Brown, 2001).",
      "> Words. (Doe et al., 1999, p. 5)",
    ].join("\n"),
  );
});

test("nothing cited, nothing changed", () => {
  const { document, diagnostics } = citeBlocks([paragraph("No citation.")], style("apa"));
  expect(show(inlines("No citation."))).toBe(body(document));
  expect(diagnostics).toEqual([]);
});

test("words before a work keep the works in the author's order; others are sorted", () => {
  const apa = style("apa");
  const order = (source: string) =>
    printed(source, apa).search(/Smith/) < printed(source, apa).search(/Jones/);
  expect(order("A claim [@smith, 7; @jones, 14].")).toBe(false);
  expect(order("A claim [see @smith, 7; but cf. @jones, 14].")).toBe(true);
});

test("a source in the author's own brackets has one semicolon before it", () => {
  expect(printed("Some say so (a claim; [@smith]).", style("apa"))).toMatch(
    /\(a claim; Smith[^;]*\)\./,
  );
});
