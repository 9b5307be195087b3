// The objects of a PDF as text: those in compressed object streams too.

import { inflateSync } from "node:zlib";

/** Returns a PDF as text, a byte a character, the objects of its object streams behind it. */
export function unpack(bytes: Uint8Array): string {
  const file = Buffer.from(bytes);
  const text = file.toString("latin1");
  const packed: string[] = [];
  for (const { index } of text.matchAll(/\/Type \/ObjStm/g)) {
    const start = text.indexOf("stream\n", index) + "stream\n".length;
    packed.push(inflateSync(file.subarray(start)).toString("latin1"));
  }
  return [text, ...packed].join("\n");
}
