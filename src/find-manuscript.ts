// Finds the manuscript when the command line does not name it.

import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The names a manuscript goes by, the first one found being taken. */
const names = ["dissertation.yaml", "manuscript.yaml", "dissertation.yml", "manuscript.yml"];

/**
 * Returns the path of the manuscript, or undefined if there is none.
 *
 * A path that is given is a manuscript or the folder of one. Without it, the
 * names above are looked for in `cwd` and its folder `manuscript`, then in each
 * folder above, up to and including the first that is a repository's top.
 */
export function findManuscript(given: string | undefined, cwd: string): string | undefined {
  if (given !== undefined) {
    const path = resolve(cwd, given);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) return inFolder(path);
    return status ? path : undefined;
  }
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const found = inFolder(folder);
    if (found) return found;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return undefined;
  }
}

function inFolder(folder: string): string | undefined {
  return [folder, join(folder, "manuscript")]
    .flatMap((place) => names.map((name) => join(place, name)))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
