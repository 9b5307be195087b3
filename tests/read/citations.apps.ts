// The keys that Pandoc finds in the lines of citations.txt are ours too, but for
// the lines below, in which we differ on purpose.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { walk } from "../../src/document.js";
import { read } from "./outline.js";

/** Lines in which other keys are right than Pandoc's, each with the reason. */
const differences: Readonly<Record<string, string>> = {
  "[@{odd key}].": "a reference's key may hold spaces, and must be citable",
  "[@{odd key}, p. 4].": "as above",
  "@{odd key} says.": "as above",
  "[@{key; with, everything]}, 5].": "as above",
  "_@smith_ and *@smith*.": "the underscore is the emphasis's, not the key's",
  "[@a](https://example.org)": "the text of a link is no citation",
  "[a link [@a]](https://example.org)": "as above",
  "https://example.org/@user/post and http://a.org/[@b]": "an address holds no citation",
  "@*x*": "the star of the wildcard belongs to metadata alone",
  "[see @a and @b, 3].": "a second work needs a semicolon; we say so",
};

test("the keys of every line are those that pandoc finds", () => {
  const lines = readFileSync(`${import.meta.dirname}/citations.txt`, "utf8").split("\n");
  const cases = lines.filter((line) => line && !line.startsWith("#") && !line.startsWith("    "));
  const input = cases.map((line) => `${line}\n\n---\n\n`).join("");
  const document = JSON.parse(
    // Its numbered examples would take `(@a)` for one of theirs.
    execFileSync("pandoc", ["--from=markdown-example_lists", "--to=json"], {
      input,
      encoding: "utf8",
    }),
  ) as { blocks: { t: string }[] };
  const theirs: string[][] = [[]];
  for (const block of document.blocks) {
    if (block.t === "HorizontalRule") theirs.push([]);
    else theirs.at(-1)!.push(...keysOf(block));
  }
  const different = cases.filter((line, at) => {
    const ours = [...walk(read(line).blocks)].flatMap((node) =>
      node.type === "citation" ? node.items.map(({ key }) => key) : [],
    );
    return [...ours].sort().join(" ") !== [...theirs[at]!].sort().join(" ");
  });
  expect(different.sort()).toEqual(Object.keys(differences).sort());
});

/** Returns the keys in a node of Pandoc's JSON. */
function keysOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(keysOf);
  if (typeof node !== "object" || node === null) return [];
  const own = "citationId" in node ? [String(node.citationId)] : [];
  return [...own, ...Object.values(node).flatMap(keysOf)];
}
