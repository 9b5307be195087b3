// Finds CSL styles: those of the bundle by their ids, the user's own as XML.
// What the bundle leaves out of a style (its <info>) is read off the style itself.

import { distance } from "fastest-levenshtein";
import type { CslNode, CslStyle, Style } from "../style.js";
import { bundledLocale, bundledStyle, bundledStyleIds } from "./csl-bundle.js";
import {
  CslStyleError,
  checkCslStyle,
  childNamed,
  independentParent,
  readCslXml,
} from "./csl-xml.js";
import type { Placement } from "./place.js";

export { CslStyleError };

/**
 * Ids of the public CSL repository of today that the bundle has under an older
 * one. Only pairs that are the same edition of the same manual; the repository's
 * own list of renamed styles also leads from one edition to the next.
 */
const aliases: ReadonlyMap<string, string> = new Map([
  ["chicago-author-date-17th-edition", "chicago-author-date"],
  ["chicago-notes-bibliography-17th-edition", "chicago-fullnote-bibliography"],
  [
    "chicago-notes-bibliography-subsequent-ibid-17th-edition",
    "chicago-fullnote-bibliography-with-ibid",
  ],
  ["chicago-shortened-notes-bibliography-17th-edition", "chicago-note-bibliography"],
  ["harvard1", "harvard-cite-them-right"],
  ["mhra-notes", "modern-humanities-research-association"],
  ["nlm-citation-sequence", "vancouver"],
]);

/** Returns the bundled style of that id, under its own or an older name. */
export function findCslStyle(id: string): CslStyle | undefined {
  for (const name of [id, aliases.get(id)]) {
    const tree = name === undefined ? undefined : bundledStyle(name);
    if (tree) {
      return { ...describe(tree), id, source: () => withFlatSubstitutes(bundledStyle(name!)!) };
    }
  }
  return undefined;
}

/** Returns the id that the bundle has a style under, and the others that mean the same. */
export function styleNames(id: string): { readonly id: string; readonly aliases: string[] } {
  const own = aliases.get(id) ?? id;
  return { id: own, aliases: [...aliases].flatMap(([name, of]) => (of === own ? [name] : [])) };
}

/**
 * A `names` within a `substitute` may have none of its own (CSL 1.0.2,
 * "Substitute"). One bundled style has, and citeproc-js breaks at it: what the
 * inner one would try is tried after its `names` instead.
 */
function withFlatSubstitutes(node: CslNode): CslNode {
  return mapChildren(node, (child) => {
    if (typeof child === "string") return child;
    const inner = withFlatSubstitutes(child);
    if (inner.name !== "substitute") return inner;
    return { ...inner, children: inner.children.flatMap(hoistSubstitute) };
  });
}

function hoistSubstitute(tried: CslNode | string): (CslNode | string)[] {
  if (typeof tried === "string" || tried.name !== "names") return [tried];
  const substitute = childNamed(tried, "substitute");
  if (!substitute) return [tried];
  const children = tried.children.filter((child) => child !== substitute);
  return [{ ...tried, children }, ...substitute.children];
}

/** Returns the ids of all bundled styles, sorted. */
export function cslStyleIds(): string[] {
  return [...bundledStyleIds()].sort();
}

/** Returns up to five ids that the given one may have been meant for, the likeliest first. */
export function nearStyles(id: string): string[] {
  const wanted = id.toLowerCase();
  const words = wanted.split(/[^a-z0-9]+/).filter((word) => word.length > 1);
  const scored: { name: string; score: number }[] = [];
  for (const name of [...bundledStyleIds(), ...aliases.keys()]) {
    const edits = distance(wanted, name);
    const holdsAll = words.length > 0 && words.every((word) => name.includes(word));
    // A typing error is nearer than a longer name that holds the same words.
    if (edits <= Math.max(2, wanted.length / 4)) scored.push({ name, score: edits });
    else if (holdsAll) scored.push({ name, score: 100 + name.length });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, 5).map(({ name }) => name);
}

/**
 * Returns a style from the text of a `.csl` file. A dependent style is its
 * parent, which `findParent` looks up, under its own id and default locale.
 *
 * Throws a `CslStyleError`, with an offset into the text, if the text is no
 * usable CSL style.
 */
export function parseCslStyle(
  xml: string,
  id: string,
  findParent: (id: string) => CslStyle | undefined = findCslStyle,
): CslStyle {
  const read = readCslXml(xml);
  const parent = read.root.name === "style" ? independentParent(read) : undefined;
  if (parent) {
    const style = findParent(parent.id);
    if (!style) {
      throw new CslStyleError(
        `the style depends on "${parent.id}", which is not there`,
        parent.offset,
      );
    }
    const defaultLocale = read.root.attrs["default-locale"] ?? style.defaultLocale;
    return { ...style, id, ...(defaultLocale !== undefined && { defaultLocale }) };
  }
  checkCslStyle(read);
  return { ...describe(read.root), id, source: () => structuredClone(read.root) };
}

/** Returns a locale of the bundle, such as `en-GB`; undefined if there is none. */
export function cslLocale(lang: string): CslNode | undefined {
  const locale = bundledLocale(lang);
  return locale && withSpacedEras(locale);
}

/**
 * The bundle's terms for the eras are printed right behind the year: "44BC". A
 * space belongs between them (Chicago Manual, 17th edition, 9.34; 18th, 9.36).
 */
