// Measures a cold build of the dissertation (DOCX, PDF, page of references)
// beside pandoc's two runs on the same text, in turns, so that both meet the
// same machine. README.md says what is compared.

import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  hasLatex,
  hasPandoc,
  hasTime,
  inTurns,
  printTable,
  program,
  together,
} from "./measure.mjs";
import { exportForPandoc } from "./pandoc-export.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    runs: { type: "string", short: "n", default: "7" },
    style: { type: "string", short: "s", default: "chicago" },
    manuscript: { type: "string", default: join(root, "manuscript/dissertation.yaml") },
  },
});
const runs = Math.max(1, Number.parseInt(values.runs, 10) || 1);
const manuscript = resolve(values.manuscript);

const folder = mkdtempSync(join(tmpdir(), "reissue-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const build = [process.execPath, program, "build", manuscript, "--quiet", "--style", values.style];
const contestants = [
  {
    name: "reissue build (DOCX, PDF, page)",
    command: [...build, "--output", join(folder, "out")],
  },
];
if (hasPandoc && hasLatex) {
  const source = exportForPandoc(manuscript, values.style, folder);
  const common = ["pandoc", ...source, "--citeproc", "--toc"];
  contestants.push(
    { name: "pandoc, DOCX", command: [...common, "-o", join(folder, "pandoc.docx")] },
    {
      name: "pandoc with pdflatex, PDF",
      command: [...common, "--pdf-engine=pdflatex", "-o", join(folder, "pandoc.pdf")],
    },
  );
} else {
  console.log("pandoc or pdflatex is not installed: reissue alone is measured.\n");
}

const figures = inTurns(
  contestants.map(({ command }) => command),
  runs,
  folder,
);
const rows = contestants.map(({ name }, index) => [name, figures[index]]);
if (rows.length > 1) rows.push(["pandoc, both runs", together(rows[1][1], rows[2][1])]);
console.log(`Node ${process.version}, ${cpus().length} cores, medians of ${runs}\n`);
printTable(`style ${values.style}`, rows);
if (rows.length > 1) {
  const [ours, theirs] = [rows[0][1], rows[3][1]];
  console.log(
    `\nreissue takes ${(ours.wall / theirs.wall).toFixed(2)} of pandoc's wall time` +
      (hasTime ? ` and ${(ours.cpu / theirs.cpu).toFixed(2)} of its CPU time` : ""),
  );
}
