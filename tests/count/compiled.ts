// Manuscripts of the cases and of properties, compiled without writing.

import { join } from "node:path";
import { type Placement, placeCitations } from "../../src/citation/place.js";
import { compile } from "../../src/compile.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import type { Document, Section } from "../../src/document.js";
import { loadProject, type Project } from "../../src/project.js";
import { readMarkdown } from "../../src/read/markdown.js";
import { sourceOf } from "../read/outline.js";

/** The folder of a case. */
export const cwdOf = (name: string): string => join(import.meta.dirname, "cases", name);

/** Returns the project of a case in some styles; it must be without mistakes. */
export function projectOf(name: string, styles: readonly string[]): Project {
  const { project, diagnostics } = loadProject({
    manuscript: "manuscript.yaml",
    style: styles,
    cwd: cwdOf(name),
  });
  if (!project) throw new Error(JSON.stringify(diagnostics));
  return project;
}

/** Returns a project in each of its styles, by the style's id. */
export function compileAll(project: Project): Map<string, Document> {
  return new Map(project.styles.map((style) => [style.id, compile(project, style, () => {})]));
}

/** Returns a project whose only chapter is a Markdown text. */
export function withChapter(project: Project, markdown: string): Project {
  return { ...project, manuscript: { ...project.manuscript, sections: [chapterOf(markdown)] } };
}

/** Returns a work of one chapter with its citations placed for a style, but not printed. */
export function placed(chapter: Section, placement: Placement): Document {
  return {
    metadata: { title: [], author: [], lang: "en", keywords: [] },
    parts: [{ role: "body", children: placeCitations([chapter], placement) }],
  };
}

/** Returns a Markdown text as a chapter. */
export function chapterOf(markdown: string): Section {
  const diagnostics: Diagnostic[] = [];
  const children = readMarkdown(sourceOf(markdown), (found) => void diagnostics.push(found));
  if (diagnostics.length) throw new Error(JSON.stringify(diagnostics));
  return {
    type: "section",
    id: "sec-chapter",
    title: [{ type: "text", value: "Chapter" }],
    children,
  };
}