function withSpacedEras(locale: CslNode): CslNode {
  const isEra = ({ name, attrs }: CslNode) =>
    name === "term" && (attrs.name === "ad" || attrs.name === "bc");
  const spaced = (node: CslNode | string): CslNode | string => {
    if (typeof node === "string") return node;
    if (!isEra(node)) return node.name === "terms" ? mapChildren(node, spaced) : node;
    return mapChildren(node, (text) =>
      typeof text === "string" && /^\S/.test(text) ? `\u00a0${text}` : text,
    );
  };
  return mapChildren(locale, spaced);
}

function mapChildren(
  node: CslNode,
  change: (child: CslNode | string) => CslNode | string,
): CslNode {
  return { ...node, children: node.children.map(change) };
}

/**
 * Returns whether full stops and commas go inside a closing quotation mark, as
 * in American English (CSL 1.0.2, `punctuation-in-quote`).
 */
export function punctuationInQuote(locale: string): boolean {
  const tree = bundledLocale(locale) ?? bundledLocale(mainLocale(locale));
  return localeOption(tree, "punctuation-in-quote") === "true";
}

/** Returns where a style wants its citations and note marks to stand. */
export function placementOf({ csl, locale }: Style): Placement {
  const tree = csl.source();
  const own = tree.children.filter(
    (child): child is CslNode =>
      typeof child === "object" &&
      child.name === "locale" &&
      [undefined, locale, primaryLanguage(locale)].includes(child.attrs["xml:lang"]),
  );
  const option = own
    .map((child) => localeOption(child, "punctuation-in-quote"))
    .find((value) => value !== undefined);
  return {
    class: csl.class,
    locale,
    punctuationInQuote: option === undefined ? punctuationInQuote(locale) : option === "true",
    superscript: csl.class === "in-text" && isSuperscript(tree),
  };
}

const primaryLanguage = (locale: string) => locale.split("-")[0]!;

/** The locales that stand for a language (CSL 1.0.2, section 2.1.3), where not `xx-XX`. */
const mainLocales: Readonly<Record<string, string>> = {
  cs: "cs-CZ",
  da: "da-DK",
  el: "el-GR",
  en: "en-US",
  et: "et-EE",
  fa: "fa-IR",
  he: "he-IL",
  ja: "ja-JP",
  ko: "ko-KR",
  nb: "nb-NO",
  nn: "nn-NO",
  sl: "sl-SI",
  sr: "sr-RS",
  sv: "sv-SE",
  uk: "uk-UA",
  vi: "vi-VN",
  zh: "zh-CN",
};

function mainLocale(locale: string): string {
  const language = primaryLanguage(locale);
  return mainLocales[language] ?? `${language}-${language.toUpperCase()}`;
}

function localeOption(locale: CslNode | undefined, name: string): string | undefined {
  return locale && childNamed(locale, "style-options")?.attrs[name];
}

function isSuperscript(style: CslNode): boolean {
  const layout = citationLayout(style);
  if (!layout) return false;
  if (layout.attrs["vertical-align"] === "sup") return true;
  const elements = layout.children.filter((child) => typeof child === "object");
  return elements.length === 1 && elements[0]!.attrs["vertical-align"] === "sup";
}

function citationLayout(style: CslNode): CslNode | undefined {
  const citation = childNamed(style, "citation");
  return citation && childNamed(citation, "layout");
}

/** Reads class, citation format and default locale off a style. */
function describe(style: CslNode): Omit<CslStyle, "id" | "source"> {
  const kind = style.attrs.class === "note" ? "note" : "in-text";
  const defaultLocale = style.attrs["default-locale"];
  return {
    class: kind,
    format: kind === "note" ? "note" : citationFormat(style),
    ...(defaultLocale !== undefined && { defaultLocale }),
  };
}

/** The format is what the citation's layout prints, macros included. */
function citationFormat(style: CslNode): CslStyle["format"] {
  const variables = printedVariables(style, "citation");
  if (variables.has("citation-number")) return "numeric";
  if (variables.has("citation-label")) return "label";
  const dated = ["issued", "year-suffix", "original-date"].some((name) => variables.has(name));
  return dated ? "author-date" : "author";
}

/**
 * Returns the CSL variables that a style may print in its citations or in its
 * list of references.
 */
export function printedVariables(
  style: CslNode,
  area: "citation" | "bibliography",
): ReadonlySet<string> {
  const macros = new Map<string, CslNode>();
  for (const child of style.children) {
    if (typeof child === "object" && child.name === "macro")
      macros.set(child.attrs.name ?? "", child);
  }
  const variables = new Set<string>();
  const seen = new Set<string>();
  const collect = (node: CslNode): void => {
    // A condition asks for a variable without printing it.
    if (node.attrs.variable !== undefined && !/^(if|else-if)$/.test(node.name)) {
      for (const name of node.attrs.variable.split(/\s+/)) variables.add(name);
    }
    const { macro } = node.attrs;
    if (macro !== undefined && !seen.has(macro)) {
      seen.add(macro);
      const called = macros.get(macro);
      if (called) collect(called);
    }
    for (const child of node.children) if (typeof child === "object") collect(child);
  };
  const top = childNamed(style, area);
  const layout = top && childNamed(top, "layout");
  if (layout) collect(layout);
  return variables;
}
