// Lets a bench call the program's own functions: bundles them from the sources.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");

/** Returns what some modules of `src/` export, such as `["citation/cite"]`, in one object. */
export async function importSources(modules) {
  const folder = mkdtempSync(join(tmpdir(), "reissue-bench-"));
  const outfile = join(folder, "sources.cjs");
  await build({
    stdin: {
      contents: modules.map((name) => `export * from "./${name}.ts";`).join("\n"),
      resolveDir: join(root, "src"),
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    define: { "import.meta.url": "moduleUrl" },
    // The packages used as data are found from here, not from the temporary folder.
    banner: {
      js: `const moduleUrl = ${JSON.stringify(pathToFileURL(join(root, "dist/sources.cjs")).href)};`,
    },
    logLevel: "error",
  });
  const { default: exports } = await import(pathToFileURL(outfile).href);
  rmSync(folder, { recursive: true });
  return exports;
}
