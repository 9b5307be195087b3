// The shipped templates, with the numbers that a manuscript asks for.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Numbering, withNumbering } from "../../src/read/numbering.js";
import { readTemplate } from "../../src/read/template.js";
import type { Template } from "../../src/template.js";

/** Returns a shipped template. */
export function templateOf(id: string, numbering: Numbering = {}): Template {
  const file = join(import.meta.dirname, `../../templates/${id}.yaml`);
  const template = readTemplate({ file, text: readFileSync(file, "utf8") }, id, (found) => {
    throw new Error(found.message);
  });
  return withNumbering(template!, numbering);
}
