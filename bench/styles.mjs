// Renders the dissertation in every CSL style of the bundle and prints those
// that fail. Takes some minutes. Run: node bench/styles.mjs [first] [last]

import { join } from "node:path";
import { importSources } from "./sources.mjs";

const { compile, cslStyleIds, loadProject } = await importSources([
  "citation/csl-styles",
  "compile",
  "project",
]);

const root = join(import.meta.dirname, "..");
const ids = cslStyleIds().slice(Number(process.argv[2] ?? 0), Number(process.argv[3] ?? Infinity));
const unlisted = new Map();
let failed = 0;
for (const [index, id] of ids.entries()) {
  const problems = [];
  try {
    const { project, diagnostics } = loadProject({
      cwd: root,
      manuscript: "manuscript",
      style: [id],
    });
    problems.push(...diagnostics.map(({ message }) => message));
    for (const style of project?.styles ?? []) {
      compile(project, style, ({ code, message }) => {
        if (code === "reference-unprinted") unlisted.set(id, (unlisted.get(id) ?? 0) + 1);
        else if (code !== "reference-incomplete") problems.push(message);
      });
    }
    if (!project) problems.push("the project could not be loaded");
  } catch (error) {
    problems.push(`threw ${error.stack ?? error}`);
  }
  if (problems.length) {
    failed++;
    console.log(`${id}: ${problems.join("; ")}`);
  }
  if ((index + 1) % 500 === 0) console.log(`… ${index + 1} of ${ids.length}`);
}
console.log(
  `${ids.length - failed} of ${ids.length} styles render the dissertation without error; ` +
    `${unlisted.size} leave works out of their lists, each reported`,
);
process.exitCode = failed ? 1 : 0;
