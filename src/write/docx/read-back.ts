// Reads a finished package as a stranger would: what it holds is counted from
// its XML, not from what the writer meant to write.

import { SaxesParser, type SaxesTagNS } from "saxes";
import type { Written } from "../../written.js";
import { xmlPart } from "./finish.js";

/** A paragraph of the finished file, and the notes whose marks stand in it. */
interface Reading {
  text: string;
  readonly notes: string[];
}

/** A complex field that is open: its code, and whether its result has begun. */
interface OpenField {
  code: string;
  result: boolean;
}

interface Story {
  /** The paragraphs of the body, or of each note by its id. */
  readonly paragraphs: ReadonlyMap<string, readonly Reading[]>;
  readonly citations: number;
  readonly entries: number;
}

/**
 * Returns what a package shows: `text`, a string a paragraph in the order of
 * reading, those of a note after the paragraph with its mark; how many notes
 * are marked, how many citations are bookmarked (`_Cite…`), and how many
 * paragraphs have the style Bibliography.
 *
 * Left out of `text` are the lines of the contents, which repeat the headings,
 * and heads and feet; numbers of notes, pages and list items, which Word
 * counts, are nowhere in the file. Tabs are `\t`, line breaks `\n`. Empty
 * paragraphs are left out. Throws if a mark has no note.
 */
export function readBack(parts: ReadonlyMap<string, string | Uint8Array>): Omit<Written, "bytes"> {
  const body = readStory(xmlPart(parts, "word/document.xml"));
  const notes = readStory(xmlPart(parts, "word/footnotes.xml"));
  const text: string[] = [];
  let count = 0;
  for (const paragraph of body.paragraphs.get(bodyId) ?? []) {
    if (paragraph.text) text.push(paragraph.text);
    for (const id of paragraph.notes) {
      const note = notes.paragraphs.get(id);
      if (!note) throw new Error(`the mark of note ${id} has no note`);
      count++;
      for (const reading of note) if (reading.text) text.push(reading.text);
    }
  }
  return {
    text,
    notes: count,
    citations: body.citations + notes.citations,
    entries: body.entries + notes.entries,
  };
}

/** What stands in no note. */
const bodyId = "body";

function readStory(xml: string): Story {
  const paragraphs = new Map<string, Reading[]>();
  const fields: OpenField[] = [];
  let citations = 0;
  let entries = 0;
  let story = bodyId;
  let reading: Reading = { text: "", notes: [] };
  /** The element whose characters are read, if any. */
  let inside: "t" | "instrText" | undefined;

  const shown = () => !fields.some(({ code, result }) => !result || /^\s*TOC\b/.test(code));
  const place = (text: string) => {
    if (shown()) reading.text += text;
  };

  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag: SaxesTagNS) => {
    if (tag.uri !== wordprocessing) return;
    const attribute = (name: string) => tag.attributes[`w:${name}`]?.value ?? "";
    switch (tag.local) {
      case "p":
        reading = { text: "", notes: [] };
        break;
      case "footnote":
        story = attribute("id");
        break;
      case "pStyle":
        if (attribute("val") === "Bibliography") entries++;
        break;
      case "bookmarkStart":
        if (attribute("name").startsWith("_Cite")) citations++;
        break;
      case "footnoteReference":
        reading.notes.push(attribute("id"));
        break;
      case "fldChar":
        if (attribute("fldCharType") === "begin") fields.push({ code: "", result: false });
        else if (attribute("fldCharType") === "end") fields.pop();
        else fields.at(-1)!.result = true;
        break;
      case "t":
      case "instrText":
        inside = tag.local;
        break;
      case "tab":
        // Tab stops in a paragraph's properties have the same name, and a position.
        if (!("w:pos" in tag.attributes)) place("\t");
        break;
      case "br":
        place("\n");
        break;
      case "noBreakHyphen":
        place("\u2011");
        break;
      case "softHyphen":
        place("\u00ad");
        break;
    }
  });
  parser.on("text", (text) => {
    if (inside === "t") place(text);
    else if (inside === "instrText") fields.at(-1)!.code += text;
  });
  parser.on("closetag", ({ uri, local }) => {
    if (uri !== wordprocessing) return;
    if (local === "t" || local === "instrText") inside = undefined;
    else if (local === "p") {
      const before = paragraphs.get(story);
      if (before) before.push(reading);
      else paragraphs.set(story, [reading]);
    }
  });
  parser.write(xml).close();
  return { paragraphs, citations, entries };
}

const wordprocessing = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
