// Whatever the text and however YAML holds it, the caret stands under the key.

import fc from "fast-check";
import { expect, test } from "vitest";
import { walk } from "../../src/document.js";
import { readMarkdown } from "../../src/read/markdown.js";
import { offsetMap, readYaml, type YamlNode, type YamlScalar } from "../../src/read/yaml.js";

/** Returns the places of all keys in the scalar `text:` of a YAML file, as they were typed there. */
function typedKeys(file: string): string[] {
  const root = readYaml({ file: "a.yaml", text: file }, (diagnostic) => {
    throw new Error(diagnostic.message);
  });
  const scalar = scalarOf(root);
  const source = { file: "a.yaml", text: scalar.text, offset: offsetMap(scalar, file) };
  return [...walk(readMarkdown(source, () => {}))].flatMap((node) =>
    node.type === "citation"
      ? node.items.map(({ span }) => file.slice(span!.start, span!.end))
      : [],
  );
}

function scalarOf(node: YamlNode | undefined): YamlScalar {
  if (node?.type === "map") return scalarOf(node.entries.at(-1)?.value);
  if (node?.type === "list") return scalarOf(node.items.at(-1));
  if (!node) throw new Error("nothing was read");
  return node;
}

const word = fc.constantFrom(
  "word",
  "Größe",
  "война",
  "it's",
  "x^2^",
  "*a*",
  "“b”",
  "𝔘",
  "a\u0308",
  "&amp;",
  "–",
);
const citation = fc
  .tuple(
    fc.constantFrom("", "see ", "*cf.* "),
    fc.nat(99),
    fc.constantFrom("", ", 12", " p. 3; @other"),
  )
  .map(([prefix, key, suffix]) => `[${prefix}@key${key}${suffix}]`);
const line = fc
  .array(fc.oneof({ weight: 4, arbitrary: word }, citation), { minLength: 1, maxLength: 8 })
  .map((words) => words.join(" "));
const paragraph = fc.array(line, { minLength: 1, maxLength: 4 });

const keysIn = (text: string): string[] => text.match(/@\w+/g) ?? [];

test("in a literal block of any indentation", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom("", "> ", "- "), paragraph), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom("|", "|-", "|+", "| # a remark"),
      fc.boolean(),
      (paragraphs, indent, header, nested) => {
        const text = paragraphs
          .map(([mark, lines]) => lines.map((one) => mark + one).join("\n"))
          .join("\n\n");
        const outer = nested ? "sections:\n  - title: One\n    " : "title: One\n";
        const margin = " ".repeat(indent + (nested ? 4 : 0));
        const body = text
          .split("\n")
          .map((one) => (one ? margin + one : ""))
          .join("\n");
        expect(typedKeys(`${outer}text: ${header}\n${body}\n`)).toEqual(keysIn(text));
      },
    ),
    { numRuns: 300 },
  );
});

test("in quotes, on one line or several, and in a folded block", () => {
  fc.assert(
    fc.property(paragraph, fc.constantFrom("single", "double", "folded"), (lines, form) => {
      const typed = lines.join("\n  ");
      const file =
        form === "single"
          ? `text: '${typed.replaceAll("'", "''")}'`
          : form === "double"
            ? `text: "${typed}"`
            : `text: >\n  ${typed}\n`;
      expect(typedKeys(file)).toEqual(keysIn(typed));
    }),
    { numRuns: 300 },
  );
});

test("in a plain value", () => {
  expect(typedKeys("text: See [@a, 3]\n  and @b [p. 4].")).toEqual(["@a", "@b"]);
});

test("behind an escape that no letter shows, at the value's beginning", () => {
  expect(typedKeys('text: "a \\"b\\" [@c]"')).toEqual(["@c"]);
  expect(typedKeys('text: "a\\u0020[@c]"')).toEqual([""]);
});
