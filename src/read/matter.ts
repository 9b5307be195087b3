// The front and back matter: its texts in a manuscript, its places in a template.

import type { Report, Span } from "../diagnostic.js";
import type { Block, Inline } from "../document.js";
import { creativeCommons, isCreativeCommons, licenceNames } from "../licence.js";
import {
  type Copyright,
  type Embargo,
  type Matter,
  type MatterName,
  type MatterPlace,
  type MatterText,
  matterNames,
  type WrittenMatter,
  writtenMatter,
} from "../matter.js";
import { nearest } from "../nearest.js";
import {
  boolean,
  date,
  dateParts,
  integer,
  invalidValue,
  list,
  map,
  optional,
  type Read,
  required,
  text,
  typeMismatch,
} from "./fields.js";
import { isSource } from "./named-division.js";
import type { YamlMap, YamlNode } from "./yaml.js";

/** Other names of the fields that hold matter. */
export const matterSynonyms = {
  acknowledgement: "acknowledgements",
  acknowledgments: "acknowledgements",
  cv: "curriculum-vitae",
  "executive-summary": "abstract",
  foreword: "preface",
  licence: "copyright",
  license: "copyright",
  "plain-language-summary": "lay-summary",
  vita: "curriculum-vitae",
};

/** How the parts of a piece of matter are read, in the manuscript that they stand in. */
export interface MatterReaders {
  readonly blocks: Read<Block[]>;
  readonly inlines: Read<Inline[]>;
  /** Reads the name of a file as the blocks that are in it. */
  readonly file: Read<Block[]>;
}

/**
 * Reads the matter off the fields of a manuscript, which are given by their
 * names. Each piece is Markdown, or a map of `title`, and `text` or `file`.
 * `declaration: true` asks for the template's; `copyright` may be a map of
 * `holder`, `year` and `licence`, `embargo` a date or a map of `until` and `reason`.
 */
export function readMatter(
  fields: ReadonlyMap<string, YamlNode>,
  readers: MatterReaders,
  report: Report,
): Matter {
  const texts = new Map<WrittenMatter, MatterText>();
  const made: { -readonly [K in "copyright" | "embargo" | "usesDeclaration"]?: Matter[K] } = {};
  for (const name of writtenMatter) {
    const node = fields.get(name);
    if (!node) continue;
    if (name === "declaration" && isWord(node)) {
      if (boolean(node, name, report)) made.usesDeclaration = node.span;
    } else if (name === "copyright" && isWord(node)) {
      if (boolean(node, name, report)) made.copyright = { span: spanOf(node) };
    } else if (name === "copyright" && node.type === "map" && !isText(node)) {
      const rights = copyright(node, name, report);
      if (rights) made.copyright = { ...rights, span: spanOf(node) };
    } else if (name === "embargo" && (isDay(node) || (node.type === "map" && !isText(node)))) {
      const until = embargo(node, name, report);
      if (until) made.embargo = { ...until, span: spanOf(node) };
    } else {
      const read = matterText(readers)(node, name, report);
      if (read) texts.set(name, name === "epigraph" ? asEpigraph(read) : read);
    }
  }
  return { texts, ...made };
}

const spanOf = (node: YamlNode): Span =>
  node.type === "map" ? (node.entries[0]?.keySpan ?? node.span) : node.span;

const isWord = (node: YamlNode): boolean =>
  node.type === "scalar" && /^\s*(true|false)\s*$/i.test(node.text);

const isDay = (node: YamlNode): boolean =>
  node.type === "scalar" && dateParts(node.text.trim()) !== undefined;

/** Whether a map is a text with its title, not one of facts. */
const isText = (node: YamlMap): boolean =>
  node.entries.some(({ key }) => key === "text" || key === "file");

function matterText({ blocks, inlines, file }: MatterReaders): Read<MatterText> {
  const parts = map({ title: optional(inlines), text: optional(blocks), file: optional(file) });
  return (node, name, report) => {
    if (node.type !== "map") {
      const children = blocks(node, name, report);
      return children && { children, span: node.span };
    }
    const read = parts(node, name, report);
    if (!read) return undefined;
    const { title, text: typed = [], file: filed = [] } = read;
    const span = spanOf(node);
    if (typed.length && filed.length) {
      report({
        code: "value-invalid",
        message: `"${name}" has its text here or in a file, not both`,
        span,
      });
    }
    return { ...(title && { title }), children: [...typed, ...filed], span };
  };
}

