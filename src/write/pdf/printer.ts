// The PDF file itself: its fonts, its metadata and its bytes. Nothing is read
// from disk or the net but the shipped fonts, and nothing comes from the clock.

import { type Document, fullName, type Metadata, toText } from "../../document.js";
import { faceKey, type PdfFont, readFont } from "./fonts.js";
import { type PageRange, pageLabels } from "./labels.js";
import { PackedDocument } from "./packed-document.js";
import type { EmbeddedFont, NameTree, Reference } from "./pdfmake.js";
import { Face, plainShaping, type Shaping } from "./shaper.js";
import { SRGB, srgbProfile } from "./srgb.js";
import type { PdfStandard } from "./standards.js";

const CREATOR = "reissue";
const PRODUCER = "pdfmake";

/** A PDF file in the making. */
export class FlowDocument extends PackedDocument {
  readonly #metadata: Metadata;
  readonly #faces = new Map<EmbeddedFont, Map<string, Face>>();
  readonly #fonts = new Map<string | Uint8Array, EmbeddedFont>();
  #standards: readonly PdfStandard[] = [];

  constructor({ metadata }: Document) {
    // pdfkit makes the file's identifier of its date, and would take the clock's.
    const CreationDate = workDate(metadata) ?? new Date(0);
    const options = {
      pdfVersion: "1.7",
      lang: metadata.lang,
      displayTitle: true,
      tagged: true,
      info: { ...information(metadata), CreationDate },
      autoFirstPage: false,
      font: null,
    };
    super({}, {}, {}, {}, options, null, () => false);
    this.#metadata = metadata;
    orderNames((this._root.data.Names as Reference).data.Dests as NameTree);
  }

  /** Returns a face of a font, opened when it is first asked for. */
  face(font: PdfFont, bold: boolean, italic: boolean, shaping: Shaping = plainShaping): Face {
    const key = faceKey(font, bold, italic);
    let embedded = this.#fonts.get(key);
    if (!embedded) {
      embedded = this.#open(font, bold, italic);
      describeMissingGlyph(embedded);
      this.#fonts.set(key, embedded);
      this.#faces.set(embedded, new Map());
    }
    const faces = this.#faces.get(embedded)!;
    const shaped = `${shaping.features} ${shaping.isRightToLeft}`;
    let face = faces.get(shaped);
    if (!face) {
      face = new Face(embedded, shaping);
      faces.set(shaped, face);
    }
    return face;
  }

