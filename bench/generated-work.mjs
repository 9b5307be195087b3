// A work of any length, made of the sentences of the dissertation: the same
// numbers give the same work. It is written as a manuscript of ours, which
// pandoc reads as well, or as Typst's markup.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Sentences of the dissertation, without citations and marks of its Markdown. */
function sentences() {
  const { sections } = parse(readFileSync(join(root, "manuscript/dissertation.yaml"), "utf8"));
  const text = sections.map((section) => section.text ?? "").join("\n");
  return text
    .replace(/\[@[^\]]*\]/g, "")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[^\x20-\x7e\n]/g, "")
    .replace(/[$*_#@^~[\]{}<>\\|]/g, "")
    .split(/(?<=[.?!])\s+/)
    .map((sentence) =>
      sentence
        .replace(/\s+/g, " ")
        .replace(/\s+([.,;:])/g, "$1")
        .trim(),
    )
    .filter((sentence) => /^[A-Z]/.test(sentence) && sentence.length > 40);
}

const formulas = [
  String.raw`\frac{a_N^2 + b}{c + \sqrt{d}}`,
  String.raw`\sum_{i=1}^{N} x_i^2 = \int_0^1 f(t)\,dt`,
  String.raw`\alpha_N = \beta\,\gamma^{-1} + \theta_{ij}`,
  String.raw`\hat{y} = X\left(X^{\top} X\right)^{-1} X^{\top} y_N`,
];

/**
 * Returns a work of about `pages` double-spaced pages: chapters of paragraphs,
 * with as many notes, works, figures, tables and formulas as asked for, spread evenly.
 */
export function generate({ pages, notes = pages * 5, works = 0, floats = 0, equations = 0 }) {
  const pool = sentences();
  let at = 0;
  const sentence = () => {
    at = (at * 7 + 3 + (at % 11)) % pool.length;
    return pool[at];
  };
  const paragraphs = pages * 2;
  const share = (count, index) =>
    Math.floor(((index + 1) * count) / paragraphs) - Math.floor((index * count) / paragraphs);
  const chapters = [];
  for (let index = 0; index < paragraphs; index++) {
    if (index % 40 === 0) chapters.push({ title: `Chapter ${chapters.length + 1}`, blocks: [] });
    const { blocks } = chapters.at(-1);
    const own = Array.from({ length: 6 }, () => ({ text: sentence() }));
    for (let note = 0; note < share(notes, index); note++) {
      const of = own[note % own.length];
      const work = works ? (index * 7919 + note) % works : undefined;
      of.notes = [...(of.notes ?? []), { text: sentence(), work }];
    }
    blocks.push({ type: "paragraph", sentences: own });
    for (let count = 0; count < share(equations, index); count++) {
      blocks.push({
        type: "equation",
        value: formulas[(index + count) % 4].replaceAll("N", index),
      });
    }
    for (let count = 0; count < share(floats, index); count++) {
      blocks.push({ type: (index + count) % 2 ? "table" : "figure", number: index });
    }
  }
  return { chapters, works };
}

/** Writes a work as a manuscript into a folder, and returns the manuscript's name. */
export function writeManuscript({ chapters, works }, folder, settings = {}) {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < 10; index++) {
    writeFileSync(join(folder, `figure-${index}.png`), png(300, 200, index));
  }
  const markdown = chapters.map(({ blocks }) => blocks.map(markdownOf).join("\n\n"));
  const manuscript = {
    title: "A generated work",
    author: "Doe, Jane",
    date: "2020",
    lang: "en-GB",
    template: "dissertation",
    ...(works && { bibliography: "references.json" }),
    ...settings,
    sections: chapters.map(({ title }, index) => ({ title, text: `${markdown[index]}\n` })),
  };
  // JSON is YAML.
  writeFileSync(join(folder, "work.yaml"), JSON.stringify(manuscript, null, 1));
  if (works) {
    const references = Array.from({ length: works }, (_, index) => reference(index));
    writeFileSync(join(folder, "references.json"), JSON.stringify(references));
  }
  return join(folder, "work.yaml");
}

function markdownOf(block) {
  switch (block.type) {
    case "paragraph":
      return block.sentences
        .map(({ text, notes = [] }) => {
          const marks = notes.map((note) =>
            note.work === undefined
              ? `^[${note.text}]`
              : `^[${note.text.slice(0, -1)} [@work${note.work}, ${10 + (note.work % 80)}].]`,
          );
          return text + marks.join("");
        })
        .join(" ");
    case "equation":
      return `$$${block.value}$$`;
    case "figure":
      return `![A figure after paragraph ${block.number}](figure-${block.number % 10}.png){width=50% alt="A square."}`;
    case "table":
      return [
        "| Year | Exports | Imports |",
        "|:--|--:|--:|",
        ...Array.from(
          { length: 6 },
          (_, row) => `| ${2000 + row} | ${block.number + row * 3}.5 | ${block.number + row}.25 |`,
        ),
        "",
        `: A table after paragraph ${block.number}`,
      ].join("\n");
  }
}

/** Returns a work of text and notes as Typst's markup, in the page of the template `book`. */
export function typstOf({ chapters }) {
  const escaped = (text) => text.replace(/[\\#$*_@<>`/\-=+[\]"']/g, "\\$&");
  const head = [
    '#set page(width: 16cm, height: 24cm, margin: (top: 2.2cm, bottom: 2.9cm, left: 2.4cm, right: 2.4cm), numbering: "1")',
    '#set text(font: "Libertinus Serif", size: 11pt, lang: "en", hyphenate: true)',
    "#set par(justify: true, first-line-indent: 14pt, leading: 0.55em, spacing: 0.55em)",
    "#outline()",
  ];
  const body = chapters.map(({ title, blocks }) => {
    const paragraphs = blocks
      .filter(({ type }) => type === "paragraph")
      .map(({ sentences: own }) =>
        own
          .map(
            ({ text, notes = [] }) =>
              escaped(text) + notes.map((note) => `#footnote[${escaped(note.text)}]`).join(""),
          )
          .join(" "),
      );
    return [`#pagebreak()\n= ${escaped(title)}`, ...paragraphs].join("\n\n");
  });
  return [...head, ...body].join("\n\n");
}

function reference(index) {
  const families = ["Smith", "Jones", "Brown", "Taylor", "Khan", "Novak", "Meyer", "Rossi"];
  return {
    id: `work${index}`,
    type: index % 3 ? "book" : "article-journal",
    author: [{ family: `${families[index % 8]}${Math.floor(index / 8)}`, given: "Ann" }],
    title: `A history of things, part ${index}`,
    publisher: "Example Press",
    "publisher-place": "London",
    "container-title": "Journal of things",
    volume: String(1 + (index % 40)),
    page: "10-90",
    issued: { "date-parts": [[1980 + (index % 40)]] },
    language: "en",
  };
}

/** Returns an image of one grey, in RGB. */
function png(width, height, shade) {
  const rows = Buffer.alloc((width * 3 + 1) * height, 60 + shade * 15);
  for (let row = 0; row < height; row++) rows[row * (width * 3 + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = [
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
