// PDFs of works with everything in them, and of random ones, against each clause of
// PDF/UA-1 and PDF/A-2a that a program can check.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { build } from "../../src/commands/build.js";
import { type Block, type Document, mapContent } from "../../src/document.js";
import { paginate } from "../../src/write/pdf/pdf.js";
import { inspect } from "./accessibility.js";
import { inspectArchive } from "./archive.js";
import { randomTemplate, shortDocument } from "./random-documents.js";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "reissue-standards-"));
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(path: string): readonly string[] {
  const { faults, isDeclared } = inspect(path);
  return [
    ...(isDeclared ? [] : ["5: PDF/UA-1 is not declared"]),
    ...faults,
    ...inspectArchive(path),
  ];
}

test.each([
  ["examples/small-states/manuscript.yaml", "manuscript"],
  ["manuscript/dissertation.yaml", "dissertation"],
])("%s", async (manuscript, name) => {
  const style = ["chicago", "apa", "vancouver"];
  const { diagnostics } = await build(
    {
      manuscript,
      style,
      format: ["pdf"],
      pdfStandard: ["a-2a", "ua-1"],
      output: folder,
      cwd: root,
      pid: process.pid,
      isRunning: () => false,
    },
    () => {},
  );
  expect(diagnostics.map(({ code }) => code)).not.toContain("pdf-standard-unmet");
  for (const id of style) expect(faultsOf(join(folder, `${name}-${id}.pdf`))).toEqual([]);
});

test("random documents", async () => {
  const count = Number(process.env.REISSUE_RUNS ?? 12);
  const found = fc.sample(fc.tuple(shortDocument, randomTemplate), { numRuns: count, seed: 1991 });
  const path = join(folder, "random.pdf");
  for (const [index, [document, template]] of found.entries()) {
    const { write, obstacles } = await paginate(withPixels(document), template);
    writeFileSync(path, (await write()).bytes);
    // Random tables may have no header.
    const unmet = obstacles.length ? ["5: PDF/UA-1 is not declared"] : [];
    expect([index, ...faultsOf(path)]).toEqual([index, ...unmet]);
  }
});

/** Gives the images of a random document, which have sizes alone, something to show. */
function withPixels(document: Document): Document {
  const visit = (block: Block): Block => {
    const inner = mapContent(block, {
      inlines: (nodes) =>
        nodes.map((node) =>
          node.type === "note" ? { ...node, children: node.children.map(visit) } : node,
        ),
      blocks: (nodes) => nodes.map(visit),
    });
    if (inner.type !== "figure") return inner;
    const images = inner.images.map(({ image, ...rest }) => ({
      ...rest,
      image: { ...image, bytes: pixel },
    }));
    return { ...inner, images };
  };
  const parts = document.parts.map((part) => ({ ...part, children: part.children.map(visit) }));
  return { ...document, parts };
}

/** A PNG of one gray pixel; its checksums are not asked for here. */
const pixel = Buffer.concat([
  Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
  chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
  chunk("IDAT", [...deflateSync(Buffer.from([0, 128]))]),
  chunk("IEND", []),
]);

function chunk(type: string, data: readonly number[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, "latin1"), Buffer.from(data), Buffer.alloc(4)]);
}