  /** Opens a font. What is wrong with one of the author's comes out when it is used. */
  #open(font: PdfFont, bold: boolean, italic: boolean): EmbeddedFont {
    const file = readFont(font, bold, italic);
    if (typeof font !== "object") return this.font(file)._font;
    try {
      const embedded = this.font(file)._font;
      const trial = embedded.font.createSubset();
      for (const { id } of embedded.font.layout("Trial, 1234. Qfj").glyphs) trial.includeGlyph(id);
      trial.encode();
      return embedded;
    } catch (error) {
      throw new UnreadableFontError(font.name, error);
    }
  }

  /** Ends the file and returns it. It says that it keeps the standards. */
  async bytes(
    ranges: readonly PageRange[],
    standards: readonly PdfStandard[] = [],
  ): Promise<Uint8Array> {
    this.#standards = standards;
    if (standards.includes("a-2a")) this._root.data.OutputIntents = [this.#outputIntent()];
    this._root.data.PageLabels = pageLabels(ranges);
    if (!workDate(this.#metadata)) delete this.info.CreationDate;
    const chunks: Uint8Array[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      this.on("data", (chunk) => void chunks.push(chunk));
      this.on("end", resolve);
      this.on("error", reject);
    });
    this.end();
    await ended;
    return Buffer.concat(chunks);
  }

  /** Writes the metadata as XMP. pdfkit's own has the title unescaped, so that `&` breaks it. */
  override _addInfo(): void {
    this.appendXML(xmp(this.#metadata) + declarations(this.#standards));
  }

  /** Says what colors the numbers of the file are (ISO 32000-1, 14.11.5). */
  #outputIntent(): Reference {
    const profile = this.ref({ N: 3 });
    profile.end(srgbProfile());
    const intent = this.ref({
      Type: "OutputIntent",
      S: "GTS_PDFA1",
      OutputConditionIdentifier: new String(SRGB),
      Info: new String(SRGB),
      DestOutputProfile: profile,
    });
    intent.end();
    return intent;
  }
}

/** Thrown for a font of the author's whose tables are there but hold what nobody can read. */
export class UnreadableFontError extends Error {
  constructor(name: string, cause: unknown) {
    super(`the font "${name}" is damaged: its letters cannot be drawn`, { cause });
  }
}

/** The document information dictionary (ISO 32000-1, 14.3.3). */
function information({ title, subtitle, author, keywords }: Metadata): Record<string, string> {
  const entries = {
    Title: toText(title),
    Author: author.map(fullName).join("; "),
    Subject: subtitle && toText(subtitle),
    Keywords: keywords.join(", "),
    Creator: CREATOR,
    Producer: PRODUCER,
  };
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(entries)) if (value) known[name] = value;
  return known;
}

/** The same in the terms of Dublin Core and XMP (ISO 16684-1). */
function xmp(metadata: Metadata): string {
  const { title, subtitle, author, keywords, lang } = metadata;
  const date = workDate(metadata)
    ?.toISOString()
    .replace(/\.\d+Z$/, "Z");
  const element = (name: string, content: string | undefined) =>
    content ? `<${name}>${content}</${name}>` : "";
  const text = (value: string | undefined) => value && escapeXml(value);
  const inLanguage = (value: string | undefined) =>
    value && `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(value)}</rdf:li></rdf:Alt>`;
  const list = (kind: "Bag" | "Seq", values: readonly string[]) =>
    values.length
      ? `<rdf:${kind}>${values.map((value) => `<rdf:li>${escapeXml(value)}</rdf:li>`).join("")}</rdf:${kind}>`
      : undefined;
  return [
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">',
    element("dc:title", inLanguage(toText(title))),
    element("dc:creator", list("Seq", author.map(fullName))),
    element("dc:description", inLanguage(subtitle && toText(subtitle))),
    element("dc:subject", list("Bag", keywords)),
    element("dc:language", list("Bag", [lang])),
    element("xmp:CreateDate", date),
    element("xmp:CreatorTool", CREATOR),
    element("pdf:Producer", PRODUCER),
    element("pdf:Keywords", text(keywords.join(", "))),
    "</rdf:Description>",
  ].join("");
}

/**
 * The standards as XMP (ISO 19005-2, 6.6.4; ISO 14289-1, clause 5). An archive must
 * be told what the terms of the second mean (ISO 19005-2, 6.6.2.3.3).
 */
function declarations(standards: readonly PdfStandard[]): string {
  const archive =
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>';
  const access =
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>';
  const terms = [
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">',
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">',
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">',
    "<pdfaProperty:name>part</pdfaProperty:name>",
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property>",
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>",
  ].join("");
  const [isArchive, isAccessible] = [standards.includes("a-2a"), standards.includes("ua-1")];
  return [
    isArchive ? archive : "",
    isAccessible ? access : "",
    isArchive && isAccessible ? terms : "",
  ].join("");
}

/**
 * Mends what pdfkit says of the glyph for characters that a font lacks, which every
 * font must have: that it is the character 0, and its width in units of the font.
 */
function describeMissingGlyph({ unicode, widths, scale }: EmbeddedFont): void {
  unicode[0] = [0xfffd];
  if (widths[0] !== undefined) widths[0] *= scale;
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  return text.replace(/[&<>]/g, (character) => entities[character]!);
}

/** Returns the first moment of the work's date, in UTC; a missing month or day is the first. */
function workDate({ date }: Metadata): Date | undefined {
  if (!date?.length) return undefined;
  const [year = 0, month = 1, day = 1] = date;
  const time = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
  time.setUTCFullYear(year, month - 1, day);
  return time;
}

/**
 * Sorts the names of places as readers search them, by their bytes (ISO
 * 32000-1, 7.9.6); pdfkit sorts them as a dictionary for people would.
 */
function orderNames(names: NameTree): void {
  names._items = Object.create(null) as Record<string, unknown>;
  // The root of a tree has none.
  names.limits = false;
  names._compareKeys = (one, other) => {
    // Names beyond ASCII are written in UTF-16, behind a mark that sorts last.
    const inOrder = Number(isAscii(other)) - Number(isAscii(one));
    return inOrder || (one < other ? -1 : one > other ? 1 : 0);
  };
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}
