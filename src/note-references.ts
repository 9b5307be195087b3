// Prints cross-references to notes, `@fn:aims`: "note 3". To be done when the
// notes are numbered, since which of them are printed depends on the style.

import type { Report, Span } from "./diagnostic.js";
import { type CrossReferenceTarget, type Document, type Note, nodesOf, walk } from "./document.js";
import type { LabelTarget } from "./label-target.js";
import { type Context, printReferences, refersToNotes, suggestions } from "./print-references.js";
import type { Template } from "./template.js";

/** Notes of one name, and those of them that are printed. */
interface Namesakes {
  readonly definitions: Set<string>;
  readonly printed: Map<string, number>;
}

/**
 * Returns the document with its references to notes printed, `note 3` or
 * `notes 3, 5, and figure 1`, each a reference to one target, whose id is `note-3`.
 *
 * `written` are the notes as they were before a style placed them, `targets` what else has a
 * label. A name means the note of the same text if that has one of this name, and
 * otherwise the only one of the work. Reports names that no note has, that
 * several have, and those of notes that the style does not print, because they do
 * nothing but cite (a parenthesis in its stead: APA 8.11, CMOS 15.25).
 */
export function resolveNoteReferences(
  document: Document,
  written: Document,
  targets: ReadonlyMap<string, LabelTarget>,
  template: Template,
  report: Report,
): Document {
  if (!hasReferences(document)) return document;
  const notes = collectNotes(document, written);
  const context: Context = {
    template,
    report,
    aimedAt: new Set(),
    find: (aim) => (aim.id.startsWith("fn:") ? findNote(aim, notes, report) : targets.get(aim.id)),
    near: suggestions([...notes.keys(), ...targets.keys()]),
    isNow: refersToNotes,
  };
  return printReferences(document, context);
}

function hasReferences(document: Document): boolean {
  for (const node of nodesOf(document)) {
    if (node.type === "crossReference" && refersToNotes(node)) return true;
    if (node.type !== "citation") continue;
    const affixes = node.items.flatMap(({ prefix = [], suffix = [] }) => [...prefix, ...suffix]);
    for (const inner of walk(affixes)) {
      if (inner.type === "crossReference" && refersToNotes(inner)) return true;
    }
  }
  return false;
}

const placeOf = ({ file, start }: Span): string => `${file}:${start}`;

/** Returns the notes that have names, by these: where they are defined, and the numbers of the printed ones. */
function collectNotes(document: Document, written: Document): ReadonlyMap<string, Namesakes> {
  const notes = new Map<string, Namesakes>();
  const add = (note: Note, isPrinted: boolean) => {
    for (const { id, definition } of note.labels ?? []) {
      const all = notes.get(id) ?? { definitions: new Set(), printed: new Map() };
      notes.set(id, all);
      all.definitions.add(placeOf(definition));
      if (isPrinted) all.printed.set(placeOf(definition), note.number);
    }
  };
  for (const node of nodesOf(written)) if (node.type === "note") add(node, false);
  for (const node of nodesOf(document)) if (node.type === "note") add(node, true);
  return notes;
}

function findNote(
  { id, span, definition }: CrossReferenceTarget,
  notes: ReadonlyMap<string, Namesakes>,
  report: Report,
): LabelTarget | null | undefined {
  const all = notes.get(id);
  const key = id.slice("fn:".length);
  const at = span && { span };
  if (!all || (definition && !all.definitions.has(placeOf(definition)))) {
    if (!definition) return undefined;
    report({
      code: "note-unprinted",
      message: `the note "${key}" is never called, so that it has no number`,
      ...at,
      hints: [`write [^${key}] where its mark belongs`],
    });
    return null;
  }
  if (!definition && all.definitions.size > 1) {
    report({
      code: "label-duplicate",
      message: `"${id}" may be any of ${all.definitions.size} notes, which stand in other texts than this`,
      ...at,
      hints: [`give the one that is meant a key of its own, such as [^${key}-aims]`],
    });
  }
  const place = definition ? placeOf(definition) : [...all.definitions][0]!;
  const number = all.printed.get(place);
  if (number !== undefined) {
    return {
      id: `note-${number}`,
      word: "note",
      number: String(number),
      series: "note",
      index: number,
    };
  }
  report({
    code: "note-unprinted",
    message: `the note "${key}" only cites, which this style does in the text, so that it has no number`,
    ...at,
    hints: [
      "refer to the work instead, as in [@smith2000]",
      "or let the note say something besides",
    ],
  });
  return null;
}
