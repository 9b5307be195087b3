// Our citations beside those of pandoc's citeproc, from the same CSL style and
// the same references. Every difference must have one of the reasons below.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compile } from "../../src/compile.js";
import { walk } from "../../src/document.js";
import { loadProject, type Project } from "../../src/project.js";
import type { CslNode } from "../../src/style.js";
import { show, showBlocks } from "./notation.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Printed {
  readonly citations: readonly string[];
  readonly list: readonly string[];
}

/** Why the two differ; the first column is the side that the manual is on. */
const reasons: readonly (readonly ["us" | "pandoc", string, (text: string) => string])[] = [
  // Chicago Manual, 17th edition, 14.96: a title's question mark keeps the comma behind it.
  ["us", "comma after a question mark", (text) => text.replaceAll("?,”", "?”")],
  // Publication Manual, 7th edition, 10.4: the number or series of a report is printed.
  // This old version of pandoc does not, in APA.
  [
    "us",
    "series and number of a report",
    (text) =>
      text.replace(/ \((Note 15|Chatham House Research Paper|Security Policy Brief 54)\)/, ""),
  ],
  // CSL 1.0.2 named the variable `event-title`, which this pandoc does not know.
  [
    "us",
    "the conference",
    (text) => text.replace(/(?<=\()10th Biennial[^,]*, | \*10th Biennial[^*]*\*,/, ""),
  ],
  // Chicago Manual, 17th edition, 14.193: a newspaper loses its initial "The".
  ["us", "the name of a newspaper", (text) => text.replace("*The Astana Times*", "*Astana Times*")],
  // Chicago Manual, 17th edition, 8.159 and 8.161: small prepositions of any
  // length, and after a hyphen behind a prefix. Pandoc follows CSL's own rules.
  ["us", "title case", (text) => text.toLowerCase()],
];

describe.each(["chicago", "apa", "harvard"])("%s", (id) => {
  test("differs from pandoc for good reasons only", () => {
    const { project } = loadProject({ manuscript: "manuscript", style: [id], cwd: root });
    const us = printedByUs(project!);
    const pandoc = printedByPandoc(project!);
    expect(us.citations.length).toBe(pandoc.citations.length);
    expect(us.list.length).toBe(pandoc.list.length);
    const differences = [...us.citations, ...us.list].flatMap((ours, index) => {
      const theirs = [...pandoc.citations, ...pandoc.list][index]!;
      return alike(ours) === alike(theirs) ? [] : [{ us: ours, pandoc: theirs }];
    });
    expect(differences).toEqual([]);
  });
});

const alike = (text: string) => reasons.reduce((kept, [, , ignore]) => ignore(kept), text);

function printedByUs(project: Project): Printed {
  const [style] = project.styles;
  const nodes = compile(project, style!, () => {}).parts.flatMap(({ children }) => [
    ...walk(children),
  ]);
  const isNote = style!.csl.class === "note";
  return {
    citations: nodes.flatMap((node) => {
      if (isNote) return node.type === "note" ? [showBlocks(node.children)] : [];
      return node.type === "citation" ? [show(node.children)] : [];
    }),
    list: nodes.flatMap((node) => (node.type === "entry" ? [show(node.children)] : [])),
  };
}

function printedByPandoc({ styles: [style], bibliography }: Project): Printed {
  const folder = mkdtempSync(join(tmpdir(), "reissue-"));
  try {
    const tree = style!.csl.source();
    const attrs = { xmlns: "http://purl.org/net/xbiblio/csl", ...tree.attrs };
    writeFileSync(
      join(folder, "style.csl"),
      writeXml({ ...tree, attrs: { ...attrs, "default-locale": style!.locale } }),
    );
    writeFileSync(
      join(folder, "references.json"),
      JSON.stringify([...bibliography.references.values()]),
    );
    const { sections } = parse(
      readFileSync(join(root, "manuscript/dissertation.yaml"), "utf8"),
    ) as {
      sections: { title: string; text: string }[];
    };
    const markdown = sections.map(({ title, text }) => `# ${title}\n\n${text}`).join("\n\n");
    const output = execFileSync(
      "pandoc",
      [
        ...["--citeproc", "--csl=style.csl", "--bibliography=references.json", "--to=json"],
        ...["-M", `lang=${style!.locale}`],
      ],
      { cwd: folder, input: markdown, encoding: "utf8", maxBuffer: 1e8 },
    );
    return readPandoc(JSON.parse(output).blocks, style!.csl.class === "note");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The bundle keeps no titles of styles, but pandoc wants them. */
function writeXml({ name, attrs, children }: CslNode): string {
  if (name === "info") {
    return "<info><title>-</title><id>-</id><updated>2020-01-01T00:00:00Z</updated></info>";
  }
  const escaped = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const attributes = Object.entries(attrs).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside = children.map((child) =>
    typeof child === "string" ? escaped(child) : writeXml(child),
  );
  return `<${name}${attributes.join("")}>${inside.join("")}</${name}>`;
}

interface PandocNode {
  readonly t: string;
  // biome-ignore lint/suspicious/noExplicitAny: pandoc's JSON has another shape for each type.
  readonly c: any;
}

function readPandoc(blocks: readonly PandocNode[], isNote: boolean): Printed {
  const citations: string[] = [];
  const list: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) visit(child);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const { t: type, c: content } = node as PandocNode;
    if (type === "Div" && content[0][0].startsWith("ref-")) list.push(textOfBlocks(content[1]));
    else if (type === "Note") citations.push(textOfBlocks(content));
    else if (type === "Cite" && !isNote) citations.push(textOf(content[1]));
    else visit(Object.values(node));
  };
  visit(blocks);
  return { citations, list };
}

const textOfBlocks = (blocks: readonly PandocNode[]) => blocks.map(({ c }) => textOf(c)).join("");

function textOf(inlines: readonly PandocNode[]): string {
  return inlines
    .map(({ t: type, c: content }) => {
      if (type === "Str") return content.replaceAll("\u00a0", " ");
      if (type === "Space" || type === "SoftBreak") return " ";
      if (type === "Emph") return `*${textOf(content)}*`;
      if (type === "Quoted") {
        const isDouble = content[0].t === "DoubleQuote";
        return `${isDouble ? "“" : "‘"}${textOf(content[1])}${isDouble ? "”" : "’"}`;
      }
      return textOf(content[1]);
    })
    .join("");
}
