// Puts a manuscript together as the work that is bound: title page, front
// matter, chapters, list of references. Nothing is cited or numbered yet.

import type { Report, Span } from "./diagnostic.js";
import type { Block, Document, Inline, Paragraph, Section, SectionRole } from "./document.js";
import { walk } from "./document.js";
import { creativeCommons } from "./licence.js";
import { type MatterName, type MatterPlace, matterRoles, type WrittenMatter } from "./matter.js";
import { fieldValue, fillPlaceholders } from "./placeholders.js";
import type { Manuscript } from "./read/manuscript.js";
import { isTitlePageField, type Template, type TitlePageField } from "./template.js";
import { dateInWords, type Term, term } from "./terms.js";

/**
 * Returns the document of a manuscript, its parts in the order of the template.
 *
 * Front and back matter stand there only when they have content. What a stage
 * makes is an empty section until then: those with the roles `abbreviations`,
 * `bibliography` (whose heading is `listTitle`), `glossary` and `index`.
 */
export function assemble(manuscript: Manuscript, template: Template, listTitle: string): Document {
  const { metadata } = manuscript;
  const work: Work = { manuscript, template, listTitle };
  const front = template.frontMatter.flatMap((place) => matterSections(place, "front", work));
  const back = template.backMatter.flatMap((place) => matterSections(place, "back", work));
  return {
    metadata,
    parts: [
      { role: "title-page", children: titlePage(withLogo(template, manuscript), manuscript) },
      ...(front.length ? [{ role: "front-matter" as const, children: front }] : []),
      { role: "body", children: [...manuscript.sections, ...back] },
    ],
  };
}

/**
 * Returns a document without the sections that have stayed empty: a work that
 * cites nothing, or whose style has no list, prints no heading for one.
 */
export function withoutEmptySections(document: Document): Document {
  const made: ReadonlySet<SectionRole | undefined> = new Set<SectionRole>([
    "abbreviations",
    "bibliography",
    "glossary",
    "index",
  ]);
  const isEmpty = (block: Block): boolean =>
    block.type === "section" && made.has(block.role) && !block.children.length;
  return {
    ...document,
    parts: document.parts
      .map((part) => ({ ...part, children: part.children.filter((block) => !isEmpty(block)) }))
      .filter(({ role, children }) => role !== "front-matter" || children.length > 0),
  };
}

/**
 * Reports what the author wrote and the template gives no place, so that it is
 * not printed, and a declaration that it does not have in the work's language.
 */
export function reportMatter(manuscript: Manuscript, template: Template, report: Report): void {
  const { matter, appendices, metadata } = manuscript;
  const { texts, copyright, embargo, usesDeclaration } = matter;
  const places = [...template.frontMatter, ...template.backMatter];
  const unplaced = (name: MatterName, span: Span | undefined) => {
    if (places.some((place) => place.name === name)) return;
    report({
      code: "matter-unplaced",
      message: `the template "${template.id}" has no place for "${name}", so it is not printed`,
      ...(span && { span }),
      hints: ["name it in the template's front-matter or back-matter"],
    });
  };
  for (const [name, { span }] of texts) unplaced(name, span);
  if (copyright) unplaced("copyright", copyright.span);
  if (embargo) unplaced("embargo", embargo.span);
  if (usesDeclaration) unplaced("declaration", usesDeclaration);
  if (appendices.length) unplaced("appendices", appendices[0]?.span);
  if (!usesDeclaration || declarationIn(template, metadata.lang)) return;
  report({
    code: "matter-missing",
    message: `the template "${template.id}" has no declaration in the language "${metadata.lang}"`,
    span: usesDeclaration,
    hints: ["write the text of the declaration instead of true"],
  });
}

/** What front and back matter are made from. */
interface Work {
  readonly manuscript: Manuscript;
  readonly template: Template;
  readonly listTitle: string;
}

