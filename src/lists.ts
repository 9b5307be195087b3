// Puts the list of references together as the manuscript asks: under several
// titles, again for each chapter, with annotations and the places of citations.
// To be done last: the entries are printed, sorted and told apart as one list.

import type { Report, Span } from "./diagnostic.js";
import {
  type Block,
  type Document,
  type Entry,
  hasHeading,
  type Inline,
  mapBlocks,
  mapInlines,
  type Reference,
  type Section,
  walk,
} from "./document.js";
import type { ListSection, ListSettings } from "./read/list-settings.js";
import { term } from "./terms.js";

/** What the lists are made of. */
export interface ListRequest {
  readonly settings: ListSettings;
  readonly references: ReadonlyMap<string, Reference>;
  /** The place of each key in the bibliography. */
  readonly spans: ReadonlyMap<string, Span>;
  /** The annotations of the works, by key. */
  readonly annotations?: ReadonlyMap<string, readonly Block[]>;
  /** Prints some entries as a list of their own; they keep their ids. */
  readonly printList: (entries: readonly Entry[]) => Entry[];
}

/**
 * Returns the keys and places of the works that are listed without being cited.
 * Keys may be unknown; `cite` reports them.
 */
export function uncitedWorks(
  { uncited }: ListSettings,
  references: ReadonlyMap<string, Reference>,
): { readonly key: string; readonly span?: Span }[] {
  if (uncited === "all") return [...references.keys()].map((key) => ({ key }));
  return uncited.map(({ value, span }) => ({ key: value, span }));
}

/**
 * Returns the document with its entries in the lists that the settings name.
 *
 * Each list is a section within the one with the role `bibliography`, and holds
 * the entries in the order in which they were. A work stands in the first list
 * whose filters it passes, else in the list without filters; what is in none
 * stands above the lists and is reported, as is a work that passes the filters
 * of two. Empty lists are left out. Chapters that cite anything end with a
 * section of the works they cite, to which their citations then link.
 */
export function arrangeLists(document: Document, request: ListRequest, report: Report): Document {
  const { settings, printList } = request;
  const list = document.parts
    .flatMap(({ children }) => children)
    .find((block): block is Section => block.type === "section" && block.role === "bibliography");
  const entries = list?.children.filter((block): block is Entry => block.type === "entry");
  if (!list || !entries?.length) return document;

  const { lang } = document.metadata;
  const places = settings.citedIn ? citedPlaces(document) : undefined;
  const printed = (entry: Entry): Block[] => [
    places ? withPlaces(entry, places.get(entry.key), lang) : entry,
    ...((settings.annotated && request.annotations?.get(entry.key)) || []),
  ];
  const sections = divide(entries, request, lang, report).map(
    ({ section, entries: own }): Block[] => {
      const children = printList(own).flatMap(printed);
      if (!section) return children;
      const { title, span } = section;
      const id = `list-${settings.sections.indexOf(section) + 1}`;
      return [{ type: "section", id, title, span, children }];
    },
  );
  const arranged: Section = {
    ...list,
    children: [...list.children.filter(({ type }) => type !== "entry"), ...sections.flat()],
  };
  let chapters = 0;
  return mapBlocks(document, (blocks, { role }) =>
    blocks.map((block) => {
      if (block === list) return arranged;
      const isChapter = role === "body" && block.type === "section" && !block.role;
      if (!isChapter || !settings.perChapter) return block;
      return withList(block, ++chapters, { ...request, entries, title: list.title });
    }),
  );
}

// ---- lists by filters ---------------------------------------------------------------

interface DividedList {
  /** Absent for the works that no list takes. */
  readonly section?: ListSection;
  readonly entries: readonly Entry[];
}

/** Divides the entries into lists, first those that are in none. */
function divide(
  entries: readonly Entry[],
  { settings, references, spans }: ListRequest,
  lang: string,
  report: Report,
): DividedList[] {
  const { sections } = settings;
  if (!sections.length) return [{ entries }];
  const rest = sections.find(({ takesRest }) => takesRest);
  const taken = new Map<ListSection | undefined, Entry[]>();
  for (const entry of entries) {
    const { key } = entry;
    const reference = references.get(key);
    const matches = sections.filter(
      (section) => reference && !section.takesRest && passes(reference, section, lang),
    );
    const [section = rest, second] = matches;
    const span = spans.get(key);
    const place = span && { span };
    if (second) {
      report({
        code: "reference-in-two-lists",
        message: `two lists take "${key}", ${quoted(matches)}; it stands in the first`,
        ...place,
        hints: ["narrow the types, keywords or languages of one of the lists"],
      });
    }
    if (!section) {
      report({
        code: "reference-unlisted",
        message: `no list takes "${key}", so it stands above them`,
        ...place,
        hints: ["add its type to a list, or a list without types, keywords and languages"],
      });
    }
    const list = taken.get(section);
    if (list) list.push(entry);
    else taken.set(section, [entry]);
  }
  return [undefined, ...sections].flatMap((section): DividedList[] => {
    const own = taken.get(section);
    return own ? [{ ...(section && { section }), entries: own }] : [];
  });
}

const quoted = (sections: readonly ListSection[]): string =>
  sections.map(({ title }) => `"${plain(title)}"`).join(" and ");

const plain = (title: readonly Inline[]): string =>
  [...walk(title)].map((node) => (node.type === "text" ? node.value : "")).join("");

