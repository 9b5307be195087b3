// Builds a generated dissertation of 40 and of 400 pages, with notes, works,
// figures, tables and formulas, beside pandoc's two runs on the same text, and
// prints how the time grows with the length. Run: node bench/long.mjs

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generate, writeManuscript } from "./generated-work.mjs";
import { hasLatex, hasPandoc, inTurns, printTable, program, together } from "./measure.mjs";
import { exportForPandoc } from "./pandoc-export.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string", short: "n", default: "3" },
    style: { type: "string", short: "s", default: "chicago" },
    sizes: { type: "string", default: "40,400" },
  },
});
const runs = Number(values.runs);
const base = mkdtempSync(join(tmpdir(), "reissue-long-"));
process.on("exit", () => rmSync(base, { recursive: true, force: true }));

const perPage = [];
for (const pages of values.sizes.split(",").map(Number)) {
  const folder = join(base, String(pages));
  const work = generate({
    pages,
    notes: pages * 5,
    works: Math.round(pages * 1.5),
    floats: Math.round(pages * 0.375),
    equations: Math.round(pages * 0.75),
  });
  const manuscript = writeManuscript(work, folder);
  const out = join(folder, "out");
  const commands = [
    [
      process.execPath,
      program,
      "build",
      manuscript,
      "--quiet",
      "--style",
      values.style,
      "--output",
      out,
    ],
  ];
  if (hasPandoc && hasLatex) {
    const source = exportForPandoc(manuscript, values.style, folder);
    const common = ["pandoc", ...source, "--citeproc", "--toc"];
    commands.push(
      [...common, "-o", join(folder, "pandoc.docx")],
      [...common, "--pdf-engine=pdflatex", "-o", join(folder, "pandoc.pdf")],
    );
  }
  const figures = inTurns(commands, runs, folder);
  const counted = pageCount(
    join(
      out,
      readdirSync(out).find((name) => name.endsWith(".pdf")),
    ),
  );
  const rows = [[`reissue, ${counted} pages`, figures[0]]];
  if (figures.length > 1) {
    const theirs = together(figures[1], figures[2]);
    rows.push(["pandoc, DOCX", figures[1]], ["pandoc, PDF", figures[2]], ["pandoc, both", theirs]);
  }
  printTable(`${pages} pages asked for`, rows);
  if (rows.length > 1) {
    const theirs = rows[3][1];
    console.log(
      `reissue takes ${(figures[0].wall / theirs.wall).toFixed(2)} of pandoc's wall time, ` +
        `${(figures[0].cpu / theirs.cpu).toFixed(2)} of its CPU time\n`,
    );
  }
  perPage.push({ pages: counted, cpu: figures[0].cpu / counted, size: statSync(out).size });
}
const [short, long] = [perPage[0], perPage.at(-1)];
console.log(
  `CPU time a page: ${(short.cpu * 1000).toFixed(1)} ms at ${short.pages} pages, ` +
    `${(long.cpu * 1000).toFixed(1)} ms at ${long.pages}: ratio ${(long.cpu / short.cpu).toFixed(2)}`,
);

function pageCount(file) {
  const { stdout } = spawnSync("pdfinfo", [file], { encoding: "utf8" });
  return Number(/^Pages:\s+(\d+)/m.exec(stdout)?.[1] ?? Number.NaN);
}
