// Numbers what cross-references aim at: sections, figures, tables, equations,
// code. To be done when every section stands in its place; the numbers are text
// of the work from then on, the same in every format.

import type { Report, Span } from "./diagnostic.js";
import {
  type Block,
  type CodeBlock,
  type Document,
  type Equation,
  type Figure,
  type FigureImage,
  type Inline,
  type Label,
  type LabelKind,
  mapContent,
  type Part,
  type Section,
  type Table,
  toText,
} from "./document.js";
import type { LabelTarget } from "./label-target.js";
import { labelLanguage } from "./label-words.js";
import type { Template } from "./template.js";

/** A document with its numbers, and what they stand at, by id. */
export interface NumberedDocument {
  readonly document: Document;
  readonly targets: ReadonlyMap<string, LabelTarget>;
}

/**
 * Returns the document with the numbers of its sections and with labels at the
 * beginning of its captions and beside its equations, as the template asks:
 *
 * - Sections of the body are numbered down to a depth, but for those that have a
 *   role or are `unnumbered`, and what is in them. Appendices are lettered; a
 *   sole one has no letter (APA 7, 2.14).
 * - Figures, tables and code with a caption or an id are counted, through the work
 *   or anew in each numbered chapter; in appendices always anew: A.1, or A1 in
 *   APA's form. Where chapters are counted, what stands in none counts through.
 * - Of equations only those with an id have a number.
 *
 * Reports ids that several have, and ids whose prefix is that of something else.
 */
export function numberLabels(
  document: Document,
  template: Template,
  report: Report,
): NumberedDocument {
  const numbering = new Numbering(document, template, report);
  const parts = document.parts.map((part) => numbering.part(part));
  return { document: { ...document, parts }, targets: numbering.targets };
}

/** Where blocks stand, as far as their numbers depend on it. */
interface Place {
  /** The number of the section around, without words: `2.3`; absent in one without. */
  readonly section?: string;
  /** That of the chapter or the letter of the appendix, where figures are counted by it. */
  readonly chapter?: string;
  readonly isAppendix: boolean;
  readonly isBody: boolean;
  readonly level: number;
}

const prefixes: Readonly<Record<string, LabelKind | "note">> = {
  fig: "figure",
  fn: "note",
  tbl: "table",
  eq: "equation",
  sec: "section",
  lst: "code",
};

const prefixOf = (kind: LabelKind): string =>
  Object.keys(prefixes).find((prefix) => prefixes[prefix] === kind)!;

class Numbering {
  readonly targets = new Map<string, LabelTarget>();
  readonly #template: Template;
  readonly #report: Report;
  readonly #lang: string;
  /** The ids that were reported as given to several. */
  readonly #doubled = new Set<string>();
  /** How many there are so far, by what they count on from. */
  readonly #counts = new Map<string, number>();
  readonly #hasOneAppendix: boolean;
  readonly #inWords: boolean;

  constructor({ metadata, parts }: Document, template: Template, report: Report) {
    this.#template = template;
    this.#report = report;
    this.#lang = metadata.lang;
    const chapters = parts
      .filter(({ role }) => role === "body")
      .flatMap(({ children }) => children.filter((block) => block.type === "section"));
    const appendices = chapters.filter(
      ({ role, unnumbered }) => role === "appendix" && !unnumbered,
    );
    this.#hasOneAppendix = appendices.length === 1;
    const numbered = chapters.filter(({ role, unnumbered }) => role === undefined && !unnumbered);
    this.#inWords =
      template.headings.numbers === "chapter-words" &&
      numbered.length <= labelLanguage(this.#lang).cardinals.length;
  }

  part(part: Part): Part {
    const place: Place = { isAppendix: false, isBody: part.role === "body", level: 0 };
    return { ...part, children: this.#blocks(part.children, place) };
  }

  #blocks(blocks: readonly Block[], place: Place): Block[] {
    return blocks.map((block) => this.#block(block, place));
  }

  #block(block: Block, place: Place): Block {
    switch (block.type) {
      case "section":
        return this.#section(block, place);
      case "figure":
        return this.#figure(block, place);
      case "table":
        return this.#table(block, place);
      case "codeBlock":
        return this.#code(block, place);
      case "equation":
        return this.#equation(block, place);
      case "paragraph":
      case "entry":
      case "index":
      case "thematicBreak":
      case "contents":
        return block;
      case "blockquote":
      case "list":
      case "definitionList":
      case "division":
        return mapContent(block, {
          inlines: (inlines) => inlines,
          blocks: (inner) => this.#blocks(inner, place),
        });
    }
  }

  #section(section: Section, around: Place): Section {
    const level = around.level + 1;
    const isAppendix = around.isAppendix || (level === 1 && section.role === "appendix");
    const number = this.#sectionNumber(section, { ...around, level, isAppendix });
    const isCounted = isAppendix || this.#template.captions.counted === "by-chapter";
    const chapter = level === 1 ? (isCounted ? number : undefined) : around.chapter;
    const { section: _, chapter: __, ...rest } = around;
    const place: Place = {
      ...rest,
      level,
      isAppendix,
      ...(number !== undefined && { section: number }),
      ...(chapter !== undefined && { chapter }),
    };
    const printed = number === undefined ? undefined : this.#printedNumber(number, place);
    this.#addTarget({
      id: section.id,
      word: level > 1 ? "section" : isAppendix ? "appendix" : "chapter",
      title: section.title,
      ...(number !== undefined && this.#seriesOf("section", number)),
      ...(level === 1 && isAppendix && this.#hasOneAppendix && { isSole: true }),
      ...(section.span && { span: section.span }),
    });
    this.#checkPrefix(section.id, "section", section.span);
    return {
      ...section,
      ...(printed && { number: printed }),
      children: this.#blocks(section.children, place),
    };
  }

