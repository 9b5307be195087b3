// An image of a figure: its file, read and checked, with the size that it has.

import type { Report, Span } from "../diagnostic.js";
import type { Image } from "../image.js";
import type { FileReader } from "../source.js";

/** Reads an image by its name relative to the manuscript's folder; reports what it cannot read. */
export function readImage(
  name: string,
  span: Span,
  reader: FileReader,
  report: Report,
): Image | undefined {
  const bytes = reader.readBytes(name, span);
  if (!bytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) {
    const width = view.getUint32(16) * 0.75;
    return { name, format: "png", bytes, width, height: view.getUint32(20) * 0.75 };
  }
  report({ code: "file-invalid", message: `the file "${name}" is no image`, span });
  return undefined;
}
