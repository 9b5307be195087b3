// Writes files so that a crash, a full disk or a refusal leaves the old ones
// whole. The only module that changes anything on disk.

import * as nodeFileSystem from "node:fs/promises";
import { join } from "node:path";

/** The calls that writing needs, so that a test can make each of them fail. */
export type FileSystem = Pick<
  typeof nodeFileSystem,
  "copyFile" | "link" | "lstat" | "mkdir" | "open" | "readdir" | "rename" | "rm" | "stat"
>;

/** A file to be written: its name in the folder, and its content. */
export interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What writing must know of the program that writes. */
export interface PublishOptions {
  /** Paths that must not be replaced, because the program read them. */
  readonly inputs?: Iterable<string>;
  /** The number of the writing process; it marks the temporary files as its own. */
  readonly pid?: number;
  /** Tells whether a process exists; files of those that do not are swept. */
  readonly isRunning?: (pid: number) => boolean;
  readonly fileSystem?: FileSystem;
}

/** Why the outputs could not be written: something outside the manuscript. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  /** What the author could do, most likely first. */
  readonly hints: readonly string[];

  /** Takes a sentence in the form of a diagnostic's: lower case, no full stop. */
  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.hints = [hint];
  }
}

// One counter for the process: two calls at the same time must not share a name.
let temporaryFiles = 0;

/**
 * Writes all files into a folder, which is made if it is missing, and returns
 * their paths in the order given.
 *
 * Every file is first written whole to a temporary name in the same folder and
 * flushed to the disk; only then are all renamed into place. If anything fails,
 * what stood there before stands there again, no temporary file is left, and
 * an `OutputError` is thrown. A process that is killed leaves each file either
 * old or new, never torn; its temporary files are swept by the next call.
 *
 * Refuses to replace folders, links, devices and the given inputs.
 */
export async function publish(
  directory: string,
  files: readonly OutputFile[],
  options: PublishOptions = {},
): Promise<string[]> {
  const { inputs = [], pid = 0, isRunning, fileSystem = nodeFileSystem } = options;
  checkNames(files);
  const targets = files.map(({ name }) => join(directory, name));
  const temporary = (name: string) => join(directory, `.${name}.${pid}.${++temporaryFiles}.tmp`);

  await makeDirectory(directory, fileSystem);
  if (isRunning) await sweep(directory, isRunning, fileSystem);
  const replaced = await checkTargets(targets, inputs, fileSystem);

  const leftovers = new Set<string>();
  try {
    const written: string[] = [];
    for (const [index, { name, bytes }] of files.entries()) {
      const path = temporary(name);
      leftovers.add(path);
      await attempt("write", targets[index]!, () => writeWhole(path, bytes, fileSystem));
      written.push(path);
    }
    const backups = new Map<string, string>();
    if (files.length > 1) {
      for (const [index, target] of targets.entries()) {
        if (!replaced.has(target)) continue;
        const path = temporary(files[index]!.name);
        leftovers.add(path);
        await attempt("replace", target, () => keep(target, path, fileSystem));
        backups.set(target, path);
      }
    }
    await renameAll(written, targets, backups, leftovers, fileSystem);
    await flushDirectory(directory, fileSystem);
  } finally {
    for (const path of leftovers) await fileSystem.rm(path, { force: true }).catch(() => {});
  }
  return targets;
}

/**
 * Returns a text as part of a file name: small letters, digits and hyphens, Latin
 * letters without their accents, at most 80 bytes, never a name that Windows reserves, never empty.
 */
export function fileNameSlug(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/([a-z])\p{Mark}+/giu, "$1")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\p{Mark}]+/gu, "-");
  let slug = "";
  let bytes = 0;
  for (const character of words) {
    bytes += Buffer.byteLength(character);
    if (bytes > 80) break;
    slug += character;
  }
  slug = slug.replace(/^-+|-+$/g, "");
  if (/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(slug)) return `${slug}-file`;
  return slug || "untitled";
}

function checkNames(files: readonly OutputFile[]): void {
  const names = new Set<string>();
  for (const { name } of files) {
    if (!name || name === "." || name === ".." || /[/\\\0]/.test(name)) {
      throw new TypeError(`not a file name: ${JSON.stringify(name)}`);
    }
    // Folders of macOS and Windows do not tell capitals from small letters.
    const key = name.normalize("NFC").toLowerCase();
    if (names.has(key)) throw new TypeError(`two outputs have the name ${JSON.stringify(name)}`);
    names.add(key);
  }
}

async function makeDirectory(directory: string, fileSystem: FileSystem): Promise<void> {
  await attempt("make the folder", directory, async () => {
    await fileSystem.mkdir(directory, { recursive: true });
    if (!(await fileSystem.stat(directory)).isDirectory()) {
      throw Object.assign(new Error("not a directory"), { code: "ENOTDIR" });
    }
  });
}

