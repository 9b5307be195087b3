// Writes the PDF of a generated text with notes, justified and hyphenated, and
// lets Typst do the same, both in new processes. Typst's compiler is no
// dependency of ours: npm i --no-save @myriaddreamin/typst-ts-node-compiler
// Run: node bench/typst.mjs

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generate, typstOf, writeManuscript } from "./generated-work.mjs";
import { inTurns, printTable, program } from "./measure.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string", short: "n", default: "3" },
    sizes: { type: "string", default: "40,400,2000" },
    /** The folder whose node_modules holds the compiler. */
    compiler: { type: "string", default: process.cwd() },
  },
});
let compiler;
try {
  compiler = createRequire(join(values.compiler, "bench.cjs")).resolve(
    "@myriaddreamin/typst-ts-node-compiler",
  );
} catch {
  console.log("Typst's compiler is not installed: reissue alone is measured.\n");
}

const base = mkdtempSync(join(tmpdir(), "reissue-typst-"));
process.on("exit", () => rmSync(base, { recursive: true, force: true }));
const driver = join(base, "typst.cjs");
writeFileSync(
  driver,
  `const { NodeCompiler } = require(${JSON.stringify(compiler ?? "")});
const { readFileSync, writeFileSync } = require("node:fs");
const [source, target] = process.argv.slice(2);
const typst = NodeCompiler.create({ workspace: ${JSON.stringify(base)} });
writeFileSync(target, typst.pdf({ mainFileContent: readFileSync(source, "utf8") }));
`,
);

const perPage = [];
for (const size of values.sizes.split(",").map(Number)) {
  // So many paragraphs fill a page of the template.
  const work = generate({ pages: Math.round(size * 0.91) });
  const folder = join(base, String(size));
  const manuscript = writeManuscript(work, folder, { template: "book" });
  const out = join(folder, "out");
  const ours = [process.execPath, program, "build", manuscript, "--quiet"];
  const commands = [[...ours, "--format", "pdf", "--style", "chicago", "--output", out]];
  if (compiler) {
    writeFileSync(join(folder, "work.typ"), typstOf(work));
    commands.push([process.execPath, driver, join(folder, "work.typ"), join(folder, "typst.pdf")]);
  }
  const figures = inTurns(commands, Number(values.runs), folder);
  const pages = pageCount(
    join(
      out,
      readdirSync(out).find((name) => name.endsWith(".pdf")),
    ),
  );
  const rows = [[`reissue, ${pages} pages`, figures[0]]];
  if (compiler) rows.push([`Typst, ${pageCount(join(folder, "typst.pdf"))} pages`, figures[1]]);
  printTable(`${size} pages asked for`, rows);
  if (compiler) {
    const theirPages = pageCount(join(folder, "typst.pdf"));
    const ratio = (kind) => (figures[0][kind] / pages / (figures[1][kind] / theirPages)).toFixed(2);
    console.log(
      `a page takes ${ratio("wall")} of Typst's wall time, ${ratio("cpu")} of its CPU time\n`,
    );
  }
  perPage.push({ size, cpu: figures[0].cpu / pages, wall: figures[0].wall / pages });
}
const [long, longest] = perPage.slice(-2);
if (longest && long !== longest) {
  console.log(
    `time a page at ${longest.size} pages is ${(longest.wall / long.wall).toFixed(2)} of that at ` +
      `${long.size} (CPU: ${(longest.cpu / long.cpu).toFixed(2)})`,
  );
}

function pageCount(file) {
  const { stdout } = spawnSync("pdfinfo", [file], { encoding: "utf8" });
  return Number(/^Pages:\s+(\d+)/m.exec(stdout)?.[1] ?? Number.NaN);
}
