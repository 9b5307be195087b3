// Outputs are old or new, never torn, whatever fails while they are written.

import { spawn, spawnSync } from "node:child_process";
import * as nodeFileSystem from "node:fs/promises";
import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transform } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FileSystem, fileNameSlug, OutputError, publish } from "../../src/output.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "reissue-output-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const both = (text: string) => [
  { name: "a.docx", bytes: bytes(`${text} docx`) },
  { name: "a.pdf", bytes: bytes(`${text} pdf`) },
];
const read = (name: string) => readFile(join(folder, name), "utf8");
const failure = async (promise: Promise<unknown>): Promise<OutputError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OutputError);
  return error as OutputError;
};

describe("publish", () => {
  test("makes the folder, writes the files and returns their paths", async () => {
    const out = join(folder, "deep", "out");
    expect(await publish(out, both("new"))).toEqual([join(out, "a.docx"), join(out, "a.pdf")]);
    expect((await readdir(out)).sort()).toEqual(["a.docx", "a.pdf"]);
    expect(await readFile(join(out, "a.pdf"), "utf8")).toBe("new pdf");
  });

  test("replaces files and leaves nothing else", async () => {
    await publish(folder, both("old"));
    await publish(folder, both("new"));
    expect((await readdir(folder)).sort()).toEqual(["a.docx", "a.pdf"]);
    expect(await read("a.docx")).toBe("new docx");
  });

  test("refuses a folder, a link and a device, and writes none of the files", async () => {
    await mkdir(join(folder, "a.pdf"));
    expect((await failure(publish(folder, both("new")))).message).toMatch(/is a folder/);
    await rm(join(folder, "a.pdf"), { recursive: true });

    await writeFile(join(folder, "elsewhere"), "kept");
    await symlink(join(folder, "elsewhere"), join(folder, "a.pdf"));
    expect((await failure(publish(folder, both("new")))).message).toMatch(/is a link/);
    await rm(join(folder, "a.pdf"));

    expect(spawnSync("mkfifo", [join(folder, "a.pdf")]).status).toBe(0);
    expect((await failure(publish(folder, both("new")))).message).toMatch(/is a device/);
    expect((await readdir(folder)).sort()).toEqual(["a.pdf", "elsewhere"]);
    expect(await read("elsewhere")).toBe("kept");
  });

  test("refuses to replace a file that was read, under any of its names", async () => {
    const input = join(folder, "thesis.yaml");
    await writeFile(input, "text");
    await link(input, join(folder, "a.pdf"));
    const error = await failure(publish(folder, both("new"), { inputs: ["missing", input] }));
    expect(error.message).toMatch(/a\.pdf" was read for this build/);
    expect(await readFile(input, "utf8")).toBe("text");
    expect((await readdir(folder)).sort()).toEqual(["a.pdf", "thesis.yaml"]);
  });

  test("says in plain words that the folder is a file", async () => {
    await writeFile(join(folder, "out"), "");
    for (const directory of [join(folder, "out"), join(folder, "out", "more")]) {
      const error = await failure(publish(directory, both("new")));
      expect(error.message).toMatch(/^could not make the folder ".*": (part|a file) of /);
      expect(error.hints).toEqual(["choose another folder with --output"]);
    }
  });

  test("takes names of files only", async () => {
    for (const name of ["", ".", "..", "a/b", "a\\b", "a\0b"]) {
      await expect(publish(folder, [{ name, bytes: bytes("") }])).rejects.toThrow(TypeError);
    }
    const twice = ["A.pdf", "a.pdf"].map((name) => ({ name, bytes: bytes("") }));
    await expect(publish(folder, twice)).rejects.toThrow(TypeError);
    expect(await readdir(folder)).toEqual([]);
  });

  test("sweeps the temporary files of dead processes only", async () => {
    const names = [".a.pdf.111.1.tmp", ".a.pdf.222.1.tmp", ".hidden", "a.pdf.111.1.tmp"];
    for (const name of names) await writeFile(join(folder, name), "");
    await publish(folder, both("new"), { pid: 333, isRunning: (pid) => pid !== 111 });
    expect((await readdir(folder)).sort()).toEqual(["a.docx", "a.pdf", ...names.slice(1)].sort());
  });
});

/** The file system, with every call counted and the one with a given number failing. */
function failingAt(failing: number, code: string): { fileSystem: FileSystem; calls: () => number } {
  let calls = 0;
  const step = () => {
    if (++calls === failing) throw Object.assign(new Error(code), { code });
  };
  const wrap =
    <Arguments extends unknown[], Result>(call: (...values: Arguments) => Promise<Result>) =>
    async (...values: Arguments): Promise<Result> => {
      step();
      return call(...values);
    };
  const fileSystem = {
    copyFile: wrap(nodeFileSystem.copyFile),
    link: wrap(nodeFileSystem.link),
    lstat: wrap(nodeFileSystem.lstat),
    mkdir: wrap(nodeFileSystem.mkdir),
    readdir: wrap(nodeFileSystem.readdir),
    rename: wrap(nodeFileSystem.rename),
    rm: wrap(nodeFileSystem.rm),
    stat: wrap(nodeFileSystem.stat),
  };
  const open = async (...values: Parameters<typeof nodeFileSystem.open>) => {
    step();
    const file = await nodeFileSystem.open(...values);
    return new Proxy(file, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        const method = value.bind(target) as (...values: unknown[]) => Promise<unknown>;
        return name === "writeFile" || name === "sync" ? wrap(method) : method;
      },
    });
  };
  return { fileSystem: { ...fileSystem, open } as unknown as FileSystem, calls: () => calls };
}

