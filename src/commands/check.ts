// check: everything that build does short of writing.

import { compile } from "../compile.js";
import { loadProject, type ProjectRequest } from "../project.js";
import { onlyOnce } from "./only-once.js";
import type { Outcome } from "./outcome.js";

/** Compiles a manuscript in each style and returns what was found. */
export async function check(request: ProjectRequest): Promise<Outcome> {
  const { project, diagnostics, sources } = loadProject(request);
  const report = onlyOnce((diagnostic) => void diagnostics.push(diagnostic));
  if (project) for (const style of project.styles) compile(project, style, report);
  const lines = diagnostics.length ? [] : ["No problems found."];
  return { diagnostics, sources, lines };
}
