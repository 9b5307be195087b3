// Prints how many pages of a work begin with the same words in our PDF and in
// LibreOffice's rendering of our DOCX: those of one number, and any that do, for one
// page more moves all behind it. Run: node bench/pages.mjs [manuscript]

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

/** The letters of the lines of each page. */
function pagesOf(pdf) {
  const pages = run("pdftotext", "-layout", pdf, "-").split("\f").slice(0, -1);
  return pages.map((page) => page.split("\n").map((line) => line.replace(/\P{L}/gu, "")));
}

/**
 * The first letters of each page, of the first line that the other file has too. That
 * leaves out what stands in drawings and formulas: LibreOffice shows the one as pixels
 * and gives the signs of the other in another order.
 */
function beginnings(pages, otherPages) {
  const other = otherPages.flat().join("");
  return pages.map((lines) => {
    const isText = (line) => line.length > 3 && !/^[ivxlc]+$/.test(line) && other.includes(line);
    return (lines.find(isText) ?? "").slice(0, 12);
  });
}

let same = 0;
let found = 0;
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
    const pdf = docx.replace(/docx$/, "pdf");
    const [own, other] = [pagesOf(join(out, pdf)), pagesOf(join(office, pdf))];
    const ours = beginnings(own, other);
    const theirs = beginnings(other, own);
    const equal = ours.filter((words, page) => words === theirs[page]).length;
    const anywhere = ours.filter((words) => theirs.includes(words)).length;
    same += equal;
    found += anywhere;
    all += Math.max(ours.length, theirs.length);
    console.log(
      `${template}, ${style}: ${equal} of ${ours.length} pages begin alike (LibreOffice has ${theirs.length}), ${anywhere} where one of LibreOffice's does`,
    );
  }
}
const share = (count) => `${count} of ${all}: ${((100 * count) / all).toFixed(0)} %`;
console.log(`${share(same)}; where any of LibreOffice's pages begins: ${share(found)}`);
