// The objects of a PDF as text: those in compressed object streams too.

import { inflateSync } from "node:zlib";

/** Returns a PDF as text, a byte a character, the objects of its object streams behind it. */
export function unpack(bytes: Uint8Array): string {
  const file = Buffer.from(bytes);
  const text = file.toString("latin1");
  const packed: string[] = [];
  for (const { index } of text.matchAll(/\/Type \/ObjStm/g)) {
    const start = text.indexOf("stream\n", index) + "stream\n".length;
    const stream = inflateSync(file.subarray(start)).toString("latin1");
    const first = Number(/\/First (\d+)/.exec(text.slice(index, start))![1]);
    const places = stream.slice(0, first).trim().split(" ").map(Number);
    for (let at = 0; at < places.length; at += 2) {
      const end = places[at + 3] ?? stream.length;
      packed.push(`${places[at]} 0 obj\n${stream.slice(first + places[at + 1]!, first + end)}`);
    }
  }
  return [text, ...packed].join("\n");
}
