// The bundle as data, and styles from outside: what is refused, why and where.

import { describe, expect, test } from "vitest";
import { scanStyles } from "../../src/citation/csl-bundle.js";
import {
  CslStyleError,
  cslLocale,
  cslStyleIds,
  findCslStyle,
  nearStyles,
  parseCslStyle,
  placementOf,
  punctuationInQuote,
} from "../../src/citation/csl-styles.js";
import { loadCiteproc } from "../../src/citation/engine.js";
import type { CslNode } from "../../src/style.js";

test("the index names every style that the assets hold", () => {
  expect(cslStyleIds()).toEqual([...scanStyles().keys()].sort());
  expect(cslStyleIds().length).toBeGreaterThan(2_600);
});

test.each([
  ["chicago-fullnote-bibliography", "note", "note", undefined],
  ["oscola", "note", "note", "en-GB"],
  ["apa", "in-text", "author-date", undefined],
  ["harvard-cite-them-right", "in-text", "author-date", "en-GB"],
  ["modern-language-association", "in-text", "author", undefined],
  ["ieee", "in-text", "numeric", undefined],
  ["vancouver", "in-text", "numeric", undefined],
  ["din-1505-2-alphanumeric", "in-text", "label", "de-DE"],
])("%s is %s, %s", (id, kind, format, defaultLocale) => {
  const style = findCslStyle(id)!;
  expect([style.class, style.format]).toEqual([kind, format]);
  if (defaultLocale) expect(style.defaultLocale).toBe(defaultLocale);
});

test("finds a style under its name of today, under the word that was asked for", () => {
  const style = findCslStyle("chicago-notes-bibliography-17th-edition")!;
  expect(style.id).toBe("chicago-notes-bibliography-17th-edition");
  expect(style.source()).toEqual(findCslStyle("chicago-fullnote-bibliography")!.source());
  expect(findCslStyle("chicago-notes-bibliography")).toBeUndefined();
  expect(findCslStyle("__proto__")).toBeUndefined();
});

test("gives every engine a tree of its own", () => {
  const style = findCslStyle("apa")!;
  expect(style.source()).not.toBe(style.source());
  expect(style.source()).toEqual(style.source());
});

test.each([
  ["harvard-cite-them-rihgt", "harvard-cite-them-right"],
  ["chicago-fullnote", "chicago-fullnote-bibliography"],
  ["vancuver", "vancouver"],
])("%s may have been meant for %s", (id, near) => {
  expect(nearStyles(id)).toContain(near);
});

test("knows where each locale puts its stops", () => {
  expect(["en-US", "en-GB", "fr-FR", "en", "de"].map(punctuationInQuote)).toEqual([
    true,
    false,
    false,
    true,
    false,
  ]);
  expect(cslLocale("xx-XX")).toBeUndefined();
});

test.each([
  ["chicago-fullnote-bibliography", "note", true, false],
  ["american-medical-association", "in-text", true, true],
  ["nature", "in-text", true, true],
  ["vancouver", "in-text", true, false],
] as const)("places the citations of %s", (id, kind, quote, superscript) => {
  const style = {
    id,
    title: id,
    csl: findCslStyle(id)!,
    locale: "en-US",
    ibid: "style" as const,
  };
  expect(placementOf(style)).toEqual({
    class: kind,
    locale: "en-US",
    punctuationInQuote: quote,
    superscript,
  });
});

const wrap = (inside: string, attributes = 'class="note" version="1.0"') =>
  `<?xml version="1.0"?>\n<style xmlns="http://purl.org/net/xbiblio/csl" ${attributes}>${inside}</style>`;
const citation = '<citation><layout><text macro="m"/></layout></citation>';
const macro = '<macro name="m"><text variable="title"/></macro>';

