// Prints how citing grows with the length of a work, and what loading a style
// costs. Run: node bench/citations.mjs

import { importSources } from "./sources.mjs";

const { cite, findCslStyle, cslStyleIds, numberNotes, placeCitations, placementOf } =
  await importSources(["citation/cite", "citation/csl-styles", "citation/place", "number"]);

const families = ["Smith", "Jones", "Brown", "Taylor", "Khan", "Novak", "Meyer", "Rossi"];

function referencesOf(count) {
  const references = new Map();
  for (let index = 0; index < count; index++) {
    const family = `${families[index % families.length]}${Math.floor(index / 40)}`;
    references.set(`key${index}`, {
      id: `key${index}`,
      type: index % 3 ? "book" : "article-journal",
      author: [{ family, given: index % 2 ? "Ann" : "Bo" }],
      title: `A history of things, part ${index}`,
      publisher: "Example Press",
      "publisher-place": "London",
      "container-title": "Journal of things",
      volume: String(1 + (index % 40)),
      page: "10-20",
      issued: { "date-parts": [[1980 + (index % 40)]] },
    });
  }
  return references;
}

function documentOf(citations, works) {
  const paragraphs = [];
  for (let at = 0; at < citations; at += 5) {
    const children = [];
    for (let index = at; index < Math.min(at + 5, citations); index++) {
      const key = `key${(index * 7919) % works}`;
      children.push(
        { type: "text", value: "A claim that wants support " },
        {
          type: "citation",
          mode: "parenthetical",
          items: [{ key, label: "page", locator: String(10 + (index % 10)) }],
          children: [{ type: "text", value: `[@${key}]` }],
        },
        { type: "text", value: ". " },
      );
    }
    paragraphs.push({ type: "paragraph", children });
  }
  const list = { type: "section", id: "list", role: "bibliography", title: [], children: [] };
  return {
    metadata: { title: [], author: [], lang: "en-US", keywords: [] },
    parts: [{ role: "body", children: [...paragraphs, list] }],
  };
}

function cpuSeconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function citeSeconds(styleId, citations, works) {
  const csl = findCslStyle(styleId);
  const style = { id: styleId, title: styleId, csl, locale: "en-US", ibid: "style" };
  const references = referencesOf(works);
  const document = documentOf(citations, works);
  return cpuSeconds(() => {
    const parts = document.parts.map((part) => ({
      ...part,
      children: placeCitations(part.children, placementOf(style)),
    }));
    cite(numberNotes({ ...document, parts }), references, style, ({ message }) => {
      throw new Error(message);
    });
  });
}

console.log("Citing, CPU seconds (placing, notes, citations and list):");
for (const style of ["chicago-fullnote-bibliography", "apa", "harvard-cite-them-right"]) {
  citeSeconds(style, 500, 100);
  const small = citeSeconds(style, 5_000, 1_250);
  const large = citeSeconds(style, 20_000, 5_000);
  console.log(
    `  ${style.padEnd(32)} 5,000 of 1,250: ${small.toFixed(2)}   20,000 of 5,000: ${large.toFixed(2)}   ratio ${(large / small).toFixed(2)} (at most 4.5)`,
  );
}

const ids = cslStyleIds().filter((_, index) => index % 20 === 0);
const loads = ids.map((id) => cpuSeconds(() => findCslStyle(id).source()) * 1000);
loads.sort((a, b) => a - b);
const at = (share) => loads[Math.floor((loads.length - 1) * share)].toFixed(2);
console.log(
  `Loading a style of the bundle, CPU ms over ${loads.length} styles: median ${at(0.5)}, 95th percentile ${at(0.95)}, most ${at(1)} (under 10)`,
);
