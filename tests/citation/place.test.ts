// Where citations and note marks stand. Each row: what was written, then what
// is printed in notes (American, British, French) and in parentheses.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Placement, placeCitations } from "../../src/citation/place.js";
import { type Block, type Inline, toText, walk } from "../../src/document.js";
import { inlines, paragraph, show, showBlocks } from "./notation.js";

const american: Placement = { class: "note", punctuationInQuote: true, locale: "en-US" };
const british: Placement = { class: "note", punctuationInQuote: false, locale: "en-GB" };
const french: Placement = { class: "note", punctuationInQuote: false, locale: "fr-FR" };
const russian: Placement = { class: "note", punctuationInQuote: false, locale: "ru-RU" };
const parentheses: Placement = { class: "in-text", punctuationInQuote: true, locale: "en-US" };

function place(children: readonly Inline[], placement: Placement): readonly Inline[] {
  const [placed] = placeCitations([{ type: "paragraph", children }], placement);
  return (placed as Extract<Block, { type: "paragraph" }>).children;
}

const printed = (source: string, placement: Placement) =>
  show(place(inlines(source), placement), true);

describe("notes and parentheses", () => {
  test.each([
    // CMOS 14.26: the mark follows any punctuation but the dash.
    ["A claim [@a].", "A claim.{(a)}", "A claim.{(a)}", "A claim{(a)}.", "A claim (a)."],
    [
      "A claim [@a], and",
      "A claim,{(a)} and",
      "A claim,{(a)} and",
      "A claim{(a)}, and",
      "A claim (a), and",
    ],
    [
      "A claim [@a]: so",
      "A claim:{(a)} so",
      "A claim:{(a)} so",
      "A claim{(a)}: so",
      "A claim (a): so",
    ],
    ["A claim [@a]—so", "A claim{(a)}—so", "A claim{(a)}—so", "A claim{(a)}—so", "A claim (a)—so"],
    [
      "A claim [@a] – so",
      "A claim{(a)} – so",
      "A claim{(a)} – so",
      "A claim{(a)} – so",
      "A claim (a) – so",
    ],
    ["Is it [@a]? So", "Is it?{(a)} So", "Is it?{(a)} So", "Is it{(a)}? So", "Is it (a)? So"],
    [
      "A claim [@a] goes on.",
      "A claim{(a)} goes on.",
      "A claim{(a)} goes on.",
      "A claim{(a)} goes on.",
      "A claim (a) goes on.",
    ],
    // The manuscript may put the citation behind the punctuation.
    [
      "A claim.[@a] Next",
      "A claim.{(a)} Next",
      "A claim.{(a)} Next",
      "A claim{(a)}. Next",
      "A claim (a). Next",
    ],
    [
      "A claim. [@a] Next",
      "A claim.{(a)} Next",
      "A claim.{(a)} Next",
      "A claim{(a)}. Next",
      "A claim (a). Next",
    ],
    [
      "A claim, [@a] and",
      "A claim,{(a)} and",
      "A claim,{(a)} and",
      "A claim{(a)}, and",
      "A claim (a), and",
    ],
    [
      "A claim[@a]. Next",
      "A claim.{(a)} Next",
      "A claim.{(a)} Next",
      "A claim{(a)}. Next",
      "A claim (a). Next",
    ],
    [
      "Really? [@a] Next",
      "Really?{(a)} Next",
      "Really?{(a)} Next",
      "Really{(a)}? Next",
      "Really (a)? Next",
    ],
    // Quotation marks: American stops and commas stand inside (CMOS 6.9).
    [
      "He “said so” [@a]. N",
      "He “said so.”{(a)} N",
      "He “said so”.{(a)} N",
      "He “said so{(a)}”. N",
      "He “said so” (a). N",
    ],
    [
      "He ‘said so’ [@a]. N",
      "He ‘said so.’{(a)} N",
      "He ‘said so’.{(a)} N",
      "He ‘said so{(a)}’. N",
      "He ‘said so’ (a). N",
    ],
    [
      "He “said so” [@a], and",
      "He “said so,”{(a)} and",
      "He “said so”,{(a)} and",
      "He “said so{(a)}”, and",
      "He “said so” (a), and",
    ],
    [
      "He “said so.” [@a] N",
      "He “said so.”{(a)} N",
      "He “said so.”{(a)} N",
      "He “said so{(a)}.” N",
      "He “said so” (a). N",
    ],
    [
      "He “said so [@a].” N",
      "He “said so.”{(a)} N",
      "He “said so.”{(a)} N",
      "He “said so{(a)}.” N",
      "He “said so” (a). N",
    ],
    [
      "He “said so.” [@a]. N",
      "He “said so.”{(a)} N",
      "He “said so.”{(a)} N",
      "He “said so{(a)}.”. N",
      "He “said so” (a). N",
    ],
    [
      "It is “a ‘big’ thing” [@a]; so",
      "It is “a ‘big’ thing”;{(a)} so",
      "It is “a ‘big’ thing”;{(a)} so",
      "It is “a ‘big’ thing{(a)}”; so",
      "It is “a ‘big’ thing” (a); so",
    ],
    [
      "It “is ‘big’” [@a]. N",
      "It “is ‘big.’”{(a)} N",
      "It “is ‘big’”.{(a)} N",
      "It “is ‘big{(a)}’”. N",
      "It “is ‘big’” (a). N",
    ],
    [
      "He cried “Stop!” [@a]. N",
      "He cried “Stop!”{(a)} N",
      "He cried “Stop!”{(a)} N",
      "He cried “Stop{(a)}!”. N",
      "He cried “Stop!” (a). N",
    ],
    [
      "He cried “Stop!” [@a] N",
      "He cried “Stop!”{(a)} N",
      "He cried “Stop!”{(a)} N",
      "He cried “Stop{(a)}!” N",
      "He cried “Stop!” (a). N",
    ],
    [
      "“*Title*” [@a]. N",
      "“*Title*.”{(a)} N",
      "“*Title*”.{(a)} N",
      "“*Title*{(a)}”. N",
      "“*Title*” (a). N",
    ],
    [
      'He "said so" [@a]. N',
      'He "said so."{(a)} N',
      'He "said so".{(a)} N',
      'He "said so{(a)}". N',
      'He "said so" (a). N',
    ],
    // Apostrophes are no quotation marks.
    [
      "the states’ [@a].",
      "the states’.{(a)}",
      "the states’.{(a)}",
      "the states’{(a)}.",
      "the states’ (a).",
    ],
    [
      "‘the states’ rights’ [@a].",
      "‘the states’ rights.’{(a)}",
      "‘the states’ rights’.{(a)}",
      "‘the states’ rights{(a)}’.",
      "‘the states’ rights’ (a).",
    ],
    [
      "‘today’s enemies’ [@a].",
      "‘today’s enemies.’{(a)}",
      "‘today’s enemies’.{(a)}",
      "‘today’s enemies{(a)}’.",
      "‘today’s enemies’ (a).",
    ],
    // Brackets: behind those of a whole sentence (CMOS 14.26), within those of an aside.
    [
      "(So it is [@a].) N",
      "(So it is.){(a)} N",
      "(So it is.){(a)} N",
      "(So it is{(a)}.) N",
      "(So it is (a).) N",
    ],
    [
      "an (aside [@a]), and",
      "an (aside{(a)}), and",
      "an (aside{(a)}), and",
      "an (aside{(a)}), and",
      "an (aside (a)), and",
    ],
    [
      "a claim ([@a]). N",
      "a claim.{(a)} N",
      "a claim.{(a)} N",
      "a claim{(a)}. N",
      "a claim (a). N",
    ],
    [
      "a claim (see [@a]). N",
      "a claim.{(a)} N",
      "a claim.{(a)} N",
      "a claim{(a)}. N",
      "a claim (a). N",
    ],
    // Stops that belong to a word, and ellipses.
    [
      "in the U.S. [@a]. N",
      "in the U.S.{(a)} N",
      "in the U.S.{(a)} N",
      "in the U.S.{(a)}. N",
      "in the U.S. (a). N",
    ],
    [
      "in the U.S. [@a] they",
      "in the U.S.{(a)} they",
      "in the U.S.{(a)} they",
      "in the U.S.{(a)} they",
      "in the U.S. (a) they",
    ],
    [
      "oil, etc. [@a] Next",
      "oil, etc.{(a)} Next",
      "oil, etc.{(a)} Next",
      "oil, etc.{(a)} Next",
      "oil, etc. (a). Next",
    ],
    [
      "and so on … [@a] N",
      "and so on …{(a)} N",
      "and so on …{(a)} N",
      "and so on{(a)} … N",
      "and so on … (a) N",
    ],
    // Emphasis: the mark is roman.
    [
      "an *idea [@a].* Next",
      "an *idea.*{(a)} Next",
      "an *idea.*{(a)} Next",
      "an *idea{(a)}.* Next",
      "an *idea (a).* Next",
    ],
    [
      "an *idea [@a]*. Next",
      "an *idea*.{(a)} Next",
      "an *idea*.{(a)} Next",
      "an *idea{(a)}*. Next",
      "an *idea* (a). Next",
    ],
    // Marks that meet are one (CMOS 14.28).
    [
      "A claim [@a] [@b]. N",
      "A claim.{(a); (b)} N",
      "A claim.{(a); (b)} N",
      "A claim{(a); (b)}. N",
      "A claim (a; b). N",
    ],
    [
      "A claim [@a]. [@b] N",
      "A claim.{(a); (b)} N",
      "A claim.{(a); (b)} N",
      "A claim{(a); (b)}. N",
      "A claim (a; b). N",
    ],
    [
      "A claim [@a]^[More.]. N",
      "A claim.{(a). More.} N",
      "A claim.{(a). More.} N",
      "A claim{(a). More.}. N",
      "A claim (a).{More.} N",
    ],
    [
      "A claim.^[One.]^[Two.] N",
      "A claim.{One. Two.} N",
      "A claim.{One. Two.} N",
      "A claim{One. Two.}. N",
      "A claim.{One. Two.} N",
    ],
    // A note that only cites, and one that says more.
    [
      "A claim.^[[@a].] N",
      "A claim.{(a)} N",
      "A claim.{(a)} N",
      "A claim{(a)}. N",
      "A claim (a). N",
    ],
    [
      "A claim.^[[@a]; [@b].] N",
      "A claim.{(a); (b)} N",
      "A claim.{(a); (b)} N",
      "A claim{(a); (b)}. N",
      "A claim (a; b). N",
    ],
    [
      "A claim^[Words only.]. N",
      "A claim.{Words only.} N",
      "A claim.{Words only.} N",
      "A claim{Words only.}. N",
      "A claim.{Words only.} N",
    ],
    [
      "A claim.^[See also [@a] and @b.] N",
      "A claim.{See also (a) and <b>.} N",
      "A claim.{See also (a) and <b>.} N",
      "A claim{See also (a) and <b>.}. N",
      "A claim.{See also (a) and <b>.} N",
    ],
    // The author in the sentence: the mark follows the name.
    [
      "As @a says, so",
      "As <a>!{(-a)} says, so",
      "As <a>!{(-a)} says, so",
      "As <a>!{(-a)} says, so",
      "As <a> says, so",
    ],
    [
      "So says @a. Next",
      "So says <a>!.{(-a)} Next",
      "So says <a>!.{(-a)} Next",
      "So says <a>!{(-a)}. Next",
      "So says <a>. Next",
    ],
    [
      "@a’s view",
      "<a>!’s{(-a)} view",
      "<a>!’s{(-a)} view",
      "<a>!’s{(-a)} view",
      "<a>!’s (-a) view",
    ],
  ])("%s", (source, us, gb, fr, text) => {
    expect(printed(source, american)).toBe(us);
    expect(printed(source, british)).toBe(gb);
    expect(printed(source, french)).toBe(fr);
    expect(printed(source, parentheses)).toBe(text);
  });

  test.each([
    ["Слово [@a].", "Слово{(a)}."],
    ["Слово [@a]?", "Слово?{(a)}"],
    ["«Слово» [@a].", "«Слово»{(a)}."],
    ["Слово.[@a]", "Слово{(a)}."],
  ])("in Russian, before stops and commas only: %s", (source, expected) => {
    expect(printed(source, russian)).toBe(expected);
  });

  test.each([
    ["„Das Wort“ [@a]. N", "„Das Wort“.{(a)} N"],
    ["»Das Wort« [@a]. N", "»Das Wort«.{(a)} N"],
    ["‚Das Wort‘ [@a]. N", "‚Das Wort‘.{(a)} N"],
  ])("knows German quotation marks: %s", (source, expected) => {
    expect(printed(source, { ...british, locale: "de-DE" })).toBe(expected);
  });

  test.each([
    ["A claim [@a].", "A claim(a)."],
    ["A claim. [@a] N", "A claim.(a) N"],
  ])("raised figures only lose the space: %s", (source, expected) => {
    expect(printed(source, { ...parentheses, superscript: true })).toBe(expected);
  });
});

