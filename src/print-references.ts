// How cross-references are printed: the words and numbers of what they aim at, in
// the language of the text around, several of them joined.

import { beginsSentence, LONGEST_BEFORE } from "./begins-sentence.js";
import type { Report } from "./diagnostic.js";
import {
  type Block,
  type CrossReference,
  type CrossReferenceTarget,
  type Document,
  type Inline,
  mapBlocks,
  mapContent,
  toText,
} from "./document.js";
import type { LabelTarget } from "./label-target.js";
import { labelLanguage, referenceWord } from "./label-words.js";
import { didYouMean } from "./nearest.js";
import { PAGE_UNKNOWN } from "./page-references.js";
import { quotationMarks } from "./quotation-marks.js";
import type { Template } from "./template.js";

/** Whether one of the things that a reference aims at is a note. */
export function refersToNotes({ targets }: CrossReference): boolean {
  return targets.some(({ id }) => id.startsWith("fn:"));
}

/** What is known of the references that are printed, and of what they aim at. */
export interface Context {
  readonly template: Template;
  readonly report: Report;
  /** The ids that something aims at. */
  readonly aimedAt: Set<string>;
  /** Returns what a reference aims at; undefined if it is not there, which is reported already if it returns null. */
  readonly find: (aim: CrossReferenceTarget) => LabelTarget | null | undefined;
  /** Suggests labels in place of one that nothing has. */
  readonly near: (id: string) => string[];
  /** Whether a reference is printed now; others are left as they are. */
  readonly isNow: (reference: CrossReference) => boolean;
}

/** Returns a document with its references printed; reports those to what is not there. */
export function printReferences(document: Document, context: Context): Document {
  const { lang } = document.metadata;
  return mapBlocks(document, (blocks) => blocks.map((block) => inBlock(block, lang, context)));
}

/** Suggestions take the longer the more labels there are: a work of nothing but mistakes gets no more. */
const MOST_SUGGESTIONS = 100;

/** Returns what suggests labels of some that there are. */
export function suggestions(ids: Iterable<string>): Context["near"] {
  const labels = [...ids].filter((id) => id.includes(":"));
  let count = 0;
  return (id) => (count++ < MOST_SUGGESTIONS ? didYouMean(id, labels) : []);
}

function inBlock(block: Block, around: string, context: Context): Block {
  const lang = ("lang" in block && block.lang) || around;
  return mapContent(block, {
    inlines: (inlines) => new Line(lang, context).resolve(inlines),
    blocks: (blocks) => blocks.map((inner) => inBlock(inner, lang, context)),
  });
}

/** A paragraph, whose references are printed from its beginning to its end. */
class Line {
  readonly #lang: string;
  readonly #context: Context;
  /** The end of the text so far. */
  #before = "";

  constructor(lang: string, context: Context) {
    this.#lang = lang;
    this.#context = context;
  }

