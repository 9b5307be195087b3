// check: everything that build does short of writing, and what keeps a work from
// those who cannot see it.

import { checkAccessibility } from "../accessibility.js";
import { compile } from "../compile.js";
import { loadProject, type ProjectRequest } from "../project.js";
import { onlyOnce } from "./only-once.js";
import type { Outcome } from "./outcome.js";
import { reportReference } from "./reference.js";

/** Compiles a manuscript in each style and returns what was found. */
export async function check(request: ProjectRequest): Promise<Outcome> {
  const { project, diagnostics, sources } = loadProject(request);
  const report = onlyOnce((diagnostic) => void diagnostics.push(diagnostic));
  for (const style of project?.styles ?? []) {
    const document = compile(project!, style, report);
    checkAccessibility(document, report);
    reportReference(document, project!, report);
  }
  const lines = diagnostics.length ? [] : ["No problems found."];
  return { diagnostics, sources, lines };
}
