// check: everything that build does short of writing.

import { compile } from "../compile.js";
import { loadProject, type ProjectRequest } from "../project.js";
import type { Outcome } from "./outcome.js";

/** Compiles a manuscript in each style and returns what was found. */
export async function check(request: ProjectRequest): Promise<Outcome> {
  const { project, diagnostics, sources } = loadProject(request);
  const seen = new Set(diagnostics.map((diagnostic) => JSON.stringify(diagnostic)));
  for (const style of project?.styles ?? []) {
    compile(project!, style, (diagnostic) => {
      const key = JSON.stringify(diagnostic);
      if (!seen.has(key)) diagnostics.push(diagnostic);
      seen.add(key);
    });
  }
  const lines = diagnostics.length ? [] : ["No problems found."];
  return { diagnostics, sources, lines };
}
