// The program as people meet it: what it prints, its exit codes, what it writes.
// Each folder of tests/cli/cases is a run; arguments.txt says how (default: build).

import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const cases = join(import.meta.dirname, "cli/cases");
const program = join(import.meta.dirname, "../dist/cli.cjs");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reissue-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

function reissue(cwd: string, ...args: readonly string[]): Promise<Run> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd, env: { ...process.env, NO_COLOR: "1" }, timeout: 60_000 },
      (error, stdout, stderr) => {
        const exit = error ? Number(error.code) : 0;
        done({ exit, stdout: stdout.replaceAll("\r", ""), stderr });
      },
    );
  });
}

/** Returns the folder of a case, copied to where it may be written. */
let copies = 0;
function copyOf(name: string): string {
  const copy = join(folder, String(copies++), name);
  mkdirSync(copy, { recursive: true });
  cpSync(join(cases, name), copy, { recursive: true });
  mkdirSync(join(copy, ".git"));
  return copy;
}

describe.each(readdirSync(cases))("%s", (name) => {
  test("prints what is expected", async () => {
    const cwd = copyOf(name);
    const path = join(cwd, "arguments.txt");
    const args = existsSync(path) ? readFileSync(path, "utf8").trim().split(" ") : ["build"];
    const { exit, stdout, stderr } = await reissue(cwd, ...args);
    const printed = [
      `$ reissue ${args.join(" ")}`,
      `exit ${exit}`,
      "--- standard output",
      stdout.trimEnd(),
      "--- standard error",
      stderr.trimEnd(),
      "--- files written",
      ...(existsSync(join(cwd, "out")) ? readdirSync(join(cwd, "out")).sort() : []),
    ]
      .join("\n")
      .replaceAll(cwd, "CWD")
      .replace(/Done in [\d.]+ s/, "Done in N s")
      .replace(/"seconds": [\d.]+/, '"seconds": N')
      .replace(/"bytes": \d+/g, '"bytes": N')
      .replace(/ +\d+ kB/g, "  N kB");
    expect(printed).not.toMatch(/\n\s+at .*\.js:\d+/);
    await expect(`${printed}\n`).toMatchFileSnapshot(join("cli/expected", `${name}.txt`));
  });
});

describe("a manuscript with errors", () => {
  test("leaves the old output as it was", async () => {
    const cwd = copyOf("misspelt-key");
    mkdirSync(join(cwd, "out"));
    const old = join(cwd, "out/dissertation-chicago.docx");
    writeFileSync(old, "old");
    const { exit } = await reissue(cwd, "build");
    expect(exit).toBe(1);
    expect(readFileSync(old, "utf8")).toBe("old");
    expect(readdirSync(join(cwd, "out"))).toEqual(["dissertation-chicago.docx"]);
  });
});

test("the same manuscript gives the same bytes, wherever and whenever it is built", async () => {
  const cwd = copyOf("good");
  await reissue(cwd, "build", "--output", "first");
  await reissue(cwd, "build", "--output", "second");
  const names = readdirSync(join(cwd, "first")).sort();
  expect(names).toHaveLength(3);
  for (const name of names) {
    const first = readFileSync(join(cwd, "first", name));
    expect(first.equals(readFileSync(join(cwd, "second", name))), name).toBe(true);
  }
});

test("finds the manuscript in a folder above, and in manuscript/", async () => {
  const cwd = copyOf("cite");
  mkdirSync(join(cwd, "a/b"), { recursive: true });
  expect((await reissue(join(cwd, "a/b"), "cite", "--style", "apa")).exit).toBe(0);
  expect((await reissue(join(import.meta.dirname, ".."), "cite", "--style", "apa")).stdout).toMatch(
    /Russia and Kazakhstan/,
  );
});

test("says how it is used when nothing is asked of it", async () => {
  const { exit, stdout } = await reissue(folder);
  expect(exit).toBe(0);
  expect(stdout).toMatch(/build .*\n\s+check .*\n\s+cite .*\n\s+styles /s);
});

test("tells its version and whose work it stands on", async () => {
  const { exit, stdout } = await reissue(folder, "--version");
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^reissue \d+\.\d+\.\d+\n/);
  expect(stdout).toContain("https://citationstyles.org/");
  expect(stdout).toContain("CPAL");
});
