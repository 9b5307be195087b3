// A PDF whose objects are packed: dictionaries go into compressed object
// streams and the table of objects is a stream too (ISO 32000-1, 7.5.7 and
// 7.5.8). pdfkit writes each object on its own, which would double a tagged file,
// and compresses it at once; here another thread does that while pages are drawn.

import { DeflateThread } from "./deflate-thread.js";
import { PDFDocument } from "./internals.js";
import type { Reference } from "./pdfmake.js";

/** So many objects a stream: a reader that needs one of them unpacks no more. */
const OBJECTS_PER_STREAM = 200;

/** Bytes of the fields of an entry in the table of objects: its kind, a place, an index. */
const ENTRY_WIDTHS = [1, 4, 2] as const;
const ENTRY_SIZE = 7;

/** pdfkit's document with its objects packed. */
export class PackedDocument extends PDFDocument {
  /** Objects that wait for their stream, with their numbers. */
  #waiting: { readonly id: number; readonly object: string }[] = [];
  /** By its number, in which stream an object is, and where in it. */
  readonly #places = new Map<number, { readonly stream: number; readonly index: number }>();
  /** What the file consists of besides, in order. */
  readonly #streams: {
    readonly of: Reference;
    readonly content: Uint8Array | Promise<Uint8Array>;
  }[] = [];
  readonly #thread = new DeflateThread();

  /** pdfkit's constructor calls this too, before there are private fields. */
  override ref(data?: object): Reference {
    const reference = super.ref(data);
    reference.finalize = () => {
      if (reference.buffer.length) this.#endStream(reference);
      else this.put(reference, writtenAs(reference));
    };
    return reference;
  }

  /** Ends a reference with an object that is already in the syntax of PDF, a byte a character. */
  put(reference: Reference, object: string): void {
    this.#waiting.push({ id: reference.id, object });
    if (this.#waiting.length === OBJECTS_PER_STREAM) this.#pack();
    this._refEnd(reference);
  }

  #pack(): void {
    const objects = this.#waiting;
    if (!objects.length) return;
    this.#waiting = [];
    const stream = super.ref({ Type: "ObjStm", N: objects.length });
    let places = "";
    let body = "";
    for (const [index, { id, object }] of objects.entries()) {
      this.#places.set(id, { stream: stream.id, index });
      places += `${id} ${body.length} `;
      body += `${object}\n`;
    }
    stream.data.First = places.length;
    stream.write(Buffer.from(places + body, "latin1"));
    this.#endStream(stream);
  }

  #endStream(of: Reference): void {
    const content = Buffer.concat(of.buffer);
    of.buffer = [];
    this.#streams.push({ of, content: of.compress ? this.#thread.compress(content) : content });
    this._refEnd(of);
  }

  /** pdfkit calls this when all objects are there. */
  override _finalize(): void {
    this.#pack();
    this.#writeStreams().then(
      () => this.#writeTable(),
      (error) => this.destroy(error),
    );
  }

  async #writeStreams(): Promise<void> {
    for (const { of, content } of this.#streams) {
      const bytes = await content;
      of.data.Length = bytes.length;
      // The places are noted when objects end, before they are known.
      this._offsets[of.id - 1] = this._offset;
      this._write(`${of.id} 0 obj`);
      this._write(writtenAs(of));
      this._write("stream");
      this._write(bytes);
      this._write("\nendstream");
      this._write("endobj");
    }
    await this.#thread.end();
  }

  /** Writes the table of objects, where pdfkit writes that of PDF 1.4. */
  #writeTable(): void {
    const table = super.ref({
      Type: "XRef",
      Size: this._offsets.length + 2,
      W: [...ENTRY_WIDTHS],
      Root: this._root,
      Info: this._info,
      ID: [this._id, this._id],
    });
    const start = this._offset;
    const entries = Buffer.alloc((this._offsets.length + 1) * ENTRY_SIZE);
    entries.writeUInt16BE(0xffff, ENTRY_SIZE - 2);
    for (const [index, offset] of this._offsets.entries()) {
      const id = index + 1;
      const place = this.#places.get(id);
      const at = id * ENTRY_SIZE;
      entries.writeUInt8(place ? 2 : 1, at);
      entries.writeUInt32BE(place?.stream ?? (id === table.id ? start : offset!), at + 1);
      entries.writeUInt16BE(place?.index ?? 0, at + 5);
    }
    table.end(entries);
    this._write(`startxref\n${start}\n%%EOF`);
    this.push(null);
  }
}

const written: string[] = [];
const sink = { _write: (text: string) => void written.push(text), _refEnd() {} };

/** Returns an object without its stream as pdfkit would write it, between its number and its end. */
function writtenAs(reference: Reference): string {
  written.length = 0;
  const { finalize } = Object.getPrototypeOf(reference) as Reference;
  finalize.call({ document: sink, data: reference.data, buffer: [] } as unknown as Reference);
  return written[1]!;
}
