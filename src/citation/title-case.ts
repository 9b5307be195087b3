// Title case as the style manuals have it, each by its own list of small words.
// A capital that stands in the data is never lowered, and what is marked
// `nocase` is left alone: both are how an author protects a name.

import type { CslEngine, CslProcessor } from "citeproc";

/** The rules of a manual; CSL's `text-case="title"` is one list of words for all. */
export type TitleCase = "apa" | "cmos-17" | "cmos-18" | "mla";

interface Rules {
  /** Words that stay small between the first and the last one. */
  readonly small: ReadonlySet<string>;
  /** The last word of a title and of what stands before a colon has a capital. */
  readonly lastWord: boolean;
  /** A dash begins a subtitle. */
  readonly afterDash: boolean;
  /** What follows a prefix that is no word of its own stays small: "Anti-inflationary". */
  readonly prefixes: boolean;
}

const list = (words: string): string[] => words.split(/\s+/).filter(Boolean);

const articles = list("a an the");
const conjunctions = list("and but for nor or");

/** One-word prepositions that stay small in all manuals that have their length not count. */
const prepositions = list(`
  about above across after against along alongside amid amidst among amongst around as aside astride
  at atop barring before behind below beneath beside besides between beyond by circa despite down
  during except for from in inside into like near notwithstanding of off on onto out over per plus
  qua sans since than through throughout till to toward towards under underneath until unto up upon
  versus via vis-à-vis with within without`);

/** Abbreviations and parts of names that are small in running text too. */
const particles = list("à c ca v vs d da de del della der di du e el et la le les van von y n");

const rules: Readonly<Record<TitleCase, Rules>> = {
  // Publication Manual, 7th edition, 6.17: capitals from four letters on, after a
  // colon, a dash and the end of a sentence; the last word is as any other.
  apa: {
    small: new Set([
      ...articles,
      ...conjunctions,
      ...particles,
      ...list("as at by if in of off on per so to up via yet"),
    ]),
    lastWord: false,
    afterDash: true,
    prefixes: false,
  },
  // Chicago Manual, 17th edition, 8.159 and 8.161: prepositions are small
  // whatever their length; "yet" and "so" are not among the small words.
  "cmos-17": {
    small: new Set([...articles, ...conjunctions, ...particles, ...prepositions]),
    lastWord: true,
    afterDash: false,
    prefixes: true,
  },
  // Chicago Manual, 18th edition, 8.160: prepositions of five letters and more have capitals.
  "cmos-18": {
    small: new Set([
      ...articles,
      ...conjunctions,
      ...particles,
      ...prepositions.filter((word) => word.length < 5),
    ]),
    lastWord: true,
    afterDash: false,
    prefixes: true,
  },
  // MLA Handbook, 9th edition, 2.90: as the 17th of Chicago, with all seven
  // coordinating conjunctions.
  mla: {
    small: new Set([...articles, ...conjunctions, "so", "yet", ...particles, ...prepositions]),
    lastWord: true,
    afterDash: false,
    prefixes: true,
  },
};

/** First elements that cannot stand alone as words (Chicago Manual, 17th edition, 8.161, rule 3). */
const prefixes = new Set(
  list(`
    anti bi bio co counter cyber de eco electro ethno eu euro ex geo hetero homo hyper infra inter intra macro
    mega meta micro mid mini mono multi nano neo neuro non omni pan para peri photo poly post pre
    pro proto pseudo psycho quasi re semi socio sub super supra techno tele trans tri ultra un uni`),
);

/** Returns the rules that the manual of a CSL style asks for; undefined: those of CSL. */
export function titleCaseOf(cslId: string): TitleCase | undefined {
  if (/^(apa|american-psychological-association)\b/.test(cslId)) return "apa";
  if (/^(chicago|turabian)\b/.test(cslId)) {
    // The repository of CSL styles calls the 18th edition by no number.
    const eighteenth = /18|^chicago-(notes-bibliography|author-date)(?!.*17)/.test(cslId);
    return eighteenth && cslId !== "chicago-author-date" ? "cmos-18" : "cmos-17";
  }
  if (/^(modern-language-association|mla)\b/.test(cslId)) return "mla";
  return undefined;
}

