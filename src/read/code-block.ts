// Fenced code with Pandoc's attributes: ```{.python #lst:parser caption="…"
// .numberLines startFrom="10"}, or ```python {#lst:parser}.

import type { Code } from "mdast";
import type { Block, CodeBlock } from "../document.js";
import { AttributeReader, parseAttributes } from "./attributes.js";
import { type Reading, spanOf, typed, unsupported } from "./reading.js";

/** Reads a block of code; one of the class `table` is a table whose text is data. */
export function readCodeBlock(node: Code, reading: Reading): Block[] {
  const { source } = reading;
  const span = spanOf(node, source);
  const plain: CodeBlock = { type: "codeBlock", value: node.value, span };
  if (!node.lang) return [plain];
  const line = typed(node, reading).split("\n", 1)[0]!;
  const brace = line.indexOf("{");
  const parsed = brace < 0 ? undefined : parseAttributes(line, brace);
  const at = node.position!.start.offset! + Math.max(0, brace);
  const attributes = new AttributeReader(parsed, at, reading);
  const word = node.lang.startsWith("{") ? undefined : node.lang.replace(/\{.*/s, "");
  const id = attributes.id();
  const numbered = attributes.has("numberLines", "number-lines", "lineNumbers");
  const startFrom = attributes.pair("startFrom");
  const caption = attributes.inlines("caption");
  const language = word || attributes.otherClass();
  if (node.meta && !parsed) unsupported("what stands behind the language of code", node, reading);
  attributes.reportOthers("code");
  const first = startFrom ? Number(startFrom.value) : 1;
  const valid = Number.isInteger(first) && first >= 0 && first < 1_000_000;
  if (startFrom && !valid) {
    attributes.invalid(startFrom, `"${startFrom.value}" is no number of a line`);
  }
  return [
    {
      ...plain,
      ...(language && { language }),
      ...((numbered || startFrom) && { firstLine: valid ? first : 1 }),
      ...(id && { id }),
      ...(caption?.length && { caption }),
    },
  ];
}
