// Bundles the program into dist/, with V8's compiled code beside it.
//
// A build of a dissertation takes about a second, half of which went into
// finding, reading and compiling some 500 modules. One file with its code cache
// halves that. The cache belongs to one version of Node: another refuses it and
// compiles the file as usual.

import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const launcher = `#!/usr/bin/env node
"use strict";
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

// Most functions of a short run are not worth an optimising compilation, which
// took a third of its time; those of a long run reach this budget all the same.
setFlagsFromString("--interrupt-budget=1500000");

const filename = join(__dirname, "reissue.cjs");
const cache = join(__dirname, "reissue.cache");
const script = new Script(
  "(function (exports, require, module, __filename, __dirname) {" + readFileSync(filename, "utf8") + "\\n})",
  { filename, cachedData: existsSync(cache) ? readFileSync(cache) : undefined },
);
const loaded = { exports: {} };
script.runInThisContext()(loaded.exports, createRequire(filename), loaded, filename, __dirname);
if (process.env.REISSUE_WRITE_CACHE) {
  // After a whole build, so that the functions that it called are in the cache too.
  process.on("exit", () => writeFileSync(cache, script.createCachedData()));
}
`;

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/cli.ts"],
  outfile: "dist/reissue.cjs",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Names stay, so that a report of a bug can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "linked",
  define: { "import.meta.url": "moduleUrl", "import.meta.dirname": "__dirname" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: "warning",
});
writeFileSync("dist/cli.cjs", launcher);
chmodSync("dist/cli.cjs", 0o755);

const output = mkdtempSync(join(tmpdir(), "reissue-"));
spawnSync(
  process.execPath,
  ["dist/cli.cjs", "build", "manuscript/dissertation.yaml", "--quiet", "--output", output],
  { env: { ...process.env, REISSUE_WRITE_CACHE: "1" }, stdio: "inherit" },
);
rmSync(output, { recursive: true, force: true });
