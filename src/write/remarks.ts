// Remarks: what was found wrong with a work, beside its pages in a draft. Both
// writers find the places in the same way.

import { type Diagnostic, locate, type Sources, type Span } from "../diagnostic.js";

/** What is said of a place in the margin of a draft. */
export interface Remark {
  /** What is wrong, what to do about it, and where it was written: a paragraph each. */
  readonly lines: readonly string[];
  readonly diagnostic: Diagnostic;
}

/** The remarks of a draft, and what says where works are described. */
export interface Remarks {
  readonly remarks: readonly Remark[];
  /** Where the key of each work stands in the bibliography. */
  readonly works: ReadonlyMap<string, Span>;
}

/** Of those of one kind that have no place, more are only counted. */
const MOST_WITHOUT_PLACE = 20;

/** Returns a diagnostic as a remark: `The message (code)`, its hints, and its line. */
export function remarkOf(diagnostic: Diagnostic, sources: Sources): Remark {
  const { code, message, hints = [], span } = diagnostic;
  const first = message.charAt(0).toUpperCase() + message.slice(1);
  const source = span && sources.get(span.file);
  // The name alone: the path depends on the folder that the program is run in.
  const file = span?.file.split("/").at(-1) ?? "";
  const place =
    span && source !== undefined ? [`${file}, line ${locate(source, span.start).line}`] : [];
  return { lines: [`${first} (${code})`, ...hints, ...place], diagnostic };
}

/** A place in the pages, and the range of a file that is printed there. */
interface PlacedSpan<Place> {
  readonly span: Span;
  readonly place: Place;
}

/** The places of a document, to be found by where their text was written. */
export class Places<Place> {
  readonly #files = new Map<string, PlacedSpan<Place>[]>();
  readonly #works = new Map<string, Place>();
  #areSorted = true;
  /** The first of all, for what has no place of its own. */
  #first: Place | undefined;

  /** Adds a place, in the order of reading; an outer one before those in it. */
  add(place: Place, span: Span | undefined): void {
    this.#first ??= place;
    if (!span) return;
    const spans = this.#files.get(span.file) ?? [];
    spans.push({ span, place });
    this.#files.set(span.file, spans);
    this.#areSorted = false;
  }

  /** Adds the place of a work; the first of several is the one that counts. */
  addWork(key: string, place: Place): void {
    if (!this.#works.has(key)) this.#works.set(key, place);
  }

  /**
   * Returns the remarks with their places: what holds the range that they are
   * about, or is the nearest to it; for one about a work, where that is cited or
   * listed; the document's beginning for others. None if there is no place at all.
   */
  find({ remarks, works }: Remarks): { readonly remark: Remark; readonly place: Place }[] {
    this.#sort();
    const first = this.#first;
    if (first === undefined) return [];
    const keys = keysByFile(works);
    const placed: { readonly remark: Remark; readonly place: Place }[] = [];
    const others = new Map<string, Remark[]>();
    for (const remark of remarks) {
      const { span, code } = remark.diagnostic;
      const place = span && this.#placeOf(span, keys);
      if (place !== undefined) placed.push({ remark, place });
      else others.set(code, [...(others.get(code) ?? []), remark]);
    }
    const atFirst = [...others.values()].flatMap((some) => fewer(some));
    return [...atFirst.map((remark) => ({ remark, place: first })), ...placed];
  }

  #placeOf(span: Span, keys: ReadonlyMap<string, readonly Key[]>): Place | undefined {
    const ofFile = keys.get(span.file) ?? [];
    const key = ofFile.findLast(({ at }) => at <= span.start);
    const spans = this.#files.get(span.file) ?? [];
    const text = spans[firstBehind(spans, span.start) - 1];
    // A bibliography may stand in the file of the text.
    if (key && (!text || key.at > text.span.start)) return this.#works.get(key.key);
    if (!spans.length && ofFile[0]) return this.#works.get(ofFile[0].key);
    return this.#nearest(span);
  }

  #sort(): void {
    if (this.#areSorted) return;
    for (const spans of this.#files.values()) {
      // Stable: of those that begin together the inner one stays the last.
      spans.sort((one, other) => one.span.start - other.span.start);
    }
    this.#areSorted = true;
  }

  #nearest(wanted: Span): Place | undefined {
    const spans = this.#files.get(wanted.file);
    if (!spans) return undefined;
    const next = firstBehind(spans, wanted.start);
    const before = spans[next - 1];
    const behind = spans[next];
    if (!before || !behind) return (before ?? behind)?.place;
    const gap = wanted.start - before.span.end;
    return gap < 0 || gap <= behind.span.start - wanted.end ? before.place : behind.place;
  }
}

/** Returns remarks of one kind; of many the first, with the number of the others. */
function fewer(remarks: readonly Remark[]): readonly Remark[] {
  const rest = remarks.length - MOST_WITHOUT_PLACE;
  if (rest <= 0) return remarks;
  const shown = remarks.slice(0, MOST_WITHOUT_PLACE);
  const last = shown.pop()!;
  return [...shown, { ...last, lines: [...last.lines, `… and ${rest} more of this kind`] }];
}

/** Returns the index of the first span that begins behind an offset. */
function firstBehind(spans: readonly PlacedSpan<unknown>[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.span.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A key and where it stands in its file. */
interface Key {
  readonly key: string;
  readonly at: number;
}

function keysByFile(works: ReadonlyMap<string, Span>): ReadonlyMap<string, readonly Key[]> {
  const files = new Map<string, Key[]>();
  for (const [key, { file, start }] of works) {
    const keys = files.get(file) ?? [];
    keys.push({ key, at: start });
    files.set(file, keys);
  }
  for (const keys of files.values()) keys.sort((one, other) => one.at - other.at);
  return files;
}