/** Removes temporary files whose process has ended. */
async function sweep(
  directory: string,
  isRunning: (pid: number) => boolean,
  fileSystem: FileSystem,
): Promise<void> {
  // A folder that cannot be listed may still be written; what is left there does no harm.
  const names = await fileSystem.readdir(directory).catch(() => []);
  for (const name of names) {
    const owner = /^\..+\.(\d{1,10})\.\d+\.tmp$/.exec(name)?.[1];
    if (!owner || isRunning(Number(owner))) continue;
    await fileSystem.rm(join(directory, name), { force: true }).catch(() => {});
  }
}

/** Throws if a target must not be replaced; returns those that exist. */
async function checkTargets(
  targets: readonly string[],
  inputs: Iterable<string>,
  fileSystem: FileSystem,
): Promise<Set<string>> {
  const existing = new Set<string>();
  const identities = new Map<string, string>();
  for (const target of targets) {
    const stats = await attempt("look at", target, () =>
      fileSystem.lstat(target).catch((error: unknown) => {
        if (errorCode(error) === "ENOENT") return undefined;
        throw error;
      }),
    );
    if (!stats) continue;
    if (!stats.isFile()) {
      const kind = stats.isDirectory()
        ? "a folder"
        : stats.isSymbolicLink()
          ? "a link"
          : "a device";
      throw new OutputError(
        `${quote(target)} is ${kind}, which is not replaced`,
        "move it away, or choose another folder with --output",
      );
    }
    existing.add(target);
    identities.set(`${stats.dev}:${stats.ino}`, target);
  }
  if (identities.size === 0) return existing;
  for (const input of inputs) {
    const stats = await fileSystem.stat(input).catch(() => undefined);
    const target = stats && identities.get(`${stats.dev}:${stats.ino}`);
    if (target) {
      throw new OutputError(
        `${quote(target)} was read for this build and is not replaced`,
        "choose another folder with --output",
      );
    }
  }
  return existing;
}

async function writeWhole(path: string, bytes: Uint8Array, fileSystem: FileSystem): Promise<void> {
  const file = await fileSystem.open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives the old file a second name, under which it can be put back. */
async function keep(target: string, path: string, fileSystem: FileSystem): Promise<void> {
  try {
    await fileSystem.link(target, path);
  } catch {
    // Some file systems have no hard links.
    await fileSystem.copyFile(target, path, nodeFileSystem.constants.COPYFILE_EXCL);
  }
}

async function renameAll(
  written: readonly string[],
  targets: readonly string[],
  backups: ReadonlyMap<string, string>,
  leftovers: Set<string>,
  fileSystem: FileSystem,
): Promise<void> {
  const done: string[] = [];
  try {
    for (const [index, target] of targets.entries()) {
      const path = written[index]!;
      await attempt("replace", target, () => fileSystem.rename(path, target));
      leftovers.delete(path);
      done.push(target);
    }
  } catch (error) {
    for (const target of done) {
      const backup = backups.get(target);
      if (!backup) await fileSystem.rm(target, { force: true }).catch(() => {});
      else await fileSystem.rename(backup, target).catch(() => leftovers.delete(backup));
    }
    throw error;
  }
}

/** Makes the new names survive a loss of power, where the system can do that. */
async function flushDirectory(directory: string, fileSystem: FileSystem): Promise<void> {
  try {
    const folder = await fileSystem.open(directory, "r");
    await folder.sync().finally(() => folder.close());
  } catch {
    // Windows cannot open folders; the files themselves are safe.
  }
}

async function attempt<Result>(
  verb: string,
  path: string,
  action: () => Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const [reason, hint] = reasons.get(code) ?? [
      `the system reports ${code}`,
      "choose another folder with --output",
    ];
    throw new OutputError(`could not ${verb} ${quote(path)}: ${reason}`, hint, error);
  }
}

const elsewhere = "choose another folder with --output";

const reasons: ReadonlyMap<string, readonly [reason: string, hint: string]> = new Map([
  ["EACCES", ["permission denied", elsewhere]],
  ["EPERM", ["permission denied", elsewhere]],
  ["EROFS", ["the disk is read-only", elsewhere]],
  ["ENOSPC", ["the disk is full", "free some space, or choose another folder with --output"]],
  [
    "EDQUOT",
    ["your disk quota is used up", "free some space, or choose another folder with --output"],
  ],
  ["ENOTDIR", ["part of the path is a file, not a folder", elsewhere]],
  ["EEXIST", ["a file of that name is in the way", elsewhere]],
  ["EISDIR", ["a folder of that name is in the way", elsewhere]],
  ["ENAMETOOLONG", ["the name is too long", "choose a shorter path with --output"]],
  ["EBUSY", ["another program has it open", "close the file in the other program and try again"]],
  ["ETXTBSY", ["another program has it open", "close the file in the other program and try again"]],
  ["EMFILE", ["too many files are open", "close other programs and try again"]],
  ["ENFILE", ["too many files are open", "close other programs and try again"]],
  ["EIO", ["the disk reports a fault", elsewhere]],
  ["ENOENT", ["the folder has gone", "try again, or choose another folder with --output"]],
]);

function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

function quote(path: string): string {
  return JSON.stringify(path);
}
