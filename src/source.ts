// The one door through which the manuscript's files are read. Nothing is opened
// that does not lie inside the manuscript's folder, or one named on the command line.

import { isUtf8 } from "node:buffer";
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { DiagnosticCode, Report, Span } from "./diagnostic.js";
import { didYouMean } from "./nearest.js";

/** Reads the files that a manuscript names; made by `createReader`. */
export interface FileReader {
  /** The texts that were read, by the name that spans use: the path relative to `cwd`. */
  readonly sources: Map<string, string>;
  /**
   * Reads a UTF-8 text by its name relative to the manuscript's folder. Its byte
   * order mark is dropped and its lines end in LF; letters are kept as they are
   * composed. Reports at `span` and returns undefined when it cannot be read.
   */
  readText(name: string, span?: Span): { readonly file: string; readonly text: string } | undefined;
  /** Reads a file of at most `maxBytes` (50 MB), as `readText` does; `code` says what cannot be read. */
  readBytes(
    name: string,
    span?: Span,
    maxBytes?: number,
    code?: DiagnosticCode,
  ): Uint8Array | undefined;
}

/** The largest text, in bytes. */
const LARGEST_TEXT = 20_000_000;
const LARGEST_FILE = 50_000_000;

/** How many names of a folder are compared with one that is missing. */
const MOST_NAMES = 5_000;

/**
 * Returns a reader of the files below `root`, the manuscript's folder, and below
 * `extraRoots`, which are searched in order for what `root` does not hold.
 * `cwd` is the folder that the names in diagnostics are relative to.
 */
export function createReader({
  root,
  extraRoots = [],
  cwd,
  report,
}: {
  readonly root: string;
  readonly extraRoots?: readonly string[];
  readonly cwd: string;
  readonly report: Report;
}): FileReader {
  const sources = new Map<string, string>();
  const roots = [root, ...extraRoots].map((folder) => resolve(cwd, folder));

  const open = (name: string, maxBytes: number): Opened | Refusal => {
    const refusal = refuseName(name);
    if (refusal) return refusal;
    let missing: Refusal | undefined;
    for (const folder of roots) {
      const opened = openBelow(folder, roots, name, maxBytes);
      if (!("code" in opened) || opened.code !== "file-missing") return opened;
      missing ??= opened;
    }
    return missing!;
  };

  const readBytes: FileReader["readBytes"] = (name, span, maxBytes = LARGEST_FILE, code) => {
    const opened = open(name, maxBytes);
    if ("bytes" in opened) return opened.bytes;
    report({ ...opened, ...(code && { code }), ...(span && { span }) });
    return undefined;
  };

  const readText: FileReader["readText"] = (name, span) => {
    const opened = open(name, LARGEST_TEXT);
    if ("code" in opened) {
      report({ ...opened, ...(span && { span }) });
      return undefined;
    }
    const file = shownPath(opened.path, cwd);
    const { bytes } = opened;
    if (isUtf16(bytes)) {
      report({
        code: "file-invalid",
        message: `the file "${name}" is UTF-16, not UTF-8`,
        ...(span && { span }),
        hints: ["save it as UTF-8 in your editor"],
      });
      return undefined;
    }
    const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, "\n");
    sources.set(file, text);
    const nul = bytes.indexOf(0);
    if (nul < 0 && isUtf8(bytes)) return { file, text };
    const valid = nul < 0 ? validLength(bytes) : nul;
    const start = new TextDecoder().decode(bytes.subarray(0, valid)).replace(/\r\n?/g, "\n").length;
    report(
      nul < 0
        ? {
            code: "file-invalid",
            message: `the file "${name}" is not UTF-8 from here on`,
            span: { file, start, end: start + 1 },
            hints: ["save it as UTF-8 in your editor (it may be Windows-1252 or Latin-1)"],
          }
        : {
            code: "file-invalid",
            message: `the file "${name}" is no text: it holds a NUL character`,
            span: { file, start, end: start + 1 },
          },
    );
    return undefined;
  };

  return { sources, readText, readBytes };
}

