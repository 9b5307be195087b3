// Files of lines with tags (RIS, EndNote) -> records, each value with its place.

import type { Report, Span } from "../diagnostic.js";
import type { SourceText } from "./yaml.js";

/** One work: the values behind its tags, in the order of the file. */
export interface TaggedRecord {
  /** What stands behind the tag of the type. */
  readonly type: string;
  readonly span: Span;
  readonly values: ReadonlyMap<string, readonly TaggedValue[]>;
}

export interface TaggedValue {
  readonly text: string;
  readonly span: Span;
}

/** How a format writes its lines. */
export interface TaggedFormat {
  /** Matches a line with a tag: the tag and the value. */
  readonly line: RegExp;
  /** The tag that begins a record and holds its type. */
  readonly first: string;
  /** The tag that ends a record; without one, the next record or a blank line does. */
  readonly last?: string;
  /** What a record is called to the author. */
  readonly name: string;
}

/** After so many lines that belong to no record a file is taken for none of its format. */
const MOST_STRAYS = 20;

/**
 * Reads the records of a file. A line without a tag goes on with the value
 * before. Lines that belong to no record are reported.
 */
export function readTaggedRecords(
  { file, text }: SourceText,
  { line, first, last, name }: TaggedFormat,
  report: Report,
): TaggedRecord[] {
  const records: TaggedRecord[] = [];
  let strays = 0;
  let isStray = false;
  let current: { record: TaggedRecord; values: Map<string, TaggedValue[]> } | undefined;
  /** The value that a line without a tag goes on with; its lines are joined at the end. */
  let open: { lines: string[]; into: TaggedValue[]; start: number; end: number } | undefined;

  const close = (): void => {
    if (!open) return;
    const value = open.lines.join(" ").replace(/\s+/g, " ").trim();
    if (value) open.into.push({ text: value, span: { file, start: open.start, end: open.end } });
    open = undefined;
  };

  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const content = text.slice(start, end);
    const at = start;
    start = end + 1;
    const match = line.exec(content);
    if (!match) {
      if (content.trim()) open?.lines.push(content.trim());
      if (open && content.trim()) open.end = end;
      // A blank line ends a record of EndNote, but may stand within an abstract of RIS.
      if (!content.trim() && last === undefined) close();
      continue;
    }
    close();
    const [, tag = "", value = ""] = match;
    const span: Span = { file, start: at, end };
    if (tag === first) {
      if (current && last !== undefined) unended(current.record, last, report);
      const values = new Map<string, TaggedValue[]>();
      current = { record: { type: value.trim(), span, values }, values };
      records.push(current.record);
      isStray = false;
    } else if (tag === last) {
      current = undefined;
      isStray = false;
    } else if (current) {
      const into = current.values.get(tag) ?? [];
      current.values.set(tag, into);
      const valueStart = at + content.length - value.length;
      open = { lines: [value], into, start: Math.min(valueStart, end), end };
    } else if (!isStray) {
      isStray = true;
      if (++strays > MOST_STRAYS) {
        report({
          code: "entry-broken",
          message: `more than ${MOST_STRAYS} records cannot be read; the rest of the file is left out`,
          span,
          hints: [`is this ${name} file?`],
        });
        return records;
      }
      report({
        code: "entry-broken",
        message: `this record does not begin with "${first}"; it is left out`,
        span,
      });
    }
  }
  close();
  if (current && last !== undefined) unended(current.record, last, report);
  if (records.length === 0 && strays === 0 && text.trim()) {
    report({
      code: "entry-broken",
      message: `the file holds no record: no line begins with "${first}"`,
      span: { file, start: 0, end: 1 },
      hints: [`is this ${name} file?`],
    });
  }
  return records;
}

function unended({ span }: TaggedRecord, last: string, report: Report): void {
  report({
    code: "entry-unclear",
    message: `the record that begins here has no "${last}" at its end; what was read of it is kept`,
    span,
  });
}