describe("a fault at any call", () => {
  test.each(["ENOSPC", "EACCES", "EROFS", "EMFILE", "EIO", "EXYZ"])("%s", async (code) => {
    const { fileSystem, calls } = failingAt(0, code);
    await publish(folder, both("old"));
    await publish(folder, both("old"), { fileSystem, isRunning: () => true, inputs: ["missing"] });
    const total = calls();
    expect(total).toBeGreaterThan(15);

    for (let failing = 1; failing <= total; failing++) {
      const faulty = failingAt(failing, code);
      const options = { fileSystem: faulty.fileSystem, isRunning: () => true, inputs: ["missing"] };
      const error = await publish(folder, both("new"), options).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      const left = await readdir(folder);
      const state = `${await read("a.docx")}, ${await read("a.pdf")}`;
      // Some calls may fail without harm: listing, flushing the folder, hard links, clearing up.
      if (error) {
        expect(error).toBeInstanceOf(OutputError);
        expect((error as OutputError).message).toMatch(/^could not [a-z ]+ ".*": [a-z][^.]*$/i);
        expect(state).toBe("old docx, old pdf");
        expect(left.sort()).toEqual(["a.docx", "a.pdf"]);
      } else {
        expect(state).toBe("new docx, new pdf");
        await publish(folder, both("old"));
      }
      for (const name of left) if (name.endsWith(".tmp")) await rm(join(folder, name));
    }
  });

  test("the second of two new files leaves neither", async () => {
    const { fileSystem } = failingAt(0, "");
    let renames = 0;
    const rename: FileSystem["rename"] = async (...values) => {
      if (++renames === 2) throw Object.assign(new Error("EIO"), { code: "EIO" });
      return nodeFileSystem.rename(...values);
    };
    await failure(publish(folder, both("new"), { fileSystem: { ...fileSystem, rename } }));
    expect(await readdir(folder)).toEqual([]);
  });
});

test("a killed process leaves each file whole, and the next one clears up", async () => {
  const source = await readFile("src/output.ts", "utf8");
  const { code } = await transform(source, { loader: "ts", format: "esm", target: "node20" });
  const program = join(folder, "output.mjs");
  const loop = `
    const big = (letter) => new Uint8Array(400_000).fill(letter.charCodeAt(0));
    process.stdout.write("ready");
    for (let round = 0; ; round++) {
      const letter = "xy"[round % 2];
      await publish(process.argv[2], [
        { name: "one", bytes: big(letter) },
        { name: "two", bytes: big(letter) },
      ], { pid: process.pid });
    }`;
  await writeFile(program, code + loop);
  const out = join(folder, "out");
  await publish(
    out,
    ["one", "two"].map((name) => ({ name, bytes: bytes("x".repeat(400_000)) })),
  );

  for (let round = 0; round < 12; round++) {
    const child = spawn(process.execPath, [program, out]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, 3 + round * 5));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    for (const name of ["one", "two"]) {
      const text = await readFile(join(out, name), "utf8");
      expect(text).toHaveLength(400_000);
      expect(text).toMatch(/^(?:x+|y+)$/);
    }
  }
  const isRunning = (pid: number) => pid === process.pid;
  await publish(out, [{ name: "three", bytes: bytes("") }], { pid: process.pid, isRunning });
  expect((await readdir(out)).sort()).toEqual(["one", "three", "two"]);
  expect((await lstat(join(out, "one"))).size).toBe(400_000);
});

test.each([
  ["dissertation", "dissertation"],
  ["My  Thesis (final).v2", "my-thesis-final-v2"],
  ["Übergang – Été", "ubergang-ete"],
  ["Россия и Казахстан, май", "россия-и-казахстан-май"],
  ["../../etc/passwd", "etc-passwd"],
  ["CON", "con-file"],
  ["***", "untitled"],
  ["a".repeat(300), "a".repeat(80)],
  ["Ж".repeat(300), "ж".repeat(40)],
])("the file name of %j is %j", (text, slug) => {
  expect(fileNameSlug(text)).toBe(slug);
});
