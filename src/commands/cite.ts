// cite: the references to the dissertation itself.

import { citeThisWork, type WorkStyle, workRecord } from "../cite-this-work.js";
import { loadProject, type ProjectRequest } from "../project.js";
import {
  printRecord,
  printReferences,
  type RecordFormat,
  type ReferenceFormat,
} from "../write/references.js";
import { accessOption } from "./access-option.js";
import type { Outcome } from "./outcome.js";

/** What the command line asks of `cite`. */
export interface CiteRequest extends Omit<ProjectRequest, "style"> {
  /** One of the seven styles; all of them when absent. */
  readonly style?: WorkStyle | undefined;
  readonly format: ReferenceFormat | RecordFormat;
  readonly accessed?: string | undefined;
}

/**
 * Returns the references to the work, or the work's record for a reference
 * manager, as what is to be printed. A manuscript with errors gives only those.
 */
export async function cite(request: CiteRequest): Promise<Outcome> {
  const { style, format, accessed, manuscript, cwd } = request;
  const { project, diagnostics, sources } = loadProject({ manuscript, cwd });
  if (!project) return { diagnostics, sources, lines: [] };
  const { metadata } = project.manuscript;
  const options = accessOption(accessed);
  const printed = isRecordFormat(format)
    ? printRecord(workRecord(metadata, options), format)
    : printReferences(
        citeThisWork(metadata, options).filter(
          (reference) => style === undefined || reference.style === style,
        ),
        format,
      );
  return { diagnostics, sources, lines: [printed.trimEnd()] };
}

function isRecordFormat(format: CiteRequest["format"]): format is RecordFormat {
  return format === "bibtex" || format === "ris" || format === "csl-json";
}
