// cite: the references to the dissertation itself.

import { citeThisWork, printReferences, type ReferenceFormat } from "../cite-this-work.js";
import { loadProject, type ProjectRequest } from "../project.js";
import { accessOption } from "./build.js";
import type { Outcome } from "./outcome.js";

/** What the command line asks of `cite`. */
export interface CiteRequest extends Omit<ProjectRequest, "style"> {
  /** One of the seven styles; all of them when absent. */
  readonly style?: string | undefined;
  readonly format: ReferenceFormat;
  readonly accessed?: string | undefined;
}