  resolve(inlines: readonly Inline[], lang = this.#lang): Inline[] {
    return inlines.flatMap((inline) => this.#inline(inline, lang));
  }

  #inline(inline: Inline, lang: string): readonly Inline[] {
    switch (inline.type) {
      case "text":
      case "inlineCode":
      case "inlineEquation":
        this.#add(inline.value);
        return [inline];
      case "break":
        this.#add(" ");
        return [inline];
      case "indexMark":
        return [inline];
      case "note":
        return [
          {
            ...inline,
            children: inline.children.map((block) => inBlock(block, lang, this.#context)),
          },
        ];
      case "label":
        // What follows is a caption's beginning.
        this.#before = "";
        return [inline];
      case "crossReference": {
        const { aimedAt, isNow } = this.#context;
        if (!isNow(inline)) {
          for (const { id } of inline.targets) aimedAt.add(id);
          this.#add(toText(inline.children));
          return [inline];
        }
        const printed = this.#print(inline, lang);
        this.#add(toText(printed));
        return printed;
      }
      case "foreign":
        return [{ ...inline, children: this.resolve(inline.children, inline.lang) }];
      case "citation":
        this.#add(toText(inline.children));
        return [{ ...inline, items: inline.items.map((item) => this.#affixes(item, lang)) }];
      case "emphasis":
      case "strong":
      case "smallCaps":
      case "superscript":
      case "subscript":
      case "link":
      case "abbreviation":
        return [{ ...inline, children: this.resolve(inline.children, lang) }];
    }
  }

  /** The words around a work in a citation: `[see @fig:map and @smith2000]`. */
  #affixes<T extends { readonly prefix?: readonly Inline[]; readonly suffix?: readonly Inline[] }>(
    item: T,
    lang: string,
  ): T {
    return {
      ...item,
      ...(item.prefix && { prefix: new Line(lang, this.#context).resolve(item.prefix) }),
      ...(item.suffix && { suffix: new Line(lang, this.#context).resolve(item.suffix) }),
    };
  }

  #add(text: string): void {
    this.#before = (this.#before + text).slice(-LONGEST_BEFORE);
  }

  #print(reference: CrossReference, lang: string): readonly Inline[] {
    const { template } = this.#context;
    const missing: CrossReferenceTarget[] = [];
    const found = reference.targets.flatMap((target) => {
      const label = this.#find(target);
      if (!label) missing.push(target);
      return label ?? [];
    });
    const isFirst = beginsSentence(this.#before);
    const style: Style = {
      lang,
      reference,
      aims: new Map(reference.targets.map((target) => [target.id, target])),
      capitals: reference.capital || isFirst ? "all" : capitalsOf(template),
    };
    const printed = reference.page ? [pages(found, style)] : groups(found, style);
    return join([...printed.filter((one) => one.length), ...missing.map(missingMark)], lang);
  }

  #find(aim: CrossReferenceTarget): LabelTarget | undefined {
    const { aimedAt, report, find } = this.#context;
    const target = find(aim);
    aimedAt.add(aim.id);
    if (target?.parent !== undefined) aimedAt.add(target.parent);
    if (target) return target;
    if (target === null) return undefined;
    const near = this.#context.near(aim.id);
    report({
      code: "label-undefined",
      message: `nothing has the label "${aim.id}"`,
      ...(aim.span && { span: aim.span }),
      hints: near.length ? near : [nameIt(aim.id)],
    });
    return undefined;
  }
}

function nameIt(id: string): string {
  if (!id.startsWith("fn:")) return `give it to what is meant: {#${id}}`;
  const key = id.slice("fn:".length);
  return `call the note that is meant so: [^${key}], and [^${key}]: … where its text stands`;
}

/** How the parts of one cross-reference are printed. */
interface Style {
  readonly lang: string;
  readonly reference: CrossReference;
  /** What it aims at, by id. */
  readonly aims: ReadonlyMap<string, CrossReferenceTarget>;
  readonly capitals: Capitals;
}

/** Which words begin with a capital. */
type Capitals = "all" | "but-notes" | "none";

/** Manuals have "see note 3" also where they have "see Figure 3", but for APA's (APA 7, 6.19). */
function capitalsOf({ captions }: Template): Capitals {
  if (captions.references === "lower") return "none";
  return captions.form === "apa" ? "all" : "but-notes";
}

const text = (value: string): Inline => ({ type: "text", value });

/** What is printed for a label that nothing has, so that nobody who reads a draft overlooks it. */
function missingMark({ id, span }: CrossReferenceTarget): Inline[] {
  return [{ type: "strong", children: [text(`?${id}?`)], ...(span && { span }) }];
}

/** Returns a reference to one target, a link with its printed text. */
function referTo(
  { id }: LabelTarget,
  children: readonly Inline[],
  { reference, aims }: Style,
  number: string | undefined,
): Inline {
  const { number: _, ...rest } = reference;
  return {
    ...rest,
    targets: [aims.get(id) ?? { id }],
    ...(number !== undefined && { number }),
    children,
  };
}

/** Prints targets, those together that have the same word. */
function groups(targets: readonly LabelTarget[], style: Style): Inline[][] {
  const printed: Inline[][] = [];
  for (let from = 0; from < targets.length; ) {
    const first = targets[from]!;
    let to = from + 1;
    const isLike = ({ word, number }: LabelTarget) => word === first.word && number !== undefined;
    if (first.number === undefined) printed.push(titled(first, style));
    else {
      while (to < targets.length && isLike(targets[to]!)) to++;
      printed.push(numbered(targets.slice(from, to), style));
    }
    from = to;
  }
  return printed;
}

/** Prints a section that has no number. */
function titled(target: LabelTarget, style: Style): Inline[] {
  const title = referTo(target, quotable(target.title ?? []), style, undefined);
  if (style.reference.numberOnly) return [title];
  const [open, close] = quotationMarks(style.lang).double;
  return [text(open), title, text(close)];
}

/** What is repeated of a title: not its notes and citations, which stand in one place. */
function quotable(title: readonly Inline[]): Inline[] {
  return title.flatMap((node) => quoted(node));
}

function quoted(node: Inline): Inline[] {
  switch (node.type) {
    case "note":
    case "citation":
    case "crossReference":
    case "indexMark":
      return [];
    case "break":
      return [text(" ")];
    case "link":
    case "label":
    case "abbreviation":
      return quotable(node.children);
    case "text":
    case "inlineCode":
    case "inlineEquation":
      return [node];
    case "emphasis":
    case "strong":
    case "smallCaps":
    case "superscript":
    case "subscript":
    case "foreign":
      return [{ ...node, children: quotable(node.children) }];
  }
}

/** Prints targets of one word, three or more that follow one another as a range. */
function numbered(targets: readonly LabelTarget[], style: Style): Inline[] {
  const { lang, reference, capitals } = style;
  const word = targets[0]!.word;
  const capital = capitals === "all" || (capitals === "but-notes" && word !== "note");
  const several = targets.length > 1;
  let lead = reference.numberOnly ? "" : `${referenceWord(word, lang, { several, capital })}\u00a0`;
  const one = (target: LabelTarget): Inline => {
    if (target.isSole) {
      const alone = referenceWord(word, lang, { several: false, capital });
      return referTo(target, [text(alone)], style, alone);
    }
    const number = target.number!;
    const shown = word === "equation" ? `(${number})` : number;
    const printed = referTo(target, [text(lead + shown)], style, number);
    lead = "";
    return printed;
  };
  const items: Inline[][] = [];
  for (let from = 0; from < targets.length; ) {
    let to = from;
    while (to + 1 < targets.length && follows(targets[to]!, targets[to + 1]!)) to++;
    if (to - from >= 2) {
      items.push([one(targets[from]!), text("–"), one(targets[to]!)]);
      from = to + 1;
    } else items.push([one(targets[from++]!)]);
  }
  return join(items, lang);
}

function follows(one: LabelTarget, next: LabelTarget): boolean {
  return one.series !== undefined && one.series === next.series && one.index! + 1 === next.index;
}

/** Prints the pages of targets; what they are is filled in when they are known. */
function pages(targets: readonly LabelTarget[], style: Style): readonly Inline[] {
  const { lang, reference } = style;
  const lead = reference.numberOnly ? "" : `${labelLanguage(lang).page}\u00a0`;
  const items = targets.map((target) => [
    referTo(target, [text(lead + PAGE_UNKNOWN)], style, PAGE_UNKNOWN),
  ]);
  return join(items, lang);
}

/** Joins with commas and the language's “and”. */
function join(items: readonly (readonly Inline[])[], lang: string): Inline[] {
  const { and, hasSerialComma = false } = labelLanguage(lang);
  return items.flatMap((item, index) => {
    if (index === 0) return item;
    if (index < items.length - 1) return [text(", "), ...item];
    return [text(hasSerialComma && items.length > 2 ? `, ${and} ` : ` ${and} `), ...item];
  });
}
