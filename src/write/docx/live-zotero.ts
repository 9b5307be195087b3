// Zotero's fields in Word. Zotero finds them by their codes and reads the works
// from them, so that who opens the file needs none of them in a library.
//
// The form of the codes is that of the CSL project's csl-citation.json; what
// Zotero makes of them is told from its own source (xpcom/integration.js).

import { createHash } from "node:crypto";
import {
  type Citation,
  type CitationItem,
  type Document,
  type Entry,
  type Inline,
  type Name,
  type Reference,
  toText,
} from "../../document.js";
import type { CslNode, CslStyle } from "../../style.js";
import { beginField, endField } from "./fields.js";
import {
  isField,
  type LiveFields,
  type LivePlace,
  type LiveRequest,
  splitAuthor,
  splitBrackets,
  uncitedKeys,
} from "./live.js";
import { customPropertiesXml } from "./parts.js";
import { xmlSafe } from "./xml.js";

/**
 * Returns Zotero's fields: a field of the type `ZOTERO_ITEM` for each citation, one
 * of `ZOTERO_BIBL` around the list, and the settings of the document in its
 * custom properties. Every identifier is made from the content.
 */
export function zoteroFields(
  { references, style }: LiveRequest,
  document: Document,
  list: readonly Entry[] | undefined,
): LiveFields {
  const items = new Map<string, ZoteroItem>();
  const itemOf = (key: string): ZoteroItem => {
    const item = items.get(key) ?? zoteroItem(references.get(key)!);
    items.set(key, item);
    return item;
  };
  const ids = new Map<string, number>();
  const citationId = (content: string): string => {
    const count = (ids.get(content) ?? 0) + 1;
    ids.set(content, count);
    return letters(`${count} ${content}`);
  };

  /**
   * Whether the author is left out for being named in the sentence. Of a note the
   * shorter forms name the author again, so what is printed decides.
   */
  const leavesOutAuthor = (
    { mode, authorEnd, items }: Citation,
    index: number,
    printed: string,
  ): boolean => {
    const { key, suppressAuthor = false } = items[index]!;
    const isNamed = index === 0 && (authorEnd !== undefined || mode === "rest");
    if (!isNamed && !suppressAuthor) return false;
    const [first] = (references.get(key)!.author ?? []) as readonly Name[];
    const name = first?.family ?? first?.literal;
    return style.csl.class === "in-text" || (name !== undefined && !printed.includes(name));
  };

  const writeField = (citation: Citation, result: readonly Inline[], place: LivePlace) => {
    const text = resultText(result);
    const content = {
      properties: {
        ...(citation.items.length > 1 && citation.authorEnd !== undefined && { unsorted: true }),
        formattedCitation: text,
        ...(isPlainText(text) && { plainCitation: text }),
        noteIndex: place.note,
      },
      citationItems: citation.items.map((item, index) => ({
        id: itemOf(item.key).itemData.id,
        ...itemOf(item.key),
        ...occurrence(item),
        ...(leavesOutAuthor(citation, index, text) && { "suppress-author": true }),
      })),
      schema: "https://github.com/citation-style-language/schema/raw/master/csl-citation.json",
    };
    const citationID = citationId(JSON.stringify(content));
    const code = `ADDIN ZOTERO_ITEM CSL_CITATION ${json({ citationID, ...content })}`;
    return [...beginField(code), ...place.result(result), endField()];
  };

  return {
    ...(list && { list }),
    writeCitation(citation, place) {
      if (!isField(citation) || !citation.items.every(({ key }) => references.has(key))) {
        return place.plain(citation.children);
      }
      const [author, rest] = splitAuthor(citation);
      const [open, inner, close] =
        style.csl.class === "note" ? splitBrackets(rest) : [[], rest, []];
      return [
        ...place.plain([...author, ...open]),
        ...writeField(citation, inner, place),
        ...place.plain(close),
      ];
    },
    beginList() {
      // Works that no citation holds. Zotero finds those that its user has in the library.
      const uncited = uncitedKeys(list ?? [], document)
        .filter((key) => references.has(key))
        .map((key) => itemOf(key).uris);
      const code = `ADDIN ZOTERO_BIBL ${json({ uncited, omitted: [], custom: [] })} CSL_BIBLIOGRAPHY`;
      return beginField(code);
    },
    wrapList: (paragraphs) => [...paragraphs],
    addParts(parts) {
      const settings = settingsOf(
        style.csl,
        style.locale,
        letters(toText(document.metadata.title)),
      );
      parts.set("docProps/custom.xml", customPropertiesXml(pieces(settings)));
    },
  };
}

// ---- works ------------------------------------------------------------------------

/** A work as a field holds it. */
interface ZoteroItem {
  /** Where Zotero looks for the work before it takes the data; must be there. */
  readonly uris: readonly string[];
  readonly itemData: Readonly<Record<string, unknown>> & { readonly id: string };
}

/**
 * Returns a work as CSL-JSON without its abstract, which nothing prints and every
 * citation would repeat. The address is that of Zotero's own item if the key is
 * one, as in its exports; else one that no library has, the same for the same work.
 */
