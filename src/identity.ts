// What would tell the reader of a blind edition who wrote the work, though its
// title page does not: names, works of the author's own, and turns of phrase.

import type { Report, Sources, Span } from "./diagnostic.js";
import {
  type Block,
  type Citation,
  contentOf,
  fullName,
  type Inline,
  isBlock,
  type Metadata,
  type Name,
  type Reference,
} from "./document.js";
import type { Manuscript } from "./read/manuscript.js";

/** What is to be kept secret, and where it may show. */
interface Secret {
  /** The manuscript as the edition has it. */
  readonly manuscript: Manuscript;
  /** Its metadata before the edition withheld the names. */
  readonly metadata: Metadata;
  readonly references: ReadonlyMap<string, Reference>;
  readonly sources: Sources;
}

/** Turns of phrase by which authors point at themselves, by primary language. */
const phrases: ReadonlyMap<string, readonly RegExp[]> = new Map([
  [
    "en",
    [
      /\b(?:my|our) (?:\w+ )?(?:supervisors?|advis[eo]rs?|promotors?)\b/giu,
      /\b(?:my|our) (?:own )?(?:own|earlier|previous|prior|other|published|forthcoming|master[’']?s|bachelor[’']?s) (?:\w+ )?(?:articles?|books?|chapters?|papers?|publications?|research|stud(?:y|ies)|thes[ie]s|dissertations?|works?)\b/giu,
      /\b(?:I|we) (?:have )?(?:argued?|shown|showed|published|demonstrated) (?:\w+ )?(?:elsewhere|before|previously|earlier)\b/giu,
    ],
  ],
  [
    "de",
    [
      /\bmein(?:e[rmns]?)? (?:Betreuer(?:in|s|n)?|Doktor(?:vater|mutter)s?|Doktorvaters)\b/giu,
      /\bmein(?:e[rmns]?)? (?:früheren?|eigenen?|bisherigen?) (?:Arbeit(?:en)?|Aufs(?:atz|ätze)|Buch|Studien?|Ver[öo]ffentlichung(?:en)?)\b/giu,
    ],
  ],
  [
    "fr",
    [
      /\b(?:mon|ma|mes) (?:directeurs?|directrices?|encadrante?s?)\b/giu,
      /\b(?:mon|ma|mes) (?:précédente?s?|propres?) (?:articles?|études?|livres?|recherches?|travaux|travail)\b/giu,
      /\b(?:mes|mon) (?:articles?|travaux) (?:antérieurs?|précédents?)\b/giu,
    ],
  ],
  [
    "es",
    [
      /\bmi (?:director|directora|tutor|tutora)\b/giu,
      /\bmis? (?:anterior(?:es)?|propi[ao]s?) (?:artículos?|estudios?|investigaci(?:ón|ones)|libros?|trabajos?)\b/giu,
      /\bmis? (?:artículos?|trabajos?) anterior(?:es)?\b/giu,
    ],
  ],
]);

/**
 * Reports, each at its place, what names the author or a supervisor in what the
 * manuscript still prints and in the name of its file, citations of works that
 * the author wrote, and phrases such as "my supervisor".
 */
export function reportIdentity(secret: Secret, report: Report): void {
  const { manuscript, metadata, sources } = secret;
  const names = [...metadata.author, ...(metadata.supervisor ?? [])];
  const patterns = [
    ...names.flatMap((name) => namePattern(name) ?? []),
    ...(phrases.get(metadata.lang.split("-")[0]!.toLowerCase()) ?? []),
  ];
  const show = (text: string, span: Span | undefined) => {
    for (const pattern of patterns) {
      for (const [found] of text.matchAll(pattern)) {
        report({
          code: "identity-shown",
          message: `"${found}" tells who wrote the work`,
          ...(span && { span: placeOf(found, span, sources) }),
          hints: ["write it in another way, or leave it out of this edition"],
        });
      }
    }
  };
  reportFileName(manuscript.file, names, report);
  const texts = textsOf(manuscript);
  for (const node of printed(texts)) {
    if (isBlock(node)) {
      if (node.type === "codeBlock") show(node.value, node.span);
      if (node.type === "figure") for (const { alt, span } of node.images) show(alt ?? "", span);
    } else if (node.type === "text" || node.type === "inlineCode") show(node.value, node.span);
    else if (node.type === "link") show(node.url, node.span);
    else if (node.type === "citation") reportOwnWorks(node, secret, report);
  }
}

