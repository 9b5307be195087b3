// The PDF file itself: its fonts, its metadata and its bytes. Nothing is read
// from disk or the net but the shipped fonts, and nothing comes from the clock.

import { type Document, fullName, toText } from "../../document.js";
import type { FontFamily } from "../../template.js";
import { readFont } from "./fonts.js";
import { PDFDocument } from "./internals.js";
import { type PageRange, pageLabels } from "./labels.js";
import type { NameTree, Reference } from "./pdfmake.js";
import { Face } from "./shaper.js";

/** A PDF file in the making. */
export class FlowDocument extends PDFDocument {
  readonly #faces = new Map<string, Face>();
  readonly #hasDate: boolean;

  constructor(document: Document) {
    const { lang } = document.metadata;
    const date = workDate(document);
    const info = { ...documentInfo(document), CreationDate: date ?? new Date(0) };
    const options = {
      pdfVersion: "1.7",
      lang,
      displayTitle: true,
      info,
      autoFirstPage: false,
      font: null,
    };
    super({}, {}, {}, {}, options, null, () => false);
    this.#hasDate = date !== undefined;
    orderNames((this._root.data.Names as Reference).data.Dests as NameTree);
  }

  /** Returns a face of a family, opened when it is first asked for. */
  face(family: FontFamily, bold: boolean, italic: boolean): Face {
    const key = `${family} ${bold} ${italic}`;
    let face = this.#faces.get(key);
    if (!face) {
      face = new Face(this.font(readFont(family, bold, italic))._font);
      this.#faces.set(key, face);
    }
    return face;
  }

  /** Ends the file and returns it. */
  async bytes(ranges: readonly PageRange[]): Promise<Uint8Array> {
    this._root.data.PageLabels = pageLabels(ranges);
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

  /** pdfkit puts these into XMP as they are, where `&` would end the readable part. */
  override _addInfo(): void {
    const { info } = this;
    this.info = Object.fromEntries(
      Object.entries(info).map(([name, value]) => [
        name,
        typeof value === "string" ? escapeXml(value) : value,
      ]),
    );
    super._addInfo();
    this.info = info;
  }

  override end(): void {
    // pdfkit needs a date for the file's identifier; a work without one has none to show.
    if (!this.#hasDate) hideDate(this);
    super.end();
  }
}

function documentInfo({ metadata }: Document): Record<string, string> {
  const { title, subtitle, author, keywords } = metadata;
  const info = {
    Title: toText(title),
    Author: author.map(fullName).join("; "),
    Subject: subtitle && toText(subtitle),
    Keywords: keywords.join(", "),
    Creator: "reissue",
    Producer: "pdfmake",
  };
  return Object.fromEntries(
    Object.entries(info).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
