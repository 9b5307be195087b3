// Several styles find the same mistake; the author is told once.

import type { Diagnostic, Report } from "../diagnostic.js";

/** Passes on each diagnostic once, however many styles find it. */
export function onlyOnce(report: Report): Report {
  const seen = new Set<string>();
  return (diagnostic: Diagnostic) => {
    const key = JSON.stringify(diagnostic);
    if (seen.has(key)) return;
    seen.add(key);
    report(diagnostic);
  };
}