  /** Returns the number of a section without words, such as `2.3`; undefined if it has none. */
  #sectionNumber({ role, unnumbered }: Section, place: Place): string | undefined {
    const { numbers, depth } = this.#template.headings;
    const { level, isAppendix, isBody } = place;
    if (!isBody || unnumbered || (role !== undefined && (role !== "appendix" || level > 1))) {
      return undefined;
    }
    if (level === 1) {
      if (isAppendix) return letter(this.#next("appendix"));
      return numbers === "none" ? undefined : String(this.#next("chapter"));
    }
    if (numbers === "none" || place.section === undefined || level > depth) return undefined;
    return `${place.section}.${this.#next(`section ${place.section}`)}`;
  }

  #printedNumber(number: string, { level, isAppendix }: Place): string {
    const { words, cardinals } = labelLanguage(this.#lang);
    if (level > 1) return number;
    if (isAppendix) {
      return this.#hasOneAppendix ? words.appendix.title : `${words.appendix.title}\u00a0${number}`;
    }
    if (this.#template.headings.numbers === "decimal") return number;
    return `${words.chapter.title}\u00a0${this.#inWords ? cardinals[Number(number) - 1]! : number}`;
  }

  /** A section's number as a target has it: the last of its numbers counts on from the ones before. */
  #seriesOf(kind: string, number: string): Pick<LabelTarget, "number" | "series" | "index"> {
    const at = number.lastIndexOf(".");
    const last = number.slice(at + 1);
    const index = /^\d+$/.test(last) ? Number(last) : letterIndex(last);
    const scale = /^\d+$/.test(last) ? "" : "A";
    return { number, series: `${kind} ${number.slice(0, at + 1)}${scale}`, index };
  }

  #figure(figure: Figure, place: Place): Figure {
    const parts = figure.images.length > 1 ? figure.images : [];
    const hasParts = parts.some(({ id, caption }) => id !== undefined || caption !== undefined);
    if (figure.id === undefined && !figure.caption.length && !hasParts) return figure;
    const label = this.#label("figure", figure, place);
    return {
      ...figure,
      images: hasParts
        ? parts.map((image, index) => this.#image(image, index, label))
        : figure.images,
      caption: this.#caption(label, figure.caption),
      ...(this.#template.captions.figure === "above" && { captionAbove: true }),
      ...(figure.source && { source: this.#noted(figure.source) }),
    };
  }

  /** Labels one of several images of a figure. */
  #image(image: FigureImage, index: number, { number, id }: Label): FigureImage {
    const part = letter(index + 1).toLowerCase();
    if (image.id !== undefined) {
      this.#addTarget({
        id: image.id,
        word: "figure",
        number: number + part,
        series: `figure ${number}`,
        index: index + 1,
        ...(id !== undefined && { parent: id }),
        ...(image.span && { span: image.span }),
      });
      this.#checkPrefix(image.id, "figure", image.span);
    }
    const label: Label = {
      type: "label",
      kind: "figure",
      ...(image.id !== undefined && { id: image.id }),
      number: number + part,
      children: [text(`(${part})`)],
    };
    const caption = image.caption?.length ? [label, text(" "), ...image.caption] : [label];
    return { ...image, caption };
  }

  #table(table: Table, place: Place): Table {
    const within: Table = {
      ...table,
      header: table.header.map((row) => this.#row(row, place)),
      rows: table.rows.map((row) => this.#row(row, place)),
      notes: this.#notes(this.#blocks(table.notes, place)),
    };
    if (table.id === undefined && !table.caption.length) return within;
    const label = this.#label("table", table, place);
    return { ...within, caption: this.#caption(label, table.caption) };
  }

  #row(row: Table["rows"][number], place: Place): Table["rows"][number] {
    return {
      ...row,
      cells: row.cells.map((cell) => ({ ...cell, children: this.#blocks(cell.children, place) })),
    };
  }

  /** In APA's form the notes below begin with the word (APA 7, 7.14). */
  #notes(notes: readonly Block[]): readonly Block[] {
    const [first, ...rest] = notes;
    if (first?.type !== "paragraph") return notes;
    return [{ ...first, children: this.#noted(first.children) }, ...rest];
  }

  #noted(inlines: readonly Inline[]): readonly Inline[] {
    if (this.#template.captions.form !== "apa") return inlines;
    const { note } = labelLanguage(this.#lang);
    if (toText(inlines).trimStart().startsWith(note.replace(/\.$/, ""))) return inlines;
    return [{ type: "emphasis", children: [text(note)] }, text(" "), ...inlines];
  }

  #code(code: CodeBlock, place: Place): CodeBlock {
    if (code.id === undefined && !code.caption?.length) return code;
    const label = this.#label("code", code, place);
    return { ...code, caption: this.#caption(label, code.caption ?? []) };
  }

  #equation(equation: Equation, place: Place): Equation {
    if (equation.id === undefined) return equation;
    const label = this.#label("equation", equation, place);
    return { ...equation, label: { ...label, children: [text(`(${label.number})`)] } };
  }

  /** Counts something, and returns what stands before its caption. */
  #label(
    kind: Exclude<LabelKind, "section">,
    { id, span }: { readonly id?: string; readonly span?: Span },
    { chapter, isAppendix }: Place,
  ): Label {
    const { form } = this.#template.captions;
    const before =
      chapter === undefined ? "" : isAppendix && form === "apa" ? chapter : `${chapter}.`;
    const series = `${kind} ${before}`;
    const index = this.#next(series);
    const number = `${before}${index}`;
    if (id !== undefined) {
      this.#addTarget({ id, word: kind, number, series, index, ...(span && { span }) });
      this.#checkPrefix(id, kind, span);
    }
    const word = labelLanguage(this.#lang).words[kind].title;
    return {
      type: "label",
      kind,
      // An author's id has no hyphen after the word: `fig:map`.
      id: id ?? `${kind}-${number}`,
      number,
      children: [text(`${word}\u00a0${number}`)],
    };
  }

  #caption(label: Label, caption: readonly Inline[]): readonly Inline[] {
    if (this.#template.captions.form === "apa") {
      const strong: Label = { ...label, children: [{ type: "strong", children: label.children }] };
      if (!caption.length) return [strong];
      return [strong, { type: "break" }, { type: "emphasis", children: caption }];
    }
    if (!caption.length) return [label];
    return [label, text(labelLanguage(this.#lang).separator), ...caption];
  }

  #next(series: string): number {
    const count = (this.#counts.get(series) ?? 0) + 1;
    this.#counts.set(series, count);
    return count;
  }

  #addTarget(target: LabelTarget): void {
    const first = this.targets.get(target.id);
    if (!first) {
      this.targets.set(target.id, target);
      return;
    }
    const report = (span: Span | undefined) =>
      this.#report({
        code: "label-duplicate",
        message: `the label "${target.id}" is given to more than one place`,
        ...(span && { span }),
        hints: ["give each a label of its own, and correct the references to it"],
      });
    if (!this.#doubled.has(target.id)) report(first.span);
    this.#doubled.add(target.id);
    report(target.span);
  }

  #checkPrefix(id: string, kind: LabelKind, span: Span | undefined): void {
    const [, prefix = ""] = /^([a-z]+):/.exec(id) ?? [];
    if (!Object.hasOwn(prefixes, prefix) || prefixes[prefix] === kind) return;
    const name = id.slice(prefix.length + 1);
    this.#report({
      code: "label-mismatched",
      message: `the label "${id}" is that of ${articled[prefixes[prefix]!]}, but stands at ${articled[kind]}`,
      ...(span && { span }),
      hints: [`call it "${prefixOf(kind)}:${name}", here and where it is referred to`],
    });
  }
}

const articled: Readonly<Record<LabelKind | "note", string>> = {
  figure: "a figure",
  note: "a note",
  table: "a table",
  equation: "an equation",
  section: "a section",
  code: "a listing",
};

const text = (value: string): Inline => ({ type: "text", value });

/** Returns A, B, … Z, AA, BB, … as Word counts letters. */
function letter(number: number): string {
  const one = String.fromCharCode(65 + ((number - 1) % 26));
  return one.repeat(Math.ceil(number / 26));
}

const letterIndex = (letters: string): number =>
  (letters.length - 1) * 26 + letters.charCodeAt(0) - 64;
