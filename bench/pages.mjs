// Prints how many pages of a work begin with the same word in our PDF and in
// LibreOffice's rendering of our DOCX. Run: node bench/pages.mjs [manuscript]

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { program } from "./measure.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    style: { type: "string", short: "s", multiple: true, default: ["chicago", "apa"] },
    template: {
      type: "string",
      multiple: true,
      default: ["dissertation", "turabian", "apa-student"],
    },
  },
});
const manuscript = resolve(positionals[0] ?? join(root, "manuscript/dissertation.yaml"));
const folder = mkdtempSync(join(tmpdir(), "reissue-pages-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Runs a program, and ends this one if it fails. */
function run(command, ...rest) {
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: "utf8" });
  if (status === 0) return stdout;
  console.error(`${command} ended with ${status}:\n${stderr}`);
  process.exit(3);
}

/** The first words of each page, below its head and without its number. */
function beginnings(pdf) {
  const pages = run("pdftotext", "-layout", pdf, "-").split("\f").slice(0, -1);
  return pages.map((page) => {
    const lines = page.split("\n").map((line) => line.trim());
    const text = lines.filter((line) => line && !/^[ivxlc\d]+$/.test(line));
    return (text[0] ?? "")
      .split(/\s+/)
      .slice(0, 3)
      .join(" ")
      .replace(/[-\u00ad]$/, "");
  });
}

let same = 0;
let all = 0;
for (const template of values.template) {
  for (const style of values.style) {
    const out = join(folder, `${template}-${style}`);
    const args = ["build", manuscript, "--quiet", "--output", out];
    run(process.execPath, program, ...args, "--style", style, "--template", template);
    const docx = readdirSync(out).find((name) => name.endsWith(".docx"));
    const office = join(folder, "office");
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    run(
      "soffice",
      profile,
      "--headless",
      "--convert-to",
      "pdf",
      "--outdir",
      office,
      join(out, docx),
    );
    const ours = beginnings(join(out, docx.replace(/docx$/, "pdf")));
    const theirs = beginnings(join(office, docx.replace(/docx$/, "pdf")));
    const equal = ours.filter((words, page) => words === theirs[page]).length;
    same += equal;
    all += Math.max(ours.length, theirs.length);
    console.log(
      `${template}, ${style}: ${equal} of ${ours.length} pages begin alike (LibreOffice has ${theirs.length})`,
    );
  }
}
console.log(`${same} of ${all}: ${((100 * same) / all).toFixed(0)} %`);
