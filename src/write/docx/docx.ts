// The DOCX writer: the document tree becomes docx's object tree, and that a
// package which is finished, zipped and read back. The package `docx` is known
// only to this folder.

import { type Paragraph, Document as WordDocument } from "docx";
import type { Document, Table } from "../../document.js";
import type { Image } from "../../image.js";
import type { Template } from "../../template.js";
import type { Written } from "../../written.js";
import type { Remarks } from "../remarks.js";
import type { TableLook } from "../table-look.js";
import { nameAnchors } from "./anchors.js";
import { writePart } from "./blocks.js";
import { addComments, placeComments } from "./comments.js";
import { drawnWidths } from "./figures.js";
import {
  addLinks,
  compilePackage,
  plainFieldCodes,
  replaceSeparators,
  shareHeads,
  xmlPart,
  zipPackage,
} from "./finish.js";
import { fontTableXml, wordFontName } from "./fonts.js";
import { addHeadingLists } from "./heading-numbering.js";
import { proofingLanguage } from "./languages.js";
import { type LiveFields, type LiveRequest, liveList } from "./live.js";
import { wordFields } from "./live-word.js";
import { zoteroFields } from "./live-zotero.js";
import { Media } from "./media.js";
import type { Outfit } from "./outfit.js";
import {
  appPropertiesXml,
  corePropertiesXml,
  endnotesXml,
  separatorNotes,
  settingsXml,
  withMathSettings,
  workDate,
} from "./parts.js";
import { readBack } from "./read-back.js";
import { createRegistry } from "./registry.js";
import { wordSections } from "./sections.js";
import { cutStretches } from "./stretches.js";
import { stylesXml } from "./styles.js";

/**
 * Returns a document as a DOCX file with what can be read back out of it (see
 * `readBack`). `labels` are the printed page numbers that its contents show, by
 * the id of the section; `tables` is what its layout has found out of the tables, so
 * that they are as wide as in the PDF. With `live`, citations and the list are fields of the
 * program that it names. `remarks` become comments at their places. Throws if a note
 * holds a note.
 * An `outfit` is a reference document that it is dressed in.
 */
export async function writeDocx(
  document: Document,
  template: Template,
  labels: ReadonlyMap<string, string>,
  live?: LiveRequest,
  tables?: ReadonlyMap<Table, TableLook>,
  remarks?: Remarks,
  outfit?: Outfit,
): Promise<Written> {
  const lang = proofingLanguage(document.metadata.lang);
  const fields = live && liveFields(live, document);
  const registry = createRegistry(
    document,
    template,
    nameAnchors(document),
    labels,
    fields,
    tables,
    new Media(await rastersOf(document, template)),
    remarks && placeComments(document, remarks),
  );
  const written = document.parts.filter(({ children }) => children.length > 0);
  const paragraphs = written.map((part) => writePart(part, document, registry));
  const sections = wordSections(written, paragraphs, document, template, registry);
  const parts = compilePackage(
    new WordDocument({
      sections,
      footnotes: Object.fromEntries(
        registry.notes.map((children, index) => [index + 1, { children: children as Paragraph[] }]),
      ),
      numbering: {
        config: [...registry.numberings].map(([reference, levels]) => ({ reference, levels })),
      },
      theme: {
        fonts: {
          headings: wordFontName(template.fonts.headings),
          body: wordFontName(template.fonts.text),
        },
      },
    }),
    [
      {
        path: "word/styles.xml",
        data: stylesXml(template, lang, registry.headings, registry.smallTables),
      },
      { path: "word/settings.xml", data: settingsXml(lang, template) },
      { path: "word/fontTable.xml", data: fontTableXml(template) },
      { path: "word/endnotes.xml", data: endnotesXml() },
      { path: "docProps/core.xml", data: corePropertiesXml(document) },
      { path: "docProps/app.xml", data: appPropertiesXml(document) },
    ],
  );
  const edit = (path: string, change: (xml: string) => string) =>
    parts.set(path, change(xmlPart(parts, path)));
  shareHeads(parts);
  for (const path of parts.keys()) {
    if (/^word\/(?:document|header\d+|footer\d+)\.xml$/.test(path)) edit(path, plainFieldCodes);
  }
  edit("word/numbering.xml", (xml) =>
    addHeadingLists(xml, registry.headings, template, document.metadata.lang),
  );
  edit("word/footnotes.xml", (xml) =>
    plainFieldCodes(replaceSeparators(xml, separatorNotes("footnote"))),
  );
  const stories = ["word/document.xml", "word/footnotes.xml"];
  if (stories.some((path) => xmlPart(parts, path).includes("<m:oMath"))) {
    edit("word/settings.xml", withMathSettings);
  }
  edit("word/_rels/document.xml.rels", (xml) => addLinks(xml, registry.links.document));
  edit("word/_rels/footnotes.xml.rels", (xml) => addLinks(xml, registry.links.footnotes));
  registry.media.addTo(parts);
  addComments(parts, registry.comments, workDate(document));
  fields?.addParts(parts);
  const worn =
    outfit &&
    (await import("./outfit.js")).wear(parts, outfit, {
      document,
      template,
      labels,
      numbered: registry,
      parts: written.map((part, index) => ({ part, stretches: cutStretches(paragraphs[index]!) })),
    });
  return { bytes: zipPackage(parts, workDate(document)), ...readBack(parts, worn) };
}

/** Returns the images of a document that must be drawn as pixels. */
async function rastersOf(
  document: Document,
  template: Template,
): Promise<ReadonlyMap<Image, Uint8Array>> {
  const widths = drawnWidths(document, template);
  if (!widths.size) return new Map();
  const { rasterise } = await import("./raster.js");
  return rasterise(widths);
}

/** Returns the fields of the program that is asked for. */
function liveFields(live: LiveRequest, document: Document): LiveFields {
  const fields = live.kind === "zotero" ? zoteroFields : wordFields;
  return fields(live, document, liveList(live, document));
}