describe("block quotations", () => {
  const quotation = (...sources: string[]): Block[] => [
    { type: "blockquote", children: sources.map(paragraph) },
  ];

  test.each([
    // CMOS 13.70, APA 8.27: the parenthesis stands behind the final stop.
    [["Words [@a]."], "> Words.{(a)}", "> Words. (a)"],
    [["Words. [@a]"], "> Words.{(a)}", "> Words. (a)"],
    [["Words! [@a]"], "> Words!{(a)}", "> Words! (a)"],
    [["First [@a]. Words [@b]."], "> First.{(a)} Words.{(b)}", "> First (a). Words. (b)"],
    [["Words.", "[@a]"], "> Words.{(a)}", "> Words. (a)"],
  ])("%j", (sources, note, text) => {
    expect(showBlocks(placeCitations(quotation(...sources), american), true)).toBe(note);
    expect(showBlocks(placeCitations(quotation(...sources), parentheses), true)).toBe(text);
  });
});

test("places citations in titles and lists", () => {
  const blocks: Block[] = [
    {
      type: "section",
      id: "s",
      title: inlines("A title [@a]"),
      children: [{ type: "list", tight: true, items: [[paragraph("An item [@b].")]] }],
    },
  ];
  expect(showBlocks(placeCitations(blocks, american), true)).toBe(
    "# A title{(a)}\n- An item.{(b)}",
  );
});