function matterSections(place: MatterPlace, side: "front" | "back", work: Work): Section[] {
  const { manuscript, template, listTitle } = work;
  const { name, heading, unlisted } = place;
  const section = (title: string, children: readonly Block[]): Section => ({
    type: "section",
    id: name === "bibliography" ? "sec-list-of-references" : `sec-${side}-${matterRoles[name]}`,
    role: matterRoles[name],
    title: [{ type: "text", value: heading ?? title }],
    ...(unlisted && { unlisted }),
    children,
  });
  const inWords = (title: Term) => term(title, manuscript.metadata.lang);
  switch (name) {
    case "appendices":
      return [...manuscript.appendices];
    case "bibliography":
      return [section(listTitle, [])];
    case "abbreviations":
    case "glossary":
    case "index":
      return [section(inWords(name), [])];
    case "contents":
      return [section(inWords(name), [{ type: "contents", depth: template.contentsDepth }])];
    case "list-of-figures":
      if (!hasCaptioned("figure", manuscript)) return [];
      return [section(inWords(name), [{ type: "contents", of: "figure", depth: 1 }])];
    case "list-of-tables":
      if (!hasCaptioned("table", manuscript)) return [];
      return [section(inWords(name), [{ type: "contents", of: "table", depth: 1 }])];
    case "abstract":
    case "acknowledgements":
    case "colophon":
    case "copyright":
    case "curriculum-vitae":
    case "declaration":
    case "dedication":
    case "embargo":
    case "epigraph":
    case "lay-summary":
    case "preface": {
      const text = manuscript.matter.texts.get(name);
      const children = text?.children ?? madeText(name, manuscript, template);
      if (!children?.length) return [];
      const styled = inStyle(name, fillPlaceholders(children, manuscript.metadata), template);
      const written = section(inWords(name), styled);
      return [
        {
          ...written,
          ...(text?.title && { title: text.title }),
          // A copyright page has a heading only if somebody asks for one.
          ...(name === "copyright" && !heading && !text?.title && { untitled: true }),
        },
      ];
    }
  }
}

/** Whether a work has a figure, or a table, that a list of them can name. */
function hasCaptioned(
  type: "figure" | "table",
  { sections, appendices, matter }: Manuscript,
): boolean {
  const texts = [...matter.texts.values()].flatMap(({ children }) => children);
  for (const node of walk([...sections, ...appendices, ...texts])) {
    if (node.type === type && node.caption.length) return true;
  }
  return false;
}

/** Returns the text of matter that the manuscript asks for without writing it. */
function madeText(
  name: WrittenMatter,
  manuscript: Manuscript,
  template: Template,
): readonly Block[] | undefined {
  const { matter, metadata } = manuscript;
  switch (name) {
    case "copyright":
      return matter.copyright && copyrightPage(manuscript);
    case "declaration":
      return matter.usesDeclaration && declarationIn(template, metadata.lang);
    case "embargo":
      return matter.embargo && embargoPage(manuscript);
    default:
      return undefined;
  }
}

/** Returns the template's declaration in a language or in one of its countries. */
function declarationIn({ declarations }: Template, lang: string): readonly Block[] | undefined {
  return declarations.get(lang) ?? declarations.get(lang.split("-")[0]!);
}

const paragraphOf = (...children: readonly Inline[]): Paragraph => ({
  type: "paragraph",
  children,
});

/** Who has the rights since when, and what others may do. */
function copyrightPage({ matter, metadata }: Manuscript): Block[] {
  const { holder, year = metadata.date?.[0], licence } = matter.copyright ?? {};
  const author = holder
    ? [{ type: "text" as const, value: holder }]
    : fieldValue("author", metadata);
  const notice = ["©", ...(year === undefined ? [] : [String(year)]), ""].join(" ");
  const known = licence === undefined ? undefined : creativeCommons(licence);
  const terms = (): Inline[] => {
    const text = (value: string): Inline => ({ type: "text", value });
    if (!known) return [text(licence ?? term("all-rights-reserved", metadata.lang))];
    const [before = "", after = ""] = term("licensed-under", metadata.lang).split("{licence}");
    const name: Inline = { type: "link", url: known.url, children: [text(known.name)] };
    return [text(before), name, text(after)];
  };
  return [
    paragraphOf({ type: "text", value: author ? notice : notice.trim() }, ...(author ?? [])),
    paragraphOf(...terms()),
    ...(known ? [paragraphOf({ type: "text", value: known.url })] : []),
  ];
}