/**
 * Makes a text one epigraph, as `::: epigraph` does. Its last paragraph is also
 * its source if it stands behind a quotation that is marked with `>`.
 */
function asEpigraph(text: MatterText): MatterText {
  const { children, span } = text;
  const [first, second, more] = children;
  if (first?.type !== "paragraph" && first?.type !== "blockquote") return text;
  if (first.type === "blockquote" && first.kind === "epigraph") return text;
  const quoted = children.flatMap((block) =>
    block.type === "blockquote" && !block.kind ? block.children : [block],
  );
  const last = quoted.at(-1);
  const follows = first.type === "blockquote" && second === last && !more;
  if (quoted.length > 1 && last?.type === "paragraph" && (follows || isSource(last))) {
    quoted[quoted.length - 1] = { ...last, style: "source" };
  }
  return { ...text, children: [{ type: "blockquote", kind: "epigraph", children: quoted, span }] };
}

/** Reads a licence; one that is meant as Creative Commons must be one of theirs. */
const licence: Read<string> = (node, name, report) => {
  const value = text(node, name, report);
  if (value === undefined || !isCreativeCommons(value) || creativeCommons(value)) return value;
  const near = nearest(value, licenceNames);
  return invalidValue(
    node,
    `Creative Commons has no licence "${value}"`,
    report,
    near.length
      ? `did you mean ${near.map((one) => `"${one}"`).join(" or ")}?`
      : `the licences are ${licenceNames.join(", ")}`,
  );
};

const copyright: Read<Copyright> = map(
  { holder: optional(text), year: optional(integer(1000, 2999)), licence: optional(licence) },
  { author: "holder", date: "year", license: "licence", owner: "holder" },
);

const embargoFields: Read<Embargo> = map(
  { until: required(date), reason: optional(text) },
  { because: "reason", date: "until", end: "until" },
);

const embargo: Read<Embargo> = (node, name, report) => {
  if (node.type === "map") return embargoFields(node, name, report);
  const until = date(node, name, report);
  return until && { until };
};

/**
 * Reads the places that a template gives to its front or back
 * matter: a list of names, of `{ name: heading }`, and of
 * `{ name: { heading, in-contents } }`.
 */
export const matterPlaces: Read<readonly MatterPlace[]> = (node, name, report) =>
  list(matterPlace)(node, name, report);

const placeFields = map(
  { heading: optional(text), "in-contents": optional(boolean) },
  { listed: "in-contents", title: "heading" },
);

const matterPlace: Read<MatterPlace> = (node, name, report) => {
  if (node.type === "scalar") {
    const known = matterName(node, name, report);
    return known && { name: known };
  }
  const [entry, second] = node.type === "map" ? node.entries : [];
  if (!entry || second) {
    typeMismatch(node, name, "a list of names, or of a name with its heading", report);
    return undefined;
  }
  const known = nameOfMatter(entry.key);
  if (!known) return unknownMatter(entry.key, { ...node, span: entry.keySpan }, name, report);
  if (entry.value.type === "scalar") {
    const heading = text(entry.value, "heading", report);
    return { name: known, ...(heading && { heading }) };
  }
  const fields = placeFields(entry.value, known, report);
  return (
    fields && {
      name: known,
      ...(fields.heading && { heading: fields.heading }),
      ...(fields["in-contents"] === false && { unlisted: true }),
    }
  );
};

/** Reads the name of a piece of matter, by any of its names. */
export const matterName: Read<MatterName> = (node, name, report) => {
  const value = text(node, name, report);
  if (value === undefined) return undefined;
  return nameOfMatter(value) ?? unknownMatter(value, node, name, report);
};

const otherNames: ReadonlyMap<string, MatterName> = new Map([
  ...(Object.entries(matterSynonyms) as [string, MatterName][]),
  ["appendix", "appendices"],
  ["figures", "list-of-figures"],
  ["references", "bibliography"],
  ["table-of-contents", "contents"],
  ["tables", "list-of-tables"],
  ["toc", "contents"],
]);

const nameOfMatter = (word: string): MatterName | undefined =>
  matterNames.find((known) => known === word) ?? otherNames.get(word);

function unknownMatter(word: string, node: YamlNode, name: string, report: Report): undefined {
  const near = nearest(word, matterNames);
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  return invalidValue(
    node,
    `"${name}" cannot be "${shown}"`,
    report,
    near.length
      ? `did you mean ${near.map((one) => `"${one}"`).join(" or ")}?`
      : `it is one of ${matterNames.join(", ")}`,
  );
}