// ---- laws -------------------------------------------------------------------

const word = fc.constantFrom("rain", "on", "the", "rivers", "fell", "today’s", "water");
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(" "));
const phrase = fc.oneof(
  words,
  words.map((text) => `“${text}”`),
  words.map((text) => `‘${text}’`),
  words.map((text) => `*${text}*`),
  words.map((text) => `“he ‘${text}’”`),
);
const source = fc.constantFrom("[@a]", "[see @b, 5]", "[@a; @c]");

/** A sentence as an author-date style prints it: the citation before the stop. */
const sentence = fc
  .tuple(words, phrase, fc.option(source), fc.constantFrom(".", ",", ";", "?"), words)
  .map(([start, end, citation, stop, more]) => {
    const cited = `He ${start} ${end}${citation ? ` ${citation}` : ""}`;
    return /[.?]/.test(stop) ? `${cited}${stop}` : `${cited}${stop} and ${more}.`;
  });
const canonical = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((list) => list.join(" "));

/** The same in the ways in which authors write it. */
const written = fc.tuple(canonical, fc.constantFrom(0, 1, 2, 3)).map(([text, way]) => {
  if (way === 1) return text.replace(/ (\[[^\]]*\])([.,;?])/g, "$2$1");
  if (way === 2) return text.replace(/ (\[[^\]]*\])([.,;])/g, "$2^[$1.]");
  if (way === 3) return text.replace(/ (\[[^\]]*\])(\.)/g, "$2 $1");
  return text;
});

