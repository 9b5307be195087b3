// Finds styles of the user's own beside the manuscript.

import { statSync } from "node:fs";
import { join } from "node:path";

/**
 * Returns the path of the profile or CSL style of that name in the folder
 * `styles` beside the manuscript, the profile first; undefined if there is none.
 */
export function findOwnStyle(manuscriptFolder: string, name: string): string | undefined {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name)) return undefined;
  return [".yaml", ".csl"]
    .map((ending) => join(manuscriptFolder, "styles", name + ending))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