const manuals = new WeakMap<CslEngine, TitleCase>();

/** Chooses the rules for what an engine prints from now on; CSL's own without this call. */
export function setTitleCase(engine: CslEngine, manual: TitleCase | undefined): void {
  if (manual) manuals.set(engine, manual);
  else manuals.delete(engine);
}

/** Lets citeproc-js make title case by these rules, in the engines that have some set. */
export function useTitleCase(csl: CslProcessor): void {
  const formatters = csl.Output.Formatters;
  const original = formatters.title!;
  formatters.title = (engine, text) => {
    const manual = manuals.get(engine);
    return manual ? toTitleCase(text, manual) : original(engine, guardSpellings(text));
  };
}

/** A domain name, which is spelled as it is. */
const DOMAIN =
  /(?<![\w@/.])[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:com|edu|gov|info|io|net|org|ac\.uk|co\.uk|gov\.uk)(?![\w/])/gu;

/** Marks what citeproc-js's own title case would spoil: "Example.Com", "Vis-à-Vis". */
function guardSpellings(title: string): string {
  if (title.includes('class="nocase"')) return title;
  return title
    .replace(DOMAIN, (word) => `<span class="nocase">${word}</span>`)
    .replace(/(?<=\s)vis-à-vis/g, (word) => `<span class="nocase">${word}</span>`);
}

/** Tags of CSL's rich text, which are no part of any word. */
const TAG = /<\/?(?:i|b|sc|sup|sub)>|<span\b[^>]*>|<\/span>/g;

/** A word with its hyphens, apostrophes and inner full stops: `vis-à-vis`, `d’état`, `U.S`. */
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-‐‑'’.][\p{L}\p{M}\p{N}]+)*/gu;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isProtected: boolean;
}

/**
 * Returns an English title in title case. The title is in CSL's rich text
 * (`<i>`, `<span class="nocase">`…) and in sentence case: only small letters at
 * the beginning of a word are changed.
 */
export function toTitleCase(title: string, manual: TitleCase): string {
  const { lastWord, afterDash } = rules[manual];
  const { words, text } = readWords(title);
  let titled = "";
  let from = 0;
  for (const [index, word] of words.entries()) {
    titled += title.slice(from, word.start);
    from = word.end;
    const previous = words[index - 1];
    const next = words[index + 1];
    const before = previous && text.slice(previous.end, word.start);
    const after = text.slice(word.end, next?.start);
    const isFirst =
      before === undefined || /[:?!]/.test(before) || (afterDash && /—| – /.test(before));
    const isLast = lastWord && (!next || /[:?!]/.test(after)) && !particles.includes(word.text);
    const stressed =
      isFirst ||
      isLast ||
      (lastWord && isNoPreposition(word, { previous, before, after, next, text }));
    titled += word.isProtected ? word.text : capitalize(word.text, manual, stressed, after);
  }
  return titled + title.slice(from);
}

/** Words that are prepositions or adverbs. */
const adverbs = new Set(
  list(`
    about above across after along around before behind below beneath beyond by down in inside near off
    on out outside over through under up within without`),
);

/** Latin phrases whose first word only looks like one of the small ones. */
const LATIN =
  /^(?:a (?:fortiori|posteriori|priori)|de (?:facto|jure|minimis|novo)|in (?:absentia|camera|extremis|memoriam|situ|toto|utero|vitro|vivo)|per (?:annum|capita|diem|se)|pro (?:bono|forma|rata|tem))(?![\p{L}\p{N}])/iu;

/**
 * Returns whether a small word is surely no article or preposition where it
 * stands (Chicago Manual, 17th edition, 8.159, rule 3; MLA Handbook, 9th
 * edition, 2.90): the near abroad; in, out, and about; before you leap; in vitro.
 */
