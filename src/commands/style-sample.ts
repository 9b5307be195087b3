// What a style makes of one work: a citation and an entry, printed by the same
// stages that print a dissertation.

import { cite } from "../citation/cite.js";
import { placementOf } from "../citation/csl-styles.js";
import { placeCitations } from "../citation/place.js";
import {
  type Block,
  type Citation,
  type CitationItem,
  type Document,
  nodesOf,
  type Reference,
  toText,
  walk,
} from "../document.js";
import { findManuscript } from "../find-manuscript.js";
import { numberNotes } from "../number.js";
import { loadProject } from "../project.js";
import type { Style } from "../style.js";

/** A work to try styles with, and how it is cited. */
export interface SampleWork {
  readonly reference: Reference;
  readonly item: CitationItem;
  readonly lang: string;
}

/** A work in a style. */
export interface Sample {
  /** The text of the note in a note style. */
  readonly citation: string;
  /** Absent if the style has no list, or leaves the work out of it. */
  readonly entry?: string;
}

/** What styles are tried with where no manuscript is found. */
export const inventedWork: SampleWork = {
  reference: {
    id: "doe2019",
    type: "article-journal",
    author: [
      { family: "Doe", given: "Jane" },
      { family: "Roe", given: "Richard" },
    ],
    title: "The title of an article",
    "container-title": "Journal of Examples",
    volume: 12,
    issue: 3,
    page: "45-67",
    issued: { "date-parts": [[2019]] },
  },
  item: { key: "doe2019", label: "page", locator: "50" },
  lang: "en-US",
};

/** Returns a work that the manuscript found from a folder cites, if possible with a page. */
export function sampleWork(cwd: string): SampleWork {
  if (!findManuscript(undefined, cwd)) return inventedWork;
  const { project } = loadProject({ cwd, style: ["chicago"] });
  if (!project) return inventedWork;
  const { manuscript, bibliography } = project;
  let first: SampleWork | undefined;
  for (const node of walk(manuscript.sections)) {
    if (node.type !== "citation" || node.mode !== "parenthetical") continue;
    const [item] = node.items;
    const reference = item && bibliography.references.get(item.key);
    if (!item || !reference || node.items.length > 1) continue;
    const work = { reference, item, lang: manuscript.metadata.lang };
    if (item.locator !== undefined && Array.isArray(reference.author)) return work;
    first ??= work;
  }
  return first ?? inventedWork;
}

/** Prints a work in a style. Throws nothing: a style that cannot be used has no sample. */
export function printSample(
  { reference, item, lang }: SampleWork,
  style: Style,
): Sample | undefined {
  const citation: Citation = {
    type: "citation",
    mode: "parenthetical",
    items: [item],
    children: [{ type: "text", value: "" }],
  };
  const text = (value: string) => ({ type: "text" as const, value });
  const body: Block[] = [
    { type: "paragraph", children: [text("Words "), citation, text(".")] },
    { type: "section", id: "list", role: "bibliography", title: [], children: [] },
  ];
  const document: Document = {
    metadata: { title: [], author: [], lang, keywords: [] },
    parts: [{ role: "body", children: placeCitations(body, placementOf(style)) }],
  };
  const references = new Map([[reference.id, reference]]);
  const cited = cite(numberNotes(document), references, style, () => {});
  let printed = "";
  let entry: string | undefined;
  for (const node of nodesOf(cited)) {
    if (node.type === "note") printed = node.children.map(paragraphText).join(" ");
    else if (node.type === "citation") printed ||= toText(node.children);
    else if (node.type === "entry") {
      const label = node.label ? `${toText(node.label)} ` : "";
      entry ??= (label + toText(node.children)).trim();
    }
  }
  return printed ? { citation: printed.trim(), ...(entry && { entry }) } : undefined;
}

const paragraphText = (block: Block): string =>
  block.type === "paragraph" ? toText(block.children) : "";