/** The letters of the text, without citations and notes. */
function letters(nodes: readonly Inline[]): string {
  return toText(withoutCitations(nodes)).replace(/[^\p{L}\p{N}]/gu, "");
}

function withoutCitations(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.type === "citation" || node.type === "note") return [];
    if (!("children" in node)) return [node];
    return [{ ...node, children: withoutCitations(node.children) }];
  });
}

const keys = (nodes: readonly Inline[]) =>
  [...walk(nodes)].flatMap((node) =>
    node.type === "citation" ? node.items.map(({ key }) => key) : [],
  );

describe.each([
  ["American notes", american],
  ["British notes", british],
  ["French notes", french],
  ["Russian notes", russian],
  ["parentheses", parentheses],
])("%s", (_name, placement) => {
  test("keep every word and every citation, in their order", () => {
    fc.assert(
      fc.property(written, (text) => {
        const placed = place(inlines(text), placement);
        expect(letters(placed)).toBe(letters(inlines(text)));
        expect(keys(placed)).toEqual(keys(inlines(text)));
      }),
    );
  });

  test("stay where they are when placed again", () => {
    fc.assert(
      fc.property(written, (text) => {
        const placed = place(inlines(text), placement);
        expect(show(place(placed, placement), true)).toBe(show(placed, true));
      }),
    );
  });

  test("come back to the parentheses from which they came", () => {
    fc.assert(
      fc.property(written, (text) => {
        const there = place(inlines(text), placement);
        expect(show(place(there, parentheses), true)).toBe(printed(text, parentheses));
      }),
    );
  });
});

test("what is written as an author-date style prints it stays as it is", () => {
  fc.assert(
    fc.property(canonical, (text) => {
      expect(printed(text, parentheses)).toBe(show(inlines(text), true));
    }),
  );
});
