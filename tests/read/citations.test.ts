// The table of citations.txt: a line of Markdown, and below it how it is read.
// The file is the expectation too: `vitest -u` writes it anew, then read it.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { read } from "./outline.js";

const file = `${import.meta.dirname}/citations.txt`;

test("every line of citations.txt is read as it says", async () => {
  const lines = readFileSync(file, "utf8").split("\n");
  const cases = lines.filter((line) => line && !line.startsWith("#") && !line.startsWith("    "));
  expect(cases.length).toBeGreaterThan(150);
  const written = lines
    .filter((line) => !line.startsWith("    "))
    .flatMap((line) => (line && !line.startsWith("#") ? [line, ...readings(line)] : [line]));
  await expect(written.join("\n")).toMatchFileSnapshot(file);
});

function readings(line: string): string[] {
  const { outline, diagnostics } = read(line);
  return [
    `    ${outline.replace(/^paragraph\((.*)\)$/s, "$1")}`,
    ...diagnostics.map(({ code, message }) => `    ! ${code}: ${message}`),
  ];
}