function embargoPage({ matter, metadata: { lang } }: Manuscript): Block[] {
  const { until = [], reason } = matter.embargo ?? {};
  const statement = term("embargo-until", lang).replace("{date}", () => dateInWords(until, lang));
  return [statement, reason].flatMap((value) =>
    value ? [paragraphOf({ type: "text", value })] : [],
  );
}

/** Gives a piece of matter the looks that it has in the template. */
function inStyle(name: WrittenMatter, blocks: readonly Block[], template: Template): Block[] {
  switch (name) {
    case "abstract":
    case "colophon":
    case "copyright":
    case "lay-summary":
      return withStyle(blocks, "abstract");
    case "dedication":
      return withStyle(blocks, "dedication");
    case "epigraph":
      return lowered(blocks, template);
    default:
      return [...blocks];
  }
}

/** An epigraph on a page of its own stands as far down as a dedication. */
function lowered(blocks: readonly Block[], template: Template): Block[] {
  const [first, ...rest] = blocks;
  if (first?.type === "paragraph") {
    return [{ ...first, before: template.styles.dedication.before }, ...rest];
  }
  if (first?.type !== "blockquote") return [...blocks];
  return [{ ...first, children: lowered(first.children, template) }, ...rest];
}

/** Gives the outermost paragraphs a paragraph style of their own. */
function withStyle(blocks: readonly Block[], style: Paragraph["style"]): Block[] {
  return blocks.map((block) => (block.type === "paragraph" ? { ...block, style } : block));
}

/** Returns what the title page has, with the logo of the manuscript if it names one. */
function withLogo({ titlePage: lines }: Template, { logo }: Manuscript): Template["titlePage"] {
  if (!logo) return lines;
  const at = lines.findIndex((line) => "image" in line);
  return at < 0 ? [logo, ...lines] : lines.with(at, logo);
}

/**
 * Returns the lines of the title page. A line with words of its own is left out
 * if one of its fields is unknown; in a line of nothing but fields and
 * punctuation, an unknown field takes the punctuation before it along.
 */
function titlePage(lines: Template["titlePage"], manuscript: Manuscript): Block[] {
  return lines.flatMap((line): Block[] => {
    if ("image" in line) return [{ type: "figure", images: [line], caption: [], span: line.span }];
    const { text, style, before } = line;
    const pieces = text.split(/\{\{([a-z-]+)\}\}/);
    const hasWords = pieces.some((piece, index) => index % 2 === 0 && /[\p{L}\p{N}]/u.test(piece));
    const children: Inline[] = [];
    let between = "";
    for (const [index, piece] of pieces.entries()) {
      if (index % 2 === 0) {
        between = piece;
        continue;
      }
      const value = isTitlePageField(piece) ? titlePageField(piece, manuscript) : undefined;
      if (value?.length) {
        if (between && (hasWords || children.length)) {
          children.push({ type: "text", value: between });
        }
        children.push(...value);
      } else if (hasWords) return [];
    }
    if (!children.length) return [];
    if (between) children.push({ type: "text", value: between });
    return [{ type: "paragraph", style, ...(before !== undefined && { before }), children }];
  });
}

function titlePageField(
  name: TitlePageField,
  { metadata, words }: Manuscript,
): readonly Inline[] | undefined {
  // A work that is not counted has no figure.
  return name === "words" && !words ? undefined : fieldValue(name, metadata);
}