describe("a style from a file", () => {
  test("is read as citeproc-js reads it", () => {
    const xml = wrap(
      `<!-- a comment --><info><title>A &amp; B</title></info>
      <locale xml:lang="en"><terms><term name="and"/><term name="at"> a </term>
      <term name="page"><single>p.</single><multiple></multiple></term></terms></locale>
      ${macro} ${citation}`,
    );
    const expected = loadCiteproc().parseXml(xml) as CslNode;
    expect(withoutNamespace(parseCslStyle(xml, "own").source())).toEqual(
      withoutNamespace(expected),
    );
  });

  test("tells its class, format and locale", () => {
    const xml = wrap(macro + citation, 'class="in-text" version="1.0" default-locale="de-DE"');
    const style = parseCslStyle(xml.replace("title", "citation-number"), "own");
    expect(style).toMatchObject({
      id: "own",
      class: "in-text",
      format: "numeric",
      defaultLocale: "de-DE",
    });
  });

  const dependent = wrap(
    '<info><link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info>',
    'class="in-text" version="1.0" default-locale="en-AU"',
  );

  test("that depends on another is that one, in its own locale", () => {
    const style = parseCslStyle(dependent, "my-journal");
    expect(style).toMatchObject({
      id: "my-journal",
      format: "author-date",
      defaultLocale: "en-AU",
    });
    expect(style.source()).toEqual(findCslStyle("apa")!.source());
  });

  test.each([
    ["empty", "", "not a CSL style: the file is empty", ""],
    ["a web page", "<html><body/></html>", "not a CSL style: the root is <html>", "<html>"],
    ["cut off", wrap(macro + citation).slice(0, 200), /not well-formed XML/, undefined],
    ["a wrong tag", wrap("<info></inf>"), /not well-formed XML/, undefined],
    [
      "an entity bomb",
      `<!DOCTYPE style [<!ENTITY a "b">]>${wrap("&a;")}`,
      "a document type declaration is not allowed in a style",
      undefined,
    ],
    ["no namespace", "<style class='note'/>", "not a CSL style: the root is <style>", "<style"],
    [
      "a locale",
      '<locale xmlns="http://purl.org/net/xbiblio/csl" xml:lang="en"/>',
      "not a CSL style: the root is <locale>",
      "<locale",
    ],
    ["no class", wrap(macro + citation, 'version="1.0"'), /the style has no class/, "<style"],
    [
      "a wrong class",
      wrap(macro + citation, 'class="notes" version="1.0"'),
      'the class of the style is "notes"; it must be "note" or "in-text"',
      "<style",
    ],
    [
      "CSL 0.8",
      wrap(macro + citation, 'class="note" version="0.8"'),
      "the style is written in CSL 0.8, not in CSL 1.0",
      "<style",
    ],
    ["no citation", wrap(macro), "the style has no layout for citations", "<style"],
    ["no layout", wrap("<citation/>"), "the style has no layout for citations", "<citation/>"],
    ["a missing macro", wrap(citation), 'there is no macro "m" in the style', '<text macro="m"/>'],
    [
      "a macro that calls itself",
      wrap(`<macro name="m"><group><text macro="n"/></group></macro>
        <macro name="n"><text macro="m"/></macro>${citation}`),
      'the macro "m" calls itself',
      '<text macro="m"/></macro>',
    ],
    [
      "macros that multiply",
      wrap(
        [
          ...Array.from(
            { length: 20 },
            (_, n) => `<macro name="m${n || ""}">${`<text macro="m${n + 1}"/>`.repeat(10)}</macro>`,
          ),
          `<macro name="m20"><text value="x"/></macro>${citation}`,
        ].join(""),
      ),
      "the macros of the style multiply beyond all measure",
      undefined,
    ],
    [
      "too deep",
      wrap(`${"<group>".repeat(20_000)}${"</group>".repeat(20_000)}`),
      "the style is nested too deeply",
      undefined,
    ],
    [
      "a parent that is not there",
      dependent.replace("styles/apa", "styles/nobody"),
      'the style depends on "nobody", which is not there',
      "<link",
    ],
  ])("is refused: %s", (_name, xml, message, at) => {
    const error = caught(() => parseCslStyle(xml, "own"));
    expect(error).toBeInstanceOf(CslStyleError);
    expect(error.message).toMatch(message);
    if (at !== undefined) expect(xml.slice(error.offset).startsWith(at)).toBe(true);
    expect(error.offset).toBeLessThanOrEqual(xml.length);
  });
});

function caught(call: () => unknown): CslStyleError {
  try {
    call();
  } catch (error) {
    return error as CslStyleError;
  }
  throw new Error("nothing was thrown");
}

/** Ours knows namespaces and so leaves the declaration out or keeps it; the engine ignores it. */
function withoutNamespace(node: CslNode): CslNode {
  const { xmlns: _, ...attrs } = node.attrs;
  return {
    name: node.name,
    attrs,
    children: node.children.map((child) =>
      typeof child === "string" ? child : withoutNamespace(child),
    ),
  };
}

test("a bundled style that nests substitutes is made valid", () => {
  const nested: string[] = [];
  const search = (node: CslNode | string, inSubstitute: boolean): void => {
    if (typeof node === "string") return;
    if (node.name === "substitute" && inSubstitute) nested.push(node.name);
    for (const child of node.children) search(child, inSubstitute || node.name === "substitute");
  };
  search(findCslStyle("organon")!.source(), false);
  expect(nested).toEqual([]);
});
