// Reads the fields of a DOCX as another program would: by ECMA-376-1, 17.16.18
// alone, knowing nothing of how they were written.

import { type Element, elements, named, parseXml, readParts, textOf } from "../xml-tree.js";

/** A field with what it shows. */
export interface Field {
  /** The code, joined from as many runs as it stands in, without the spaces around it. */
  readonly code: string;
  /** The text of the result, without the codes of fields in it; a paragraph's end is a line end. */
  readonly result: string;
  /** The number of the note that it stands in, counted in the text; 0 in the text itself. */
  readonly note: number;
  /** The links in the result. */
  readonly links: number;
  /** The content control around it: the element that says its kind. */
  readonly control: string | undefined;
}

interface OpenField {
  code: string;
  result: string;
  links: number;
  inResult: boolean;
  readonly note: number;
  readonly control: string | undefined;
}

/** Returns the fields of the body and of the notes, in the order in which they end. */
export function readFields(bytes: Uint8Array): Field[] {
  const parts = readParts(bytes);
  const body = parseXml(parts.get("word/document.xml") as string);
  const marks = named(body, "w:footnoteReference").map(({ attributes }) => attributes["w:id"]);
  const notes = named(parseXml(parts.get("word/footnotes.xml") as string), "w:footnote");
  return [
    ...fieldsOf(body, 0),
    ...notes.flatMap((note) => fieldsOf(note, marks.indexOf(note.attributes["w:id"]) + 1)),
  ];
}

function fieldsOf(root: Element, note: number): Field[] {
  const found: Field[] = [];
  const open: OpenField[] = [];
  const show = (text: string) => {
    for (const field of open) if (field.inResult) field.result += text;
  };
  for (const element of elements(root)) {
    const current = open.at(-1);
    switch (element.name) {
      case "w:fldChar": {
        const type = element.attributes["w:fldCharType"];
        if (type === "begin") {
          const control = controlAround(element);
          open.push({ code: "", result: "", links: 0, inResult: false, note, control });
        } else if (type === "separate") current!.inResult = true;
        else {
          const { code, result, links, control } = open.pop()!;
          found.push({ code: code.trim(), result: result.trim(), note, links, control });
        }
        break;
      }
      case "w:instrText":
        current!.code += textOf(element);
        break;
      case "w:hyperlink":
        for (const field of open) field.links++;
        break;
      case "w:p":
        show("\n");
        break;
      case "w:t":
        // What stands between the beginning and the separator of any field is not shown.
        if (open.every(({ inResult }) => inResult)) show(textOf(element));
        break;
      case "w:tab":
        if (!("w:pos" in element.attributes)) show("\t");
        break;
      case "w:noBreakHyphen":
        show("\u2011");
        break;
      case "w:br":
        show("\n");
        break;
    }
  }
  return found;
}

function controlAround(element: Element): string | undefined {
  for (let at = element.parent; at; at = at.parent) {
    if (at.name !== "w:sdt") continue;
    const properties = at.children.find(
      (child): child is Element => typeof child !== "string" && child.name === "w:sdtPr",
    );
    const kind = properties?.children.find(
      (child): child is Element => typeof child !== "string" && child.name !== "w:id",
    );
    return kind?.name;
  }
  return undefined;
}

/** A citation as Zotero reads it. */
export interface ZoteroCitation {
  readonly citationID: string;
  readonly properties: {
    readonly formattedCitation: string;
    readonly plainCitation?: string;
    readonly noteIndex: number;
    readonly unsorted?: boolean;
  };
  readonly citationItems: readonly {
    readonly id: string;
    readonly uris: readonly string[];
    readonly itemData: Readonly<Record<string, unknown>>;
    readonly locator?: string;
    readonly label?: string;
    readonly prefix?: string;
    readonly suffix?: string;
    readonly "suppress-author"?: boolean;
  }[];
  readonly schema: string;
}

/** Returns the JSON of a code of Zotero's, which it takes from the first brace to the last. */
export function zoteroJson(code: string): unknown {
  return JSON.parse(code.slice(code.indexOf("{"), code.lastIndexOf("}") + 1));
}

/** Returns the settings of a document that Zotero joins from its custom properties. */
export function zoteroSettings(bytes: Uint8Array): Element {
  const properties = named(
    parseXml(readParts(bytes).get("docProps/custom.xml") as string),
    "property",
  );
  const pieces: string[] = [];
  for (let number = 1; ; number++) {
    const piece = properties.find(({ attributes }) => attributes.name === `ZOTERO_PREF_${number}`);
    if (!piece) return parseXml(pieces.join(""));
    if (textOf(piece).length > 255) throw new Error(`ZOTERO_PREF_${number} is too long for Word`);
    pieces.push(textOf(piece));
  }
}
