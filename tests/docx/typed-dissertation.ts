// The published dissertation as a tree, its notes as they were typed: long
// enough to be laid out, and made without any reader of ours.

import { readFileSync } from "node:fs";
import type { Block, Document, Inline, Section } from "../../src/document.js";
import type { Template } from "../../src/template.js";
import { documentOf, note, paragraph, section } from "./tree.js";

const lines = readFileSync(new URL("../dissertation/source.txt", import.meta.url), "utf8")
  .split("\n")
  .map((line) => line.replace(/[\s\u00a0]+/gu, " ").trim())
  .filter(Boolean);

const at = (start: string, from = 0) =>
  lines.findIndex((line, index) => index >= from && line.startsWith(start));
const body = lines.slice(at("Since the dissolution"), at("Works Cited"));
const list = lines.slice(at("Works Cited") + 1, at("[1]"));
const notes = new Map(
  lines.slice(at("[1]"), at("Cite This Work")).map((line) => {
    const [, number, text] = /^\[(\d+)\]\s*(.*)$/.exec(line)!;
    return [number!, text!];
  }),
);

/** Returns the dissertation with all of its notes, and a chapter in two sections. */
export function typedDissertation(template: Template): Document {
  const chapters: { title: string; children: Block[] }[] = [
    { title: "Introduction", children: [] },
  ];
  for (const line of body) {
    if (line.length < 90) chapters.push({ title: line, children: [] });
    else chapters.at(-1)!.children.push(paragraph(withNotes(line)));
  }
  const sections = chapters.map(({ title, children }, index): Section => {
    const half = Math.ceil(children.length / 2);
    if (index !== 2) return section(`sec-${index}`, title, children);
    return section(`sec-${index}`, title, [
      ...children.slice(0, half),
      section(`sec-${index}-b`, "A Section of the Chapter", children.slice(half)),
    ]);
  });
  const entries = list.map(
    (text, index): Block => ({
      type: "entry",
      id: `ref-${index + 1}`,
      key: `k${index + 1}`,
      children: [{ type: "text", value: text }],
    }),
  );
  return documentOf([
    {
      role: "title-page",
      children: template.titlePage.slice(0, 3).flatMap((line) =>
        "image" in line
          ? []
          : [
              paragraph("Russia and Kazakhstan 2005–2015: From Cooperation to Coercion", {
                style: line.style,
                ...(line.before !== undefined && { before: line.before }),
              }),
            ],
      ),
    },
    {
      role: "front-matter",
      children: [
        section(
          "sec-front-dedication",
          "Dedication",
          [paragraph("To my teachers", { style: "dedication" })],
          "dedication",
        ),
        section(
          "sec-front-abstract",
          "Abstract",
          [paragraph(body[0]!, { style: "abstract" })],
          "abstract",
        ),
        section(
          "sec-front-toc",
          "Contents",
          [{ type: "contents", depth: template.contentsDepth }],
          "toc",
        ),
      ],
    },
    {
      role: "body",
      children: [...sections, section("sec-references", "Bibliography", entries, "bibliography")],
    },
  ]);
}

function withNotes(text: string): Inline[] {
  return text.split(/\[(\d+)\]/).flatMap((piece, index): Inline[] => {
    if (index % 2 === 0) return piece ? [{ type: "text", value: piece }] : [];
    return [note(Number(piece), notes.get(piece)!)];
  });
}