function zoteroItem(reference: Reference): ZoteroItem {
  const { id, type, abstract, ...variables } = reference;
  const itemData = { id, type, ...variables };
  const own = /^https?:\/\/zotero\.org\/(?:users|groups)\/[\w/]+\/items\/\w+$/.test(id);
  const made = `http://zotero.org/users/local/reissue0/items/${itemKey(JSON.stringify(itemData))}`;
  return { uris: [own ? id : made], itemData };
}

/** What a citation says of one of its works. */
function occurrence({ locator, label = "page", prefix, suffix }: CitationItem) {
  return {
    // Zotero keeps the older name of this one label.
    ...(locator !== undefined && { locator, label: label === "sub-verbo" ? "sub verbo" : label }),
    ...(prefix?.length && { prefix: markup(prefix) }),
    ...(suffix?.length && { suffix: markup(suffix) }),
  };
}

/** Returns inlines in the markup that CSL processors read in prefixes and suffixes. */
function markup(nodes: readonly Inline[]): string {
  return nodes.map(markupOf).join("");
}

function markupOf(node: Inline): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
      return node.value;
    case "break":
      return " ";
    case "emphasis":
      return `<i>${markup(node.children)}</i>`;
    case "strong":
      return `<b>${markup(node.children)}</b>`;
    case "superscript":
      return `<sup>${markup(node.children)}</sup>`;
    case "subscript":
      return `<sub>${markup(node.children)}</sub>`;
    case "smallCaps":
      return `<span style="font-variant:small-caps;">${markup(node.children)}</span>`;
    case "link":
    case "foreign":
    case "citation":
    case "crossReference":
    case "label":
    case "abbreviation":
      return markup(node.children);
    case "inlineEquation":
      return node.value;
    case "indexMark":
      return "";
    case "note":
      return "";
  }
}

// ---- what is printed -----------------------------------------------------------------

/** Returns the text of a field's result as Word tells it to Zotero. */
function resultText(nodes: readonly Inline[]): string {
  return xmlSafe(toText(nodes)).replace(/[\t\n\r]/g, " ");
}

/**
 * Whether Word tells a text as it stands. Zotero asks its user about a citation
 * whose text is not the one in the code, but not about one whose code has none.
 */
function isPlainText(text: string): boolean {
  return !/[\u00ad\u2011]/.test(text);
}

// ---- the document ----------------------------------------------------------------------

/**
 * Returns the settings of a document as Zotero keeps them (version 3 of their
 * form). `noteType` 1 is footnotes; styles for the text have none.
 */
function settingsOf(csl: CslStyle, locale: string, session: string): string {
  const attribute = (value: string) =>
    xmlSafe(value).replace(/[&<>"]|[^\x20-\x7e]/gu, (letter) => `&#${letter.codePointAt(0)};`);
  const hasList = childNamed(csl.source(), "bibliography") ? 1 : 0;
  const noteType = csl.class === "note" ? '<pref name="noteType" value="1"/>' : "";
  return [
    '<data data-version="3" zotero-version="6.0.36">',
    `<session id="${session}"/>`,
    `<style id="${attribute(zoteroStyle(csl))}" locale="${attribute(locale)}" hasBibliography="${hasList}" bibliographyStyleHasBeenSet="1"/>`,
    `<prefs><pref name="fieldType" value="Field"/>${noteType}</prefs>`,
    "</data>",
  ].join("");
}

/** Styles of ours that the public repository has in another file of the same edition. */
const counterparts: ReadonlyMap<string, string> = new Map([
  ["urn:reissue:style:chicago-18", "http://www.zotero.org/styles/chicago-notes-bibliography"],
]);

/** Returns the id by which Zotero knows a style: its own, or the repository's address of it. */
function zoteroStyle({ id, source }: CslStyle): string {
  const info = childNamed(source(), "info");
  const own = info && childNamed(info, "id")?.children.join("").trim();
  return own ? (counterparts.get(own) ?? own) : `http://www.zotero.org/styles/${id}`;
}

function childNamed({ children }: CslNode, name: string): CslNode | undefined {
  return children.find(
    (child): child is CslNode => typeof child === "object" && child.name === name,
  );
}

/** Word keeps no more than 255 characters in a property; Zotero joins what it finds. */
function pieces(settings: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (let at = 0; at < settings.length; at += 255) {
    properties.set(`ZOTERO_PREF_${properties.size + 1}`, settings.slice(at, at + 255));
  }
  return properties;
}

// ---- codes and identifiers ------------------------------------------------------------------

/** Returns JSON that XML can hold and that has no line ends or tabs. */
function json(value: unknown): string {
  return xmlSafe(JSON.stringify(value));
}

/** Returns eight letters and digits made from a text. */
function letters(text: string): string {
  return createHash("sha256").update(text).digest("base64").replace(/[+/=]/g, "").slice(0, 8);
}

/** Returns a key in the alphabet of Zotero's keys, which leaves out 0, 1 and O. */
function itemKey(text: string): string {
  const alphabet = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ";
  const bytes = createHash("sha256").update(text).digest().subarray(0, 8);
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join("");
}
