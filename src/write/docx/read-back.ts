// Reads a finished package as a stranger would: what it holds is counted from
// its XML, not from what the writer meant to write.

import { SaxesParser } from "saxes";
import type { Written } from "../../written.js";
import { xmlPart } from "./finish.js";
import { pictureName } from "./media.js";

/** A paragraph of the finished file, with the citations and the marks of notes in it. */
interface Reading {
  text: string;
  readonly marks: Mark[];
}

type Mark =
  | { readonly type: "note"; readonly id: string }
  | { readonly type: "citation"; text: string };

interface Story {
  /** The paragraphs of the body, or of each note by its id. */
  readonly paragraphs: ReadonlyMap<string, readonly Reading[]>;
  readonly entries: number;
  readonly equations: number;
  readonly images: number;
}

/** The id of the style of entries, and how many formulas a package has that are not ours. */
interface Others {
  readonly entryStyle: string;
  readonly otherEquations: number;
}

/**
 * Returns what a package shows: `text`, a string a paragraph in the order of
 * reading, those of a note after the paragraph with its mark; how many notes
 * are marked, the text of each citation, which stands in a bookmark (`_Cite…`),
 * how many paragraphs have the style of entries, and how many images and
 * formulas there are, the letters of which are not among the text.
 *
 * The contents are among the text, a line a string, as `Title\t12`. Heads and
 * feet are not; the numbers of notes and list items, which Word counts, are
 * nowhere in the file. Tabs are `\t`, line breaks `\n`. Empty paragraphs are
 * left out. Throws if the XML is not well-formed or a mark has no note.
 */
export function readBack(
  parts: ReadonlyMap<string, string | Uint8Array>,
  { entryStyle, otherEquations }: Others = { entryStyle: "Bibliography", otherEquations: 0 },
): Omit<Written, "bytes"> {
  const body = readStory(xmlPart(parts, "word/document.xml"), entryStyle);
  const notes = readStory(xmlPart(parts, "word/footnotes.xml"), entryStyle);
  const text: string[] = [];
  const citations: string[] = [];
  let count = 0;
  const read = (paragraphs: readonly Reading[]): void => {
    for (const paragraph of paragraphs) {
      if (paragraph.text) text.push(paragraph.text);
      for (const mark of paragraph.marks) {
        if (mark.type === "citation") {
          citations.push(mark.text);
          continue;
        }
        const note = notes.paragraphs.get(mark.id);
        if (!note) throw new Error(`the mark of note ${mark.id} has no note`);
        count++;
        read(note);
      }
    }
  };
  read(body.paragraphs.get(bodyId) ?? []);
  return {
    text,
    notes: count,
    entries: body.entries + notes.entries,
    equations: body.equations + notes.equations - otherEquations,
    images: body.images + notes.images,
    citations,
  };
}

/** What stands in no note. */
const bodyId = "body";

function readStory(xml: string, entryStyle: string): Story {
  const paragraphs = new Map<string, Reading[]>();
  /** The complex fields that are open: whether their results have begun. */
  const fields: boolean[] = [];
  /** The citations that are open, by the ids of their bookmarks. */
  const open = new Map<string, { text: string }>();
  let entries = 0;
  let equations = 0;
  let images = 0;
  let story = bodyId;
  let reading: Reading = { text: "", marks: [] };
  let inText = false;

  const place = (text: string) => {
    if (!fields.every((begun) => begun)) return;
    reading.text += text;
    for (const citation of open.values()) citation.text += text;
  };

  // The package is our own: its prefix for WordprocessingML is always `w`.
  const parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    switch (name) {
      case "w:p":
        reading = { text: "", marks: [] };
        break;
      case "w:footnote":
        story = attributes["w:id"]!;
        break;
      case "w:pStyle":
        if (attributes["w:val"] === entryStyle) entries++;
        break;
      case "w:bookmarkStart":
        if (attributes["w:name"]?.startsWith("_Cite")) {
          const citation = { type: "citation" as const, text: "" };
          reading.marks.push(citation);
          open.set(attributes["w:id"]!, citation);
        }
        break;
      case "w:bookmarkEnd":
        open.delete(attributes["w:id"]!);
        break;
      case "m:oMath":
        equations++;
        break;
      case "wp:docPr":
        // Those of a reference document have other names.
        if (attributes.name?.startsWith(pictureName)) images++;
        break;
      case "w:footnoteReference":
        reading.marks.push({ type: "note", id: attributes["w:id"]! });
        break;
      case "w:fldChar": {
        const type = attributes["w:fldCharType"];
        if (type === "begin") fields.push(false);
        else if (type === "end") fields.pop();
        else fields[fields.length - 1] = true;
        break;
      }
      case "w:t":
        inText = true;
        break;
      case "w:tab":
        // Tab stops in a paragraph's properties have the same name, and a position.
        if (!("w:pos" in attributes)) place("\t");
        break;
      case "w:br":
        place("\n");
        break;
      case "w:noBreakHyphen":
        place("\u2011");
        break;
      case "w:softHyphen":
        place("\u00ad");
        break;
    }
  });
  parser.on("text", (text) => {
    if (inText) place(text);
  });
  parser.on("closetag", ({ name }) => {
    if (name === "w:t") inText = false;
    else if (name === "w:p") {
      const before = paragraphs.get(story);
      if (before) before.push(reading);
      else paragraphs.set(story, [reading]);
    }
  });
  parser.write(xml).close();
  return { paragraphs, entries, equations, images };
}
