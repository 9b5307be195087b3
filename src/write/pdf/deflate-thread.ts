// A second thread that compresses the streams of a long file while its pages are
// drawn. A short one is compressed before the thread would have started.

import { Worker } from "node:worker_threads";
import { deflateSync } from "node:zlib";

/** So many streams are compressed in the time that a thread takes to start. */
const STREAMS_BEFORE_START = 100;

const program = `
const { parentPort } = require("node:worker_threads");
const { deflateSync } = require("node:zlib");
parentPort.on("message", (content) => {
  const compressed = new Uint8Array(deflateSync(content));
  parentPort.postMessage(compressed, [compressed.buffer]);
});
`;

/** Compresses streams (zlib, RFC 1950), the same bytes on whichever thread. */
export class DeflateThread {
  #count = 0;
  #worker: Worker | undefined;
  /** Who waits for what the thread was given, in order. */
  readonly #waiting: ((compressed: Uint8Array) => void)[] = [];
  #fail: (error: Error) => void = () => {};
  readonly #failed = new Promise<never>((_, reject) => {
    this.#fail = reject;
  });

  constructor() {
    // Whoever waits for a stream learns of it.
    this.#failed.catch(() => {});
  }

  /** Returns the compressed bytes; rejects if the thread cannot go on. */
  compress(content: Uint8Array): Uint8Array | Promise<Uint8Array> {
    if (++this.#count <= STREAMS_BEFORE_START) return deflateSync(content);
    this.#worker ??= this.#start();
    this.#worker.postMessage(content);
    const compressed = new Promise<Uint8Array>((resolve) => void this.#waiting.push(resolve));
    return Promise.race([compressed, this.#failed]);
  }

  /** Ends the thread; nothing may be compressed any more. */
  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(program, { eval: true });
    worker.on("message", ({ buffer }: Uint8Array) => this.#waiting.shift()!(Buffer.from(buffer)));
    worker.on("error", (error) => this.#fail(error));
    return worker;
  }
}