function textsOf({ metadata, sections, appendices, matter }: Manuscript): (Block | Inline)[] {
  const written = [...matter.texts.values()].flatMap(({ title = [], children }) => [
    ...title,
    ...children,
  ]);
  return [
    ...metadata.title,
    ...(metadata.subtitle ?? []),
    ...written,
    ...sections,
    ...appendices,
    ...madeTexts(matter),
  ];
}

/** What pages are made from that nobody wrote as text. */
function madeTexts({ copyright, embargo }: Manuscript["matter"]): Inline[] {
  return [copyright?.holder, copyright?.licence, embargo?.reason].flatMap((value) =>
    value ? [{ type: "text" as const, value }] : [],
  );
}

/** Yields what is printed as it is typed: of a citation only its author's own words. */
function* printed(nodes: readonly (Block | Inline)[]): Generator<Block | Inline> {
  for (const node of nodes) {
    yield node;
    if (isBlock(node)) {
      for (const { inlines, blocks } of contentOf(node)) yield* printed(inlines ?? blocks);
    } else if (node.type === "citation") {
      for (const { prefix = [], suffix = [] } of node.items) yield* printed([...prefix, ...suffix]);
    } else if ("children" in node) yield* printed(node.children);
  }
}

/** The family's name as a word of its own, or a name that is not taken apart. */
function namePattern(name: Name): RegExp | undefined {
  const word = name.literal ?? name.family;
  if (!word) return undefined;
  const given = name.family && name.given ? `(?:${escaped(name.given)} (?:[\\p{L}’']+ )?)?` : "";
  return new RegExp(`(?<![\\p{L}\\p{N}])${given}${escaped(word)}s?(?![\\p{L}\\p{N}])`, "gu");
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Narrows a span to where a text stands in it, if it stands there as it is printed. */
function placeOf(found: string, span: Span, sources: Sources): Span {
  const at = sources.get(span.file)?.slice(span.start, span.end).indexOf(found) ?? -1;
  if (at < 0) return span;
  return { ...span, start: span.start + at, end: span.start + at + found.length };
}

function reportFileName(file: string, names: readonly Name[], report: Report): void {
  const words = (of: string) => `-${of.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-")}-`;
  for (const name of names) {
    const family = name.family ?? name.literal;
    if (!family || !words(file).includes(words(family))) continue;
    report({
      code: "identity-shown",
      message: `the manuscript's file is named after "${family}", and so are the files of this edition`,
      span: { file, start: 0, end: 0 },
      hints: ["give the manuscript another name, such as dissertation.yaml"],
    });
  }
}

function reportOwnWorks(citation: Citation, secret: Secret, report: Report): void {
  for (const { key, span = citation.span } of citation.items) {
    const reference = secret.references.get(key);
    const author = reference?.author;
    if (!Array.isArray(author)) continue;
    if (!(author as readonly Name[]).some((name) => isOneOf(name, secret.metadata.author)))
      continue;
    report({
      code: "identity-shown",
      message: `"${key}" is a work of the author's`,
      ...(span && { span }),
      hints: ["speak of it as of somebody else's, or cite it as withheld for review"],
    });
  }
}

/** Whether a name is one of some people's, as far as both tell: initials may stand for names. */
function isOneOf(name: Name, people: readonly Name[]): boolean {
  return people.some((person) => {
    if (person.literal ?? name.literal) {
      return fullName(person).toLowerCase() === fullName(name).toLowerCase();
    }
    const family = (of: Name) => of.family?.toLowerCase();
    const initial = (of: Name) => of.given?.trim()[0]?.toLowerCase();
    if (family(person) !== family(name)) return false;
    return !initial(person) || !initial(name) || initial(person) === initial(name);
  });
}
