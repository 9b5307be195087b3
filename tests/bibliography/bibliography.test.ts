// Each folder of cases/ is a test: bibliographies in other formats, and in
// expected/ what they become in CSL YAML and what is reported. To add one, write
// the files, run `npm test -- -u`, and read what was written before committing it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type Diagnostic, formatDiagnostic } from "../../src/diagnostic.js";
import { readBibtex } from "../../src/read/bibtex.js";
import type { YamlNode } from "../../src/read/yaml.js";

const cases = join(import.meta.dirname, "cases");

describe.each(readdirSync(cases))("%s", (name) => {
  const folder = join(cases, name);
  const files = readdirSync(folder).filter((file) => file !== "expected");

  test("becomes CSL", async () => {
    const diagnostics: Diagnostic[] = [];
    const sources = new Map<string, string>();
    const nodes = files.flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      sources.set(file, text);
      return readBibtex({ file, text }, (diagnostic) => void diagnostics.push(diagnostic));
    });
    const messages = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sources));
    await expect(stringify(nodes.map(plain), { lineWidth: 100 })).toMatchFileSnapshot(
      join(folder, "expected/references.yaml"),
    );
    await expect(`${messages.join("\n\n")}\n`).toMatchFileSnapshot(
      join(folder, "expected/diagnostics.txt"),
    );
  });
});

function plain(node: YamlNode): unknown {
  if (node.type === "scalar") return node.text;
  if (node.type === "list") return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}
