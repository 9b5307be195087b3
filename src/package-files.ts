// The styles and templates that the package ships, by name.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folders of shipped YAML files, at the top of the package. */
export type PackageFolder = "styles" | "templates";

/** One shipped file: its text, and the name that diagnostics give it. */
export interface PackageFile {
  readonly file: string;
  readonly text: string;
}

// Both src/ and dist/ lie one level below the top of the package.
const folderOf = (folder: PackageFolder) =>
  fileURLToPath(new URL(`../${folder}/`, import.meta.url));

/** Returns the names that a folder of the package holds, in alphabetical order. */
export function packageNames(folder: PackageFolder): string[] {
  return readdirSync(folderOf(folder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

/** Returns a shipped file by its name without ending, or undefined if there is none. */
export function readPackageFile(folder: PackageFolder, name: string): PackageFile | undefined {
  if (!packageNames(folder).includes(name)) return undefined;
  const file = `${folder}/${name}.yaml`;
  return { file, text: readFileSync(`${folderOf(folder)}${name}.yaml`, "utf8") };
}

/** Returns a CSL style that a shipped profile names, such as `chicago-18.csl`. */
export function readPackageCsl(name: string): PackageFile | undefined {
  if (!readdirSync(folderOf("styles")).includes(name) || !name.endsWith(".csl")) return undefined;
  return { file: `styles/${name}`, text: readFileSync(`${folderOf("styles")}${name}`, "utf8") };
}