/** Whether a work passes all filters of a list; one that names no language is in the work's. */
function passes(
  { type, keyword, language }: Reference,
  { types, keywords, languages }: ListSection,
  lang: string,
): boolean {
  if (types && !types.includes(type)) return false;
  if (keywords) {
    const own = String(keyword ?? "")
      .split(/[,;]/)
      .map((word) => word.trim().toLowerCase());
    if (!keywords.some((word) => own.includes(word.toLowerCase()))) return false;
  }
  if (!languages) return true;
  const tag = String(language ?? lang)
    .replaceAll("_", "-")
    .toLowerCase();
  return languages.some((wanted) => `${tag}-`.startsWith(`${wanted.toLowerCase()}-`));
}

// ---- lists of chapters --------------------------------------------------------------

/** The list of the whole work, and what prints a part of it. */
interface ListOfWork extends Pick<ListRequest, "printList"> {
  readonly entries: readonly Entry[];
  readonly title: readonly Inline[];
}

/** Returns a chapter with the list of the works that it cites, its links leading there. */
function withList(
  chapter: Section,
  number: number,
  { entries, title, printList }: ListOfWork,
): Section {
  const keys = new Set<string>();
  const linked = new Set<string>();
  for (const node of walk([chapter])) {
    if (node.type === "citation") for (const { key } of node.items) keys.add(key);
    if (node.type === "link" && node.url.startsWith("#ref-")) linked.add(node.url.slice(1));
  }
  const own = entries.filter(({ id, key }) => keys.has(key) || linked.has(id));
  if (!own.length) return chapter;
  const ids = new Map(own.map(({ id }) => [id, `${id}-${number}`]));
  const [relinked] = mapInlines([chapter], (inline) => {
    const id = inline.type === "link" ? ids.get(inline.url.slice(1)) : undefined;
    return [inline.type === "link" && id ? { ...inline, url: `#${id}` } : inline];
  });
  const list: Section = {
    type: "section",
    id: `list-of-chapter-${number}`,
    role: "bibliography",
    title,
    children: printList(own).map((entry) => ({ ...entry, id: ids.get(entry.id)! })),
  };
  const rewritten = relinked as Section;
  return { ...rewritten, children: [...rewritten.children, list] };
}

// ---- where works are cited ----------------------------------------------------------

/** Where a work is cited: the numbers of notes, and the sections around citations in the text. */
interface Places {
  readonly notes: Set<number>;
  readonly sections: Set<Section>;
}

/** Returns the places of the citations of each work, in reading order. */
function citedPlaces({ parts }: Document): Map<string, Places> {
  const places = new Map<string, Places>();
  const placesOf = (key: string): Places => {
    const known = places.get(key);
    if (known) return known;
    const fresh = { notes: new Set<number>(), sections: new Set<Section>() };
    places.set(key, fresh);
    return fresh;
  };
  const visit = (
    nodes: readonly (Block | Inline)[],
    section: Section | undefined,
    note: number,
  ) => {
    for (const node of nodes) {
      // The author in the sentence is one citation with the rest in the note.
      if (node.type === "citation" && node.mode !== "author") {
        for (const { key } of node.items) {
          if (note) placesOf(key).notes.add(note);
          else if (section) placesOf(key).sections.add(section);
        }
      }
      if (node.type === "section") {
        visit(node.title, node, note);
        visit(node.children, hasHeading(node) ? node : section, note);
      } else if (node.type === "note") visit(node.children, section, node.number);
      else if (node.type === "list") for (const item of node.items) visit(item, section, note);
      else if ("children" in node) visit(node.children, section, note);
    }
  };
  for (const { children } of parts) visit(children, undefined, 0);
  return places;
}

/** Adds to an entry where its work is cited: ` (cited in notes 4, 17)`. */
function withPlaces(entry: Entry, places: Places | undefined, lang: string): Entry {
  const text = (value: string): Inline => ({ type: "text", value });
  const listed = (links: readonly Inline[], delimiter: string): Inline[] =>
    links.flatMap((link, index) => (index ? [text(delimiter), link] : [link]));
  const notes = [...(places?.notes ?? [])].map(
    (number): Inline => ({
      type: "link",
      url: `#note-${number}`,
      children: [text(String(number))],
    }),
  );
  const sections = [...(places?.sections ?? [])].map(
    ({ id, title }): Inline => ({ type: "link", url: `#${id}`, children: titleInList(title) }),
  );
  const words = notes.length > 1 ? "cited-in-notes" : "cited-in-note";
  const phrases: Inline[][] = [
    ...(sections.length ? [[text(`${term("cited-in", lang)} `), ...listed(sections, "; ")]] : []),
    ...(notes.length ? [[text(`${term(words, lang)} `), ...listed(notes, ", ")]] : []),
  ];
  if (!phrases.length) return entry;
  const inner = phrases.flatMap((phrase, index) => (index ? [text("; "), ...phrase] : phrase));
  return { ...entry, children: [...entry.children, text(" ("), ...inner, text(")")] };
}

/** A title as it may stand in a link: without notes, and without what is a citation or a link. */
function titleInList(title: readonly Inline[]): Inline[] {
  return title.flatMap((node): Inline[] => {
    if (node.type === "note") return [];
    if (node.type === "break") return [{ type: "text", value: " " }];
    if (!("children" in node)) return [node];
    const children = titleInList(node.children);
    return node.type === "citation" || node.type === "link" ? children : [{ ...node, children }];
  });
}