interface Opened {
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Refusal {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hints?: readonly string[];
}

/** Returns why a name may not be opened, judged by the name alone. */
function refuseName(name: string): Refusal | undefined {
  const outside = (message: string): Refusal => ({
    code: "file-outside",
    message,
    hints: ["put the file into the manuscript's folder and name it relative to that"],
  });
  if (!name.trim() || name.length > 1024) {
    return { code: "file-missing", message: "the name of the file is empty or too long" };
  }
  if (/[\0-\x1f\x7f]/.test(name)) {
    return { code: "file-missing", message: "the name of the file holds a control character" };
  }
  // Encoded dots are read as dots, since somebody further on might decode them.
  for (const form of [name, decoded(name)]) {
    if (/^[a-z]:[\\/]/i.test(form) || isAbsolute(form) || /^[\\/~]/.test(form)) {
      return outside(`"${name}" is an absolute path; only the manuscript's folder is read`);
    }
    if (/^[a-z][a-z0-9+.-]*:/i.test(form)) {
      return outside(`"${name}" is a URL; only files of the manuscript's folder are read`);
    }
    if (form.split(/[\\/]/).includes("..")) {
      return outside(`"${name}" leads out of the manuscript's folder`);
    }
  }
  return undefined;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function openBelow(
  folder: string,
  roots: readonly string[],
  name: string,
  maxBytes: number,
): Opened | Refusal {
  const path = join(folder, name);
  let handle: number | undefined;
  try {
    const real = realpathSync(path);
    if (!roots.some((root) => isInside(real, root))) {
      return {
        code: "file-outside",
        message: `"${name}" is a link that leads out of the manuscript's folder`,
        hints: ["put a copy of the file into the manuscript's folder"],
      };
    }
    // Without O_NONBLOCK a named pipe would block for ever.
    handle = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const status = fstatSync(handle);
    if (!status.isFile()) {
      const kind = status.isDirectory() ? "a folder" : "a device or pipe";
      return { code: "file-invalid", message: `"${name}" is ${kind}, not a file` };
    }
    const bytes = readUpTo(handle, status.size, maxBytes);
    return bytes
      ? { path, bytes }
      : {
          code: "file-too-large",
          message: `the file "${name}" is larger than ${maxBytes / 1_000_000} MB`,
        };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    if (reason !== "ENOENT" && reason !== "ENOTDIR") {
      return { code: "file-invalid", message: `the file "${name}" cannot be read (${reason})` };
    }
    return {
      code: "file-missing",
      message: `there is no file "${name}" in the manuscript's folder`,
      ...nearNames(folder, name),
    };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function isInside(real: string, root: string): boolean {
  const folder = realpathSync(root);
  return real.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Reads a whole file, or returns undefined if it turns out larger than `maxBytes`. */
function readUpTo(handle: number, size: number, maxBytes: number): Uint8Array | undefined {
  if (size > maxBytes) return undefined;
  const bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(handle, bytes, length, bytes.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, Math.min(length, size));
}

/** Names the files of the same folder whose names differ by a slip of the hand. */
function nearNames(folder: string, name: string): { readonly hints?: readonly string[] } {
  const within = dirname(name);
  let names: string[];
  try {
    const place = join(folder, within);
    if (within !== "." && !isInside(realpathSync(place), folder)) return {};
    names = readdirSync(place).slice(0, MOST_NAMES);
  } catch {
    return {};
  }
  const full = (found: string) => (within === "." ? found : `${within}/${found}`);
  const hints = didYouMean(name, names.map(full));
  return hints.length ? { hints } : {};
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Returns how many bytes at the beginning are valid UTF-8. */
function validLength(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return low;
}

/** Returns a path as its author would type it in `cwd`. */
function shownPath(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join("/");
}
