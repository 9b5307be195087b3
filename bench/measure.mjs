// Times whole commands in new processes: wall time, CPU time, peak memory.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The program as it is shipped; ends the process if it is not built. */
export const program = join(root, "dist/cli.cjs");
if (!existsSync(program)) {
  console.error("dist/cli.cjs is missing: run `npm run build` first.");
  process.exit(2);
}

export const hasTime = spawnSync("/usr/bin/time", ["-f", "%e", "true"]).status === 0;
export const hasPandoc = spawnSync("pandoc", ["--version"]).status === 0;
export const hasLatex = spawnSync("pdflatex", ["--version"]).status === 0;

/** Measures each command `runs` times, in turns after one round that is not counted, and returns their medians. */
export function inTurns(commands, runs, folder) {
  const measured = commands.map(() => []);
  for (let run = -1; run < runs; run++) {
    for (const [index, command] of commands.entries()) {
      const sample = measure(command, folder);
      if (run >= 0) measured[index].push(sample);
    }
  }
  return measured.map(medians);
}

/** Runs a command in a folder and returns its wall and CPU time in seconds and its peak memory in MB. */
export function measure(command, folder) {
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

/** Returns the median of each figure. */
export function medians(samples) {
  const median = (key) => {
    const sorted = samples.map((sample) => sample[key]).sort((one, other) => one - other);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  };
  return { wall: median("wall"), cpu: median("cpu"), memory: median("memory") };
}

/** Prints rows of a name and its figures under a heading. */
export function printTable(heading, rows) {
  const width = Math.max(heading.length, ...rows.map(([name]) => name.length)) + 2;
  console.log(
    `${heading.padEnd(width)}${"wall".padStart(9)}${"CPU".padStart(10)}${"memory".padStart(10)}`,
  );
  for (const [name, { wall, cpu, memory }] of rows) {
    const rest = hasTime
      ? `${cpu.toFixed(2)} s`.padStart(10) + `${Math.round(memory)} MB`.padStart(10)
      : "";
    console.log(name.padEnd(width) + `${wall.toFixed(2)} s`.padStart(9) + rest);
  }
}

/** Returns what two runs take together. */
export function together(one, other) {
  return {
    wall: one.wall + other.wall,
    cpu: one.cpu + other.cpu,
    memory: Math.max(one.memory, other.memory),
  };
}
