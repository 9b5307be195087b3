// Writes a comparison of styles as a page: one HTML file that needs nothing
// else, works from a disk and on paper, and runs no script.

import { createHash } from "node:crypto";
import type { Passage, Reading } from "../compare.js";
import type { Inline, Metadata } from "../document.js";
import { escapeHtml, html } from "./references.js";

/** A style of the comparison: its name on the command line, and its title. */
export interface ComparedStyle {
  readonly id: string;
  readonly title: string;
}

/**
 * Returns the page as HTML: a row for each passage, with a column for each
 * style, its citations marked and its notes below it. On narrow screens the
 * readings stand below each other. The same arguments give the same bytes.
 */
export function writeComparePage(
  metadata: Metadata,
  styles: readonly ComparedStyle[],
  passages: readonly Passage[],
): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${createHash("sha256").update(stylesheet).digest("base64")}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = html(metadata.title);
  const lang = escapeHtml(metadata.lang);
  const rows: string[] = [];
  let section: string | undefined;
  for (const [index, passage] of passages.entries()) {
    if (passage.section !== section) {
      section = passage.section;
      rows.push(
        `<tr class="section"><th colspan="${styles.length + 1}" scope="colgroup">${escapeHtml(section)}</th></tr>`,
      );
    }
    const cells = passage.readings.map(
      (reading, at) =>
        `<td data-style="${escapeHtml(styles[at]!.id)}">${readingHtml(reading)}</td>`,
    );
    rows.push(`<tr><th scope="row">${index + 1}</th>${cells.join("")}</tr>`);
  }
  const names = styles.map(({ id }) => escapeHtml(id)).join(", ");
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${names}: ${escapeHtml(metadata.title.length ? plain(metadata.title) : "")}</title>
<style>${stylesheet}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="about" lang="en">${passages.length} ${passages.length === 1 ? "passage" : "passages"} with citations, in ${names}.</p>
<table>
<thead>
<tr><td></td>${styles.map((style) => `<th scope="col">${escapeHtml(style.title)}</th>`).join("")}</tr>
</thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</main>
</body>
</html>
`;
}

function readingHtml({ inlines, notes }: Reading): string {
  if (!inlines.length) return '<p class="none">—</p>';
  const list = notes.map(
    ({ number, inlines }) => `<p class="note"><sup>${number}</sup> ${passageHtml(inlines)}</p>`,
  );
  return [`<p>${passageHtml(inlines)}</p>`, ...list].join("");
}

/** Inlines with their citations marked and their notes as numbers. */
function passageHtml(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "note") return `<sup>${inline.number}</sup>`;
      if (inline.type === "citation") return `<mark>${html(inline.children)}</mark>`;
      if (inline.type === "emphasis") return `<i>${passageHtml(inline.children)}</i>`;
      if (inline.type === "strong") return `<b>${passageHtml(inline.children)}</b>`;
      return html([inline]);
    })
    .join("");
}

function plain(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "text" || inline.type === "inlineCode") return inline.value;
      return "children" in inline && inline.type !== "note" ? plain(inline.children) : "";
    })
    .join("");
}

const stylesheet = `
:root { --ink: #1c2430; --muted: #55606e; --paper: #fff; --line: #c9d0d9; --head: #eef1f5;
  --mark: #fff0b8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --muted: #a5afbc; --paper: #14181e; --line: #3b4552; --head: #232b35;
    --mark: #57480f; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 Georgia, "Times New Roman", Times, serif; }
main { max-width: 90rem; margin: 0 auto; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; }
.about { margin: 0 0 1rem; color: var(--muted); }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead th { position: sticky; top: 0; background: var(--head); }
th, td { padding: .6rem .75rem; border: 1px solid var(--line); text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
thead td, tbody th[scope="row"] { width: 3rem; color: var(--muted); font-weight: 400;
  text-align: right; font-variant-numeric: tabular-nums; }
.section th { background: var(--head); }
p { margin: 0; }
.note { margin-top: .5rem; padding-left: 1rem; font-size: .875rem; }
.none { color: var(--muted); }
mark { background: var(--mark); color: inherit; }
sup { line-height: 0; font-size: .75em; }
a { color: inherit; }
@media (max-width: 44rem) {
  table, thead, tbody, tr, th, td { display: block; width: auto; }
  thead { display: none; }
  tbody th[scope="row"], .section th { width: auto; text-align: left; }
  td::before { content: attr(data-style); display: block; color: var(--muted);
    font: .8125rem/1.5 system-ui, sans-serif; }
}
@media print {
  body { padding: 0; background: #fff; color: #000; font-size: 9.5pt; }
  thead th { position: static; }
  tr { break-inside: avoid; }
  mark { background: none; text-decoration: underline; text-decoration-color: #888; }
}
`;
