// Puts a manuscript together as the work that is bound: title page, front
// matter, chapters, list of references. Nothing is cited or numbered yet.

import {
  type Block,
  type Document,
  fullName,
  type Inline,
  type Paragraph,
  type Section,
} from "./document.js";
import type { Manuscript } from "./read/manuscript.js";
import {
  type FrontMatterItem,
  isTitlePageField,
  type Template,
  type TitlePageField,
  type TitlePageLine,
} from "./template.js";
import { dateInWords, term } from "./terms.js";
import { WORDS_FIELD } from "./word-policy.js";

/**
 * Returns the document of a manuscript, its parts in the order of the template.
 *
 * Front matter stands there only when it has content. The section with the role
 * `bibliography` is empty until `cite` fills it; `listTitle` is its heading.
 */
export function assemble(manuscript: Manuscript, template: Template, listTitle: string): Document {
  const { metadata } = manuscript;
  const front = template.frontMatter.flatMap((item) => frontMatter(item, manuscript, template));
  const bibliography: Section = {
    type: "section",
    id: "sec-list-of-references",
    role: "bibliography",
    title: [{ type: "text", value: listTitle }],
    children: [],
  };
  return {
    metadata,
    parts: [
      { role: "title-page", children: titlePage(template.titlePage, manuscript) },
      ...(front.length ? [{ role: "front-matter" as const, children: front }] : []),
      { role: "body", children: [...manuscript.sections, bibliography] },
    ],
  };
}

function frontMatter(
  item: FrontMatterItem,
  { abstract, acknowledgements, dedication, metadata: { lang } }: Manuscript,
  template: Template,
): Section[] {
  switch (item) {
    case "abstract":
      return section("abstract", "abstract", abstract && withStyle(abstract, "abstract"));
    case "acknowledgements":
      return section("acknowledgments", "acknowledgements", acknowledgements);
    case "dedication":
      return section("dedication", "dedication", dedication && withStyle(dedication, "dedication"));
    case "contents":
      return section("toc", "contents", [{ type: "contents", depth: template.contentsDepth }]);
  }

  function section(
    role: NonNullable<Section["role"]>,
    name: FrontMatterItem,
    children: readonly Block[] | undefined,
  ): Section[] {
    if (!children?.length) return [];
    const title: Inline[] = [{ type: "text", value: term(name, lang) }];
    return [{ type: "section", id: `sec-front-${role}`, role, title, children }];
  }
}

/** Gives the outermost paragraphs a paragraph style of their own. */
function withStyle(blocks: readonly Block[], style: Paragraph["style"]): Block[] {
  return blocks.map((block) => (block.type === "paragraph" ? { ...block, style } : block));
}

/**
 * Returns the lines of the title page. A line with words of its own is left out
 * if one of its fields is unknown; in a line of nothing but fields and
 * punctuation, an unknown field takes the punctuation before it along.
 */
function titlePage(lines: readonly TitlePageLine[], manuscript: Manuscript): Paragraph[] {
  return lines.flatMap(({ text, style, before }) => {
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
  const text = (value: string | undefined): Inline[] | undefined =>
    value ? [{ type: "text", value }] : undefined;
  switch (name) {
    case "author":
      return text(metadata.author.map(fullName).join(", "));
    case "date":
      return text(metadata.date && dateInWords(metadata.date, metadata.lang));
    case "degree":
      return text(metadata.degree);
    case "department":
      return text(metadata.department);
    case "institution":
      return text(metadata.institution);
    case "subtitle":
      return metadata.subtitle;
    case "supervisor":
      return text(metadata.supervisor?.map(fullName).join(", "));
    case "title":
      return metadata.title;
    case "words":
      // Counted when the whole work is there; a work that is not counted has no figure.
      return text(words && WORDS_FIELD);
  }
}