function isNoPreposition(
  { text: word, start }: Word,
  around: {
    readonly previous: Word | undefined;
    readonly next: Word | undefined;
    readonly before: string | undefined;
    readonly after: string;
    readonly text: string;
  },
): boolean {
  const { previous, next, before, after, text } = around;
  const latin = LATIN.exec(text.slice(start));
  if (latin && next) return true;
  if (adverbs.has(word)) {
    if (before === " " && previous && articles.includes(previous.text.toLowerCase())) return true;
    if (/^[,;)”’"']/.test(after)) return true;
  }
  return (
    /^(after|before|since|till|until)$/.test(word) &&
    after === " " &&
    next !== undefined &&
    /^(i|he|she|it|they|we|you)$/i.test(next.text) &&
    /^ [\p{L}]/u.test(text.slice(next.end))
  );
}

/** Returns the words of a title, and the title with its tags blanked out. */
function readWords(title: string): { words: Word[]; text: string } {
  const spans: boolean[] = [];
  const guarded: [number, number][] = [];
  let since = -1;
  for (const { 0: tag, index } of title.matchAll(TAG)) {
    if (tag.startsWith("<span")) {
      spans.push(/class="no(?:case|decor)"/.test(tag));
      if (since < 0 && spans.at(-1)) since = index;
    } else if (tag === "</span>") {
      spans.pop();
      if (since >= 0 && !spans.includes(true)) {
        guarded.push([since, index]);
        since = -1;
      }
    }
  }
  const text = title.replace(TAG, (tag) => "\u200b".repeat(tag.length));
  let next = 0;
  const words = [...text.matchAll(WORD)].map(({ 0: word, index: start }) => {
    while (guarded[next] && guarded[next]![1] <= start) next++;
    const isProtected = guarded[next] !== undefined && guarded[next]![0] <= start;
    return { text: word, start, end: start + word.length, isProtected };
  });
  return { words, text };
}

/** Returns one word, with its elements if it is a compound. */
function capitalize(word: string, manual: TitleCase, stressed: boolean, after: string): string {
  const { small, prefixes: smallAfterPrefix } = rules[manual];
  // Addresses and file names are spelled as they are.
  if (/\.\p{L}{2,}/u.test(word)) return word;
  // "in- and out-groups": the first part of a compound to come is none of the small words.
  if (small.has(word) && !stressed && !/^[-‐‑]/.test(after)) return word;
  const elements = word.split(/([-‐‑])/);
  if (elements.length === 1) return upperFirst(word, stressed);
  const whole = small.has(word);
  return elements
    .map((element, index) => {
      if (index % 2) return element;
      if (index === 0) return upperFirst(element, stressed);
      if (smallAfterPrefix && index === 2 && prefixes.has(elements[0]!.toLowerCase()))
        return element;
      // "Follow-Up", but "Vis-à-Vis" and "State-of-the-Art".
      const isLast = index === elements.length - 1;
      const isAdverb = isLast && !whole && /^(down|in|off|on|out|over|through|up)$/.test(element);
      // A key of music: "E-flat".
      const isKey = /^(flat|sharp)$/.test(element) && elements[index - 2]!.length === 1;
      const isSmall = element === "à" || isKey || (small.has(element) && !isAdverb);
      return isSmall ? element : upperFirst(element, false);
    })
    .join("");
}

/** Raises the first letter, behind an elided article of French or Italian: `coup d’État`. */
function upperFirst(word: string, stressed: boolean): string {
  const elided = !stressed && /^(d|l|dell|all|qu)(['’])(\p{Ll})(?=\p{L})/u.exec(word);
  if (elided) {
    const [head, article, mark, letter] = elided;
    return `${article}${mark}${letter!.toUpperCase()}${word.slice(head.length)}`;
  }
  // A letter after the first that is a capital shows a spelling of its own: iPad, eBay.
  if (/^\p{Ll}.*\p{Lu}/u.test(word)) return word;
  return word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/**
 * Returns a title with a capital after a colon, question or exclamation mark or
 * dash, as APA has it in sentence case too (Publication Manual, 7th edition, 6.17).
 */
export function capitalAfterColon(title: string): string {
  return title.replace(
    /([:?!—]\s+(?:<[^>]+>)*["'“‘]?)(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
