// The test's manuscript dressed in a reference document, and a finished DOCX told
// in lines that can be read: its paragraphs by the names of their styles, its
// sections with their pages, heads and feet.

import { join } from "node:path";
import { docxSource, reportReference, templateOfPages } from "../../src/commands/reference.js";
import { compile } from "../../src/compile.js";
import { conserve } from "../../src/conserve.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import type { Document } from "../../src/document.js";
import { loadProject, type Project } from "../../src/project.js";
import { openReferenceDocx } from "../../src/read/reference-docx.js";
import { referTemplate } from "../../src/read/reference-template.js";
import type { Template } from "../../src/template.js";
import { writeDocx } from "../../src/write/docx/docx.js";
import { type Pagination, paginate } from "../../src/write/pdf/pdf.js";
import type { Written } from "../../src/written.js";
import {
  childrenOf,
  type Element,
  elements,
  named,
  parseXml,
  readParts,
} from "../docx/xml-tree.js";

export interface DressedWork {
  readonly project: Project;
  readonly document: Document;
  readonly docx: Written;
  readonly pdf: Pagination;
  readonly labels: ReadonlyMap<string, string>;
  readonly lost: readonly Diagnostic[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Writes the test's manuscript in a reference document, as `build` does. */
export async function dressed(
  bytes: Uint8Array,
  file = "theirs.docx",
  changes: Partial<Template> = {},
): Promise<DressedWork> {
  const cwd = join(import.meta.dirname, "cases");
  const { project, diagnostics } = loadProject({
    manuscript: "manuscript.yaml",
    style: ["chicago"],
    cwd,
  });
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  const opened = openReferenceDocx(bytes, file, report);
  const referenced = opened && referTemplate(opened, project!.template, report);
  if (!referenced) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const worn: Project = {
    ...project!,
    ...referenced,
    template: { ...referenced.template, ...changes },
  };
  const document = compile(worn, worn.styles[0]!, report);
  reportReference(document, worn, report);
  const pdf = await paginate(document, templateOfPages(document, worn));
  const source = await docxSource(document, worn, pdf, paginate);
  const { document: printed, labels, tables, outfit } = source;
  const docx = await writeDocx(
    printed,
    worn.template,
    labels,
    undefined,
    tables,
    undefined,
    outfit,
  );
  const lost = conserve(printed, docx, "docx");
  return { project: worn, document: printed, docx, pdf, labels, lost, diagnostics };
}

/** Returns a finished DOCX in lines, notes apart. */
export function told(bytes: Uint8Array): string {
  const parts = readParts(bytes);
  const xml = (path: string) => parseXml(parts.get(path) as string);
  const names = new Map(
    named(xml("word/styles.xml"), "w:style").map((style) => [
      style.attributes["w:styleId"]!,
      valOf(childrenOf(style, "w:name")[0]),
    ]),
  );
  const targets = new Map(
    named(xml("word/_rels/document.xml.rels"), "Relationship").map(({ attributes }) => [
      attributes.Id!,
      attributes.Target!,
    ]),
  );
  const head = (reference: Element): string => {
    const root = xml(`word/${targets.get(reference.attributes["r:id"]!)}`);
    const kind = /w:(header|footer)/.exec(reference.name)![1];
    const picture = named(root, "w:drawing").length ? "(picture) " : "";
    return `  ${kind} ${reference.attributes["w:type"]}: ${picture}${shownIn(root)}`;
  };
  const section = (properties: Element): string[] => {
    const get = (name: string) => childrenOf(properties, name)[0]?.attributes ?? {};
    const [size, margins, numbers] = [get("w:pgSz"), get("w:pgMar"), get("w:pgNumType")];
    const sides = ["top", "right", "bottom", "left", "gutter"].map((side) => margins[`w:${side}`]);
    return [
      `--- ${size["w:w"]} × ${size["w:h"]}${size["w:orient"] === "landscape" ? " on its side" : ""}, margins ${sides.join(" ")}, numbers ${numbers["w:fmt"] ?? "as they are"}${numbers["w:start"] ? ` from ${numbers["w:start"]}` : ""}${childrenOf(properties, "w:titlePg").length ? ", first page apart" : ""}`,
      ...childrenOf(properties)
        .filter(({ name }) => /Reference$/.test(name))
        .map(head),
    ];
  };
  const lines: string[] = [];
  const write = (element: Element, indent: string): void => {
    switch (element.name) {
      case "w:p": {
        const format = childrenOf(element, "w:pPr")[0];
        const style = format && childrenOf(format, "w:pStyle")[0];
        const text = shownIn(element);
        const drawn = named(element, "w:drawing").length ? "(picture) " : "";
        if (text || drawn || !format) {
          lines.push(`${indent}[${style ? names.get(valOf(style)) : "Normal"}] ${drawn}${text}`);
        }
        const own = format && childrenOf(format, "w:sectPr")[0];
        if (own) lines.push(...section(own));
        break;
      }
      case "w:tbl":
        lines.push(`${indent}table`);
        for (const child of childrenOf(element)) write(child, `${indent}  `);
        break;
      case "w:sectPr":
        lines.push(...section(element));
        break;
      default:
        for (const child of childrenOf(element)) write(child, indent);
    }
  };
  write(xml("word/document.xml"), "");
  return `${lines.join("\n")}\n`;
}

const valOf = (element: Element | undefined): string => element?.attributes["w:val"] ?? "";

/** The text below an element: field codes in braces before their results, marks of notes as a star. */
function shownIn(root: Element): string {
  let text = "";
  for (const { name, children, attributes } of elements(root)) {
    if (name === "w:t") text += children.join("");
    else if (name === "w:instrText") text += `{${children.join("").trim()}}`;
    else if (name === "w:tab" && !("w:pos" in attributes)) text += "→";
    else if (name === "w:footnoteReference") text += "*";
  }
  return text.trim();
}
